"""Visits to be made, one or several at a time: added, given to evaluators, moved, cancelled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Connection, select

from auditor.domain.assignments import AssignmentRecord
from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.evaluators import EvaluatorRecord
from auditor.domain.facts import Daypart
from auditor.domain.planning import Changed, Clash
from auditor.domain.records import WaveRecord
from auditor.domain.rotation import Bar, Conflict, ConflictsError
from auditor.domain.seats import Seat
from auditor.domain.visits import VisitStatus
from auditor.services.checklists import Checklists
from auditor.services.new_visits import questions, take_numbers
from auditor.services.plan_making import no_checklist, program_of
from auditor.services.program_values import money
from auditor.services.rotation import Judge, broken, programs_of
from auditor.services.seat_writing import (
    open_seats,
    planned_seats,
    required_reason,
    rows_of,
    settle,
    tell_conflicts,
    void_seats,
    write_seats,
)
from auditor.services.typed import prose
from auditor.services.writing import Writing, require_version
from auditor.store.journal import Journal
from auditor.store.queries import evaluators as evaluator_queries
from auditor.store.queries import planning as planning_queries
from auditor.store.queries import seats as seat_queries
from auditor.store.queries import visits as visit_queries
from auditor.store.tables import ASSIGNMENT, BRAND, VISIT
from auditor.store.units import Store, Unit


@dataclass(frozen=True, slots=True)
class Days:
    """On ``planned_for``, or any day from ``not_before`` to ``due``. Local to the location."""

    planned_for: date | None = None
    not_before: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class AssignmentInput:
    """What may be said of a visit beside its place, its days and its evaluator. ``fee`` and
    ``expense_cap`` None: as the wave or the program says."""

    scenario: str = ""
    note: str = ""
    daypart: Daypart | None = None
    fee: Decimal | None = None
    expense_cap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """An evaluator for some visits: what speaks against it, how far from home the first of them
    is (0: at home), how many visits they have in its wave."""

    evaluator: EvaluatorRecord
    conflicts: tuple[Conflict, ...]
    distance: int
    load: int


@dataclass(frozen=True, slots=True)
class Replacing:
    """``visits`` are to be taken over by one of ``choices``, the best first."""

    visits: int
    choices: tuple[Choice, ...]


class Assignments(Writing):
    """Visits are named by their visit id. What was begun is the evaluator's: it is refused."""

    def __init__(self, store: Store, checklists: Checklists) -> None:
        super().__init__(store, Changes(programs=True))
        self._checklists = checklists

    def get(self, visit_id: int) -> AssignmentRecord:
        """Raises NotFoundError."""
        return self.store.read(planning_queries.assignment, visit_id)

    def add(
        self,
        wave_id: int,
        location_id: int,
        when: Days | None = None,
        evaluator_id: int | None = None,
        *,
        anyway: bool = False,
    ) -> AssignmentRecord:
        """One more visit, by hand. Raises NotFoundError, RefusedError: no_checklist, days_order,
        other_client, ConflictsError."""
        days = when or Days()
        _require_order(days)
        wave = self.store.read(visit_queries.wave, wave_id)
        program = self.store.read(visit_queries.program, wave.program_id)
        version = program.terms_of(wave).checklist_version_id
        if version is None:
            raise no_checklist(wave)
        total = questions(self._checklists, version, self.store.clock())
        with self.change("visit.assigned", wave.name) as (unit, journal):
            seat = _new_seat(unit, wave, program.client_id, location_id, days)
            seat = _given(unit, [seat], evaluator_id)[0]
            full = _over_quota(unit, seat, wave, program.terms_of(wave).quota)
            found = [
                *full,
                *Judge(unit.connection, [seat], {program.id: program}).conflicts([seat]),
            ]
            if found and not anyway:
                raise ConflictsError(found)
            tell_conflicts(journal, found)
            key = _insert(unit, journal, seat, version, total)
            journal.told["location"] = seat.place
        return self.get(key)

    # whose

    def conflicts(self, visit_ids: Sequence[int], evaluator_id: int) -> tuple[Conflict, ...]:
        """What giving these visits to an evaluator would break; none where all is well. Raises
        NotFoundError."""
        return self.store.read(_conflicts, visit_ids, evaluator_id)

    def broken(self, wave_ids: Collection[int]) -> dict[int, dict[int, tuple[Conflict, ...]]]:
        """What the planned visits of waves of one program break as they are now, by wave and
        visit: rules change, and what is planned stays. Raises NotFoundError, RefusedError
        waves_of_one."""
        return self.store.read(_broken_of, wave_ids)

    def fitting(self, visit_ids: Sequence[int]) -> tuple[Choice, ...]:
        """Every active evaluator for these visits, the best first: no conflicts, near home, few
        visits. Raises NotFoundError."""
        return self.store.read(_fitting, visit_ids)

    def replacing(self, gone_id: int, wave_ids: Collection[int]) -> Replacing:
        """Who may take over what an evaluator has still to begin in these waves."""
        return self.store.read(_replacing, gone_id, wave_ids)

    def assign(
        self, visit_ids: Sequence[int], evaluator_id: int | None, *, anyway: bool = False
    ) -> Changed:
        """Give visits to an evaluator, or take it from them. Raises NotFoundError, RefusedError
        begun, ConflictsError."""
        with self.change("visit.reassigned", "") as (unit, journal):
            seats = planned_seats(unit, visit_ids)
            given = _given(unit, seats, evaluator_id)
            journal.told["to"] = given[0].evaluator if given else ""
            return self._settled(unit, journal, given, anyway)

    # when

    def reschedule(self, visit_ids: Sequence[int], when: Days, *, anyway: bool = False) -> Changed:
        """Give visits other days. Raises NotFoundError, RefusedError: begun, days_order,
        ConflictsError."""
        _require_order(when)
        with self.change("visit.rescheduled", "") as (unit, journal):
            seats = [
                replace(
                    seat, planned_for=when.planned_for, not_before=when.not_before, due=when.due
                )
                for seat in planned_seats(unit, visit_ids)
            ]
            return self._settled(unit, journal, seats, anyway)

    def shift(self, visit_ids: Sequence[int], days: int, *, anyway: bool = False) -> Changed:
        """Move visits by so many days. Raises as ``reschedule``."""
        with self.change("visit.rescheduled", "", days=days) as (unit, journal):
            seats = [_shifted(seat, days) for seat in planned_seats(unit, visit_ids)]
            return self._settled(unit, journal, seats, anyway)

    def _settled(
        self, unit: Unit, journal: Journal, seats: Sequence[Seat], anyway: bool
    ) -> Changed:
        clash = Clash.ANYWAY if anyway else Clash.REFUSE
        new, _, conflicts = settle(unit, seats, clash)
        journal.told["name"] = ", ".join(seat.number for seat in new)
        tell_conflicts(journal, conflicts)
        return Changed(write_seats(unit, journal, new), 0, conflicts)

    # the rest

    def cancel(self, visit_ids: Sequence[int], reason: str) -> Changed:
        """Make visits void that were not handed in; nothing of them is erased. Raises
        NotFoundError, RefusedError: no_reason, begun."""
        why = required_reason(reason)
        with self.change("visit.cancelled", "", reason=why) as (unit, journal):
            seats = open_seats(unit, visit_ids)
            journal.told["name"] = ", ".join(seat.number for seat in seats)
            return Changed(void_seats(unit, journal, seats, why))

    def change_one(self, visit_id: int, given: AssignmentInput, version: int) -> AssignmentRecord:
        """``version`` is that of the record which the person looked at. Raises NotFoundError,
        RefusedError: changed_meanwhile, fee, expense_cap."""
        record = self.get(visit_id)
        values = {
            "scenario": prose(given.scenario),
            "note": prose(given.note),
            "daypart": given.daypart,
            "fee": money("fee", given.fee),
            "expense_cap": money("expense_cap", given.expense_cap),
        }
        with self.change("visit.assignment_changed", record.number) as (unit, journal):
            row = rows_of(unit, ASSIGNMENT, [record.id])[record.id]
            require_version(row, version, record.number)
            if any(row[name] != value for name, value in values.items()):
                journal.update(ASSIGNMENT.name, row, values | {"version": row["version"] + 1})
        return self.get(visit_id)


def _broken_of(
    connection: Connection, wave_ids: Collection[int]
) -> dict[int, dict[int, tuple[Conflict, ...]]]:
    return broken(connection, program_of(connection, wave_ids), wave_ids)


def _given(unit: Unit, seats: Sequence[Seat], evaluator_id: int | None) -> list[Seat]:
    """Raises NotFoundError."""
    code = ""
    if evaluator_id is not None:
        code = evaluator_queries.evaluator(unit.connection, evaluator_id).code
    return [replace(seat, evaluator_id=evaluator_id, evaluator=code) for seat in seats]


def _conflicts(
    connection: Connection, visit_ids: Sequence[int], evaluator_id: int
) -> tuple[Conflict, ...]:
    seats = _asked(connection, visit_ids)
    code = evaluator_queries.evaluator(connection, evaluator_id).code
    given = [replace(seat, evaluator_id=evaluator_id, evaluator=code) for seat in seats]
    return Judge(connection, given, programs_of(connection, given)).conflicts(given)


def _fitting(connection: Connection, visit_ids: Sequence[int]) -> tuple[Choice, ...]:
    seats = _asked(connection, visit_ids)
    judge = Judge(connection, seats, programs_of(connection, seats))
    records = evaluator_queries.evaluators(connection)
    offered = judge.offered(record.id for record in records)
    found = [
        Choice(record, offered[record.id], *judge.burden(record.id, seats[0])) for record in records
    ]
    return tuple(sorted(found, key=_best))


def _replacing(connection: Connection, gone_id: int, wave_ids: Collection[int]) -> Replacing:
    seats = seat_queries.planned_seats_of(connection, gone_id)
    keys = [seat.visit_id for seat in seats if seat.wave_id in wave_ids]
    found = _fitting(connection, keys) if keys else ()
    return Replacing(len(keys), tuple(each for each in found if each.evaluator.id != gone_id))


def _best(choice: Choice) -> tuple[bool, int, int, str]:
    return bool(choice.conflicts), choice.distance, choice.load, choice.evaluator.code


def _asked(connection: Connection, visit_ids: Sequence[int]) -> list[Seat]:
    found = seat_queries.seats_of_visits(connection, visit_ids)
    if not found or len(found) != len(set(visit_ids)):
        raise NotFoundError("assignment", "There is no such planned visit here.")
    return found


def _new_seat(unit: Unit, wave: WaveRecord, client_id: int, location_id: int, days: Days) -> Seat:
    """Raises NotFoundError, RefusedError other_client."""
    place = visit_queries.location(unit.connection, location_id)
    client = select(BRAND.c.client_id).where(BRAND.c.id == place.brand_id)
    if unit.execute(client).scalar_one() != client_id:
        raise RefusedError("other_client", "{name} belongs to another client.", name=place.name)
    return Seat(
        -1, "", VisitStatus.PLANNED, place.id, place.code, place.region_id, wave.id,
        wave.program_id, None, "", None, days.planned_for, days.not_before, days.due,
    )  # fmt: skip


def _over_quota(unit: Unit, seat: Seat, wave: WaveRecord, usual: int) -> list[Conflict]:
    quota = planning_queries.location_quotas(unit.connection, wave.id).get(seat.location_id, usual)
    present = [
        each
        for each in seat_queries.seats_of_waves(unit.connection, [wave.id])
        if each.location_id == seat.location_id
    ]
    if len(present) < quota:
        return []
    told = {"count": len(present), "most": quota, "wave": wave.name}
    return [Conflict(Bar.QUOTA, seat.place, "", None, told)]


def _insert(unit: Unit, journal: Journal, seat: Seat, version: int, total: int) -> int:
    whose = {"evaluator": seat.evaluator, "evaluator_id": seat.evaluator_id}
    where = {"location_id": seat.location_id, "wave_id": seat.wave_id, "created_at": unit.at}
    days = {"planned_for": seat.planned_for, "not_before": seat.not_before, "due": seat.due}
    key = journal.insert(ASSIGNMENT.name, {**where, **whose, **days})
    (serial,) = take_numbers(unit)
    visit = {
        "number": visit_queries.visit_number(serial),
        "status": VisitStatus.PLANNED.value,
        "checklist_version_id": version,
        "assignment_id": key,
        "total": total,
    }
    return journal.insert(VISIT.name, {**where, **whose, **visit})


def _shifted(seat: Seat, days: int) -> Seat:
    planned_for, not_before, due = (
        None if day is None else day + timedelta(days=days) for day in seat.days
    )
    return replace(seat, planned_for=planned_for, not_before=not_before, due=due)


def _require_order(when: Days) -> None:
    days = [day for day in (when.not_before, when.planned_for, when.due) if day is not None]
    if days != sorted(days):
        raise RefusedError(
            "days_order",
            "The days stand the wrong way: not before, planned, due. Change one of them.",
        )
