"""How numbers, times and dates read in the languages of the product."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from forms.words import WORDS, mark

MINUS = "−"
#: Decimal mark and mark of thousands.
_MARKS = {"vi": (",", "."), "en": (".", ",")}
_GROUPED_FROM = 1_000

_MONTHS = (
    mark("Jan"),
    mark("Feb"),
    mark("Mar"),
    mark("Apr"),
    mark("May"),
    mark("Jun"),
    mark("Jul"),
    mark("Aug"),
    mark("Sep"),
    mark("Oct"),
    mark("Nov"),
    mark("Dec"),
)


def number(value: Decimal | int, language: str) -> str:
    """``value`` with all its decimals: "1,5" in vi, "1.5" in en."""
    decimal_mark, thousands = _MARKS.get(language, _MARKS["en"])
    whole, _, decimals = (
        f"{value.copy_abs():f}".partition(".")
        if isinstance(value, Decimal)
        else (
            str(abs(value)),
            "",
            "",
        )
    )
    if len(whole) > len(str(_GROUPED_FROM)) - 1:
        whole = f"{int(whole):,}".replace(",", thousands)
    text = f"{whole}{decimal_mark}{decimals}" if decimals else whole
    return f"{MINUS}{text}" if value < 0 else text


def duration(seconds: int, language: str) -> str:
    """Whole seconds as "7 min 20 s"; the parts that are zero are left out."""
    minutes, s = divmod(abs(seconds), 60)
    h, m = divmod(minutes, 60)
    parts = [
        WORDS.text(language, "{count} h", count=number(h, language)) if h else "",
        WORDS.text(language, "{count} min", count=m) if m else "",
        WORDS.text(language, "{count} s", count=s) if s or not minutes else "",
    ]
    text = " ".join(part for part in parts if part)
    return f"{MINUS}{text}" if seconds < 0 else text


def day(value: date, language: str) -> str:
    """ "12 Nov 2026" in en, "12/11/2026" in vi."""
    return WORDS.text(
        language,
        "{day} {month} {year}",
        day=value.day,
        month=WORDS.text(language, _MONTHS[value.month - 1]),
        year=f"{value.year:04d}",
        dd=f"{value.day:02d}",
        mm=f"{value.month:02d}",
    )


def clock(value: time) -> str:
    """ "14:05", with seconds only where there are some."""
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")


def moment(value: datetime, language: str) -> str:
    """ "12 Nov 2026, 14:05" in en, "14:05, 12/11/2026" in vi."""
    return WORDS.text(
        language, "{day}, {time}", day=day(value.date(), language), time=clock(value.time())
    )
