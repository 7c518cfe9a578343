"""Which column of a table holds what, guessed by headings in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from auditor.domain.errors import RefusedError
from auditor.services.importing.headings import spoken
from auditor.services.sheets.book import Book, Row
from auditor.words import LANGUAGES, WORDS

#: The heading row is looked for among so many rows from the first that holds something.
_LOOKED_AT = 30


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list: what its columns are called on screen and in the heading of an export
    (``titles``), by which words they are known (``phrases``, folded, parted by "|"), and which of
    them every table needs."""

    name: str
    titles: Mapping[StrEnum, str]
    phrases: Mapping[StrEnum, str]
    needed: StrEnum

    def meaning(self, heading: str) -> StrEnum | None:
        said = spoken(heading)
        for field, title in self.titles.items():
            if any(spoken(WORDS.text(language, title)) == said for language in LANGUAGES):
                return field
        for field, phrases in self.phrases.items():
            if said in phrases.split("|"):
                return field
        return None


@dataclass(frozen=True, slots=True)
class Columns:
    """``heading`` is the number of the heading row, 0 where the table has none; the rows after it
    are read. ``fields`` is what each column holds, None for a column that is left out."""

    heading: int
    fields: tuple[StrEnum | None, ...]

    def column(self, field: StrEnum) -> int | None:
        return self.fields.index(field) if field in self.fields else None

    def with_field(self, column: int, field: StrEnum | None) -> Columns:
        """``column`` holds ``field``; another column that did is left out."""
        held = [None if each is field else each for each in self.fields]
        held[column] = field
        return replace(self, fields=tuple(held))


def guess(book: Book, kind: Kind, heading: int | None = None) -> Columns:
    """``heading`` is the number of the heading row where a person told it, 0 for none. Else it is
    the first of the rows that know the most headings."""
    if heading is not None:
        row = book.row(heading)
        return Columns(heading, (None,) * book.columns) if row is None else _read(row, kind)
    best: Columns | None = None
    for row in book.rows[:_LOOKED_AT]:
        found = _read(row, kind)
        if best is None or _known(found) > _known(best):
            best = found
    return best or Columns(0, ())


def _read(row: Row, kind: Kind) -> Columns:
    fields: list[StrEnum | None] = []
    for cell in row.cells:
        found = kind.meaning(cell) if cell and len(cell) < 120 else None
        fields.append(found if found not in fields else None)
    return Columns(row.number, tuple(fields))


def _known(columns: Columns) -> int:
    return sum(field is not None for field in columns.fields)


def rows_of(book: Book, kind: Kind, columns: Columns) -> Iterator[Row]:
    """The rows behind the heading. Raises RefusedError: empty_sheet, no_code_column."""
    if not book.rows:
        raise RefusedError(
            "empty_sheet", "There is no row in this file. Choose another sheet, or another file."
        )
    if kind.needed not in columns.fields:
        raise RefusedError(
            "no_code_column", "Say which column holds the codes: no row can be told without."
        )
    used = [at for at, field in enumerate(columns.fields) if field is not None]
    for row in book.rows:
        if row.number > columns.heading and any(row.cells[at].strip() for at in used):
            yield row


def said(row: Row, columns: Columns) -> dict[StrEnum, str]:
    """What the row says, by field; only those that the table has columns for."""
    return {field: row.cells[at] for at, field in enumerate(columns.fields) if field is not None}
