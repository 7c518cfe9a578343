"""Records that come page by page, as a table one ticks. Rows are read by whoever owns the table:
the model asks for more with ``wanted`` and never waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from auditor.ui.kit.row_paint import Head, RowDelegate
from auditor.ui.theme import Tone, current

Index: TypeAlias = QModelIndex | QPersistentModelIndex
#: A word, its tone and its icon.
Chip: TypeAlias = tuple[str, Tone, str]
ROW, HEAD, TICK = 40, 35, 44
#: What the column that takes the rest keeps of it before others go.
LEAST = 140


@dataclass(frozen=True, slots=True)
class Column:
    """``text`` of a record; ``width`` 0 takes what is left. ``chip`` paints a mark in place of the
    text, ``bar`` shares of a whole with their tones; ``note`` stands after it, quieter. ``key``
    names the order its heading sorts by, "" none. ``spare``: the first to go where room is
    short."""

    title: str
    text: Callable[[Any], str]
    width: int = 0
    right: bool = False
    strong: bool = False
    chip: Callable[[Any], Chip | None] | None = None
    bar: Callable[[Any], tuple[tuple[float, Tone], ...]] | None = None
    note: Callable[[Any], str] | None = None
    key: str = ""
    spare: bool = False


class RowModel(QAbstractTableModel):
    """``wanted()`` when the last row comes near and there are more; ``ticks_changed()``."""

    wanted = Signal()
    ticks_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        ident: Callable[[Any], int],
        *,
        ticks: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns, self.ident = tuple(columns), ident
        self.rows: list[Any] = []
        self.ticked: set[int] = set()
        self.has_ticks = ticks
        self._first = 1 if ticks else 0
        self._more = self._asked = False

    # rows

    def show(self, rows: Iterable[Any], *, more: bool) -> None:
        """These from the top; what is ticked and no longer here is not ticked."""
        self.beginResetModel()
        self.rows = list(rows)
        self._more, self._asked = more, False
        self.endResetModel()
        if not more:
            self._tick(self.ticked & {self.ident(row) for row in self.rows})

    def add(self, rows: Sequence[Any], *, more: bool) -> None:
        """The next page."""
        self._more, self._asked = more, False
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def replace(self, rows: Sequence[Any], *, more: bool) -> None:
        """The same list read again: what is unchanged does not flicker."""
        same = [self.ident(row) for row in rows] == [self.ident(row) for row in self.rows]
        if not same:
            self.show(rows, more=more)
            return
        self.rows, self._more, self._asked = list(rows), more, False
        self._repaint()

    def canFetchMore(self, _parent: Index) -> bool:
        return self._more and not self._asked

    def fetchMore(self, _parent: Index) -> None:
        if self._more and not self._asked:
            self._asked = True
            self.wanted.emit()

    @property
    def has_more(self) -> bool:
        return self._more

    def find(self, ident: int) -> int:
        """The row of that record, -1 when it is not here."""
        return next((at for at, row in enumerate(self.rows) if self.ident(row) == ident), -1)

    # ticks

    def toggle(self, row: int) -> None:
        self._tick(self.ticked ^ {self.ident(self.rows[row])})

    def tick(self, ids: Iterable[int]) -> None:
        self._tick(set(ids))

    def tick_span(self, first: int, last: int) -> None:
        """All rows between two, both included."""
        low, high = sorted((first, last))
        self._tick(self.ticked | {self.ident(row) for row in self.rows[low : high + 1]})

    def _tick(self, ids: set[int]) -> None:
        if ids != self.ticked:
            self.ticked = ids
            self._repaint()
            self.ticks_changed.emit()

    def _repaint(self) -> None:
        if self.rows:
            last = self.index(len(self.rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns) + self._first

    def column(self, section: int) -> Column | None:
        """None is the column of ticks."""
        return self.columns[section - self._first] if section >= self._first else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Vertical or role not in _HEAD_ROLES:
            return None
        column = self.column(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _align(column)
        return "" if column is None else column.title

    def data(self, index: Index, role: int = 0) -> Any:
        if role not in _ROLES:
            return None
        row, column = self.rows[index.row()], self.column(index.column())
        if column is None:
            return self._tick_data(row, role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _align(column)
        if role == Qt.ItemDataRole.CheckStateRole:
            return None
        text = column.text(row)
        note = column.note(row) if role == _SPOKEN and column.note else ""
        return f"{text}, {note}" if note else text

    def _tick_data(self, row: Any, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole:
            on = self.ident(row) in self.ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == _SPOKEN:
            return self.columns[0].text(row)
        return None


_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_HEAD_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole)
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.CheckStateRole,
    Qt.ItemDataRole.TextAlignmentRole,
    _SPOKEN,
)


def _align(column: Column | None) -> Qt.AlignmentFlag:
    right = column is not None and column.right
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class RowTable(QTableView):
    """``opened(record)`` by Enter or a double click; ``moved(record or None)`` when another row is
    current; ``sorted(key)`` by a click on a heading. Space ticks, Shift+Space ticks as far as the
    last tick, Ctrl+A ticks all that are shown."""

    opened = Signal(object)
    moved = Signal(object)
    sorted = Signal(str)
    all_wanted = Signal()

    def __init__(self, model: RowModel, name: str, *, height: int = 0) -> None:
        """``height`` is what a dialog gives it where there is room."""
        super().__init__()
        self.rows, self._last_tick, self._height = model, -1, height
        self._narrow = False
        self.setObjectName("visits")
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setStyleSheet(
            f"QTableView {{ background: {current().tokens.surface}; border: none; }}"
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(current().reach(ROW))
        self.setHorizontalHeader(Head(self))
        self._fit_columns()
        self.clicked.connect(self._clicked)
        self.activated.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._moved)

    def _fit_columns(self) -> None:
        head, model, px = self.horizontalHeader(), self.rows, current().px
        head.setFixedHeight(px(HEAD))
        head.setMinimumSectionSize(24)
        for section in range(model.columnCount()):
            column = model.column(section)
            width = TICK if column is None else column.width
            mode = QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(section, mode)
            if width:
                self.setColumnWidth(section, px(width))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), current().px(self._height) if self._height else hint.height())

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the columns that are spare."""
        self._narrow = narrow
        self._leave_out()

    def _leave_out(self) -> None:
        """All that are spare where it is narrow; else, from the right, as many as the column that
        takes what is left needs for its words."""
        px, columns = current().px, [self.rows.column(at) for at in range(self.rows.columnCount())]
        widths = [TICK if column is None else column.width for column in columns]
        room = self.viewport().width() - px(LEAST) - sum(px(width) for width in widths)
        for section in reversed(range(len(columns))):
            column = columns[section]
            if column is None or not column.spare:
                continue
            gone = self._narrow or (room < 0 and 0 in widths)
            room += px(column.width) if gone else 0
            if gone != self.isColumnHidden(section):
                self.setColumnHidden(section, gone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_out()

    def set_order(self, key: str, *, down: bool = False) -> None:
        """Which heading shows that the list goes by it."""
        head = self.horizontalHeader()
        if isinstance(head, Head):
            head.set_order(key, down=down)

    @property
    def record(self) -> Any:
        """The current one, None when there is none."""
        row = self.currentIndex().row()
        return self.rows.rows[row] if 0 <= row < len(self.rows.rows) else None

    def go_to(self, ident: int) -> bool:
        """Make that record the current one; False when it is not here."""
        at = self.rows.find(ident)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at, 1 if self.rows.has_ticks else 0))
        return at >= 0

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.moved.emit(self.rows.rows[now.row()] if now.isValid() else None)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows.rows[index.row()])

    def _clicked(self, index: QModelIndex) -> None:
        if self.rows.column(index.column()) is None:
            self.rows.toggle(index.row())
            self._last_tick = index.row()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if index.isValid() and shift and self.rows.has_ticks:
            self._tick_to(index.row())
        else:
            super().mousePressEvent(event)

    def _tick_to(self, row: int) -> None:
        first = row if self._last_tick < 0 else self._last_tick
        self.rows.tick_span(first, row)
        self._last_tick = row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Space and row >= 0 and self.rows.has_ticks:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._tick_to(row)
            else:
                self.rows.toggle(row)
                self._last_tick = row
        elif event.key() == Qt.Key.Key_A and control and self.rows.has_ticks:
            self.all_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape and self.rows.ticked:
            self.rows.tick(())
        elif event.text().strip().isprintable() and event.text().strip():
            event.ignore()  # letters are the screen's, not a search in the table
        else:
            super().keyPressEvent(event)
