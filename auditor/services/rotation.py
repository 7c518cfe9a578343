"""The rules of a program over the visits that are there: what a change of them would break."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import Connection

from auditor.domain.evaluators import EvaluatorRecord
from auditor.domain.folding import folded
from auditor.domain.offers import Offer
from auditor.domain.places import REGION_SEPARATOR
from auditor.domain.planning import Staffing
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.domain.rota import from_home
from auditor.domain.rotation import Bar, Conflict, Diary, Job, Limits, Needs, Stay, Worker
from auditor.domain.seats import Seat, above_quota
from auditor.domain.visit_hours import open_on
from auditor.domain.visits import VisitStatus
from auditor.store.queries import evaluators as evaluator_queries
from auditor.store.queries import planning as planning_queries
from auditor.store.queries import seats as seat_queries
from auditor.store.queries import visits as visit_queries

#: The visits of so many locations are looked for at each, else wave by wave.
FEW = 200


class Book:
    """The waves of a program in their order, and its limits. None: visits without a wave."""

    def __init__(self, connection: Connection, program: ProgramRecord | None) -> None:
        self.program = program
        self.waves: dict[int, WaveRecord] = {}
        self.limits = Limits()
        if program is not None:
            terms = program.terms
            self.waves = {wave.id: wave for wave in program.waves}
            names = tuple(wave.name for wave in program.waves)
            self.limits = Limits(terms.rotation, terms.lockout_days, terms.most_visits, names)
        self._places = {key: place for place, key in enumerate(self.waves)}
        self._regions = folded_regions(connection)
        self._gone = seat_queries.archived_locations(connection)

    def place(self, wave_id: int | None) -> int | None:
        """Where a wave stands among those of the program; None for one of another."""
        return None if wave_id is None else self._places.get(wave_id)

    def region(self, region_id: int | None) -> tuple[str, ...]:
        return () if region_id is None else self._regions.get(region_id, ())

    def job(self, seat: Seat) -> Job:
        wave, region = self.place(seat.wave_id), self.region(seat.region_id)
        return Job(seat.visit_id, seat.location_id, seat.place, region, wave, seat.first, seat.last)

    def diary(self, seats: Iterable[Seat]) -> Diary:
        """Those that have an evaluator."""
        return Diary(self.limits, (self._stay(seat) for seat in seats if seat.evaluator_id))

    def _stay(self, seat: Seat) -> Stay:
        assert seat.evaluator_id is not None
        wave = self.place(seat.wave_id)
        return Stay(seat.visit_id, seat.evaluator_id, seat.location_id, wave, seat.first, seat.last)

    def near(self, wave_ids: Collection[int | None]) -> set[int]:
        """The waves of its program among ``wave_ids``, and those within the rotation of them."""
        asked = [place for key in wave_ids if (place := self.place(key)) is not None]
        reach = self.limits.rotation
        return {
            key
            for key, place in self._places.items()
            if any(abs(place - other) <= reach for other in asked)
        }

    def against(self, seat: Seat) -> list[Conflict]:
        """What its location, the wave and the visit windows say against it, whoever makes it."""
        wave = self.waves.get(seat.wave_id) if seat.wave_id is not None else None
        if wave is None or self.program is None:
            return []
        found = []
        if seat.location_id in self._gone:
            found.append(Conflict(Bar.GONE, seat.place, "", seat.visit_id))
        days = dict.fromkeys(day for day in seat.days if day is not None)
        out = next((day for day in days if not wave.covers(day)), None)
        if out is not None:
            told = {"day": out, "wave": wave.name, "first": wave.starts_on or "…",
                    "last": wave.ends_on or "…"}  # fmt: skip
            found.append(Conflict(Bar.WAVE, seat.place, "", seat.visit_id, told))
        on = seat.planned_for
        if on is not None and not open_on(self.program.rules.windows, on):
            found.append(Conflict(Bar.CLOSED, seat.place, "", seat.visit_id, {"day": on}))
        return found


def around(
    connection: Connection,
    books: Collection[Book],
    wave_ids: Collection[int | None],
    seats: Iterable[Seat],
) -> dict[int, Seat]:
    """All visits that the rules of these books look at, for changes in these waves and of
    ``seats``."""
    known = list(seats)
    near: set[int] = set().union(*(book.near(wave_ids) for book in books))
    mine = near & set(wave_ids)
    locations = {seat.location_id for seat in known}
    if len(locations) <= FEW:
        found = seat_queries.seats_of_waves(connection, mine)
        found += seat_queries.seats_at(connection, locations, near - mine)
    else:
        found = seat_queries.seats_of_waves(connection, near)
    least = max((book.limits.lockout_days for book in books), default=0)
    found += _locked_out(connection, timedelta(days=least), known, near)
    return {seat.visit_id: seat for seat in found}


def _locked_out(
    connection: Connection, least: timedelta, known: Sequence[Seat], read: Collection[int]
) -> list[Seat]:
    """Visits of the same locations within the lock-out days, beside those of waves that were read
    already."""
    days = [day for seat in known for day in (seat.first, seat.last) if day is not None]
    if not least or not days:
        return []
    locations = {seat.location_id for seat in known}
    first, last = min(days) - least, max(days) + least
    return seat_queries.seats_between(connection, locations, first, last, read)


def folded_regions(connection: Connection) -> dict[int, tuple[str, ...]]:
    paths = visit_queries.region_paths(connection)
    return {key: tuple(folded(path).split(REGION_SEPARATOR)) for key, path in paths.items()}


def worker(record: EvaluatorRecord) -> Worker:
    home = tuple(folded(record.region).split(REGION_SEPARATOR)) if record.region else ()
    return Worker(
        record.id, record.code, home, _folded(record.languages), _folded(record.qualifications),
        record.active,
    )  # fmt: skip


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, words))


def needs(staffing: Staffing) -> Needs:
    return Needs(_folded(staffing.languages), _folded(staffing.qualifications))


def all_workers(connection: Connection) -> dict[int, Worker]:
    """Archived ones too."""
    found = evaluator_queries.evaluators(connection, active_only=False)
    return {record.id: worker(record) for record in found}


def chosen(workers: Mapping[int, Worker], staffing: Staffing) -> list[Worker]:
    """Who is in question: those who were named, else all who are active."""
    if staffing.among is None:
        return [worker for worker in workers.values() if worker.active]
    return [workers[key] for key in sorted(staffing.among) if key in workers]


class Judge:
    """Says what is broken when visits become something else, and was not before. ``changed``: the
    visits as they will be, new ones with keys below 0; ``then``: the programs as they will be,
    where they change too."""

    def __init__(
        self,
        connection: Connection,
        changed: Iterable[Seat],
        now: Mapping[int, ProgramRecord],
        then: Mapping[int, ProgramRecord] | None = None,
    ) -> None:
        self._connection, self._now, self._then = connection, now, then
        self.workers = all_workers(connection)
        self._of_program: dict[int | None, list[Seat]] = defaultdict(list)
        for seat in changed:
            self._of_program[seat.program_id].append(seat)
        keys = [seat.visit_id for seats in self._of_program.values() for seat in seats]
        found = seat_queries.seats_of_visits(connection, keys)
        self._before = {seat.visit_id: seat for seat in found}
        self._accepted: dict[int | None, set[tuple[object, ...]]] = {}
        self._then_book: dict[int | None, tuple[Book, Diary]] = {}
        for key, seats in self._of_program.items():
            self._open(key, seats)

    def _open(self, program_id: int | None, new: list[Seat]) -> None:
        """Look at what is there and at the other visits that count."""
        connection = self._connection
        was = Book(connection, _known(self._now, program_id))
        will = was if self._then is None else Book(connection, _known(self._then, program_id))
        old = [self._before[seat.visit_id] for seat in new if seat.visit_id in self._before]
        waves = {seat.wave_id for seat in new}
        books = (was,) if will is was else (was, will)
        present = around(connection, books, waves, [*old, *new])
        mine = {seat.visit_id for seat in new}
        others = [seat for key, seat in present.items() if key not in mine]
        diary = was.diary(others)
        told = _broken(was, diary, old, self.workers)
        self._accepted[program_id] = {_identity(each) for each in told}
        self._then_book[program_id] = will, diary if will is was else will.diary(others)

    def conflicts(self, changed: Iterable[Seat]) -> tuple[Conflict, ...]:
        """``changed``: the same visits as were given, whoever makes them."""
        by_program: dict[int | None, list[Seat]] = defaultdict(list)
        for seat in changed:
            by_program[seat.program_id].append(seat)
        found: list[Conflict] = []
        for key, new in by_program.items():
            told = _broken(*self._then_book[key], new, self.workers)
            found += [each for each in told if _identity(each) not in self._accepted[key]]
        return tuple(found)

    def offered(self, evaluator_ids: Iterable[int]) -> dict[int, tuple[Conflict, ...]]:
        """What ``conflicts`` says when all the visits become those of one evaluator, of each of
        these evaluators."""
        found: dict[int, list[Conflict]] = {key: [] for key in evaluator_ids}
        for program_id, seats in self._of_program.items():
            book, diary = self._then_book[program_id]
            accepted = self._accepted[program_id]
            ordered = sorted(seats, key=lambda seat: seat.visit_id)
            off = {seat.visit_id: book.against(seat) for seat in ordered}
            offer = Offer(diary, [book.job(seat) for seat in ordered])
            for key, told in found.items():
                against = offer.against(self.workers[key])
                for visit_id, days in off.items():
                    if days or visit_id in against:
                        said = [*days, *against.get(visit_id, ())]
                        if accepted:
                            said = [each for each in said if _identity(each) not in accepted]
                        told += said
        return {key: tuple(told) for key, told in found.items()}

    def burden(self, evaluator_id: int, seat: Seat) -> tuple[int, int]:
        """How far from home ``seat`` is, and what the evaluator has in its wave beside what is
        changed."""
        book, diary = self._then_book[seat.program_id]
        load = diary.load(book.place(seat.wave_id), evaluator_id)
        return from_home(self.workers[evaluator_id], book.region(seat.region_id)), load


def broken(
    connection: Connection, program: ProgramRecord, wave_ids: Collection[int]
) -> dict[int, dict[int, tuple[Conflict, ...]]]:
    """What the planned visits of these waves break as they are, by wave and visit; what was
    accepted once stands there too."""
    book = Book(connection, program)
    there = seat_queries.seats_of_waves(connection, wave_ids)
    planned = {seat.visit_id: seat for seat in there if seat.status is VisitStatus.PLANNED}
    present = around(connection, (book,), wave_ids, planned.values())
    diary = book.diary(seat for key, seat in present.items() if key not in planned)
    found: dict[int, dict[int, tuple[Conflict, ...]]] = {key: {} for key in wave_ids}
    told = _broken(book, diary, planned.values(), all_workers(connection))
    for conflict in [*told, *_above_quota(connection, program, wave_ids, there)]:
        seat = planned[conflict.visit_id or 0]
        told_of = found[seat.wave_id or 0]
        told_of[seat.visit_id] = (*told_of.get(seat.visit_id, ()), conflict)
    return found


def _above_quota(
    connection: Connection,
    program: ProgramRecord,
    wave_ids: Collection[int],
    seats: Iterable[Seat],
) -> Iterator[Conflict]:
    of_wave: dict[int | None, list[Seat]] = defaultdict(list)
    for seat in seats:
        of_wave[seat.wave_id].append(seat)
    for wave in program.waves:
        if wave.id not in wave_ids:
            continue
        own = planning_queries.location_quotas(connection, wave.id)
        usual = program.terms_of(wave).quota
        for seat, count, quota in above_quota(of_wave[wave.id], usual, own):
            told = {"count": count, "most": quota, "wave": wave.name}
            yield Conflict(Bar.QUOTA, seat.place, "", seat.visit_id, told)


def programs_of(connection: Connection, seats: Iterable[Seat]) -> dict[int, ProgramRecord]:
    keys = {seat.program_id for seat in seats if seat.program_id is not None}
    return {key: visit_queries.program(connection, key) for key in sorted(keys)}


def _known(programs: Mapping[int, ProgramRecord], key: int | None) -> ProgramRecord | None:
    return None if key is None else programs.get(key)


def _broken(
    book: Book, diary: Diary, seats: Iterable[Seat], workers: Mapping[int, Worker]
) -> list[Conflict]:
    """Of ``seats``, one after the other, beside what is in ``diary``."""
    found: list[Conflict] = []
    given = []
    for seat in sorted(seats, key=lambda seat: seat.visit_id):
        found += book.against(seat)
        known = workers.get(seat.evaluator_id) if seat.evaluator_id is not None else None
        if known is not None:
            job = book.job(seat)
            found += diary.conflicts(known, job, Needs(), seat.visit_id)
            diary.give(job, known.id)
            given.append(job.key)
    for key in given:
        diary.remove(key)
    return found


def _identity(conflict: Conflict) -> tuple[object, ...]:
    """The same conflict with another distance is no new one."""
    return conflict.visit_id, conflict.bar, conflict.evaluator, conflict.other
