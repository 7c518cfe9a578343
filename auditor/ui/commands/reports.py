"""Make the report of a visit to look at, save it, make many."""

from __future__ import annotations

import os
import shutil
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from auditor.domain.errors import NotSavedError
from auditor.domain.records import VisitRecord
from auditor.ui.context import AppContext
from auditor.ui.report.pdf import Opened, open_pdf
from auditor.ui.tasks import Done, RenderWorker, Task
from auditor.words import Words
from forms.system import reason

if TYPE_CHECKING:
    from auditor.services.report_files import Beside, Place, Shelf
    from auditor.services.workspace import Workspace

#: Processes of a batch, at most.
WORKERS = 4
#: Reports that stay on disk after they were looked at: the newest, of which one may still be
#: drawn or saved.
KEPT = 8


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a worker process needs to draw a report; ``name`` is the file's."""

    visit_id: int
    snapshot: str
    images: dict[str, Path]
    name: str


def read_inputs(workspace: Workspace, visit_id: int, language: str) -> Inputs:
    from auditor.services.report_names import PATTERN, file_name

    snapshot = workspace.reports.snapshot(visit_id, language)
    images = workspace.reports.images(snapshot)
    return Inputs(visit_id, snapshot.to_json(), images, file_name(PATTERN, snapshot))


def read_visit(workspace: Workspace, visit_id: int) -> VisitRecord:
    from auditor.store.queries import visits as visit_queries

    return workspace.read(visit_queries.visit, visit_id)


@dataclass(frozen=True, slots=True)
class Made:
    """A report on disk, ready to be looked at. ``name`` is what a saved copy is called."""

    pdf: Opened
    name: str
    sha256: str
    language: str


class Making(QObject):
    """Snapshot on the lane, drawing in the worker process, opening on the image pool.

    ``made(Made)`` or ``failed(error)``.
    """

    made = Signal(object)
    failed = Signal(object)

    def __init__(self, context: AppContext, visit_id: int, language: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._language = context, language
        self._inputs: Inputs | None = None
        self._sha256 = ""
        context.ask(read_inputs, visit_id, language, done=self._draw, failed=self.failed.emit)

    def _draw(self, inputs: Inputs) -> None:
        self._inputs = inputs
        out = self._context.scratch / f"{inputs.visit_id}-{self._language}.pdf"
        self._context.renderer.run(
            inputs.snapshot, inputs.images, out, done=self._open, failed=self.failed.emit
        )

    def _open(self, rendered: Any) -> None:
        self._sha256 = rendered.sha256
        self._context.images.run(
            _open_newest, rendered.path, done=self._opened, failed=self.failed.emit
        )

    def _opened(self, pdf: Opened) -> None:
        if self._inputs is not None:
            self.made.emit(Made(pdf, self._inputs.name, self._sha256, self._language))


def _open_newest(path: Path) -> Opened:
    opened = open_pdf(path)
    with suppress(OSError):  # Windows keeps what is open: the next one tries again
        others = [each for each in path.parent.glob("*.pdf") if each != path]
        others.sort(key=lambda each: each.stat().st_mtime_ns)
        for old in others[: 1 - KEPT]:
            old.unlink()
    return opened


def save_copy(context: AppContext, source: Path, target: Path, done: Done, failed: Done) -> Task:
    """Copy a made report to where the person wants it; whole or not at all."""
    return context.images.run(_copy, source, target, done=done, failed=failed)


def _copy(source: Path, target: Path) -> Path:
    part = target.with_name(target.name + ".part")
    try:
        shutil.copyfile(source, part)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise NotSavedError(
            "report_not_saved",
            "The report could not be saved to {path}: {reason}. Choose another folder.",
            path=target,
            reason=reason(error),
        ) from error
    return target


@dataclass(frozen=True, slots=True)
class Batch:
    """Reports to be made in one go, one file each, into ``folder``."""

    visits: tuple[int, ...]
    language: str
    folder: Path


def find_place(shelf: Shelf, inputs: Inputs) -> Place:
    """Where the report goes, and whether it is there already."""
    return shelf.place_of(inputs.snapshot, inputs.images, inputs.name)


@dataclass(frozen=True, slots=True)
class Failed:
    """A report that could not be made; the others go on."""

    visit_id: int
    error: Exception


class BatchRun(QObject):
    """Snapshots come from the lane one at a time, so that saves pass between them; what is there
    already is looked at on the image pool, and processes draw the rest. ``progressed(done, total,
    name)``; ``ended()`` at the end, or after ``cancel`` once what was under way is done. What is
    written stays. ``written`` are all that are there, ``kept`` those that were before, ``beside``
    those that have another name, since something else has theirs.
    """

    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, context: AppContext, batch: Batch, parent: QObject) -> None:
        from auditor.services.report_files import Shelf

        super().__init__(parent)
        self._context, self._batch = context, batch
        self._shelf = Shelf(batch.folder)
        self._workers = min(WORKERS, os.cpu_count() or 1, len(batch.visits))
        self._renderer = RenderWorker(self._workers)
        self._waiting = deque(batch.visits)
        self._busy: set[_Job] = set()
        self.written: list[Path] = []
        self.kept: set[Path] = set()
        self.beside: list[Beside] = []
        self.failures: list[Failed] = []
        self.cancelled = False
        self.over = False

    @property
    def total(self) -> int:
        return len(self._batch.visits)

    @property
    def made(self) -> int:
        return len(self.written)

    def total_line(self, words: Words) -> str:
        return words.plural("of {count} report made", "of {count} reports made", self.total)

    def start(self) -> None:
        self._renderer.warm()
        self._feed()

    def cancel(self) -> None:
        self.cancelled = True
        self._waiting.clear()
        self._feed()

    def _feed(self) -> None:
        while self._waiting and len(self._busy) < 2 * self._workers:
            _Job(self, self._waiting.popleft()).start()
        if not self._busy and not self._waiting and not self.over:
            self.over = True
            self._renderer.close()
            self.ended.emit()

    def kept_line(self, words: Words) -> str:
        """How many were there already."""
        from auditor.services.report_files import kept_line

        return kept_line(len(self.kept), words)

    def hold(self, place: Place) -> None:
        """That report is there."""
        self.written.append(place.path)
        self.beside += place.beside

    def _settled(self, job: _Job, name: str) -> None:
        self._busy.discard(job)
        self.progressed.emit(len(self.written) + len(self.failures), self.total, name)
        self._feed()


class _Job(QObject):
    """One report of a run."""

    def __init__(self, run: BatchRun, visit_id: int) -> None:
        super().__init__(run)
        self._run, self._visit_id, self._name = run, visit_id, ""
        self._inputs: Inputs | None = None
        self._place: Place | None = None

    def start(self) -> None:
        run = self._run
        run._busy.add(self)
        language = run._batch.language
        run._context.ask(
            read_inputs, self._visit_id, language, done=self._look, failed=self._failed
        )

    def _look(self, inputs: Inputs) -> None:
        self._inputs, self._name = inputs, inputs.name
        self._run._context.images.run(
            find_place, self._run._shelf, inputs, done=self._draw, failed=self._failed
        )

    def _draw(self, place: Place) -> None:
        self._place, self._name = place, place.path.name
        if place.is_current:
            self._run.kept.add(place.path)
            self._done()
        elif self._inputs is not None:
            self._run._renderer.run(
                self._inputs.snapshot, self._inputs.images, place.path,
                done=self._done, failed=self._failed,
            )  # fmt: skip

    def _done(self, _rendered: Any = None) -> None:
        if self._place is not None:
            self._run.hold(self._place)
        self._run._settled(self, self._name)
        self.deleteLater()

    def _failed(self, error: Exception) -> None:
        self._run.failures.append(Failed(self._visit_id, error))
        self._run._settled(self, self._name)
        self.deleteLater()
