"""Evaluators as screens ask for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    case,
    func,
    not_,
    select,
    tuple_,
)

from auditor.domain.assignments import OPEN
from auditor.domain.errors import NotFoundError
from auditor.domain.evaluators import (
    EvaluatorFilter,
    EvaluatorInput,
    EvaluatorOrder,
    EvaluatorRecord,
    EvaluatorWork,
    GradeRecord,
)
from auditor.domain.folding import folded
from auditor.domain.places import PageKey
from auditor.domain.visits import SUBMITTED, VisitStatus
from auditor.store.queries.places import region_paths, regions_below
from auditor.store.tables import ASSIGNMENT, EVALUATOR, EVALUATOR_GRADE, VISIT

_SORTED = {EvaluatorOrder.CODE: EVALUATOR.c.sort_code, EvaluatorOrder.NAME: EVALUATOR.c.sort_name}
_COLUMNS = tuple(
    EVALUATOR.c[name]
    for name in (
        "id", "code", "name", "contacts", "languages", "region_id", "qualifications", "notes",
        "active", "version",
    )
)  # fmt: skip


def evaluator_page(
    connection: Connection,
    wanted: EvaluatorFilter | None = None,
    order: EvaluatorOrder = EvaluatorOrder.CODE,
    after: PageKey | None = None,
    limit: int | None = 50,
) -> list[EvaluatorRecord]:
    """Evaluators in order; the next page is asked for with ``key_of`` its last as ``after``."""
    column = _SORTED[order]
    query = select(*_COLUMNS).order_by(column, EVALUATOR.c.id).limit(limit)
    query = query.where(*_conditions(connection, wanted or EvaluatorFilter()))
    if after is not None:
        query = query.where(tuple_(column, EVALUATOR.c.id) > tuple_(after.value, after.id))
    return _records(connection, query)


def key_of(record: EvaluatorRecord, order: EvaluatorOrder) -> PageKey:
    by_code = order is EvaluatorOrder.CODE
    return PageKey(folded(record.code if by_code else record.name), record.id)


def evaluator_count(connection: Connection, wanted: EvaluatorFilter | None = None) -> int:
    conditions = _conditions(connection, wanted or EvaluatorFilter())
    query = select(func.count()).select_from(EVALUATOR).where(*conditions)
    return int(connection.execute(query).scalar_one())


def evaluators(connection: Connection, *, active_only: bool = True) -> list[EvaluatorRecord]:
    """All by code."""
    return evaluator_page(
        connection, EvaluatorFilter(active=True if active_only else None), limit=None
    )


def evaluator(connection: Connection, evaluator_id: int) -> EvaluatorRecord:
    """Raises NotFoundError."""
    found = _records(connection, select(*_COLUMNS).where(EVALUATOR.c.id == evaluator_id))
    if not found:
        raise NotFoundError("evaluator", "There is no such evaluator here.")
    return found[0]


def evaluator_of_code(connection: Connection, code: str) -> EvaluatorRecord | None:
    """ "ev-07" is "EV-07" to people."""
    query = select(*_COLUMNS).where(EVALUATOR.c.sort_code == folded(code))
    found = _records(connection, query)
    return found[0] if found else None


def _records(connection: Connection, query: Select[Any]) -> list[EvaluatorRecord]:
    paths = region_paths(connection)
    return [_record(row, paths) for row in connection.execute(query).mappings()]


def _record(row: RowMapping, paths: dict[int, str]) -> EvaluatorRecord:
    values = dict(row)
    for name in ("languages", "qualifications"):
        values[name] = tuple(values[name])
    return EvaluatorRecord(**values, region=paths.get(row["region_id"], ""))


def _conditions(connection: Connection, wanted: EvaluatorFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.active is not None:
        found.append(EVALUATOR.c.active if wanted.active else not_(EVALUATOR.c.active))
    if wanted.region == 0:
        found.append(EVALUATOR.c.region_id.is_(None))
    elif wanted.region is not None:
        found.append(EVALUATOR.c.region_id.in_(sorted(regions_below(connection, wanted.region))))
    words = folded(wanted.text).split()
    return found + [EVALUATOR.c.folded.contains(word, autoescape=True) for word in words]


def search_text(given: EvaluatorInput) -> str:
    """What ``evaluator.folded`` holds."""
    words = (given.code, given.name, given.contacts, *given.languages, *given.qualifications)
    return " ".join(folded(word) for word in words if word)


# grades and work


def grades(connection: Connection, evaluator_id: int) -> list[GradeRecord]:
    """The newest first."""
    query = (
        select(
            EVALUATOR_GRADE.c.id,
            EVALUATOR_GRADE.c.evaluator_id,
            EVALUATOR_GRADE.c.given_on,
            EVALUATOR_GRADE.c.grade,
            EVALUATOR_GRADE.c.note,
            EVALUATOR_GRADE.c.visit_id,
            func.coalesce(VISIT.c.number, "").label("visit"),
        )
        .select_from(EVALUATOR_GRADE.outerjoin(VISIT))
        .where(EVALUATOR_GRADE.c.evaluator_id == evaluator_id)
        .order_by(EVALUATOR_GRADE.c.given_on.desc(), EVALUATOR_GRADE.c.id.desc())
    )
    return [GradeRecord(*row) for row in connection.execute(query)]


def work(
    connection: Connection, evaluator_ids: Collection[int], today: date
) -> dict[int, EvaluatorWork]:
    """What each has done and has to do."""
    late = and_(VISIT.c.status.in_(sorted(OPEN)), ASSIGNMENT.c.due < today)
    made = case((VISIT.c.status.in_(sorted(SUBMITTED)), VISIT.c.started_at))
    query = (
        select(
            VISIT.c.evaluator_id, VISIT.c.status, func.count(), func.count().filter(late),
            func.max(made), VISIT.c.zone,
        )  # of the row with the highest start SQLite takes the zone, too
        .select_from(VISIT.outerjoin(ASSIGNMENT, VISIT.c.assignment_id == ASSIGNMENT.c.id))
        .where(VISIT.c.evaluator_id.in_(sorted(evaluator_ids)))
        .group_by(VISIT.c.evaluator_id, VISIT.c.status)
    )  # fmt: skip
    counts: dict[int, dict[VisitStatus, int]] = {key: {} for key in evaluator_ids}
    overdue: dict[int, int] = defaultdict(int)
    last: dict[int, date] = {}
    for key, status, count, behind, at, zone in connection.execute(query):
        counts[key][VisitStatus(status)] = count
        overdue[key] += behind or 0
        if at is not None:
            day = at.astimezone(ZoneInfo(zone)).date()
            last[key] = max(day, last.get(key, day))
    means = _means(connection, evaluator_ids)
    return {
        key: EvaluatorWork(
            key,
            made=sum(n for status, n in found.items() if status in SUBMITTED),
            under_way=sum(found.get(s, 0) for s in (VisitStatus.DRAFT, VisitStatus.SENT_BACK)),
            planned=found.get(VisitStatus.PLANNED, 0),
            overdue=overdue[key],
            last_visit=last.get(key),
            grade=means.get(key, (None, 0))[0],
            grades=means.get(key, (None, 0))[1],
        )
        for key, found in counts.items()
    }


def _means(connection: Connection, evaluator_ids: Collection[int]) -> dict[int, tuple[float, int]]:
    query = (
        select(EVALUATOR_GRADE.c.evaluator_id, func.avg(EVALUATOR_GRADE.c.grade), func.count())
        .where(EVALUATOR_GRADE.c.evaluator_id.in_(sorted(evaluator_ids)))
        .group_by(EVALUATOR_GRADE.c.evaluator_id)
    )
    return {key: (float(mean), count) for key, mean, count in connection.execute(query)}
