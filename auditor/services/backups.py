"""Backups of the workspace: made by themselves, made to take away, brought back."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from auditor.domain.changes import Changes
from auditor.domain.errors import RefusedError
from auditor.domain.work import Cancel, Cancelled, Progress, silent
from auditor.store import backup, driver, failures, files, portable, reading
from auditor.store.backup import made_at
from auditor.store.evidence import EvidenceFiles
from auditor.store.units import Store

EVERY = timedelta(minutes=30)
#: After a backup that failed, the next one by itself is tried this much later.
AGAIN = timedelta(minutes=5)
#: How often a backup that is to end is told so.
NUDGE_SECONDS = 0.05


class Backups:
    """``make`` and ``export`` may run on any thread; ``stop`` ends one that runs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._guard = threading.Lock()
        self._idle = threading.Condition()
        #: What reads the database now; None for what is just opening or closing it.
        self._running: list[driver.Connection | None] = []
        self._stopped = False
        self._failed: datetime | None = None
        self._changed = store.write and self._differs()
        store.subscribe(self._note)

    def _note(self, changes: Changes) -> None:
        self._changed = True

    def listed(self) -> tuple[Path, ...]:
        """The backups that lie in the workspace, newest first."""
        return backup.listed(self._store.folder, self._store.clock())

    def newest(self) -> Path | None:
        """The newest copy of the database. One of the future was made before the clock was set
        back: it says nothing about now."""
        now = self._store.clock()
        own = (path for path in self.listed() if path.suffix == ".db")
        return next((path for path in own if (made := made_at(path)) and made <= now), None)

    def _differs(self) -> bool:
        """Whether the database was written to since its newest backup, by this session or one
        before that crashed: by the times of the files, which all come from the disk."""
        present = time.time_ns()
        copies = (path.stat().st_mtime_ns for path in self.listed() if path.suffix == ".db")
        copied = max((moment for moment in copies if moment <= present), default=0)
        database = self._store.folder / driver.DATABASE
        written = [path.stat() for path in (database, *driver.journals(database)) if path.exists()]
        return any(found.st_size and found.st_mtime_ns > copied for found in written)

    def due(self) -> bool:
        """Whether something changed since the last backup and that is half an hour old."""
        now, newest = self._store.clock(), self.newest()
        if not self._changed or (self._failed and timedelta(0) <= now - self._failed < AGAIN):
            return False
        made = None if newest is None else made_at(newest)
        return made is None or now - made >= EVERY

    def make(self) -> Path:
        """Write a checked copy of the database to ``backups/`` and thin the older ones.

        Evidence files never change, so the copy names them by their hash. It has a connection of
        its own: any thread may do it, and under WAL no save waits for it. Raises NotSavedError,
        WorkspaceError (bad_copy; read-only), Cancelled by ``stop``.
        """
        self._store.require_write()
        with self._guard:
            self._changed = False
            try:
                path = self._make()
            except BaseException:
                self._changed, self._failed = True, self._store.clock()
                raise
            self._failed = None
            return path

    def _make(self) -> Path:
        folder, now = self._store.folder, self._store.clock()
        try:
            with self._connection() as raw:
                # Else closing would write to the database after its backup: it would look changed.
                raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
                path = backup.make(raw, folder, now)
            backup.thin(folder, now)
        except OSError as error:
            raise failures.file_failure(error, folder) from error
        return path

    def stop(self) -> None:
        """End the backups that run and wait for them: nothing touches the database afterwards.
        Safe from any thread."""
        with self._idle:
            self._stopped = True
            while self._running:
                for connection in self._running:
                    if connection is not None:
                        connection.interrupt()  # which a statement that begins now would not hear
                self._idle.wait(NUDGE_SECONDS)

    def make_if_due(self) -> Path | None:
        """For idle time."""
        return self.make() if self.due() else None

    def export(
        self,
        to: Path | None = None,
        *,
        progress: Progress = silent,
        cancel: Cancel | None = None,
    ) -> Path:
        """Write the whole workspace, evidence included, into one file; returns its path.

        ``to`` may be a folder; None is the workspace's own ``backups/``. What was written is read
        back and compared. Nothing is overwritten: raises RefusedError ``exists``; WorkspaceError
        ``bad_copy``, NotSavedError, Cancelled: then no file is left.
        """
        final = self._target(to)
        copy = files.part_name(final.with_name(driver.DATABASE))
        evidence = EvidenceFiles(self._store.folder)
        try:
            files.make_folder(final.parent.absolute())
            with self._connection() as raw:
                backup.copy_database(raw, copy)
            at = self._store.clock()
            portable.write(final, copy, evidence, at, progress, cancel or Cancel())
        except OSError as error:
            raise failures.file_failure(error, final.parent) from error
        finally:
            with suppress(OSError):
                copy.unlink(missing_ok=True)
        return final

    @contextmanager
    def _connection(self) -> Iterator[driver.Connection]:
        """Another one than the store's. Raises NotSavedError, WorkspaceError, Cancelled."""
        with self._listed(None), self._store.failures(), self._opened() as connection:
            try:
                with self._listed(connection):
                    yield connection
            except driver.Error as error:
                if failures.primary_code(error) == failures.INTERRUPT:
                    raise Cancelled from error
                raise

    @contextmanager
    def _listed(self, connection: driver.Connection | None) -> Iterator[None]:
        """``stop`` waits for it, and interrupts it while it is open."""
        with self._idle:
            if self._stopped:
                raise Cancelled
            self._running.append(connection)
        try:
            yield
        finally:
            with self._idle:
                self._running.remove(connection)
                self._idle.notify_all()

    @contextmanager
    def _opened(self) -> Iterator[driver.Connection]:
        database = self._store.folder / driver.DATABASE
        if not self._store.write:
            with reading.open_to_read(database) as connection:
                connection.execute("PRAGMA query_only=OFF")  # it forbids VACUUM INTO, too
                yield connection
            return
        connection = driver.connect(database)
        try:
            yield connection
        finally:
            connection.close()

    def _target(self, to: Path | None) -> Path:
        place = self._store.folder / "backups" if to is None else to
        if to is not None:
            _require_name(to)
        if to is not None and not to.is_dir():
            if os.path.lexists(to):
                raise RefusedError(
                    "exists", "{path} is there already. Choose another name.", path=to
                )
            return to
        return backup.fresh_name(place, self._store.clock(), portable.ENDING)


def _require_name(path: Path) -> None:
    try:
        os.fspath(path).encode()
        path.is_dir()
    except (OSError, ValueError) as error:  # too long, half a character, a NUL
        name = os.fspath(path)[-200:].encode("utf-8", "replace").decode()
        raise RefusedError(
            "bad_name", "A file cannot have the name {path}. Choose another name.", path=name
        ) from error
