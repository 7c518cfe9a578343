"""The functions of the language: how many arguments each takes, and what it yields."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from math import fmod, isfinite, isinf, nan, trunc

from forms.expressions.dates import Moment, format_date, moment, on_day
from forms.expressions.pattern import matches
from forms.expressions.values import MAX_TEXT, Type, Value, blank, to_number, to_string

#: Name: least and most arguments (None: any number). In the order that a person is told them.
ARITY: dict[str, tuple[int, int | None]] = {
    "selected": (2, 2),
    "count-selected": (1, 1),
    "selected-at": (2, 2),
    "if": (3, 3),
    "coalesce": (2, None),
    "regex": (2, 2),
    "string-length": (1, 1),
    "string": (1, 1),
    "contains": (2, 2),
    "starts-with": (2, 2),
    "ends-with": (2, 2),
    "substr": (2, 3),
    "concat": (1, None),
    "number": (1, 1),
    "int": (1, 1),
    "round": (1, 2),
    "abs": (1, 1),
    "min": (1, None),
    "max": (1, None),
    "sum": (1, None),
    "count": (1, None),
    "true": (0, 0),
    "false": (0, 0),
    "not": (1, 1),
    "today": (0, 0),
    "now": (0, 0),
    "date": (1, 1),
    "decimal-date-time": (1, 1),
    "format-date": (2, 2),
}
_MAX_PLACES = 30
#: Enough digits for any double rounded to any allowed place.
_DIGITS = Context(prec=400)


def selected(chosen: Value, wanted: Value) -> bool:
    words = to_string(chosen).split()
    one = to_string(wanted).strip()
    return one in words if one else not words


def count_selected(chosen: Value) -> float:
    return float(len(to_string(chosen).split()))


def selected_at(chosen: Value, index: Value) -> str:
    words = to_string(chosen).split()
    at = to_number(index)
    return words[trunc(at)] if -1 < at < len(words) else ""


def string_length(value: Value) -> float:
    return float(len(to_string(value)))


def contains(text: Value, part: Value) -> bool:
    return to_string(part) in to_string(text)


def starts_with(text: Value, part: Value) -> bool:
    return to_string(text).startswith(to_string(part))


def ends_with(text: Value, part: Value) -> bool:
    return to_string(text).endswith(to_string(part))


def substr(text: Value, start: Value, end: Value | None = None) -> str:
    whole = to_string(text)
    first = _position(start, len(whole))
    last = len(whole) if end is None else _position(end, len(whole))
    return str(whole[first:last])


def _position(value: Value, length: int) -> int:
    """A place in a text of ``length``; negative counts from the end, out of range is cut."""
    number = to_number(value)
    if number != number:
        return 0
    if isinf(number):
        return length if number > 0 else 0
    at = trunc(number)
    return min(max(0, at + length if at < 0 else at), length)


def concat(*parts: Value) -> str:
    """The parts in a row, cut after ``MAX_TEXT`` characters."""
    text = ""
    for part in parts:
        text = (text + to_string(part))[:MAX_TEXT]
    return text


def regex(text: Value, pattern: Value) -> bool:
    return matches(to_string(text), to_string(pattern))


def coalesce(*values: Value) -> Value:
    return next((value for value in values if not blank(value)), "")


def cut(value: Value) -> float:
    number = to_number(value)
    return float(trunc(number)) if isfinite(number) else number


def round_half_up(value: Value, places: Value = 0.0) -> float:
    number, digits = to_number(value), to_number(places)
    if not isfinite(number):
        return number
    if digits != digits or abs(digits) > _MAX_PLACES:
        return nan
    way = ROUND_HALF_UP if number > 0 else ROUND_HALF_DOWN
    unit = Decimal(1).scaleb(-trunc(digits))
    return float(Decimal(repr(number)).quantize(unit, way, _DIGITS))


def absolute(value: Value) -> float:
    return abs(to_number(value))


def _numbers(values: tuple[Value, ...]) -> list[float]:
    return [number for number in map(to_number, values) if number == number]


def smallest(*values: Value) -> float:
    return min(_numbers(values), default=nan)


def largest(*values: Value) -> float:
    return max(_numbers(values), default=nan)


def total(*values: Value) -> float:
    return sum(_numbers(values), 0.0)


def as_date(value: Value) -> Value:
    days = _days(value)
    return (on_day(days) or "") if days == days else ""


def _days(value: Value) -> float:
    """Days of a date, ISO text or day number; NaN for all else, booleans too."""
    if type(value) is float:
        return value
    if isinstance(value, str):
        found = value if type(value) is Moment else moment(value)
        return found.days if found is not None else nan
    return nan


def decimal_date_time(value: Value) -> float:
    return _days(value)


def formatted_date(value: Value, pattern: Value) -> str:
    days = _days(value)
    return format_date(days, to_string(pattern)) if days == days else ""


def remainder(left: float, right: float) -> float:
    """With the sign of ``left``; NaN by zero and of an infinite ``left``."""
    if isinf(left) or right == 0:
        return nan
    return fmod(left, right)


#: Functions that only need the values of their arguments; the others stand in ``compiler``.
PLAIN: dict[str, tuple[Callable[..., Value], Type]] = {
    "selected": (selected, Type.BOOLEAN),
    "count-selected": (count_selected, Type.NUMBER),
    "selected-at": (selected_at, Type.STRING),
    "coalesce": (coalesce, Type.ANY),
    "regex": (regex, Type.BOOLEAN),
    "string-length": (string_length, Type.NUMBER),
    "string": (lambda value: str(to_string(value)), Type.STRING),
    "contains": (contains, Type.BOOLEAN),
    "starts-with": (starts_with, Type.BOOLEAN),
    "ends-with": (ends_with, Type.BOOLEAN),
    "substr": (substr, Type.STRING),
    "concat": (concat, Type.STRING),
    "number": (to_number, Type.NUMBER),
    "int": (cut, Type.NUMBER),
    "round": (round_half_up, Type.NUMBER),
    "abs": (absolute, Type.NUMBER),
    "min": (smallest, Type.NUMBER),
    "max": (largest, Type.NUMBER),
    "sum": (total, Type.NUMBER),
    "date": (as_date, Type.ANY),
    "decimal-date-time": (decimal_date_time, Type.NUMBER),
    "format-date": (formatted_date, Type.STRING),
}
