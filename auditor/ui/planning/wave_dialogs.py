"""One more visit by hand; another evaluator for all that one has to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.planning import Clash
from auditor.ui.commands import planning
from auditor.ui.commands.acts import Act
from auditor.ui.commands.planning import Board
from auditor.ui.context import AppContext
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Labelled, Select
from auditor.ui.kit.text import Label
from auditor.ui.planning.conflicts import ConflictDialog
from auditor.ui.planning.places_picker import LocationTable
from auditor.ui.programs.dialogs import day_field, foot, read_field
from auditor.ui.programs.number import NumberField, Range
from auditor.ui.programs.rules import QUOTA
from auditor.ui.theme import Ink, Type
from auditor.words import Words


class AddVisitDialog(Dialog):
    """``done_(Act)`` once it is on disk; its value is the AssignmentRecord."""

    done_ = Signal(object)

    def __init__(self, context: AppContext, board: Board, parent: QWidget) -> None:
        words = context.words
        super().__init__(words("Add a visit"), parent, width=560)
        self._context, self._board = context, board
        client = board.program.client_id if board.program else 0
        self.places = LocationTable(context, client, ticks=False)
        self.places.changed.connect(self._look)
        self.places.read()
        self.body.addWidget(self.places, 1)
        row = QHBoxLayout()
        self.body.addLayout(row)
        row.setSpacing(12)
        self.day = day_field(words, words("Planned day"), None)
        self.due = day_field(words, words("Deadline"), board.wave.ends_on if board.wave else None)
        self.evaluator = evaluator_select(context, board)
        row.addWidget(self.day, 2)
        row.addWidget(self.due, 2)
        row.addWidget(Labelled(words("Evaluator"), self.evaluator), 3)
        self.said = Label("", Type.HELP, Ink.DANGER, wrap=True)
        self.said.hide()
        self.body.addWidget(self.said)
        self.yes = foot(self, context, words("Add the visit"))
        self.yes.clicked.connect(self._save)
        self._look()
        self.places.search.setFocus()

    def _look(self) -> None:
        self.yes.setEnabled(self.places.table.record is not None)

    def _save(self) -> None:
        self._send(anyway=False)

    def _anyway(self, _clash: Clash) -> None:
        self._send(anyway=True)

    def _send(self, *, anyway: bool) -> None:
        from auditor.services.assignments import Days

        place, wave = self.places.table.record, self._board.wave
        days = []
        for field in (self.day, self.due):
            day, right = read_field(self._context.words, field)
            if not right:
                field.edit.setFocus()
                return
            days.append(day)
        if place is None or wave is None:
            return
        self.yes.setEnabled(False)
        planning.add(
            self._context, wave.id, place.id, Days(days[0], None, days[1]),
            self.evaluator.currentData(), anyway=anyway, done=self._done, failed=self._refused,
        )  # fmt: skip

    def _done(self, act: Act) -> None:
        self.accept()
        self.done_.emit(act)

    def _refused(self, error: Any) -> None:
        self.yes.setEnabled(True)
        if error.code == "conflicts":
            words = self._context.words
            asked = ConflictDialog(words, error.conflicts, words("Add it anyway"), self)
            asked.decided.connect(self._anyway)
            asked.open()
        else:
            self.said.setText(self._context.sentence(error))
            self.said.show()


class QuotaDialog(Dialog):
    """How many visits some locations get in a wave. ``done_(Act)`` once it is on disk."""

    done_ = Signal(object)

    def __init__(
        self, context: AppContext, wave_id: int, places: Sequence[int], parent: QWidget
    ) -> None:
        words = context.words
        title = words.plural("Quota of {count} location", "Quota of {count} locations", len(places))
        super().__init__(title, parent)
        self._context, self._wave, self._places = context, wave_id, places
        self.quota = NumberField(words, words("Quota"), words("visits"), words(
            "In this wave. Blank: as the wave. What is planned above it and not begun is "
            "cancelled; planning again fills up."), allowed=Range(0, QUOTA))  # fmt: skip
        self.body.addWidget(self.quota)
        self.yes = foot(self, context, words("Save"))
        self.yes.clicked.connect(self._save)
        self.quota.control.setFocus()

    def _save(self) -> None:
        if self.quota.wrong:
            self.quota.control.setFocus()
            return
        value = self.quota.value
        self.yes.setEnabled(False)
        quota = None if value is None else int(value)
        planning.set_quota(
            self._context, self._wave, quota, self._places, self._done, self._refused
        )

    def _done(self, act: Act) -> None:
        self.accept()
        self.done_.emit(act)

    def _refused(self, error: Any) -> None:
        self.yes.setEnabled(True)
        self.quota.set_error(self._context.sentence(error))


def waves_select(words: Words, board: Board) -> Select:
    """How many waves from that of the board on: it alone, or all of them."""
    select, later = Select(), board.later
    select.addItem(words("This wave alone"), 1)
    if len(later) > 1:
        said = words("All {count} waves from this to {last}", count=len(later),
                     last=later[-1].name)  # fmt: skip
        select.addItem(said, len(later))
    return select


def evaluator_select(context: AppContext, board: Board, without: int = 0) -> Select:
    """Nobody yet, or one who is active."""
    select = Select()
    select.addItem(context.words("Nobody yet"), None)
    for each in board.evaluators:
        if each.id != without:
            select.addItem(each.label, each.id)
    return select
