"""Which locations a plan is for: all, those of a filter, or chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.domain.places import LocationFilter, PageKey, RegionNode
from auditor.ui.commands import planning
from auditor.ui.commands.planning import Page
from auditor.ui.context import AppContext
from auditor.ui.kit.field import Labelled, Select
from auditor.ui.kit.rows import Column, RowModel, RowTable
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label
from auditor.ui.planning import phrases
from auditor.ui.planning.filters import SearchLine
from auditor.ui.theme import Ink, Type, current

EVERY, FILTER, HAND = range(3)
ANY = -1


class LocationTable(QWidget):
    """The active locations of a client, searched and ticked; what is ticked stays ticked while
    one searches. ``changed()`` when it is something else."""

    changed = Signal()

    def __init__(self, context: AppContext, client_id: int, *, ticks: bool = True) -> None:
        super().__init__()
        words = context.words
        self.context, self._client, self._turn = context, client_id, 0
        self._key: PageKey | None = None
        self.chosen: set[int] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.search = SearchLine(words("Search location, code, address"))
        self.search.settled.connect(self._read)
        column.addWidget(self.search)
        self.rows = RowModel((
            Column(words("Code"), lambda r: r.code, 92),
            Column(words("Location"), lambda r: r.name, strong=True,
                   note=lambda r: phrases.region(r.region)),
        ), lambda place: place.id, ticks=ticks, parent=self)  # fmt: skip
        self.table = RowTable(self.rows, words("Locations"))
        self.table.setMinimumHeight(current().px(150))
        self.rows.wanted.connect(self._read_more)
        self.rows.ticks_changed.connect(self._ticked)
        self.table.all_wanted.connect(self._tick_all)
        self.table.moved.connect(self._moved)
        column.addWidget(self.table, 1)
        self.said = Label("", Type.HELP, Ink.TEXT2)
        column.addWidget(self.said)
        self.said.setVisible(ticks)
        self._shown: set[int] = set()
        self._say()

    def read(self) -> None:
        self._read(self.search.text())

    def _read(self, text: str) -> None:
        self._turn += 1
        planning.read_locations(self.context, self._client, text, None,
                                partial(self._show, self._turn))  # fmt: skip

    def _show(self, turn: int, page: Page) -> None:
        if turn == self._turn:
            chosen = set(self.chosen)
            self._key = page.key
            self.rows.show(page.rows, more=page.more)
            self.chosen = chosen
            self.rows.tick(chosen)
            if page.rows:
                self.table.go_to(page.rows[0].id)
            self._say()

    def _read_more(self) -> None:
        planning.read_locations(self.context, self._client, self.search.text(), self._key,
                                partial(self._add, self._turn))  # fmt: skip

    def _add(self, turn: int, page: Page) -> None:
        if turn == self._turn:
            self._key = page.key or self._key
            self.rows.add(page.rows, more=page.more)

    def _tick_all(self) -> None:
        self.rows.tick(self.chosen | {self.rows.ident(row) for row in self.rows.rows})

    def _ticked(self) -> None:
        here = {self.rows.ident(row) for row in self.rows.rows}
        self.chosen = (self.chosen - here) | (self.rows.ticked & here) | (
            self.rows.ticked - here)  # fmt: skip
        self._say()
        self.changed.emit()

    def _moved(self, _place: object) -> None:
        if not self.rows.has_ticks:
            self.changed.emit()

    def _say(self) -> None:
        words = self.context.words
        said = words.plural("{count} ticked", "{count} ticked", len(self.chosen))
        self.said.setText(said)


class PlacesPicker(QWidget):
    """``changed()``; ``locations`` and ``where`` are what a PlanAsk takes."""

    changed = Signal()

    def __init__(self, context: AppContext, client_id: int, regions: Sequence[RegionNode]) -> None:
        super().__init__()
        words = context.words
        self.context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.way = Segmented([words("All"), words("Some"), words("By hand")],
                             words("Which locations"), stretch=True)  # fmt: skip
        self.way.changed.connect(self._turn)
        column.addWidget(self.way)
        self._column, self._client, self._regions = column, client_id, regions
        self._pages: dict[int, QWidget] = {}
        self._page(EVERY).show()

    @property
    def table(self) -> LocationTable:
        """What is chosen by hand."""
        return cast(LocationTable, self._page(HAND))

    def _page(self, index: int) -> QWidget:
        """Made when it is asked for, hidden."""
        if index not in self._pages:
            self._pages[index] = page = self._make(index)
            self._column.addWidget(page)
            page.hide()
        return self._pages[index]

    def _make(self, index: int) -> QWidget:
        if index == FILTER:
            planning.read_tags(self.context, self._offer_tags)
            return self._filter_page(self._regions)
        if index == HAND:
            table = LocationTable(self.context, self._client)
            table.changed.connect(self.changed)
            table.read()
            return table
        said = self.context.words("Every active location of the client.")
        return Label(said, Type.HELP, Ink.TEXT2, wrap=True)

    def _filter_page(self, regions: Sequence[RegionNode]) -> QWidget:
        words = self.context.words
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.region = Select()
        self.region.addItem(words("All regions"), ANY)
        for each in regions:
            self.region.addItem(f"{each.path} ({each.count})", each.id)
        self.tag = Select()
        self.tag.addItem(words("Any tag"), "")
        self.text = SearchLine(words("Words in name, code, address"))
        self.region.activated.connect(self._say)
        self.tag.activated.connect(self._say)
        self.text.settled.connect(self._say)
        column.addWidget(Labelled(words("Region"), self.region))
        column.addWidget(Labelled(words("Tag"), self.tag))
        column.addWidget(self.text)
        return page

    def _offer_tags(self, tags: Sequence[str]) -> None:
        for tag in tags:
            self.tag.addItem(tag, tag)

    def _turn(self, index: int) -> None:
        shown = self._page(index)
        for page in self._pages.values():
            page.setVisible(page is shown)
        self.changed.emit()

    def _say(self, *_: object) -> None:
        self.changed.emit()

    @property
    def locations(self) -> tuple[int, ...] | None:
        return tuple(sorted(self.table.chosen)) if self.way.index == HAND else None

    @property
    def where(self) -> LocationFilter:
        if self.way.index != FILTER:
            return LocationFilter()
        region, tag = self.region.currentData(), self.tag.currentData()
        return LocationFilter(
            text=self.text.text().strip(),
            region=None if region == ANY else region,
            tags=frozenset({tag}) if tag else frozenset(),
        )
