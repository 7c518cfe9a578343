"""Which actions the board shows: whose, where, by whom, until when."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.actions import ActionFilter, DueFilter
from auditor.domain.places import RegionNode
from auditor.ui.commands.actions import Offers
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.field import Select
from auditor.ui.theme import colour, current
from auditor.words import Words

HEIGHT = 48


class FilterBar(QWidget):
    """``changed()`` when another filter is chosen."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._regions: tuple[RegionNode, ...] = ()
        self._offers: Offers | None = None
        self._held: dict[Select, object] = {}
        #: The one location that is asked for.
        self.location: int | None = None
        self.setFixedHeight(max(current().px(HEIGHT), current().reach(36) + 12))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 12, 6)
        row.setSpacing(8)
        self.place = Button("", Kind.SOFT, icon="store", trailing="x", height=34)
        self.place.clicked.connect(self._leave_place)
        self.place.hide()
        row.addWidget(self.place)
        self.client = self._select(words("Client"))
        self.region = self._select(words("Region"))
        self.owner = self._select(words("Owner"))
        self.due = self._select(words("Due day"))
        for text, value in (
            (words("Any day"), None),
            (words("Late"), DueFilter.OVERDUE),
            (words("Within a week"), DueFilter.SOON),
            (words("No day"), DueFilter.NONE),
        ):
            self.due.addItem(text, value and value.value)
        for select in (self.client, self.region, self.owner, self.due):
            row.addWidget(select, 1)
        self.clear_button = Button(words("Show all"), Kind.TEXT, icon="x", height=34)
        self.clear_button.clicked.connect(self.clear)
        row.addWidget(self.clear_button)
        self.client.activated.connect(self._client_chosen)
        for select in (self.region, self.owner, self.due):
            select.activated.connect(self._chosen)
        self._look()

    def _select(self, name: str) -> Select:
        select = Select()
        select.setAccessibleName(name)
        return select

    def offer(self, offers: Offers) -> None:
        """What there is now; what was chosen stays chosen."""
        if offers == self._offers:
            return
        self._offers = offers
        words = self.words
        self._fill(self.client, words("All clients"), [(name, key) for key, name in offers.clients])
        self._fill(self.owner, words("All owners"), [(name, name) for name in offers.owners])
        self._fill_regions()
        again, self._held = bool(self._held), {}
        self.client.setVisible(len(offers.clients) > 1)
        self.region.setVisible(bool(offers.regions))
        self._look()
        if again and self.any:
            self.changed.emit()

    def _fill_regions(self) -> None:
        regions = () if self._offers is None else self._offers.regions
        client = self.client.currentData()
        shown = [each for each in regions if client in (None, each.client_id)]
        choices: list[tuple[str, object]] = [(each.path, each.id) for each in shown]
        choices.append((self.words("No region"), 0))
        self._fill(self.region, self.words("All regions"), choices)

    def _fill(self, select: Select, every: str, choices: list[tuple[str, object]]) -> None:
        held = self._held.get(select, select.currentData())
        select.clear()
        select.addItem(every, None)
        for text, value in choices:
            select.addItem(text, value)
        select.setCurrentIndex(max(select.findData(held) if held is not None else 0, 0))

    @property
    def _selects(self) -> tuple[Select, ...]:
        return self.client, self.region, self.owner, self.due

    @property
    def held(self) -> tuple[object, ...]:
        """What is chosen, for ``hold`` of a new bar."""
        return tuple(select.currentData() for select in self._selects)

    def hold(self, values: tuple[object, ...]) -> None:
        """Choose again what another bar held, as soon as it is offered."""
        self._held = dict(zip(self._selects, values, strict=True))
        self.due.setCurrentIndex(max(self.due.findData(values[-1]), 0))

    def apply(self, wanted: ActionFilter) -> ActionFilter:
        """``wanted`` with what is chosen here."""
        due = self.due.currentData()
        return replace(
            wanted,
            location=self.location,
            client=self.client.currentData(),
            region=self.region.currentData(),
            owner=self.owner.currentData(),
            due=DueFilter(due) if due else None,
        )

    @property
    def any(self) -> bool:
        return any(
            select.currentIndex() > 0 for select in (self.client, self.region, self.owner, self.due)
        )

    def show_place(self, name: str) -> None:
        """The name of the one location."""
        self.place.setVisible(self.location is not None)
        self.place.set_caption(name, self.words("Only {place}: show all locations", place=name))

    def _leave_place(self) -> None:
        self.location = None
        self.place.hide()
        self._chosen()

    def clear(self) -> None:
        self.location = None
        self.place.hide()
        for select in self._selects:
            select.setCurrentIndex(0)
        self._chosen()

    def _client_chosen(self) -> None:
        self._fill_regions()
        self._chosen()

    def _chosen(self) -> None:
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        self.clear_button.setVisible(self.any)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.border))
