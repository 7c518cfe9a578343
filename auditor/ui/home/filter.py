"""Which visits, and in which order: the tabs over the list, and what it is sorted by."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from auditor.domain.my_visits import Group, Order, Overview
from auditor.ui.home.list import TITLES
from auditor.ui.kit.field import Select
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Tone, Type, current
from auditor.words import Words, mark

_TAB_ORDER = (Group.DUE, Group.SENT_BACK, Group.DRAFTS, Group.DONE)
_ORDERS = {Order.DEADLINE: mark("Deadline"), Order.PLACE: mark("Place")}


class FilterRow(QWidget):
    """``chosen(group)``, None for all; ``sorted(order)``. A group without visits has no tab: where
    ``group`` has none, ``group`` of this is None. ``everybody``: whether the visits of others are
    shown, too; ``turned(bool)`` when it is chosen, where there are any."""

    chosen = Signal(object)
    sorted = Signal(object)
    turned = Signal(bool)

    def __init__(
        self,
        shown: Overview,
        group: Group | None,
        order: Order,
        words: Words,
        *,
        everybody: bool = False,
    ) -> None:
        super().__init__()
        self._groups = [None, *(each for each in _TAB_ORDER if shown.count(each))]
        self.group = group if group in self._groups else None
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.tabs = self._tabs(shown, words)
        self._row.addWidget(self.tabs)
        self._row.addStretch(1)
        self._label = Label(words("Sort by"), Type.HELP, Ink.TEXT2)
        self.order = _select(order, words)
        self.order.currentIndexChanged.connect(self._sort)
        self.whose = _whose(shown, words, on=everybody)
        self.whose.currentIndexChanged.connect(self._turn)
        sort = QHBoxLayout()
        sort.addWidget(self.whose)
        sort.addWidget(self._label)
        sort.addWidget(self.order)
        sort.addStretch(0)
        self._row.addLayout(sort)
        self.whose.setVisible(shown.others)

    def _tabs(self, shown: Overview, words: Words) -> Segmented:
        captions = [words(TITLES[group]) if group else words("All") for group in self._groups]
        chosen = self._groups.index(self.group)
        tabs = Segmented(captions, words("Which visits"), chosen=chosen)
        for segment, group in zip(tabs.segments, self._groups, strict=True):
            tone = Tone.DANGER if group is Group.SENT_BACK else Tone.NEUTRAL
            count = shown.count(group) if group else shown.open
            segment.set_count(words.figure(count), tone)
        tabs.changed.connect(self._choose)
        return tabs

    def choose(self, group: Group) -> None:
        """As if its tab were clicked."""
        index = self._groups.index(group)
        self.tabs.choose(index)
        self._choose(index)

    def _choose(self, index: int) -> None:
        self.group = self._groups[index]
        self.chosen.emit(self.group)

    def _sort(self, index: int) -> None:
        self.sorted.emit(tuple(_ORDERS)[index])

    def _turn(self, index: int) -> None:
        self.turned.emit(index == 1)

    def fit(self, room: int, *, narrow: bool) -> None:
        """In one line where ``room`` pixels are enough; without its label when ``narrow``."""
        whose = 0 if self.whose.isHidden() else self.whose.width() + 16
        beside = room >= self.tabs.sizeHint().width() + self.order.width() + whose
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if beside else down)
        self._label.setVisible(not whose and (not narrow or not beside))


def _whose(shown: Overview, words: Words, *, on: bool) -> Select:
    """Each with how many visits are open."""
    select = Select(icon="user")
    mine, every = words.figure(shown.mine or 0), words.figure(shown.all)
    captions = words("Mine ({count})", count=mine), words("Everybody's ({count})", count=every)
    select.addItems(captions)
    select.setCurrentIndex(int(on))
    select.setAccessibleName(words("Whose visits"))
    metrics = QFontMetrics(current().font(Type.BODY))
    widest = max(map(metrics.horizontalAdvance, captions))
    select.setFixedWidth(max(current().px(160), widest + current().px(76)))
    return select


def _select(order: Order, words: Words) -> Select:
    select = Select()
    for caption in _ORDERS.values():
        select.addItem(words(caption))
    select.setCurrentIndex(tuple(_ORDERS).index(order))
    select.setAccessibleName(words("Sort by"))
    select.setFixedWidth(current().px(130))
    return select
