"""What screens and services read: functions of a connection that return frozen records.

Run them through ``Workspace.read(query, …)``.
"""

from __future__ import annotations

import heapq
import itertools
import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, select

from auditor.domain.errors import NotFoundError
from auditor.domain.my_visits import Overview, Wanted
from auditor.domain.records import (
    BrandRecord,
    ChecklistRecord,
    ClientRecord,
    EvidenceRecord,
    VisitCounts,
    VisitRecord,
)
from auditor.domain.visits import SUBMITTED, VisitStatus
from auditor.store import my_visits as mine
from auditor.store.evidence import EvidenceFiles
from auditor.store.queries.places import (
    location,
    location_count,
    location_page,
    locations,
    region_paths,
    region_tree,
)
from auditor.store.queries.programs import program, programs, wave
from auditor.store.stored import StoredAnswer, StoredSectionScore
from auditor.store.tables import (
    ANSWER,
    ASSIGNMENT,
    BRAND,
    CHECKLIST,
    CLIENT,
    EVIDENCE,
    LOCATION,
    PROGRAM,
    SECTION_SCORE,
    VISIT,
    VISIT_EVIDENCE,
    WAVE,
)

BEGUN = (VisitStatus.DRAFT, VisitStatus.SENT_BACK)
#: Among so many that were handed in last, the one that was begun last is looked for.
HANDED_IN = 20
#: Of the number of a visit; what is longer was mistyped.
MOST_DIGITS = 18


__all__ = [
    "answers", "brand", "checklist", "checklist_text", "checklists", "clients", "counts",
    "evidence", "is_fresh", "latest_begun", "latest_submitted", "location", "location_count",
    "location_page", "locations", "my_visits", "program", "programs", "region_paths",
    "region_tree", "section_scores", "visit", "visit_by_number", "visit_number", "visits", "wave",
]  # fmt: skip

_VISIT_COLUMNS = (
    VISIT.c.id,
    VISIT.c.number,
    VISIT.c.status,
    VISIT.c.revision,
    VISIT.c.location_id,
    LOCATION.c.name.label("location"),
    LOCATION.c.code.label("location_code"),
    BRAND.c.name.label("brand"),
    VISIT.c.checklist_version_id,
    CHECKLIST.c.title.label("checklist"),
    CHECKLIST.c.version.label("checklist_version"),
    func.coalesce(PROGRAM.c.name, "").label("program"),
    func.coalesce(WAVE.c.name, "").label("wave"),
    VISIT.c.evaluator,
    ASSIGNMENT.c.planned_for,
    ASSIGNMENT.c.due,
    VISIT.c.zone,
    VISIT.c.started_at,
    VISIT.c.saved_at,
    VISIT.c.submitted_at,
    VISIT.c.answered,
    VISIT.c.total,
    VISIT.c.photos,
    VISIT.c.score,
    VISIT.c.band,
    VISIT.c.last_section,
    VISIT.c.last_question,
    func.coalesce(PROGRAM.c.hide_score, False).label("score_hidden"),
)


def _visits() -> Select[Any]:
    joined = (
        VISIT.join(LOCATION, VISIT.c.location_id == LOCATION.c.id)
        .join(BRAND, LOCATION.c.brand_id == BRAND.c.id)
        .join(CHECKLIST, VISIT.c.checklist_version_id == CHECKLIST.c.id)
        .outerjoin(ASSIGNMENT, VISIT.c.assignment_id == ASSIGNMENT.c.id)
        .outerjoin(WAVE, VISIT.c.wave_id == WAVE.c.id)
        .outerjoin(PROGRAM, WAVE.c.program_id == PROGRAM.c.id)
    )
    return select(*_VISIT_COLUMNS).select_from(joined)


def _visit_record(row: Sequence[Any]) -> VisitRecord:
    """``_VISIT_COLUMNS`` stand in the order of the record's fields."""
    values = [row[0], row[1], VisitStatus(row[2]), *row[3:-1], bool(row[-1])]
    return VisitRecord(*values)


def visits(
    connection: Connection,
    statuses: Collection[VisitStatus] | None = None,
    location_id: int | None = None,
    before: VisitRecord | None = None,
    limit: int | None = None,
    evaluator_id: int | None = None,
) -> list[VisitRecord]:
    """Visits, the newest number first; the next page is asked for with its last as ``before``."""
    wanted = []
    if evaluator_id is not None:
        wanted.append(VISIT.c.evaluator_id == evaluator_id)
    if location_id is not None:
        wanted.append(VISIT.c.location_id == location_id)
    if before is not None:
        wanted.append(VISIT.c.id < before.id)
    query = _visits().order_by(VISIT.c.id.desc())
    if statuses is not None and limit is not None:
        wanted = [VISIT.c.id.in_(_newest(connection, statuses, wanted, limit))]
    elif statuses is not None:
        wanted.append(VISIT.c.status.in_([status.value for status in statuses]))
    elif evaluator_id is not None and limit is not None:  # numbers alone are sorted
        newest = select(VISIT.c.id).where(*wanted).order_by(VISIT.c.id.desc()).limit(limit)
        wanted = [VISIT.c.id.in_(list(connection.execute(newest).scalars()))]
    rows = connection.execute(query.where(*wanted).limit(limit))
    return [_visit_record(row) for row in rows]


def visits_of(connection: Connection, ids: Collection[int]) -> list[VisitRecord]:
    """These, the newest number first."""
    wanted = select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)
    query = _visits().where(VISIT.c.id.in_(wanted)).order_by(VISIT.c.id.desc())
    return [_visit_record(row) for row in connection.execute(query)]


def my_visits(connection: Connection, wanted: Wanted) -> Overview:
    return mine.read(connection.exec_driver_sql, wanted)


def is_fresh(connection: Connection) -> bool:
    """Whether nothing was set up here yet."""
    there = (select(table.c.id).limit(1) for table in (LOCATION, CHECKLIST))
    return not any(connection.execute(query).first() for query in there)


def latest_begun(connection: Connection) -> VisitRecord | None:
    """The latest start among the visits at hand and those handed in last."""
    at_hand = select(VISIT.c.id).where(VISIT.c.status.in_([each.value for each in BEGUN]))
    last = select(VISIT.c.id).order_by(VISIT.c.submitted_at.desc()).limit(HANDED_IN)
    ids = [*connection.execute(at_hand).scalars(), *connection.execute(last).scalars()]
    begun = [each for each in visits_of(connection, ids) if each.started_at is not None]
    return max(begun, key=lambda each: (each.started_at, each.id), default=None)


def _newest(
    connection: Connection,
    statuses: Collection[VisitStatus],
    wanted: list[ColumnElement[bool]],
    limit: int,
) -> list[int]:
    """The newest ids over all ``statuses``: one short walk of the index for each of them, where
    a single query would sort every visit that fits."""
    query = select(VISIT.c.id).where(*wanted).order_by(VISIT.c.id.desc()).limit(limit)
    walks = (
        connection.execute(query.where(VISIT.c.status == status.value)).scalars()
        for status in statuses
    )
    return heapq.nlargest(limit, itertools.chain.from_iterable(walks))


def visit(connection: Connection, visit_id: int) -> VisitRecord:
    """Raises NotFoundError."""
    row = connection.execute(_visits().where(VISIT.c.id == visit_id)).one_or_none()
    if row is None:
        raise NotFoundError("visit", "There is no visit {number} here.", number=visit_id)
    return _visit_record(row)


def visit_by_number(connection: Connection, number: str) -> VisitRecord | None:
    """``number`` as people write it: "V-0142", "v-142", "142"."""
    digits = number.strip().upper().removeprefix("V").removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > MOST_DIGITS:
        return None
    query = _visits().where(VISIT.c.number == visit_number(int(digits)))
    row = connection.execute(query).one_or_none()
    return None if row is None else _visit_record(row)


def visit_number(serial: int) -> str:
    return f"V-{serial:04d}"


def counts(connection: Connection) -> VisitCounts:
    rows = connection.execute(select(VISIT.c.status, func.count()).group_by(VISIT.c.status))
    return VisitCounts({VisitStatus(status): count for status, count in rows})


def latest_submitted(connection: Connection) -> list[int]:
    """The id of the latest submitted visit of each location, in the order of their codes."""
    newest = (
        select(VISIT.c.id)
        .where(VISIT.c.location_id == LOCATION.c.id)
        .where(VISIT.c.status.in_([status.value for status in SUBMITTED]))
        .order_by(VISIT.c.started_at.desc(), VISIT.c.id.desc())
        .limit(1)
        .correlate(LOCATION)
        .scalar_subquery()
    )
    query = select(newest).select_from(LOCATION).order_by(LOCATION.c.code, LOCATION.c.id)
    return [found for found in connection.execute(query).scalars() if found is not None]


def answers(connection: Connection, visit_id: int) -> list[StoredAnswer]:
    query = select(
        ANSWER.c.question,
        ANSWER.c.instance,
        ANSWER.c.value,
        ANSWER.c.not_applicable,
        ANSWER.c.comment,
        ANSWER.c.evidence,
        ANSWER.c.later,
    ).where(ANSWER.c.visit_id == visit_id)
    return [StoredAnswer(*row) for row in connection.execute(query)]


def evidence(
    connection: Connection, visit_id: int, files: EvidenceFiles
) -> dict[str, EvidenceRecord]:
    """The files of a visit by hash, in the order in which they were added."""
    query = (
        select(
            EVIDENCE.c.sha256,
            VISIT_EVIDENCE.c.kind,
            EVIDENCE.c.media_type,
            EVIDENCE.c.bytes,
            VISIT_EVIDENCE.c.name,
            EVIDENCE.c.width,
            EVIDENCE.c.height,
            VISIT_EVIDENCE.c.caption,
            EVIDENCE.c.taken_at,
            VISIT_EVIDENCE.c.turn,
        )
        .select_from(VISIT_EVIDENCE.join(EVIDENCE))
        .where(VISIT_EVIDENCE.c.visit_id == visit_id)
        .order_by(VISIT_EVIDENCE.c.added_at, VISIT_EVIDENCE.c.sha256)
    )
    rows = connection.execute(query).mappings()
    return {row["sha256"]: _evidence_record(row, files) for row in rows}


def _evidence_record(row: RowMapping, files: EvidenceFiles) -> EvidenceRecord:
    values = dict(row)
    sha256 = values["sha256"]
    original = files.original(sha256, values["media_type"])
    turn = values["turn"]
    pictures = files.print(sha256, turn), files.thumb(sha256, turn)
    shown = [str(path) if path.exists() else None for path in pictures]
    taken = values["taken_at"]
    values["taken_at"] = None if taken is None else datetime.fromisoformat(taken)
    return EvidenceRecord(
        **values,
        path=str(original),
        print_path=shown[0],
        thumb_path=shown[1],
        missing=not original.exists(),
    )


def section_scores(connection: Connection, visit_id: int) -> list[StoredSectionScore]:
    """The kept section scores of the visit's present revision; empty before submission."""
    query = (
        select(
            SECTION_SCORE.c.section,
            SECTION_SCORE.c.earned,
            SECTION_SCORE.c.possible,
            SECTION_SCORE.c.ratio,
            SECTION_SCORE.c.percent,
            SECTION_SCORE.c.weight,
        )
        .select_from(SECTION_SCORE.join(VISIT))
        .where(SECTION_SCORE.c.visit_id == visit_id, SECTION_SCORE.c.revision == VISIT.c.revision)
    )
    return [StoredSectionScore(*row) for row in connection.execute(query)]


def clients(connection: Connection) -> list[ClientRecord]:
    """Clients by name, each with its brands by name; archived ones, too."""
    query = select(
        BRAND.c.id, BRAND.c.client_id, BRAND.c.name, BRAND.c.colour, BRAND.c.colour2, BRAND.c.logo,
        BRAND.c.active,
    ).order_by(BRAND.c.name)  # fmt: skip
    brands = [BrandRecord(*row) for row in connection.execute(query)]
    found = select(CLIENT.c.id, CLIENT.c.name, CLIENT.c.active).order_by(CLIENT.c.name)
    return [
        ClientRecord(id_, name, tuple(brand for brand in brands if brand.client_id == id_), active)
        for id_, name, active in connection.execute(found)
    ]


def brand(connection: Connection, brand_id: int) -> BrandRecord:
    """Raises NotFoundError."""
    for client in clients(connection):
        for found in client.brands:
            if found.id == brand_id:
                return found
    raise NotFoundError("brand", "There is no such brand here.")


_CHECKLIST_COLUMNS = (
    CHECKLIST.c.id,
    CHECKLIST.c.checklist_id,
    CHECKLIST.c.version,
    CHECKLIST.c.sha256,
    CHECKLIST.c.title,
    CHECKLIST.c.languages,
    CHECKLIST.c.questions,
    CHECKLIST.c.added_at,
)


def checklists(connection: Connection) -> list[ChecklistRecord]:
    """Every stored version, the newest first."""
    query = select(*_CHECKLIST_COLUMNS).order_by(CHECKLIST.c.id.desc())
    return [_checklist_record(row) for row in connection.execute(query).mappings()]


def checklist(connection: Connection, version_id: int) -> ChecklistRecord:
    """Raises NotFoundError."""
    return _checklist_record(_checklist_row(connection, version_id, *_CHECKLIST_COLUMNS))


def checklist_text(connection: Connection, version_id: int) -> tuple[str, str]:
    """The hash and the canonical JSON of a stored version; raises NotFoundError."""
    row = _checklist_row(connection, version_id, CHECKLIST.c.sha256, CHECKLIST.c.canonical)
    return row["sha256"], row["canonical"]


def _checklist_row(
    connection: Connection, version_id: int, *columns: ColumnElement[Any]
) -> RowMapping:
    query = select(*columns).where(CHECKLIST.c.id == version_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError("checklist", "There is no such checklist here.")
    return row


def _checklist_record(row: RowMapping) -> ChecklistRecord:
    values = dict(row)
    values["languages"] = tuple(values["languages"])
    return ChecklistRecord(**values)
