"""What is particular to one visit: scenario, daypart, note, fee."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.assignments import AssignmentRecord
from auditor.domain.facts import Daypart
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.capture.cards.typed import show_grouped
from auditor.ui.commands import planning
from auditor.ui.commands.acts import Act
from auditor.ui.context import AppContext
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Labelled, Select
from auditor.ui.kit.tall import TallArea
from auditor.ui.planning.deeds import who
from auditor.ui.planning.phrases import DAYPARTS
from auditor.ui.programs.dialogs import foot
from auditor.ui.programs.number import NumberField, Range

FORM = 580


class VisitForm(Dialog):
    """``done_(Act)`` once it is on disk."""

    done_ = Signal(object)

    def __init__(self, context: AppContext, record: AssignmentRecord, parent: QWidget) -> None:
        words = context.words
        super().__init__(who(words, [record]), parent, width=FORM)
        self._context, self._record = context, record
        area = TallArea(FORM - 48)
        self.body.addWidget(area)
        self.scenario = TextInput(words("Scenario"), lines=3, parent=self)
        self.scenario.show_text(record.scenario)
        area.body.addWidget(Labelled(words("Scenario"), self.scenario, words(
            "Of this visit alone. Left empty, it is that of the wave.")))  # fmt: skip
        self.daypart = Select()
        self.daypart.addItem(words("Any"), None)
        for part, name in DAYPARTS.items():
            self.daypart.addItem(words(name), part)
        self.daypart.setCurrentIndex(max(self.daypart.findData(record.daypart), 0))
        self.fee = self._money(words("Fee"), record.own_fee, record.fee)
        self.cap = self._money(words("Expense cap"), record.own_expense_cap, record.expense_cap)
        area.body.addWidget(Labelled(words("Daypart"), self.daypart))
        row = QHBoxLayout()
        area.body.addLayout(row)
        row.setSpacing(12)
        for field in (self.fee, self.cap):
            row.addWidget(field, 1)
        self.note = TextInput(words("Note for the office"), lines=2, parent=self)
        self.note.show_text(record.note)
        area.body.addWidget(Labelled(words("Note for the office"), self.note, words(
            "Neither evaluators nor clients see it.")))  # fmt: skip
        self.yes = foot(self, context, words("Save"))
        self.yes.clicked.connect(self._save)
        self.scenario.setFocus()

    def _money(self, label: str, own: Decimal | None, holds: Decimal | None) -> NumberField:
        """Blank, it is what the wave says, which stands there quieter."""
        words = self._context.words
        wave = holds if own is None else None
        told = words("As the wave")
        if wave is not None:
            told = words("As the wave: {what}", what=show_grouped(wave, words.language))
        field = NumberField(words, label, self._record.currency, placeholder=told,
                            allowed=Range(0, None, places=2))  # fmt: skip
        field.show_value(own)
        return field

    def _save(self) -> None:
        for field in (self.fee, self.cap):
            if field.wrong:
                field.control.setFocus()
                return
        from auditor.services.assignments import AssignmentInput

        record, part = self._record, self.daypart.currentData()
        given = AssignmentInput(
            scenario=self.scenario.text().strip(),
            note=self.note.text().strip(),
            daypart=Daypart(part) if part else None,
            fee=self.fee.value,
            expense_cap=self.cap.value,
        )
        self.yes.setEnabled(False)
        planning.change(self._context, record.visit_id, given, record.version, self._done,
                        self._refused)  # fmt: skip

    def _done(self, act: Act) -> None:
        self.accept()
        self.done_.emit(act)

    def _refused(self, error: Any) -> None:
        self.yes.setEnabled(True)
        beside = self.cap if error.code == "expense_cap" else self.fee
        beside.set_error(self._context.sentence(error))
