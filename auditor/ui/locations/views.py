"""The tabs of the list: all, never visited, and the views that a person saved."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from auditor.domain.places import Count, SavedView
from auditor.services.saved_views import FIRST
from auditor.ui.commands import locations
from auditor.ui.commands.locations import Around
from auditor.ui.kit.toast import Toast
from auditor.ui.locations import phrases
from auditor.ui.locations.bulk import NameDialog
from auditor.ui.locations.regions import Node
from auditor.ui.locations.view import Column, View

if TYPE_CHECKING:
    from auditor.ui.locations.screen import LocationsScreen


class Views(QObject):
    def __init__(self, screen: LocationsScreen) -> None:
        super().__init__(screen)
        self._screen, self._context = screen, screen.context
        self._saved: tuple[SavedView, ...] = ()
        self._tabs = screen.tabs
        self._tabs.currentChanged.connect(self._choose)
        screen.bar.columns.clicked.connect(self._open_columns)
        screen.bar.more.clicked.connect(self._open_more)
        self._dropped: SavedView | None = None

    # showing

    def show(self, around: Around) -> None:
        self._saved = around.views
        words = self._context.words
        names = [words("All"), words("Never visited"), *(view.name for view in self._saved)]
        self._tabs.show_views(names, max(self._index(), 0))
        self.mark()

    def _all(self) -> list[View]:
        return [View(), View(never=True), *(View.of(view.body) for view in self._saved)]

    def first(self, around: Around) -> View:
        """What the screen begins with."""
        return next((View.of(view.body) for view in around.views if view.body.get(FIRST)), View())

    def count(self) -> None:
        """The number of each tab, when nothing else is to be done."""
        locations.counts(self._context, self._all(), self._counted)

    def _counted(self, counts: tuple[Count, ...]) -> None:
        words = self._context.words
        self._tabs.show_counts([phrases.counted(words, count) for count in counts])

    def _index(self) -> int:
        """The tab that asks for the same locations; -1 for none."""
        same = (i for i, view in enumerate(self._all()) if view.same_places(self._screen.view))
        return next(same, -1)

    def mark(self) -> None:
        """The tab of the present view is current; with none of them, it is a list of its own."""
        index = self._index()
        if index >= 0 or self._tabs.currentIndex() < 2:
            self._tabs.choose(max(index, 0))
        self._screen.foot.show_archived(self._screen.view.archived)

    @property
    def current(self) -> SavedView | None:
        index = self._tabs.currentIndex() - 2
        return self._saved[index] if 0 <= index < len(self._saved) else None

    def _choose(self, index: int) -> None:
        views, screen = self._all(), self._screen
        if 0 <= index < len(views):
            view = views[index]
            if index < 2:
                view = replace(view, order=screen.view.order, down=screen.view.down)
            screen.show_view(view)
            if screen.around is not None:
                screen.regions.show_around(screen.around, Node(view.client, view.region))

    # columns

    def _open_columns(self) -> None:
        self._screen.menu_under(self._screen.bar.columns, self.columns_menu())

    def columns_menu(self) -> QMenu:
        words, model = self._context.words, self._screen.table.locations
        menu = _menu(self._screen)
        for column in Column:
            if column is not Column.NAME:
                action = menu.addAction(words(phrases.TITLES[column]))
                action.setCheckable(True)
                action.setChecked(column in model.columns)
                action.triggered.connect(partial(self._toggle, column))
        return menu

    def _toggle(self, column: Column) -> None:
        table = self._screen.table
        held = set(table.locations.columns) ^ {column}
        columns = [each for each in Column if each in held]
        here = table.currentIndex().row()
        table.locations.set_columns(columns)
        table.choose(here)
        locations.keep_columns(self._context, columns)

    # more

    def _open_more(self) -> None:
        self._screen.menu_under(self._screen.bar.more, self.more_menu())

    def more_menu(self) -> QMenu:
        words, screen, menu = self._context.words, self._screen, _menu(self._screen)
        menu.addAction(words("Save this list as a view…")).triggered.connect(self._save_as)
        view = self.current
        if view is not None:
            name = view.name.replace("&", "&&")
            changed = View.of(view.body) != screen.view
            keep = menu.addAction(words("Keep the changes of {name}", name=name))
            keep.setEnabled(changed)
            keep.triggered.connect(self._keep)
            menu.addAction(words("Rename {name}…", name=name)).triggered.connect(self._rename)
            menu.addAction(words("Delete {name}", name=name)).triggered.connect(self._remove)
            first = menu.addAction(words("Begin with {name}", name=name))
            first.setCheckable(True)
            first.setChecked(bool(view.body.get(FIRST)))
            first.triggered.connect(self._begin_with)
        menu.addSeparator()
        menu.addAction(words("Find duplicates…")).triggered.connect(screen.doing.find_duplicates)
        menu.addAction(words("Export this list…")).triggered.connect(screen.export)
        menu.addAction(words("Save an empty list to fill in…")).triggered.connect(
            screen.saving.template
        )
        return menu

    def _save_as(self) -> None:
        words = self._context.words
        dialog = NameDialog(self._context, words("Save this list as a view"), words("Name"),
                            words("Save the view"), self._screen)  # fmt: skip
        dialog.given.connect(partial(self._save, dialog))
        dialog.open()

    def _save(self, dialog: NameDialog, name: str) -> None:
        def saved(view: SavedView) -> None:
            dialog.accept()
            self._saved = (*self._saved, view)
            self._screen.say(self._context.words("The view {name} is saved.", name=view.name))

        locations.save_view(self._context, name, self._screen.view, saved, dialog.refuse)

    def _keep(self) -> None:
        view = self.current
        if view is not None:
            locations.keep_view(self._context, view.id, self._screen.view, self._nothing)

    def _rename(self) -> None:
        words, view = self._context.words, self.current
        if view is None:
            return
        dialog = NameDialog(self._context, words("Rename the view"), words("Name"),
                            words("Rename"), self._screen, value=view.name)  # fmt: skip
        dialog.given.connect(partial(self._renamed, dialog, view.id))
        dialog.open()

    def _renamed(self, dialog: NameDialog, view_id: int, name: str) -> None:
        locations.rename_view(self._context, view_id, name, dialog.close_it, dialog.refuse)

    def _remove(self) -> None:
        view = self.current
        if view is not None:
            locations.remove_view(self._context, view.id, self._removed)

    def _removed(self, view: SavedView) -> None:
        words, self._dropped = self._context.words, view
        said = words("The view {name} is deleted.", name=view.name)
        Toast.show_in(self._screen, said, words("Undo"), self._put_back)

    def _put_back(self) -> None:
        if self._dropped is not None:
            locations.put_back_view(self._context, self._dropped, self._nothing)
            self._dropped = None

    def _begin_with(self) -> None:
        view = self.current
        if view is not None:
            first = not view.body.get(FIRST)
            locations.begin_with(self._context, view.id if first else None)

    def _nothing(self, _done: object = None) -> None:
        """The list looks anew by itself."""


def _menu(screen: LocationsScreen) -> QMenu:
    menu = QMenu(screen)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
