"""Pages of locations beside what their visits come to, in any order, by key.

Locations that have nothing of what a list goes by (never visited, no score) stand behind the
others, whichever way it runs, and go by their code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    bindparam,
    desc,
    select,
    tuple_,
)

from auditor.domain.folding import folded
from auditor.domain.places import ListedLocation, LocationFilter, LocationOrder, PageKey, Rung
from auditor.store.queries.bands import rungs
from auditor.store.queries.places import (
    COLUMNS,
    ROLLED,
    SORTED,
    Along,
    among,
    conditions,
    few_of,
    paths_of,
    record_of,
)
from auditor.store.tables import BRAND, LOCATION, LOCATION_ROLLUP
from auditor.store.times import from_utc_text, utc_text

_ROLLUP = LOCATION_ROLLUP.c
_ROLLED_UP = (
    _ROLLUP.visits,
    _ROLLUP.last_visit_id,
    _ROLLUP.last_at,
    _ROLLUP.score,
    _ROLLUP.band,
    _ROLLUP.change,
)
_FIGURES = {
    LocationOrder.LAST: _ROLLUP.last_at,
    LocationOrder.SCORE: _ROLLUP.score,
    LocationOrder.CHANGE: _ROLLUP.change,
}
_CODE = LOCATION.c.sort_code


def location_list(
    connection: Connection,
    wanted: LocationFilter,
    order: LocationOrder = LocationOrder.CODE,
    after: PageKey | None = None,
    limit: int = 50,
    *,
    down: bool = False,
) -> list[ListedLocation]:
    """A page of what is wanted; the next one is asked for with ``list_key`` of its last as
    ``after``. ``down``: the greatest first."""
    few = few_of(connection, wanted)

    def asked(along: Along) -> list[ColumnElement[bool]]:
        return [among(few)] if few is not None else conditions(connection, wanted, along)

    def rows(query: Select[Any], along: Along, most: int) -> list[RowMapping]:
        return list(connection.execute(query.where(*asked(along)).limit(most)).mappings())

    if order in SORTED:
        walk = _walk(SORTED[order], after, down=down)
        return _listed(connection, rows(walk, Along.LOCATIONS, limit))
    figure, found = _FIGURES[order], []
    if not wanted.never and (after is None or not after.blank):
        found = rows(_by_figure(figure, after, down=down), Along.ROLLUPS, limit)
        after = None
    if len(found) < limit and not _always(wanted, order):
        rest = _walk(_CODE, after, down=False).where(figure.is_(None))
        found += rows(rest, Along.LOCATIONS, limit - len(found))
    return _listed(connection, found)


def _always(wanted: LocationFilter, order: LocationOrder) -> bool:
    """Whether all that is wanted has the figure: nothing stands behind."""
    if wanted.score_below is not None:
        return order in (LocationOrder.SCORE, LocationOrder.LAST)
    return wanted.visited_since is not None and order is LocationOrder.LAST


def _walk(column: ColumnElement[Any], after: PageKey | None, *, down: bool) -> Select[Any]:
    """Along an index of ``location``, the roll-up beside each."""
    joined = LOCATION.join(BRAND).outerjoin(LOCATION_ROLLUP, ROLLED)
    query = select(*COLUMNS, *_ROLLED_UP).select_from(joined)
    value = None if after is None else after.value
    return _ordered(query, column, LOCATION.c.id, value, after, down=down)


def _by_figure(figure: ColumnElement[Any], after: PageKey | None, *, down: bool) -> Select[Any]:
    """Along an index of ``location_rollup``."""
    joined = LOCATION_ROLLUP.join(LOCATION, ROLLED).join(BRAND, LOCATION.c.brand_id == BRAND.c.id)
    query = select(*COLUMNS, *_ROLLED_UP).select_from(joined).where(figure.is_not(None))
    value = None if after is None else _bound(figure, after)
    return _ordered(query, figure, _ROLLUP.location_id, value, after, down=down)


def _bound(figure: ColumnElement[Any], after: PageKey) -> Any:
    return from_utc_text(str(after.value)) if figure is _ROLLUP.last_at else after.value


def _ordered(
    query: Select[Any],
    column: ColumnElement[Any],
    key: ColumnElement[int],
    value: Any,
    after: PageKey | None,
    *,
    down: bool,
) -> Select[Any]:
    query = query.order_by(desc(column), desc(key)) if down else query.order_by(column, key)
    if after is None:
        return query
    here, there = tuple_(column, key), tuple_(_same(column, value), _same(key, after.id))
    return query.where(here < there if down else here > there)


def _same(column: ColumnElement[Any], value: Any) -> ColumnElement[Any]:
    """``value`` as the type of ``column`` binds it."""
    return bindparam(None, value, type_=column.type)


def list_key(listed: ListedLocation, order: LocationOrder) -> PageKey:
    """Where the next page begins: behind this one."""
    place = listed.place
    if order in SORTED:
        text = place.code if order is LocationOrder.CODE else place.name
        return PageKey(folded(text), place.id)
    if order is LocationOrder.LAST:
        figure: float | str | None = None if listed.last_at is None else utc_text(listed.last_at)
    else:
        figure = listed.score if order is LocationOrder.SCORE else listed.change
    if figure is None:
        return PageKey(folded(place.code), place.id, blank=True)
    return PageKey(figure, place.id)


def listed(connection: Connection, location_id: int) -> ListedLocation | None:
    """One of them; None where it is not here."""
    query = _walk(_CODE, None, down=False).where(LOCATION.c.id == location_id)
    found = _listed(connection, list(connection.execute(query).mappings()))
    return found[0] if found else None


def listed_all(connection: Connection, location_ids: Sequence[int]) -> list[ListedLocation]:
    """These, by code."""
    wanted = among(json.dumps(list(location_ids)))
    query = _walk(_CODE, None, down=False).where(wanted)
    return _listed(connection, list(connection.execute(query).mappings()))


def _listed(connection: Connection, rows: list[RowMapping]) -> list[ListedLocation]:
    paths = paths_of(connection, rows)
    banded = ((row["last_visit_id"], row["band"]) for row in rows if row["band"])
    stand = rungs(connection, banded)
    return [_one(row, paths, stand.get(row["last_visit_id"])) for row in rows]


def _one(row: RowMapping, paths: dict[int, str], rung: Rung | None) -> ListedLocation:
    return ListedLocation(
        record_of(row, paths),
        visits=row["visits"] or 0,
        last_visit_id=row["last_visit_id"],
        last_at=row["last_at"],
        score=row["score"],
        band=row["band"],
        change=row["change"],
        rung=rung,
    )
