"""What the list is narrowed to: a chip for each, and the menu that adds one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from auditor.domain.folding import folded
from auditor.domain.places import LocationOrder
from auditor.ui.commands.locations import Around
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import clear
from auditor.ui.kit.text import ElidedLabel
from auditor.ui.locations.phrases import points
from auditor.ui.locations.view import View
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words, mark

HEIGHT = 46
DAYS = (30, 60, 90, 180, 365)
SCORES = (90, 80, 70, 60, 50)
#: More tags than this are chosen by typing them into the search.
TAGS = 25
_BY = {
    LocationOrder.CODE: mark("by code"),
    LocationOrder.NAME: mark("by name"),
    LocationOrder.LAST: mark("by last visit"),
    LocationOrder.SCORE: mark("by score"),
    LocationOrder.CHANGE: mark("by change"),
}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A chip: what it says, and the view without it."""

    text: str
    without: View


def narrowed(words: Words, view: View, around: Around) -> Iterator[Narrowed]:
    """The chips of a view; the region is told by the tree."""
    brands = {brand.id: brand.name for client in around.clients for brand in client.brands}
    for brand in view.brands:
        rest = tuple(each for each in view.brands if each != brand)
        name = words("Brand: {name}", name=brands.get(brand, "?"))
        yield Narrowed(name, replace(view, brands=rest))
    for tag in view.tags:
        left = tuple(each for each in view.tags if each != tag)
        yield Narrowed(words("Tag: {tag}", tag=tag), replace(view, tags=left))
    if view.visited_days:
        text = words("Visited in the last {count} days", count=view.visited_days)
        yield Narrowed(text, replace(view, visited_days=0))
    if view.idle_days:
        text = words("Not visited for {count} days", count=view.idle_days)
        yield Narrowed(text, replace(view, idle_days=0))
    if view.never:
        yield Narrowed(words("Never visited"), replace(view, never=False))
    if view.score_below:
        shown = points(words, view.score_below).removesuffix(".0").removesuffix(",0")
        text = words("Score below {points}", points=shown)
        yield Narrowed(text, replace(view, score_below=0.0))
    if view.archived:
        yield Narrowed(words("Archived"), replace(view, archived=False))


def by(words: Words, order: LocationOrder) -> str:
    return words(_BY[order])


class FilterBar(QWidget):
    """``changed(View)``; ``tags_wanted()`` before the menu opens, answered by ``tags``;
    ``score_wanted()`` asks for a number."""

    changed = Signal(object)
    tags_wanted = Signal()
    score_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.view = View()
        self._around: Around | None = None
        self.tags: Sequence[str] = ()
        self.setFixedHeight(max(current().px(HEIGHT), current().reach(34) + 12))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        self._chips = QHBoxLayout()
        row.addLayout(self._chips)
        self._chips.setSpacing(8)
        self.add = Button(words("Filter"), Kind.TEXT, icon="plus", height=32)
        self.add.clicked.connect(self.tags_wanted)
        row.addWidget(self.add)
        row.addStretch(1)
        self.said = ElidedLabel("", Type.HELP, Ink.TEXT2)
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.said, 2)

    def show_view(self, view: View, around: Around) -> None:
        self.view, self._around = view, around
        clear(self._chips)
        for each in narrowed(self.words, view, around):
            chip = Chip(each, self.words)
            chip.clicked.connect(self._drop)
            self._chips.addWidget(chip)

    def _drop(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self.changed.emit(chip.narrowed.without)

    def open_menu(self, tags: Sequence[str]) -> None:
        self.tags = tags
        menu = self.menu()
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def menu(self) -> QMenu:
        words, view, menu = self.words, self.view, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._brands(menu.addMenu(words("Brand")))
        self._tags(menu.addMenu(words("Tag")))
        since, idle = menu.addMenu(words("Visited")), menu.addMenu(words("Not visited"))
        for days in DAYS:
            text = words("In the last {count} days", count=days)
            self._offer(since, text, replace(view, visited_days=days), view.visited_days == days)
            text = words("For {count} days", count=days)
            self._offer(idle, text, replace(view, idle_days=days), view.idle_days == days)
        self._offer(idle, words("Never"), replace(view, never=True), view.never)
        below = menu.addMenu(words("Score below"))
        for score in SCORES:
            wanted = replace(view, score_below=float(score))
            self._offer(below, str(score), wanted, view.score_below == score)
        below.addAction(words("Another number…")).triggered.connect(self.score_wanted)
        menu.addSeparator()
        self._offer(menu, words("Archived"), replace(view, archived=not view.archived),
                    view.archived)  # fmt: skip
        menu.triggered.connect(self._chosen)
        return menu

    def _brands(self, menu: QMenu) -> None:
        clients = self._around.clients if self._around else ()
        view = self.view
        for client in clients:
            if view.client in (0, client.id):
                for brand in client.brands:
                    chosen = _toggled(view.brands, brand.id)
                    on = brand.id in view.brands
                    self._offer(menu, brand.name, replace(view, brands=chosen), on)
        menu.setEnabled(not menu.isEmpty())

    def _tags(self, menu: QMenu) -> None:
        view, held = self.view, {folded(tag) for tag in self.view.tags}
        for tag in self.tags[:TAGS]:
            on = folded(tag) in held
            left = tuple(each for each in view.tags if folded(each) != folded(tag))
            self._offer(menu, tag, replace(view, tags=left if on else (*view.tags, tag)), on)
        menu.setEnabled(not menu.isEmpty())

    def _offer(self, menu: QMenu, text: str, view: View, on: bool) -> None:
        action = menu.addAction(text.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(on)
        action.setData(view)

    def _chosen(self, action: QAction) -> None:
        if isinstance(view := action.data(), View):
            self.changed.emit(view)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(current().tokens.surface))


def _toggled(held: tuple[int, ...], key: int) -> tuple[int, ...]:
    return tuple(each for each in held if each != key) if key in held else (*held, key)


class Chip(Button):
    """A press takes it away."""

    def __init__(self, each: Narrowed, words: Words) -> None:
        name = each.text
        super().__init__(name, Kind.SOFT, trailing="x", height=30, type=Type.HELP)
        self.narrowed = each
        self.setAccessibleName(words("Without the filter {name}", name=name))
