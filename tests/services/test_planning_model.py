"""Random years of an office that plans and changes its mind: no quota is exceeded, no rule is
broken without "anyway", and undo restores every row."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from auditor.domain.errors import RefusedError
from auditor.domain.places import Step
from auditor.domain.planning import Changed, Clash, PlanAsk, Rule, Spread, Staffing
from auditor.domain.rotation import Bar, Conflict
from auditor.domain.seats import Seat
from auditor.domain.visits import VisitStatus
from auditor.services.assignments import Days
from auditor.services.workspace import Workspace
from auditor.services.writing import Writing
from auditor.store.queries import planning as planning_queries
from auditor.store.queries import visits as visit_queries

from .conftest import ZONE, Clock, furnish
from .planning_world import EARLY, world

Rows: TypeAlias = dict[str, list[Any]]
TABLES = ("program", "wave", "wave_quota", "evaluator", "assignment", "visit")
ROTATION, LOCKOUT, MOST = 1, 10, 3
DAYS = st.dates(date(2026, 12, 28), date(2027, 4, 5))


class Office(RuleBasedStateMachine):
    @initialize(planned=st.booleans())
    def open(self, planned: bool) -> None:
        self.room = tempfile.TemporaryDirectory()
        self.workspace = Workspace.open(Path(self.room.name) / "w", clock=Clock())
        furnish(self.workspace)
        self.world = world(
            self.workspace, 4, 3, quota=1, rotation=ROTATION, lockout_days=LOCKOUT,
            most_visits=MOST,
        )  # fmt: skip
        self.done: list[tuple[Writing, Step, Rows]] = []
        self.accepted: set[tuple[object, ...]] = set()
        if planned:
            self.world.plan()

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            self.workspace.close()
            self.room.cleanup()

    # what is there

    def rows(self) -> Rows:
        raw = self.workspace.store.raw
        return {
            name: raw.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in TABLES
        }

    def planned(self) -> list[Seat]:
        return [seat for seat in self.world.seats() if seat.status is VisitStatus.PLANNED]

    def some(self, data: st.DataObject) -> list[int]:
        ids = [seat.visit_id for seat in self.planned()]
        return data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))

    def run(self, service: Writing, act: Callable[[], Changed | object]) -> None:
        """One command; what it refuses changes nothing."""
        before, last = self.rows(), service.last
        try:
            result = act()
        except RefusedError:
            assert self.rows() == before
            return
        if isinstance(result, Changed):
            self.accept(result.conflicts)
        if service.last is last:
            assert self.rows() == before
            return
        assert service.last is not None
        self.done.append((service, service.last, before))

    def accept(self, conflicts: tuple[Conflict, ...]) -> None:
        for each in conflicts:
            if each.bar is Bar.FULL:
                self.accepted.add((Bar.FULL, each.evaluator, each.values["wave"]))
            elif each.bar in (Bar.ROTATION, Bar.LOCKOUT):
                self.accepted.add((each.bar, frozenset({each.visit_id, each.other})))

    # commands

    @rule(
        count=st.integers(1, 3),
        kind=st.sampled_from(Rule),
        per_region=st.integers(1, 3),
        spread=st.sampled_from(Spread),
        staffed=st.booleans(),
    )
    def plan(self, count: int, kind: Rule, per_region: int, spread: Spread, staffed: bool) -> None:
        staffing = Staffing() if staffed else None
        ask = PlanAsk(rule=kind, per_region=per_region, spread=spread, staffing=staffing)
        planning = self.workspace.planning
        ids = self.world.wave_ids[:count]
        try:
            plan = planning.preview(ids, ask, EARLY)
        except RefusedError:
            return
        self.run(planning, lambda: planning.make(plan))

    @rule(languages=st.sampled_from([frozenset[str](), frozenset({"tieng anh"})]))
    def staff(self, languages: frozenset[str]) -> None:
        planning = self.workspace.planning
        plan = planning.staff_preview(self.world.wave_ids, Staffing(languages=languages))
        self.run(planning, lambda: planning.staff(plan))

    @precondition(lambda self: self.planned())
    @rule(data=st.data(), who=st.none() | st.integers(0, 2), anyway=st.booleans())
    def assign(self, data: st.DataObject, who: int | None, anyway: bool) -> None:
        key = None if who is None else self.world.evaluators[who].id
        service, ids = self.workspace.assignments, self.some(data)
        self.run(service, lambda: service.assign(ids, key, anyway=anyway))

    @precondition(lambda self: self.planned())
    @rule(data=st.data(), day=DAYS, anyway=st.booleans())
    def reschedule(self, data: st.DataObject, day: date, anyway: bool) -> None:
        service, ids = self.workspace.assignments, self.some(data)
        when = Days(day, None, day + timedelta(days=2))
        self.run(service, lambda: service.reschedule(ids, when, anyway=anyway))

    @precondition(lambda self: self.planned())
    @rule(data=st.data(), days=st.integers(-9, 9), anyway=st.booleans())
    def shift(self, data: st.DataObject, days: int, anyway: bool) -> None:
        service, ids = self.workspace.assignments, self.some(data)
        self.run(service, lambda: service.shift(ids, days, anyway=anyway))

    @precondition(lambda self: self.planned())
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        service, ids = self.workspace.assignments, self.some(data)
        self.run(service, lambda: service.cancel(ids, "Quán đóng cửa"))

    @rule(place=st.integers(0, 3), wave=st.integers(0, 2), day=DAYS, who=st.integers(0, 2))
    def add(self, place: int, wave: int, day: date, who: int) -> None:
        service = self.workspace.assignments
        where = self.world.wave_ids[wave], self.world.places[place].id
        self.run(service, lambda: service.add(*where, Days(day), self.world.evaluators[who].id))

    @rule(
        wave=st.integers(0, 2),
        start=st.dates(date(2026, 12, 5), date(2027, 5, 1)),
        length=st.integers(0, 40),
        clash=st.sampled_from(Clash),
    )
    def move(self, wave: int, start: date, length: int, clash: Clash) -> None:
        planning, key = self.workspace.planning, self.world.wave_ids[wave]
        end = start + timedelta(days=length)
        self.run(planning, lambda: planning.move_wave(key, start, end, clash))

    @rule(
        wave=st.integers(0, 2),
        quota=st.none() | st.integers(0, 3),
        one=st.none() | st.integers(0, 3),
    )
    def quota(self, wave: int, quota: int | None, one: int | None) -> None:
        planning, key = self.workspace.planning, self.world.wave_ids[wave]
        where = None if one is None else [self.world.places[one].id]
        self.run(planning, lambda: planning.set_quota(key, quota, where))
        self.excuse_begun()

    @rule(who=st.integers(0, 2), by=st.none() | st.integers(0, 2), clash=st.sampled_from(Clash))
    def replace(self, who: int, by: int | None, clash: Clash) -> None:
        planning, people = self.workspace.planning, self.world.evaluators
        new = None if by is None else people[by].id
        self.run(planning, lambda: planning.replace_evaluator(people[who].id, new, clash=clash))

    @rule(wave=st.integers(0, 2))
    def cancel_wave(self, wave: int) -> None:
        planning, key = self.workspace.planning, self.world.wave_ids[wave]
        self.run(planning, lambda: planning.cancel_wave(key, "Khách dừng"))

    @precondition(lambda self: self.planned())
    @rule(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        """On the day it is, whatever was planned: what that breaks, nobody planned."""
        (key, *_) = self.some(data)
        self.workspace.visits.begin(key, ZONE, "")
        self.done.clear()
        self.accepted |= self.broken()
        self.excuse_begun()

    def excuse_begun(self) -> None:
        """What was begun is not cancelled by a smaller quota."""
        begun = {s.visit_id for s in self.world.seats() if s.status is not VisitStatus.PLANNED}
        self.over: set[int] = getattr(self, "over", set()) | begun

    @precondition(lambda self: self.done)
    @rule(redo=st.booleans())
    def undo(self, redo: bool) -> None:
        service, step, before = self.done.pop()
        after = self.rows()
        back = service.undo(step)
        assert self.rows() == before
        if redo:
            again = service.undo(back)
            assert self.rows() == after
            self.done.append((service, again, before))

    # what must hold

    def broken(self) -> set[tuple[object, ...]]:
        """All that breaks a rule, told plainly from the visits as they are."""
        seats = [seat for seat in self.world.seats() if seat.evaluator_id is not None]
        order = {key: place for place, key in enumerate(self.world.wave_ids)}
        names = {wave.id: wave.name for wave in self.world.waves}
        found: set[tuple[object, ...]] = set()
        for place, one in enumerate(seats):
            for other in seats[:place]:
                same = one.location_id == other.location_id
                if not same or one.evaluator_id != other.evaluator_id:
                    continue
                pair = frozenset({one.visit_id, other.visit_id})
                if abs(order[one.wave_id or 0] - order[other.wave_id or 0]) <= ROTATION:
                    found.add((Bar.ROTATION, pair))
                elif apart(one, other) <= LOCKOUT:
                    found.add((Bar.LOCKOUT, pair))
        loads = Counter((seat.evaluator, seat.wave_id) for seat in seats)
        for (code, wave), count in loads.items():
            if count > MOST:
                found.add((Bar.FULL, code, names[wave or 0]))
        return found

    @invariant()
    def rules_hold(self) -> None:
        if hasattr(self, "world"):
            assert self.broken() <= self.accepted

    @invariant()
    def quotas_hold(self) -> None:
        if not hasattr(self, "world"):
            return
        seats = [s for s in self.world.seats() if s.visit_id not in getattr(self, "over", set())]
        program = self.workspace.read(visit_queries.program, self.world.program.id)
        for wave in program.waves:
            usual = program.terms_of(wave).quota
            own = self.workspace.read(planning_queries.location_quotas, wave.id)
            counts = Counter(seat.location_id for seat in seats if seat.wave_id == wave.id)
            for place, count in counts.items():
                assert count <= own.get(place, usual)


def apart(one: Seat, other: Seat) -> int:
    """Days between two visits, 0 where they may meet; far for one without days."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return 10_000
    return max(0, (one.first - other.last).days, (other.first - one.last).days)


Office.TestCase.settings = settings(
    max_examples=5,
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink a year takes minutes
)
TestOffice = Office.TestCase
