"""Tables written to files: whole or not at all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeAlias

from auditor.domain.errors import RefusedError
from auditor.services.sheets.book import column_name
from auditor.services.sheets.separated import FORMULA_BEGINNINGS, SEPARATORS
from auditor.services.sheets.shown import shown
from auditor.store.failures import file_failure
from auditor.store.files import replacing

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell: TypeAlias = str | int | float | Decimal | bool | dt.date | dt.datetime | None
#: What one sheet of .xlsx holds.
XLSX_ROWS, XLSX_TEXT = 1_048_576, 32_767
_GUARDED = re.compile(f"'*[{re.escape(FORMULA_BEGINNINGS)}]")
_QUOTED = re.compile(f'["\r\n{re.escape("".join(SEPARATORS))}]|^\\s|\\s$')
#: Half surrogate pairs, and two characters that XML has not.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
#: Rows that say how wide a column is, and the narrowest and widest, in characters.
_MEASURED, _NARROWEST, _WIDEST = 500, 8, 60


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` are gone through once, and have as many cells as there are ``headings``."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write(path: Path, table: Table, *, separator: str = ",") -> Path:
    """Write ``path``, .xlsx or .csv by its ending; returns it. ``separator`` is for .csv alone.

    Text is never a formula: in .csv, text that begins like one stands behind an apostrophe, which
    reading takes away again. Raises RefusedError: ending, many_rows, long_text; NotSavedError.
    """
    writers = {".xlsx": _write_xlsx, ".csv": _write_csv}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise RefusedError(
            "ending", "{name} must end in .xlsx or .csv. Give it another name.", name=path.name
        )
    try:
        with replacing(path) as part:
            writer(part, table, separator)
    except OSError as error:
        raise file_failure(error, path.parent) from error
    return path


def _write_csv(part: Path, table: Table, separator: str) -> None:
    """UTF-8 with its mark, without which Excel takes it for another encoding."""
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        headings = [_guarded(_writable(heading)) for heading in table.headings]
        file.write(separator.join(map(_quoted, headings)) + "\r\n")
        for row in table.rows:
            file.write(separator.join(map(_csv_cell, row)) + "\r\n")


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        text = _guarded(_writable(cell))
        return _quoted(text) if _QUOTED.search(text) else text
    text = _plain(cell)
    return _quoted(text) if _QUOTED.search(text) else text


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return format(cell, "f") if isinstance(cell, Decimal) else shown(cell)


def _guarded(text: str) -> str:
    return f"'{text}" if _GUARDED.match(text) else text


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _writable(text: str) -> str:
    return text if text.isascii() else _UNWRITABLE.sub("\ufffd", text)


def _write_xlsx(part: Path, table: Table, _: str) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    # Rows are kept in that folder, not in memory.
    with TemporaryDirectory() as rows, part.open("wb") as file:
        options = {
            "constant_memory": True,
            "tmpdir": rows,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        workbook = Workbook(file, options)
        try:
            _fill(workbook.add_worksheet(_sheet_name(table.title)), table, _formats(workbook))
        finally:
            try:
                workbook.close()
            except FileCreateError as error:  # in place of an OSError, which it holds
                raise error.args[0] from error


@dataclass(frozen=True, slots=True)
class _Formats:
    heading: Any
    day: Any
    moment: Any


def _formats(workbook: Workbook) -> _Formats:
    return _Formats(
        workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        workbook.add_format({"num_format": "yyyy-mm-dd"}),
        workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    )


def _fill(sheet: Worksheet, table: Table, formats: _Formats) -> None:
    rows = iter(table.rows)
    first = list(islice(rows, _MEASURED))
    for column, width in enumerate(_widths(table.headings, first)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(table.headings):
        sheet.write_string(0, column, _checked(heading, 1, column), formats.heading)
    last = 0
    for last, row in enumerate(chain(first, rows), 1):
        if last >= XLSX_ROWS:
            raise RefusedError(
                "many_rows",
                "An .xlsx holds at most {most} rows. Save as .csv, or choose fewer.",
                most=XLSX_ROWS,
            )
        for column, cell in enumerate(row):
            _put(sheet, last, column, cell, formats)
    if table.headings:
        sheet.autofilter(0, 0, last, len(table.headings) - 1)


def _put(sheet: Worksheet, row: int, column: int, cell: Cell, formats: _Formats) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, _checked(cell, row + 1, column))
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, dt.datetime):
        sheet.write_datetime(row, column, cell.replace(tzinfo=None), formats.moment)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, cell, formats.day)
    else:
        sheet.write_number(row, column, cell)


def _checked(text: str, row: int, column: int) -> str:
    """Excel says that a file with a longer text is damaged."""
    if len(text) > XLSX_TEXT:
        raise RefusedError(
            "long_text",
            "The text of cell {cell} has more than {most} characters, which .xlsx cannot hold. "
            "Save as .csv.",
            cell=f"{column_name(column)}{row}",
            most=XLSX_TEXT,
        )
    return _writable(text)


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[int]:
    for column, heading in enumerate(headings):
        cells = (_plain(row[column]) if column < len(row) else "" for row in rows)
        longest = max((len(cell.partition("\n")[0]) for cell in cells), default=0)
        yield max(_NARROWEST, min(_WIDEST, max(longest, len(heading) + 3) + 1))


def _sheet_name(title: str) -> str:
    """As Excel allows it."""
    name = _writable(_NOT_IN_NAMES.sub(" ", title)).strip().strip("'")[:31].strip().strip("'")
    return name if name and name.lower() != "history" else "Sheet1"
