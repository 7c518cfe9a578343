"""The controls that answers are chosen with: they paint themselves and choose nothing alone.

A click is a wish: the draft takes the answer, and the card shows what the draft holds. So
clicking a chosen answer again changes nothing, and arrows and the wheel never do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from auditor.ui import icons
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CONTROL, Tone, Type, colour, current

HEIGHT = 40
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
WRAP = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


@lru_cache(maxsize=4096)
def _advance(text: str, role: Type, weight: int, _scale: float) -> int:
    return QFontMetrics(current().font(role, weight)).horizontalAdvance(text)


def advance(text: str, role: Type, weight: int) -> int:
    """The width of ``text`` on one line at the present text size."""
    return _advance(text, role, weight, current().scale)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: its words, its mark, what it says when chosen, its key."""

    id: str
    label: str
    icon: str | None = None
    tone: Tone = Tone.ACCENT
    hint: str = ""
    name: str = ""
    round: bool = False


@dataclass(frozen=True, slots=True)
class _Inks:
    fill: QColor
    border: QColor
    text: QColor
    width: float


def _inks(button: QAbstractButton, tone: Tone) -> _Inks:
    theme = current()
    t = theme.tokens
    if button.isChecked():
        ink, soft = theme.tone(tone)
        return _Inks(soft, ink, ink, 2)
    enabled = button.isEnabled()
    hot = enabled and button.underMouse()
    fill = colour(t.surface2 if hot or button.isDown() else t.surface)
    border = colour(t.border_strong if enabled else t.border)
    return _Inks(fill, border, colour(t.text if enabled else t.text3), 1)


def _box(painter: QPainter, button: QAbstractButton, inks: _Inks) -> None:
    rect = QRectF(button.rect())
    rounded(painter, rect, RADIUS_CONTROL, inks.fill, inks.border, inks.width)
    if button.hasFocus():
        ring = colour(current().tokens.accent)
        rounded(painter, rect, RADIUS_CONTROL, None, ring, 2)
        if button.isChecked():
            inner = rect.adjusted(3, 3, -3, -3)
            rounded(painter, inner, RADIUS_CONTROL - 3, None, ring, 1)


class _Radio(QRadioButton):
    """A radio button to a screen reader (Qt takes the role from ``autoExclusive``), but in no
    group: only the draft checks it, it can be unchecked, and Tab stops at each."""

    def setChecked(self, on: bool) -> None:
        self.setAutoExclusive(False)
        super().setChecked(on)
        self.setAutoExclusive(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.setAutoExclusive(False)
        super().focusInEvent(event)
        self.setAutoExclusive(True)

    def nextCheckState(self) -> None:
        """Only the draft checks a button."""


class AnswerButton(_Radio):
    """One answer of a row: mark and word in the middle, its key at the right of the word."""

    def __init__(
        self, option: Option, *, least: int = 0, height: int = HEIGHT, parent: QWidget | None = None
    ) -> None:
        super().__init__(option.label.replace("&", "&&"), parent)
        self.option = option
        self._least, self._height = least, height
        self._hints = False
        self.setAccessibleName(option.name or option.label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_hints(self, on: bool) -> None:
        if on != self._hints:
            self._hints = on
            self.update()

    def set_label(self, label: str) -> None:
        """The width for the bold word is kept, so choosing moves nothing."""
        self.setText(label.replace("&", "&&"))

    def sizeHint(self) -> QSize:
        theme = current()
        option = self.option
        width = advance(option.label, Type.ANSWER, 700) + theme.px(24)
        width += theme.px(24) if option.icon else 0
        width += advance(option.hint, Type.HINT, 400) + 8 if option.hint else 0
        return QSize(max(width, theme.reach(self._least)), theme.reach(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ignore_moves(self, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        inks = _inks(self, self.option.tone)
        _box(painter, self, inks)
        weight = 700 if self.isChecked() else 500
        text = advance(self.option.label, Type.ANSWER, weight)
        icon, hint = theme.px(16), self.option.hint if self._hints else ""
        total = text + (icon + 8 if self.option.icon else 0)
        total += advance(hint, Type.HINT, 400) + 8 if hint else 0
        x = (self.width() - total) // 2
        if self.option.icon:
            box = QRectF(x, (self.height() - icon) // 2, icon, icon)
            icons.paint(painter, self.option.icon, inks.text, box)
            x += icon + 8
        painter.setFont(theme.font(Type.ANSWER, weight))
        painter.setPen(inks.text)
        painter.drawText(QRectF(x, 0, text + 4, self.height()), MIDDLE, self.option.label)
        if hint:
            paint_hint(painter, hint, QRectF(x + text + 8, 0, 40, self.height()), MIDDLE)


def paint_hint(painter: QPainter, hint: str, box: QRectF, align: int) -> None:
    painter.setFont(current().font(Type.HINT, 400))
    painter.setPen(colour(current().tokens.text3))
    painter.drawText(box, align, hint)


def ignore_moves(button: QAbstractButton, event: QKeyEvent) -> None:
    """Space presses; everything else goes to the card: Qt's arrows would change the answer."""
    if event.key() == Qt.Key.Key_Space and not event.modifiers():
        QAbstractButton.keyPressEvent(button, event)
    else:
        event.ignore()


def _row_font(checked: bool) -> QFont:
    return current().font(Type.ANSWER, 600 if checked else 400)


def _row_height(option: Option, width: int) -> int:
    """The height of a row answer whose words may wrap (bold, so choosing moves nothing)."""
    room = max(width - _row_sides(option), 40)
    metrics = QFontMetrics(_row_font(True))
    text = metrics.boundingRect(QRect(0, 0, room, 10_000), WRAP, option.label)
    return max(text.height() + current().px(18), current().reach(HEIGHT))


def _row_sides(option: Option) -> int:
    """What a row answer needs beside its words: paddings, mark, key."""
    hint = advance(option.hint, Type.HINT, 400) + 8 if option.hint else 0
    return 12 + current().px(18) + 10 + hint + 12


def _row_hint(option: Option) -> QSize:
    width = advance(option.label, Type.ANSWER, 600) + _row_sides(option) + 2
    return QSize(width, current().reach(HEIGHT))


def _paint_row(button: QAbstractButton, option: Option, hints: bool) -> None:
    theme = current()
    painter = QPainter(button)
    inks = _inks(button, option.tone)
    _box(painter, button, inks)
    size = theme.px(18)
    mark = QRectF(12, (button.height() - size) / 2, size, size)
    _paint_mark(painter, button, option, mark)
    painter.setFont(_row_font(button.isChecked()))
    painter.setPen(colour(theme.tokens.text if button.isEnabled() else theme.tokens.text2))
    room = button.width() - _row_sides(option)
    box = QRectF(mark.right() + 10, 0, room + 1, button.height())
    painter.drawText(box, WRAP, option.label)
    if hints and option.hint:
        box = QRectF(button.width() - 52, 0, 40, button.height())
        paint_hint(painter, option.hint, box, MIDDLE | int(Qt.AlignmentFlag.AlignRight))


def _paint_mark(painter: QPainter, button: QAbstractButton, option: Option, box: QRectF) -> None:
    theme = current()
    ink, _ = theme.tone(option.tone)
    on = button.isChecked()
    if option.round:
        line = ink if on else colour(theme.tokens.border_strong)
        rounded(painter, box, box.width() / 2, None, line, 2 if on else 1.5)
        if on:
            rounded(painter, box.adjusted(5, 5, -5, -5), box.width() / 2 - 5, ink)
        return
    line = colour(theme.tokens.border_strong)
    rounded(painter, box, 5, ink if on else None, None if on else line, 1.5)
    if on:
        white = theme.tokens.on_accent if option.tone is Tone.ACCENT else theme.tokens.surface
        icons.paint(painter, "check", white, box.adjusted(2, 2, -2, -2))


class RowRadio(_Radio):
    """One answer on a line of its own: its words may wrap."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(option.label.replace("&", "&&"), parent)
        self.option = option
        self._hints = False
        _prepare_row(self, option)

    def show_hints(self, on: bool) -> None:
        self._hints = on
        self.update()

    def sizeHint(self) -> QSize:
        return _row_hint(self.option)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, current().reach(HEIGHT))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _row_height(self.option, width)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ignore_moves(self, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_row(self, self.option, self._hints)


class RowCheck(QCheckBox):
    """One of several answers that may stand beside each other."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(option.label.replace("&", "&&"), parent)
        self.option = option
        self._hints = False
        _prepare_row(self, option)

    def show_hints(self, on: bool) -> None:
        self._hints = on
        self.update()

    def sizeHint(self) -> QSize:
        return _row_hint(self.option)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, current().reach(HEIGHT))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _row_height(self.option, width)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def nextCheckState(self) -> None:
        """Only the draft checks a box."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ignore_moves(self, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_row(self, self.option, self._hints)


def _prepare_row(button: QAbstractButton, option: Option) -> None:
    button.setAccessibleName(option.name or option.label)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)
