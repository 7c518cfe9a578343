"""Where a wave differs from its program: each field says what the program has, and can be set and
cleared again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.programs import Terms, WaveTerms
from auditor.domain.records import ChecklistRecord
from auditor.ui.capture.cards.typed import show_grouped
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.field import Labelled
from auditor.ui.programs.number import NumberField, Range
from auditor.ui.programs.overview import ChecklistSelect, checklist_name
from auditor.ui.programs.rules import QUOTA, money
from auditor.words import Words


class OwnField(QWidget):
    """A number of the wave beside the button that makes it the program's again."""

    def __init__(self, words: Words, field: NumberField) -> None:
        super().__init__()
        self.field = field
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(field, 1)
        name = words("As the program: {what}", what=field.label.text())
        self.clear = Button(icon="rotate-ccw", kind=Kind.TEXT, height=36, name=name)
        holder = QVBoxLayout()
        row.addLayout(holder)
        holder.addSpacing(field.label.sizeHint().height() + 4)
        holder.addWidget(self.clear)
        holder.addStretch(1)
        policy = self.clear.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.clear.setSizePolicy(policy)
        self.clear.clicked.connect(self._clear)
        field.control.textChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        self.clear.setVisible(bool(self.field.control.text().strip()))

    def _clear(self) -> None:
        self.field.control.clear()
        self.field.control.setFocus()


class WaveTermsFields(QWidget):
    """``terms()`` is what is typed; None there is "as the program"."""

    def __init__(
        self, words: Words, own: WaveTerms, program: Terms, checklists: Sequence[ChecklistRecord]
    ) -> None:
        super().__init__()
        self.words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        held = next((c for c in checklists if c.id == program.checklist_version_id), None)
        named = checklist_name(words, held) if held else words("none yet")
        self.checklist = ChecklistSelect(
            words, checklists, words("As the program: {what}", what=named)
        )
        self.checklist.show_value(own.checklist_version_id)
        column.addWidget(Labelled(words("Checklist"), self.checklist))
        score, coin = Range(0, 100, places=2), Range(0, None, places=2)
        self.target = self._field(words("Target score"), words("of 100"), own.target,
                                  _shown(words, program.target), score)  # fmt: skip
        self.quota = self._field(words("Quota"), words("visits"), own.quota, str(program.quota),
                                 Range(0, QUOTA))  # fmt: skip
        code = program.currency
        self.fee = self._field(words("Fee"), code, own.fee, money(words, program.fee, code),
                               coin)  # fmt: skip
        self.cap = self._field(words("Expense cap"), code, own.expense_cap,
                               money(words, program.expense_cap, code), coin)  # fmt: skip
        for pair in ((self.target, self.quota), (self.fee, self.cap)):
            row = QHBoxLayout()
            column.addLayout(row)
            row.setSpacing(16)
            for field in pair:
                row.addWidget(OwnField(words, field), 1)

    def _field(
        self, label: str, unit: str, value: Decimal | int | None, program: str, allowed: Range
    ) -> NumberField:
        told = self.words("As the program: {what}", what=program)
        field = NumberField(self.words, label, unit, allowed=allowed, placeholder=told)
        field.control.setAccessibleDescription(told)
        field.show_value(value)
        return field

    @property
    def wrong(self) -> NumberField | None:
        """The first that cannot be kept."""
        fields = (self.target, self.quota, self.fee, self.cap)
        return next((field for field in fields if field.wrong), None)

    def terms(self) -> WaveTerms:
        quota = self.quota.value
        return WaveTerms(
            checklist_version_id=self.checklist.version_id,
            target=self.target.value,
            quota=None if quota is None else int(quota),
            fee=self.fee.value,
            expense_cap=self.cap.value,
        )


def _shown(words: Words, value: Decimal | None) -> str:
    return "–" if value is None else show_grouped(value, words.language)
