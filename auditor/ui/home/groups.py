"""Which visits stand where on My visits. No widgets here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from auditor.domain.folding import folded
from auditor.domain.records import VisitRecord
from auditor.domain.visits import SUBMITTED, VisitStatus

_NEVER = datetime.min.replace(tzinfo=UTC)


class Group(StrEnum):
    """In the order of the screen."""

    SENT_BACK = "sent_back"
    DUE = "due"
    DRAFTS = "drafts"
    DONE = "done"


class Order(StrEnum):
    DEADLINE = "deadline"
    PLACE = "place"


def group_of(visit: VisitRecord) -> Group | None:
    """A void visit stands nowhere. A draft of a later revision was sent back."""
    if visit.status is VisitStatus.PLANNED:
        return Group.DUE
    if visit.status is VisitStatus.SENT_BACK:
        return Group.SENT_BACK
    if visit.status is VisitStatus.DRAFT:
        return Group.SENT_BACK if visit.revision > 1 else Group.DRAFTS
    return Group.DONE if visit.status in SUBMITTED else None


def of_evaluator(visits: Sequence[VisitRecord], code: str) -> tuple[VisitRecord, ...]:
    """Those of the evaluator ``code``, and those of nobody that no office planned. All, where
    none is theirs: what an office looks at has no visits of its own."""
    me = folded(code)
    mine = [visit for visit in visits if folded(visit.evaluator) == me]
    if not mine:
        return tuple(visits)
    alone = {visit.id for visit in visits if not visit.evaluator and not visit.wave}
    alone.update(visit.id for visit in mine)
    return tuple(visit for visit in visits if visit.id in alone)


def overdue(visits: Iterable[VisitRecord], today: date) -> int:
    """How many were due before today."""
    return sum(1 for visit in visits if visit.due is not None and visit.due < today)


@dataclass(frozen=True, slots=True)
class Overview:
    """The visits of a workspace, grouped; ``hero`` is the one to go on with."""

    groups: dict[Group, tuple[VisitRecord, ...]]
    hero: VisitRecord | None

    def count(self, group: Group) -> int:
        return len(self.groups[group])

    @property
    def open(self) -> int:
        """What still waits for the evaluator."""
        return sum(self.count(group) for group in Group if group is not Group.DONE)

    @property
    def empty(self) -> bool:
        return not any(self.groups.values())

    def of_week(self, days: Sequence[date]) -> tuple[VisitRecord, ...]:
        """Visits to be made in these days, by day."""
        waiting = (*self.groups[Group.DUE], *self.groups[Group.DRAFTS])
        waiting += self.groups[Group.SENT_BACK]
        found = [visit for visit in waiting if when_due(visit) in days]
        return tuple(sorted(found, key=deadline_key))


def overview(visits: Iterable[VisitRecord], order: Order = Order.DEADLINE) -> Overview:
    groups: dict[Group, list[VisitRecord]] = {group: [] for group in Group}
    for visit in visits:
        group = group_of(visit)
        if group is not None:
            groups[group].append(visit)
    key = deadline_key if order is Order.DEADLINE else place_key
    for group in (Group.SENT_BACK, Group.DUE, Group.DRAFTS):
        groups[group].sort(key=key)
    groups[Group.DONE].sort(key=lambda visit: visit.submitted_at or _NEVER, reverse=True)
    return Overview({group: tuple(found) for group, found in groups.items()}, _hero(groups))


def _hero(groups: dict[Group, list[VisitRecord]]) -> VisitRecord | None:
    """The draft that was saved last, else the visit that is due first."""
    begun = [*groups[Group.DRAFTS], *groups[Group.SENT_BACK]]
    if begun:
        return max(begun, key=lambda visit: visit.saved_at or visit.started_at or _NEVER)
    return min(groups[Group.DUE], key=deadline_key, default=None)


def when_due(visit: VisitRecord) -> date | None:
    return visit.due or visit.planned_for


def deadline_key(visit: VisitRecord) -> tuple[date, str]:
    return when_due(visit) or date.max, visit.location


def place_key(visit: VisitRecord) -> tuple[str, str]:
    return visit.brand, visit.location


def title_of(visit: VisitRecord) -> str:
    """ "Brand – Location", once where the location's name already begins with the brand's."""
    if not visit.brand or visit.location.startswith(visit.brand):
        return visit.location
    return f"{visit.brand} – {visit.location}"


def checklist_title(titles: dict[str, str], language: str) -> str:
    """The title in ``language``, else in any language there is."""
    return titles.get(language) or next(iter(titles.values()), "")
