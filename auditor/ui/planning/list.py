"""The visits of a wave as a list one ticks, or all that are overdue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.domain.assignments import AssignmentFilter, AssignmentOrder, AssignmentRecord
from auditor.domain.places import PageKey
from auditor.domain.rotation import Conflict
from auditor.ui.commands import planning
from auditor.ui.commands.planning import PAGE, Board, Page
from auditor.ui.commands.studies import today
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button
from auditor.ui.kit.card import EmptyState
from auditor.ui.kit.rows import Chip, Column, RowModel, RowTable
from auditor.ui.planning import phrases
from auditor.ui.planning.broken import BrokenLine
from auditor.ui.planning.deeds import Deeds
from auditor.ui.planning.filters import FilterBar
from auditor.ui.planning.foot import ListFoot
from auditor.ui.planning.pane import VisitPane, arrange
from auditor.ui.theme import Tone
from auditor.words import Words

#: Below this width a list leaves out its spare columns.
NARROW = 760


def columns(
    words: Words, state: Callable[[AssignmentRecord], Chip], *, with_wave: bool
) -> tuple[Column, ...]:
    found = [
        Column(words("Location"), lambda r: r.location, strong=True,
               note=lambda r: r.location_code),
        Column(words("Evaluator"), lambda r: phrases.evaluator(words, r), 176),
        Column(words("Day"), lambda r: phrases.day(words, r, today()), 104,
               key=AssignmentOrder.DAY.value),
        Column(words("Deadline"), lambda r: _due(words, r), 104, key=AssignmentOrder.DUE.value,
               spare=True),
        Column(words("State"), lambda r: state(r)[0], 136, chip=state),
        Column(words("Visit"), lambda r: r.number, 76, key=AssignmentOrder.NUMBER.value,
               spare=True),
    ]  # fmt: skip
    if with_wave:
        told = Column(words("Wave"), lambda r: " · ".join(p for p in (r.program, r.wave) if p),
                      170, spare=True)  # fmt: skip
        found.insert(1, told)
    return tuple(found)


def _due(words: Words, record: AssignmentRecord) -> str:
    from auditor.ui import when

    return "–" if record.due is None else when.day(words, record.due, today())


class AssignmentsView(QWidget):
    """``opened(visit id)`` to what a visit holds; ``plan_wanted()`` where nothing is planned."""

    opened = Signal(int)
    plan_wanted = Signal()

    def __init__(
        self,
        context: AppContext,
        deeds: Deeds,
        base: AssignmentFilter,
        order: AssignmentOrder = AssignmentOrder.DAY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        words = context.words
        self.context, self.words, self._deeds = context, words, deeds
        self._order, self._turn = order, 0
        self._key: PageKey | None = None
        self._wanted_row = 0
        self._pane_wanted = False
        self._broken: Mapping[int, tuple[Conflict, ...]] = {}
        self.broken = BrokenLine(words)
        self.broken.turned.connect(self._show_broken_alone)
        self.filters = FilterBar(words, base)
        self.filters.changed.connect(self._filter)
        with_wave = base.wave is None
        self.rows = RowModel(
            columns(words, self._state, with_wave=with_wave),
            lambda record: record.visit_id,
            parent=self,
        )
        self.table = RowTable(self.rows, words("Overdue visits") if base.overdue_on else
                              words("Visits of the wave"))  # fmt: skip
        self.table.set_order(order.value)
        self._empty: EmptyState | None = None
        self.plan = Button(words("Plan visits…"), icon="calendar-plus", height=40, parent=self)
        self.plan.clicked.connect(self.plan_wanted)
        self.plan.hide()
        self.foot = ListFoot(words)
        self.pane = VisitPane(context, deeds)
        self._overdue = base.overdue_on is not None
        self._build()
        self._connect()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._left = QWidget()
        row.addWidget(self._left, 1)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.broken)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)
        row.addWidget(self.pane)

    def _connect(self) -> None:
        self.rows.wanted.connect(self._read_more)
        self.rows.ticks_changed.connect(self._ticked)
        self.table.moved.connect(self._moved)
        self.table.opened.connect(self._open_pane)
        self.table.sorted.connect(self._sort)
        self.table.all_wanted.connect(self._tick_all)
        self.pane.opened.connect(self.opened)
        self.pane.closed.connect(self._close_pane)
        self.foot.assign.clicked.connect(self._assign)
        self.foot.reschedule.clicked.connect(self._reschedule)
        self.foot.cancel.clicked.connect(self._cancel)
        self.foot.none.clicked.connect(self._tick_none)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)

    # data

    def show_board(self, board: Board) -> None:
        self.filters.offer(board.evaluators, board.regions)

    def show_broken(self, broken: Mapping[int, tuple[Conflict, ...]]) -> None:
        """The planned visits that break a rule, and which."""
        self._broken = self.pane.conflicts = broken
        self.broken.say(len(broken))
        if self.filters.only is not None and self.filters.only != frozenset(broken):
            self.filters.only = frozenset(broken) if broken else None
            self.read()
        self.table.viewport().update()
        self.pane.show_record(self.table.record)

    def _show_broken_alone(self, alone: bool) -> None:
        self.filters.only = frozenset(self._broken) if alone else None
        self._filter()
        self.table.setFocus()

    def _state(self, record: AssignmentRecord) -> Chip:
        """A rule that is broken stands before the status, what is late before both."""
        if record.visit_id in self._broken and not record.overdue(today()):
            return self.words("Breaks a rule"), Tone.WARNING, "triangle-alert"
        return phrases.state(self.words, record, today())

    def read(self) -> None:
        """The list as it is on disk now, as far as it was read."""
        self._turn += 1
        limit = max(PAGE, len(self.rows.rows))
        wanted = self.filters.filter
        planning.read_page(self.context, wanted, self._order, None,
                           partial(self._show, self._turn), limit)  # fmt: skip
        planning.count(self.context, wanted, self.filters.say_count)

    def _show(self, turn: int, page: Page) -> None:
        if turn != self._turn:
            return
        held = self.table.record
        wanted = self._wanted_row or (held.visit_id if held else 0)
        self._wanted_row = 0
        self._key = page.key
        self.rows.replace(page.rows, more=page.more)
        self._stack.setCurrentWidget(self.table if page.rows else self._nothing())
        if page.rows and not self.table.go_to(wanted):
            self.table.go_to(self.rows.ident(page.rows[0]))
        self.pane.show_record(self.table.record)
        self._fit()

    def _nothing(self) -> QWidget:
        """What stands where there are no rows; nothing planned at all offers to plan."""
        if self._empty is None:
            self._empty = self._make_empty()
            self._stack.addWidget(self._empty)
        self.plan.setVisible(not self._overdue and not self.filters.narrows)
        return self._empty

    def _make_empty(self) -> EmptyState:
        words = self.words
        title, icon = words("No visits here"), "calendar"
        text = words("Plan the visits of the wave, or choose another filter.")
        if self._overdue:
            title, icon = words("Nothing is overdue"), "circle-check"
            text = words("Whatever is due and not handed in shows here.")
        empty = EmptyState(icon, title, text)
        empty.add(self.plan)
        return empty

    def _read_more(self) -> None:
        planning.read_page(self.context, self.filters.filter, self._order, self._key,
                           partial(self._add, self._turn))  # fmt: skip

    def _add(self, turn: int, page: Page) -> None:
        if turn == self._turn:
            self._key = page.key or self._key
            self.rows.add(page.rows, more=page.more)

    def _filter(self) -> None:
        self.rows.tick(())
        self.rows.show((), more=False)
        self.read()

    def _sort(self, key: str) -> None:
        self._order = AssignmentOrder(key)
        self.table.set_order(key)
        self.rows.show((), more=False)
        self.read()

    # ticks

    def ticked(self) -> tuple[AssignmentRecord, ...]:
        """Those that are ticked, else the current one."""
        found = tuple(r for r in self.rows.rows if r.visit_id in self.rows.ticked)
        if found or self.table.record is None:
            return found
        return (self.table.record,)

    def _tick_all(self) -> None:
        """All of the list, those that are not read yet included."""
        if self.rows.has_more:
            planning.read_ids(self.context, self.filters.filter, self._tick_read)
        else:
            self.rows.tick(self.rows.ident(row) for row in self.rows.rows)

    def _tick_read(self, records: Sequence[AssignmentRecord]) -> None:
        self._turn += 1
        self.rows.replace(records, more=False)
        self.rows.tick(phrases.ids(records))

    def _tick_none(self) -> None:
        self.rows.tick(())
        self.table.setFocus()

    def _ticked(self) -> None:
        self.foot.say(len(self.rows.ticked))

    def _assign(self) -> None:
        self._deeds.assign(self.ticked())

    def _reschedule(self) -> None:
        self._deeds.reschedule(self.ticked())

    def _cancel(self) -> None:
        self._deeds.cancel(self.ticked())

    # the current one

    def _moved(self, record: AssignmentRecord | None) -> None:
        self.pane.show_record(record)

    def _open_pane(self, _record: AssignmentRecord) -> None:
        self._pane_wanted = True
        self._fit()

    def _close_pane(self) -> None:
        self._pane_wanted = False
        self._fit()
        self.table.setFocus()

    def _find(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._pane_wanted and self.pane.isVisible():
            self._close_pane()
        elif key == Qt.Key.Key_Down and self.filters.search.hasFocus():
            self.table.setFocus()
        elif key in _LETTERS and not event.modifiers() and self.table.hasFocus():
            {Qt.Key.Key_A: self._assign, Qt.Key.Key_R: self._reschedule,
             Qt.Key.Key_Delete: self._cancel}[key]()  # fmt: skip
        else:
            super().keyPressEvent(event)

    # shape

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        some = bool(self.rows.rows)
        left = arrange(self.pane, self._left, self.width(), some=some, wanted=self._pane_wanted)
        narrow = left < self.context.theme.px(NARROW)
        for part in (self.table, self.filters, self.foot):
            part.set_narrow(narrow)

    def focus_first(self) -> None:
        self.table.setFocus()

    def go_to(self, visit_id: int) -> None:
        """Make that visit the current one, as soon as it is read."""
        if not self.table.go_to(visit_id):
            self._wanted_row = visit_id

    def where(self) -> tuple[int, str]:
        """The current visit and the search, for ``go_to`` of a new view."""
        record = self.table.record
        return (record.visit_id if record else 0), self.filters.search.text()

    def later(self) -> None:
        """Read once what is going on now is done."""
        QTimer.singleShot(0, self, self.read)


_LETTERS = (Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_Delete)
