"""What lists of corrective actions read: a page by key, counts, the actions of a visit's report."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Select,
    and_,
    func,
    or_,
    select,
    tuple_,
)

from auditor.domain.actions import (
    CARRIED,
    PENDING,
    SOON,
    ActionCounts,
    ActionFilter,
    ActionKey,
    ActionRecord,
    ActionStatus,
    DueFilter,
)
from auditor.domain.errors import NotFoundError
from auditor.domain.folding import folded
from auditor.domain.visits import SUBMITTED
from auditor.store.evidence import EvidenceFiles
from auditor.store.queries import places as place_queries
from auditor.store.tables import (
    BRAND,
    CHECKLIST,
    CLIENT,
    CORRECTIVE_ACTION,
    LOCATION,
    PROGRAM,
    REGION,
    VISIT,
    WAVE,
)
from forms.tags import Cause

A = CORRECTIVE_ACTION.c
_JOINED = (
    CORRECTIVE_ACTION.join(LOCATION, A.location_id == LOCATION.c.id)
    .join(BRAND, LOCATION.c.brand_id == BRAND.c.id)
    .join(CLIENT, BRAND.c.client_id == CLIENT.c.id)
    .outerjoin(PROGRAM, A.program_id == PROGRAM.c.id)
    .outerjoin(VISIT, A.visit_id == VISIT.c.id)
)

_COLUMNS = (
    A.id, A.location_id, LOCATION.c.name.label("location"), LOCATION.c.code.label("location_code"),
    BRAND.c.name.label("brand"), CLIENT.c.id.label("client_id"), CLIENT.c.name.label("client"),
    A.finding, A.action, A.cause, A.owner, A.due, A.status, A.note, A.created_at, A.closed_at,
    func.coalesce(PROGRAM.c.name, "").label("program"), A.visit_id,
    func.coalesce(VISIT.c.number, "").label("visit"), VISIT.c.started_at, VISIT.c.zone, A.question,
    A.instance, A.proof, A.proof_name, A.version, LOCATION.c.region_id,
)  # fmt: skip


def page(
    connection: Connection,
    wanted: ActionFilter,
    files: EvidenceFiles,
    today: date,
    after: ActionKey | None = None,
    limit: int = 50,
) -> list[ActionRecord]:
    """Actions by day, the most overdue first, those without a day last; the next page is asked for
    with ``key_of`` its last as ``after``."""
    found: list[int] = []
    if after is None or after.due is not None:
        found = _walk(connection, wanted, today, after, limit, dated=True)
    if len(found) < limit:
        rest = after if after is not None and after.due is None else None
        found += _walk(connection, wanted, today, rest, limit - len(found), dated=False)
    return _records(connection, found, files)


def key_of(record: ActionRecord) -> ActionKey:
    return ActionKey(record.due, record.id)


def _walk(
    connection: Connection,
    wanted: ActionFilter,
    today: date,
    after: ActionKey | None,
    limit: int,
    *,
    dated: bool,
) -> list[int]:
    """One short walk of the index for each status: a query over all would sort every action."""
    conditions = [*_conditions(connection, wanted, today), _dated(dated=dated)]
    if after is not None and dated:
        conditions.append(tuple_(A.due, A.id) > tuple_(after.due, after.id))
    elif after is not None:
        conditions.append(A.id > after.id)
    query = select(A.due, A.id).select_from(_source(wanted)).order_by(A.due, A.id).limit(limit)
    walks = [
        [
            (row.due or date.max, row.id)
            for row in connection.execute(query.where(A.status == status.value, *conditions))
        ]
        for status in sorted(wanted.statuses or ActionStatus)
    ]
    return [key for _, key in heapq.nsmallest(limit, heapq.merge(*walks))]


def _dated(*, dated: bool) -> ColumnElement[bool]:
    return A.due.is_not(None) if dated else A.due.is_(None)


def _source(wanted: ActionFilter) -> FromClause:
    """Actions, with their locations only where these are asked for."""
    asked = wanted.text or wanted.client is not None or wanted.region is not None
    if not asked:
        return CORRECTIVE_ACTION
    return CORRECTIVE_ACTION.join(LOCATION, A.location_id == LOCATION.c.id)


def _conditions(
    connection: Connection, wanted: ActionFilter, today: date
) -> list[ColumnElement[bool]]:
    """Everything but the statuses."""
    found: list[ColumnElement[bool]] = []
    for column, value in ((A.location_id, wanted.location), (A.owner, wanted.owner)):
        if value is not None:
            found.append(column == value)
    if wanted.client is not None:
        brands = select(BRAND.c.id).where(BRAND.c.client_id == wanted.client)
        found.append(LOCATION.c.brand_id.in_(brands))
    if wanted.region == 0:
        found.append(LOCATION.c.region_id.is_(None))
    elif wanted.region is not None:
        found.append(LOCATION.c.region_id.in_(_below(connection, wanted.region)))
    if wanted.due is not None:
        found.append(_due(wanted.due, today))
    return found + [_says(word) for word in folded(wanted.text).split()]


def _below(connection: Connection, region: int) -> list[int]:
    """The region and all below it: asked once, where a query within a query is asked per row."""
    tree = select(REGION.c.id).where(REGION.c.id == region).cte("below", recursive=True)
    children = select(REGION.c.id).join(tree, REGION.c.parent_id == tree.c.id)
    return list(connection.execute(select(tree.union_all(children).c.id)).scalars())


def _due(due: DueFilter, today: date) -> ColumnElement[bool]:
    if due is DueFilter.NONE:
        return A.due.is_(None)
    pending = A.status.in_([status.value for status in PENDING])
    if due is DueFilter.OVERDUE:
        return and_(pending, A.due < today)
    return and_(pending, A.due >= today, A.due <= today + SOON)


def _says(word: str) -> ColumnElement[bool]:
    return or_(
        LOCATION.c.folded.contains(word, autoescape=True),
        A.folded.contains(word, autoescape=True),
    )


def counts(connection: Connection, wanted: ActionFilter, today: date) -> ActionCounts:
    conditions, source = _conditions(connection, wanted, today), _source(wanted)
    query = select(A.status, func.count()).select_from(source).where(*conditions)
    rows = connection.execute(query.group_by(A.status))
    by_status = {ActionStatus(status): count for status, count in rows}
    late = select(func.count()).select_from(source)
    late = late.where(*conditions, _due(DueFilter.OVERDUE, today))
    return ActionCounts(by_status, connection.execute(late).scalar_one())


def action(connection: Connection, action_id: int, files: EvidenceFiles) -> ActionRecord:
    """Raises NotFoundError."""
    found = _records(connection, [action_id], files)
    if not found:
        raise NotFoundError("action", "There is no such action here.")
    return found[0]


def owners(connection: Connection) -> list[str]:
    """Who has actions, by name."""
    query = select(A.owner).where(A.owner != "").distinct()
    return sorted(connection.execute(query).scalars(), key=folded)


def _records(
    connection: Connection, keys: Iterable[int], files: EvidenceFiles
) -> list[ActionRecord]:
    """In the order of ``keys``."""
    wanted = list(keys)
    query = select(*_COLUMNS).select_from(_JOINED).where(A.id.in_(wanted))
    paths = place_queries.region_paths(connection) if wanted else {}
    rows = {row["id"]: row for row in connection.execute(query).mappings()}
    return [_record(rows[key], paths, files) for key in wanted if key in rows]


def _record(row: RowMapping, paths: dict[int, str], files: EvidenceFiles) -> ActionRecord:
    values = dict(row)
    values["region"] = paths.get(values.pop("region_id"), "")
    values["cause"] = Cause(row["cause"]) if row["cause"] else None
    values["status"] = ActionStatus(row["status"])
    started, zone = values.pop("started_at"), values.pop("zone")
    values["visited_on"] = started and started.astimezone(ZoneInfo(zone)).date()
    if row["proof"] is not None:
        shown = files.print(row["proof"]), files.thumb(row["proof"])
        values["proof_path"], values["proof_thumb"] = (
            str(path) if path.exists() else None for path in shown
        )
    return ActionRecord(**values)


# the report of a visit


def of_report(connection: Connection, visit_id: int, files: EvidenceFiles) -> list[ActionRecord]:
    """What the report of a visit plans: its own actions, whatever became of them unless they were
    dropped, and before them those of earlier visits and by hand that are not closed. Those of other
    programs, and of later visits, stand in the reports of these. By day, then by number."""
    here = _visit(connection, visit_id)
    carried = and_(
        A.location_id == here.location_id,
        A.status.in_([status.value for status in CARRIED]),
        or_(A.program_id.is_(None), _same_program(here.program_id)),
        or_(
            VISIT.c.started_at < here.started_at,
            and_(A.visit_id.is_(None), A.created_at < _next_start(connection, here)),
        ),
    )
    own = and_(A.visit_id == visit_id, A.status != ActionStatus.DROPPED.value)
    query = (
        select(A.id)
        .select_from(_JOINED)
        .where(or_(own, carried))
        .order_by(A.visit_id == visit_id, A.due.is_(None), A.due, A.id)
    )
    return _records(connection, connection.execute(query).scalars(), files)


def _visit(connection: Connection, visit_id: int) -> Any:
    query = (
        select(VISIT.c.id, VISIT.c.location_id, VISIT.c.started_at, WAVE.c.program_id)
        .select_from(VISIT.outerjoin(WAVE, VISIT.c.wave_id == WAVE.c.id))
        .where(VISIT.c.id == visit_id)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError("visit", "There is no visit {number} here.", number=visit_id)
    return row


def _same_program(program_id: int | None) -> ColumnElement[bool]:
    """A visit outside of any program tells all."""
    return A.id.is_not(None) if program_id is None else A.program_id == program_id


def _next_start(connection: Connection, here: Any) -> datetime:
    """When the next visit of the location that was handed in began; the end of time without one."""
    handed_in = [status.value for status in SUBMITTED]
    query = select(func.min(VISIT.c.started_at)).where(
        VISIT.c.location_id == here.location_id,
        VISIT.c.status.in_(handed_in),
        VISIT.c.started_at > here.started_at,
    )
    return connection.execute(query).scalar() or datetime.max.replace(tzinfo=UTC)


def program_of(connection: Connection, visit_id: int) -> int | None:
    """Raises NotFoundError."""
    found: int | None = _visit(connection, visit_id).program_id
    return found


def same_finding(
    connection: Connection, visit_id: int, files: EvidenceFiles
) -> dict[tuple[str, int], ActionRecord]:
    """The actions that are not closed by the question of the visit's checklist that they are
    about: those of the visit itself, and of earlier ones of its location."""
    mine = select(CHECKLIST.c.checklist_id).join(VISIT).where(VISIT.c.id == visit_id)
    query: Select[Any] = (
        select(A.id)
        .select_from(
            CORRECTIVE_ACTION.join(VISIT, A.visit_id == VISIT.c.id).join(
                CHECKLIST, VISIT.c.checklist_version_id == CHECKLIST.c.id
            )
        )
        .where(
            A.location_id == _visit(connection, visit_id).location_id,
            A.status.in_([status.value for status in CARRIED]),
            A.question != "",
            CHECKLIST.c.checklist_id == mine.scalar_subquery(),
        )
        .order_by(A.id)
    )
    found = _records(connection, connection.execute(query).scalars(), files)
    return {(record.question, record.instance): record for record in found}
