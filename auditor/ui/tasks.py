"""Work off the GUI thread: one lane for the database, a pool for images, a worker for PDFs.

A job is a plain callable. Its result, or what it raised, returns to the GUI thread as a signal:
``finished``, ``failed`` (an expected error) or ``cancelled``. A bug goes to ``sys.excepthook``.
"""

from __future__ import annotations

import itertools
import queue
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from auditor.domain.errors import UserError
from auditor.domain.work import Cancel, Cancelled
from forms.problems import FormsError

if TYPE_CHECKING:
    from auditor.services.report_worker import RenderPool

#: Joining the lane at exit: a save takes milliseconds, a backup a second or two.
JOIN_SECONDS = 30.0


class Priority(IntEnum):
    """Saves overtake everything that waits; idle work lets everything pass."""

    SAVE = 0
    READ = 10
    IDLE = 20


def expected(error: BaseException) -> bool:
    """Whether ``error`` has a sentence for the person; anything else is a bug."""
    if isinstance(error, (UserError, FormsError)):
        return True
    report_errors = sys.modules.get("reports.errors")
    return report_errors is not None and isinstance(error, report_errors.ReportError)


@dataclass(frozen=True, slots=True)
class _Outcome:
    result: Any = None
    error: BaseException | None = None


class Task(QObject):
    """One job under way. ``report`` may be called on any thread; signals come on the GUI's.

    ``ended`` follows every end, that by a bug too."""

    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    progressed = Signal(int, int, str)
    ended = Signal()
    _settled = Signal(object)

    def __init__(self, job: Callable[[], Any], owner: _Owner) -> None:
        super().__init__()
        self.token = Cancel()
        self.done = False
        #: Nobody is there to hear the end.
        self.silent = False
        self.is_save = False
        self.job, self._owner = job, owner
        self._settled.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask it to stop; ``cancelled`` follows when it has."""
        self.token.set()

    def report(self, done: int, total: int, what: str) -> None:
        """A ``domain.work.Progress``; safe from any thread."""
        self.progressed.emit(done, total, what)

    def run(self) -> None:
        """Called once, on the worker's thread; what the job holds is let go with its end."""
        job, self.job = self.job, _nothing
        if self.token.wanted:
            self._settled.emit(_Outcome(error=Cancelled()))
            return
        try:
            outcome = _Outcome(job())
        except BaseException as error:  # noqa: BLE001 - raised again on the GUI thread
            outcome = _Outcome(error=error)
        self._settled.emit(outcome)

    def take(self, future: Future[Any]) -> None:
        """Settle from a future of another process."""
        if future.cancelled():
            self._settled.emit(_Outcome(error=Cancelled()))
        elif (error := future.exception()) is not None:
            self._settled.emit(_Outcome(error=error))
        else:
            self._settled.emit(_Outcome(future.result()))

    @Slot(object)
    def _settle(self, outcome: _Outcome) -> None:
        self.done = True
        self._owner.forget(self)
        if self.silent:
            return
        self.ended.emit()
        error = outcome.error
        if isinstance(error, Cancelled) or (error is None and self.token.wanted):
            self.cancelled.emit()
        elif error is None:
            self.finished.emit(outcome.result)
        elif expected(error):
            self.failed.emit(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)


#: A slot: takes the result, or nothing.
Done = Callable[..., object]


class _Owner:
    """Keeps tasks alive until their result is delivered."""

    def __init__(self) -> None:
        self._tasks: set[Task] = set()
        #: Where an expected error goes when a job names no slot of its own.
        self.on_failed: Done | None = None

    def forget(self, task: Task) -> None:
        self._tasks.discard(task)

    @property
    def busy(self) -> bool:
        return bool(self._tasks)

    def _task(self, job: Callable[[], Any], done: Done | None, failed: Done | None) -> Task:
        task = Task(job, self)
        self._tasks.add(task)
        if done is not None:
            task.finished.connect(done)
        if (failed := failed or self.on_failed) is not None:
            task.failed.connect(failed)
        return task

    def _long_task(
        self,
        job: Callable[..., Any],
        args: tuple[Any, ...],
        done: Done | None,
        failed: Done | None,
    ) -> Task:
        task = self._task(_nothing, done, failed)
        task.job = lambda: job(*args, progress=task.report, cancel=task.token)
        return task


class DatabaseLane(_Owner):
    """The one thread that touches the database. Jobs run one after another, saves first."""

    def __init__(self) -> None:
        super().__init__()
        self._queue: queue.PriorityQueue[tuple[int, int, Task | None]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._thread = threading.Thread(target=self._work, name="database", daemon=True)
        self._thread.start()

    def run(
        self,
        job: Callable[..., Any],
        *args: Any,
        done: Done | None = None,
        failed: Done | None = None,
        priority: Priority = Priority.READ,
    ) -> Task:
        """Queue ``job(*args)``. ``done`` and ``failed`` are bound slots on the GUI thread."""
        task = self._task(lambda: job(*args), done, failed)
        task.is_save = priority is Priority.SAVE
        self._queue.put((priority, next(self._numbers), task))
        return task

    def run_long(
        self,
        job: Callable[..., Any],
        *args: Any,
        done: Done | None = None,
        failed: Done | None = None,
    ) -> Task:
        """A job with progress and cancel: called as ``job(*args, progress=…, cancel=…)``."""
        task = self._long_task(job, args, done, failed)
        self._queue.put((Priority.READ, next(self._numbers), task))
        return task

    def close(self, last: Callable[[], object] | None = None) -> None:
        """Finish the saves, drop the rest, run ``last`` in the lane, end the thread."""
        for task in tuple(self._tasks):
            task.silent = True
            if not task.is_save:
                task.cancel()
        if last is not None:
            task = self._task(last, None, None)
            task.silent = True
            self._queue.put((Priority.IDLE + 1, next(self._numbers), task))
        self._queue.put((Priority.IDLE + 2, next(self._numbers), None))
        self._thread.join(JOIN_SECONDS)

    def _work(self) -> None:
        while self._run_next():
            pass

    def _run_next(self) -> bool:
        """A frame of its own: while the lane waits it must not hold the last task."""
        task = self._queue.get()[2]
        if task is not None:
            task.run()
        return task is not None


class ImagePool(_Owner):
    """Threads that decode pictures and draw previews; results come in any order."""

    def __init__(self, workers: int = 2) -> None:
        super().__init__()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="image")
        self._closed = False

    def run(
        self,
        job: Callable[..., Any],
        *args: Any,
        done: Done | None = None,
        failed: Done | None = None,
    ) -> Task:
        return self._start(self._task(lambda: job(*args), done, failed))

    def run_long(
        self,
        job: Callable[..., Any],
        *args: Any,
        done: Done | None = None,
        failed: Done | None = None,
    ) -> Task:
        """A job with progress and cancel: called as ``job(*args, progress=…, cancel=…)``."""
        return self._start(self._long_task(job, args, done, failed))

    def _start(self, task: Task) -> Task:
        """What a screen still asks for while its window closes is never begun."""
        if self._closed:
            task.silent = True
            self.forget(task)
        else:
            self._pool.submit(task.run)
        return task

    def close(self) -> None:
        self._closed = True
        for task in tuple(self._tasks):
            task.silent = True
            task.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)


class RenderWorker(_Owner):
    """Warm processes that draw PDFs; started on first use, or by ``warm``. ``gentle`` ones let
    whatever a person does meanwhile go first."""

    def __init__(self, workers: int = 1, *, gentle: bool = False) -> None:
        super().__init__()
        self._workers, self._gentle = workers, gentle
        self._pool: RenderPool | None = None

    def warm(self) -> None:
        """Start the processes before they are needed."""
        self._processes().warm()

    def run(
        self,
        snapshot_json: str,
        images: dict[str, Path],
        out: Path,
        *,
        done: Done | None = None,
        failed: Done | None = None,
    ) -> Task:
        """Draw a report into ``out``; ``done`` gets its RenderedReport."""
        task = self._task(_nothing, done, failed)
        self._processes().submit(snapshot_json, images, out).add_done_callback(task.take)
        return task

    def close(self) -> None:
        for task in tuple(self._tasks):
            task.silent = True
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def _processes(self) -> RenderPool:
        if self._pool is None:
            from auditor.services.report_worker import RenderPool

            self._pool = RenderPool(self._workers, gentle=self._gentle)
        return self._pool


def _nothing() -> None:
    return None
