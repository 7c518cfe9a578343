"""What a visit found: what cost most, what went well, and one sentence that says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from forms.answers import Answer, Answers, Expectation, Value
from forms.compiled import CompiledChecklist, Item
from forms.questions.base import Band, Cap, Choice
from forms.questions.ces import CesQuestion
from forms.questions.duration import DurationQuestion
from forms.questions.expectation import ExpectationQuestion
from forms.questions.matrix import MatrixQuestion
from forms.scorecard import QuestionScore, Scorecard, Status, StepKind
from forms.scoring import score
from reports.figures import NBSP
from reports.sheet import Entry, Part, Sheet
from reports.snapshot import Worth
from reports.words import mark

#: How many priorities and strengths page 1 names.
NAMED = 3


def costliest(card: Scorecard, critical: Iterable[str] = ()) -> tuple[QuestionScore, ...]:
    """The questions that lost points or failed: most points first, then critical ones, then in
    the checklist's order."""
    critical = frozenset(critical) | frozenset(card.critical)
    found = [q for q in card.questions if q.failed or (q.lost is not None and q.lost.numerator > 0)]
    return tuple(sorted(found, key=lambda q: (-(q.lost or 0), q.id not in critical)))


def priorities(card: Scorecard) -> tuple[QuestionScore, ...]:
    """The first to mend: at most ``NAMED`` that lost points into the total."""
    return tuple(q for q in costliest(card) if q.lost is not None and q.lost.numerator > 0)[:NAMED]


def worth(
    compiled: CompiledChecklist, answers: Answers, at: datetime, card: Scorecard
) -> Worth | None:
    """What the score becomes when the priorities are answered at their fullest: the whole visit
    is scored again. None where nothing was lost."""
    keys = tuple((q.id, q.instance) for q in priorities(card))
    if not keys:
        return None
    mended = dict(answers)
    for key in keys:
        mended[key] = Answer(best_value(compiled.item(key[0])))
    again = score(compiled, mended, at)
    return None if again.score is None else Worth(keys, again.score)


def best_value(item: Item) -> Value:
    """A value that earns all that the question can give."""
    question = item.question
    if item.choices:
        return _best_choice(item.choices, several=question.type == "choices")
    bands: tuple[Band, ...] = getattr(question, "bands", ())
    if bands:
        return _best_banded(bands, whole=question.type != "decimal")
    low, high, low_is_best = _scale(item)
    best = low if low_is_best else high
    return Expectation(best, best) if isinstance(question, ExpectationQuestion) else best


def _best_choice(choices: tuple[Choice, ...], *, several: bool) -> Value:
    real = [choice for choice in choices if not choice.na]
    best = max(real, key=lambda choice: choice.points or Decimal(0))
    if not several:
        return best.id
    together = [c for c in real if not c.exclusive and (c.points or 0) > 0]
    alone = max((c.points or Decimal(0) for c in real if c.exclusive), default=Decimal(0))
    if alone > sum((c.points or Decimal(0) for c in together), Decimal(0)):
        return (next(c.id for c in real if c.exclusive and c.points == alone),)
    return tuple(choice.id for choice in together)


def _best_banded(bands: tuple[Band, ...], *, whole: bool) -> Value:
    """A number inside the band with the most points."""
    best = max(range(len(bands)), key=lambda at: bands[at].points or Decimal(0))
    band = bands[best]
    before = bands[best - 1] if best else None
    floor = (before.max if before.max is not None else before.below) if before else None
    if band.max is not None:
        value = band.max
    elif band.below is not None:
        value = (floor + band.below) / 2 if floor is not None else band.below - 1
    else:
        value = (floor if floor is not None else Decimal(0)) + 1
    if not whole:
        return value
    return int(value // 1)


def _scale(item: Item) -> tuple[int, int, bool]:
    """Low end, high end, and whether the low one is the best."""
    question = item.question
    if isinstance(question, CesQuestion):
        return 1, question.max, question.easy == "low"
    if question.type == "csat":
        return 1, 5, False
    if question.type == "nps":
        return 0, 10, False
    low: int | None = getattr(question, "min", None)
    high: int | None = getattr(question, "max", None)
    reverse: bool = getattr(question, "reverse", False)
    return 1 if low is None else low, 5 if high is None else high, reverse


# as the paper tells them


def failed_entries(sheet: Sheet) -> tuple[Entry, ...]:
    """``costliest`` on paper."""
    return _entries(sheet, costliest(sheet.card))


def first_to_mend(sheet: Sheet) -> tuple[Entry, ...]:
    return _entries(sheet, priorities(sheet.card))


def _entries(sheet: Sheet, scores: Iterable[QuestionScore]) -> tuple[Entry, ...]:
    found = (sheet.by_key.get((q.id, q.instance)) for q in scores)
    return tuple(entry for entry in found if entry is not None)


def strengths(sheet: Sheet) -> tuple[Entry, ...]:
    """At most ``NAMED`` questions with all their points: those that count most first, among
    equals those of which something was said."""
    full = [
        entry
        for entry in sheet.entries
        if entry.score.status is Status.SCORED
        and not entry.score.failed
        and entry.score.possible.numerator > 0
        and entry.score.earned >= entry.score.possible
    ]
    full.sort(key=lambda entry: (-(entry.score.share or Fraction(0)), not entry.comment))
    return tuple(full[:NAMED])


def _harshness(entry: Entry) -> tuple[int, Decimal]:
    """What it does to the score: all of it, a limit (the lowest first), a section, nothing."""
    critical = entry.item.critical
    if isinstance(critical, Cap):
        return 1, critical.cap
    return {"audit": 0, "section": 2}.get(str(critical), 3), Decimal(0)


def critical_entries(sheet: Sheet) -> tuple[Entry, ...]:
    """The failed critical questions, the harshest first."""
    found = (sheet.entry(id) for id in sheet.card.critical)
    return tuple(sorted((entry for entry in found if entry is not None), key=_harshness))


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """A measured time against its standard, in seconds."""

    entry: Entry
    seconds: int
    standard: Fraction

    @property
    def missed(self) -> bool:
        return self.seconds > self.standard


def service_time(entry: Entry) -> ServiceTime | None:
    question = entry.item.question
    value = entry.answer.value
    if not isinstance(question, DurationQuestion) or question.standard is None:
        return None
    if not isinstance(value, int) or entry.score.status is Status.HIDDEN:
        return None
    return ServiceTime(entry, value, Fraction(question.standard))


def service_times(sheet: Sheet) -> tuple[ServiceTime, ...]:
    return tuple(time for entry in sheet.entries if (time := service_time(entry)))


def is_index(entry: Entry) -> bool:
    """CSAT, NPS, CES: reported as an index."""
    question = entry.item.question
    return question.type in ("csat", "nps", "ces") and not isinstance(question, MatrixQuestion)


ALL_FULL = mark("Full points on every question that counts.")
NOT_SCORED = mark("No question that counts was answered, so there is no score.")
ALL_GONE = mark("“{finding}” failed, so the whole visit counts as 0.")
HELD = mark("“{finding}” failed, so the score is held at {limit}.")
NOT_PASSED = mark("The score reaches the target, but “{finding}” failed: the visit does not pass.")
GOOD_BUT = mark("{best} did best. Work first on {worst}, starting with “{finding}”.")
ONE_PART = mark("Most points were lost on “{finding}”.")
TWO_THINGS = mark("Most points were lost on “{first}” and “{second}”.")
TARGET_MET = mark("The target is met. Most is left to gain in {worst}, starting with “{finding}”.")
NO_PART_MET = mark("No section reached its target. Start with {worst}: “{finding}”.")


def verdict(sheet: Sheet) -> str:
    """One sentence from the best and the worst findings; a person may have written another."""
    if not sheet.scored:
        return sheet.say(NOT_SCORED)
    critical = _critical_verdict(sheet)
    if critical:
        return critical
    mend = first_to_mend(sheet)
    if not mend:
        return sheet.say(ALL_FULL)
    rated = [part for part in sheet.parts if part.score.ratio is not None]
    best = max(rated, key=_ratio)
    worst = next((p for p in sheet.parts if p.section.id == mend[0].score.section), best)
    finding = _bound(mend[0].short)
    target = sheet.target_ratio
    if sheet.card.passed and len(rated) > 1:
        return sheet.say(TARGET_MET, worst=_bound(worst.title), finding=finding)
    if target is not None and len(rated) > 1 and _ratio(best) < target:
        return sheet.say(NO_PART_MET, worst=_bound(worst.title), finding=finding)
    if best is not worst and _ratio(best) > _ratio(worst):
        return sheet.say(
            GOOD_BUT, best=_bound(best.title), worst=_bound(worst.title), finding=finding
        )
    if len(mend) > 1:
        return sheet.say(TWO_THINGS, first=finding, second=_bound(mend[1].short))
    return sheet.say(ONE_PART, finding=finding)


def short_verdict(sheet: Sheet) -> str:
    """Where names are too long for a sentence about several; "" where a critical question
    decided, or nothing was lost."""
    mend = first_to_mend(sheet)
    if not mend or _critical_verdict(sheet):
        return ""
    return sheet.say(ONE_PART, finding=_bound(mend[0].short))


def _critical_verdict(sheet: Sheet) -> str:
    """Where a critical question decided the score, that comes before all else."""
    critical, score, target = critical_entries(sheet), sheet.card.score, sheet.target_ratio
    if not critical or score is None:
        return ""
    finding = _bound(critical[0].short)
    if critical[0].item.critical == "audit":
        return sheet.say(ALL_GONE, finding=finding)
    for step in sheet.card.steps:
        if step.kind is StepKind.LIMIT and step.values["before"] != step.values["after"]:
            return sheet.say(HELD, finding=finding, limit=sheet.score_text(score))
    if target is not None and Fraction(score) >= target * 100:
        return sheet.say(NOT_PASSED, finding=finding)
    return ""


def _bound(words: str) -> str:
    """Short names stay on one line of the sentence."""
    return words.replace(" ", NBSP) if len(words) <= 20 else words


def _ratio(part: Part) -> Fraction:
    return part.score.ratio if part.score.ratio is not None else Fraction(-1)
