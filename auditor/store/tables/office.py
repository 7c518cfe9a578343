"""What an office makes of visits: roll-ups, corrective actions, templates, saved views."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field

from auditor.domain.actions import ActionStatus
from auditor.store.tables.base import EMPTY, Row, among
from auditor.store.times import uuid7
from auditor.store.types import Json, Utc
from forms.tags import Cause


class LocationRollupRow(Row, table=True):
    """What the lists show of a location's submitted visits, kept in the unit that changes them; it
    can be built again from them. ``score`` is of the last one that has a score, ``change`` from
    the one before it with the same checklist id; both as floats, to sort by."""

    __tablename__ = "location_rollup"
    __table_args__ = (
        Index(None, "last_at", "location_id"),
        Index(None, "score", "location_id"),
        Index(None, "change", "location_id"),
    )
    location_id: int = Field(foreign_key="location.id", primary_key=True)
    visits: int = 0
    last_visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    last_at: datetime | None = Field(default=None, sa_type=Utc)
    score: float | None = None
    band: str | None = Field(default=None, sa_type=Text)
    change: float | None = None


class CorrectiveActionRow(Row, table=True):
    """A finding that somebody puts right. ``finding`` and ``question`` say what was found in
    ``visit_id``; days are local. ``proof`` is a photo by its hash. ``folded`` is what a search
    looks in: finding, action and owner."""

    __tablename__ = "corrective_action"
    __table_args__ = (
        CheckConstraint(among("status", tuple(ActionStatus)), name="status"),
        CheckConstraint(among("cause", ("", *Cause)), name="cause"),
        CheckConstraint("instance >= 0", name="instance"),
        Index(None, "status", "due"),
        Index(None, "location_id", "status"),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    location_id: int = Field(foreign_key="location.id")
    program_id: int | None = Field(default=None, foreign_key="program.id", index=True)
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    question: str = Field(default="", sa_type=Text)
    instance: int = 0
    finding: str = Field(sa_type=Text)
    cause: str = Field(default="", max_length=12)
    action: str = Field(default="", sa_type=Text)
    owner: str = Field(default="", sa_type=Text)
    due: date | None = None
    status: str = Field(default=ActionStatus.OPEN.value, max_length=12)
    proof: str | None = Field(default=None, foreign_key="evidence.sha256")
    proof_name: str = Field(default="", sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(sa_type=Utc)
    closed_at: datetime | None = Field(default=None, sa_type=Utc)
    folded: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    version: int = 1


class ReportTemplateRow(Row, table=True):
    """Which parts of a report stand in which order: ``parts`` is a JSON array of their names, and
    of ``blank_actions`` where findings without an action get a row to write on."""

    __tablename__ = "report_template"
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    name: str = Field(unique=True, sa_type=Text)
    parts: Any = Field(default=(), sa_type=Json, nullable=False)
    cover: bool = False
    version: int = 1


class SavedViewRow(Row, table=True):
    """A filter and an order of a list, by the name that a person gave it. ``body`` is JSON."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("screen", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    screen: str = Field(max_length=20)
    name: str = Field(sa_type=Text)
    body: Any = Field(sa_type=Json, nullable=False)
    created_at: datetime = Field(sa_type=Utc)
