"""What lists of locations read: a page by key, its count, and the tree of regions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    RowMapping,
    Select,
    TableClause,
    column,
    exists,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    true,
    tuple_,
)

from auditor.domain.errors import NotFoundError
from auditor.domain.folding import folded
from auditor.domain.places import (
    REGION_SEPARATOR,
    Count,
    LocationFilter,
    LocationOrder,
    PageKey,
    RegionNode,
)
from auditor.domain.records import LocationRecord
from auditor.store.tables import BRAND, CLIENT, LOCATION, LOCATION_ROLLUP, REGION

#: A search that finds more does not count them.
MOST_COUNTED = 1000
#: The index of the search knows every three letters.
SHORTEST = 3
_SEARCH: TableClause = table("location_search", column("rowid", Integer), column("location_search"))
ROLLED = LOCATION_ROLLUP.c.location_id == LOCATION.c.id


class Along(Enum):
    """The index that a list is walked by."""

    NOTHING = 0
    LOCATIONS = 1
    ROLLUPS = 2


SORTED = {LocationOrder.CODE: LOCATION.c.sort_code, LocationOrder.NAME: LOCATION.c.sort_name}
COLUMNS = (
    LOCATION.c.id,
    LOCATION.c.brand_id,
    BRAND.c.name.label("brand"),
    LOCATION.c.code,
    LOCATION.c.name,
    LOCATION.c.address,
    LOCATION.c.region_id,
    LOCATION.c.active,
    LOCATION.c.contacts,
    LOCATION.c.hours,
    LOCATION.c.tags,
    LOCATION.c.merged_into,
    LOCATION.c.version,
)
_NAMES = tuple(column.name for column in COLUMNS)


def location_page(
    connection: Connection,
    wanted: LocationFilter,
    order: LocationOrder = LocationOrder.CODE,
    after: PageKey | None = None,
    limit: int | None = 50,
) -> list[LocationRecord]:
    """Locations in order; the next page is asked for with ``key_of`` its last as ``after``."""
    column = SORTED[order]
    query = (
        select(*COLUMNS)
        .select_from(LOCATION.join(BRAND).outerjoin(LOCATION_ROLLUP, ROLLED))
        .order_by(column, LOCATION.c.id)
        .limit(limit)
    )
    few = few_of(connection, wanted)
    if few is None:
        query = query.where(*conditions(connection, wanted, Along.LOCATIONS))
    else:
        query = query.where(among(few))
    if after is not None:
        query = query.where(tuple_(column, LOCATION.c.id) > tuple_(after.value, after.id))
    return records(connection, query)


def few_of(connection: Connection, wanted: LocationFilter) -> str | None:
    """The ids of what is wanted as a JSON array, for ``among``; None where there are many: then a
    walk in some order soon has a page of them."""
    if not wanted.narrow:
        return None
    few, number = _gathered(connection, wanted, MOST_COUNTED + 1)
    return few if number <= MOST_COUNTED else None


def among(few: str) -> ColumnElement[bool]:
    """Whether a location is one of ``few``, a JSON array of ids."""
    return LOCATION.c.id.in_(select(column("value")).select_from(func.json_each(few)))


def location_ids(connection: Connection, wanted: LocationFilter) -> list[int]:
    """All that are wanted, in no order."""
    ids: list[int] = json.loads(_gathered(connection, wanted, None)[0])
    return ids


def _gathered(connection: Connection, wanted: LocationFilter, most: int | None) -> tuple[str, int]:
    """A JSON array of ids and how long it is: one row is read faster than a thousand."""
    asked, match = conditions(connection, wanted), _match(wanted)
    source: FromClause = LOCATION
    if match:
        source = _SEARCH.join(LOCATION, _SEARCH.c.rowid == LOCATION.c.id)
        asked.append(_SEARCH.c.location_search.op("MATCH")(match))
    elif _by_rollup(wanted):  # it is walked by its index, each location looked up
        source = LOCATION_ROLLUP.join(LOCATION, ROLLED)
    found = select(LOCATION.c.id).select_from(source).where(*asked).limit(most).subquery()
    query = select(func.json_group_array(found.c.id), func.count())
    ids, number = connection.execute(query).one()
    return ids, number


def _by_rollup(wanted: LocationFilter) -> bool:
    """Whether what is wanted has a visit."""
    return wanted.visited_since is not None or wanted.score_below is not None


def key_of(record: LocationRecord, order: LocationOrder) -> PageKey:
    return PageKey(folded(record.code if order is LocationOrder.CODE else record.name), record.id)


def location_count(connection: Connection, wanted: LocationFilter) -> Count:
    """How many there are; of a search or of what visits tell, whether there are more than
    ``MOST_COUNTED``."""
    if wanted.text or wanted.tags or wanted.of_visits:
        number = _gathered(connection, wanted, MOST_COUNTED + 1)[1]
        return Count(min(number, MOST_COUNTED), more=number > MOST_COUNTED)
    query = select(func.count()).select_from(LOCATION).where(*conditions(connection, wanted))
    return Count(connection.execute(query).scalar_one())


def locations(connection: Connection, *, active_only: bool = False) -> list[LocationRecord]:
    """All locations by code."""
    wanted = LocationFilter(active=True if active_only else None)
    return location_page(connection, wanted, limit=None)


def location(connection: Connection, location_id: int) -> LocationRecord:
    """Raises NotFoundError."""
    query = select(*COLUMNS).select_from(LOCATION.join(BRAND)).where(LOCATION.c.id == location_id)
    found = records(connection, query)
    if not found:
        raise NotFoundError("location", "There is no such location here.")
    return found[0]


def offered_of(connection: Connection, location_id: int) -> list[LocationRecord]:
    """The location, when something new may be made there; else nothing."""
    asked = conditions(connection, LocationFilter(offered=True))
    query = select(*COLUMNS).select_from(LOCATION.join(BRAND))
    return records(connection, query.where(LOCATION.c.id == location_id, *asked))


def records(connection: Connection, query: Select[Any]) -> list[LocationRecord]:
    rows = connection.execute(query).mappings().all()
    paths = paths_of(connection, rows)
    return [record_of(row, paths) for row in rows]


def paths_of(connection: Connection, rows: Sequence[RowMapping]) -> dict[int, str]:
    """The paths of the regions that the rows name."""
    return region_paths(connection, {row["region_id"] for row in rows} - {None})


def record_of(row: RowMapping | dict[str, Any], paths: dict[int, str]) -> LocationRecord:
    values = {name: row[name] for name in _NAMES}
    values["tags"] = tuple(values["tags"])
    return LocationRecord(**values, region=paths.get(row["region_id"], ""))


def conditions(
    connection: Connection, wanted: LocationFilter, along: Along = Along.NOTHING
) -> list[ColumnElement[bool]]:
    """``along`` an order: as a walk asks each location, beside which its roll-up stands; else as
    indexes find them, the words that ``_match`` asks the index of the search for left out."""
    walking = along is not Along.NOTHING
    found: list[ColumnElement[bool]] = []
    brand: ColumnElement[int] = LOCATION.c.brand_id
    region: ColumnElement[int] = LOCATION.c.region_id
    if walking:  # a sum has no index
        brand, region = brand + 0, region + 0
    if wanted.active is not None:
        found.append(_activity(wanted.active, plain=along is Along.ROLLUPS))
    if wanted.client is not None:
        found.append(brand.in_(select(BRAND.c.id).where(BRAND.c.client_id == wanted.client)))
    if wanted.offered:
        kept = select(BRAND.c.id).join(CLIENT).where(BRAND.c.active, CLIENT.c.active)
        found.append(brand.in_(kept))
    if wanted.brands:
        found.append(brand.in_(sorted(wanted.brands)))
    if wanted.region == 0:
        found.append(LOCATION.c.region_id.is_(None))
    elif wanted.region is not None:
        found.append(region.in_(regions_below(connection, wanted.region)))
    words = _words(wanted) if walking else [w for w in _words(wanted) if len(w) < SHORTEST]
    found += [LOCATION.c.folded.contains(word, autoescape=True) for word in words]
    joined = walking or (_by_rollup(wanted) and not _match(wanted))
    return found + _of_visits(wanted, joined=joined, rolled=along is Along.ROLLUPS)


def _activity(active: bool, *, plain: bool) -> ColumnElement[bool]:
    """``plain``: no index is asked; SQLite takes one that is of active locations for selective."""
    if plain:
        return literal_column("+location.active", Integer) == int(active)
    return LOCATION.c.active if active else not_(LOCATION.c.active)


def _of_visits(wanted: LocationFilter, *, joined: bool, rolled: bool) -> list[ColumnElement[bool]]:
    """``joined``: the roll-up stands beside the location; else each location looks for its own.
    ``rolled``: there surely is one."""
    rollup = LOCATION_ROLLUP.c
    asked: list[ColumnElement[bool]] = []
    if wanted.visited_since is not None:
        asked.append(rollup.last_at >= wanted.visited_since)
    if wanted.score_below is not None:
        asked.append(rollup.score < wanted.score_below)
    found = asked
    if asked and not joined:
        found = [exists().where(ROLLED, *asked)]
    if wanted.never:
        found.append(rollup.location_id.is_(None) if joined else ~exists().where(ROLLED))
    if wanted.idle_since is not None:
        seen = rollup.last_at >= wanted.idle_since
        before = rollup.last_at < wanted.idle_since
        idle = before if rolled else or_(rollup.last_at.is_(None), before)
        found.append(idle if joined else ~exists().where(ROLLED, seen))
    return found


def _words(wanted: LocationFilter) -> list[str]:
    return [*map(_tag, sorted(wanted.tags)), *folded(wanted.text).split()]


def _match(wanted: LocationFilter) -> str:
    """What the index of the search is asked for; "" where no word is long enough."""
    words = [word for word in _words(wanted) if len(word) >= SHORTEST]
    return " AND ".join('"' + word.replace('"', '""') + '"' for word in words)


def _tag(tag: str) -> str:
    return f"#{folded(tag)}#"


def search_text(code: str, name: str, address: str, tags: Iterable[str]) -> str:
    """What ``location.folded`` holds: tags stand between hashes, so that they can be asked for
    whole."""
    told = "".join(_tag(tag) for tag in tags)
    return f"{folded(code)} {folded(name)} {folded(address)} {told}".strip()


def tags(connection: Connection) -> list[str]:
    """Every tag of active locations once, in the order of letters."""
    each = func.json_each(LOCATION.c.tags).table_valued("value")
    query = select(each.c.value).select_from(LOCATION.join(each, true()))
    found = connection.execute(query.where(LOCATION.c.active, LOCATION.c.tags != ()).distinct())
    told = {folded(tag): tag for tag in found.scalars()}
    return [told[key] for key in sorted(told)]


# regions


def _regions(connection: Connection) -> dict[int, tuple[int, int | None, str]]:
    query = select(REGION.c.id, REGION.c.client_id, REGION.c.parent_id, REGION.c.name)
    rows = connection.execute(query)
    return {key: (client, parent, name) for key, client, parent, name in rows}


def regions_below(connection: Connection, region: int) -> list[int]:
    """The region and all below it."""
    top = select(literal(region).label("id")).cte("below", recursive=True)
    below = top.union(select(REGION.c.id).where(REGION.c.parent_id == top.c.id))
    return sorted(connection.execute(select(below.c.id)).scalars())


def region_paths(connection: Connection, wanted: Collection[int] | None = None) -> dict[int, str]:
    """The path of names of every region by its id, or of those ``wanted``."""
    if wanted is not None and not wanted:
        return {}
    return _paths(_regions(connection), wanted)


def _paths(
    nodes: dict[int, tuple[int, int | None, str]], wanted: Collection[int] | None = None
) -> dict[int, str]:
    paths: dict[int, str] = {}

    def path(node: int) -> str:
        if node not in paths:
            _, parent, name = nodes[node]
            paths[node] = name if parent is None else path(parent) + REGION_SEPARATOR + name
        return paths[node]

    for node in nodes if wanted is None else wanted:
        path(node)
    return paths


def region_tree(connection: Connection, client_id: int | None = None) -> list[RegionNode]:
    """The regions in the order of their paths (without marks), each with its count."""
    nodes = _regions(connection)
    paths = _paths(nodes)
    counts: dict[int, int] = defaultdict(int)
    grouped = (
        select(LOCATION.c.region_id, func.count())
        .where(LOCATION.c.active, LOCATION.c.region_id.is_not(None))
        .group_by(LOCATION.c.region_id)
    )
    for region, count in connection.execute(grouped):
        at: int | None = region
        while at is not None:
            counts[at] += count
            at = nodes[at][1]
    found = [
        RegionNode(key, client, parent, name, paths[key], counts[key])
        for key, (client, parent, name) in nodes.items()
        if client_id in (None, client)
    ]
    order = {
        node.id: [folded(part) for part in node.path.split(REGION_SEPARATOR)] for node in found
    }
    return sorted(found, key=lambda node: (order[node.id], node.id))
