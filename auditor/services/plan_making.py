"""Plans of waves, made from what is there. Nothing is written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.places import LocationFilter
from auditor.domain.planning import (
    Place,
    PlanAsk,
    PlannedVisit,
    Spread,
    Staffed,
    Staffing,
    StaffPlan,
    Unassigned,
    WavePlan,
    days_between,
    spread,
    visits_needed,
)
from auditor.domain.programs import Terms
from auditor.domain.records import LocationRecord, ProgramRecord, WaveRecord
from auditor.domain.rota import Rota
from auditor.domain.rotation import Job
from auditor.domain.seats import Seat
from auditor.domain.visit_hours import VisitHours, open_on
from auditor.domain.visits import VisitStatus
from auditor.services.rotation import Book, all_workers, around, chosen, needs
from auditor.store import events
from auditor.store.queries import planning as planning_queries
from auditor.store.queries import seats as seat_queries
from auditor.store.queries import visits as visit_queries


def program_of(connection: Connection, wave_ids: Collection[int]) -> ProgramRecord:
    """The program of these waves. Raises NotFoundError, RefusedError waves_of_one."""
    programs = {visit_queries.wave(connection, key).program_id for key in wave_ids}
    if len(programs) != 1:
        raise RefusedError("waves_of_one", "Choose waves of one program.")
    return visit_queries.program(connection, programs.pop())


def plan_waves(
    connection: Connection, wave_ids: Sequence[int], ask: PlanAsk, today: date
) -> WavePlan:
    """See ``Planning.preview``."""
    program = program_of(connection, wave_ids)
    waves = [wave for wave in program.waves if wave.id in wave_ids]
    found = _Planner(connection, program, ask, today).planned(waves)
    return replace(found, stamp=events.head(connection))


@dataclass(frozen=True, slots=True)
class WaveDays:
    """``days``: those on which visits may be planned, none where they are left open."""

    first: date | None
    last: date | None
    days: tuple[date, ...] = ()


def days_of(
    wave: WaveRecord, hours: Sequence[VisitHours], today: date, asked: Spread = Spread.DAYS
) -> WaveDays:
    """The days of a wave from ``today`` on. Raises RefusedError: wave_over, wave_no_days,
    no_open_day."""
    if wave.ends_on is not None and wave.ends_on < today:
        raise RefusedError("wave_over", "{name} is over. Change its days first.", name=wave.name)
    first = max(wave.starts_on, today) if wave.starts_on is not None else None
    if asked is Spread.OPEN:
        return WaveDays(first, wave.ends_on)
    if first is None or wave.ends_on is None:
        raise RefusedError(
            "wave_no_days",
            "{name} has no first and last day. Give it both, or leave the days open.",
            name=wave.name,
        )
    days = tuple(day for day in days_between(first, wave.ends_on) if open_on(hours, day))
    if not days:
        raise RefusedError(
            "no_open_day",
            "The visit windows of the program leave no day in {name}. Change them or its days.",
            name=wave.name,
        )
    return WaveDays(first, wave.ends_on, days)


class _Planner:
    """Plans waves of one program, one after the other; each knows those before it."""

    def __init__(
        self, connection: Connection, program: ProgramRecord, ask: PlanAsk, today: date
    ) -> None:
        self._connection, self._program, self._ask = connection, program, ask
        self._today = today
        self._book = Book(connection, program)
        self._locations = {each.id: each for each in _locations(connection, program, ask)}
        every = seat_queries.seats_of_waves(connection, [wave.id for wave in program.waves])
        self._seats: dict[int, list[Seat]] = defaultdict(list)
        self._seen: dict[int, date] = {}
        for seat in every:
            if seat.location_id in self._locations:
                self._seats[seat.wave_id or 0].append(seat)
                self._see(seat.location_id, seat.last)

    def planned(self, waves: Sequence[WaveRecord]) -> WavePlan:
        full = set(self._locations)
        visits: list[PlannedVisit] = []
        for wave in waves:
            terms = self._program.terms_of(wave)
            _require_checklist(terms, wave)
            places = self._places(wave, terms)
            full -= {place.id for place in places if place.room}
            visits += self._of_wave(wave, places)
        staffed, unassigned = self._staffed(visits, waves)
        ids = tuple(wave.id for wave in waves)
        return WavePlan(
            ids, staffed, unassigned, len(self._locations), len(full), self._ask, self._today
        )

    def _see(self, location_id: int, day: date | None) -> None:
        if day is not None:
            self._seen[location_id] = max(day, self._seen.get(location_id, day))

    def _places(self, wave: WaveRecord, terms: Terms) -> list[Place]:
        own = planning_queries.location_quotas(self._connection, wave.id)
        there: dict[int, list[Seat]] = defaultdict(list)
        for seat in self._seats[wave.id]:
            there[seat.location_id].append(seat)
        return [
            Place(
                record.id,
                record.code,
                record.name,
                record.region,
                own.get(record.id, terms.quota),
                len(there[record.id]),
                self._seen.get(record.id),
                frozenset(seat.first for seat in there[record.id] if seat.first is not None),
            )
            for record in self._locations.values()
        ]

    def _of_wave(self, wave: WaveRecord, places: list[Place]) -> list[PlannedVisit]:
        ask, found = self._ask, []
        when = days_of(wave, self._program.rules.windows, self._today, ask.spread)
        counts = visits_needed(places, ask.rule, ask.per_region)
        for place, day in spread(places, counts, when.days):
            self._see(place.id, day or when.last)
            found.append(_visit(wave, place, day, when, ask.days_late))
        if not ask.dayparts:
            return found
        parts = ask.dayparts
        return [replace(each, daypart=parts[n % len(parts)]) for n, each in enumerate(found)]

    def _staffed(
        self, visits: list[PlannedVisit], waves: Sequence[WaveRecord]
    ) -> tuple[tuple[PlannedVisit, ...], tuple[Unassigned, ...]]:
        staffing = self._ask.staffing
        if staffing is None:
            return tuple(visits), ()
        seats = {-1 - n: self._seat(-1 - n, each) for n, each in enumerate(visits)}
        waves_of = {wave.id for wave in waves}
        given, alone = staffed(self._connection, self._book, seats, waves_of, staffing)
        found = [
            each
            if (key := given.get(-1 - n)) is None
            else replace(each, evaluator_id=key[0], evaluator=key[1])
            for n, each in enumerate(visits)
        ]
        return tuple(found), tuple(replace(each, visit_id=None) for each in alone)

    def _seat(self, key: int, visit: PlannedVisit) -> Seat:
        region = self._locations[visit.location_id].region_id
        return Seat(
            key, "", VisitStatus.PLANNED, visit.location_id, visit.location_code, region,
            visit.wave_id, self._program.id, None, "", None, visit.planned_for, visit.not_before,
            visit.due,
        )  # fmt: skip


def staffed(
    connection: Connection,
    book: Book,
    seats: dict[int, Seat],
    wave_ids: Collection[int],
    staffing: Staffing,
) -> tuple[dict[int, tuple[int, str]], list[Unassigned]]:
    """Who makes which visit (id and code by its key), and those that nobody may make."""
    present = around(connection, (book,), wave_ids, seats.values())
    diary = book.diary(each for each in present.values() if each.visit_id not in seats)
    workers = chosen(all_workers(connection), staffing)
    jobs: list[Job] = [book.job(seat) for seat in seats.values()]
    given, alone = Rota(diary, workers, needs(staffing)).fill(jobs)
    told = [
        Unassigned(seats[key].place, seats[key].first, tuple(ruled_out), key)
        for key, ruled_out in alone.items()
    ]
    return {key: (worker.id, worker.code) for key, worker in given.items()}, told


def staff_waves(
    connection: Connection,
    wave_ids: Sequence[int],
    staffing: Staffing,
    visit_ids: Collection[int] | None = None,
) -> StaffPlan:
    """See ``Planning.staff_preview``."""
    program = program_of(connection, wave_ids)
    seats = {
        seat.visit_id: seat
        for seat in seat_queries.seats_of_waves(connection, wave_ids)
        if seat.status is VisitStatus.PLANNED
        and seat.nobody
        and (visit_ids is None or seat.visit_id in visit_ids)
    }
    given, alone = staffed(connection, Book(connection, program), seats, wave_ids, staffing)
    found = [
        Staffed(key, seats[key].number, seats[key].place, seats[key].first, *whom)
        for key, whom in sorted(given.items())
    ]
    stamp = events.head(connection)
    return StaffPlan(tuple(found), tuple(alone), tuple(wave_ids), staffing, stamp)


def _locations(
    connection: Connection, program: ProgramRecord, ask: PlanAsk
) -> Iterable[LocationRecord]:
    """Active ones of the program's client. Raises NotFoundError for one chosen by hand that is
    not among them."""
    wanted = replace(ask.where, client=program.client_id, active=True, offered=True)
    if ask.locations is None:
        return visit_queries.location_page(connection, wanted, limit=None)
    theirs = LocationFilter(client=program.client_id, offered=True)
    found = {each.id: each for each in visit_queries.location_page(connection, theirs, limit=None)}
    if not found.keys() >= set(ask.locations):
        raise NotFoundError(
            "location", "A location that was chosen is archived or not of this client."
        )
    return [found[key] for key in dict.fromkeys(ask.locations)]


def _require_checklist(terms: Terms, wave: WaveRecord) -> None:
    if terms.checklist_version_id is None:
        raise no_checklist(wave)


def no_checklist(wave: WaveRecord) -> RefusedError:
    return RefusedError(
        "no_checklist",
        "Neither {name} nor its program says which checklist is used. Choose one first.",
        name=wave.name,
    )


def _visit(
    wave: WaveRecord, place: Place, day: date | None, when: WaveDays, days_late: int
) -> PlannedVisit:
    due = when.last
    if day is not None:
        due = day + timedelta(days=days_late)
        due = due if when.last is None else min(due, when.last)
    not_before = when.first if day is None else None
    return PlannedVisit(
        wave.id, place.id, place.code, place.name, place.region, day, not_before, due
    )
