"""From a tree to closures. A compiled expression is a function of the list of slots.

Slot ``DOT`` holds the answer being checked, ``TODAY`` and ``NOW`` the visit's start, and the
slots from ``FIRST`` on the values of the items.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from forms.expressions import dates, lint
from forms.expressions.faults import ExpressionError, Fault, refuse
from forms.expressions.functions import PLAIN, remainder
from forms.expressions.parser import parse
from forms.expressions.pattern import Budget, compile_pattern
from forms.expressions.pattern_syntax import PatternError
from forms.expressions.syntax import (
    Arithmetic,
    Call,
    Comparison,
    Dot,
    Logic,
    Minus,
    Node,
    Number,
    Reference,
    Text,
)
from forms.expressions.values import (
    HIDDEN,
    Type,
    Value,
    divide,
    equal,
    rank,
    to_boolean,
    to_number,
)
from forms.nearest import Known
from forms.problems import Severity

DOT, TODAY, NOW, FIRST = 0, 1, 2, 3
#: Characters that a person may well write into one answer.
LONG_TEXT = 10_000

Slots: TypeAlias = list[Value]
Run: TypeAlias = Callable[[Slots], Value]
RunNumber: TypeAlias = Callable[[Slots], float]
RunBoolean: TypeAlias = Callable[[Slots], bool]


class Valueless(Enum):
    """What has an id but no value."""

    NOTE = "expression-note"
    MATRIX = "expression-matrix"


@dataclass(frozen=True, slots=True)
class Symbol:
    """Where the value of a question stands. ``choices`` tells of each choice whether it is N/A."""

    slot: int
    type: Type = Type.ANY
    choices: Mapping[str, bool] | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may name. ``dot`` is None where ``.`` means nothing."""

    symbols: Mapping[str, Symbol]
    valueless: Mapping[str, Valueless]
    dot: Symbol | None = None
    #: The names of ``symbols``, where many expressions share them.
    known: Known | None = None
    #: What the patterns of all of them may take.
    budget: Budget | None = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """``reads`` are the slots that it looks at."""

    run: Run
    type: Type
    reads: frozenset[int]

    @property
    def test(self) -> RunBoolean:
        return _boolean(self.run, self.type)


def compile_expression(source: str, scope: Scope) -> tuple[Compiled | None, tuple[Fault, ...]]:
    """The expression, None with any error; and all faults that were found."""
    try:
        parsed = parse(source)
    except ExpressionError as error:
        return None, (error.fault,)
    compiler = _Compiler(scope)
    run, kind = compiler.compile(parsed.tree)
    faults = (*parsed.warnings, *compiler.faults)
    if compiler.broken:
        return None, faults
    return Compiled(run, kind, frozenset(compiler.reads)), faults


def _boolean(run: Run, kind: Type) -> RunBoolean:
    if kind is Type.BOOLEAN:
        return run  # type: ignore[return-value]
    return lambda slots: to_boolean(run(slots))


def _number(run: Run, kind: Type) -> RunNumber:
    if kind is Type.NUMBER:
        return run  # type: ignore[return-value]
    return lambda slots: to_number(run(slots))


def _nothing(_slots: Slots) -> Value:
    return ""


class _Compiler:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.reads: set[int] = set()
        self.faults: list[Fault] = []
        self.broken = False

    def compile(self, node: Node) -> tuple[Run, Type]:
        match node:
            case Text():
                return _constant(node.value), Type.STRING
            case Number():
                return _constant(node.value), Type.NUMBER
            case Reference() | Dot():
                return self._read(node)
            case Call():
                return self._call(node)
            case Minus():
                operand = _number(*self.compile(node.operand))
                return lambda slots: -operand(slots), Type.NUMBER
            case Comparison():
                return self._compare(node), Type.BOOLEAN
            case Logic():
                return self._logic(node), Type.BOOLEAN
            case Arithmetic():
                return self._arithmetic(node), Type.NUMBER

    def _fault(self, fault: Fault) -> None:
        self.faults.append(fault)
        self.broken = True

    def _read(self, node: Reference | Dot) -> tuple[Run, Type]:
        symbol = self.symbol(node)
        if symbol is None:
            self._fault(self._unknown(node))
            return _nothing, Type.ANY
        slot = symbol.slot
        self.reads.add(slot)
        return lambda slots: slots[slot], symbol.type

    def symbol(self, node: Node) -> Symbol | None:
        if isinstance(node, Dot):
            return self._scope.dot
        return self._scope.symbols.get(node.id) if isinstance(node, Reference) else None

    def _unknown(self, node: Reference | Dot) -> Fault:
        if isinstance(node, Dot):
            return Fault("expression-dot", node.offset)
        found = self._scope.valueless.get(node.id)
        if found is Valueless.NOTE:
            return Fault(found.value, node.offset, {"name": node.id})
        if found is Valueless.MATRIX:
            rows = (id for id in self._scope.symbols if id.startswith(f"{node.id}."))
            if row := next(rows, None):
                return Fault(found.value, node.offset, {"name": node.id, "near": row})
        known = self._scope.known or Known(self._scope.symbols)
        if near := known.nearest(node.id, cutoff=0.6):
            values = {"name": node.id, "near": near}
            return Fault("expression-unknown-near", node.offset, values)
        return Fault("expression-unknown", node.offset, {"name": node.id})

    def _call(self, node: Call) -> tuple[Run, Type]:
        match node.name:
            case "true" | "false":
                return _constant(node.name == "true"), Type.BOOLEAN
            case "today" | "now":
                slot = TODAY if node.name == "today" else NOW
                self.reads.add(slot)
                return lambda slots: slots[slot], Type.ANY
            case "not":
                test = _boolean(*self.compile(node.arguments[0]))
                return lambda slots: not test(slots), Type.BOOLEAN
            case "if":
                return self._if(node)
            case "count":
                return self._count(node), Type.NUMBER
        return self._plain(node)

    def _if(self, node: Call) -> tuple[Run, Type]:
        test = _boolean(*self.compile(node.arguments[0]))
        then, then_type = self.compile(node.arguments[1])
        other, other_type = self.compile(node.arguments[2])
        kind = then_type if then_type is other_type else Type.ANY
        return lambda slots: then(slots) if test(slots) else other(slots), kind

    def _count(self, node: Call) -> Run:
        slots_read: list[int] = []
        for argument in node.arguments:
            if not isinstance(argument, Reference):
                self._fault(Fault("expression-count", argument.offset))
            elif (symbol := self.symbol(argument)) is None:
                self._fault(self._unknown(argument))
            else:
                slots_read.append(symbol.slot)
        self.reads.update(slots_read)
        return lambda slots: float(sum(slots[slot] is not HIDDEN for slot in slots_read))

    def _plain(self, node: Call) -> tuple[Run, Type]:
        function, kind = PLAIN[node.name]
        self._check_literals(node)
        runs = tuple([self.compile(argument)[0] for argument in node.arguments])
        if len(runs) == 1:
            only = runs[0]
            return lambda slots: function(only(slots)), kind
        if len(runs) == 2:
            first, second = runs
            return lambda slots: function(first(slots), second(slots)), kind
        return lambda slots: function(*[run(slots) for run in runs]), kind

    def _check_literals(self, node: Call) -> None:
        """Patterns and date formats that are written out are checked now; choices too."""
        last = node.arguments[-1]
        if node.name == "selected":
            self._check_choice(node.arguments[0], last)
        if not isinstance(last, Text):
            return
        if node.name == "format-date" and (code := dates.unknown_code(last.value)):
            codes = " ".join(f"%{code}" for code in dates.FORMAT_CODES)
            values = {"found": code, "known": codes}
            self._fault(Fault("expression-format", last.offset, values))
        if node.name == "regex":
            self._check_pattern(last)

    def _check_pattern(self, literal: Text) -> None:
        try:
            pattern = compile_pattern(literal.value)
        except PatternError as error:
            values = {"found": error.found, "at": str(error.at + 1)}
            self._fault(refuse(error.code, literal.offset, **values).fault)
            return
        budget = self._scope.budget
        if budget is not None and not budget.takes(literal.value, pattern.places):
            self._fault(Fault("expression-regex-all", literal.offset))
        if pattern.surely is not None and pattern.surely < LONG_TEXT:
            values = {"most": f"{pattern.surely:,}"}
            slow = Fault("expression-regex-slow", literal.offset, values, Severity.WARNING)
            self.faults.append(slow)

    def _check_choice(self, question: Node, literal: Node) -> None:
        symbol = self.symbol(question)
        if symbol is not None and isinstance(question, (Reference, Dot)):
            name = question.id if isinstance(question, Reference) else "."
            self.faults.extend(lint.choice(name, symbol.choices, literal))

    def _compare(self, node: Comparison) -> RunBoolean:
        left, left_type = self.compile(node.left)
        right, right_type = self.compile(node.right)
        if node.operator in ("=", "!="):
            self._check_choice(node.left, node.right)
            self._check_choice(node.right, node.left)
            same = _equal(left, left_type, right, right_type)
            return same if node.operator == "=" else lambda slots: not same(slots)
        if node.operator in (">", ">="):
            left, left_type, right, right_type = right, right_type, left, left_type
        low, high = _rank(left, left_type), _rank(right, right_type)
        if node.operator in ("<", ">"):
            return lambda slots: low(slots) < high(slots)
        return lambda slots: low(slots) <= high(slots)

    def _logic(self, node: Logic) -> RunBoolean:
        tests = tuple([_boolean(*self.compile(part)) for part in node.parts])
        if len(tests) == 2:
            first, second = tests
            if node.operator == "or":
                return lambda slots: first(slots) or second(slots)
            return lambda slots: first(slots) and second(slots)
        decisive = node.operator == "or"

        def run(slots: Slots) -> bool:
            for test in tests:
                if test(slots) is decisive:
                    return decisive
            return not decisive

        return run

    def _arithmetic(self, node: Arithmetic) -> RunNumber:
        run = _number(*self.compile(node.first))
        steps = [(name, _number(*self.compile(part))) for name, part in node.rest]
        if len(steps) == 1:
            return _operation(run, *steps[0])

        def chain(slots: Slots) -> float:
            value = run(slots)
            for name, operand in steps:
                value = _OPERATIONS[name](value, operand(slots))
            return value

        return chain


_OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": divide,
    "mod": remainder,
}


def _operation(left: RunNumber, name: str, right: RunNumber) -> RunNumber:
    operation = _OPERATIONS[name]
    return lambda slots: operation(left(slots), right(slots))


def _constant(value: Value) -> Run:
    return lambda _slots: value


def _rank(run: Run, kind: Type) -> RunNumber:
    if kind is Type.NUMBER:
        return run  # type: ignore[return-value]
    return lambda slots: rank(run(slots))


def _equal(left: Run, left_type: Type, right: Run, right_type: Type) -> RunBoolean:
    kinds = {left_type, right_type}
    if kinds == {Type.STRING}:
        return lambda slots: left(slots) == right(slots)
    if kinds == {Type.NUMBER}:
        return lambda slots: left(slots) == right(slots)
    return lambda slots: equal(left(slots), right(slots))
