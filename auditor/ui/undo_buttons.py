"""Undo and redo in the head of a screen."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.undo import undo_of


class UndoButtons(QWidget):
    def __init__(self, context: AppContext) -> None:
        super().__init__()
        words, self._undo = context.words, undo_of(context)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.back = Button(icon="undo-2", kind=Kind.TEXT, name=words("Undo"), hint="Ctrl Z")
        self.again = Button(
            icon="rotate-cw", kind=Kind.TEXT, name=words("Redo"), hint="Ctrl Shift Z"
        )
        for button, slot in ((self.back, self._undo.undo), (self.again, self._undo.redo)):
            button.clicked.connect(slot)
            row.addWidget(button)
        self._undo.changed.connect(self._look)
        self._undo.settled.connect(self._look)
        self._look()

    def _look(self) -> None:
        self.back.setEnabled(self._undo.can_undo)
        self.again.setEnabled(self._undo.can_redo)
