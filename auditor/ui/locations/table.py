"""The table of locations: ticks, figures, and headings that put it in order."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)

from auditor.domain.places import ListedLocation, LocationOrder
from auditor.ui import icons
from auditor.ui.locations.model import RIGHT, TICK, LocationModel
from auditor.ui.locations.phrases import TITLES
from auditor.ui.locations.rows import BAND, BAR, PAD, ROW, Rows
from auditor.ui.locations.view import ORDERS, Column
from auditor.ui.theme import Type, colour, current
from auditor.words import Words

HEAD = 35
#: Widths at 100 %; the name takes the rest.
WIDTHS = {
    Column.CODE: 86, Column.BRAND: 132, Column.REGION: 190, Column.ADDRESS: 220,
    Column.CONTACTS: 170, Column.HOURS: 110, Column.TAGS: 130, Column.LAST: 84,
    Column.SCORE: 142, Column.CHANGE: 92, Column.VISITS: 74,
}  # fmt: skip
TICK_WIDTH, LEAST_NAME = 40, 140


class Heads(QHeaderView):
    """Headings in our type; the one that the list goes by has an arrow. ``all_ticked`` when the
    tick of the heading is pressed."""

    all_ticked = Signal()

    def __init__(self, table: LocationTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.order, self.down = LocationOrder.CODE, False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(current().reach(HEAD) if current().touch else current().px(HEAD))

    def show_order(self, order: LocationOrder, *, down: bool) -> None:
        self.order, self.down = order, down
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = current()
        t = theme.tokens
        painter.save()
        painter.fillRect(rect, colour(t.surface))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour(t.border))
        model = self._table.locations
        if section == TICK:
            every, some = self._table.ticks()
            self._table.rows.paint_tick(painter, rect, on=every, part=some)
        else:
            self._paint_title(painter, rect, model.columns[section - 1])
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, column: Column) -> None:
        theme = current()
        t, size = theme.tokens, theme.px(14)
        holds = ORDERS.get(column) is self.order
        font: QFont = theme.font(Type.CHIP, 700 if holds else 600)
        painter.setFont(font)
        painter.setPen(colour(t.text if holds else t.text2))
        words = self._table.locations.words
        arrow = size + 4 if holds else 0
        room = rect.adjusted(PAD, 0, -PAD, -1)
        if column is Column.SCORE:  # over its figures, not over the bar
            bar = theme.px(BAR) + 8 if self._table.rows.barred else 0
            room.setRight(room.right() - bar - theme.px(BAND) + arrow)
        metrics = QFontMetrics(font)
        text = metrics.elidedText(
            words(TITLES[column]), Qt.TextElideMode.ElideRight, room.width() - arrow
        )
        wide = metrics.horizontalAdvance(text)
        left = room.right() - wide - arrow if column in RIGHT else room.left()
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRect(left, room.top(), wide + 2, room.height()), middle, text)
        if holds:
            at = QPointF(left + wide + 4, rect.center().y() - size // 2)
            name = "arrow-down" if self.down else "arrow-up"
            icons.paint(painter, name, colour(t.text), QRectF(at.x(), at.y(), size, size))


class LocationTable(QTableView):
    """``chosen(ListedLocation or None)`` is the current row, ``opened`` by Enter or a double click,
    ``ordered(LocationOrder)`` by its heading, ``menu_wanted(QPoint)`` in global coordinates;
    ``typed(str)`` are letters that begin a search."""

    chosen = Signal(object)
    opened = Signal(object)
    ordered = Signal(object)
    all_ticked = Signal()
    typed = Signal(str)
    menu_wanted = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.locations = LocationModel(words, self)
        self.total = self._last_ticked = 0
        self.setObjectName("locations")
        self.setAccessibleName(words("Locations"))
        self.heads = Heads(self)
        self.setHorizontalHeader(self.heads)
        self.setModel(self.locations)
        self.rows = Rows(self)
        self.setItemDelegate(self.rows)
        self._dress()
        self.heads.sectionClicked.connect(self._head_clicked)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._opened)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.locations.modelReset.connect(self.fit)
        self.locations.ticks_changed.connect(self._ticks_changed)

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        surface = current().tokens.surface
        self.setStyleSheet(f"QTableView {{ background: {surface}; border: none; }}")
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(current().reach(ROW))
        side.setMinimumSectionSize(24)
        if current().touch:
            from auditor.ui.touch import follow_finger

            follow_finger(self)

    def fit(self) -> None:
        """Every column as wide as it needs, the name as wide as what is left; where that is too
        little, scores have no bar."""
        px, columns = current().px, self.locations.columns
        tick = px(TICK_WIDTH) + 2
        others = sum(px(WIDTHS[each]) for each in columns if each is not Column.NAME)
        left = self.viewport().width() - tick - others
        least, bar = px(LEAST_NAME), px(BAR) + 8
        self.rows.barred = left >= least or Column.SCORE not in columns
        if not self.rows.barred:
            left += bar
        self.setColumnWidth(TICK, tick)
        for place, column in enumerate(columns, 1):
            wide = max(left, least) if column is Column.NAME else px(WIDTHS[column])
            bare = column is Column.SCORE and not self.rows.barred
            self.setColumnWidth(place, wide - bar if bare else wide)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.rows.ring = self.currentIndex().row() if self.hasFocus() else -1
        self.rows.last = len(self.locations.columns)
        super().paintEvent(event)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.fit()

    # state

    @property
    def current(self) -> ListedLocation | None:
        row = self.currentIndex().row()
        return self.locations.rows[row] if 0 <= row < len(self.locations.rows) else None

    def choose(self, row: int) -> None:
        if 0 <= row < len(self.locations.rows):
            self.setCurrentIndex(self.locations.index(row, 1))

    def ticks(self) -> tuple[bool, bool]:
        """Whether all are ticked, and whether some are."""
        ticked = len(self.locations.ticked)
        return bool(ticked) and ticked >= self.total, bool(ticked)

    def shown(self) -> tuple[int, int]:
        """The first and the last row in sight, from 1; 0 where there is none."""
        if not self.locations.rows:
            return 0, 0
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        return first + 1, (last if last >= 0 else len(self.locations.rows) - 1) + 1

    def page(self, step: int) -> None:
        """As far as one sees, down or up."""
        first, last = self.shown()
        to = first - 1 + step * max(last - first, 1)
        row = min(max(to, 0), len(self.locations.rows) - 1)
        self.scrollTo(self.locations.index(row, 1), QAbstractItemView.ScrollHint.PositionAtTop)

    def _ticks_changed(self) -> None:
        self.heads.viewport().update()

    # what is done

    def _current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        self.chosen.emit(self.current)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == TICK:
            if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._tick_up_to(index.row())
            else:
                self._last_ticked = index.row()
                self.locations.toggle(index.row())
        else:  # the current one, too: another's detail may be shown
            self.chosen.emit(self.current)

    def _opened(self, index: QModelIndex) -> None:
        if index.column() != TICK:
            self.opened.emit(self.locations.rows[index.row()])

    def _head_clicked(self, section: int) -> None:
        if section == TICK:
            self.all_ticked.emit()
        elif (order := ORDERS.get(self.locations.columns[section - 1])) is not None:
            self.ordered.emit(order)

    def _menu(self, at: Any) -> None:
        self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.locations.rows:
            self.choose(0)
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _tick_up_to(self, row: int) -> None:
        """All from the one that was ticked last."""
        first, last = sorted((min(self._last_ticked, len(self.locations.rows) - 1), row))
        rows = self.locations.rows[first : last + 1]
        self.locations.tick([each.place.id for each in rows], on=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier,
                                      Qt.KeyboardModifier.KeypadModifier,
                                      Qt.KeyboardModifier.ShiftModifier)  # fmt: skip
        text = event.text()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_ticked.emit()
        elif key == Qt.Key.Key_Space and row >= 0 and shifted:
            self._tick_up_to(row)
        elif key == Qt.Key.Key_Space and row >= 0:
            self._last_ticked = row
            self.locations.toggle(row)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.opened.emit(self.locations.rows[row])
        elif plain and text.isprintable() and text.strip():
            self.typed.emit(text)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)
