"""The assignments of a wave as a table: planned by import, changed, and written out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Connection

from auditor.domain.assignments import AssignmentFilter, AssignmentRecord
from auditor.domain.evaluators import EvaluatorRecord
from auditor.domain.folding import folded
from auditor.domain.places import LocationFilter
from auditor.domain.planning import PlannedVisit
from auditor.domain.records import LocationRecord, ProgramRecord, WaveRecord
from auditor.domain.rotation import Conflict
from auditor.domain.seats import Seat
from auditor.domain.visits import VisitStatus
from auditor.services.importing.cells import line
from auditor.services.importing.plan import CellProblem, RefusedRow
from auditor.services.lists.assignment_fields import KIND, STATUS, AssignmentField
from auditor.services.lists.columns import Columns, guess, rows_of, said
from auditor.services.lists.plan import ListPlan, RowChange
from auditor.services.rotation import Judge
from auditor.services.sheets.book import Book, Row
from auditor.services.sheets.writing import Cell, Table, write
from auditor.store import events
from auditor.store.queries import evaluators as evaluator_queries
from auditor.store.queries import planning as planning_queries
from auditor.store.queries import seats as seat_queries
from auditor.store.queries import visits as visit_queries
from auditor.words import WORDS, mark

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace


__all__ = ["KIND", "AssignmentField", "AssignmentLists", "AssignmentPlan", "AssignmentRow"]

F = AssignmentField
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_LOCAL = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_NO_CODE = mark("The code is empty. Say which location it is.")
_NO_PLACE = mark("There is no location {given} of this client here. Correct the code.")
_SEVERAL = mark("Several brands have a location {given}. Give them different codes first.")
_NO_EVALUATOR = mark("There is no evaluator {given} here. Correct the code, or add them first.")
_NO_DAY = mark("“{given}” is no day. Write it like 31/12/2026.")
_ORDER = mark("The days stand the wrong way: not before, planned, due. Change one of them.")
_NO_VISIT = mark("There is no visit {given} in {wave} that is still to be begun.")
_QUOTA = mark("{place} has its {most} visits in {wave} already.")
_TWICE = mark("The visit {given} stands twice. Keep one of the rows.")


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """What a row asks for. ``visit`` is one that is planned already, None for a new one."""

    place: LocationRecord
    evaluator: EvaluatorRecord | None
    planned_for: date | None
    not_before: date | None
    due: date | None
    visit: Seat | None = None


AssignmentPlan: TypeAlias = ListPlan[Seat, AssignmentRow]


class AssignmentLists:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def guess(self, book: Book, heading: int | None = None) -> Columns:
        return guess(book, KIND, heading)

    def plan(
        self,
        book: Book,
        wave: WaveRecord,
        columns: Columns | None = None,
        *,
        anyway: bool = False,
    ) -> AssignmentPlan:
        """What importing the table into a wave would do: a row with the number of a visit, or with
        place and day of one, changes it, else it adds one. A row above the quota is refused, and
        without ``anyway`` one that breaks the rules. Changes nothing.

        Raises RefusedError: empty_sheet, no_code_column.
        """
        used = columns or self.guess(book)
        rows = list(rows_of(book, KIND, used))
        return self._workspace.read(_planned, wave.id, rows, used, anyway)

    def apply(self, plan: AssignmentPlan, wave: WaveRecord, name: str) -> None:
        """Do what ``plan`` says, as one change; rows that it refuses are left out. Raises
        RefusedError: plan_changed, no_checklist, begun."""
        self._workspace.planning.apply_rows(
            wave.id,
            [_visit(wave.id, add.after) for add in plan.adds],
            [_seat(wave, change.after, 0) for change in plan.changes],
            name,
            plan.stamp,
        )

    def export(self, path: Path, language: str, wanted: AssignmentFilter) -> Path:
        """Write assignments as .xlsx or .csv, by the ending; ``plan`` reads those of a wave back
        just so. Raises RefusedError, NotSavedError as ``sheets.writing.write``."""
        records = self._workspace.read(planning_queries.assignment_page, wanted, limit=None)
        return write(path, assignment_table(records, language))


def assignment_table(records: Iterable[AssignmentRecord], language: str) -> Table:
    headings = [WORDS.text(language, title) for title in KIND.titles.values()]
    rows = (_cells(record, language) for record in records)
    return Table(WORDS.text(language, mark("Assignments")), headings, rows)


def _cells(record: AssignmentRecord, language: str) -> tuple[Cell, ...]:
    return (
        record.number, record.location_code, record.location, record.evaluator,
        record.planned_for, record.not_before, record.due,
        WORDS.text(language, STATUS[record.status]),
    )  # fmt: skip


def _planned(
    connection: Connection, wave_id: int, rows: list[Row], columns: Columns, anyway: bool
) -> AssignmentPlan:
    wave = visit_queries.wave(connection, wave_id)
    program = visit_queries.program(connection, wave.program_id)
    drafts = _Reader(connection, program, wave, columns).all(rows)
    good = [draft for draft in drafts if not draft.problems and draft.asked is not None]
    if not anyway:
        _refuse_conflicts(connection, program, wave, good)
    return replace(_sorted_out(drafts), stamp=events.head(connection))


@dataclass(slots=True)
class _Draft:
    row: Row
    problems: list[CellProblem]
    asked: AssignmentRow | None = None


def _refuse_conflicts(
    connection: Connection, program: ProgramRecord, wave: WaveRecord, drafts: list[_Draft]
) -> None:
    seats: dict[int, _Draft] = {}
    changed = []
    for at, draft in enumerate(drafts):
        assert draft.asked is not None
        seat = _seat(wave, draft.asked, at - len(drafts))  # in the order of the rows
        seats[seat.visit_id] = draft
        changed.append(seat)
    found: Iterable[Conflict] = Judge(connection, changed, {program.id: program}).conflicts(changed)
    for each in found:
        if each.visit_id is not None:
            draft = seats[each.visit_id]
            message, values = each.sentence()
            draft.problems.append(
                CellProblem(draft.row.number, None, None, each.bar.value, message, values)
            )


def _sorted_out(drafts: list[_Draft]) -> AssignmentPlan:
    adds: list[RowChange[Seat, AssignmentRow]] = []
    changes, same, refused = [], [], []
    for draft in drafts:
        asked, number = draft.asked, draft.row.number
        if draft.problems or asked is None:
            refused.append(RefusedRow(number, draft.row.cells, tuple(draft.problems)))
        elif asked.visit is None:
            adds.append(RowChange(number, asked.place.code, None, asked))
        elif fields := _differing(asked.visit, asked):
            told = f"{asked.visit.number} · {asked.place.code}"
            changes.append(RowChange(number, told, asked.visit, asked, fields))
        else:
            same.append(number)
    return ListPlan(tuple(adds), tuple(changes), tuple(same), tuple(refused))


def _differing(seat: Seat, asked: AssignmentRow) -> tuple[AssignmentField, ...]:
    code = asked.evaluator.code if asked.evaluator is not None else ""
    pairs = {
        F.EVALUATOR: (seat.evaluator, code),
        F.PLANNED: (seat.planned_for, asked.planned_for),
        F.NOT_BEFORE: (seat.not_before, asked.not_before),
        F.DUE: (seat.due, asked.due),
    }
    return tuple(field for field, (was, becomes) in pairs.items() if was != becomes)


def _seat(wave: WaveRecord, asked: AssignmentRow, key: int) -> Seat:
    """As it would be; a new visit has ``key``."""
    whose = asked.evaluator
    base = asked.visit or Seat(
        key, "", VisitStatus.PLANNED, asked.place.id, asked.place.code, asked.place.region_id,
        wave.id, wave.program_id, None, "",
    )  # fmt: skip
    return replace(
        base,
        evaluator_id=None if whose is None else whose.id,
        evaluator="" if whose is None else whose.code,
        planned_for=asked.planned_for,
        not_before=asked.not_before,
        due=asked.due,
    )


def _visit(wave_id: int, asked: AssignmentRow) -> PlannedVisit:
    whose, place = asked.evaluator, asked.place
    return PlannedVisit(
        wave_id, place.id, place.code, place.name, place.region, asked.planned_for,
        asked.not_before, asked.due, None, None if whose is None else whose.id,
        "" if whose is None else whose.code,
    )  # fmt: skip


class _Reader:
    """Reads the rows of one table, beside what is planned in the wave already."""

    def __init__(
        self, connection: Connection, program: ProgramRecord, wave: WaveRecord, columns: Columns
    ) -> None:
        self._wave, self._columns = wave, columns
        self._places: dict[str, list[LocationRecord]] = defaultdict(list)
        wanted = LocationFilter(client=program.client_id)
        for place in visit_queries.location_page(connection, wanted, limit=None):
            self._places[folded(place.code)].append(place)
        known = evaluator_queries.evaluators(connection, active_only=False)
        self._evaluators = {folded(each.code): each for each in known}
        seats = seat_queries.seats_of_waves(connection, [wave.id])
        self._open = {
            folded(seat.number): seat
            for seat in seats
            if seat.status is VisitStatus.PLANNED and seat.assignment_id is not None
        }
        self._count = Counter(seat.location_id for seat in seats)
        self._own = planning_queries.location_quotas(connection, wave.id)
        self._usual = program.terms_of(wave).quota
        self._taken: set[int] = set()

    def all(self, rows: Iterable[Row]) -> list[_Draft]:
        """Rows that name their visit come first, so that no other takes it."""
        drafts = [_Draft(row, []) for row in rows]
        for draft in drafts:
            self._read(draft)
        for named in (True, False):
            for draft in drafts:
                if draft.asked is not None and bool(self._number(draft)) is named:
                    self._match(draft, draft.asked)
        return drafts

    def _refuse(
        self, draft: _Draft, field: AssignmentField, code: str, message: str, **values: object
    ) -> None:
        at = self._columns.column(field)
        told = tuple(values.items())
        draft.problems.append(CellProblem(draft.row.number, at, field, code, message, told))

    def _number(self, draft: _Draft) -> str:
        return line(said(draft.row, self._columns).get(F.NUMBER, ""))

    def _read(self, draft: _Draft) -> None:
        cells = said(draft.row, self._columns)
        code = line(cells[F.LOCATION])
        if not code:
            self._refuse(draft, F.LOCATION, "no_code", _NO_CODE)
            return
        places = self._places.get(folded(code), [])
        if len(places) != 1:
            message = _SEVERAL if places else _NO_PLACE
            self._refuse(draft, F.LOCATION, "unknown_location", message, given=code[:40])
        whose = self._evaluator(draft, line(cells.get(F.EVALUATOR, "")))
        days = {field: self._day(draft, field, line(cells.get(field, "")))
                for field in (F.NOT_BEFORE, F.PLANNED, F.DUE)}  # fmt: skip
        told = [day for day in days.values() if day is not None]
        if told != sorted(told):
            self._refuse(draft, F.PLANNED, "days_order", _ORDER)
        if places and not draft.problems:
            draft.asked = AssignmentRow(
                places[0], whose, days[F.PLANNED], days[F.NOT_BEFORE], days[F.DUE]
            )

    def _evaluator(self, draft: _Draft, code: str) -> EvaluatorRecord | None:
        found = self._evaluators.get(folded(code)) if code else None
        if code and found is None:
            self._refuse(draft, F.EVALUATOR, "unknown_evaluator", _NO_EVALUATOR, given=code[:40])
        return found

    def _day(self, draft: _Draft, field: AssignmentField, text: str) -> date | None:
        if not text:
            return None
        found = read_date(text)
        if found is None:
            self._refuse(draft, field, "no_day", _NO_DAY, given=text[:40])
        return found

    def _match(self, draft: _Draft, asked: AssignmentRow) -> None:
        """The visit that the row is about, or room for a new one."""
        number = self._number(draft)
        if number:
            seat = self._open.get(folded(number))
            if seat is None or seat.location_id != asked.place.id:
                told = {"given": number[:20], "wave": self._wave.name}
                self._refuse(draft, F.NUMBER, "unknown_visit", _NO_VISIT, **told)
            elif seat.visit_id in self._taken:
                self._refuse(draft, F.NUMBER, "visit_twice", _TWICE, given=number[:20])
            else:
                self._take(draft, asked, seat)
            return
        alike = [
            seat
            for seat in self._open.values()
            if seat.location_id == asked.place.id
            and seat.visit_id not in self._taken
            and (seat.planned_for, seat.due) == (asked.planned_for, asked.due)
        ]
        if alike:
            self._take(draft, asked, alike[0])
            return
        quota = self._own.get(asked.place.id, self._usual)
        if self._count[asked.place.id] >= quota:
            place, name = asked.place.code, self._wave.name
            self._refuse(draft, F.LOCATION, "quota", _QUOTA, place=place, most=quota, wave=name)
            return
        self._count[asked.place.id] += 1

    def _take(self, draft: _Draft, asked: AssignmentRow, seat: Seat) -> None:
        self._taken.add(seat.visit_id)
        draft.asked = replace(asked, visit=seat)


def read_date(text: str) -> date | None:
    """A day as sheets and people write it: 2026-12-31, or day, month and year. None for another."""
    iso, local = _ISO.fullmatch(text), _LOCAL.fullmatch(text)
    try:
        if iso is not None:
            return date(*map(int, iso.groups()))
        if local is not None:
            day, month, year = map(int, local.groups())
            return date(year, month, day)
    except ValueError:
        return None
    return None
