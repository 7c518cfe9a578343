"""What the report of a program may say, frozen. JSON both ways, hashed.

There is no field for an evaluator, not even for a code: the report tells of locations. A score
is that of one visit; every mean, interval and place is worked out from these by
``reports.program.figures``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from reports.snapshot import Brand, PageSize

FORMAT = "auditor-program-report/1"


@dataclass(frozen=True, slots=True)
class Wave:
    """``sections`` are the means of its locations' ratios (0 to 1), in the order of the
    snapshot's sections; None where no visit had a score there."""

    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    sections: tuple[Fraction | None, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionHead:
    """``number`` counts from 1, as on the location reports."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Scored:
    """One visit: the place of its wave among the snapshot's waves, and its score. −1: in none of
    them, so that it counts for the league table alone."""

    wave: int
    score: Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """A location. ``region`` is the path of names from the root; ``scores`` the oldest first.

    ``sections`` are its ratios (0 to 1) in the last wave, means where it had several visits.
    ``planned``: a visit of the last wave is planned, under way or handed in there.
    """

    code: str
    name: str
    region: tuple[str, ...] = ()
    scores: tuple[Scored, ...] = ()
    sections: tuple[Fraction | None, ...] = ()
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the last wave. It was scored on ``n`` visits and failed on ``failed`` of
    them; ``lost`` is what it took off the total (0 to 100), summed over them."""

    id: str
    number: str
    label: str
    section: int
    n: int
    failed: int
    lost: Fraction
    critical: bool = False


@dataclass(frozen=True, slots=True)
class CriticalFailure:
    """A critical question that failed on a visit of the last wave."""

    place: int
    question: str
    number: str


class IndexKind(StrEnum):
    CSAT = "csat"
    NPS = "nps"
    CES = "ces"


@dataclass(frozen=True, slots=True)
class Rated:
    """How often each value was given, as (value, visits): in the last wave and in the one before
    it. ``highest`` and ``easy_high`` are of a CES."""

    number: str
    label: str
    kind: IndexKind
    now: tuple[tuple[int, int], ...] = ()
    before: tuple[tuple[int, int], ...] = ()
    highest: int = 7
    easy_high: bool = True


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the checklist that visits of the last wave were made with."""

    title: str
    version: str
    sha256: str
    visits: int


@dataclass(frozen=True, slots=True)
class ProgramSnapshot:
    """``created`` is the printed date and the only clock. ``waves`` go from the oldest to the one
    that is told of; ``places`` by their code.

    ``target`` is the wave's; ``decimals`` those of the checklist's scores. ``visits`` of the last
    wave count, ``reviewed`` of them an editor approved; ``other`` were made with another
    checklist and ``unscored`` have no score: neither counts anywhere.
    """

    language: str
    page: PageSize
    created: date
    brand: Brand
    client: str
    program: str
    waves: tuple[Wave, ...]
    sections: tuple[SectionHead, ...]
    places: tuple[Place, ...]
    target: Decimal | None = None
    decimals: int = 1
    questions: tuple[Asked, ...] = ()
    critical: tuple[CriticalFailure, ...] = ()
    indices: tuple[Rated, ...] = ()
    versions: tuple[Version, ...] = ()
    engine: str = ""
    visits: int = 0
    reviewed: int = 0
    other: int = 0
    unscored: int = 0

    def to_json(self) -> str:
        """Canonical: sorted keys, no spaces; ``from_json`` gives an equal snapshot back."""
        from reports.snapshot_json import encode

        tree = {"format": FORMAT, **encode(self)}
        return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> ProgramSnapshot:
        """Raises ReportError for text that is no snapshot of this format."""
        from reports.snapshot_json import decode_as

        return decode_as(cls, FORMAT, text)

    @property
    def content_hash(self) -> str:
        """SHA-256 of ``to_json``: the seal of the report."""
        return hashlib.sha256(self.to_json().encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def wave(self) -> Wave:
        """The one that is told of."""
        return self.waves[-1]

    @property
    def now(self) -> int:
        return len(self.waves) - 1
