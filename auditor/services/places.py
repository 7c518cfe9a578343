"""Clients, brands, regions and locations."""

from __future__ import annotations

import re

from sqlalchemy import insert, select

from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.records import BrandRecord, ClientRecord, LocationRecord
from auditor.services.typed import one_line, prose, required
from auditor.store import events, queries
from auditor.store.tables import BRAND, CLIENT, LOCATION, REGION
from auditor.store.units import Store, Unit

_COLOUR = re.compile(r"^#[0-9A-Fa-f]{6}$")
_TOUCHED = Changes(places=True)


class Places:
    def __init__(self, store: Store) -> None:
        self._store = store

    def add_client(self, name: str) -> ClientRecord:
        """Raises RefusedError: empty_name, client_taken."""
        name = required(name)
        with self._store.unit() as unit:
            if unit.execute(select(CLIENT.c.id).where(CLIENT.c.name == name)).scalar() is not None:
                raise RefusedError(
                    "client_taken", "A client named {name} is here already.", name=name
                )
            key = unit.insert(insert(CLIENT).values(name=name, created_at=unit.at))
            self._added(unit, "client.added", name)
        return ClientRecord(key, name)

    def add_brand(
        self,
        client_id: int,
        name: str,
        colour: str = "#1A5FB4",
        colour2: str = "#154E95",
        logo: str | None = None,
    ) -> BrandRecord:
        """Colours are ``#RRGGBB``; ``logo`` is the hash of a picture that was attached.

        Raises RefusedError: empty_name, colour, brand_taken; NotFoundError.
        """
        name = required(name)
        for given in (colour, colour2):
            _require_colour(given)
        colour, colour2 = colour.upper(), colour2.upper()
        values = {"name": name, "colour": colour, "colour2": colour2, "logo": logo}
        with self._store.unit() as unit:
            _require_client(unit, client_id)
            taken = select(BRAND.c.id).where(BRAND.c.client_id == client_id, BRAND.c.name == name)
            if unit.execute(taken).scalar() is not None:
                raise RefusedError(
                    "brand_taken", "A brand named {name} is here already.", name=name
                )
            key = unit.insert(insert(BRAND).values(client_id=client_id, **values))
            self._added(unit, "brand.added", name)
        return BrandRecord(key, client_id, name, colour, colour2, logo)

    def add_location(
        self, brand_id: int, code: str, name: str, address: str = "", region: str = ""
    ) -> LocationRecord:
        """``region`` is a path of names, "Miền Nam / TP.HCM", made where it is new.

        Raises RefusedError: empty_name, code_taken; NotFoundError.
        """
        code, name = required(code), required(name)
        with self._store.unit() as unit:
            client_id = _client_of(unit, brand_id)
            _require_code_free(unit, brand_id, code)
            key = unit.insert(
                insert(LOCATION).values(
                    brand_id=brand_id,
                    region_id=_region(unit, client_id, region),
                    code=code,
                    name=name,
                    address=prose(address),
                    created_at=unit.at,
                )
            )
            self._added(unit, "location.added", code)
        return self._store.read(queries.location, key)

    def _added(self, unit: Unit, kind: str, name: str) -> None:
        events.append(unit, kind, None, {"name": name})
        unit.touch(_TOUCHED)


def _require_colour(colour: str) -> None:
    if not _COLOUR.match(colour):
        raise RefusedError("colour", "{colour} is no colour. Write it like #1A5FB4.", colour=colour)


def _require_client(unit: Unit, client_id: int) -> None:
    if unit.execute(select(CLIENT.c.id).where(CLIENT.c.id == client_id)).scalar() is None:
        raise NotFoundError("client", "There is no such client here.")


def _client_of(unit: Unit, brand_id: int) -> int:
    found = unit.execute(select(BRAND.c.client_id).where(BRAND.c.id == brand_id)).scalar()
    if found is None:
        raise NotFoundError("brand", "There is no such brand here.")
    return int(found)


def _require_code_free(unit: Unit, brand_id: int, code: str) -> None:
    taken = select(LOCATION.c.id).where(LOCATION.c.brand_id == brand_id, LOCATION.c.code == code)
    if unit.execute(taken).scalar() is not None:
        raise RefusedError(
            "code_taken",
            "A location of code {given} is here already. Give another code.",
            given=code,
        )


def _region(unit: Unit, client_id: int, path: str) -> int | None:
    """The id of the region of ``path``, its missing parts made; None for an empty path."""
    parent: int | None = None
    for name in filter(None, map(one_line, path.split("/"))):
        found = unit.execute(
            select(REGION.c.id).where(
                REGION.c.client_id == client_id,
                REGION.c.name == name,
                REGION.c.parent_id.is_(None) if parent is None else REGION.c.parent_id == parent,
            )
        ).scalar()
        if found is None:
            values = {"client_id": client_id, "parent_id": parent, "name": name}
            found = unit.insert(insert(REGION).values(**values))
        parent = int(found)
    return parent
