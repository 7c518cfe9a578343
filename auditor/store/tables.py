"""The tables. Rows stay inside ``store``: queries return the records of ``auditor.domain``.

What travels between machines has a ``uid`` (UUIDv7). Times are UTC; ``visit.zone`` is the IANA
zone that its local times are read in. A change here needs a migration; a test compares both.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import DDL, CheckConstraint, Index, MetaData, Table, Text, UniqueConstraint, text
from sqlalchemy import event as listening
from sqlmodel import Field, SQLModel

from auditor.domain.visits import VisitStatus
from auditor.store.times import uuid7
from auditor.store.types import Json, Utc

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
HASH = "length({0}) = 64"
KINDS = ("photo", "audio", "file", "signature")
#: What rows hold that are older than the column.
OFF, ONE, EMPTY, NONE_YET = ({"server_default": text(value)} for value in ("0", "1", "''", "'[]'"))


def _in(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class Row(SQLModel):
    """What all tables share: one metadata, with names that migrations can rely on."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


class MetaRow(Row, table=True):
    """Facts of the workspace: its uid, counters, the time of the last check."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)


class ClientRow(Row, table=True):
    __tablename__ = "client"
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    name: str = Field(unique=True, sa_type=Text)
    created_at: datetime = Field(sa_type=Utc)
    active: bool = Field(default=True, sa_column_kwargs=ONE)


class BrandRow(Row, table=True):
    __tablename__ = "brand"
    __table_args__ = (UniqueConstraint("client_id", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    client_id: int = Field(foreign_key="client.id")
    name: str = Field(sa_type=Text)
    colour: str = Field(max_length=7)
    colour2: str = Field(max_length=7)
    logo: str | None = Field(default=None, foreign_key="evidence.sha256")
    active: bool = Field(default=True, sa_column_kwargs=ONE)


class RegionRow(Row, table=True):
    """A tree: ``parent_id`` is None at its roots."""

    __tablename__ = "region"
    __table_args__ = (
        UniqueConstraint("client_id", "parent_id", "name"),
        CheckConstraint("parent_id <> id", name="no_own_parent"),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    client_id: int = Field(foreign_key="client.id")
    parent_id: int | None = Field(default=None, foreign_key="region.id")
    name: str = Field(sa_type=Text)


class LocationRow(Row, table=True):
    """``folded`` is what a search looks in, ``sort_name`` and ``sort_code`` what lists go by: all
    without marks and in lower case (``auditor.domain.folding``). ``merged_into``: where its visits
    went, as the same place was here twice."""

    __tablename__ = "location"
    __table_args__ = (
        UniqueConstraint("brand_id", "code"),
        Index("ix_location_brand_id", "brand_id", "sort_code"),
        Index("ix_location_code", "sort_code", sqlite_where=text("active = 1")),
        Index("ix_location_name", "sort_name", sqlite_where=text("active = 1")),
        Index("ix_location_region", "region_id", sqlite_where=text("active = 1")),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    brand_id: int = Field(foreign_key="brand.id")
    region_id: int | None = Field(default=None, foreign_key="region.id", index=True)
    code: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    address: str = Field(default="", sa_type=Text)
    active: bool = Field(default=True)
    created_at: datetime = Field(sa_type=Utc)
    contacts: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    hours: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    tags: Any = Field(default=(), sa_type=Json, nullable=False, sa_column_kwargs=NONE_YET)
    folded: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    sort_name: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    sort_code: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    merged_into: int | None = Field(default=None, foreign_key="location.id", index=True)
    version: int = Field(default=1, sa_column_kwargs=ONE)


class ProgramRow(Row, table=True):
    """``briefing`` and ``document`` (a file of evidence) are read before a visit; the flags say
    what its evaluators may see and write."""

    __tablename__ = "program"
    __table_args__ = (UniqueConstraint("client_id", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    client_id: int = Field(foreign_key="client.id")
    name: str = Field(sa_type=Text)
    hide_score: bool = Field(default=False, sa_column_kwargs=OFF)
    show_last_visit: bool = Field(default=False, sa_column_kwargs=OFF)
    staff_names: bool = Field(default=False, sa_column_kwargs=OFF)
    briefing: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    document: str | None = Field(default=None, foreign_key="evidence.sha256")
    document_name: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)


class WaveRow(Row, table=True):
    __tablename__ = "wave"
    __table_args__ = (
        UniqueConstraint("program_id", "name"),
        CheckConstraint("starts_on <= ends_on", name="starts_before_it_ends"),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    program_id: int = Field(foreign_key="program.id")
    name: str = Field(sa_type=Text)
    starts_on: date | None = None
    ends_on: date | None = None
    scenario: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)


class ChecklistVersionRow(Row, table=True):
    """A published checklist: ``canonical`` is its canonical JSON, ``sha256`` the hash of that."""

    __tablename__ = "checklist_version"
    __table_args__ = (
        UniqueConstraint("checklist_id", "version"),
        CheckConstraint(HASH.format("sha256"), name="hash"),
    )
    id: int | None = Field(default=None, primary_key=True)
    checklist_id: str = Field(sa_type=Text)
    version: str = Field(sa_type=Text)
    sha256: str = Field(unique=True, max_length=64)
    canonical: str = Field(sa_type=Text)
    title: Any = Field(sa_type=Json, nullable=False)
    languages: Any = Field(sa_type=Json, nullable=False)
    questions: int
    added_at: datetime = Field(sa_type=Utc)


class AssignmentRow(Row, table=True):
    """A visit to be made. Days are local to the location."""

    __tablename__ = "assignment"
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    location_id: int = Field(foreign_key="location.id", index=True)
    wave_id: int | None = Field(default=None, foreign_key="wave.id", index=True)
    planned_for: date | None = None
    due: date | None = None
    evaluator: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(sa_type=Utc)
    scenario: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)


class VisitRow(Row, table=True):
    """``score``, ``band`` and ``passed`` repeat the head of its ``visit_score`` for the lists.
    ``tray`` is a JSON array of the hashes of photos that wait for a question; ``last_scroll`` is
    how far the last card stood from the top of its page (px at 100 %), ``last_focus`` the part of
    it that had the focus."""

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint(_in("status", tuple(VisitStatus)), name="status"),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("answered BETWEEN 0 AND total", name="progress"),
        CheckConstraint("photos >= 0", name="photos"),
        Index(None, "status"),
        Index(None, "location_id", "started_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    number: str = Field(unique=True, max_length=20)
    status: str = Field(max_length=12)
    revision: int = 1
    location_id: int = Field(foreign_key="location.id")
    checklist_version_id: int = Field(foreign_key="checklist_version.id", index=True)
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", unique=True)
    wave_id: int | None = Field(default=None, foreign_key="wave.id", index=True)
    evaluator: str = Field(default="", sa_type=Text)
    zone: str = Field(default="UTC", sa_type=Text)
    started_at: datetime | None = Field(default=None, sa_type=Utc)
    arrived_at: datetime | None = Field(default=None, sa_type=Utc)
    left_at: datetime | None = Field(default=None, sa_type=Utc)
    saved_at: datetime | None = Field(default=None, sa_type=Utc)
    submitted_at: datetime | None = Field(default=None, sa_type=Utc)
    declared_by: str | None = Field(default=None, sa_type=Text)
    last_section: str | None = Field(default=None, sa_type=Text)
    last_question: str | None = Field(default=None, sa_type=Text)
    answered: int = 0
    total: int = 0
    photos: int = 0
    score: str | None = Field(default=None, max_length=20)
    band: str | None = Field(default=None, sa_type=Text)
    passed: bool | None = None
    created_at: datetime = Field(sa_type=Utc)
    version: int = 1
    tray: Any = Field(default=(), sa_type=Json, nullable=False, sa_column_kwargs=NONE_YET)
    briefed_at: datetime | None = Field(default=None, sa_type=Utc)
    last_scroll: int = Field(default=0, sa_column_kwargs=OFF)
    last_focus: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)


class VisitFactRow(Row, table=True):
    """What happened around the answers; arrival and departure stand in ``visit``. ``amount`` is
    an exact decimal as text."""

    __tablename__ = "visit_fact"
    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    daypart: str | None = Field(default=None, max_length=12)
    staff: str = Field(default="", sa_type=Text)
    receipt: str = Field(default="", sa_type=Text)
    amount: str | None = Field(default=None, sa_type=Text)
    currency: str = Field(default="VND", max_length=3)
    purchase: str = Field(default="", sa_type=Text)
    weather: str | None = Field(default=None, max_length=12)
    notes: str = Field(default="", sa_type=Text)


class KeptSuspicionRow(Row, table=True):
    """Why the evaluator leaves what looks like a contradiction as it is. It stands while the
    suspicion has the same ``fingerprint``."""

    __tablename__ = "kept_suspicion"
    __table_args__ = ({"sqlite_with_rowid": False},)
    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    key: str = Field(primary_key=True, sa_type=Text)
    fingerprint: str = Field(max_length=64)
    reason: str = Field(sa_type=Text)
    kept_at: datetime = Field(sa_type=Utc)


class AnswerRow(Row, table=True):
    """``value`` is JSON text, NULL without a value; ``evidence`` a JSON array of hashes."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("instance >= 0", name="instance"),
        {"sqlite_with_rowid": False},
    )
    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    question: str = Field(primary_key=True, sa_type=Text)
    instance: int = Field(default=0, primary_key=True)
    value: str | None = Field(default=None, sa_type=Text)
    not_applicable: bool = False
    comment: str = Field(default="", sa_type=Text)
    evidence: str = Field(default="[]", sa_type=Text)
    updated_at: datetime = Field(sa_type=Utc)
    later: bool = Field(default=False, sa_column_kwargs=OFF)


class StopwatchRow(Row, table=True):
    """A running stopwatch of a draft: when it was started. It survives a restart.
    ``clock_moved``: the clock of the computer was changed while it ran."""

    __tablename__ = "stopwatch"
    __table_args__ = (
        CheckConstraint("instance >= 0", name="instance"),
        {"sqlite_with_rowid": False},
    )
    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    question: str = Field(primary_key=True, sa_type=Text)
    instance: int = Field(default=0, primary_key=True)
    started_at: datetime = Field(sa_type=Utc)
    clock_moved: bool = Field(default=False, sa_column_kwargs=OFF)


class EvidenceRow(Row, table=True):
    """A file by the hash of its bytes. ``taken_at`` is the camera's local time, ISO text."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint(HASH.format("sha256"), name="hash"),
        CheckConstraint("bytes >= 0", name="bytes"),
    )
    sha256: str = Field(primary_key=True, max_length=64)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    media_type: str = Field(sa_type=Text)
    bytes: int
    width: int = 0
    height: int = 0
    taken_at: str | None = Field(default=None, sa_type=Text)
    created_at: datetime = Field(sa_type=Utc)


class VisitEvidenceRow(Row, table=True):
    """A file in a visit: what it was called there, and what the evaluator says of it. ``turn`` is
    how far its pictures are turned clockwise, in degrees."""

    __tablename__ = "visit_evidence"
    __table_args__ = (
        CheckConstraint(_in("kind", KINDS), name="kind"),
        {"sqlite_with_rowid": False},
    )
    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    sha256: str = Field(foreign_key="evidence.sha256", primary_key=True, index=True)
    name: str = Field(sa_type=Text)
    kind: str = Field(max_length=12)
    caption: str = Field(default="", sa_type=Text)
    added_at: datetime = Field(sa_type=Utc)
    turn: int = Field(default=0, sa_column_kwargs=OFF)


class VisitScoreRow(Row, table=True):
    """The final score of a revision. ``raw`` is an exact fraction as text ("250/3"); ``card`` is
    the whole scorecard as ``forms.score_json`` writes it."""

    __tablename__ = "visit_score"
    __table_args__ = ({"sqlite_with_rowid": False},)
    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    revision: int = Field(primary_key=True)
    engine: str = Field(sa_type=Text)
    raw: str | None = Field(default=None, sa_type=Text)
    score: str | None = Field(default=None, sa_type=Text)
    band: str | None = Field(default=None, sa_type=Text)
    passed: bool | None = None
    card: Any = Field(sa_type=Json, nullable=False)
    scored_at: datetime = Field(sa_type=Utc)


class SectionScoreRow(Row, table=True):
    """``percent`` is ``ratio`` as a float, for means over many visits; ``ratio`` is exact."""

    __tablename__ = "section_score"
    __table_args__ = ({"sqlite_with_rowid": False},)
    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    revision: int = Field(primary_key=True)
    section: str = Field(primary_key=True, sa_type=Text)
    earned: str = Field(sa_type=Text)
    possible: str = Field(sa_type=Text)
    ratio: str | None = Field(default=None, sa_type=Text)
    percent: float | None = None
    weight: str = Field(sa_type=Text)


class EventRow(Row, table=True):
    """The trail, append-only. ``hash`` chains ``previous`` with this row and its ``digest``."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint(HASH.format("digest"), name="digest"),
        CheckConstraint(HASH.format("hash"), name="hash"),
    )
    id: int | None = Field(default=None, primary_key=True)
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    at: datetime = Field(sa_type=Utc)
    kind: str = Field(max_length=40)
    digest: str = Field(max_length=64)
    previous: str = Field(max_length=64)
    hash: str = Field(unique=True, max_length=64)


class EventPayloadRow(Row, table=True):
    """Salt and words of an event, apart: erasing them leaves the chain whole."""

    __tablename__ = "event_payload"
    event_id: int = Field(foreign_key="event.id", primary_key=True)
    salt: str = Field(max_length=32)
    payload: str = Field(sa_type=Text)


def _table(row: type[Row]) -> Table:
    return cast(Table, row.__table__)  # type: ignore[attr-defined]


METADATA = Row.metadata
META = _table(MetaRow)
CLIENT = _table(ClientRow)
BRAND = _table(BrandRow)
REGION = _table(RegionRow)
LOCATION = _table(LocationRow)
PROGRAM = _table(ProgramRow)
WAVE = _table(WaveRow)
CHECKLIST = _table(ChecklistVersionRow)
ASSIGNMENT = _table(AssignmentRow)
VISIT = _table(VisitRow)
VISIT_FACT = _table(VisitFactRow)
KEPT_SUSPICION = _table(KeptSuspicionRow)
ANSWER = _table(AnswerRow)
STOPWATCH = _table(StopwatchRow)
EVIDENCE = _table(EvidenceRow)
VISIT_EVIDENCE = _table(VisitEvidenceRow)
VISIT_SCORE = _table(VisitScoreRow)
SECTION_SCORE = _table(SectionScoreRow)
EVENT = _table(EventRow)
EVENT_PAYLOAD = _table(EventPayloadRow)

#: What the database itself refuses, whoever asks; migrations create the same triggers.
TRIGGERS = ((EVENT.name, "UPDATE"), (EVENT.name, "DELETE"), (EVENT_PAYLOAD.name, "UPDATE"))


def trigger(table: str, action: str) -> str:
    """The statement that makes ``action`` on ``table`` fail."""
    return (
        f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


for _name, _action in TRIGGERS:
    _ddl = DDL(trigger(_name, _action))  # type: ignore[no-untyped-call]
    listening.listen(METADATA.tables[_name], "after_create", _ddl)

#: Every three letters of ``location.folded``, kept by triggers: words of a search are found among
#: 100,000 locations in under a millisecond, where a walk takes 30.
SEARCH = (
    (
        "CREATE VIRTUAL TABLE location_search USING fts5"
        "(folded, content='location', content_rowid='id', tokenize='trigram')"
    ),
    (
        "CREATE TRIGGER location_search_insert AFTER INSERT ON location BEGIN "
        "INSERT INTO location_search(rowid, folded) VALUES (new.id, new.folded); END"
    ),
    (
        "CREATE TRIGGER location_search_delete AFTER DELETE ON location BEGIN "
        "INSERT INTO location_search(location_search, rowid, folded) "
        "VALUES ('delete', old.id, old.folded); END"
    ),
    (
        "CREATE TRIGGER location_search_update AFTER UPDATE OF folded ON location BEGIN "
        "INSERT INTO location_search(location_search, rowid, folded) "
        "VALUES ('delete', old.id, old.folded); "
        "INSERT INTO location_search(rowid, folded) VALUES (new.id, new.folded); END"
    ),
)
for _statement in SEARCH:
    listening.listen(LOCATION, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
