"""Which visits a workbook, a table of answers or a program report tells of."""

from __future__ import annotations

from sqlalchemy import Connection, select

from auditor.store.queries.reports import HANDED_IN
from auditor.store.tables import LOCATION, VISIT, WAVE


def submitted(
    connection: Connection, program_id: int | None = None, wave_id: int | None = None
) -> list[int]:
    """Submitted visits by the code of their location, the earliest first; None asks for all."""
    query = (
        select(VISIT.c.id)
        .select_from(
            VISIT.join(LOCATION, VISIT.c.location_id == LOCATION.c.id).outerjoin(
                WAVE, VISIT.c.wave_id == WAVE.c.id
            )
        )
        .where(VISIT.c.status.in_(HANDED_IN))
        .order_by(LOCATION.c.sort_code, LOCATION.c.id, VISIT.c.started_at, VISIT.c.id)
    )
    if program_id is not None:
        query = query.where(WAVE.c.program_id == program_id)
    if wave_id is not None:
        query = query.where(VISIT.c.wave_id == wave_id)
    return list(connection.execute(query).scalars())
