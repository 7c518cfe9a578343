"""Lists: one that gives way where the window is low, and the rows of a menu."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from auditor.ui import icons
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import Type, colour, current

LEAST = 96


class TallList(QListView):
    """``height`` pixels at 100 % where there is room, ``LEAST`` where there is none."""

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = height
        self.setMinimumHeight(LEAST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), current().px(self._wanted))


class MenuRows(QStyledItemDelegate):
    """Rows of a combo box's list: the one that holds has a tick."""

    def __init__(self, parent: QWidget, held: Any) -> None:
        """``held()`` is the index of the row that holds."""
        super().__init__(parent)
        self._held = held

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Any) -> QSize:
        return QSize(80, current().reach(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        theme = current()
        t = theme.tokens
        box: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, QRectF(box), 6, colour(t.accent_soft))
        holds = index.row() == self._held()
        size = theme.px(16)
        if holds:
            top = box.center().y() - size // 2 + 1
            tick = QRectF(box.right() - size - 6, top, size, size)
            icons.paint(painter, "check", colour(t.accent), tick)
        painter.setFont(theme.font(Type.BODY, 600 if holds else 400))
        painter.setPen(colour(t.text))
        room = box.adjusted(8, 0, -size - 12, 0)
        cut = painter.fontMetrics().elidedText(
            index.data() or "", Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), cut)
        painter.restore()
