"""One location in full, clients with their brands, and locations that may be the same place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Text, cast, func, select

from auditor.domain.actions import ActionStatus
from auditor.domain.folding import folded
from auditor.domain.places import (
    Alike,
    BrandLine,
    ClientLine,
    Duplicates,
    ListedLocation,
    LocationDetail,
    MonthScore,
    Moving,
    SectionFigure,
)
from auditor.domain.records import VisitRecord
from auditor.domain.visits import SUBMITTED, VisitStatus
from auditor.store.queries import visits as visit_queries
from auditor.store.queries.bands import judging
from auditor.store.queries.location_listing import listed, listed_all
from auditor.store.tables import (
    ASSIGNMENT,
    BRAND,
    CHECKLIST,
    CLIENT,
    CORRECTIVE_ACTION,
    LOCATION,
    REGION,
    VISIT,
)

#: Visits that are listed, and scores that make the trend.
VISITS_SHOWN, SCORES_SHOWN = 5, 12
#: Groups of locations that may be the same.
GROUPS_SHOWN = 200
_NEVER = datetime.min.replace(tzinfo=UTC)
STILL_OPEN = (ActionStatus.OPEN, ActionStatus.UNDER_WAY, ActionStatus.DONE)
_WORDS = re.compile(r"[0-9a-z]+")
_TAGS = re.compile(r"\s*#[^#]*#.*$")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def location_detail(connection: Connection, location_id: int) -> LocationDetail | None:
    """None where it is not here (any more)."""
    found = listed(connection, location_id)
    if found is None:
        return None
    client = connection.execute(
        select(CLIENT.c.name, CLIENT.c.id)
        .select_from(BRAND.join(CLIENT))
        .where(BRAND.c.id == found.place.brand_id)
    ).one()
    planned, due = _planned(connection, location_id)
    visits = _visits(connection, location_id)
    return LocationDetail(
        found,
        client=client[0],
        client_id=client[1],
        visits=visits,
        scores=tuple(_scores(connection, location_id)),
        planned=planned,
        due=due,
        actions=_actions(connection, location_id),
        merged_into=_name(connection, found.place.merged_into),
        **_judged(connection, visits),
    )


def _visits(connection: Connection, location_id: int) -> tuple[VisitRecord, ...]:
    """Those of one location are few: they are put in order here."""
    every = visit_queries.visits(connection, location_id=location_id)
    seen = [visit for visit in every if visit.status in SUBMITTED]
    seen.sort(key=lambda visit: (visit.started_at or _NEVER, visit.id), reverse=True)
    return tuple(seen[:VISITS_SHOWN])


def _judged(connection: Connection, visits: tuple[VisitRecord, ...]) -> dict[str, Any]:
    """Of the newest visit that has a score: its sections in the order of its checklist, and what
    that holds good."""
    visit = next((visit for visit in visits if visit.score is not None), None)
    if visit is None:
        return {}
    stored = visit_queries.section_scores(connection, visit.id)
    percents = {each.section: each.percent for each in stored}
    known = judging(visit_queries.checklist_text(connection, visit.checklist_version_id)[1])
    sections = tuple(
        SectionFigure(titles, percent)
        for section, titles in known.sections
        if (percent := percents.get(section)) is not None
    )
    return {"sections": sections, "checklist": known.id, "bands": known.bands}


def monthly_scores(
    connection: Connection, client_id: int, checklist: str, since: datetime
) -> list[MonthScore]:
    """How the locations of a client did with a checklist, each in each month of UTC."""
    month = func.substr(cast(VISIT.c.started_at, Text), 1, 7).label("month")
    versions = select(CHECKLIST.c.id).where(CHECKLIST.c.checklist_id == checklist)
    theirs = select(LOCATION.c.id).join(BRAND).where(BRAND.c.client_id == client_id)
    query = (
        select(VISIT.c.location_id, month, func.avg(VISIT.c.score))
        .where(
            VISIT.c.location_id.in_(theirs),
            VISIT.c.started_at >= since,
            VISIT.c.checklist_version_id.in_(versions),
            VISIT.c.score.is_not(None),
            VISIT.c.status.in_([status.value for status in SUBMITTED]),
        )
        .group_by(VISIT.c.location_id, "month")
    )
    return [
        MonthScore(location, date.fromisoformat(f"{month}-01"), float(score))
        for location, month, score in connection.execute(query)
    ]


def _name(connection: Connection, location_id: int | None) -> str:
    query = select(LOCATION.c.name).where(LOCATION.c.id == location_id)
    return "" if location_id is None else connection.execute(query).scalar() or ""


def _planned(connection: Connection, location_id: int) -> tuple[int, date | None]:
    day = func.coalesce(ASSIGNMENT.c.due, ASSIGNMENT.c.planned_for)
    query = (
        select(func.count(), func.min(day))
        .select_from(VISIT.join(ASSIGNMENT, VISIT.c.assignment_id == ASSIGNMENT.c.id))
        .where(VISIT.c.location_id == location_id, VISIT.c.status == VisitStatus.PLANNED.value)
    )
    count, due = connection.execute(query).one()
    return count, due


def _actions(connection: Connection, location_id: int) -> int:
    query = select(func.count()).where(
        CORRECTIVE_ACTION.c.location_id == location_id,
        CORRECTIVE_ACTION.c.status.in_([status.value for status in STILL_OPEN]),
    )
    return connection.execute(query).scalar_one()


def _scores(connection: Connection, location_id: int) -> list[tuple[datetime, float]]:
    joined = VISIT.join(CHECKLIST, VISIT.c.checklist_version_id == CHECKLIST.c.id)
    scored = (
        VISIT.c.location_id == location_id,
        VISIT.c.score.is_not(None),
        VISIT.c.status.in_([status.value for status in SUBMITTED]),
    )
    newest = (VISIT.c.started_at.desc(), VISIT.c.id.desc())
    last = select(CHECKLIST.c.checklist_id).select_from(joined).where(*scored).order_by(*newest)
    query = (
        select(VISIT.c.started_at, VISIT.c.score)
        .select_from(joined)
        .where(*scored, CHECKLIST.c.checklist_id == last.limit(1).scalar_subquery())
        .order_by(*newest)
        .limit(SCORES_SHOWN)
    )
    rows = connection.execute(query).all()
    return [(at, float(score)) for at, score in reversed(rows) if at is not None]


def moving(connection: Connection, location_ids: Sequence[int]) -> list[Moving]:
    """What merging would take from each of them."""
    visits = _counts(connection, VISIT, location_ids, VISIT.c.status != VisitStatus.PLANNED.value)
    planned = _counts(connection, VISIT, location_ids, VISIT.c.status == VisitStatus.PLANNED.value)
    actions = _counts(connection, CORRECTIVE_ACTION, location_ids)
    return [Moving(key, visits[key], planned[key], actions[key]) for key in location_ids]


def _counts(
    connection: Connection, table: Any, location_ids: Sequence[int], *wanted: Any
) -> dict[int, int]:
    query = (
        select(table.c.location_id, func.count())
        .where(table.c.location_id.in_(location_ids), *wanted)
        .group_by(table.c.location_id)
    )
    found: dict[int, int] = defaultdict(int)
    found.update((key, count) for key, count in connection.execute(query))
    return found


# clients


def client_lines(connection: Connection, *, counted: bool = True) -> list[ClientLine]:
    """Clients by name, the archived ones last, each with its brands in that order."""
    counts = _locations_of_brands(connection) if counted else {}
    brands: dict[int, list[BrandLine]] = defaultdict(list)
    columns = (BRAND.c.id, BRAND.c.client_id, BRAND.c.name, BRAND.c.colour, BRAND.c.colour2)
    for row in connection.execute(select(*columns, BRAND.c.active)):
        brands[row[1]].append(BrandLine(*row, locations=counts.get(row[0], 0)))
    rows = connection.execute(
        select(CLIENT.c.id, CLIENT.c.name, CLIENT.c.contacts, CLIENT.c.active)
    )
    found = [ClientLine(*row, brands=tuple(sorted(brands[row[0]], key=_by_name))) for row in rows]
    return sorted(found, key=_by_name)


def _locations_of_brands(connection: Connection) -> dict[int, int]:
    query = select(LOCATION.c.brand_id, func.count()).where(LOCATION.c.active)
    return {row[0]: row[1] for row in connection.execute(query.group_by(LOCATION.c.brand_id))}


def _by_name(line: ClientLine | BrandLine) -> tuple[bool, str]:
    return not line.active, folded(line.name)


# duplicates


def duplicates(connection: Connection, client_id: int | None = None) -> list[Duplicates]:
    """Active locations that may be the same place, the surest first; each stands once."""
    query = (
        select(
            LOCATION.c.id,
            BRAND.c.client_id,
            LOCATION.c.sort_code,
            LOCATION.c.sort_name,
            LOCATION.c.folded,
            LOCATION.c.region_id,
        )
        .select_from(LOCATION.join(BRAND))
        .where(LOCATION.c.active)
    )
    if client_id is not None:
        query = query.where(BRAND.c.client_id == client_id)
    rows = connection.execute(query).all()
    chains = _chains(connection)
    groups = list(islice(_groups([tuple(row) for row in rows], chains), GROUPS_SHOWN))
    wanted = [key for _, keys in groups for key in keys]
    places = {each.place.id: each for each in listed_all(connection, wanted)}
    return [
        Duplicates(why, tuple(sorted((places[key] for key in keys), key=_most_visited)))
        for why, keys in groups
    ]


def _most_visited(each: ListedLocation) -> tuple[int, str]:
    return -each.visits, each.place.code


def _chains(connection: Connection) -> dict[int | None, tuple[int, ...]]:
    """The regions from the root to each."""
    rows = connection.execute(select(REGION.c.id, REGION.c.parent_id))
    parents = {row[0]: row[1] for row in rows}

    def chain(region: int) -> tuple[int, ...]:
        above = parents[region]
        return (region,) if above is None else (*chain(above), region)

    return {None: (), **{region: chain(region) for region in parents}}


def _groups(
    rows: list[tuple[Any, ...]], chains: Mapping[int | None, tuple[int, ...]]
) -> Iterator[tuple[Alike, list[int]]]:
    told: set[int] = set()
    keyed = [(row[0], _keys(row), chains[row[5]]) for row in rows]
    for place, why in enumerate(Alike):
        alike: dict[object, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
        for location, keys, chain in keyed:
            if keys[place] is not None and location not in told:
                alike[keys[place]].append((location, () if why is Alike.CODE else chain))
        for found in alike.values():
            for ids in _near(found) if len(found) > 1 else ():
                told.update(ids)
                yield why, ids


def _near(found: list[tuple[int, tuple[int, ...]]]) -> list[list[int]]:
    """Several that may lie in one region: each in that of the first, above it or below. The same
    street has the same name in other towns."""
    apart: list[tuple[tuple[int, ...], list[int]]] = []
    for location, chain in sorted(found, key=lambda each: -len(each[1])):
        near = next((ids for first, ids in apart if first[: len(chain)] == chain), None)
        if near is None:
            apart.append((chain, [location]))
        else:
            near.append(location)
    return [ids for _, ids in apart if len(ids) > 1]


def _keys(row: tuple[Any, ...]) -> tuple[object, object, object]:
    """For each ``Alike``, what is the same in locations that are; None where nothing tells."""
    _, client, code, name, text, _ = row
    plain = _ZEROS.sub("", "".join(_WORDS.findall(_ZEROS.sub("", code))))  # "SV-007", "sv 7"
    rest = _TAGS.sub("", text[len(code) + len(name) + 2 :])
    place = " ".join(_WORDS.findall(rest))
    if not place:
        return (client, plain), None, None
    return (client, plain), (client, name, place), (client, place)
