"""Under a list: what can be done with what is ticked, else the keys."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import KeyCap
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

HEIGHT = 44


class Foot(QWidget):
    """44 px, a line above it; ``hints`` are pairs of a key and what it does."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(max(current().px(HEIGHT), current().reach(34) + 8))
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 2, 16, 2)
        self.row.setSpacing(8)

    def add_hints(self, *hints: tuple[str, str]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, text in hints:
            arrow = {"↑": "arrow-up", "↓": "arrow-down"}.get(key)
            row.addWidget(KeyCap("" if arrow else key, arrow))
            if text:
                row.addWidget(Label(text, Type.HINT, Ink.TEXT2))
                row.addSpacing(6)
        self.row.addWidget(holder)
        return holder

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, self.width(), 1, colour(t.border))


class ListFoot(Foot):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.count = Label("", Type.STRONG)
        self.assign = Button(words("Assign…"), Kind.SOFT, icon="user", height=34)
        self.reschedule = Button(words("Reschedule…"), Kind.SOFT, icon="calendar", height=34)
        self.cancel = Button(words("Cancel…"), Kind.SOFT, icon="x", height=34)
        self.none = Button(words("Untick"), Kind.TEXT, height=34)
        self._acts = (self.count, self.assign, self.reschedule, self.cancel, self.none)
        for part in self._acts:
            self.row.addWidget(part)
        self.row.addStretch(1)
        self.hints = self.add_hints(("↑", ""), ("↓", words("move")),
                                    (words("Space"), words("tick")),
                                    ("A", words("assign")), ("R", words("reschedule")),
                                    ("Enter", words("open")))  # fmt: skip
        self._narrow = False
        self.say(0)

    def say(self, count: int) -> None:
        self.count.setText(self.words.plural("{count} ticked", "{count} ticked", count))
        for part in self._acts:
            part.setVisible(count > 0)
        self.hints.setVisible(not count and not self._narrow)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.hints.setVisible(not narrow and not self.assign.isVisibleTo(self))
