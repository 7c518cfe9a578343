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

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Loaded:
    visits: tuple[VisitRecord, ...]
    locations: tuple[LocationRecord, ...]
    checklists: tuple[ChecklistRecord, ...]
    last_backup: datetime | None
    clients: tuple[ClientRecord, ...] = ()
    programs: tuple[ProgramRecord, ...] = ()

    def programs_of(self, brand_id: int) -> tuple[ProgramRecord, ...]:
        """The programs of the client whose brand it is."""
        owners = {
            client.id for client in self.clients for each in client.brands if each.id == brand_id
        }
        return tuple(each for each in self.programs if each.client_id in owners)

    @property
    def fresh(self) -> bool:
        """Nothing has been set up here yet."""
        return not (self.visits or self.locations or self.checklists)


def load(workspace: Workspace) -> Loaded:
    from auditor.store.queries import visits as visit_queries

    return Loaded(
        visits=tuple(workspace.read(visit_queries.visits)),
        locations=tuple(workspace.read(visit_queries.locations)),
        checklists=tuple(workspace.read(visit_queries.checklists)),
        last_backup=_last_backup(workspace),
        clients=tuple(workspace.read(visit_queries.clients)),
        programs=tuple(workspace.read(visit_queries.programs)),
    )


def _last_backup(workspace: Workspace) -> datetime | None:
    newest = next(iter(workspace.backups.listed()), None)
    return None if newest is None else datetime.fromtimestamp(newest.stat().st_mtime, UTC)
