"""Dates and times in expressions: ISO text that knows its place on the number line."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import floor, isfinite

_EPOCH = date(1970, 1, 1).toordinal()
_FIRST, _LAST = date.min.toordinal() - _EPOCH, date.max.toordinal() - _EPOCH
_DAY = 86_400
_CLOCK = r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<fraction>\.\d{1,9})?)?"
_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII)
_DATETIME = re.compile(_DATE.pattern + "T" + _CLOCK, re.ASCII)
_TIME = re.compile(_CLOCK, re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: The codes that ``format-date`` knows.
FORMAT_CODES = "YymnbdeaHhMS3"


class Moment(str):
    """A date, datetime or time as ISO text.

    ``days`` are days since 1970-01-01 with the fraction of the day; of a time, the fraction.
    """

    __slots__ = ("days",)
    days: float

    @staticmethod
    def make(text: str, days: float) -> Moment:
        made = Moment(text)
        made.days = days
        return made


def _clock(found: re.Match[str]) -> float:
    """Seconds of the day; ValueError for 25:00."""
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    time(hour, minute, second)
    return hour * 3600 + minute * 60 + second + float(found["fraction"] or 0)


def _ordinal(found: re.Match[str]) -> int:
    """Days since 1970-01-01; ValueError for 30 February."""
    return date(int(found["year"]), int(found["month"]), int(found["day"])).toordinal() - _EPOCH


@lru_cache(maxsize=2048)
def moment(text: str) -> Moment | None:
    """``text`` as a date, datetime or time; None when it is none of them."""
    try:
        if found := _DATE.fullmatch(text):
            return Moment.make(text, float(_ordinal(found)))
        if found := _DATETIME.fullmatch(text):
            return Moment.make(text, _ordinal(found) + _clock(found) / _DAY)
        if found := _TIME.fullmatch(text):
            return Moment.make(text, _clock(found) / _DAY)
    except ValueError:
        return None
    return None


def on_day(days: float) -> Moment | None:
    """The date on which ``days`` falls; None outside the years 1 to 9999."""
    if not isfinite(days) or not _FIRST <= floor(days) <= _LAST:
        return None
    day = date.fromordinal(_EPOCH + floor(days))
    return Moment.make(day.isoformat(), float(floor(days)))


def today(at: datetime) -> Moment:
    return Moment.make(at.date().isoformat(), float(at.toordinal() - _EPOCH))


def now(at: datetime) -> Moment:
    whole = at.replace(microsecond=0, tzinfo=None)
    clock = (whole - datetime.combine(whole.date(), time.min)).total_seconds()
    return Moment.make(whole.isoformat(), whole.toordinal() - _EPOCH + clock / _DAY)


def unknown_code(pattern: str) -> str | None:
    """The first ``%x`` of a format that is no code; None when all are."""
    for found in re.finditer(r"%(.?)", pattern, re.DOTALL):
        if not found[1] or found[1] not in FORMAT_CODES:
            return found[0]
    return None


def format_date(days: float, pattern: str) -> str:
    """``days`` written by ``pattern``; "" outside the years 1 to 9999. An unknown code stays."""
    if not isfinite(days) or not _FIRST <= floor(days) < _LAST:
        return ""
    millis = round((days - floor(days)) * _DAY * 1000)
    at = datetime.combine(date.fromordinal(_EPOCH + floor(days)), time.min)
    at += timedelta(milliseconds=millis)
    codes = {
        "Y": f"{at.year:04}",
        "y": f"{at.year % 100:02}",
        "m": f"{at.month:02}",
        "n": str(at.month),
        "b": _MONTHS[at.month - 1],
        "d": f"{at.day:02}",
        "e": str(at.day),
        "a": _DAYS[at.weekday()],
        "H": f"{at.hour:02}",
        "h": str(at.hour),
        "M": f"{at.minute:02}",
        "S": f"{at.second:02}",
        "3": f"{at.microsecond // 1000:03}",
    }
    return re.sub(r"%(.)", lambda found: codes.get(found[1], found[0]), pattern)
