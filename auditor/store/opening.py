"""Opening a workspace: each thing that can be wrong with it is told before anything is touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from auditor.domain.errors import UserError, WorkspaceError
from auditor.domain.standing import OLDER
from auditor.domain.work import Progress, silent
from auditor.store import backup, check, driver, failures, files, folder, lineage, reading
from auditor.store.check import Verdict
from auditor.store.engine import make_engine
from auditor.store.lock import Lock, hold, holder
from auditor.store.tables import META, METADATA
from auditor.store.times import utc_text, uuid7
from auditor.store.units import Clock, Store, utc_now
from auditor.words import mark

CHECKED = lineage.FILE
#: Bytes of a database that is small enough to be checked at every start.
SMALL = 32 * 1024 * 1024
DAY = 24 * 3600.0
#: Bytes that a disk has left at least, to be no full one.
SPARE = 256 * 1024
#: Seconds after which a backup that nobody writes to any more is what a crash left.
UNTOUCHED = 3600.0


@dataclass(frozen=True, slots=True)
class Opened:
    """``warnings``: why the folder is a bad place. ``notes``: what was found wrong and went on."""

    store: Store
    lock: Lock | None
    warnings: tuple[folder.FolderWarning, ...]
    notes: tuple[folder.FolderWarning, ...] = ()
    reader: reading.Reader | None = None

    def close(self) -> None:
        if self.lock is not None:
            if not any(note.code == OLDER for note in self.notes):
                lineage.write_down(self.store.folder, self.store.raw)
            self.lock.end_well()  # before the journal goes: else a power cut looks like its loss
        try:
            self.store.close()
        finally:
            if self.reader is not None:
                self.reader.tidy()
            if self.lock is not None:
                self.lock.release()


def open_store(
    place: Path,
    *,
    write: bool = True,
    clock: Clock = utc_now,
    progress: Progress = silent,
    refusal: UserError | None = None,
) -> Opened:
    """Open the workspace in ``place``, made when it is new and ``write``.

    One that only reads changes nothing in the folder and says ``refusal`` to who would write.
    Raises WorkspaceError: no_workspace, read_only, no_access, not_a_folder, in_use, no_lock,
    damaged (``backup``: the newest good one), missing_database (the same), foreign, newer, older
    (when only reading), busy, disk_full, disk_error.
    """
    folder.prepare(place, create=write)
    if not write:
        return _open_to_read(place, clock, refusal)
    lock = hold(place)
    try:
        with told(place):
            _make_durable(place)
            backup.undo_exchange(place)
            if not (place / driver.DATABASE).exists():
                _make_or_refuse(place, write, clock)
            _judge(place, check.header(place / driver.DATABASE))
            unclean = _is_unclean(place)
            notes = tuple(_look_at_journal(place, clock, lock))
            raw = _connect(place, clock, progress, unclean=unclean)
            notes += _lineage(place, raw, lock)
    except BaseException:
        lock.release()
        raise
    store = Store(raw, place, write=True, clock=clock)
    return Opened(store, lock, folder.warnings(place), notes)


def _open_to_read(place: Path, clock: Clock, refusal: UserError | None) -> Opened:
    database = place / driver.DATABASE
    with told(place):
        if not database.exists():
            _make_or_refuse(place, False, clock)
        _judge(place, check.header(database))
        reader = reading.connect(database)
        try:
            _require_present_schema(place, driver.pragma(reader.raw, "user_version"))
            notes = tuple(lineage.notes(place, reader.raw, holder(place), write=False))
        except BaseException:
            reader.close()
            raise
    store = Store(reader.raw, place, write=False, clock=clock, refusal=refusal)
    return Opened(store, None, folder.warnings(place), notes, reader=reader)


@contextmanager
def told(place: Path) -> Iterator[None]:
    """What disk and driver refuse, as WorkspaceErrors."""
    database = place / driver.DATABASE
    try:
        yield
    except OSError as error:
        raise _as_workspace_error(failures.file_failure(error, place)) from error
    except (driver.Error, DBAPIError) as error:
        if failures.primary_code(error) in failures.DAMAGE:
            raise failures.damaged(database, backup.newest_good(place)) from error
        told = failures.explain(error, place)
        if told is None:
            raise
        raise _as_workspace_error(told) from error


def _look_at_journal(place: Path, clock: Clock, lock: Lock) -> Iterator[folder.FolderWarning]:
    """SQLite goes on without a journal that is gone or garbage, and without the commits in it: a
    journal of garbage is kept aside before SQLite writes over it, and both are told."""
    database = place / driver.DATABASE
    state = check.journal(database, cut_off=lock.cut_off is not None and lock.cut_off.host != "")
    if state is check.Journal.GARBAGE:
        aside = backup.set_journal_aside(place, clock())
        yield folder.FolderWarning(
            "journal_garbage",
            mark(
                "The journal of the last session was damaged and is kept in {folder}. Look "
                "whether your last answers are there; what is missing may be in a backup."
            ),
            aside,
        )
    if state is check.Journal.GONE:
        yield folder.FolderWarning(
            "journal_gone",
            mark(
                "The app was cut off last time, and its journal is no longer in {folder}. Look "
                "whether your last answers are there; what is missing may be in a backup."
            ),
            place,
        )


def _lineage(place: Path, raw: driver.Connection, lock: Lock) -> tuple[folder.FolderWarning, ...]:
    try:
        return tuple(lineage.notes(place, raw, lock.cut_off, write=True))
    except BaseException:
        raw.close()
        raise


def _as_workspace_error(told: UserError) -> UserError:
    """While opening nothing was typed yet: say that the folder cannot be used."""
    folder_ = told.values["folder"]
    code = told.code
    if code == "disk_error" and shutil.disk_usage(str(folder_)).free < SPARE:
        code = "disk_full"  # SQLite calls it an error when its index has no room
    if told.code == "busy":
        return WorkspaceError(
            "busy",
            "Another program holds the data in {folder}. Close that program, then open the "
            "workspace again.",
            folder=folder_,
        )
    return WorkspaceError(
        code,
        "The data in {folder} cannot be opened: the disk is full, failing or write-protected. "
        "Mend that, then open the workspace again.",
        folder=folder_,
    )


def _make_or_refuse(place: Path, write: bool, clock: Clock) -> None:
    strays = lineage.strays(place)
    if strays:
        raise WorkspaceError(
            "missing_database",
            mark(
                "The data file {database} is gone, but {name} lies beside it. Give that its name "
                "back, or restore it as a backup."
            ),
            database=place / driver.DATABASE,
            name=strays[0].name,
            backup=strays[0],
        )
    if _has_leftovers(place):
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


def _has_leftovers(place: Path) -> bool:
    """Whether a workspace was here, whose data file is gone."""
    return (
        bool(backup.listed(place))
        or any((place / folder.EVIDENCE).glob("*/*"))
        or any((place / folder.ASIDE).glob(f"*/{driver.DATABASE}"))
        or any(path.exists() for path in driver.journals(place / driver.DATABASE))
    )


def create_database(path: Path, at: datetime) -> None:
    """A new, empty database at ``path``, whole or not at all."""
    try:
        files.sync_way(path)
        with files.replacing(path) as part:
            _fill(part, at)
    except OSError as error:
        raise folder.unusable(path.parent, error) from error


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
        # Closing does it too, but says nothing when the disk refuses.
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
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


def _require_present_schema(place: Path, schema: int) -> None:
    """For who only reads: nothing can be brought up to date."""
    if schema > driver.SCHEMA:
        raise _newer(place)
    if schema < driver.SCHEMA:
        raise WorkspaceError(
            "older",
            "The workspace {folder} is of an older version. Open it once in the app, which "
            "brings it up to date after a backup.",
            folder=place,
        )


def _newer(place: Path) -> WorkspaceError:
    return WorkspaceError(
        "newer",
        "The workspace {folder} was written by a newer version of Mystery Auditor. Install that "
        "version; nothing was changed.",
        folder=place,
    )


def _connect(place: Path, clock: Clock, progress: Progress, *, unclean: bool) -> driver.Connection:
    raw = driver.connect(place / driver.DATABASE)
    try:
        schema = driver.pragma(raw, "user_version")
        if schema > driver.SCHEMA:
            raise _newer(place)
        progress(0, 0, "")
        _prepare_for_writing(raw, place, schema, clock(), unclean)
    except BaseException:
        raw.close()
        raise
    return raw


def _make_durable(place: Path) -> None:
    """A process that was killed may have written what it did not sync, commits too: from here on
    they are read as if they were on disk, so they must be."""
    for path in driver.journals(place / driver.DATABASE):
        if path.exists():
            files.sync_file(path)
    files.sync_folder(place)


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
    for name in (folder.EVIDENCE, folder.PRINTS, folder.THUMBS):
        files.make_folder(place / name)
        files.sweep(place / name)
    files.make_folder(place / folder.BACKUPS)
    files.sweep(place / folder.BACKUPS, older_than=UNTOUCHED)  # the shell may be at one
    files.sweep(place, below=False)
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
