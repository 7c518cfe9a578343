"""Running stopwatches of drafts. Only the start is kept: a restart loses no second."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from auditor.store.tables import STOPWATCH
from auditor.store.units import Unit
from forms.answers import AnswerKey


def keep(unit: Unit, visit_id: int, key: AnswerKey, started_at: datetime | None) -> None:
    """Write the start (UTC) of the stopwatch of a question; None takes it away."""
    question, instance = key
    place = {"visit_id": visit_id, "question": question, "instance": instance}
    if started_at is None:
        ours = (STOPWATCH.c.visit_id == visit_id) & (STOPWATCH.c.question == question)
        unit.execute(delete(STOPWATCH).where(ours & (STOPWATCH.c.instance == instance)))
        return
    begun = upsert(STOPWATCH).values(**place, started_at=started_at)
    columns = (STOPWATCH.c.visit_id, STOPWATCH.c.question, STOPWATCH.c.instance)
    again = begun.on_conflict_do_update(index_elements=columns, set_={"started_at": started_at})
    unit.execute(again)


def running(connection: Connection, visit_id: int) -> dict[AnswerKey, datetime]:
    """The stopwatches of a visit that run, with their start in UTC."""
    query = select(STOPWATCH.c.question, STOPWATCH.c.instance, STOPWATCH.c.started_at)
    rows = connection.execute(query.where(STOPWATCH.c.visit_id == visit_id))
    return {(row.question, row.instance): row.started_at for row in rows}
