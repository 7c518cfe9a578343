"""My visits: which groups there are, how many stand in each, and the first of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from auditor.domain.records import VisitRecord

#: Rows of a group that are read at once; "Show more" asks for as many again.
PAGE = 50


class Group(StrEnum):
    """In the order of the screen."""

    SENT_BACK = "sent_back"
    DUE = "due"
    DRAFTS = "drafts"
    DONE = "done"


class Order(StrEnum):
    DEADLINE = "deadline"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Wanted:
    """``evaluator``: the code of whose visits they are; ``everybody``: those of others, too.
    ``today`` is local. ``rows``: of which group more than a page is wanted."""

    evaluator: str
    today: date
    everybody: bool = False
    order: Order = Order.DEADLINE
    rows: Mapping[Group, int] = field(default_factory=dict)

    def limit(self, group: Group) -> int:
        return self.rows.get(group, PAGE)

    @property
    def week(self) -> tuple[date, ...]:
        """The days of this week, from Monday."""
        monday = self.today - timedelta(days=self.today.weekday())
        return tuple(monday + timedelta(days=index) for index in range(7))


@dataclass(frozen=True, slots=True)
class Overview:
    """``groups`` hold the first visits of each, ``counts`` and ``late`` (due before today) tell of
    all of them. ``hero`` is the one to go on with. ``week``: the first visits that are to be made
    from today to Sunday, by day; ``days``: how many on each day of the week.

    ``mine`` and ``all``: open visits of the evaluator and of everybody; ``mine`` is None where no
    visit is the evaluator's: what an office looks at has none of its own, and all are shown.
    ``others``: there are visits that are not the evaluator's."""

    groups: Mapping[Group, tuple[VisitRecord, ...]]
    counts: Mapping[Group, int]
    late: Mapping[Group, int] = field(default_factory=dict)
    hero: VisitRecord | None = None
    week: tuple[VisitRecord, ...] = ()
    days: Mapping[date, int] = field(default_factory=dict)
    mine: int | None = None
    all: int = 0
    others: bool = False

    def count(self, group: Group) -> int:
        return self.counts.get(group, 0)

    @property
    def open(self) -> int:
        """What still waits for the evaluator."""
        return sum(self.count(group) for group in Group if group is not Group.DONE)

    @property
    def empty(self) -> bool:
        return not any(self.counts.values())

    @property
    def first(self) -> bool:
        """Nobody has a visit here yet."""
        return self.empty and not self.others

    def find(self, visit_id: int) -> VisitRecord | None:
        """Of those that were read."""
        read = [self.hero] if self.hero is not None else []
        read += [visit for group in self.groups.values() for visit in group]
        return next((visit for visit in read if visit.id == visit_id), None)
