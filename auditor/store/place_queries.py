"""What lists of locations read: a page by key, its count, and the tree of regions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    RowMapping,
    Select,
    func,
    literal_column,
    not_,
    select,
    text,
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
from auditor.store.tables import BRAND, LOCATION, REGION

#: A search that finds more does not count them.
MOST_COUNTED = 1000
#: The index of the search knows every three letters.
SHORTEST = 3
_MATCHING = text("SELECT rowid FROM location_search WHERE location_search MATCH :match").columns(
    literal_column("rowid", Integer)
)
SORTED = {LocationOrder.CODE: LOCATION.c.sort_code, LocationOrder.NAME: LOCATION.c.sort_name}
_COLUMNS = (
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
        select(*_COLUMNS)
        .select_from(LOCATION.join(BRAND))
        .order_by(column, LOCATION.c.id)
        .limit(limit)
    )
    few = _few(connection, wanted)
    if few is None:
        query = query.where(*_conditions(connection, wanted, walking=True))
    else:
        query = query.where(LOCATION.c.id.in_(few))
    if after is not None:
        query = query.where(tuple_(column, LOCATION.c.id) > tuple_(after.value, after.id))
    return _records(connection, query)


def _few(connection: Connection, wanted: LocationFilter) -> list[int] | None:
    """The ids of what is wanted, to be put in order; None where there are many: then a walk in
    that order soon has a page of them."""
    query = select(LOCATION.c.id).where(*_conditions(connection, wanted)).limit(MOST_COUNTED + 1)
    found = list(connection.execute(query).scalars())
    return found if len(found) <= MOST_COUNTED else None


def key_of(record: LocationRecord, order: LocationOrder) -> PageKey:
    return PageKey(folded(record.code if order is LocationOrder.CODE else record.name), record.id)


def location_count(connection: Connection, wanted: LocationFilter) -> Count:
    """How many there are; of a search, whether there are more than ``MOST_COUNTED``."""
    if wanted.text or wanted.tags:
        few = _few(connection, wanted)
        return Count(MOST_COUNTED, more=True) if few is None else Count(len(few))
    query = select(func.count()).select_from(LOCATION).where(*_conditions(connection, wanted))
    return Count(connection.execute(query).scalar_one())


def locations(connection: Connection, *, active_only: bool = False) -> list[LocationRecord]:
    """All locations by code."""
    wanted = LocationFilter(active=True if active_only else None)
    return location_page(connection, wanted, limit=None)


def location(connection: Connection, location_id: int) -> LocationRecord:
    """Raises NotFoundError."""
    query = select(*_COLUMNS).select_from(LOCATION.join(BRAND)).where(LOCATION.c.id == location_id)
    found = _records(connection, query)
    if not found:
        raise NotFoundError("location", "There is no such location here.")
    return found[0]


def _records(connection: Connection, query: Select[Any]) -> list[LocationRecord]:
    paths = region_paths(connection)
    return [_record(row, paths) for row in connection.execute(query).mappings()]


def _record(row: RowMapping, paths: dict[int, str]) -> LocationRecord:
    values = dict(row)
    values["tags"] = tuple(values["tags"])
    return LocationRecord(**values, region=paths.get(row["region_id"], ""))


def _conditions(
    connection: Connection, wanted: LocationFilter, *, walking: bool = False
) -> list[ColumnElement[bool]]:
    """``walking``: as a walk in some order asks each location; else as indexes find them."""
    found: list[ColumnElement[bool]] = []
    brand: ColumnElement[int] = LOCATION.c.brand_id
    region: ColumnElement[int] = LOCATION.c.region_id
    if walking:  # a sum has no index
        brand, region = brand + 0, region + 0
    if wanted.active is not None:
        found.append(LOCATION.c.active if wanted.active else not_(LOCATION.c.active))
    if wanted.client is not None:
        found.append(brand.in_(select(BRAND.c.id).where(BRAND.c.client_id == wanted.client)))
    if wanted.brands:
        found.append(brand.in_(sorted(wanted.brands)))
    if wanted.region == 0:
        found.append(LOCATION.c.region_id.is_(None))
    elif wanted.region is not None:
        found.append(region.in_(sorted(_below(connection, wanted.region))))
    words = [*map(_tag, wanted.tags), *folded(wanted.text).split()]
    indexed = [] if walking else [word for word in words if len(word) >= SHORTEST]
    if indexed:
        match = " AND ".join('"' + word.replace('"', '""') + '"' for word in indexed)
        found.append(LOCATION.c.id.in_(_MATCHING.bindparams(match=match)))
    others = [word for word in words if word not in indexed]
    return found + [LOCATION.c.folded.contains(word, autoescape=True) for word in others]


def _tag(tag: str) -> str:
    return f"#{folded(tag)}#"


def search_text(code: str, name: str, address: str, tags: Iterable[str]) -> str:
    """What ``location.folded`` holds: tags stand between hashes, so that they can be asked for
    whole."""
    told = "".join(_tag(tag) for tag in tags)
    return f"{folded(code)} {folded(name)} {folded(address)} {told}".strip()


# regions


def _regions(connection: Connection) -> dict[int, tuple[int, int | None, str]]:
    query = select(REGION.c.id, REGION.c.client_id, REGION.c.parent_id, REGION.c.name)
    return {row.id: (row.client_id, row.parent_id, row.name) for row in connection.execute(query)}


def _below(connection: Connection, region: int) -> set[int]:
    """The region and all below it."""
    children = defaultdict(list)
    for key, (_, parent, _) in _regions(connection).items():
        children[parent].append(key)
    found, waiting = set(), [region]
    while waiting:
        at = waiting.pop()
        found.add(at)
        waiting += children[at]
    return found


def region_paths(connection: Connection) -> dict[int, str]:
    """The path of names of every region, by its id."""
    nodes = _regions(connection)
    paths: dict[int, str] = {}

    def path(node: int) -> str:
        if node not in paths:
            _, parent, name = nodes[node]
            paths[node] = name if parent is None else path(parent) + REGION_SEPARATOR + name
        return paths[node]

    for node in nodes:
        path(node)
    return paths


def region_tree(connection: Connection, client_id: int | None = None) -> list[RegionNode]:
    """The regions in the order of their paths (without marks), each with its count."""
    nodes, paths = _regions(connection), region_paths(connection)
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
