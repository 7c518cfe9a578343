"""Add a program; add or change a wave."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.errors import UserError
from auditor.domain.records import ClientRecord, WaveRecord
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.capture.cards.typed import read_day, show_day
from auditor.ui.commands.studies import WantedWave, add_program, keep_wave
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Field, Labelled, Select


class AddProgramDialog(Dialog):
    """``added(ProgramRecord)`` once it is on disk."""

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
        field.setVisible(len(clients) > 1)
        self.body.addWidget(field)
        self.name = Field(words("Name"), placeholder=words("Customer experience"))
        self.body.addWidget(self.name)
        self.add = _foot(self, context, words("Add the program"))
        self.add.clicked.connect(self._add)
        self.name.edit.setFocus()

    def _add(self) -> None:
        self.add.setEnabled(False)
        client = self.client.currentData()
        add_program(self._context, client, self.name.text(), self._added, self._refused)

    def _added(self, program: object) -> None:
        self.accept()
        self.added.emit(program)

    def _refused(self, error: UserError) -> None:
        self.add.setEnabled(True)
        self.name.set_error(self._context.sentence(error))
        self.name.edit.setFocus()


class WaveDialog(Dialog):
    """``kept(ProgramRecord)`` once the wave is on disk."""

    kept = Signal(object)

    def __init__(
        self, context: AppContext, program_id: int, wave: WaveRecord | None, parent: QWidget
    ) -> None:
        words = context.words
        super().__init__(
            words("Change the wave") if wave else words("Add a wave"), parent, width=560
        )
        self._context, self._program_id = context, program_id
        self._id = 0 if wave is None else wave.id
        known = wave or WaveRecord(0, program_id, "")
        self.name = Field(words("Name"), known.name, placeholder="Q4/2026")
        self.body.addWidget(self.name)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.starts = _day_field(words("First day"), known.starts_on, words("DD/MM/YYYY"))
        self.ends = _day_field(words("Last day"), known.ends_on, words("DD/MM/YYYY"))
        row.addWidget(self.starts)
        row.addWidget(self.ends)
        self.body.addLayout(row)
        self.scenario = TextInput(words("Scenario"), lines=5, parent=self)
        self.scenario.show_text(known.scenario)
        self.scenario.moveCursor(QTextCursor.MoveOperation.Start)
        hint = words("What the evaluator is to do: whom to be, what to order, what to ask.")
        self.body.addWidget(Labelled(words("Scenario"), self.scenario, hint))
        self.save = _foot(self, context, words("Save the wave"))
        self.save.clicked.connect(self._save)
        self.name.edit.setFocus()

    def _save(self) -> None:
        days = self._days()
        if days is None:
            return
        self.scenario.commit_input()
        self.name.set_error(None)
        self.save.setEnabled(False)
        wave = WantedWave(self._program_id, self.name.text(), *days, self.scenario.text(), self._id)
        keep_wave(self._context, wave, self._kept, self._refused)

    def _days(self) -> tuple[date | None, date | None] | None:
        """First and last day; None, with a word beside the field, where one cannot be read."""
        words, today = self._context.words, datetime.now().astimezone().date()
        found: list[date | None] = []
        for field in (self.starts, self.ends):
            day = read_day(field.text(), today)
            wrong = bool(field.text()) and day is None
            said = words("This is no day: type day, month, year, such as 12/11/2026.")
            field.set_error(said if wrong else None)
            if wrong:
                field.edit.setFocus()
                return None
            found.append(day)
        return found[0], found[1]

    def _kept(self, program: object) -> None:
        self.accept()
        self.kept.emit(program)

    def _refused(self, error: UserError) -> None:
        self.save.setEnabled(True)
        beside = self.ends if error.code == "wave_days" else self.name
        beside.set_error(self._context.sentence(error))
        beside.edit.setFocus()


def _day_field(label: str, day: date | None, placeholder: str) -> Field:
    return Field(label, "" if day is None else show_day(day), placeholder=placeholder)


def _foot(dialog: Dialog, context: AppContext, caption: str) -> Button:
    words = context.words
    cancel = dialog.add_button(Button(words("Cancel"), hint="Esc"))
    cancel.clicked.connect(dialog.reject)
    yes = dialog.add_button(Button(caption, Kind.PRIMARY, hint="Enter"))
    yes.setDefault(True)
    return yes
