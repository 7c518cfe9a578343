"""One file of many reports, made in a process of its own: the window draws meanwhile, and what a
renderer does wrong ends with its process."""

from __future__ import annotations

import logging
import multiprocessing
import threading
import traceback
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from auditor.domain.errors import UserError
from auditor.words import mark

if TYPE_CHECKING:
    from reports.render import RenderedReport
    from reports.snapshot import ReportSnapshot

#: A report takes some 50 ms, the whole file a few seconds; what takes this long hangs.
SECONDS = 300.0
#: How long closing waits until a file that is not wanted any more is taken away.
GRACE_SECONDS = 5.0

STOPPED = mark("{name} could not be made: the process that makes it stopped. See the log.")

logger = logging.getLogger(__name__)

Report: TypeAlias = tuple[str, dict[str, Path]]
_context = multiprocessing.get_context("spawn")


class Product(StrEnum):
    PROGRAM = "program"  # the program report, as PDF
    BOUND = "bound"  # location reports bound into one PDF
    BOOK = "book"  # a workbook
    ANSWERS = "answers"  # the answers as CSV


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made into ``path``. ``program`` is the JSON of a program snapshot: of the
    report, and of the first sheets of a workbook. ``key`` tells a pack apart (``pack_key``)."""

    product: Product
    path: Path
    language: str
    reports: int = 0
    program: Report | None = None
    key: str = ""


class Collector:
    """Takes the reports one after the other. Calls block: not for the window's thread, and one
    at a time."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._process: BaseProcess | None = None
        self._pipe: Any = None
        self._killed = False
        #: Of the process, which another thread may kill.
        self._lock = threading.Lock()
        #: What was drawn, once it is finished; None of a table.
        self.made: RenderedReport | None = None

    def add(self, snapshot_json: str, images: dict[str, Path]) -> int:
        """How many pages it takes, 0 in a table. Raises ReportError, UserError: what the disk
        refuses, ``collecting_stopped``."""
        return int(self._ask((snapshot_json, images)) or 0)

    def finish(self) -> Path:
        """The file is whole and on disk. Raises as ``add``."""
        self.made = self._ask("finish")
        self.close()
        return self._order.path

    def close(self) -> None:
        """End the process. What ``finish`` did not finish is not there."""
        if self._process is None:
            return
        self._pipe.close()
        self._process.join(GRACE_SECONDS)
        self._process.kill()
        self._process.join()
        with self._lock:
            self._process.close()
            self._process = None

    def kill(self) -> None:
        """Nobody waits for the file: whoever does meanwhile hears that it stopped. On any thread;
        of a PDF nothing is left."""
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()

    def _ask(self, what: Report | str) -> Any:
        try:
            if self._process is None:
                self._start()
            self._pipe.send(what)
            answer = self._pipe.recv() if self._pipe.poll(SECONDS) else "hangs"
        except (EOFError, OSError) as error:
            raise self._stopped() from error
        if isinstance(answer, str):
            logger.error("%s: %s", self._order.path.name, answer)
            raise self._stopped()
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _stopped(self) -> UserError:
        return UserError("collecting_stopped", STOPPED, name=self._order.path.name)

    def _start(self) -> None:
        with self._lock:
            if self._killed:
                raise self._stopped()
            self._pipe, theirs = _context.Pipe()
            with closing(theirs):
                process = _context.Process(target=serve, args=(theirs, self._order), daemon=True)
                process.start()
            self._process = process


class Sink(Protocol):
    """``add`` tells the pages of a report, ``finish`` what was drawn."""

    def add(self, snapshot: ReportSnapshot, images: dict[str, Path]) -> int | None: ...

    def finish(self) -> RenderedReport | None: ...


class _Bound:
    def __init__(self, order: Order, _stack: ExitStack) -> None:
        from reports.pack import Pack

        self._pack, self._path = Pack(order.key, order.reports), order.path

    def add(self, snapshot: ReportSnapshot, images: dict[str, Path]) -> int:
        return self._pack.add(snapshot, images)

    def finish(self) -> RenderedReport:
        return self._pack.write(self._path)


class _Table:
    """A workbook or a CSV file, on disk under another name until it is whole."""

    def __init__(self, order: Order, stack: ExitStack) -> None:
        from auditor.store.files import make_folder, replacing
        from reports.program.snapshot import ProgramSnapshot
        from reports.workbook import AnswerList, Book

        make_folder(order.path.absolute().parent)
        self._stack = stack
        part = stack.enter_context(replacing(order.path))
        self._table: Book | AnswerList
        if order.product is Product.ANSWERS:
            self._table = stack.enter_context(AnswerList(part, order.language))
        else:
            program = ProgramSnapshot.from_json(order.program[0]) if order.program else None
            self._table = stack.enter_context(Book(part, order.language, program))

    def add(self, snapshot: ReportSnapshot, _images: dict[str, Path]) -> None:
        self._table.add(snapshot)

    def finish(self) -> None:
        self._stack.close()


class _Program:
    def __init__(self, order: Order, _stack: ExitStack) -> None:
        self._order = order

    def add(self, snapshot: ReportSnapshot, images: dict[str, Path]) -> None:
        """It has no reports of its own."""

    def finish(self) -> RenderedReport:
        from reports.program.report import render
        from reports.program.snapshot import ProgramSnapshot

        assert self._order.program is not None
        text, images = self._order.program
        return render(ProgramSnapshot.from_json(text), images, self._order.path)


_SINKS: dict[Product, Callable[[Order, ExitStack], Sink]] = {
    Product.PROGRAM: _Program,
    Product.BOUND: _Bound,
    Product.BOOK: _Table,
    Product.ANSWERS: _Table,
}


class _Gone(Exception):  # noqa: N818 - no error: nobody wants the file any more
    pass


def serve(pipe: Any, order: Order) -> None:
    """In the process: reports, then ``finish``; what breaks off before leaves nothing."""
    sink: list[Sink] = []
    try:
        with ExitStack() as stack:
            while _answer(pipe, order, sink, stack):
                pass
            raise _Gone
    except _Gone:
        return


def _answer(pipe: Any, order: Order, sink: list[Sink], stack: ExitStack) -> bool:
    """Do what is asked next; whether there was something."""
    from reports.errors import ReportError
    from reports.snapshot import ReportSnapshot

    try:
        what = pipe.recv()
    except (EOFError, OSError):
        return False
    try:
        if not sink:
            sink.append(_SINKS[order.product](order, stack))
        if what == "finish":
            pipe.send(sink[0].finish())
        else:
            pipe.send(sink[0].add(ReportSnapshot.from_json(what[0]), what[1]))
    except (ReportError, UserError) as error:
        pipe.send(error)
    except OSError as error:
        pipe.send(_refused(error, order))
    except Exception:  # noqa: BLE001 - logged and told by whoever asked
        pipe.send(traceback.format_exc())
    return True


def _refused(error: OSError, order: Order) -> UserError:
    from auditor.store.failures import file_failure

    return file_failure(error, order.path.parent)
