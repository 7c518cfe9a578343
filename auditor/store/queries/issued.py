"""Reports that were issued, the newest first."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, select

from auditor.domain.issued import IssuedReport, Kind
from auditor.store.tables import (
    CHECKLIST,
    EVENT,
    EVENT_PAYLOAD,
    ISSUED_REPORT,
    ISSUED_SNAPSHOT,
    VISIT,
    WAVE,
)

_R = ISSUED_REPORT.c
#: The event of an entry; its payload names each file: the uid of its row, seal and hash.
ENTERED = "reports.issued"
#: Names in one question to SQLite.
MANY = 500


def _reports() -> Select[Any]:
    columns = [column for column in ISSUED_REPORT.c if column.name != "uid"]
    return select(*columns).order_by(_R.id.desc())


def _records(connection: Connection, query: Select[Any]) -> list[IssuedReport]:
    rows = connection.execute(query).mappings()
    return [IssuedReport(**{**row, "kind": Kind(row["kind"])}) for row in rows]


def of_visit(connection: Connection, visit_id: int) -> list[IssuedReport]:
    """Those of one visit, bound ones among them."""
    return _records(connection, _reports().where(_R.visit_id == visit_id))


def of_file(connection: Connection, sha256: str) -> list[IssuedReport]:
    """Files of these bytes; of a pack the pack alone."""
    query = _reports().where(_R.file_sha256 == sha256, _R.pack_id.is_(None))
    return _records(connection, query)


def of_seal(connection: Connection, seal: str) -> list[IssuedReport]:
    """Files that say this, whatever their bytes, bound ones among them."""
    return _records(connection, _reports().where(_R.seal == seal))


def in_pack(connection: Connection, pack_id: int) -> list[IssuedReport]:
    """What is bound in a pack, in its order."""
    query = _reports().where(_R.pack_id == pack_id).order_by(None).order_by(_R.id)
    return _records(connection, query)


def last_before(connection: Connection, visit_id: int, revision: int) -> IssuedReport | None:
    """The newest report of an earlier revision of the visit: the paper that its reader has."""
    query = _reports().where(_R.visit_id == visit_id, _R.revision < revision)
    query = query.order_by(None).order_by(_R.revision.desc(), _R.id.desc()).limit(1)
    found = _records(connection, query)
    return found[0] if found else None


def why_opened(connection: Connection, visit_id: int, since: int) -> str:
    """Why the visit was sent back since revision ``since``, as it was told last; "" where nobody
    said, or the words were erased."""
    query = (
        select(EVENT_PAYLOAD.c.payload)
        .select_from(EVENT.join(EVENT_PAYLOAD))
        .where(EVENT.c.visit_id == visit_id, EVENT.c.kind == "visit.sent_back")
        .order_by(EVENT.c.id.desc())
    )
    for payload in connection.execute(query).scalars():
        told = json.loads(payload)
        if told.get("revision", 0) >= since and told.get("reason"):
            return str(told["reason"])
    return ""


def known_seals(connection: Connection, seals: Collection[str]) -> set[str]:
    """Those of ``seals`` that a file was issued with by itself, not bound."""
    found: set[str] = set()
    wanted = sorted(seals)
    for at in range(0, len(wanted), MANY):
        query = select(_R.seal).where(_R.seal.in_(wanted[at : at + MANY]), _R.pack_id.is_(None))
        found.update(connection.execute(query).scalars())
    return found


def snapshot(connection: Connection, seal: str) -> tuple[bytes, str | None] | None:
    """What is kept of the snapshot of that seal, with the canonical checklist that belongs into
    it; None where it was erased."""
    query = (
        select(ISSUED_SNAPSHOT.c.body, CHECKLIST.c.canonical)
        .select_from(ISSUED_SNAPSHOT.outerjoin(CHECKLIST))
        .where(ISSUED_SNAPSHOT.c.seal == seal)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else (bytes(row.body), row.canonical)


def count(connection: Connection) -> int:
    """How many files were issued."""
    query = select(func.count()).select_from(ISSUED_REPORT).where(_R.pack_id.is_(None))
    return int(connection.execute(query).scalar_one())


def altered(connection: Connection) -> int:
    """How many files are entered otherwise than the trail tells, or only in one of the two; those
    whose words in the trail were erased are not looked at."""
    told: set[str] = set()
    query = (
        select(EVENT_PAYLOAD.c.payload)
        .select_from(EVENT.outerjoin(EVENT_PAYLOAD))
        .where(EVENT.c.kind == ENTERED)
    )
    erased = False
    for payload in connection.execute(query).scalars():
        erased |= payload is None
        told |= set() if payload is None else set(json.loads(payload)["reports"])
    rows = select(_R.uid, _R.seal, _R.file_sha256).where(_R.pack_id.is_(None))
    kept = {f"{row.uid} {row.seal} {row.file_sha256}" for row in connection.execute(rows)}
    wrong = told - kept if erased else told ^ kept
    return len({words.split()[0] for words in wrong})


def bodies(connection: Connection) -> Iterator[bytes]:
    """What is kept of every snapshot."""
    for body in connection.execute(select(ISSUED_SNAPSHOT.c.body)).scalars():
        yield bytes(body)


def astray(connection: Connection) -> list[IssuedReport]:
    """Rows that name a visit, a wave or a pack that is not here: nobody wrote such."""
    query = _reports().select_from(
        ISSUED_REPORT.outerjoin(VISIT, _R.visit_id == VISIT.c.id).outerjoin(
            WAVE, _R.wave_id == WAVE.c.id
        )
    )
    packs = ISSUED_REPORT.alias("pack")
    lost_pack = (
        _R.pack_id.is_not(None) & ~select(packs.c.id).where(packs.c.id == _R.pack_id).exists()
    )
    return _records(
        connection,
        query.where(
            (_R.visit_id.is_not(None) & VISIT.c.id.is_(None))
            | (_R.wave_id.is_not(None) & WAVE.c.id.is_(None))
            | lost_pack
        ),
    )
