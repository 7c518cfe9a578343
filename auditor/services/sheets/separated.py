"""Text files with separators (.csv, .tsv, .txt)."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from auditor.domain.errors import RefusedError
from auditor.services.sheets.book import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Book,
    BookKind,
    CsvLooks,
    Row,
)
from auditor.services.sheets.bounds import many_cells, many_columns, many_rows
from auditor.services.sheets.encodings import decoded

SEPARATORS = (",", ";", "\t", "|")
#: Excel reads these as the beginning of a formula, so they are written behind an apostrophe.
FORMULA_BEGINNINGS = "=+-@\t\r"
_GUARDED = re.compile(f"'+[{re.escape(FORMULA_BEGINNINGS)}]")
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
#: Characters, and records, that are looked at to guess the separator.
_SAMPLE, _SAMPLE_ROWS = 1 << 16, 200
#: Blank lines are read over up to here; and separators of one record, those in its text included.
_MAX_RECORDS, _MAX_PARTS = 5 * MAX_ROWS, 200_000


def read_separated(content: bytes, name: str, looks: CsvLooks | None) -> Book:
    """What ``looks`` leaves open ("") is guessed. Raises RefusedError: encoding, separator,
    quotes, many_rows, many_columns, many_cells."""
    text, encoding = decoded(content, (looks.encoding or None) if looks else None, name)
    told = _SEP_LINE.match(text)
    separator = (looks.separator if looks else "") or _separator(text, told)
    if separator not in SEPARATORS:
        raise RefusedError("separator", "The columns are parted by a comma, semicolon, tab or |.")
    records = _records(text[told.end() :] if told else text, separator, name)
    rows = _rows(records, 2 if told else 1, name)
    return Book(BookKind.TEXT, CsvLooks(encoding, separator), (), "", rows)


def _separator(text: str, told: re.Match[str] | None) -> str:
    """The one by which most records have as many columns, and most of them."""
    if told is not None and told[1] in SEPARATORS:
        return told[1]
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:  # the last line is cut
        sample = sample[: sample.rfind("\n") + 1] or sample
    for strict in (True, False):
        fits = {separator: _fit(sample, separator, strict) for separator in SEPARATORS}
        if any(share for share, _ in fits.values()):
            break
    return max(SEPARATORS, key=lambda separator: fits[separator])


def _fit(sample: str, separator: str, strict: bool) -> tuple[float, int]:
    """``strict``: a quotation mark that closes a cell stands before a separator or the end."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, strict=strict)
    widths: Counter[int] = Counter()
    try:
        for _, record in zip(range(_SAMPLE_ROWS), reader, strict=False):
            if record:
                widths[len(record)] += 1
    except csv.Error:
        return 0.0, 0
    columns = [width for width in widths.elements() if width > 1]
    if not columns:
        return 0.0, 0
    usual, count = Counter(columns).most_common(1)[0]
    return count / widths.total() * min(usual, 4), usual


class _Lines:
    """The lines of a text, for a reader that goes on until a record ends: it must end."""

    def __init__(self, text: str, separator: str, name: str) -> None:
        self._text = text
        self._separator, self._name = separator, name
        self._parts = 0

    def __iter__(self) -> Iterator[str]:
        for found in _LINE.finditer(self._text):
            line = found[0]
            self._parts += line.count(self._separator)
            if self._parts > _MAX_PARTS:
                raise many_columns(self._name)
            yield line

    def record_ended(self) -> None:
        self._parts = 0


def _records(text: str, separator: str, name: str) -> Iterator[list[str]]:
    lines = _Lines(text, separator, name)
    reader = csv.reader(lines, delimiter=separator)
    try:
        for record in reader:
            lines.record_ended()
            yield record
    except csv.Error as error:  # a field without end
        raise RefusedError(
            "quotes",
            "A cell near line {line} of {name} does not end: a quotation mark is missing. Close "
            "it there, or save the list as .xlsx.",
            line=reader.line_num,
            name=name,
        ) from error


def _rows(records: Iterator[list[str]], first: int, name: str) -> tuple[Row, ...]:
    read: list[tuple[int, list[str]]] = []
    width = cells = 0
    for number, record in enumerate(records, first):
        if number > _MAX_RECORDS:  # blank ones, too
            raise many_rows(name)
        while record and not record[-1].strip():
            record.pop()
        if not record:
            continue
        cells += len(record)
        width = max(width, len(record))
        _require_small(number, width, cells, name)
        read.append((number, [_cell(cell) for cell in record]))
    if width * len(read) > MAX_CELLS:
        raise many_cells(name)
    return tuple(Row(number, tuple(cells) + ("",) * (width - len(cells))) for number, cells in read)


def _require_small(number: int, width: int, cells: int, name: str) -> None:
    if number > MAX_ROWS:
        raise many_rows(name)
    if width > MAX_COLUMNS:
        raise many_columns(name)
    if cells > MAX_CELLS:
        raise many_cells(name)


def _cell(cell: str) -> str:
    """Without the apostrophe that keeps programs from reading it as a formula."""
    if cell.startswith("'") and _GUARDED.match(cell):
        cell = cell[1:]
    return cell if cell.isascii() else unicodedata.normalize("NFC", cell)
