"""Lists that a person gave a name: the filter, the order and the columns of a screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.folding import folded
from auditor.domain.places import SavedView
from auditor.services.typed import required
from auditor.store.tables import SAVED_VIEW
from auditor.store.units import Store, Unit

#: Tabs that a screen can still show, and the longest name of one.
MOST, LONGEST = 30, 60
#: In ``body``: the view that its screen begins with.
FIRST = "first"


class SavedViews:
    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, screen: str) -> list[SavedView]:
        """In the order in which they were made."""
        return self._store.read(views_of, screen)

    def add(self, screen: str, name: str, body: Mapping[str, Any]) -> SavedView:
        """Raises RefusedError: empty_name, view_name_long, view_taken, many_views."""
        name = _name(name)
        with self._write() as unit:
            here = views_of(unit.connection, screen)
            _require_free(here, name)
            if len(here) >= MOST:
                raise RefusedError(
                    "many_views", "There are {most} views. Delete one of them first.", most=MOST
                )
            values = {"screen": screen, "name": name, "body": dict(body), "created_at": unit.at}
            key = unit.insert(insert(SAVED_VIEW).values(**values))
        return SavedView(key, name, dict(body))

    def rename(self, view_id: int, name: str) -> None:
        """Raises NotFoundError, RefusedError: empty_name, view_name_long, view_taken."""
        name = _name(name)
        with self._write() as unit:
            screen = _row(unit, view_id)["screen"]
            others = [each for each in views_of(unit.connection, screen) if each.id != view_id]
            _require_free(others, name)
            _change(unit, view_id, name=name)

    def keep(self, view_id: int, body: Mapping[str, Any]) -> None:
        """Another filter under the same name. Raises NotFoundError."""
        with self._write() as unit:
            first = _row(unit, view_id)["body"].get(FIRST, False)
            _change(unit, view_id, body={**body, FIRST: first})

    def begin_with(self, screen: str, view_id: int | None) -> None:
        """The screen begins with this view, with none of them where it is None."""
        with self._write() as unit:
            for view in views_of(unit.connection, screen):
                _change(unit, view.id, body={**view.body, FIRST: view.id == view_id})

    def remove(self, view_id: int) -> SavedView:
        """What was removed, for ``add``. Raises NotFoundError."""
        with self._write() as unit:
            row = _row(unit, view_id)
            unit.execute(delete(SAVED_VIEW).where(SAVED_VIEW.c.id == view_id))
        return SavedView(view_id, row["name"], row["body"])

    @contextmanager
    def _write(self) -> Iterator[Unit]:
        with self._store.unit() as unit:
            unit.touch(Changes(places=True))
            yield unit


def views_of(connection: Connection, screen: str) -> list[SavedView]:
    query = select(SAVED_VIEW.c.id, SAVED_VIEW.c.name, SAVED_VIEW.c.body)
    rows = connection.execute(query.where(SAVED_VIEW.c.screen == screen).order_by(SAVED_VIEW.c.id))
    return [SavedView(*row) for row in rows]


def _row(unit: Unit, view_id: int) -> Any:
    query = select(SAVED_VIEW).where(SAVED_VIEW.c.id == view_id)
    found = unit.execute(query).mappings().one_or_none()
    if found is None:
        raise NotFoundError("view", "This view is gone already.")
    return found


def _change(unit: Unit, view_id: int, **values: Any) -> None:
    unit.execute(update(SAVED_VIEW).where(SAVED_VIEW.c.id == view_id).values(**values))


def _name(name: str) -> str:
    name = required(name)
    if len(name) > LONGEST:
        raise RefusedError(
            "view_name_long", "A name has at most {most} characters. Shorten it.", most=LONGEST
        )
    return name


def _require_free(views: list[SavedView], name: str) -> None:
    if any(folded(view.name) == folded(name) for view in views):
        raise RefusedError("view_taken", "A view named {name} is here already.", name=name)
