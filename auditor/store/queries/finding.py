"""Visits that a person looks for by a few words."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, func, or_, select

from auditor.domain.folding import folded
from auditor.domain.places import LocationFilter
from auditor.domain.records import VisitRecord
from auditor.domain.visits import VisitStatus
from auditor.store.queries.places import location_page
from auditor.store.queries.visits import visit_by_number, visits, visits_of
from auditor.store.tables import BRAND, LOCATION, VISIT

#: Visits whose every word is looked at. Older ones are found by their number or their location.
NEWEST = 1_000
#: Locations whose older visits are found.
PLACES = 20


def find_visits(
    connection: Connection, text: str, statuses: Mapping[VisitStatus, str], limit: int
) -> list[VisitRecord]:
    """The newest first, one whose number is ``text`` before them. Each word of ``text`` stands in
    the number, the location, its brand, or what ``statuses`` calls how far the visit is."""
    words = folded(text).split()
    if not words:
        return visits(connection, limit=limit)
    named = visit_by_number(connection, text)
    ids = _among_newest(connection, words, statuses, limit)
    if len(ids) < limit:
        ids += _older(connection, text, limit - len(ids), min(ids, default=None))
    found = [visit for visit in visits_of(connection, ids) if named is None or visit != named]
    return [*([] if named is None else [named]), *found][:limit]


def _among_newest(
    connection: Connection, words: list[str], statuses: Mapping[VisitStatus, str], limit: int
) -> list[int]:
    newest = select(VISIT.c.id).order_by(VISIT.c.id.desc()).limit(NEWEST)
    brands = [
        (brand.id, folded(brand.name))
        for brand in connection.execute(select(BRAND.c.id, BRAND.c.name))
    ]
    query = (
        select(VISIT.c.id)
        .select_from(VISIT.join(LOCATION, VISIT.c.location_id == LOCATION.c.id))
        .where(VISIT.c.id.in_(newest), *(_says(word, brands, statuses) for word in words))
        .order_by(VISIT.c.id.desc())
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def _says(
    word: str, brands: list[tuple[int, str]], statuses: Mapping[VisitStatus, str]
) -> ColumnElement[bool]:
    called = [status.value for status, name in statuses.items() if word in folded(name)]
    return or_(
        func.lower(VISIT.c.number).contains(word, autoescape=True),
        LOCATION.c.folded.contains(word, autoescape=True),
        LOCATION.c.brand_id.in_([brand for brand, name in brands if word in name]),
        VISIT.c.status.in_(called),
    )


def _older(connection: Connection, text: str, limit: int, before: int | None) -> list[int]:
    """Of the locations that are called so."""
    places = location_page(connection, LocationFilter(text=text, active=None), limit=PLACES)
    here = json.dumps([place.id for place in places])
    wanted: list[ColumnElement[bool]] = [
        VISIT.c.location_id.in_(select(func.json_each(here).table_valued("value").c.value))
    ]
    if before is not None:
        wanted.append(VISIT.c.id < before)
    query = select(VISIT.c.id).where(*wanted).order_by(VISIT.c.id.desc()).limit(limit)
    return list(connection.execute(query).scalars())
