"""The life of a visit: statuses and the moves between them."""

from __future__ import annotations

from enum import StrEnum


class VisitStatus(StrEnum):
    PLANNED = "planned"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    ON_HOLD = "on_hold"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    RELEASED = "released"
    DISPUTED = "disputed"
    RECALLED = "recalled"
    VOID = "void"


S = VisitStatus

#: What may follow what. Sent back is a draft again, of the next revision.
TRANSITIONS: dict[VisitStatus, frozenset[VisitStatus]] = {
    S.PLANNED: frozenset({S.DRAFT, S.VOID}),
    S.DRAFT: frozenset({S.SUBMITTED, S.VOID}),
    S.SUBMITTED: frozenset({S.IN_REVIEW, S.SENT_BACK, S.VOID}),
    S.IN_REVIEW: frozenset({S.ON_HOLD, S.SENT_BACK, S.APPROVED, S.VOID}),
    S.ON_HOLD: frozenset({S.IN_REVIEW, S.VOID}),
    S.SENT_BACK: frozenset({S.DRAFT, S.VOID}),
    S.APPROVED: frozenset({S.RELEASED, S.IN_REVIEW, S.VOID}),
    S.RELEASED: frozenset({S.DISPUTED, S.RECALLED}),
    S.DISPUTED: frozenset({S.RELEASED, S.IN_REVIEW}),
    S.RECALLED: frozenset({S.IN_REVIEW}),
    S.VOID: frozenset(),
}

#: Statuses in which the evaluator owns the visit and may change its answers.
WRITABLE = frozenset({S.PLANNED, S.DRAFT, S.SENT_BACK})
#: Statuses of a visit whose evaluator has handed it in.
SUBMITTED = frozenset(
    {S.SUBMITTED, S.IN_REVIEW, S.ON_HOLD, S.APPROVED, S.RELEASED, S.DISPUTED, S.RECALLED}
)
#: Statuses that an editor has approved: the report no longer says "not reviewed".
REVIEWED = frozenset({S.APPROVED, S.RELEASED, S.DISPUTED})


def may_become(now: VisitStatus, then: VisitStatus) -> bool:
    """Whether ``now → then`` is a move of the life of a visit."""
    return then in TRANSITIONS[now]
