"""Indices over visits, from counts of answers, never from averages of averages.

Each is shown with its n and labelled evaluator-rated; n = 0 is no index at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

#: How many visits gave each value.
Counts = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Index:
    """``value`` is exact and None where ``n`` is 0."""

    value: Fraction | None
    n: int


@dataclass(frozen=True, slots=True)
class Effort:
    """The mean of CES answers, on 1 to ``highest``; ``easy_high``: the high end is easy."""

    mean: Fraction | None
    n: int
    highest: int
    easy_high: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """How alike scores are. ``deviation`` is the sample's (n - 1), None for fewer than two."""

    mean: Fraction | None
    deviation: float | None
    lowest: Fraction | None
    highest: Fraction | None
    n: int


def nps(counts: Counts) -> Index:
    """100·(promoters 9..10 less detractors 0..6)/n, -100 to 100; 7..8 stand in n."""
    _check(counts, 0, 10)
    return _share(_count(counts, 9, 10) - _count(counts, 0, 6), counts)


def csat(counts: Counts) -> Index:
    """100·n(4..5)/n, 0 to 100."""
    _check(counts, 1, 5)
    return _share(_count(counts, 4, 5), counts)


def ces(counts: Counts, highest: int = 7, *, easy_high: bool = True) -> Effort:
    """The mean as it was answered, with its scale and direction."""
    _check(counts, 1, highest)
    found = mean(counts)
    return Effort(found.value, found.n, highest, easy_high)


def mean(counts: Counts) -> Index:
    """The mean of all answers: times, scales, expectation gaps."""
    n = sum(counts.values())
    total = sum(value * count for value, count in counts.items())
    return Index(Fraction(total, n) if n else None, n)


def consistency(scores: Iterable[Fraction]) -> Spread:
    """The spread of scores: between the visits of a location, or between locations."""
    given = list(scores)
    n = len(given)
    if not n:
        return Spread(None, None, None, None, 0)
    middle = sum(given, Fraction(0)) / n
    squares = sum(((each - middle) ** 2 for each in given), Fraction(0))
    deviation = sqrt(squares / (n - 1)) if n > 1 else None
    return Spread(middle, deviation, min(given), max(given), n)


def _share(part: int, counts: Counts) -> Index:
    n = sum(counts.values())
    return Index(Fraction(100 * part, n) if n else None, n)


def _count(counts: Counts, low: int, high: int) -> int:
    return sum(count for value, count in counts.items() if low <= value <= high)


def _check(counts: Counts, low: int, high: int) -> None:
    """Raises ValueError for an answer off the scale or a negative count."""
    for value, count in counts.items():
        if not low <= value <= high or count < 0:
            raise ValueError(f"{count} answers of {value} on a scale of {low} to {high}")
