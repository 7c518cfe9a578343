"""Which visits a wave gets, and on which days. No storage; the same input gives the same plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from auditor.domain.facts import Daypart
from auditor.domain.places import LocationFilter
from auditor.domain.rotation import Conflict, RuledOut, unassigned_text


class Rule(StrEnum):
    ONCE = "once"  # each location once
    QUOTA = "quota"  # each location up to its quota
    REGION = "region"  # so many in each region, those longest unvisited first


class Spread(StrEnum):
    DAYS = "days"  # each visit has its day
    OPEN = "open"  # any day of the wave


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who may be given visits. ``among``: ids of evaluators, None for all who are active.
    ``languages`` and ``qualifications``: each is needed, whatever its case and marks."""

    among: frozenset[int] | None = None
    languages: frozenset[str] = frozenset()
    qualifications: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlanAsk:
    """What is to be planned. ``locations``: chosen by hand; None: those of ``where`` (of the
    program's client, active). No rule goes above the quota of a location. ``per_region``: visits in
    each region, for the rule of regions. ``days_late``: a visit is due so many days after its
    planned day, at most on the last day of the wave. ``dayparts``: given out in turn.
    ``staffing`` None: no evaluators yet."""

    locations: tuple[int, ...] | None = None
    where: LocationFilter = field(default_factory=LocationFilter)
    rule: Rule = Rule.QUOTA
    per_region: int = 1
    spread: Spread = Spread.DAYS
    days_late: int = 3
    dayparts: tuple[Daypart, ...] = ()
    staffing: Staffing | None = field(default_factory=Staffing)


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit that a plan would make. ``evaluator`` is the code, "" while nobody is assigned."""

    wave_id: int
    location_id: int
    location_code: str
    location: str
    region: str
    planned_for: date | None
    not_before: date | None
    due: date | None
    daypart: Daypart | None = None
    evaluator_id: int | None = None
    evaluator: str = ""


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A visit that nobody may make. ``place`` and ``day`` say which; ``visit_id`` is None in a
    plan. ``ruled_out`` is sorted, what rules out most first."""

    place: str
    day: date | None
    ruled_out: tuple[RuledOut, ...] = ()
    visit_id: int | None = None

    def text(self, language: str) -> str:
        """One sentence: who was ruled out, and why."""
        return unassigned_text(self.place, self.day, self.ruled_out, language)


@dataclass(frozen=True, slots=True)
class WavePlan:
    """What planning would do; nothing is written yet. ``full`` locations have their quota
    already. ``stamp`` is the state that it was made from."""

    wave_ids: tuple[int, ...]
    visits: tuple[PlannedVisit, ...]
    unassigned: tuple[Unassigned, ...]
    locations: int
    full: int
    ask: PlanAsk
    today: date
    stamp: str = ""

    @property
    def per_day(self) -> dict[date, int]:
        """Visits by day (planned, else due), in the order of the days."""
        days = Counter(visit.planned_for or visit.due for visit in self.visits)
        return {day: days[day] for day in sorted(day for day in days if day is not None)}

    @property
    def per_wave(self) -> dict[int, int]:
        counts = Counter(visit.wave_id for visit in self.visits)
        return {wave: counts[wave] for wave in self.wave_ids}

    @property
    def per_evaluator(self) -> dict[str, int]:
        """Visits by the code of the evaluator, most first; "" is nobody."""
        counts = Counter(visit.evaluator for visit in self.visits)
        return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


@dataclass(frozen=True, slots=True)
class Staffed:
    """A visit without an evaluator and who would make it."""

    visit_id: int
    number: str
    place: str
    day: date | None
    evaluator_id: int
    evaluator: str


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """Who would make the visits that have nobody; nothing is written yet."""

    staffed: tuple[Staffed, ...]
    unassigned: tuple[Unassigned, ...]
    wave_ids: tuple[int, ...]
    staffing: Staffing
    stamp: str = ""


class Clash(StrEnum):
    """What to do with an evaluator whom a change brings into conflict with the rules."""

    REFUSE = "refuse"
    ANYWAY = "anyway"
    RELEASE = "release"  # the visit stays, without an evaluator


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change of many did: ``visits`` were changed, of ``released`` the evaluator was taken
    off, ``conflicts`` were accepted."""

    visits: int
    released: int = 0
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A location in a wave: ``present`` visits it has there already, on ``taken`` days; ``seen`` is
    the day of its last visit, whatever the wave."""

    id: int
    code: str
    name: str = ""
    region: str = ""
    quota: int = 1
    present: int = 0
    seen: date | None = None
    taken: frozenset[date] = frozenset()

    @property
    def room(self) -> int:
        return max(0, self.quota - self.present)


def visits_needed(places: Iterable[Place], rule: Rule, per_region: int = 1) -> dict[int, int]:
    """How many visits each place gets by ``rule``, by its id; never above its quota. Those that
    get none are left out."""
    if rule is Rule.REGION:
        return _by_region(places, per_region)
    most = 1 if rule is Rule.ONCE else None
    found = {place.id: _up_to(place, most) for place in places}
    return {key: count for key, count in found.items() if count}


def _up_to(place: Place, most: int | None) -> int:
    return place.room if most is None else min(place.room, max(0, most - place.present))


def _by_region(places: Iterable[Place], per_region: int) -> dict[int, int]:
    """Fill each region up: places with the fewest visits first, among them those whose last visit
    is the longest ago."""
    regions: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        regions[place.region].append(place)
    found: Counter[int] = Counter()
    for alike in regions.values():
        missing = per_region - sum(place.present for place in alike)
        while missing > 0:
            open_ones = [place for place in alike if found[place.id] < place.room]
            if not open_ones:
                break
            chosen = min(open_ones, key=lambda place: _turn(place, found[place.id]))
            found[chosen.id] += 1
            missing -= 1
    return dict(found)


def _turn(place: Place, given: int) -> tuple[int, date, str, int]:
    return place.present + given, place.seen or date.min, place.code, place.id


def spread(
    places: Sequence[Place], counts: dict[int, int], days: Sequence[date]
) -> list[tuple[Place, date | None]]:
    """The visits of ``counts``, evenly over ``days`` (in order): those of a region, and those of a
    place, as far apart as can be; a place never twice on one day while there is another. Without
    days each has None."""
    ordered = sorted(_positions(places, counts), key=lambda each: each[0])
    visits = [place for _, place in ordered]
    if not days:
        return [(place, None) for place in visits]
    taken = {place.id: set(place.taken) for place in visits}
    found: list[tuple[Place, date | None]] = []
    for rank, place in enumerate(visits):
        day = _free_day(days, rank * len(days) // len(visits), taken[place.id])
        taken[place.id].add(day)
        found.append((place, day))
    return found


def _positions(
    places: Sequence[Place], counts: dict[int, int]
) -> Iterable[tuple[tuple[float, str, str, int], Place]]:
    """Each visit with where it stands between the first day (0) and the last (1)."""
    regions: dict[str, list[Place]] = defaultdict(list)
    for place in sorted(places, key=lambda place: (place.region, place.code, place.id)):
        if counts.get(place.id):
            regions[place.region].append(place)
    for region, alike in regions.items():
        for turn, place in enumerate(alike):
            within = (turn + 0.5) / len(alike)
            for visit in range(counts[place.id]):
                position = (visit + within) / counts[place.id]
                yield (position, region, place.code, place.id), place


def _free_day(days: Sequence[date], wanted: int, taken: set[date]) -> date:
    """The day nearest to ``days[wanted]`` that is not taken; that day where all are."""
    for away in range(len(days)):
        for index in (wanted + away, wanted - away):
            if 0 <= index < len(days) and days[index] not in taken:
                return days[index]
    return days[wanted]


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def moved_day(day: date, old: Sequence[date], new: Sequence[date]) -> date:
    """Where ``day`` of the ``old`` days of a wave comes among its ``new`` ones: at the same place
    between first and last. Both are in order and not empty."""
    if len(new) == len(old) and day in old:
        return new[old.index(day)]
    span = max(1, (old[-1] - old[0]).days)
    part = min(1.0, max(0.0, (day - old[0]).days / span))
    return new[round(part * (len(new) - 1))]
