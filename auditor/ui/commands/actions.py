"""Read and change corrective actions; make them from the findings of a visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.actions import (
    ActionCounts,
    ActionFilter,
    ActionInput,
    ActionKey,
    ActionRecord,
    ActionStatus,
    Finding,
    MadeActions,
)
from auditor.domain.places import LocationFilter, RegionNode
from auditor.domain.records import LocationRecord, VisitRecord
from auditor.domain.visits import SUBMITTED
from auditor.ui.commands.acts import act
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task

if TYPE_CHECKING:
    from auditor.services.pictures import Prepared
    from auditor.services.workspace import Workspace

PAGE = 60
#: So many are offered to choose from.
OFFERED = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the board shows: ``wanted`` counts in its tabs, ``statuses`` of it are listed."""

    wanted: ActionFilter
    today: date


@dataclass(frozen=True, slots=True)
class Board:
    """The first pages of a filter, as many rows as were shown before."""

    asked: Wanted
    rows: tuple[ActionRecord, ...]
    more: bool
    counts: ActionCounts


@dataclass(frozen=True, slots=True)
class NextPage:
    asked: Wanted
    rows: tuple[ActionRecord, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """What the filters offer."""

    clients: tuple[tuple[int, str], ...]
    regions: tuple[RegionNode, ...]
    owners: tuple[str, ...]


def read_board(workspace: Workspace, asked: Wanted, counted: ActionFilter, rows: int) -> Board:
    """``counted`` is the filter without what the tabs decide."""
    limit = max(rows, PAGE)
    found = workspace.actions.page(asked.wanted, asked.today, None, limit + 1)
    counts = workspace.actions.counts(counted, asked.today)
    return Board(asked, tuple(found[:limit]), len(found) > limit, counts)


def read_page(workspace: Workspace, asked: Wanted, after: ActionKey) -> NextPage:
    found = workspace.actions.page(asked.wanted, asked.today, after, PAGE + 1)
    return NextPage(asked, tuple(found[:PAGE]), len(found) > PAGE)


def read_offers(workspace: Workspace) -> Offers:
    from auditor.store.queries import visits as visit_queries

    return Offers(
        tuple(workspace.brandings.clients()),
        tuple(workspace.read(visit_queries.region_tree)),
        tuple(workspace.actions.owners()),
    )


# changes


def add(
    context: AppContext, location_id: int, given: ActionInput, done: Done, failed: Done
) -> Task:
    """``done`` gets an Act of the ActionRecord."""

    def run(workspace: Workspace) -> ActionRecord:
        return workspace.actions.add(location_id, given)

    return act(context, run, "actions", done=done, failed=failed)


def change(
    context: AppContext, record: ActionRecord, given: ActionInput, done: Done, failed: Done
) -> Task:
    """``done`` gets an Act of the ActionRecord."""

    def run(workspace: Workspace) -> ActionRecord:
        return workspace.actions.change(record.id, given, record.version)

    return act(context, run, "actions", done=done, failed=failed)


def set_status(
    context: AppContext,
    ids: Sequence[int],
    status: ActionStatus,
    reason: str,
    done: Done,
    failed: Done,
) -> Task:
    language = context.language

    def run(workspace: Workspace) -> None:
        workspace.actions.set_status(ids, status, language, reason)

    return act(context, run, "actions", done=done, failed=failed)


def assign(
    context: AppContext,
    ids: Sequence[int],
    owner: str | None,
    due: date | None,
    done: Done,
    failed: Done,
) -> Task:
    def run(workspace: Workspace) -> None:
        workspace.actions.assign(ids, owner=owner, due=due)

    return act(context, run, "actions", done=done, failed=failed)


def read_proof(context: AppContext, path: Path, done: Done, failed: Done) -> Task:
    """Decode a photo and make it durable, off the GUI thread and the lane; ``done`` gets what
    ``set_proof`` takes."""
    return context.images.run(_read_proof, context.folder, path, done=done, failed=failed)


def _read_proof(folder: Path, path: Path) -> Prepared:
    from auditor.services.kept import keep
    from auditor.services.pictures import prepare

    return keep(folder, prepare(path))


def set_proof(
    context: AppContext, action_id: int, prepared: Prepared | None, done: Done, failed: Done
) -> Task:
    """``done`` gets an Act of the ActionRecord."""

    def run(workspace: Workspace) -> ActionRecord:
        return workspace.actions.set_proof(action_id, prepared)

    return act(context, run, "actions", done=done, failed=failed)


# from a visit


@dataclass(frozen=True, slots=True)
class Found:
    """A visit that was handed in, with what it found amiss."""

    visit: VisitRecord
    findings: tuple[Finding, ...]


def read_findings(workspace: Workspace, visit_id: int, language: str) -> Found:
    from auditor.store.queries import visits as visit_queries

    findings = workspace.actions.findings(visit_id, language)
    return Found(workspace.read(visit_queries.visit, visit_id), tuple(findings))


def make(
    context: AppContext,
    visit_id: int,
    keys: Sequence[tuple[str, int]] | None,
    owner: str,
    due: date | None,
    done: Done,
    failed: Done,
) -> Task:
    """``done`` gets an Act of MadeActions."""
    language = context.language

    def run(workspace: Workspace) -> MadeActions:
        return workspace.actions.make(visit_id, language, keys, owner, due)

    return act(context, run, "actions", done=done, failed=failed)


# to choose from


def find_locations(workspace: Workspace, text: str) -> tuple[LocationRecord, ...]:
    from auditor.store.queries import visits as visit_queries

    wanted = LocationFilter(text=text)
    return tuple(workspace.read(visit_queries.location_page, wanted, limit=OFFERED))


def find_visits(workspace: Workspace, text: str) -> tuple[VisitRecord, ...]:
    """The newest that were handed in, or the one of that number."""
    from auditor.store.queries import visits as visit_queries

    if text.strip():
        found = workspace.read(visit_queries.visit_by_number, text)
        if found is not None:
            return (found,) if found.status in SUBMITTED else ()
    newest = workspace.read(visit_queries.visits, SUBMITTED, limit=300)
    return tuple(newest)


# Excel


def export(context: AppContext, path: Path, asked: Wanted, done: Done, failed: Done) -> Task:
    """``done`` gets the Path."""
    language = context.language

    def run(workspace: Workspace) -> Path:
        from auditor.services import action_lists

        return action_lists.export(workspace, path, asked.wanted, asked.today, language)

    return context.ask(run, done=done, failed=failed)
