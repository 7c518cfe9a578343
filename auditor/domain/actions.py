"""Corrective actions: what is done about a finding, by whom, until when. No storage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from forms.tags import Cause


class ActionStatus(StrEnum):
    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"  # says its owner
    CLOSED = "closed"  # seen by the office
    DROPPED = "dropped"


#: Somebody still has to do something about these.
PENDING = frozenset({ActionStatus.OPEN, ActionStatus.UNDER_WAY})
#: Not closed: they stand in the location's reports, and a finding that comes again belongs to them.
CARRIED = PENDING | {ActionStatus.DONE}
#: What may follow what: forward in any step, back by whoever sees that it is not so.
MOVES: dict[ActionStatus, tuple[ActionStatus, ...]] = {
    ActionStatus.OPEN: (
        ActionStatus.UNDER_WAY, ActionStatus.DONE, ActionStatus.CLOSED, ActionStatus.DROPPED,
    ),
    ActionStatus.UNDER_WAY: (
        ActionStatus.DONE, ActionStatus.CLOSED, ActionStatus.OPEN, ActionStatus.DROPPED,
    ),
    ActionStatus.DONE: (
        ActionStatus.CLOSED, ActionStatus.UNDER_WAY, ActionStatus.OPEN, ActionStatus.DROPPED,
    ),
    ActionStatus.CLOSED: (ActionStatus.OPEN,),
    ActionStatus.DROPPED: (ActionStatus.OPEN,),
}  # fmt: skip


#: The longest that is kept of each, in characters.
LONGEST = {"finding": 500, "action": 1000, "owner": 100, "note": 4000}
#: An action that is due within so many days is due soon.
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ActionInput:
    """What a person types of an action. ``owner`` is a role ("store manager"), ``due`` a local
    day."""

    finding: str
    action: str = ""
    cause: Cause | None = None
    owner: str = ""
    due: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """An action with the place it is about. ``visit`` is the number of the visit that found it,
    "" where it was added by hand; ``proof`` the hash of a photo, ``proof_path`` and ``proof_thumb``
    its pictures on disk. Times are UTC."""

    id: int
    location_id: int
    location: str
    location_code: str
    brand: str
    client_id: int
    client: str
    region: str
    finding: str
    action: str
    cause: Cause | None
    owner: str
    due: date | None
    status: ActionStatus
    note: str
    created_at: datetime
    closed_at: datetime | None = None
    program: str = ""
    visit_id: int | None = None
    visit: str = ""
    visited_on: date | None = None
    question: str = ""
    instance: int = 0
    proof: str | None = None
    proof_name: str = ""
    proof_path: str | None = None
    proof_thumb: str | None = None
    version: int = 1

    @property
    def input(self) -> ActionInput:
        return ActionInput(self.finding, self.action, self.cause, self.owner, self.due, self.note)

    def overdue(self, today: date) -> int:
        """Days since it was due; 0 while it is not, or once it is done."""
        if self.due is None or self.status not in PENDING:
            return 0
        return max((today - self.due).days, 0)


class DueFilter(StrEnum):
    OVERDUE = "overdue"
    SOON = "soon"  # today or within ``SOON``
    NONE = "none"  # no day given


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """Which actions. ``text``: each word stands in the location's code, name, address or tags, or
    in finding, action or owner, whatever its case and marks. ``region``: there or anywhere below
    it. What is None or empty asks for nothing."""

    statuses: frozenset[ActionStatus] = frozenset()
    text: str = ""
    client: int | None = None
    region: int | None = None
    owner: str | None = None
    due: DueFilter | None = None
    location: int | None = None


@dataclass(frozen=True, slots=True)
class ActionKey:
    """Where a page ends: those with a day come first, by it; then those without."""

    due: date | None
    id: int


@dataclass(frozen=True, slots=True)
class ActionCounts:
    """How many of a filter stand in each status, whatever status it asks for; ``overdue`` of them
    are late."""

    by_status: dict[ActionStatus, int]
    overdue: int = 0

    def of(self, *statuses: ActionStatus) -> int:
        return sum(self.by_status.get(status, 0) for status in statuses)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a visit found amiss. ``text`` is the question in short, ``comment`` the evaluator's
    words; ``lost`` the points of the total that it cost, rounded, as text ("4.0"), "" where none.
    ``cause`` is that of the question's tag. ``action`` is the one that it belongs to already."""

    question: str
    instance: int
    number: str
    text: str
    answer: str
    comment: str
    lost: str
    critical: bool
    cause: Cause | None
    action: ActionRecord | None = None


@dataclass(frozen=True, slots=True)
class MadeActions:
    """``made`` are new; ``found_again`` were there already and are kept open instead."""

    made: tuple[int, ...] = ()
    found_again: tuple[int, ...] = ()
