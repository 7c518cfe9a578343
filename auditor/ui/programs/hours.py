"""When visits may be made: days of the week and hours, any number of such windows."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from auditor.domain.visit_hours import MIDNIGHT, VisitHours
from auditor.ui import when
from auditor.ui.capture.cards.typed import read_time, show_time
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line, clear
from auditor.ui.kit.field import Labelled
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type, current
from auditor.words import Words

USUAL = VisitHours(frozenset(range(5)), time(8), time(22))


class _Day(Button):
    """One day of the week, on or off."""

    def __init__(self, words: Words, day: int) -> None:
        super().__init__(words(when.SHORT_DAYS[day]), Kind.SOFT, height=34)
        self.set_caption(words(when.SHORT_DAYS[day]), words(when.WEEKDAYS[day]))
        self.setCheckable(True)


class HoursRow(QWidget):
    """One window; ``changed`` once it may have another value."""

    changed = Signal()
    removed = Signal()

    def __init__(self, words: Words, hours: VisitHours, number: int) -> None:
        super().__init__()
        self.words, self._shown = words, hours
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(4)
        column.addLayout(row)
        self.days = [_Day(words, day) for day in range(7)]
        for day, button in enumerate(self.days):
            button.setChecked(day in hours.days)
            button.clicked.connect(self._changed)
            row.addWidget(button)
        row.addSpacing(8)
        self.opens = self._time(words("From"), hours.opens)
        self.closes = self._time(words("Until"), hours.closes)
        row.addWidget(self.opens)
        row.addWidget(Label("–", Type.BODY, Ink.TEXT2))
        row.addWidget(self.closes)
        row.addStretch(1)
        self.remove = Button(
            icon="x", kind=Kind.TEXT, height=34, name=words("Remove window {number}", number=number)
        )
        self.remove.clicked.connect(self.removed)
        row.addWidget(self.remove)
        self.note = Label("", Type.HELP, Ink.TEXT2)
        column.addWidget(self.note)
        self._say()

    def _time(self, name: str, value: time) -> QLineEdit:
        edit = QLineEdit("" if self._shown.whole_day else show_time(value))
        edit.setAccessibleName(name)
        edit.setPlaceholderText(name)
        edit.setFixedWidth(current().px(76))
        edit.textChanged.connect(self._say)
        edit.editingFinished.connect(self._left)
        return edit

    def value(self) -> VisitHours:
        """Raises ValueError where it cannot be kept."""
        days = frozenset(day for day, button in enumerate(self.days) if button.isChecked())
        opens, closes = _read(self.opens), _read(self.closes)
        if not days:
            raise ValueError(self.words("Choose at least one day."))
        if opens is None or closes is None:
            raise ValueError(self.words("Type times such as 9:00 and 21:30; leave both empty for "
                                        "the whole day."))  # fmt: skip
        return VisitHours(days, opens, closes)

    def _say(self) -> None:
        """What it means, or what is wrong with it."""
        words = self.words
        try:
            hours = self.value()
        except ValueError as error:
            self.note.setText(str(error))
            self.note.set_ink(Ink.DANGER)
            self.note.show()
            return
        said = words("The whole day") if hours.whole_day else (
            words("Until the morning after") if hours.overnight else "")  # fmt: skip
        self.note.setText(said)
        self.note.set_ink(Ink.TEXT2)
        self.note.setVisible(bool(said))

    def _left(self) -> None:
        for edit in (self.opens, self.closes):
            found = read_time(edit.text())
            if found is not None and edit.text().strip():
                edit.setText(show_time(found))
        self.changed.emit()

    def _changed(self) -> None:
        self._say()
        self.changed.emit()


def _read(edit: QLineEdit) -> time | None:
    """Midnight where it is blank; None where it cannot be read. "24:00" is midnight."""
    text = edit.text().strip()
    if text in ("", "24:00", "24", "24h"):
        return MIDNIGHT
    found = read_time(text)
    return None if found is None else found.replace(second=0)


class HoursEditor(Labelled[QWidget]):
    """All windows; none is any day and hour. ``changed`` when one may be another."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words("Visit windows"), QWidget(), words(
            "Days and hours in the time of the location. A visit outside them is told to the "
            "evaluator and to the office."))  # fmt: skip
        self.words = words
        self.rows: list[HoursRow] = []
        column = QVBoxLayout(self.control)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.none = Label(words("Any day, any hour"), Type.BODY)
        column.addWidget(self.none)
        column.addSpacing(4)
        self.add = Button(words("Add a window"), Kind.SOFT, icon="plus", height=34)
        self.add.clicked.connect(self._add)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_value(self, windows: tuple[VisitHours, ...]) -> None:
        clear(self._rows)
        self.rows = []
        for hours in windows:
            self._put(hours)
        self.none.setVisible(not windows)

    def read(self) -> tuple[VisitHours, ...]:
        """Raises ValueError where one of them cannot be kept."""
        return tuple(row.value() for row in self.rows)

    def _put(self, hours: VisitHours) -> HoursRow:
        if self.rows:
            self._rows.addWidget(Line())
        row = HoursRow(self.words, hours, len(self.rows) + 1)
        row.changed.connect(self.changed)
        row.removed.connect(self._remove)
        self.rows.append(row)
        self._rows.addWidget(row)
        return row

    def _add(self) -> None:
        row = self._put(USUAL)
        self.none.hide()
        row.days[0].setFocus()
        self.changed.emit()

    def _remove(self) -> None:
        gone = self.sender()
        kept = []
        for row in self.rows:
            if row is not gone:
                try:
                    kept.append(row.value())
                except ValueError:
                    kept.append(row._shown)
        self.show_value(tuple(kept))
        self.add.setFocus()
        self.changed.emit()


def hours_text(words: Words, hours: VisitHours) -> str:
    """ "Mon, Tue, Sat 08:00–22:00"."""
    days = ", ".join(words(when.SHORT_DAYS[day]) for day in sorted(hours.days))
    if hours.whole_day:
        return days
    closes = "24:00" if hours.closes == MIDNIGHT else show_time(hours.closes)
    return f"{days} {show_time(hours.opens)}–{closes}"
