"""What scoring yields: every figure, and the arithmetic that led there. No logic here."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

#: Goes up when the same answers could score differently. Part of a report's seal.
ENGINE_VERSION = "1.0"


class Status(StrEnum):
    """The status of a question, the first that holds in this order."""

    HIDDEN = "hidden"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"
    UNSCORED = "unscored"
    SCORED = "scored"


class StepKind(StrEnum):
    """One move of the arithmetic from sums to the final figure."""

    SUM = "sum"  # earned, possible: plain sums over the questions
    RATIO = "ratio"  # earned / possible, or the mean of the questions' ratios
    CRITICAL = "critical"  # a failed critical question changed the figure
    FLOOR = "floor"  # raised to 0
    CAP = "cap"  # cut to 100 %
    WEIGHTED = "weighted"  # Σ weight·ratio / Σ weight
    POINTS = "points"  # Σ earned / Σ possible
    LIMIT = "limit"  # a critical question with a cap limited the total
    ROUND = "round"  # half up to the checklist's decimals


#: Named exact values of a step. "after" is the figure that the step yields; section ratios are
#: 0 to 1, totals 0 to 100. SUM: earned, possible. RATIO: earned, possible, after, or for a mean:
#: sum, weight, after. CRITICAL in a section: earned_before, earned_after and, with a ratio,
#: before, after; in the total: before, after. FLOOR, CAP, ROUND: before, after. POINTS: earned,
#: possible, after. WEIGHTED: sum (of weight·ratio), weight, after. LIMIT: before, limit, after.
StepValues: TypeAlias = dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class Step:
    kind: StepKind
    values: StepValues
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """One question (or matrix row). ``earned`` and ``possible`` have the weight applied.

    ``base_earned`` and ``base_possible`` are before the weight. ``full`` is what it could have
    given had it been scored (weight applied): what N/A or unanswered took out of the total.
    ``share`` is what ``earned`` puts into the total on its scale of 0 to 100, before floors, caps
    and critical rules; ``lost`` is what the rest of ``possible`` would have put in, 0 where
    nothing is missing. Both are None where the total is None. So all shares add up to the total
    before floors, caps and critical rules, save for what a weighted total leaves out: points of
    a section that has no ratio.
    """

    id: str
    instance: int
    section: str
    status: Status
    earned: Fraction
    possible: Fraction
    weight: Fraction
    failed: bool
    base_earned: Fraction = Fraction(0)
    base_possible: Fraction = Fraction(0)
    full: Fraction = Fraction(0)
    bonus: bool = False
    critical: str | None = None  # None, "flag", "section", "audit" or "cap"
    share: Fraction | None = None
    lost: Fraction | None = None


@dataclass(frozen=True, slots=True)
class SectionScore:
    """``earned`` is after critical, ``ratio`` after critical, floor and cap; None is no score.

    ``critical`` are its failed critical questions of any level. ``share`` and ``whole`` are what
    the section puts, and could at most put, into the total (0 to 100); None where the total is
    None or the section takes no part in it.
    """

    id: str
    earned: Fraction
    possible: Fraction
    ratio: Fraction | None
    weight: Fraction
    steps: tuple[Step, ...]
    hidden: bool = False
    critical: tuple[str, ...] = ()
    share: Fraction | None = None
    whole: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """``raw`` is 0 to 100 after floor, cap and critical; ``score`` is ``raw`` rounded half up.

    Both are None when nothing was scored. ``critical`` lists the failed critical questions of any
    level, in the checklist's order.
    """

    raw: Fraction | None
    score: Decimal | None
    band: str | None
    passed: bool | None
    critical: tuple[str, ...]
    sections: tuple[SectionScore, ...]
    questions: tuple[QuestionScore, ...]
    steps: tuple[Step, ...] = field(default=())

    def question(self, id: str, instance: int = 0) -> QuestionScore:
        """The score of one question; KeyError when the checklist has no such question."""
        for found in self.questions:
            if found.id == id and found.instance == instance:
                return found
        raise KeyError(id)

    def section(self, id: str) -> SectionScore:
        """The score of one section; KeyError when the checklist has no such section."""
        for found in self.sections:
            if found.id == id:
                return found
        raise KeyError(id)
