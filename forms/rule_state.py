"""The rules of one visit in their present state, brought up to date answer by answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from forms.answers import Answer, Answers
from forms.expressions import dates
from forms.expressions.compiler import DOT, FIRST, RunBoolean, Slots
from forms.expressions.pattern import watching
from forms.expressions.values import HIDDEN, Value, blank
from forms.problems import Problem, Where

if TYPE_CHECKING:
    from forms.compiled import Item
    from forms.rules import Rules

#: What ``${id}`` reads of an answer, N/A included; '' when blank.
Reader: TypeAlias = Callable[[Answer], Value]


@dataclass(frozen=True, slots=True)
class Effects:
    """What one new answer changed besides itself, as ids of items in the checklist's order.

    ``rechecked`` are those whose constraint or required expression looks at what changed: their
    problems may be others now.
    """

    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    recalculated: tuple[str, ...] = ()
    rechecked: tuple[str, ...] = ()


NO_EFFECTS = Effects()


class Relevance:
    """``relevant`` of a question (all rows of a matrix) or of a section."""

    __slots__ = ("items", "section", "test")

    def __init__(self, test: RunBoolean, items: tuple[int, ...], section: str | None) -> None:
        self.test = test
        self.items = items
        self.section = section

    def apply(self, state: RuleState) -> Iterable[int]:
        """The items whose value changed by it."""
        hide = not self.test(state.slots)
        if hide == (self in state.hiding):
            return ()
        if hide:
            state.hiding.add(self)
        else:
            state.hiding.remove(self)
        return state.toggle(self.items, 1 if hide else -1)


class Calculation:
    """``calculation`` of one item; NaN is kept as blank."""

    __slots__ = ("item", "run")

    def __init__(self, run: Callable[[Slots], Value], item: int) -> None:
        self.run = run
        self.item = item

    def apply(self, state: RuleState) -> Iterable[int]:
        value = self.run(state.slots)
        return state.put(self.item, "" if blank(value) else value)


class Requirement:
    """A ``required`` expression of one item."""

    __slots__ = ("id", "item", "test")

    def __init__(self, test: RunBoolean, item: int, id: str) -> None:
        self.test = test
        self.item = item
        self.id = id

    def apply(self, state: RuleState) -> Iterable[int]:
        if self.test(state.slots) != (self.id in state.demanded):
            state.demanded ^= {self.id}
            state.rechecked.add(self.item)
        return ()


Rule: TypeAlias = Relevance | Calculation | Requirement


class RuleState:
    """What the rules of ``rules`` make of ``answers``. ``at`` is the visit's start, local time.

    Answers to ids that are no items are not looked at; values of a wrong type read as they can.
    """

    def __init__(self, rules: Rules, answers: Answers, at: datetime) -> None:
        self._rules = rules
        self._values: list[Value] = [""] * len(rules.items)
        for (id, instance), answer in answers.items():
            place = rules.places.get(id) if instance == 0 else None
            if place is not None:
                self._values[place] = rules.readers[place](answer)
        self.slots: Slots = ["", dates.today(at), dates.now(at), *self._values]
        self._reasons = [0] * len(rules.items)
        self._hidden: set[str] = set()
        self._frozen_hidden: frozenset[str] | None = None
        self._before: dict[int, bool] = {}
        self._recalculated: set[int] = set()
        self.hiding: set[Relevance] = set()
        self.demanded: set[str] = set(rules.always_required)
        self.rechecked: set[int] = set()
        for rule in rules.ordered:
            rule.apply(self)
        self._effects()

    @property
    def hidden(self) -> frozenset[str]:
        """Items hidden by their own, their matrix's or their section's ``relevant``."""
        if self._frozen_hidden is None:
            self._frozen_hidden = frozenset(self._hidden)
        return self._frozen_hidden

    @property
    def hidden_sections(self) -> frozenset[str]:
        """Sections whose ``relevant`` is false."""
        return frozenset(rule.section for rule in self.hiding if rule.section is not None)

    @property
    def calculated(self) -> Mapping[str, Value]:
        """The value of every ``calculate``; '' when blank or hidden."""
        calculated = self._rules.calculated.items()
        return MappingProxyType({id: self.slots[FIRST + place] for id, place in calculated})

    @property
    def required(self) -> frozenset[str]:
        """Items that need an answer now, hidden ones apart."""
        return frozenset(self.demanded - self._hidden)

    def is_hidden(self, id: str) -> bool:
        return id in self._hidden

    def is_required(self, id: str) -> bool:
        return id in self.demanded and id not in self._hidden

    def breaks(self, item: Item, answer: Answer) -> bool:
        """Whether ``answer`` breaks the constraint of ``item``. Blank and hidden never do."""
        constraint = self._rules.constraints.get(item.index)
        if constraint is None or self._reasons[item.index]:
            return False
        value = self._rules.readers[item.index](answer)
        if blank(value):
            return False
        own = FIRST + item.index
        kept = self.slots[own]
        self.slots[DOT] = self.slots[own] = value
        broken = not constraint(self.slots)
        self.slots[own] = kept
        return broken

    def broken(self, item: Item, answer: Answer) -> Problem | None:
        """Why ``answer`` breaks the constraint of ``item``; None where it does not."""
        with watching() as given_up:
            if not self.breaks(item, answer):
                return None
        if given_up:
            return Problem("constraint-long", Where(question=item.id))
        return item.broken_constraint()

    def take(self, id: str, answer: Answer) -> Effects:
        """Bring all up to date with a new answer; KeyError when there is no such item."""
        place = self._rules.places[id]
        changed = self.put(place, self._rules.readers[place](answer))
        return self._spread(changed) if changed else NO_EFFECTS

    def put(self, place: int, value: Value) -> tuple[int, ...]:
        """Keep a value; the item's place when that is to be seen by others."""
        old = self._values[place]
        if type(value) is type(old) and value == old:
            return ()
        self._values[place] = value
        if place in self._rules.calculated_places:
            self._recalculated.add(place)
        if self._reasons[place]:
            return ()
        self.slots[FIRST + place] = value
        return (place,)

    def toggle(self, places: tuple[int, ...], reason: int) -> list[int]:
        """Add or take away one reason to hide; the places that were shown or hidden by it."""
        changed = []
        for place in places:
            was_hidden = self._reasons[place] > 0
            self._reasons[place] += reason
            is_hidden = self._reasons[place] > 0
            if was_hidden == is_hidden:
                continue
            self._before.setdefault(place, was_hidden)
            self._hidden ^= {self._rules.items[place].id}
            self.slots[FIRST + place] = HIDDEN if is_hidden else self._values[place]
            changed.append(place)
        return changed

    def _spread(self, changed: Iterable[int]) -> Effects:
        """Evaluate what reads the changed items, and what reads that, each rule once."""
        rules = self._rules
        queue: list[int] = []
        waiting: set[int] = set()
        while True:
            for place in changed:
                self.rechecked.update(rules.checkers[place])
                for rank in rules.dependents[place]:
                    if rank not in waiting:
                        waiting.add(rank)
                        heappush(queue, rank)
            if not queue:
                return self._effects()
            rank = heappop(queue)
            changed = rules.ordered[rank].apply(self)

    def _effects(self) -> Effects:
        """What was gathered since the last time."""
        flipped = [p for p, was in sorted(self._before.items()) if (self._reasons[p] > 0) != was]
        if flipped:
            self._frozen_hidden = None
        names = self._rules.items
        effects = Effects(
            tuple(names[place].id for place in flipped if not self._reasons[place]),
            tuple(names[place].id for place in flipped if self._reasons[place]),
            tuple(names[place].id for place in sorted(self._recalculated)),
            tuple(names[place].id for place in sorted(self.rechecked)),
        )
        self._before.clear()
        self._recalculated.clear()
        self.rechecked.clear()
        return effects
