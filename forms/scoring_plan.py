"""What scoring works out once per checklist version: the outcome of every answer that it met.

Sums are made of integers: amounts are counted in units, fractions that divide all amounts of the
checklist, so that scoring 300 questions is 300 look-ups and additions, and still exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

from forms.answers import Answer
from forms.checklist import NaPolicy, SectionMode, UnansweredPolicy
from forms.questions.base import Cap
from forms.scorecard import QuestionScore, Status

if TYPE_CHECKING:
    from forms.checklist import Scoring, Section
    from forms.compiled import CompiledChecklist, Item
    from forms.questions.kinds.base import Kind, Tariff

ZERO = Fraction(0)
#: Outcomes that one price keeps; combinations of many choices have no end.
MAX_KEPT = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What one answer comes to. ``units`` and ``possible_units`` are earned and possible in units
    of sums; ``mean_units`` and ``mean_weight`` are w·earned/possible and w in units of means
    (both 0 where possible is 0, or where sections are no means)."""

    status: Status
    failed: bool = False
    base_earned: Fraction = ZERO
    base_possible: Fraction = ZERO
    earned: Fraction = ZERO
    possible: Fraction = ZERO
    units: int = 0
    possible_units: int = 0
    mean_units: int = 0
    mean_weight: int = 0


HIDDEN = Outcome(Status.HIDDEN)
NOTHING_ANSWERED = Outcome(Status.UNANSWERED)
UNSCORED = Outcome(Status.UNSCORED)
NOT_APPLICABLE = Outcome(Status.NOT_APPLICABLE)


class Units:
    """Common denominators of a checklist: of its amounts, and of their shares in a mean."""

    def __init__(self, items: Iterable[Item], scoring: Scoring) -> None:
        self.is_mean = scoring.section is SectionMode.MEAN
        sums, means = {1}, {1}
        seen = set()
        for item in items:
            if item.tariff is None or (item.tariff, item.weight) in seen:
                continue
            seen.add((item.tariff, item.weight))
            weight, possible = Fraction(item.weight), item.tariff.possible
            amounts = (possible, *item.tariff.grains())
            sums |= {_denominator(weight, amount) for amount in amounts}
            means.add(weight.denominator)
            if self.is_mean and possible:
                means |= {(weight * amount / possible).denominator for amount in amounts}
        self.per_sum = lcm(*sums)
        self.per_mean = lcm(*means)

    def sum(self, amount: Fraction) -> int:
        return amount.numerator * (self.per_sum // amount.denominator)

    def mean(self, amount: Fraction) -> int:
        return amount.numerator * (self.per_mean // amount.denominator) if self.is_mean else 0


def _denominator(weight: Fraction, amount: Fraction) -> int:
    return (weight * amount).denominator if weight != 1 else amount.denominator


class Price:
    """The outcomes of items that are answered, priced and weighted alike."""

    def __init__(self, item: Item, scoring: Scoring, units: Units) -> None:
        self.kind: Kind[Any] = item.kind
        self.tariff: Tariff[Any] | None = item.tariff
        self.units = units
        self.weight = Fraction(item.weight)
        best = ZERO if item.tariff is None else item.tariff.possible
        self.full = self.weight * best
        self.possible = ZERO if item.bonus else best
        self.not_applicable = self._not_applicable(scoring.na)
        self.unanswered = self._unanswered(scoring.unanswered)
        self.kept: dict[object, Outcome] = {}

    def of(self, answer: Answer | None) -> Outcome:
        """The outcome of an answer of a visible question; its value must fit the type."""
        if answer is None:
            return self.unanswered
        if answer.not_applicable:
            return self.not_applicable
        return self.kept.get(answer.value) or self._of(answer)

    def _of(self, answer: Answer) -> Outcome:
        value = answer.value
        if not self.kind.answered(answer):
            return self.unanswered
        if value is not None and self.kind.not_applicable(value):
            return self.not_applicable
        if self.tariff is None or value is None:
            return UNSCORED
        spot = self.tariff.spot(value)
        found = self.kept.get(spot)
        if found is None:
            found = self._scored(self.tariff.earned(value), self.tariff.marked(value))
            if len(self.kept) < MAX_KEPT:
                self.kept[spot] = found
        return found

    def _not_applicable(self, policy: NaPolicy) -> Outcome:
        if policy is NaPolicy.EXCLUDE or not self.possible:
            return NOT_APPLICABLE
        earned = self.possible if policy is NaPolicy.FULL else ZERO
        return self._outcome(Status.NOT_APPLICABLE, earned)

    def _unanswered(self, policy: UnansweredPolicy) -> Outcome:
        if policy is UnansweredPolicy.EXCLUDE or not self.possible:
            return NOTHING_ANSWERED
        return self._outcome(Status.UNANSWERED, ZERO)

    def _scored(self, earned: Fraction, marked: bool) -> Outcome:
        says = self.tariff is not None and self.tariff.says_fail
        failed = marked if says else self.possible > 0 and earned <= 0
        return self._outcome(Status.SCORED, earned, failed=failed)

    def _outcome(self, status: Status, earned: Fraction, *, failed: bool = False) -> Outcome:
        weight, units, possible = self.weight, self.units, self.possible
        weighted_earned, weighted_possible = weight * earned, weight * possible
        in_mean = units.is_mean and possible > 0
        return Outcome(
            status,
            failed,
            earned,
            possible,
            weighted_earned,
            weighted_possible,
            units.sum(weighted_earned),
            units.sum(weighted_possible),
            units.mean(weighted_earned / possible) if in_mean else 0,
            units.mean(weight) if in_mean else 0,
        )


class Line:
    """One item of the plan. ``limit`` is the cap on the total of a ``critical: {cap: n}``."""

    __slots__ = ("bonus", "critical", "id", "is_calculated", "key", "limit", "of", "price")

    def __init__(self, item: Item, price: Price) -> None:
        self.id = item.id
        self.key = (item.id, 0)
        self.price = price
        self.of = price.of
        self.bonus = item.bonus
        self.is_calculated = item.kind.is_calculated
        critical = item.critical
        self.limit = Fraction(critical.cap) if isinstance(critical, Cap) else None
        self.critical = "cap" if isinstance(critical, Cap) else critical or None


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The questions of a section as they were scored last: most of them come out the same."""

    per_unit: Fraction | None
    outcomes: list[Outcome]
    scores: tuple[QuestionScore, ...]


@dataclass(slots=True, eq=False)
class SectionPlan:
    """``kept`` saves work and changes no result; it is replaced whole, so threads may share it."""

    id: str
    weight: Fraction
    lines: tuple[Line, ...]
    kept: Kept | None = None


class ScoringPlan:
    """The sections of a compiled checklist with every line of theirs.

    ``needs_rules`` is False where nothing can be hidden and nothing is calculated.
    """

    def __init__(self, compiled: CompiledChecklist) -> None:
        checklist = compiled.checklist
        self._scoring = checklist.scoring
        self._prices: dict[tuple[object, ...], Price] = {}
        self.units = Units(compiled.items, checklist.scoring)
        self.sections = tuple(
            self._section(section, compiled.of_section(section.id))
            for section in checklist.sections
        )
        self._lines = {line.id: line for section in self.sections for line in section.lines}
        self.needs_rules = any(section.relevant for section in checklist.sections) or any(
            item.question.relevant or item.kind.is_calculated for item in compiled.items
        )

    def line(self, id: str) -> Line:
        """KeyError when there is none."""
        return self._lines[id]

    def _section(self, section: Section, items: tuple[Item, ...]) -> SectionPlan:
        lines = tuple(Line(item, self._price(item)) for item in items)
        return SectionPlan(section.id, Fraction(section.weight), lines)

    def _price(self, item: Item) -> Price:
        alike = (item.kind, item.tariff, item.weight, item.bonus)
        found = self._prices.get(alike)
        if found is None:
            found = self._prices[alike] = Price(item, self._scoring, self.units)
        return found
