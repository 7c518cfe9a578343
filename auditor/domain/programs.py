"""What a program and its waves ask for, as it is typed and as it holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from auditor.domain.facts import VisitRules


@dataclass(frozen=True, slots=True)
class Terms:
    """``target`` is a score of 0 to 100. ``quota``: visits of a location in a wave. ``rotation``:
    in so many waves after a visit an evaluator does not come back to its location, nor twice in
    one wave; ``lockout_days``: nor within so many days of it. 0 is no rule. ``most_visits``: of one
    evaluator in a wave, 0 for any number. ``fee`` and ``expense_cap``: of one visit, in
    ``currency`` (ISO 4217). ``template_id`` None: the report template of the client."""

    checklist_version_id: int | None = None
    target: Decimal | None = None
    quota: int = 1
    rotation: int = 0
    lockout_days: int = 0
    most_visits: int = 0
    fee: Decimal | None = None
    expense_cap: Decimal | None = None
    currency: str = "VND"
    template_id: int | None = None


@dataclass(frozen=True, slots=True)
class WaveTerms:
    """Where a wave differs from its program; None: as the program."""

    checklist_version_id: int | None = None
    target: Decimal | None = None
    quota: int | None = None
    fee: Decimal | None = None
    expense_cap: Decimal | None = None

    def over(self, terms: Terms) -> Terms:
        """What holds in the wave."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return replace(terms, **{name: value for name, value in told.items() if value is not None})


@dataclass(frozen=True, slots=True)
class ProgramInput:
    """A program as it is typed: all that a person may change but its document."""

    name: str
    objectives: str = ""
    briefing: str = ""
    rules: VisitRules = field(default_factory=VisitRules)
    terms: Terms = field(default_factory=Terms)
    active: bool = True


@dataclass(frozen=True, slots=True)
class WaveInput:
    """A wave as it is typed."""

    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    scenario: str = ""
    own: WaveTerms = field(default_factory=WaveTerms)


def months(first: date, count: int) -> tuple[tuple[date, date], ...]:
    """First and last day of ``count`` months, from that of ``first``."""
    found, start = [], first.replace(day=1)
    for _ in range(count):
        after = (start + timedelta(days=31)).replace(day=1)
        found.append((start, after - timedelta(days=1)))
        start = after
    return tuple(found)
