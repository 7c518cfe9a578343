"""A workspace: one folder with everything a person's visits need, opened and closed as one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from auditor.domain.changes import Changes
from auditor.domain.errors import UserError, WorkspaceError
from auditor.domain.work import Cancel, Progress, silent
from auditor.services import log
from auditor.services.backups import Backups
from auditor.services.checklists import Checklists
from auditor.services.complaints import Complaints
from auditor.services.evaluators import Evaluators
from auditor.services.evidence import Evidence
from auditor.services.folders import default_folder
from auditor.services.places import Places
from auditor.services.programs import Programs
from auditor.services.saved_views import SavedViews
from auditor.services.visits import Visits
from auditor.store import folder as folders
from auditor.store import lineage, opening, restoring
from auditor.store.tables import META
from auditor.store.units import Clock, utc_now
from auditor.words import mark

if TYPE_CHECKING:
    from auditor.services.actions import Actions
    from auditor.services.assignment_lists import AssignmentLists
    from auditor.services.assignments import Assignments
    from auditor.services.branding import Brandings
    from auditor.services.evaluator_lists import EvaluatorLists
    from auditor.services.issuing import Issuing
    from auditor.services.location_lists import LocationLists
    from auditor.services.planning import Planning
    from auditor.services.program_reports import ProgramReports
    from auditor.services.reporting import Reports
    from auditor.services.results import Results
    from auditor.services.templates import Templates

P = ParamSpec("P")
T = TypeVar("T")
logger = logging.getLogger(__name__)

#: What stands in the way of writing, yet not of reading.
READABLE = ("read_only", "disk_full", "disk_error", "no_lock")

__all__ = ["Workspace", "default_folder", "recover", "restore_workspace"]


class Workspace:
    """All calls come from one thread at a time: in the window, the database lane."""

    def __init__(self, opened: opening.Opened) -> None:
        self._opened = opened
        self.store = opened.store
        self.folder = opened.store.folder
        #: Why the folder is a bad place (synced, network); shown, never a hindrance.
        self.warnings: tuple[folders.FolderWarning, ...] = opened.warnings
        #: What was found wrong at opening and went on.
        self.notes: tuple[folders.FolderWarning, ...] = opened.notes
        self.writable = opened.store.write
        #: Why it only reads, where something stood in the way of writing.
        self.refusal: UserError | None = opened.store.refusal
        self._log = log.attach(self.folder) if self.writable else None
        self.checklists = Checklists(self.store)
        self.places = Places(self.store)
        self.evidence = Evidence(self.store)
        self.programs = Programs(self.store, self.evidence, self.checklists)
        self.evaluators = Evaluators(self.store)
        self.saved_views = SavedViews(self.store)
        self.complaints = Complaints(self.store)
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
        refusal: UserError | None = None,
    ) -> Workspace:
        """Open the workspace in ``folder``; made when it is new and ``write``.

        Only one may write: raises WorkspaceError ``in_use``, and what ``opening`` names. One that
        reads says ``refusal`` to who would write.
        """
        place = folder.expanduser().absolute()
        opened = opening.open_store(
            place, write=write, clock=clock, progress=progress or silent, refusal=refusal
        )
        try:
            workspace = cls(opened)
        except BaseException:
            opened.close()
            raise
        for warning in (*workspace.warnings, *workspace.notes):
            logger.warning("%s", warning.text("en"))
        return workspace

    @classmethod
    def open_as_can(cls, folder: Path, *, read: UserError | None = None) -> Workspace:
        """``open``, to read where the disk refuses to be written; ``refusal`` says why then.

        ``read``: do not try to write, for this reason. Raises as ``open``.
        """
        refused = read
        if refused is None:
            try:
                return cls.open(folder)
            except WorkspaceError as error:
                if error.code not in READABLE:
                    raise
                refused = error
        try:
            return cls.open(folder, write=False, refusal=_read_only(folder, refused))
        except WorkspaceError as error:
            if error.code == "older":
                raise _cannot_update(folder) from refused
            if error.code in ("no_workspace", *READABLE):
                raise refused from error
            raise

    @cached_property
    def reports(self) -> Reports:
        """Snapshots and PDFs; loaded when the first one is asked for."""
        from auditor.services.reporting import Reports

        return Reports(self)

    @cached_property
    def issuing(self) -> Issuing:
        """Reports that were issued."""
        from auditor.services.issuing import Issuing

        return Issuing(self.store)

    @cached_property
    def location_lists(self) -> LocationLists:
        """Tables of locations in and out; loaded when the first one is."""
        from auditor.services.location_lists import LocationLists

        return LocationLists(self)

    @cached_property
    def results(self) -> Results:
        """Workbooks and tables of answers; loaded when the first one is."""
        from auditor.services.results import Results

        return Results(self)

    @cached_property
    def planning(self) -> Planning:
        """Waves planned and changed as a whole."""
        from auditor.services.planning import Planning

        return Planning(self.store, self.checklists)

    @cached_property
    def assignments(self) -> Assignments:
        """Visits to be made, one or several at a time."""
        from auditor.services.assignments import Assignments

        return Assignments(self.store, self.checklists)

    @cached_property
    def program_reports(self) -> ProgramReports:
        """Reports of whole waves; loaded when the first one is asked for."""
        from auditor.services.program_reports import ProgramReports

        return ProgramReports(self)

    @cached_property
    def evaluator_lists(self) -> EvaluatorLists:
        """Tables of evaluators in and out."""
        from auditor.services.evaluator_lists import EvaluatorLists

        return EvaluatorLists(self)

    @cached_property
    def assignment_lists(self) -> AssignmentLists:
        """Tables of assignments in and out."""
        from auditor.services.assignment_lists import AssignmentLists

        return AssignmentLists(self)

    @cached_property
    def brandings(self) -> Brandings:
        """Looks of brands and of their clients' reports."""
        from auditor.services.branding import Brandings

        return Brandings(self.store, self.evidence)

    @cached_property
    def templates(self) -> Templates:
        """Which parts reports have."""
        from auditor.services.templates import Templates

        return Templates(self.store)

    @cached_property
    def actions(self) -> Actions:
        """Corrective actions."""
        from auditor.services.actions import Actions

        return Actions(self)

    def close(self) -> None:
        """Give the workspace free. Nothing waits to be written: every call wrote its own."""
        self.backups.stop()
        try:
            self._opened.close()
        finally:
            if self._log is not None:
                log.detach(self._log)
                self._log = None

    def accept(self) -> None:
        """What is here is what there is, older or not: the next start goes by it."""
        lineage.write_down(self.folder, self.store.raw)

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
        self.set_facts({key: value})

    def set_facts(self, facts: Mapping[str, str]) -> None:
        """All of them or none."""
        with self.store.unit() as unit:
            for key, value in facts.items():
                new = upsert(META).values(key=key, value=value)
                changed = {"value": value}
                unit.execute(new.on_conflict_do_update(index_elements=["key"], set_=changed))


_READ_ONLY = {
    "read_only": mark(
        "Read only: the folder {folder} may not be written. Allow writing there, then choose Try "
        "again."
    ),
    "disk_full": mark(
        "Read only: the disk that holds {folder} is full. Free some space, then choose Try again."
    ),
    "disk_error": mark(
        "Read only: the disk that holds {folder} takes nothing. Check it, then choose Try again."
    ),
    "no_lock": mark(
        "Read only: the disk that holds {folder} cannot keep a second window out. Copy the "
        "workspace to a disk of this computer."
    ),
}


def _read_only(folder: Path, refused: UserError) -> UserError:
    """What each command that would write says, and the window all the time."""
    sentence = _READ_ONLY.get(refused.code)
    return WorkspaceError(refused.code, sentence, folder=folder) if sentence else refused


def _cannot_update(folder: Path) -> WorkspaceError:
    return WorkspaceError(
        "older",
        "The workspace {folder} was written by an older version and must be brought up to date, "
        "but nothing can be written there. Allow writing, or copy it to another folder.",
        folder=folder,
    )


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
