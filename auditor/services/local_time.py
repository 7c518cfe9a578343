"""The local time of visits: each is told in the zone of its place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from auditor.domain.errors import RefusedError
from auditor.domain.records import VisitRecord


def zone_named(name: str) -> ZoneInfo:
    """Raises RefusedError ``zone``."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: "Asia", a folder
        raise RefusedError(
            "zone", "{zone} is no time zone. Name one like Asia/Ho_Chi_Minh.", zone=name
        ) from error


def local_start(record: VisitRecord) -> datetime:
    """The visit's start as local time of its zone: what ``today()`` and ``now()`` are."""
    moment = record.started_at or datetime.combine(
        record.planned_for or date(2000, 1, 1), datetime.min.time(), UTC
    )
    zone = zone_named(record.zone) if record.started_at else UTC
    return moment.astimezone(zone).replace(tzinfo=None)


def start_on(now: datetime, on: date, zone: str) -> datetime:
    """``on`` in ``zone``, at the time of day that it is there now."""
    place = zone_named(zone)
    clock = now.astimezone(place).time().replace(microsecond=0)
    return datetime.combine(on, clock, place).astimezone(UTC)
