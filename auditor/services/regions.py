"""Regions: a tree of names for each client, made by the paths that locations name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, select

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.services.typed import one_line, required
from auditor.store.journal import Journal
from auditor.store.tables import BRAND, EVALUATOR, LOCATION, REGION
from auditor.store.units import Unit

Write: TypeAlias = Callable[..., AbstractContextManager[tuple[Unit, Journal]]]
DEEPEST = 8


class Regions:
    def __init__(self, write: Write) -> None:
        self._write = write

    def add(self, client_id: int, path: str) -> int:
        """The id of the region of ``path``, made with all above it. Raises RefusedError:
        empty_name, region_deep."""
        with self._write("region.added", required(path)) as (unit, journal):
            found = made_region(unit, journal, client_id, path)
        assert found is not None
        return found

    def rename(self, region_id: int, name: str) -> None:
        """Raises NotFoundError, RefusedError: empty_name, region_taken."""
        name = _name(name)
        with self._write("region.changed", name) as (unit, journal):
            row = _region(unit, region_id)
            if row["name"] != name:
                _require_free(unit, row["client_id"], row["parent_id"], name)
                journal.update(REGION.name, row, {"name": name})

    def move(self, region_id: int, parent_id: int | None) -> None:
        """Below another region, or to the roots. Raises NotFoundError, RefusedError:
        region_taken, region_below_itself."""
        with self._write("region.moved", str(region_id)) as (unit, journal):
            row = _region(unit, region_id)
            if row["parent_id"] == parent_id:
                return
            if parent_id is not None:
                _require_outside(unit, region_id, parent_id)
            _require_free(unit, row["client_id"], parent_id, row["name"])
            journal.update(REGION.name, row, {"parent_id": parent_id})

    def remove(self, region_id: int) -> None:
        """Its locations, its evaluators and the regions below it go to the region above.

        Raises NotFoundError, RefusedError region_taken.
        """
        with self._write("region.removed", str(region_id)) as (unit, journal):
            row = _region(unit, region_id)
            above = row["parent_id"]
            for child in _all(unit, REGION, REGION.c.parent_id == region_id):
                _require_free(unit, row["client_id"], above, child["name"])
                journal.update(REGION.name, child, {"parent_id": above})
            for place in _all(unit, LOCATION, LOCATION.c.region_id == region_id):
                values = {"region_id": above, "version": place["version"] + 1}
                journal.update(LOCATION.name, place, values)
            for person in _all(unit, EVALUATOR, EVALUATOR.c.region_id == region_id):
                values = {"region_id": above, "version": person["version"] + 1}
                journal.update(EVALUATOR.name, person, values)
            journal.delete(REGION.name, row)


def made_region(unit: Unit, journal: Journal, client_id: int, path: str) -> int | None:
    """The id of the region of ``path``, its missing parts made; None for an empty path.

    Names that differ in case alone are the same. Raises RefusedError region_deep.
    """
    parent: int | None = None
    names = [name for name in map(one_line, path.split("/")) if name]
    if len(names) > DEEPEST:
        raise RefusedError("region_deep", "A region lies at most {most} levels deep.", most=DEEPEST)
    for name in names:
        found = _child(unit, client_id, parent, name)
        if found is None:
            values = {"client_id": client_id, "parent_id": parent, "name": name}
            found = journal.insert(REGION.name, values)
        parent = found
    return parent


class RegionsOf:
    """The regions that many locations name, each looked up once. One for each unit."""

    def __init__(self, unit: Unit, journal: Journal) -> None:
        self._unit, self._journal = unit, journal
        self._clients: dict[int, int] = {}
        self._found: dict[tuple[int, str], int | None] = {}

    def named(self, brand_id: int, path: str) -> int | None:
        """As ``made_region``, for the client of a brand. Raises NotFoundError too."""
        key = self._client_of(brand_id), path
        if key not in self._found:
            self._found[key] = made_region(self._unit, self._journal, *key)
        return self._found[key]

    def _client_of(self, brand_id: int) -> int:
        if brand_id not in self._clients:
            query = select(BRAND.c.client_id).where(BRAND.c.id == brand_id)
            client = self._unit.execute(query).scalar()
            if client is None:
                raise NotFoundError("brand", "There is no such brand here.")
            self._clients[brand_id] = client
        return self._clients[brand_id]


def _child(unit: Unit, client_id: int, parent: int | None, name: str) -> int | None:
    query = select(REGION.c.id, REGION.c.name).where(REGION.c.client_id == client_id, _at(parent))
    same = name.casefold()
    for row in unit.execute(query):
        if row.name.casefold() == same:
            return int(row.id)
    return None


def _at(parent: int | None) -> ColumnElement[bool]:
    return REGION.c.parent_id.is_(None) if parent is None else REGION.c.parent_id == parent


def _name(name: str) -> str:
    return required(name.replace("/", " "))


def _all(unit: Unit, table: Any, condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    return [dict(row) for row in unit.execute(select(table).where(condition)).mappings()]


def _region(unit: Unit, region_id: int) -> dict[str, Any]:
    found = _all(unit, REGION, REGION.c.id == region_id)
    if not found:
        raise NotFoundError("region", "There is no such region here.")
    return found[0]


def _require_free(unit: Unit, client_id: int, parent: int | None, name: str) -> None:
    if _child(unit, client_id, parent, name) is not None:
        raise RefusedError("region_taken", "A region named {name} is there already.", name=name)


def _require_outside(unit: Unit, region_id: int, parent_id: int) -> None:
    at: int | None = parent_id
    while at is not None:
        if at == region_id:
            raise RefusedError(
                "region_below_itself", "A region cannot lie below itself. Choose another place."
            )
        at = _region(unit, at)["parent_id"]
