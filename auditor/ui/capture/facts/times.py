"""The card of arrival, departure and part of the day."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QWidget

from auditor.domain.facts import Daypart
from auditor.ui.capture.cards.answers import AnswerButton, Option
from auditor.ui.capture.cards.calendar import Calendar
from auditor.ui.capture.cards.flow import FlowLayout
from auditor.ui.capture.cards.head import Mark
from auditor.ui.capture.cards.inputs import LineInput
from auditor.ui.capture.cards.typed import read_day, read_time, show_day, show_time
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.facts.card import Captioned, FactCard
from auditor.ui.capture.facts.clock_times import DAYPARTS, day_of, minutes_text, times
from auditor.ui.kit.button import Button, Kind
from auditor.ui.theme import Tone, current

_PARTS_HIGH = 34


class TimesCard(FactCard):
    """The day stands once. A departure earlier than the arrival is of the next day where that
    makes a visit; see ``visit_times``."""

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(desk, "clock", words("Arrival and departure"), words(
            "From the door in to the door out. The client is told the part of the day and how "
            "long you stayed, never the minute."))  # fmt: skip
        self._left_field = False
        self.day = self._field(words("Day of the visit"), words("DD/MM/YYYY"), 132)
        self.arrived = self._field(words("Arrived"), "10:02", 96)
        self.left = self._field(words("Left"), "10:31", 96)
        self.pick_day = _button("", words("Open the calendar"), "calendar")
        self.now_arrived = _button(words("Now"), words("Arrived now"), "clock")
        self.now_left = _button(words("Now"), words("Left now"), "clock")
        self._lay_out()
        self.pick_day.clicked.connect(self._open_calendar)
        self.now_arrived.clicked.connect(self._arrived_now)
        self.now_left.clicked.connect(self._left_now)

    def _field(self, name: str, placeholder: str, width: int) -> LineInput:
        field = LineInput(name, placeholder, self)
        field.setFixedWidth(current().px(width))
        field.typed.connect(self._typed)
        field.left.connect(self._leave_field)
        field.returnPressed.connect(self._finish)
        return field

    def _lay_out(self) -> None:
        words = self.words
        fields = FlowLayout(gap=16)
        for caption, field, *buttons in (
            (words("Day of the visit"), self.day, self.pick_day),
            (words("Arrived"), self.arrived, self.now_arrived),
            (words("Left"), self.left, self.now_left),
        ):
            fields.addWidget(Captioned(caption, field, *buttons))
        self.body.addLayout(fields)
        row = QWidget()
        parts = FlowLayout(row, gap=6)
        self.parts: dict[Daypart, AnswerButton] = {}
        for part, name in DAYPARTS.items():
            button = AnswerButton(Option(part.value, words(name)), height=_PARTS_HIGH)
            button.clicked.connect(self._choose_part)
            self.parts[part] = button
            parts.addWidget(button)
        self.by_clock = Button(words("As the clock says"), Kind.TEXT, height=_PARTS_HIGH)
        self.by_clock.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.by_clock.clicked.connect(self._follow_clock)
        parts.addWidget(self.by_clock)
        row.setAccessibleName(words("Part of the day"))
        self.body.addWidget(Captioned(words("Part of the day"), row, wide=True))

    # showing

    def refresh(self) -> None:
        facts = self.draft.facts
        fields = (self.day, self.arrived, self.left)
        if self._told() != (facts.arrived, facts.left) or not any(f.hasFocus() for f in fields):
            self._show_fields()
        self._show_part()
        self._show_marks()
        self._show_problems()

    def _show_fields(self) -> None:
        """What cannot be read stays to be mended, unless a time came from elsewhere."""
        facts, day = self.draft.facts, self._day()
        if day is not None or not self.day.text().strip():
            self.day.show_text(show_day(day_of(facts, day or self.draft.at.date())))
        for field, at in ((self.arrived, facts.arrived), (self.left, facts.left)):
            if at is not None or self._clock(field) is not None:
                field.show_text("" if at is None else show_time(at.time()))

    def _show_part(self) -> None:
        facts = self.draft.facts
        shown = facts.daypart or facts.derived
        for part, button in self.parts.items():
            button.setChecked(part is shown)
        overridden = facts.daypart is not None and facts.derived is not None
        self.by_clock.setVisible(overridden and self.draft.writable)

    def _show_marks(self) -> None:
        facts = self.draft.facts
        marks = []
        if facts.arrived and facts.left and facts.left.date() > facts.arrived.date():
            marks.append(Mark(self.words("Left after midnight"), quiet=True))
        if facts.minutes is not None:
            marks.append(Mark(minutes_text(self.words, facts.minutes), Tone.NEUTRAL, "timer"))
        self.head.set_marks(tuple(marks))

    def _show_problems(self) -> None:
        self.problem.set_sentences(self._sentences())

    def _sentences(self) -> tuple[str, ...]:
        for field, readable, sentence in (
            (self.day, self._day() is not None,
             self.words("This is no day: type day, month, year, such as 12/11/2026.")),
            (self.arrived, self._clock(self.arrived) is not None,
             self.words("This is no time of day: type 14:05.")),
            (self.left, self._clock(self.left) is not None,
             self.words("This is no time of day: type 14:05.")),
        ):  # fmt: skip
            wrong = bool(field.text().strip()) and not readable and not field.hasFocus()
            field.set_wrong(wrong)
            if wrong:
                return (sentence,)
        if self.arrived.hasFocus() or self.left.hasFocus():
            return ()
        return facts_sentences(self.desk)

    # reading

    def _day(self) -> date | None:
        return read_day(self.day.text(), self.draft.at.date())

    def _clock(self, field: LineInput) -> time | None:
        return read_time(field.text())

    def _told(self) -> tuple[object, object]:
        """Arrival and departure as the fields say them."""
        day = self._day() or day_of(self.draft.facts, self.draft.at.date())
        return times(day, self._clock(self.arrived), self._clock(self.left))

    def _typed(self, _text: str) -> None:
        arrived, left = self._told()
        self.put(arrived=arrived, left=left, typing=True)

    def _leave_field(self) -> None:
        self.end_typing()
        self.refresh()

    def _finish(self) -> None:
        following = {self.day: self.arrived, self.arrived: self.left}
        here = self.sender()
        for field, after in following.items():
            if field is here:
                after.setFocus(Qt.FocusReason.TabFocusReason)
                after.selectAll()
                return
        self.take_focus()

    # choosing

    def _choose_part(self) -> None:
        button = self.sender()
        if not self.draft.writable or not isinstance(button, AnswerButton):
            return
        part = Daypart(button.option.id)
        self.put(daypart=None if part is self.draft.facts.derived else part)
        self._show_part()

    def _follow_clock(self) -> None:
        self.put(daypart=None)
        self.take_focus()

    def _arrived_now(self) -> None:
        self._take_now(arrived=True)

    def _left_now(self) -> None:
        self._take_now(arrived=False)

    def _take_now(self, *, arrived: bool) -> None:
        """Now stands with its own day: a visit may be begun a day before it is made."""
        now = self.draft.local_now().replace(second=0, microsecond=0)
        if arrived:
            came, went = times(now.date(), now.time(), self._clock(self.left))
            self.put(arrived=came, left=went)
        else:
            self.put(left=now)

    def now(self) -> bool:
        """The arrival first, then the departure."""
        if self.draft.facts.arrived is None:
            self._take_now(arrived=True)
        elif self.draft.facts.left is None:
            self._take_now(arrived=False)
        return True

    def _open_calendar(self) -> None:
        shown = self._day() or self.draft.at.date()
        popup = Calendar(shown, self.words, self)
        popup.chosen.connect(self._calendar_chose)
        popup.open_beside(self.day)

    def _calendar_chose(self, picked: QDate) -> None:
        self.day.setText(show_day(date(picked.year(), picked.month(), picked.day())))
        self.end_typing()
        self.refresh()

    def enter(self) -> bool:
        self.arrived.selectAll()
        self.arrived.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def type_text(self, text: str) -> bool:
        self.enter()
        self.arrived.setText(text)
        return True

    def show_hints(self, on: bool) -> None:
        facts = self.draft.facts
        first = facts.arrived is None
        self.now_arrived.set_hint("T" if on and first else "")
        self.now_left.set_hint("T" if on and not first and facts.left is None else "")

    def lock(self) -> None:
        super().lock()
        for button in (self.pick_day, self.now_arrived, self.now_left):
            button.hide()
        for part in self.parts.values():
            part.setEnabled(False)


def facts_sentences(desk: Desk) -> tuple[str, ...]:
    """What looks wrong with the facts, in the words of the check; what was kept is not said."""
    draft = desk.draft
    if not draft.writable:
        return ()
    found = [
        each
        for each in draft.suspicions()
        if each.question is None and each.sha256 is None and not draft.is_kept(each)
    ]
    return tuple(each.text(draft.language) for each in found)


def _button(caption: str, name: str, icon: str) -> Button:
    kind = Kind.SOFT if caption else Kind.OUTLINE
    button = Button(caption, kind, icon=icon, name=name, height=40)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
