"""What a report says beside the visit's own answers: its place, its past, its network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    Connection,
    Float,
    Integer,
    Select,
    Subquery,
    cast,
    func,
    select,
)

from auditor.domain.errors import NotFoundError
from auditor.domain.visits import SUBMITTED
from auditor.store.tables import (
    ANSWER,
    BRAND,
    CHECKLIST,
    CLIENT,
    LOCATION,
    PROGRAM,
    SECTION_SCORE,
    VISIT,
    VISIT_SCORE,
    WAVE,
)

#: How many visits of a location its place in the wave and its indices are taken from.
RECENT = 4
#: Scores are added up in whole millionths: no sum of floats decides a tie.
_MILLION = 1_000_000

HANDED_IN = tuple(status.value for status in SUBMITTED)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a visit stands. Times are UTC."""

    location_id: int
    brand_id: int
    client_id: int
    client: str
    program: str
    wave_id: int | None
    wave: str
    checklist_id: str
    started_at: datetime | None
    arrived_at: datetime | None
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """``score`` is rounded, as text; ``failed`` the ids of failed questions; ``ratios`` exact
    fractions as text by section id."""

    id: int
    zone: str
    started_at: datetime
    wave: str
    score: str
    failed: tuple[str, ...]
    ratios: dict[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """The mean of a location's last scored visits, ``RECENT`` at most, and how many they are."""

    location_id: int
    visits: int
    mean: Fraction


@dataclass(frozen=True, slots=True)
class Given:
    """How many of a location's last visits gave ``value``."""

    location_id: int
    question: str
    value: int
    visits: int


@dataclass(frozen=True, slots=True)
class LastVisits:
    """Of each location: its standing, and what its last visits gave to the questions asked for."""

    standings: tuple[Standing, ...] = ()
    given: tuple[Given, ...] = ()


def surroundings(connection: Connection, visit_id: int) -> Surroundings:
    """Raises NotFoundError."""
    query = (
        select(
            VISIT.c.location_id,
            LOCATION.c.brand_id,
            CLIENT.c.id.label("client_id"),
            CLIENT.c.name.label("client"),
            func.coalesce(PROGRAM.c.name, "").label("program"),
            VISIT.c.wave_id,
            func.coalesce(WAVE.c.name, "").label("wave"),
            CHECKLIST.c.checklist_id,
            VISIT.c.started_at,
            VISIT.c.arrived_at,
            VISIT.c.left_at,
        )
        .select_from(
            VISIT.join(LOCATION, VISIT.c.location_id == LOCATION.c.id)
            .join(BRAND, LOCATION.c.brand_id == BRAND.c.id)
            .join(CLIENT, BRAND.c.client_id == CLIENT.c.id)
            .join(CHECKLIST, VISIT.c.checklist_version_id == CHECKLIST.c.id)
            .outerjoin(WAVE, VISIT.c.wave_id == WAVE.c.id)
            .outerjoin(PROGRAM, WAVE.c.program_id == PROGRAM.c.id)
        )
        .where(VISIT.c.id == visit_id)
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError("visit", "There is no visit {number} here.", number=visit_id)
    return Surroundings(**row)


def _scored(*columns: Any) -> Select[Any]:
    """Visits that were handed in and have a score, with their location and checklist."""
    return (
        select(*columns)
        .select_from(
            VISIT.join(LOCATION, VISIT.c.location_id == LOCATION.c.id)
            .join(BRAND, LOCATION.c.brand_id == BRAND.c.id)
            .join(CHECKLIST, VISIT.c.checklist_version_id == CHECKLIST.c.id)
            .outerjoin(WAVE, VISIT.c.wave_id == WAVE.c.id)
        )
        .where(VISIT.c.status.in_(HANDED_IN), VISIT.c.score.is_not(None))
        .where(VISIT.c.started_at.is_not(None))
    )


def earlier_visits(
    connection: Connection, visit_id: int, around: Surroundings, limit: int
) -> list[EarlierVisit]:
    """Scored visits of the location before this one, with the same checklist id; oldest first."""
    query = (
        _scored(
            VISIT.c.id,
            VISIT.c.zone,
            VISIT.c.started_at,
            func.coalesce(WAVE.c.name, "").label("wave"),
            VISIT.c.score,
            VISIT.c.revision,
            VISIT_SCORE.c.card,
        )
        .join(
            VISIT_SCORE,
            (VISIT_SCORE.c.visit_id == VISIT.c.id) & (VISIT_SCORE.c.revision == VISIT.c.revision),
        )
        .where(
            VISIT.c.location_id == around.location_id,
            CHECKLIST.c.checklist_id == around.checklist_id,
            VISIT.c.id != visit_id,
            VISIT.c.started_at < around.started_at,
        )
        .order_by(VISIT.c.started_at.desc(), VISIT.c.id.desc())
        .limit(limit)
    )
    rows = connection.execute(query).all()
    ratios = _ratios(connection, [row.id for row in rows])
    return [
        EarlierVisit(
            row.id,
            row.zone,
            row.started_at,
            row.wave,
            row.score,
            tuple(q["id"] for q in row.card["questions"] if q["failed"]),
            ratios.get(row.id, {}),
        )
        for row in reversed(rows)
    ]


def _ratios(connection: Connection, visits: Sequence[int]) -> dict[int, dict[str, str]]:
    """By visit and section, of the visits' present revisions."""
    query = (
        select(SECTION_SCORE.c.visit_id, SECTION_SCORE.c.section, SECTION_SCORE.c.ratio)
        .join(
            VISIT,
            (VISIT.c.id == SECTION_SCORE.c.visit_id)
            & (VISIT.c.revision == SECTION_SCORE.c.revision),
        )
        .where(VISIT.c.id.in_(visits), SECTION_SCORE.c.ratio.is_not(None))
    )
    found: dict[int, dict[str, str]] = {}
    for visit_id, section, ratio in connection.execute(query):
        found.setdefault(visit_id, {})[section] = ratio
    return found


def network_scores(connection: Connection, around: Surroundings) -> list[str]:
    """The score of the latest visit of every other location of the brand in the wave."""
    if around.wave_id is None:
        return []
    place = func.row_number().over(
        partition_by=VISIT.c.location_id, order_by=(VISIT.c.started_at.desc(), VISIT.c.id.desc())
    )
    ranked = (
        _scored(VISIT.c.location_id, VISIT.c.score, place.label("place"))
        .where(
            VISIT.c.wave_id == around.wave_id,
            VISIT.c.location_id != around.location_id,
            LOCATION.c.brand_id == around.brand_id,
            CHECKLIST.c.checklist_id == around.checklist_id,
        )
        .subquery()
    )
    query = select(ranked.c.score).where(ranked.c.place == 1).order_by(ranked.c.location_id)
    return [str(score) for score in connection.execute(query).scalars()]


def moves(connection: Connection, around: Surroundings) -> list[tuple[datetime, float]]:
    """How far each score of the brand's locations moved from the visit before it, same checklist
    id, with the time of the later one; in the order of time."""
    score = cast(VISIT.c.score, Float)
    before = func.lag(score).over(
        partition_by=VISIT.c.location_id, order_by=(VISIT.c.started_at, VISIT.c.id)
    )
    found = (
        _scored(VISIT.c.id, VISIT.c.started_at, (score - before).label("move"))
        .where(
            LOCATION.c.brand_id == around.brand_id,
            CHECKLIST.c.checklist_id == around.checklist_id,
        )
        .subquery()
    )
    query = (
        select(found.c.started_at, found.c.move)
        .where(found.c.move.is_not(None))
        .order_by(found.c.started_at, found.c.id)
    )
    return [(at, float(move)) for at, move in connection.execute(query)]


def wave_visits(
    connection: Connection, around: Surroundings, questions: Sequence[str]
) -> LastVisits:
    """The last visits, up to the last in the wave, of every location of the brand that has a
    scored visit with the same checklist id there. The same for all reports of the wave."""
    if around.wave_id is None:
        return LastVisits()
    return _last_visits(connection, _of_wave(around), questions)


def own_visits(
    connection: Connection, around: Surroundings, questions: Sequence[str]
) -> LastVisits:
    """The same of this location alone, up to this visit."""
    own = _placed().where(
        VISIT.c.location_id == around.location_id,
        CHECKLIST.c.checklist_id == around.checklist_id,
        VISIT.c.started_at <= around.started_at,
    )
    return _last_visits(connection, own.subquery(), questions)


def _last_visits(connection: Connection, recent: Subquery, questions: Sequence[str]) -> LastVisits:
    points = cast(func.round(cast(recent.c.score, Float) * _MILLION), Integer)
    standings = (
        select(recent.c.location_id, func.count(), func.sum(points))
        .where(recent.c.place <= RECENT)
        .group_by(recent.c.location_id)
        .order_by(recent.c.location_id)
    )
    given = (
        select(recent.c.location_id, ANSWER.c.question, ANSWER.c.value, func.count())
        .select_from(recent.join(ANSWER, ANSWER.c.visit_id == recent.c.id))
        .where(
            recent.c.place <= RECENT,
            ANSWER.c.question.in_(questions),
            ANSWER.c.instance == 0,
            ANSWER.c.value.is_not(None),
            ANSWER.c.not_applicable.is_(False),
        )
        .group_by(recent.c.location_id, ANSWER.c.question, ANSWER.c.value)
    )
    return LastVisits(
        tuple(
            Standing(location, visits, Fraction(total, visits * _MILLION))
            for location, visits, total in connection.execute(standings)
        ),
        tuple(
            Given(location, question, int(value), visits)
            for location, question, value, visits in connection.execute(given)
        )
        if questions
        else (),
    )


def _placed() -> Select[Any]:
    """Scored visits, each location's latest as place 1."""
    place = func.row_number().over(
        partition_by=VISIT.c.location_id, order_by=(VISIT.c.started_at.desc(), VISIT.c.id.desc())
    )
    return _scored(VISIT.c.id, VISIT.c.location_id, VISIT.c.score, place.label("place"))


def _of_wave(around: Surroundings) -> Subquery:
    last = (
        _scored(VISIT.c.location_id, func.max(VISIT.c.started_at).label("at"))
        .where(
            VISIT.c.wave_id == around.wave_id,
            LOCATION.c.brand_id == around.brand_id,
            CHECKLIST.c.checklist_id == around.checklist_id,
        )
        .group_by(VISIT.c.location_id)
        .subquery()
    )
    return (
        _placed()
        .join(last, last.c.location_id == VISIT.c.location_id)
        .where(VISIT.c.started_at <= last.c.at, CHECKLIST.c.checklist_id == around.checklist_id)
        .subquery()
    )
