"""Each column of the table with what it holds: guessed, and changed by a person."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from auditor.services.sheets.book import Book, column_name
from auditor.ui.importing.subject import Held
from auditor.ui.kit.card import Card, ScrollArea, clear
from auditor.ui.kit.field import Select
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import Ink, Type, current
from auditor.words import Words

EXAMPLES = 3
#: The column of the examples, and below which width there is no room for it.
EXAMPLE, NARROW = 2, 480


class ColumnsTable(ScrollArea):
    """``changed(Held)`` when a person says what a column holds; ``titles`` are what it may."""

    changed = Signal(object)

    def __init__(self, words: Words, titles: Mapping[StrEnum, str]) -> None:
        super().__init__(margins=(0, 0, 6, 8), spacing=0)
        self.words, self._titles = words, titles
        self.selects: list[Select] = []
        self._examples: list[QWidget] = []
        self._grid: QGridLayout | None = None
        self.mapping: Held | None = None

    def show_book(self, book: Book, mapping: Held) -> None:
        words, self.mapping = self.words, mapping
        clear(self.body)
        self.selects = []
        card = Card(margins=(16, 10, 16, 12))
        self.body.addWidget(card)
        self.body.addStretch(1)
        grid = QGridLayout()
        card.body.addLayout(grid)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 2)
        self._grid = grid
        for place, text in enumerate(("", words("Heading"), words("For example"), words("Holds"))):
            label = Label(text, Type.CHIP, Ink.TEXT2)
            grid.addWidget(label, 0, place)
            if place == EXAMPLE:
                self._examples = [label]
        heading = book.row(mapping.heading)
        below = [row for row in book.rows if row.number > mapping.heading][:200]
        for at in range(book.columns):
            title = heading.cells[at] if heading is not None else ""
            cells = list(dict.fromkeys(row.cells[at] for row in below if row.cells[at].strip()))
            self._add_row(grid, at, title, " · ".join(cells[:EXAMPLES]))
        self._fit()

    def _add_row(self, grid: QGridLayout, at: int, title: str, examples: str) -> None:
        words, line = self.words, at + 1
        letter = Label(column_name(at), Type.HELP, Ink.TEXT3)
        grid.addWidget(letter, line, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(ElidedLabel(title.replace("\n", " "), Type.STRONG), line, 1)
        shown = ElidedLabel(examples.replace("\n", " "), Type.HELP, Ink.TEXT2)
        self._examples.append(shown)
        grid.addWidget(shown, line, EXAMPLE)
        select = Select()
        select.setAccessibleName(words("What column {letter} holds", letter=column_name(at)))
        select.setMinimumWidth(current().px(170))
        select.addItem(words("Left out"), None)
        for field, title in self._titles.items():
            select.addItem(words(title), field.value)
        self._show_held(select, at)
        select.activated.connect(partial(self._choose, at))
        self.selects.append(select)
        grid.addWidget(select, line, 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Headings can be read before examples are."""
        wide = self.width() >= current().px(NARROW)
        for label in self._examples:
            label.setVisible(wide)
        if self._grid is not None:
            self._grid.setColumnStretch(EXAMPLE, 3 if wide else 0)

    def _show_held(self, select: QWidget, at: int) -> None:
        assert isinstance(select, Select)
        held = self.mapping.fields[at] if self.mapping and at < len(self.mapping.fields) else None
        select.setCurrentIndex(0 if held is None else max(select.findData(held.value), 0))

    def _choose(self, at: int, _index: int) -> None:
        if self.mapping is None:
            return
        chosen = self.selects[at].currentData()
        field = next((each for each in self._titles if each.value == chosen), None)
        self.mapping = self.mapping.with_field(at, field)
        for place, select in enumerate(self.selects):
            self._show_held(select, place)
        self.changed.emit(self.mapping)
