"""One of several to choose: a row with what it is and a line about it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current

HIGH, DOT, SIDE = 54, 18, 14


class Option(QRadioButton):
    """What does not fit its line ends in an ellipsis, and stands whole in the tool tip."""

    def __init__(self, title: str, note: str) -> None:
        super().__init__()
        self._title, self._note = title, note
        self.setAccessibleName(title)
        self.setAccessibleDescription(note)
        self.setToolTip(f"{title}\n{note}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(current().px(HIGH))

    def sizeHint(self) -> QSize:
        return QSize(current().px(200), current().px(HIGH))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, on = current(), self.isChecked()
        t = theme.tokens
        painter = QPainter(self)
        line = t.accent if self.hasFocus() or on else t.border
        fill = colour(t.accent_soft if on else t.surface)
        width = 2 if self.hasFocus() else 1
        rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, fill, colour(line), width)
        size = theme.px(DOT)
        dot = QRectF(SIDE, (self.height() - size) // 2, size, size)
        ring = colour(t.accent if on else t.border_strong)
        rounded(painter, dot, size / 2, colour(t.surface), ring, 5 if on else 1.5)
        self._paint_words(painter, dot.right() + 12)

    def _paint_words(self, painter: QPainter, left: float) -> None:
        theme = current()
        t = theme.tokens
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        for top, text, type_, ink in (
            (6, self._title, Type.STRONG, t.text),
            (self.height() / 2 - 1, self._note, Type.HELP, t.text2),
        ):
            painter.setFont(theme.font(type_))
            painter.setPen(colour(ink))
            area = QRectF(left, top, self.width() - left - 12, self.height() / 2 - 5)
            right = Qt.TextElideMode.ElideRight
            cut = painter.fontMetrics().elidedText(text, right, int(area.width()))
            painter.drawText(area, middle, cut)
