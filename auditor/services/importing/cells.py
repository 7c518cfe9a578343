"""What the cells of a row say of one location, each checked by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from auditor.domain.folding import folded
from auditor.domain.places import LONGEST, LONGEST_TAG, MOST_TAGS, REGION_SEPARATOR
from auditor.services.importing.fields import LEVELS, Field
from auditor.services.importing.mapping import ColumnMapping
from auditor.services.importing.plan import CellProblem
from auditor.services.regions import DEEPEST
from auditor.services.sheets.book import Row, is_error
from auditor.services.typed import one_line, prose
from auditor.words import mark
from forms.questions.kinds.words import nfc

_FORMULA = mark(
    "The cell shows {shown}: its formula failed. Mend the formula, or type the value itself."
)
_SHORTENED = mark(
    "The cell shows {shown}: the spreadsheet shortened a long number. Make the column text there, "
    "and type the number again."
)
_LONG = mark("This has {length} characters, and at most {most} are kept. Shorten it.")
_DEEP = mark("This region is {count} levels deep, and at most {most} are kept. Leave some out.")
_MANY_TAGS = mark("These are {count} tags, and a location has at most {most}. Take some away.")
_LONG_TAG = mark("The tag “{start}…” is longer than {most} characters. Shorten it.")
_UNCLEAR = mark("“{given}” is neither yes nor no. Write yes or no.")

_YES_WORDS = (
    "1|true|yes|y|x|v|on|ok|co|dung|active|enabled|open|opened|opening|operating|hoat dong"
    "|dang hoat dong|con hoat dong|van hoat dong|mo|mo cua|dang mo|dang mo cua|✓|✔|☑|√"
)
_NO_WORDS = (
    "0|false|no|n|off|khong|sai|inactive|disabled|closed|close|not active|khong hoat dong|ngung"
    "|ngung hoat dong|da ngung hoat dong|dung hoat dong|da dung hoat dong|tam ngung"
    "|tam ngung hoat dong|tam dong|tam dong cua|dong|dong cua|da dong|da dong cua|nghi|☐|✗|✘"
    "|temporarily closed|permanently closed"
)
_YES, _NO = frozenset(_YES_WORDS.split("|")), frozenset(_NO_WORDS.split("|"))
_LINES = (Field.CODE, Field.NAME, Field.BRAND)
_PROSE = (Field.ADDRESS, Field.CONTACTS, Field.HOURS)
#: Fields of numbers that are names: an exponent has eaten their digits.
_NUMBERED = frozenset({"code", "contacts", "location", "evaluator", "number"})
_POWER = re.compile(r"\d([.,]\d+)?E\+\d{1,2}", re.IGNORECASE)
_NO_ZERO = re.compile(r"(^|[,;/\n]\s*)([35789]\d{8}|2\d{9})(?=\s*(?:$|[,;/\n]))")
_TAG_PARTS = re.compile(r"[,;|\n]")
_DAY_PART = re.compile(r"0[.,]\d{1,17}")
_TIME = re.compile(r"\d{1,2}([:hHgG.]\d{0,2}){0,2}( ?[aApP][mM])?")


@dataclass(slots=True)
class Said:
    """What one row says, in the form that is kept. ``texts`` has the fields that the table has
    columns for; ``tags`` and ``active`` are None where it has none, ``active`` also where its cell
    is empty or unclear."""

    row: Row
    texts: dict[Field, str] = field(default_factory=dict)
    tags: tuple[str, ...] | None = None
    active: bool | None = None
    problems: list[CellProblem] = field(default_factory=list)

    def refuse(
        self, column: int | None, held: Field | None, code: str, message: str, **values: object
    ) -> None:
        self.problems.append(
            CellProblem(self.row.number, column, held, code, message, tuple(values.items()))
        )


class CellReader:
    """Reads the rows of one table by one mapping. What many rows say alike is read once."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self._columns = {held: mapping.columns(held) for held in Field if mapping.has(held)}
        self._mapped = [(at, held) for at, held in enumerate(mapping.fields) if held is not None]
        levels = [held for held in (Field.REGION, *LEVELS) if held in self._columns]
        self._region_columns = [at for held in levels for at in self._columns[held]]
        self._region = levels[0] if levels else None
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._labels: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._prose = [held for held in _PROSE if held in self._columns]

    def first(self, held: Field) -> int | None:
        return self._columns[held][0] if held in self._columns else None

    def is_blank(self, row: Row) -> bool:
        return not any(row.cells[at].strip() for at, _ in self._mapped)

    def read(self, row: Row) -> Said:
        said = Said(row)
        for at, held in self._mapped:
            check_cell(row.cells[at], held, partial(said.refuse, at))
        if not said.problems:
            self._read(said)
        return said

    def _read(self, said: Said) -> None:
        cells = said.row.cells
        for held in _LINES:
            if held in self._columns:
                self._keep(said, held, line(cells[self._columns[held][0]]))
        for held in self._prose:
            parts = [part for at in self._columns[held] if (part := prose(cells[at]))]
            if held is Field.CONTACTS:
                parts = [with_zeros(part) for part in parts]
            elif held is Field.HOURS:
                parts = [_clock(part) for part in parts]
            self._keep(said, held, _together(held, parts))
        self._read_region(said)
        self._read_tags(said)
        self._read_active(said)

    def _keep(self, said: Said, held: Field, text: str) -> None:
        said.texts[held] = text
        most = LONGEST.get(held)
        if most is not None and len(text) > most:
            said.refuse(self.first(held), held, "too_long", _LONG, length=len(text), most=most)

    def _read_region(self, said: Said) -> None:
        if self._region is None:
            return
        key = tuple([said.row.cells[at] for at in self._region_columns])
        names = self._names.get(key)
        if names is None:
            parts = (line(part) for cell in key for part in cell.split("/"))
            names = self._names[key] = tuple(filter(None, parts))
        path, at = REGION_SEPARATOR.join(names), self._region_columns[0]
        if len(names) > DEEPEST:
            values = {"count": len(names), "most": DEEPEST}
            said.refuse(at, self._region, "region_deep", _DEEP, **values)
        elif len(path) > (most := LONGEST["region"]):
            said.refuse(at, self._region, "too_long", _LONG, length=len(path), most=most)
        said.texts[Field.REGION] = path

    def _read_tags(self, said: Said) -> None:
        if Field.TAGS not in self._columns:
            return
        key = tuple([said.row.cells[at] for at in self._columns[Field.TAGS]])
        tags = self._labels.get(key)
        if tags is None:
            parts = [line(part) for part in _TAG_PARTS.split("\n".join(key))]
            tags = self._labels[key] = sorted_tags([tag for tag in parts if tag])
        said.tags, at = tags, self.first(Field.TAGS)
        if len(tags) > MOST_TAGS:
            values = {"count": len(tags), "most": MOST_TAGS}
            said.refuse(at, Field.TAGS, "many_tags", _MANY_TAGS, **values)
        for tag in tags:
            if len(tag) > LONGEST_TAG:
                start = tag[:30]
                said.refuse(at, Field.TAGS, "tag_long", _LONG_TAG, start=start, most=LONGEST_TAG)

    def _read_active(self, said: Said) -> None:
        at = self.first(Field.ACTIVE)
        if at is None or not (given := line(said.row.cells[at])):
            return
        said.active = yes_or_no(given)
        if said.active is None:
            said.refuse(at, Field.ACTIVE, "active_unclear", _UNCLEAR, given=given[:60])


def check_cell(cell: str, held: StrEnum, refuse: Callable[..., None]) -> None:
    """``refuse(held, code, message, shown=…)`` what a program shows instead of a value."""
    if not cell or cell[0] not in " #E0123456789":
        return
    shown = cell.strip()
    if is_error(shown):
        refuse(held, "formula", _FORMULA, shown=shown)
    elif held.value in _NUMBERED and _POWER.fullmatch(shown):
        refuse(held, "shortened", _SHORTENED, shown=shown)


def with_zeros(contacts: str) -> str:
    """Vietnamese telephone numbers that a spreadsheet took for figures, with the zero that they
    begin with: nine digits of a mobile, ten of a line."""
    return _NO_ZERO.sub(r"\g<1>0\2", contacts)


def region_path(names: Iterable[str]) -> str:
    """The names of a region and of those above it, the widest first, as one path."""
    return REGION_SEPARATOR.join(filter(None, map(line, names)))


def line(cell: str) -> str:
    """``one_line`` of a cell: nearly all are printable as they are."""
    return " ".join(nfc(cell).split()) if cell.isprintable() else one_line(cell)


def sorted_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Each once, whatever its case and marks, as the first is written; in the order of letters."""
    told = {folded(tag): tag for tag in reversed(tags)}
    return tuple(sorted(told.values(), key=folded))


def yes_or_no(given: str) -> bool | None:
    """What a word for active or closed says, in either language; None for another word."""
    said = folded(given).strip(" .!")
    if said in _YES:
        return True
    return False if said in _NO else None


def _clock(part: str) -> str:
    """A time that a sheet shows as the part of a day it is: 0.3125 is 07:30."""
    if _DAY_PART.fullmatch(part) is None:
        return part
    minutes = round(float(part.replace(",", ".")) * 24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _together(held: Field, parts: list[str]) -> str:
    """Parts of one text that stand in several columns. Two bare times are when a location opens
    and when it closes."""
    if held is Field.HOURS and len(parts) == 2 and all(map(_TIME.fullmatch, parts)):
        return "–".join(parts)
    return ", ".join(parts)
