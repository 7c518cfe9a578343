"""The first locations, typed into a table or pasted from a spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from auditor.ui.commands.programs import NewLocation
from auditor.ui.kit.text import Label, restyle
from auditor.ui.setup.grid import Grid
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

CODE, NAME, ADDRESS, REGION = range(4)
COLUMNS = 4
#: Empty rows that are always there to type into.
SPARE = 3
MOST = 2000

Index: TypeAlias = QModelIndex | QPersistentModelIndex


class PlaceModel(QAbstractTableModel):
    """Rows of four texts; there is always room for one more."""

    edited = Signal()

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads = (words("Code"), words("Name"), words("Address"), words("Region"))
        self.rows: list[list[str]] = [[""] * COLUMNS for _ in range(SPARE)]
        self.wrong: set[tuple[int, int]] = set()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        horizontal = orientation is Qt.Orientation.Horizontal
        return self._heads[section] if horizontal else str(section + 1)

    def flags(self, _index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable

    def data(self, index: Index, role: int = 0) -> object:
        place = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.rows[place[0]][place[1]]
        if role == Qt.ItemDataRole.BackgroundRole and place in self.wrong:
            return colour(current().tokens.danger_soft)
        return None

    def setData(self, index: Index, value: object, role: int = 2) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.put(index.row(), index.column(), [[str(value)]])
        return True

    def put(self, row: int, column: int, cells: Sequence[Sequence[str]]) -> None:
        """Write a block of texts; rows are added as they are needed."""
        cells = cells[: MOST - row]
        missing = row + len(cells) + 1 - len(self.rows)
        if missing > 0:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + missing - 1)
            self.rows += [[""] * COLUMNS for _ in range(missing)]
            self.endInsertRows()
        for down, line in enumerate(cells):
            for across, text in enumerate(line[: COLUMNS - column]):
                self.rows[row + down][column + across] = clean(text)
                self.wrong.discard((row + down, column + across))
        last = self.index(min(row + len(cells), len(self.rows)) - 1, COLUMNS - 1)
        self.dataChanged.emit(self.index(row, column), last)
        self.edited.emit()

    def mark_wrong(self, cells: set[tuple[int, int]]) -> None:
        self.wrong = cells
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, COLUMNS - 1))

    def locations(self) -> list[tuple[int, NewLocation]]:
        """The rows that hold anything, each with its row number from 0."""
        return [(i, NewLocation(*row)) for i, row in enumerate(self.rows) if any(row)]


def clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def pasted(text: str, *, commas: bool = True) -> list[list[str]]:
    """Cells of what a spreadsheet puts on the clipboard; "code, name" lines work as well, unless
    ``commas`` belong to the text (an address)."""
    text = text.replace("\r\n", "\n").strip("\n")
    comma = "," if commas and "\t" not in text else "\t"
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=comma))
    except csv.Error:  # a quotation mark that never ends, over more than a cell can hold
        rows = [line.split(comma) for line in text.split("\n")]
    return [row for row in rows if any(row)]


class _Cells(QStyledItemDelegate):
    """An editor fills its cell."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        editor.setGeometry(option.rect)


class PlaceTable(QWidget):
    """The table with the sentence about what is wrong in it."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.model = PlaceModel(words, self)
        self.view = Grid()
        self._dress()
        column.addWidget(self.view)
        self._hint = words("You can paste several rows from Excel: code, name, address, region.")
        self.note = Label(self._hint, Type.HELP, Ink.TEXT3, wrap=True)
        column.addWidget(self.note)
        self.model.edited.connect(self._fit)
        self.model.edited.connect(self._forget_error)
        self.view.installEventFilter(self)
        self._fit()

    def _dress(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(_Cells(view))
        view.setObjectName("places")
        view.setAccessibleName(self.words("Locations"))
        view.setShowGrid(True)
        view.setTabKeyNavigation(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        view.setEditTriggers(
            triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed
            | triggers.SelectedClicked
        )  # fmt: skip
        view.verticalHeader().setDefaultSectionSize(current().reach(36))
        view.verticalHeader().setFixedWidth(current().px(40))
        view.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        head = view.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(current().px(80))
        for section, mode in (
            (CODE, QHeaderView.ResizeMode.Interactive),
            (NAME, QHeaderView.ResizeMode.Stretch),
            (ADDRESS, QHeaderView.ResizeMode.Stretch),
            (REGION, QHeaderView.ResizeMode.Interactive),
        ):
            head.setSectionResizeMode(section, mode)
        view.setColumnWidth(CODE, current().px(90))
        view.setColumnWidth(REGION, current().px(120))

    def _fit(self) -> None:
        """Show up to eight rows; more of them scroll."""
        shown = min(max(self.model.rowCount(), 3), 8)
        head = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(head + shown * current().reach(36) + 2)

    def _forget_error(self) -> None:
        self.set_error(None)

    def set_error(self, sentence: str | None) -> None:
        self.note.setText(sentence or self._hint)
        self.note.set_ink(Ink.DANGER if sentence else Ink.TEXT3)
        self.view.setAccessibleDescription(sentence or self._hint)
        restyle(self.note)

    def check(self) -> bool:
        """Say beside the table what is wrong in it; True when nothing is."""
        words, found = self.words, self.model.locations()
        if not found:
            self.set_error(words("Enter at least one location: a code and a name."))
            return False
        empty = {
            (row, cell)
            for row, place in found
            for cell, text in ((CODE, place.code), (NAME, place.name))
            if not text
        }
        codes: dict[str, int] = {}
        twice = {(row, CODE) for row, p in found if codes.setdefault(p.code, row) != row}
        self.model.mark_wrong(empty or twice)
        if empty:
            row = min(empty)[0] + 1
            self.set_error(words("Row {row}: a location needs a code and a name.", row=row))
        elif twice:
            row = min(twice)[0]
            self.set_error(words("Row {row}: the code {code} is there already. Give another one.",
                                 row=row + 1, code=self.model.rows[row][CODE]))  # fmt: skip
        return not (empty or twice)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.view
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
            return True
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for index in self.view.selectedIndexes():
                self.model.put(index.row(), index.column(), [[""]])
            return True
        return False

    def paste(self, text: str) -> None:
        """Put cells at the current place, or at the top."""
        at = self.view.currentIndex()
        row, column = max(at.row(), 0), max(at.column(), 0)
        cells = pasted(text, commas=column == CODE)
        if cells:
            self.model.put(row, column, cells)
