"""What stands where on the screen of locations."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import EmptyState, Line
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.header import Header
from auditor.ui.locations.bar import ListBar, SearchField
from auditor.ui.locations.detail import DetailPane
from auditor.ui.locations.filters import FilterBar
from auditor.ui.locations.foot import Foot
from auditor.ui.locations.regions import RegionPane
from auditor.ui.locations.room import Room
from auditor.ui.locations.table import LocationTable
from auditor.ui.screen import Screen


class LocationsLayout(Screen):
    """The widgets alone; nothing is connected."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.stack.addWidget(self._body())
        #: What is said while there is nothing to list.
        self.beginning: Any = QWidget()
        self.stack.addWidget(self.beginning)

    def _header(self) -> Header:
        words = self.context.words
        self.header = Header(words("Locations"))
        self.total = Chip("")
        self.header.add_chip(self.total)
        self.search = SearchField(words)
        self.import_ = Button(words("Import"), icon="import")
        self.add = Button(words("Add location"), Kind.PRIMARY, icon="plus")
        for control in (self.search, self.import_, self.add):
            self.header.add(control)
        return self.header

    def _body(self) -> QWidget:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.regions = RegionPane(self.context.words)
        row.addWidget(self.regions)
        middle = QWidget()
        row.addWidget(middle, 1)
        self._fill_middle(middle)
        self.detail = DetailPane(self.context.words)
        self.detail.setParent(body)
        row.addWidget(self.detail)
        self.room = Room(body, row, self.detail, self.table, self.nothing)
        return body

    def _fill_middle(self, middle: QWidget) -> None:
        words = self.context.words
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = ListBar(words)
        self.tabs = self.bar.tabs
        self.filters = FilterBar(words)
        self.table = LocationTable(words)
        self.foot = Foot(words)
        for part in (self.bar, Line(), self.filters, Line(), self.table, self.foot):
            column.addWidget(part, 1 if part is self.table else 0)
        less = words("Take a filter away, or search for less.")
        self.nothing = EmptyState("search", words("No location fits"), less, middle)
        self.clear = self.nothing.add(Button(words("Show all"), Kind.SOFT, height=36))
        self.nothing.hide()
