"""What an office keeps of the places that are visited. No storage."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

#: The longest that is kept of each, in characters.
LONGEST = {"code": 40, "name": 200, "address": 500, "region": 400, "contacts": 500, "hours": 200}
MOST_TAGS, LONGEST_TAG = 20, 40
#: Between the names of a region's path.
REGION_SEPARATOR = " / "


@dataclass(frozen=True, slots=True)
class LocationInput:
    """A location as it was typed or read. ``region`` is a path of names, "Miền Nam / TP.HCM"."""

    code: str
    name: str
    address: str = ""
    region: str = ""
    contacts: str = ""
    hours: str = ""
    tags: tuple[str, ...] = ()
    active: bool = True


class LocationOrder(StrEnum):
    CODE = "code"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class LocationFilter:
    """Which locations. ``text``: each of its words stands somewhere in code, name, address or
    tags, whatever its case and marks. ``region``: there or anywhere below it; 0 is "no region".
    ``active`` None is both. What is None or empty asks for nothing."""

    text: str = ""
    client: int | None = None
    brands: frozenset[int] = frozenset()
    region: int | None = None
    tags: frozenset[str] = frozenset()
    active: bool | None = True


@dataclass(frozen=True, slots=True)
class Count:
    """``number`` of locations, and ``more`` where it was not counted to the end."""

    number: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class PageKey:
    """Where a page ends: the next one begins behind it."""

    value: str
    id: int


@dataclass(frozen=True, slots=True)
class RegionNode:
    """A region of a client's tree. ``count`` is of its active locations, those below included."""

    id: int
    client_id: int
    parent_id: int | None
    name: str
    path: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Images:
    """What one row was before and after a change: column and value; None where it was not."""

    table: str
    id: int
    before: dict[str, object] | None
    after: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Step:
    """A change of places that can be taken back as a whole. ``kind`` is that of its event,
    ``name`` what it was about."""

    kind: str
    name: str
    images: tuple[Images, ...] = field(default=(), repr=False)
