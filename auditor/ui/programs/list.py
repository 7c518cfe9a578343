"""Clients and their programs, at the left of the screen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from auditor.domain.records import ProgramRecord
from auditor.ui import icons
from auditor.ui.commands.studies import Studies
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current
from auditor.words import Words

WIDTH, MOST = 244, 300
ID = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1
ARCHIVED = Qt.ItemDataRole.UserRole + 2


class ProgramList(QWidget):
    """``chosen(program id)``. A client is a heading over its programs."""

    chosen = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.setFixedWidth(max(WIDTH, min(current().px(WIDTH), MOST)))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 9, 8)
        self.view = QListView()
        self.view.setObjectName("programs")
        self.view.setAccessibleName(words("Programs"))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFrameShape(QListView.Shape.NoFrame)
        self.view.setItemDelegate(_Rows(self.view))
        self.view.setStyleSheet("QListView { background: transparent; border: none; }")
        self._model = QStandardItemModel(self)
        self.view.setModel(self._model)
        self.view.selectionModel().currentChanged.connect(self._changed)
        column.addWidget(self.view)

    def show_studies(self, studies: Studies, chosen: int) -> None:
        """Fill it anew; ``chosen`` (else the first) is the current one, and ``chosen`` is sent."""
        self._model.clear()
        for client in studies.clients:
            if not client.active and not studies.of(client.id):
                continue
            self._model.appendRow(_heading(client.name))
            for program in sorted(studies.of(client.id), key=lambda each: not each.active):
                self._model.appendRow(self._program(program))
        rows = [self._model.index(row, 0) for row in range(self._model.rowCount())]
        programs = [index for index in rows if index.data(ID)]
        found = [index for index in programs if index.data(ID) == chosen] or programs
        if found:
            self.view.setCurrentIndex(found[0])

    def _program(self, program: ProgramRecord) -> QStandardItem:
        words, name = self.words, program.name
        item = QStandardItem(name)
        item.setData(program.id, ID)
        item.setData(str(len(program.waves)) if program.active else "", COUNT)
        item.setData(not program.active, ARCHIVED)
        said = words.plural("{count} wave", "{count} waves", len(program.waves))
        if not program.active:
            said = words("archived")
        item.setData(f"{name}, {said}", Qt.ItemDataRole.AccessibleTextRole)
        item.setToolTip(f"{name} · {said}")
        return item

    def _changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.data(ID):
            self.chosen.emit(now.data(ID))

    @property
    def current(self) -> int:
        """The id of the current program; 0 when there is none."""
        return self.view.currentIndex().data(ID) or 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour(t.border))


def _heading(name: str) -> QStandardItem:
    item = QStandardItem(name)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setToolTip(name)
    return item


class _Rows(QStyledItemDelegate):
    """A client in bold, its programs below it with the number of their waves at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        return QSize(80, current().px(36 if index.data(ID) else 34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        theme = current()
        t = theme.tokens
        box: QRect = option.rect
        program = bool(index.data(ID))
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if on:
            rounded(
                painter, QRectF(box).adjusted(0, 1, 0, -1), RADIUS_CONTROL, colour(t.accent_soft)
            )
            view = self.parent()
            if isinstance(view, QListView) and view.hasFocus():
                ring = QRectF(box).adjusted(0, 1, 0, -1)
                rounded(painter, ring, RADIUS_CONTROL, None, colour(t.accent), 2)
        painter.setFont(theme.font(Type.BODY if program else Type.STRONG, 600 if on else None))
        archived = bool(index.data(ARCHIVED))
        painter.setPen(colour(t.accent if on else t.text3 if archived else t.text))
        count = index.data(COUNT) or ""
        if archived:
            size = theme.px(14)
            sign = QRectF(box.right() - size - 9, box.center().y() - size / 2, size, size)
            icons.paint(painter, "archive", colour(t.text3), sign)
        room = box.adjusted(16 if program else 10, 0, -30 if count or archived else -8, 0)
        right = Qt.TextElideMode.ElideRight
        cut = painter.fontMetrics().elidedText(index.data() or "", right, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), cut)
        painter.setFont(theme.font(Type.HINT, 400))
        painter.setPen(colour(t.text2))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(box.adjusted(0, 0, -10, 0), int(align), count)
        painter.restore()
