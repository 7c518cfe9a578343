"""Clients and their brands; regions (a tree); locations. Every change of them can be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from auditor.domain.changes import Changes
from auditor.domain.errors import RefusedError
from auditor.domain.folding import folded
from auditor.domain.places import LocationInput, Step
from auditor.domain.records import BrandRecord, ClientRecord, LocationRecord
from auditor.services import rollups
from auditor.services.importing.plan import Plan
from auditor.services.location_rows import (
    born,
    change_row,
    cleaned,
    insert_row,
    new_row,
    rebranded,
    require_new,
    require_version,
    row_of,
    tags_of,
)
from auditor.services.merging import merge
from auditor.services.regions import Regions, RegionsOf
from auditor.services.typed import prose, required
from auditor.store import events
from auditor.store.journal import Journal
from auditor.store.queries import visits as visit_queries
from auditor.store.queries.places import search_text
from auditor.store.tables import BRAND, CLIENT, LOCATION, VISIT
from auditor.store.units import Store, Unit

_COLOUR = re.compile(r"^#[0-9A-Fa-f]{6}$")
#: What stands behind the kind of a change that was taken back.
UNDONE = ".undone"
COLOUR, COLOUR2 = "#1A5FB4", "#154E95"


class Places:
    """Commands return what is there now; ``last`` is the step of the newest one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.regions = Regions(self._write)
        #: What was changed last, None before the first change.
        self.last: Step | None = None

    @contextmanager
    def _write(self, kind: str, name: str, /, **told: Any) -> Iterator[tuple[Unit, Journal]]:
        """One unit that tells the trail what it did, and keeps how to take it back. A unit that
        changes nothing leaves no trace."""
        with self._store.unit() as unit:
            journal = Journal(unit)
            yield unit, journal
            step = journal.step(kind, name)
            if step.images:
                rollups.follow(unit, step)
                events.append(unit, kind, None, {"name": name, **told})
                unit.touch(_touched(step))
        if step.images:
            self.last = step

    def undo(self, step: Step) -> Step:
        """Take a change back as a whole; returns the step that does it again.

        Raises RefusedError: ``changed_since``, ``used_since``; then nothing is changed.
        """
        again = step.kind.endswith(UNDONE)
        kind = step.kind.removesuffix(UNDONE) if again else step.kind + UNDONE
        with self._write(kind, step.name) as (_, journal):
            journal.take_back(step)
        assert self.last is not None
        return self.last

    # clients and brands

    def add_client(self, name: str, contacts: str = "") -> ClientRecord:
        """Raises RefusedError: empty_name, client_taken."""
        name = required(name)
        with self._write("client.added", name) as (unit, journal):
            _require_client_free(unit, name)
            values = {"name": name, "contacts": prose(contacts)}
            key = journal.insert(CLIENT.name, born(unit) | values)
        return ClientRecord(key, name)

    def update_client(
        self,
        client_id: int,
        *,
        name: str | None = None,
        contacts: str | None = None,
        active: bool | None = None,
    ) -> None:
        """Change what is given. Raises NotFoundError, RefusedError: empty_name, client_taken."""
        values: dict[str, Any] = {} if name is None else {"name": required(name)}
        if contacts is not None:
            values["contacts"] = prose(contacts)
        if active is not None:
            values["active"] = active
        with self._write("client.changed", values.get("name", ""), **values) as (unit, journal):
            row = row_of(unit, CLIENT, client_id, "client")
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
            row_of(unit, CLIENT, client_id, "client")
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
            row = row_of(unit, BRAND, brand_id, "brand")
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
            key = insert_row(unit, journal, brand_id, kept, RegionsOf(unit, journal))
        return self._store.read(visit_queries.location, key)

    def change(
        self, location_id: int, given: LocationInput, version: int, brand_id: int | None = None
    ) -> LocationRecord:
        """``version`` is that of the record which the person looked at; ``brand_id`` another brand
        of the same client.

        Raises NotFoundError, RefusedError: changed_meanwhile, brand_client, and those of ``add``.
        """
        kept = cleaned(given)
        with self._write("location.changed", kept.code) as (unit, journal):
            row = row_of(unit, LOCATION, location_id, "location")
            require_version(row, version)
            if brand_id is not None and brand_id != row["brand_id"]:
                row = rebranded(unit, journal, row, brand_id, kept.code)
            change_row(unit, journal, row, kept, RegionsOf(unit, journal))
        return self._store.read(visit_queries.location, location_id)

    def set_active(self, location_ids: Sequence[int], active: bool) -> None:
        """Archive locations, or bring them back. Their visits stay. Raises NotFoundError."""
        kind = "location.brought_back" if active else "location.archived"
        with self._write(kind, str(len(location_ids))) as (unit, journal):
            for key in location_ids:
                row = row_of(unit, LOCATION, key, "location")
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
                row = row_of(unit, LOCATION, key, "location")
                new = regions.named(row["brand_id"], region)
                if new != row["region_id"]:
                    values = {"region_id": new, "version": row["version"] + 1}
                    journal.update(LOCATION.name, row, values)

    def retag(
        self, location_ids: Sequence[int], add: Sequence[str] = (), take: Sequence[str] = ()
    ) -> None:
        """Give tags to locations and take others away. Raises NotFoundError, RefusedError
        many_tags."""
        added, taken = tags_of(add), {folded(tag) for tag in tags_of(take)}
        name = ", ".join((*added, *take))
        with self._write("location.tagged", name, count=len(location_ids)) as (unit, journal):
            for key in location_ids:
                row = row_of(unit, LOCATION, key, "location")
                left = [tag for tag in row["tags"] if folded(tag) not in taken]
                tags = tags_of([*left, *added])
                if list(tags) != row["tags"]:
                    found = search_text(row["code"], row["name"], row["address"], tags)
                    values = {"tags": list(tags), "folded": found, "version": row["version"] + 1}
                    journal.update(LOCATION.name, row, values)

    def merge(self, keep_id: int, gone_ids: Sequence[int]) -> LocationRecord:
        """The same place was here twice: visits, assignments, actions and quotas go to
        ``keep_id``, the others are archived and say where they went.

        Raises NotFoundError, RefusedError: merge_itself, merge_archived, merge_clients.
        """
        if keep_id in gone_ids:
            raise RefusedError("merge_itself", "A location cannot be merged with itself.")
        with self._write("location.merged", str(keep_id), gone=list(gone_ids)) as (unit, journal):
            merge(unit, journal, keep_id, gone_ids)
        return self._store.read(visit_queries.location, keep_id)

    def apply_import(self, plan: Plan, name: str) -> None:
        """Do what ``plan`` says, as one change: all of it or nothing. ``name`` is that of the
        table, for the trail. Rows that the plan refuses are left out.

        Raises RefusedError: changed_meanwhile, code_taken: the plan is older than what is here.
        """
        told = {"added": len(plan.adds), "changed": len(plan.changes)}
        with self._write("locations.imported", name, **told) as (unit, journal):
            regions = RegionsOf(unit, journal)
            require_new(unit, plan)
            rows = [new_row(unit, add.brand_id, add.after, regions) for add in plan.adds]
            journal.insert_many(LOCATION.name, rows)
            for change in plan.changes:
                assert change.before is not None
                row = row_of(unit, LOCATION, change.before.id, "location")
                require_version(row, change.before.version)
                change_row(unit, journal, row, change.after, regions)


def _touched(step: Step) -> Changes:
    visits = frozenset(image.id for image in step.images if image.table == VISIT.name)
    return Changes(visits=visits, places=True)


def _colour(colour: str) -> str:
    if not _COLOUR.match(colour):
        raise RefusedError("colour", "{colour} is no colour. Write it like #1A5FB4.", colour=colour)
    return colour.upper()


def _require_client_free(unit: Unit, name: str) -> None:
    if unit.execute(select(CLIENT.c.id).where(CLIENT.c.name == name)).scalar() is not None:
        raise RefusedError("client_taken", "A client named {name} is here already.", name=name)


def _require_brand_free(unit: Unit, client_id: int, name: str) -> None:
    taken = select(BRAND.c.id).where(BRAND.c.client_id == client_id, BRAND.c.name == name)
    if unit.execute(taken).scalar() is not None:
        raise RefusedError("brand_taken", "A brand named {name} is here already.", name=name)
