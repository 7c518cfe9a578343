"""Progress as a ring, and as a line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.ui import icons
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import Type, colour, current


class Ring(QWidget):
    """``done`` of ``total`` as an arc; at the full a tick in success. ``text`` stands inside.

    The accessible name must be given by the owner's words; the description is "done/total".
    """

    def __init__(
        self,
        size: int = 28,
        width: int = 3,
        *,
        text_type: Type = Type.CHIP,
        tick: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._done, self._total, self._text = 0, 0, ""
        self._width, self._type, self._tick = width, text_type, tick
        side = current().px(size)
        self.setFixedSize(side, side)

    def set(self, done: int, total: int, text: str = "") -> None:
        if (done, total, text) != (self._done, self._total, self._text):
            self._done, self._total, self._text = done, total, text
            self.setAccessibleDescription(f"{done}/{total}")
            self.update()

    @property
    def complete(self) -> bool:
        return 0 < self._total <= self._done

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self._width / 2 + 0.5
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        full = self.complete and self._tick
        ground = colour(t.success if full else t.border)
        painter.setPen(QPen(ground, self._width))
        painter.drawEllipse(box)
        if full:
            size = round(self.width() * 0.55)
            left = (self.width() - size) / 2
            icons.paint(painter, "check", t.success, QRectF(left, left, size, size))
            return
        self._paint_arc(painter, box)
        self._paint_text(painter)

    def _paint_arc(self, painter: QPainter, box: QRectF) -> None:
        if not self._total or not self._done:
            return
        pen = QPen(colour(current().tokens.accent), self._width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        span = -round(360 * 16 * min(self._done / self._total, 1))
        painter.drawArc(box, 90 * 16, span)

    def _paint_text(self, painter: QPainter) -> None:
        if self._text:
            font = current().font(self._type, 600)
            room = self.width() - 2 * self._width - 6
            while QFontMetrics(font).horizontalAdvance(self._text) > room and font.pixelSize() > 8:
                font.setPixelSize(font.pixelSize() - 1)
            painter.setFont(font)
            painter.setPen(colour(current().tokens.text))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._text)


class ProgressLine(QWidget):
    """A rounded line, 8 px (or ``height``) high; ``total`` 0 shows an empty line."""

    def __init__(self, height: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._total = 0, 0
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, done: int, total: int) -> None:
        if (done, total) != (self._done, self._total):
            self._done, self._total = done, total
            self.setAccessibleDescription(f"{done}/{total}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        radius = box.height() / 2
        rounded(painter, box, radius, colour(t.neutral_soft))
        if self._total and self._done:
            share = min(self._done / self._total, 1)
            box.setWidth(max(box.width() * share, box.height()))
            rounded(painter, box, radius, colour(t.accent))
