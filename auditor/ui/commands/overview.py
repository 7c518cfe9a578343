"""What My visits shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from auditor.domain.records import (
    ChecklistRecord,
    ClientRecord,
    LocationRecord,
    ProgramRecord,
    VisitRecord,
)
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace


#: Visits that are looked through while one types; older ones are found by their number.
NEWEST = 2_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """``last``: the visit that was begun last."""

    visits: tuple[VisitRecord, ...]
    locations: tuple[LocationRecord, ...]
    checklists: tuple[ChecklistRecord, ...]
    last_backup: datetime | None
    clients: tuple[ClientRecord, ...] = ()
    programs: tuple[ProgramRecord, ...] = ()
    last: VisitRecord | None = None

    def programs_of(self, brand_id: int) -> tuple[ProgramRecord, ...]:
        """The programs of the client whose brand it is."""
        owners = {
            client.id for client in self.clients for each in client.brands if each.id == brand_id
        }
        return tuple(each for each in self.programs if each.client_id in owners and each.active)

    @property
    def offered(self) -> tuple[LocationRecord, ...]:
        """Locations that a new visit may be made to."""
        brands = {
            brand.id
            for client in self.clients
            for brand in client.brands
            if client.active and brand.active
        }
        return tuple(each for each in self.locations if each.active and each.brand_id in brands)

    @property
    def fresh(self) -> bool:
        """Nothing has been set up here yet."""
        return not (self.visits or self.locations or self.checklists)


def load(workspace: Workspace, newest: int | None = None) -> Loaded:
    """``newest``: so many visits alone, those of the highest numbers."""
    from auditor.store.queries import visits as visit_queries

    return Loaded(
        visits=tuple(workspace.read(visit_queries.visits, limit=newest)),
        locations=tuple(workspace.read(visit_queries.locations)),
        checklists=tuple(workspace.read(visit_queries.checklists)),
        last_backup=last_backup(workspace),
        clients=tuple(workspace.read(visit_queries.clients)),
        programs=tuple(workspace.read(visit_queries.programs)),
        last=workspace.read(visit_queries.latest_begun),
    )


def load_newest(workspace: Workspace) -> Loaded:
    return load(workspace, NEWEST)


def find_visit(context: AppContext, number: str, done: Done) -> Task:
    """``done`` gets the VisitRecord of a number as people write it; None where nobody has it."""

    def find(workspace: Workspace) -> VisitRecord | None:
        from auditor.store.queries import visits as visit_queries

        return workspace.read(visit_queries.visit_by_number, number)

    return context.ask(find, done=done)


def last_backup(workspace: Workspace) -> datetime | None:
    newest = next(iter(workspace.backups.listed()), None)
    return None if newest is None else datetime.fromtimestamp(newest.stat().st_mtime, UTC)
