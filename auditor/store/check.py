"""Whether a database file is ours, whole and of a version that this program knows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from auditor.store import driver


class Verdict(StrEnum):
    GOOD = "good"
    ABSENT = "absent"
    DAMAGED = "damaged"  # empty, truncated or garbage
    FOREIGN = "foreign"  # a database of another program


@dataclass(frozen=True, slots=True)
class Header:
    verdict: Verdict
    schema: int = 0


def header(path: Path) -> Header:
    """Judge the first 100 bytes, without SQLite: a foreign database is not touched.

    Raises OSError for a file that may not be read.
    """
    if not path.is_file():
        return Header(Verdict.ABSENT)
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or not head.startswith(driver.MAGIC):
        return Header(Verdict.DAMAGED)
    if int.from_bytes(head[68:72]) != driver.APPLICATION_ID:
        return Header(Verdict.FOREIGN)
    return Header(Verdict.GOOD, int.from_bytes(head[60:64]))


def quick_faults(connection: driver.Connection) -> tuple[str, ...]:
    """What ``quick_check`` finds; empty when the pages are whole. An empty file passes it."""
    return _faults(connection, "quick_check(5)")


def all_faults(connection: driver.Connection) -> tuple[str, ...]:
    """What the full check and the foreign keys find; slow on a big database."""
    broken = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
    orphans = tuple(f"{table}: row {row} has no {parent}" for table, row, parent, _ in broken)
    return _faults(connection, "integrity_check(5)") + orphans


def _faults(connection: driver.Connection, check: str) -> tuple[str, ...]:
    rows = connection.execute(f"PRAGMA {check}").fetchall()
    return tuple(str(row[0]) for row in rows if row[0] != "ok")


def is_good_copy(path: Path) -> bool:
    """Whether ``path`` is a whole database of ours, of this schema or an older one."""
    try:
        head = header(path)
        if head.verdict is not Verdict.GOOD or head.schema > driver.SCHEMA:
            return False
        connection = driver.connect(path)
    except (OSError, driver.Error):
        return False
    try:
        return not all_faults(connection)
    except driver.DatabaseError:
        return False
    finally:
        connection.close()
