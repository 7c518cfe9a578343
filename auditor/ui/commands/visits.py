"""Start and begin visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from auditor.domain.records import VisitRecord
from auditor.domain.visits import VisitStatus
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NewVisit:
    location_id: int
    checklist_version_id: int
    on: date
    wave_id: int | None = None


def local_zone() -> str:
    """The IANA name of this machine's zone; "UTC" where it has none."""
    from tzlocal import get_localzone_name

    return get_localzone_name() or "UTC"


def start_visit(context: AppContext, wanted: NewVisit, done: Done, failed: Done) -> Task:
    """A new draft; ``done`` gets its VisitRecord."""
    evaluator = context.settings.evaluator

    def start(workspace: Workspace) -> VisitRecord:
        return workspace.visits.start(
            wanted.location_id,
            wanted.checklist_version_id,
            wanted.on,
            local_zone(),
            evaluator,
            wanted.wave_id,
        )

    return context.ask(start, done=done, failed=failed)


def begin_visit(context: AppContext, visit: VisitRecord, done: Done) -> Task:
    """A planned visit, or one that was sent back, becomes a draft; ``done`` gets its record."""
    evaluator = context.settings.evaluator

    def begin(workspace: Workspace) -> VisitRecord:
        if visit.status is VisitStatus.SENT_BACK:
            return workspace.visits.reopen(visit.id)
        return workspace.visits.begin(visit.id, local_zone(), evaluator)

    return context.ask(begin, done=done)
