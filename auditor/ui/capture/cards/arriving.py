"""Keys as they arrive: digits, letters and signs, and 10 as 1 then 0 within 0.6 s."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent

TEN_WITHIN_MS = 600
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
#: What begins a number beside a digit.
SIGNS = ("-", "+", ".", ",")


def digit_of(event: QKeyEvent) -> int | None:
    """The digit of a key without Ctrl, Alt or Shift, keypad included; None for other keys.

    Layouts that type digits with Shift (French) still say which digit key it is by its text.
    """
    if event.modifiers() & ~(_KEYPAD | Qt.KeyboardModifier.ShiftModifier):
        return None
    return digit_in(event.text())


def digit_in(text: str) -> int | None:
    return int(text) if len(text) == 1 and text in "0123456789" else None


def letter_of(event: QKeyEvent) -> str:
    """The bare letter of a key without modifiers, upper case; "" for other keys.

    From the key, since an input method may hold the text back; from the text where an input
    method sends a text without a key.
    """
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return ""
    key = event.key()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return chr(key)
    return letter_in(event.text()) if key in (0, Qt.Key.Key_unknown) else ""


def letter_in(text: str) -> str:
    upper = text.upper()
    return upper if len(upper) == 1 and "A" <= upper <= "Z" else ""


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
