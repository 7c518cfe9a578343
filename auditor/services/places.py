"""Clients and their brands; regions (a tree); locations. Every change of them can be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.folding import folded
from auditor.domain.places import (
    LONGEST,
    LONGEST_TAG,
    MOST_TAGS,
    LocationInput,
    Step,
)
from auditor.domain.records import BrandRecord, ClientRecord, LocationRecord
from auditor.services.importing.plan import Plan
from auditor.services.regions import Regions, RegionsOf
from auditor.services.typed import one_line, prose, required
from auditor.store import events, queries
from auditor.store.journal import Journal
from auditor.store.place_queries import search_text
from auditor.store.tables import ASSIGNMENT, BRAND, CLIENT, LOCATION, VISIT
from auditor.store.units import Store, Unit

_COLOUR = re.compile(r"^#[0-9A-Fa-f]{6}$")
_BETWEEN_TAGS = re.compile(r"[,;|/\n]")
_TOUCHED = Changes(places=True)
COLOUR, COLOUR2 = "#1A5FB4", "#154E95"


class Places:
    """Commands return what is there now; ``last`` is the step of the newest one, for ``undo``."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.regions = Regions(self._write)
        #: What was changed last, None before the first change.
        self.last: Step | None = None

    @contextmanager
    def _write(self, kind: str, name: str, **told: Any) -> Iterator[tuple[Unit, Journal]]:
        """One unit that tells the trail what it did, and keeps how to take it back. A unit that
        changes nothing leaves no trace."""
        with self._store.unit() as unit:
            journal = Journal(unit)
            yield unit, journal
            step = journal.step(kind, name)
            if step.images:
                events.append(unit, kind, None, {"name": name, **told})
                unit.touch(_TOUCHED)
        if step.images:
            self.last = step

    def undo(self, step: Step) -> Step:
        """Take a change back as a whole; returns the step that does it again.

        Raises RefusedError ``changed_since``: then nothing is changed.
        """
        with self._write(f"{step.kind}.undone", step.name) as (_, journal):
            journal.take_back(step)
        assert self.last is not None
        return self.last

    # clients and brands

    def add_client(self, name: str) -> ClientRecord:
        """Raises RefusedError: empty_name, client_taken."""
        name = required(name)
        with self._write("client.added", name) as (unit, journal):
            _require_client_free(unit, name)
            key = journal.insert(CLIENT.name, _born(unit) | {"name": name})
        return ClientRecord(key, name)

    def update_client(
        self, client_id: int, *, name: str | None = None, active: bool | None = None
    ) -> None:
        """Change what is given. Raises NotFoundError, RefusedError: empty_name, client_taken."""
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = required(name)
        if active is not None:
            values["active"] = active
        with self._write("client.changed", values.get("name", ""), **values) as (unit, journal):
            row = _row(unit, CLIENT, client_id, "client")
            if values.get("name", row["name"]) != row["name"]:
                _require_client_free(unit, values["name"])
            journal.update(CLIENT.name, row, values)

    def add_brand(
        self,
        client_id: int,
        name: str,
        colour: str = COLOUR,
        colour2: str = COLOUR2,
        logo: str | None = None,
    ) -> BrandRecord:
        """Colours are ``#RRGGBB``; ``logo`` is the hash of a picture that was attached.

        Raises RefusedError: empty_name, colour, brand_taken; NotFoundError.
        """
        name = required(name)
        colour, colour2 = _colour(colour), _colour(colour2)
        with self._write("brand.added", name) as (unit, journal):
            _row(unit, CLIENT, client_id, "client")
            _require_brand_free(unit, client_id, name)
            values = {"name": name, "colour": colour, "colour2": colour2, "logo": logo}
            key = journal.insert(BRAND.name, values | {"client_id": client_id})
        return BrandRecord(key, client_id, name, colour, colour2, logo)

    def update_brand(
        self,
        brand_id: int,
        *,
        name: str | None = None,
        colour: str | None = None,
        colour2: str | None = None,
        active: bool | None = None,
    ) -> None:
        """Change what is given. Raises NotFoundError, RefusedError: empty_name, colour,
        brand_taken."""
        values: dict[str, Any] = {} if name is None else {"name": required(name)}
        for key, given in (("colour", colour), ("colour2", colour2)):
            if given is not None:
                values[key] = _colour(given)
        if active is not None:
            values["active"] = active
        with self._write("brand.changed", values.get("name", ""), **values) as (unit, journal):
            row = _row(unit, BRAND, brand_id, "brand")
            if values.get("name", row["name"]) != row["name"]:
                _require_brand_free(unit, row["client_id"], values["name"])
            journal.update(BRAND.name, row, values)

    # locations

    def add_location(
        self, brand_id: int, code: str, name: str, address: str = "", region: str = ""
    ) -> LocationRecord:
        """``add`` with the fewest words."""
        return self.add(brand_id, LocationInput(code, name, address, region))

    def add(self, brand_id: int, given: LocationInput) -> LocationRecord:
        """A new location; its region is made where it is new.

        Raises RefusedError: empty_name, too_long, many_tags, code_taken; NotFoundError.
        """
        kept = cleaned(given)
        with self._write("location.added", kept.code) as (unit, journal):
            key = _insert(unit, journal, brand_id, kept, RegionsOf(unit, journal))
        return self._store.read(queries.location, key)

    def change(self, location_id: int, given: LocationInput, version: int) -> LocationRecord:
        """``version`` is that of the record which the person looked at.

        Raises NotFoundError, RefusedError: changed_meanwhile, and those of ``add``.
        """
        kept = cleaned(given)
        with self._write("location.changed", kept.code) as (unit, journal):
            row = _row(unit, LOCATION, location_id, "location")
            _require_version(row, version)
            _change(unit, journal, row, kept, RegionsOf(unit, journal))
        return self._store.read(queries.location, location_id)

    def set_active(self, location_ids: Sequence[int], active: bool) -> None:
        """Archive locations, or bring them back. Their visits stay. Raises NotFoundError."""
        kind = "location.brought_back" if active else "location.archived"
        with self._write(kind, str(len(location_ids))) as (unit, journal):
            for key in location_ids:
                row = _row(unit, LOCATION, key, "location")
                values: dict[str, Any] = {"active": active}
                if active:
                    values["merged_into"] = None
                if any(row[name] != value for name, value in values.items()):
                    journal.update(LOCATION.name, row, values | {"version": row["version"] + 1})

    def move(self, location_ids: Sequence[int], region: str) -> None:
        """To the region of that path, made where it is new; "" is none. Raises NotFoundError."""
        with self._write("location.moved", region, count=len(location_ids)) as (unit, journal):
            regions = RegionsOf(unit, journal)
            for key in location_ids:
                row = _row(unit, LOCATION, key, "location")
                new = regions.named(row["brand_id"], region)
                if new != row["region_id"]:
                    values = {"region_id": new, "version": row["version"] + 1}
                    journal.update(LOCATION.name, row, values)

    def merge(self, keep_id: int, gone_ids: Sequence[int]) -> LocationRecord:
        """The same place was here twice: all visits and assignments go to ``keep_id``, the others
        are archived and say where they went.

        Raises NotFoundError, RefusedError: merge_itself, merge_archived, merge_clients.
        """
        if keep_id in gone_ids:
            raise RefusedError("merge_itself", "A location cannot be merged with itself.")
        with self._write("location.merged", str(keep_id), gone=list(gone_ids)) as (unit, journal):
            keep = _row(unit, LOCATION, keep_id, "location")
            if not keep["active"]:
                raise RefusedError(
                    "merge_archived",
                    "{name} is archived. Bring it back first, or keep another one.",
                    name=keep["name"],
                )
            for key in gone_ids:
                gone = _row(unit, LOCATION, key, "location")
                _require_same_client(unit, keep, gone)
                _hand_over(unit, journal, key, keep_id)
                values = {"active": False, "merged_into": keep_id, "version": gone["version"] + 1}
                journal.update(LOCATION.name, gone, values)
        return self._store.read(queries.location, keep_id)

    def apply_import(self, plan: Plan, name: str) -> None:
        """Do what ``plan`` says, as one change: all of it or nothing. ``name`` is that of the
        table, for the trail. Rows that the plan refuses are left out.

        Raises RefusedError: changed_meanwhile, code_taken: the plan is older than what is here.
        """
        told = {"added": len(plan.adds), "changed": len(plan.changes)}
        with self._write("locations.imported", name, **told) as (unit, journal):
            regions = RegionsOf(unit, journal)
            _require_new(unit, plan)
            rows = [_new_row(unit, add.brand_id, add.after, regions) for add in plan.adds]
            journal.insert_many(LOCATION.name, rows)
            for change in plan.changes:
                assert change.before is not None
                row = _row(unit, LOCATION, change.before.id, "location")
                _require_version(row, change.before.version)
                _change(unit, journal, row, change.after, regions)


def cleaned(given: LocationInput) -> LocationInput:
    """As it is kept. Raises RefusedError: empty_name, too_long, many_tags."""
    kept = LocationInput(
        code=required(given.code),
        name=required(given.name),
        address=prose(given.address),
        region=given.region,
        contacts=prose(given.contacts),
        hours=prose(given.hours),
        tags=_tags(given.tags),
        active=given.active,
    )
    for name, most in LONGEST.items():
        if len(getattr(kept, name)) > most:
            raise RefusedError(
                "too_long",
                "“{start}…” is longer than {most} characters. Shorten it.",
                start=getattr(kept, name)[:30],
                most=most,
            )
    return kept


def _tags(tags: Sequence[str]) -> tuple[str, ...]:
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


def _insert(
    unit: Unit, journal: Journal, brand_id: int, kept: LocationInput, regions: RegionsOf
) -> int:
    _require_code_free(unit, brand_id, kept.code)
    return journal.insert(LOCATION.name, _new_row(unit, brand_id, kept, regions))


def _new_row(unit: Unit, brand_id: int, kept: LocationInput, regions: RegionsOf) -> dict[str, Any]:
    region = regions.named(brand_id, kept.region)
    return _born(unit) | _values(kept) | {"brand_id": brand_id, "region_id": region}


def _require_new(unit: Unit, plan: Plan) -> None:
    """None of what the plan adds is here. Raises RefusedError ``code_taken``."""
    for brand_id in {add.brand_id for add in plan.adds}:
        query = select(LOCATION.c.sort_code).where(LOCATION.c.brand_id == brand_id)
        here = set(unit.execute(query).scalars())
        for add in plan.adds:
            if add.brand_id == brand_id and folded(add.after.code) in here:
                raise _code_taken(add.after.code)


def _change(
    unit: Unit, journal: Journal, row: dict[str, Any], kept: LocationInput, regions: RegionsOf
) -> None:
    if folded(row["code"]) != folded(kept.code):
        _require_code_free(unit, row["brand_id"], kept.code)
    values = _values(kept) | {"region_id": regions.named(row["brand_id"], kept.region)}
    if any(row[name] != value for name, value in values.items()):
        journal.update(LOCATION.name, row, values | {"version": row["version"] + 1})


def _require_version(row: dict[str, Any], version: int) -> None:
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


def _born(unit: Unit) -> dict[str, Any]:
    return {"created_at": unit.at}


def _colour(colour: str) -> str:
    if not _COLOUR.match(colour):
        raise RefusedError("colour", "{colour} is no colour. Write it like #1A5FB4.", colour=colour)
    return colour.upper()


_MISSING = {
    "client": "There is no such client here.",
    "brand": "There is no such brand here.",
    "location": "There is no such location here.",
}


def _row(unit: Unit, table: Any, key: int, what: str) -> dict[str, Any]:
    found = unit.execute(select(table).where(table.c.id == key)).mappings().one_or_none()
    if found is None:
        raise NotFoundError(what, _MISSING[what])
    return dict(found)


def _require_client_free(unit: Unit, name: str) -> None:
    if unit.execute(select(CLIENT.c.id).where(CLIENT.c.name == name)).scalar() is not None:
        raise RefusedError("client_taken", "A client named {name} is here already.", name=name)


def _require_brand_free(unit: Unit, client_id: int, name: str) -> None:
    taken = select(BRAND.c.id).where(BRAND.c.client_id == client_id, BRAND.c.name == name)
    if unit.execute(taken).scalar() is not None:
        raise RefusedError("brand_taken", "A brand named {name} is here already.", name=name)


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


def _require_same_client(unit: Unit, keep: dict[str, Any], gone: dict[str, Any]) -> None:
    clients = {_row(unit, BRAND, row["brand_id"], "brand")["client_id"] for row in (keep, gone)}
    if len(clients) > 1:
        raise RefusedError(
            "merge_clients",
            "{one} and {other} belong to different clients and cannot be merged.",
            one=keep["name"],
            other=gone["name"],
        )


def _hand_over(unit: Unit, journal: Journal, gone: int, keep: int) -> None:
    for table in (VISIT, ASSIGNMENT):
        query = select(table).where(table.c.location_id == gone)
        for row in unit.execute(query).mappings().all():
            journal.update(table.name, dict(row), {"location_id": keep})
