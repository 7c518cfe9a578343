"""The same snapshots as rows: what a workbook and a table of answers are made of.

Every figure is a number, every date a date, and nothing stands in it that the paper may not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from forms.answers import Expectation
from forms.scorecard import Status
from reports import text
from reports.answers import shown
from reports.figures import DAYPARTS, rounded
from reports.findings import costliest
from reports.journey import CHANNELS, STAGES, stage_of, touchpoint
from reports.sections.failed import CAUSES
from reports.sheet import Entry, Part, Sheet, photo_words
from reports.words import mark

Cell: TypeAlias = str | int | Decimal | Fraction | date | bool | None
#: Decimals of points and ratios: what is left out is below any rounding of a report.
DECIMALS = 6


class Kind(StrEnum):
    """How a column shows: ``SHARE`` is a ratio of 0 to 1, shown as a percentage."""

    TEXT = "text"
    LONG = "long"
    WHOLE = "whole"
    NUMBER = "number"
    SHARE = "share"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """``heading`` is English, marked for translation; not ``named``: as it is."""

    heading: str
    kind: Kind = Kind.TEXT
    named: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` gives the rows of one report, as many cells as there are columns."""

    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Sheet], Iterator[Sequence[Cell]]]


WHICH = (
    Column(mark("Visit")),
    Column(mark("Code")),
    Column(mark("Location")),
    Column(mark("Region")),
    Column(mark("Wave")),
    Column(mark("Date"), Kind.DAY),
)


def _which(sheet: Sheet) -> tuple[Cell, ...]:
    """What tells the rows of many visits apart."""
    of, visit = sheet.snapshot.location, sheet.snapshot.visit
    named = (text.line(words) for words in (of.code, of.name, of.region, sheet.snapshot.wave))
    return (visit.number, *named, visit.on)


def _visits(sheet: Sheet) -> Iterator[Sequence[Cell]]:
    of, visit, card = sheet.snapshot, sheet.snapshot.visit, sheet.card
    earlier = of.history[-1] if of.history else None
    network = of.comparison.network
    scores = [entry.score for entry in sheet.entries]
    yield (
        *_which(sheet), visit.revision, visit.reviewed, text.line(of.location.address),
        text.line(of.brand.name), text.line(of.program), _time(sheet), visit.minutes,
        visit.evaluator, sheet.words(sheet.checklist.title), of.checklist_version, card.score,
        _band(sheet), card.passed, of.comparison.target,
        None if earlier is None else earlier.score,
        None if earlier is None or card.score is None else card.score - earlier.score,
        None if network is None else network.mean, None if network is None else network.n,
        sum(score.status is Status.SCORED for score in scores),
        sum(score.failed for score in scores), len(card.critical), sheet.seal,
    )  # fmt: skip


VISITS = Table(
    mark("Visits"),
    (
        *WHICH,
        Column(mark("Revision")),
        Column(mark("Reviewed")),
        Column(mark("Address")),
        Column(mark("Brand")),
        Column(mark("Program")),
        Column(mark("Time")),
        Column(mark("Minutes"), Kind.WHOLE),
        Column(mark("Evaluator")),
        Column(mark("Checklist")),
        Column(mark("Version")),
        Column(mark("Score"), Kind.NUMBER),
        Column(mark("Band")),
        Column(mark("Passed")),
        Column(mark("Target"), Kind.NUMBER),
        Column(mark("Last score"), Kind.NUMBER),
        Column(mark("Change"), Kind.NUMBER),
        Column(mark("Network mean"), Kind.NUMBER),
        Column(mark("Network locations"), Kind.WHOLE),
        Column(mark("Scored questions"), Kind.WHOLE),
        Column(mark("Failed questions"), Kind.WHOLE),
        Column(mark("Failed critical questions"), Kind.WHOLE),
        Column(mark("Seal")),
    ),
    _visits,
)


def _time(sheet: Sheet) -> str:
    """A time, or the part of the day where clients get no more."""
    visit = sheet.snapshot.visit
    if visit.time or visit.daypart is None:
        return visit.time or ""
    return sheet.say(DAYPARTS[visit.daypart])


def _band(sheet: Sheet) -> str:
    return next(
        (sheet.words(band.label) for band in sheet.scoring.bands if band.id == sheet.card.band), ""
    )


def _sections(sheet: Sheet) -> Iterator[Sequence[Cell]]:
    for part in sheet.parts:
        score = part.score
        yield (
            *_which(sheet), part.number, part.title, score.earned, score.possible, score.ratio,
            score.weight, score.share, score.whole, _numbers(sheet, score.critical),
        )  # fmt: skip


def _numbers(sheet: Sheet, questions: Sequence[str]) -> str:
    return ", ".join(sheet.compiled.item(question).number for question in questions)


SECTIONS = Table(
    mark("Sections"),
    (
        *WHICH,
        Column(mark("No."), Kind.WHOLE),
        Column(mark("Section")),
        Column(mark("Earned"), Kind.NUMBER),
        Column(mark("Possible"), Kind.NUMBER),
        Column(mark("Score"), Kind.SHARE),
        Column(mark("Weight"), Kind.NUMBER),
        Column(mark("Points of the total"), Kind.NUMBER),
        Column(mark("At most"), Kind.NUMBER),
        Column(mark("Failed critical questions")),
    ),
    _sections,
)

STATUSES = {
    Status.HIDDEN: mark("Not asked"),
    Status.NOT_APPLICABLE: mark("N/A"),
    Status.UNANSWERED: mark("Not answered"),
    Status.UNSCORED: mark("Answered, without points"),
    Status.SCORED: mark("Scored"),
}


def _answers(sheet: Sheet) -> Iterator[Sequence[Cell]]:
    for part in sheet.parts:
        for entry in part.entries:
            yield (*_which(sheet), *_answer(sheet, part, entry))


def _answer(sheet: Sheet, part: Part, entry: Entry) -> Iterator[Cell]:
    score, tags = entry.score, entry.item.tags
    counted = score.status is Status.SCORED
    yield from (part.title, entry.ref, entry.item.id, score.instance + 1, entry.label)
    yield sheet.say(STATUSES[score.status])
    yield _said(sheet, entry)
    yield from _value(entry)
    yield from (score.earned, score.possible) if counted else (None, None)
    yield from (score.share, score.lost) if counted else (None, None)
    yield score.failed if counted else None
    yield score.critical is not None
    yield entry.comment
    yield len(entry.photos)
    yield sheet.say(STAGES[stage]) if (stage := stage_of(entry)) else ""
    yield touchpoint(sheet, entry)
    yield sheet.say(CHANNELS[tags.channel]) if tags.channel else ""
    yield sheet.say(CAUSES[tags.cause]) if tags.cause else ""


def _said(sheet: Sheet, entry: Entry) -> str:
    """The answer in words, whole; nothing where there is none."""
    if entry.said is None or entry.score.status in (Status.HIDDEN, Status.UNANSWERED):
        return ""
    what = shown(entry, sheet)
    return what.body or what.chip


def _value(entry: Entry) -> tuple[Cell, Cell]:
    """What was answered for a machine: a number (seconds, for a duration), and ids of choices."""
    value = entry.answer.value
    if isinstance(value, Expectation):
        return value.gap, f"{value.expected} → {value.perceived}" if value.complete else ""
    if isinstance(value, int | Decimal):
        return value, ""
    if isinstance(value, tuple):
        return None, "; ".join(value)
    is_choice = bool(entry.item.choices) and isinstance(value, str)
    return None, value if is_choice else ""


ANSWERS = Table(
    mark("Answers"),
    (
        *WHICH,
        Column(mark("Section")),
        Column(mark("No.")),
        Column(mark("Question id")),
        Column(mark("Repeat"), Kind.WHOLE),
        Column(mark("Question"), Kind.LONG),
        Column(mark("Status")),
        Column(mark("Answer"), Kind.LONG),
        Column(mark("Number"), Kind.NUMBER),
        Column(mark("Choice ids")),
        Column(mark("Earned"), Kind.NUMBER),
        Column(mark("Possible"), Kind.NUMBER),
        Column(mark("Points of the total"), Kind.NUMBER),
        Column(mark("Points lost"), Kind.NUMBER),
        Column(mark("Failed")),
        Column(mark("Critical")),
        Column(mark("Comment"), Kind.LONG),
        Column(mark("Photos"), Kind.WHOLE),
        Column(mark("Stage")),
        Column(mark("Touchpoint")),
        Column(mark("Channel")),
        Column(mark("Cause")),
    ),
    _answers,
)


def _findings(sheet: Sheet) -> Iterator[Sequence[Cell]]:
    """Most points first, as the report lists them."""
    for score in costliest(sheet.card):
        entry = sheet.by_key.get((score.id, score.instance))
        if entry is None:
            continue
        cause = entry.item.tags.cause
        yield (
            *_which(sheet), entry.ref, entry.label, _said(sheet, entry), score.lost,
            score.critical is not None and score.failed, entry.comment,
            sheet.say(CAUSES[cause]) if cause else "",
            photo_words(entry, sheet) if entry.photos else "",
        )  # fmt: skip


FINDINGS = Table(
    mark("Findings"),
    (
        *WHICH,
        Column(mark("No.")),
        Column(mark("Question"), Kind.LONG),
        Column(mark("Answer"), Kind.LONG),
        Column(mark("Points lost"), Kind.NUMBER),
        Column(mark("Failed critical question")),
        Column(mark("Comment"), Kind.LONG),
        Column(mark("Cause")),
        Column(mark("Photos")),
    ),
    _findings,
)

#: In the order of a workbook's sheets.
TABLES = (VISITS, SECTIONS, FINDINGS, ANSWERS)


def exact(cell: Fraction | Decimal) -> Decimal:
    """``cell`` with ``DECIMALS`` decimals, rounded half up, without zeros at its end."""
    value = rounded(cell, DECIMALS).normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
