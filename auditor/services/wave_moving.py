"""Where the visits of a wave come when its days change, and which others that concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from sqlalchemy import Connection

from auditor.domain.errors import RefusedError
from auditor.domain.planning import days_between, moved_day
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.domain.seats import Seat
from auditor.domain.visit_hours import open_on
from auditor.domain.visits import VisitStatus
from auditor.store.queries import seats as seat_queries


def moved_seats(
    connection: Connection, program: ProgramRecord, wave: WaveRecord, first: date, last: date
) -> list[Seat]:
    """The planned visits of ``wave`` as they are once it lasts from ``first`` to ``last``. Raises
    RefusedError no_open_day."""
    seats = seat_queries.seats_of_waves(connection, [wave.id])
    planned = [seat for seat in seats if seat.status is VisitStatus.PLANNED]
    return _Move(program, wave, planned, first, last).all()


def passed_seats(
    connection: Connection, now: ProgramRecord, then: ProgramRecord, wave_id: int
) -> list[Seat]:
    """Planned visits of other waves that break other rules once a wave has passed some of them:
    those that share location and evaluator with one of its visits, or with one of a wave that comes
    within the rotation or leaves it. None where it passes no other."""
    if _order(now) == _order(then):
        return []
    seats = seat_queries.seats_of_waves(connection, _order(now))
    turned = _near(now) ^ _near(then)
    touched: set[int] = set()
    for alike in _alike(seats):
        for one, other in combinations(alike, 2):
            pair = frozenset({one.wave_id, other.wave_id})
            if wave_id in pair or pair in turned:
                touched |= {one.visit_id, other.visit_id}
    return [
        seat
        for seat in seats
        if seat.visit_id in touched
        and seat.wave_id != wave_id
        and seat.status is VisitStatus.PLANNED
    ]


def _order(program: ProgramRecord) -> list[int]:
    return [wave.id for wave in program.waves]


def _near(program: ProgramRecord) -> set[frozenset[int | None]]:
    """The pairs of waves that the rotation keeps apart."""
    order, least = _order(program), program.terms.rotation
    return {
        frozenset({key, other})
        for place, key in enumerate(order)
        for other in order[place + 1 : place + 1 + least]
    }


def _alike(seats: Iterable[Seat]) -> Iterable[list[Seat]]:
    """Those of the same evaluator at the same location."""
    found: dict[tuple[int, int], list[Seat]] = defaultdict(list)
    for seat in seats:
        if seat.evaluator_id is not None:
            found[seat.location_id, seat.evaluator_id].append(seat)
    return found.values()


class _Move:
    """Where the visits of a wave come when its days change."""

    def __init__(
        self,
        program: ProgramRecord,
        wave: WaveRecord,
        seats: Sequence[Seat],
        first: date,
        last: date,
    ) -> None:
        self._seats, self._first, self._last = seats, first, last
        known = [day for seat in seats for day in seat.days if day is not None]
        known += [day for day in (wave.starts_on, wave.ends_on) if day is not None]
        self._from = wave.starts_on or min(known, default=first)
        self._to = max(self._from, wave.ends_on or max(known, default=last))
        hours = program.rules.windows
        self._old = [d for d in days_between(self._from, self._to) if open_on(hours, d)]
        self._new = [d for d in days_between(first, last) if open_on(hours, d)]
        if not self._new and seats:
            raise RefusedError(
                "no_open_day",
                "The visit windows of the program leave no day in {name}. Change them or its days.",
                name=wave.name,
            )

    def all(self) -> list[Seat]:
        return list(map(self._moved, self._seats))

    def _moved(self, seat: Seat) -> Seat:
        planned = seat.planned_for
        if planned is None:
            return replace(seat, not_before=self._day(seat.not_before), due=self._day(seat.due))
        day = moved_day(planned, self._old or [self._from, self._to], self._new)
        due, not_before = seat.due, seat.not_before
        if due is not None:
            late = max(due - planned, timedelta())
            due = max(day, min(self._last, day + late))
        if not_before is not None:
            not_before = max(self._first, min(day, day - (planned - not_before)))
        return replace(seat, planned_for=day, not_before=not_before, due=due)

    def _day(self, day: date | None) -> date | None:
        if day is None:
            return None
        old, new = days_between(self._from, self._to), days_between(self._first, self._last)
        return moved_day(day, old, new)
