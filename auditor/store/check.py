"""Whether a database file is ours, whole and of a version that this program knows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from auditor.store import driver, failures

#: The databases that this process has open, by ``failures.identity``.
LIVE: Counter[tuple[int, int] | None] = Counter()


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

    One that this process has open is known to be ours: closing another descriptor of it would
    drop the locks that SQLite holds on it. Raises OSError for a file that may not be read, and
    driver.Error for one that is open.
    """
    if not path.is_file():
        return Header(Verdict.ABSENT)
    if failures.identity(str(path)) in LIVE:
        return Header(Verdict.GOOD, _live_schema(path))
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or not head.startswith(driver.MAGIC):
        return Header(Verdict.DAMAGED)
    if int.from_bytes(head[68:72]) != driver.APPLICATION_ID:
        return Header(Verdict.FOREIGN)
    return Header(Verdict.GOOD, int.from_bytes(head[60:64]))


def _live_schema(path: Path) -> int:
    connection = driver.connect(path, look_only=True)
    try:
        return int(driver.pragma(connection, "user_version"))
    finally:
        connection.close()


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


#: How a WAL file begins: one of these, big-endian.
_WAL_MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_WAL_HEADER = 32


class Journal(StrEnum):
    GOOD = "good"  # one that fits, or none where none is missing
    GARBAGE = "garbage"  # SQLite would throw it away without a word
    GONE = "gone"


def journal(database: Path, *, cut_off: bool) -> Journal:
    """Judge the WAL beside ``database``, whose last writer was ``cut_off``. Raises OSError."""
    wal = driver.journals(database)[0]
    if not wal.exists():
        with database.open("rb") as file:
            in_wal_mode = file.read(20)[18:19] == b"\x02"
        return Journal.GONE if cut_off and in_wal_mode else Journal.GOOD
    with wal.open("rb") as file:
        head = file.read(_WAL_HEADER)
    if not head:
        return Journal.GOOD
    whole = len(head) == _WAL_HEADER and head.startswith(_WAL_MAGIC)
    return Journal.GOOD if whole else Journal.GARBAGE


def is_good_copy(path: Path, *, still: bool = False) -> bool:
    """Whether ``path`` is a whole database of ours, of this schema or an older one. ``still``: a
    journal beside it is left as it is."""
    try:
        head = header(path)
        if head.verdict is not Verdict.GOOD or head.schema > driver.SCHEMA:
            return False
        connection = driver.connect(path, still=still)
    except (OSError, driver.Error):
        return False
    try:
        return not all_faults(connection)
    except driver.DatabaseError:
        return False
    finally:
        connection.close()
