"""The rows of the table that were read so far; more are asked for as one scrolls to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from auditor.domain.places import ListedLocation
from auditor.ui.locations.phrases import TITLES, cell
from auditor.ui.locations.view import USUAL, Column
from auditor.words import Words

Index: TypeAlias = QModelIndex | QPersistentModelIndex
TICK = 0
ROLE = Qt.ItemDataRole
_ROLES = frozenset({
    ROLE.DisplayRole.value, ROLE.CheckStateRole.value, ROLE.TextAlignmentRole.value,
    ROLE.AccessibleTextRole.value, ROLE.ToolTipRole.value,
})  # fmt: skip
RIGHT = frozenset({Column.SCORE, Column.CHANGE, Column.VISITS})
_LEFT_ALIGNED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT_ALIGNED = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LocationModel(QAbstractTableModel):
    """The first column is the tick, then ``columns``. ``ticked`` are ids, whether read or not.

    ``wanted()`` asks for the next page: ``append`` brings it. ``ticks_changed()``."""

    wanted = Signal()
    ticks_changed = Signal()

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.columns: tuple[Column, ...] = USUAL
        self.rows: list[ListedLocation] = []
        self.texts: list[tuple[str, ...]] = []
        self.ticked: set[int] = set()
        self.more = False
        self._asked = False
        self._now = datetime.now().astimezone()

    # filling

    def show(self, rows: Sequence[ListedLocation], *, more: bool) -> None:
        """These are the first; ``more``: others follow."""
        self.beginResetModel()
        self._now = datetime.now().astimezone()
        self.rows = list(rows)
        self.texts = [self._texts(row) for row in rows]
        self.more, self._asked = more, False
        self.endResetModel()

    def append(self, rows: Sequence[ListedLocation], *, more: bool) -> None:
        self.more, self._asked = more, False
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows += rows
            self.texts += [self._texts(row) for row in rows]
            self.endInsertRows()

    def set_columns(self, columns: Sequence[Column]) -> None:
        self.beginResetModel()
        self.columns = tuple(columns)
        self.texts = [self._texts(row) for row in self.rows]
        self.endResetModel()

    def _texts(self, row: ListedLocation) -> tuple[str, ...]:
        """Made once: a scroll asks for them again and again."""
        return "", *(cell(self.words, row, column, self._now) for column in self.columns)

    def row_of(self, location_id: int) -> int:
        """-1 where it was not read."""
        found = (i for i, row in enumerate(self.rows) if row.place.id == location_id)
        return next(found, -1)

    # ticks

    def tick(self, ids: Iterable[int], *, on: bool) -> None:
        self.ticked = self.ticked | set(ids) if on else self.ticked - set(ids)
        if self.rows:
            self.dataChanged.emit(self.index(0, TICK), self.index(len(self.rows) - 1, TICK))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, TICK, TICK)
        self.ticks_changed.emit()

    def toggle(self, row: int) -> None:
        key = self.rows[row].place.id
        self.tick([key], on=key not in self.ticked)

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns) + 1

    def canFetchMore(self, parent: Index | None = None) -> bool:
        return self.more and not self._asked and not (parent is not None and parent.isValid())

    def fetchMore(self, _parent: Index | None = None) -> None:
        if self.canFetchMore():
            self._asked = True
            self.wanted.emit()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role not in _ROLES or orientation is Qt.Orientation.Vertical:
            return None
        if section == TICK:
            return self.words("Chosen") if role == ROLE.AccessibleTextRole else None
        column = self.columns[section - 1]
        if role == ROLE.TextAlignmentRole:
            return _RIGHT_ALIGNED if column in RIGHT else _LEFT_ALIGNED
        if role in (ROLE.DisplayRole, ROLE.AccessibleTextRole):
            return self.words(TITLES[column])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if role not in _ROLES:
            return None
        row, column = index.row(), index.column()
        if role == ROLE.DisplayRole:
            return self.texts[row][column]
        if role == ROLE.CheckStateRole:
            return self._check_state(row) if column == TICK else None
        if role == ROLE.TextAlignmentRole:
            right = column != TICK and self.columns[column - 1] in RIGHT
            return _RIGHT_ALIGNED if right else _LEFT_ALIGNED
        if role == ROLE.AccessibleTextRole:
            return self._spoken(row, column)
        return None

    def _check_state(self, row: int) -> Qt.CheckState:
        on = self.rows[row].place.id in self.ticked
        return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked

    def _spoken(self, row: int, column: int) -> str:
        place = self.rows[row].place
        if column == TICK:
            return f"{place.code} {place.name}"
        if self.columns[column - 1] is Column.NAME:
            return ", ".join(filter(None, (place.name, place.region)))
        title = self.words(TITLES[self.columns[column - 1]])
        return f"{title}: {self.texts[row][column]}"
