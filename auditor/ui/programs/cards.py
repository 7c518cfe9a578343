"""Cards of a program's tabs: a title, one line that explains, and what stands below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.kit.card import Card, Line
from auditor.ui.kit.field import CheckBox
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type, current


class TitledCard(Card):
    """``top`` takes buttons at the right of the title."""

    def __init__(self, title: str, said: str) -> None:
        super().__init__(margins=(20, 16, 20, 16), spacing=10)
        self.top = QHBoxLayout()
        self.body.addLayout(self.top)
        self.top.setSpacing(8)
        texts = QVBoxLayout()
        self.top.addLayout(texts, 1)
        texts.setSpacing(2)
        texts.addWidget(Label(title, Type.QUESTION))
        if said:
            texts.addWidget(Label(said, Type.HELP, Ink.TEXT2, wrap=True))

    def add_tick(self, caption: str, said: str) -> CheckBox:
        """A tick box with a line below it that says what it does."""
        tick = CheckBox(caption)
        tick.setAccessibleDescription(said)
        self.body.addWidget(Line())
        note = QVBoxLayout()
        self.body.addLayout(note)
        note.setSpacing(0)
        note.addWidget(tick)
        label = Label(said, Type.HELP, Ink.TEXT2, wrap=True)
        label.setContentsMargins(current().px(18) + 10, 0, 0, 0)
        note.addWidget(label)
        return tick

    def add_row(self, *fields: QWidget) -> None:
        """Fields beside each other, of one width."""
        row = QHBoxLayout()
        self.body.addLayout(row)
        row.setSpacing(16)
        for field in fields:
            column = QVBoxLayout()
            row.addLayout(column, 1)
            column.addWidget(field)
            column.addStretch(1)


class Page(QWidget):
    """A tab's column of cards."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def card(self, title: str, said: str = "") -> TitledCard:
        card = TitledCard(title, said)
        self.column.addWidget(card)
        return card
