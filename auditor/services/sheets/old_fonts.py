"""Cells that were typed for a Vietnamese font of old (.VnTime): their letters are others in truth,
"Cöa hµng" for "Cửa hàng"."""

from __future__ import annotations

from dataclasses import replace

from auditor.services.sheets.book import Book, Row
from auditor.services.sheets.encodings import share_of_syllables
from auditor.services.sheets.old_vietnamese import TCVN

#: Rows that are looked at, and so many cells must say the same.
_SAMPLE, _LEAST = 300, 3
_BAD, _GOOD = 0.3, 0.8


def _letters() -> dict[int, str]:
    """What each character of Windows stands for in the font."""
    found = {}
    for byte in range(0x80, 0x100):
        for char in (bytes([byte]).decode("cp1252", "ignore"), chr(byte)):
            if char:
                found[ord(char)] = TCVN[byte]
    return found


_LETTERS = _letters()


def mended(book: Book) -> Book:
    """The book with such cells as they are meant, where there are some; else the same."""
    sample = {cell for row in book.rows[:_SAMPLE] for cell in row.cells if not cell.isascii()}
    wrong = [cell for cell in sample if _is_old(cell, _BAD)]
    if len(wrong) < _LEAST or share_of_syllables(_meant(" ".join(wrong))) < _GOOD:
        return book
    # Where nothing is typed in Unicode, what reads as a word in both is meant as the font shows it.
    pure = not any(map(_has_unicode, sample))
    most = 1.1 if pure else _BAD
    return replace(book, rows=tuple(_mended(row, most) for row in book.rows), old_font=True)


def _meant(cell: str) -> str:
    return cell.translate(_LETTERS)


def _has_unicode(cell: str) -> bool:
    return any(ord(char) > 127 and ord(char) not in _LETTERS for char in cell)


def _is_old(cell: str, most: float) -> bool:
    """Less than ``most`` of its words are Vietnamese as it stands, and most are as the font shows
    them."""
    if cell.isascii() or _has_unicode(cell) or share_of_syllables(cell) >= most:
        return False
    return share_of_syllables(_meant(cell)) >= _GOOD


def _mended(row: Row, most: float) -> Row:
    cells = (_meant(cell) if _is_old(cell, most) else cell for cell in row.cells)
    return Row(row.number, tuple(cells))
