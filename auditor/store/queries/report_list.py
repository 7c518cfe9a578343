"""Visits that are handed in, as the list of reports shows them."""

from __future__ import annotations

from sqlalchemy import Connection, String, exists, literal_column, select

from auditor.domain.records import VisitRecord
from auditor.domain.visits import SUBMITTED
from auditor.store.queries.visits import latest_submitted, visits_of
from auditor.store.tables import VISIT, WAVE

_STATUSES = [status.value for status in sorted(SUBMITTED)]
_HANDED_IN = VISIT.c.status.in_(_STATUSES)


def of_wave(connection: Connection, wave_id: int) -> list[VisitRecord]:
    """All that were handed in of a wave, the newest number first."""
    query = select(VISIT.c.id).where(VISIT.c.wave_id == wave_id, _HANDED_IN)
    return visits_of(connection, list(connection.execute(query).scalars()))


def latest(connection: Connection) -> list[VisitRecord]:
    """The latest of each location, the newest number first."""
    return visits_of(connection, latest_submitted(connection))


def newest(connection: Connection, limit: int) -> list[VisitRecord]:
    """Those that were handed in last, the newest number first."""
    status = literal_column("+visit.status", String)  # no index is asked: the days have one
    query = (
        select(VISIT.c.id)
        .where(VISIT.c.submitted_at.is_not(None), status.in_(_STATUSES))
        .order_by(VISIT.c.submitted_at.desc(), VISIT.c.id.desc())
        .limit(limit)
    )
    return visits_of(connection, list(connection.execute(query).scalars()))


def waves_handed_in(connection: Connection) -> frozenset[int]:
    """The waves of which a visit was handed in."""
    one = exists().where(VISIT.c.wave_id == WAVE.c.id, _HANDED_IN)
    return frozenset(connection.execute(select(WAVE.c.id).where(one)).scalars())
