"""Over and under the table of evaluators: search and filters; what is done with what is ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.evaluators import EvaluatorFilter
from auditor.domain.places import RegionNode
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.field import Select
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label
from auditor.ui.planning.filters import ALL, HEIGHT, SearchLine
from auditor.ui.planning.foot import Foot
from auditor.ui.theme import Type, colour, current
from auditor.words import Words

_ACTIVE: tuple[bool | None, ...] = (True, False, None)


class EvaluatorBar(QWidget):
    """``changed()``: ``filter`` is another one."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.setFixedHeight(max(current().px(HEIGHT), current().reach(36) + 10))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 5)
        row.setSpacing(8)
        self.search = SearchLine(words("Search code, name, language, qualification"))
        self.search.settled.connect(self._change)
        row.addWidget(self.search, 4)
        self.region = Select()
        self.region.setAccessibleName(words("Home region"))
        self.region.activated.connect(self._change)
        self.region.addItem(words("All regions"), ALL)
        row.addWidget(self.region, 2)
        self.active = Segmented([words("Active"), words("Archived"), words("All")],
                                words("Which evaluators"))  # fmt: skip
        self.active.changed.connect(self._change)
        row.addWidget(self.active)

    def offer(self, regions: Sequence[RegionNode]) -> None:
        held = self.region.currentData()
        self.region.clear()
        self.region.addItem(self.words("All regions"), ALL)
        self.region.addItem(self.words("No home region"), 0)
        for each in regions:
            self.region.addItem(each.path, each.id)
        self.region.setCurrentIndex(max(self.region.findData(held), 0))
        self.region.setVisible(bool(regions))

    @property
    def filter(self) -> EvaluatorFilter:
        region = self.region.currentData()
        return EvaluatorFilter(
            text=self.search.text().strip(),
            region=None if region in (None, ALL) else region,
            active=_ACTIVE[self.active.index],
        )

    def _change(self, *_: object) -> None:
        self.changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.border))


class EvaluatorFoot(Foot):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.count = Label("", Type.STRONG)
        self.archive = Button(words("Archive"), Kind.SOFT, icon="archive", height=34)
        self.none = Button(words("Untick"), Kind.TEXT, height=34)
        self._acts = (self.count, self.archive, self.none)
        for part in self._acts:
            self.row.addWidget(part)
        self.row.addStretch(1)
        self.hints = self.add_hints(("↑", ""), ("↓", words("move")),
                                    (words("Space"), words("tick")),
                                    ("Enter", words("open")))  # fmt: skip
        self._narrow = False
        self.say(0, back=False)

    def say(self, count: int, *, back: bool) -> None:
        words = self.words
        self.count.setText(words.plural("{count} ticked", "{count} ticked", count))
        self.archive.set_caption(words("Bring back") if back else words("Archive"))
        for part in self._acts:
            part.setVisible(count > 0)
        self.hints.setVisible(not count and not self._narrow)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.hints.setVisible(not narrow and not self.archive.isVisibleTo(self))
