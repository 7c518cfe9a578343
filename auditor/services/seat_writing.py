"""Changes of many planned visits at once: judged by the rules, then written as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from sqlalchemy import Table, select

from auditor.domain.assignments import OPEN
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.planning import Clash
from auditor.domain.records import ProgramRecord
from auditor.domain.rotation import Conflict, ConflictsError
from auditor.domain.seats import Seat
from auditor.domain.visits import VisitStatus
from auditor.services.rotation import Judge, programs_of
from auditor.services.typed import prose
from auditor.store import events
from auditor.store.journal import Journal
from auditor.store.queries import seats as seat_queries
from auditor.store.tables import ASSIGNMENT, VISIT
from auditor.store.units import Unit

Row: TypeAlias = dict[str, Any]
MANY = 500
#: So many visits are named in a refusal.
NAMED = 5


def planned_seats(unit: Unit, visit_ids: Sequence[int]) -> list[Seat]:
    """Visits that are still to be begun. Raises NotFoundError, RefusedError begun."""
    return _seats(unit, visit_ids, frozenset({VisitStatus.PLANNED}))


def open_seats(unit: Unit, visit_ids: Sequence[int]) -> list[Seat]:
    """Visits that are still to be handed in. Raises NotFoundError, RefusedError begun."""
    return _seats(unit, visit_ids, OPEN)


def _seats(unit: Unit, visit_ids: Sequence[int], fit: frozenset[VisitStatus]) -> list[Seat]:
    found = seat_queries.seats_of_visits(unit.connection, visit_ids)
    if len(found) != len(set(visit_ids)) or any(seat.assignment_id is None for seat in found):
        raise NotFoundError("assignment", "There is no such planned visit here.")
    begun = [seat.number for seat in found if seat.status not in fit]
    if begun:
        raise RefusedError(
            "begun",
            "Begun already, or handed in: {numbers}. Leave them out.",
            numbers=", ".join(begun[:NAMED]) + ("…" if len(begun) > NAMED else ""),
        )
    return found


def settle(
    unit: Unit,
    changed: Iterable[Seat],
    clash: Clash,
    now: Mapping[int, ProgramRecord] | None = None,
    then: Mapping[int, ProgramRecord] | None = None,
) -> tuple[list[Seat], int, tuple[Conflict, ...]]:
    """``changed`` as it may be written, how many lost their evaluator for it, and the conflicts
    that are accepted. Raises ConflictsError where they are refused."""
    seats = list(changed)
    known = programs_of(unit.connection, seats) if now is None else now
    found = Judge(unit.connection, seats, known, then).conflicts(seats)
    if not found:
        return seats, 0, ()
    if clash is Clash.REFUSE:
        raise ConflictsError(found)
    if clash is Clash.ANYWAY:
        return seats, 0, found
    free = {each.visit_id for each in found if each.evaluator}
    left = tuple(each for each in found if not each.evaluator)
    released = [
        replace(seat, evaluator_id=None, evaluator="") if seat.visit_id in free else seat
        for seat in seats
    ]
    return released, len(free), left


def write_seats(unit: Unit, journal: Journal, seats: Iterable[Seat]) -> int:
    """Write days and evaluators; returns how many visits differ from what is there."""
    wanted = {seat.visit_id: seat for seat in seats}
    visits = rows_of(unit, VISIT, list(wanted))
    assigned = rows_of(unit, ASSIGNMENT, [row["assignment_id"] for row in visits.values()])
    days: list[tuple[Row, Row]] = []
    whose: list[tuple[Row, Row]] = []
    differ = set()
    for key, seat in wanted.items():
        theirs: Row = {"evaluator_id": seat.evaluator_id, "evaluator": seat.evaluator}
        visit, row = visits[key], assigned[visits[key]["assignment_id"]]
        new: Row = {"planned_for": seat.planned_for, "not_before": seat.not_before, "due": seat.due}
        new |= theirs
        if any(row[name] != value for name, value in new.items()):
            days.append((row, new | {"version": row["version"] + 1}))
            differ.add(key)
        if any(visit[name] != value for name, value in theirs.items()):
            whose.append((visit, theirs))
            differ.add(key)
    journal.update_many(ASSIGNMENT.name, days)
    journal.update_many(VISIT.name, whose)
    return len(differ)


def void_seats(unit: Unit, journal: Journal, seats: Iterable[Seat], reason: str) -> int:
    """Cancel visits; the reason stands in their note. The trail of a visit that was begun tells it
    too; one that was not may yet be unmade with its plan, so that no event may name it."""
    gone = {seat.visit_id: seat for seat in seats}
    visits = rows_of(unit, VISIT, list(gone))
    assigned = rows_of(unit, ASSIGNMENT, [row["assignment_id"] for row in visits.values()])
    void = {"status": VisitStatus.VOID.value}
    journal.update_many(VISIT.name, [
        (row, void | {"version": row["version"] + 1}) for row in visits.values()
    ])  # fmt: skip
    notes = []
    for row in visits.values():
        noted = assigned[row["assignment_id"]]
        note = "\n".join(filter(None, (noted["note"], reason)))
        notes.append((noted, {"note": note, "version": noted["version"] + 1}))
    journal.update_many(ASSIGNMENT.name, notes)
    for key, row in visits.items():
        if gone[key].status is not VisitStatus.PLANNED:
            told = {"number": row["number"], "revision": row["revision"], "reason": reason}
            events.append(unit, "visit.void", key, told)
    return len(visits)


def rows_of(unit: Unit, table: Table, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(keys), MANY):
        query = select(table).where(table.c.id.in_(keys[start : start + MANY]))
        found |= {row["id"]: dict(row) for row in unit.execute(query).mappings()}
    return found


def required_reason(reason: str) -> str:
    """Raises RefusedError no_reason."""
    kept = prose(reason)
    if not kept:
        raise RefusedError("no_reason", "Say why the visit is void.")
    return kept


def tell_conflicts(journal: Journal, conflicts: Iterable[Conflict]) -> None:
    """The trail says which rules were broken knowingly."""
    told = [
        {"rule": each.bar.value, "place": each.place, "evaluator": each.evaluator,
         "visit": each.visit_id, "said": each.text("en")}
        for each in conflicts
    ]  # fmt: skip
    if told:
        journal.told["anyway"] = told
