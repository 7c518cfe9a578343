"""The visits of a wave by day: a month at the left, the chosen day's visits beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.assignments import (
    AssignmentFilter,
    AssignmentOrder,
    AssignmentRecord,
    DayCount,
)
from auditor.domain.records import WaveRecord
from auditor.ui import when
from auditor.ui.commands import planning
from auditor.ui.commands.planning import Page
from auditor.ui.commands.studies import today
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.rows import Column, RowModel, RowTable
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.planning import phrases
from auditor.ui.planning.deeds import Deeds
from auditor.ui.planning.foot import Foot
from auditor.ui.planning.month import MonthGrid, by_months, first_shown
from auditor.ui.programs.dialogs import month_name
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

#: The list of a day; so many of one day are shown.
WIDTH, MOST = 344, 2000
NARROW = 760


class DayList(QWidget):
    """The visits of one day; what is ticked can be assigned, moved, cancelled. ``left()`` by
    Escape: back to the month."""

    left = Signal()
    opened = Signal(int)

    def __init__(self, context: AppContext, deeds: Deeds) -> None:
        super().__init__()
        words = context.words
        self.context, self.words, self._deeds = context, words, deeds
        self.rows = RowModel((
            Column(words("Location"), lambda r: r.location, strong=True,
                   note=lambda r: r.evaluator or words("Nobody yet")),
            Column(words("State"), lambda r: phrases.state(words, r, today())[0], 124,
                   chip=lambda r: phrases.state(words, r, today())),
        ), lambda record: record.visit_id, parent=self)  # fmt: skip
        self.table = RowTable(self.rows, words("Visits of the day"))
        self.table.all_wanted.connect(self._tick_all)
        self.table.opened.connect(self._open)
        self.rows.ticks_changed.connect(self._ticked)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        column.addLayout(head)
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(2)
        self.title = ElidedLabel("", Type.QUESTION)
        self.said = ElidedLabel("", Type.HELP, Ink.TEXT2)
        head.addWidget(self.title)
        head.addWidget(self.said)
        column.addWidget(self.table, 1)
        column.addWidget(self._foot())
        self._ticked()

    def _foot(self) -> Foot:
        words = self.words
        foot = Foot()
        self.assign = Button(words("Assign…"), Kind.SOFT, height=34)
        self.reschedule = Button(words("Reschedule…"), Kind.SOFT, height=34)
        self.cancel = Button(icon="x", kind=Kind.SOFT, height=34, name=words("Cancel…"))
        for button, slot in ((self.assign, self._assign), (self.reschedule, self._reschedule),
                             (self.cancel, self._cancel)):  # fmt: skip
            button.clicked.connect(slot)
            foot.row.addWidget(button)
        foot.row.addStretch(1)
        return foot

    def show_day(self, day: date, count: DayCount | None) -> None:
        words = self.words
        self.title.setText(words("{weekday}, {date}", weekday=words(when.WEEKDAYS[day.weekday()]),
                                 date=when.day(words, day, today())))  # fmt: skip
        parts = [phrases.visits(words, count.total)] if count and count.total else []
        parts += [t for t, _ in phrases.day_parts(words, count, today())] if count else []
        self.said.setText(" · ".join(parts) or words("No visits on this day"))

    def show_rows(self, records: Sequence[AssignmentRecord]) -> None:
        held = self.table.record
        self.rows.replace(records, more=False)
        if records and not (held and self.table.go_to(held.visit_id)):
            self.table.go_to(records[0].visit_id)
        self._ticked()

    def chosen(self) -> tuple[AssignmentRecord, ...]:
        """What is ticked, else the current one."""
        found = tuple(r for r in self.rows.rows if r.visit_id in self.rows.ticked)
        return found or ((self.table.record,) if self.table.record else ())

    def _ticked(self) -> None:
        some = bool(self.rows.rows)
        for button in (self.assign, self.reschedule, self.cancel):
            button.setEnabled(some)

    def _tick_all(self) -> None:
        self.rows.tick(self.rows.ident(row) for row in self.rows.rows)

    def _assign(self) -> None:
        self._deeds.assign(self.chosen())

    def _reschedule(self) -> None:
        self._deeds.reschedule(self.chosen())

    def _cancel(self) -> None:
        self._deeds.cancel(self.chosen())

    def _open(self, record: AssignmentRecord) -> None:
        self._deeds.change(record)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        acts = {Qt.Key.Key_A: self._assign, Qt.Key.Key_R: self._reschedule,
                Qt.Key.Key_Delete: self._cancel, Qt.Key.Key_Escape: self.left.emit}  # fmt: skip
        if key in acts and not event.modifiers():
            acts[key]()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(current().px(WIDTH), 300)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, 1, self.height(), colour(t.border))


class _MonthHead(QWidget):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setFixedHeight(current().reach(46))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 16, 1)
        row.setSpacing(4)
        self.back = Button(icon="chevron-left", kind=Kind.TEXT, name=words("Previous month"),
                           hint="PgUp", height=34)  # fmt: skip
        self.on = Button(icon="chevron-right", kind=Kind.TEXT, name=words("Next month"),
                         hint="PgDn", height=34)  # fmt: skip
        self.title = Label("", Type.QUESTION)
        self.today = Button(words("Today"), Kind.TEXT, height=34)
        self.total = ElidedLabel("", Type.HELP, Ink.TEXT2)
        for part in (self.back, self.on, self.title):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self.today)
        row.addWidget(self.total, 1)
        row.addStretch(0)
        self.total.setAlignment(Qt.AlignmentFlag.AlignRight)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.border))


class CalendarView(QWidget):
    opened = Signal(int)

    def __init__(self, context: AppContext, deeds: Deeds, wave: WaveRecord) -> None:
        super().__init__()
        words = context.words
        self.context, self.words = context, words
        self._wanted = AssignmentFilter(wave=wave.id)
        self._turn = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        row.addLayout(column, 1)
        column.setSpacing(0)
        self.head = _MonthHead(words)
        column.addWidget(self.head)
        self.grid = MonthGrid(words, today())
        column.addWidget(self.grid, 1)
        self.list = DayList(context, deeds)
        row.addWidget(self.list)
        self._connect()
        self.show_wave(wave)
        self._day = _start(wave)
        self.grid.days.show(self._day, {})
        self.grid.choose(self._day)
        self._say()

    def _connect(self) -> None:
        self.grid.moved.connect(self._moved)
        self.grid.turned.connect(self.go_to)
        self.grid.entered.connect(self.list.table.setFocus)
        self.list.left.connect(self.grid.setFocus)
        self.list.opened.connect(self.opened)
        self.head.back.clicked.connect(self._back)
        self.head.on.clicked.connect(self._on)
        self.head.today.clicked.connect(self._today)

    def show_wave(self, wave: WaveRecord) -> None:
        self.grid.days.allowed = (wave.starts_on, wave.ends_on)

    @property
    def day(self) -> date:
        return self._day

    def go_to(self, day: date) -> None:
        """Show that day's month with it chosen."""
        self._day = day
        model = self.grid.days
        model.show(day, model.counts)
        self.grid.choose(day)
        self.read()

    def _moved(self, day: date) -> None:
        self._day = day
        if (day.year, day.month) != (self.grid.days.month.year, self.grid.days.month.month):
            self.go_to(day)
        else:
            self.list.rows.tick(())
            self._say()
            self._read_day()

    def read(self) -> None:
        self._turn += 1
        first = first_shown(self._day)
        planning.read_calendar(self.context, first, first + timedelta(days=41), self._wanted,
                               partial(self._show, self._turn))  # fmt: skip
        self._read_day()

    def _read_day(self) -> None:
        wanted = replace(
            self._wanted, first=self._day, last=self._day, statuses=phrases.KINDS[0][1]
        )
        planning.read_page(self.context, wanted, AssignmentOrder.DAY, None,
                           partial(self._show_day, self._day), MOST)  # fmt: skip

    def _show(self, turn: int, counts: Mapping[date, DayCount]) -> None:
        if turn == self._turn:
            self.grid.days.show(self._day, counts)
            self._say()

    def _show_day(self, day: date, page: Page) -> None:
        if day == self._day:
            self.list.show_rows(page.rows)

    def _say(self) -> None:
        words, model = self.words, self.grid.days
        self.head.title.setText(month_name(words, model.month))
        inside = (each for each in model.counts.values() if each.day.month == model.month.month)
        total = sum(each.total for each in inside)
        self.head.total.setText(
            words("{visits} in this month", visits=phrases.visits(words, total))
        )
        self.list.show_day(self._day, model.counts.get(self._day))

    def _back(self) -> None:
        self.go_to(by_months(self._day, -1))

    def _on(self) -> None:
        self.go_to(by_months(self._day, 1))

    def _today(self) -> None:
        self.go_to(today())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self.context.theme.px
        self.list.setFixedWidth(min(px(WIDTH), self.width() * 2 // 5))
        self.head.total.setVisible(self.width() >= px(NARROW))

    def focus_first(self) -> None:
        self.grid.setFocus()


def _start(wave: WaveRecord) -> date:
    """Today where the wave is under way, else its first day."""
    if wave.covers(today()) or wave.starts_on is None:
        return today()
    if wave.ends_on is not None and wave.ends_on < today():
        return wave.ends_on
    return wave.starts_on
