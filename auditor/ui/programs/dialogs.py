"""Add a program; add or change a wave; add the waves of a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.errors import UserError
from auditor.domain.planning import Clash
from auditor.domain.programs import WaveInput, months
from auditor.domain.records import ChecklistRecord, ClientRecord, ProgramRecord, WaveRecord
from auditor.ui import when
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.capture.cards.typed import read_day, show_day
from auditor.ui.commands.acts import Act
from auditor.ui.commands.studies import WantedWave, add_program, add_waves, keep_wave, today
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import CheckBox, Field, Labelled, Select
from auditor.ui.kit.tall import TallArea
from auditor.ui.kit.text import Label
from auditor.ui.planning.conflicts import ConflictDialog
from auditor.ui.programs.number import NumberField, Range
from auditor.ui.programs.wave_terms import WaveTermsFields
from auditor.ui.theme import Ink, Type
from auditor.words import Words

MOST_WAVES, WAVE_WIDTH = 36, 640


class AddProgramDialog(Dialog):
    """``added(Act)`` once it is on disk; its value is the ProgramRecord."""

    added = Signal(object)

    def __init__(
        self, context: AppContext, clients: tuple[ClientRecord, ...], parent: QWidget
    ) -> None:
        words = context.words
        super().__init__(words("Add a program"), parent)
        self._context = context
        self.client = Select()
        for client in clients:
            self.client.addItem(client.name, client.id)
        field = Labelled(words("Client"), self.client)
        self.body.addWidget(field)
        field.setVisible(len(clients) > 1)
        self.name = Field(words("Name"), placeholder=words("Customer experience"))
        self.body.addWidget(self.name)
        self.add = foot(self, context, words("Add the program"))
        self.add.clicked.connect(self._add)
        self.name.edit.setFocus()

    def _add(self) -> None:
        self.add.setEnabled(False)
        client = self.client.currentData()
        add_program(self._context, client, self.name.text(), self._added, self._refused)

    def _added(self, act: Act) -> None:
        self.accept()
        self.added.emit(act)

    def _refused(self, error: UserError) -> None:
        self.add.setEnabled(True)
        self.name.set_error(self._context.sentence(error))
        self.name.edit.setFocus()


class WaveDialog(Dialog):
    """``kept(Act)`` once the wave is on disk. ``planned``: so many of its visits are not begun and
    may keep their place in the wave when its days change."""

    kept = Signal(object)

    def __init__(
        self,
        context: AppContext,
        program: ProgramRecord,
        wave: WaveRecord | None,
        checklists: Sequence[ChecklistRecord],
        parent: QWidget,
        *,
        planned: int = 0,
    ) -> None:
        words = context.words
        title = words("Change the wave") if wave else words("Add a wave")
        super().__init__(title, parent, width=WAVE_WIDTH)
        self._context, self._program = context, program
        self._wave = wave or WaveRecord(0, program.id, "")
        self._area = TallArea(WAVE_WIDTH - 48)
        self.body.addWidget(self._area)
        self._add_name()
        self._add_days(planned)
        self._add_scenario()
        self._add_own(checklists)
        self.save = foot(self, context, words("Save the wave"))
        self.save.clicked.connect(self._save)
        self.name.edit.setFocus()

    def _add_name(self) -> None:
        words = self._context.words
        self.name = Field(words("Name"), self._wave.name, placeholder="Q4/2026")
        self._area.body.addWidget(self.name)

    def _add_days(self, planned: int) -> None:
        words = self._context.words
        row = QHBoxLayout()
        self._area.body.addLayout(row)
        row.setSpacing(12)
        self.starts = day_field(words, words("First day"), self._wave.starts_on)
        self.ends = day_field(words, words("Last day"), self._wave.ends_on)
        row.addWidget(self.starts)
        row.addWidget(self.ends)
        self.move_tick = CheckBox(words.plural(
            "Move {count} visit that is not begun along", "Move {count} visits that are not begun "
            "along", planned))  # fmt: skip
        self.move_tick.setChecked(planned > 0)
        self._area.body.addWidget(self.move_tick)
        self.move_tick.hide()
        self._planned = planned
        for field in (self.starts, self.ends):
            field.edit.textChanged.connect(self._days_typed)

    def _days_typed(self) -> None:
        """Whoever changes the days of a wave that is planned decides about its visits."""
        self.move_tick.setVisible(self._planned > 0 and self._days_differ())

    def _days_differ(self) -> bool:
        typed = tuple(read_day(field.text(), today()) for field in (self.starts, self.ends))
        return typed != (self._wave.starts_on, self._wave.ends_on)

    @property
    def _moves(self) -> bool:
        """What is planned and not begun goes along."""
        return self._planned > 0 and self.move_tick.isChecked() and self._days_differ()

    def _add_scenario(self) -> None:
        words = self._context.words
        self.scenario = TextInput(words("Scenario"), lines=4, parent=self)
        self.scenario.show_text(self._wave.scenario)
        self.scenario.moveCursor(QTextCursor.MoveOperation.Start)
        hint = words("What the evaluator is to do: whom to be, what to order, what to ask.")
        self._area.body.addWidget(Labelled(words("Scenario"), self.scenario, hint))

    def _add_own(self, checklists: Sequence[ChecklistRecord]) -> None:
        words = self._context.words
        self._area.body.addWidget(Label(words("Differs from the program"), Type.STRONG))
        self._area.body.addWidget(Label(words("Left empty, it is as the program."), Type.HELP,
                                        Ink.TEXT2))  # fmt: skip
        self.own = WaveTermsFields(words, self._wave.own, self._program.terms, checklists)
        self._area.body.addWidget(self.own)

    def _save(self) -> None:
        self._send(Clash.REFUSE)

    def _send(self, clash: Clash) -> None:
        days = self._days()
        wrong = self.own.wrong
        if days is None or wrong is not None:
            if wrong is not None:
                self._show_wrong(wrong.control)
            return
        self.scenario.commit_input()
        self.name.set_error(None)
        self.save.setEnabled(False)
        given = WaveInput(self.name.text(), *days, self.scenario.text().strip(), self.own.terms())
        move = self._moves and None not in days
        wanted = WantedWave(self._program.id, given, self._wave.id, self._wave.version, move, clash)
        keep_wave(self._context, wanted, self._kept, self._refused)

    def _show_wrong(self, control: QWidget) -> None:
        control.setFocus()
        self._area.ensureWidgetVisible(control)

    def _days(self) -> tuple[date | None, date | None] | None:
        """First and last day; None, with a word beside the field, where one cannot be read."""
        found: list[date | None] = []
        for field in (self.starts, self.ends):
            day, right = read_field(self._context.words, field)
            if not right:
                self._show_wrong(field.edit)
                return None
            found.append(day)
        return found[0], found[1]

    def _kept(self, act: Act) -> None:
        self.accept()
        self.kept.emit(act)

    def _refused(self, error: Any) -> None:
        self.save.setEnabled(True)
        if error.code == "conflicts":
            words = self._context.words
            asked = ConflictDialog(
                words, error.conflicts, words("Move them anyway"), self, release=True
            )
            asked.decided.connect(self._send)
            asked.open()
            return
        beside = {
            "wave_days": self.ends, "target": self.own.target, "quota": self.own.quota,
            "fee": self.own.fee, "expense_cap": self.own.cap,
        }.get(error.code, self.name)  # fmt: skip
        beside.set_error(self._context.sentence(error))
        self._show_wrong(beside.control)


class MonthsDialog(Dialog):
    """``kept(Act)`` once the waves are on disk: one for each month."""

    kept = Signal(object)

    def __init__(self, context: AppContext, program: ProgramRecord, parent: QWidget) -> None:
        words = context.words
        super().__init__(words("Waves by the month"), parent)
        self._context, self._program = context, program
        row = QHBoxLayout()
        self.body.addLayout(row)
        row.setSpacing(12)
        self.first = Field(words("First month"), f"{_next_month(program):%m/%Y}",
                           placeholder=words("MM/YYYY"))  # fmt: skip
        self.count = NumberField(words, words("How many"), words("months"),
                                 allowed=Range(1, MOST_WAVES, blank=False))  # fmt: skip
        self.count.show_value(12)
        row.addWidget(self.first)
        row.addWidget(self.count)
        self.said = self.say("")
        self.first.edit.textChanged.connect(self._say)
        self.count.control.textChanged.connect(self._say)
        self.save = foot(self, context, words("Add the waves"))
        self.save.clicked.connect(self._save)
        self._say()
        self.first.edit.setFocus()

    def _waves(self) -> tuple[WaveInput, ...]:
        first = read_month(self.first.text())
        if first is None or self.count.wrong:
            return ()
        return tuple(
            WaveInput(month_name(self._context.words, start), start, end)
            for start, end in months(first, self.count.whole)
        )

    def _say(self) -> None:
        waves, words = self._waves(), self._context.words
        self.save.setEnabled(bool(waves))
        said = words("Type the first month, such as 1/2027.")
        if waves:
            said = words.plural("{count} wave: {first}", "{count} waves: {first} to {last}",
                                len(waves), first=waves[0].name, last=waves[-1].name)  # fmt: skip
        self.said.setText(said)

    def _save(self) -> None:
        self.save.setEnabled(False)
        add_waves(self._context, self._program.id, self._waves(), self._kept, self._refused)

    def _kept(self, act: Act) -> None:
        self.accept()
        self.kept.emit(act)

    def _refused(self, error: UserError) -> None:
        self.save.setEnabled(True)
        self.first.set_error(self._context.sentence(error))


def month_name(words: Words, day: date) -> str:
    """ "Nov 2026", "Tháng 11/2026"."""
    name = words(when.MONTHS[day.month - 1])
    return words("{month} {year}", month=name, year=day.year)


def _next_month(program: ProgramRecord) -> date:
    """After the last wave there is."""
    ends = [wave.ends_on for wave in program.waves if wave.ends_on is not None]
    last = max(ends, default=None)
    first = today() if last is None else last
    start = first.replace(day=1)
    return start if last is None else months(start, 2)[1][0]


def read_month(text: str) -> date | None:
    """A day of the month that is typed: "1/2027", or a whole day."""
    short = re.fullmatch(r"\s*(\d{1,2}[\s/.-]+\d{4})\s*", text)
    return read_day(f"1/{short[1]}" if short else text, today())


def day_field(words: Words, label: str, day: date | None) -> Field:
    return Field(label, "" if day is None else show_day(day), placeholder=words("DD/MM/YYYY"))


def read_field(words: Words, field: Field) -> tuple[date | None, bool]:
    """The day that is typed, None where it is empty; False, with a word beside it, where it
    cannot be read."""
    day = read_day(field.text(), today())
    wrong = bool(field.text()) and day is None
    said = words("This is no day: type day, month, year, such as 12/11/2026.")
    field.set_error(said if wrong else None)
    return day, not wrong


def foot(dialog: Dialog, context: AppContext, caption: str) -> Button:
    words = context.words
    cancel = dialog.add_button(Button(words("Cancel"), hint="Esc"))
    cancel.clicked.connect(dialog.reject)
    yes = dialog.add_button(Button(caption, Kind.PRIMARY, hint="Enter"))
    yes.setDefault(True)
    return yes
