"""A snapshot as JSON, lossless: fractions, decimals, dates and answers keep their exact value.

The dataclasses are walked by their annotations, so that a new field needs no line here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from forms.answers import Expectation, Value
from reports.errors import ReportError
from reports.snapshot import FORMAT, ReportSnapshot
from reports.words import mark

T = TypeVar("T")
Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None

NOT_A_SNAPSHOT = mark("This is not the data of a report: {reason}")


def encode(thing: object) -> dict[str, Json]:
    """A dataclass as an object; fields at their default are kept, so hashes never drift."""
    return cast("dict[str, Json]", _writer(cast(Any, type(thing)))(thing))


@lru_cache(maxsize=64)
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


@lru_cache(maxsize=256)
def _writer(hint: Any) -> Callable[[Any], Json]:
    """What turns a value of ``hint`` into plain JSON."""
    if hint == Value | None:
        return _value_out
    if is_dataclass(hint):
        return _dataclass_writer(cast(type, hint))
    if hint is date:
        return date.isoformat
    if hint in (Decimal, Fraction):
        return str
    if hint in (str, int, bool):
        return _same
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value: str(value.value)
    return _container_writer(hint)


def _same(value: Any) -> Json:
    return cast(Json, value)


def _dataclass_writer(kind: type) -> Callable[[Any], Json]:
    hints = _hints(kind)
    writers = [(f.name, _writer(hints[f.name])) for f in fields(cast(Any, kind))]
    return lambda thing: {name: write(getattr(thing, name)) for name, write in writers}


def _container_writer(hint: Any) -> Callable[[Any], Json]:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        inner = _writer(next(arg for arg in args if arg is not NoneType))
        return lambda value: None if value is None else inner(value)
    if origin is dict:
        each = _writer(args[1])
        return lambda value: {key: each(item) for key, item in value.items()}
    if origin is tuple and args[1:] == (Ellipsis,):
        each = _writer(args[0])
        return lambda value: [each(item) for item in value]
    if origin is tuple:
        writers = [_writer(arg) for arg in args]
        return lambda value: [w(item) for w, item in zip(writers, value, strict=True)]
    raise TypeError(f"no JSON for {hint}")


def _value_out(value: Value | None) -> Json:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, Expectation):
        return {"expected": value.expected, "perceived": value.perceived}
    if isinstance(value, tuple):
        return list(value)
    return value


def _value_in(tree: Any) -> Value | None:
    if isinstance(tree, dict):
        if "decimal" in tree:
            return Decimal(tree["decimal"])
        return Expectation(tree["expected"], tree["perceived"])
    if isinstance(tree, list):
        return tuple(str(item) for item in tree)
    return cast("Value | None", tree)


def decode(text: str) -> ReportSnapshot:
    """Raises ReportError when ``text`` is no snapshot of this format."""
    return decode_as(ReportSnapshot, FORMAT, text)


def decode_as(kind: type[T], form: str, text: str) -> T:
    """The dataclass ``kind`` that ``encode`` wrote under the name ``form``; raises ReportError."""
    try:
        tree = json.loads(text)
        if not isinstance(tree, dict) or tree.pop("format", None) != form:
            raise ValueError(form)
        return cast("T", _reader(cast(Any, kind))(tree))
    except (ValueError, KeyError, TypeError, ArithmeticError, AttributeError) as error:
        raise ReportError("not_a_snapshot", NOT_A_SNAPSHOT, reason=str(error)) from error


@lru_cache(maxsize=256)
def _reader(hint: Any) -> Callable[[Any], Any]:
    """What turns plain JSON into a value of ``hint``."""
    if hint == Value | None:
        return _value_in
    if is_dataclass(hint):
        return _dataclass_reader(cast(type, hint))
    if hint is date:
        return date.fromisoformat
    if hint in (Decimal, Fraction):
        return _exact(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if hint in (str, int, bool):
        return _checked(hint)
    return _container_reader(hint)


def _exact(kind: type[Decimal] | type[Fraction]) -> Callable[[Any], Any]:
    make = _fraction if kind is Fraction else kind

    def read(tree: Any) -> Any:
        if not isinstance(tree, str):
            raise TypeError(f"{tree!r} is not text")
        return make(tree)

    return read


@lru_cache(maxsize=4096)
def _fraction(text: str) -> Fraction:
    """As ``encode`` writes it: ``Fraction`` would search the text for other forms."""
    over, slash, under = text.partition("/")
    return Fraction(int(over), int(under)) if slash else Fraction(int(over))


def _checked(kind: type) -> Callable[[Any], Any]:
    def read(tree: Any) -> Any:
        if type(tree) is not kind:
            raise TypeError(f"{tree!r} is not {kind.__name__}")
        return tree

    return read


def _container_reader(hint: Any) -> Callable[[Any], Any]:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        inner = _reader(next(arg for arg in args if arg is not NoneType))
        return lambda tree: None if tree is None else inner(tree)
    if origin is dict:
        value = _reader(args[1])
        return lambda tree: {key: value(item) for key, item in tree.items()}
    if origin is tuple and args[1:] == (Ellipsis,):
        each = _reader(args[0])
        return lambda tree: tuple(each(item) for item in tree)
    if origin is tuple:
        readers = [_reader(arg) for arg in args]
        return lambda tree: tuple(r(item) for r, item in zip(readers, tree, strict=True))
    raise TypeError(f"no reader for {hint}")


def _dataclass_reader(kind: type) -> Callable[[Any], Any]:
    hints = _hints(kind)
    readers = {f.name: _reader(hints[f.name]) for f in fields(cast(Any, kind))}

    def read(tree: Any) -> Any:
        if set(tree) - set(readers):
            raise ValueError(f"{kind.__name__}: {sorted(set(tree) - set(readers))}")
        return kind(**{name: readers[name](item) for name, item in tree.items()})

    return read
