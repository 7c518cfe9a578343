"""What My visits shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from auditor.domain.my_visits import Overview, Wanted
from auditor.domain.records import VisitRecord
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Home:
    """``fresh``: nothing has been set up here yet."""

    wanted: Wanted
    overview: Overview
    last_backup: datetime | None
    fresh: bool


def read_home(context: AppContext, wanted: Wanted, done: Done, failed: Done) -> Task:
    """``done`` gets the Home."""

    def read(workspace: Workspace) -> Home:
        from auditor.store.queries import visits as visit_queries

        overview = workspace.read(visit_queries.my_visits, wanted)
        fresh = overview.empty and not overview.all and workspace.read(visit_queries.is_fresh)
        return Home(wanted, overview, _last_backup(workspace), fresh)

    return context.ask(read, done=done, failed=failed)


def read_visit(context: AppContext, visit_id: int, done: Done) -> Task:
    """``done`` gets its VisitRecord."""

    def read(workspace: Workspace) -> VisitRecord:
        from auditor.store.queries import visits as visit_queries

        return workspace.read(visit_queries.visit, visit_id)

    return context.ask(read, done=done)


def _last_backup(workspace: Workspace) -> datetime | None:
    newest = next(iter(workspace.backups.listed()), None)
    return None if newest is None else datetime.fromtimestamp(newest.stat().st_mtime, UTC)
