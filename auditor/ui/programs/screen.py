"""Programs: clients and their programs at the left, the chosen one at the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.changes import Changes
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.domain.visits import VisitStatus
from auditor.ui.commands import studies as commands
from auditor.ui.commands.acts import Act
from auditor.ui.commands.studies import Studies, load
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import EmptyState, clear
from auditor.ui.kit.dialog import ConfirmDialog
from auditor.ui.kit.header import Header
from auditor.ui.planning.broken import tell_broken
from auditor.ui.planning.phrases import kept_wave
from auditor.ui.programs.detail import OVERVIEW, WAVES, ProgramDetail
from auditor.ui.programs.dialogs import AddProgramDialog, MonthsDialog, WaveDialog
from auditor.ui.programs.list import ProgramList
from auditor.ui.programs.warm import warm
from auditor.ui.screen import Screen
from auditor.ui.undo import undo_of
from auditor.ui.undo_buttons import UndoButtons

#: A disk that says nothing for this long has failed.
WAIT_MS = 10_000
POLL_MS = 10


@dataclass(frozen=True, slots=True)
class Place:
    program: int
    scroll: int
    tab: int = OVERVIEW


class ProgramsScreen(Screen):
    """``closed()`` when the person gives up what could not be saved; ``wave_opened(wave id)`` to
    the visits of a wave, ``overdue_wanted()`` to all that are late, ``clients_wanted()`` where
    there is none."""

    closed = Signal()
    wave_opened = Signal(int)
    overdue_wanted = Signal()
    clients_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._studies = Studies((), ())
        self._wanted, self._scroll, self._tab = 0, 0, OVERVIEW
        self._given_up = self._warmed = False
        self.detail: ProgramDetail | None = None
        self.undo = undo_of(context)
        self.undo.bind(self)
        self._make_header()
        self.list = ProgramList(context.words)
        # Queued: another program waits until this one is on disk.
        self.list.chosen.connect(self._choose, Qt.ConnectionType.QueuedConnection)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        below = QHBoxLayout()
        column.addLayout(below, 1)
        below.setSpacing(0)
        below.addWidget(self.list)
        self._right = QVBoxLayout()
        below.addLayout(self._right, 1)
        context.changed.connect(self._changed)

    def _make_header(self) -> None:
        words = self.context.words
        self.header = Header(words("Programs"))
        self.undo_buttons = UndoButtons(self.context)
        self.header.add(self.undo_buttons)
        self.overdue = Button(words("Overdue"), icon="alarm-clock")
        self.overdue.clicked.connect(self.overdue_wanted)
        self.header.add(self.overdue)
        self.archive = Button(words("Archive"), icon="archive")
        self.archive.clicked.connect(self._archive)
        self.header.add(self.archive)
        self.add = Button(words("Add a program"), Kind.PRIMARY, icon="plus")
        self.add.setEnabled(False)
        self.add.clicked.connect(self.add_program)
        self.header.add(self.add)
        for button in (self.overdue, self.archive):
            button.hide()

    # data

    def load(self) -> None:
        self.context.ask(load, done=self._show)

    def _changed(self, changes: Changes) -> None:
        if changes.programs or changes.places or changes.visits or changes.checklists:
            self.load()

    def _show(self, studies: Studies) -> None:
        self._studies = studies
        self._take(studies)
        self.add.setEnabled(bool(studies.offered))
        for part in (self.list, self.add, self.overdue, self.archive, self.undo_buttons):
            part.setVisible(bool(studies.programs))
        late = sum(count.overdue for count in studies.counts.values())
        words = self.context.words
        self.overdue.set_caption(words("{count} overdue", count=late) if late else words("Overdue"))
        self.list.show_studies(studies, self._wanted or self.list.current)
        if not studies.programs:
            self._show_none()
        elif not self._warmed:
            self._warmed = True
            warm(self.context)

    def _show_none(self) -> None:
        words = self.context.words
        self.detail = None
        clear(self._right)
        if self._studies.offered:
            empty = EmptyState("layers", words("No program yet"), words(
                "A program is a client's continuing study: its waves, what evaluators read before "
                "a visit, and what they may see."))  # fmt: skip
            add = empty.add(Button(words("Add a program"), Kind.PRIMARY, icon="plus", height=40))
            add.clicked.connect(self.add_program)
        else:
            empty = EmptyState(
                "building-2",
                words("No client yet"),
                words("A program belongs to a client. Add the client and its brand first."),
            )
            add = empty.add(Button(words("Clients and brands"), Kind.PRIMARY, height=40))
            add.clicked.connect(self.clients_wanted)
        self._right.addWidget(empty)
        add.setFocus()  # the list, which had it, is hidden

    def _take(self, studies: Studies) -> None:
        """At once: later, something newer may be kept than what was read."""
        program = studies.find(self.detail.program.id) if self.detail else None
        if self.detail is not None and program is not None:
            self.detail.take(program, studies)
            self._show_archive(program)

    def _choose(self, program_id: int) -> None:
        program = self._studies.find(program_id)
        if program is None:
            return
        if self.detail is not None and self.detail.program.id == program_id:
            return
        if self.detail is None or self._settle(self.detail):
            self._wanted = program_id
            self._show_program(program)
        else:  # what is wrong stands beside its field
            self.list.show_studies(self._studies, self.detail.program.id)

    def _show_program(self, program: ProgramRecord) -> None:
        clear(self._right)
        detail = ProgramDetail(
            self.context, program, self._studies, self._studies.templates, self._tab
        )
        detail.kept.connect(self._kept)
        detail.told.connect(self._tell)
        detail.wave_wanted.connect(self._open_wave)
        detail.wave_opened.connect(self._go_to_wave)
        detail.wave_removed.connect(self._remove_wave)
        detail.months_wanted.connect(self._open_months)
        detail.turned.connect(self._turned)
        self.detail = detail
        self._right.addWidget(detail)
        self._show_archive(program)
        QTimer.singleShot(0, self, self._scroll_to_place)

    def _show_archive(self, program: ProgramRecord) -> None:
        words = self.context.words
        self.archive.set_caption(words("Archive") if program.active else words("Bring back"))
        self.archive.set_icon("archive" if program.active else "archive-restore")

    def _scroll_to_place(self) -> None:
        if self.detail is not None:
            self.detail.area.verticalScrollBar().setValue(self._scroll)
        self._scroll = 0

    def _turned(self, tab: int) -> None:
        self._tab = tab

    # doing

    def _kept(self, program: ProgramRecord, act: Act) -> None:
        text = self.context.words("{name} is changed.", name=program.name)
        self.undo.did(act, text, self, quiet=True)
        before = self._studies.find(program.id)
        if before is not None:
            tell_broken(self.context, before, program, self)

    def _tell(self, act: Act, text: str) -> None:
        self.undo.did(act, text, self)

    def add_program(self) -> None:
        dialog = AddProgramDialog(self.context, self._studies.offered, self)
        dialog.added.connect(self._added)
        dialog.open()

    def _added(self, act: Act) -> None:
        program: ProgramRecord = act.value
        self._wanted, self._tab = program.id, OVERVIEW
        text = self.context.words("{name} is added.", name=program.name)
        self.undo.did(act, text, self)
        self.load()

    def _archive(self) -> None:
        if self.detail is None or not self._settle(self.detail):
            return
        program = self.detail.program
        given = replace(program.given, active=not program.active)
        commands.change_program(self.context, program.id, given, program.version,
                                self._archived, self.context.report_error)  # fmt: skip

    def _archived(self, act: Act) -> None:
        words, name = self.context.words, act.value.name
        back = words("{name} is back.", name=name)
        gone = words("{name} is archived.", name=name)
        self.undo.did(act, back if act.value.active else gone, self)

    # waves

    def _open_wave(self, wave: WaveRecord | None) -> None:
        if self.detail is None:
            return
        self.detail.commit()
        count = self._studies.counts.get(wave.id) if wave else None
        planned = count.of(VisitStatus.PLANNED) if count else 0
        dialog = WaveDialog(self.context, self.detail.program, wave, self._studies.checklists, self,
                            planned=planned)  # fmt: skip
        dialog.kept.connect(self._wave_kept)
        dialog.open()

    def _wave_kept(self, act: Act) -> None:
        self.undo.did(act, kept_wave(self.context.words, act.value), self)

    def _open_months(self) -> None:
        if self.detail is not None:
            dialog = MonthsDialog(self.context, self.detail.program, self)
            dialog.kept.connect(self._months_kept)
            dialog.open()

    def _months_kept(self, act: Act) -> None:
        text = self.context.words.plural(
            "{count} wave is added.", "{count} waves are added.", len(act.value)
        )
        self.undo.did(act, text, self)

    def _remove_wave(self, wave: WaveRecord) -> None:
        def done(act: Act) -> None:
            text = self.context.words("The wave {name} is removed.", name=wave.name)
            self.undo.did(act, text, self)

        commands.remove_wave(self.context, wave.id, done, self.context.report_error)

    def _go_to_wave(self, wave: WaveRecord) -> None:
        self._tab = WAVES
        self.wave_opened.emit(wave.id)

    # leaving

    def leave(self) -> bool:
        """True once all that was typed is on disk; else it is asked whether to lose it."""
        detail = self.detail
        if detail is None or self._given_up or self._settle(detail):
            self.undo.forget(self)
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
        scroll = 0
        if self.detail is not None:
            self.detail.commit()
            scroll = self.detail.area.verticalScrollBar().value()
        return Place(self.list.current, scroll, self._tab)

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self._wanted, self._scroll, self._tab = place.program, place.scroll, place.tab

    def focus_first(self) -> None:
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)
