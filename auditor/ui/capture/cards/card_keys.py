"""The keys of a card: they act on its question, or on its current row.

A card has no text, so input methods leave it alone; what one sends all the same (a Vietnamese
one that is always on) is taken as the keys that were pressed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from auditor.ui.capture.cards.arriving import (
    SIGNS,
    Digits,
    digit_in,
    digit_of,
    letter_in,
    letter_of,
)

if TYPE_CHECKING:
    from auditor.ui.capture.cards.card import QuestionCard

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_AROUND = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}
#: What the sheet of keys must name: letters, and what else a card takes.
LETTERS = ("N", "C", "P", "M", "T")
OTHERS = ("↑", "↓", "Esc", "Enter", "Backspace", "Ctrl+V", *"0123456789")


class CardKeys:
    def __init__(self, card: QuestionCard) -> None:
        self._card = card
        self._digits = Digits()

    def forget(self) -> None:
        """The focus went: a 0 that comes later is no ten."""
        self._digits.forget()

    def press(self, event: QKeyEvent) -> bool:
        """Take a key; False leaves it to others."""
        if digit_of(event) is None:
            self._digits.forget()
        return self._move(event) or (self._card.draft.writable and self._act(event))

    def commit(self, text: str) -> None:
        """What an input method made of keys."""
        if self._card.draft.writable:
            for sign in text:
                self._sign(sign)

    def _sign(self, sign: str) -> None:
        digit = digit_in(sign)
        if digit is not None:
            self._digit(digit)
        elif sign not in SIGNS or not self._card.editor.type_text(sign):
            self._letter(letter_in(sign))

    def _move(self, event: QKeyEvent) -> bool:
        card, key = self._card, Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key == Qt.Key.Key_Escape and not card.hasFocus():
            card.take_focus()
        elif key in _STEPS:
            if not card.editor.step(_STEPS[key]):
                card.stepped.emit(_STEPS[key])
        elif key in _AROUND and not card.hasFocus():
            card.focusNextPrevChild(_AROUND[key])
        else:
            return key in _AROUND
        return True

    def _act(self, event: QKeyEvent) -> bool:
        card = self._card
        if event.matches(QKeySequence.StandardKey.Paste):
            return card.paste()
        if event.key() in _ENTER and not event.modifiers():
            return card.editor.enter()
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            card.clear()
            return True
        digit = digit_of(event)
        if digit is not None:
            return self._digit(digit)
        if event.text() in SIGNS and card.editor.type_text(event.text()):
            return True
        return self._letter(letter_of(event))

    def _digit(self, digit: int) -> bool:
        editor = self._card.editor
        if editor.type_text(str(digit)):
            return True
        if self._digits.ten(digit) and editor.has_ten():
            with self._card.draft.one_step():
                editor.unpick(1)
                return editor.pick(10)
        return editor.pick(digit)

    def _letter(self, letter: str) -> bool:
        card = self._card
        if letter == "T":
            return card.editor.stopwatch()
        acts = {"N": card.not_applicable, "C": card.comment, "P": card.photo, "M": card.mark}
        if letter not in acts or not card.group.takes_answer:
            return False
        acts[letter]()
        return True
