"""One planned visit in full, beside the list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.assignments import AssignmentRecord
from auditor.domain.rotation import Conflict
from auditor.domain.visits import VisitStatus
from auditor.ui.commands.studies import today
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Banner, Line, ScrollArea, clear
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.text import Label
from auditor.ui.planning import phrases
from auditor.ui.planning.deeds import CANCELLABLE, Deeds
from auditor.ui.programs.rules import money
from auditor.ui.theme import Ink, Tone, Type, colour, current

#: The pane; below ``WIDE`` it is shown when a row is opened, below ``LEAST`` for the list over it.
WIDTH, WIDE, LEAST = 344, 1040, 420


class Pane(QWidget):
    """The right side of a screen: white, a line at its left. ``closed()`` by its cross."""

    closed = Signal()

    def __init__(self, name: str, close: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedWidth(current().px(WIDTH))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        self.area = ScrollArea(margins=(20, 16, 16, 16), spacing=10)
        outer.addWidget(self.area)
        self.column = self.area.body
        self.cross = Button(icon="x", kind=Kind.TEXT, name=close, height=30, parent=self)
        self.cross.clicked.connect(self.closed)
        self.cross.hide()

    def show_cross(self, on: bool) -> None:
        self.cross.setVisible(on)
        self.cross.move(self.width() - self.cross.sizeHint().width() - 8, 12)
        self.cross.resize(self.cross.sizeHint())
        self.cross.raise_()

    def fact(self, label: str, value: str, *, ink: Ink = Ink.TEXT) -> None:
        """What it is called above what it is."""
        if not value:
            return
        column = QVBoxLayout()
        self.column.addLayout(column)
        column.setSpacing(1)
        column.addWidget(Label(label, Type.HELP, Ink.TEXT2))
        text = Label(value, Type.BODY, ink, wrap=True)
        text.setAccessibleName(f"{label}: {value}")
        column.addWidget(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, 1, self.height(), colour(t.border))


def arrange(pane: Pane, left: QWidget, width: int, *, some: bool, wanted: bool) -> int:
    """The pane beside the list, where there is room or it is ``wanted``; over it where both do not
    fit. Returns what is left for the list."""
    px = current().px
    wide = width >= px(WIDE)
    shown = some and (wide or wanted)
    over = shown and width - px(WIDTH) < px(LEAST)
    pane.setFixedWidth(width if over else px(WIDTH))
    pane.setVisible(shown)
    left.setVisible(not over)
    pane.show_cross(shown and not wide)
    if over:
        pane.cross.setFocus()
    return width - px(WIDTH) if shown and not over else width


class VisitPane(Pane):
    """``opened(visit id)`` to its answers or its report."""

    opened = Signal(int)

    def __init__(self, context: AppContext, deeds: Deeds) -> None:
        words = context.words
        super().__init__(words("The visit"), words("Close"))
        self.context, self.words, self._deeds = context, words, deeds
        self.record: AssignmentRecord | None = None
        #: What planned visits break, by visit.
        self.conflicts: Mapping[int, tuple[Conflict, ...]] = {}
        self.show_record(None)

    def show_record(self, record: AssignmentRecord | None) -> None:
        held = self.area.verticalScrollBar().value()
        same = record and self.record and record.visit_id == self.record.visit_id
        self.record = record
        clear(self.column)
        if record is None:
            none = self.words("Choose a visit in the list to see it here.")
            self.column.addWidget(Label(none, Type.HELP, Ink.TEXT2, wrap=True))
        else:
            self._fill(record)
        self.column.addStretch(1)
        self.area.verticalScrollBar().setValue(held if same else 0)

    def _fill(self, record: AssignmentRecord) -> None:
        words = self.words
        title = Label(record.location, Type.QUESTION, wrap=True)
        title.setContentsMargins(0, 0, 28, 0)
        self.column.addWidget(title)
        below = " · ".join(part for part in (record.location_code, record.address) if part)
        self.column.addWidget(Label(below, Type.HELP, Ink.TEXT2, wrap=True))
        chips = QHBoxLayout()
        self.column.addLayout(chips)
        chips.setSpacing(6)
        chips.addWidget(Chip(*phrases.status(words, record)))
        if record.overdue(today()):
            chips.addWidget(Chip(*phrases.state(words, record, today())))
        chips.addStretch(1)
        for conflict in self.conflicts.get(record.visit_id, ()):
            banner = Banner(conflict.text(words.language), Tone.WARNING)
            self.column.addWidget(banner)
        self._add_acts(record)
        self.column.addWidget(Line())
        self._add_facts(record)

    def _add_acts(self, record: AssignmentRecord) -> None:
        words = self.words
        row = QHBoxLayout()
        self.column.addLayout(row)
        row.setSpacing(6)
        acts = []
        if record.status is VisitStatus.PLANNED:
            given = words("Reassign…") if record.evaluator else words("Assign…")
            acts += [(given, self._assign), (words("Reschedule…"), self._reschedule)]
        else:
            acts += [(words("Open"), self._open)]
        for caption, slot in acts:
            button = Button(caption, Kind.SOFT, height=34)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        row = QHBoxLayout()
        self.column.addLayout(row)
        row.setSpacing(6)
        change = Button(words("Details…"), Kind.TEXT, icon="pencil-line", height=30)
        change.clicked.connect(self._change)
        cancel = Button(words("Cancel the visit…"), Kind.TEXT, icon="x", height=30)
        cancel.clicked.connect(self._cancel)
        for button in (change, cancel):
            row.addWidget(button)
        change.setVisible(record.status is VisitStatus.PLANNED)
        cancel.setVisible(record.status in CANCELLABLE)
        row.addStretch(1)

    def _add_facts(self, record: AssignmentRecord) -> None:
        words = self.words
        self.fact(words("Visit"), record.number)
        self.fact(words("Evaluator"), phrases.evaluator(words, record))
        self.fact(words("Days"), phrases.days(words, record, today()))
        if record.daypart is not None:
            self.fact(words("Daypart"), words(phrases.DAYPARTS[record.daypart]))
        self.fact(words("Wave"), " · ".join(p for p in (record.program, record.wave) if p))
        pay = f"{money(words, record.fee, record.currency)}"
        if record.expense_cap is not None:
            cap = money(words, record.expense_cap, record.currency)
            pay = words("{fee}, expenses up to {cap}", fee=pay, cap=cap)
        self.fact(words("Fee"), "" if record.fee is None and not record.expense_cap else pay)
        self.fact(words("Scenario"), record.scenario)
        self.fact(words("Note for the office"), record.note)

    def _assign(self) -> None:
        if self.record is not None:
            self._deeds.assign([self.record])

    def _reschedule(self) -> None:
        if self.record is not None:
            self._deeds.reschedule([self.record])

    def _change(self) -> None:
        if self.record is not None:
            self._deeds.change(self.record)

    def _cancel(self) -> None:
        if self.record is not None:
            self._deeds.cancel([self.record])

    def _open(self) -> None:
        if self.record is not None:
            self.opened.emit(self.record.visit_id)
