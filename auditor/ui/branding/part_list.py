"""The parts of a report: ticked, and put in order by drag or by Alt with the arrows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from auditor.domain.branding import ReportPart
from auditor.domain.part_words import PARTS
from auditor.ui import icons
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.row_paint import paint_tick
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current
from auditor.words import Words

ROW, TICK = 46, 36
#: So near to an edge of what scrolls, a row that is dragged moves it on.
EDGE = 36
PART = Qt.ItemDataRole.UserRole
NOTE = Qt.ItemDataRole.UserRole + 1
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PartList(QListWidget):
    """``changed()`` when a tick or the order is another one. All parts stand in it."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        #: The row that is dragged, and the one before which it would be put.
        self._dragged: int | None = None
        self._gap: int | None = None
        self.setAccessibleName(words("Parts of the report"))
        self.setAccessibleDescription(
            words("Space ticks, Alt with the arrows moves the part up or down.")
        )
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(False)
        self.setAutoScroll(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Rows(self))
        self.setMouseTracking(True)
        self.setFixedHeight(len(ReportPart) * current().reach(ROW) + 4)

    def show_parts(self, parts: tuple[ReportPart, ...]) -> None:
        """Those in their order, then the others; nothing moves when they are shown already."""
        if self.count() and self.parts == parts:
            return
        row = max(self.currentRow(), 0)
        self.clear()
        for part in (*parts, *(each for each in ReportPart if each not in parts)):
            self.addItem(self._item(part, on=part in parts))
        self.setCurrentRow(row)

    def _item(self, part: ReportPart, *, on: bool) -> QListWidgetItem:
        name, note = PARTS[part]
        item = QListWidgetItem(self.words(name))
        item.setData(PART, part.value)
        item.setData(NOTE, self.words(note))
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemIsUserCheckable
        )
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{self.words(name)}. {self.words(note)}")
        return item

    @property
    def parts(self) -> tuple[ReportPart, ...]:
        """The ticked ones, in order."""
        items = [self.item(row) for row in range(self.count())]
        ticked = (item for item in items if item.checkState() == Qt.CheckState.Checked)
        return tuple(ReportPart(item.data(PART)) for item in ticked)

    def toggle(self, row: int) -> None:
        item = self.item(row)
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        self.changed.emit()

    def move(self, row: int, step: int) -> None:  # type: ignore[override]
        """Up or down by ``step``."""
        to = row + step
        if not 0 <= to < self.count():
            return
        item = self.takeItem(row)
        self.insertItem(to, item)
        self.setCurrentRow(to)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Space and self.currentRow() >= 0:
            self.toggle(self.currentRow())
        elif step and alt:
            self.move(self.currentRow(), step)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at: QPoint = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid() and at.x() < current().px(TICK) + 4:
            self.toggle(index.row())
        super().mouseReleaseEvent(event)

    # by drag

    def startDrag(self, _actions: Qt.DropAction) -> None:
        row = self.currentRow()
        if row < 0:
            return
        place = self.visualItemRect(self.item(row))
        drag = QDrag(self)
        drag.setMimeData(self.mimeData([self.item(row)]))
        drag.setPixmap(self.viewport().grab(place))
        drag.setHotSpot(self.viewport().mapFromGlobal(self.cursor().pos()) - place.topLeft())
        self._dragged = row
        drag.exec(Qt.DropAction.MoveAction)
        self._dragged = None
        self._show_gap(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._hold(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._hold(event)

    def _hold(self, event: QDragMoveEvent) -> None:
        """Only its own rows may be put here."""
        if self._dragged is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        at = event.position().toPoint()
        self._show_gap(self._gap_at(at.y()))
        self._scroll_to(at)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._show_gap(None)

    def dropEvent(self, event: QDropEvent) -> None:
        if self._dragged is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        gap = self._gap_at(event.position().toPoint().y())
        step = gap - self._dragged - (gap > self._dragged)
        if step:
            self.move(self._dragged, step)

    def _gap_at(self, y: int) -> int:
        rows = (self.visualItemRect(self.item(row)) for row in range(self.count()))
        return sum(y > place.center().y() for place in rows)

    def _show_gap(self, gap: int | None) -> None:
        if gap != self._gap:
            self._gap = gap
            self.viewport().update()

    def _scroll_to(self, at: QPoint) -> None:
        """All rows are there at once, so what scrolls is around the list."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        inside = None if above is None else above.widget()
        if above is not None and inside is not None:
            inner = self.viewport().mapTo(inside, at)
            above.ensureVisible(inner.x(), inner.y(), 0, current().px(EDGE))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap is not None and self.count():
            last = min(self._gap, self.count() - 1)
            place = self.visualItemRect(self.item(last))
            y = place.top() if self._gap == last else place.bottom() + 1
            line = QRectF(2, min(max(y - 1, 0), self.viewport().height() - 3), self.width() - 6, 3)
            accent = colour(current().tokens.accent)
            rounded(QPainter(self.viewport()), line, 1.5, accent)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.Leave):
            self.viewport().update()
        return super().viewportEvent(event)


class _Rows(QStyledItemDelegate):
    """Tick, number in the report, name over its note, and a grip to drag by."""

    def __init__(self, parts: PartList) -> None:
        super().__init__(parts)
        self._parts = parts

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Any) -> QSize:
        return QSize(80, current().reach(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        theme = current()
        t = theme.tokens
        box: QRect = option.rect
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected and self._parts.hasFocus():
            ring = QRectF(box).adjusted(1, 1, -1, -1)
            rounded(painter, ring, RADIUS_CONTROL, colour(t.accent_soft), colour(t.accent), 2)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, QRectF(box), RADIUS_CONTROL, colour(t.surface2))
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        on = on or index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        tick = theme.px(TICK)
        paint_tick(painter, QRect(box.left(), box.top(), tick, box.height()), on=on)
        size = theme.px(16)
        grip = QRectF(box.right() - size - 8, box.center().y() - size / 2, size, size)
        icons.paint(painter, "grip-vertical", colour(t.text3), grip)
        room = QRect(box.left() + tick + 4, box.top() + 3, box.width() - tick - size - 24, 0)
        self._line(painter, room, Type.STRONG if on else Type.BODY, t.text if on else t.text2,
                   index.data(), box.height() // 2 - 2)  # fmt: skip
        room.moveTop(box.center().y())
        self._line(painter, room, Type.HELP, t.text2 if on else t.text3, index.data(NOTE),
                   box.height() // 2 - 3)  # fmt: skip
        painter.restore()

    def _line(
        self, painter: QPainter, room: QRect, role: Type, ink: str, text: str, height: int
    ) -> None:
        painter.setFont(current().font(role))
        painter.setPen(colour(ink))
        right = Qt.TextElideMode.ElideRight
        cut = painter.fontMetrics().elidedText(text, right, room.width())
        place = QRect(room.left(), room.top(), room.width(), height)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), cut)
