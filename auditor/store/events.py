"""The trail: append-only events, each chained to the one before by hashes.

The chain covers a digest of salt and payload, not the payload: erasing a person's words (the row
of ``event_payload``) leaves every hash valid. Tamper-evident, not tamper-proof.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from auditor.store.tables import EVENT, EVENT_PAYLOAD
from auditor.store.times import utc_text
from auditor.store.types import json_text
from auditor.store.units import Unit

START = "0" * 64


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """``payload`` is JSON text, None once erased."""

    id: int
    visit_id: int | None
    at: datetime
    kind: str
    payload: str | None


def append(unit: Unit, kind: str, visit_id: int | None, payload: Mapping[str, Any]) -> None:
    """Add an event to the trail, in the unit's transaction and at its moment."""
    text, salt = json_text(dict(payload)), secrets.token_hex(16)
    digest = payload_digest(salt, text)
    previous = head(unit.connection)
    row = {"visit_id": visit_id, "at": unit.at, "kind": kind, "digest": digest}
    key = unit.insert(
        insert(EVENT).values(
            **row, previous=previous, hash=link(previous, visit_id, unit.at, kind, digest)
        )
    )
    unit.execute(insert(EVENT_PAYLOAD).values(event_id=key, salt=salt, payload=text))


def head(connection: Connection) -> str:
    """The hash of the last event: it stands for the whole trail."""
    query = select(EVENT.c.hash).order_by(EVENT.c.id.desc()).limit(1)
    return connection.execute(query).scalar() or START


def payload_digest(salt: str, payload: str) -> str:
    return hashlib.sha256(f"{salt}\n{payload}".encode()).hexdigest()


def link(previous: str, visit_id: int | None, at: datetime, kind: str, digest: str) -> str:
    text = "\n".join((previous, str(visit_id or ""), utc_text(at), kind, digest))
    return hashlib.sha256(text.encode()).hexdigest()


def events(connection: Connection, visit_id: int | None = None) -> list[StoredEvent]:
    """The trail, or that of one visit, the oldest first."""
    query = (
        select(EVENT.c.id, EVENT.c.visit_id, EVENT.c.at, EVENT.c.kind, EVENT_PAYLOAD.c.payload)
        .select_from(EVENT.outerjoin(EVENT_PAYLOAD))
        .order_by(EVENT.c.id)
    )
    if visit_id is not None:
        query = query.where(EVENT.c.visit_id == visit_id)
    return [StoredEvent(*row) for row in connection.execute(query)]


def broken_links(connection: Connection) -> list[int]:
    """The ids of events that do not fit the chain or their payload."""
    query = (
        select(EVENT, EVENT_PAYLOAD.c.salt, EVENT_PAYLOAD.c.payload)
        .select_from(EVENT.outerjoin(EVENT_PAYLOAD))
        .order_by(EVENT.c.id)
    )
    previous, broken = START, []
    for row in connection.execute(query).mappings():
        expected = link(previous, row["visit_id"], row["at"], row["kind"], row["digest"])
        erased = row["payload"] is None
        whole = erased or payload_digest(row["salt"], row["payload"]) == row["digest"]
        if row["previous"] != previous or row["hash"] != expected or not whole:
            broken.append(row["id"])
        previous = row["hash"]
    return broken
