"""Workbooks (.xlsx, .xls, .ods), read by calamine once they are known to be of a bearable size."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from auditor.domain.errors import NotFoundError
from auditor.services.sheets import ods_survey, xls_survey, xlsx_survey
from auditor.services.sheets.archives import Archive, damaged, password
from auditor.services.sheets.book import Book, BookKind, Row
from auditor.services.sheets.bounds import Merge, Survey, Zeros
from auditor.services.sheets.old_fonts import mended
from auditor.services.sheets.shown import Value, shown


def read_workbook(
    content: bytes,
    kind: BookKind,
    name: str,
    sheet: str | None,
    fits: Callable[[Book], bool] | None = None,
) -> Book:
    """``sheet`` None is the first one that ``fits`` and holds something, else the first that holds
    something. Raises RefusedError: damaged, password, too_large, many_rows, many_columns,
    many_cells; NotFoundError ``sheet``."""
    surveyor = _SURVEYORS[kind](content, name)
    with _understood(name), CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        surveyor.sheets(workbook.sheet_names)
        sheets = _choosable(workbook.sheets_metadata)
        if sheet is not None and sheet not in sheets:
            raise _no_sheet(name, sheet)
        first: Book | None = None
        for chosen in sheets if sheet is None else (sheet,):
            found = surveyor.survey(chosen)
            rows = _read(workbook, chosen, found)
            hidden = frozenset(row.number for row in rows if row.number - 1 in found.hidden)
            book = mended(Book(kind, None, sheets, chosen, rows, hidden))
            if chosen == sheet or (rows and (fits is None or fits(book))):
                return book
            first = first or (book if rows else None)
    return first or Book(kind, None, sheets, sheets[0] if sheets else "", ())


class _Surveyor(Protocol):
    def sheets(self, names: list[str]) -> None: ...

    def survey(self, sheet: str) -> Survey: ...


class _Xlsx:
    """One sheet at a time, when it is read."""

    def __init__(self, content: bytes, name: str) -> None:
        self._archive, self._name = Archive(content, name), name
        self._archive.require_honest()

    def sheets(self, names: list[str]) -> None:
        return

    def survey(self, sheet: str) -> Survey:
        return xlsx_survey.survey(self._archive, sheet, self._name)


class _Ods:
    def __init__(self, content: bytes, name: str) -> None:
        archive = Archive(content, name)
        archive.require_honest()
        self._found, self._name = ods_survey.survey(archive, name), name

    def sheets(self, names: list[str]) -> None:
        if set(names) - self._found.keys():
            raise damaged(self._name)

    def survey(self, sheet: str) -> Survey:
        return self._found[sheet]


class _Xls:
    def __init__(self, content: bytes, name: str) -> None:
        self._listed, self._name = xls_survey.surveys(content, name), name
        self._found: dict[str, Survey] = {}

    def sheets(self, names: list[str]) -> None:
        if len(names) != len(self._listed):
            raise damaged(self._name)
        self._found = dict(zip(names, self._listed, strict=True))

    def survey(self, sheet: str) -> Survey:
        return self._found[sheet]


_SURVEYORS: dict[BookKind, Callable[[bytes, str], _Surveyor]] = {
    BookKind.XLSX: _Xlsx,
    BookKind.ODS: _Ods,
    BookKind.XLS: _Xls,
}


@contextmanager
def _understood(name: str) -> Iterator[None]:
    """What calamine cannot read, and where it breaks off, is a damaged file."""
    try:
        yield
    except PasswordError as error:
        raise password(name) from error
    except (CalamineError, ValueError, OSError, OverflowError, MemoryError) as error:
        raise damaged(name) from error
    except BaseException as error:  # of a panic in Rust no other base is told
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name) from error


def _choosable(listed: list[SheetMetadata]) -> tuple[str, ...]:
    """Those with cells that are seen; when none is, the hidden ones."""
    tables = [sheet for sheet in listed if sheet.typ == SheetTypeEnum.WorkSheet]
    seen = [sheet.name for sheet in tables if sheet.visible == SheetVisibleEnum.Visible]
    return tuple(seen or [sheet.name for sheet in tables])


def _no_sheet(name: str, sheet: str) -> NotFoundError:
    return NotFoundError(
        "sheet", "{name} has no sheet {sheet}. Choose another one.", name=name, sheet=sheet
    )


def _read(workbook: CalamineWorkbook, name: str, found: Survey) -> tuple[Row, ...]:
    if found.span.top < 0:
        return ()
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return ()
    merges = found.merges or _merges(sheet)
    grid = _Grid(sheet, found, merges)
    return grid.rows()


def _merges(sheet: CalamineSheet) -> list[Merge]:
    """Those of an .xls; the surveys of the others found them."""
    ranges = sheet.merged_cell_ranges or []
    return [Merge(top, bottom, left) for (top, left), (bottom, _) in ranges if bottom > top]


class _Grid:
    """The cells of one sheet as they are shown."""

    def __init__(self, sheet: CalamineSheet, found: Survey, merges: list[Merge]) -> None:
        self._sheet, self._found = sheet, found
        self._left = (sheet.start or (0, 0))[1]
        self._begins: dict[int, list[Merge]] = {}
        for merge in merges:
            self._begins.setdefault(merge.top, []).append(merge)
        self._special: dict[int, list[tuple[int, str | Zeros]]] = {}
        for (row, column), zeros in found.zeros.items():
            self._special.setdefault(row, []).append((column, zeros))
        for (row, column), text in found.shown.items():
            self._special.setdefault(row, []).append((column, text))

    def rows(self) -> tuple[Row, ...]:
        open_merges: dict[int, tuple[int, str]] = {}
        read: list[tuple[int, list[str]]] = []
        for number, values in enumerate(self._sheet.iter_rows()):
            cells = self._cells(number, values)
            _go_on(number, cells, self._begins.get(number, ()), open_merges)
            if any(map(str.strip, cells)):
                read.append((number + 1, cells))
        width = max((_width(cells) for _, cells in read), default=0)
        return tuple(
            Row(number, tuple(cells[:width]) + ("",) * (width - len(cells)))
            for number, cells in read
        )

    def _cells(self, row: int, values: list[Value]) -> list[str]:
        cells = [""] * self._left + [
            value if type(value) is str and value.isascii() else shown(value) for value in values
        ]
        for column, kept in self._special.get(row, ()):
            if column < len(cells):
                cells[column] = _filled(cells[column], kept)
        return cells


def _filled(cell: str, kept: str | Zeros) -> str:
    if isinstance(kept, str):
        return kept
    return kept.prefix + cell.zfill(kept.digits) if cell.isdecimal() else cell


def _go_on(
    row: int, cells: list[str], begins: Iterable[Merge], open_merges: dict[int, tuple[int, str]]
) -> None:
    """A cell that is merged downwards stands in each of its rows."""
    for merge in begins:
        if merge.column < len(cells) and cells[merge.column]:
            open_merges[merge.column] = merge.bottom, cells[merge.column]
    for column, (bottom, text) in list(open_merges.items()):
        if row > bottom:
            del open_merges[column]
        elif not cells[column]:
            cells[column] = text


def _width(cells: list[str]) -> int:
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return width
