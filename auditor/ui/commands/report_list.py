"""What the list of reports shows: the visits handed in of a wave or of all, and which waves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.domain.records import VisitRecord

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

#: Visits of all waves that are listed, those handed in last.
NEWEST = 2_000


@dataclass(frozen=True, slots=True)
class WaveChoice:
    id: int
    program: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} · {self.program}"


@dataclass(frozen=True, slots=True)
class Asked:
    """``latest``: of each location the latest visit alone."""

    wave_id: int | None
    latest: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """``waves``: those with a visit handed in, the newest of each program first. ``cut``: there
    are older visits. ``some``: a visit was handed in, of whichever wave."""

    asked: Asked
    wave_id: int | None
    visits: tuple[VisitRecord, ...]
    waves: tuple[WaveChoice, ...]
    cut: bool
    some: bool


def read_list(workspace: Workspace, asked: Asked) -> Listed:
    """Of all waves where that of ``asked`` has no visit handed in."""
    from auditor.store.queries import report_list as lists
    from auditor.store.queries import visits as visit_queries

    handed_in = workspace.read(lists.waves_handed_in)
    wave_id = asked.wave_id if asked.wave_id in handed_in else None
    cut = False
    if wave_id is not None:
        found = workspace.read(lists.of_wave, wave_id)
    elif asked.latest:
        found = workspace.read(lists.latest)
    else:
        found = workspace.read(lists.newest, NEWEST + 1)
        found, cut = found[:NEWEST], len(found) > NEWEST
    waves = tuple(
        WaveChoice(wave.id, program.name, wave.name)
        for program in workspace.read(visit_queries.programs)
        for wave in reversed(program.waves)
        if wave.id in handed_in
    )
    visits = tuple(sorted(found, key=_when, reverse=True))
    shown = latest_of_each(visits) if asked.latest else visits
    return Listed(asked, wave_id, shown, waves, cut, bool(visits or waves))


def read_visits(workspace: Workspace, ids: Sequence[int]) -> dict[int, VisitRecord]:
    """Those that are still here, by id."""
    from auditor.store.queries import visits as visit_queries

    return {visit.id: visit for visit in workspace.read(visit_queries.visits_of, ids)}


def latest_of_each(visits: Sequence[VisitRecord]) -> tuple[VisitRecord, ...]:
    """The first visit of each location in ``visits`` (the newest first), by location code."""
    found: dict[int, VisitRecord] = {}
    for visit in visits:
        found.setdefault(visit.location_id, visit)
    return tuple(sorted(found.values(), key=lambda visit: visit.location_code))


def _when(visit: VisitRecord) -> tuple[bool, Any, int]:
    return visit.started_at is not None, visit.started_at, visit.id
