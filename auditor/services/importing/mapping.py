"""Which column of a table holds what: guessed from its headings, changed by a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from auditor.services.importing.fields import JOINED, LEVELS, Field
from auditor.services.importing.headings import EXACT, OTHER, PATH, Meaning, meaning
from auditor.services.sheets.book import Book, Row

#: The heading row is looked for among so many rows from the first that holds something.
_LOOKED_AT = 30
#: Headings above others are several; a title stands alone.
_GROUPS = 2


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """``heading`` is the number of the heading row, 0 where the table has none; the rows after it
    are read. ``fields`` is what each column holds, None for a column that is left out."""

    heading: int
    fields: tuple[Field | None, ...]

    def columns(self, field: Field) -> tuple[int, ...]:
        return tuple(at for at, held in enumerate(self.fields) if held is field)

    def has(self, field: Field) -> bool:
        return field in self.fields

    def with_field(self, column: int, field: Field | None) -> ColumnMapping:
        """``column`` holds ``field``; another column that did is left out, unless several may."""
        held = list(self.fields)
        if field is not None and field not in JOINED:
            held = [None if each is field else each for each in held]
        held[column] = field
        return replace(self, fields=tuple(held))


def guess_mapping(headings: Sequence[str], heading: int = 1) -> ColumnMapping:
    """What each column holds by its heading, whatever its case, marks and punctuation.

    ``heading`` is the number of the row that ``headings`` are from.
    """
    read = {at: told for at, name in enumerate(headings) if (told := meaning(name))}
    ordered = sorted(read, key=lambda at: (read[at][1], -at), reverse=True)
    fields: list[Field | None] = [None] * len(headings)
    for at in ordered:
        found = read[at][0]
        if isinstance(found, Field) and (found in JOINED or found not in fields):
            fields[at] = found
    _place_regions({at: read[at][0] for at in sorted(read)}, fields)
    return ColumnMapping(heading, tuple(fields))


def _place_regions(meanings: dict[int, Meaning], fields: list[Field | None]) -> None:
    """A path wins; one part alone may be a path, too; several are levels, the widest first."""
    paths = [at for at, found in meanings.items() if found == PATH]
    ranks = {at: found for at, found in meanings.items() if isinstance(found, int)}
    ordered = sorted(ranks, key=lambda at: (ranks[at], at))
    if paths or len(ordered) == 1:
        fields[(paths or ordered)[0]] = Field.REGION
        return
    for at, level in zip(ordered, LEVELS, strict=False):
        fields[at] = level


def guess(book: Book, heading: int | None = None) -> ColumnMapping:
    """The mapping of a book; ``heading`` is the number of its heading row where a person told it,
    0 for none. Else it is the first of the rows that know the most headings."""
    if heading is not None:
        row = book.row(heading)
        if row is None:
            return ColumnMapping(heading, (None,) * book.columns)
        return _with_groups(book, guess_mapping(row.cells, heading), row)
    row = _heading_row(book.rows[:_LOOKED_AT])
    if row is None:
        return ColumnMapping(0, ())
    return _with_groups(book, guess_mapping(row.cells, row.number), row)


def _with_groups(book: Book, found: ColumnMapping, row: Row) -> ColumnMapping:
    """What is not known by its own heading may be by the one above it, which runs on over several:
    "Giờ hoạt động" over "Mở" and "Đóng", "Liên hệ" over "Họ tên" and "Số máy"."""
    above = book.row(row.number - 1)
    if above is None or len({cell for cell in above.cells if cell}) < _GROUPS:
        return found
    fields, group = list(found.fields), ""
    for at, (upper, own) in enumerate(zip(above.cells, row.cells, strict=True)):
        group = upper or group
        known = meaning(own)
        if fields[at] is not None or not own or group == own or (known and known[0] == OTHER):
            continue
        held = (meaning(f"{group} {own}") or (None,))[0]
        if isinstance(held, Field) and (held in JOINED or held not in fields):
            fields[at] = held
    return replace(found, fields=tuple(fields))


def fits(book: Book) -> bool:
    """Whether the sheet has a column of codes."""
    return guess(book).has(Field.CODE)


def _heading_row(rows: Iterable[Row]) -> Row | None:
    return max(rows, key=_known_headings, default=None)


def _known_headings(row: Row) -> tuple[bool, int, int]:
    """Whether the row names codes, how many fields it names, and how many of those in so many
    words. A title that runs on over merged cells counts once."""
    told = [meaning(cell) for cell in set(row.cells) if cell]
    known = [each for each in told if each]
    coded = any(found is Field.CODE for found, _ in known)
    return coded, len(known), sum(sureness[0] == EXACT for _, sureness in known)
