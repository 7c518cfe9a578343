"""What a checklist holds of use beside a score: its sections and its bands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, select

from auditor.domain.places import BandFigure, Rung
from auditor.store.tables import CHECKLIST, VISIT


@dataclass(frozen=True, slots=True)
class Judging:
    """Of a checklist: ``sections`` are ids and titles by language ("" where it is the same in
    all); ``bands`` the lowest first."""

    id: str
    sections: tuple[tuple[str, Mapping[str, str]], ...]
    bands: tuple[BandFigure, ...]


@lru_cache(maxsize=16)
def judging(canonical: str) -> Judging:
    """From the canonical JSON of a checklist."""
    read = json.loads(canonical)
    sections = tuple(
        (each["id"], {"": title} if isinstance(title := each["title"], str) else title)
        for each in read["sections"]
    )
    graded = read.get("scoring", {}).get("bands", ())
    bands = sorted((BandFigure(float(each["min"]), each["id"]) for each in graded), key=_least)
    return Judging(read["id"], sections, tuple(bands))


def _least(band: BandFigure) -> float:
    return band.least


def rungs(connection: Connection, banded: Iterable[tuple[int, str]]) -> dict[int, Rung]:
    """How high the band of a visit stands: of (visit id, band) those whose checklist has it."""
    wanted = dict(banded)
    versions = VISIT.c.checklist_version_id
    rows = connection.execute(select(VISIT.c.id, versions).where(VISIT.c.id.in_(list(wanted))))
    version_of = {row[0]: row[1] for row in rows}
    bands = _bands(connection, set(version_of.values()))
    found = ((key, _rung(bands[version], wanted[key])) for key, version in version_of.items())
    return {key: rung for key, rung in found if rung is not None}


def _bands(connection: Connection, versions: set[int]) -> dict[int, tuple[BandFigure, ...]]:
    query = select(CHECKLIST.c.id, CHECKLIST.c.canonical).where(CHECKLIST.c.id.in_(versions))
    return {key: judging(text).bands for key, text in connection.execute(query)}


def _rung(bands: Sequence[BandFigure], band: str) -> Rung | None:
    place = next((at for at, each in enumerate(bands) if each.id == band), None)
    return None if place is None else Rung.of(place, len(bands))
