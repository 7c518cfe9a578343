"""The SQLite driver: which one, how it is set, what its errors mean. No SQLAlchemy here.

``sqlcipher3`` carries a SQLite of its own that is newer than that of Python 3.11; without a key
it is plain SQLite. Where it has no wheel the standard ``sqlite3`` serves.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import sqlite3


def _driver() -> Any:
    try:
        return importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")


module: Any = _driver()
Connection: TypeAlias = "sqlite3.Connection"
Error: type[Exception] = module.Error
DatabaseError: type[Exception] = module.DatabaseError

DATABASE = "workspace.db"
#: "MAud" in the file's header: this file is a workspace of ours.
APPLICATION_ID = 0x4D417564
#: ``user_version`` of the newest migration.
SCHEMA = 6
MAGIC = b"SQLite format 3\x00"
BUSY_SECONDS = 5
#: Before, SQLite lets no trigger write to a full-text index of a schema that is not trusted.
INDEX_IS_HARMLESS = (3, 44)


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether two connections may share a WAL database: the fix is in 3.51.3, 3.50.7, 3.44.6."""
    return (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )


def durability(version: tuple[int, ...]) -> tuple[str, str]:
    """``journal_mode`` and ``synchronous`` that lose no acknowledged commit in a power cut."""
    return ("WAL", "FULL") if wal_is_safe(version) else ("DELETE", "EXTRA")


JOURNAL, SYNCHRONOUS = durability(module.sqlite_version_info)


def connect(path: Path, *, look_only: bool = False, still: bool = False) -> Connection:
    """A connection that begins no transaction by itself and touches nothing in the file yet.

    ``settle`` must follow before the first write. One that may look only leaves the journal of a
    crash where it is; any other folds it in when it closes. ``still`` is for a file that nobody
    writes to meanwhile: it needs no file beside it, and looks at no journal.
    """
    options = "?mode=ro&immutable=1" if still else "?mode=ro"
    connection: Connection = module.connect(
        f"{uri(path.absolute())}{options}" if look_only or still else str(path),
        uri=look_only or still,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    trusted = "OFF" if module.sqlite_version_info >= INDEX_IS_HARMLESS else "ON"
    for pragma in ("foreign_keys=ON", f"trusted_schema={trusted}", "cell_size_check=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def uri(path: PurePath) -> str:
    """SQLite takes no name of a computer in an address: in that of a shared folder it stands in
    the path."""
    plain = path.as_uri()
    return plain if plain.startswith("file:///") else plain.replace("file://", "file:////", 1)


def settle(connection: Connection) -> None:
    """Set journal and synchronous so that a commit that returned survives a power cut."""
    mode = connection.execute(f"PRAGMA journal_mode={JOURNAL}").fetchone()[0]
    strict = SYNCHRONOUS if mode.upper() == "WAL" else "EXTRA"
    connection.execute(f"PRAGMA synchronous={strict}")
    if sys.platform == "darwin":  # a plain fsync on macOS stops at the drive's cache
        connection.execute("PRAGMA fullfsync=ON")
        connection.execute("PRAGMA checkpoint_fullfsync=ON")


def journals(database: Path) -> tuple[Path, ...]:
    """The files beside ``database`` that hold commits of it, or the way back from half of one."""
    return tuple(database.with_name(database.name + ending) for ending in ("-wal", "-journal"))


def pragma(connection: Connection, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]
