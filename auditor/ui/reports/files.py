"""The files that a run made: Enter or a double click opens one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from auditor.ui.kit.lists import MenuRows
from auditor.ui.theme import current
from auditor.words import Words

#: Height of a row and of the list, px at 100 %.
ROW, MOST = 34, 3


def _none() -> int:
    """No row of the list holds before the others."""
    return -1


class FileList(QListWidget):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("files")
        self.setAccessibleName(words("Files that were made"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(MenuRows(self, _none))
        self.setUniformItemSizes(True)
        self._tip = words("Enter opens the file")
        self.itemActivated.connect(self._open)
        self.hide()

    def show_files(self, files: Sequence[Path]) -> None:
        """None of them hides the list."""
        self.clear()
        for path in files:
            item = QListWidgetItem(path.name)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(self._tip)
            self.addItem(item)
        self.setFixedHeight(current().px(ROW) * min(MOST, max(1, len(files))) + 4)
        self.setVisible(bool(files))
        if files:
            self.setCurrentRow(0)

    def _open(self, item: QListWidgetItem) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(item.data(Qt.ItemDataRole.UserRole)))
