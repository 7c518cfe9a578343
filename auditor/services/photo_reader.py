"""Photos are read in a process of their own.

Decoding there never keeps the window waiting for Python's lock, other programs go before it, and a
photo that breaks its decoder ends that process and not the app.
"""

from __future__ import annotations

import atexit
import functools
import logging
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.domain.errors import RefusedError, UserError
from auditor.domain.records import EvidenceRecord
from auditor.services.pictures import Prepared

if TYPE_CHECKING:
    if sys.platform == "win32":
        from multiprocessing.connection import PipeConnection as Connection
    else:
        from multiprocessing.connection import Connection

#: A hundred megabytes from a slow stick take a minute; what takes this long hangs.
SECONDS = 180.0
#: How far it steps back for others (POSIX).
NICE = 10
logger = logging.getLogger(__name__)
_context = multiprocessing.get_context("spawn")


class ReaderError(Exception):
    """Something failed in the process that nobody foresaw; its text is the trace."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A UserError on its way through the pipe."""

    kind: type[UserError]
    code: str
    message: str
    values: dict[str, object]

    @classmethod
    def of(cls, error: UserError) -> _Told:
        return cls(type(error), error.code, error.message, error.values)

    @property
    def error(self) -> UserError:
        return self.kind(self.code, self.message, **self.values)


class PhotoReader:
    """One process, started by the first job. Any thread may ask; jobs go one after another."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def prepare(self, folder: Path, source: Path | bytes, name: str, kind: str) -> Prepared:
        """Read ``source``, make its pictures, and have its files on disk in the workspace of
        ``folder``. Raises RefusedError, NotFoundError, NotSavedError."""
        prepared: Prepared = self._ask(_prepare, (folder, source, name, kind), name)
        return prepared

    def make_turned(self, folder: Path, record: EvidenceRecord, turn: int) -> None:
        """See ``kept.make_turned``."""
        self._ask(_make_turned, (folder, record, turn), record.name)

    def close(self) -> None:
        with self._lock:
            self._end()

    def _ask(self, job: Callable[..., Any], args: tuple[Any, ...], name: str) -> Any:
        with self._lock:
            try:
                answer = self._answer(job, args)
            except (EOFError, OSError) as error:
                logger.error("the reader of photos ended or hangs on a %s", Path(name).suffix)
                self._end()
                raise RefusedError(
                    "photo_crashed",
                    "{name} could not be read: it is damaged in a way that stops the reader. "
                    "Choose another one, or save it as JPEG first.",
                    name=name,
                ) from error
        if isinstance(answer, _Told):
            raise answer.error
        if isinstance(answer, ReaderError):
            raise answer
        return answer

    def _answer(self, job: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        if self._process is None or not self._process.is_alive():
            self._start()
        assert self._pipe is not None
        self._pipe.send((job, args))
        if not self._pipe.poll(self._seconds):
            raise TimeoutError
        return self._pipe.recv()

    def _start(self) -> None:
        self._end()
        self._pipe, theirs = _context.Pipe()
        with closing(theirs):
            process = _context.Process(target=serve, args=(theirs,), daemon=True)
            process.start()
        self._process = process

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._pipe = None


@functools.cache
def shared() -> PhotoReader:
    """The one of this app; it ends with it."""
    reader = PhotoReader()
    atexit.register(reader.close)
    return reader


def _prepare(folder: Path, source: Path | bytes, name: str, kind: str) -> Prepared:
    from auditor.services.kept import keep
    from auditor.services.pictures import prepare

    return keep(folder, prepare(source, name, kind))


def _make_turned(folder: Path, record: EvidenceRecord, turn: int) -> None:
    from auditor.services.kept import make_turned

    make_turned(folder, record, turn)


def serve(pipe: Any) -> None:
    """In the process: one job after another until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the app, which then closes it
    if hasattr(os, "nice"):
        os.nice(NICE)
    while True:
        try:
            job, args = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(job(*args))
        except UserError as error:
            pipe.send(_Told.of(error))
        except Exception:  # noqa: BLE001 - raised again by whoever asked
            pipe.send(ReaderError(traceback.format_exc()))
