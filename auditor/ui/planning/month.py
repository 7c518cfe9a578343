"""A month as a grid of days one moves through by keys; each says how many visits it has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from auditor.domain.assignments import DayCount
from auditor.ui import when
from auditor.ui.kit.paint import rounded
from auditor.ui.planning import phrases
from auditor.ui.theme import Tone, Type, colour, current
from auditor.words import Words

WEEKS, DAYS = 6, 7
DAY, COUNT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


def first_shown(month: date) -> date:
    """The Monday on or before the first of ``month``."""
    first = month.replace(day=1)
    return first - timedelta(days=first.weekday())


class MonthModel(QAbstractTableModel):
    def __init__(self, words: Words, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words, self.today, self.month = words, today, today.replace(day=1)
        self.counts: Mapping[date, DayCount] = {}
        #: First and last day of the wave.
        self.allowed: tuple[date | None, date | None] = (None, None)

    def show(self, month: date, counts: Mapping[date, DayCount]) -> None:
        self.month, self.counts = month.replace(day=1), counts
        self.dataChanged.emit(self.index(0, 0), self.index(WEEKS - 1, DAYS - 1))

    def day(self, index: Any) -> date:
        return first_shown(self.month) + timedelta(days=index.row() * DAYS + index.column())

    def of(self, day: date) -> QModelIndex:
        """Invalid where the grid does not show it."""
        at = (day - first_shown(self.month)).days
        return self.index(at // DAYS, at % DAYS) if 0 <= at < WEEKS * DAYS else QModelIndex()

    def within(self, day: date) -> bool:
        """It is a day of the wave."""
        first, last = self.allowed
        return (first is None or first <= day) and (last is None or day <= last)

    def rowCount(self, parent: Any = None) -> int:
        return 0 if parent is not None and parent.isValid() else WEEKS

    def columnCount(self, parent: Any = None) -> int:
        return 0 if parent is not None and parent.isValid() else DAYS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self.words(when.SHORT_DAYS[section])
        return None

    def data(self, index: Any, role: int = 0) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, DAY,
                        COUNT):  # fmt: skip
            return None
        day = self.day(index)
        if role == DAY:
            return day
        count = self.counts.get(day)
        if role == COUNT:
            return count
        return str(day.day) if role == Qt.ItemDataRole.DisplayRole else self._spoken(day, count)

    def _spoken(self, day: date, count: DayCount | None) -> str:
        words = self.words
        said = words("{weekday}, {date}", weekday=words(when.WEEKDAYS[day.weekday()]),
                     date=when.day(words, day, self.today))  # fmt: skip
        if count is None or not count.total:
            return f"{said}: {words('no visits')}"
        parts = [text for text, _ in phrases.day_parts(words, count, self.today)]
        return f"{said}: {phrases.visits(words, count.total)}, {', '.join(parts)}"


class _Cells(QStyledItemDelegate):
    def __init__(self, grid: MonthGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        t = current().tokens
        model = self._grid.days
        day: date = index.data(DAY)
        count: DayCount | None = index.data(COUNT)
        box: QRect = option.rect
        painter.save()
        inner = day.month == model.month.month
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colour(t.accent_soft))
        elif not inner or not model.within(day):
            painter.fillRect(box, colour(t.bg))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, colour(t.border))
        painter.fillRect(box.right(), box.top(), 1, box.height(), colour(t.border))
        self._paint_number(painter, box, day, quiet=not inner)
        if count is not None and count.total:
            self._paint_count(painter, box, count)
        if option.state & QStyle.StateFlag.State_Selected and self._grid.hasFocus():
            ring = QRectF(box).adjusted(0, 0, -1, -1)
            rounded(painter, ring, 2, None, colour(t.accent), 2)
        painter.restore()

    def _paint_number(self, painter: QPainter, box: QRect, day: date, *, quiet: bool) -> None:
        theme = current()
        t = theme.tokens
        today = day == self._grid.days.today
        size = theme.px(22)
        disc = QRectF(box.left() + 5, box.top() + 4, size, size)
        if today:
            rounded(painter, disc, size / 2, colour(t.accent))
        painter.setFont(theme.font(Type.HELP, 600 if today else 500))
        painter.setPen(colour(t.on_accent if today else t.text3 if quiet else t.text2))
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(day.day))

    def _paint_count(self, painter: QPainter, box: QRect, count: DayCount) -> None:
        """The total at the top right, and below it what there is room for."""
        theme = current()
        painter.setFont(theme.font(Type.STRONG))
        painter.setPen(colour(theme.tokens.text))
        top = QRect(box.left() + 30, box.top() + 4, box.width() - 38, theme.px(22))
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top, int(align), str(count.total))
        font = theme.font(Type.HINT)
        metrics = QFontMetrics(font)
        line = metrics.height() + 1
        y = top.bottom() + 3
        painter.setFont(font)
        model = self._grid.days
        for text, tone in phrases.day_parts(model.words, count, model.today):
            if y + line > box.bottom():
                return
            self._paint_part(painter, QRect(box.left() + 7, y, box.width() - 12, line), text, tone)
            y += line

    def _paint_part(self, painter: QPainter, box: QRect, text: str, tone: Tone) -> None:
        ink = current().tone(tone)[0]
        dot = QRectF(box.left(), box.center().y() - 2, 6, 6)
        rounded(painter, dot, 3, ink)
        painter.setPen(ink)
        room = box.adjusted(11, 0, 0, 0)
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), cut)


class MonthGrid(QTableView):
    """``moved(day)`` when another day is current, ``turned(month)`` when another month is wanted,
    ``entered()`` by Enter. Arrows move by days over the edge too, Page Up and Down by months,
    Home is today."""

    moved = Signal(object)
    turned = Signal(object)
    entered = Signal()

    def __init__(self, words: Words, today: date) -> None:
        super().__init__()
        self.days = MonthModel(words, today, self)
        self.setModel(self.days)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(words("Visits by day"))
        self.setObjectName("visits")
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setStyleSheet(
            f"QTableView {{ background: {current().tokens.surface}; border: none; }}"
        )
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        self.verticalHeader().setMinimumSectionSize(10)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentChanged.connect(self._moved)
        self._told = True

    @property
    def day(self) -> date:
        index = self.currentIndex()
        return self.days.day(index) if index.isValid() else self.days.today

    def choose(self, day: date) -> None:
        """Make it the current day; ``moved`` is not sent. Its month has to be shown."""
        self._told = False
        self.setCurrentIndex(self.days.of(day))
        self._told = True

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self._told and now.isValid():
            self.moved.emit(self.days.day(now))

    def go(self, day: date) -> None:
        """To that day, turning the month where it has to be."""
        if (day.year, day.month) == (self.days.month.year, self.days.month.month):
            self.setCurrentIndex(self.days.of(day))
        else:
            self.turned.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, day = Qt.Key(event.key()), self.day
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7,
                Qt.Key.Key_Down: 7}.get(key)  # fmt: skip
        if step is not None:
            self.go(day + timedelta(days=step))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go(by_months(day, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Home:
            self.go(self.days.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Tab:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().height()
        for row in range(WEEKS):
            share = room * (row + 1) // WEEKS - room * row // WEEKS
            self.setRowHeight(row, share)


def by_months(day: date, count: int) -> date:
    """The same day of another month, or its last."""
    at = day.year * 12 + day.month - 1 + count
    first = date(at // 12, at % 12 + 1, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    return first.replace(day=min(day.day, (after - timedelta(days=1)).day))
