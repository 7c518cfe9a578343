"""What the report of a program is made of: scores by wave and location, never single answers but
those to indices."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from auditor.domain.errors import NotFoundError
from auditor.domain.places import REGION_SEPARATOR
from auditor.domain.visits import VisitStatus
from auditor.store.queries.places import region_paths
from auditor.store.queries.reports import HANDED_IN
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

#: So many cards are in memory at once.
CARDS = 200


@dataclass(frozen=True, slots=True)
class Study:
    """A program and whose it is. ``target`` is an exact decimal as text."""

    id: int
    name: str
    client_id: int
    client: str
    footer: str
    page: str
    target: str | None


@dataclass(frozen=True, slots=True)
class WaveRow:
    """``first`` is when the first of its visits began; None where none is handed in."""

    id: int
    name: str
    starts_on: date | None
    ends_on: date | None
    target: str | None
    first: datetime | None


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit of a wave that is handed in."""

    checklist_id: str
    version_id: int
    has_score: bool
    status: str
    submitted_at: datetime | None
    zone: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """``score`` is rounded, as text; ``wave_id`` None: of no wave."""

    wave_id: int | None
    location_id: int
    score: str


@dataclass(frozen=True, slots=True)
class LocationRow:
    """``region`` is the path of its names, the root first."""

    id: int
    brand_id: int
    code: str
    name: str
    region: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """The scorecard of a visit as ``forms.score_json`` writes it."""

    location_id: int
    version_id: int
    card: dict[str, Any]


def study(connection: Connection, program_id: int) -> Study:
    """Raises NotFoundError."""
    query = (
        select(
            PROGRAM.c.id,
            PROGRAM.c.name,
            CLIENT.c.id.label("client_id"),
            CLIENT.c.name.label("client"),
            CLIENT.c.footer,
            CLIENT.c.page,
            PROGRAM.c.target,
        )
        .select_from(PROGRAM.join(CLIENT, PROGRAM.c.client_id == CLIENT.c.id))
        .where(PROGRAM.c.id == program_id)
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError("program", "There is no such program here.")
    return Study(**row)


def waves(connection: Connection, program_id: int) -> list[WaveRow]:
    """In the order in which they were: by their days, else by their first visits."""
    first = (
        select(VISIT.c.wave_id, func.min(VISIT.c.started_at).label("first"))
        .where(VISIT.c.status.in_(HANDED_IN))
        .group_by(VISIT.c.wave_id)
        .subquery()
    )
    query = (
        select(WAVE.c.id, WAVE.c.name, WAVE.c.starts_on, WAVE.c.ends_on, WAVE.c.target,
               first.c.first)
        .select_from(WAVE.outerjoin(first, first.c.wave_id == WAVE.c.id))
        .where(WAVE.c.program_id == program_id)
    )  # fmt: skip
    found = [WaveRow(*row) for row in connection.execute(query)]
    return sorted(found, key=_when)


def _when(wave: WaveRow) -> tuple[bool, date, int]:
    began = wave.starts_on or (wave.first.date() if wave.first else None)
    return (began is None, began or date.min, wave.id)


def _of_waves(wave_ids: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return VISIT.c.wave_id.in_(list(wave_ids)), VISIT.c.status.in_(HANDED_IN)


def visits(connection: Connection, wave_id: int) -> list[VisitRow]:
    """Visits of a wave that are handed in."""
    query = (
        select(
            CHECKLIST.c.checklist_id,
            VISIT.c.checklist_version_id,
            VISIT.c.score.is_not(None),
            VISIT.c.status,
            VISIT.c.submitted_at,
            VISIT.c.zone,
        )
        .select_from(VISIT.join(CHECKLIST, VISIT.c.checklist_version_id == CHECKLIST.c.id))
        .where(*_of_waves([wave_id]))
        .order_by(VISIT.c.id)
    )
    return [VisitRow(*row) for row in connection.execute(query)]


def scores(connection: Connection, wave_ids: Collection[int], checklist_id: str) -> list[ScoreRow]:
    """All scores, of whatever wave, that locations of ``wave_ids`` have of the checklist; the
    oldest first."""
    where = select(VISIT.c.location_id).where(*_of_waves(wave_ids)).distinct()
    query = (
        select(VISIT.c.wave_id, VISIT.c.location_id, VISIT.c.score)
        .select_from(VISIT.join(CHECKLIST, VISIT.c.checklist_version_id == CHECKLIST.c.id))
        .where(
            VISIT.c.location_id.in_(where),
            VISIT.c.status.in_(HANDED_IN),
            VISIT.c.score.is_not(None),
            VISIT.c.started_at.is_not(None),
            CHECKLIST.c.checklist_id == checklist_id,
        )
        .order_by(VISIT.c.started_at, VISIT.c.id)
    )
    return [ScoreRow(*row) for row in connection.execute(query)]


def planned(connection: Connection, wave_id: int) -> set[int]:
    """Locations that the wave has a visit of, in whatever state but void."""
    query = select(VISIT.c.location_id).where(
        VISIT.c.wave_id == wave_id, VISIT.c.status != VisitStatus.VOID.value
    )
    return set(connection.execute(query).scalars())


def places(connection: Connection, location_ids: Collection[int]) -> list[LocationRow]:
    """By their codes."""
    wanted = set(location_ids)
    columns = (LOCATION.c.id, LOCATION.c.brand_id, LOCATION.c.code, LOCATION.c.name,
               LOCATION.c.region_id)  # fmt: skip
    query = select(*columns).order_by(LOCATION.c.sort_code, LOCATION.c.id)
    rows = [row for row in connection.execute(query) if row.id in wanted]
    paths = region_paths(connection, {row.region_id for row in rows} - {None})
    return [
        LocationRow(
            row.id,
            row.brand_id,
            row.code,
            row.name,
            tuple(paths[row.region_id].split(REGION_SEPARATOR)) if row.region_id in paths else (),
        )
        for row in rows
    ]


def _scored(wave_ids: Collection[int], checklist_id: str, *columns: Any) -> Select[Any]:
    """Visits of the waves with a score of their checklist, at their last revision."""
    return (
        select(*columns)
        .select_from(
            VISIT.join(CHECKLIST, VISIT.c.checklist_version_id == CHECKLIST.c.id).join(
                SECTION_SCORE,
                (SECTION_SCORE.c.visit_id == VISIT.c.id)
                & (SECTION_SCORE.c.revision == VISIT.c.revision),
            )
        )
        .where(
            *_of_waves(wave_ids),
            CHECKLIST.c.checklist_id == checklist_id,
            VISIT.c.score.is_not(None),
        )
    )


def section_ratios(
    connection: Connection, wave_id: int, checklist_id: str
) -> dict[tuple[int, str], list[str]]:
    """Ratios (exact fractions as text) of one wave by location and section."""
    query = _scored(
        [wave_id], checklist_id, VISIT.c.location_id, SECTION_SCORE.c.section, SECTION_SCORE.c.ratio
    ).where(SECTION_SCORE.c.ratio.is_not(None))
    found: dict[tuple[int, str], list[str]] = {}
    for row in connection.execute(query):
        found.setdefault((row.location_id, row.section), []).append(row.ratio)
    return found


def section_means(
    connection: Connection, wave_ids: Collection[int], checklist_id: str
) -> dict[tuple[int, str], float]:
    """Percentages by wave and section: means over locations of the means of their visits."""
    each = (
        _scored(
            wave_ids,
            checklist_id,
            VISIT.c.wave_id,
            SECTION_SCORE.c.section,
            func.avg(SECTION_SCORE.c.percent).label("percent"),
        )
        .where(SECTION_SCORE.c.percent.is_not(None))
        .group_by(VISIT.c.wave_id, SECTION_SCORE.c.section, VISIT.c.location_id)
        .subquery()
    )
    query = select(each.c.wave_id, each.c.section, func.avg(each.c.percent)).group_by(
        each.c.wave_id, each.c.section
    )
    return {(wave, section): float(value) for wave, section, value in connection.execute(query)}


def each_card(
    connection: Connection, wave_id: int, checklist_id: str, take: Callable[[Card], None]
) -> None:
    """Hand the scorecards of a wave to ``take``, one after the other."""
    query = (
        select(VISIT.c.location_id, VISIT.c.checklist_version_id, VISIT_SCORE.c.card)
        .select_from(
            VISIT.join(CHECKLIST, VISIT.c.checklist_version_id == CHECKLIST.c.id).join(
                VISIT_SCORE,
                (VISIT_SCORE.c.visit_id == VISIT.c.id)
                & (VISIT_SCORE.c.revision == VISIT.c.revision),
            )
        )
        .where(
            *_of_waves([wave_id]),
            CHECKLIST.c.checklist_id == checklist_id,
            VISIT.c.score.is_not(None),
        )
        .order_by(VISIT.c.id)
        .execution_options(yield_per=CARDS)
    )
    for row in connection.execute(query):
        take(Card(row.location_id, row.checklist_version_id, row.card))


def given(
    connection: Connection, wave_id: int, checklist_id: str, questions: Collection[str]
) -> dict[str, dict[int, int]]:
    """How often each whole number was answered to ``questions`` on scored visits of a wave."""
    query = (
        select(ANSWER.c.question, ANSWER.c.value, func.count())
        .select_from(
            VISIT.join(CHECKLIST, VISIT.c.checklist_version_id == CHECKLIST.c.id).join(
                ANSWER, ANSWER.c.visit_id == VISIT.c.id
            )
        )
        .where(
            *_of_waves([wave_id]),
            CHECKLIST.c.checklist_id == checklist_id,
            VISIT.c.score.is_not(None),
            ANSWER.c.question.in_(list(questions)),
            ANSWER.c.not_applicable.is_(False),
            ANSWER.c.value.is_not(None),
        )
        .group_by(ANSWER.c.question, ANSWER.c.value)
    )
    found: dict[str, dict[int, int]] = {}
    for question, value, count in connection.execute(query):
        if value.lstrip("-").isdigit():
            found.setdefault(question, {})[int(value)] = count
    return found


def brand_of(connection: Connection, brand_id: int) -> tuple[str, str, str, str | None]:
    """Name, both colours, hash of the logo."""
    columns = (BRAND.c.name, BRAND.c.colour, BRAND.c.colour2, BRAND.c.logo)
    name, colour, colour2, logo = connection.execute(
        select(*columns).where(BRAND.c.id == brand_id)
    ).one()
    return name, colour, colour2, logo
