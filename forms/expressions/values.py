"""The values of expressions and how one type is read as another (XPath 1.0, section 4)."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from math import inf, isinf, nan
from typing import TypeAlias

from forms.expressions.dates import Moment, moment

#: A string (``Moment`` where it is a date or time), a number (never ``int``), or a boolean.
Value: TypeAlias = str | float | bool

#: The longest text that an expression makes: each of forty calculations that doubles the one before
#: it would fill the memory.
MAX_TEXT = 100_000
_NUMBER = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*")


class Hidden(str):
    """The blank of a hidden question; ``count`` alone tells it from ''."""

    __slots__ = ()


HIDDEN = Hidden()


class Type(Enum):
    """What is known of a value before it is evaluated."""

    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ANY = "any"


def text_number(text: str) -> float:
    """NaN where ``text`` is no XPath number: no exponent, no plus sign, no comma."""
    found = _NUMBER.fullmatch(text) if text else None
    return float(found[1]) if found else nan


def to_number(value: Value) -> float:
    if type(value) is float:
        return value
    if type(value) is Moment:
        return value.days
    if isinstance(value, str):
        return text_number(value)
    return 1.0 if value else 0.0


def number_text(number: float) -> str:
    if number != number:
        return "NaN"
    if isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    text = repr(number)
    return format(Decimal(text), "f") if "e" in text else text


def to_string(value: Value) -> str:
    if isinstance(value, str):
        return value
    if type(value) is float:
        return number_text(value)
    return "true" if value else "false"


def to_boolean(value: Value) -> bool:
    if isinstance(value, str):
        return value != ""
    if type(value) is float:
        return value != 0 and value == value
    return bool(value)


def blank(value: Value) -> bool:
    """'' or NaN."""
    return value == "" or value != value


def rank(value: Value) -> float:
    """The place of ``value`` in an order: its number, else its date, else NaN."""
    number = to_number(value)
    if number != number and isinstance(value, str) and value:
        found = moment(value)
        return found.days if found else nan
    return number


def equal(left: Value, right: Value) -> bool:
    if type(left) is bool or type(right) is bool:
        return to_boolean(left) == to_boolean(right)
    if type(left) is Moment or type(right) is Moment:
        return rank(left) == rank(right)
    if type(left) is float or type(right) is float:
        return to_number(left) == to_number(right)
    return left == right


def divide(left: float, right: float) -> float:
    """IEEE: by zero is infinite, 0 by 0 NaN."""
    if right:
        return left / right
    if left == 0 or left != left:
        return nan
    return inf if (left > 0) == (str(right)[0] != "-") else -inf
