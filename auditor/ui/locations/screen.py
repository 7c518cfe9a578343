"""Locations: regions at the left, the list in the middle, the chosen one at the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from auditor.domain.changes import Changes
from auditor.domain.places import Count, ListedLocation, LocationDetail, LocationOrder
from auditor.ui.commands import locations
from auditor.ui.commands.acts import Act
from auditor.ui.commands.locations import Around, Page
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button
from auditor.ui.kit.files import dropped
from auditor.ui.kit.toast import Toast
from auditor.ui.locations import phrases
from auditor.ui.locations.beginning import Beginning
from auditor.ui.locations.doing import Doing
from auditor.ui.locations.filters import by
from auditor.ui.locations.layout import LocationsLayout
from auditor.ui.locations.regions import Node
from auditor.ui.locations.saving import Saving
from auditor.ui.locations.view import View
from auditor.ui.locations.views import Views
from auditor.ui.theme import current
from auditor.ui.undo import undo_of

#: Below this width the search is short.
SHORT = 1000
TYPING_MS, LOOKING_MS = 200, 90
#: Rows that are read again at once after a change.
MOST_AGAIN = 3000


@dataclass(frozen=True, slots=True)
class Place:
    view: View
    tab: int
    location: int
    folded_open: bool


class LocationsScreen(LocationsLayout):
    """``import_wanted(path or "")``, ``clients_wanted()``, ``visit_wanted(location id)``,
    ``visit_opened(VisitRecord)``."""

    import_wanted = Signal(str)
    clients_wanted = Signal()
    visit_wanted = Signal(int)
    visit_opened = Signal(object)

    def __init__(
        self, context: AppContext, location_id: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.around: Around | None = None
        self.view = View()
        self._begun = False
        #: The one whose detail is shown until another is chosen, in the table or not.
        self._wanted = location_id
        self._unfolds, self._showing = bool(location_id), False
        self._asked = self._scroll = 0
        self._count = Count(0)
        self.undo = undo_of(context)
        self.undo.bind(self)
        self.setAcceptDrops(True)
        self.doing = Doing(self)
        self.saving = Saving(context, self, self.bar.more)
        self.views = Views(self)
        self._typing = self._timer(TYPING_MS, self._search)
        self._looking = self._timer(LOOKING_MS, self._look)
        self._connect()

    def _timer(self, wait: int, slot: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(slot)
        return timer

    def _connect(self) -> None:
        table, detail = self.table, self.detail
        for signal, slot in (
            (self.search.textChanged, self._typed),
            (self.search.left, self._to_table),
            (self.import_.clicked, self._import),
            (self.add.clicked, self._add),
            (self.regions.chosen, self._choose_region),
            (self.regions.clients_wanted, self.clients_wanted),
            (self.filters.changed, self.show_view),
            (self.clear.clicked, self._show_all),
            (detail.visit_opened, self.visit_opened),
            (detail.closed, self._fold),
            (table.chosen, self._chosen),
            (table.opened, self._opened),
            (table.ordered, self._order),
            (table.all_ticked, self._tick_all),
            (table.typed, self._begin_search),
            (table.locations.wanted, self._more),
            (table.verticalScrollBar().valueChanged, self._tell_foot),
            (table.locations.ticks_changed, self._tell_foot),
            (self.context.changed, self._changed),
        ):
            signal.connect(slot)
        for keys, act in (("Ctrl+F", self._focus_search), ("F6", self._next_area)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # reading

    def load(self) -> None:
        self.context.ask(locations.around, done=self._show_around)

    def _changed(self, changes: Changes) -> None:
        if changes.places or changes.visits or changes.actions:
            self.load()

    def _show_around(self, around: Around) -> None:
        first, self.around = not self._begun, around
        self._begun = True
        words = self.context.words
        self.total.set(phrases.number(words, around.total))
        if around.columns != self.table.locations.columns:
            self.table.locations.set_columns(around.columns)
        self.views.show(around)
        if first and self.view == View() and not self._wanted:
            self.view = self.views.first(around)
        nothing = not around.total and self.view.plain
        self.regions.show_around(around, Node(self.view.client, self.view.region))
        self._show_empty(around, on=nothing)
        self.read(again=not first)
        self.views.count()

    def _show_empty(self, around: Around, *, on: bool) -> None:
        """Nothing is here yet: how one begins."""
        self.stack.setCurrentIndex(1 if on else 0)
        for part in (self.search, self.import_, self.add):
            part.setVisible(not on)
        if not on:
            return
        self.stack.removeWidget(self.beginning)
        self.beginning.deleteLater()
        self.beginning = self._beginning(around)
        self.stack.addWidget(self.beginning)
        self.stack.setCurrentIndex(1)
        self.beginning.first.setFocus()

    def _beginning(self, around: Around) -> Beginning:
        empty = Beginning(self.context.words, around)
        empty.clients_wanted.connect(self.clients_wanted)
        empty.import_wanted.connect(self._import)
        empty.add_wanted.connect(self._add)
        empty.template_wanted.connect(self.saving.template)
        empty.archived_wanted.connect(self._show_archived)
        return empty

    def show_view(self, view: View) -> None:
        """Ask for other locations, or for another order."""
        if not view.same_places(self.view):
            self.table.locations.tick(list(self.table.locations.ticked), on=False)
        self.view = view
        if view.text != self.search.text().strip():
            self.search.show_text(view.text)
        self.views.mark()
        self.read()

    def read(self, *, again: bool = False) -> None:
        """The first page and the count of the present view; what is chosen stays so. ``again``: as
        many rows as there are, and one stays where one is."""
        if self.around is None:
            return
        self._asked += 1
        asked, view = self._asked, self.view
        self.filters.show_view(view, self.around)
        self.table.heads.show_order(view.order, down=view.down)
        rows = len(self.table.locations.rows)
        most = min(max(rows, locations.PAGE), MOST_AGAIN) if again else locations.PAGE
        self._scroll = self.table.verticalScrollBar().value() if again else 0
        self.context.ask(locations.first_page, view, asked, most, done=self._show_page)

    def _show_page(self, read: tuple[int, Page, Count]) -> None:
        asked, page, count = read
        if asked != self._asked:
            return
        here = self.table.current
        wanted = self._wanted or (here.place.id if here is not None else 0)
        self._count, self.table.total = count, count.number
        self._showing = True
        self.table.locations.show(page.rows, more=page.key is not None)
        self._key = page.key
        self.nothing.setVisible(not page.rows)
        row = self.table.locations.row_of(wanted)
        self.table.choose(max(row, 0))
        self.table.verticalScrollBar().setValue(self._scroll)
        if self._wanted and row >= 0:
            self.table.scrollTo(self.table.currentIndex())
        self._showing = False
        if not (page.rows or self._wanted):
            self.detail.show_none()
        elif self.detail.shown is None:
            self._look()
        else:
            self._looking.start()
        self._tell_foot()

    def _more(self) -> None:
        self.context.ask(locations.next_page, self.view, self._key, self._asked, done=self._append)

    def _append(self, read: tuple[int, Page]) -> None:
        asked, page = read
        if asked == self._asked:
            self._key = page.key
            self.table.locations.append(page.rows, more=page.key is not None)
            self._tell_foot()

    def _tell_foot(self) -> None:
        words, view = self.context.words, self.view
        self.foot.show_range(self.table.shown(), self._count, len(self.table.locations.ticked))
        total = self.around.total if self.around is not None else 0
        shown = phrases.counted(words, self._count)
        order, every = by(words, view.order), phrases.number(words, total)
        said = words("{count} of {total}, {order}", count=shown, total=every, order=order)
        self.filters.said.setText(order if view.plain else said)

    # choosing

    def _chosen(self, listed: ListedLocation | None) -> None:
        if listed is not None and not self._showing:
            self._wanted = 0
            self._looking.start()

    def _look(self) -> None:
        here = self.table.current
        key = self._wanted or (here.place.id if here is not None else 0)
        if key:
            self.context.ask(locations.detail, key, done=self._show_detail)

    def _show_detail(self, detail: LocationDetail | None) -> None:
        if detail is None:
            self.detail.show_none()
            return
        if self._unfolds and self._wanted == detail.listed.place.id:
            self._unfolds = False
            self.room.unfold()
        self.detail.show_detail(detail)
        if len(detail.scores) > 1:
            key = detail.listed.place.id
            locations.mean_of_others(self.context, detail, partial(self.detail.show_mean, key))

    def _opened(self, listed: ListedLocation) -> None:
        """Enter: its detail where that is folded, else the fields."""
        shown = self.detail.shown
        if self.room.folds and not self.detail.isVisible():
            self.room.unfold()
            self._look()
        elif shown is not None and shown.listed.place.id == listed.place.id:
            self.doing.edit(shown)

    def look_at(self, location_id: int) -> None:
        """Show that location, wherever it stands."""
        self._wanted, self._unfolds = location_id, True
        self.read(again=True)

    def _choose_region(self, node: Node) -> None:
        self.show_view(replace(self.view, client=node.client, region=node.region))

    def _order(self, order: LocationOrder) -> None:
        self.show_view(self.view.by(order))

    def _tick_all(self) -> None:
        every, _ = self.table.ticks()
        if every:
            self.table.locations.tick(list(self.table.locations.ticked), on=False)
        else:
            self.context.ask(locations.ids, self.view, done=self._tick)

    def _tick(self, ids: list[int]) -> None:
        self.table.total = len(ids)
        self.table.locations.tick(ids, on=True)

    def _show_all(self) -> None:
        self.show_view(View(order=self.view.order, down=self.view.down))
        if self.around is not None:
            self.regions.show_around(self.around, Node())

    def _show_archived(self) -> None:
        self.stack.setCurrentIndex(0)
        self.search.setVisible(True)
        self.show_view(View(archived=True))

    # searching

    def _typed(self) -> None:
        self._typing.start()

    def _search(self) -> None:
        text = self.search.text().strip()
        if text != self.view.text:
            self.show_view(replace(self.view, text=text))

    def _begin_search(self, text: str) -> None:
        self.search.setText(text)
        self.search.setFocus()

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _to_table(self) -> None:
        self._typing.stop()
        self._search()
        self.table.setFocus()

    def _next_area(self) -> None:
        """F6: regions, views, table, detail."""
        buttons = self.detail.findChildren(Button)
        areas: list[QWidget] = [self.regions.tree, self.tabs, self.table, *buttons[:1]]
        areas = [area for area in areas if area.isVisible()]
        held = self.focusWidget()
        inside = areas[-1] if held is not None and self.detail.isAncestorOf(held) else held
        at = areas.index(inside) if inside in areas else -1
        areas[(at + 1) % len(areas)].setFocus(Qt.FocusReason.TabFocusReason)

    # doing

    def did(self, act: Act, text: str) -> None:
        """Keep what was done, and say so with an offer to take it back."""
        self.undo.did(act, text, self)

    def say(self, text: str) -> None:
        Toast.show_in(self, text)

    def _add(self) -> None:
        self.doing.add()

    def _import(self) -> None:
        self.import_wanted.emit("")

    def export(self) -> None:
        self.saving.export(self.view)

    # keys and files

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.search.set_short(self.width() < current().px(SHORT))

    def _fold(self) -> None:
        self.room.fold()
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self.detail.shown
        if event.key() == Qt.Key.Key_Escape and self.room.folds and self.detail.isVisible():
            self._fold()
        elif event.key() == Qt.Key.Key_F2 and shown is not None:
            self.doing.edit(shown)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: Any) -> None:
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        self.import_wanted.emit(dropped(event)[0])

    # place

    def place(self) -> Place:
        here = self.table.current
        over = self.room.folds and self.detail.isVisible()
        return Place(self.view, self.tabs.currentIndex(), here.place.id if here else 0, over)

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self.view = place.view
            self.search.show_text(place.view.text)
            self._wanted = self._wanted or place.location
            self._unfolds = self._unfolds or place.folded_open

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def selected(self) -> list[int]:
        """What a command is about: the ticked ones, else the current one."""
        ticked = sorted(self.table.locations.ticked)
        here = self.table.current
        return ticked or ([here.place.id] if here is not None else [])

    def menu_under(self, button: QWidget, menu: QMenu) -> None:
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
