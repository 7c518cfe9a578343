"""A workspace: one folder with everything a person's visits need, opened and closed as one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from auditor.domain.changes import Changes
from auditor.domain.work import Cancel, Progress, silent
from auditor.services import log
from auditor.services.backups import Backups
from auditor.services.checklists import Checklists
from auditor.services.evidence import Evidence
from auditor.services.folders import default_folder
from auditor.services.places import Places
from auditor.services.programs import Programs
from auditor.services.visits import Visits
from auditor.store import folder as folders
from auditor.store import opening, restoring
from auditor.store.tables import META
from auditor.store.units import Clock, utc_now

if TYPE_CHECKING:
    from auditor.services.reporting import Reports

P = ParamSpec("P")
T = TypeVar("T")
logger = logging.getLogger(__name__)

__all__ = ["Workspace", "default_folder", "recover", "restore_workspace"]


class Workspace:
    """All calls come from one thread at a time: in the window, the database lane."""

    def __init__(self, opened: opening.Opened) -> None:
        self._opened = opened
        self.store = opened.store
        self.folder = opened.store.folder
        #: Why the folder is a bad place (synced, network); shown, never a hindrance.
        self.warnings: tuple[folders.FolderWarning, ...] = opened.warnings
        self.writable = opened.store.write
        self._log = log.attach(self.folder) if self.writable else None
        self.checklists = Checklists(self.store)
        self.places = Places(self.store)
        self.programs = Programs(self.store)
        self.evidence = Evidence(self.store)
        self.visits = Visits(self.store, self.checklists, self.evidence)
        self.backups = Backups(self.store)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        write: bool = True,
        progress: Progress | None = None,
        clock: Clock = utc_now,
    ) -> Workspace:
        """Open the workspace in ``folder``; made when it is new and ``write``.

        Only one may write: raises WorkspaceError ``in_use``, and what ``opening`` names.
        """
        place = folder.expanduser().absolute()
        opened = opening.open_store(place, write=write, clock=clock, progress=progress or silent)
        workspace = cls(opened)
        for warning in workspace.warnings:
            logger.warning("%s", warning.text("en"))
        return workspace

    @cached_property
    def reports(self) -> Reports:
        """Snapshots and PDFs; loaded when the first one is asked for."""
        from auditor.services.reporting import Reports

        return Reports(self)

    def close(self) -> None:
        """Give the workspace free. Nothing waits to be written: every call wrote its own."""
        self._opened.close()
        if self._log is not None:
            log.detach(self._log)
            self._log = None

    def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a function of ``auditor.store.queries`` on one consistent state."""
        return self.store.read(query, *args, **kwargs)

    def subscribe(self, listener: Callable[[Changes], None]) -> None:
        """``listener`` hears of every commit, on the thread that made it."""
        self.store.subscribe(listener)

    def fact(self, key: str) -> str | None:
        """A fact kept with the workspace ("demo"), None when it is not there."""
        query = select(META.c.value).where(META.c.key == key)
        return self.store.read(lambda connection: connection.execute(query).scalar())

    def set_fact(self, key: str, value: str) -> None:
        new = upsert(META).values(key=key, value=value)
        with self.store.unit() as unit:
            unit.execute(new.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def restore_workspace(
    file: Path,
    folder: Path,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
    clock: Clock = utc_now,
) -> Path | None:
    """Bring a backup back into ``folder``; returns where the database from before is kept."""
    place = folder.expanduser().absolute()
    return restoring.restore(file, place, clock(), progress, cancel or Cancel())


def recover(folder: Path, *, clock: Clock = utc_now) -> Path | None:
    """Set a damaged database aside and begin an empty one; returns where the old one is kept.

    For a person whose workspace has no good backup; evidence files stay.
    """
    place = folder.expanduser().absolute()
    return restoring.start_empty(place, clock())
