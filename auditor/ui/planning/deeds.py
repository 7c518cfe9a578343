"""What is done to visits that are planned, from wherever they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from auditor.domain.assignments import AssignmentRecord
from auditor.domain.visits import VisitStatus
from auditor.ui.commands.acts import Act
from auditor.ui.context import AppContext
from auditor.ui.planning import phrases
from auditor.ui.undo import undo_of

#: Statuses that a visit can still be cancelled in.
CANCELLABLE = frozenset({VisitStatus.PLANNED, VisitStatus.DRAFT})


class Deeds(QObject):
    """Opens the dialogs and tells what was done; ``host`` is the screen."""

    def __init__(self, context: AppContext, host: QWidget) -> None:
        super().__init__(host)
        self.context, self.words, self._host = context, context.words, host
        self.undo = undo_of(context)

    def assign(self, records: Sequence[AssignmentRecord]) -> None:
        from auditor.ui.planning.assign_dialog import AssignDialog

        open_ = self._only(records, frozenset({VisitStatus.PLANNED}))
        if open_:
            dialog = AssignDialog(self.context, open_, self._host)
            dialog.done_.connect(partial(self._assigned, len(open_)))
            dialog.open()

    def reschedule(self, records: Sequence[AssignmentRecord]) -> None:
        from auditor.ui.planning.move_dialogs import RescheduleDialog

        open_ = self._only(records, frozenset({VisitStatus.PLANNED}))
        if open_:
            dialog = RescheduleDialog(self.context, open_, self._host)
            dialog.done_.connect(partial(self._rescheduled, len(open_)))
            dialog.open()

    def cancel(self, records: Sequence[AssignmentRecord]) -> None:
        from auditor.ui.planning.move_dialogs import CancelDialog

        open_ = self._only(records, CANCELLABLE)
        if open_:
            dialog = CancelDialog(self.context, open_, self._host)
            dialog.done_.connect(partial(self._cancelled, len(open_)))
            dialog.open()

    def change(self, record: AssignmentRecord) -> None:
        from auditor.ui.planning.visit_form import VisitForm

        dialog = VisitForm(self.context, record, self._host)
        dialog.done_.connect(partial(self._changed, record.number))
        dialog.open()

    def _only(
        self, records: Sequence[AssignmentRecord], statuses: frozenset[VisitStatus]
    ) -> tuple[AssignmentRecord, ...]:
        """Those that it can be done to; where there are none it is said why."""
        found = tuple(record for record in records if record.status in statuses)
        if records and not found:
            self._say(self.words("These visits have begun, or are cancelled: nothing to change."))
        return found

    def _say(self, text: str) -> None:
        self.undo.did(Act(None), text, self._host)

    def did(self, act: Act, text: str) -> None:
        self.undo.did(act, text, self._host)

    def _assigned(self, count: int, act: Act, evaluator: str) -> None:
        words = self.words
        text = words.plural(
            "{count} visit is given to {evaluator}.", "{count} visits are given to {evaluator}.",
            count, evaluator=evaluator) if evaluator else words.plural(
            "{count} visit is now unassigned.", "{count} visits are now unassigned.",
            count)  # fmt: skip
        self.did(act, text)

    def _rescheduled(self, count: int, act: Act) -> None:
        text = self.words.plural("{count} visit is moved.", "{count} visits are moved.", count)
        self.did(act, text)

    def _cancelled(self, count: int, act: Act) -> None:
        text = self.words.plural(
            "{count} visit is cancelled.", "{count} visits are cancelled.", count
        )
        self.did(act, text)

    def _changed(self, number: str, act: Act) -> None:
        self.did(act, self.words("{number} is changed.", number=number))


def who(words: Any, records: Sequence[AssignmentRecord]) -> str:
    """Which visits a dialog is about: "V-0142 · Lê Lợi", "12 visits"."""
    if len(records) == 1:
        return f"{records[0].number} · {records[0].location}"
    return phrases.visits(words, len(records))
