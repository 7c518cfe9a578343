"""Facts of the workspace and the trail of what was done in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from auditor.store.tables.base import HASH, Row
from auditor.store.types import Utc


class MetaRow(Row, table=True):
    """Facts of the workspace: its uid, counters, the time of the last check."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)


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
