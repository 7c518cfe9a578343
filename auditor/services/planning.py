"""Waves planned and changed as a whole: each call is one change, taken back whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
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
)
from auditor.domain.programs import WaveInput
from auditor.domain.seats import Seat, above_quota
from auditor.domain.visits import VisitStatus
from auditor.services.checklists import Checklists
from auditor.services.new_visits import questions, take_numbers
from auditor.services.plan_making import no_checklist, plan_waves, program_of, staff_waves
from auditor.services.program_values import RANGES, out_of_range, require_days, wave_values
from auditor.services.program_writing import wave_row, wave_totals, write_wave
from auditor.services.seat_writing import (
    planned_seats,
    required_reason,
    settle,
    tell_conflicts,
    void_seats,
    write_seats,
)
from auditor.services.wave_moving import moved_seats, passed_seats
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
        self,
        wave_id: int,
        starts_on: date,
        ends_on: date,
        clash: Clash = Clash.REFUSE,
        given: WaveInput | None = None,
        version: int | None = None,
    ) -> Changed:
        """Give a wave other days; its planned visits keep their place between the first and the
        last. ``given``: what else is said of it, as in ``Programs.change_wave``. Raises
        NotFoundError, RefusedError: wave_days, no_open_day, those of ``change_wave``,
        ConflictsError."""
        require_days(starts_on, ends_on)
        days = {"starts_on": starts_on, "ends_on": ends_on}
        values = days if given is None else wave_values(given) | days
        wave = self.store.read(visit_queries.wave, wave_id)
        totals = wave_totals(self.store, self._checklists, wave_id, values)
        with self.change("wave.moved", wave.name) as (unit, journal):
            now = visit_queries.program(unit.connection, wave.program_id)
            write_wave(unit, journal, wave_id, values, version, totals)
            then = visit_queries.program(unit.connection, wave.program_id)
            moved = moved_seats(unit.connection, now, wave, starts_on, ends_on)
            passed = passed_seats(unit.connection, now, then, wave_id)
            new, released, conflicts = settle(
                unit, [*moved, *passed], clash, {now.id: now}, {now.id: then}
            )
            count = write_seats(unit, journal, new[: len(moved)])
            freed = [
                seat for seat, was in zip(new[len(moved) :], passed, strict=True) if seat != was
            ]
            write_seats(unit, journal, freed)
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
                row = wave_row(unit, wave_id)
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


def _surplus(unit: Unit, wave_id: int, location_ids: Sequence[int] | None) -> list[Seat]:
    """Planned visits above the quota of their location, the last ones."""
    wave = visit_queries.wave(unit.connection, wave_id)
    usual = visit_queries.program(unit.connection, wave.program_id).terms_of(wave).quota
    own = planning_queries.location_quotas(unit.connection, wave_id)
    seats = [
        seat
        for seat in seat_queries.seats_of_waves(unit.connection, [wave_id])
        if location_ids is None or seat.location_id in location_ids
    ]
    return [seat for seat, _, _ in above_quota(seats, usual, own)]


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


def _evaluator(unit: Unit, evaluator_id: int) -> dict[str, Any]:
    missing = NotFoundError("evaluator", "There is no such evaluator here.")
    return row_of(unit, EVALUATOR, evaluator_id, missing)
