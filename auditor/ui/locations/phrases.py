"""What the screens of locations say in figures and words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from auditor.domain.places import BandFigure, Count, ListedLocation, Rung
from auditor.ui import when
from auditor.ui.locations.view import Column
from auditor.ui.theme import Tone
from auditor.words import Words, mark

if TYPE_CHECKING:
    from auditor.services.importing.plan import PlanCounts

TITLES: dict[Column, str] = {
    Column.CODE: mark("Code"),
    Column.NAME: mark("Location"),
    Column.BRAND: mark("Brand"),
    Column.REGION: mark("Region"),
    Column.ADDRESS: mark("Address"),
    Column.CONTACTS: mark("Contacts"),
    Column.HOURS: mark("Opening hours"),
    Column.TAGS: mark("Tags"),
    Column.LAST: mark("Last visit"),
    Column.SCORE: mark("Score"),
    Column.CHANGE: mark("Difference"),
    Column.VISITS: mark("Visits"),
}
#: Changes of so many points are marked: what is less comes and goes.
NOTABLE = 3.0


def points(words: Words, value: float) -> str:
    """One decimal, with the comma of Vietnamese."""
    shown = f"{value:.1f}"
    return shown.replace(".", ",") if words.language == "vi" else shown


def change(words: Words, value: float) -> str:
    """ "+2.1", "−0.6" (a real minus); "0.0" is neither."""
    shown = points(words, abs(value))
    if not round(value, 1):
        return shown
    return ("+" if value > 0 else "−") + shown


#: Red is the lowest band, blue the upper half, amber what lies between.
TONES = {Rung.UPPER: Tone.ACCENT, Rung.BETWEEN: Tone.WARNING, Rung.LOWEST: Tone.DANGER}


def band_of(bands: Sequence[BandFigure], percent: float) -> tuple[str, Tone]:
    """The band that a percentage falls in ("" where there are none) and how it looks."""
    at = sum(percent >= band.least for band in bands) - 1
    if at < 0:
        return "", Tone.ACCENT
    return bands[at].id, TONES[Rung.of(at, len(bands))]


def number(words: Words, value: int) -> str:
    """With the separators of thousands of the language."""
    return words.figure(value)


def imported(words: Words, name: str, counts: PlanCounts) -> str:
    """ "list.xlsx: 12 new, 3 changed. 2 rows are left out." """
    adds, changes = number(words, counts.adds), number(words, counts.changes)
    said = words("{name}: {adds} new, {changes} changed.", name=name, adds=adds, changes=changes)
    if not counts.refused:
        return said
    shown = number(words, counts.refused)
    left = words.plural("{shown} row is left out.", "{shown} rows are left out.",
                        counts.refused, shown=shown)  # fmt: skip
    return f"{said} {left}"


def counted(words: Words, count: Count) -> str:
    return number(words, count.number) + ("+" if count.more else "")


def district(path: str) -> str:
    """The narrowest name of a region's path."""
    return path.rpartition(" / ")[2]


def cell(words: Words, listed: ListedLocation, column: Column, now: datetime) -> str:
    place = listed.place
    match column:
        case Column.LAST:
            at = listed.last_at
            return "" if at is None else when.day(words, at.astimezone().date(), now.date())
        case Column.SCORE:
            return "" if listed.score is None else points(words, listed.score)
        case Column.CHANGE:
            return _change(words, listed)
        case Column.VISITS:
            return number(words, listed.visits)
        case Column.TAGS:
            return ", ".join(place.tags)
        case Column.CONTACTS:
            return " · ".join(place.contacts.split("\n"))
        case _:
            return str(getattr(place, column.value))


def _change(words: Words, listed: ListedLocation) -> str:
    if listed.change is not None:
        return change(words, listed.change)
    return words("first visit") if listed.visits == 1 and listed.score is not None else ""
