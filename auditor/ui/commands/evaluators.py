"""Read and change evaluators, their grades; lists of them in and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.evaluators import (
    EvaluatorFilter,
    EvaluatorInput,
    EvaluatorOrder,
    EvaluatorRecord,
    EvaluatorWork,
    GradeRecord,
)
from auditor.domain.places import PageKey, RegionNode
from auditor.ui.commands.acts import act
from auditor.ui.commands.planning import PAGE, Page
from auditor.ui.commands.studies import today
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Listed:
    """An evaluator with the work they did and have."""

    who: EvaluatorRecord
    work: EvaluatorWork


@dataclass(frozen=True, slots=True)
class People:
    """``total`` of those that are asked for, ``every`` of all; ``regions`` of all clients."""

    page: Page
    total: int
    every: int
    regions: tuple[RegionNode, ...]


def read_people(
    context: AppContext, wanted: EvaluatorFilter, order: EvaluatorOrder, limit: int, done: Done
) -> Task:
    """The first page; ``done`` gets People."""

    def read(workspace: Workspace) -> People:
        from auditor.store.queries import evaluators as evaluator_queries
        from auditor.store.queries import visits as visit_queries

        page = _page(workspace, wanted, order, None, limit)
        total = workspace.read(evaluator_queries.evaluator_count, wanted)
        every = workspace.read(evaluator_queries.evaluator_count, EvaluatorFilter(active=None))
        return People(page, total, every, tuple(workspace.read(visit_queries.region_tree)))

    return context.ask(read, done=done)


def read_more(
    context: AppContext, wanted: EvaluatorFilter, order: EvaluatorOrder, after: PageKey | None,
    done: Done,
) -> Task:  # fmt: skip
    """``done`` gets the Page after ``after``."""

    def read(workspace: Workspace) -> Page:
        return _page(workspace, wanted, order, after, PAGE)

    return context.ask(read, done=done)


def _page(
    workspace: Workspace,
    wanted: EvaluatorFilter,
    order: EvaluatorOrder,
    after: PageKey | None,
    limit: int,
) -> Page:
    from auditor.store.queries import evaluators as evaluator_queries

    found = workspace.read(evaluator_queries.evaluator_page, wanted, order, after, limit=limit + 1)
    more, found = len(found) > limit, found[:limit]
    work = workspace.read(evaluator_queries.work, [each.id for each in found], today())
    rows = tuple(Listed(each, work.get(each.id, EvaluatorWork(each.id))) for each in found)
    return Page(rows, more, evaluator_queries.key_of(found[-1], order) if found else None)


def read_grades(context: AppContext, evaluator_id: int, done: Done) -> Task:
    """``done`` gets the GradeRecords, newest first."""

    def read(workspace: Workspace) -> tuple[GradeRecord, ...]:
        from auditor.store.queries import evaluators as evaluator_queries

        return tuple(workspace.read(evaluator_queries.grades, evaluator_id))

    return context.ask(read, done=done)


def read_regions(context: AppContext, done: Done) -> Task:
    """``done`` gets the RegionNodes of all clients."""

    def read(workspace: Workspace) -> tuple[RegionNode, ...]:
        from auditor.store.queries import visits as visit_queries

        return tuple(workspace.read(visit_queries.region_tree))

    return context.ask(read, done=done)


def keep(
    context: AppContext, known: EvaluatorRecord | None, given: EvaluatorInput, done: Done,
    failed: Done,
) -> Task:  # fmt: skip
    """Add one, or change ``known``; ``done`` gets the Act, whose value is the EvaluatorRecord."""

    def write(workspace: Workspace) -> EvaluatorRecord:
        if known is None:
            return workspace.evaluators.add(given)
        return workspace.evaluators.change_one(known.id, given, known.version)

    return act(context, write, "evaluators", done=done, failed=failed)


def set_active(
    context: AppContext, ids: Sequence[int], active: bool, done: Done, failed: Done
) -> Task:
    """``done`` gets the Act."""

    def write(workspace: Workspace) -> None:
        workspace.evaluators.set_active(ids, active)

    return act(context, write, "evaluators", done=done, failed=failed)


def add_grade(
    context: AppContext, evaluator_id: int, grade: int, given_on: date, note: str, done: Done,
    failed: Done,
) -> Task:  # fmt: skip
    """``done`` gets the Act, whose value is the GradeRecord."""

    def write(workspace: Workspace) -> GradeRecord:
        return workspace.evaluators.add_grade(evaluator_id, grade, given_on, note)

    return act(context, write, "evaluators", done=done, failed=failed)


def remove_grade(context: AppContext, grade_id: int, done: Done, failed: Done) -> Task:
    def write(workspace: Workspace) -> None:
        workspace.evaluators.remove_grade(grade_id)

    return act(context, write, "evaluators", done=done, failed=failed)


def export(
    context: AppContext, path: Path, wanted: EvaluatorFilter, language: str, done: Done,
    failed: Done,
) -> Task:  # fmt: skip
    """``done`` gets the Path."""

    def write(workspace: Workspace) -> Path:
        return workspace.evaluator_lists.export(path, language, wanted)

    return context.ask(write, done=done, failed=failed)
