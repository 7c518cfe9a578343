"""Rows of locations: as they are kept, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.folding import folded
from auditor.domain.places import LONGEST, LONGEST_TAG, MOST_TAGS, LocationInput
from auditor.services.importing.plan import Plan
from auditor.services.regions import RegionsOf
from auditor.services.typed import bounded, one_line, prose, required
from auditor.store.journal import Journal
from auditor.store.queries.places import search_text
from auditor.store.tables import BRAND, LOCATION
from auditor.store.units import Unit

_BETWEEN_TAGS = re.compile(r"[,;|/\n]")


def cleaned(given: LocationInput) -> LocationInput:
    """As it is kept. Raises RefusedError: empty_name, too_long, many_tags."""
    kept = LocationInput(
        code=required(given.code),
        name=required(given.name),
        address=prose(given.address),
        region=given.region,
        contacts=prose(given.contacts),
        hours=prose(given.hours),
        tags=tags_of(given.tags),
        active=given.active,
    )
    for name, most in LONGEST.items():
        bounded(getattr(kept, name), most)
    return kept


def tags_of(tags: Sequence[str]) -> tuple[str, ...]:
    """Each once, whatever its case and marks; what separates tags in a table separates them."""
    parts = [one_line(part) for tag in tags for part in _BETWEEN_TAGS.split(tag)]
    told = {folded(tag): tag for tag in reversed(parts) if tag}
    if len(told) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in told.values()):
        raise RefusedError(
            "many_tags",
            "A location has at most {most} tags of {longest} characters. Take some away.",
            most=MOST_TAGS,
            longest=LONGEST_TAG,
        )
    return tuple(sorted(told.values(), key=folded))


def insert_row(
    unit: Unit, journal: Journal, brand_id: int, kept: LocationInput, regions: RegionsOf
) -> int:
    _require_code_free(unit, brand_id, kept.code)
    return journal.insert(LOCATION.name, new_row(unit, brand_id, kept, regions))


def new_row(unit: Unit, brand_id: int, kept: LocationInput, regions: RegionsOf) -> dict[str, Any]:
    region = regions.named(brand_id, kept.region)
    return born(unit) | _values(kept) | {"brand_id": brand_id, "region_id": region}


def require_new(unit: Unit, plan: Plan) -> None:
    """None of what the plan adds is here. Raises RefusedError ``code_taken``."""
    for brand_id in {add.brand_id for add in plan.adds}:
        query = select(LOCATION.c.sort_code).where(LOCATION.c.brand_id == brand_id)
        here = set(unit.execute(query).scalars())
        for add in plan.adds:
            if add.brand_id == brand_id and folded(add.after.code) in here:
                raise _code_taken(add.after.code)


def change_row(
    unit: Unit, journal: Journal, row: dict[str, Any], kept: LocationInput, regions: RegionsOf
) -> None:
    if folded(row["code"]) != folded(kept.code):
        _require_code_free(unit, row["brand_id"], kept.code)
    values = _values(kept) | {"region_id": regions.named(row["brand_id"], kept.region)}
    if any(row[name] != value for name, value in values.items()):
        journal.update(LOCATION.name, row, values | {"version": row["version"] + 1})


def require_version(row: dict[str, Any], version: int) -> None:
    if row["version"] != version:
        raise RefusedError(
            "changed_meanwhile",
            "{name} was changed meanwhile. Look at it again, then change it.",
            name=row["name"],
        )


def _values(kept: LocationInput) -> dict[str, Any]:
    return {
        "code": kept.code,
        "name": kept.name,
        "address": kept.address,
        "contacts": kept.contacts,
        "hours": kept.hours,
        "tags": list(kept.tags),
        "active": kept.active,
        "sort_code": folded(kept.code),
        "sort_name": folded(kept.name),
        "folded": search_text(kept.code, kept.name, kept.address, kept.tags),
    }


def born(unit: Unit) -> dict[str, Any]:
    return {"created_at": unit.at}


_MISSING = {
    "client": "There is no such client here.",
    "brand": "There is no such brand here.",
    "location": "There is no such location here.",
}


def row_of(unit: Unit, table: Any, key: int, what: str) -> dict[str, Any]:
    found = unit.execute(select(table).where(table.c.id == key)).mappings().one_or_none()
    if found is None:
        raise NotFoundError(what, _MISSING[what])
    return dict(found)


def _require_code_free(unit: Unit, brand_id: int, code: str) -> None:
    """ "sv-01" is "SV-01" to people."""
    taken = select(LOCATION.c.id).where(
        LOCATION.c.brand_id == brand_id, LOCATION.c.sort_code == folded(code)
    )
    if unit.execute(taken).scalar() is not None:
        raise _code_taken(code)


def _code_taken(code: str) -> RefusedError:
    return RefusedError(
        "code_taken",
        "A location of code {given} is here already. Give another code.",
        given=code,
    )


def rebranded(
    unit: Unit, journal: Journal, row: dict[str, Any], brand_id: int, code: str
) -> dict[str, Any]:
    """The row under another brand of its client. Raises RefusedError: brand_client, code_taken."""
    clients = {
        row_of(unit, BRAND, key, "brand")["client_id"] for key in (row["brand_id"], brand_id)
    }
    if len(clients) > 1:
        raise RefusedError(
            "brand_client", "This brand is of another client. Choose one of the same client."
        )
    _require_code_free(unit, brand_id, code)
    values = {"brand_id": brand_id, "version": row["version"] + 1}
    journal.update(LOCATION.name, row, values)
    return row | values
