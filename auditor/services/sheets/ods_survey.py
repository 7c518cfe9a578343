"""The sheets of an .ods looked at before they are read, all of them: they are read together."""

from __future__ import annotations

import re
from xml.parsers import expat

from auditor.services.sheets.archives import Archive, damaged
from auditor.services.sheets.book import MAX_CELLS
from auditor.services.sheets.bounds import Merge, Span, Survey, many_cells
from auditor.services.sheets.markup import feed, local, parser

_FILLED = re.compile(r"[^\d\s]{0,12}0\d+")
#: A sheet of LibreOffice has so many rows, and repeats the empty ones at its end.
_MOST = 1 << 24
_MOST_PARAGRAPHS = 10_000


def survey(archive: Archive, name: str) -> dict[str, Survey]:
    """Each sheet by its name. Raises RefusedError: damaged, too_large, many_rows, many_columns,
    many_cells."""
    if "content.xml" not in archive.names:
        raise damaged(name)
    surveyor = _Surveyor(name)
    try:
        feed(surveyor.parser, archive.pieces("content.xml"))
    except expat.ExpatError as error:
        raise damaged(name) from error
    surveyor.finish()
    return surveyor.sheets


class _Surveyor:
    def __init__(self, name: str) -> None:
        self.sheets: dict[str, Survey] = {}
        self.parser = parser(self._start)
        self._name = name
        self._sheet = Survey()
        self._row, self._rows, self._column, self._columns = 0, 0, 0, 0
        self._row_span = Span()
        self._failed = self._counts = False
        self._hides = False
        self._text: list[str] = []
        self._filled: list[tuple[int, str]] = []
        self._cells = self._paragraphs = 0

    def finish(self) -> None:
        self._end_row()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = local(tag)
        if kind in ("table-cell", "covered-table-cell"):
            self._cell({local(key): value for key, value in _ordered(attributes)})
        elif kind == "p":
            self._paragraph()
        elif kind == "table-row":
            self._end_row()
            self._row += self._rows
            self._rows = self._count(_attribute(attributes, "number-rows-repeated"))
            self._hides = _attribute(attributes, "visibility") in ("collapse", "filter")
        elif kind == "table" and tag.startswith("table:"):
            self._table(_attribute(attributes, "name") or "")

    def _table(self, name: str) -> None:
        self._end_row()
        if name in self.sheets:
            raise damaged(self._name)
        self._sheet = self.sheets[name] = Survey()
        self._row = self._rows = 0

    def _cell(self, attributes: dict[str, str]) -> None:
        self._end_cell()
        self._paragraphs = 0
        self._columns = self._count(attributes.get("number-columns-repeated"))
        kind = attributes.get("value-type")
        if kind is not None or "formula" in attributes:
            self._hold()
        self._failed = kind == "error"
        if kind in ("float", "error"):
            self._counts = True
            self.parser.CharacterDataHandler = self._text.append
        down = self._count(attributes.get("number-rows-spanned"))
        if down > 1:
            self._sheet.merges.append(Merge(self._row, self._row + down - 1, self._column))

    def _paragraph(self) -> None:
        self._paragraphs += 1
        if self._paragraphs > _MOST_PARAGRAPHS:
            raise damaged(self._name)
        if self._columns:
            self._hold()

    def _hold(self) -> None:
        last = self._column + self._columns - 1
        self._row_span.take(0, self._column, 0, last)

    def _end_cell(self) -> None:
        if self._counts:
            self.parser.CharacterDataHandler = None
            shown = "".join(self._text).strip()
            if self._failed or _FILLED.fullmatch(shown):
                self._filled.append((self._column, shown[:60]))
            self._text.clear()
            self._counts = False
        self._column += self._columns
        self._columns = 0

    def _end_row(self) -> None:
        """What a row holds, as often as it is repeated."""
        self._end_cell()
        held = self._row_span
        if held.top >= 0:
            self._cells += (held.right - held.left + 1) * self._rows
            if self._cells > MAX_CELLS:
                raise many_cells(self._name)
            last = self._row + self._rows - 1
            self._sheet.span.take(self._row, held.left, last, held.right)
            self._sheet.span.require_small(self._name)
            if self._hides:
                self._sheet.hidden.update(range(self._row, last + 1))
            for column, shown in self._filled:
                for row in range(self._row, last + 1):
                    self._sheet.shown[row, column] = shown
            self._row_span = Span()
        self._filled.clear()
        self._column = 0

    def _count(self, given: str | None) -> int:
        if given is None:
            return 1
        if not (given.isdecimal() and len(given) < 9 and 0 < int(given) < _MOST):
            raise damaged(self._name)
        return int(given)


def _ordered(attributes: dict[str, str]) -> list[tuple[str, str]]:
    """What LibreOffice adds (calcext) goes over what is standard."""
    return sorted(attributes.items(), key=lambda item: item[0].startswith("calcext:"))


def _attribute(attributes: dict[str, str], name: str) -> str | None:
    return next((value for key, value in attributes.items() if local(key) == name), None)
