"""A setting, or an offer: what it is at the left, its controls at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import Ink, Type, current

#: Else a column reckons with the height of the words in a narrow one.
LEAST = 200


class SettingRow(QWidget):
    def __init__(self, title: str, *controls: QWidget, note: str = "", elide: bool = False) -> None:
        """``note`` explains under the title; ``elide`` keeps it to one line (a path)."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 10, 0, 10)
        row.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(Label(title, Type.BODY, wrap=True))
        self.note: Label | ElidedLabel = (
            ElidedLabel(note, Type.HELP, Ink.TEXT2)
            if elide
            else Label(note, Type.HELP, Ink.TEXT2, wrap=True)
        )
        self.note.setVisible(bool(note))
        self.note.setMinimumWidth(current().px(LEAST))
        texts.addWidget(self.note)
        row.addLayout(texts, 1)
        row.addSpacing(8)
        for control in controls:
            row.addWidget(control)

    def set_note(self, note: str, ink: Ink = Ink.TEXT2) -> None:
        self.note.setText(note)
        self.note.set_ink(ink)
        self.note.setVisible(bool(note))
