"""The last row of page 1: the facts of the visit, under an evaluator code, never a name."""

from __future__ import annotations

from forms.scorecard import Status
from reports import text
from reports.figures import NBSP
from reports.pen import Pen
from reports.sheet import Sheet
from reports.theme import RULE, SMALL, SMALL_STRONG, TEXT3
from reports.typeface import fit, fit_lines, width
from reports.words import WORDS, mark

LEAST_GAP = 12.0


def draw_facts(sheet: Sheet, pen: Pen, y: float) -> None:
    """In columns as wide as their words; the last, the address, takes two lines at need."""
    page = sheet.page
    pen.rule(page.left, y, page.right, 0.5, RULE)
    facts = _facts(sheet)
    wides = [max(width(label, SMALL), width(value, SMALL_STRONG)) for label, value in facts]
    spare = page.inner - sum(wides)
    if spare < LEAST_GAP * (len(facts) - 1):
        wides[-1] = max(40.0, wides[-1] + spare - LEAST_GAP * (len(facts) - 1))
        spare = page.inner - sum(wides)
    gap = min(48.0, max(4.0, spare / max(1, len(facts) - 1)))
    x = page.left
    for (label, value), wide in zip(facts, wides, strict=True):
        pen.put(x, y + 14.5, fit(label, SMALL, wide), SMALL.inked(TEXT3))
        pen.lines(x, y + 26.5, fit_lines(value, SMALL_STRONG, wide + 2, 2), SMALL_STRONG)
        x += wide + gap


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
        (sheet.say(mark("Address")), _address(sheet)),
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
    title = fit(sheet.words(sheet.checklist.title), SMALL_STRONG, 110)
    return f"{title} {text.line(sheet.snapshot.checklist_version)}"


def _address(sheet: Sheet) -> str:
    location = sheet.snapshot.location
    return text.line(", ".join(part for part in (location.address, location.region) if part))
