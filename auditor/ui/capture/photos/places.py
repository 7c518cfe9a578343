"""Where a photo goes: the questions that take one, found by number or words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from auditor.domain.folding import matches
from auditor.ui import icons
from auditor.ui.capture.cards.inputs import LineInput
from auditor.ui.capture.photos.album import Album
from auditor.ui.capture.photos.attaching import Place
from auditor.ui.capture.photos.words import takes_photos
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.lists import TallList
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import Type, colour, current

_PLACE = Qt.ItemDataRole.UserRole
_PARTS = Qt.ItemDataRole.UserRole + 1
_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PlaceDialog(Dialog):
    """``chosen(place)``; the current question is chosen to begin with."""

    chosen = Signal(object)

    def __init__(self, album: Album, source: Place, parent: QWidget) -> None:
        super().__init__(album.words("Move the photo to"), parent, width=520)
        words = album.words
        self._album, self._source = album, source
        self.field = LineInput(words("Find a question"), words("Number or words of the question"))
        self.list = TallList(320)
        self.list.setAccessibleName(words("Questions that take photos"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setItemDelegate(_Rows(self.list))
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self.body.addWidget(self.field)
        self.body.addWidget(self.list, 1)
        cancel = self.add_button(Button(words("Cancel"), Kind.OUTLINE))
        self.move_button = self.add_button(Button(words("Move"), Kind.PRIMARY))
        cancel.clicked.connect(self.reject)
        self.move_button.clicked.connect(self._choose)
        self.move_button.setDefault(True)
        self.list.activated.connect(self._choose)
        self.field.typed.connect(self._fill)
        self.field.installEventFilter(self)
        self._fill("")
        self.field.setFocus()

    def _places(self) -> list[Place]:
        draft = self._album.draft
        items = draft.compiled.items
        asked = [each for each in items if takes_photos(each) and draft.filling.relevant(each.id)]
        here = self._album.here()
        first: list[Place] = [] if here not in asked else [here]
        found = [*first, *(each for each in asked if each is not here), None]
        return [place for place in found if place is not self._source]

    def _fill(self, query: str) -> None:
        draft = self._album.draft
        self._model.clear()
        for place in self._places():
            section = "" if place is None else draft.text(place.section.title)
            name = self._album.name_of(place)
            if not matches(query, name, section):
                continue
            row = QStandardItem(name)
            row.setData(place, _PLACE)
            title = name if place is None else draft.text(place.label)
            number = "" if place is None else place.number
            row.setData((number, title, len(self._album.held(place))), _PARTS)
            self._model.appendRow(row)
        self.list.setCurrentIndex(self._model.index(0, 0))
        self.move_button.setEnabled(self._model.rowCount() > 0)

    def _choose(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.chosen.emit(index.data(_PLACE))
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go to the list while one types."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _STEPS:
                self.list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return super().eventFilter(watched, event)


class _Rows(QStyledItemDelegate):
    """Number, question, and how many photos it has."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | Any) -> QSize:
        return QSize(200, current().px(38))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | Any
    ) -> None:
        theme = current()
        t = theme.tokens
        number, title, count = index.data(_PARTS)
        box: QRect = option.rect
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, QRectF(box).adjusted(2, 1, -2, -1), 8, colour(t.accent_soft))
        right = box.right() - 12
        if count:
            right = self._paint_count(painter, box, count)
        painter.setFont(theme.font(Type.HELP, 600))
        painter.setPen(colour(t.text3))
        left = box.left() + 14
        if number:
            painter.drawText(QRect(left, box.top(), theme.px(44), box.height()), middle, number)
        else:
            size = theme.px(16)
            lead = QRectF(left, box.center().y() - size // 2 + 1, size, size)
            icons.paint(painter, "images", colour(t.text2), lead)
        left += theme.px(46)
        painter.setFont(theme.font(Type.BODY, 500))
        painter.setPen(colour(t.text))
        room = right - left - 8
        cut = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, box.top(), room, box.height()), middle, cut)
        painter.restore()

    def _paint_count(self, painter: QPainter, box: QRect, count: int) -> int:
        theme = current()
        painter.setFont(theme.font(Type.HELP))
        painter.setPen(colour(theme.tokens.text2))
        width, size = painter.fontMetrics().horizontalAdvance(str(count)), theme.px(14)
        x = box.right() - 12 - width
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRect(x, box.top(), width + 2, box.height()), middle, str(count))
        icon = QRectF(x - size - 6, box.center().y() - size // 2 + 1, size, size)
        icons.paint(painter, "camera", colour(theme.tokens.text2), icon)
        return x - size - 10
