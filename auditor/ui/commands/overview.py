"""What My visits shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from auditor.domain.records import ChecklistRecord, LocationRecord, VisitRecord

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Loaded:
    visits: tuple[VisitRecord, ...]
    locations: tuple[LocationRecord, ...]
    checklists: tuple[ChecklistRecord, ...]
    last_backup: datetime | None

    @property
    def fresh(self) -> bool:
        """Nothing has been set up here yet."""
        return not (self.visits or self.locations or self.checklists)


def load(workspace: Workspace) -> Loaded:
    from auditor.store import queries

    return Loaded(
        visits=tuple(workspace.read(queries.visits)),
        locations=tuple(workspace.read(queries.locations)),
        checklists=tuple(workspace.read(queries.checklists)),
        last_backup=_last_backup(workspace),
    )


def _last_backup(workspace: Workspace) -> datetime | None:
    newest = next(iter(workspace.backups.listed()), None)
    return None if newest is None else datetime.fromtimestamp(newest.stat().st_mtime, UTC)
