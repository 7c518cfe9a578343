"""Which assignments a list is about, and in which way they are found.

A filter that leaves few is answered by its own index, and those are put in order; else a walk along
the order of the list soon has a page of them.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    column,
    exists,
    func,
    or_,
    select,
)

from auditor.domain.assignments import OPEN, AssignmentFilter, AssignmentOrder
from auditor.domain.folding import folded
from auditor.domain.places import LocationFilter
from auditor.domain.visits import VisitStatus
from auditor.store.queries.places import few_of, regions_below
from auditor.store.tables import ASSIGNMENT, BRAND, LOCATION, VISIT, WAVE

#: The assignments of so many locations are gathered, of a program, of an evaluator.
FEW_PLACES, FEW_OF_PROGRAM, FEW_OF_EVALUATOR = 100, 20_000, 4_000
_OWN = VISIT.c.assignment_id == ASSIGNMENT.c.id
_PLANNED, _DUE = ASSIGNMENT.c.planned_for, ASSIGNMENT.c.due


@dataclass(frozen=True, slots=True)
class Asked:
    """``ids`` asks for the ids of what is wanted. ``gathered``: no index of an order may be
    walked."""

    ids: Select[tuple[int]]
    gathered: bool

    def sorting(self, by: ColumnElement[Any]) -> ColumnElement[Any]:
        """What the list is put in order by: of an expression there is no index."""
        return func.coalesce(by, by) if self.gathered else by


def asked_for(
    connection: Connection,
    wanted: AssignmentFilter,
    order: AssignmentOrder | None = None,
    *,
    dated: bool | None = None,
) -> Asked | None:
    """None where nothing can be wanted. ``dated``: only assignments with a planned day, or only
    those without; ``order`` is that of the list, None where they are counted."""
    places = _places(connection, wanted)
    if places == []:
        return None
    few = places is not None and len(places) <= FEW_PLACES
    gathered = few or wanted.location is not None or _few_of_studies(connection, wanted)
    gathered |= order is AssignmentOrder.DUE and _has_days(wanted)
    if order is AssignmentOrder.DAY and wanted.evaluator and wanted.wave is None and not few:
        gathered = False  # there is an index of just that
    gathered |= wanted.visits is not None
    found = _of_studies(wanted, order, walking=not gathered) + _of_days(wanted, dated)
    if wanted.visits is not None:
        told = select(VISIT.c.assignment_id).where(VISIT.c.id.in_(_array(wanted.visits)))
        found.append(ASSIGNMENT.c.id.in_(told))
    if places is not None:
        plain = few and wanted.wave is None
        found.append(_no_index(ASSIGNMENT.c.location_id, really=not plain).in_(_array(places)))
    else:
        found += _at_locations(connection, wanted)
    return _with_statuses(wanted, found, gathered=gathered)


def _with_statuses(
    wanted: AssignmentFilter, found: list[ColumnElement[bool]], *, gathered: bool
) -> Asked:
    """Visits that are still to be made are few beside those of years: they are gathered."""
    statuses, key = wanted.statuses, select(ASSIGNMENT.c.id)
    if wanted.overdue_on is not None:
        statuses = (statuses & OPEN) if statuses else OPEN
        found.append(wanted.overdue_on > _DUE)
    if not statuses and wanted.overdue_on is None:
        return Asked(key.where(*found), gathered)
    if not gathered and statuses <= OPEN:
        joined = key.select_from(VISIT.join(ASSIGNMENT, _OWN))
        return Asked(joined.where(VISIT.c.status.in_(_told(statuses)), *found), gathered=True)
    status = exists().where(_OWN, VISIT.c.status.in_(_told(statuses)))
    return Asked(key.where(*found, status), gathered)


def _told(statuses: Collection[VisitStatus]) -> list[str]:
    return sorted(status.value for status in statuses)


def _no_index(by: ColumnElement[Any], *, really: bool = True) -> ColumnElement[Any]:
    """A sum has no index."""
    return by + 0 if really else by


def _few_of_studies(connection: Connection, wanted: AssignmentFilter) -> bool:
    """Whether a program, or an evaluator, has so few that they are gathered."""
    if wanted.wave is not None:
        return True
    if wanted.program is not None:
        some = select(ASSIGNMENT.c.id).where(ASSIGNMENT.c.wave_id.in_(_waves(wanted.program)))
        return _fewer(connection, some, FEW_OF_PROGRAM)
    if wanted.evaluator:
        some = select(ASSIGNMENT.c.id).where(ASSIGNMENT.c.evaluator_id == wanted.evaluator)
        return _fewer(connection, some, FEW_OF_EVALUATOR)
    return False


def _fewer(connection: Connection, some: Select[tuple[int]], most: int) -> bool:
    counted = select(func.count()).select_from(some.limit(most + 1).subquery())
    return int(connection.execute(counted).scalar_one()) <= most


def _waves(program_id: int) -> Select[tuple[int]]:
    return select(WAVE.c.id).where(WAVE.c.program_id == program_id)


def _of_studies(
    wanted: AssignmentFilter, order: AssignmentOrder | None, *, walking: bool
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    within = wanted.wave is not None
    if within:
        found.append(ASSIGNMENT.c.wave_id == wanted.wave)
    if wanted.program is not None:
        wave = _no_index(ASSIGNMENT.c.wave_id, really=walking or within)
        found.append(wave.in_(_waves(wanted.program)))
    if wanted.evaluator == 0:
        nobody = and_(ASSIGNMENT.c.evaluator_id.is_(None), ASSIGNMENT.c.evaluator == "")
        found.append(nobody)
    elif wanted.evaluator is not None:
        by_due = walking and order is AssignmentOrder.DUE
        whose = _no_index(ASSIGNMENT.c.evaluator_id, really=within or by_due)
        found.append(whose == wanted.evaluator)
    if wanted.location is not None:
        found.append(ASSIGNMENT.c.location_id == wanted.location)
    return found


def _has_days(wanted: AssignmentFilter) -> bool:
    return wanted.first is not None or wanted.last is not None


def _of_days(wanted: AssignmentFilter, dated: bool | None) -> list[ColumnElement[bool]]:
    """The planned day, else the day on which it is due."""
    if not _has_days(wanted):
        return [] if dated is None else [_PLANNED.is_not(None) if dated else _PLANNED.is_(None)]
    planned = and_(_PLANNED.is_not(None), *_between(_PLANNED, wanted))
    due = and_(_PLANNED.is_(None), *_between(_DUE, wanted))
    if dated is not None:
        return [planned if dated else due]
    return [or_(planned, due)]


def _between(by: ColumnElement[Any], wanted: AssignmentFilter) -> list[ColumnElement[bool]]:
    found = [] if wanted.first is None else [by >= wanted.first]
    return found if wanted.last is None else [*found, by <= wanted.last]


def _places(connection: Connection, wanted: AssignmentFilter) -> list[int] | None:
    """The locations of a search or a region, where they are few enough to be told one by one. Of
    a wave each assignment looks at its own: that is quicker than to look for all."""
    if wanted.wave is not None:
        return None
    if wanted.text:
        asked = LocationFilter(wanted.text, client=wanted.client, region=wanted.region, active=None)
        few = few_of(connection, asked)
        return None if few is None else list(json.loads(few))
    if wanted.region is None:
        return None
    below = _array(regions_below(connection, wanted.region))
    some = select(LOCATION.c.id).where(LOCATION.c.region_id.in_(below)).limit(FEW_PLACES + 1)
    found = list(connection.execute(some).scalars())
    return found if len(found) <= FEW_PLACES else None


def _at_locations(connection: Connection, wanted: AssignmentFilter) -> list[ColumnElement[bool]]:
    """Each assignment looks at its location."""
    asked: list[ColumnElement[bool]] = []
    if wanted.region is not None:
        below = _array(regions_below(connection, wanted.region))
        asked.append(_no_index(LOCATION.c.region_id).in_(below))
    if wanted.client is not None:
        brands = select(BRAND.c.id).where(BRAND.c.client_id == wanted.client)
        asked.append(_no_index(LOCATION.c.brand_id).in_(brands))
    words = folded(wanted.text).split()
    asked += [LOCATION.c.folded.contains(word, autoescape=True) for word in words]
    return [exists().where(LOCATION.c.id == ASSIGNMENT.c.location_id, *asked)] if asked else []


def _array(ids: Collection[int]) -> Select[Any]:
    return select(column("value")).select_from(func.json_each(json.dumps(list(ids))))
