"""One file of many visits: a program report, a bound PDF, a workbook, a table of answers."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from auditor.domain.report_choice import AS_SET, Worn
from auditor.services.collecting import Order, Product
from auditor.ui.commands.issued import enter_pack, enter_program
from auditor.ui.commands.reports import Failed, Inputs, read_inputs
from auditor.ui.context import AppContext
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.services.collect_plan import Prepared
    from auditor.services.collecting import Collector
    from auditor.services.issuing import Member, Missed
    from auditor.services.report_files import Beside, Place
    from auditor.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """``visits`` in the order of the file; a program report needs none, but its ``wave_id``."""

    product: Product
    visits: tuple[int, ...]
    language: str
    folder: Path
    wave_id: int | None = None
    worn: Worn = AS_SET
    #: Behind the name of the file.
    tail: str = ""


def prepare(workspace: Workspace, wanted: Wanted) -> Prepared:
    """On the lane."""
    from auditor.services import collect_plan

    found = collect_plan.prepare(workspace, wanted.product, wanted.language, wanted.wave_id)
    name = Path(found.name)
    return replace(found, name=f"{name.stem}{wanted.tail}{name.suffix}")


def find_place(prepared: Prepared, folder: Path) -> Place:
    from auditor.services import collect_plan

    return collect_plan.place_of(prepared, folder)


def _add(collector: Collector, inputs: Inputs, product: Product) -> Member | None:
    """What of it is entered as issued."""
    from auditor.services.issuing import Member, press

    pages = collector.add(inputs.snapshot, inputs.images)
    if product is not Product.BOUND:
        return None
    return Member(inputs.visit_id, press(inputs.snapshot), pages)


class CollectRun(QObject):
    """Snapshots come from the lane one at a time, so that saves pass between them; a process puts
    them into the file. As ``BatchRun``, with one file in ``written``: it is there whole, or not
    at all. A visit that has no snapshot is left out and named.
    """

    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, context: AppContext, wanted: Wanted, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._wanted = context, wanted
        self._waiting = deque(() if self._is_program else wanted.visits)
        self._prepared: Prepared | None = None
        self._collector: Collector | None = None
        self._read: deque[Inputs] = deque()
        self._reading = self._adding = False
        self._members: list[Member] = []
        #: The file is there, and could not be entered as issued.
        self.missed: Missed | None = None
        self.made = 0
        self.written: list[Path] = []
        self.kept: set[Path] = set()
        self.beside: list[Beside] = []
        self.failures: list[Failed] = []
        self.cancelled = False
        self.over = False

    @property
    def _is_program(self) -> bool:
        return self._wanted.product is Product.PROGRAM

    @property
    def total(self) -> int:
        """The visits, and the file itself."""
        return 1 if self._is_program else len(self._wanted.visits) + 1

    def total_line(self, words: Words) -> str:
        if self._is_program:
            return words("program report")
        return words.plural("of {count} visit read", "of {count} visits read", self.total - 1)

    def kept_line(self, words: Words) -> str:
        from auditor.services.report_files import kept_line

        return kept_line(len(self.kept), words)

    def start(self) -> None:
        self._context.ask(prepare, self._wanted, done=self._placed, failed=self._broken)

    def cancel(self) -> None:
        self.cancelled = True
        self._waiting.clear()
        self._read.clear()
        self._go_on()

    def close(self) -> None:
        """Nobody looks any more: it ends with its process."""
        self.cancelled = self.over = True
        self._waiting.clear()
        self._read.clear()
        if self._collector is not None:
            self._collector.kill()

    # in order

    def _placed(self, prepared: Prepared) -> None:
        self._prepared = prepared
        if self.cancelled:
            self._end()
            return
        images = self._context.images
        images.run(find_place, prepared, self._wanted.folder, done=self._open, failed=self._broken)

    def _open(self, place: Place) -> None:
        from auditor.services.collecting import Collector

        self.beside += place.beside
        if place.is_current:
            self.written.append(place.path)
            self.kept.add(place.path)
            self.made = 1
            self._end()
            return
        wanted, prepared = self._wanted, self._prepared
        assert prepared is not None
        self._collector = Collector(
            Order(
                wanted.product, place.path, wanted.language, len(wanted.visits),
                prepared.program, prepared.key,
            )
        )  # fmt: skip
        self._go_on()

    def _go_on(self) -> None:
        """Read a visit ahead while another one is put into the file."""
        if self._collector is None or self.over:
            return
        if self._waiting and not self._reading and len(self._read) < 2:
            self._reading = True
            self._ask(self._waiting.popleft())
        if self._adding or (self._reading and not self._read):
            return
        if self._read:
            self._add(self._read.popleft())
        elif self.cancelled:
            self._end()
        elif not self._waiting:
            self._finish()

    def _ask(self, visit_id: int) -> None:
        def failed(error: Exception) -> None:
            self.failures.append(Failed(visit_id, error))
            self._reading = False
            self._told("")
            self._go_on()

        wanted = self._wanted
        self._context.ask(
            read_inputs, visit_id, wanted.language, wanted.worn, done=self._got, failed=failed
        )

    def _got(self, inputs: Inputs) -> None:
        self._reading = False
        if not self.cancelled:
            self._read.append(inputs)
        self._go_on()

    def _add(self, inputs: Inputs) -> None:
        def added(member: Member | None) -> None:
            self._adding = False
            if member is not None:
                self._members.append(member)
            self.made += 1
            self._told(inputs.name)
            self._go_on()

        self._adding = True
        assert self._collector is not None
        self._context.images.run(
            _add, self._collector, inputs, self._wanted.product, done=added, failed=self._broken
        )

    def _finish(self) -> None:
        assert self._collector is not None
        if not self._is_program and not self.made:
            self._end()  # no visit could be read: their sentences say why
            return
        self._adding = True
        self._told("")
        self._context.images.run(self._collector.finish, done=self._finished, failed=self._broken)

    def _finished(self, path: Path) -> None:
        self._adding = False
        if self._is_program:
            self.made = 1
        self.written.append(path)
        self._enter()

    def _enter(self) -> None:
        """A report is entered as issued before the run ends; a table is none."""
        made, wave_id = self._collector.made if self._collector else None, self._wanted.wave_id
        given = self._prepared.program if self._prepared else None
        ask = partial(self._context.ask, done=self._entered, failed=self._broken)
        if made is not None and self._members:
            ask(enter_pack, wave_id, tuple(self._members), made)
        elif made is not None and given is not None and wave_id is not None:
            ask(enter_program, wave_id, given[0], made)
        else:
            self._end()

    def _entered(self, missed: Missed | None) -> None:
        self.missed = missed
        self._end()

    def _broken(self, error: Exception) -> None:
        self._adding = False
        self.failures.append(Failed(0, error))
        self._waiting.clear()
        self._read.clear()
        self._end()

    def _told(self, name: str) -> None:
        self.progressed.emit(self.made + len(self.failures), self.total, name)

    def _end(self) -> None:
        if self.over:
            return
        self.over = True
        if self._collector is not None:
            self._context.images.run(self._collector.close, done=self._closed, failed=self._closed)
        else:
            self.ended.emit()

    def _closed(self, _: Any) -> None:
        self.ended.emit()
