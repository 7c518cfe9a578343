"""A location among those of its wave: its place, without false precision, and its indices."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import accumulate
from math import sqrt
from typing import TYPE_CHECKING, TypeAlias

from auditor.domain.changes import Changes
from auditor.store.queries import reports as report_queries
from auditor.store.queries.reports import LastVisits, Standing, Surroundings
from reports.figures import rounded
from reports.snapshot import IndexCounts, Rank

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

#: How often each value was given to a question.
Counts: TypeAlias = Counter[tuple[str, int]]

#: Fewer visits give no place.
FEWEST = 2
#: Points of 100 that floats tell apart without fail; what is nearer is counted in fractions.
_ROUGH = 1e-6


class Swings:
    """How far scores usually move from one visit to the next, read once for all reports of a
    brand and checklist: until a visit is handed in or recalled, or places change."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept: dict[tuple[int, str], tuple[list[datetime], list[float]]] = {}
        workspace.subscribe(self._heard)

    def _heard(self, changes: Changes) -> None:
        if changes.visits or changes.places or changes.checklists or changes.programs:
            self._kept.clear()

    def usual(self, around: Surroundings) -> tuple[float | None, int]:
        """Root of the mean square of all moves up to this visit, and how many there are."""
        if around.started_at is None:
            return None, 0
        times, squares = self._moves(around)
        many = bisect_right(times, around.started_at)
        return (sqrt(squares[many] / many), many) if many else (None, 0)

    def _moves(self, around: Surroundings) -> tuple[list[datetime], list[float]]:
        """When each was, and the sum of the squares of those before."""
        key = (around.brand_id, around.checklist_id)
        if key not in self._kept:
            found = self._workspace.read(report_queries.moves, around)
            squares = accumulate((move * move for _, move in found), initial=0.0)
            self._kept[key] = ([at for at, _ in found], list(squares))
        return self._kept[key]


class Waves:
    """The last visits of a wave's locations, read once for all its reports: until a visit is
    handed in or recalled, or places and waves change."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept: dict[tuple[object, ...], tuple[LastVisits, Counts]] = {}
        workspace.subscribe(self._heard)

    def _heard(self, changes: Changes) -> None:
        if changes.visits or changes.places or changes.checklists or changes.programs:
            self._kept.clear()

    def around(
        self, around: Surroundings, questions: Sequence[str]
    ) -> tuple[list[Standing], tuple[IndexCounts, ...]]:
        """Standings with this location's as of this visit, and how often each value was given to
        each of ``questions`` that anybody answered."""
        if around.wave_id is None:
            return [], ()
        wave, counts = self._wave(around, tuple(questions))
        own = self._workspace.read(report_queries.own_visits, around, questions)
        elsewhere = counts - _counts(wave, around.location_id)
        here = _counts(own)
        indices = (
            IndexCounts(question, _of(here, question), _of(elsewhere, question))
            for question in questions
        )
        others = [s for s in wave.standings if s.location_id != around.location_id]
        return [*others, *own.standings], tuple(i for i in indices if i.location or i.network)

    def _wave(self, around: Surroundings, questions: tuple[str, ...]) -> tuple[LastVisits, Counts]:
        key = (around.wave_id, around.brand_id, around.checklist_id, questions)
        if key not in self._kept:
            found = self._workspace.read(report_queries.wave_visits, around, questions)
            self._kept[key] = (found, _counts(found))
        return self._kept[key]


def _counts(visits: LastVisits, location_id: int | None = None) -> Counts:
    """Of one location, or of all."""
    found: Counts = Counter()
    for given in visits.given:
        if location_id is None or given.location_id == location_id:
            found[given.question, given.value] += given.visits
    return found


def _of(counts: Counts, question: str) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((value, n) for (of, value), n in counts.items() if of == question))


def rank_of(
    standings: Sequence[Standing], location_id: int, decimals: int, usual: float | None
) -> Rank | None:
    """By the mean of the last visits, as it is printed: ties rank 1, 2, 2, 4. None for a location
    with one visit, or with nobody to stand beside.

    ``usual`` is how far a score usually moves between two visits (root of the mean square). So two
    means of m and n visits differ by chance by ``usual`` × √((1/m + 1/n) / 2): what is no further
    apart is not told apart. None where that is not known.
    """
    ranked = [each for each in standings if each.visits >= FEWEST]
    own = next((each for each in ranked if each.location_id == location_id), None)
    if own is None or len(ranked) < FEWEST:
        return None
    means = {each.location_id: rounded(each.mean, decimals) for each in ranked}
    mine, order = means[location_id], sorted(-mean for mean in means.values())

    def place(mean: Decimal) -> int:
        return 1 + bisect_left(order, -mean)

    near = None
    if usual is not None:
        close = [means[each.location_id] for each in ranked if _is_close(own, each, usual)]
        near = (place(max(close)), place(min(close)))
    return Rank(
        place=place(mine),
        of=len(ranked),
        mean=own.mean,
        visits=own.visits,
        tied=sum(mean == mine for mean in means.values()) - 1,
        near=near,
        single=len(standings) - len(ranked),
    )


def _is_close(one: Standing, other: Standing, usual: float) -> bool:
    chance = usual * sqrt((1 / one.visits + 1 / other.visits) / 2)
    apart = float(one.mean) - float(other.mean)
    if abs(abs(apart) - chance) > _ROUGH:
        return abs(apart) < chance
    return abs(one.mean - other.mean) <= chance
