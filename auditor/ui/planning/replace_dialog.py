"""Another evaluator for all that one has still to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from auditor.domain.assignments import EvaluatorLoad
from auditor.domain.evaluators import EvaluatorRecord
from auditor.domain.planning import Clash
from auditor.ui.commands import planning
from auditor.ui.commands.acts import Act
from auditor.ui.commands.planning import Board
from auditor.ui.context import AppContext
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Labelled, Select
from auditor.ui.kit.text import Label
from auditor.ui.planning import phrases
from auditor.ui.planning.conflicts import ConflictDialog
from auditor.ui.planning.wave_dialogs import waves_select
from auditor.ui.programs.dialogs import foot
from auditor.ui.theme import Ink, Type
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.services.assignments import Choice, Replacing

NOBODY = 0
#: A name that is longer gives way to its code on the button.
LONG_NAME = 24


class ReplaceDialog(Dialog):
    """``done_(Act, who)``: "" where the visits have nobody now. Nothing is chosen that breaks a
    rule, or leaves the visits alone: who fits best stands first."""

    done_ = Signal(object, str)

    def __init__(
        self, context: AppContext, board: Board, load: EvaluatorLoad, parent: QWidget
    ) -> None:
        words = context.words
        super().__init__(words("Replace {code}", code=load.code), parent, width=520)
        self._context, self._board, self._load = context, board, load
        self._people: dict[int, EvaluatorRecord] = {}
        self._count, self._asked = 0, 0
        self.say(words("Every visit that is not begun goes to the other."))
        self.waves = waves_select(words, board)
        waves = Labelled(words("Waves"), self.waves)
        self.body.addWidget(waves)
        waves.setVisible(self.waves.count() > 1)
        self.by = Select()
        self.body.addWidget(Labelled(words("Goes to"), self.by))
        self.said = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        self.body.addWidget(self.said)
        self.yes = foot(self, context, words("Replace"))
        self.yes.clicked.connect(self._save)
        self.waves.currentIndexChanged.connect(self._read)
        self.by.currentIndexChanged.connect(self._look)
        self._read()
        self.by.setFocus()

    @property
    def _waves(self) -> list[int]:
        return [wave.id for wave in self._board.later[: self.waves.currentData()]]

    # who

    def _read(self, *_: object) -> None:
        self._asked += 1
        asked = self._asked
        self.by.setEnabled(False)
        self.yes.setEnabled(False)
        self.said.setText(self._context.words("Looking at everybody…"))

        def done(found: Replacing) -> None:
            if asked == self._asked:
                self._show(found)

        gone = self._load.evaluator_id
        planning.replacing(self._context, gone, self._waves, done, self._context.report_error)

    def _show(self, found: Replacing) -> None:
        words, held = self._context.words, self.by.currentData()
        self._count = found.visits
        self._people = {each.evaluator.id: each.evaluator for each in found.choices}
        best = found.choices[0] if found.choices else None
        self.by.blockSignals(True)
        self.by.clear()
        if best is None or best.conflicts:
            self.by.addItem(words("Choose who takes over"), None)
        for choice in found.choices:
            self.by.addItem(_line(words, choice), choice.evaluator.id)
        self.by.addItem(words("Nobody yet"), NOBODY)
        self.by.setCurrentIndex(max(0, self.by.findData(held)) if held is not None else 0)
        self.by.blockSignals(False)
        self.by.setEnabled(True)
        self.by.setFocus()
        self._look()

    def _look(self, *_: object) -> None:
        """The button says what will happen."""
        words, count, by = self._context.words, self._count, self.by.currentData()
        self.yes.setEnabled(by is not None and count > 0)
        said = ""
        if by == NOBODY:
            caption = words.plural("Leave {count} visit unassigned",
                                   "Leave {count} visits unassigned", count)  # fmt: skip
            said = words("They wait without an evaluator until you assign them.")
        elif by is None:
            caption = words("Replace")
            if self._people:
                said = words("Nobody fits without breaking a rule.")
        else:
            caption = words.plural("Give {count} visit to {name}", "Give {count} visits to {name}",
                                   count, name=_name(self._people[by]))  # fmt: skip
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.yes.set_caption(caption)

    # doing

    def _save(self) -> None:
        self._send(Clash.REFUSE)

    def _send(self, clash: Clash) -> None:
        self.yes.setEnabled(False)
        planning.replace_evaluator(self._context, self._load.evaluator_id,
                                   self.by.currentData() or None, self._waves, clash, self._done,
                                   self._refused)  # fmt: skip

    def _done(self, act: Act) -> None:
        by = self.by.currentData()
        self.accept()
        self.done_.emit(act, self._people[by].label if by else "")

    def _refused(self, error: Any) -> None:
        self.yes.setEnabled(True)
        if error.code == "conflicts":
            words = self._context.words
            asked = ConflictDialog(
                words, error.conflicts, words("Replace anyway"), self, release=True
            )
            asked.decided.connect(self._send)
            asked.open()
        else:
            self._context.report_error(error, self.yes)


def _line(words: Words, choice: Choice) -> str:
    """Who it is, and how well they fit: "EV-02 · Nguyễn An: fits, 3 visits in the wave"."""
    count = len(choice.conflicts)
    fits = words("fits")
    if count:
        fits = words.plural("{count} rule broken", "{count} rules broken", count)
    return words("{who}: {fits}, {visits} in the wave", who=choice.evaluator.label, fits=fits,
                 visits=phrases.visits(words, choice.load))  # fmt: skip


def _name(evaluator: EvaluatorRecord) -> str:
    name = evaluator.name.strip()
    return name if name and len(name) <= LONG_NAME else evaluator.code
