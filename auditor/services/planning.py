"""Waves planned and changed as a whole: each call is one change, taken back whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.planning import (
    Changed,
    Clash,
    PlanAsk,
    PlannedVisit,
    Staffing,
    StaffPlan,
    WavePlan,
    days_between,
    moved_day,
)
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.domain.seats import Seat
from auditor.domain.visit_hours import open_on
from auditor.domain.visits import VisitStatus
from auditor.services.checklists import Checklists
from auditor.services.new_visits import questions, take_numbers
from auditor.services.plan_making import no_checklist, plan_waves, program_of, staff_waves
from auditor.services.program_values import RANGES, out_of_range, require_days
from auditor.services.seat_writing import (
    planned_seats,
    required_reason,
    settle,
    tell_conflicts,
    void_seats,
    write_seats,
)
from auditor.services.writing import Writing, row_of
from auditor.store import events
from auditor.store.journal import Journal
from auditor.store.queries import planning as planning_queries
from auditor.store.queries import seats as seat_queries
from auditor.store.queries import visits as visit_queries
from auditor.store.tables import ASSIGNMENT, EVALUATOR, LOCATION, VISIT, WAVE, WAVE_QUOTA
from auditor.store.units import Store, Unit


class Planning(Writing):
    """Days are local to the locations. Visits that were begun are left as they are."""

    def __init__(self, store: Store, checklists: Checklists) -> None:
        super().__init__(store, Changes(programs=True))
        self._checklists = checklists

    # planning

    def preview(self, wave_ids: Sequence[int], ask: PlanAsk, today: date) -> WavePlan:
        """What planning waves of one program would do, in their order. What is planned already
        counts: planning again tops up.

        Raises NotFoundError, RefusedError: waves_of_one, no_checklist, wave_over, wave_no_days,
        no_open_day.
        """
        return self.store.read(plan_waves, wave_ids, ask, today)

    def make(self, plan: WavePlan) -> int:
        """Make the visits of ``plan``; returns how many. Raises RefusedError plan_changed: what
        it was made from is not so any more."""
        terms = self.store.read(_versions, plan.wave_ids)
        now = self.store.clock()
        totals = {key: questions(self._checklists, key, now) for key in set(terms.values())}
        with self.change("wave.planned", self._names(plan.wave_ids)) as (unit, journal):
            if plan.stamp != events.head(unit.connection):
                again = plan_waves(unit.connection, plan.wave_ids, plan.ask, plan.today)
                _require_same(plan.visits == again.visits)
            _make(unit, journal, plan.visits, terms, totals)
            journal.told["visits"] = len(plan.visits)
            journal.told["unassigned"] = len(plan.unassigned)
        return len(plan.visits)

    def staff_preview(
        self,
        wave_ids: Sequence[int],
        staffing: Staffing,
        visit_ids: Collection[int] | None = None,
    ) -> StaffPlan:
        """Who would make the planned visits of these waves that have nobody, or those of
        ``visit_ids``. Raises NotFoundError, RefusedError waves_of_one."""
        return self.store.read(staff_waves, wave_ids, staffing, visit_ids)

    def staff(self, plan: StaffPlan) -> int:
        """Give the visits to who is named; returns how many. Raises RefusedError plan_changed."""
        given = {each.visit_id: (each.evaluator_id, each.evaluator) for each in plan.staffed}
        with self.change("wave.staffed", self._names(plan.wave_ids)) as (unit, journal):
            if plan.stamp != events.head(unit.connection):
                asked = [*given, *(each.visit_id for each in plan.unassigned if each.visit_id)]
                again = staff_waves(unit.connection, plan.wave_ids, plan.staffing, asked)
                _require_same(plan.staffed == again.staffed)
            seats = seat_queries.seats_of_visits(unit.connection, given)
            new = [
                replace(
                    seat, evaluator_id=given[seat.visit_id][0], evaluator=given[seat.visit_id][1]
                )
                for seat in seats
            ]
            count = write_seats(unit, journal, new)
            journal.told["visits"] = count
        return count

    def _names(self, wave_ids: Sequence[int]) -> str:
        return ", ".join(self.store.read(visit_queries.wave, key).name for key in wave_ids)

    # changing what is planned

    def move_wave(
        self, wave_id: int, starts_on: date, ends_on: date, clash: Clash = Clash.REFUSE
    ) -> Changed:
        """Give a wave other days; its planned visits keep their place between the first and the
        last. Raises NotFoundError, RefusedError: wave_days, no_open_day, ConflictsError."""
        require_days(starts_on, ends_on)
        wave = self.store.read(visit_queries.wave, wave_id)
        with self.change("wave.moved", wave.name) as (unit, journal):
            now = visit_queries.program(unit.connection, wave.program_id)
            every = seat_queries.seats_of_waves(unit.connection, [each.id for each in now.waves])
            row = _wave_row(unit, wave_id)
            days = {"starts_on": starts_on, "ends_on": ends_on}
            if journal.update(WAVE.name, row, days | {"version": row["version"] + 1}):
                for name, value in days.items():
                    journal.told[name] = value.isoformat()
            then = visit_queries.program(unit.connection, wave.program_id)
            planned = [seat for seat in every if seat.status is VisitStatus.PLANNED]
            mine = [seat for seat in planned if seat.wave_id == wave_id]
            moved = _Move(now, wave, mine, starts_on, ends_on).all()
            same = [each.id for each in now.waves] == [each.id for each in then.waves]
            rest = [] if same else [seat for seat in planned if seat.wave_id != wave_id]
            new, released, conflicts = settle(
                unit, [*moved, *rest], clash, {now.id: now}, {now.id: then}
            )
            still = {seat.visit_id: seat for seat in rest}
            others = sum(still.get(seat.visit_id, seat) != seat for seat in new)
            count = write_seats(unit, journal, new) - others
            journal.told["visits"] = count
            tell_conflicts(journal, conflicts)
        return Changed(count, released, conflicts)

    def set_quota(
        self, wave_id: int, quota: int | None, location_ids: Sequence[int] | None = None
    ) -> Changed:
        """How many visits each location gets in a wave, or these locations; None: as the program
        says, or as the wave says. What is planned above it and not begun is cancelled, the last
        first; planning again fills up. Raises NotFoundError, RefusedError quota."""
        least, most = RANGES["quota"]
        if quota is not None and not least <= quota <= most:
            raise out_of_range("quota", quota, least, most)
        wave = self.store.read(visit_queries.wave, wave_id)
        with self.change("wave.quota", wave.name, quota=quota) as (unit, journal):
            if location_ids is None:
                row = _wave_row(unit, wave_id)
                if row["quota"] != quota:
                    values = {"quota": quota, "version": row["version"] + 1}
                    journal.update(WAVE.name, row, values)
            else:
                _write_quotas(unit, journal, wave_id, quota, location_ids)
            surplus = _surplus(unit, wave_id, location_ids)
            count = void_seats(unit, journal, surplus, "")
            journal.told["cancelled"] = [seat.number for seat in surplus]
        return Changed(count)

    def replace_evaluator(
        self,
        gone_id: int,
        by: int | None,
        wave_ids: Collection[int] | None = None,
        clash: Clash = Clash.REFUSE,
    ) -> Changed:
        """Give the visits of an evaluator that are not begun to another, or to nobody yet, in all
        waves or in these. Raises NotFoundError, ConflictsError."""
        with self.change("evaluator.replaced", "") as (unit, journal):
            gone = _evaluator(unit, gone_id)
            code = "" if by is None else _evaluator(unit, by)["code"]
            journal.told |= {"name": gone["code"], "by": code}
            seats = [
                seat
                for seat in seat_queries.planned_seats_of(unit.connection, gone_id)
                if wave_ids is None or seat.wave_id in wave_ids
            ]
            given = [replace(seat, evaluator_id=by, evaluator=code) for seat in seats]
            new, released, conflicts = settle(unit, given, clash)
            count = write_seats(unit, journal, new)
            tell_conflicts(journal, conflicts)
            journal.told["visits"] = count
        return Changed(count, released, conflicts)

    def cancel_wave(self, wave_id: int, reason: str) -> Changed:
        """All its visits that are not begun become void. Raises NotFoundError, RefusedError
        no_reason."""
        why = required_reason(reason)
        wave = self.store.read(visit_queries.wave, wave_id)
        with self.change("wave.cancelled", wave.name, reason=why) as (unit, journal):
            seats = seat_queries.seats_of_waves(unit.connection, [wave_id])
            waiting = [
                seat
                for seat in seats
                if seat.status is VisitStatus.PLANNED and seat.assignment_id is not None
            ]
            count = void_seats(unit, journal, waiting, why)
            journal.told["visits"] = count
        return Changed(count)

    def apply_rows(
        self,
        wave_id: int,
        new: Sequence[PlannedVisit],
        changed: Sequence[Seat],
        name: str,
        stamp: str,
    ) -> None:
        """What ``assignment_lists`` has read of a table: visits to be made, and planned ones that
        change. Raises RefusedError: plan_changed, no_checklist, begun."""
        terms = self.store.read(_versions, [wave_id])
        if new and wave_id not in terms:
            raise no_checklist(self.store.read(visit_queries.wave, wave_id))
        now = self.store.clock()
        totals = {key: questions(self._checklists, key, now) for key in set(terms.values())}
        with self.change("assignments.imported", name) as (unit, journal):
            _require_same(stamp == events.head(unit.connection))
            planned_seats(unit, [seat.visit_id for seat in changed])
            write_seats(unit, journal, changed)
            _make(unit, journal, new, terms, totals)
            journal.told |= {"added": len(new), "changed": len(changed)}


def _require_same(same: bool) -> None:
    if not same:
        raise RefusedError(
            "plan_changed", "Something was changed meanwhile. Look at the plan again, then make it."
        )


def _versions(connection: Any, wave_ids: Sequence[int]) -> dict[int, int]:
    """The checklist version of each wave."""
    program = program_of(connection, wave_ids)
    found = {}
    for wave in program.waves:
        version = program.terms_of(wave).checklist_version_id
        if wave.id in wave_ids and version is not None:
            found[wave.id] = version
    return found


def _make(
    unit: Unit,
    journal: Journal,
    visits: Sequence[PlannedVisit],
    versions: dict[int, int],
    totals: dict[int, int],
) -> None:
    assigned = [
        {
            "location_id": each.location_id,
            "wave_id": each.wave_id,
            "planned_for": each.planned_for,
            "not_before": each.not_before,
            "due": each.due,
            "daypart": each.daypart,
            "evaluator": each.evaluator,
            "evaluator_id": each.evaluator_id,
            "created_at": unit.at,
        }
        for each in visits
    ]
    keys = journal.insert_many(ASSIGNMENT.name, assigned)
    rows = [
        {
            "number": visit_queries.visit_number(serial),
            "status": VisitStatus.PLANNED.value,
            "location_id": each.location_id,
            "checklist_version_id": versions[each.wave_id],
            "assignment_id": key,
            "wave_id": each.wave_id,
            "evaluator": each.evaluator,
            "evaluator_id": each.evaluator_id,
            "total": totals[versions[each.wave_id]],
            "created_at": unit.at,
        }
        for each, key, serial in zip(visits, keys, take_numbers(unit, len(visits)), strict=True)
    ]
    journal.insert_many(VISIT.name, rows)
    if rows:
        journal.told |= {"first": rows[0]["number"], "last": rows[-1]["number"]}


class _Move:
    """Where the visits of a wave come when its days change."""

    def __init__(
        self,
        program: ProgramRecord,
        wave: WaveRecord,
        seats: Sequence[Seat],
        first: date,
        last: date,
    ) -> None:
        self._seats, self._first, self._last = seats, first, last
        known = [day for seat in seats for day in seat.days if day is not None]
        known += [day for day in (wave.starts_on, wave.ends_on) if day is not None]
        self._from = wave.starts_on or min(known, default=first)
        self._to = max(self._from, wave.ends_on or max(known, default=last))
        hours = program.rules.windows
        self._old = [d for d in days_between(self._from, self._to) if open_on(hours, d)]
        self._new = [d for d in days_between(first, last) if open_on(hours, d)]
        if not self._new and seats:
            raise RefusedError(
                "no_open_day",
                "The visit windows of the program leave no day in {name}. Change them or its days.",
                name=wave.name,
            )

    def all(self) -> list[Seat]:
        return list(map(self._moved, self._seats))

    def _moved(self, seat: Seat) -> Seat:
        planned = seat.planned_for
        if planned is None:
            return replace(seat, not_before=self._day(seat.not_before), due=self._day(seat.due))
        day = moved_day(planned, self._old or [self._from, self._to], self._new)
        due, not_before = seat.due, seat.not_before
        if due is not None:
            late = max(due - planned, timedelta())
            due = max(day, min(self._last, day + late))
        if not_before is not None:
            not_before = max(self._first, min(day, day - (planned - not_before)))
        return replace(seat, planned_for=day, not_before=not_before, due=due)

    def _day(self, day: date | None) -> date | None:
        if day is None:
            return None
        old, new = days_between(self._from, self._to), days_between(self._first, self._last)
        return moved_day(day, old, new)


def _surplus(unit: Unit, wave_id: int, location_ids: Sequence[int] | None) -> list[Seat]:
    """Planned visits above the quota of their location, the last ones."""
    wave = visit_queries.wave(unit.connection, wave_id)
    usual = visit_queries.program(unit.connection, wave.program_id).terms_of(wave).quota
    own = planning_queries.location_quotas(unit.connection, wave_id)
    there: dict[int, list[Seat]] = defaultdict(list)
    for seat in seat_queries.seats_of_waves(unit.connection, [wave_id]):
        if location_ids is None or seat.location_id in location_ids:
            there[seat.location_id].append(seat)
    found: list[Seat] = []
    for key, seats in there.items():
        over = len(seats) - own.get(key, usual)
        waiting = [
            seat
            for seat in seats
            if seat.status is VisitStatus.PLANNED and seat.assignment_id is not None
        ]
        waiting.sort(key=lambda seat: (seat.last or date.max, seat.visit_id), reverse=True)
        found += waiting[: max(0, over)]
    return found


def _write_quotas(
    unit: Unit, journal: Journal, wave_id: int, quota: int | None, location_ids: Sequence[int]
) -> None:
    there = WAVE_QUOTA.c.wave_id == wave_id
    known = {
        row["location_id"]: dict(row)
        for row in unit.execute(select(WAVE_QUOTA).where(there)).mappings()
    }
    for key in dict.fromkeys(location_ids):
        row = known.get(key)
        if row is None and quota is not None:
            missing = NotFoundError("location", "There is no such location here.")
            row_of(unit, LOCATION, key, missing)
            values = {"wave_id": wave_id, "location_id": key, "quota": quota}
            journal.insert(WAVE_QUOTA.name, values)
        elif row is not None and quota is None:
            journal.delete(WAVE_QUOTA.name, row)
        elif row is not None:
            journal.update(WAVE_QUOTA.name, row, {"quota": quota})


def _wave_row(unit: Unit, wave_id: int) -> dict[str, Any]:
    return row_of(unit, WAVE, wave_id, NotFoundError("wave", "There is no such wave here."))


def _evaluator(unit: Unit, evaluator_id: int) -> dict[str, Any]:
    missing = NotFoundError("evaluator", "There is no such evaluator here.")
    return row_of(unit, EVALUATOR, evaluator_id, missing)
