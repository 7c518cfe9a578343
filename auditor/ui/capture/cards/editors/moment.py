"""``date``, ``time`` and ``datetime``: typed, from a calendar, or now. Local to the visit."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.ui.capture.cards.calendar import Calendar
from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.inputs import LineInput
from auditor.ui.capture.cards.typed import (
    iso_day,
    iso_time,
    read_day,
    read_time,
    show_day,
    show_time,
)
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.kit.button import Button, Kind
from auditor.ui.theme import current
from auditor.words import mark


class MomentEditor(Editor):
    """``has_day`` and ``has_time`` say which of the two fields it has."""

    has_day: ClassVar[bool] = True
    has_time: ClassVar[bool] = True
    now_caption: ClassVar[str] = mark("Now")

    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(desk, group, parent)
        self._wrong = ""
        name = self.draft.text(group.question.label)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
        self.day = self._field(self.words("{name}: day", name=name), self.words("DD/MM/YYYY"), 132)
        self.pick_day = Button(
            "", Kind.OUTLINE, icon="calendar", name=self.words("Open the calendar"), height=40
        )
        self.clock = self._field(self.words("{name}: time", name=name), "14:05", 96)
        self.now = Button(self.words(self.now_caption), Kind.SOFT, icon="clock", height=40)
        for widget in (self.day, self.pick_day, self.clock, self.now):
            self.row.addWidget(widget)
        for button in (self.pick_day, self.now):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.day.setVisible(self.has_day)
        self.pick_day.setVisible(self.has_day)
        self.clock.setVisible(self.has_time)
        self.pick_day.clicked.connect(self._open_calendar)
        self.now.clicked.connect(self._take_now)

    def _field(self, name: str, placeholder: str, width: int) -> LineInput:
        field = LineInput(name, placeholder, self)
        field.setFixedWidth(current().px(width))
        field.typed.connect(self._typed)
        field.left.connect(self._leave_field)
        field.returnPressed.connect(self._finish)
        return field

    def _today(self) -> date:
        return self.draft.at.date()

    def _day(self) -> date | None:
        return read_day(self.day.text(), self._today()) if self.day.text().strip() else None

    def _time(self) -> time | None:
        return read_time(self.clock.text())

    def _joined(self) -> str | None:
        """The value that the fields say; None when a part is missing or unreadable. A time
        without a day is a time of the visit's day."""
        day, clock = self._day(), self._time()
        if self.has_day and self.has_time and clock and not self.day.text().strip():
            day = self._today()
        if (self.has_day and day is None) or (self.has_time and clock is None):
            return None
        parts = []
        if self.has_day and day is not None:
            parts.append(day.isoformat())
        if self.has_time and clock is not None:
            parts.append(show_time(clock))
        return "T".join(parts)

    def _typed(self, _text: str) -> None:
        self.draft.set_value(self.current, self._joined(), typing=True)

    def refresh(self) -> None:
        value = self.draft.answer(self.current).value
        text = value if isinstance(value, str) else ""
        busy = self.day.hasFocus() or self.clock.hasFocus()
        if (self._joined() or "") == text and (busy or not text):
            return
        day, clock = iso_day(text), iso_time(text)
        self.day.show_text(show_day(day) if day else "")
        self.clock.show_text(show_time(clock) if clock and self.has_time else "")

    def _leave_field(self) -> None:
        self._wrong = self._complaint_now()
        bad_day = self.has_day and bool(self.day.text().strip()) and self._day() is None
        bad_time = self.has_time and bool(self.clock.text().strip()) and self._time() is None
        self.day.set_wrong(bad_day)
        self.clock.set_wrong(bad_time)
        self.draft.end_typing()
        self.refresh()
        self.left.emit()

    def _complaint_now(self) -> str:
        if self.has_day and self.day.text().strip() and self._day() is None:
            return self.words("This is no day: type day, month, year, such as 12/11/2026.")
        if self.has_time and self.clock.text().strip() and self._time() is None:
            return self.words("This is no time of day: type 14:05.")
        if self._joined() is None and self.has_time and self.day.text().strip():
            return self.words("The time is missing.")
        return ""

    def complaint(self) -> str:
        return self._wrong

    def _finish(self) -> None:
        if self.sender() is self.day and self.has_time:
            self.clock.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._leave_field()
        if not self._wrong:
            self.done.emit()

    def _take_now(self) -> None:
        now = self.draft.local_now().replace(microsecond=0)
        text = now.isoformat(timespec="minutes")
        self._take(text if self.has_day and self.has_time else self._part(now))

    def _part(self, now: datetime) -> str:
        return now.date().isoformat() if self.has_day else now.strftime("%H:%M")

    def _take(self, text: str | None) -> None:
        self._wrong = ""
        for field in (self.day, self.clock):
            field.show_text("")
            field.set_wrong(False)
        self.draft.set_value(self.current, text)
        self.refresh()
        self.left.emit()

    def _open_calendar(self) -> None:
        shown = self._day() or self._today()
        popup = Calendar(shown, self.words, self)
        popup.chosen.connect(self._calendar_chose)
        popup.open_beside(self.day)

    def _calendar_chose(self, picked: QDate) -> None:
        day = date(picked.year(), picked.month(), picked.day())
        if not self.has_time:
            self._take(day.isoformat())
            return
        self.day.setText(show_day(day))
        self.clock.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> bool:
        field = self.day if self.has_day else self.clock
        field.selectAll()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def type_text(self, text: str) -> bool:
        self.enter()
        (self.day if self.has_day else self.clock).setText(text)
        return True

    def clear(self) -> None:
        self._take(None)
        super().clear()

    def commit_input(self) -> None:
        self.day.commit_input()
        self.clock.commit_input()


class DateEditor(MomentEditor):
    has_time = False
    now_caption = mark("Today")


class TimeEditor(MomentEditor):
    has_day = False


class DatetimeEditor(MomentEditor):
    pass
