"""Files of evidence that nothing names any more: found, shown, and removed when a person says so.

Named is what a row of the database, its trail, a backup or a set-aside database holds; a file that
is younger than a day may be on its way into a row.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, String, cast, select

from auditor.domain.work import Cancel
from auditor.store import failures, named
from auditor.store.evidence import GUARD, EvidenceFiles
from auditor.store.queries import issued
from auditor.store.tables import ANSWER, EVENT_PAYLOAD, EVIDENCE, VISIT
from auditor.store.units import Store

DAY = 24 * 3600.0
_HASH = re.compile(r"[0-9a-f]{64,}")


@dataclass(frozen=True, slots=True)
class Orphans:
    """``free``: what may be removed, with its bytes; ``kept``: how many files no row names, yet
    something else does, or they are too young."""

    free: tuple[Path, ...] = ()
    size: int = 0
    kept: int = 0


def find(store: Store, cancel: Cancel | None = None) -> Orphans:
    """Look at every name; no file is opened but the backups. Raises NotSavedError, Cancelled."""
    token = cancel or Cancel()
    lost = EvidenceFiles(store.folder).orphans(store.read(_rows))
    if not lost:
        return Orphans()
    try:
        others = store.read(_mentioned) | named.elsewhere(store.folder, token)
        free = [path for path in lost if path.name[:64] not in others and _is_old(path)]
        return Orphans(tuple(free), sum(p.stat().st_size for p in free), len(lost) - len(free))
    except OSError as error:
        raise failures.file_failure(error, store.folder) from error


def remove(store: Store, paths: Iterable[Path]) -> int:
    """Remove those of ``paths``, which ``find`` gave, that are still free; returns how many."""
    store.require_write()
    known, count = store.read(_rows) | store.read(_mentioned), 0
    try:
        for path in paths:
            with GUARD:  # the same photo may be attached anew at this moment
                if path.name[:64] not in known and path.exists() and _is_old(path):
                    path.unlink()
                    count += 1
    except OSError as error:
        raise failures.file_failure(error, store.folder) from error
    return count


def _rows(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(select(EVIDENCE.c.sha256)).scalars())


def _mentioned(connection: Connection) -> frozenset[str]:
    """What answers, trays and the trail name without a row, since Undo may want it back; and the
    pictures of reports that were issued, which are drawn again to verify one."""
    found: set[str] = set()
    for column in (ANSWER.c.evidence, VISIT.c.tray, EVENT_PAYLOAD.c.payload):
        for text in connection.execute(select(cast(column, String))).scalars():
            for run in _HASH.findall(text or ""):
                found.update(named.hashes(run))
    for body in issued.bodies(connection):
        found.update(_HASH.findall(_inflated(body)))
    return frozenset(found)


def _inflated(body: bytes) -> str:
    try:
        return zlib.decompress(body).decode("utf-8", "surrogatepass")
    except zlib.error:  # told where the report is verified
        return ""


def _is_old(path: Path) -> bool:
    """A file of the future is not: the clock was set back."""
    return time.time() - path.stat().st_mtime > DAY
