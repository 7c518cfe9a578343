"""Workbooks in XML as Excel 2003 wrote them, and systems on the web still do."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterator
from xml.parsers import expat

from auditor.domain.errors import NotFoundError
from auditor.services.sheets.archives import damaged
from auditor.services.sheets.book import Book, BookKind
from auditor.services.sheets.grid import Grid
from auditor.services.sheets.markup import feed, local, parser
from auditor.services.sheets.shown import shown

_KNOWN = frozenset({"Worksheet", "Row", "Cell", "Data"})
_PIECE = 1 << 16
#: Times without a day are of this one, or of the one after it.
_NO_DAY = (dt.date(1899, 12, 31), dt.date(1899, 12, 30), dt.date(1900, 1, 1))


def read_spreadsheet_xml(
    content: bytes, name: str, sheet: str | None, fits: Callable[[Book], bool] | None
) -> Book:
    """Raises RefusedError: damaged, many_rows, many_columns, many_cells; NotFoundError
    ``sheet``."""
    reader = _Reader(name)
    made = parser(reader.start)
    made.EndElementHandler = reader.end
    made.CharacterDataHandler = reader.say
    try:
        feed(made, _pieces(content))
    except expat.ExpatError as error:
        raise damaged(name) from error
    names = tuple(reader.sheets)
    if sheet is not None and sheet not in names:
        raise NotFoundError(
            "sheet", "{name} has no sheet {sheet}. Choose another one.", name=name, sheet=sheet
        )
    books = [
        Book(BookKind.SPREADSHEET_XML, None, names, each, grid.rows(), frozenset(grid.hidden))
        for each, grid in reader.sheets.items()
        if sheet in (None, each)
    ]
    filled = [book for book in books if book.rows] or books
    fitting = (book for book in filled if fits is None or fits(book))
    empty = Book(BookKind.SPREADSHEET_XML, None, (), "", ())
    return next(fitting, None) or next(iter(filled), empty)


def _pieces(content: bytes) -> Iterator[bytes]:
    for at in range(0, len(content), _PIECE):
        yield content[at : at + _PIECE]


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self.sheets: dict[str, Grid] = {}
        self._grid: Grid | None = None
        self._cell: dict[str, str] | None = None
        self._type = ""
        self._row = 0
        self._data: list[str] | None = None
        self._text = ""

    def start(self, tag: str, given: dict[str, str]) -> None:
        kind = local(tag)
        if kind not in _KNOWN:
            return
        attributes = {local(key): value for key, value in given.items()}
        if kind == "Worksheet":
            self._grid = Grid(self._name)
            self.sheets.setdefault(attributes.get("Name", str(len(self.sheets) + 1)), self._grid)
            self._row = 0
        elif self._grid is None:
            return
        elif kind == "Row":
            self._begin_row(self._grid, attributes)
        elif kind == "Cell":
            self._cell, self._text = attributes, ""
        elif kind == "Data" and self._cell is not None:
            self._type, self._data = attributes.get("Type", "String"), []

    def _begin_row(self, grid: Grid, attributes: dict[str, str]) -> None:
        at = _whole(attributes, "Index")
        self._row = max(at, self._row + 1) if at else self._row + 1
        grid.begin_row(self._row - 1)
        if attributes.get("Hidden") == "1":
            grid.hidden.add(self._row)

    def say(self, text: str) -> None:
        if self._data is not None:
            self._data.append(text)

    def end(self, tag: str) -> None:
        kind = local(tag)
        if kind == "Data" and self._data is not None:
            self._text, self._data = _value("".join(self._data), self._type), None
        elif kind == "Cell" and self._cell is not None and self._grid is not None:
            at, wide = _whole(self._cell, "Index"), _whole(self._cell, "MergeAcross") + 1
            high = _whole(self._cell, "MergeDown") + 1
            self._grid.add(self._text, wide, high, at - 1 if at else None)
            self._cell = None


def _whole(attributes: dict[str, str], name: str) -> int:
    """0 where it says nothing."""
    text = attributes.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 8 else 0


def _value(text: str, kind: str) -> str:
    try:
        if kind == "Number":
            return shown(float(text))
        if kind == "DateTime":
            at = dt.datetime.fromisoformat(text)
            return shown(at.time() if at.date() in _NO_DAY else at)
    except ValueError:
        return text
    return unicodedata.normalize("NFC", text)
