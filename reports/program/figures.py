"""Every figure of a program report, worked out exactly from the snapshot's scores.

A location's result in a wave is the mean of its visits there; the mean of a wave, of a region or
of the network is that of its locations' results, each counted once. Intervals are Student's,
95 %, over locations, from three on. A change is that of the locations that have both waves.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from functools import cached_property

from reports.comparisons import reach
from reports.figures import rounded
from reports.program.snapshot import Asked, Place, ProgramSnapshot

#: The league table goes by a location's last visits, so many at most, and ranks from two on.
LAST = 4
FEWEST = 2
#: Questions asked on fewer visits are not compared.
ASKED = 5


@dataclass(frozen=True, slots=True)
class Mean:
    """``value`` is None for nothing, ``reach`` (half of the 95 % interval) for too few."""

    value: Fraction | None
    n: int
    reach: Fraction | None = None


def mean(values: Iterable[Fraction]) -> Mean:
    given = list(values)
    n = len(given)
    if not n:
        return Mean(None, 0)
    middle = sum(given, Fraction(0)) / n
    return Mean(middle, n, reach(_deviation(given, middle), n))


def _deviation(given: Sequence[Fraction], middle: Fraction) -> Decimal | None:
    """Of a sample."""
    n = len(given)
    if n < 2:
        return None
    square = sum(((each - middle) ** 2 for each in given), Fraction(0)) / (n - 1)
    exact = Decimal(square.numerator) / Decimal(square.denominator)
    return exact.sqrt().quantize(Decimal("0.000001"))


class Verdict(Enum):
    NOTHING = auto()  # no location has both waves
    FEW = auto()  # too few for an interval
    SAME = auto()  # the interval holds 0
    BETTER = auto()
    WORSE = auto()


@dataclass(frozen=True, slots=True)
class Change:
    """From one wave to the next over the ``of.n`` locations that have both."""

    of: Mean

    @property
    def verdict(self) -> Verdict:
        value, span = self.of.value, self.of.reach
        if value is None:
            return Verdict.NOTHING
        if span is None:
            return Verdict.FEW
        if abs(value) <= span:
            return Verdict.SAME
        return Verdict.BETTER if value > 0 else Verdict.WORSE


@dataclass(frozen=True, slots=True)
class Row:
    """The location ``at`` of the snapshot in the league table. ``mean`` is of its last ``n``
    visits, between ``low`` and ``high``; ``rank`` None: one visit, or none. ``before``: its rank
    after the wave before. ``now`` is its result in the wave that is told of."""

    at: int
    place: Place
    n: int
    mean: Fraction | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    rank: int | None = None
    tied: bool = False
    before: int | None = None
    now: Fraction | None = None

    @property
    def moved(self) -> int | None:
        """Places up, negative for down; None where it had no place before."""
        if self.rank is None or self.before is None:
            return None
        return self.before - self.rank


@dataclass(frozen=True, slots=True)
class Region:
    """``path`` from the root; () is of the locations that have none."""

    path: tuple[str, ...]
    result: Mean
    change: Change
    sections: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """Results of ``low`` up to but not ``high`` (the last one with 100)."""

    low: int
    high: int
    count: int


class Program:
    """The snapshot's figures, each worked out when it is first asked for."""

    def __init__(self, snapshot: ProgramSnapshot) -> None:
        self.snapshot = snapshot
        self._results = [_results(place) for place in snapshot.places]

    def result(self, place: int, wave: int | None = None) -> Fraction | None:
        """Of a location in a wave, the last one by default."""
        return self._results[place].get(self.snapshot.now if wave is None else wave)

    def results(self, wave: int | None = None) -> list[Fraction]:
        found = (self.result(at, wave) for at in range(len(self.snapshot.places)))
        return [each for each in found if each is not None]

    @cached_property
    def waves(self) -> tuple[Mean, ...]:
        return tuple(mean(self.results(at)) for at in range(len(self.snapshot.waves)))

    @property
    def now(self) -> Mean:
        return self.waves[-1]

    @cached_property
    def visits(self) -> tuple[int, ...]:
        """Visits that count, by wave."""
        found = [0] * len(self.snapshot.waves)
        for place in self.snapshot.places:
            for each in place.scores:
                if each.wave >= 0:
                    found[each.wave] += 1
        return tuple(found)

    @cached_property
    def last(self) -> int | None:
        """The wave before that has a mean."""
        earlier = range(self.snapshot.now - 1, -1, -1)
        return next((at for at in earlier if self.waves[at].n), None)

    @cached_property
    def change(self) -> Change:
        return self.change_of(range(len(self.snapshot.places)))

    def change_of(self, places: Iterable[int]) -> Change:
        """Since the last wave, over those that have both."""
        return Change(mean(self._differences(places, self.snapshot.now, self.last)))

    def change_to(self, wave: int) -> Change:
        """To a wave from the one before it, over the locations that have both."""
        earlier = next((at for at in range(wave - 1, -1, -1) if self.waves[at].n), None)
        every = range(len(self.snapshot.places))
        return Change(mean(self._differences(every, wave, earlier)))

    def _differences(
        self, places: Iterable[int], wave: int, earlier: int | None
    ) -> Iterator[Fraction]:
        if earlier is None:
            return
        for at in places:
            now, then = self.result(at, wave), self.result(at, earlier)
            if now is not None and then is not None:
                yield now - then

    @cached_property
    def reached(self) -> int | None:
        """Locations whose score, as it is printed, is at or over the target; None without one."""
        snapshot = self.snapshot
        if snapshot.target is None:
            return None
        least = snapshot.target
        return sum(rounded(each, snapshot.decimals) >= least for each in self.results())

    # league

    @cached_property
    def league(self) -> tuple[Row, ...]:
        """Ranked locations, best first; then those with one visit; then those that still wait."""
        before: dict[int, int | None] = {}
        if self.last is not None:
            before = {row.at: row.rank for row in self._ranked(self.last)}
        rows = [replace(row, before=before.get(row.at)) for row in self._ranked(self.snapshot.now)]
        waiting = [
            Row(at, place, len(place.scores))
            for at, place in enumerate(self.snapshot.places)
            if place.planned and self.result(at) is None
        ]
        return (*rows, *waiting)

    def _ranked(self, wave: int) -> list[Row]:
        """The table as it stood after ``wave``: the locations that were visited in it."""
        found = [
            _row(at, place, wave, now)
            for at, place in enumerate(self.snapshot.places)
            if (now := self.result(at, wave)) is not None
        ]
        able = [row for row in found if row.n >= FEWEST]
        if len(able) < FEWEST:
            able = []
        single = [row for row in found if not able or row.n < FEWEST]
        places = _places([rounded(_mean(row), self.snapshot.decimals) for row in able])
        ranked = [
            (rank, replace(row, rank=rank, tied=tied))
            for row, (rank, tied) in zip(able, places, strict=True)
        ]
        ranked.sort(key=lambda each: (each[0], each[1].place.code, each[1].at))
        single.sort(key=lambda row: (-_mean(row), row.place.code, row.at))
        return [*(row for _, row in ranked), *single]

    @cached_property
    def network(self) -> tuple[Fraction | None, int]:
        """The mean of all visits that the league table goes by, and how many they are."""
        rows = [row for row in self.league if row.mean is not None]
        n = sum(row.n for row in rows)
        total = sum((_mean(row) * row.n for row in rows), Fraction(0))
        return (total / n if n else None), n

    # sections, regions, distribution, questions

    @cached_property
    def sections(self) -> tuple[Fraction | None, ...]:
        """The means of locations' ratios in the last wave."""
        return self._sections(range(len(self.snapshot.places)))

    def _sections(self, places: Iterable[int]) -> tuple[Fraction | None, ...]:
        columns: list[list[Fraction]] = [[] for _ in self.snapshot.sections]
        for at in places:
            for column, ratio in zip(columns, self.snapshot.places[at].sections, strict=False):
                if ratio is not None:
                    column.append(ratio)
        return tuple(sum(each, Fraction(0)) / len(each) if each else None for each in columns)

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The tree from its roots down, by name; () where no location has a region."""
        members: dict[tuple[str, ...], list[int]] = {}
        for at, place in enumerate(self.snapshot.places):
            if self.result(at) is None and not place.planned:
                continue
            for depth in range(1, len(place.region) + 1):
                members.setdefault(place.region[:depth], []).append(at)
            if not place.region:
                members.setdefault((), []).append(at)
        if not any(members.keys()):
            return ()
        return tuple(self._region(path, members[path]) for path in sorted(members, key=_by_name))

    def _region(self, path: tuple[str, ...], places: Sequence[int]) -> Region:
        found = [self.result(at) for at in places]
        result = mean(each for each in found if each is not None)
        return Region(path, result, self.change_of(places), self._sections(places))

    @cached_property
    def bins(self) -> tuple[Bin, ...]:
        """Results of the last wave, by tens, by fives where they lie within half of the scale."""
        results = [rounded(each, self.snapshot.decimals) for each in self.results()]
        if not results:
            return ()
        step = 5 if max(results) - min(results) <= 50 else 10
        first = min(int(min(results)) // step, 100 // step - 1)
        last = min(int(max(results)) // step, 100 // step - 1)
        counts = [0] * (last - first + 1)
        for each in results:
            counts[min(int(each) // step, last) - first] += 1
        return tuple(
            Bin((first + at) * step, (first + at + 1) * step, count)
            for at, count in enumerate(counts)
        )

    @cached_property
    def quartiles(self) -> tuple[Fraction, Fraction, Fraction] | None:
        """Of the last wave's results, between neighbours where they fall there; None for few."""
        results = sorted(self.results())
        if len(results) < ASKED:
            return None
        return (_quantile(results, 1), _quantile(results, 2), _quantile(results, 3))

    @cached_property
    def failed(self) -> tuple[Asked, ...]:
        """Questions that failed, the largest share first, then by what they cost."""
        least = self.least_asked
        found = [each for each in self.snapshot.questions if each.failed and each.n >= least]
        return tuple(
            sorted(found, key=lambda q: (-Fraction(q.failed, q.n), -q.lost / q.n, q.number))
        )

    @cached_property
    def least_asked(self) -> int:
        """From how many visits on a question is compared: never one beside many."""
        most = max((each.n for each in self.snapshot.questions), default=0)
        return ASKED if most >= ASKED else max(1, (most + 1) // 2)

    @cached_property
    def lost_by_section(self) -> tuple[Fraction, ...]:
        """What a visit of the last wave lost of its total in each section, on average."""
        totals = [Fraction(0) for _ in self.snapshot.sections]
        for question in self.snapshot.questions:
            totals[question.section] += question.lost
        visits = max(self.visits[-1], 1)
        return tuple(total / visits for total in totals)


def _results(place: Place) -> dict[int, Fraction]:
    sums: dict[int, list[Decimal]] = {}
    for each in place.scores:
        sums.setdefault(each.wave, []).append(each.score)
    return {wave: Fraction(sum(found)) / len(found) for wave, found in sums.items()}


def _mean(row: Row) -> Fraction:
    return row.mean or Fraction(0)


def _row(at: int, place: Place, wave: int, now: Fraction) -> Row:
    last = max(at for at, each in enumerate(place.scores) if each.wave == wave)
    scores = [each.score for each in place.scores[: last + 1][-LAST:]]
    middle = Fraction(sum(scores)) / len(scores)
    return Row(at, place, len(scores), middle, min(scores), max(scores), now=now)


def _places(values: Sequence[Decimal]) -> list[tuple[int, bool]]:
    """The place of each, and whether another one shares it."""
    ordered = sorted(values, reverse=True)
    first = {value: at for at, value in reversed(list(enumerate(ordered, 1)))}
    count = Counter(values)
    return [(first[value], count[value] > 1) for value in values]


def _by_name(path: tuple[str, ...]) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
    """Without marks, as lists of names are sorted; those without a region come last."""
    return (not path, tuple(map(_plain, path)), path)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(each for each in letters if not unicodedata.combining(each))


def _quantile(ordered: Sequence[Fraction], quarter: int) -> Fraction:
    at = Fraction(quarter * (len(ordered) - 1), 4)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])
