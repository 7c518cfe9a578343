"""What is asked, by whom, where and when: checklists, programs, waves, assignments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from auditor.store.tables.base import EMPTY, HASH, NONE_YET, OFF, ONE, Row
from auditor.store.times import uuid7
from auditor.store.types import Json, Utc

#: The currency of programs that are older than the column.
DONG = {"server_default": text("'VND'")}


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


class ProgramRow(Row, table=True):
    """``briefing`` and ``document`` (a file of evidence) are read before a visit; the flags say
    what its evaluators may see and write.

    ``target``, ``fee`` and ``expense_cap`` are exact decimals as text. ``windows`` is a JSON array
    of the days and hours in which a visit may be made; none: any. ``quota``: visits of a location
    in a wave. ``rotation``: waves, and ``lockout_days``: days, in which an evaluator does not come
    back to a location. ``most_visits``: of one evaluator in a wave, 0 for any number.
    ``template_id`` None: that of the client."""

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
    objectives: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    checklist_version_id: int | None = Field(default=None, foreign_key="checklist_version.id")
    target: str | None = Field(default=None, max_length=20)
    dayparts_only: bool = Field(default=True, sa_column_kwargs=ONE)
    receipt_needed: bool = Field(default=False, sa_column_kwargs=OFF)
    photos_least: int = Field(default=0, sa_column_kwargs=OFF)
    windows: Any = Field(default=(), sa_type=Json, nullable=False, sa_column_kwargs=NONE_YET)
    quota: int = Field(default=1, sa_column_kwargs=ONE)
    rotation: int = Field(default=0, sa_column_kwargs=OFF)
    lockout_days: int = Field(default=0, sa_column_kwargs=OFF)
    most_visits: int = Field(default=0, sa_column_kwargs=OFF)
    fee: str | None = Field(default=None, max_length=20)
    expense_cap: str | None = Field(default=None, max_length=20)
    currency: str = Field(default="VND", max_length=3, sa_column_kwargs=DONG)
    template_id: int | None = Field(default=None, foreign_key="report_template.id")
    active: bool = Field(default=True, sa_column_kwargs=ONE)
    version: int = Field(default=1, sa_column_kwargs=ONE)


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
    checklist_version_id: int | None = Field(default=None, foreign_key="checklist_version.id")
    target: str | None = Field(default=None, max_length=20)
    quota: int | None = None
    fee: str | None = Field(default=None, max_length=20)
    expense_cap: str | None = Field(default=None, max_length=20)
    version: int = Field(default=1, sa_column_kwargs=ONE)


class WaveQuotaRow(Row, table=True):
    """How many visits a location gets in a wave, where it is not what the wave says. 0: none."""

    __tablename__ = "wave_quota"
    __table_args__ = (
        UniqueConstraint("wave_id", "location_id"),
        CheckConstraint("quota >= 0", name="quota"),
    )
    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="wave.id")
    location_id: int = Field(foreign_key="location.id", index=True)
    quota: int


class EvaluatorRow(Row, table=True):
    """Who visits. Of all this only ``code`` may stand in what a client gets. ``folded`` is what a
    search looks in; ``languages`` and ``qualifications`` are JSON arrays of text."""

    __tablename__ = "evaluator"
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    code: str = Field(unique=True, sa_type=Text)
    name: str = Field(default="", sa_type=Text)
    contacts: str = Field(default="", sa_type=Text)
    languages: Any = Field(default=(), sa_type=Json, nullable=False)
    region_id: int | None = Field(default=None, foreign_key="region.id", index=True)
    qualifications: Any = Field(default=(), sa_type=Json, nullable=False)
    notes: str = Field(default="", sa_type=Text)
    active: bool = True
    folded: str = Field(default="", sa_type=Text)
    sort_code: str = Field(default="", sa_type=Text, index=True)
    sort_name: str = Field(default="", sa_type=Text, index=True)
    created_at: datetime = Field(sa_type=Utc)
    version: int = 1


class EvaluatorGradeRow(Row, table=True):
    """How good the work of an evaluator was, from time to time: ``grade`` 1 to 10."""

    __tablename__ = "evaluator_grade"
    __table_args__ = (CheckConstraint("grade BETWEEN 1 AND 10", name="grade"),)
    id: int | None = Field(default=None, primary_key=True)
    evaluator_id: int = Field(foreign_key="evaluator.id", index=True)
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    given_on: date
    grade: int
    note: str = Field(default="", sa_type=Text)


class AssignmentRow(Row, table=True):
    """A visit to be made: on ``planned_for``, or from ``not_before`` to ``due``. Days are local to
    the location. ``evaluator`` is the code. ``fee`` and ``expense_cap`` as in its program; None:
    what the wave or the program says. ``daypart``: the part of the day it is meant for."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index(None, "evaluator_id", "planned_for"),
        Index(None, "planned_for", "id"),
        Index(None, "due", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    location_id: int = Field(foreign_key="location.id", index=True)
    wave_id: int | None = Field(default=None, foreign_key="wave.id", index=True)
    planned_for: date | None = None
    due: date | None = None
    evaluator: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(sa_type=Utc)
    scenario: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    evaluator_id: int | None = Field(default=None, foreign_key="evaluator.id")
    not_before: date | None = None
    daypart: str | None = Field(default=None, max_length=12)
    fee: str | None = Field(default=None, max_length=20)
    expense_cap: str | None = Field(default=None, max_length=20)
    note: str = Field(default="", sa_type=Text, sa_column_kwargs=EMPTY)
    version: int = Field(default=1, sa_column_kwargs=ONE)
