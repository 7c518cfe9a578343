"""The rows of a table of assignments, read beside what is planned in the wave already."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from sqlalchemy import Connection

from auditor.domain.evaluators import EvaluatorRecord
from auditor.domain.folding import folded
from auditor.domain.places import LocationFilter
from auditor.domain.records import LocationRecord, ProgramRecord, WaveRecord
from auditor.domain.seats import Seat
from auditor.domain.visits import VisitStatus
from auditor.services.importing.cells import check_cell, line
from auditor.services.importing.plan import CellProblem
from auditor.services.lists.assignment_fields import AssignmentField
from auditor.services.lists.columns import Columns, said
from auditor.services.sheets.book import Row
from auditor.store.queries import evaluators as evaluator_queries
from auditor.store.queries import planning as planning_queries
from auditor.store.queries import seats as seat_queries
from auditor.store.queries import visits as visit_queries
from auditor.words import mark

F = AssignmentField
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t].*)?")
_LOCAL = re.compile(r"(\d{1,2}) ?[./-] ?(\d{1,2}) ?[./-] ?(\d{4}|\d{2})(?: \d{1,2}:.*)?")
_SERIAL = re.compile(r"[3-7]\d{4}(?:\.\d+)?")
#: Days are counted from here in sheets: the 60th is none, and no visit is before it.
_FIRST_DAY = date(1899, 12, 30)
_DAY_NAME = re.compile(r"^(?:thu \S+|t[2-7]|cn|chu nhat|mon|tue|wed|thu|fri|sat|sun)\w*[,. ]+")
_NO_CODE = mark("The code is empty. Say which location it is.")
_NO_PLACE = mark("There is no location {given} of this client here. Correct the code.")
_ARCHIVED = mark("The location {given} is archived. Bring it back first, or leave the row out.")
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


@dataclass(slots=True)
class Draft:
    row: Row
    problems: list[CellProblem]
    asked: AssignmentRow | None = None


class Reader:
    """Reads the rows of one table, beside what is planned in the wave already."""

    def __init__(
        self, connection: Connection, program: ProgramRecord, wave: WaveRecord, columns: Columns,
        clear: bool,
    ) -> None:  # fmt: skip
        self._wave, self._columns, self._clear = wave, columns, clear
        self._places: dict[str, list[LocationRecord]] = defaultdict(list)
        self._archived: set[str] = set()
        offered = LocationFilter(client=program.client_id, offered=True)
        here = visit_queries.location_page(connection, offered, limit=None)
        wanted = replace(offered, active=None, offered=False)
        active = {place.id for place in here}
        for place in visit_queries.location_page(connection, wanted, limit=None):
            if place.id in active:
                self._places[folded(place.code)].append(place)
            else:
                self._archived.add(folded(place.code))
        known = evaluator_queries.evaluators(connection, active_only=False)
        self._evaluators = Evaluators(known)
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

    def all(self, rows: Iterable[Row]) -> list[Draft]:
        """Rows that name their visit come first, so that no other takes it."""
        drafts = [Draft(row, []) for row in rows]
        for draft in drafts:
            self._read(draft)
        for named in (True, False):
            for draft in drafts:
                if draft.asked is not None and bool(self._number(draft)) is named:
                    self._match(draft, draft.asked)
        return drafts

    def _refuse(
        self, draft: Draft, field: StrEnum, code: str, message: str, **values: object
    ) -> None:
        at = self._columns.column(field)
        told = tuple(values.items())
        draft.problems.append(CellProblem(draft.row.number, at, field, code, message, told))

    def _number(self, draft: Draft) -> str:
        return line(said(draft.row, self._columns).get(F.NUMBER, ""))

    def _read(self, draft: Draft) -> None:
        cells = said(draft.row, self._columns)
        for field, cell in cells.items():
            check_cell(cell, field, partial(self._refuse, draft))
        if draft.problems:
            return
        code = line(cells[F.LOCATION])
        if not code:
            self._refuse(draft, F.LOCATION, "no_code", _NO_CODE)
            return
        places = self._places.get(folded(code), [])
        if len(places) != 1:
            gone = _ARCHIVED if folded(code) in self._archived else _NO_PLACE
            message = _SEVERAL if places else gone
            self._refuse(draft, F.LOCATION, "unknown_location", message, given=code[:40])
        whose = self._evaluator(draft, line(cells.get(F.EVALUATOR, "")))
        days = {field: self._day(draft, field, line(cells.get(field, "")))
                for field in (F.NOT_BEFORE, F.PLANNED, F.DUE)}  # fmt: skip
        self._check_order(draft, days[F.NOT_BEFORE], days[F.PLANNED], days[F.DUE])
        if places and not draft.problems:
            draft.asked = AssignmentRow(
                places[0], whose, days[F.PLANNED], days[F.NOT_BEFORE], days[F.DUE]
            )

    def _check_order(self, draft: Draft, *days: date | None) -> None:
        told = [day for day in days if day is not None]
        if told != sorted(told):
            self._refuse(draft, F.PLANNED, "days_order", _ORDER)

    def _evaluator(self, draft: Draft, code: str) -> EvaluatorRecord | None:
        found = self._evaluators.named(code) if code else None
        if code and found is None:
            self._refuse(draft, F.EVALUATOR, "unknown_evaluator", _NO_EVALUATOR, given=code[:40])
        return found

    def _day(self, draft: Draft, field: AssignmentField, text: str) -> date | None:
        if not text:
            return None
        found = read_date(text)
        if found is None:
            self._refuse(draft, field, "no_day", _NO_DAY, given=text[:40])
        return found

    def _match(self, draft: Draft, asked: AssignmentRow) -> None:
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
        seat = self._alike(asked)
        if seat is not None:
            self._take(draft, asked, seat)
            return
        quota = self._own.get(asked.place.id, self._usual)
        if self._count[asked.place.id] >= quota:
            place, name = asked.place.code, self._wave.name
            self._refuse(draft, F.LOCATION, "quota", _QUOTA, place=place, most=quota, wave=name)
            return
        self._count[asked.place.id] += 1

    def _alike(self, asked: AssignmentRow) -> Seat | None:
        """The visit of the place on the days that the row says. One that says none is about the
        only visit that is open there, where there is room for no other."""
        open_ = [
            seat
            for seat in self._open.values()
            if seat.location_id == asked.place.id and seat.visit_id not in self._taken
        ]
        days = (asked.planned_for, asked.due)
        for seat in open_:
            if days == (seat.planned_for, seat.due):
                return seat
        if days == (None, None):
            quota = self._own.get(asked.place.id, self._usual)
            full = self._count[asked.place.id] >= quota
            return open_[0] if full and len(open_) == 1 else None
        same = [seat for seat in open_ if _same_days(seat, asked)]
        return same[0] if same else None

    def _take(self, draft: Draft, asked: AssignmentRow, seat: Seat) -> None:
        """The row is about ``seat``: what it says goes over what is there."""
        self._taken.add(seat.visit_id)
        if not self._clear:
            whose = asked.evaluator or self._evaluators.by_id(seat.evaluator_id)
            asked = replace(
                asked,
                evaluator=whose,
                planned_for=asked.planned_for or seat.planned_for,
                not_before=asked.not_before or seat.not_before,
                due=asked.due or seat.due,
            )
        else:
            asked = self._cleared(asked, seat)
        self._check_order(draft, asked.not_before, asked.planned_for, asked.due)
        draft.asked = replace(asked, visit=seat)

    def _cleared(self, asked: AssignmentRow, seat: Seat) -> AssignmentRow:
        """What the table has no column for stays as it is."""
        has = self._columns.fields
        whose = asked.evaluator if F.EVALUATOR in has else self._evaluators.by_id(seat.evaluator_id)
        return replace(
            asked,
            evaluator=whose,
            planned_for=asked.planned_for if F.PLANNED in has else seat.planned_for,
            not_before=asked.not_before if F.NOT_BEFORE in has else seat.not_before,
            due=asked.due if F.DUE in has else seat.due,
        )


def _same_days(seat: Seat, asked: AssignmentRow) -> bool:
    """Of the days that a row says all are those of the visit."""
    pairs = ((asked.planned_for, seat.planned_for), (asked.due, seat.due))
    return all(said is None or said == is_ for said, is_ in pairs)


class Evaluators:
    """By what a table calls them: their code, "EV-07 · Trần Thị Bích", or a name that no other
    has."""

    def __init__(self, known: Iterable[EvaluatorRecord]) -> None:
        self._all = tuple(known)
        self._ids = {each.id: each for each in self._all}
        self._codes = {folded(each.code): each for each in self._all}
        self._names: dict[str, list[EvaluatorRecord]] = defaultdict(list)
        for each in self._all:
            self._names[folded(each.name)].append(each)

    def by_id(self, key: int | None) -> EvaluatorRecord | None:
        return None if key is None else self._ids.get(key)

    def named(self, given: str) -> EvaluatorRecord | None:
        said = folded(given)
        alike = self._names.get(said, [])
        if len(alike) > 1:
            alike = [each for each in alike if each.active]
        first = re.split(r"\s*[·|:]\s*|\s+[-–]\s+", said, maxsplit=1)[0]
        return self._codes.get(said) or (alike[0] if len(alike) == 1 else self._codes.get(first))


def read_date(text: str) -> date | None:
    """A day as sheets and people write it: 2026-12-31; day, month and year ("31/12/2026",
    "Thứ Năm, 31/12/26"); or the number that a sheet keeps it as. None for another."""
    plain = _DAY_NAME.sub("", folded(text))
    iso, local = _ISO.fullmatch(plain), _LOCAL.fullmatch(plain)
    try:
        if iso is not None:
            return date(*map(int, iso.groups()))
        if local is not None:
            day, month, year = map(int, local.groups())
            return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None
    if _SERIAL.fullmatch(plain):
        return _FIRST_DAY + timedelta(days=int(float(plain)))
    return None
