"""Programs: clients and their programs at the left, the chosen one at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.changes import Changes
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.ui.commands.studies import Studies, load
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import EmptyState, ScrollArea, clear
from auditor.ui.kit.dialog import ConfirmDialog
from auditor.ui.kit.header import Header
from auditor.ui.programs.detail import ProgramDetail
from auditor.ui.programs.dialogs import AddProgramDialog, WaveDialog
from auditor.ui.programs.list import ProgramList
from auditor.ui.screen import Screen

COLUMN = 760
#: A disk that says nothing for this long has failed.
WAIT_MS = 10_000
POLL_MS = 10


@dataclass(frozen=True, slots=True)
class Place:
    program: int
    scroll: int


class ProgramsScreen(Screen):
    """``closed()`` when the person gives up what could not be saved."""

    closed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        words = context.words
        self._studies = Studies((), ())
        self._wanted, self._scroll = 0, 0
        self._given_up = False
        self.detail: ProgramDetail | None = None
        self.header = Header(words("Programs"))
        self.add = Button(words("Add a program"), Kind.PRIMARY, icon="plus")
        self.add.setEnabled(False)
        self.add.clicked.connect(self.add_program)
        self.header.add(self.add)
        self.list = ProgramList(words)
        # Queued: another program waits until this one is on disk.
        self.list.chosen.connect(self._choose, Qt.ConnectionType.QueuedConnection)
        self.area = ScrollArea(margins=(24, 16, 24, 24), spacing=0, column=COLUMN + 48)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.list)
        below.addWidget(self.area, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(below, 1)
        context.changed.connect(self._changed)

    # data

    def load(self) -> None:
        self.context.ask(load, done=self._show)

    def _changed(self, changes: Changes) -> None:
        if changes.programs or changes.places:
            self.load()

    def _show(self, studies: Studies) -> None:
        self._studies = studies
        self.add.setEnabled(bool(studies.clients))
        self.list.setVisible(bool(studies.programs))
        self.add.setVisible(bool(studies.programs))
        self.list.show_studies(studies, self._wanted or self.list.current)
        if not studies.programs:
            self._show_none()

    def _show_none(self) -> None:
        words = self.context.words
        self.detail = None
        clear(self.area.body)
        empty = EmptyState("layers", words("No program yet"), words(
            "A program is a client's continuing study: its waves, what evaluators read before a "
            "visit, and what they may see."))  # fmt: skip
        add = empty.add(Button(words("Add a program"), Kind.PRIMARY, icon="plus", height=40))
        add.setEnabled(bool(self._studies.clients))
        add.clicked.connect(self.add_program)
        self.area.body.addWidget(empty)
        add.setFocus()  # the list, which had it, is hidden

    def _choose(self, program_id: int) -> None:
        program = self._studies.find(program_id)
        if program is None:
            return
        if self.detail is not None and self.detail.program.id == program_id:
            self.detail.take(program)
        elif self.detail is None or self._settle(self.detail):
            self._wanted = program_id
            self._show_program(program)
        else:  # what is wrong stands beside its field
            self.list.show_studies(self._studies, self.detail.program.id)

    def _show_program(self, program: ProgramRecord) -> None:
        client = next(each for each in self._studies.clients if each.id == program.client_id)
        clear(self.area.body)
        self.detail = ProgramDetail(self.context, program, client.name)
        self.detail.wave_wanted.connect(self._open_wave)
        self.area.body.addWidget(self.detail)
        self.area.body.addStretch(1)
        QTimer.singleShot(0, self, self._scroll_to_place)

    def _scroll_to_place(self) -> None:
        self.area.verticalScrollBar().setValue(self._scroll)
        self._scroll = 0

    # doing

    def add_program(self) -> None:
        dialog = AddProgramDialog(self.context, self._studies.clients, self)
        dialog.added.connect(self._added)
        dialog.open()

    def _added(self, program: ProgramRecord) -> None:
        self._wanted = program.id
        self.load()

    def _open_wave(self, wave: WaveRecord | None) -> None:
        if self.detail is not None:
            self.detail.commit()
            WaveDialog(self.context, self.detail.program.id, wave, self).open()

    # leaving

    def leave(self) -> bool:
        """True once all that was typed is on disk; else it is asked whether to lose it."""
        detail = self.detail
        if detail is None or self._given_up:
            return True
        if self._settle(detail):
            return True
        words = self.context.words
        dialog = ConfirmDialog(
            words("Not everything is saved"),
            words("What you typed for {name} is not on disk. Leave and lose it?",
                  name=detail.program.name),
            words("Leave and lose"), words("Stay"), self, danger=True,
        )  # fmt: skip
        dialog.accepted.connect(self._give_up)
        dialog.open()
        return False

    def _settle(self, detail: ProgramDetail) -> bool:
        """Put what is typed on disk; whether it is there."""
        detail.commit()
        self._wait(detail)
        return detail.settled and not detail.unsaved

    def _wait(self, detail: ProgramDetail) -> None:
        if detail.settled:
            return
        loop = QEventLoop()
        poll = QTimer(loop)
        patience = QDeadlineTimer(WAIT_MS)

        def look() -> None:
            if detail.settled or patience.hasExpired():
                loop.quit()

        poll.timeout.connect(look)
        poll.start(POLL_MS)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        poll.timeout.disconnect(look)  # it holds the loop, which holds the timer that holds it

    def _give_up(self) -> None:
        self._given_up = True
        self.closed.emit()

    # place

    def place(self) -> Place:
        if self.detail is not None:
            self.detail.commit()
        return Place(self.list.current, self.area.verticalScrollBar().value())

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self._wanted, self._scroll = place.program, place.scroll

    def focus_first(self) -> None:
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)
