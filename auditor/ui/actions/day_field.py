"""A day that may be left open: typed as people write it, or chosen in a calendar."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from auditor.ui.capture.cards.calendar import Calendar
from auditor.ui.capture.cards.typed import read_day, show_day
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.text import Label, restyle
from auditor.ui.theme import Ink, Type, current
from auditor.words import Words

#: Frame and padding of the field, and the caret, in pixels.
ROUND_IT = 32


class DayField(QWidget):
    """``chosen()`` when another day, or none, is meant."""

    chosen = Signal()

    def __init__(self, words: Words, label: str) -> None:
        super().__init__()
        self.words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(label, Type.HELP, Ink.TEXT2))
        row = QHBoxLayout()
        row.setSpacing(6)
        column.addLayout(row)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(label)
        self.edit.setPlaceholderText(words("DD/MM/YYYY"))
        prompt = self.edit.fontMetrics().horizontalAdvance(self.edit.placeholderText())
        least = max(current().px(116), prompt + ROUND_IT)
        self.edit.setMinimumWidth(least)
        self.edit.setMaximumWidth(max(current().px(150), least))
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._finished)
        row.addWidget(self.edit, 1)
        self.pick = Button("", Kind.SOFT, icon="calendar", name=words("Open the calendar"))
        self.pick.clicked.connect(self._open)
        row.addWidget(self.pick)
        row.addStretch(1)
        self.note = Label("", Type.HELP, Ink.DANGER, wrap=True)
        self.note.hide()
        column.addWidget(self.note)

    @property
    def day(self) -> date | None:
        """None for an empty field, and for what is no day."""
        return read_day(self.edit.text(), _today())

    @property
    def wrong(self) -> bool:
        return bool(self.edit.text().strip()) and self.day is None

    def show_day(self, day: date | None) -> None:
        self.edit.setText("" if day is None else show_day(day))
        self.check()

    def check(self) -> bool:
        """Say what is wrong; whether all is well."""
        wrong = self.wrong
        self.note.setText(
            self.words("This is no day: type day, month, year, such as 12/11/2026.")
            if wrong
            else ""
        )
        self.note.setVisible(wrong)
        if (self.edit.property("invalid") == "true") != wrong:
            self.edit.setProperty("invalid", "true" if wrong else "false")
            restyle(self.edit)
        return not wrong

    def _typed(self) -> None:
        if self.note.isVisible():
            self.check()

    def _finished(self) -> None:
        if self.check():
            self.chosen.emit()

    def _open(self) -> None:
        calendar = Calendar(self.day or _today(), self.words, self.edit)
        calendar.chosen.connect(self._take)
        calendar.open_beside(self.edit)

    def _take(self, day: QDate) -> None:
        self.show_day(date(day.year(), day.month(), day.day()))
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit()


def _today() -> date:
    return datetime.now().astimezone().date()
