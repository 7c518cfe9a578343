"""Numbers, dates and times as the paper prints them: rounded half up, in the reader's locale."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from forms import reading
from reports.snapshot import Daypart, Visit
from reports.words import WORDS, mark

Exact: TypeAlias = Fraction | Decimal | int

MINUS = "−"
NBSP = "\u00a0"
DASH = "–"

DAYPARTS = {
    Daypart.MORNING: mark("in the morning"),
    Daypart.MIDDAY: mark("at midday"),
    Daypart.AFTERNOON: mark("in the afternoon"),
    Daypart.EVENING: mark("in the evening"),
    Daypart.NIGHT: mark("at night"),
}
WEEKDAYS = (
    mark("Monday"),
    mark("Tuesday"),
    mark("Wednesday"),
    mark("Thursday"),
    mark("Friday"),
    mark("Saturday"),
    mark("Sunday"),
)


def rounded(value: Exact, decimals: int) -> Decimal:
    """Half up, away from zero: 0.05 → 0.1, −0.05 → −0.1. Exact, whatever the size."""
    return Decimal(f"{_units(*value.as_integer_ratio(), decimals)}E{-decimals}")


def _units(over: int, under: int, decimals: int) -> int:
    """``over / under`` rounded half up, in units of its last decimal."""
    whole: int = (abs(over) * 10**decimals * 2 + under) // (2 * under)
    return -whole if over < 0 else whole


def is_round(value: Exact, decimals: int) -> bool:
    """Whether ``decimals`` places say the value exactly."""
    over, under = value.as_integer_ratio()
    return bool(over * 10**decimals % under == 0)


class Figures:
    """Formats for one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._comma = language == "vi"

    def number(self, value: Exact, decimals: int) -> str:
        """``75,5`` in Vietnamese, ``75.5`` in English; a true minus."""
        over, under = value.as_integer_ratio()
        return self._number(over, under, decimals)

    def _number(self, over: int, under: int, decimals: int) -> str:
        units = _units(over, under, decimals)
        whole, rest = divmod(abs(units), 10**decimals)
        text = str(whole)
        if whole >= 1000:
            text = f"{whole:,}".replace(",", "." if self._comma else ",")
        if decimals:
            text = f"{text}{',' if self._comma else '.'}{rest:0{decimals}}"
        return f"{MINUS}{text}" if units < 0 else text

    def signed(self, value: Exact, decimals: int) -> str:
        """``+2,0``, ``−9,5``; zero has no sign."""
        text = self.number(value, decimals)
        return f"+{text}" if rounded(value, decimals) > 0 else text

    def short(self, value: Exact, most: int = 2) -> str:
        """As few decimals as say it, at most ``most``: 2 · 12,5 · 0,73."""
        over, under = value.as_integer_ratio()
        return self._short(over, under, most)

    def _short(self, over: int, under: int, most: int) -> str:
        decimals = 0
        while decimals < most and over * 10**decimals % under:
            decimals += 1
        return self._number(over, under, decimals)

    def long(self, value: Exact, most: int = 6) -> str:
        """Enough decimals to check the arithmetic; "…" says that there are more."""
        text = self.short(value, most)
        return text if is_round(value, most) else f"{text}…"

    def percent(self, ratio: Exact, most: int = 1) -> str:
        over, under = ratio.as_integer_ratio()
        return f"{self._short(over * 100, under, most)}{NBSP}%"

    def duration(self, seconds: int) -> str:
        """``48 s``, ``7 min 20 s``; it never breaks over lines."""
        return reading.duration(seconds, self.language).replace(" ", NBSP)

    def day(self, on: date) -> str:
        """``12/11/2026`` or ``12 Nov 2026``; it never breaks over lines."""
        return reading.day(on, self.language).replace(" ", NBSP)

    def weekday(self, on: date) -> str:
        return WORDS.text(self.language, WEEKDAYS[on.weekday()])

    def moment(self, visit: Visit) -> str:
        """``14:05``, ``in the afternoon``, or nothing."""
        if visit.time:
            return visit.time
        return WORDS.text(self.language, DAYPARTS[visit.daypart]) if visit.daypart else ""
