"""On which days and at which hours a visit may be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

#: Monday to Sunday, as ``date.weekday`` counts them.
EVERY_DAY = frozenset(range(7))
MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class VisitHours:
    """On ``days`` (0 is Monday), from ``opens`` until before ``closes``. ``closes`` at midnight is
    the end of the day; one that is not after ``opens`` is on the day after."""

    days: frozenset[int] = EVERY_DAY
    opens: time = MIDNIGHT
    closes: time = MIDNIGHT

    @property
    def whole_day(self) -> bool:
        return self.opens == self.closes == MIDNIGHT

    @property
    def overnight(self) -> bool:
        return self.closes != MIDNIGHT and self.closes <= self.opens

    def covers(self, moment: datetime) -> bool:
        """Whether a visit may be begun at ``moment``, local time."""
        at, day = moment.time(), moment.weekday()
        if self.overnight:
            late = day in self.days and at >= self.opens
            return late or ((day - 1) % 7 in self.days and at < self.closes)
        within = self.opens <= at and (self.closes == MIDNIGHT or at < self.closes)
        return day in self.days and within


def allowed(hours: Sequence[VisitHours], moment: datetime) -> bool:
    """Without any hours every moment is right."""
    return not hours or any(each.covers(moment) for each in hours)


def open_on(hours: Sequence[VisitHours], day: date) -> bool:
    return not hours or any(day.weekday() in each.days for each in hours)


def hours_to_json(hours: Sequence[VisitHours]) -> list[dict[str, object]]:
    """As ``program.windows`` keeps them."""
    return [
        {
            "days": sorted(each.days),
            "opens": each.opens.isoformat("minutes"),
            "closes": each.closes.isoformat("minutes"),
        }
        for each in hours
    ]


def hours_from_json(data: Sequence[dict[str, object]]) -> tuple[VisitHours, ...]:
    """Raises ValueError for what ``hours_to_json`` did not write."""
    return tuple(_hours(each) for each in data)


def _hours(data: dict[str, object]) -> VisitHours:
    days, opens, closes = data.get("days"), data.get("opens"), data.get("closes")
    if not isinstance(days, list) or not EVERY_DAY.issuperset(days):
        raise ValueError(days)
    return VisitHours(
        frozenset(days), time.fromisoformat(str(opens)), time.fromisoformat(str(closes))
    )
