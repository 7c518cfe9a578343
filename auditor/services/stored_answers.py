"""Answers to and from their rows."""

from __future__ import annotations

import json
from collections.abc import Iterable

from auditor.store.stored import StoredAnswer
from forms.answers import Answer, AnswerKey
from forms.answers_json import value_from_json, value_to_json
from forms.compiled import CompiledChecklist, Item
from forms.problems import FormsError
from forms.questions.kinds.base import Complaint
from forms.questions.kinds.words import is_storable, nfc


def check(item: Item, answer: Answer) -> None:
    """Raises FormsError for what the question's type, or a database, refuses."""
    problems = item.check(answer)
    if not is_storable(answer.comment):
        problems = (*problems, item.problem(Complaint("broken-text")))
    if problems:
        raise FormsError(*problems)


def to_stored(key: AnswerKey, answer: Answer) -> StoredAnswer:
    """Text in its one spelling (NFC); an empty text or list is no value."""
    nothing = answer.value is None or answer.value in ("", ())
    return StoredAnswer(
        question=key[0],
        instance=key[1],
        value=None if nothing else value_to_json(answer.value),
        not_applicable=answer.not_applicable,
        comment=nfc(answer.comment),
        evidence=json.dumps(answer.evidence, separators=(",", ":")) if answer.evidence else "[]",
    )


def from_stored(
    compiled: CompiledChecklist, rows: Iterable[StoredAnswer]
) -> dict[AnswerKey, Answer]:
    """The answers of a visit, by key. Raises KeyError for a question that is not asked there."""
    return {(row.question, row.instance): _answer(compiled, row) for row in rows}


def _answer(compiled: CompiledChecklist, row: StoredAnswer) -> Answer:
    value = None if row.value is None else value_from_json(compiled.item(row.question), row.value)
    return Answer(value, bool(row.not_applicable), row.comment, tuple(json.loads(row.evidence)))
