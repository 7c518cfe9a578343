"""From tokens to a tree, by the precedence of XPath 1.0."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from forms.expressions.faults import ExpressionError, Fault, refuse
from forms.expressions.functions import ARITY
from forms.expressions.lexer import Kind, Token, tokens
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

#: Levels of nesting. Parsing takes up to four Python frames a level, evaluating two.
MAX_DEPTH = 150


@dataclass(frozen=True, slots=True)
class Parsed:
    tree: Node
    warnings: tuple[Fault, ...]


@lru_cache(maxsize=512)
def parse(source: str) -> Parsed:
    """The tree of ``source``; ExpressionError at the first thing that does not fit."""
    found, warnings = tokens(source)
    if found[0].kind is Kind.END:
        raise refuse("expression-empty", 0)
    parser = _Parser(found)
    tree = parser.expression(1)
    if parser.next.kind is not Kind.END:
        raise parser.unexpected()
    return Parsed(tree, tuple(warnings))


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0

    @property
    def next(self) -> Token:
        return self._tokens[self._at]

    def take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def unexpected(self) -> ExpressionError:
        token = self.next
        if token.kind is Kind.END:
            return refuse("expression-end", token.offset)
        if token.kind is Kind.NAME and not token.level:
            return refuse("expression-name", token.offset, name=token.text)
        return refuse("expression-unexpected", token.offset, found=token.text)

    def expression(self, lowest: int) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._too_deep(self.next.offset)
        left = self._unary()
        while (level := self._tokens[self._at].level) >= lowest:
            left = self._chain(left, level)
        self._depth -= 1
        return left

    def _chain(self, left: Node, level: int) -> Node:
        """``left`` and all that follows on ``level``."""
        offset = self.next.offset
        rest: list[tuple[str, Node]] = []
        while self._tokens[self._at].level == level:
            operator = self.take().text
            rest.append((operator, self.expression(level + 1)))
        depth = self._above(offset, left, *(node for _, node in rest))
        if level <= 2:
            return Logic(rest[0][0], (left, *(node for _, node in rest)), offset, depth)
        if level >= 5:
            return Arithmetic(left, tuple(rest), offset, depth)
        for operator, right in rest:
            left = Comparison(operator, left, right, offset, self._above(offset, left, right))
        return left

    def _above(self, offset: int, *below: Node) -> int:
        depth = 1 + max((node.depth for node in below), default=0)
        if depth > MAX_DEPTH:
            raise self._too_deep(offset)
        return depth

    def _too_deep(self, offset: int) -> ExpressionError:
        return refuse("expression-deep", offset, most=str(MAX_DEPTH))

    def _unary(self) -> Node:
        first = self.next
        minuses = 0
        while self.next.kind is Kind.SYMBOL and self.next.text == "-":
            self.take()
            minuses += 1
        operand = self._primary()
        if not minuses:
            return operand
        minus = Minus(operand, first.offset, self._above(first.offset, operand))
        if minuses % 2:
            return minus
        return Minus(minus, first.offset, self._above(first.offset, minus))

    def _primary(self) -> Node:
        token = self.next
        match token.kind:
            case Kind.NUMBER:
                return Number(float(self.take().text), token.offset)
            case Kind.STRING:
                return Text(self.take().text, token.offset)
            case Kind.REFERENCE:
                return Reference(self.take().text, token.offset)
            case Kind.NAME if self._opens(self._tokens[self._at + 1]):
                return self._call()
            case Kind.SYMBOL if token.text == ".":
                self.take()
                return Dot(token.offset)
            case Kind.SYMBOL if token.text == "(":
                self.take()
                inner = self.expression(1)
                self._expect(")")
                return inner
        raise self.unexpected()

    @staticmethod
    def _opens(token: Token) -> bool:
        return token.kind is Kind.SYMBOL and token.text == "("

    def _expect(self, symbol: str) -> None:
        if self.next.kind is not Kind.SYMBOL or self.next.text != symbol:
            raise self.unexpected()
        self.take()

    def _call(self) -> Node:
        name = self.take()
        if name.text not in ARITY:
            raise _unknown_function(name)
        self.take()
        arguments: list[Node] = []
        if not (self.next.kind is Kind.SYMBOL and self.next.text == ")"):
            arguments.append(self.expression(1))
            while self.next.kind is Kind.SYMBOL and self.next.text == ",":
                self.take()
                arguments.append(self.expression(1))
        self._expect(")")
        _check_count(name, len(arguments))
        depth = self._above(name.offset, *arguments)
        return Call(name.text, tuple(arguments), name.offset, depth)


def _unknown_function(name: Token) -> ExpressionError:
    near = get_close_matches(name.text[:60].lower(), ARITY, n=1, cutoff=0.7)
    if near:
        return refuse("expression-function-near", name.offset, name=name.text, near=near[0])
    return refuse("expression-function", name.offset, name=name.text, known=", ".join(ARITY))


def _check_count(name: Token, given: int) -> None:
    least, most = ARITY[name.text]
    if least <= given and (most is None or given <= most):
        return
    wanted = str(least) if least == most else f"{least}–{most}" if most else f"{least}+"
    raise refuse(
        "expression-arguments", name.offset, name=name.text, wanted=wanted, given=str(given)
    )
