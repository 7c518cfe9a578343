"""Reading a database in a place where nothing may be written: a locked folder, a full disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from auditor.store import driver, failures

#: SQLite wants a file beside the database, and may not make one.
_NO_ROOM_BESIDE = (
    failures.READONLY, failures.IOERR, failures.FULL, failures.CANTOPEN, failures.PERM,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """``copy`` holds the database where it could only be read elsewhere."""

    raw: driver.Connection
    copy: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        self.raw.close()
        self.tidy()

    def tidy(self) -> None:
        """Remove the copy; the connection is closed."""
        if self.copy is not None:
            self.copy.cleanup()


def connect(database: Path) -> Reader:
    """A connection that changes nothing in the folder, whatever may be written there.

    Raises driver.Error, OSError.
    """
    try:
        return Reader(_looking(driver.connect(database, look_only=True)))
    except driver.Error as error:
        if failures.primary_code(error) not in _NO_ROOM_BESIDE:
            raise
    if any(path.exists() and path.stat().st_size for path in driver.journals(database)):
        return _copied(database)  # its last commits are in the journal
    return Reader(_looking(driver.connect(database, still=True)))


@contextmanager
def open_to_read(database: Path) -> Iterator[driver.Connection]:
    reader = connect(database)
    try:
        yield reader.raw
    finally:
        reader.close()


def _copied(database: Path) -> Reader:
    folder = tempfile.TemporaryDirectory(prefix="mystery-auditor-", ignore_cleanup_errors=True)
    try:
        for path in (database, *driver.journals(database)):
            if path.exists():
                shutil.copyfile(path, Path(folder.name) / path.name)
        return Reader(_looking(driver.connect(Path(folder.name) / database.name)), folder)
    except BaseException:
        folder.cleanup()
        raise


def _looking(raw: driver.Connection) -> driver.Connection:
    """``raw``, once it has read something: before that SQLite opens nothing."""
    try:
        raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        raw.execute("PRAGMA query_only=ON")
    except BaseException:
        raw.close()
        raise
    return raw
