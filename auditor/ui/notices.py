"""What stands across the top of the window: this is the demo; something went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout

from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import Tone, Type, current
from auditor.words import Words

#: Room for a sentence beside its buttons.
LEAST = 520


class _Strip(QFrame):
    def __init__(self, tone: Tone, icon: str) -> None:
        super().__init__()
        self._tone = tone
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(24, 4, 20, 4)
        self.row.setSpacing(8)
        self.row.addWidget(Icon(icon, tone.value, 16), 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink, soft = current().tone(self._tone)
        painter = QPainter(self)
        painter.fillRect(self.rect(), soft)
        line = QColor(ink)
        line.setAlphaF(0.25)  # so that two of them are told apart
        painter.fillRect(0, self.height() - 1, self.width(), 1, line)


class DemoStrip(_Strip):
    """Invented data, and the two ways out of it."""

    leave = Signal()
    cleared = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(Tone.WARNING, "sparkles")
        text = words("Demo: the brand, the places and the visits are made up. Try anything.")
        self.row.addWidget(ElidedLabel(text, Type.HELP), 1)
        self.out = Button(words("Leave the demo"), Kind.TEXT, height=30)
        self.out.clicked.connect(self.leave)
        self.clear = Button(words("Clear the demo"), Kind.TEXT, icon="trash-2", height=30)
        self.clear.clicked.connect(self.cleared)
        self.row.addWidget(self.out)
        self.row.addWidget(self.clear)


class NoticeBar(_Strip):
    """A sentence about the workspace, with what can be done about it."""

    def __init__(self, text: str, tone: Tone, icon: str) -> None:
        super().__init__(tone, icon)
        self.label = Label(text, Type.HELP, wrap=True)
        self._texts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._texts.setSpacing(0)
        self._texts.addWidget(self.label, 1)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(8)
        self._texts.addLayout(self._acts)
        self.row.addLayout(self._texts, 1)
        self.buttons: list[Button] = []
        self.setAccessibleName(text)

    def add(self, caption: str, icon: str | None = None) -> Button:
        button = Button(caption, Kind.TEXT, icon=icon, height=30)
        self._acts.addWidget(button)
        self.buttons.append(button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words would stand in a narrow column, the buttons go below them."""
        super().resizeEvent(event)
        acts = self._acts.sizeHint().width()
        stacked = self._acts.count() > 0 and self.width() - acts < current().px(LEAST)
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._texts.setDirection(way)
        align = Qt.AlignmentFlag.AlignLeft if stacked else Qt.AlignmentFlag(0)
        self._texts.setAlignment(self._acts, align)

    def add_close(self, name: str) -> Button:
        button = Button(icon="x", kind=Kind.TEXT, name=name, height=30)
        self.row.addWidget(button)
        self.buttons.append(button)
        return button


class ErrorBar(_Strip):
    """An expected failure that belongs to no control. It stays until it is closed."""

    def __init__(self, words: Words) -> None:
        super().__init__(Tone.DANGER, "circle-alert")
        self.label = Label("", Type.HELP, wrap=True)
        self.row.addWidget(self.label, 1)
        self.close_button = Button(icon="x", kind=Kind.TEXT, name=words("Close"), height=30)
        self.close_button.clicked.connect(self.close_it)
        self.row.addWidget(self.close_button)
        self.hide()

    def set_words(self, words: Words) -> None:
        self.close_button.set_caption("", words("Close"))

    def say(self, sentence: str) -> None:
        self.label.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def close_it(self) -> None:
        self.hide()
