"""One card of the visit's facts: the look and the keys of a question, but never an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor.ui.capture.cards.answers import HEIGHT
from auditor.ui.capture.cards.arriving import digit_of, letter_of
from auditor.ui.capture.cards.head import Head
from auditor.ui.capture.cards.inputs import LineInput, TextInput
from auditor.ui.capture.cards.problems import ProblemLine
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.drafting.notes import FACTS
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CARD, Ink, Type, colour, current

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_AROUND = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class FactCard(QWidget):
    """``stepped(±1)`` by ↑ and ↓. It changes facts by ``put`` alone and shows them in
    ``refresh``."""

    stepped = Signal(int)

    def __init__(self, desk: Desk, icon: str, title: str, said: str = "") -> None:
        super().__init__()
        self.desk, self.draft, self.words = desk, desk.draft, desk.words
        self._current = False
        self.setMinimumWidth(1)  # a card never makes its page wider
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setAccessibleDescription(said)
        self.head = Head("", title, said)
        self.problem = ProblemLine()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 10 if desk.compact else 12, 16, 12)
        self.column.setSpacing(8)
        self.top = QHBoxLayout()
        self.top.setSpacing(10)
        self.icon = Icon(icon, "text2", 20)
        self.top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        self.top.addWidget(self.head, 1)
        self.column.addLayout(self.top)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.column.addLayout(self.body)
        self.column.addWidget(self.problem)

    def put(self, *, typing: bool = False, **facts: Any) -> None:
        """The person changed facts; ``typing`` merges with what was typed just before."""
        self.draft.change_note(FACTS, replace(self.draft.facts, **facts), typing=typing)

    def refresh(self) -> None:
        """Show what the draft holds."""

    def enter(self) -> bool:
        """Return was pressed on the card: go into its first field. False: there is none."""
        return False

    def type_text(self, _text: str) -> bool:
        """A digit was typed on the card. False: not mine."""
        return False

    def clear(self) -> bool:
        """Backspace. False: nothing here is cleared at once."""
        return False

    def now(self) -> bool:
        """T was typed. False: nothing here is timed."""
        return False

    def show_hints(self, on: bool) -> None:
        """Key hints: on the current card only."""

    def commit_input(self) -> None:
        """Take what input methods still hold."""
        for field in self.findChildren(QWidget):
            if isinstance(field, (LineInput, TextInput)):
                field.commit_input()

    def lock(self) -> None:
        """The visit is read-only: what is written stays readable."""
        for field in self.findChildren(QWidget):
            if isinstance(field, (LineInput, TextInput)):
                field.setReadOnly(True)

    def end_typing(self) -> None:
        self.draft.end_typing()

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_current(self, on: bool) -> None:
        if on != self._current:
            self._current = on
            self.show_hints(on and self.draft.writable)
            self.update()

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._move(event) or (self.draft.writable and self._act(event))):
            super().keyPressEvent(event)

    def _move(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key == Qt.Key.Key_Escape and not self.hasFocus():
            self.take_focus()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _AROUND and not self.hasFocus():
            self.focusNextPrevChild(_AROUND[key])
        else:
            return key in _AROUND
        return True

    def _act(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTER and not event.modifiers():
            return self.enter()
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            return self.clear()
        digit = digit_of(event)
        if digit is not None:
            return self.type_text(str(digit))
        return letter_of(event) == "T" and self.now()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        ring = self.hasFocus()
        border = colour(t.accent if ring or self._current else t.border)
        box = QRectF(self.rect())
        rounded(QPainter(self), box, RADIUS_CARD, colour(t.surface), border, 2 if ring else 1)


class Captioned(QWidget):
    """Controls side by side under the words that name them; ``wide`` takes the whole line."""

    def __init__(self, caption: str, *controls: QWidget, wide: bool = False) -> None:
        super().__init__()
        if not wide:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.caption = Label(caption, Type.HELP, Ink.TEXT2)
        self.caption.setBuddy(controls[0])
        column.addWidget(self.caption)
        row = QHBoxLayout()
        row.setSpacing(6)
        if isinstance(controls[0], LineInput):
            row.addStrut(current().reach(HEIGHT))  # the style sheet lowers a line on its own
        for control in controls:
            row.addWidget(control)
        column.addLayout(row)
