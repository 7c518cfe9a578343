"""The workbook: the rows of ``reports.data`` as sheets, figures as figures, text as text.

Memory does not grow with the number of visits: each row is on disk once the next one begins.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

from reports.data import ANSWERS, TABLES, Cell, Column, Kind, exact
from reports.errors import ReportError
from reports.program.sheet import ProgramSheet
from reports.program.snapshot import ProgramSnapshot
from reports.program.tables import tables
from reports.sheet import Sheet
from reports.snapshot import ReportSnapshot
from reports.words import WORDS, mark

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

#: What one sheet of .xlsx holds, the heading row included, and one cell.
MOST_ROWS, MOST_TEXT = 1_048_576, 32_767
#: Characters that a column is wide; long texts wrap in theirs.
WIDTHS = {
    Kind.TEXT: 18, Kind.LONG: 44, Kind.WHOLE: 10, Kind.NUMBER: 12, Kind.SHARE: 10, Kind.DAY: 12,
}  # fmt: skip
#: What a program for tables would take for the beginning of a formula.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
#: Half surrogate pairs, and two characters that XML has not.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")

TOO_MANY = mark(
    "A workbook holds at most {most} answers. Choose fewer visits, or write the answers as CSV."
)


def write_workbook(
    snapshots: Iterable[ReportSnapshot],
    part: Path,
    language: str,
    program: ProgramSnapshot | None = None,
) -> None:
    """Write the .xlsx of ``snapshots`` to ``part``, one sheet for each table, those of the
    ``program`` before them. Whoever calls gives the file its name when it is whole. Raises
    ReportError ``too_many`` and OSError."""
    with Book(part, language, program) as book:
        for snapshot in snapshots:
            book.add(snapshot)


class Book(AbstractContextManager["Book"]):
    """A workbook that takes one report after the other."""

    def __init__(self, part: Path, language: str, program: ProgramSnapshot | None = None) -> None:
        self._part = part
        self._language = language
        self._program = program

    def __enter__(self) -> Book:
        from xlsxwriter import Workbook

        self._rows = TemporaryDirectory()
        self._book = Workbook(str(self._part), {
            "constant_memory": True,
            "tmpdir": self._rows.name,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        })  # fmt: skip
        self._formats = _formats(self._book)
        self._created = date.min
        before = [] if self._program is None else self._of_program(self._program)
        self._tables = [(table, self._page(table.title, table.columns)) for table in TABLES]
        self._pages = [*before, *(page for _, page in self._tables)]
        return self

    def _of_program(self, program: ProgramSnapshot) -> list[_Page]:
        self._created = program.created
        found = []
        for table in tables(ProgramSheet(program, {})):
            page = self._page(table.title, table.columns, frozen=2)
            page.add(table.rows)
            if table.shaded:
                page.shade(*table.shaded)
            found.append(page)
        return found

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        from xlsxwriter.exceptions import FileCreateError

        if kind is not None:  # nobody wants it any more, but its files are to be closed
            with suppress(FileCreateError):
                self._book.close()
            self._rows.cleanup()
            return
        try:
            for page in self._pages:
                page.finish()
            if self._created > date.min:  # else it tells when this was written
                noon = datetime.combine(self._created, time(12))
                self._book.set_properties({"created": noon})
            self._book.close()
        except FileCreateError as failed:  # in place of an OSError, which it holds
            raise failed.args[0] from failed
        finally:
            self._rows.cleanup()

    def add(self, snapshot: ReportSnapshot) -> None:
        sheet = Sheet(snapshot, {})
        self._created = max(self._created, snapshot.created)
        for table, page in self._tables:
            page.add(table.rows(sheet))

    def _page(self, title: str, columns: Sequence[Column], frozen: int = 3) -> _Page:
        page = self._book.add_worksheet(WORDS.text(self._language, title)[:31])
        return _Page(columns, page, self._formats, self._language, frozen)


def _formats(book: Workbook) -> dict[str, Any]:
    head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EDF0F4"}
    top = {"valign": "top"}
    return {
        "head": book.add_format(head),
        Kind.TEXT: book.add_format(top),
        Kind.LONG: book.add_format({**top, "text_wrap": True}),
        Kind.WHOLE: book.add_format({**top, "num_format": "0"}),
        Kind.NUMBER: book.add_format({**top, "num_format": "0.0##"}),
        Kind.SHARE: book.add_format({**top, "num_format": "0.0 %"}),
        Kind.DAY: book.add_format({**top, "num_format": "yyyy-mm-dd"}),
    }


class _Page:
    """One sheet: frozen headings, a filter over all columns."""

    def __init__(
        self,
        columns: Sequence[Column],
        page: Worksheet,
        formats: dict[str, Any],
        language: str,
        frozen: int,
    ) -> None:
        self._columns, self._page, self._formats = columns, page, formats
        self._language = language
        self._last = 0
        page.freeze_panes(1, frozen)
        for at, column in enumerate(columns):
            page.set_column(at, at, WIDTHS[column.kind], formats[column.kind])
            heading = WORDS.text(language, column.heading) if column.named else column.heading
            page.write_string(0, at, _UNWRITABLE.sub("\ufffd", heading), formats["head"])

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            self._last += 1
            if self._last >= MOST_ROWS:
                raise ReportError("too_many", TOO_MANY, most=MOST_ROWS - 1)
            for at, (cell, column) in enumerate(zip(row, self._columns, strict=True)):
                self._put(at, cell, column)

    def finish(self) -> None:
        self._page.autofilter(0, 0, self._last, len(self._columns) - 1)

    def shade(self, first: int, stop: int) -> None:
        """From the red of a poor result to white, over the rows that are there."""
        if self._last and stop > first:
            scale = {"type": "3_color_scale", "min_color": "#DA7F77", "mid_color": "#FBE9E7",
                     "max_color": "#FFFFFF", "min_type": "num", "mid_type": "num",
                     "max_type": "num", "min_value": 0.6, "mid_value": 0.85,
                     "max_value": 0.95}  # fmt: skip
            self._page.conditional_format(1, first, self._last, stop - 1, scale)

    def _put(self, at: int, cell: Cell, column: Column) -> None:
        row, page, shape = self._last, self._page, self._formats[column.kind]
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            page.write_string(row, at, _yes_or_no(cell, self._language), shape)
        elif isinstance(cell, date):
            page.write_datetime(row, at, cell, shape)
        elif isinstance(cell, str):
            page.write_string(row, at, _UNWRITABLE.sub("\ufffd", cell)[:MOST_TEXT], shape)
        else:
            page.write_number(row, at, float(cell), shape)


def _yes_or_no(value: bool, language: str) -> str:
    return WORDS.text(language, mark("Yes") if value else mark("No"))


# answers as one long table


def write_answers(snapshots: Iterable[ReportSnapshot], part: Path, language: str) -> None:
    """Write the answers of ``snapshots`` to ``part`` as CSV, one row for each answer: UTF-8 with
    its mark, numbers with a point, days as 2026-11-12. Text that a program for tables would take
    for a formula stands behind an apostrophe. Raises OSError."""
    with AnswerList(part, language) as answers:
        for snapshot in snapshots:
            answers.add(snapshot)


class AnswerList(AbstractContextManager["AnswerList"]):
    """``write_answers`` that takes one report after the other."""

    def __init__(self, part: Path, language: str) -> None:
        self._part = part
        self._language = language

    def __enter__(self) -> AnswerList:
        self._file = self._part.open("w", encoding="utf-8-sig", newline="")
        headings = [WORDS.text(self._language, column.heading) for column in ANSWERS.columns]
        self._write = _writer(self._file, self._language)
        self._write(headings)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._file.close()

    def add(self, snapshot: ReportSnapshot) -> None:
        for row in ANSWERS.rows(Sheet(snapshot, {})):
            self._write(row)


def _writer(file: TextIO, language: str) -> Callable[[Sequence[Cell]], object]:
    out = csv.writer(file, lineterminator="\r\n")
    return lambda row: out.writerow([_plain(cell, language) for cell in row])


def _plain(cell: Cell, language: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _yes_or_no(cell, language)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal | Fraction):
        return format(exact(cell), "f")
    if isinstance(cell, int):
        return str(cell)
    text = _UNWRITABLE.sub("\ufffd", cell)
    return f"'{text}" if _FORMULA.match(text) else text
