"""A visit as planning sees it: where, in which wave, whose, and on which days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from auditor.domain.visits import VisitStatus


@dataclass(frozen=True, slots=True)
class Seat:
    """``begun``: the local day on which the visit was begun. ``place`` is the location's code."""

    visit_id: int
    number: str
    status: VisitStatus
    location_id: int
    place: str
    region_id: int | None
    wave_id: int | None
    program_id: int | None
    evaluator_id: int | None
    evaluator: str
    assignment_id: int | None = None
    planned_for: date | None = None
    not_before: date | None = None
    due: date | None = None
    begun: date | None = None

    @property
    def first(self) -> date | None:
        """The first day that it may stand for."""
        return self.begun or self.planned_for or self.not_before or self.due

    @property
    def last(self) -> date | None:
        return self.begun or self.planned_for or self.due or self.not_before

    @property
    def days(self) -> tuple[date | None, date | None, date | None]:
        return self.planned_for, self.not_before, self.due

    @property
    def nobody(self) -> bool:
        return self.evaluator_id is None and not self.evaluator


def above_quota(
    seats: Iterable[Seat], usual: int, own: Mapping[int, int]
) -> list[tuple[Seat, int, int]]:
    """Of the visits of a wave the planned ones above the quota of their location, the last ones;
    each with how many there are and that quota. ``own``: by location, where it is not ``usual``."""
    there: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats:
        there[seat.location_id].append(seat)
    found: list[tuple[Seat, int, int]] = []
    for key, alike in there.items():
        quota = own.get(key, usual)
        over = max(0, len(alike) - quota)
        waiting = [
            seat
            for seat in alike
            if seat.status is VisitStatus.PLANNED and seat.assignment_id is not None
        ]
        waiting.sort(key=lambda seat: (seat.last or date.max, seat.visit_id), reverse=True)
        found += [(seat, len(alike), quota) for seat in waiting[:over]]
    return found
