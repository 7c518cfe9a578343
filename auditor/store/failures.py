"""What the driver's errors mean for a person. An error that is not here is a bug."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditor.domain.errors import NotSavedError, UserError, WorkspaceError
from auditor.store import driver
from auditor.words import mark
from forms.system import is_held

PERM, BUSY, LOCKED, READONLY, INTERRUPT, IOERR = 3, 5, 6, 8, 9, 10
CORRUPT, FULL, CANTOPEN, NOTADB = 11, 13, 14, 26
DAMAGE = (CORRUPT, NOTADB)

_FULL = mark(
    "The disk is full, so this was not saved. Free some space on the disk that holds {folder}, "
    "then try again."
)
_READONLY = mark(
    "This was not saved: {folder} may not be written. Allow writing there, then try again."
)
_FAILING = mark(
    "The disk did not take this, so it was not saved. Check the disk that holds {folder} and its "
    "free space, then try again."
)
_BUSY = mark(
    "Another program holds the data in {folder}, so this was not saved. Close that program, then "
    "try again."
)
_UNSAVED = {
    FULL: ("disk_full", _FULL),
    READONLY: ("read_only", _READONLY),
    IOERR: ("disk_error", _FAILING),
    CANTOPEN: ("disk_error", _FAILING),
    BUSY: ("busy", _BUSY),
    LOCKED: ("busy", _BUSY),
}
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_RIGHT = (errno.EROFS, errno.EACCES, errno.EPERM)

logger = logging.getLogger(__name__)


def primary_code(error: BaseException) -> int:
    """SQLite's primary result code, also of an error that SQLAlchemy passes on; 0 for one that
    does not come from SQLite."""
    origin = getattr(error, "orig", None) or error
    return int(getattr(origin, "sqlite_errorcode", None) or 0) & 0xFF


def explain(error: BaseException, folder: Path) -> UserError | None:
    """The sentence for an expected failure of the disk or the file; None for a bug."""
    code = primary_code(error)
    if code in DAMAGE:
        return damaged(folder / driver.DATABASE, None)
    return _unsaved(code, folder) if code in _UNSAVED else None


def _unsaved(code: int, folder: Path) -> NotSavedError:
    if code == CANTOPEN and folder.exists() and not os.access(folder, os.W_OK):
        code = READONLY
    name, sentence = _UNSAVED[code]
    return NotSavedError(name, sentence, folder=folder)


def damaged(database: Path, backup: Path | None) -> WorkspaceError:
    """``values["backup"]`` is the newest good backup as a path, None when there is none."""
    if backup is None:
        return WorkspaceError(
            "damaged",
            "The data file {database} is damaged, and no backup lies beside it. Restore a backup "
            "from another place; the damaged file is kept aside.",
            database=database,
            backup=None,
        )
    return WorkspaceError(
        "damaged",
        "The data file {database} is damaged. Restore the backup {backup}; the damaged file is "
        "kept aside.",
        database=database,
        backup=backup,
    )


@contextmanager
def expected(folder: Path) -> Iterator[None]:
    """Turn the driver's expected failures into UserErrors; leave bugs as they are."""
    try:
        yield
    except driver.Error as error:
        told = explain(error, folder)
        if told is None:
            raise
        raise told from error


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """What the disk of ``folder`` refuses, told of ``folder``; damage of what is read, an
    interruption and bugs are left to others."""
    try:
        yield
    except driver.Error as error:
        told = explain(error, folder)
        if not isinstance(told, NotSavedError):
            raise
        raise told from error


def file_failure(error: OSError, folder: Path) -> NotSavedError:
    """The sentence for a file that could not be written; what the system said is in the log."""
    logger.warning("the disk refused: %s", errno.errorcode.get(error.errno or 0, error.errno))
    if error.errno in NO_ROOM:
        return _unsaved(FULL, folder)
    if is_held(error):
        return _unsaved(BUSY, folder)
    return _unsaved(READONLY if error.errno in _NO_RIGHT else IOERR, folder)


def identity(database: str) -> tuple[int, int] | None:
    """What file lies at ``database``; None when there is none."""
    try:
        found = os.stat(database)  # noqa: PTH116 - on the path of every save
    except OSError:
        return None
    return found.st_dev, found.st_ino


def moved_away(folder: Path) -> NotSavedError:
    """The data file was deleted, moved or replaced while it was open."""
    return NotSavedError(
        "moved_away",
        "The data in {folder} was moved or deleted while it was open, so this was not saved. "
        "Put it back, then try again.",
        folder=folder,
    )
