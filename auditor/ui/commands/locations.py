"""Read and change locations, regions, clients and brands; tables in and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.domain.places import (
    ClientLine,
    Count,
    Duplicates,
    ListedLocation,
    LocationDetail,
    LocationInput,
    Moving,
    OthersMean,
    PageKey,
    RegionNode,
    SavedView,
)
from auditor.ui.commands.acts import act
from auditor.ui.context import AppContext
from auditor.ui.locations.view import USUAL, Column, View
from auditor.ui.tasks import Done, Priority, Task

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

PAGE = 100
SCREEN = "locations"
#: The fact that keeps the columns of the table.
COLUMNS = "locations.columns"


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the list. ``total`` is of all active locations."""

    total: int
    regions: tuple[RegionNode, ...]
    clients: tuple[ClientLine, ...]
    views: tuple[SavedView, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """``key`` is where the next one begins, None behind the last."""

    rows: tuple[ListedLocation, ...]
    key: PageKey | None


def around(workspace: Workspace) -> Around:
    from auditor.domain.places import LocationFilter
    from auditor.store.queries import visits as visit_queries

    lists = workspace.location_lists
    return Around(
        lists.count(LocationFilter()).number,
        tuple(workspace.read(visit_queries.region_tree)),
        tuple(lists.clients(counted=False)),
        tuple(workspace.saved_views.of(SCREEN)),
        _columns(workspace.fact(COLUMNS)),
    )


def _columns(kept: str | None) -> tuple[Column, ...]:
    found = tuple(column for column in Column if column.value in (kept or "").split())
    return found if Column.NAME in found else USUAL


def keep_columns(context: AppContext, columns: Sequence[Column]) -> Task:
    def keep(workspace: Workspace) -> None:
        workspace.set_fact(COLUMNS, " ".join(columns))

    return context.ask(keep)


def page(workspace: Workspace, view: View, after: PageKey | None, most: int = 0) -> Page:
    """``most`` rows instead of a page of them."""
    wanted = view.filter(datetime.now(UTC))
    rows, key = workspace.location_lists.page(
        wanted, view.order, after, down=view.down, limit=most or PAGE
    )
    return Page(tuple(rows), key)


def count(workspace: Workspace, view: View) -> Count:
    return workspace.location_lists.count(view.filter(datetime.now(UTC)))


def first_page(workspace: Workspace, view: View, asked: int, most: int) -> tuple[int, Page, Count]:
    """``asked`` tells the answer of one question from another's."""
    return asked, page(workspace, view, None, most), count(workspace, view)


def next_page(
    workspace: Workspace, view: View, key: PageKey | None, asked: int
) -> tuple[int, Page]:
    return asked, page(workspace, view, key)


def counts(context: AppContext, views: Sequence[View], done: Done) -> Task:
    """How many each view has, when nothing else is wanted; ``done`` gets a tuple of Counts."""

    def look(workspace: Workspace) -> tuple[Count, ...]:
        return tuple(count(workspace, view) for view in views)

    return context.ask(look, done=done, priority=Priority.IDLE)


def ids(workspace: Workspace, view: View) -> list[int]:
    return workspace.location_lists.ids(view.filter(datetime.now(UTC)))


def tags(workspace: Workspace) -> list[str]:
    return workspace.location_lists.tags()


def detail(workspace: Workspace, location_id: int) -> Any:
    return workspace.location_lists.detail(location_id)


def mean_of_others(context: AppContext, detail: LocationDetail, done: Done) -> Task:
    """When nothing else is wanted; ``done`` gets the OthersMean."""

    def look(workspace: Workspace) -> OthersMean:
        return workspace.location_lists.mean_of_others(detail)

    return context.ask(look, done=done, priority=Priority.IDLE)


# changes: ``done`` gets an Act, see ``acts``


def add(context: AppContext, brand_id: int, given: LocationInput, done: Done, failed: Done) -> Task:
    def do(workspace: Workspace) -> Any:
        return workspace.places.add(brand_id, given)

    return act(context, do, "places", done=done, failed=failed)


def change(
    context: AppContext,
    listed: ListedLocation,
    brand_id: int,
    given: LocationInput,
    done: Done,
    failed: Done,
) -> Task:
    place = listed.place

    def do(workspace: Workspace) -> Any:
        return workspace.places.change(place.id, given, place.version, brand_id)

    return act(context, do, "places", done=done, failed=failed)


def set_active(context: AppContext, location_ids: Sequence[int], done: Done, *, on: bool) -> Task:
    """The value of the Act is how many visits are planned there, and not begun."""

    def do(workspace: Workspace) -> int:
        from auditor.store.queries.seats import planned_at

        workspace.places.set_active(location_ids, on)
        return workspace.read(planned_at, location_ids)

    return act(context, do, "places", done=done)


def move(
    context: AppContext, location_ids: Sequence[int], region: str, done: Done, failed: Done
) -> Task:
    """To the region of that path; "" is none."""

    def do(workspace: Workspace) -> None:
        workspace.places.move(location_ids, region)

    return act(context, do, "places", done=done, failed=failed)


def retag(
    context: AppContext,
    location_ids: Sequence[int],
    added: Sequence[str],
    taken: Sequence[str],
    done: Done,
    failed: Done,
) -> Task:
    def do(workspace: Workspace) -> None:
        workspace.places.retag(location_ids, added, taken)

    return act(context, do, "places", done=done, failed=failed)


def merge(context: AppContext, keep: int, gone: Sequence[int], done: Done, failed: Done) -> Task:
    def do(workspace: Workspace) -> Any:
        return workspace.places.merge(keep, gone)

    return act(context, do, "places", done=done, failed=failed)


def duplicates(workspace: Workspace) -> list[Duplicates]:
    return workspace.location_lists.duplicates()


def moving(workspace: Workspace, location_ids: Sequence[int]) -> list[Moving]:
    return workspace.location_lists.moving(location_ids)


def places(workspace: Workspace, location_ids: Sequence[int]) -> list[ListedLocation]:
    return workspace.location_lists.listed(location_ids)


# regions


def add_region(context: AppContext, client_id: int, path: str, done: Done, failed: Done) -> Task:
    def do(workspace: Workspace) -> int:
        return workspace.places.regions.add(client_id, path)

    return act(context, do, "places", done=done, failed=failed)


def rename_region(context: AppContext, region_id: int, name: str, done: Done, failed: Done) -> Task:
    def do(workspace: Workspace) -> None:
        workspace.places.regions.rename(region_id, name)

    return act(context, do, "places", done=done, failed=failed)


def move_region(context: AppContext, region_id: int, parent: int | None, done: Done) -> Task:
    def do(workspace: Workspace) -> None:
        workspace.places.regions.move(region_id, parent)

    return act(context, do, "places", done=done)


def remove_region(context: AppContext, region_id: int, done: Done) -> Task:
    def do(workspace: Workspace) -> None:
        workspace.places.regions.remove(region_id)

    return act(context, do, "places", done=done)


# clients and brands


def clients(workspace: Workspace) -> list[ClientLine]:
    return workspace.location_lists.clients()


def keep_client(
    context: AppContext, client_id: int, name: str, contacts: str, done: Done, failed: Done
) -> Task:
    """Add a client (``client_id`` 0) or change one."""

    def do(workspace: Workspace) -> int:
        places, key = workspace.places, client_id
        if not key:
            key = places.add_client(name, contacts).id
        else:
            places.update_client(key, name=name, contacts=contacts)
        return key

    return act(context, do, "places", done=done, failed=failed)


def keep_brand(
    context: AppContext, client_id: int, brand_id: int, name: str, done: Done, failed: Done
) -> Task:
    """Add a brand (``brand_id`` 0) or change one."""

    def do(workspace: Workspace) -> None:
        if brand_id:
            workspace.places.update_brand(brand_id, name=name)
        else:
            workspace.places.add_brand(client_id, name)

    return act(context, do, "places", done=done, failed=failed)


def archive_client(context: AppContext, client_id: int, done: Done, *, on: bool) -> Task:
    def do(workspace: Workspace) -> None:
        workspace.places.update_client(client_id, active=on)

    return act(context, do, "places", done=done)


def archive_brand(context: AppContext, brand_id: int, done: Done, *, on: bool) -> Task:
    def do(workspace: Workspace) -> None:
        workspace.places.update_brand(brand_id, active=on)

    return act(context, do, "places", done=done)


# views


def save_view(context: AppContext, name: str, view: View, done: Done, failed: Done) -> Task:
    """``done`` gets its SavedView."""

    def do(workspace: Workspace) -> SavedView:
        return workspace.saved_views.add(SCREEN, name, view.body())

    return context.ask(do, done=done, failed=failed)


def rename_view(context: AppContext, view_id: int, name: str, done: Done, failed: Done) -> Task:
    def do(workspace: Workspace) -> None:
        workspace.saved_views.rename(view_id, name)

    return context.ask(do, done=done, failed=failed)


def keep_view(context: AppContext, view_id: int, view: View, done: Done) -> Task:
    def do(workspace: Workspace) -> None:
        workspace.saved_views.keep(view_id, view.body())

    return context.ask(do, done=done)


def begin_with(context: AppContext, view_id: int | None) -> Task:
    def do(workspace: Workspace) -> None:
        workspace.saved_views.begin_with(SCREEN, view_id)

    return context.ask(do)


def remove_view(context: AppContext, view_id: int, done: Done) -> Task:
    """``done`` gets the SavedView that was removed."""

    def do(workspace: Workspace) -> SavedView:
        return workspace.saved_views.remove(view_id)

    return context.ask(do, done=done)


def put_back_view(context: AppContext, view: SavedView, done: Done) -> Task:
    def do(workspace: Workspace) -> SavedView:
        return workspace.saved_views.add(SCREEN, view.name, view.body)

    return context.ask(do, done=done)


# tables


def export(context: AppContext, path: Path, view: View, done: Done, failed: Done) -> Task:
    """``done`` gets the Path."""
    language = context.language

    def write(workspace: Workspace) -> Path:
        return workspace.location_lists.export(path, view.filter(datetime.now(UTC)), language)

    return context.ask(write, done=done, failed=failed)


def template(context: AppContext, path: Path, done: Done, failed: Done) -> Task:
    """``done`` gets the Path of an empty list."""
    language = context.language

    def write(workspace: Workspace) -> Path:
        return workspace.location_lists.template(path, language)

    return context.ask(write, done=done, failed=failed)
