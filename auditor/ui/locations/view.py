"""A list of locations as a person asked for it: what is kept of it under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from auditor.domain.places import LocationFilter, LocationOrder


class Column(StrEnum):
    """What a column shows; ``NAME`` and the tick are always there."""

    CODE = "code"
    NAME = "name"
    BRAND = "brand"
    REGION = "region"
    ADDRESS = "address"
    CONTACTS = "contacts"
    HOURS = "hours"
    TAGS = "tags"
    LAST = "last"
    SCORE = "score"
    CHANGE = "change"
    VISITS = "visits"


USUAL = (Column.CODE, Column.NAME, Column.LAST, Column.SCORE, Column.CHANGE, Column.VISITS)
#: What a list can go by, and the column whose heading says so.
ORDERS = {
    Column.CODE: LocationOrder.CODE,
    Column.NAME: LocationOrder.NAME,
    Column.LAST: LocationOrder.LAST,
    Column.SCORE: LocationOrder.SCORE,
    Column.CHANGE: LocationOrder.CHANGE,
}
#: Figures begin with the greatest, words with A.
DOWN_FIRST = frozenset({LocationOrder.LAST, LocationOrder.SCORE, LocationOrder.CHANGE})


@dataclass(frozen=True, slots=True)
class View:
    """``client``, ``region`` and ``brands`` are ids (region 0: without one); ``visited_days`` and
    ``idle_days`` count back from now; 0 asks for nothing."""

    text: str = ""
    client: int = 0
    region: int | None = None
    brands: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    archived: bool = False
    visited_days: int = 0
    idle_days: int = 0
    score_below: float = 0.0
    never: bool = False
    order: LocationOrder = LocationOrder.CODE
    down: bool = False

    def filter(self, now: datetime) -> LocationFilter:
        def ago(days: int) -> datetime | None:
            return now - timedelta(days=days) if days else None

        return LocationFilter(
            text=self.text,
            client=self.client or None,
            brands=frozenset(self.brands),
            region=self.region,
            tags=frozenset(self.tags),
            active=not self.archived,
            visited_since=ago(self.visited_days),
            idle_since=ago(self.idle_days),
            score_below=self.score_below or None,
            never=self.never,
        )

    @property
    def plain(self) -> bool:
        """All locations, in whatever order."""
        return self.same_places(View())

    def same_places(self, other: View) -> bool:
        """Whether both ask for the same locations; the order may differ."""
        return replace(self, order=other.order, down=other.down) == other

    def by(self, order: LocationOrder) -> View:
        """In that order; the other way round where it was in it already."""
        down = not self.down if order is self.order else order in DOWN_FIRST
        return replace(self, order=order, down=down)

    def body(self) -> dict[str, Any]:
        """As it is kept; what is as usual is left out."""
        usual = asdict(View())
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value != usual[name]
        }

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> View:
        """What ``body`` says; what it says of another kind is as usual."""
        values = {name: _READ[name](body[name]) for name in _READ if name in body}
        return cls(**{name: value for name, value in values.items() if value is not None})


def _number(value: object) -> int | None:
    return value if type(value) is int and 0 <= value < 1 << 53 else None


def _text(value: object) -> str | None:
    return value[:200] if isinstance(value, str) else None


def _yes(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _points(value: object) -> float | None:
    return float(value) if type(value) in (int, float) and 0 <= value <= 100 else None  # type: ignore[operator, arg-type]


def _order(value: object) -> LocationOrder | None:
    return next((order for order in LocationOrder if order.value == value), None)


def _numbers(value: object) -> tuple[int, ...] | None:
    listed = value if isinstance(value, list | tuple) else []
    return tuple(each for each in map(_number, listed) if each is not None)


def _texts(value: object) -> tuple[str, ...] | None:
    listed = value if isinstance(value, list | tuple) else []
    return tuple(each for each in map(_text, listed) if each)


_READ: dict[str, Any] = {
    "text": _text,
    "client": _number,
    "region": _number,
    "brands": _numbers,
    "tags": _texts,
    "archived": _yes,
    "visited_days": _number,
    "idle_days": _number,
    "score_below": _points,
    "never": _yes,
    "order": _order,
    "down": _yes,
}
