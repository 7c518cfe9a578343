"""A bar to find words with: a field, how many places there are, and the ways between them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

_STEPS = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class FindBar(QWidget):
    """``changed(text)`` with every letter, pre-edit included; ``stepped(±1)``; ``closed()``.

    ``prompt`` stands in the empty field, ``nothing`` is said where the words are not found."""

    changed = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(
        self, words: Words, prompt: str, nothing: str, query: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.words, self._nothing = words, nothing
        self.setAccessibleName(prompt)
        self.field = FindField(prompt, query)
        self.count = Label("", Type.HELP, Ink.TEXT2)
        self.back = self._button("arrow-up", words("Previous place"), "Shift+F3")
        self.on = self._button("arrow-down", words("Next place"), "F3")
        self.shut = self._button("x", words("Close"), "Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 16, 5)
        row.setSpacing(8)
        row.addWidget(Icon("search"))
        row.addWidget(self.field)
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.back, self.on, self.shut):
            row.addWidget(button)
        self.field.changed.connect(self.changed)
        self.field.stepped.connect(self.stepped)
        self.field.closed.connect(self.closed)
        self.back.clicked.connect(self._go_back)
        self.on.clicked.connect(self._go_on)
        self.shut.clicked.connect(self.closed)

    def _button(self, icon: str, name: str, key: str) -> Button:
        button = Button("", Kind.TEXT, icon=icon, name=name, hint=key, height=32)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _go_back(self) -> None:
        self.stepped.emit(-1)

    def _go_on(self) -> None:
        self.stepped.emit(1)

    def show_count(self, at: int, total: int) -> None:
        """``at`` is the place one is at, from 1; 0 when one is elsewhere."""
        words = self.words
        if not self.field.query.strip():
            said = ""
        elif not total:
            said = self._nothing
        elif at:
            said = words("{n} of {total}", n=at, total=total)
        else:
            said = words.plural("{count} place", "{count} places", total)
        self.count.setText(said)
        self.count.set_ink(Ink.TEXT2 if total or not said else Ink.DANGER)
        for button in (self.back, self.on):
            button.setEnabled(total > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.border))


class FindField(QLineEdit):
    """One line. What an input method still holds counts as typed."""

    changed = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, name: str, query: str) -> None:
        super().__init__(query)
        self._pending = ""
        self.setProperty("finding", True)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setFixedHeight(current().reach(34))
        self.textChanged.connect(self._tell)

    @property
    def query(self) -> str:
        at = self.cursorPosition()
        return self.text()[:at] + self._pending + self.text()[at:]

    def _tell(self) -> None:
        self.changed.emit(self.query)

    def sizeHint(self) -> QSize:
        return QSize(current().px(320), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(140), super().minimumSizeHint().height())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._pending = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if shift else _STEPS[key])
        else:
            super().keyPressEvent(event)
