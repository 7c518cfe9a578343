"""Where one searches: a field to type in, and a button that looks like one and opens the place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from auditor.ui import icons
from auditor.ui.kit.button import Button
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current

WIDTH = 264
#: Frame and padding of a field on both sides, with room for the caret.
AROUND = 38


class SearchLine(QLineEdit):
    """Its prompt is the first of ``prompts`` that fits; the first is its name too."""

    def __init__(self, prompts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompts = tuple(prompts)
        self.setAccessibleName(self._prompts[0])
        self.setPlaceholderText(self._prompts[-1])
        self.setTextMargins(current().px(16) + 6, 0, 0, 0)

    def whole_width(self) -> int:
        """Where the longest prompt fits."""
        words = QFontMetrics(current().font(Type.BODY)).horizontalAdvance(self._prompts[0])
        return words + self.textMargins().left() + AROUND

    def sizeHint(self) -> QSize:
        return QSize(self.whole_width(), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = QFontMetrics(current().font(Type.BODY))
        room = self.width() - self.textMargins().left() - AROUND + 2
        fits = (text for text in self._prompts if metrics.horizontalAdvance(text) <= room)
        self.setPlaceholderText(next(fits, self._prompts[-1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = current().px(16)
        box = QRectF(11, (self.height() - size) // 2, size, size)
        icons.paint(QPainter(self), "search", colour(current().tokens.text2), box)


class SearchBox(Button):
    """``text`` is the prompt, ``keys`` the shortcut in its box at the right."""

    def __init__(self, text: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self._keys = keys
        self._compact = False
        self.setToolTip(f"{text} ({keys})")

    def set_compact(self, compact: bool) -> None:
        """Only the icon and the keys, where room is short."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        return QSize(theme.px(110 if self._compact else WIDTH), theme.reach(36))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(110), current().reach(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        line = t.accent if self.hasFocus() else t.border_strong
        fill = colour(t.surface2 if self.underMouse() else t.surface)
        width = 2 if self.hasFocus() else 1
        rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, fill, colour(line), width)
        size = theme.px(16)
        top = (self.height() - size) // 2
        icons.paint(painter, "search", colour(t.text2), QRectF(11, top, size, size))
        left = 11 + size + 10
        if not self._compact:
            painter.setFont(theme.font(Type.BODY))
            painter.setPen(colour(t.text3))
            box = QRectF(left, 0, self.width() - left, self.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), self.caption)
        self._paint_keys(painter)

    def _paint_keys(self, painter: QPainter) -> None:
        theme = current()
        t = theme.tokens
        font = theme.font(Type.HINT)
        width = QFontMetrics(font).horizontalAdvance(self._keys) + 12
        height = theme.px(20)
        box = QRectF(self.width() - width - 10, (self.height() - height) // 2, width, height)
        rounded(painter, box, 5, colour(t.surface), colour(t.border))
        painter.setFont(font)
        painter.setPen(colour(t.text2))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._keys)
