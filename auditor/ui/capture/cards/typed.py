"""What a person types, as values: durations, numbers, days, times. No Qt.

Every ``read_*`` takes text as typed and returns None for what it cannot read; it never guesses.
Every ``show_*`` gives the text that its ``read_*`` reads back.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from decimal import Decimal

from forms.words import Figure

#: More than a week is a slip of the hand, and stays below what SQLite and the report can show.
LONGEST = 7 * 24 * 3600
MOST_DIGITS = 30
#: A day of another year is a slip, and a zone would take the first and the last of all out of what
#: the calendar holds.
YEARS = range(1900, 2200)

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})")
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z'\"]*)\s*")
_UNITS = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "gio", "g"), 3600),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "phut", "ph", "p", "'"), 60),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "giay", "gi", '"', "''"), 1),
}
_NEXT_UNIT = {3600: 60, 60: 1}


def plain(text: str) -> str:
    """Lower case, without diacritics: what unit words are compared by."""
    marks = unicodedata.normalize("NFD", text.strip().lower().replace("đ", "d"))
    return "".join(c for c in marks if not unicodedata.combining(c))


def clean(text: str) -> str:
    """NFC, and without what a file or a database cannot hold: NUL and lone surrogates."""
    kept = "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff")
    return unicodedata.normalize("NFC", kept)


def read_duration(text: str) -> int | None:
    """Whole seconds of "48", "7:20", "1:07:20", "7 phút 20", "1h30", "2 min 5 s", "1,5 phút"."""
    found = plain(text).replace("′", "'").replace("″", '"')
    clock = _CLOCK.fullmatch(found)
    seconds = _of_clock(clock) if clock else _of_parts(found)
    return seconds if seconds is not None and seconds <= LONGEST else None


def _of_clock(match: re.Match[str]) -> int | None:
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    if seconds > 59 or (match[1] and minutes > 59):
        return None
    return hours * 3600 + minutes * 60 + seconds


def _of_parts(text: str) -> int | None:
    total, unit, at = Decimal(0), 0, 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            return None
        now = _UNITS.get(part[2]) if part[2] else _NEXT_UNIT.get(unit, 1)
        if now is None or (unit and now >= unit):
            return None
        total += Decimal(part[1].replace(",", ".")) * now
        unit, at = now, part.end()
    return int(total) if unit and total == int(total) else None


def show_duration(seconds: int) -> str:
    """ "0:48", "7:20", "1:07:20"."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def read_decimal(text: str) -> Decimal | None:
    """A number with either decimal separator: the last of two kinds of separator is the decimal
    one, a separator that stands twice groups thousands."""
    found = re.sub(r"[\s\u00a0\u202f_]", "", text).replace("\u2212", "-").lstrip("+")
    if not re.fullmatch(r"-?[\d.,]*\d[\d.,]*", found):
        return None
    last = max(found.rfind("."), found.rfind(","))
    if last >= 0 and found.count(found[last]) > 1:
        last = len(found)
    whole, fraction = (found, "") if last < 0 else (found[:last], found[last + 1 :])
    if not _grouped(whole.lstrip("-")):
        return None
    return _exact(re.sub(r"[.,]", "", whole) or "0", fraction)


def _grouped(whole: str) -> bool:
    """Separators inside the whole part stand before groups of three digits."""
    return not re.search(r"[.,]", whole) or bool(re.fullmatch(r"\d{1,3}([.,]\d{3})+", whole))


def _exact(whole: str, fraction: str) -> Decimal | None:
    if len(whole) + len(fraction) > MOST_DIGITS + 1:
        return None
    whole = "-0" if whole == "-" else whole
    return Decimal(f"{whole}.{fraction or '0'}").normalize() + 0


def read_integer(text: str) -> int | None:
    """A whole number; "12.500" and "12,500" are twelve thousand five hundred."""
    found = re.sub(r"[\s\u00a0\u202f]", "", text).replace("\u2212", "-").lstrip("+")
    if re.fullmatch(r"-?\d{1,3}([.,]\d{3})+", found):
        found = re.sub(r"[.,]", "", found)
    if not re.fullmatch(rf"-?\d{{1,{MOST_DIGITS}}}", found):
        return None
    return int(found)


def show_number(value: int | Decimal, language: str) -> str:
    """Without grouping; a comma in Vietnamese."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "vi" else text


def show_grouped(value: int | Decimal, language: str) -> str:
    """``show_number`` with the separators of thousands of the language."""
    whole, point, rest = show_number(value, language).partition("," if language == "vi" else ".")
    return f"{Figure(int(whole), language)}{point}{rest}"


def read_day(text: str, today: date) -> date | None:
    """Day, month, year in that order ("12/11/2026", "12.11", "12"), or ISO. What is left out is
    taken from ``today``. None for a year beyond ``YEARS``."""
    found = text.strip()
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", found):
        year, month, day = (int(part) for part in found.split("-"))
    else:
        parts = re.fullmatch(r"(\d{1,2})(?:[\s/.-]+(\d{1,2})(?:[\s/.-]+(\d{4}|\d{2}))?)?", found)
        if parts is None:
            return None
        day = int(parts[1])
        month = int(parts[2] or today.month)
        year = int(parts[3] or today.year)
        year += 2000 if len(parts[3] or "") == 2 else 0
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def show_day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def read_time(text: str) -> time | None:
    """ "14:05", "14:05:30", "14h05", "14 giờ", "1405", "9", "2:05 pm", "2 giờ chiều"."""
    found = plain(text)
    late = re.search(r"(pm|p\.m\.|chieu|toi)$", found)
    early = re.search(r"(am|a\.m\.|sang)$", found)
    found = re.sub(r"\s*(am|pm|a\.m\.|p\.m\.|sang|chieu|toi)$", "", found)
    parts = re.fullmatch(
        r"(\d{1,2})(?:\s*(?:[:.]|h|g|gio)\s*(?:(\d{1,2})(?:[:.](\d{1,2}))?)?)?(?:\s*(?:p|phut))?",
        found,
    ) or re.fullmatch(r"(\d{1,2})(\d{2})", found)
    if parts is None:
        return None
    hour, minute, second = (int(part or 0) for part in (*parts.groups(), None)[:3])
    hour += 12 if late and hour < 12 else 0
    hour -= 12 if early and hour == 12 else 0
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def show_time(value: time) -> str:
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")


def iso_day(text: str) -> date | None:
    """The day of an ISO date or datetime; None when there is none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def iso_time(text: str) -> time | None:
    """The time of an ISO time or datetime; None when there is none."""
    try:
        return time.fromisoformat(text.partition("T")[2] or text)
    except ValueError:
        return None


def count_words(text: str) -> int:
    """Words as the check of the fewest words counts them."""
    return len(text.split())
