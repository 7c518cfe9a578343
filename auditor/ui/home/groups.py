"""Where a visit stands on My visits, and what it is called. No widgets here."""

from __future__ import annotations

from datetime import date

from auditor.domain.my_visits import Group
from auditor.domain.records import VisitRecord, place_title
from auditor.domain.visits import SUBMITTED, VisitStatus


def group_of(visit: VisitRecord) -> Group | None:
    """A void visit stands nowhere. A draft of a later revision was sent back."""
    if visit.status is VisitStatus.PLANNED:
        return Group.DUE
    if visit.status is VisitStatus.SENT_BACK:
        return Group.SENT_BACK
    if visit.status is VisitStatus.DRAFT:
        return Group.SENT_BACK if visit.revision > 1 else Group.DRAFTS
    return Group.DONE if visit.status in SUBMITTED else None


def when_due(visit: VisitRecord) -> date | None:
    return visit.due or visit.planned_for


def title_of(visit: VisitRecord) -> str:
    return place_title(visit.brand, visit.location)


def checklist_title(titles: dict[str, str], language: str) -> str:
    """The title in ``language``, else in any language there is."""
    return titles.get(language) or next(iter(titles.values()), "")
