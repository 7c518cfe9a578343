"""What stands across the top of the window: this is the demo; something went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import Tone, Type, current
from auditor.words import Words


class _Strip(QFrame):
    def __init__(self, tone: Tone, icon: str) -> None:
        super().__init__()
        self._tone = tone
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(24, 4, 20, 4)
        self.row.setSpacing(8)
        self.row.addWidget(Icon(icon, tone.value, 16), 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        _, soft = current().tone(self._tone)
        QPainter(self).fillRect(self.rect(), soft)


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
        self.row.addWidget(self.label, 1)
        self.buttons: list[Button] = []
        self.setAccessibleName(text)

    def add(self, caption: str, icon: str | None = None) -> Button:
        button = Button(caption, Kind.TEXT, icon=icon, height=30)
        self.row.addWidget(button)
        self.buttons.append(button)
        return button

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
