"""Running stopwatches of drafts. Only the start is kept: a restart loses no second."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from auditor.store.tables import STOPWATCH
from auditor.store.units import Unit
from forms.answers import AnswerKey
from forms.compiled import CompiledChecklist
from forms.questions.kinds.number import Seconds


def keep(
    unit: Unit, visit_id: int, key: AnswerKey, started_at: datetime | None, *, moved: bool = False
) -> None:
    """Write the start (UTC) of the stopwatch of a question, and whether the clock was changed
    while it ran; None takes it away."""
    question, instance = key
    place = {"visit_id": visit_id, "question": question, "instance": instance}
    if started_at is None:
        ours = (STOPWATCH.c.visit_id == visit_id) & (STOPWATCH.c.question == question)
        unit.execute(delete(STOPWATCH).where(ours & (STOPWATCH.c.instance == instance)))
        return
    told = {"started_at": started_at, "clock_moved": moved}
    begun = upsert(STOPWATCH).values(**place, **told)
    columns = (STOPWATCH.c.visit_id, STOPWATCH.c.question, STOPWATCH.c.instance)
    again = begun.on_conflict_do_update(index_elements=columns, set_=told)
    unit.execute(again)


def running(
    connection: Connection, visit_id: int, compiled: CompiledChecklist
) -> dict[AnswerKey, datetime]:
    """The stopwatches of a visit that run, with their start in UTC: those of durations that its
    version of the checklist asks for."""
    query = select(STOPWATCH.c.question, STOPWATCH.c.instance, STOPWATCH.c.started_at)
    rows = connection.execute(query.where(STOPWATCH.c.visit_id == visit_id))
    return {
        (row.question, row.instance): row.started_at
        for row in rows
        if (item := compiled.find(row.question)) is not None and isinstance(item.kind, Seconds)
    }


def moved(connection: Connection, visit_id: int) -> frozenset[AnswerKey]:
    """Those that the clock of the computer was changed under."""
    query = select(STOPWATCH.c.question, STOPWATCH.c.instance)
    ours = (STOPWATCH.c.visit_id == visit_id) & STOPWATCH.c.clock_moved
    return frozenset((row.question, row.instance) for row in connection.execute(query.where(ours)))
