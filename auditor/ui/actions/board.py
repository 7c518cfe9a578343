"""The list of actions: tabs by status, filters, a table read page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from auditor.domain.action_words import STATUS_NAMES
from auditor.domain.actions import (
    CARRIED,
    PENDING,
    ActionCounts,
    ActionFilter,
    ActionKey,
    ActionRecord,
    ActionStatus,
    DueFilter,
)
from auditor.ui.actions import phrases
from auditor.ui.actions.filters import FilterBar
from auditor.ui.actions.foot import Foot
from auditor.ui.commands import actions as commands
from auditor.ui.commands.actions import Board, NextPage, Offers, Wanted
from auditor.ui.context import AppContext
from auditor.ui.kit.card import EmptyState
from auditor.ui.kit.rows import Column, RowModel, RowTable
from auditor.ui.kit.tabs import Tabs
from auditor.ui.theme import Tone, colour, current

PENDING_TAB, LATE_TAB, DONE_TAB, ENDED_TAB, ALL_TAB = range(5)
_OF_TAB: dict[int, frozenset[ActionStatus]] = {
    PENDING_TAB: PENDING,
    LATE_TAB: PENDING,
    DONE_TAB: frozenset({ActionStatus.DONE}),
    ENDED_TAB: frozenset(ActionStatus) - CARRIED,
    ALL_TAB: frozenset(),
}
#: Below this width the buttons of the foot are icons.
ROOMY = 860


class ActionBoard(QWidget):
    """``opened(record)`` by Enter or a double click, ``moved(record or None)``."""

    opened = Signal(object)
    moved = Signal(object)

    def __init__(self, context: AppContext, today: date) -> None:
        super().__init__()
        self.context, self.words, self.today = context, context.words, today
        self.text = ""
        self.wanted_id = 0
        self._counts = ActionCounts({})
        self._asked: Wanted | None = None
        words = self.words
        self.tabs = Tabs(
            (words("To act on"), words("Late"), words("To be checked"), words("Ended"),
             words("All")), words("Which actions"),
        )  # fmt: skip
        self.filters = FilterBar(words)
        self.model = RowModel(self._columns(), _ident, parent=self)
        self.table = RowTable(self.model, words("Corrective actions"))
        self.foot = Foot(words)
        self._empty = EmptyState("list-checks", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.tabs, self.filters):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)
        self._connect()

    def _connect(self) -> None:
        self.tabs.changed.connect(self._turned)
        self.filters.changed.connect(self.read_anew)
        self.model.wanted.connect(self._ask_more)
        self.model.ticks_changed.connect(self._count)
        self.table.opened.connect(self.opened)
        self.table.moved.connect(self.moved)
        self.table.all_wanted.connect(self._tick_all)

    def _columns(self) -> tuple[Column, ...]:
        words, today = self.words, self.today

        def late(record: ActionRecord) -> tuple[str, Tone, str] | None:
            return phrases.due(words, record, today)

        def due(record: ActionRecord) -> str:
            return phrases.due_text(words, record, today)

        def status(record: ActionRecord) -> str:
            return words(STATUS_NAMES[record.status])

        return (
            Column(words("Due day"), due, 172, chip=late),
            Column(words("Finding"), lambda r: " ".join(r.finding.split()), strong=True),
            Column(words("Location"), lambda r: r.location, 140,
                   note=lambda r: r.location_code),
            Column(words("Owner"), lambda r: r.owner or "–", 120, spare=True),
            Column(words("Status"), status, 128,
                   chip=lambda r: phrases.status(words, r.status)),
        )  # fmt: skip

    # what is asked

    def counted(self) -> ActionFilter:
        """The filter without what the tabs decide."""
        return self.filters.apply(ActionFilter(text=self.text))

    def asked(self) -> Wanted:
        wanted = replace(self.counted(), statuses=_OF_TAB[self.tabs.index])
        if self.tabs.index == LATE_TAB:
            wanted = replace(wanted, due=DueFilter.OVERDUE)
        return Wanted(wanted, self.today)

    def read(self) -> None:
        """The same list again, as far as it was read."""
        self._asked = self.asked()
        self.context.ask(
            commands.read_board, self._asked, self.counted(), len(self.model.rows),
            done=self._show,
        )  # fmt: skip
        self.context.ask(commands.read_offers, done=self._offer)

    def read_anew(self) -> None:
        """Another list, from its top."""
        self._asked = self.asked()
        self.context.ask(commands.read_board, self._asked, self.counted(), 0, done=self._show_anew)

    def _turned(self, _index: int) -> None:
        self.read_anew()

    def _offer(self, offers: Offers) -> None:
        self.filters.offer(offers)

    # what is shown

    def _show(self, board: Board) -> None:
        if board.asked == self._asked:
            held = self.table.record
            self.model.replace(board.rows, more=board.more)
            self._settle(board, 0 if held is None else held.id)

    def _show_anew(self, board: Board) -> None:
        if board.asked == self._asked:
            held = self.table.record
            self.model.tick(())
            self.model.show(board.rows, more=board.more)
            self._settle(board, 0 if held is None else held.id)

    def _settle(self, board: Board, held: int) -> None:
        self._counts = board.counts
        if self.filters.location is not None:
            here = board.rows[0].location if board.rows else self.words("This location")
            self.filters.show_place(here)
        self._show_counts(board.counts)
        wanted, self.wanted_id = self.wanted_id or held, 0
        if board.rows and not self.table.go_to(wanted):
            self.table.setCurrentIndex(self.model.index(0, 1))
        if board.rows:
            self._stack.setCurrentWidget(self.table)
            self.moved.emit(self.table.record)
        else:
            self._show_none()
            self.moved.emit(None)
        self._count()

    def _show_counts(self, counts: ActionCounts) -> None:
        totals = {
            PENDING_TAB: counts.of(*PENDING),
            LATE_TAB: counts.overdue,
            DONE_TAB: counts.of(ActionStatus.DONE),
            ENDED_TAB: counts.of(ActionStatus.CLOSED, ActionStatus.DROPPED),
            ALL_TAB: counts.of(*ActionStatus),
        }
        for at, total in totals.items():
            late = at == LATE_TAB and total > 0
            self.tabs.tabs[at].set_count(str(total), Tone.DANGER if late else Tone.NEUTRAL)

    @property
    def total(self) -> int:
        """Of the present tab."""
        if self.tabs.index == LATE_TAB:
            return self._counts.overdue
        return self._counts.of(*(_OF_TAB[self.tabs.index] or ActionStatus))

    def _show_none(self) -> None:
        words = self.words
        filtered = self.filters.any or bool(self.text)
        nothing = not filtered and not self._counts.of(*ActionStatus)
        title = words("No action yet") if nothing else words("No action here")
        if nothing:
            text = words("Make actions from the findings of a visit, or add one by hand.")
        elif filtered:
            text = words("No action fits these filters.")
        else:
            text = ""
        self._stack.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = EmptyState("list-checks", title, text)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _count(self) -> None:
        self.foot.show_counts(
            len(self.model.rows), self.total, len(self.model.ticked),
            narrow=self.width() < current().px(ROOMY),
        )  # fmt: skip

    def _tick_all(self) -> None:
        self.model.tick(record.id for record in self.model.rows)

    # more

    def _ask_more(self) -> None:
        """Queued: the model is in the middle of asking."""
        QTimer.singleShot(0, self, self._read_more)

    def _read_more(self) -> None:
        if self._asked is not None and self.model.rows:
            last: ActionRecord = self.model.rows[-1]
            after = ActionKey(last.due, last.id)
            self.context.ask(commands.read_page, self._asked, after, done=self._add)

    def _add(self, page: NextPage) -> None:
        if page.asked == self._asked:
            self.model.add(page.rows, more=page.more)
            self._count()

    # choosing

    @property
    def chosen(self) -> tuple[int, ...]:
        """The ticked ones, else the current one."""
        if self.model.ticked:
            return tuple(sorted(self.model.ticked))
        record = self.table.record
        return () if record is None else (record.id,)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(current().tokens.surface))

    def set_narrow(self, narrow: bool) -> None:
        self.table.set_narrow(narrow)
        self._count()

    def focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _ident(record: ActionRecord) -> int:
    return record.id
