"""The facts of a visit that stand beside the answers: when, who, what was bought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from auditor.domain.visit_hours import VisitHours


class Daypart(StrEnum):
    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


class Weather(StrEnum):
    SUN = "sun"
    CLOUDS = "clouds"
    RAIN = "rain"
    STORM = "storm"
    HEAT = "heat"
    COLD = "cold"


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """``arrived`` and ``left`` are local to the visit's zone, naive, whole minutes. ``daypart``
    None follows from ``arrived``. ``staff`` describes whom the evaluator met, or names them where
    the program allows it. ``amount`` is what the receipt says, in ``currency`` (ISO 4217)."""

    arrived: datetime | None = None
    left: datetime | None = None
    daypart: Daypart | None = None
    staff: str = ""
    receipt: str = ""
    amount: Decimal | None = None
    currency: str = "VND"
    purchase: str = ""
    weather: Weather | None = None
    notes: str = ""

    @property
    def blank(self) -> bool:
        return self == VisitFacts(currency=self.currency)

    @property
    def derived(self) -> Daypart | None:
        """The part of the day that the arrival says."""
        return None if self.arrived is None else daypart_of(self.arrived.hour)

    @property
    def minutes(self) -> int | None:
        """From arrival to departure; None where one is missing or they stand the wrong way."""
        if self.arrived is None or self.left is None or self.left < self.arrived:
            return None
        return int((self.left - self.arrived).total_seconds() // 60)


#: Until which hour of the day each part lasts.
DAYPARTS = (
    (5, Daypart.NIGHT),
    (11, Daypart.MORNING),
    (13, Daypart.MIDDAY),
    (18, Daypart.AFTERNOON),
    (22, Daypart.EVENING),
    (24, Daypart.NIGHT),
)


def daypart_of(hour: int) -> Daypart:
    """The part of the day that ``hour`` (0 to 23) belongs to."""
    return next(part for until, part in DAYPARTS if hour < until)


@dataclass(frozen=True, slots=True)
class Kept:
    """The evaluator's reason for leaving a suspicion as it is. It stands while the suspicion has
    the same ``fingerprint``: a changed answer asks again."""

    fingerprint: str
    reason: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the evaluator reads before the visit: the program's briefing, its document, and the
    scenario of the assignment (else of the wave). ``read_at`` is when it was acknowledged."""

    text: str = ""
    scenario: str = ""
    document: str | None = None  # hash of a file of evidence
    document_name: str = ""
    document_path: str | None = None
    read_at: datetime | None = None

    @property
    def given(self) -> bool:
        return bool(self.text or self.scenario or self.document)


@dataclass(frozen=True, slots=True)
class VisitRules:
    """What the program of a visit decides for its evaluator and for who reads of it.

    ``dayparts_only``: the client is told the part of the day, never the time. ``receipt_needed``
    and ``photos_least``: without them the visit cannot be handed in. ``windows``: when it may be
    made; none is any time."""

    hide_score: bool = False
    show_last_visit: bool = False
    staff_names: bool = False
    dayparts_only: bool = True
    receipt_needed: bool = False
    photos_least: int = 0
    windows: tuple[VisitHours, ...] = ()
