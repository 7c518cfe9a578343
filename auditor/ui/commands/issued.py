"""Enter what lies on disk for a client as issued; read what was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from auditor.domain.issued import IssuedReport
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done

if TYPE_CHECKING:
    from auditor.services.issuing import Member, Missed, RenderedReport
    from auditor.services.workspace import Workspace
    from auditor.ui.commands.preview import Made

#: Reports of a run that are entered together: a few milliseconds of the lane each.
AT_ONCE = 10


def read_issued(workspace: Workspace, visit_id: int) -> tuple[IssuedReport, ...]:
    """Those of a visit, the newest first."""
    from auditor.store.queries import issued

    return tuple(workspace.read(issued.of_visit, visit_id))


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A location report; ``made`` None of one that was there already."""

    visit_id: int
    snapshot: str
    path: Path
    made: RenderedReport | None = None


def enter_made(
    context: AppContext, visit_id: int, made: Made, path: Path, failed: Done | None = None
) -> None:
    """A report that was looked at, and that a person saved or sent as ``path``."""
    context.ask(_enter_made, visit_id, made, path, failed=failed)


def _enter_made(workspace: Workspace, visit_id: int, made: Made, path: Path) -> None:
    from auditor.services import issuing

    pages = len(made.pdf.sizes)
    workspace.issuing.enter([issuing.copied(visit_id, made.snapshot, path, pages, made.sha256)])


def enter_many(workspace: Workspace, reports: Sequence[OnDisk]) -> Missed | None:
    """Those that were there already only where they are not entered yet."""
    from auditor.services import issuing

    entries = issuing.Entries(workspace.issuing)
    kept = [each for each in reports if each.made is None]
    lacking = workspace.issuing.lacking(issuing.seal_of(each.snapshot) for each in kept)
    for each in reports:
        if each.made is not None:
            entries.add(issuing.location(each.visit_id, each.snapshot, each.made))
        elif issuing.seal_of(each.snapshot) in lacking:
            entries.add_found(each.visit_id, each.snapshot, each.path)
    entries.flush()
    return entries.missed


def enter_pack(
    workspace: Workspace, wave_id: int | None, members: Sequence[Member], made: RenderedReport
) -> Missed | None:
    from auditor.services import issuing

    return issuing.enter_one(workspace.issuing, issuing.pack(wave_id, members, made))


def enter_program(
    workspace: Workspace, wave_id: int, snapshot: str, made: RenderedReport
) -> Missed | None:
    from auditor.services import issuing

    return issuing.enter_one(workspace.issuing, issuing.program(wave_id, snapshot, made))


class Entering(QObject):
    """The reports of a run, some at a time. ``missed(Missed)`` for each time they could not be
    entered; the files are there."""

    missed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting: list[OnDisk] = []

    def add(self, what: OnDisk) -> None:
        self._waiting.append(what)
        if len(self._waiting) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        waiting, self._waiting = tuple(self._waiting), []
        if waiting:
            self._context.ask(enter_many, waiting, done=partial(_tell, self))


def _tell(of: Entering, missed: Missed | None) -> None:
    if missed is not None:
        of.missed.emit(missed)
