"""The parts of a parsed expression. ``depth`` is the number of levels below and with the part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    value: str
    offset: int
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Number:
    value: float
    offset: int
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Reference:
    """``${id}``."""

    id: str
    offset: int
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Dot:
    """``.``: the answer itself."""

    offset: int
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Node, ...]
    offset: int
    depth: int


@dataclass(frozen=True, slots=True)
class Minus:
    operand: Node
    offset: int
    depth: int


@dataclass(frozen=True, slots=True)
class Comparison:
    operator: str
    left: Node
    right: Node
    offset: int
    depth: int


@dataclass(frozen=True, slots=True)
class Logic:
    """``a or b or c``, ``a and b and c``."""

    operator: str
    parts: tuple[Node, ...]
    offset: int
    depth: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``first`` and then each operator with its right side, from the left."""

    first: Node
    rest: tuple[tuple[str, Node], ...]
    offset: int
    depth: int


Node: TypeAlias = Text | Number | Reference | Dot | Call | Minus | Comparison | Logic | Arithmetic
