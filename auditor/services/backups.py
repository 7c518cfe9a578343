"""Backups of the workspace: made by themselves, made to take away, brought back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from auditor.domain.changes import Changes
from auditor.domain.errors import RefusedError
from auditor.domain.work import Cancel, Progress, silent
from auditor.store import backup, driver, failures, files, portable
from auditor.store.evidence import EvidenceFiles
from auditor.store.units import Store

EVERY = timedelta(minutes=30)


class Backups:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._changed = False
        store.subscribe(self._note)

    def _note(self, changes: Changes) -> None:
        self._changed = True

    def listed(self) -> tuple[Path, ...]:
        """The backups that lie in the workspace, newest first."""
        return backup.listed(self._store.folder)

    def due(self) -> bool:
        """Whether something changed since the last backup and that is half an hour old."""
        now = self._store.clock()
        made = (backup.made_at(path) for path in self.listed())
        # One of the future was made before the clock was set back: it says nothing about now.
        newest = next((moment for moment in made if moment and moment <= now), None)
        return self._changed and (newest is None or now - newest >= EVERY)

    def make(self) -> Path:
        """Write a checked copy of the database to ``backups/`` and thin the older ones.

        Evidence files never change, so the copy names them by their hash. It has a connection of
        its own: any thread may do it, and under WAL no save waits for it. Raises NotSavedError.
        """
        self._changed = False
        try:
            return self._make()
        except BaseException:
            self._changed = True
            raise

    def _make(self) -> Path:
        folder, now = self._store.folder, self._store.clock()
        try:
            with self._connection() as raw:
                path = backup.make(raw, folder, now)
            backup.thin(folder, now)
        except OSError as error:
            raise failures.file_failure(error, folder) from error
        return path

    def make_if_due(self) -> Path | None:
        """For idle time: a backup holds a save back for a moment."""
        return self.make() if self.due() else None

    def export(
        self,
        to: Path | None = None,
        *,
        progress: Progress = silent,
        cancel: Cancel | None = None,
    ) -> Path:
        """Write the whole workspace, evidence included, into one file; returns its path.

        ``to`` may be a folder; None is the workspace's own ``backups/``. Nothing is overwritten:
        raises RefusedError ``exists``; NotSavedError, Cancelled: then no file is left.
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
        with self._store.failures():
            connection = driver.connect(self._store.folder / driver.DATABASE)
            try:
                yield connection
            finally:
                connection.close()

    def _target(self, to: Path | None) -> Path:
        place = self._store.folder / "backups" if to is None else to
        if to is not None and not to.is_dir():
            if to.exists():
                raise RefusedError(
                    "exists", "{path} is there already. Choose another name.", path=to
                )
            return to
        return backup.fresh_name(place, self._store.clock(), portable.ENDING)
