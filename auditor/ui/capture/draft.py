"""The visit being filled, in memory: its answers, what they changed, undo, and what is saved.

Every change goes one way: editor → ``Draft.change`` → undo stack → ``Draft.apply`` → ``Filling``
→ ``Saver``. Undo and redo enter at ``apply``, so they are on disk as well.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from auditor.domain.records import EvidenceRecord
from auditor.ui.capture.saver import Saver
from auditor.ui.capture.undo import AnswerCommand
from forms.answers import Answer, AnswerKey, Value
from forms.compiled import Item
from forms.filling import Effects, Filling
from forms.questions.base import Text, text_in
from forms.scorecard import QuestionScore, Scorecard

if TYPE_CHECKING:
    from auditor.services.visits import OpenVisit

#: Commands kept for undo; the oldest go first.
UNDO_LIMIT = 500


class Draft(QObject):
    """Signals: ``changed(key, effects)`` after each new answer; ``went_back(key)`` after undo or
    redo, to bring the place into view."""

    changed = Signal(object, object)
    went_back = Signal(object)

    def __init__(
        self,
        visit: OpenVisit,
        filling: Filling,
        saver: Saver,
        language: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.record = visit.record
        self.compiled = visit.compiled
        self.filling = filling
        self.evidence = dict(visit.evidence)
        self.at = visit.at
        self.writable = visit.writable
        self.language = language
        self.saver = saver
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        #: The check was opened: from now on what is wrong is said everywhere.
        self.checked = False
        self._typing = 0
        self._told: dict[str, tuple[str, ...]] | None = None
        self._score: Scorecard | None = None
        self._scores: dict[str, QuestionScore] = {}

    def text(self, text: Text | None) -> str:
        """``text`` in the person's language, else in one that the checklist has."""
        return text_in(text, self.language, self.compiled.checklist.languages)

    def answer(self, item: Item) -> Answer:
        return self.filling.answer(item.id)

    def score(self) -> Scorecard:
        """The running score after the latest change (as submitted, once it is)."""
        if self._score is None:
            self._score = self.filling.score(final=not self.writable)
            self._scores = {found.id: found for found in self._score.questions}
        return self._score

    def points(self, item: Item) -> Decimal | None:
        """What the question can give, weight applied; None when it is not scored."""
        self.score()
        found = self._scores.get(item.id)
        return None if found is None or not found.full else _decimal(found)

    def checked_sentences(self, item: Item) -> tuple[str, ...]:
        """What the check before submit says of ``item``, required and blank included."""
        return self._checked().get(item.id, ())

    def _checked(self) -> dict[str, tuple[str, ...]]:
        if self._told is None:
            told: dict[str, tuple[str, ...]] = {}
            for problem in self.filling.problems():
                where = problem.where.question
                if where is not None:
                    told[where] = (*told.get(where, ()), problem.text(self.language))
            self._told = told
        return self._told

    def next_open(self, after: str | None, *, back: bool = False) -> str | None:
        """The next unanswered item (see ``Filling``); when all are answered and the check was
        opened, the next one that it speaks of."""
        found = self.filling.next_unanswered(after, back=back)
        if found is not None or not self.checked:
            return found
        items = [self.compiled.item(id) for id in self._checked()]
        items.sort(key=lambda item: item.index, reverse=back)
        if not items or after is None:
            return items[0].id if items else None
        here = self.compiled.item(after).index
        ahead = (item for item in items if (item.index < here if back else item.index > here))
        return next(ahead, items[0]).id

    def change(self, item: Item, answer: Answer, *, typing: bool = False) -> None:
        """The person gave ``answer``. ``typing`` merges with what was typed there just before."""
        old = self.answer(item)
        if not self.writable or answer == old:
            return
        if not typing:
            self.end_typing()
        key = (item.id, 0)
        merge = self._typing if typing else None
        self.undo_stack.push(AnswerCommand(self, key, old, answer, merge))

    def end_typing(self) -> None:
        """What is typed from now on is a step of its own to undo."""
        self._typing += 1

    def set_value(self, item: Item, value: Value | None, *, typing: bool = False) -> None:
        answer = replace(self.answer(item), value=value, not_applicable=False)
        self.change(item, answer, typing=typing)

    def set_not_applicable(self, item: Item, on: bool) -> None:
        self.change(item, replace(self.answer(item), value=None, not_applicable=on))

    def clear(self, item: Item) -> None:
        """No value and not N/A; comment and evidence stay."""
        self.change(item, replace(self.answer(item), value=None, not_applicable=False))

    def set_comment(self, item: Item, comment: str) -> None:
        self.change(item, replace(self.answer(item), comment=comment), typing=True)

    def set_evidence(self, item: Item, evidence: tuple[str, ...]) -> None:
        self.change(item, replace(self.answer(item), evidence=evidence))

    def evidence_of(self, sha256: str) -> EvidenceRecord:
        """The file that an answer names; a record of a missing one where the visit has none."""
        lost = EvidenceRecord(sha256, "photo", "", 0, sha256[:8], "", missing=True)
        return self.evidence.get(sha256, lost)

    def local_now(self) -> datetime:
        """Now, where the visit takes place (naive)."""
        try:
            zone = ZoneInfo(self.record.zone)
        except (ZoneInfoNotFoundError, ValueError):
            return datetime.now()  # noqa: DTZ005 - the wall clock of this machine
        return datetime.now(zone).replace(tzinfo=None)

    def add_evidence(self, item: Item, record: EvidenceRecord) -> None:
        """Name an attached file in the answer. Its row is on disk already."""
        self.evidence[record.sha256] = record
        kept = self.answer(item).evidence
        if record.sha256 not in kept:
            self.set_evidence(item, (*kept, record.sha256))

    def apply(self, key: AnswerKey, answer: Answer, *, typing: bool = False) -> None:
        """Take ``answer`` into the visit and on its way to the disk."""
        effects: Effects = self.filling.set(key, answer)
        self._score = None
        self._told = None
        self.saver.put(key, answer, soon=typing)
        self.changed.emit(key, effects)

    def undo(self) -> None:
        self.end_typing()
        self.undo_stack.undo()

    def redo(self) -> None:
        self.end_typing()
        self.undo_stack.redo()


def _decimal(found: QuestionScore) -> Decimal:
    return Decimal(found.full.numerator) / Decimal(found.full.denominator)
