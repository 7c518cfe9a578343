"""Over a list of visits: search, status, evaluator, region; and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.assignments import AssignmentFilter
from auditor.domain.evaluators import EvaluatorRecord
from auditor.domain.places import Count, RegionNode
from auditor.domain.visits import VisitStatus
from auditor.ui.kit import search
from auditor.ui.kit.field import Select
from auditor.ui.kit.text import Label
from auditor.ui.locations.phrases import counted, number
from auditor.ui.planning.phrases import KINDS
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

HEIGHT = 46
#: How long one may go on typing before the list follows.
TYPING_MS = 180
ALL = -1


class SearchLine(search.SearchLine):
    """``settled(text)`` once the person stopped typing."""

    settled = Signal(str)

    def __init__(self, prompt: str) -> None:
        super().__init__((prompt,))
        self.setClearButtonEnabled(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self._say)
        self.textChanged.connect(self._timer.start)

    def _say(self) -> None:
        self.settled.emit(self.text().strip())


class FilterBar(QWidget):
    """``changed()``: ``filter`` is another one. ``base`` is what always holds."""

    changed = Signal()

    def __init__(self, words: Words, base: AssignmentFilter) -> None:
        super().__init__()
        self.words, self._base = words, base
        #: The visits that alone are wanted, of those that the rest finds.
        self.only: frozenset[int] | None = None
        self.setFixedHeight(max(current().px(HEIGHT), current().reach(36) + 10))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 5)
        row.setSpacing(8)
        self.search = SearchLine(words("Search location, code, address"))
        self.search.settled.connect(self._change)
        row.addWidget(self.search, 3)
        self.status = self._select(words("Status"))
        for text, _ in KINDS:
            self.status.addItem(words(text))
        self.evaluator = self._select(words("Evaluator"))
        self.region = self._select(words("Region"))
        for select, share in ((self.status, 2), (self.evaluator, 2), (self.region, 2)):
            row.addWidget(select, share)
        self.status.setVisible(base.overdue_on is None)
        self.count = Label("", Type.HELP, Ink.TEXT2)
        row.addWidget(self.count)

    def _select(self, name: str) -> Select:
        select = Select()
        select.setAccessibleName(name)
        select.activated.connect(self._change)
        return select

    def offer(self, evaluators: Sequence[EvaluatorRecord], regions: Sequence[RegionNode]) -> None:
        """What can be chosen; what is chosen stays where it still can be."""
        words = self.words
        people = [(words("All evaluators"), ALL), (words("Nobody yet"), 0)]
        people += [(each.label, each.id) for each in evaluators]
        places = [(words("All regions"), ALL)] + [(each.path, each.id) for each in regions]
        for select, entries in ((self.evaluator, people), (self.region, places)):
            held = select.currentData()
            select.clear()
            for text, id_ in entries:
                select.addItem(text, id_)
            select.setCurrentIndex(max(select.findData(held), 0))
        self.region.setVisible(len(regions) > 0)

    @property
    def filter(self) -> AssignmentFilter:
        evaluator, region = self.evaluator.currentData(), self.region.currentData()
        statuses: frozenset[VisitStatus] = frozenset()
        if self._base.overdue_on is None:
            statuses = KINDS[max(self.status.currentIndex(), 0)][1]
        return replace(
            self._base,
            text=self.search.text().strip(),
            statuses=statuses,
            evaluator=None if evaluator in (None, ALL) else evaluator,
            region=None if region in (None, ALL) else region,
            visits=self.only,
        )

    @property
    def narrows(self) -> bool:
        """Something is left out that the list could hold."""
        return self.filter != replace(
            self._base, statuses=KINDS[0][1] if self._base.overdue_on is None else frozenset()
        )

    def choose_evaluator(self, evaluator_id: int) -> None:
        self.evaluator.setCurrentIndex(max(self.evaluator.findData(evaluator_id), 0))
        self.changed.emit()

    def say_count(self, count: Count) -> None:
        words = self.words
        said = words.plural("{count} visit", "{count} visits", count.number)
        self.count.setText(said.replace(number(words, count.number), counted(words, count), 1))

    def set_narrow(self, narrow: bool) -> None:
        self.count.setVisible(not narrow)

    def _change(self, *_: object) -> None:
        self.changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.border))
