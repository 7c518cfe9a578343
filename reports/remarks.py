"""What somebody should know of a report that was made: what of a person's words it could not
show as they were written. Never in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from reports import text
from reports.errors import Remark
from reports.sheet import Sheet
from reports.typeface import MISSING
from reports.words import mark

#: So many characters or question numbers are named.
NAMED = 40

REPLACED = mark("The typeface lacks {characters}: printed as “{replacement}”.")
CUT = mark("Only {most} characters are printed of the comment on question {numbers}.")


def remarks(sheet: Sheet, missing: Iterable[str]) -> tuple[Remark, ...]:
    """``missing`` are the characters that the pen replaced."""
    return (*replaced(missing), *_cut(sheet))


def replaced(missing: Iterable[str]) -> Iterator[Remark]:
    characters = list(missing)
    if characters:
        told = {"characters": _listed(characters), "replacement": MISSING}
        yield Remark("characters_replaced", REPLACED, told)


def _cut(sheet: Sheet) -> Iterator[Remark]:
    cut = [e.ref for e in sheet.entries if e.said and len(e.said.comment) > text.CAP]
    if cut:
        most = sheet.figures.short(Fraction(text.CAP))
        yield Remark("comment_cut", CUT, {"most": most, "numbers": ", ".join(cut[:NAMED])})


def _listed(characters: list[str]) -> str:
    shown = " ".join(characters[:NAMED])
    return f"{shown} …" if len(characters) > NAMED else shown
