"""Visits to be made, as an office asks for them: page by page, by day, by wave, by evaluator."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    RowMapping,
    Select,
    and_,
    column,
    func,
    select,
    tuple_,
    type_coerce,
)

from auditor.domain.assignments import (
    OPEN,
    AssignmentFilter,
    AssignmentOrder,
    AssignmentRecord,
    DayCount,
    EvaluatorLoad,
    WaveCount,
)
from auditor.domain.errors import NotFoundError
from auditor.domain.facts import Daypart
from auditor.domain.places import Count, PageKey
from auditor.domain.visits import VisitStatus
from auditor.store.queries.assignment_filters import Asked, asked_for
from auditor.store.tables import (
    ASSIGNMENT,
    EVALUATOR,
    LOCATION,
    PROGRAM,
    VISIT,
    WAVE,
    WAVE_QUOTA,
)

#: A list that holds more is not counted to the end.
MOST_COUNTED = 1_000
_PAIRED = VISIT.join(ASSIGNMENT, VISIT.c.assignment_id == ASSIGNMENT.c.id)
_LATE = sorted(status.value for status in OPEN)
_NO_VOID = VISIT.c.status != VisitStatus.VOID.value
_BY = {AssignmentOrder.DAY: ASSIGNMENT.c.planned_for, AssignmentOrder.DUE: ASSIGNMENT.c.due}
_COLUMNS = (
    ASSIGNMENT.c.id,
    VISIT.c.id.label("visit_id"),
    VISIT.c.number,
    VISIT.c.status,
    VISIT.c.location_id,
    LOCATION.c.name.label("location"),
    LOCATION.c.code.label("location_code"),
    LOCATION.c.address,
    LOCATION.c.region_id,
    ASSIGNMENT.c.wave_id,
    func.coalesce(WAVE.c.name, "").label("wave"),
    WAVE.c.program_id,
    func.coalesce(PROGRAM.c.name, "").label("program"),
    VISIT.c.evaluator_id,
    VISIT.c.evaluator,
    func.coalesce(EVALUATOR.c.name, "").label("evaluator_name"),
    ASSIGNMENT.c.planned_for,
    ASSIGNMENT.c.not_before,
    ASSIGNMENT.c.due,
    ASSIGNMENT.c.daypart,
    func.coalesce(ASSIGNMENT.c.fee, WAVE.c.fee, PROGRAM.c.fee).label("fee"),
    func.coalesce(ASSIGNMENT.c.expense_cap, WAVE.c.expense_cap, PROGRAM.c.expense_cap).label(
        "expense_cap"
    ),
    func.coalesce(PROGRAM.c.currency, "VND").label("currency"),
    ASSIGNMENT.c.scenario,
    ASSIGNMENT.c.note,
    ASSIGNMENT.c.version,
    ASSIGNMENT.c.fee.label("own_fee"),
    ASSIGNMENT.c.expense_cap.label("own_expense_cap"),
)


def assignment_page(
    connection: Connection,
    wanted: AssignmentFilter | None = None,
    order: AssignmentOrder = AssignmentOrder.DAY,
    after: PageKey | None = None,
    limit: int | None = 50,
) -> list[AssignmentRecord]:
    """Assignments in order, those without a day last; the next page is asked for with ``key_of``
    its last as ``after``."""
    asked_of = wanted or AssignmentFilter()
    if order is AssignmentOrder.NUMBER:
        asked = asked_for(connection, asked_of, order)
        return _page(connection, asked, None, after, limit)
    by, found = _BY[order], []
    if after is None or not after.blank:
        asked = asked_for(connection, asked_of, order, dated=_of_days(order, dated=True))
        found = _page(connection, asked, by, after, limit)
        after = None
    left = None if limit is None else limit - len(found)
    if left != 0:
        asked = asked_for(connection, asked_of, order, dated=_of_days(order, dated=False))
        if asked is not None and order is AssignmentOrder.DUE:
            asked = replace(asked, ids=asked.ids.where(by.is_(None)))
        found += _page(connection, asked, None, after, left)
    return found


def _of_days(order: AssignmentOrder, *, dated: bool) -> bool | None:
    """Those with a planned day stand before those without, where the list goes by it."""
    return dated if order is AssignmentOrder.DAY else None


def _page(
    connection: Connection,
    asked: Asked | None,
    by: ColumnElement[Any] | None,
    after: PageKey | None,
    limit: int | None,
) -> list[AssignmentRecord]:
    """In the order of ``by`` and the id, from ``after`` on."""
    if asked is None:
        return []
    ids, key = asked.ids, ASSIGNMENT.c.id
    if by is None:
        ids = ids.order_by(key) if after is None else ids.order_by(key).where(key > after.id)
        return _records(connection, ids, limit)
    sorting = asked.sorting(by)
    ids = ids.where(by.is_not(None)).order_by(sorting, key)
    if after is not None:
        behind = tuple_(date.fromisoformat(str(after.value)), after.id)
        ids = ids.where(tuple_(sorting, key) > behind)
    return _records(connection, ids, limit)


def _records(
    connection: Connection, asked: Select[tuple[int]], limit: int | None
) -> list[AssignmentRecord]:
    """The few that are wanted are found and put in order first, the rest of their rows read after:
    a sort of a wave carries numbers alone."""
    ids = list(connection.execute(asked.limit(limit)).scalars())
    among: Select[Any] = select(column("value")).select_from(func.json_each(json.dumps(ids)))
    rows = connection.execute(_full().where(ASSIGNMENT.c.id.in_(among))).mappings()
    known = {row["id"]: _record(row) for row in rows} if ids else {}
    return [known[key] for key in ids]


def key_of(record: AssignmentRecord, order: AssignmentOrder) -> PageKey:
    if order is AssignmentOrder.NUMBER:  # numbers are given in the order of the assignments
        return PageKey("", record.id)
    day = record.planned_for if order is AssignmentOrder.DAY else record.due
    if day is None:
        return PageKey("", record.id, blank=True)
    return PageKey(day.isoformat(), record.id)


def assignment(connection: Connection, visit_id: int) -> AssignmentRecord:
    """Raises NotFoundError."""
    row = connection.execute(_full().where(VISIT.c.id == visit_id)).mappings().one_or_none()
    if row is None:
        raise NotFoundError("assignment", "There is no such planned visit here.")
    return _record(row)


def _full() -> Select[Any]:
    joined = (
        _PAIRED.join(LOCATION, VISIT.c.location_id == LOCATION.c.id)
        .outerjoin(WAVE, ASSIGNMENT.c.wave_id == WAVE.c.id)
        .outerjoin(PROGRAM, WAVE.c.program_id == PROGRAM.c.id)
        .outerjoin(EVALUATOR, VISIT.c.evaluator_id == EVALUATOR.c.id)
    )
    return select(*_COLUMNS).select_from(joined)


def _record(row: RowMapping) -> AssignmentRecord:
    values = dict(row)
    values["status"] = VisitStatus(values["status"])
    values["daypart"] = None if values["daypart"] is None else Daypart(values["daypart"])
    for name in ("fee", "expense_cap", "own_fee", "own_expense_cap"):
        values[name] = None if values[name] is None else Decimal(values[name])
    return AssignmentRecord(**values)


def assignment_count(connection: Connection, wanted: AssignmentFilter | None = None) -> Count:
    """How many there are, up to ``MOST_COUNTED``."""
    asked = asked_for(connection, wanted or AssignmentFilter())
    if asked is None:
        return Count(0)
    limited = asked.ids.limit(MOST_COUNTED + 1).subquery()
    found = connection.execute(select(func.count()).select_from(limited)).scalar_one()
    return Count(MOST_COUNTED, more=True) if found > MOST_COUNTED else Count(int(found))


# sums


def calendar(
    connection: Connection, first: date, last: date, wanted: AssignmentFilter | None = None
) -> list[DayCount]:
    """The days from ``first`` to ``last`` that have any, in order. An assignment stands on its
    planned day, else where it is due."""
    found = asked_for(connection, wanted or AssignmentFilter())
    if found is None:
        return []
    some = [] if wanted in (None, AssignmentFilter()) else [ASSIGNMENT.c.id.in_(found.ids)]
    planned = ASSIGNMENT.c.planned_for
    due_only = [planned.is_(None), ASSIGNMENT.c.due.between(first, last)]
    counts: dict[date, dict[VisitStatus, int]] = defaultdict(dict)
    nobody: dict[date, int] = defaultdict(int)
    for by, asked in ((planned, [planned.between(first, last)]), (ASSIGNMENT.c.due, due_only)):
        query = (
            select(by.label("day"), VISIT.c.status, func.count(), _nobody())
            .select_from(_PAIRED)
            .where(*some, *asked)
            .group_by(by, VISIT.c.status)
        )
        for day, status, count, alone in connection.execute(query):
            known = counts[day].get(VisitStatus(status), 0)
            counts[day][VisitStatus(status)] = known + count
            nobody[day] += alone or 0
    return [DayCount(day, counts[day], nobody[day]) for day in sorted(counts)]


def _sum(what: ColumnElement[bool]) -> ColumnElement[int]:
    """How many are so. A sum of booleans would be read as a boolean."""
    return func.sum(type_coerce(what, Integer))


def _nobody() -> ColumnElement[int]:
    alone = and_(_NO_VOID, VISIT.c.evaluator_id.is_(None), VISIT.c.evaluator == "")
    return _sum(alone)


def wave_counts(
    connection: Connection, wave_ids: Collection[int], today: date
) -> dict[int, WaveCount]:
    """How far each wave is."""
    late = and_(VISIT.c.status.in_(_LATE), ASSIGNMENT.c.due < today)
    query = (
        select(VISIT.c.wave_id, VISIT.c.status, func.count(), _nobody(), _sum(late))
        .select_from(VISIT.outerjoin(ASSIGNMENT, VISIT.c.assignment_id == ASSIGNMENT.c.id))
        .where(VISIT.c.wave_id.in_(sorted(wave_ids)))
        .group_by(VISIT.c.wave_id, VISIT.c.status)
    )
    by_status: dict[int, dict[VisitStatus, int]] = {key: {} for key in wave_ids}
    nobody: dict[int, int] = defaultdict(int)
    overdue: dict[int, int] = defaultdict(int)
    for wave, status, count, alone, behind in connection.execute(query):
        by_status[wave][VisitStatus(status)] = count
        nobody[wave] += alone or 0
        overdue[wave] += behind or 0
    return {key: WaveCount(key, by_status[key], nobody[key], overdue[key]) for key in wave_ids}


def loads(connection: Connection, wave_ids: Collection[int], today: date) -> list[EvaluatorLoad]:
    """The work of each active evaluator in some waves, by code, those without any included."""
    late = and_(VISIT.c.status.in_(_LATE), ASSIGNMENT.c.due < today)
    query = (
        select(VISIT.c.evaluator_id, VISIT.c.status, func.count(), _sum(late))
        .select_from(VISIT.outerjoin(ASSIGNMENT, VISIT.c.assignment_id == ASSIGNMENT.c.id))
        .where(VISIT.c.wave_id.in_(sorted(wave_ids)), VISIT.c.evaluator_id.is_not(None), _NO_VOID)
        .group_by(VISIT.c.evaluator_id, VISIT.c.status)
    )
    counts: dict[int, dict[VisitStatus, int]] = defaultdict(dict)
    overdue: dict[int, int] = defaultdict(int)
    for key, status, count, behind in connection.execute(query):
        counts[key][VisitStatus(status)] = count
        overdue[key] += behind or 0
    known = select(EVALUATOR.c.id, EVALUATOR.c.code, EVALUATOR.c.name, EVALUATOR.c.active)
    rows = connection.execute(known.order_by(EVALUATOR.c.sort_code))
    return [
        EvaluatorLoad(row.id, row.code, row.name, counts.get(row.id, {}), overdue[row.id])
        for row in rows
        if row.active or row.id in counts
    ]


def location_quotas(connection: Connection, wave_id: int) -> dict[int, int]:
    """The quota of each location that has its own in a wave."""
    query = select(WAVE_QUOTA.c.location_id, WAVE_QUOTA.c.quota)
    rows = connection.execute(query.where(WAVE_QUOTA.c.wave_id == wave_id))
    return {row.location_id: row.quota for row in rows}
