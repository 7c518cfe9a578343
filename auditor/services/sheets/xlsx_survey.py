"""A sheet of an .xlsx looked at before it is read: spans, merged cells, errors, leading zeros."""

from __future__ import annotations

import re
from xml.parsers import expat

from auditor.services.sheets.archives import Archive, damaged
from auditor.services.sheets.book import MAX_ROWS
from auditor.services.sheets.bounds import Merge, Survey, Zeros, many_rows
from auditor.services.sheets.markup import feed, local, parser

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
#: 000, "HN-"000, \H\N000: zeros, and words before them that are not counted.
_FILLED = re.compile(r'((?:"[^"]*"|\\.)*)(0{2,20})')
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')


def survey(archive: Archive, sheet: str, name: str) -> Survey:
    """Raises RefusedError: damaged, too_large, many_rows, many_columns, many_cells."""
    part = _part_of(archive, sheet)
    if part is None or part not in archive.names:
        raise damaged(name)
    surveyor = _Surveyor(_filled_styles(archive), name)
    try:
        feed(surveyor.parser, archive.pieces(part))
    except expat.ExpatError as error:
        raise damaged(name) from error
    surveyor.found.span.require_small(name)
    return surveyor.found


def _part_of(archive: Archive, sheet: str) -> str | None:
    """The part that holds a sheet; None where that is not said, or said twice."""
    ids = [
        attributes.get("id", "")
        for tag, attributes in archive.tree("xl/workbook.xml")
        if tag == "sheet" and attributes.get("name") == sheet
    ]
    targets = [
        attributes.get("Target", "")
        for tag, attributes in archive.tree("xl/_rels/workbook.xml.rels")
        if tag == "Relationship" and [attributes.get("Id", "")] == ids
    ]
    return _placed(targets[0]) if len(targets) == 1 else None


def _placed(target: str) -> str:
    path = target.replace("\\", "/").lower()
    if path.startswith("/"):
        return path[1:]
    return path if path.startswith("xl/") else f"xl/{path}"


def _filled_styles(archive: Archive) -> dict[str, Zeros]:
    """The numbers of cell styles that fill numbers up with zeros."""
    formats: dict[str, str] = {}
    styles: dict[str, Zeros] = {}
    in_cells, count = False, 0
    for tag, attributes in archive.tree("xl/styles.xml"):
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyles", "cellStyleXfs"):
            in_cells = tag == "cellXfs"
        elif tag == "xf" and in_cells:
            zeros = zeros_of(formats.get(attributes.get("numFmtId", ""), ""))
            if zeros is not None:
                styles[str(count)] = zeros
            count += 1
    return styles


def zeros_of(code: str) -> Zeros | None:
    found = _FILLED.fullmatch(code.partition(";")[0])
    if found is None:
        return None
    prefix = "".join(quoted or single for quoted, single in _QUOTED.findall(found[1]))
    return Zeros(prefix, len(found[2]))


class _Surveyor:
    """Follows the elements of one sheet."""

    def __init__(self, styles: dict[str, Zeros], name: str) -> None:
        self.found = Survey()
        self.parser = parser(self._start)
        self._styles, self._name = styles, name
        self._row, self._column = -1, -1
        self._at = (0, 0)
        self._fails = False

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag == "c":
            self._cell(attributes)
        elif tag in ("v", "is", "f"):
            row, column = self._at
            self.found.span.take(row, column, row, column)
            if self._fails and tag == "v":
                self.parser.CharacterDataHandler = self._failed
        elif tag == "row":
            given = attributes.get("r")
            self._row = self._row + 1 if given is None else self._number(given)
            self._column = -1
            if attributes.get("hidden") in ("1", "true") and self._row < MAX_ROWS:
                self.found.hidden.add(self._row)
            self.found.span.require_small(self._name)
        elif tag == "mergeCell":
            self._merged(attributes.get("ref", ""))

    def _number(self, given: str) -> int:
        if not (given.isdecimal() and len(given) < 8 and int(given)):
            raise damaged(self._name)
        return int(given) - 1

    def _cell(self, attributes: dict[str, str]) -> None:
        if self._fails:
            self.parser.CharacterDataHandler = None
        given = attributes.get("r")
        self._at = (self._row, self._column + 1) if given is None else self._referred(given)
        self._column = self._at[1]
        self._fails = attributes.get("t") == "e"
        if self._styles and (zeros := self._styles.get(attributes.get("s", ""))):
            self.found.zeros[self._at] = zeros

    def _referred(self, given: str) -> tuple[int, int]:
        found = _REFERENCE.fullmatch(given)
        if found is None:
            raise damaged(self._name)
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - 64
        return int(found[2]) - 1, column - 1

    def _failed(self, text: str) -> None:
        self.found.shown[self._at] = self.found.shown.get(self._at, "") + text.strip()[:20]

    def _merged(self, given: str) -> None:
        first, _, last = given.partition(":")
        top, left = self._referred(first)
        bottom, _ = self._referred(last or first)
        if bottom > top:
            if len(self.found.merges) >= MAX_ROWS:
                raise many_rows(self._name)
            self.found.merges.append(Merge(top, bottom, left))
