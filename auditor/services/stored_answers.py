"""Answers to and from their rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from auditor.store.stored import StoredAnswer
from auditor.store.types import json_text
from forms.answers import Answer, AnswerKey, Expectation, Value
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
        evidence=json_text(answer.evidence),
        later=answer.later,
    )


def from_stored(
    compiled: CompiledChecklist, rows: Iterable[StoredAnswer]
) -> dict[AnswerKey, Answer]:
    """The answers of a visit, by key, as far as this version of its checklist takes them.

    Answers to questions that it does not ask, and values that it refuses, are left out: the visit
    was moved here from another version, and back there they are of use again.
    """
    found = {}
    for row in rows:
        item = compiled.find(row.question)
        if item is not None and item.takes_answer:
            answer = _answer(item, row)
            if not answer.blank:
                found[row.question, row.instance] = answer
    return found


def whole(rows: Iterable[StoredAnswer]) -> dict[AnswerKey, Answer]:
    """The answers on disk, whatever version they were given to; a whole number may stand for a
    decimal."""
    return {(row.question, row.instance): _with_value(row, _value(row.value)) for row in rows}


def from_text(text: str) -> Answer:
    """The answer that ``answer_to_json`` wrote, whatever version it was given to."""
    data = json.loads(text, parse_float=Decimal)
    return Answer(
        _plain(data.get("value")),
        data.get("not_applicable", False),
        data.get("comment", ""),
        tuple(data.get("evidence", ())),
    )


def _answer(item: Item, row: StoredAnswer) -> Answer:
    try:
        value = value_from_json(item, row.value)
    except FormsError:
        value = None
    answer = _with_value(row, value)
    return answer if item.allows_na else replace(answer, not_applicable=False)


def _with_value(row: StoredAnswer, value: Value | None) -> Answer:
    evidence = tuple(json.loads(row.evidence))
    return Answer(value, bool(row.not_applicable), row.comment, evidence, bool(row.later))


def _value(text: str | None) -> Value | None:
    return None if text is None else _plain(json.loads(text, parse_float=Decimal))


def _plain(data: Any) -> Value | None:
    if isinstance(data, dict):
        return Expectation(**data)
    value: Value | None = tuple(data) if isinstance(data, list) else data
    return value
