"""A table to type into that Tab also leaves: from a row where nothing more stands."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

Action = QAbstractItemView.CursorAction
Hint = QAbstractItemDelegate.EndEditHint
_STEP = {Hint.EditNextItem: Action.MoveNext, Hint.EditPreviousItem: Action.MovePrevious}


class Grid(QTableView):
    """Tab goes from cell to cell. It leaves from the first cell of a row that is empty, as all
    below it are, and from the last cell; Shift+Tab leaves from the first."""

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if self._leaves(action):
            return QModelIndex()  # the key is not used here, so that Qt moves the focus
        return super().moveCursor(action, modifiers)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        step = _STEP.get(hint)
        leaves = step is not None and self._leaves(step)
        super().closeEditor(editor, Hint.NoHint if leaves else hint)
        if leaves:
            self.focusNextPrevChild(step is Action.MoveNext)

    def _leaves(self, action: Action) -> bool:
        at = self.currentIndex()
        row, column = at.row(), at.column()
        if action is Action.MovePrevious:
            return row == column == 0
        if action is not Action.MoveNext or row < 0:
            return False
        last = row == self.model().rowCount() - 1 and column == self.model().columnCount() - 1
        return last or (column == 0 and row > 0 and self._empty_from(row))

    def _empty_from(self, row: int) -> bool:
        model = self.model()
        return not any(
            model.index(each, column).data()
            for each in range(row, model.rowCount())
            for column in range(model.columnCount())
        )
