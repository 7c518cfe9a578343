"""Other days for visits; cancelling them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.domain.assignments import AssignmentRecord
from auditor.domain.visits import VisitStatus
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.commands import planning
from auditor.ui.commands.acts import Act
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Labelled
from auditor.ui.kit.segmented import Segmented
from auditor.ui.planning import phrases
from auditor.ui.planning.conflicts import ConflictDialog
from auditor.ui.planning.deeds import who
from auditor.ui.programs.dialogs import day_field, foot, read_field
from auditor.ui.programs.number import NumberField, Range

if TYPE_CHECKING:
    from auditor.services.assignments import Days

SHIFT, SET = range(2)
MOST_DAYS = 366


class RescheduleDialog(Dialog):
    """``done_(Act)`` once it is on disk. One visit is set to days; several are moved by days, or
    set to the same ones."""

    done_ = Signal(object)

    def __init__(
        self, context: AppContext, records: Sequence[AssignmentRecord], parent: QWidget
    ) -> None:
        words = context.words
        super().__init__(
            words("Reschedule {visits}", visits=who(words, records)), parent, width=520
        )
        self._context, self._ids = context, phrases.ids(records)
        self.way = Segmented(
            [words("Move by days"), words("Set the days")], words("Which way"), stretch=True,
            chosen=SET if len(records) == 1 else SHIFT,
        )  # fmt: skip
        self.way.changed.connect(self._turn)
        self.body.addWidget(self.way)
        self.way.setVisible(len(records) > 1)
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack)
        self._stack.addWidget(self._shift_page())
        self._stack.addWidget(self._days_page(records[0] if len(records) == 1 else None))
        self.yes = foot(self, context, words("Reschedule"))
        self.yes.clicked.connect(self._save)
        self._turn(self.way.index)

    def _shift_page(self) -> QWidget:
        words = self._context.words
        self.by = NumberField(
            words, words("Later by"), words("days"),
            words("A minus moves them earlier. All their days move."),
            allowed=Range(-MOST_DAYS, MOST_DAYS, blank=False),
        )  # fmt: skip
        self.by.show_value(7)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.by)
        column.addStretch(1)
        return page

    def _days_page(self, record: AssignmentRecord | None) -> QWidget:
        words = self._context.words
        known = (record.planned_for, record.not_before, record.due) if record else (None,) * 3
        self.planned = day_field(words, words("Planned day"), known[0])
        self.earliest = day_field(words, words("Not before"), known[1])
        self.due = day_field(words, words("Deadline"), known[2])
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for field in (self.planned, self.earliest, self.due):
            column = QVBoxLayout()
            row.addLayout(column)
            column.addWidget(field)
            column.addStretch(1)
        return page

    def _turn(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        first = self.by.control if index == SHIFT else self.planned.edit
        first.setFocus()
        first.selectAll()

    def _save(self) -> None:
        self._send(anyway=False)

    def _send(self, *, anyway: bool) -> None:
        context, ids = self._context, self._ids
        if self.way.index == SHIFT:
            if self.by.wrong:
                self.by.control.setFocus()
                return
            days = int(self.by.value or 0)
            self.yes.setEnabled(False)
            planning.shift(context, ids, days, anyway=anyway, done=self._done,
                           failed=self._refused)  # fmt: skip
            return
        when = self._days()
        if when is not None:
            self.yes.setEnabled(False)
            planning.reschedule(context, ids, when, anyway=anyway, done=self._done,
                                failed=self._refused)  # fmt: skip

    def _days(self) -> Days | None:
        found: list[date | None] = []
        for field in (self.planned, self.earliest, self.due):
            day, right = read_field(self._context.words, field)
            if not right:
                field.edit.setFocus()
                return None
            found.append(day)
        if not any(found):
            said = self._context.words("Type at least one day.")
            self.planned.set_error(said)
            return None
        from auditor.services.assignments import Days

        return Days(*found)

    def _done(self, act: Act) -> None:
        self.accept()
        self.done_.emit(act)

    def _refused(self, error: Any) -> None:
        self.yes.setEnabled(True)
        if error.code == "conflicts":
            words = self._context.words
            asked = ConflictDialog(words, error.conflicts, words("Reschedule anyway"), self)
            asked.decided.connect(self._anyway)
            asked.open()
            return
        beside = self.by if self.way.index == SHIFT else self.due
        beside.set_error(self._context.sentence(error))

    def _anyway(self, _clash: object) -> None:
        self._send(anyway=True)


class ReasonDialog(Dialog):
    """Asks why; ``given(reason)`` when there is one."""

    given = Signal(str)

    def __init__(
        self, context: AppContext, title: str, text: str, verb: str, parent: QWidget
    ) -> None:
        words = context.words
        super().__init__(title, parent, width=480)
        self._words = words
        self.say(text)
        self.reason = TextInput(words("Reason"), lines=3, most=3, parent=self)
        self.field = Labelled(words("Reason"), self.reason, words(
            "Stays with the visits; the office reads it."))  # fmt: skip
        self.body.addWidget(self.field)
        no = self.add_button(Button(words("Back"), hint="Esc"))
        no.clicked.connect(self.reject)
        self.yes = self.add_button(Button(verb, Kind.DANGER))
        self.yes.clicked.connect(self._give)
        self.reason.setFocus()

    def _give(self) -> None:
        self.reason.commit_input()
        reason = self.reason.text().strip()
        if not reason:
            self.field.set_error(self._words("Say why. It stays with the visits."))
            self.reason.setFocus()
            return
        self.yes.setEnabled(False)
        self.given.emit(reason)

    def refuse(self, sentence: str) -> None:
        self.yes.setEnabled(True)
        self.field.set_error(sentence)


class CancelDialog(ReasonDialog):
    """``done_(Act)`` once they are cancelled."""

    done_ = Signal(object)

    def __init__(
        self, context: AppContext, records: Sequence[AssignmentRecord], parent: QWidget
    ) -> None:
        words = context.words
        begun = sum(1 for record in records if record.status is not VisitStatus.PLANNED)
        text = words("They are not made any more; their numbers are not given again.")
        if begun:
            text += " " + words.plural(
                "{count} of them has begun: its answers stay, and are not scored.",
                "{count} of them have begun: their answers stay, and are not scored.", begun,
            )  # fmt: skip
        verb = words.plural("Cancel {count} visit", "Cancel {count} visits", len(records))
        title = words("Cancel {visits}", visits=who(words, records))
        super().__init__(context, title, text, verb, parent)
        self._context, self._ids = context, phrases.ids(records)
        self.given.connect(self._send)

    def _send(self, reason: str) -> None:
        planning.cancel(self._context, self._ids, reason, self._done, self._refused)

    def _done(self, act: Act) -> None:
        self.accept()
        self.done_.emit(act)

    def _refused(self, error: Any) -> None:
        self.refuse(self._context.sentence(error))
