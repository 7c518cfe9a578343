"""The visit being filled, in memory: answers and notes, what they changed, undo, what is saved.

Every change goes one way: editor → ``Draft.change`` → undo stack → ``Draft.apply`` → ``Filling``
(answers) or the note's own field → ``Saver``. Undo and redo enter at ``apply``, so they are on
disk as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from auditor.domain.facts import Kept
from auditor.domain.obligations import Lacking, lacking
from auditor.domain.records import EvidenceRecord
from auditor.domain.suspicions import Inspector, Suspicion
from auditor.ui.capture.drafting.notes import BRIEFED, TRAY, Held, Note, NoteKind
from auditor.ui.capture.drafting.saver import Saver
from auditor.ui.capture.drafting.stopwatches import Run, Stopwatches
from auditor.ui.capture.drafting.undo import ChangeCommand
from forms.answers import Answer, Value
from forms.compiled import Item
from forms.filling import Effects, Filling
from forms.questions.base import Text, text_in
from forms.scorecard import QuestionScore, Scorecard

if TYPE_CHECKING:
    from auditor.services.open_visit import OpenVisit

#: Commands kept for undo; the oldest go first.
UNDO_LIMIT = 500


class Draft(QObject):
    """Signals: ``changed(key, effects)`` after each new answer; ``noted(note)`` after each new
    note; ``went_back(key)`` after undo or redo of either, to bring the place into view."""

    changed = Signal(object, object)
    noted = Signal(object)
    went_back = Signal(object)

    def __init__(
        self,
        visit: OpenVisit,
        filling: Filling,
        inspector: Inspector,
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
        self.facts = visit.facts
        self.tray = visit.tray
        self.kept = dict(visit.kept)
        self.briefing = visit.briefing
        self.rules = visit.rules
        self.elsewhere = dict(visit.elsewhere)
        self.last_visit = visit.last_visit
        self.inspector = inspector
        self.saver = saver
        running = visit.stopwatches if visit.writable else {}
        self.stopwatches = Stopwatches(running, visit.clock_moved, self._keep_mended, self)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        #: The check was opened: from now on what is wrong is said everywhere.
        self.checked = False
        #: It is on its way to the office: nothing changes until that has succeeded or failed.
        self.handing_in = False
        self._typing = 0
        self._told: dict[str, tuple[str, ...]] | None = None
        self._found: tuple[Suspicion, ...] | None = None
        self._score: Scorecard | None = None
        self._scores: dict[str, QuestionScore] = {}

    @property
    def may_change(self) -> bool:
        return self.writable and not self.handing_in

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
        doubted = {each.question for each in self.open_suspicions() if each.question is not None}
        items = [self.compiled.item(id) for id in {*self._checked(), *doubted}]
        items.sort(key=lambda item: item.index, reverse=back)
        if not items or after is None:
            return items[0].id if items else None
        here = self.compiled.item(after).index
        ahead = (item for item in items if (item.index < here if back else item.index > here))
        return next(ahead, items[0]).id

    def change(self, item: Item, answer: Answer, *, typing: bool = False) -> None:
        """The person gave ``answer``. ``typing`` merges with what was typed there just before."""
        old = self.answer(item)
        if not self.may_change or answer == old:
            return
        if not typing:
            self.end_typing()
        key = (item.id, 0)
        merge = self._typing if typing else None
        self._push(key, old, answer, merge)

    def _push(self, key: Held, old: Any, new: Any, merge: int | None) -> None:
        """A step of its own, or more of the last one. Not by Qt's own merging: PySide never lets
        go of a command that went into another, nor of the draft that it holds."""
        stack = self.undo_stack
        last = stack.command(stack.count() - 1) if stack.index() == stack.count() else None
        if merge is None or not isinstance(last, ChangeCommand) or not last.continues(key, merge):
            stack.push(ChangeCommand(self, key, old, new, merge))
            return
        last.go_on(new)
        if last.isObsolete():
            stack.undo()  # takes it off without undoing anything

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

    def add_evidence(
        self,
        place: Item | None,
        record: EvidenceRecord,
        elsewhere: tuple[str, ...] = (),
        batch: int = 1,
    ) -> None:
        """Show an attached file at an answer, or in the tray (None): on disk it is named there
        already. Files of one ``batch`` (1 …) that arrive one after another are one step to undo,
        and typing goes on in its own."""
        sha256 = record.sha256
        self.evidence[sha256] = record
        if elsewhere:
            self.elsewhere[sha256] = elsewhere
        if not self.writable:
            return
        if place is None:
            if sha256 not in self.tray:
                new = (*self.tray, sha256)
                self._push(TRAY, self.tray, new, -batch)
            return
        old = self.answer(place)
        if sha256 not in old.evidence:
            named = replace(old, evidence=(*old.evidence, sha256))
            self._push((place.id, 0), old, named, -batch)

    def mark_later(self, item: Item, on: bool) -> None:
        """The person wants to come back to it."""
        self.change(item, replace(self.answer(item), later=on))

    @property
    def marked(self) -> tuple[Item, ...]:
        """The visible items that are marked for later, in order."""
        answers = self.filling.answers.items()
        ids = [key[0] for key, answer in answers if answer.later]
        items = [item for id in ids if (item := self.compiled.find(id)) is not None]
        shown = [item for item in items if self.filling.relevant(item.id)]
        return tuple(sorted(shown, key=lambda item: item.index))

    # notes

    def note(self, note: Note) -> Any:
        """Its present value; see ``NoteKind``."""
        match note.kind:
            case NoteKind.FACTS:
                return self.facts
            case NoteKind.TRAY:
                return self.tray
            case NoteKind.CAPTION:
                return self.evidence_of(note.id).caption
            case NoteKind.TURN:
                return self.evidence_of(note.id).turn
            case NoteKind.KEPT:
                return self.kept.get(note.id)
            case NoteKind.BRIEFED:
                return self.briefing.read_at is not None
            case NoteKind.STOPWATCH:
                return self.stopwatches.run_of(note.id)

    def change_note(self, note: Note, value: Any, *, typing: bool = False) -> None:
        """The person changed a note. ``typing`` merges as with answers."""
        old = self.note(note)
        if not self.may_change or value == old:
            return
        if not typing:
            self.end_typing()
        merge = self._typing if typing else None
        self._push(note, old, value, merge)

    def _keep_mended(self, question: str, run: Run) -> None:
        """The clock of the computer was moved: that is no change to undo."""
        if self.writable:
            self.saver.put(Note(NoteKind.STOPWATCH, question), run)

    def acknowledge(self) -> None:
        """The briefing was read: that is not undone."""
        if self.may_change and self.briefing.read_at is None:
            self.apply(BRIEFED, True)

    @contextmanager
    def one_step(self, name: str = "") -> Iterator[None]:
        """What is changed inside is one step to undo."""
        self.end_typing()
        self.undo_stack.beginMacro(name)
        try:
            yield
        finally:
            self.undo_stack.endMacro()

    def move_file(self, sha256: str, source: Item | None, target: Item | None) -> None:
        """Take a file from one answer to another, one step to undo; None is the tray. It stands
        at its new place before it leaves the old one: a crash between loses nothing."""
        if source is target or not self.may_change:
            return
        with self.one_step():
            self._put_file(sha256, target)
            self._take_file(sha256, source)

    def _put_file(self, sha256: str, place: Item | None) -> None:
        if place is None:
            self.change_note(TRAY, (*(each for each in self.tray if each != sha256), sha256))
        elif sha256 not in self.answer(place).evidence:
            self.set_evidence(place, (*self.answer(place).evidence, sha256))

    def _take_file(self, sha256: str, place: Item | None) -> None:
        if place is None:
            self.change_note(TRAY, tuple(each for each in self.tray if each != sha256))
        else:
            kept = tuple(each for each in self.answer(place).evidence if each != sha256)
            self.set_evidence(place, kept)

    # taking changes

    def apply(self, key: Held, value: Any, *, typing: bool = False) -> None:
        """Take a change into the visit and on its way to the disk."""
        self._found = None
        if isinstance(key, Note):
            self._take_note(key, value)
            self.saver.put(key, value, soon=typing)
            self.noted.emit(key)
            return
        effects: Effects = self.filling.set(key, value)
        self._score = None
        self._told = None
        self.saver.put(key, value, soon=typing)
        self.changed.emit(key, effects)

    def _take_note(self, note: Note, value: Any) -> None:
        match note.kind:
            case NoteKind.FACTS:
                self.facts = value
            case NoteKind.TRAY:
                self.tray = value
            case NoteKind.CAPTION:
                self.evidence[note.id] = replace(self.evidence_of(note.id), caption=value)
            case NoteKind.TURN:
                self.evidence[note.id] = self.evidence_of(note.id).turned(value)
            case NoteKind.KEPT:
                self._take_kept(note.id, value)
            case NoteKind.BRIEFED:
                self.briefing = replace(self.briefing, read_at=datetime.now(UTC))
            case NoteKind.STOPWATCH:
                self.stopwatches.put(note.id, value)

    def _take_kept(self, key: str, kept: Kept | None) -> None:
        if kept is None:
            self.kept.pop(key, None)
        else:
            self.kept[key] = kept

    # what looks wrong

    def suspicions(self) -> tuple[Suspicion, ...]:
        """What does not fit together, in the checklist's order; see ``open_suspicions``."""
        if self._found is None:
            self._found = self.inspector.all(
                self.filling, self.facts, self.evidence, self.at, self.elsewhere,
                self.rules.windows,
            )  # fmt: skip
        return self._found

    def lacking(self) -> tuple[Lacking, ...]:
        """What the program asks for and is not there yet."""
        return tuple(lacking(self.rules, self.filling, self.facts, self.evidence))

    def open_suspicions(self) -> tuple[Suspicion, ...]:
        """Those that were not kept with a reason."""
        return tuple(each for each in self.suspicions() if not self.is_kept(each))

    def suspicions_of(self, item: Item) -> tuple[Suspicion, ...]:
        """Those that speak of ``item`` and were not kept with a reason; quick."""
        if self._found is not None:
            found = tuple(each for each in self._found if item.id in (each.question, each.other))
        else:
            found = self.inspector.of(
                item, self.filling, self.facts, self.evidence, self.at, self.elsewhere
            )
        return tuple(each for each in found if not self.is_kept(each))

    def is_kept(self, suspicion: Suspicion) -> bool:
        """The person left it as it is, and nothing that it speaks of has changed since."""
        kept = self.kept.get(suspicion.key)
        return kept is not None and kept.fingerprint == suspicion.fingerprint

    def keep(self, suspicion: Suspicion, reason: str) -> None:
        kept = Kept(suspicion.fingerprint, reason)
        self.change_note(Note(NoteKind.KEPT, suspicion.key), kept)

    def undo(self) -> None:
        self.end_typing()
        if self.may_change:
            self.undo_stack.undo()

    def redo(self) -> None:
        self.end_typing()
        if self.may_change:
            self.undo_stack.redo()


def _decimal(found: QuestionScore) -> Decimal:
    return Decimal(found.full.numerator) / Decimal(found.full.denominator)
