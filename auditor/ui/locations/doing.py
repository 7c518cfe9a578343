"""What is done with locations and regions: its dialogs, and what is said of it afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from auditor.domain.places import LocationDetail, RegionNode
from auditor.ui.commands import locations
from auditor.ui.commands.acts import Act
from auditor.ui.commands.locations import Around
from auditor.ui.kit.dialog import ConfirmDialog
from auditor.ui.locations.bulk import MoveDialog, NameDialog, TagDialog
from auditor.ui.locations.edit import LocationDialog
from auditor.ui.locations.merge import DuplicatesDialog, MergeDialog
from auditor.ui.locations.phrases import number
from auditor.ui.locations.region_dialogs import (
    AddRegionDialog,
    MoveRegionDialog,
    RenameRegionDialog,
)
from auditor.ui.locations.regions import Node
from auditor.words import Words, mark

if TYPE_CHECKING:
    from auditor.ui.locations.screen import LocationsScreen


class Done(Enum):
    """What was done with many."""

    ARCHIVED = 0
    BROUGHT_BACK = 1
    MOVED = 2
    TAGGED = 3


def told(words: Words, done: Done, count: int) -> str:
    match done:
        case Done.ARCHIVED:
            return words.plural(
                "{count} location is archived.", "{count} locations are archived.", count
            )
        case Done.BROUGHT_BACK:
            return words.plural("{count} location is back.", "{count} locations are back.", count)
        case Done.MOVED:
            return words.plural("{count} location is moved.", "{count} locations are moved.", count)
        case Done.TAGGED:
            return words.plural(
                "{count} location is tagged.", "{count} locations are tagged.", count
            )


class Doing(QObject):
    def __init__(self, screen: LocationsScreen) -> None:
        super().__init__(screen)
        self._screen, self._context = screen, screen.context
        detail, foot, regions = screen.detail, screen.foot, screen.regions
        detail.edit_wanted.connect(self.edit)
        detail.visit_wanted.connect(self._visit)
        detail.archive_wanted.connect(self._archive_one)
        detail.merge_wanted.connect(self._merge_one)
        foot.paged.connect(screen.table.page)
        foot.move_wanted.connect(self.move_chosen)
        foot.tag_wanted.connect(self.tag_chosen)
        foot.archive_wanted.connect(self.archive_chosen)
        foot.merge_wanted.connect(self.merge_chosen)
        foot.untick_wanted.connect(self._untick)
        regions.add_wanted.connect(self.add_region)
        regions.rename_wanted.connect(self.rename_region)
        regions.move_wanted.connect(self.move_region)
        regions.remove_wanted.connect(self.remove_region)
        regions.dropped.connect(self._region_moved_to)
        screen.table.menu_wanted.connect(self._open_menu)
        screen.filters.tags_wanted.connect(self._open_filters)
        screen.filters.score_wanted.connect(self._ask_score)

    @property
    def _around(self) -> Around:
        around = self._screen.around
        assert around is not None
        return around

    # one

    def add(self) -> None:
        around, node = self._around, self._screen.regions.current
        brands = [
            brand
            for client in around.clients
            for brand in client.brands
            if client.active and brand.active
        ]
        if not brands:
            self._screen.clients_wanted.emit()
            return
        first = next((b.id for b in brands if node.client in (0, b.client_id)), 0)
        dialog = LocationDialog(
            self._context, [client for client in around.clients if client.active],
            around.regions, self._screen, brand=first,
            region=node.known.path if node.known is not None else "",
        )  # fmt: skip
        dialog.kept.connect(self._added)
        dialog.open()

    def _added(self, act: Act) -> None:
        self._screen.did(act, self._context.words("{name} is added.", name=act.value.name))
        self._screen.look_at(act.value.id)

    def edit(self, detail: LocationDetail) -> None:
        around = self._around
        dialog = LocationDialog(
            self._context, around.clients, around.regions, self._screen, listed=detail.listed
        )
        dialog.kept.connect(self._edited)
        dialog.open()

    def _edited(self, act: Act) -> None:
        if act.steps:
            self._screen.did(act, self._context.words("{name} is changed.", name=act.value.name))

    def _visit(self, detail: LocationDetail) -> None:
        self._screen.visit_wanted.emit(detail.listed.place.id)

    def _archive_one(self, detail: LocationDetail) -> None:
        place = detail.listed.place
        self._set_active([place.id], on=not place.active)

    def _merge_one(self, detail: LocationDetail) -> None:
        self.merge([detail.listed.place.id])

    # many

    def _menu(self) -> QMenu:
        words, screen = self._context.words, self._screen
        menu = QMenu(screen)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not screen.table.locations.ticked and screen.detail.shown is not None:
            menu.addAction(words("Edit…")).triggered.connect(
                partial(self.edit, screen.detail.shown)
            )
        menu.addAction(words("Region…")).triggered.connect(self.move_chosen)
        menu.addAction(words("Tags…")).triggered.connect(self.tag_chosen)
        menu.addAction(words("Merge…")).triggered.connect(self.merge_chosen)
        archived = screen.view.archived
        caption = words("Bring back") if archived else words("Archive")
        menu.addAction(caption).triggered.connect(self.archive_chosen)
        return menu

    def _open_menu(self, at: QPoint) -> None:
        if self._screen.selected():
            self._menu().popup(at)

    def move_chosen(self) -> None:
        ids = self._screen.selected()
        if ids:
            dialog = MoveDialog(self._context, ids, self._around.regions, self._screen)
            dialog.done_.connect(partial(self._many, Done.MOVED, len(ids)))
            dialog.open()

    def tag_chosen(self) -> None:
        ids = self._screen.selected()
        if ids:
            self._context.ask(locations.tags, done=partial(self._tag, ids))

    def _tag(self, ids: list[int], tags: list[str]) -> None:
        dialog = TagDialog(self._context, ids, tags, self._screen)
        dialog.done_.connect(partial(self._many, Done.TAGGED, len(ids)))
        dialog.open()

    def archive_chosen(self) -> None:
        ids = self._screen.selected()
        if ids:
            self._set_active(ids, on=self._screen.view.archived)

    def _set_active(self, ids: Sequence[int], *, on: bool) -> None:
        said = Done.BROUGHT_BACK if on else Done.ARCHIVED
        done = partial(self._activity_set, said, len(ids))
        locations.set_active(self._context, ids, done, on=on)

    def _activity_set(self, said: Done, count: int, act: Act) -> None:
        words, planned = self._context.words, act.value
        self._untick()
        text = told(words, said, count)
        if said is Done.ARCHIVED and planned:
            shown = number(words, planned)
            text += " " + words.plural(
                "{shown} visit that is not begun is still planned there: cancel it in its wave.",
                "{shown} visits that are not begun are still planned there: cancel them in their "
                "waves.", planned, shown=shown,
            )  # fmt: skip
        self._screen.did(act, text)

    def _many(self, said: Done, count: int, act: Act) -> None:
        self._untick()
        self._screen.did(act, told(self._context.words, said, count))

    def merge_chosen(self) -> None:
        self.merge(self._screen.selected())

    def merge(self, ids: Sequence[int]) -> None:
        if ids:
            dialog = MergeDialog(self._context, ids, self._screen)
            dialog.merged.connect(self._merged)
            dialog.open()

    def _merged(self, act: Act) -> None:
        self._untick()
        said = self._context.words("Merged into {name}.", name=act.value.name)
        self._screen.did(act, said)
        self._screen.look_at(act.value.id)

    def find_duplicates(self) -> None:
        dialog = DuplicatesDialog(self._context, self._screen)
        dialog.chosen.connect(self.merge)
        dialog.open()

    def _untick(self) -> None:
        model = self._screen.table.locations
        model.tick(list(model.ticked), on=False)

    # filters

    def _open_filters(self) -> None:
        self._context.ask(locations.tags, done=self._screen.filters.open_menu)

    def _ask_score(self) -> None:
        words = self._context.words
        dialog = NameDialog(self._context, words("Score below"), words("Points, 1 to 100"),
                            words("Filter"), self._screen)  # fmt: skip
        dialog.given.connect(partial(self._score_given, dialog))
        dialog.open()

    def _score_given(self, dialog: NameDialog, text: str) -> None:
        try:
            score = float(text.replace(",", "."))
        except ValueError:
            score = 0.0
        if not 0 < score <= 100:
            dialog.refuse(self._context.words("Type a number from 1 to 100."))
            return
        dialog.accept()
        self._screen.show_view(replace(self._screen.view, score_below=score))

    # regions

    def add_region(self, node: Node) -> None:
        clients = [client for client in self._around.clients if client.active]
        if not clients:
            self._screen.clients_wanted.emit()
            return
        dialog = AddRegionDialog(self._context, node, clients, self._screen)
        dialog.added.connect(partial(self._region_done, mark("The region is added.")))
        dialog.open()

    def rename_region(self, region: RegionNode) -> None:
        dialog = RenameRegionDialog(self._context, region, self._screen)
        dialog.renamed.connect(partial(self._region_done, mark("The region is renamed.")))
        dialog.open()

    def move_region(self, region: RegionNode) -> None:
        dialog = MoveRegionDialog(self._context, region, self._around.regions, self._screen)
        dialog.wanted.connect(self._region_moved_to)
        dialog.open()

    def _region_moved_to(self, region: RegionNode, parent: int | None) -> None:
        done = partial(self._region_done, mark("The region is moved."))
        locations.move_region(self._context, region.id, parent, done)

    def remove_region(self, region: RegionNode) -> None:
        words = self._context.words
        above = region.path.rpartition(" / ")[0] or words("no region")
        dialog = ConfirmDialog(
            words("Remove {region}?", region=region.name),
            words("Its locations and the regions below it go to: {above}.", above=above),
            words("Remove"), words("Keep"), self._screen,
        )  # fmt: skip
        dialog.accepted.connect(partial(self._remove_region, region))
        dialog.open()

    def _remove_region(self, region: RegionNode) -> None:
        done = partial(self._region_done, mark("The region is removed."))
        locations.remove_region(self._context, region.id, done)

    def _region_done(self, said: str, act: Act) -> None:
        self._screen.did(act, self._context.words(said))
