"""Many reports in one go, one file each: paused, stopped, gone on with, tried again."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from auditor.domain.report_choice import AS_SET, Worn
from auditor.ui.commands.issued import Entering, OnDisk
from auditor.ui.commands.reports import Failed, Inputs, read_inputs
from auditor.ui.context import AppContext
from auditor.ui.report.pdf import open_pdf
from auditor.ui.tasks import RenderWorker
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.domain.branding import TemplateRecord
    from auditor.services.issuing import Missed
    from auditor.services.report_files import Beside, Place, Shelf
    from auditor.services.workspace import Workspace

LOG = logging.getLogger("auditor")

#: Processes of a batch, at most.
WORKERS = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """Reports to be made in one go, one file each, into ``folder``."""

    visits: tuple[int, ...]
    language: str
    folder: Path
    worn: Worn = AS_SET


class State(StrEnum):
    WAITING = "waiting"
    UNDER_WAY = "under way"
    MADE = "made"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Item:
    """A report of a run: ``at`` is its place in it. ``kept``: the file was there already, as it
    would be made now. ``pages`` and ``size`` (bytes) are 0 until they are known."""

    at: int
    visit_id: int
    state: State = State.WAITING
    path: Path | None = None
    kept: bool = False
    pages: int = 0
    size: int = 0
    error: Exception | None = None


def find_place(shelf: Shelf, inputs: Inputs) -> Place:
    """Where the report goes, and whether it is there already."""
    return shelf.place_of(inputs.snapshot, inputs.images, inputs.name)


def measure(path: Path, pages: int) -> tuple[int, int]:
    """Pages (0: look them up) and bytes of a report; zeros where somebody took it away, or put
    something else there."""
    import pypdfium2

    try:
        if pages:
            return pages, path.stat().st_size
        found = open_pdf(path)
    except (OSError, pypdfium2.PdfiumError):
        return 0, 0
    return len(found.sizes), found.bytes


class BatchRun(QObject):
    """Snapshots come from the lane one at a time, so that saves pass between them; what is there
    already is looked at on the image pool, and processes draw the rest. ``progressed(done, total,
    name)``; ``changed(at)`` for an item of ``items``; ``turned()`` when it is paused or goes on.
    ``ended()`` at the end, or after ``cancel`` once what was under way is done; again after those
    that failed were tried again. What is written stays. ``written`` are all that are there,
    ``kept`` those that were before, ``beside`` those that have another name, since something else
    has theirs.
    """

    progressed = Signal(int, int, str)
    changed = Signal(int)
    turned = Signal()
    ended = Signal()

    def __init__(self, context: AppContext, batch: Batch, parent: QObject) -> None:
        from auditor.services.report_files import Shelf

        super().__init__(parent)
        self._context, self.batch = context, batch
        self._shelf = Shelf(batch.folder)
        self.workers = min(WORKERS, os.cpu_count() or 1, len(batch.visits))
        self._renderer = RenderWorker(self.workers)
        self.items = [Item(at, visit_id) for at, visit_id in enumerate(batch.visits)]
        self._waiting = deque(range(len(self.items)))
        self._busy: set[_Job] = set()
        #: Where those go that were begun; who is tried again keeps the name.
        self._places: dict[int, Place] = {}
        self.written: list[Path] = []
        self.kept: set[Path] = set()
        self.beside: list[Beside] = []
        self.failures: list[Failed] = []
        #: Those that are there, and could not be entered as issued.
        self.missed: Missed | None = None
        self._entering = Entering(context, self)
        self._entering.missed.connect(self._miss)
        self.paused = False
        self.cancelled = False
        self.over = False

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def made(self) -> int:
        return len(self.written)

    @property
    def done(self) -> int:
        return self.made + len(self.failures)

    def total_line(self, words: Words) -> str:
        return words.plural("of {count} report made", "of {count} reports made", self.total)

    def start(self) -> None:
        self._renderer.warm()
        self._feed()

    def pause(self) -> None:
        """Nothing more is begun; what is under way is finished."""
        if not self.over and not self.paused:
            self.paused = True
            self.turned.emit()

    def go_on(self) -> None:
        if self.paused:
            self.paused = False
            self.turned.emit()
            self._feed()

    def cancel(self) -> None:
        self.cancelled, self.paused = True, False
        self._waiting.clear()
        self._feed()

    def retry(self, places: Sequence[int]) -> None:
        """Those that failed, once more."""
        again = [at for at in places if self.items[at].state is State.FAILED]
        if not again:
            return
        for at in again:
            self._put(replace(self.items[at], state=State.WAITING, error=None))
        self.failures = [
            Failed(item.visit_id, item.error) for item in self.items if item.error is not None
        ]
        self._waiting.extend(again)
        self.over = self.cancelled = False
        self.progressed.emit(self.done, self.total, "")
        self._feed()

    def close(self) -> None:
        """Nobody looks any more: what is under way is ended with its process."""
        self.cancelled = True
        self._waiting.clear()
        self._renderer.close()
        self._entering.flush()

    def _feed(self) -> None:
        while self._waiting and not self.paused and len(self._busy) < 2 * self.workers:
            _Job(self, self.items[self._waiting.popleft()]).start()
        if not self._busy and not self._waiting and not self.over:
            self.over = True
            self._renderer.close()
            self._entering.flush()
            self.ended.emit()

    def kept_line(self, words: Words) -> str:
        """How many were there already."""
        from auditor.services.report_files import kept_line

        return kept_line(len(self.kept), words)

    def _put(self, item: Item) -> None:
        self.items[item.at] = item
        self.changed.emit(item.at)

    def _settled(self, job: _Job, item: Item) -> None:
        self._busy.discard(job)
        self._put(item)
        self.progressed.emit(self.done, self.total, "" if item.path is None else item.path.name)
        self._feed()

    def _hold(self, job: _Job, item: Item, place: Place) -> None:
        """That report is there."""
        self.written.append(place.path)
        self.beside += place.beside
        if item.kept:
            self.kept.add(place.path)
        self._settled(job, item)

    def _miss(self, missed: Missed) -> None:
        """It may be told after the end."""
        self.missed = missed if self.missed is None else missed.more(self.missed.count)
        if self.over:
            self.ended.emit()

    def _fail(self, job: _Job, item: Item, error: Exception) -> None:
        self.failures.append(Failed(item.visit_id, error))
        self._settled(job, replace(item, state=State.FAILED, error=error))


class _Job(QObject):
    """One report of a run."""

    def __init__(self, run: BatchRun, item: Item) -> None:
        super().__init__(run)
        self._run, self._item = run, replace(item, state=State.UNDER_WAY)
        self._inputs: Inputs | None = None
        self._place: Place | None = None

    def start(self) -> None:
        run, batch = self._run, self._run.batch
        run._busy.add(self)
        run._put(self._item)
        run._context.ask(
            read_inputs, self._item.visit_id, batch.language, batch.worn,
            done=self._look, failed=self._failed,
        )  # fmt: skip

    def _look(self, inputs: Inputs) -> None:
        self._inputs = inputs
        place = self._run._places.get(self._item.at)
        if place is not None:
            self._draw(place)
            return
        self._run._context.images.run(
            find_place, self._run._shelf, inputs, done=self._draw, failed=self._failed
        )

    def _draw(self, place: Place) -> None:
        self._place = self._run._places[self._item.at] = place
        self._item = replace(self._item, path=place.path, kept=place.is_current)
        if place.is_current:
            self._done()
        elif self._inputs is not None:
            self._run._renderer.run(
                self._inputs.snapshot, self._inputs.images, place.path,
                done=self._done, failed=self._failed,
            )  # fmt: skip

    def _done(self, rendered: Any = None) -> None:
        if self._place is None or self._inputs is None:
            return
        self._run._entering.add(
            OnDisk(self._item.visit_id, self._inputs.snapshot, self._place.path, rendered)
        )
        pages = 0 if rendered is None else rendered.pages
        self._item = replace(self._item, state=State.MADE, pages=pages)
        self._run._hold(self, self._item, self._place)
        self._run._context.images.run(measure, self._place.path, pages, done=self._measured)

    def _measured(self, found: tuple[int, int]) -> None:
        pages, size = found
        self._run._put(replace(self._item, pages=pages, size=size))
        self.deleteLater()

    def _failed(self, error: Exception) -> None:
        self._run._fail(self, self._item, error)
        self.deleteLater()


# a run that was not finished


def keep_run(context: AppContext, batch: Batch) -> None:
    """So that it can be gone on with after the window was closed, or cut off."""
    context.ask(_keep_run, batch, failed=_not_kept)


def forget_run(context: AppContext) -> None:
    context.ask(_forget_run, failed=_not_kept)


def read_run(workspace: Workspace) -> Batch | None:
    from auditor.services.report_run import unfinished

    plan = unfinished(workspace)
    if plan is None:
        return None
    return Batch(plan.visits, plan.language, plan.folder, plan.worn)


def read_templates(workspace: Workspace, language: str) -> list[TemplateRecord]:
    return workspace.templates.all(language)


def _keep_run(workspace: Workspace, batch: Batch) -> None:
    from auditor.services.report_run import RunPlan, keep

    keep(workspace, RunPlan(batch.visits, batch.language, batch.folder, batch.worn))


def _forget_run(workspace: Workspace) -> None:
    from auditor.services.report_run import forget

    forget(workspace)


def _not_kept(error: Exception) -> None:
    """The reports are made all the same; a workspace that may only be read keeps no run."""
    LOG.info("the run of reports is not kept: %s", error)
