"""What an office keeps of the places that are visited. No storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, StrEnum

from auditor.domain.records import LocationRecord, VisitRecord

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
    """The last four are of the visits; locations that have nothing of it stand behind the others,
    whichever way the list runs."""

    CODE = "code"
    NAME = "name"
    LAST = "last"
    SCORE = "score"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class LocationFilter:
    """Which locations. ``text``: each of its words stands somewhere in code, name, address or
    tags, whatever its case and marks. ``region``: there or anywhere below it; 0 is "no region".
    ``active`` None is both. ``visited_since``: the last visit was then or later; ``idle_since``: it
    was before, or there was none; ``score_below``: the last score was lower; ``never``: no visit
    yet; ``offered``: neither the brand nor the client is archived, as for what is new. What is
    None or empty asks for nothing."""

    text: str = ""
    client: int | None = None
    brands: frozenset[int] = frozenset()
    region: int | None = None
    tags: frozenset[str] = frozenset()
    active: bool | None = True
    visited_since: datetime | None = None
    idle_since: datetime | None = None
    score_below: float | None = None
    never: bool = False
    offered: bool = False

    @property
    def narrow(self) -> bool:
        """Whether an index may find few of them. To find those that were never visited takes a
        walk, whatever their order."""
        told = self.visited_since, self.idle_since, self.score_below, self.client, self.region
        asked = self.text.strip() or self.brands or self.tags or self.active is False
        return bool(asked) or any(each is not None for each in told)

    @property
    def of_visits(self) -> bool:
        """Whether the roll-ups are asked, too."""
        asked = self.visited_since, self.idle_since, self.score_below
        return self.never or any(each is not None for each in asked)


@dataclass(frozen=True, slots=True)
class Count:
    """``number`` of locations, and ``more`` where it was not counted to the end."""

    number: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class PageKey:
    """Where a page ends: the next one begins behind it. ``blank``: among the locations that have
    nothing of what the list goes by; they go by their code, which ``value`` is then."""

    value: str | float
    id: int
    blank: bool = False


class Rung(Enum):
    """How high a band stands among those of its checklist."""

    UPPER = "upper"
    BETWEEN = "between"
    LOWEST = "lowest"

    @classmethod
    def of(cls, place: int, bands: int) -> Rung:
        """``place`` counts from 0, the lowest of ``bands``."""
        if bands - 1 - place < max(bands // 2, 1):
            return cls.UPPER
        return cls.LOWEST if place == 0 else cls.BETWEEN


@dataclass(frozen=True, slots=True)
class ListedLocation:
    """A location with what its visits come to: see ``LocationRollupRow``. ``rung`` is that of its
    band, None where the last visit has none."""

    place: LocationRecord
    visits: int = 0
    last_visit_id: int | None = None
    last_at: datetime | None = None
    score: float | None = None
    band: str | None = None
    change: float | None = None
    rung: Rung | None = None


@dataclass(frozen=True, slots=True)
class SectionFigure:
    """How a section of the last visit with a score did: ``titles`` by language ("" where it is
    the same in all), ``percent`` 0 to 100."""

    titles: Mapping[str, str]
    percent: float

    def title(self, language: str) -> str:
        first = next(iter(self.titles.values()), "")
        return self.titles.get(language) or self.titles.get("") or first


@dataclass(frozen=True, slots=True)
class BandFigure:
    """A band of a checklist: it begins at ``least`` of 100."""

    least: float
    id: str


@dataclass(frozen=True, slots=True)
class MonthScore:
    """The mean score of a location in a month, which is its first day."""

    location_id: int
    month: date
    score: float


@dataclass(frozen=True, slots=True)
class OthersMean:
    """How other locations of the client did with a checklist: the mean of each month (its first
    day) in which several were visited, the oldest first; a location counts once in a month."""

    months: tuple[tuple[date, float], ...] = ()
    locations: int = 0


@dataclass(frozen=True, slots=True)
class LocationDetail:
    """All that is shown of one location. ``visits`` are those that were handed in, the newest
    first; ``scores`` of the checklist of the last one that has a score, the oldest first; ``due``
    is the nearest day of a visit that is planned. ``checklist`` is the id of that checklist,
    ``bands`` are its bands, the lowest first."""

    listed: ListedLocation
    client: str = ""
    client_id: int = 0
    visits: tuple[VisitRecord, ...] = ()
    scores: tuple[tuple[datetime, float], ...] = ()
    planned: int = 0
    due: date | None = None
    actions: int = 0
    merged_into: str = ""
    sections: tuple[SectionFigure, ...] = ()
    checklist: str = ""
    bands: tuple[BandFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list by the name that a person gave it; ``body`` is as its screen wrote it."""

    id: int
    name: str
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BrandLine:
    """A brand in a list. ``locations`` counts the active ones."""

    id: int
    client_id: int
    name: str
    colour: str
    colour2: str
    active: bool = True
    locations: int = 0


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client in a list, its brands by name."""

    id: int
    name: str
    contacts: str = ""
    active: bool = True
    brands: tuple[BrandLine, ...] = ()

    @property
    def locations(self) -> int:
        return sum(brand.locations for brand in self.brands)


class Alike(StrEnum):
    """Why locations may be the same place."""

    CODE = "code"
    NAME_AND_ADDRESS = "name_and_address"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Locations of one client that may be the same place, the one with most visits first."""

    why: Alike
    places: tuple[ListedLocation, ...]


@dataclass(frozen=True, slots=True)
class Moving:
    """What merging takes from a location to the one that stays."""

    location_id: int
    visits: int = 0
    planned: int = 0
    actions: int = 0


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
