"""Files of evidence, by the hash of their bytes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from auditor.store.tables.base import HASH, OFF, Row, among
from auditor.store.times import uuid7
from auditor.store.types import Utc

KINDS = ("photo", "audio", "file", "signature")


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
        CheckConstraint(among("kind", KINDS), name="kind"),
        {"sqlite_with_rowid": False},
    )
    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    sha256: str = Field(foreign_key="evidence.sha256", primary_key=True, index=True)
    name: str = Field(sa_type=Text)
    kind: str = Field(max_length=12)
    caption: str = Field(default="", sa_type=Text)
    added_at: datetime = Field(sa_type=Utc)
    turn: int = Field(default=0, sa_column_kwargs=OFF)
