"""What an office asks for, over 240,000 visits of 10,000 locations; and a year planned.

``python -m tests.bench office``, or ``python -m tests.bench.bench_office FOLDER`` on a workspace
of ``tests.bench.dataset``. Goals: 10 ms a page (performance.md), a few seconds for a year of 1,200
locations, 40 evaluators and 12 waves. CPU of the thread is shown: other work does not slow it.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from auditor.domain.assignments import AssignmentFilter, AssignmentOrder
from auditor.domain.evaluators import EvaluatorFilter
from auditor.domain.my_visits import Wanted
from auditor.domain.places import PageKey
from auditor.domain.planning import Clash, PlanAsk
from auditor.domain.programs import ProgramInput, Terms, WaveInput, months
from auditor.domain.visits import VisitStatus
from auditor.services.workspace import Workspace
from auditor.store.queries import evaluators as evaluator_queries
from auditor.store.queries import planning as planning_queries
from auditor.store.queries import visits as visit_queries
from tests.bench.dataset import build

ROUNDS = 7
TODAY = date(2026, 11, 22)


def tell(name: str, goal: int, work: Callable[[], object]) -> None:
    work()
    took = []
    for _ in range(ROUNDS):
        since = time.thread_time()
        work()
        took.append((time.thread_time() - since) * 1000)
    mark = "" if statistics.median(took) <= goal else "  <<< slower than its goal"
    print(f"{name}: {statistics.median(took):.1f} ms of CPU, goal {goal} ms{mark}")


def once(name: str, goal: float, work: Callable[[], Any]) -> Any:
    since = time.thread_time()
    found = work()
    print(f"{name}: {time.thread_time() - since:.2f} s of CPU, goal {goal:g} s")
    return found


def pages(workspace: Workspace) -> None:
    (program, *_) = workspace.read(visit_queries.programs)
    wave, region = program.waves[-3], workspace.read(visit_queries.region_tree)[0]
    planned, released = frozenset({VisitStatus.PLANNED}), frozenset({VisitStatus.RELEASED})
    for name, wanted in {
        "all": AssignmentFilter(),
        "a wave": AssignmentFilter(wave=wave.id),
        "a wave, a region": AssignmentFilter(wave=wave.id, region=region.id),
        "a wave, a search": AssignmentFilter(wave=wave.id, text="cua hang 99"),
        "an evaluator": AssignmentFilter(evaluator=7),
        "an evaluator in a wave": AssignmentFilter(evaluator=7, wave=wave.id),
        "a location": AssignmentFilter(location=77),
        "overdue": AssignmentFilter(overdue_on=TODAY),
        "planned": AssignmentFilter(statuses=planned),
        "released": AssignmentFilter(statuses=released),
        "a month": AssignmentFilter(first=wave.starts_on, last=wave.ends_on),
        "a program": AssignmentFilter(program=program.id),
        "a search": AssignmentFilter(text="sv-00077"),
        "a search that finds many": AssignmentFilter(text="cua hang"),
        "a region": AssignmentFilter(region=region.id),
        "a client": AssignmentFilter(client=1),
    }.items():
        for order in (AssignmentOrder.DAY, AssignmentOrder.DUE):
            page = partial(workspace.read, planning_queries.assignment_page, wanted, order)
            tell(f"{name}, by {order}", 10, page)
        count = partial(workspace.read, planning_queries.assignment_count, wanted)
        tell(f"{name}, counted", 10, count)
    deep = PageKey(str(wave.starts_on), 0)
    page = partial(workspace.read, planning_queries.assignment_page, AssignmentFilter())
    tell("deep page", 10, partial(page, AssignmentOrder.DAY, deep))


def sums(workspace: Workspace) -> None:
    (program, *_) = workspace.read(visit_queries.programs)
    wave = program.waves[-3]
    read = workspace.read
    assert wave.starts_on is not None
    assert wave.ends_on is not None
    tell("calendar of a month", 40,
         partial(read, planning_queries.calendar, wave.starts_on, wave.ends_on))  # fmt: skip
    tell("sums of a wave", 40, partial(read, planning_queries.wave_counts, [wave.id], TODAY))
    tell("load in a wave", 40, partial(read, planning_queries.loads, [wave.id], TODAY))
    tell("page of evaluators", 10, partial(read, evaluator_queries.evaluator_page))
    search = EvaluatorFilter("danh gia 7")
    tell("search for evaluators", 10, partial(read, evaluator_queries.evaluator_page, search))
    tell("work of one evaluator", 40, partial(read, evaluator_queries.work, [7], TODAY))
    mine = partial(read, visit_queries.visits, limit=50, evaluator_id=7)
    tell("visits of one evaluator", 10, mine)
    for everybody in (False, True):
        wanted = Wanted("EV-07", TODAY, everybody=everybody)
        name = "My visits, everybody's" if everybody else "My visits"
        tell(name, 100 if everybody else 20, partial(read, visit_queries.my_visits, wanted))


def year(workspace: Workspace) -> None:
    """Of 1,200 of the locations, by the rules, and then everything changed."""
    (client, *_) = workspace.read(visit_queries.clients)
    version = workspace.read(visit_queries.checklists)[0].id
    terms = Terms(version, rotation=2, lockout_days=30, most_visits=35)
    program = workspace.programs.add(client.id, ProgramInput("Một năm", terms=terms))
    rounds = [WaveInput(f"N{n}", *days) for n, days in enumerate(months(date(2027, 1, 1), 12))]
    waves = [wave.id for wave in workspace.programs.add_waves(program.id, rounds)]
    places = tuple(record.id for record in workspace.read(visit_queries.locations)[:1200])
    planning = workspace.planning
    plan = once("a year previewed", 4, partial(planning.preview, waves, PlanAsk(places), TODAY))
    print(f"  {len(plan.visits)} visits, {len(plan.unassigned)} without an evaluator")
    once("made", 4, partial(planning.make, plan))
    once("undone", 4, partial(planning.undo, planning.last))
    once("done again", 4, partial(planning.undo, planning.last))
    again = partial(planning.preview, waves, PlanAsk(places), TODAY)
    assert not once("planned again", 4, again).visits
    once("a wave moved", 4, partial(
        planning.move_wave, waves[3], date(2027, 4, 5), date(2027, 4, 25), Clash.RELEASE
    ))  # fmt: skip
    once("an evaluator replaced", 4, partial(
        planning.replace_evaluator, 7, 8, None, Clash.RELEASE
    ))  # fmt: skip
    once("a wave cancelled", 4, partial(planning.cancel_wave, waves[5], "x"))
    page = workspace.read(planning_queries.assignment_page, AssignmentFilter(wave=waves[8]))
    once("who fits a visit", 0.5, partial(workspace.assignments.fitting, [page[0].visit_id]))
    every = workspace.read(planning_queries.assignment_page, AssignmentFilter(wave=waves[8]),
                           limit=None)  # fmt: skip
    ids = [record.visit_id for record in every]
    once("who fits 1,200 visits", 0.5, partial(workspace.assignments.fitting, ids))
    once("a visit given away", 0.5, partial(
        workspace.assignments.assign, [page[0].visit_id], 9, anyway=True
    ))  # fmt: skip


def main() -> int:
    with tempfile.TemporaryDirectory() as room:
        if len(sys.argv) > 1:
            workspace = Workspace.open(Path(sys.argv[1]))
        else:
            workspace = build(Path(room) / "workspace", 10_000, 24, bare=True)
        pages(workspace)
        sums(workspace)
        year(workspace)
        pages(workspace)
        workspace.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
