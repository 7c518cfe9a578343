"""How a table of records is painted: rows with hairlines, one ring, chips; and its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from auditor.ui import icons
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import Tone, Type, colour, current

if TYPE_CHECKING:
    from auditor.ui.kit.rows import Column, RowTable

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.TextElideMode.ElideRight
PAD, EDGE = 8, 16


def paint_tick(painter: QPainter, box: QRect, *, on: bool, some: bool = False) -> None:
    """A tick box in the middle of ``box``; ``some``: a part of what it stands for."""
    t = current().tokens
    size = current().px(18)
    left = box.left() + (box.width() - size) // 2
    square = QRectF(left, round(box.center().y() - size / 2 + 0.5), size, size)
    full = on or some
    line, fill = (t.accent, t.accent) if full else (t.border_strong, t.surface)
    rounded(painter, square, 5, colour(fill), colour(line))
    if full:
        inner = square.adjusted(3, 3, -3, -3)
        icons.paint(painter, "minus" if some else "check", colour(t.on_accent), inner)


def paint_chip(painter: QPainter, box: QRect, chip: tuple[str, Tone, str]) -> None:
    text, tone, icon = chip
    theme = current()
    ink, soft = theme.tone(tone)
    painter.setFont(theme.font(Type.CHIP))
    size, height = theme.px(14), theme.px(22)
    lead = size + 4 if icon else 0
    wide = min(painter.fontMetrics().horizontalAdvance(text) + lead + 18, box.width())
    pill = QRectF(box.left(), box.center().y() - height / 2 + 0.5, wide, height)
    rounded(painter, pill, height / 2, soft)
    if icon:
        place = QRectF(pill.left() + 8, pill.top() + (height - size) / 2, size, size)
        icons.paint(painter, icon, ink, place)
    painter.setPen(ink)
    room = pill.adjusted(8 + lead + (0 if icon else 1), 0, -6, 0)
    cut = painter.fontMetrics().elidedText(text, _RIGHT, round(room.width()))
    painter.drawText(room, int(_MIDDLE), cut)


def paint_bar(painter: QPainter, box: QRect, shares: tuple[tuple[float, Tone], ...]) -> None:
    """Shares of a whole, one after the other, on a pale ground."""
    theme = current()
    high = theme.px(8)
    whole = QRectF(box.left(), box.center().y() - high / 2 + 0.5, box.width(), high)
    rounded(painter, whole, high / 2, colour(theme.tokens.neutral_soft))
    ends, total = [], 0.0
    for share, tone in shares:
        total += share
        ends.append((min(total, 1.0), tone))
    for end, tone in reversed(ends):  # the first lies on top
        if end > 0:
            ink = theme.tokens.border_strong if tone is Tone.NEUTRAL else theme.tone(tone)[0]
            part = QRectF(whole.left(), whole.top(), max(whole.width() * end, high), high)
            rounded(painter, part, high / 2, colour(ink) if isinstance(ink, str) else ink)


def inner(table: RowTable, box: QRect, section: int) -> QRect:
    """Where the text of a cell stands; the first column keeps off the edge."""
    first = section == 0 and not table.rows.has_ticks
    return box.adjusted(EDGE if first else PAD, 0, -PAD, 0)


class RowDelegate(QStyledItemDelegate):
    def __init__(self, table: RowTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Any) -> QSize:
        return QSize(40, current().reach(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Asks the record, not the model: a cell is painted some thousand times a second."""
        t = current().tokens
        box: QRect = option.rect
        table, section = self._table, index.column()
        record, column = table.rows.rows[index.row()], table.rows.column(section)
        painter.save()
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        if on:
            painter.fillRect(box, colour(t.accent_soft))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, colour(t.border))
        if column is None:
            paint_tick(painter, box, on=table.rows.ident(record) in table.rows.ticked)
        else:
            self._paint_cell(painter, inner(table, box, section), column, record)
        if on and table.hasFocus():
            self._paint_ring(painter, box, section)
        painter.restore()

    def _paint_cell(self, painter: QPainter, room: QRect, column: Column, record: Any) -> None:
        chip = column.chip(record) if column.chip else None
        if chip is not None:
            paint_chip(painter, room, chip)
        elif column.bar is not None:
            paint_bar(painter, room, column.bar(record))
        else:
            self._paint_text(painter, room, column, record)

    def _paint_text(self, painter: QPainter, box: QRect, column: Column, record: Any) -> None:
        theme = current()
        painter.setFont(theme.font(Type.STRONG if column.strong else Type.HELP))
        painter.setPen(colour(theme.tokens.text if column.strong else theme.tokens.text2))
        metrics = painter.fontMetrics()
        cut = metrics.elidedText(column.text(record), _RIGHT, box.width())
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(side | _MIDDLE), cut)
        note = column.note(record) if column.note else ""
        left = metrics.horizontalAdvance(cut) + 10 if note else 0
        if note and box.width() - left > theme.px(36):
            painter.setFont(theme.font(Type.HELP))
            painter.setPen(colour(theme.tokens.text2))
            rest = box.adjusted(left, 1, 0, 1)
            cut = painter.fontMetrics().elidedText(note, _RIGHT, rest.width())
            painter.drawText(rest, int(_MIDDLE), cut)

    def _paint_ring(self, painter: QPainter, box: QRect, section: int) -> None:
        """This cell's share of the ring around the row."""
        ring = colour(current().tokens.accent)
        head = self._table.horizontalHeader()
        shown = [at for at in range(head.count()) if not head.isSectionHidden(at)]
        painter.fillRect(box.left(), box.top(), box.width(), 2, ring)
        painter.fillRect(box.left(), box.bottom() - 1, box.width(), 2, ring)
        if section == shown[0]:
            painter.fillRect(box.left(), box.top(), 2, box.height(), ring)
        if section == shown[-1]:
            painter.fillRect(box.right() - 1, box.top(), 2, box.height(), ring)


class Head(QHeaderView):
    """Headings; the one the list goes by is dark, with an arrow. A click on the tick's heading
    ticks all or none."""

    def __init__(self, table: RowTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self._key, self._down = "", False
        self.setHighlightSections(False)
        self.setSectionsClickable(True)

    def set_order(self, key: str, *, down: bool) -> None:
        self._key, self._down = key, down
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        section = self.logicalIndexAt(event.position().toPoint())
        rows = self._table.rows
        if section >= 0:
            column = rows.column(section)
            if column is None:
                self._tick_all()
            elif column.key:
                self._table.sorted.emit(column.key)

    def _tick_all(self) -> None:
        rows = self._table.rows
        if rows.ticked:
            rows.tick(())
        else:
            self._table.all_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        t = current().tokens
        painter.fillRect(event.rect(), colour(t.surface))
        painter.fillRect(0, self.height() - 1, self.viewport().width(), 1, colour(t.border))
        for section in range(self.count()):
            if not self.isSectionHidden(section):
                left = self.sectionViewportPosition(section)
                box = QRect(left, 0, self.sectionSize(section), self.height())
                self._paint_heading(painter, box, section)

    def _paint_heading(self, painter: QPainter, box: QRect, section: int) -> None:
        theme, rows = current(), self._table.rows
        column = rows.column(section)
        if column is None:
            some = 0 < len(rows.ticked) < len(rows.rows) or (bool(rows.ticked) and rows.has_more)
            paint_tick(painter, box, on=bool(rows.ticked) and not some, some=some)
            return
        held = bool(column.key) and column.key == self._key
        painter.setFont(theme.font(Type.HELP, 600))
        painter.setPen(colour(theme.tokens.text if held else theme.tokens.text2))
        size = theme.px(14)
        room = inner(self._table, box, section)
        room.adjust(0, 0, -(size + 4) if held and column.right else 0, 0)
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        cut = painter.fontMetrics().elidedText(column.title, _RIGHT, room.width())
        painter.drawText(room, int(side | _MIDDLE), cut)
        if held:
            wide = painter.fontMetrics().horizontalAdvance(cut)
            left = room.right() + 4 if column.right else room.left() + wide + 4
            arrow = QRectF(left, (self.height() - size) / 2, size, size)
            name = "arrow-down" if self._down else "arrow-up"
            icons.paint(painter, name, colour(theme.tokens.text), arrow)
