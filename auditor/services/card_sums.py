"""What the questions of many visits came to, added up from their kept scorecards.

A scorecard on disk says what each question earned of what was possible; what it lost of the total
follows from the checklist's rules, as ``forms.scoring`` has it. Nothing is scored again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from forms.checklist import SectionMode, TotalMode
from forms.compiled import CompiledChecklist

HUNDRED = Fraction(100)
ZERO = Fraction(0)


@dataclass(slots=True)
class Tally:
    """A question: scored on ``n`` visits, failed on ``failed``, ``lost`` of their totals."""

    n: int = 0
    failed: int = 0
    lost: Fraction = ZERO


@dataclass(slots=True)
class CardSums:
    """``questions`` by id, over every card that was added."""

    questions: dict[str, Tally] = field(default_factory=dict)

    def add(self, compiled: CompiledChecklist, card: Mapping[str, Any]) -> None:
        loss = _Loss(compiled, card)
        for question in card["questions"]:
            tally = self.questions.setdefault(question["id"], Tally())
            tally.n += question["status"] == "scored"
            tally.failed += bool(question["failed"])
            if question["earned"] != question["possible"]:
                tally.lost += loss.of(question)


class _Loss:
    """What the questions of one visit lost of its total of 0 to 100, before limits."""

    def __init__(self, compiled: CompiledChecklist, card: Mapping[str, Any]) -> None:
        self._compiled = compiled
        self._card = card
        self._sections = {each["id"]: each for each in card["sections"]}
        self._factors: dict[str, Fraction] = {}
        scoring = compiled.checklist.scoring
        self._weighted = scoring.total is TotalMode.WEIGHTED
        self._by_mean = self._weighted and scoring.section is SectionMode.MEAN
        self._weights = {each.id: Fraction(each.weight) for each in compiled.checklist.sections}

    def of(self, question: Mapping[str, Any]) -> Fraction:
        missing = Fraction(question["possible"]) - Fraction(question["earned"])
        item = self._compiled.find(question["id"])
        if missing <= 0 or item is None or self._card["raw"] is None:
            return ZERO
        if self._by_mean:
            possible = Fraction(question["possible"])
            missing = Fraction(item.weight) * missing / possible if possible else ZERO
        return missing * self._factor(item.section.id)

    def _factor(self, section: str) -> Fraction:
        """What one point of the section puts into the total; in a mean, one whole question."""
        found = self._factors.get(section)
        if found is None:
            found = self._factors[section] = self._new_factor(section)
        return found

    def _new_factor(self, section: str) -> Fraction:
        if not self._weighted:
            return _over(HUNDRED, self._sum(lambda each: Fraction(each["possible"])))
        if self._sections[section]["ratio"] is None:
            return ZERO
        whole = self._sum(lambda each: ZERO if each["ratio"] is None else self._weights[each["id"]])
        divisor = (
            self._mean_weight(section)
            if self._by_mean
            else Fraction(self._sections[section]["possible"])
        )
        return _over(HUNDRED * self._weights[section], whole * divisor)

    def _sum(self, value: Callable[[Mapping[str, Any]], Fraction]) -> Fraction:
        return sum((value(each) for each in self._card["sections"]), ZERO)

    def _mean_weight(self, section: str) -> Fraction:
        """The weights of the questions that make the section's mean."""
        total = ZERO
        for question in self._card["questions"]:
            item = self._compiled.find(question["id"])
            counts = item is not None and item.section.id == section
            if item is not None and counts and Fraction(question["possible"]) > 0:
                total += Fraction(item.weight)
        return total


def _over(one: Fraction, other: Fraction) -> Fraction:
    return one / other if other else ZERO
