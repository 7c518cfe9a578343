"""The last row of page 1: the facts of the visit, under an evaluator code, never a name."""

from __future__ import annotations

from dataclasses import dataclass

from forms.scorecard import Status
from reports import text
from reports.figures import NBSP
from reports.pen import Pen
from reports.sheet import Sheet
from reports.theme import RULE, SMALL, SMALL_STRONG, TEXT3
from reports.typeface import width, wrap
from reports.words import WORDS, mark

LEAST_GAP = 12.0
#: The least that the address takes as a column, the most lines in it, and how far from the rule.
NARROWEST, MOST_LINES, FIRST = 100.0, 3, 26.5
TITLE_WIDE = 110.0


@dataclass(frozen=True, slots=True)
class Facts:
    """Columns of label and lines with their widths; ``below`` is an address too long for one."""

    columns: tuple[tuple[str, list[str], float], ...]
    gap: float
    below: tuple[str, ...]

    @property
    def height(self) -> float:
        """From the rule to the last line."""
        tallest = max((len(lines) for _, lines, _ in self.columns), default=1)
        return FIRST + 10.5 * (tallest - 1) + 10.5 * len(self.below)


def facts(sheet: Sheet) -> Facts:
    """In columns as wide as their words. The address is never cut: it takes what the others
    leave, or lines of its own below them."""
    columns = [_column(label, value, TITLE_WIDE) for label, value in _facts(sheet)]
    label, address = sheet.say(mark("Address")), ", ".join(_address(sheet))
    taken = sum(wide for _, _, wide in columns) + LEAST_GAP * len(columns)
    room = sheet.page.inner - taken
    below: list[str] = []
    if address:
        natural = max(width(label, SMALL), width(address, SMALL_STRONG))
        lines = _in_column(sheet, room) if room >= NARROWEST else []
        if 0 < len(lines) <= MOST_LINES:
            columns.append((label, lines, min(natural, room)))
        else:
            below = wrap(f"{label}: {address}", SMALL_STRONG, sheet.page.inner)
            columns = [_column(label, value, 2 * TITLE_WIDE) for label, value in _facts(sheet)]
    spare = sheet.page.inner - sum(wide for _, _, wide in columns)
    gap = min(48.0, max(LEAST_GAP, spare / max(1, len(columns) - 1)))
    return Facts(tuple(columns), gap, tuple(below))


def _column(label: str, value: str, room: float) -> tuple[str, list[str], float]:
    lines = wrap(value, SMALL_STRONG, max(room, width(label, SMALL)))
    return label, lines, max(width(label, SMALL), *(width(each, SMALL_STRONG) for each in lines))


def _in_column(sheet: Sheet, room: float) -> list[str]:
    """On one line, or the region on a line of its own."""
    address = _address(sheet)
    if width(", ".join(address), SMALL_STRONG) <= room:
        return [", ".join(address)]
    return [line for part in address for line in wrap(part, SMALL_STRONG, room)]


def draw_facts(sheet: Sheet, pen: Pen, y: float, of: Facts) -> None:
    pen.rule(sheet.page.left, y, sheet.page.right, 0.5, RULE)
    x, lowest = sheet.page.left, y + FIRST
    pen.tags.open("L")
    for label, lines, wide in of.columns:
        pen.tags.open("LI")
        pen.tags.leaf("LBody")
        pen.put(x, y + 14.5, label, SMALL.inked(TEXT3))
        lowest = max(lowest, pen.lines(x, y + FIRST, lines, SMALL_STRONG))
        x += wide + of.gap
        pen.tags.close()
    pen.tags.close()
    pen.lines(sheet.page.left, lowest + 1, of.below, SMALL_STRONG)


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    snapshot = sheet.snapshot
    visit = [text.line(snapshot.visit.number)]
    if snapshot.visit.minutes is not None:
        visit.append(sheet.figures.duration(snapshot.visit.minutes * 60))
    facts = [
        (sheet.say(mark("Evaluator")), text.line(snapshot.visit.evaluator)),
        (sheet.say(mark("Visit")), " · ".join(visit)),
        (sheet.say(mark("Questions")), _questions(sheet)),
        (sheet.say(mark("Evidence")), _evidence(sheet)),
        (sheet.say(mark("Checklist")), _checklist(sheet)),
    ]
    return [(label, value) for label, value in facts if value]


def _questions(sheet: Sheet) -> str:
    asked = [e for e in sheet.entries if e.score.status is not Status.HIDDEN]
    na = sum(1 for e in asked if e.score.status is Status.NOT_APPLICABLE)
    words = sheet.say(mark("{count} asked"), count=len(asked))
    not_applicable = sheet.say(mark("N/A"))
    return f"{words} · {na}{NBSP}{not_applicable}" if na else words


def _evidence(sheet: Sheet) -> str:
    photos = sum(len(entry.photos) for entry in sheet.entries)
    files = sum(entry.said.files for entry in sheet.entries if entry.said)
    parts = []
    if photos:
        parts.append(WORDS.plural(sheet.language, "{count} photo", "{count} photos", photos))
    if files:
        parts.append(WORDS.plural(sheet.language, "{count} file", "{count} files", files))
    return " · ".join(parts)


def _checklist(sheet: Sheet) -> str:
    title = sheet.words(sheet.checklist.title)
    return f"{title} {text.line(sheet.snapshot.checklist_version)}"


def _address(sheet: Sheet) -> list[str]:
    """Street and region, those there are."""
    location = sheet.snapshot.location
    return [text.line(part) for part in (location.address, location.region) if text.line(part)]
