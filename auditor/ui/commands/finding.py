"""Looking for visits and locations while one types: a few of each, read on the database's lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QObject, Signal

from auditor.domain.places import LocationFilter
from auditor.domain.records import (
    ChecklistRecord,
    ClientRecord,
    LocationRecord,
    ProgramRecord,
    VisitRecord,
)
from auditor.domain.visits import VisitStatus
from auditor.ui.context import AppContext

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

#: Locations that are offered for a new visit.
OFFERED = 40
#: Of visits and of locations each; and of the newest visits while nothing is typed.
MOST, NEWEST = 25, 8
#: Given the workspace and what was typed.
Look: TypeAlias = "Callable[[Workspace, str], Any]"


class Search(QObject):
    """Looks for what was typed last, one look at a time. ``found(result)``."""

    found = Signal(object)

    def __init__(self, context: AppContext, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._look = context, look
        self._wanted = self._sent = ""
        self.busy = False

    def ask(self, text: str) -> None:
        self._wanted = text
        if not self.busy:
            self._send()

    def _send(self) -> None:
        self.busy, self._sent = True, self._wanted
        self._context.ask(self._look, self._sent, done=self._take, failed=self._fail)

    def _take(self, result: Any) -> None:
        self.busy = False
        if self._sent == self._wanted:
            self.found.emit(result)
        else:
            self._send()

    def _fail(self, error: Any) -> None:
        self.busy = False
        self._context.report_error(error)


@dataclass(frozen=True, slots=True)
class Offer:
    """The first locations that a new visit may be made to; ``more``: there are others."""

    places: tuple[LocationRecord, ...] = ()
    more: bool = False


def offer(workspace: Workspace, text: str, first: int = 0) -> Offer:
    """By code; while nothing is typed the location ``first`` stands before the others."""
    from auditor.store.queries import places

    wanted = LocationFilter(text=text, offered=True)
    page = workspace.read(places.location_page, wanted, limit=OFFERED + 1)
    found, more = page[:OFFERED], len(page) > OFFERED
    if first and not text.strip() and more and all(place.id != first for place in found):
        found = [*workspace.read(places.offered_of, first), *found]
    return Offer(tuple(found), more)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a new visit may be of. ``last``: the visit that was begun last."""

    checklists: tuple[ChecklistRecord, ...]
    clients: tuple[ClientRecord, ...]
    programs: tuple[ProgramRecord, ...]
    last: VisitRecord | None

    def programs_of(self, brand_id: int) -> tuple[ProgramRecord, ...]:
        """The programs of the client whose brand it is."""
        owners = {
            client.id for client in self.clients for each in client.brands if each.id == brand_id
        }
        return tuple(each for each in self.programs if each.client_id in owners and each.active)


def terms(workspace: Workspace) -> Terms:
    from auditor.store.queries import visits

    return Terms(
        tuple(workspace.read(visits.checklists)),
        tuple(workspace.read(visits.clients)),
        tuple(workspace.read(visits.programs)),
        workspace.read(visits.latest_begun),
    )


@dataclass(frozen=True, slots=True)
class Found:
    visits: tuple[VisitRecord, ...] = ()
    places: tuple[LocationRecord, ...] = ()


def find(workspace: Workspace, text: str, statuses: Mapping[VisitStatus, str]) -> Found:
    """``statuses``: what the screen calls them. While nothing is typed: the newest visits."""
    from auditor.store.queries import finding, places

    if not text.strip():
        return Found(tuple(workspace.read(finding.find_visits, "", statuses, NEWEST)))
    wanted = LocationFilter(text=text)
    return Found(
        tuple(workspace.read(finding.find_visits, text, statuses, MOST)),
        tuple(workspace.read(places.location_page, wanted, limit=MOST)),
    )
