"""Lists of locations that come in as a table and go out as one: the same rules for everyone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, TypeVar

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.folding import folded
from auditor.domain.places import (
    ClientLine,
    Count,
    Duplicates,
    ListedLocation,
    LocationDetail,
    LocationFilter,
    LocationOrder,
    MonthScore,
    Moving,
    OthersMean,
    PageKey,
)
from auditor.domain.records import BrandRecord, ClientRecord
from auditor.services.importing.export import location_table
from auditor.services.importing.mapping import ColumnMapping, guess
from auditor.services.importing.plan import Defaults, Known, Plan
from auditor.services.importing.planning import plan
from auditor.services.sheets.book import Book
from auditor.services.sheets.writing import write
from auditor.store import events
from auditor.store.queries import location_listing, place_details
from auditor.store.queries import places as place_queries
from auditor.store.queries import visits as visit_queries

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

#: The score of one other location is no mean.
LEAST_OTHERS = 2
T = TypeVar("T", ClientRecord, BrandRecord)


class LocationLists:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._monthly: tuple[tuple[str, int, str, datetime], list[MonthScore]] | None = None

    # what is shown

    def page(
        self,
        wanted: LocationFilter,
        order: LocationOrder,
        after: PageKey | None = None,
        *,
        down: bool = False,
        limit: int = 100,
    ) -> tuple[list[ListedLocation], PageKey | None]:
        """As ``location_listing.location_list``, and where the next page begins; None behind the
        last."""
        found = self._workspace.read(
            location_listing.location_list, wanted, order, after, limit, down=down
        )
        full = len(found) == limit
        return found, location_listing.list_key(found[-1], order) if full else None

    def listed(self, location_ids: Sequence[int]) -> list[ListedLocation]:
        """These, by code."""
        return self._workspace.read(location_listing.listed_all, location_ids)

    def count(self, wanted: LocationFilter) -> Count:
        return self._workspace.read(visit_queries.location_count, wanted)

    def ids(self, wanted: LocationFilter) -> list[int]:
        """All that are wanted, in no order."""
        return self._workspace.read(place_queries.location_ids, wanted)

    def tags(self) -> list[str]:
        """All that a location has, in the order of letters."""
        return self._workspace.read(place_queries.tags)

    def detail(self, location_id: int) -> LocationDetail | None:
        return self._workspace.read(place_details.location_detail, location_id)

    def mean_of_others(self, detail: LocationDetail) -> OthersMean:
        """Beside the scores of ``detail``, which has some. What all did is kept until something
        changes: to read it takes a while, and one looks at one location after the other."""
        first = detail.scores[0][0]
        year = datetime(first.year, 1, 1, tzinfo=UTC)
        key = (self._workspace.read(events.head), detail.client_id, detail.checklist, year)
        if self._monthly is None or self._monthly[0] != key:
            found = self._workspace.read(place_details.monthly_scores, *key[1:])
            self._monthly = key, found
        place, since = detail.listed.place.id, date(first.year, first.month, 1)
        rows = [
            each for each in self._monthly[1] if each.location_id != place and each.month >= since
        ]
        return _mean(rows)

    def clients(self, *, counted: bool = True) -> list[ClientLine]:
        """Without counts it takes no time, however many locations there are."""
        return self._workspace.read(place_details.client_lines, counted=counted)

    def duplicates(self, client_id: int | None = None) -> list[Duplicates]:
        return self._workspace.read(place_details.duplicates, client_id)

    def moving(self, location_ids: Sequence[int]) -> list[Moving]:
        """What merging would take from each of them."""
        return self._workspace.read(place_details.moving, location_ids)

    # tables

    def client(self, name: str | None) -> ClientRecord:
        """The client of that name, or the only one that is not archived where ``name`` is None.

        Raises NotFoundError: client, name; RefusedError which_client.
        """
        clients = self._workspace.read(visit_queries.clients)
        active = [client for client in clients if client.active]
        if name is None and len(active) == 1:
            return active[0]
        if not clients:
            raise NotFoundError("client", "There is no client here yet. Add one first.")
        names = ", ".join(client.name for client in active or clients)
        if name is None:
            raise RefusedError("which_client", "Say which client it is: {names}.", names=names)
        return _named(clients, name, names)

    def client_of(self, client_id: int) -> ClientRecord:
        """Raises NotFoundError."""
        for found in self._workspace.read(visit_queries.clients):
            if found.id == client_id:
                return found
        raise NotFoundError("client", "There is no such client here.")

    def brand(self, client: ClientRecord, name: str) -> BrandRecord:
        """Raises NotFoundError name."""
        return _named(client.brands, name, ", ".join(brand.name for brand in client.brands))

    def plan(
        self,
        book: Book,
        client: ClientRecord,
        mapping: ColumnMapping | None = None,
        defaults: Defaults | None = None,
    ) -> Plan:
        """What importing the table would do to the client's locations; ``mapping`` None is
        guessed. Changes nothing. Raises RefusedError no_code_column."""
        wanted = LocationFilter(client=client.id, active=None)
        locations = self._workspace.read(visit_queries.location_page, wanted, limit=None)
        tree = self._workspace.read(visit_queries.region_tree, client.id)
        known = Known.of(client.brands, locations, (node.path for node in tree))
        return plan(book, mapping or guess(book), known, defaults)

    def apply(self, plan: Plan, name: str) -> None:
        """As ``Places.apply_import``."""
        self._workspace.places.apply_import(plan, name)

    def export(self, path: Path, wanted: LocationFilter, language: str) -> Path:
        """Write locations as a table that ``plan`` reads back just so: .xlsx or .csv by the ending
        of ``path``. Raises RefusedError, NotSavedError as ``sheets.writing.write``."""
        locations = self._workspace.read(visit_queries.location_page, wanted, limit=None)
        return write(path, location_table(locations, language))

    def template(self, path: Path, language: str) -> Path:
        """Write an empty list, its headings alone, to be filled in. Raises as ``export``."""
        return write(path, location_table((), language))


def _mean(scores: Sequence[MonthScore]) -> OthersMean:
    by_month: dict[date, list[float]] = defaultdict(list)
    for each in scores:
        by_month[each.month].append(each.score)
    months = tuple(
        (month, fmean(found))
        for month, found in sorted(by_month.items())
        if len(found) >= LEAST_OTHERS
    )
    return OthersMean(months, len({each.location_id for each in scores}))


def _named(found: Sequence[T], name: str, names: str) -> T:
    same = [each for each in found if folded(each.name) == folded(name)]
    exact = [each for each in same if each.name == name]
    if not same:
        raise NotFoundError(
            "name", "There is no {name} here. There are: {names}.", name=name, names=names
        )
    return (exact or same)[0]
