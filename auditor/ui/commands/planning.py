"""Read and change what is planned: the visits of a wave, who makes them and when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.domain.assignments import (
    AssignmentFilter,
    AssignmentOrder,
    AssignmentRecord,
    DayCount,
    EvaluatorLoad,
    WaveCount,
)
from auditor.domain.evaluators import EvaluatorRecord
from auditor.domain.places import (
    Count,
    LocationFilter,
    LocationOrder,
    PageKey,
    RegionNode,
)
from auditor.domain.planning import Clash, PlanAsk, Staffing, StaffPlan, WavePlan
from auditor.domain.records import LocationRecord, ProgramRecord, WaveRecord
from auditor.domain.rotation import Conflict
from auditor.ui.commands.acts import act
from auditor.ui.commands.studies import today
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task

if TYPE_CHECKING:
    from auditor.services.assignments import AssignmentInput, Choice, Days, Replacing
    from auditor.services.workspace import Workspace

#: Rows of a page of a list.
PAGE = 200


@dataclass(frozen=True, slots=True)
class Board:
    """What the place of a wave is about; of all waves ``wave`` and ``program`` are None."""

    wave: WaveRecord | None
    program: ProgramRecord | None
    client: str
    count: WaveCount
    overdue: int
    regions: tuple[RegionNode, ...]
    evaluators: tuple[EvaluatorRecord, ...]

    @property
    def later(self) -> tuple[WaveRecord, ...]:
        """The waves of its program from this on."""
        waves = self.program.waves if self.program else ()
        at = next((at for at, wave in enumerate(waves) if wave == self.wave), len(waves))
        return waves[at:]


@dataclass(frozen=True, slots=True)
class Page:
    """``key`` asks for the page after it."""

    rows: tuple[Any, ...]
    more: bool
    key: PageKey | None


def load_board(workspace: Workspace, wave_id: int) -> Board:
    """``wave_id`` 0: all that is overdue. Raises NotFoundError."""
    from auditor.store.queries import evaluators as evaluator_queries
    from auditor.store.queries import planning as planning_queries
    from auditor.store.queries import visits as visit_queries

    evaluators = tuple(workspace.read(evaluator_queries.evaluators))
    if not wave_id:
        late = workspace.read(
            planning_queries.assignment_count, AssignmentFilter(overdue_on=today())
        )
        regions = tuple(workspace.read(visit_queries.region_tree))
        return Board(None, None, "", WaveCount(0), late.number, regions, evaluators)
    wave = workspace.programs.wave(wave_id)
    program = workspace.programs.get(wave.program_id)
    client = next(c for c in workspace.read(visit_queries.clients) if c.id == program.client_id)
    counts = workspace.read(planning_queries.wave_counts, [wave_id], today())
    count = counts.get(wave_id) or WaveCount(wave_id)
    regions = tuple(workspace.read(visit_queries.region_tree, client.id))
    return Board(wave, program, client.name, count, count.overdue, regions, evaluators)


def read_page(
    context: AppContext,
    wanted: AssignmentFilter,
    order: AssignmentOrder,
    after: PageKey | None,
    done: Done,
    limit: int = PAGE,
) -> Task:
    """``done`` gets a Page of AssignmentRecord."""

    def read(workspace: Workspace) -> Page:
        from auditor.store.queries import planning as planning_queries

        rows = workspace.read(
            planning_queries.assignment_page, wanted, order, after, limit=limit + 1
        )
        more = len(rows) > limit
        rows = rows[:limit]
        key = planning_queries.key_of(rows[-1], order) if rows else None
        return Page(tuple(rows), more, key)

    return context.ask(read, done=done)


def count(context: AppContext, wanted: AssignmentFilter, done: Done) -> Task:
    """``done`` gets a Count."""

    def read(workspace: Workspace) -> Count:
        from auditor.store.queries import planning as planning_queries

        return workspace.read(planning_queries.assignment_count, wanted)

    return context.ask(read, done=done)


def read_ids(context: AppContext, wanted: AssignmentFilter, done: Done) -> Task:
    """``done`` gets the AssignmentRecords of the whole list, however long."""

    def read(workspace: Workspace) -> tuple[AssignmentRecord, ...]:
        from auditor.store.queries import planning as planning_queries

        return tuple(workspace.read(planning_queries.assignment_page, wanted, limit=None))

    return context.ask(read, done=done)


def read_one(context: AppContext, visit_id: int, done: Done, failed: Done) -> Task:
    """``done`` gets the AssignmentRecord."""

    def read(workspace: Workspace) -> AssignmentRecord:
        from auditor.store.queries import planning as planning_queries

        return workspace.read(planning_queries.assignment, visit_id)

    return context.ask(read, done=done, failed=failed)


def read_calendar(
    context: AppContext, first: date, last: date, wanted: AssignmentFilter, done: Done
) -> Task:
    """``done`` gets the DayCounts by day."""

    def read(workspace: Workspace) -> dict[date, DayCount]:
        from auditor.store.queries import planning as planning_queries

        days = workspace.read(planning_queries.calendar, first, last, wanted)
        return {each.day: each for each in days}

    return context.ask(read, done=done)


def read_loads(context: AppContext, wave_id: int, done: Done) -> Task:
    """``done`` gets the EvaluatorLoads of a wave."""

    def read(workspace: Workspace) -> tuple[EvaluatorLoad, ...]:
        from auditor.store.queries import planning as planning_queries

        return tuple(workspace.read(planning_queries.loads, [wave_id], today()))

    return context.ask(read, done=done)


def read_locations(
    context: AppContext, client_id: int, text: str, after: PageKey | None, done: Done
) -> Task:
    """``done`` gets a Page of the client's active LocationRecords by code."""

    def read(workspace: Workspace) -> Page:
        from auditor.store.queries import places as place_queries

        wanted = LocationFilter(text=text, client=client_id, offered=True)
        order = LocationOrder.CODE
        rows = workspace.read(place_queries.location_page, wanted, order, after, limit=PAGE + 1)
        more, rows = len(rows) > PAGE, rows[:PAGE]
        key = _place_key(rows[-1]) if rows else None
        return Page(tuple(rows), more, key)

    return context.ask(read, done=done)


def _place_key(place: LocationRecord) -> PageKey:
    from auditor.domain.folding import folded

    return PageKey(folded(place.code), place.id)


def read_tags(context: AppContext, done: Done) -> Task:
    """``done`` gets every tag of locations."""

    def read(workspace: Workspace) -> tuple[str, ...]:
        from auditor.store.queries import places as place_queries

        return tuple(workspace.read(place_queries.tags))

    return context.ask(read, done=done)


# a plan


def preview(
    context: AppContext, wave_ids: Sequence[int], ask: PlanAsk, done: Done, failed: Done
) -> Task:
    """``done`` gets a WavePlan; nothing is written."""

    def plan(workspace: Workspace) -> WavePlan:
        return workspace.planning.preview(wave_ids, ask, today())

    return context.ask(plan, done=done, failed=failed)


def make(context: AppContext, plan: WavePlan, done: Done, failed: Done) -> Task:
    """``done`` gets the Act, whose value is the number of visits."""

    def write(workspace: Workspace) -> int:
        return workspace.planning.make(plan)

    return act(context, write, "planning", done=done, failed=failed)


def staff_preview(
    context: AppContext, wave_ids: Sequence[int], staffing: Staffing, done: Done, failed: Done
) -> Task:
    """``done`` gets a StaffPlan; nothing is written."""

    def plan(workspace: Workspace) -> StaffPlan:
        return workspace.planning.staff_preview(wave_ids, staffing)

    return context.ask(plan, done=done, failed=failed)


def staff(context: AppContext, plan: StaffPlan, done: Done, failed: Done) -> Task:
    """``done`` gets the Act, whose value is the number of visits."""

    def write(workspace: Workspace) -> int:
        return workspace.planning.staff(plan)

    return act(context, write, "planning", done=done, failed=failed)


def replacing(
    context: AppContext, gone_id: int, wave_ids: Collection[int], done: Done, failed: Done
) -> Task:
    """``done`` gets the Replacing."""

    def read(workspace: Workspace) -> Replacing:
        return workspace.assignments.replacing(gone_id, wave_ids)

    return context.ask(read, done=done, failed=failed)


def read_broken(context: AppContext, wave_ids: Sequence[int], done: Done, failed: Done) -> Task:
    """``done`` gets the Conflicts of planned visits of waves of a program, by wave and visit."""

    def read(workspace: Workspace) -> dict[int, dict[int, tuple[Conflict, ...]]]:
        return workspace.assignments.broken(wave_ids)

    return context.ask(read, done=done, failed=failed)


def replace_evaluator(
    context: AppContext, gone_id: int, by: int | None, wave_ids: Sequence[int], clash: Clash,
    done: Done, failed: Done,
) -> Task:  # fmt: skip
    """``done`` gets the Act, whose value is Changed."""

    def write(workspace: Workspace) -> object:
        return workspace.planning.replace_evaluator(gone_id, by, wave_ids, clash)

    return act(context, write, "planning", done=done, failed=failed)


def set_quota(
    context: AppContext, wave_id: int, quota: int | None, places: Sequence[int], done: Done,
    failed: Done,
) -> Task:  # fmt: skip
    """Of some locations in a wave; ``done`` gets the Act, whose value is Changed."""

    def write(workspace: Workspace) -> object:
        return workspace.planning.set_quota(wave_id, quota, places)

    return act(context, write, "planning", done=done, failed=failed)


def cancel_wave(context: AppContext, wave_id: int, reason: str, done: Done, failed: Done) -> Task:
    """``done`` gets the Act, whose value is Changed."""

    def write(workspace: Workspace) -> object:
        return workspace.planning.cancel_wave(wave_id, reason)

    return act(context, write, "planning", done=done, failed=failed)


# single visits


def fitting(context: AppContext, visit_ids: Sequence[int], done: Done) -> Task:
    """``done`` gets the Choices, best first."""

    def read(workspace: Workspace) -> tuple[Choice, ...]:
        return workspace.assignments.fitting(visit_ids)

    return context.ask(read, done=done)


def assign(
    context: AppContext, visit_ids: Sequence[int], evaluator_id: int | None, *, anyway: bool,
    done: Done, failed: Done,
) -> Task:  # fmt: skip
    """``done`` gets the Act, whose value is Changed."""

    def write(workspace: Workspace) -> object:
        return workspace.assignments.assign(visit_ids, evaluator_id, anyway=anyway)

    return act(context, write, "assignments", done=done, failed=failed)


def add(
    context: AppContext, wave_id: int, location_id: int, when: Days, evaluator_id: int | None,
    *, anyway: bool, done: Done, failed: Done,
) -> Task:  # fmt: skip
    """``done`` gets the Act, whose value is the AssignmentRecord."""

    def write(workspace: Workspace) -> object:
        return workspace.assignments.add(wave_id, location_id, when, evaluator_id, anyway=anyway)

    return act(context, write, "assignments", done=done, failed=failed)


def reschedule(
    context: AppContext, visit_ids: Sequence[int], when: Days, *, anyway: bool, done: Done,
    failed: Done,
) -> Task:  # fmt: skip
    """``done`` gets the Act, whose value is Changed."""

    def write(workspace: Workspace) -> object:
        return workspace.assignments.reschedule(visit_ids, when, anyway=anyway)

    return act(context, write, "assignments", done=done, failed=failed)


def shift(
    context: AppContext, visit_ids: Sequence[int], days: int, *, anyway: bool, done: Done,
    failed: Done,
) -> Task:  # fmt: skip
    """``done`` gets the Act, whose value is Changed."""

    def write(workspace: Workspace) -> object:
        return workspace.assignments.shift(visit_ids, days, anyway=anyway)

    return act(context, write, "assignments", done=done, failed=failed)


def cancel(
    context: AppContext, visit_ids: Sequence[int], reason: str, done: Done, failed: Done
) -> Task:
    """``done`` gets the Act, whose value is Changed."""

    def write(workspace: Workspace) -> object:
        return workspace.assignments.cancel(visit_ids, reason)

    return act(context, write, "assignments", done=done, failed=failed)


def change(
    context: AppContext, visit_id: int, given: AssignmentInput, version: int, done: Done,
    failed: Done,
) -> Task:  # fmt: skip
    """``done`` gets the Act, whose value is the AssignmentRecord."""

    def write(workspace: Workspace) -> object:
        return workspace.assignments.change_one(visit_id, given, version)

    return act(context, write, "assignments", done=done, failed=failed)


def export(
    context: AppContext, path: Path, wanted: AssignmentFilter, language: str, done: Done,
    failed: Done,
) -> Task:  # fmt: skip
    """``done`` gets the Path."""

    def write(workspace: Workspace) -> Path:
        return workspace.assignment_lists.export(path, language, wanted)

    return context.ask(write, done=done, failed=failed)
