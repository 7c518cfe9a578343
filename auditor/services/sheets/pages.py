"""Tables in web pages: what systems on the web offer as .xls often is one.

Read without a parser of the library: markup of strangers must take no more than one look at each
character.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Callable

from auditor.domain.errors import NotFoundError
from auditor.services.sheets.book import Book, BookKind, Row
from auditor.services.sheets.bounds import many_cells
from auditor.services.sheets.encodings import ENCODINGS, decoded
from auditor.services.sheets.grid import Grid

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{3,20})", re.I)
_TAG = re.compile(r"<(!--|/?[a-z][a-z0-9]*)([^<>]*)>?", re.I)
_SPAN = re.compile(r"(col|row)span\s*=\s*[\"']?(\d{1,6})", re.I)
#: What these hold is not seen.
_ENDS = {tag: re.compile(f"</{tag}", re.I) for tag in ("script", "style", "title", "template")} | {
    "!--": re.compile("-->")
}
#: Tables of one page, and tags, that are looked at.
_MOST_TABLES, _MOST_TAGS = 500, 3_000_000
_CELLS = frozenset({"td", "th", "/td", "/th", "tr", "/tr", "/table"})
_BREAKS = frozenset({"br", "p", "div", "li", "/p", "/div", "/li"})


def read_page(
    content: bytes, name: str, sheet: str | None, fits: Callable[[Book], bool] | None
) -> Book:
    """Its tables are its sheets, named by their numbers; those in which nothing stands are left
    out. Raises RefusedError: many_rows, many_columns, many_cells; NotFoundError ``sheet``."""
    found = [rows for rows in _tables(_text(content, name), name) if rows]
    names = tuple(str(at) for at in range(1, len(found) + 1))
    if sheet is not None and sheet not in names:
        raise NotFoundError(
            "sheet", "{name} has no sheet {sheet}. Choose another one.", name=name, sheet=sheet
        )
    books = [
        Book(BookKind.PAGE, None, names, each, rows)
        for each, rows in zip(names, found, strict=True)
    ]
    if sheet is not None:
        return books[names.index(sheet)]
    largest = max(books, key=lambda book: len(book.rows), default=None)
    fitting = (book for book in books if fits is not None and fits(book))
    return next(fitting, None) or largest or Book(BookKind.PAGE, None, (), "", ())


def _text(content: bytes, name: str) -> str:
    told = _CHARSET.search(content[:4096])
    known = {codecs.lookup(each).name: each for each in ENCODINGS if _is_codec(each)}
    encoding = None
    if told is not None and _is_codec(told[1].decode()):
        encoding = known.get(codecs.lookup(told[1].decode()).name)
    if encoding is not None and not encoding.startswith("utf-16"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:  # it says what it is not
            encoding = None
    else:
        encoding = None
    return unicodedata.normalize("NFC", decoded(content, encoding, name)[0])


def _is_codec(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _tables(text: str, name: str) -> list[tuple[Row, ...]]:
    """The rows of each table, in the order in which they begin."""
    if text.count("<") > _MOST_TAGS:
        raise many_cells(name)
    reader, at = _Reader(name), 0
    while (found := _TAG.search(text, at)) is not None and len(reader.grids) < _MOST_TABLES:
        reader.say(text[at : found.start()])
        at, tag = found.end(), found[1].lower()
        if (unseen := _ENDS.get(tag)) is not None:
            ends = unseen.search(text, found.start())
            at = len(text) if ends is None else ends.end()
        else:
            reader.tag(tag, found[2])
    reader.say(text[at:])
    reader.end_cell()
    return [grid.rows() for grid in reader.grids]


class _Reader:
    """Tables within a cell stand by themselves, and are no part of that cell."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.grids: list[Grid] = []
        self._open: list[Grid] = []
        #: Of each open table, the pieces of its open cell, and how far that goes; None without.
        self._cells: list[tuple[list[str], int, int] | None] = []

    def say(self, text: str) -> None:
        if text and self._cells and (held := self._cells[-1]) is not None:
            if "&" in text:
                text = html.unescape(text)
            held[0].append(text.replace("\n", " ") if "\n" in text else text)

    def tag(self, tag: str, attributes: str) -> None:
        if tag in _CELLS and self._open:
            self.end_cell()
            self._row_or_cell(tag, attributes)
        elif tag == "table":
            self._open.append(Grid(self._name))
            self.grids.append(self._open[-1])
            self._cells.append(None)
        elif tag in _BREAKS and self._open and (held := self._cells[-1]) is not None:
            held[0].append("\n")

    def _row_or_cell(self, tag: str, attributes: str) -> None:
        if tag == "tr":
            self._open[-1].begin_row()
        elif tag in ("td", "th"):
            spans = {which.lower(): int(span) for which, span in _SPAN.findall(attributes)}
            self._cells[-1] = [], spans.get("col", 1), spans.get("row", 1)
        elif tag == "/table":
            self._open.pop()
            self._cells.pop()

    def end_cell(self) -> None:
        if self._cells and (held := self._cells[-1]) is not None:
            pieces, wide, high = held
            lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
            self._open[-1].add("\n".join(filter(None, lines)), wide, high)
            self._cells[-1] = None
