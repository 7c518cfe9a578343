"""Reports that were issued: which bytes, when, and what they were made of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from auditor.domain.issued import Kind
from auditor.store.tables.base import HASH, Row, among
from auditor.store.times import uuid7
from auditor.store.types import Utc


class IssuedReportRow(Row, table=True):
    """One file that was written for a client, append-only. ``seal`` is the hash of its snapshot,
    of a pack that of the seals in it; ``file_sha256`` that of its bytes. A location report that is
    bound into a pack has a row of its own, with the ``pack_id``, the file's hash and name, and its
    own pages."""

    __tablename__ = "issued_report"
    __table_args__ = (
        CheckConstraint(among("kind", tuple(Kind)), name="kind"),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint(HASH.format("seal"), name="seal"),
        CheckConstraint(HASH.format("file_sha256"), name="file"),
        CheckConstraint("(visit_id IS NOT NULL) = (kind IN ('location', 'bound'))", name="visit"),
        CheckConstraint("(pack_id IS NOT NULL) = (kind = 'bound')", name="pack"),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=uuid7, unique=True, max_length=36)
    kind: str = Field(max_length=12)
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    wave_id: int | None = Field(default=None, foreign_key="wave.id", index=True)
    pack_id: int | None = Field(default=None, foreign_key="issued_report.id", index=True)
    revision: int = 1
    language: str = Field(max_length=12)
    seal: str = Field(max_length=64, index=True)
    file_sha256: str = Field(max_length=64, index=True)
    pages: int
    template: str = Field(default="", sa_type=Text)
    file_name: str = Field(sa_type=Text)
    has_password: bool = False
    is_signed: bool = False
    issued_at: datetime = Field(sa_type=Utc)


class IssuedSnapshotRow(Row, table=True):
    """What reports of that seal say: the snapshot's JSON, deflated, without its ``checklist``,
    which stands once in ``checklist_version``. May be erased, never changed."""

    __tablename__ = "issued_snapshot"
    __table_args__ = (CheckConstraint(HASH.format("seal"), name="seal"),)
    seal: str = Field(primary_key=True, max_length=64)
    checklist: str | None = Field(default=None, foreign_key="checklist_version.sha256")
    body: bytes
