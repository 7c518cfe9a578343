"""Fills an empty workspace with the demo through the services, as a person would with clicks."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from auditor.domain.evaluators import EvaluatorInput
from auditor.domain.programs import ProgramInput, Terms
from auditor.domain.records import VisitRecord
from auditor.domain.work import Cancel, Progress
from auditor.services.demo_data import brand
from auditor.services.demo_data.calendar import STORIES, Appointment, appointments
from auditor.services.demo_data.mending import Made, mend
from auditor.services.demo_data.pictures import logo
from auditor.services.demo_data.story import Story
from auditor.services.demo_data.telling import (
    STAY,
    Picture,
    answer,
    by_question,
    facts,
    pictures,
)
from auditor.services.logos import Logo, read
from auditor.services.pictures import Prepared, prepare
from auditor.services.workspace import Workspace
from forms.filling import Filling

CHECKLIST = "cafe-visit"
_SECONDS_AN_ANSWER = 19
_LEAD = timedelta(minutes=8)
#: Seconds over the briefing.
_READING = 150
_AT_HOME = time(7, 30)


class Clock:
    """The time of the story, in the brand's zone, handed to the workspace as its own."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)

    def set(self, day: date, at: time) -> None:
        self.now = datetime.combine(day, at, ZoneInfo(brand.ZONE))

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment, its planned visit, and its photos as they come from the drawing threads."""

    appointment: Appointment
    record: VisitRecord
    photos: tuple[tuple[Picture, Future[Prepared]], ...]

    @property
    def name(self) -> str:
        return f"{self.record.location} · {self.record.wave}"


def fill(folder: Path, today: date, mark_: str, progress: Progress, cancel: Cancel) -> None:
    """``folder`` is empty. Raises Cancelled; what it left is for the caller to remove."""
    first = appointments(today)[0].round.starts
    clock = Clock(datetime.combine(first - timedelta(days=7), time(9), ZoneInfo(brand.ZONE)))
    workspace = Workspace.open(folder, clock=clock)
    try:
        workspace.set_fact(mark_, today.isoformat())
        with _drawing() as pool:
            _Filler(workspace, clock, pool, today, progress, cancel).run(appointments(today))
    finally:
        workspace.close()


@contextmanager
def _drawing() -> Iterator[ThreadPoolExecutor]:
    """Two threads: Pillow encodes, decodes and shrinks without holding the interpreter."""
    pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="demo")
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _draw(picture: Picture) -> Prepared:
    return prepare(picture.photo.jpeg(), picture.name)


def _handed_in(booked: list[Booked]) -> dict[tuple[int, int], Made]:
    """By location and turn."""
    found = {}
    for one in booked:
        told = one.appointment
        if told.story is not None and told.answers is None:
            turn = STORIES[told.place].index(told.story)
            found[told.place, turn] = Made(one.record.id, told.day)
    return found


class _Filler:
    def __init__(
        self,
        workspace: Workspace,
        clock: Clock,
        pool: ThreadPoolExecutor,
        today: date,
        progress: Progress,
        cancel: Cancel,
    ) -> None:
        self._workspace = workspace
        self._clock = clock
        self._pool = pool
        self._today = today
        self._progress = progress
        self._cancel = cancel

    def run(self, planned: tuple[Appointment, ...]) -> None:
        booked = self._book(planned)
        total = len(booked)
        for done, one in enumerate(booked):
            self._cancel.check()
            self._progress(done, total, one.name)
            self._keep(one)
        self._cancel.check()
        mend(self._workspace, _handed_in(booked), self._today, self._clock.set)
        self._progress(total, total, "")

    def _book(self, planned: tuple[Appointment, ...]) -> list[Booked]:
        """Set the brand up, plan each round on its first morning, order the photos."""
        locations, checklist, waves = self._set_up(planned)
        booked = []
        for one in sorted(planned, key=lambda one: (one.round.starts, one.day)):
            self._clock.set(one.round.starts, time(9))
            record = self._workspace.visits.plan(
                locations[one.place],
                checklist,
                planned_for=one.day,
                due=one.day,
                wave_id=waves[one.round.name],
                evaluator=one.story.evaluator if one.story else "",
            )
            told = pictures(one.story, one.day, one.place) if one.story else ()
            photos = tuple((picture, self._pool.submit(_draw, picture)) for picture in told)
            booked.append(Booked(one, record, photos))
        return booked

    def _set_up(self, planned: tuple[Appointment, ...]) -> tuple[list[int], int, dict[str, int]]:
        """Ids of the locations in order, of the checklist version, and of the waves by name."""
        places = self._workspace.places
        checklist = self._workspace.checklists.add_from_library(CHECKLIST)
        client = places.add_client(brand.CLIENT)
        shop = places.add_brand(client.id, brand.BRAND, brand.COLOUR, brand.COLOUR2)
        sign = read(logo(), "logo.png")
        assert isinstance(sign, Logo)
        self._workspace.brandings.set_logo(shop.id, sign)
        locations = [
            places.add_location(shop.id, place.code, place.name, place.address, place.region).id
            for place in brand.PLACES
        ]
        rounds = sorted({one.round for one in planned}, key=lambda wave: wave.starts)
        for code, name, languages, skills in brand.EVALUATORS:
            told = (tuple(filter(None, said.split(", "))) for said in (languages, skills))
            spoken, known = told
            self._workspace.evaluators.add(
                EvaluatorInput(code, name, languages=spoken, qualifications=known)
            )
        waves = self._set_up_program(client.id, checklist.id, rounds)
        return locations, checklist.id, waves

    def _set_up_program(
        self, client_id: int, checklist_id: int, rounds: list[brand.Round]
    ) -> dict[str, int]:
        programs = self._workspace.programs
        given = ProgramInput(
            brand.PROGRAM, brand.OBJECTIVES, brand.BRIEFING, terms=Terms(checklist_id)
        )
        program = programs.add(client_id, given)
        # With a mark in front, by which old editors know that it is UTF-8.
        programs.set_document(program.id, brand.REMINDER.encode("utf-8-sig"), brand.REMINDER_NAME)
        return {
            wave.name: programs.add_wave(program.id, wave.name, wave.starts, wave.ends, scenario).id
            for wave, scenario in zip(rounds, brand.SCENARIOS, strict=False)
        }

    def _keep(self, booked: Booked) -> None:
        """Bring the visit to where it is today."""
        one, visits = booked.appointment, self._workspace.visits
        if one.void:
            self._clock.set(one.day, time(18))
            visits.void(booked.record.id, one.void)
        if one.begun:
            self._clock.set(self._today - timedelta(days=1), _AT_HOME)
            visits.begin(booked.record.id, brand.ZONE, one.begun)
        if one.story is None:
            return
        self._clock.set(one.day, one.story.arrived)
        self._clock.pass_(-_LEAD.total_seconds())
        visits.begin(booked.record.id, brand.ZONE, one.story.evaluator)
        self._clock.pass_(_READING)
        visits.drafts.read_briefing(booked.record.id)
        self._clock.set(one.day, one.story.arrived)
        self._clock.pass_(max(STAY, one.story.stay + 2) * 60)
        told = facts(one.story, one.day, brand.PLACES[one.place].code)
        visits.drafts.save_facts(booked.record.id, told, brand.ZONE)
        self._answer(booked, one.story)
        if one.answers is None:
            self._clock.pass_(240)
            visits.submit(booked.record.id, one.story.evaluator)

    def _answer(self, booked: Booked, story: Story) -> None:
        visits, id_ = self._workspace.visits, booked.record.id
        opened = visits.open(id_)
        filling = Filling(opened.compiled, opened.answers, opened.at)
        evidence = self._attach(booked)
        for item in opened.compiled.items:
            if filling.progress().answered == booked.appointment.answers:
                break
            if not item.takes_answer or not filling.relevant(item.id):
                continue
            given = answer(item, story, evidence.get(item.id, ()))
            filling.set((item.id, 0), given)
            self._clock.pass_(_SECONDS_AN_ANSWER)
            visits.save_answer(id_, (item.id, 0), given, filling.progress())

    def _attach(self, booked: Booked) -> dict[str, tuple[str, ...]]:
        """Attach and caption the photos; their hashes by question."""
        visits, id_ = self._workspace.visits, booked.record.id
        attached = {}
        for picture, drawn in booked.photos:
            self._cancel.check()
            self._clock.pass_(5)
            record = visits.attach(id_, (picture.question, 0), drawn.result())
            visits.drafts.caption(id_, record.sha256, picture.caption)
            attached[record.sha256] = picture.question
        return by_question(attached)
