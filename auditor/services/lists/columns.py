"""Which column of a table holds what, guessed by headings in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from auditor.domain.errors import RefusedError
from auditor.services.importing.foot import without_foot
from auditor.services.importing.headings import EXACT, OTHER, Headings, Sureness, spoken
from auditor.services.sheets.book import Book, Row
from auditor.services.typed import prose
from auditor.words import LANGUAGES, WORDS

#: The heading row is looked for among so many rows from the first that holds something.
_LOOKED_AT = 30


@dataclass(frozen=True)
class Kind:
    """A kind of list: what its columns are called on screen and in the heading of an export
    (``titles``), by which words they are known (``phrases``, folded, parted by "|"), which of
    them every table needs, and what people call a row by.

    ``spare`` are phrases for a field that no other column holds; ``others`` begin like a heading
    of ours and are none. More than one column may hold what is ``joined``.
    """

    name: str
    titles: Mapping[StrEnum, str]
    phrases: Mapping[StrEnum, str]
    needed: StrEnum
    called: StrEnum
    spare: Mapping[StrEnum, str] = field(default_factory=dict)
    others: str = ""
    joined: frozenset[StrEnum] = frozenset()

    @cached_property
    def _headings(self) -> Headings[StrEnum | str]:
        table: dict[str, StrEnum | str] = dict.fromkeys(self.others.split("|"), OTHER)
        for field_, phrases in self.phrases.items():
            table |= dict.fromkeys(phrases.split("|"), field_)
        for field_, title in self.titles.items():
            table |= {spoken(WORDS.text(language, title)): field_ for language in LANGUAGES}
        return Headings(table)

    @cached_property
    def _spares(self) -> dict[str, StrEnum]:
        return {said: of for of, phrases in self.spare.items() for said in phrases.split("|")}

    def meaning(self, heading: str) -> tuple[StrEnum | str, Sureness] | None:
        """As ``Headings.meaning``; a spare one is nothing of ours."""
        return (OTHER, (EXACT, 0)) if self.spared(heading) else self._headings.meaning(heading)

    def spared(self, heading: str) -> StrEnum | None:
        return self._spares.get(spoken(heading)) if len(heading) <= 120 else None


@dataclass(frozen=True, slots=True)
class Columns:
    """``heading`` is the number of the heading row, 0 where the table has none; the rows after it
    are read. ``fields`` is what each column holds, None for a column that is left out."""

    heading: int
    fields: tuple[StrEnum | None, ...]
    joined: frozenset[StrEnum] = frozenset()

    def column(self, field: StrEnum) -> int | None:
        return self.fields.index(field) if field in self.fields else None

    def columns(self, field: StrEnum) -> tuple[int, ...]:
        return tuple(at for at, held in enumerate(self.fields) if held is field)

    def with_field(self, column: int, field: StrEnum | None) -> Columns:
        """``column`` holds ``field``; another column that did is left out, unless several may."""
        held = list(self.fields)
        if field not in self.joined:
            held = [None if each is field else each for each in held]
        held[column] = field
        return replace(self, fields=tuple(held))


def guess(book: Book, kind: Kind, heading: int | None = None) -> Columns:
    """``heading`` is the number of the heading row where a person told it, 0 for none. Else it is
    the first of the rows that know the most headings."""
    if heading is not None:
        row = book.row(heading)
        nothing = Columns(heading, (None,) * book.columns, kind.joined)
        return nothing if row is None else _read(row, kind)
    row = max(book.rows[:_LOOKED_AT], key=lambda each: _known(each, kind), default=None)
    return Columns(0, (), kind.joined) if row is None else _read(row, kind)


def fits(kind: Kind) -> Callable[[Book], bool]:
    """Whether a sheet has the column that every table of the kind needs."""
    return lambda book: kind.needed in guess(book, kind).fields


def _read(row: Row, kind: Kind) -> Columns:
    told = {at: found for at, cell in enumerate(row.cells) if (found := kind.meaning(cell))}
    fields: list[StrEnum | None] = [None] * len(row.cells)
    for at in sorted(told, key=lambda at: (told[at][1], -at), reverse=True):
        held = told[at][0]
        if isinstance(held, StrEnum) and (held in kind.joined or held not in fields):
            fields[at] = held
    for at, heading in enumerate(row.cells):
        spare = kind.spared(heading)
        if spare is not None and spare not in fields:
            fields[at] = spare
    return Columns(row.number, tuple(fields), kind.joined)


def _known(row: Row, kind: Kind) -> tuple[int, int]:
    """How many headings the row knows, and how many of those in so many words. A title that runs
    on over merged cells counts once."""
    told = [found for cell in set(row.cells) if cell and (found := kind.meaning(cell))]
    return len(told), sum(sureness[0] == EXACT for _, sureness in told)


def rows_of(book: Book, kind: Kind, columns: Columns) -> list[Row]:
    """The rows behind the heading; neither headings that are repeated on each page nor what stands
    at the foot. Raises RefusedError: empty_sheet, no_code_column."""
    if not book.rows:
        raise RefusedError(
            "empty_sheet", "There is no row in this file. Choose another sheet, or another file."
        )
    if kind.needed not in columns.fields:
        raise RefusedError(
            "no_code_column", "Say which column holds the codes: no row can be told without."
        )
    return _rows(book, columns, (kind.needed, kind.called))


def _rows(book: Book, columns: Columns, named: Iterable[StrEnum]) -> list[Row]:
    used = [at for at, held in enumerate(columns.fields) if held is not None]
    names = [at for each in named for at in columns.columns(each)]
    heading = book.row(columns.heading)
    titles = None if heading is None else heading.cells
    below = (row for row in book.rows if row.number > columns.heading and row.cells != titles)
    kept = without_foot(below, names)
    return [row for row in kept if any(row.cells[at].strip() for at in used)]


def said(row: Row, columns: Columns) -> dict[StrEnum, str]:
    """What the row says, by field; only those that the table has columns for."""
    told: dict[StrEnum, str] = {}
    for at, held in enumerate(columns.fields):
        if held is None:
            continue
        if held not in told:
            told[held] = row.cells[at]
        elif part := prose(row.cells[at]):
            told[held] = f"{told[held]}, {part}" if told[held].strip() else part
    return told
