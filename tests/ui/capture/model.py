"""A visit as plain data: what each thing a person does must come to.

Nothing is kept but answers, tray, stopwatches and the steps that can be undone; progress, score and
what is hidden are worked out from scratch each time they are asked for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime

from auditor.ui.capture.cards.groups import groups_of
from forms.answers import UNANSWERED, Answer, Expectation
from forms.answers_json import value_to_json
from forms.compiled import CompiledChecklist, Item
from forms.filling import Filling

#: What a step changes: the answer to an item, the tray, or whether the stopwatch of an item runs.
TRAY = ""
WATCH = "stopwatch of "
Row = tuple[str | None, bool, str, list[str], bool]


@dataclass
class Model:
    compiled: CompiledChecklist
    at: datetime
    answers: dict[str, Answer] = field(default_factory=dict)
    tray: tuple[str, ...] = ()
    running: frozenset[str] = frozenset()
    done: list[list[tuple[str, object, object]]] = field(default_factory=list)
    undone: list[list[tuple[str, object, object]]] = field(default_factory=list)

    def answer(self, item: Item) -> Answer:
        return self.answers.get(item.id, UNANSWERED)

    def filling(self) -> Filling:
        return Filling(self.compiled, {(id, 0): a for id, a in self.answers.items()}, self.at)

    # changing

    def change(self, item: Item, **what: object) -> None:
        """One step, unless nothing changes."""
        new = replace(self.answer(item), **what)  # type: ignore[arg-type]
        if new != self.answer(item):
            self.step((item.id, new))

    def step(self, *changes: tuple[str, object]) -> None:
        self.done.append([(slot, self._get(slot), new) for slot, new in changes])
        self.undone.clear()
        for slot, new in changes:
            self._put(slot, new)

    def undo(self) -> str | None:
        """The slot that was changed first, last of all put back; None: there was nothing."""
        if not self.done:
            return None
        step = self.done.pop()
        self.undone.append(step)
        for slot, old, _ in reversed(step):
            self._put(slot, old)
        return step[0][0]

    def redo(self) -> str | None:
        if not self.undone:
            return None
        step = self.undone.pop()
        self.done.append(step)
        for slot, _, new in step:
            self._put(slot, new)
        return step[-1][0]

    def forget_steps(self) -> None:
        """The visit is opened anew: there is nothing to undo."""
        self.done.clear()
        self.undone.clear()

    def _get(self, slot: str) -> object:
        if slot.startswith(WATCH):
            return slot.removeprefix(WATCH) in self.running
        return self.tray if slot == TRAY else self.answers.get(slot, UNANSWERED)

    def _put(self, slot: str, value: object) -> None:
        if slot == TRAY:
            assert isinstance(value, tuple)
            self.tray = value
            return
        if slot.startswith(WATCH):
            own = frozenset({slot.removeprefix(WATCH)})
            self.running = self.running | own if value else self.running - own
            return
        assert isinstance(value, Answer)
        self.answers[slot] = value
        if value.blank:
            del self.answers[slot]

    # what a person does

    def pick(self, item: Item, digit: int, *, found: bool = False) -> None:
        """A digit on the card; ``found`` is the second row of an expectation pair."""
        if item.choices:
            real = [choice.id for choice in item.choices if not choice.na]
            place = digit or 10
            if place <= len(real):
                self.choose(item, real[place - 1])
            return
        scale = getattr(item.kind, "scale", item.kind)
        low, high = scale.low, scale.high
        value = digit if low <= digit <= high else None
        if value is None and digit == 0 and high - low + 1 >= 10:
            value = low + 9
        if value is None:
            return
        if item.question.type == "expectation":
            pair = self.answer(item).value or Expectation()
            value = replace(pair, **{"perceived" if found else "expected": value})
        self.change(item, value=value, not_applicable=False)

    def choose(self, item: Item, choice: str) -> None:
        """One of several toggles; an exclusive one, and N/A, stand alone."""
        if item.question.type != "choices":
            self.change(item, value=choice, not_applicable=False)
            return
        before = self.answer(item).value or ()
        assert isinstance(before, tuple)
        alone = {c.id for c in item.choices if c.exclusive or c.na}
        if choice in before:
            kept = set(before) - {choice}
        elif choice in alone:
            kept = {choice}
        else:
            kept = set(before) - alone | {choice}
        order = tuple(c.id for c in item.choices if c.id in kept)
        self.change(item, value=order or None, not_applicable=False)

    def say_na(self, item: Item) -> None:
        """N."""
        own = next((choice.id for choice in item.choices if choice.na), None)
        if own is not None:
            self.choose(item, own)
        elif item.allow_na:
            on = not self.answer(item).not_applicable
            self.change(item, value=None, not_applicable=on)

    def clear(self, item: Item) -> None:
        """Backspace: comment and evidence stay; a stopwatch that runs goes in the same step."""
        if item.id in self.running:
            new = replace(self.answer(item), value=None, not_applicable=False)
            changed = [(item.id, new)] if new != self.answer(item) else []
            self.step(*changed, (WATCH + item.id, False))
        else:
            self.change(item, value=None, not_applicable=False)

    def turn_watch(self, item: Item, seconds: int | None) -> None:
        """T: it starts (None), or stops with so many seconds."""
        if seconds is None:
            self.step((WATCH + item.id, True))
            return
        new = replace(self.answer(item), value=seconds, not_applicable=False)
        changed = [(item.id, new)] if new != self.answer(item) else []
        self.step(*changed, (WATCH + item.id, False))

    def move(self, sha256: str, source: Item | None, target: Item | None) -> None:
        """A file from one answer to another, None is the tray: one step."""
        self.step(self._with(target, sha256), self._without(source, sha256))

    def _with(self, place: Item | None, sha256: str) -> tuple[str, object]:
        if place is None:
            return TRAY, (*(each for each in self.tray if each != sha256), sha256)
        answer = self.answer(place)
        new = (*(each for each in answer.evidence if each != sha256), sha256)
        return place.id, replace(answer, evidence=new)

    def _without(self, place: Item | None, sha256: str) -> tuple[str, object]:
        if place is None:
            return TRAY, tuple(each for each in self.tray if each != sha256)
        answer = self.answer(place)
        kept = tuple(each for each in answer.evidence if each != sha256)
        return place.id, replace(answer, evidence=kept)

    # what must be seen

    def rows(self) -> dict[str, Row]:
        """The rows of the table of answers."""
        return {
            id: (
                None if answer.value is None else value_to_json(answer.value),
                answer.not_applicable,
                answer.comment,
                list(answer.evidence),
                answer.later,
            )
            for id, answer in self.answers.items()
        }

    def cards(self, section: str) -> list[str]:
        """The questions that a section shows, top down, notes included."""
        filling = self.filling()
        return [g.id for g in groups_of(self.compiled, section) if g.visible(filling)]

    def sections(self) -> list[str]:
        filling = self.filling()
        every = self.compiled.checklist.sections
        return [each.id for each in every if filling.section_relevant(each.id)]


def stored_rows(found: list[tuple[object, ...]]) -> dict[str, Row]:
    """Rows of ``SELECT question, value, not_applicable, comment, evidence, later``."""
    return {
        str(id): (value, bool(na), str(said), json.loads(str(files)), bool(later))  # type: ignore[misc]
        for id, value, na, said, files, later in found
    }
