"""All expressions of a checklist, compiled once: relevance, calculations, required, constraints."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from forms.answers import Answer, Answers, Expectation
from forms.expressions.compiler import (
    FIRST,
    Compiled,
    RunBoolean,
    Scope,
    Symbol,
    Valueless,
    compile_expression,
)
from forms.expressions.dates import moment
from forms.expressions.graph import put_in_order
from forms.expressions.pattern import Budget
from forms.expressions.values import Type, Value
from forms.nearest import Known
from forms.problems import PathStep, Problem, Where
from forms.questions.calculate import CalculateQuestion
from forms.questions.kinds.words import Moment as MomentKind
from forms.questions.matrix import MatrixQuestion
from forms.rule_state import (
    Calculation,
    Effects,
    Reader,
    Relevance,
    Requirement,
    Rule,
    RuleState,
)

if TYPE_CHECKING:
    from forms.checklist import Section
    from forms.compiled import CompiledChecklist, Item
    from forms.questions import Question

__all__ = ["Effects", "RuleState", "Rules"]

#: Characters of all expressions of a checklist. The longest known survey has some 60,000.
MAX_ALL_LENGTH = 150_000


class Rules:
    """Built once per checklist version. An expression with an error counts as not there."""

    def __init__(self, compiled: CompiledChecklist) -> None:
        self.items = compiled.items
        self.places: Mapping[str, int] = {item.id: item.index for item in self.items}
        self.readers: tuple[Reader, ...] = tuple(_reader(item) for item in self.items)
        self.constraints: dict[int, RunBoolean] = {}
        self.always_required = frozenset(item.id for item in self.items if item.required is True)
        self._problems: list[Problem] = []
        self._length = 0
        self._lists: dict[int, Mapping[str, bool]] = {}
        self._rules: list[Rule] = []
        self._reads: list[frozenset[int]] = []
        self._told: list[tuple[str, Where]] = []
        self._checkers: dict[int, list[int]] = {}
        self._scope = Scope(
            {item.id: self._symbol(item) for item in self.items if not _is_note(item)},
            dict(_valueless(compiled)),
            known=Known(item.id for item in self.items if not _is_note(item)),
            budget=Budget(),
        )
        for place, section in enumerate(compiled.checklist.sections):
            self._read_section(compiled, section, place)
        self._arrange()

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the expressions, in the checklist's order.

        ``where.path`` leads to the expression in the checklist, as in
        ``("sections", 0, "questions", 3, "relevant")``; row and column inside the expression are
        values of the problem.
        """
        return tuple(self._problems)

    def state(self, answers: Answers, at: datetime) -> RuleState:
        """What the rules make of ``answers``; ``at`` is the visit's start, local time."""
        return RuleState(self, answers, at)

    @cached_property
    def calculated(self) -> Mapping[str, int]:
        """The place of every ``calculate``."""
        return {item.id: item.index for item in self.items if item.kind.is_calculated}

    @cached_property
    def calculated_places(self) -> frozenset[int]:
        return frozenset(self.calculated.values())

    def _read_section(self, compiled: CompiledChecklist, section: Section, place: int) -> None:
        path: tuple[PathStep, ...] = ("sections", place)
        items = compiled.by_place[place]  # the id may be that of another one, too
        where = Where(path=(*path, "relevant"))
        self._relevance(section.relevant, where, tuple(item.index for item in items), section)
        for number, question in enumerate(section.questions):
            own = tuple(item for item in items if item.question is question)
            self._read_question(question, own, (*path, "questions", number))

    def _read_question(
        self, question: Question, items: tuple[Item, ...], path: tuple[PathStep, ...]
    ) -> None:
        places = tuple(item.index for item in items)
        where = Where(path=(*path, "relevant"), question=question.id)
        self._relevance(question.relevant, where, places, None)
        if isinstance(question, CalculateQuestion):
            where = Where(path=(*path, "calculation"), question=question.id)
            if (found := self._compile(question.calculation, where)) is not None:
                self._add(Calculation(found.run, places[0]), found, where, question.id)
        where = Where(path=(*path, "constraint"), question=question.id)
        self._constraint(question, items, where)
        for row, item in enumerate(items):
            own = item.row is not None and item.row.required is not None
            field: tuple[PathStep, ...] = ("rows", row, "required") if own else ("required",)
            self._required(item, Where(path=(*path, *field), question=item.id), own or not row)

    def _relevance(
        self, source: str | None, where: Where, places: tuple[int, ...], section: Section | None
    ) -> None:
        if source is None or (found := self._compile(source, where)) is None:
            return
        rule = Relevance(found.test, places, section.id if section else None)
        self._add(rule, found, where, (section.id if section else where.question) or "")

    def _constraint(self, question: Question, items: tuple[Item, ...], where: Where) -> None:
        if question.constraint is None or not items:
            return
        dot = Symbol(0, *self._choices(items[0]))
        found = self._compile(question.constraint, where, dot)
        if found is None:
            return
        for item in items:
            self.constraints[item.index] = found.test
            for slot in found.reads:
                self._checkers.setdefault(slot - FIRST, []).append(item.index)

    def _required(self, item: Item, where: Where, tell: bool) -> None:
        """``tell``: rows that have the expression from their matrix repeat no problem."""
        if not isinstance(item.required, str):
            return
        found = self._compile(item.required, where, self._symbol(item), tell=tell)
        if found is not None:
            self._add(Requirement(found.test, item.index, item.id), found, where, item.id)

    def _compile(
        self, source: str, where: Where, dot: Symbol | None = None, *, tell: bool = True
    ) -> Compiled | None:
        if self._is_too_much(len(source), where):
            return None
        scope = replace(self._scope, dot=dot)
        found, faults = compile_expression(source, scope)
        for fault in faults if tell else ():
            row, column = fault.place(source)
            place = {"field": str(where.path[-1]), "row": str(row), "column": str(column)}
            self._problems.append(Problem(fault.code, where, fault.values | place, fault.severity))
        return found

    def _symbol(self, item: Item) -> Symbol:
        return Symbol(FIRST + item.index, *self._choices(item))

    def _choices(self, item: Item) -> tuple[Type, Mapping[str, bool] | None]:
        """Of each choice whether it is N/A; questions with one list share that."""
        if not item.choices:
            return Type.ANY, None
        key = id(item.choices)
        if key not in self._lists:
            self._lists[key] = {choice.id: choice.na for choice in item.choices}
        return Type.STRING, self._lists[key]

    def _is_too_much(self, length: int, where: Where) -> bool:
        """Whether all expressions together are too long by now; said once."""
        before = self._length
        self._length += length
        if before <= MAX_ALL_LENGTH < self._length:
            values = {"field": str(where.path[-1]), "most": f"{MAX_ALL_LENGTH:,}"}
            self._problems.append(Problem("expressions-long", where, values))
        return self._length > MAX_ALL_LENGTH

    def _add(self, rule: Rule, found: Compiled, where: Where, name: str) -> None:
        self._rules.append(rule)
        self._reads.append(found.reads)
        self._told.append((name, where))

    def _arrange(self) -> None:
        """Put the rules in order, tell the circles, and note who reads what."""
        order = put_in_order(self._waits())
        for circle in order.circles:
            values = {
                "members": " → ".join(self._members(circle)),
                "field": str(self._told[circle[0]][1].path[-1]),
            }
            self._problems.append(Problem("expression-circle", self._told[circle[0]][1], values))
        self.ordered: tuple[Rule, ...] = tuple(self._rules[rule] for rule in order.order)
        readers: dict[int, list[int]] = {}
        for rank, rule in enumerate(order.order):
            for slot in self._reads[rule]:
                readers.setdefault(slot - FIRST, []).append(rank)
        places = range(len(self.items))
        self.dependents = tuple(tuple(readers.get(place, ())) for place in places)
        self.checkers = tuple(tuple(self._checkers.get(place, ())) for place in places)

    def _members(self, circle: Sequence[int]) -> Iterator[str]:
        """The circle's rules by name, with the question read where a section decides on it."""
        for here, there in zip(circle, (*circle[1:], circle[0]), strict=True):
            yield self._told[here][0]
            read = next(slot for slot in self._reads[here] if slot - FIRST in self._decided(there))
            id = self.items[read - FIRST].id
            if id != self._told[there][0]:
                yield id
        yield self._told[circle[0]][0]

    def _decided(self, number: int) -> Collection[int]:
        """Places whose value the rule decides on."""
        rule = self._rules[number]
        if isinstance(rule, Relevance):
            return rule.items
        return (rule.item,) if isinstance(rule, Calculation) else ()

    def _waits(self) -> Sequence[Sequence[int]]:
        """For each rule, the rules that decide on the values which it reads."""
        deciders: dict[int, list[int]] = {}
        for number in range(len(self._rules)):
            for place in self._decided(number):
                deciders.setdefault(place + FIRST, []).append(number)
        return [
            sorted({decider for slot in reads for decider in deciders.get(slot, ())})
            for reads in self._reads
        ]


def _is_note(item: Item) -> bool:
    return not item.kind.takes_answer and not item.kind.is_calculated


def _valueless(compiled: CompiledChecklist) -> Iterator[tuple[str, Valueless]]:
    for item in compiled.items:
        if _is_note(item):
            yield item.id, Valueless.NOTE
        elif isinstance(item.question, MatrixQuestion):
            yield item.question.id, Valueless.MATRIX


def _reader(item: Item) -> Reader:
    """How ``${id}`` reads an answer of ``item``. Never raises, whatever the value."""
    if item.kind.is_evidence:
        return _count_evidence
    if isinstance(item.kind, MomentKind):
        return _read_moment
    none = frozenset(choice.id for choice in item.choices if choice.na)
    return (lambda answer: _read_choice(answer, none)) if item.choices else _read


def _count_evidence(answer: Answer) -> Value:
    return float(len(answer.evidence)) if answer.evidence and not answer.not_applicable else ""


def _read_moment(answer: Answer) -> Value:
    value = _read(answer)
    return (moment(value) or value) if isinstance(value, str) else value


def _read_choice(answer: Answer, not_applicable: frozenset[str]) -> Value:
    value = answer.value
    if answer.not_applicable or value is None:
        return ""
    chosen = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    if not_applicable and not not_applicable.isdisjoint(chosen):
        return ""
    return _nfc(" ".join(chosen))


def _read(answer: Answer) -> Value:
    value = answer.value
    if answer.not_applicable or value is None:
        return ""
    if isinstance(value, str):
        return _nfc(value)
    if isinstance(value, (int, Decimal)):
        return _double(value)
    if isinstance(value, Expectation):
        return "" if value.perceived is None else float(value.perceived)
    return _nfc(" ".join(value))


def _double(value: int | Decimal) -> Value:
    try:
        return float(value)
    except (OverflowError, ValueError):
        return ""


def _nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
