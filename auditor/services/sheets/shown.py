"""A cell's value as a person sees it."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def shown(value: Value) -> str:
    """Numbers without exponent and ".0", dates and times in ISO form, text in NFC."""
    kind = type(value)
    if kind is str:
        return _text(str(value))
    if kind is bool:
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return _number(value)
    if isinstance(value, dt.datetime):
        return _moment(value)
    if isinstance(value, dt.timedelta):
        return _duration(value)
    if isinstance(value, dt.time):
        return _time(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _text(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _number(value: float) -> str:
    """As many digits as Excel keeps."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    plain = format(Decimal(format(value, ".15g")), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _moment(value: dt.datetime) -> str:
    day, time = value.date().isoformat(), value.time()
    return day if time == dt.time() else f"{day} {_time(time)}"


def _time(value: dt.time) -> str:
    rounded = value.replace(microsecond=0, tzinfo=None)
    return rounded.isoformat("seconds" if rounded.second else "minutes")


def _duration(value: dt.timedelta) -> str:
    """Hours may be more than a day's."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02}:{minutes:02}" + (f":{rest:02}" if rest else "")
