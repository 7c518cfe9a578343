"""Opening a workspace: each thing that can be wrong with it is told before anything is touched."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert

from auditor.domain.errors import UserError, WorkspaceError
from auditor.domain.work import Progress, silent
from auditor.store import backup, check, driver, failures, files, folder
from auditor.store.check import Verdict
from auditor.store.engine import make_engine
from auditor.store.lock import Lock
from auditor.store.tables import META, METADATA
from auditor.store.times import utc_text, uuid7
from auditor.store.units import Clock, Store, utc_now
from auditor.words import mark

#: Its time is that of the last check of the whole database.
CHECKED = "workspace.checked"
#: Bytes of a database that is small enough to be checked at every start.
SMALL = 32 * 1024 * 1024
DAY = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Opened:
    store: Store
    lock: Lock | None
    warnings: tuple[folder.FolderWarning, ...]

    def close(self) -> None:
        try:
            self.store.close()
        finally:
            if self.lock is not None:
                self.lock.release()


def open_store(
    place: Path, *, write: bool = True, clock: Clock = utc_now, progress: Progress = silent
) -> Opened:
    """Open the workspace in ``place``, made when it is new and ``write``.

    Raises WorkspaceError: no_workspace, read_only, not_a_folder, in_use, damaged (``backup``: the
    newest good one), missing_database (the same), foreign, newer, older (when only reading).
    """
    folder.prepare(place, create=write)
    lock = _lock(place) if write else None
    try:
        store = _open(place, write, clock, progress)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return Opened(store, lock, folder.warnings(place))


def _lock(place: Path) -> Lock:
    try:
        return Lock(place)
    except OSError as error:
        raise folder.unusable(place) from error


def _open(place: Path, write: bool, clock: Clock, progress: Progress) -> Store:
    database = place / driver.DATABASE
    if not database.exists():
        _make_or_refuse(place, write, clock)
    try:
        _judge(place, check.header(database))
        raw = _connect(place, write, clock, progress)
    except OSError as error:
        raise _as_workspace_error(failures.file_failure(error, place)) from error
    except driver.Error as error:
        if failures.primary_code(error) in failures.DAMAGE:
            raise failures.damaged(database, backup.newest_good(place)) from error
        told = failures.explain(error, place)
        if told is None:
            raise
        raise _as_workspace_error(told) from error
    return Store(raw, place, write=write, clock=clock)


def _as_workspace_error(told: UserError) -> UserError:
    """While opening nothing was typed yet: say that the folder cannot be used."""
    folder_ = told.values["folder"]
    if told.code == "busy":
        return WorkspaceError(
            "busy",
            "Another program holds the data in {folder}. Close that program, then open the "
            "workspace again.",
            folder=folder_,
        )
    return WorkspaceError(
        told.code,
        "The data in {folder} cannot be opened: the disk is full, failing or write-protected. "
        "Mend that, then open the workspace again.",
        folder=folder_,
    )


def _make_or_refuse(place: Path, write: bool, clock: Clock) -> None:
    leftovers = (
        backup.listed(place)
        or any((place / folder.EVIDENCE).glob("*/*"))
        or any(path.exists() for path in driver.journals(place / driver.DATABASE))
    )
    if leftovers:
        good = backup.newest_good(place)
        raise WorkspaceError(
            "missing_database",
            mark(
                "The data file {database} is gone, but its evidence or backups are there. Put it "
                "back, or restore the backup {backup}."
            )
            if good
            else mark(
                "The data file {database} is gone, but its evidence is there. Put it back, or "
                "restore a backup from another place."
            ),
            database=place / driver.DATABASE,
            backup=good,
        )
    if not write:
        raise folder.no_workspace(place)
    create_database(place / driver.DATABASE, clock())


def create_database(path: Path, at: datetime) -> None:
    """A new, empty database at ``path``, whole or not at all."""
    try:
        with files.replacing(path) as part:
            _fill(part, at)
    except OSError as error:
        raise folder.unusable(path.parent) from error


def _fill(path: Path, at: datetime) -> None:
    raw = driver.connect(path)
    try:
        raw.execute(f"PRAGMA application_id={driver.APPLICATION_ID}")
        driver.settle(raw)
        engine = make_engine(raw)
        with engine.begin() as connection:
            METADATA.create_all(connection)
            facts = {"uid": uuid7(), "created_at": utc_text(at), "visits": "0"}
            rows = [{"key": key, "value": value} for key, value in facts.items()]
            connection.execute(insert(META), rows)
            for statement in stamp(driver.SCHEMA):
                connection.exec_driver_sql(statement)
    finally:
        raw.close()


def stamp(schema: int) -> tuple[str, ...]:
    """What Alembic would have written, had it made the tables."""
    table = (
        "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL, \n"
        "\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)"
    )
    return (
        table,
        f"INSERT INTO alembic_version (version_num) VALUES ('{schema:04d}')",
        f"PRAGMA user_version={schema}",
    )


def _judge(place: Path, head: check.Header) -> None:
    database = place / driver.DATABASE
    if head.verdict is Verdict.DAMAGED:
        raise failures.damaged(database, backup.newest_good(place))
    if head.verdict is Verdict.FOREIGN:
        raise WorkspaceError(
            "foreign",
            "{database} belongs to another program and was not touched. Choose another folder for "
            "the workspace.",
            database=database,
        )
    if head.schema > driver.SCHEMA:
        raise _newer(place)


def _newer(place: Path) -> WorkspaceError:
    return WorkspaceError(
        "newer",
        "The workspace {folder} was written by a newer version of Mystery Auditor. Install that "
        "version; nothing was changed.",
        folder=place,
    )


def _connect(place: Path, write: bool, clock: Clock, progress: Progress) -> driver.Connection:
    unclean = _is_unclean(place)
    raw = driver.connect(place / driver.DATABASE)
    try:
        schema = driver.pragma(raw, "user_version")
        if schema > driver.SCHEMA:
            raise _newer(place)
        if write:
            progress(0, 0, "")
            _prepare_for_writing(raw, place, schema, clock(), unclean)
        elif schema < driver.SCHEMA:
            raise WorkspaceError(
                "older",
                "The workspace {folder} is of an older version. Open it once in the app, which "
                "brings it up to date after a backup.",
                folder=place,
            )
        driver.settle(raw) if write else raw.execute("PRAGMA query_only=ON")
    except BaseException:
        raw.close()
        raise
    return raw


def _is_unclean(place: Path) -> bool:
    """Whether the last one to write ended without closing: its journal is still there."""
    journals = driver.journals(place / driver.DATABASE)
    return any(path.exists() and path.stat().st_size for path in journals)


def _wants_check(place: Path, unclean: bool, at: datetime) -> bool:
    """A check reads the whole file (4 ms a megabyte): of a big one that was closed well, once a
    day is enough, since every backup is checked too."""
    small = (place / driver.DATABASE).stat().st_size <= SMALL
    return small or unclean or not _is_recent(place / CHECKED, at)


def _is_recent(mark_: Path, at: datetime) -> bool:
    age = at.timestamp() - mark_.stat().st_mtime if mark_.exists() else -1.0
    return 0 <= age < DAY


def _note_check(place: Path, at: datetime) -> None:
    (place / CHECKED).touch()
    os.utime(place / CHECKED, (at.timestamp(), at.timestamp()))


def _tidy(place: Path) -> None:
    """Make the folders; remove what a crash left unfinished. The lock is held: nobody is at it."""
    for name in (folder.EVIDENCE, folder.PRINTS, folder.THUMBS, folder.BACKUPS):
        files.make_folder(place / name)
        files.sweep(place / name)
    files.clear(place, folder.RESTORING)


def _prepare_for_writing(
    raw: driver.Connection, place: Path, schema: int, at: datetime, unclean: bool
) -> None:
    if _wants_check(place, unclean, at):
        if check.quick_faults(raw):
            raise failures.damaged(place / driver.DATABASE, backup.newest_good(place))
        _note_check(place, at)
    driver.settle(raw)
    _tidy(place)
    if schema < driver.SCHEMA:
        from auditor.store.migrate import migrate

        backup.make(raw, place, at)
        migrate(raw)
