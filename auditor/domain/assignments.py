"""Visits to be made, as an office sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from auditor.domain.facts import Daypart
from auditor.domain.visits import VisitStatus

#: Statuses in which a visit still waits to be handed in.
OPEN = frozenset({VisitStatus.PLANNED, VisitStatus.DRAFT, VisitStatus.SENT_BACK})


@dataclass(frozen=True, slots=True)
class AssignmentRecord:
    """A visit that was planned, whatever became of it. ``visit_id`` is what commands take.
    ``evaluator`` is the code, ``evaluator_name`` "" for one who is not in the list. ``fee`` and
    ``expense_cap`` are what holds: its own (``own_fee``, ``own_expense_cap``), else
    of the wave, else of the program."""

    id: int
    visit_id: int
    number: str
    status: VisitStatus
    location_id: int
    location: str
    location_code: str
    address: str
    region_id: int | None
    wave_id: int | None
    wave: str
    program_id: int | None
    program: str
    evaluator_id: int | None
    evaluator: str
    evaluator_name: str
    planned_for: date | None
    not_before: date | None
    due: date | None
    daypart: Daypart | None
    fee: Decimal | None
    expense_cap: Decimal | None
    currency: str
    scenario: str
    note: str
    version: int
    own_fee: Decimal | None = None
    own_expense_cap: Decimal | None = None

    @property
    def day(self) -> date | None:
        """Where a calendar shows it."""
        return self.planned_for or self.due or self.not_before

    def overdue(self, today: date) -> bool:
        """Due before today and not handed in."""
        return self.status in OPEN and self.due is not None and self.due < today


class AssignmentOrder(StrEnum):
    DAY = "day"  # the planned day
    DUE = "due"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class AssignmentFilter:
    """Which assignments. ``text``: each of its words stands in the location's code, name, address
    or tags. ``region``: there or anywhere below it. ``evaluator``: an id, 0 is nobody.
    ``first`` to ``last``: days in the calendar. ``overdue_on``: late on that day. ``visits``: those
    alone. What is None or empty asks for nothing; no ``visits`` at all leave nothing."""

    text: str = ""
    wave: int | None = None
    program: int | None = None
    client: int | None = None
    evaluator: int | None = None
    region: int | None = None
    location: int | None = None
    statuses: frozenset[VisitStatus] = frozenset()
    first: date | None = None
    last: date | None = None
    overdue_on: date | None = None
    visits: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day of the calendar: how many assignments of each status, and how many without an
    evaluator."""

    day: date
    by_status: dict[VisitStatus, int] = field(default_factory=dict)
    unassigned: int = 0

    @property
    def total(self) -> int:
        """Those that were not cancelled."""
        return sum(n for status, n in self.by_status.items() if status is not VisitStatus.VOID)


@dataclass(frozen=True, slots=True)
class WaveCount:
    """How far a wave is."""

    wave_id: int
    by_status: dict[VisitStatus, int] = field(default_factory=dict)
    unassigned: int = 0
    overdue: int = 0

    def of(self, *statuses: VisitStatus) -> int:
        return sum(self.by_status.get(status, 0) for status in statuses)

    @property
    def total(self) -> int:
        return sum(n for status, n in self.by_status.items() if status is not VisitStatus.VOID)


@dataclass(frozen=True, slots=True)
class EvaluatorLoad:
    """The work of an evaluator in some waves: ``by_status`` without what was cancelled."""

    evaluator_id: int
    code: str
    name: str
    by_status: dict[VisitStatus, int] = field(default_factory=dict)
    overdue: int = 0

    @property
    def total(self) -> int:
        return sum(self.by_status.values())
