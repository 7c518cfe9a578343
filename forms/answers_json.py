"""Answers as JSON: a file of answers as scripts give it, and the exact text that storage keeps.

An answers file is ``{"answers": {"q1": "yes", "q2": {"value": 3, "comment": "…"},
"q3": {"not_applicable": true}}, "at": "2026-11-12T14:00:00"}``. A matrix row is ``matrix.row``.
A value that is an object is always the wrapper. ``at`` may be missing when no expression of the
checklist calls ``today()`` or ``now()``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from forms.answers import UNANSWERED, Answer, AnswerKey, Expectation, Value
from forms.compiled import CompiledChecklist, Item
from forms.formats.json_tree import parse
from forms.formats.source import load
from forms.formats.tree import MAX_PROBLEMS, Mapping, Node, Notes, Scalar, Sequence
from forms.nearest import Known
from forms.problems import FormsError, Problem, UnreadableError, Where
from forms.questions.kinds.base import Complaint, ValueRefusedError, shown
from forms.questions.kinds.words import is_storable, nfc

#: The moment of a visit where none is given and no expression asks for one.
NO_MOMENT = datetime.fromisoformat("2000-01-01T00:00")

NOT_ALLOWED = "na-not-allowed"
_FILE_KEYS = ("answers", "at")
_ANSWER_KEYS = ("value", "comment", "not_applicable", "evidence")
_FILE_WORDS, _ANSWER_WORDS = ", ".join(_FILE_KEYS), ", ".join(_ANSWER_KEYS)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_INTEGER = re.compile(r"-?[0-9]{1,100}")
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII
)
_CLOCK = re.compile(r"\b(today|now)\s*\(")


@dataclass(frozen=True, slots=True)
class Given:
    """What an answers file gives. With ``problems`` nothing of it should be scored."""

    answers: dict[AnswerKey, Answer]
    at: datetime
    problems: tuple[Problem, ...]


def read_answers(
    source: Path | bytes | str, compiled: CompiledChecklist, name: str | None = None
) -> Given:
    """Read the file at a path, or its content. Never raises for what the file holds."""
    notes = Notes(name or (str(source) if isinstance(source, Path) else None))
    try:
        text = load(source, name)
        root = parse(text, notes)
    except UnreadableError as error:
        return Given({}, NO_MOMENT, error.problems)
    return _Reader(compiled, notes).read(root)


class _Reader:
    def __init__(self, compiled: CompiledChecklist, notes: Notes) -> None:
        self.compiled = compiled
        self.notes = notes
        self.places: dict[str, Node] = {}
        self.unknown = 0
        self.known = Known(item.id for item in compiled.items)
        self.rows: dict[str, list[str]] = {}
        for item in compiled.items:
            if item.row is not None:
                self.rows.setdefault(item.question.id, []).append(item.id)

    def read(self, root: Node) -> Given:
        if not isinstance(root, Mapping):
            self.notes.add("answers-not-map", root, given=shown(_data(root)))
            return Given({}, NO_MOMENT, self.notes.problems())
        for key, place in _strangers(root, _FILE_KEYS):
            self.notes.add("answers-key", place, (key,), given=shown(key), known=_FILE_WORDS)
        at = self._at(root)
        answers = dict(self._answers(root))
        if not self.notes.errors:
            self._check_rules(answers, at)
        return Given(answers, at, self.notes.problems())

    def _at(self, root: Mapping) -> datetime:
        node = root.entries.get("at")
        data = None if node is None else _data(node)
        if data is None:
            if any(_CLOCK.search(text) for text in _expressions(self.compiled)):
                self.notes.add("at-missing", node or root, ("at",))
            return NO_MOMENT
        found = _moment(data)
        if found is None:
            self.notes.add("at-wrong", node, ("at",), given=shown(data))
        return found or NO_MOMENT

    def _answers(self, root: Mapping) -> Iterator[tuple[AnswerKey, Answer]]:
        node = root.entries.get("answers")
        if node is None:
            self.notes.add("answers-missing", root)
        elif not isinstance(node, Mapping):
            self.notes.add("answers-not-map", node, ("answers",), given=shown(_data(node)))
        else:
            for id, entry in node.entries.items():
                item = self.compiled.find(id)
                if item is None:
                    self._unknown(id, node.keys[id])
                    continue
                self.places[id] = entry
                answer = self._answer(item, entry)
                if not answer.blank:
                    yield (id, 0), answer

    def _unknown(self, id: str, at: Node) -> None:
        self.unknown += 1
        near = self.known.nearest(id, cutoff=0.6) if self.unknown <= MAX_PROBLEMS else None
        if rows := self.rows.get(id):
            self._note(id, Complaint("answer-of-matrix", {"known": ", ".join(rows)}), at)
        elif near:
            values = {"given": shown(id), "near": near}
            self._note(id, Complaint("answer-unknown-near", values), at)
        else:
            self._note(id, Complaint("answer-unknown", {"given": shown(id)}), at)

    def _answer(self, item: Item, node: Node) -> Answer:
        if not isinstance(node, Mapping):
            return self._checked(item, node, self._with_value(item, UNANSWERED, node))
        for key, place in _strangers(node, _ANSWER_KEYS):
            self._add(item, "answer-key", place, given=shown(key), known=_ANSWER_WORDS)
        entries = node.entries
        answer = Answer(
            not_applicable=self._flag(item, entries.get("not_applicable")),
            comment=self._comment(item, entries.get("comment")),
            evidence=self._evidence(item, entries.get("evidence")),
        )
        return self._checked(item, node, self._with_value(item, answer, entries.get("value")))

    def _with_value(self, item: Item, answer: Answer, node: Node | None) -> Answer:
        data = None if node is None else _data(node)
        if data is None or node is None:
            return answer
        if item.kind.is_evidence and isinstance(data, list):
            if answer.evidence:
                self._add(item, "answer-evidence-twice", node)
            return replace(answer, evidence=self._evidence(item, node))
        try:
            return replace(answer, value=item.kind.from_json(data))
        except ValueRefusedError as refused:
            self._add(item, refused.complaint.code, node, **refused.complaint.values)
            return answer

    def _checked(self, item: Item, node: Node, answer: Answer) -> Answer:
        for problem in item.check(answer):
            if problem.code != NOT_ALLOWED:  # a permission; see _check_rules
                self._add(item, problem.code, node, **problem.values)
        if isinstance(answer.value, Expectation) and not answer.value.complete:
            self._add(item, "expectation-incomplete", node)
        return answer

    def _flag(self, item: Item, node: Node | None) -> bool:
        data = None if node is None else _data(node)
        if data is None or isinstance(data, bool):
            return bool(data)
        self._add(item, "answer-flag", node, given=shown(data))
        return False

    def _comment(self, item: Item, node: Node | None) -> str:
        data = None if node is None else _data(node)
        if data is None:
            return ""
        if not isinstance(data, str):
            self._add(item, "answer-comment", node, given=shown(data))
            return ""
        if not is_storable(data):
            self._add(item, "broken-text", node)
        return data

    def _evidence(self, item: Item, node: Node | None) -> tuple[str, ...]:
        data = [] if node is None else _data(node)
        if data is None:
            return ()
        if not _is_references(data):
            self._add(item, "answer-evidence", node, given=shown(data))
            return ()
        return tuple(data)

    def _add(self, item: Item, code: str, node: Node | None, **values: str) -> None:
        self._note(item.id, Complaint(code, values), node)

    def _note(self, id: str, complaint: Complaint, node: Node | None) -> None:
        where = Where(question=id)
        self._put(Problem(complaint.code, where, complaint.values), id, node)

    def _put(self, problem: Problem, id: str, node: Node | None) -> None:
        """Note ``problem`` at its place in the file."""
        line, column = (None, None) if node is None else (node.line, node.column)
        path = ("answers", id)
        where = replace(problem.where, file=self.notes.file, line=line, column=column, path=path)
        self.notes.put(replace(problem, where=where))

    def _check_rules(self, answers: dict[AnswerKey, Answer], at: datetime) -> None:
        """Constraints and N/A of visible questions. How long a text should be is for the check
        before submitting: it changes no score."""
        state = self.compiled.rules.state(answers, at)
        for (id, _), answer in answers.items():
            if id in state.hidden:
                continue
            item = self.compiled.item(id)
            if answer.not_applicable and not item.allows_na:
                self._add(item, NOT_ALLOWED, self.places[id])
            if broken := state.broken(item, answer):
                self._put(broken, id, self.places[id])


def _strangers(node: Mapping, known: tuple[str, ...]) -> Iterator[tuple[str, Scalar]]:
    """The keys that are none of ``known``, with their places."""
    return ((key, place) for key, place in node.keys.items() if key not in known)


def _is_references(data: object) -> bool:
    """A list of texts that are not empty, each once."""
    if not isinstance(data, list) or not all(isinstance(each, str) for each in data):
        return False
    return all(each and is_storable(each) for each in data) and len(set(data)) == len(data)


def _moment(data: object) -> datetime | None:
    """Local time of the visit's own zone; an offset names that zone and is not needed."""
    if not isinstance(data, str) or not _MOMENT.fullmatch(data):
        return None
    try:
        return datetime.fromisoformat(data).replace(tzinfo=None)
    except ValueError:
        return None


def _expressions(compiled: CompiledChecklist) -> Iterator[str]:
    for section in compiled.checklist.sections:
        for part in (section, *section.questions):
            fields = (getattr(part, name, None) for name in _EXPRESSION_FIELDS)
            yield from (text for text in fields if isinstance(text, str))
    yield from (item.required for item in compiled.items if isinstance(item.required, str))


_EXPRESSION_FIELDS = ("relevant", "constraint", "calculation")


def _data(node: Node) -> Any:
    """A node as Python data: text NFC, numbers ``int`` or ``Decimal``, never ``float``."""
    if isinstance(node, Mapping):
        return {key: _data(value) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [_data(value) for value in node.items]
    assert isinstance(node, Scalar)
    return _plain(node.text) if node.plain else node.text


def _plain(text: str) -> int | Decimal | bool | None:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent of more than 18 digits
        return Decimal("Infinity")


def value_to_json(value: Value | None) -> str | None:
    """The JSON text of a value, numbers exact, text NFC; None for no value."""
    return None if value is None else _dump(value)


def value_from_json(item: Item, text: str | None) -> Value | None:
    """The value that ``value_to_json`` wrote. Raises FormsError when the item refuses it."""
    return None if text is None else _value(item, json.loads(text, parse_float=Decimal))


def answer_to_json(answer: Answer) -> str:
    """The JSON text of an answer in the form of an answers file; what is blank is left out."""
    parts: dict[str, Any] = {}
    if answer.value is not None:
        parts["value"] = answer.value
    if answer.not_applicable:
        parts["not_applicable"] = True
    if answer.comment:
        parts["comment"] = answer.comment
    if answer.evidence:
        parts["evidence"] = answer.evidence
    return _dump(parts)


def answer_from_json(item: Item, text: str) -> Answer:
    """The answer that ``answer_to_json`` wrote. Raises FormsError when the item refuses it."""
    data = json.loads(text, parse_float=Decimal)
    return Answer(
        value=_value(item, data.get("value")),
        not_applicable=data.get("not_applicable", False),
        comment=data.get("comment", ""),
        evidence=tuple(data.get("evidence", ())),
    )


def _value(item: Item, data: object) -> Value | None:
    try:
        value: Value | None = item.kind.from_json(data)
    except ValueRefusedError as refused:
        raise FormsError(item.problem(refused.complaint)) from refused
    return value


def _dump(data: object) -> str:
    if isinstance(data, Expectation):
        data = {"expected": data.expected, "perceived": data.perceived}
    if isinstance(data, dict):
        pairs = (f"{_dump(key)}: {_dump(value)}" for key, value in data.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(data, (tuple, list)):
        return f"[{', '.join(_dump(each) for each in data)}]"
    if isinstance(data, Decimal):
        return f"{data:f}"
    return json.dumps(nfc(data) if isinstance(data, str) else data, ensure_ascii=False)
