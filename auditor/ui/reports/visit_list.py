"""The visits whose reports may be made, and which of them are ticked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.commands.report_list import Listed
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, EmptyState
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label
from auditor.ui.reports.table import CODE, DAY, NUMBER, VisitModel, VisitTable
from auditor.ui.theme import Ink, Type, current
from auditor.words import Words

#: A table narrower than this has no visit numbers.
LOW = 520


class VisitList(QWidget):
    """``which`` of them are wanted is for the owner to read; all that are shown are ticked at
    first."""

    opened = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        column.addLayout(self._row)
        self._add_filters(self._row)
        card = Card(margins=(1, 4, 1, 4), spacing=0)
        column.addWidget(card, 1)
        self._add_table(card)

    def _add_filters(self, row: QBoxLayout) -> None:
        words = self.words
        captions = [words("Latest of each location"), words("All visits")]
        self.which = Segmented(captions, words("Which visits"))
        row.addWidget(self.which)
        row.addStretch(1)
        self.every = Button(words("Select all"), Kind.TEXT)
        self.every.clicked.connect(self._tick_all)
        self.none = Button(words("Select none"), Kind.TEXT)
        self.none.clicked.connect(self._tick_none)
        ticks = QHBoxLayout()
        row.addLayout(ticks)
        ticks.addStretch(1)
        ticks.addWidget(self.every)
        ticks.addWidget(self.none)

    def _add_table(self, card: Card) -> None:
        words = self.words
        self.model = VisitModel(words, self)
        self.table = VisitTable(self.model, words)
        self.table.setObjectName("visits")
        self.table.opened.connect(self.opened)
        card.body.addWidget(self.table)
        self.cut = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        self.cut.setContentsMargins(15, 6, 15, 6)
        self.cut.hide()
        card.body.addWidget(self.cut)
        self.nothing = EmptyState("file-text", words("No visit is handed in yet"),
                                  words("Its report can be made as soon as one is."))  # fmt: skip
        self.nothing.hide()
        card.body.addWidget(self.nothing)

    def show_listed(self, listed: Listed, ticked: frozenset[int] | None) -> None:
        """``ticked``: those that were when one was here before."""
        self.model.show(listed.visits)
        self._say_cut(len(listed.visits) if listed.cut else 0)
        self.table.setVisible(listed.some)
        self.nothing.setVisible(not listed.some)
        ids = {visit.id for visit in listed.visits}
        self.model.tick(ids if ticked is None else ids & ticked)

    def _say_cut(self, count: int) -> None:
        text = self.words(
            "The {count} visits that were handed in last. Choose a wave to see older ones.",
            count=self.words.figure(count),
        )
        self.cut.setText(text)
        self.cut.setVisible(bool(count))

    def _tick_all(self) -> None:
        self.model.tick({visit.id for visit in self.model.visits})

    def _tick_none(self) -> None:
        self.model.tick(set())

    def set_narrow(self, width: int, *, narrow: bool) -> None:
        """``width``: how wide it will be."""
        for column in (CODE, DAY):
            self.table.setColumnHidden(column, narrow)
        self.table.setColumnHidden(NUMBER, width < current().px(LOW))
        row = (self.which, self.every, self.none)
        beside = sum(each.sizeHint().width() for each in row) + 16 <= width
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if beside else down)
