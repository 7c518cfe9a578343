"""My visits: one big Continue, the groups of visits, the week, the data on this machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.changes import Changes
from auditor.domain.errors import UserError
from auditor.domain.my_visits import PAGE, Group, Order, Overview, Wanted
from auditor.domain.records import VisitRecord
from auditor.domain.visits import WRITABLE
from auditor.ui.commands.home import Home, read_home, read_visit
from auditor.ui.context import AppContext
from auditor.ui.home.aside import WIDTH, Aside, KeyHints
from auditor.ui.home.filter import FilterRow
from auditor.ui.home.groups import group_of
from auditor.ui.home.hero import Hero
from auditor.ui.home.list import VisitList
from auditor.ui.home.place import Place
from auditor.ui.kit.button import Button
from auditor.ui.kit.card import ScrollArea, clear
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.field import Select
from auditor.ui.kit.header import Header
from auditor.ui.kit.search import SearchBox
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label
from auditor.ui.screen import Screen
from auditor.ui.theme import Ink, Type

if TYPE_CHECKING:
    from auditor.ui.trouble import Trouble

#: Below this width the cards at the right go under the list.
WIDE = 1150
NARROW_ROWS = 900
NARROW_HERO = 720
#: Rows of a group in the first paint, and how long that paint is left alone.
FIRST, AFTER_PAINT_MS = 8, 30
#: How long the page may stay blank.
PATIENCE_MS = 400


class HomeScreen(Screen):
    """Signals: ``opened(visit)``, ``report_wanted(visit)``, ``new_wanted()``, ``search_wanted()``,
    ``wanted(errand)``, ``restore_wanted(path)``; ``empty()`` when the workspace holds nothing
    yet; ``troubled(error)`` when it does not open; ``counted(n)`` with the open visits
    of the evaluator; ``shown()`` when rows are on screen."""

    opened = Signal(object)
    report_wanted = Signal(object)
    new_wanted = Signal()
    search_wanted = Signal()
    wanted = Signal(str)
    restore_wanted = Signal(str)
    empty = Signal()
    troubled = Signal(object)
    counted = Signal(int)
    shown = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._overview: Overview | None = None
        self._loaded: Home | None = None
        self._wanted = Wanted(context.settings.evaluator, _today())
        #: The row that has the focus once more are read.
        self._next: int | None = None
        #: The whole workspace was read, or cannot be.
        self.settled = False
        #: Stands in place of the list when the workspace does not open.
        self.trouble: Trouble | None = None
        self._tab: Group | None = None
        self._build()
        context.changed.connect(self._refresh)

    # building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        self._columns = QHBoxLayout()
        self._columns.setContentsMargins(24, 0, 24, 0)
        self._columns.setSpacing(8)
        column.addLayout(self._columns, 1)
        self._area = ScrollArea(margins=(0, 20, 12, 20), spacing=12)
        self._columns.addWidget(self._area, 1)
        self._build_list()
        self._aside = Aside()
        self._aside.backup.connect(self._back_up)
        self._right = QWidget()
        self._right.setFixedWidth(WIDTH)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 20, 0, 18)
        right.addWidget(self._aside)
        right.addStretch(1)
        right.addWidget(KeyHints(self.context.words))
        self._columns.addWidget(self._right)

    def _header(self) -> Header:
        words = self.context.words
        header = Header(words("My visits"))
        if self.context.settings.evaluator:
            header.add_chip(Chip(self.context.settings.evaluator, icon="user"))
        self.search = SearchBox(words("Find or go to…"), "Ctrl K")
        self.search.clicked.connect(self.search_wanted)
        header.add(self.search)
        self.new = Button(words("New visit"), icon="plus", hint="Ctrl N")
        self.new.clicked.connect(self.new_wanted)
        header.add(self.new)
        return header

    def _build_list(self) -> None:
        self._banners = QVBoxLayout()
        self._banners.setSpacing(8)
        self._hero = QVBoxLayout()
        self._filter = QVBoxLayout()
        self.list = VisitList(self.context.words)
        self.list.chosen.connect(self._choose)
        self.list.answers.connect(self.opened)
        self.list.done_wanted.connect(self._unfold_done)
        self.list.more_wanted.connect(self._show_more)
        body = self._area.body
        body.addLayout(self._banners)
        body.addLayout(self._hero)
        body.addLayout(self._filter)
        body.addWidget(self.list, 1)

    # data

    def load(self) -> None:
        """Read the list: the quick way first, and the rest, which loads the services, once those
        rows are on screen."""
        context = self.context
        if self._overview is not None:
            self._read()
        else:
            context.lane.run(context.ports.first_list, context.folder, self._wanted,
                             done=self._show_first)  # fmt: skip
            QTimer.singleShot(PATIENCE_MS, self, self._say_opening)

    def _say_opening(self) -> None:
        """After a crash everything is checked before it opens: a blank page would be a riddle."""
        if self._overview is None and not self.settled:
            text = self.context.words("Opening your data…")
            self._hero.addWidget(Label(text, Type.BODY, Ink.TEXT2))

    def _read(self) -> None:
        self._wanted = replace(self._wanted, today=_today())
        read_home(self.context, self._wanted, self._show, self._show_failure)

    def _refresh(self, changes: Changes) -> None:
        if self.trouble is not None:
            return
        if changes.visits or changes.places or changes.checklists or changes.answers:
            self._read()

    def _show_first(self, found: Overview | None) -> None:
        if found is not None and not found.empty and self._loaded is None:
            self._show_overview(found, FIRST)
            QTimer.singleShot(AFTER_PAINT_MS, self, self._read)
        else:
            self._read()

    def _show(self, home: Home) -> None:
        if home.wanted != self._wanted:  # what is wanted now is read next
            return
        self.settled = True
        if home.fresh:
            self.empty.emit()
            return
        first = self._loaded is None
        changed = home.overview != self._overview or self.list.cut
        self._loaded = home
        if changed:
            self._show_overview(home.overview)
        elif first or home.last_backup:
            self._fill_aside()

    def _show_failure(self, error: UserError) -> None:
        """The workspace does not open: what happened and the ways on stand where the list was."""
        from auditor.ui.trouble import Trouble

        self.settled = True
        self._overview = None
        self._area.hide()
        self._right.hide()
        self.search.hide()
        self.new.hide()
        self.trouble = Trouble(self.context, error)
        self.trouble.wanted.connect(self.wanted)
        self.trouble.restore_wanted.connect(self.restore_wanted)
        self._columns.addWidget(self.trouble.in_column(), 1)
        self.trouble.focus_first()
        self.troubled.emit(error)

    # showing

    def _show_overview(self, shown: Overview, most: int | None = None) -> None:
        """``most``: rows of a group that are built now."""
        kept = self.place() if self._overview is not None else None
        self._overview = shown
        self._fill_hero(shown)
        self._fill_filter(shown)
        self.list.whose = self._wanted.everybody or shown.mine is None
        self.list.show_groups(shown, self._tab, most)
        self._fill_aside()
        self.counted.emit(shown.all if shown.mine is None else shown.mine)
        self._arrange()
        if kept is not None:
            self._take_up(kept)
        else:
            self.focus_first()
        self.shown.emit()

    def _turn(self, everybody: bool) -> None:
        self._want(everybody=everybody, rows={})

    def _want(self, **changed: Any) -> None:
        self._wanted = replace(self._wanted, **changed)
        self._read()

    def _show_more(self, group: Group) -> None:
        """The focus goes on from the last row that was there."""
        shown = [at for at, row in enumerate(self.list.rows) if row.group is group]
        self._next = shown[-1] + 1 if shown else None
        rows = dict(self._wanted.rows)
        self._want(rows=rows | {group: self._wanted.limit(group) + PAGE})

    def _fill_hero(self, shown: Overview) -> None:
        clear(self._hero)
        self.hero = Hero(shown.hero, self.context.words, first=shown.first)
        self.hero.chosen.connect(self.opened)
        self.hero.wanted.connect(self.new_wanted)
        self._hero.addWidget(self.hero)
        if self.isVisible():
            self.hero.show()  # not at the next event: what is hidden takes no focus

    def _fill_filter(self, shown: Overview) -> None:
        clear(self._filter)
        wanted, words = self._wanted, self.context.words
        self.filter = FilterRow(shown, self._tab, wanted.order, words, everybody=wanted.everybody)
        self.filter.turned.connect(self._turn)
        self._tab = self.filter.group
        self.filter.chosen.connect(self._choose_tab)
        self.filter.sorted.connect(self._sort)
        self._filter.addWidget(self.filter)
        self.filter.setHidden(shown.first)

    @property
    def tabs(self) -> Segmented:
        return self.filter.tabs

    @property
    def order(self) -> Select:
        return self.filter.order

    def _fill_aside(self) -> None:
        words = self.context.words
        self._aside.show_week(self._overview, words)
        if self._loaded is not None:
            self._aside.show_data(self._loaded.last_backup, words)

    def _back_up(self) -> None:
        self.wanted.emit("backup")

    def offer_recovery(self, visit_id: int) -> None:
        """After a crash: go on with the draft that was open, or see that it was handed in."""
        found = self._overview.find(visit_id) if self._overview is not None else None
        if found is not None:
            self._offer(found)
        else:
            read_visit(self.context, visit_id, self._offer)

    def _offer(self, visit: VisitRecord) -> None:
        from auditor.ui.home.recovery import recovery_banner

        banner = recovery_banner(visit, self.context.words)
        banner.chosen.connect(self.opened if visit.status in WRITABLE else self.report_wanted)
        self._banners.addWidget(banner)

    # what the person does

    def _choose(self, visit: VisitRecord) -> None:
        wanted = self.report_wanted if group_of(visit) is Group.DONE else self.opened
        wanted.emit(visit)

    def _choose_tab(self, group: Group | None) -> None:
        self._tab = group
        if self._overview is not None:
            self.list.show_groups(self._overview, group, FIRST if self.list.cut else None)
            self._arrange()

    def _unfold_done(self) -> None:
        self.filter.choose(Group.DONE)
        self.list.focus_row(0)

    def _sort(self, order: Order) -> None:
        self._want(order=order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or self._overview is None:
            super().keyPressEvent(event)
        else:
            self._step(step)

    def _step(self, step: int) -> None:
        """Down from the big button into the rows, up from the first row back to it."""
        at = self.list.focused()
        target = (0 if step > 0 else -1) if at < 0 else at + step
        if target < 0:
            self.hero.button.setFocus()
            self._area.ensureWidgetVisible(self.hero)
        elif self.list.focus_row(target):
            self._area.ensureWidgetVisible(self.list.rows[target], 0, 40)

    # shape

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self.trouble is not None:
            return
        wide = self.width() >= self.context.theme.px(WIDE)
        beside = self._right.isVisibleTo(self)
        if wide != beside or self._aside.parentWidget() is None:
            self._right.setVisible(wide)
            right = self._right.layout()
            if wide and isinstance(right, QVBoxLayout):
                right.insertWidget(0, self._aside)
            else:
                self._area.body.addWidget(self._aside)
            self._aside.show()
        px = self.context.theme.px
        narrow = self.width() < px(NARROW_ROWS)
        self.list.set_narrow(narrow)
        self.search.set_compact(narrow)
        if self._overview is not None:
            self.filter.fit(self._area.width() - 40, narrow=narrow)
            self.hero.set_narrow(self.width() < px(NARROW_HERO))

    # place

    def place(self) -> Place | None:
        if self.trouble is not None:
            return None
        at = self.list.focused()
        visit = self.list.rows[at].visit.id if at >= 0 else None
        scroll = self._area.verticalScrollBar().value()
        return Place(self._tab, self._wanted, scroll, visit, self._overview, self._focus_part())

    def _focus_part(self) -> str:
        """Which of the parts that a new list replaces has the focus."""
        focus = QApplication.focusWidget() or self
        for name in ("hero", "tabs", "order", "whose"):
            part = getattr(self, name, None) or getattr(self.filter, name)
            if part is not None and (part is focus or part.isAncestorOf(focus)):
                return name
        return ""

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self._tab = place.tab
            self._wanted = replace(place.wanted, evaluator=self.context.settings.evaluator)
            if place.overview is not None:
                self._show_overview(place.overview)
                self._take_up(place)

    def _take_up(self, place: Place) -> None:
        at, self._next = self._next, None
        if at is not None and self.list.focus_row(at):
            pass
        elif place.visit is not None:
            self.list.focus_visit(place.visit)
        elif place.focus == "hero":
            self.hero.button.setFocus()
        elif place.focus == "tabs":
            self.tabs.segments[self.tabs.index].setFocus()
        elif place.focus in ("order", "whose"):
            getattr(self.filter, place.focus).setFocus()
        self._area.verticalScrollBar().setValue(place.scroll)

    def focus_first(self) -> None:
        if self.trouble is not None:
            self.trouble.focus_first()
        elif self._overview is not None:
            self.hero.button.setFocus()


def _today() -> date:
    return datetime.now().astimezone().date()
