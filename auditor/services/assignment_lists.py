"""The assignments of a wave as a table: planned by import, changed, and written out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Connection

from auditor.domain.assignments import AssignmentFilter, AssignmentRecord
from auditor.domain.planning import PlannedVisit
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.domain.rotation import Conflict
from auditor.domain.seats import Seat
from auditor.domain.visits import VisitStatus
from auditor.services.importing.plan import CellProblem, RefusedRow
from auditor.services.lists.assignment_fields import KIND, STATUS, AssignmentField
from auditor.services.lists.assignment_rows import AssignmentRow, Draft, Reader
from auditor.services.lists.columns import Columns, guess, rows_of
from auditor.services.lists.plan import ListPlan, RowChange
from auditor.services.rotation import Judge
from auditor.services.sheets.book import Book, Row
from auditor.services.sheets.writing import Cell, Table, write
from auditor.store import events
from auditor.store.queries import planning as planning_queries
from auditor.store.queries import visits as visit_queries
from auditor.words import WORDS, mark

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace


__all__ = ["KIND", "AssignmentField", "AssignmentLists", "AssignmentPlan", "AssignmentRow"]

F = AssignmentField
_TITLE = mark("Assignments")
#: What a person fills in; the rest is for what is planned already.
_FILLED_IN = (F.LOCATION, F.NAME, F.EVALUATOR, F.PLANNED, F.NOT_BEFORE, F.DUE)


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
        clear: bool = False,
    ) -> AssignmentPlan:
        """What importing the table into a wave would do: a row with the number of a visit, or with
        place and day of one, changes it, else it adds one. Of a visit that is there, a cell that
        is empty leaves what is there, or empties it too where ``clear``. A row above the quota is
        refused, and without ``anyway`` one that breaks the rules. Changes nothing.

        Raises RefusedError: empty_sheet, no_code_column.
        """
        used = columns or self.guess(book)
        rows = list(rows_of(book, KIND, used))
        return self._workspace.read(_planned, wave.id, rows, used, anyway, clear)

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

    def template(self, path: Path, language: str) -> Path:
        """Write an empty list, its headings alone, to be filled in. Raises as ``export``."""
        headings = [WORDS.text(language, KIND.titles[field]) for field in _FILLED_IN]
        return write(path, Table(WORDS.text(language, _TITLE), headings, ()))


def assignment_table(records: Iterable[AssignmentRecord], language: str) -> Table:
    headings = [WORDS.text(language, title) for title in KIND.titles.values()]
    rows = (_cells(record, language) for record in records)
    return Table(WORDS.text(language, _TITLE), headings, rows)


def _cells(record: AssignmentRecord, language: str) -> tuple[Cell, ...]:
    return (
        record.number, record.location_code, record.location, record.evaluator,
        record.planned_for, record.not_before, record.due,
        WORDS.text(language, STATUS[record.status]),
    )  # fmt: skip


def _planned(
    connection: Connection,
    wave_id: int,
    rows: list[Row],
    columns: Columns,
    anyway: bool,
    clear: bool,
) -> AssignmentPlan:
    wave = visit_queries.wave(connection, wave_id)
    program = visit_queries.program(connection, wave.program_id)
    drafts = Reader(connection, program, wave, columns, clear).all(rows)
    good = [draft for draft in drafts if not draft.problems and draft.asked is not None]
    if not anyway:
        _refuse_conflicts(connection, program, wave, good)
    return replace(_sorted_out(drafts), stamp=events.head(connection))


def _refuse_conflicts(
    connection: Connection, program: ProgramRecord, wave: WaveRecord, drafts: list[Draft]
) -> None:
    seats: dict[int, Draft] = {}
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


def _sorted_out(drafts: list[Draft]) -> AssignmentPlan:
    adds: list[RowChange[Seat, AssignmentRow]] = []
    changes, same, refused = [], [], []
    for draft in drafts:
        asked, number = draft.asked, draft.row.number
        if draft.problems or asked is None:
            refused.append(RefusedRow(number, draft.row.cells, tuple(draft.problems)))
        elif asked.visit is None:
            adds.append(_change(number, asked))
        elif _differing(asked.visit, asked):
            changes.append(_change(number, asked))
        else:
            same.append(number)
    return ListPlan(tuple(adds), tuple(changes), tuple(same), tuple(refused))


def _change(row: int, asked: AssignmentRow) -> RowChange[Seat, AssignmentRow]:
    seat = asked.visit
    number = "" if seat is None else f"{seat.number} · "
    told = _differing(seat or _NOTHING, asked)
    return RowChange(row, number + asked.place.code, asked.place.name, seat, asked, told)


#: A visit of which nothing is said yet.
_NOTHING = Seat(0, "", VisitStatus.PLANNED, 0, "", None, 0, 0, None, "")


def _differing(
    seat: Seat, asked: AssignmentRow
) -> tuple[tuple[AssignmentField, object, object], ...]:
    code = asked.evaluator.code if asked.evaluator is not None else ""
    pairs = {
        F.EVALUATOR: (seat.evaluator, code),
        F.PLANNED: (seat.planned_for, asked.planned_for),
        F.NOT_BEFORE: (seat.not_before, asked.not_before),
        F.DUE: (seat.due, asked.due),
    }
    return tuple((field, *pair) for field, pair in pairs.items() if pair[0] != pair[1])


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
