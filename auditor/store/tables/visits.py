"""Visits and all that belongs to one: facts, answers, scores."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field

from auditor.domain.visits import VisitStatus
from auditor.store.tables.base import EMPTY, NONE_YET, OFF, Row, among
from auditor.store.times import uuid7
from auditor.store.types import Json, Utc


class VisitRow(Row, table=True):
    """``score``, ``band`` and ``passed`` repeat the head of its ``visit_score`` for the lists.
    ``tray`` is a JSON array of the hashes of photos that wait for a question; ``last_scroll`` is
    how far the last card stood from the top of its page (px at 100 %), ``last_focus`` the part of
    it that had the focus."""

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint(among("status", tuple(VisitStatus)), name="status"),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("answered BETWEEN 0 AND total", name="progress"),
        CheckConstraint("photos >= 0", name="photos"),
        Index(None, "status"),
        Index(None, "location_id", "started_at"),
        Index(None, "evaluator_id", "location_id"),
        Index(None, "submitted_at"),
        Index(None, "evaluator", "status", "submitted_at", "wave_id"),
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
    evaluator_id: int | None = Field(default=None, foreign_key="evaluator.id")


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
