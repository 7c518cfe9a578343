"""The dashed place under an answer: drop, paste, or click to choose."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from auditor.ui import icons
from auditor.ui.capture.cards.answers import CENTRE, MIDDLE, advance
from auditor.ui.capture.photos.tiles import HEIGHT, WIDTH
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current
from auditor.words import Words


class DropPlace(QAbstractButton):
    """Dashed: drop, paste, or click to choose. ``tile`` is as tall as the photos beside it."""

    def __init__(self, words: Words, *, tile: bool, short: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.words, self._tile, self._short = words, tile, short
        self._busy = 0
        self._hot = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words("Add a photo: drop, paste or choose"))
        wide = QSizePolicy.Policy.Fixed if tile or short else QSizePolicy.Policy.Expanding
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    @property
    def shape(self) -> tuple[bool, bool]:
        return self._tile, self._short

    def set_busy(self, count: int) -> None:
        self._busy = count
        self.update()

    def set_hot(self, hot: bool) -> None:
        """Something is held over it."""
        self._hot = hot
        self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        if self._tile:
            return QSize(theme.px(WIDTH), theme.px(HEIGHT))
        return QSize(theme.px(184 if self._short else 240), theme.reach(40 if self._short else 44))

    def _sentence(self) -> str:
        if self._busy:
            return self.words.plural(
                "Reading {count} photo…", "Reading {count} photos…", self._busy
            )
        if self._tile or self._short:
            return self.words("Drop, paste or")
        return self.words("Drop photos here, paste (Ctrl+V) or press P to choose")

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        hot = self._hot or self.underMouse()
        box = QRectF(self.rect())
        fill = colour(t.accent_soft if self._hot else t.neutral_soft if hot else t.surface2)
        rounded(painter, box, RADIUS_CONTROL, fill)
        pen = QPen(colour(t.accent if self._hot or self.hasFocus() else t.border_strong), 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        if self.hasFocus():
            pen = QPen(colour(t.accent), 2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(half, RADIUS_CONTROL, RADIUS_CONTROL)
        if self._tile:
            self._paint_tile(painter)
        else:
            self._paint_line(painter)

    def _paint_tile(self, painter: QPainter) -> None:
        theme = current()
        size = theme.px(20)
        icon = "loader-circle" if self._busy else "image-plus"
        box = QRectF((self.width() - size) // 2, theme.px(18), size, size)
        icons.paint(painter, icon, colour(theme.tokens.text2), box)
        painter.setFont(theme.font(Type.HINT, 400))
        painter.setPen(colour(theme.tokens.text2))
        first = QRect(4, theme.px(44), self.width() - 8, theme.px(20))
        painter.drawText(first, CENTRE, self._sentence())
        if not self._busy:
            self._paint_choose(painter, theme.px(66))

    def _paint_choose(self, painter: QPainter, top: int) -> None:
        theme = current()
        said = self.words("choose")
        width, cap = advance(said, Type.HINT, 400), theme.px(20)
        x = (self.width() - width - cap - 8) // 2
        painter.drawText(QRect(x, top, width + 4, cap), MIDDLE, said)
        _paint_key(painter, QRectF(x + width + 8, top, cap, cap))

    def _paint_line(self, painter: QPainter) -> None:
        theme = current()
        said = self._sentence()
        width = advance(said, Type.HELP, 400)
        size, cap = theme.px(16), theme.px(20)
        key = cap + 8 if self._short and not self._busy else 0
        x = (self.width() - width - size - 8 - key) // 2 if self._short else 12
        middle = self.height() // 2
        icon = "loader-circle" if self._busy else "image-plus"
        icons.paint(
            painter, icon, colour(theme.tokens.text2), QRectF(x, middle - size // 2, size, size)
        )
        painter.setFont(theme.font(Type.HELP))
        painter.setPen(colour(theme.tokens.text2))
        painter.drawText(QRect(x + size + 8, 0, width + 4, self.height()), MIDDLE, said)
        if key:
            _paint_key(painter, QRectF(x + size + 16 + width, middle - cap / 2, cap, cap))


def _paint_key(painter: QPainter, box: QRectF) -> None:
    theme = current()
    t = theme.tokens
    rounded(painter, box, 5, colour(t.surface), colour(t.border))
    painter.setFont(theme.font(Type.HINT))
    painter.setPen(colour(t.text2))
    painter.drawText(box, CENTRE, "P")
