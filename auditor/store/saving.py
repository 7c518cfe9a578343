"""The one path that must be fast: one answer, durable when the call returns.

It goes through the driver with statements that it keeps prepared; SQLAlchemy alone would take
longer than the write. The row, the visit's saved time and its progress are one transaction.
"""

from __future__ import annotations

from auditor.domain.changes import Changes, Saved
from auditor.store.stored import StoredAnswer
from auditor.store.times import utc_text
from auditor.store.units import Store

_UPSERT = """
INSERT INTO answer (visit_id, question, instance, value, not_applicable, comment, evidence,
                    later, updated_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (visit_id, question, instance) DO UPDATE SET
    value = excluded.value, not_applicable = excluded.not_applicable,
    comment = excluded.comment, evidence = excluded.evidence, later = excluded.later,
    updated_at = excluded.updated_at
"""
_DELETE = "DELETE FROM answer WHERE visit_id = ? AND question = ? AND instance = ?"
#: Tells the evidence that the answer named before; no row when the visit is no draft.
_VISIT = """
UPDATE visit SET saved_at = ?, answered = ?, total = ?, last_section = ?, last_question = ?
WHERE id = ? AND status = 'draft'
RETURNING (SELECT evidence FROM answer
           WHERE visit_id = visit.id AND question = ? AND instance = ?)
"""
#: Counts the photos that answers name, after one named another.
PHOTOS = """
UPDATE visit SET photos = (
    SELECT count(DISTINCT named.value)
    FROM answer, json_each(answer.evidence) AS named
    JOIN visit_evidence AS kept ON kept.visit_id = answer.visit_id AND kept.sha256 = named.value
    WHERE answer.visit_id = visit.id AND kept.kind = 'photo')
WHERE id = ?
"""
_PLACE = """
UPDATE visit SET last_section = ?, last_question = ?, last_scroll = ?, last_focus = ?
WHERE id = ? AND status = 'draft'
"""
NO_EVIDENCE = "[]"


class NotDraftError(Exception):
    """The visit is no draft, or there is none: nothing was written."""


def save_answer(
    store: Store,
    visit_id: int,
    answer: StoredAnswer,
    progress: tuple[int, int],
    section: str,
) -> Saved:
    """Write ``answer``, or remove it when it holds nothing; on disk when this returns.

    Raises NotDraftError, or NotSavedError when the disk refuses; then the old answer stands.
    """
    at = store.clock()
    moment, key = utc_text(at), (answer.question, answer.instance)
    with store.raw_transaction() as raw:
        place = (section, answer.question, visit_id)
        before = raw.execute(_VISIT, (moment, *progress, *place, *key)).fetchall()
        if not before:
            raise NotDraftError
        if answer.blank:
            raw.execute(_DELETE, (visit_id, *key))
        else:
            given = (answer.value, answer.not_applicable, answer.comment, answer.evidence)
            raw.execute(_UPSERT, (visit_id, *key, *given, answer.later, moment))
        if (before[0][0] or NO_EVIDENCE) != answer.evidence:
            raw.execute(PHOTOS, (visit_id,))
    saved = Saved(at, Changes(answers=frozenset({visit_id}), visits=frozenset({visit_id})))
    store.tell(saved.changes)
    return saved


def save_place(
    store: Store,
    visit_id: int,
    section: str,
    question: str | None,
    scroll: int = 0,
    focus: str = "",
) -> None:
    """Remember where the evaluator is. Raises NotDraftError."""
    with store.raw_transaction() as raw:
        if raw.execute(_PLACE, (section, question, scroll, focus, visit_id)).rowcount != 1:
            raise NotDraftError
