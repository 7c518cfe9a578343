"""When the evaluator was there, from clock times as they are typed, and back into words. No Qt."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from auditor.domain.facts import Daypart, VisitFacts, Weather
from auditor.words import Words, mark

#: A departure earlier than the arrival is of the next day when the visit stays this short; else
#: one of the two is wrong, and is told as it stands.
PAST_MIDNIGHT = timedelta(hours=6)

DAYPARTS = {
    Daypart.MORNING: mark("Morning"),
    Daypart.MIDDAY: mark("Midday"),
    Daypart.AFTERNOON: mark("Afternoon"),
    Daypart.EVENING: mark("Evening"),
    Daypart.NIGHT: mark("Night"),
}
WEATHER = {
    Weather.SUN: (mark("Sunny"), "sun"),
    Weather.CLOUDS: (mark("Cloudy"), "cloud"),
    Weather.RAIN: (mark("Rain"), "cloud-rain"),
    Weather.STORM: (mark("Storm"), "cloud-lightning"),
    Weather.HEAT: (mark("Hot"), "thermometer-sun"),
    Weather.COLD: (mark("Cold"), "snowflake"),
}


def day_of(facts: VisitFacts, otherwise: date) -> date:
    """The day of the visit: that of its arrival, else of its departure."""
    told = facts.arrived or facts.left
    return otherwise if told is None else told.date()


def departure(arrived: datetime | None, clock: time, day: date) -> datetime:
    """The departure at ``clock``: on ``day``, or past midnight where the arrival says so."""
    left = datetime.combine(day, clock)
    if arrived is not None and left < arrived:
        following = left + timedelta(days=1)
        return following if following - arrived <= PAST_MIDNIGHT else left
    return left


def times(
    day: date, arrived: time | None, left: time | None
) -> tuple[datetime | None, datetime | None]:
    """Arrival and departure of ``day`` from two clocks, to the minute."""
    came = None if arrived is None else datetime.combine(day, _whole(arrived))
    return came, None if left is None else departure(came, _whole(left), day)


def _whole(clock: time) -> time:
    return clock.replace(second=0, microsecond=0)


def minutes_text(words: Words, minutes: int) -> str:
    """ "29 min", "1 h 05"."""
    if minutes < 60:
        return words("{minutes} min", minutes=minutes)
    hours, rest = divmod(minutes, 60)
    return words("{hours} h {minutes}", hours=hours, minutes=f"{rest:02}")


def times_text(facts: VisitFacts) -> str:
    """ "10:02–10:31", with a question mark for the one that is missing; "" without any."""
    if facts.arrived is None and facts.left is None:
        return ""
    shown = [f"{at:%H:%M}" if at is not None else "?" for at in (facts.arrived, facts.left)]
    return "–".join(shown)


def times_line(words: Words, facts: VisitFacts) -> str:
    """ "10:02–10:31 · 29 min", or that nothing was said yet."""
    shown = times_text(facts)
    if not shown:
        return words("Times not given yet")
    minutes = facts.minutes
    return shown if minutes is None else f"{shown} · {minutes_text(words, minutes)}"
