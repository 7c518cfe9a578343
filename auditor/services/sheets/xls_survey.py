"""The sheets of an .xls looked at before they are read, all of them: they are read together. The
records are those of [MS-XLS]."""

from __future__ import annotations

import struct

from auditor.services.sheets import compound
from auditor.services.sheets.archives import damaged, password
from auditor.services.sheets.bounds import Survey, Zeros
from auditor.services.sheets.xlsx_survey import zeros_of

_END, _SHEET, _PASSWORD, _FORMAT, _STYLE = 0x0A, 0x85, 0x2F, 0x41E, 0xE0
_ERROR, _RUN = 0x205, 0xBD
_ROW, _HIDES = 0x208, 0x20
_FORMULAS = (0x06, 0x206, 0x406)
_VALUES = frozenset({0x03, 0x04, 0x203, 0x204, 0x27E, 0xFD, 0xD6, _ERROR, _RUN, *_FORMULAS})
_FAILURES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def surveys(content: bytes, name: str) -> list[Survey]:
    """One for each sheet, in their order. Raises RefusedError: damaged, password, many_rows,
    many_columns, many_cells."""
    try:
        book = compound.stream(content, ("Workbook", "Book"))
        return [_sheet(book, at, name) for at in _Globals(book, name).sheets]
    except (compound.BrokenError, struct.error, IndexError) as error:
        raise damaged(name) from error


class _Globals:
    """Where the sheets begin."""

    def __init__(self, book: bytes, name: str) -> None:
        self.sheets: list[tuple[int, dict[int, Zeros]]] = []
        formats: dict[int, str] = {}
        styles: dict[int, Zeros] = {}
        count, at = 0, 0
        while at + 4 <= len(book):
            kind, size = struct.unpack_from("<HH", book, at)
            data = at + 4
            at = data + size
            if kind == _END:
                break
            if kind == _PASSWORD:
                raise password(name)
            if kind == _SHEET:
                self.sheets.append((struct.unpack_from("<L", book, data)[0], styles))
            elif kind == _FORMAT:
                formats[struct.unpack_from("<H", book, data)[0]] = _string(book[data + 2 : at])
            elif kind == _STYLE:
                code = formats.get(struct.unpack_from("<H", book, data + 2)[0], "")
                if (zeros := zeros_of(code)) is not None:
                    styles[count] = zeros
                count += 1


def _string(data: bytes) -> str:
    length, flags = struct.unpack_from("<HB", data)
    wide = flags & 1
    return data[3 : 3 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _sheet(book: bytes, begin: tuple[int, dict[int, Zeros]], name: str) -> Survey:
    at, styles = begin
    found, depth = Survey(), 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        data = at + 4
        at = data + size
        if kind in (0x809, 0x409, 0x209, 0x09):  # a chart in the sheet begins with one, too
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                break
        elif kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", book, data)
            if flags & _HIDES:
                found.hidden.add(row)
        elif kind in _VALUES:
            _value(book, kind, data, size, found, styles)
    found.span.require_small(name)
    return found


def _value(
    book: bytes, kind: int, data: int, size: int, found: Survey, styles: dict[int, Zeros]
) -> None:
    row, column, style = struct.unpack_from("<HHH", book, data)
    last = column + (size - 6) // 6 - 1 if kind == _RUN else column
    found.span.take(row, column, row, max(column, last))
    failure = _failure(book, kind, data)
    if failure is not None:
        found.shown[row, column] = failure
    elif kind == _RUN:
        for at in range(column, last + 1):
            number = struct.unpack_from("<H", book, data + 4 + (at - column) * 6)[0]
            if number in styles:
                found.zeros[row, at] = styles[number]
    elif style in styles:
        found.zeros[row, column] = styles[style]


def _failure(book: bytes, kind: int, data: int) -> str | None:
    if kind == _ERROR and book[data + 7]:
        return _FAILURES.get(book[data + 6], "#ERROR!")
    if kind in _FORMULAS and book[data + 6] == 2 and book[data + 12 : data + 14] == b"\xff\xff":
        return _FAILURES.get(book[data + 8], "#ERROR!")
    return None
