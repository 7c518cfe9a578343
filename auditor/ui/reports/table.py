"""The visits that are handed in, as a table one ticks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from auditor.domain.records import VisitRecord
from auditor.ui import icons, when
from auditor.ui.home import phrases
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import Type, colour, current
from auditor.words import Words

TICK, CODE, PLACE, NUMBER, DAY, SCORE, STATUS = range(7)
Index: TypeAlias = QModelIndex | QPersistentModelIndex
ROW = 38


class VisitModel(QAbstractTableModel):
    """``ticked`` are the ids to make reports of; ``changed()`` when it changes."""

    changed = Signal()

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.visits: tuple[VisitRecord, ...] = ()
        self.ticked: set[int] = set()
        self._heads = ("", words("Code"), words("Location"), words("Visit"), words("Day"),
                       words("Score"), words("Status"))  # fmt: skip

    def show(self, visits: Sequence[VisitRecord]) -> None:
        self.beginResetModel()
        self.visits = tuple(visits)
        self.endResetModel()

    def tick(self, ids: set[int]) -> None:
        self.ticked = set(ids)
        if self.visits:
            last = self.index(len(self.visits) - 1, STATUS)
            self.dataChanged.emit(self.index(0, 0), last)
        self.changed.emit()

    def toggle(self, row: int) -> None:
        self.tick(self.ticked ^ {self.visits[row].id})

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.visits)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _align(section)
        if role != Qt.ItemDataRole.DisplayRole or orientation is Qt.Orientation.Vertical:
            return None
        return self._heads[section]

    def data(self, index: Index, role: int = 0) -> Any:
        if role not in _ROLES:
            return None
        visit = self.visits[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _align(index.column())
        if role == Qt.ItemDataRole.CheckStateRole:
            if index.column() != TICK:
                return None
            on = visit.id in self.ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == TICK:
            return f"{visit.location} {visit.number}"
        return self._text(visit, index.column())

    def _text(self, visit: VisitRecord, column: int) -> str:
        words = self.words
        if column == DAY:
            at = visit.started_at or visit.submitted_at
            today = datetime.now().astimezone().date()
            return when.day(words, at.astimezone().date(), today) if at else ""
        if column == STATUS:
            return phrases.status(words, visit).text
        if column == SCORE:
            return phrases.figure(words, visit.score) if visit.score is not None else "–"
        return {CODE: visit.location_code, PLACE: visit.location, NUMBER: visit.number}.get(
            column, ""
        )


_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.CheckStateRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


def _align(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == SCORE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class _Delegate(QStyledItemDelegate):
    """Our own tick, and a hairline under each row."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(40, current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current()
        t = theme.tokens
        box = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colour(t.accent_soft))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, colour(t.border))
        if self._focused(index):
            self._paint_ring(painter, option.rect, index.column())
        if index.column() == TICK:
            on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            self._paint_tick(painter, QRectF(box), on=on)
        else:
            strong = index.column() == PLACE
            painter.setFont(theme.font(Type.STRONG if strong else Type.HELP))
            painter.setPen(colour(t.text if strong or index.column() == SCORE else t.text2))
            text = painter.fontMetrics().elidedText(
                index.data() or "", Qt.TextElideMode.ElideRight, box.width() - 16
            )
            painter.drawText(box.adjusted(8, 0, -8, 0), int(_align(index.column())), text)
        painter.restore()

    def _focused(self, index: Index) -> bool:
        table = self.parent()
        return (
            isinstance(table, QTableView)
            and table.hasFocus()
            and table.currentIndex().row() == index.row()
        )

    def _paint_ring(self, painter: QPainter, box: QRect, column: int) -> None:
        """This cell's share of the ring around the row."""
        ring = colour(current().tokens.accent)
        painter.fillRect(box.left(), box.top(), box.width(), 2, ring)
        painter.fillRect(box.left(), box.bottom() - 1, box.width(), 2, ring)
        if column == TICK:
            painter.fillRect(box.left(), box.top(), 2, box.height(), ring)
        if column == STATUS:
            painter.fillRect(box.right() - 1, box.top(), 2, box.height(), ring)

    def _paint_tick(self, painter: QPainter, box: QRectF, *, on: bool) -> None:
        t = current().tokens
        size = current().px(18)
        square = QRectF(box.left() + 14, round(box.center().y() - size / 2), size, size)
        line = colour(t.accent if on else t.border_strong)
        rounded(painter, square, 5, colour(t.accent if on else t.surface), line)
        if on:
            inner = square.adjusted(3, 3, -3, -3)
            icons.paint(painter, "check", colour(t.on_accent), inner)


class VisitTable(QTableView):
    """Space or a click on the tick toggles; Enter or a double click opens: ``opened(visit)``."""

    opened = Signal(object)

    def __init__(self, model: VisitModel, words: Words) -> None:
        super().__init__()
        self._visits = model
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(words("Visits that are handed in"))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(current().px(ROW))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        for column, width in ((TICK, 44), (CODE, 90), (NUMBER, 90), (DAY, 96), (SCORE, 76),
                              (STATUS, 110)):  # fmt: skip
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, current().px(width))
        head.setSectionResizeMode(PLACE, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._clicked)
        self.activated.connect(self._open)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == TICK:
            self._visits.toggle(index.row())

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._visits.visits[index.row()])

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._visits.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
