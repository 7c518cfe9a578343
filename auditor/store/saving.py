"""The one path that must be fast: one answer, durable when the call returns.

It goes through the driver with statements that it keeps prepared; SQLAlchemy alone would take
longer than the write. The row, the visit's saved time and its progress are one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from auditor.domain.changes import Changes, Saved
from auditor.store import driver
from auditor.store.stored import StoredAnswer
from auditor.store.times import utc_text
from auditor.store.types import json_text
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
_HELD = "SELECT sha256 FROM visit_evidence WHERE visit_id = ?"
NO_EVIDENCE = "[]"


class NotDraftError(Exception):
    """The visit is no draft, or there is none: nothing was written."""


def save_answer(
    store: Store,
    visit_id: int,
    answer: StoredAnswer,
    progress: tuple[int, int],
    section: str,
    known: Collection[str] | None = None,
) -> Saved:
    """Write ``answer``, or remove it when it holds nothing; on disk when this returns.

    ``known``: see ``unheard``. Raises NotDraftError, or NotSavedError when the disk refuses; then
    the old answer stands.
    """
    at = store.clock()
    moment, key = utc_text(at), (answer.question, answer.instance)
    with store.raw_transaction() as raw:
        place = (section, answer.question, visit_id)
        before = raw.execute(_VISIT, (moment, *progress, *place, *key)).fetchall()
        if not before:
            raise NotDraftError
        named = before[0][0] or NO_EVIDENCE
        if known is not None and named != answer.evidence:
            given = json.loads(answer.evidence)
            more = unheard(json.loads(named), given, known, lambda: _held(raw, visit_id))
            answer = replace(answer, evidence=json_text([*given, *more]))
        if answer.blank:
            raw.execute(_DELETE, (visit_id, *key))
        else:
            told = (answer.value, answer.not_applicable, answer.comment, answer.evidence)
            raw.execute(_UPSERT, (visit_id, *key, *told, answer.later, moment))
        if named != answer.evidence:
            raw.execute(PHOTOS, (visit_id,))
    saved = Saved(at, Changes(answers=frozenset({visit_id}), visits=frozenset({visit_id})))
    store.tell(saved.changes)
    return saved


def unheard(
    named: Iterable[str],
    given: Collection[str],
    known: Collection[str],
    held: Callable[[], Collection[str]],
) -> list[str]:
    """The files that ``named`` on disk and the form does not name because it has not heard of them
    yet: it gave ``given`` when it knew ``known``. ``held`` tells the files of the visit."""
    new = [sha256 for sha256 in named if sha256 not in given and sha256 not in known]
    if not new:
        return []
    files = held()
    return [sha256 for sha256 in new if sha256 in files]


def _held(raw: driver.Connection, visit_id: int) -> Collection[str]:
    return {sha256 for (sha256,) in raw.execute(_HELD, (visit_id,)).fetchall()}


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
