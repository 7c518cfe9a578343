"""A row of numbers to choose from, and the words at its two ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.ui.capture.cards.answers import HEIGHT, AnswerButton, Option, advance
from auditor.ui.capture.cards.options import key_of
from auditor.ui.capture.drafting.draft import Draft
from auditor.ui.theme import Tone, Type, colour, current
from forms.questions.kinds import scale as forms_scale
from forms.questions.kinds.base import Kind
from forms.questions.kinds.scale import ExpectedPerceived

LEAST, NARROW, MOST, GAP, TIGHT = 40, 52, 64, 8, 4


@dataclass(frozen=True, slots=True)
class Scale:
    """``labels`` are words for values."""

    low: int
    high: int
    labels: Mapping[int, str]

    @property
    def values(self) -> range:
        return range(self.low, self.high + 1)

    def by_digit(self, digit: int) -> int | None:
        """The value that a digit, or 10, picks: itself; 0 is zero or the tenth; on a scale that
        begins below zero, by place."""
        if digit == 10:
            return 10 if 10 in self.values else None
        if self.low >= 0 and digit in self.values:
            return digit
        place = (digit or 10) - 1
        counted = self.low < 0 or digit == 0
        return self.values[place] if counted and place < len(self.values) else None

    def key(self, value: int) -> str:
        if self.low >= 0:
            return str(value) if value < 10 else ""
        return key_of(value - self.low + 1)


def scale_of(kind: Kind[Any], draft: Draft) -> Scale:
    """The scale of an item that is answered on one."""
    if isinstance(kind, ExpectedPerceived):
        kind = kind.scale
    assert isinstance(kind, forms_scale.Scale)
    words = {value: draft.text(text) for value, text in kind.labels.items()}
    return Scale(kind.low, kind.high, words)


class ScaleButtons(QWidget):
    """``chosen(value)``. Buttons share the width: 40 to 64 (``most``) each, or all of it with
    ``fill``."""

    chosen = Signal(int)

    def __init__(
        self,
        scale: Scale,
        *,
        name: str = "",
        fill: bool = False,
        ends: bool = True,
        height: int = HEIGHT,
        most: int = MOST,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scale, self._most = scale, most
        self._fill, self._height = fill, height
        self._gap = TIGHT if len(scale.values) > 7 else GAP
        self._ends = self._end_words() if ends else ("", "")
        self.buttons = [self._button(value, name) for value in scale.values]
        policy = QSizePolicy.Policy.Expanding if fill else QSizePolicy.Policy.Preferred
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)

    def _button(self, value: int, name: str) -> AnswerButton:
        word = self.scale.labels.get(value, "")
        said = f"{value} – {word}" if word else str(value)
        spoken = f"{name}: {said}" if name else said
        option = Option(str(value), str(value), None, Tone.ACCENT, name=spoken, round=True)
        button = AnswerButton(option, height=self._height, parent=self)
        button.setToolTip(word)
        button.clicked.connect(self._clicked)
        return button

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, AnswerButton):
            self.chosen.emit(int(button.option.id))

    def _end_words(self) -> tuple[str, str]:
        low, high = (self.scale.labels.get(v, "") for v in (self.scale.low, self.scale.high))
        return (
            f"{self.scale.low} = {low}" if low else "",
            f"{self.scale.high} = {high}" if high else "",
        )

    def show_value(self, value: object) -> None:
        for number, button in zip(self.scale.values, self.buttons, strict=True):
            button.setChecked(value == number and not isinstance(value, bool))

    def _natural(self) -> int:
        """The width of one button where there is room."""
        few = len(self.buttons) <= 5
        return current().px(self._most if few else NARROW)

    def sizeHint(self) -> QSize:
        count = len(self.buttons)
        width = count * self._natural() + (count - 1) * self._gap
        return QSize(width, self._total_height())

    def minimumSizeHint(self) -> QSize:
        count = len(self.buttons)
        least = count * current().reach(LEAST) + (count - 1) * self._gap
        return QSize(least, self._total_height())

    def _total_height(self) -> int:
        foot = current().px(22) if any(self._ends) else 0
        return current().reach(self._height) + foot

    def _across(self) -> int:
        """The width that the buttons take together."""
        return self.width() if self._fill else min(self.width(), self.sizeHint().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        count = len(self.buttons)
        room = self._across() - (count - 1) * self._gap
        height = current().reach(self._height)
        for index, button in enumerate(self.buttons):
            left = index * room // count + index * self._gap
            right = (index + 1) * room // count + index * self._gap
            button.setGeometry(left, 0, right - left, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not any(self._ends):
            return
        theme = current()
        painter = QPainter(self)
        painter.setFont(theme.font(Type.HINT, 400))
        painter.setPen(colour(theme.tokens.text2))
        top = theme.reach(self._height) + 4
        box = QRect(0, top, self._across(), theme.px(18))
        half = self._shared_room(box.width())
        for words, side in zip(
            self._ends, (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight), strict=True
        ):
            metrics = QFontMetrics(painter.font())
            cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, half)
            painter.drawText(box, int(side) | int(Qt.AlignmentFlag.AlignVCenter), cut)

    def _shared_room(self, width: int) -> int:
        """Room for each end: all that it needs where both fit, else half."""
        low, high = (advance(words, Type.HINT, 400) for words in self._ends)
        return width if low + high + 12 <= width else (width - 12) // 2

    def show_hints(self, on: bool) -> None:
        """The numbers are their own keys."""
