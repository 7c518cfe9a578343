"""Digits typed on a card: 1 to 9, 0, and 10 as 1 then 0 within 0.6 s."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent

TEN_WITHIN_MS = 600
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def digit_of(event: QKeyEvent) -> int | None:
    """The digit of a key without Ctrl, Alt or Shift, keypad included; None for other keys.

    Layouts that type digits with Shift (French) still say which digit key it is by its text.
    """
    if event.modifiers() & ~(_KEYPAD | Qt.KeyboardModifier.ShiftModifier):
        return None
    text = event.text()
    return int(text) if len(text) == 1 and text in "0123456789" else None


def letter_of(event: QKeyEvent) -> str:
    """The bare letter of a key without modifiers, upper case; "" for other keys.

    From the key, not its text: an input method may hold the text back.
    """
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return ""
    key = event.key()
    return chr(key) if Qt.Key.Key_A <= key <= Qt.Key.Key_Z else ""


class Digits:
    """Remembers the last digit, so that 1 then 0 is 10."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._since = QElapsedTimer()

    def ten(self, digit: int) -> bool:
        """Whether ``digit`` makes a ten of the one before. Remembers ``digit``."""
        soon = self._since.isValid() and self._since.elapsed() <= TEN_WITHIN_MS
        ten = digit == 0 and self._last == 1 and soon
        self._last = None if ten else digit
        self._since.start()
        return ten

    def forget(self) -> None:
        self._last = None
