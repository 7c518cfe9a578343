"""How an answer of each question type stands on paper: its words, where they go, their tone.

One line in ``PRINTED`` for each type; a completeness test fails when one is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from forms.answers import Expectation
from forms.questions.expectation import ExpectationQuestion
from forms.scorecard import QuestionScore, Status
from reports import text, theme
from reports.figures import DAYPARTS
from reports.sheet import Entry, Sheet, photo_words
from reports.snapshot import Daypart
from reports.theme import Tone
from reports.words import WORDS, mark


@dataclass(frozen=True, slots=True)
class Shown:
    """``chip`` are a few words in a pill; ``body`` are words that need the width of the page."""

    chip: str
    tone: Tone
    body: str = ""


def shown(entry: Entry, sheet: Sheet) -> Shown:
    """The answer of ``entry``; what was not asked, not applicable or left blank says so."""
    status = entry.score.status
    if status is Status.HIDDEN:
        return Shown(sheet.say(mark("Not asked")), theme.HIDDEN)
    if status is Status.NOT_APPLICABLE:
        return Shown(sheet.say(mark("N/A")), theme.NOT_APPLICABLE)
    if status is Status.UNANSWERED or not _has_answer(entry):
        return Shown(sheet.say(mark("Not answered")), theme.BLANK)
    return PRINTED[entry.item.question.type](entry, sheet)


def in_short(entry: Entry, sheet: Sheet) -> str:
    """What stands in the pill of an answer that is too long for it."""
    score = entry.score
    if score.status is not Status.SCORED:
        return sheet.say(mark("In words"))
    if not score.failed and score.earned >= score.possible:
        return sheet.say(mark("Full points"))
    return sheet.say(mark("No points") if score.earned <= 0 else mark("Some points"))


def tone(score: QuestionScore) -> Tone:
    """Failed, full, part or unscored; never by the colour alone."""
    if score.failed:
        return theme.MISSED
    if score.status is not Status.SCORED or (score.bonus and score.earned == 0):
        return theme.PLAIN
    if score.earned.numerator < 0:
        return theme.MISSED
    if score.earned >= score.possible:
        return theme.MET
    return theme.PARTLY if score.earned else theme.MISSED


def _has_answer(entry: Entry) -> bool:
    said = entry.said
    return said is not None and bool(said.value is not None or said.photos or said.files)


def _words(entry: Entry, sheet: Sheet) -> str:
    return text.line(entry.item.read(entry.answer, sheet.snapshot.language))


def _pill(entry: Entry, sheet: Sheet) -> Shown:
    return Shown(_words(entry, sheet), tone(entry.score))


def _expectation(entry: Entry, sheet: Sheet) -> Shown:
    """``perceived 3 / 5`` in the pill, the gap in the body."""
    value = entry.answer.value
    if not isinstance(value, Expectation) or value.gap is None:
        return _pill(entry, sheet)
    question = entry.item.question
    high = question.max if isinstance(question, ExpectationQuestion) else 5
    gap = sheet.say(
        mark("Expected {expected}, perceived {perceived}: gap {gap}"),
        expected=value.expected,
        perceived=value.perceived,
        gap=sheet.figures.signed(value.gap, 0),
    )
    return Shown(f"{value.perceived} / {high}", tone(entry.score), gap)


def _passage(entry: Entry, sheet: Sheet) -> Shown:
    """In full here, or further on where the report tells such answers together."""
    if entry.key in sheet.narrated:
        return Shown(sheet.say(mark("In full further on")), theme.PLAIN)
    value = entry.answer.value
    body = sheet.told(value) if isinstance(value, str) else ""
    return Shown(sheet.say(mark("In words")), theme.PLAIN, body)


def _evidence(entry: Entry, sheet: Sheet) -> Shown:
    """Photos by their number; of what paper cannot show, how much there is."""
    if entry.photos:
        words = photo_words(entry, sheet)
    else:
        files = entry.said.files if entry.said else 0
        words = WORDS.plural(sheet.language, "{count} file", "{count} files", files)
    return Shown(words, theme.PLAIN)


def _moment(entry: Entry, sheet: Sheet) -> Shown:
    """An exact time, or the part of the day that stands in for it."""
    value = entry.answer.value
    day, _, part = value.rpartition(" ") if isinstance(value, str) else ("", "", "")
    if part not in list(Daypart):
        return _pill(entry, sheet)
    words = [sheet.figures.day(date.fromisoformat(day))] if day else []
    words.append(sheet.say(DAYPARTS[Daypart(part)]))
    said = ", ".join(words)
    return Shown(said[:1].upper() + said[1:], tone(entry.score))


Print = Callable[[Entry, Sheet], Shown]

#: By the type's name in the checklist format. ``note`` and ``calculate`` are never printed.
PRINTED: dict[str, Print] = {
    "choice": _pill,
    "choices": _pill,
    "scale": _pill,
    "csat": _pill,
    "nps": _pill,
    "ces": _pill,
    "integer": _pill,
    "decimal": _pill,
    "duration": _pill,
    "expectation": _expectation,
    "matrix": _pill,
    "text": _passage,
    "date": _pill,
    "time": _moment,
    "datetime": _moment,
    "photo": _evidence,
    "audio": _evidence,
    "file": _evidence,
    "signature": _evidence,
}
