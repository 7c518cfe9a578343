"""A button that looks like a search field: it opens the place to type in."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from auditor.ui import icons
from auditor.ui.kit.button import Button
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current

WIDTH = 264


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
