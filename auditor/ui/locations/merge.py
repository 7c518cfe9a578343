"""The same place is here twice: choose the one that stays, see what moves; find likely ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.places import Alike, Duplicates, ListedLocation, Moving
from auditor.ui.commands import locations
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, EmptyState, clear
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Field
from auditor.ui.kit.option import Option
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.locations.edit import Tall
from auditor.ui.locations.region_dialogs import foot
from auditor.ui.locations.view import View
from auditor.ui.theme import Ink, Type
from auditor.words import Words, mark

WHY = {
    Alike.CODE: mark("The same code"),
    Alike.NAME_AND_ADDRESS: mark("The same name and address"),
    Alike.ADDRESS: mark("The same address"),
}
#: Found by typing; more than these are asked to be told apart by more letters.
FOUND = 6


class MergeDialog(Dialog):
    """``merged(Act)`` once it is done; ``ids`` are at least two, or one and another is looked
    for."""

    merged = Signal(object)

    def __init__(self, context: AppContext, ids: Sequence[int], parent: QWidget) -> None:
        words = context.words
        super().__init__(words("Merge locations"), parent, width=600)
        self._context, self._ids = context, list(ids)
        self._places: dict[int, ListedLocation] = {}
        self._moving: dict[int, Moving] = {}
        self.say(
            words(
                "They are the same place. Choose the one that stays: the visits, planned visits "
                "and actions of the others go to it, and the others are archived."
            )
        )
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._tell)
        self._area = Tall(spacing=6, margins=(0, 0, 4, 0))
        self.body.addWidget(self._area, 1)
        self.search = Field(words("Find another one"), placeholder=words("Name, code or address"))
        self.search.edit.textChanged.connect(self._search)
        self.body.addWidget(self.search)
        self._found = QVBoxLayout()
        self.body.addLayout(self._found)
        self._found.setSpacing(2)
        self.told = Label("", wrap=True)
        self.body.addWidget(self.told)
        self.merge = foot(self, context, words("Merge"))
        self.merge.setEnabled(False)
        self.merge.clicked.connect(self._merge)
        self._look()

    def _look(self) -> None:
        self._context.ask(_both, self._ids, done=self._show)

    def _show(self, read: tuple[list[ListedLocation], list[Moving]]) -> None:
        places, moves = read
        kept = self._group.checkedId()
        self._places = {each.place.id: each for each in places}
        self._moving = {each.location_id: each for each in moves}
        for button in self._group.buttons():
            self._group.removeButton(button)
        clear(self._area.body)
        for each in places:
            self._area.body.addWidget(self._choice(each))
        best = max(places, key=lambda each: (each.visits, -each.place.id), default=None)
        first = kept if kept in self._places else best.place.id if best else -1
        button = self._group.button(first)
        if button is not None:
            button.setChecked(True)
        self._tell()
        self._area.grow()

    def _choice(self, each: ListedLocation) -> QWidget:
        words, place = self._context.words, each.place
        name = f"{place.code} · {place.name}"
        visits = words.plural("{count} visit", "{count} visits", each.visits)
        under = " · ".join(filter(None, (visits, place.brand, place.region, place.address)))
        option = Option(name, under)
        option.setAccessibleName(words("Keep {name}", name=name))
        self._group.addButton(option, place.id)
        return option

    def _tell(self) -> None:
        """What would move, in a sentence."""
        words, keep = self._context.words, self._group.checkedId()
        gone = [each for key, each in self._moving.items() if key != keep]
        ready = keep in self._places and bool(gone)
        self.merge.setEnabled(ready)
        if not ready:
            self.told.setText(words("Find the location that is the same place."))
            return
        visits, planned = sum(g.visits for g in gone), sum(g.planned for g in gone)
        self.told.setText(words(
            "To {name} go: visits {visits}, planned visits {planned}, open actions {actions}.",
            name=self._places[keep].place.name, visits=visits, planned=planned,
            actions=sum(g.actions for g in gone),
        ))  # fmt: skip

    def _search(self) -> None:
        text = self.search.text()
        if len(text) < 2:
            clear(self._found)
            return
        self._context.ask(locations.page, View(text=text), None, done=partial(self._offer, text))

    def _offer(self, text: str, page: locations.Page) -> None:
        if text != self.search.text():
            return
        clear(self._found)
        others = [row for row in page.rows if row.place.id not in self._places]
        for each in others[:FOUND]:
            place = each.place
            caption = " · ".join(filter(None, (place.code, place.name, place.address)))
            button = Button(caption[:80], Kind.SOFT, icon="plus", height=32)
            button.align_left()
            button.clicked.connect(partial(self._take, place.id))
            self._found.addWidget(button)
        if not others:
            none = self._context.words("Nothing is called that.")
            self._found.addWidget(Label(none, Type.HELP, Ink.TEXT2))

    def _take(self, location_id: int) -> None:
        self._ids.append(location_id)
        self.search.edit.clear()
        self._look()

    def _merge(self) -> None:
        self.merge.setEnabled(False)
        keep = self._group.checkedId()
        gone = [key for key in self._places if key != keep]
        locations.merge(self._context, keep, gone, self._merged, self._refused)

    def _merged(self, act: object) -> None:
        self.accept()
        self.merged.emit(act)

    def _refused(self, error: Exception) -> None:
        self.merge.setEnabled(True)
        self.told.setText(self._context.sentence(error))
        self.told.set_ink(Ink.DANGER)


def _both(workspace: object, ids: Sequence[int]) -> object:
    return locations.places(workspace, ids), locations.moving(workspace, ids)  # type: ignore[arg-type]


class DuplicatesDialog(Dialog):
    """Groups that may be the same place: ``chosen(list of ids)`` to merge one."""

    chosen = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        words = context.words
        super().__init__(words("Find duplicates"), parent, width=640)
        self._context = context
        self.area = Tall(spacing=8, margins=(0, 0, 4, 0))
        self.body.addWidget(self.area, 1)
        self.note = Label(words("Looking…"), Type.BODY, Ink.TEXT2)
        self.area.body.addWidget(self.note)
        close = self.add_button(Button(words("Close"), hint="Esc"))
        close.clicked.connect(self.reject)
        context.ask(locations.duplicates, done=self._show)

    def _show(self, groups: list[Duplicates]) -> None:
        words = self._context.words
        clear(self.area.body)
        if not groups:
            none = words("No two active locations of a client have the same code or address.")
            self.area.body.addWidget(EmptyState("circle-check", words("No duplicates"), none))
        for group in groups:
            self.area.body.addWidget(self._card(words, group))
        self.area.grow()

    def _card(self, words: Words, group: Duplicates) -> Card:
        card = Card(spacing=2)
        head = QHBoxLayout()
        card.body.addLayout(head)
        head.addWidget(Label(words(WHY[group.why]), Type.STRONG), 1)
        button = Button(words("Merge…"), Kind.SOFT, icon="merge", height=32)
        button.set_caption(words("Merge…"), words("Merge {name}", name=group.places[0].place.name))
        button.clicked.connect(partial(self._choose, [each.place.id for each in group.places]))
        head.addWidget(button)
        for each in group.places:
            place = each.place
            visits = words.plural("{count} visit", "{count} visits", each.visits)
            text = " · ".join(filter(None, (place.code, place.name, place.address, visits)))
            card.body.addWidget(ElidedLabel(text, Type.HELP, Ink.TEXT2))
        return card

    def _choose(self, ids: list[int]) -> None:
        self.accept()
        self.chosen.emit(ids)
