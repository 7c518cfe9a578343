"""The visits that planning looks at, void ones left out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from auditor.domain.seats import Seat
from auditor.domain.visits import VisitStatus
from auditor.store.queries.places import among
from auditor.store.tables import ASSIGNMENT, LOCATION, VISIT, WAVE

#: So many keys are asked for by one statement.
MANY = 500
_STATUS = {status.value: status for status in VisitStatus}
_COLUMNS = (
    VISIT.c.id,
    VISIT.c.number,
    VISIT.c.status,
    VISIT.c.location_id,
    LOCATION.c.code,
    LOCATION.c.region_id,
    VISIT.c.wave_id,
    WAVE.c.program_id,
    VISIT.c.evaluator_id,
    VISIT.c.evaluator,
    VISIT.c.assignment_id,
    ASSIGNMENT.c.planned_for,
    ASSIGNMENT.c.not_before,
    ASSIGNMENT.c.due,
    VISIT.c.started_at,
    VISIT.c.zone,
)


def _seats() -> Select[Any]:
    joined = (
        VISIT.join(LOCATION, VISIT.c.location_id == LOCATION.c.id)
        .outerjoin(ASSIGNMENT, VISIT.c.assignment_id == ASSIGNMENT.c.id)
        .outerjoin(WAVE, VISIT.c.wave_id == WAVE.c.id)
    )
    there = VISIT.c.status != VisitStatus.VOID.value
    return select(*_COLUMNS).select_from(joined).where(there).order_by(VISIT.c.id)


def archived_locations(connection: Connection) -> frozenset[int]:
    rows = connection.execute(select(LOCATION.c.id).where(~LOCATION.c.active))
    return frozenset(row[0] for row in rows)


def planned_at(connection: Connection, location_ids: Sequence[int]) -> int:
    """How many visits of these locations are planned and not begun."""
    planned = VISIT.c.status == VisitStatus.PLANNED.value
    few = json.dumps(list(location_ids))
    query = select(func.count()).select_from(VISIT.join(LOCATION)).where(planned, among(few))
    found: int = connection.execute(query).scalar_one()
    return found


def seats_of_waves(connection: Connection, wave_ids: Collection[int]) -> list[Seat]:
    return _read(connection, VISIT.c.wave_id, sorted(wave_ids))


def seats_at(
    connection: Connection, location_ids: Collection[int], wave_ids: Collection[int]
) -> list[Seat]:
    """Those of some locations in some waves."""
    if not wave_ids:
        return []
    waves = VISIT.c.wave_id.in_(sorted(wave_ids))
    return _read(connection, VISIT.c.location_id, sorted(location_ids), waves)


def seats_of_visits(connection: Connection, visit_ids: Collection[int]) -> list[Seat]:
    return _read(connection, VISIT.c.id, sorted(set(visit_ids)))


def planned_seats_of(connection: Connection, evaluator_id: int) -> list[Seat]:
    """Those of an evaluator that are not begun."""
    planned = VISIT.c.status == VisitStatus.PLANNED.value
    return _read(connection, VISIT.c.evaluator_id, [evaluator_id], planned)


def seats_between(
    connection: Connection,
    location_ids: Collection[int],
    first: date,
    last: date,
    beside: Collection[int] = (),
) -> list[Seat]:
    """Those of some locations that have an evaluator, and a day from ``first`` to ``last``; without
    those in the waves ``beside``."""
    begun = VISIT.c.started_at.between(_moment(first, -1), _moment(last, 2))
    some = ASSIGNMENT.c.planned_for.between(first, last)
    from_day = or_(ASSIGNMENT.c.not_before.is_(None), ASSIGNMENT.c.not_before <= last)
    until = or_(ASSIGNMENT.c.due.is_(None), ASSIGNMENT.c.due >= first)
    any_day = and_(ASSIGNMENT.c.planned_for.is_(None), from_day, until)
    waiting = and_(VISIT.c.started_at.is_(None), or_(some, any_day))
    whose = VISIT.c.evaluator_id.is_not(None)
    other = or_(VISIT.c.wave_id.is_(None), VISIT.c.wave_id.not_in(sorted(beside)))
    keys, found = sorted(location_ids), []
    for when in (begun, waiting):
        found += _read(connection, VISIT.c.location_id, keys, when, whose, other)
    return found


def _moment(day: date, after: int) -> datetime:
    """Wide enough for every zone."""
    return datetime.combine(day + timedelta(days=after), time(), UTC)


def _read(
    connection: Connection, column: ColumnElement[Any], keys: Sequence[int], *also: Any
) -> list[Seat]:
    return list(_walk(connection, column, keys, also))


def _walk(
    connection: Connection, column: ColumnElement[Any], keys: Sequence[int], also: Sequence[Any]
) -> Iterator[Seat]:
    for start in range(0, len(keys), MANY):
        some = column.in_(keys[start : start + MANY])
        for row in connection.execute(_seats().where(some, *also)).all():
            *values, started_at, zone = row
            values[2] = _STATUS[values[2]]
            values.append(started_at and started_at.astimezone(_zone(zone)).date())
            yield Seat(*values)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
