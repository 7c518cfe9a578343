"""What is done to a wave as a whole: planned, given out, changed, cancelled, brought in."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from auditor.domain.assignments import AssignmentFilter, EvaluatorLoad
from auditor.domain.visits import VisitStatus
from auditor.ui.commands import planning
from auditor.ui.commands.acts import Act
from auditor.ui.commands.planning import Board
from auditor.ui.kit.button import Button
from auditor.ui.planning import phrases
from auditor.ui.planning.deeds import Deeds
from auditor.ui.screen import Screen


class WaveActs(Screen):
    """A screen about the wave ``wave_id``; ``board`` is None until it is read. ``import_wanted()``:
    visits of the wave from a table."""

    import_wanted = Signal()

    wave_id: int
    board: Board | None
    deeds: Deeds
    more: Button

    def ticked_places(self) -> tuple[int, ...]:
        """The locations of the visits that are ticked."""
        return ()

    def listed(self) -> AssignmentFilter:
        """What the list shows."""
        return AssignmentFilter(wave=self.wave_id)

    def plan_visits(self) -> None:
        from auditor.ui.planning.plan_dialog import PlanDialog

        if self.board is not None:
            dialog = PlanDialog(self.context, self.board, self)
            dialog.done_.connect(self._planned)
            dialog.open()

    def _planned(self, act: Act) -> None:
        words = self.context.words
        text = words.plural("{count} visit is planned.", "{count} visits are planned.", act.value)
        self.deeds.did(act, text)

    def staff(self) -> None:
        from auditor.ui.planning.plan_dialog import StaffDialog

        if self.board is not None:
            dialog = StaffDialog(self.context, self.board, self)
            dialog.done_.connect(self._staffed)
            dialog.open()

    def _staffed(self, act: Act) -> None:
        text = self.context.words.plural(
            "{count} visit has its evaluator.", "{count} visits have their evaluators.", act.value
        )
        self.deeds.did(act, text)

    def _add(self) -> None:
        from auditor.ui.planning.wave_dialogs import AddVisitDialog

        if self.board is not None:
            dialog = AddVisitDialog(self.context, self.board, self)
            dialog.done_.connect(self._added)
            dialog.open()

    def _added(self, act: Act) -> None:
        self.deeds.did(act, self.context.words("{number} is added.", number=act.value.number))

    def _replace(self, load: EvaluatorLoad) -> None:
        from auditor.ui.planning.replace_dialog import ReplaceDialog

        if self.board is not None:
            dialog = ReplaceDialog(self.context, self.board, load, self)
            dialog.done_.connect(partial(self._replaced, load.code))
            dialog.open()

    def _replaced(self, gone: str, act: Act, by: str) -> None:
        words = self.context.words
        released = act.value.released if by else act.value.visits
        given = act.value.visits - released
        told = []
        if given or not released:
            visits = phrases.visits(words, given)
            told.append(words("{visits} of {gone} go to {by}.", visits=visits, gone=gone, by=by))
        if released:
            visits = phrases.visits(words, released)
            told.append(words("{gone}: {visits} now unassigned.", visits=visits, gone=gone))
        self.deeds.did(act, " ".join(told))

    def show_menu(self) -> None:
        menu = self.menu()
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        words = self.context.words
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        board = self.board
        nobody = board.count.unassigned if board else 0
        waiting = board.count.of(VisitStatus.PLANNED) if board else 0
        for text, slot, on in (
            (words("Assign unassigned visits…"), self.staff, nobody > 0),
            (words("Quota of the ticked locations…"), self.set_quota, bool(self.ticked_places())),
            (words("Change the wave…"), self.change_wave, True),
            (words("Import visits…"), self.import_visits, True),
            (words("Export the list…"), self.export_visits, True),
            (words("Cancel all that is not begun…"), self.cancel_wave, waiting > 0),
        ):
            action = menu.addAction(text)
            action.triggered.connect(slot)
            action.setEnabled(on)
        return menu

    def set_quota(self) -> None:
        from auditor.ui.planning.wave_dialogs import QuotaDialog

        dialog = QuotaDialog(self.context, self.wave_id, self.ticked_places(), self)
        dialog.done_.connect(self._quota_set)
        dialog.open()

    def _quota_set(self, act: Act) -> None:
        words, gone = self.context.words, act.value.visits
        text = words("The quota is kept.")
        if gone:
            text = words.plural("The quota is kept; {count} visit above it is cancelled.",
                                "The quota is kept; {count} visits above it are cancelled.",
                                gone)  # fmt: skip
        self.deeds.did(act, text)

    def change_wave(self) -> None:
        from auditor.ui.commands.studies import load

        self.context.ask(load, done=self._open_wave)

    def _open_wave(self, studies: Any) -> None:
        from auditor.ui.programs.dialogs import WaveDialog

        board = self.board
        if board is None or board.program is None:
            return
        planned = board.count.of(VisitStatus.PLANNED)
        dialog = WaveDialog(self.context, board.program, board.wave, studies.checklists, self,
                            planned=planned)  # fmt: skip
        dialog.kept.connect(self._wave_kept)
        dialog.open()

    def _wave_kept(self, act: Act) -> None:
        self.deeds.did(act, phrases.kept_wave(self.context.words, act.value))

    def cancel_wave(self) -> None:
        from auditor.ui.planning.move_dialogs import ReasonDialog

        board, words = self.board, self.context.words
        if board is None or board.wave is None:
            return
        count = board.count.of(VisitStatus.PLANNED)
        dialog = ReasonDialog(
            self.context, words("Cancel the wave {name}", name=board.wave.name),
            words("What has begun goes on; what is not begun is not made any more."),
            words.plural("Cancel {count} visit", "Cancel {count} visits", count), self,
        )  # fmt: skip
        dialog.given.connect(partial(self._cancel_wave, dialog))
        dialog.open()

    def _cancel_wave(self, dialog: Any, reason: str) -> None:
        def done(act: Act) -> None:
            dialog.accept()
            words, count = self.context.words, act.value.visits
            text = words.plural("{count} visit is cancelled.", "{count} visits are cancelled.",
                                count)  # fmt: skip
            self.deeds.did(act, text)

        def failed(error: Any) -> None:
            dialog.refuse(self.context.sentence(error))

        planning.cancel_wave(self.context, self.wave_id, reason, done, failed)

    def import_visits(self) -> None:
        if self.board is not None and self.board.wave is not None:
            self.import_wanted.emit()

    def export_visits(self) -> None:
        from auditor.ui.planning.exchange import export_visits

        export_visits(self, self.listed())
