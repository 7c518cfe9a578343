"""How a row of the table is painted: what is the same in many rows is made once."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from auditor.domain.places import ListedLocation, Rung
from auditor.ui import icons
from auditor.ui.kit.paint import rounded
from auditor.ui.locations.model import RIGHT, TICK, Index, LocationModel
from auditor.ui.locations.phrases import NOTABLE, TONES, district
from auditor.ui.locations.view import Column
from auditor.ui.theme import Theme, Type, colour, current

if TYPE_CHECKING:
    from auditor.ui.locations.table import LocationTable

ROW, BAR, BAND, PAD = 40, 50, 20, 8
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_SELECTED = QStyle.StateFlag.State_Selected
_ELIDE = Qt.TextElideMode.ElideRight


class _Look:
    """Colours, fonts and small pictures of one theme."""

    def __init__(self, theme: Theme) -> None:
        t = theme.tokens
        self.px = theme.px
        self.text, self.text2, self.text3 = colour(t.text), colour(t.text2), colour(t.text3)
        self.border, self.soft, self.accent = (
            colour(t.border), colour(t.accent_soft), colour(t.accent),
        )  # fmt: skip
        self.good, self.bad = colour(t.success), colour(t.danger)
        self.track = colour(t.neutral_soft)
        self.inks: dict[Rung | None, QColor] = {None: self.accent}
        self.inks |= {rung: theme.tone(tone)[0] for rung, tone in TONES.items()}
        self.help, self.strong = theme.font(Type.HELP), theme.font(Type.STRONG)
        self._quiet, self._loud = QFontMetrics(self.help), QFontMetrics(self.strong)
        self.cut = lru_cache(maxsize=8192)(self._cut)
        self.wide = lru_cache(maxsize=8192)(self._loud.horizontalAdvance)
        self.bar = cache(self._bar)
        self.tick = cache(self._tick)

    def _cut(self, text: str, room: int, strong: bool) -> str:
        return (self._loud if strong else self._quiet).elidedText(text, _ELIDE, room)

    def _bar(self, percent: int, rung: Rung | None, ratio: float) -> QPixmap:
        """A pale bar from zero, filled as far as the score goes, in the colour of its band."""
        wide = self.px(BAR)
        pixmap = _empty(wide, 5, ratio)
        painter = QPainter(pixmap)
        rounded(painter, QRectF(0, 0, wide, 5), 2.5, self.track)
        filled = min(max(percent, 0), 100) / 100 * wide
        if filled >= 1:
            rounded(painter, QRectF(0, 0, max(filled, 5), 5), 2.5, self.inks[rung])
        painter.end()
        return pixmap

    def _tick(self, on: bool, part: bool, ratio: float) -> QPixmap:
        t, size = current().tokens, self.px(16)
        pixmap = _empty(size, size, ratio)
        painter = QPainter(pixmap)
        full = on or part
        line = colour(t.accent if full else t.border_strong)
        square = QRectF(0, 0, size, size)
        rounded(painter, square, 4, colour(t.accent if full else t.surface), line)
        if full:
            inner = square.adjusted(2, 2, -2, -2)
            icons.paint(painter, "check" if on else "minus", colour(t.on_accent), inner)
        painter.end()
        return pixmap


def _empty(wide: int, high: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(wide * ratio), round(high * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


class Rows(QStyledItemDelegate):
    """Paints from the records. A new theme makes a new table, and so a new one of these."""

    def __init__(self, table: LocationTable) -> None:
        super().__init__(table)
        self._table = table
        self._model = table.locations
        self.look = _Look(current())
        #: The row with the ring, the last column; told before each paint.
        self.ring = self.last = -1
        #: Whether there is room for the bars of scores.
        self.barred = True

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(40, current().reach(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box = self.look, option.rect
        row, column = index.row(), index.column()
        left, top, wide, high = box.left(), box.top(), box.width(), box.height()
        if option.state & _SELECTED:
            painter.fillRect(box, look.soft)
        painter.fillRect(left, top + high - 1, wide, 1, look.border)
        if column == TICK:
            listed = self._model.rows[row]
            self.paint_tick(painter, box, on=listed.place.id in self._model.ticked)
        else:
            self._paint_cell(painter, box, self._model, row, column)
        if row == self.ring:
            self._paint_ring(painter, box, column)

    def _paint_cell(
        self, painter: QPainter, box: QRect, model: LocationModel, row: int, column: int
    ) -> None:
        kind, text = model.columns[column - 1], model.texts[row][column]
        if kind is Column.NAME:
            self._paint_name(painter, box, model.rows[row], text)
        elif kind is Column.SCORE:
            self._paint_score(painter, box, model.rows[row], text)
        elif kind is Column.CHANGE:
            self._paint_change(painter, box, model.rows[row], text)
        elif text:
            self._write(painter, box, text, self.look.text2, _RIGHT if kind in RIGHT else _LEFT)

    def _write(self, painter: QPainter, box: QRect, text: str, ink: QColor, align: int) -> None:
        room = box.adjusted(PAD, 0, -PAD, -1)
        painter.setFont(self.look.help)
        painter.setPen(ink)
        painter.drawText(room, align, self.look.cut(text, room.width(), False))

    def _paint_name(self, painter: QPainter, box: QRect, listed: ListedLocation, text: str) -> None:
        look = self.look
        room = box.adjusted(PAD, 0, -PAD, -1)
        name = look.cut(text, room.width(), True)
        painter.setFont(look.strong)
        painter.setPen(look.text if listed.place.active else look.text2)
        painter.drawText(room, _MIDDLE, name)
        where = district(listed.place.region)
        taken = look.wide(name) + 8
        if where and room.width() - taken > look.px(40):
            painter.setFont(look.help)
            painter.setPen(look.text3)
            left = room.adjusted(taken, 0, 0, 0)
            painter.drawText(left, _MIDDLE, look.cut(where, left.width(), False))

    def _paint_score(
        self, painter: QPainter, box: QRect, listed: ListedLocation, text: str
    ) -> None:
        look = self.look
        if listed.score is None:
            return
        bar, band = look.px(BAR) + 8 if self.barred else 0, look.px(BAND)
        left, top, high = box.left() + PAD, box.top(), box.height() - 1
        figure = box.width() - 2 * PAD - bar - band
        painter.setFont(look.strong)
        painter.setPen(look.text)
        painter.drawText(left, top, figure, high, _RIGHT, text)
        left += figure + 8
        if listed.band:
            painter.setFont(look.help)
            painter.setPen(look.text2)
            painter.drawText(left, top, band, high, _MIDDLE, look.cut(listed.band, band, False))
        if not self.barred:
            return
        ratio = painter.device().devicePixelRatioF()
        middle = top + high // 2 - 2
        painter.drawPixmap(left + band, middle, look.bar(round(listed.score), listed.rung, ratio))

    def _paint_change(
        self, painter: QPainter, box: QRect, listed: ListedLocation, text: str
    ) -> None:
        look, value = self.look, listed.change
        if value is None or abs(value) < NOTABLE:
            if text:
                self._write(painter, box, text, look.text3 if value is None else look.text2, _RIGHT)
            return
        ink = look.good if value > 0 else look.bad
        room = box.adjusted(PAD, 0, -PAD, -1)
        painter.setFont(look.strong)
        painter.setPen(ink)
        painter.drawText(room, _RIGHT, text)
        size = look.px(15)
        left = room.right() - look.wide(text) - size - 8
        name = "trending-up" if value > 0 else "trending-down"
        icons.paint(painter, name, ink, QRectF(left, box.center().y() - size // 2, size, size))

    def paint_tick(self, painter: QPainter, box: QRect, *, on: bool, part: bool = False) -> None:
        """``part``: some are ticked, not all."""
        size = self.look.px(16)
        at = box.left() + 16, box.top() + (box.height() - size) // 2
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(*at, self.look.tick(on, part, ratio))

    def _paint_ring(self, painter: QPainter, box: QRect, column: int) -> None:
        """This cell's share of the ring around the row."""
        ring = self.look.accent
        painter.fillRect(box.left(), box.top(), box.width(), 2, ring)
        painter.fillRect(box.left(), box.bottom() - 1, box.width(), 2, ring)
        if column == TICK:
            painter.fillRect(box.left(), box.top(), 2, box.height(), ring)
        if column == self.last:
            painter.fillRect(box.right() - 1, box.top(), 2, box.height(), ring)
