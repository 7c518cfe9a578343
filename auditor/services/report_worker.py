"""Rendering in worker processes: warm, spawned, and each job on its own.

A job that crashes or hangs its worker is tried once more in a fresh one, then named; no other job
suffers from it.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import queue
import sys
import threading
import traceback
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from auditor.domain.errors import UserError
from auditor.words import mark

if TYPE_CHECKING:
    if sys.platform == "win32":
        from multiprocessing.connection import PipeConnection as Connection
    else:
        from multiprocessing.connection import Connection

    from reports.protecting import Protection
    from reports.render import RenderedReport

#: A report takes some 50 ms; one that takes this long hangs.
SECONDS = 60.0
#: A process that has not come up by then never will.
START_SECONDS = 60.0
#: How long closing waits for a job under way.
GRACE_SECONDS = 2.0
TRIES = 2
#: How far gentle processes step back: on Windows a class of its own (winbase.h).
NICE, _BELOW_NORMAL = 3, 0x00004000

CRASHED = mark("The report {name} could not be made: the renderer stopped. See the log.")

logger = logging.getLogger(__name__)

Job: TypeAlias = tuple[str, dict[str, Path], Path, "Protection | None"]
_context = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Bug:
    """Something unforeseen in the worker: its traceback as text, since not every exception
    travels between processes."""

    trace: str


@dataclass(slots=True)
class _Waiting:
    job: Job
    future: Future[RenderedReport] = field(default_factory=Future)


class RenderPool:
    """``workers`` processes. ``submit`` may be called on any thread; futures end on the pool's.
    ``gentle`` ones let whatever a person does meanwhile go first."""

    def __init__(self, workers: int = 1, seconds: float = SECONDS, *, gentle: bool = False) -> None:
        self._jobs: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._workers = [_Worker(self._jobs, seconds, gentle) for _ in range(workers)]

    def warm(self) -> None:
        """Start the processes now, so that the first job need not wait for them."""
        for worker in self._workers:
            worker.start()

    def submit(
        self,
        snapshot_json: str,
        images: dict[str, Path],
        out: Path,
        protection: Protection | None = None,
    ) -> Future[RenderedReport]:
        """Render to ``out``. The future raises ReportError, or UserError ``render_crashed``."""
        waiting = _Waiting((snapshot_json, images, out, protection))
        self.warm()
        self._jobs.put(waiting)
        return waiting.future

    def close(self) -> None:
        """End the processes; jobs that did not begin are cancelled."""
        while True:
            try:
                waiting = self._jobs.get_nowait()
            except queue.Empty:
                break
            if waiting is not None:
                waiting.future.cancel()
        for _ in self._workers:
            self._jobs.put(None)
        for worker in self._workers:
            worker.stop()

    def __enter__(self) -> RenderPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Worker:
    """One process and the thread that talks to it."""

    def __init__(
        self, jobs: queue.SimpleQueue[_Waiting | None], seconds: float, gentle: bool
    ) -> None:
        self._jobs = jobs
        self._seconds = seconds
        self._gentle = gentle
        self._thread: threading.Thread | None = None
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._ready = False
        self._closing = False

    def start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="reports", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let the job under way finish; one that takes too long is ended with its process."""
        if self._thread is None:
            return
        self._thread.join(timeout=GRACE_SECONDS)
        self._closing = True
        if self._thread.is_alive() and (process := self._process) is not None:
            process.kill()
        self._thread.join()
        self._thread = None

    def _run(self) -> None:
        with suppress(OSError):  # no process to be had: the first job tries again and tells
            self._spawn()
        try:
            while self._serve_next():
                pass
        finally:
            self._kill()

    def _serve_next(self) -> bool:
        """A frame of its own: while the worker waits it must not hold the last job."""
        waiting = self._jobs.get()
        if waiting is not None and waiting.future.set_running_or_notify_cancel():
            self._serve(waiting)
        return waiting is not None

    def _serve(self, waiting: _Waiting) -> None:
        for _ in range(TRIES):
            answer = self._ask(waiting.job)
            if answer is None or isinstance(answer, Bug):
                self._log(waiting.job, answer)
                self._kill()
                if self._closing:
                    break
            elif isinstance(answer, BaseException):
                waiting.future.set_exception(answer)
                return
            else:
                waiting.future.set_result(answer)
                return
        name = waiting.job[2].name
        waiting.future.set_exception(UserError("render_crashed", CRASHED, name=name))

    def _log(self, job: Job, bug: Bug | None) -> None:
        """How the renderer ended: by a bug of its own, by a signal, or not at all."""
        name = json.loads(job[0])["visit"]["number"]
        if bug is not None:
            logger.error("the renderer failed on %s\n%s", name, bug.trace)
        elif self._process is None:
            logger.error("the renderer did not start for %s", name)
        else:
            self._process.join(timeout=0.5)
            code = self._process.exitcode
            how = "hangs" if code is None else f"ended with code {code}"
            logger.error("the renderer %s on %s", how, name)

    def _ask(self, job: Job) -> RenderedReport | Exception | Bug | None:
        """None when the process did not start, died or did not answer in time."""
        try:
            if self._process is None:
                self._spawn()
            if not self._is_ready():
                return None
            assert self._pipe is not None
            self._pipe.send(job)
            if not self._pipe.poll(self._seconds):
                return None
            answer: RenderedReport | Exception | Bug = self._pipe.recv()
        except (EOFError, OSError):
            return None
        return answer

    def _is_ready(self) -> bool:
        """Whether the process is up; waits for it the first time."""
        assert self._pipe is not None
        if not self._ready and self._pipe.poll(START_SECONDS):
            self._ready = bool(self._pipe.recv())
        return self._ready

    def _spawn(self) -> None:
        self._ready = False
        self._pipe, theirs = _context.Pipe()
        with closing(theirs):
            args = (theirs, self._gentle)
            process = _context.Process(target=serve, args=args, daemon=True)
            process.start()
        self._process = process

    def _kill(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            with suppress(ValueError):  # another thread hears of its end first
                self._process.close()
            self._process = None


def serve(pipe: Any, gentle: bool = False) -> None:
    """In the worker: one job after the other until the pipe closes."""
    import reports.render  # noqa: F401 - loaded before the first job waits for it
    from reports.typeface import faces

    faces()
    if gentle:
        step_back()
    with suppress(ConnectionError):  # who asked is gone
        pipe.send(True)
        while _serve_one(pipe):
            pass


def step_back() -> None:
    """This process computes when no other has to."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(NICE)


def _serve_one(pipe: Any) -> bool:
    """Whether there was a job."""
    from reports.errors import ReportError
    from reports.render import render
    from reports.snapshot import ReportSnapshot

    try:
        snapshot_json, images, out, protection = pipe.recv()
    except EOFError:
        return False
    try:
        snapshot = ReportSnapshot.from_own_json(snapshot_json)
        pipe.send(render(snapshot, images, out, protection=protection))
    except ReportError as error:
        pipe.send(error)
    except ConnectionError:  # who asked is gone: ends it
        raise
    except Exception:  # noqa: BLE001 - logged and told by whoever asked
        pipe.send(Bug(traceback.format_exc()))
    return True
