"""Many reports in one go, one file each: paused, stopped, gone on with, tried again."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from auditor.domain.errors import NotFoundError
from auditor.domain.report_choice import AS_SET, Worn, languages_of
from auditor.services.collecting import Product
from auditor.ui.commands.batch_pace import Meter
from auditor.ui.commands.collecting import CollectRun, Wanted
from auditor.ui.commands.issued import Entering, OnDisk
from auditor.ui.commands.reports import Failed, Inputs, read_inputs
from auditor.ui.context import AppContext
from auditor.ui.report.pdf import open_pdf
from auditor.ui.tasks import Priority, RenderWorker
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.services.issuing import Missed
    from auditor.services.report_files import Beside, Place, Shelf

#: Processes of a batch, at most.
WORKERS = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """Reports to be made in one go, one file each, into ``folder``. ``language`` may be ``BOTH``.
    ``merged``: all of a language in one file as well, named after the wave where there is one."""

    visits: tuple[int, ...]
    language: str
    folder: Path
    worn: Worn = AS_SET
    wave_id: int | None = None
    merged: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        return languages_of(self.language)


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
    language: str
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
    except (NotFoundError, OSError, pypdfium2.PdfiumError):
        return 0, 0
    return len(found.sizes), found.bytes


class BatchRun(QObject):
    """Snapshots come from the lane one at a time, when nothing else waits for it; what is there
    already is looked at on the image pool, and processes draw the rest. ``progressed(done, total,
    name)``; ``changed(at)`` for an item of ``items``; ``turned()`` when it is paused or goes on.
    ``ended()`` at the end, or after ``cancel`` once what was under way is done; again after those
    that failed were tried again. What is written stays. ``written`` are all that are there,
    ``kept`` those that were before, ``beside`` those that have another name, since something else
    has theirs. ``merging(done, total)`` while those that were made are bound into one file, where
    that is wanted; ``merged`` are such files.
    """

    progressed = Signal(int, int, str)
    changed = Signal(int)
    turned = Signal()
    merging = Signal(int, int)
    ended = Signal()

    def __init__(self, context: AppContext, batch: Batch, parent: QObject) -> None:
        from auditor.services.report_files import Shelf

        super().__init__(parent)
        self._context, self.batch = context, batch
        self._shelf = Shelf(batch.folder)
        many = len(batch.visits) * len(batch.languages)
        self.workers = min(WORKERS, os.cpu_count() or 1, many)
        self._renderer = RenderWorker(self.workers, gentle=True)
        #: Draws the first: it is up already, while the others start.
        self._first: RenderWorker | None = context.renderer
        each = ((visit, language) for visit in batch.visits for language in batch.languages)
        self.items = [Item(at, visit, language) for at, (visit, language) in enumerate(each)]
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
        self.meter = Meter(self._count_done, self)
        #: All in one file as well; it may be changed until the last one is made.
        self.is_merged = batch.merged
        self.merged: list[Path] = []
        self.merge_failures: list[Failed] = []
        self._to_merge: list[str] = []
        self._merge: CollectRun | None = None
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

    @property
    def bytes(self) -> int:
        """Of the files whose size is known."""
        return sum(item.size for item in self.items)

    def _count_done(self) -> int:
        return self.done

    def total_line(self, words: Words) -> str:
        return words.plural("of {count} report made", "of {count} reports made", self.total)

    def start(self) -> None:
        self.meter.begin()
        self._renderer.warm()
        self._feed()

    def pause(self) -> None:
        """Nothing more is begun; what is under way is finished."""
        if not self.over and not self.paused and self._merge is None:
            self.paused = True
            self.meter.turn(paused=True)
            self.turned.emit()

    def go_on(self) -> None:
        if self.paused:
            self.paused = False
            self.meter.turn(paused=False)
            self.turned.emit()
            self._feed()

    def cancel(self) -> None:
        self.cancelled, self.paused = True, False
        self._waiting.clear()
        if self._merge is not None:
            self._merge.cancel()
        self._feed()

    def retry(self, places: Sequence[int]) -> None:
        """Those that failed, once more."""
        again = [at for at in places if self.items[at].state is State.FAILED]
        if not again or self._merge is not None:
            return
        for at in again:
            self._put(replace(self.items[at], state=State.WAITING, error=None))
        self.failures = [
            Failed(item.visit_id, item.error) for item in self.items if item.error is not None
        ]
        self._waiting.extend(again)
        if self.over:
            self.meter.begin()
        self.over = self.cancelled = False
        self.progressed.emit(self.done, self.total, "")
        self._feed()

    def close(self) -> None:
        """Nobody looks any more: what is under way is ended with its process."""
        self.cancelled = self.over = True
        self._waiting.clear()
        self.meter.end()
        if self._merge is not None:
            self._merge.close()
        self._renderer.close()
        self._entering.flush()

    def _feed(self) -> None:
        while self._waiting and not self.paused and len(self._busy) < 2 * self.workers:
            _Job(self, self.items[self._waiting.popleft()]).start()
        if not self._busy and not self._waiting and not self.over and self._merge is None:
            self._renderer.close()
            self._entering.flush()
            self._to_merge = list(self.batch.languages) if self._may_merge else []
            self.merged, self.merge_failures = [], []
            self._merge_next()

    # all in one file as well

    @property
    def _may_merge(self) -> bool:
        return self.is_merged and not self.cancelled and self.made > 1

    def _merge_next(self) -> None:
        """One language after the other, then it is over."""
        if not self._to_merge or self.cancelled:
            self._end()
            return
        language, batch = self._to_merge.pop(0), self.batch
        made = (each for each in self.items if each.state is State.MADE)
        visits = tuple(each.visit_id for each in made if each.language == language)
        wanted = Wanted(
            Product.BOUND, visits, language, batch.folder, batch.wave_id, batch.worn, f"-{language}"
        )
        merge = self._merge = CollectRun(self._context, wanted, self)
        merge.progressed.connect(self._tell_merging)
        merge.ended.connect(self._merged)
        merge.start()

    def _tell_merging(self, done: int, total: int, _: str) -> None:
        self.merging.emit(done, total)

    def _merged(self) -> None:
        merge, self._merge = self._merge, None
        if merge is None:
            return
        self.merged += merge.written
        self.beside += merge.beside
        self.merge_failures += merge.failures
        if merge.missed is not None:
            self._miss(merge.missed)
        merge.deleteLater()
        self._merge_next()

    def _end(self) -> None:
        self.over = True
        self.meter.end()
        self.ended.emit()

    def kept_line(self, words: Words) -> str:
        """How many were there already."""
        from auditor.services.report_files import kept_line

        return kept_line(len(self.kept), words)

    def take_renderer(self) -> RenderWorker:
        """For the next report that is drawn."""
        first, self._first = self._first, None
        return first or self._renderer

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
            read_inputs, self._item.visit_id, self._item.language, batch.worn,
            done=self._look, failed=self._failed, priority=Priority.IDLE,
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
            self._run.take_renderer().run(
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
