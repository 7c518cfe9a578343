"""Days and times as people say them, in the language of the window."""

from __future__ import annotations

from datetime import date, datetime

from auditor.ui.theme import Tone
from auditor.words import Words, mark

WEEKDAYS = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"),
    mark("Saturday"), mark("Sunday"),
)  # fmt: skip
SHORT_DAYS = (
    mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"),
)  # fmt: skip
MONTHS = (
    mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun"),
    mark("Jul"), mark("Aug"), mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec"),
)  # fmt: skip
SOON_DAYS = 7


def day(words: Words, on: date, today: date) -> str:
    """ "14 Nov"; with the year when it is another one."""
    month = words(MONTHS[on.month - 1])
    if on.year == today.year:
        return words("{day} {month}", day=on.day, month=month)
    return words("{day} {month} {year}", day=on.day, month=month, year=on.year)


def near_day(words: Words, on: date, today: date) -> str:
    """ "Today", "Tomorrow, 13 Nov", "Saturday, 14 Nov" within a week, else "20 Nov"."""
    ahead = (on - today).days
    date_text = day(words, on, today)
    if ahead == 0:
        return words("Today")
    if ahead == 1:
        return words("Tomorrow, {date}", date=date_text)
    if ahead == -1:
        return words("Yesterday, {date}", date=date_text)
    if 0 < ahead < SOON_DAYS:
        return words("{weekday}, {date}", weekday=words(WEEKDAYS[on.weekday()]), date=date_text)
    return date_text


def moment(words: Words, at: datetime, now: datetime) -> str:
    """ "14:32" today, else "11 Nov, 19:05". ``at`` and ``now`` carry offsets; shown local."""
    local, today = at.astimezone(), now.astimezone().date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return clock
    return words("{date}, {time}", date=day(words, local.date(), today), time=clock)


def spoken(words: Words, at: datetime, now: datetime) -> str:
    """``moment`` within a sentence: "today, 14:32", "11 Nov, 19:05"."""
    time = moment(words, at, now)
    return words("today, {time}", time=time) if _is_today(at, now) else time


def _is_today(at: datetime, now: datetime) -> bool:
    return at.astimezone().date() == now.astimezone().date()


def deadline(words: Words, due: date, today: date) -> tuple[str, Tone, str]:
    """The words, tone and icon of a deadline chip."""
    late = (today - due).days
    if late > 0:
        text = words.plural("{count} day late", "{count} days late", late)
        return text, Tone.DANGER, "alarm-clock"
    if late == 0:
        return words("Due today"), Tone.DANGER, "alarm-clock"
    tone = Tone.WARNING if late == -1 else Tone.NEUTRAL
    return near_day(words, due, today), tone, "clock" if late == -1 else "calendar"
