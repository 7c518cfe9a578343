"""What a visit holds beside its answers: facts, tray, kept suspicions, briefing, rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, func, select

from auditor.domain.facts import Briefing, Daypart, Kept, VisitFacts, VisitRules, Weather
from auditor.domain.programs import Terms
from auditor.domain.visits import SUBMITTED
from auditor.store.evidence import EvidenceFiles
from auditor.store.queries.programs import RULES, TERMS, own_of, rules_of, terms_of
from auditor.store.tables import (
    ASSIGNMENT,
    CHECKLIST,
    EVIDENCE,
    KEPT_SUSPICION,
    PROGRAM,
    VISIT,
    VISIT_EVIDENCE,
    VISIT_FACT,
    WAVE,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the evaluator was: px (at 100 %) from the top of the page to the last card, and the
    part of it that had the focus ("" is the card)."""

    scroll: int = 0
    focus: str = ""


def facts(connection: Connection, visit_id: int) -> VisitFacts:
    """The facts of a visit; blank ones where nothing was written."""
    query = (
        select(
            VISIT.c.zone,
            VISIT.c.arrived_at,
            VISIT.c.left_at,
            VISIT_FACT.c.daypart,
            VISIT_FACT.c.staff,
            VISIT_FACT.c.receipt,
            VISIT_FACT.c.amount,
            VISIT_FACT.c.currency,
            VISIT_FACT.c.purchase,
            VISIT_FACT.c.weather,
            VISIT_FACT.c.notes,
        )
        .select_from(VISIT.outerjoin(VISIT_FACT))
        .where(VISIT.c.id == visit_id)
    )
    row = connection.execute(query).one()
    times = _local(row.arrived_at, row.zone), _local(row.left_at, row.zone)
    if row.staff is None:
        return VisitFacts(*times)
    return VisitFacts(
        *times,
        daypart=None if row.daypart is None else Daypart(row.daypart),
        staff=row.staff,
        receipt=row.receipt,
        amount=None if row.amount is None else Decimal(row.amount),
        currency=row.currency,
        purchase=row.purchase,
        weather=None if row.weather is None else Weather(row.weather),
        notes=row.notes,
    )


def _local(moment: datetime | None, zone: str) -> datetime | None:
    return None if moment is None else moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def utc_of(local: datetime | None, zone: str) -> datetime | None:
    """The other way: a local time of ``zone`` as UTC."""
    return None if local is None else local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def tray(connection: Connection, visit_id: int) -> tuple[str, ...]:
    """The hashes of the photos that wait for a question, in the evaluator's order."""
    return tuple(connection.execute(_of_visit(visit_id, VISIT.c.tray)).scalar_one())


def spot(connection: Connection, visit_id: int) -> Spot:
    row = connection.execute(_of_visit(visit_id, VISIT.c.last_scroll, VISIT.c.last_focus)).one()
    return Spot(row.last_scroll, row.last_focus)


def _of_visit(visit_id: int, *columns: Any) -> Select[Any]:
    return select(*columns).where(VISIT.c.id == visit_id)


def kept(connection: Connection, visit_id: int) -> dict[str, Kept]:
    """Suspicions that the evaluator left as they are, with the reason, by their key."""
    query = select(KEPT_SUSPICION.c.key, KEPT_SUSPICION.c.fingerprint, KEPT_SUSPICION.c.reason)
    rows = connection.execute(query.where(KEPT_SUSPICION.c.visit_id == visit_id))
    return {row.key: Kept(row.fingerprint, row.reason) for row in rows}


def _around(visit_id: int, *columns: Any) -> Select[Any]:
    joined = (
        VISIT.outerjoin(ASSIGNMENT, VISIT.c.assignment_id == ASSIGNMENT.c.id)
        .outerjoin(WAVE, VISIT.c.wave_id == WAVE.c.id)
        .outerjoin(PROGRAM, WAVE.c.program_id == PROGRAM.c.id)
        .outerjoin(EVIDENCE, PROGRAM.c.document == EVIDENCE.c.sha256)
    )
    return select(*columns).select_from(joined).where(VISIT.c.id == visit_id)


def rules(connection: Connection, visit_id: int) -> VisitRules:
    """What the program of the visit decides; the defaults where it has none."""
    row = connection.execute(_around(visit_id, PROGRAM.c.id, *RULES)).mappings().one()
    return VisitRules() if row["id"] is None else rules_of(row)


def terms(connection: Connection, visit_id: int) -> Terms | None:
    """What the wave of the visit asks for, else its program; None for a visit without a wave."""
    row = connection.execute(_around(visit_id, PROGRAM.c.id, *TERMS)).mappings().one()
    if row["id"] is None:
        return None
    own = connection.execute(_around(visit_id, *WAVE.c)).mappings().one()
    return own_of(own).over(terms_of(row))


def briefing(connection: Connection, visit_id: int, files: EvidenceFiles) -> Briefing:
    """What to read before the visit. The assignment's scenario goes before that of its wave."""
    query = _around(
        visit_id,
        func.coalesce(PROGRAM.c.briefing, "").label("text"),
        func.coalesce(func.nullif(ASSIGNMENT.c.scenario, ""), WAVE.c.scenario, "").label(
            "scenario"
        ),
        PROGRAM.c.document,
        func.coalesce(PROGRAM.c.document_name, "").label("document_name"),
        EVIDENCE.c.media_type,
        VISIT.c.briefed_at,
    )
    row = connection.execute(query).one()
    path = None
    if row.document is not None:
        path = str(files.original(row.document, row.media_type))
    return Briefing(row.text, row.scenario, row.document, row.document_name, path, row.briefed_at)


def elsewhere(
    connection: Connection, visit_id: int, sha256: str | None = None
) -> dict[str, tuple[str, ...]]:
    """The numbers of other visits that hold a file of this visit, by its hash; with ``sha256``
    those of this file alone."""
    ours = select(VISIT_EVIDENCE.c.sha256).where(VISIT_EVIDENCE.c.visit_id == visit_id)
    asked = VISIT_EVIDENCE.c.sha256
    query = (
        select(asked, VISIT.c.number)
        .select_from(VISIT_EVIDENCE.join(VISIT))
        .where(asked.in_(ours) if sha256 is None else asked == sha256, VISIT.c.id != visit_id)
        .order_by(VISIT.c.number)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(query):
        found[row.sha256] = (*found.get(row.sha256, ()), row.number)
    return found


def last_submitted_here(connection: Connection, visit_id: int) -> int | None:
    """The latest visit of the same location that was handed in before, with the same checklist."""
    mine = connection.execute(
        select(VISIT.c.location_id, CHECKLIST.c.checklist_id)
        .select_from(VISIT.join(CHECKLIST, VISIT.c.checklist_version_id == CHECKLIST.c.id))
        .where(VISIT.c.id == visit_id)
    ).one()
    query = (
        select(VISIT.c.id)
        .select_from(VISIT.join(CHECKLIST, VISIT.c.checklist_version_id == CHECKLIST.c.id))
        .where(
            VISIT.c.location_id == mine.location_id,
            CHECKLIST.c.checklist_id == mine.checklist_id,
            VISIT.c.id != visit_id,
            VISIT.c.status.in_([status.value for status in SUBMITTED]),
        )
        .order_by(VISIT.c.started_at.desc(), VISIT.c.id.desc())
        .limit(1)
    )
    found = connection.execute(query).scalar()
    return None if found is None else int(found)
