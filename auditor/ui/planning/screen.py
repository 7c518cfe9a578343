"""The visits of a wave: as a list, by day, what is late, who has how much. Without a wave: all
that is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from auditor.domain.assignments import AssignmentFilter, AssignmentOrder
from auditor.domain.changes import Changes
from auditor.domain.rotation import Conflict
from auditor.ui.commands import planning
from auditor.ui.commands.planning import Board, load_board
from auditor.ui.commands.studies import today
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.header import Header
from auditor.ui.kit.tabs import Tabs
from auditor.ui.locations.phrases import number
from auditor.ui.planning.calendar import CalendarView
from auditor.ui.planning.deeds import Deeds
from auditor.ui.planning.list import AssignmentsView
from auditor.ui.planning.load import LoadView
from auditor.ui.planning.wave_acts import WaveActs
from auditor.ui.programs.wave_rows import days_text
from auditor.ui.theme import Tone
from auditor.ui.undo import undo_of
from auditor.ui.undo_buttons import UndoButtons

LIST, CALENDAR, OVERDUE, LOAD = range(4)
View: TypeAlias = AssignmentsView | CalendarView | LoadView


@dataclass(frozen=True, slots=True)
class Place:
    tab: int
    visit: int = 0
    text: str = ""
    day: date | None = None


class PlanningScreen(WaveActs):
    """``closed()`` back to the program; ``visit_wanted(visit id)`` to what it holds."""

    closed = Signal()
    visit_wanted = Signal(int)

    def __init__(self, context: AppContext, wave_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.wave_id = wave_id
        self.board: Board | None = None
        self._tab = LIST if wave_id else OVERDUE
        self._place: Place | None = None
        self._views: dict[int, View] = {}
        self._broken: Mapping[int, tuple[Conflict, ...]] = {}
        self.deeds = Deeds(context, self)
        self.undo = undo_of(context)
        self.undo.bind(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._make_header()
        column.addWidget(self.header)
        words = context.words
        captions = [words("Visits"), words("Calendar"), words("Overdue"), words("Evaluators")]
        self.tabs = Tabs(captions, words("Views of the wave"), side=4)
        self.tabs.choose(self._tab)
        self.tabs.changed.connect(self.turn)
        column.addWidget(self.tabs)
        self.tabs.setVisible(bool(wave_id))
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        for index in range(4):
            keys = QShortcut(QKeySequence(f"Ctrl+{index + 1}"), self)
            keys.activated.connect(partial(self._turn_by_key, index))
        context.changed.connect(self._changed)

    def _make_header(self) -> None:
        words = self.context.words
        self.header = Header(words("Overdue"), back=words("Programs"), side=16)
        self.header.back.clicked.connect(self.closed)
        self.days = Chip("", Tone.NEUTRAL, "calendar")
        self.waiting = Chip("", Tone.WARNING, "user-x")
        for chip in (self.days, self.waiting):
            self.header.add_chip(chip)
            chip.hide()
        self.undo_buttons = UndoButtons(self.context)
        self.header.add(self.undo_buttons)
        self.more = Button(icon="ellipsis", name=words("More for this wave"))
        self.more.clicked.connect(self.show_menu)
        self.header.add(self.more)
        self.add = Button(words("Add a visit…"), icon="plus")
        self.add.clicked.connect(self._add)
        self.header.add(self.add)
        self.plan = Button(words("Plan visits…"), Kind.PRIMARY, icon="calendar-plus")
        self.plan.clicked.connect(self.plan_visits)
        self.header.add(self.plan)
        for button in (self.more, self.add, self.plan):
            button.setVisible(bool(self.wave_id))
            button.setEnabled(False)

    # data

    def load(self) -> None:
        self.context.ask(load_board, self.wave_id, done=self._show, failed=self._gone)

    def _changed(self, changes: Changes) -> None:
        if changes.programs or changes.visits or changes.places or changes.evaluators:
            self.load()

    def _gone(self, error: Exception) -> None:
        """The wave was removed, by an undo for one."""
        self.context.report_error(error)
        self.closed.emit()

    def _show(self, board: Board) -> None:
        first = self.board is None
        self.board = board
        self._show_head(board)
        for button in (self.more, self.add, self.plan):
            button.setEnabled(True)
        for view in self._views.values():
            self._show_board(view, board)
        if first:
            self._turn_to(self._tab)
            self._view.focus_first()
        else:
            self._view.read()
        if board.wave is not None:
            planning.read_broken(self.context, [self.wave_id], self._show_broken, self._stays)

    def _show_broken(self, found: Mapping[int, Mapping[int, tuple[Conflict, ...]]]) -> None:
        self._broken = found[self.wave_id]
        view = self._views.get(LIST)
        if isinstance(view, AssignmentsView):
            view.show_broken(self._broken)

    def _stays(self, _error: Exception) -> None:
        """The wave was removed meanwhile; reading it anew says so."""

    def _show_head(self, board: Board) -> None:
        words = self.context.words
        tone = Tone.DANGER if board.overdue else Tone.NEUTRAL
        self.tabs.tabs[OVERDUE].set_count(str(board.overdue) if board.overdue else "", tone)
        if board.wave is None or board.program is None:
            return
        self.header.set_title(f"{board.wave.name} · {board.program.name}")
        self.tabs.tabs[LIST].set_count(number(words, board.count.total))
        self.days.set(days_text(words, board.wave, today()), icon="calendar")
        self.days.show()
        nobody = board.count.unassigned
        self.waiting.set(
            words("{count} without an evaluator", count=number(words, nobody)), icon="user-x"
        )
        self.waiting.setVisible(nobody > 0)

    # views

    @property
    def _view(self) -> View:
        return self._views[self._tab]

    def turn(self, tab: int) -> None:
        if self.board is not None:
            self._turn_to(tab)

    def _turn_by_key(self, tab: int) -> None:
        if self.wave_id and self.board is not None:
            self.tabs.choose(tab)
            self._turn_to(tab)
            self._view.focus_first()

    def _turn_to(self, tab: int) -> None:
        self._tab = tab
        fresh = tab not in self._views
        if fresh:
            self._views[tab] = view = self._make(tab)
            self.stack.addWidget(view)
            if self.board is not None:
                self._show_board(view, self.board)
        self.stack.setCurrentWidget(self._view)
        if self._place is not None and fresh:
            self._take_up(self._place)
        self._view.read()

    def _make(self, tab: int) -> View:
        board = self.board
        if tab == CALENDAR and board is not None and board.wave is not None:
            return CalendarView(self.context, self.deeds, board.wave)
        if tab == LOAD and board is not None and board.program and board.wave:
            most = board.program.terms_of(board.wave).most_visits
            load = LoadView(self.context, self.wave_id, most)
            load.visits_wanted.connect(self._show_visits_of)
            load.replace_wanted.connect(self._replace)
            load.staff_wanted.connect(self.staff)
            return load
        base = AssignmentFilter(wave=self.wave_id or None)
        order = AssignmentOrder.DAY
        if tab == OVERDUE:
            base = AssignmentFilter(wave=self.wave_id or None, overdue_on=today())
            order = AssignmentOrder.DUE
        listed = AssignmentsView(self.context, self.deeds, base, order)
        listed.opened.connect(self.visit_wanted)
        listed.plan_wanted.connect(self.plan_visits)
        if tab == LIST:
            listed.show_broken(self._broken)
        return listed

    def _show_board(self, view: View, board: Board) -> None:
        if isinstance(view, CalendarView):
            if board.wave is not None:
                view.show_wave(board.wave)
        else:
            view.show_board(board)

    def _show_visits_of(self, evaluator_id: int) -> None:
        self.tabs.choose(LIST)
        self._turn_to(LIST)
        view = self._view
        if isinstance(view, AssignmentsView):
            view.filters.choose_evaluator(evaluator_id)
            view.focus_first()

    def ticked_places(self) -> tuple[int, ...]:
        view = self._views.get(LIST)
        if not isinstance(view, AssignmentsView) or self._tab != LIST:
            return ()
        found = {row.location_id for row in view.rows.rows if row.visit_id in view.rows.ticked}
        return tuple(sorted(found))

    def listed(self) -> AssignmentFilter:
        view = self._views.get(self._tab)
        return view.filters.filter if isinstance(view, AssignmentsView) else super().listed()

    # place

    def place(self) -> Place:
        view = self._views.get(self._tab)
        if isinstance(view, AssignmentsView):
            return Place(self._tab, *view.where())
        return Place(self._tab, day=view.day if isinstance(view, CalendarView) else None)

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self._tab, self._place = place.tab, place
            self.tabs.choose(place.tab)

    def _take_up(self, place: Place) -> None:
        view, self._place = self._view, None
        if isinstance(view, AssignmentsView):
            view.filters.search.setText(place.text)
            view.go_to(place.visit)
        elif isinstance(view, CalendarView) and place.day is not None:
            view.go_to(place.day)

    def leave(self) -> bool:
        self.undo.forget(self)
        return True

    def focus_first(self) -> None:
        view = self._views.get(self._tab)
        if view is not None:
            view.focus_first()
        else:  # until it is read
            self.header.back.setFocus()
