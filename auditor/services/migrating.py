"""Moving a draft to another version of its checklist: what would change, and the move itself.

No answer is destroyed. What the other version does not take stays in its row and stands in the
event of the move, so that moving back brings it back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from auditor.domain.changes import Changes
from auditor.domain.errors import RefusedError, UserError
from auditor.domain.records import ChecklistRecord, VisitRecord
from auditor.domain.visits import VisitStatus
from auditor.services import stored_answers
from auditor.services.checklists import Checklists
from auditor.services.local_time import local_start
from auditor.store import events
from auditor.store.queries import visits as visit_queries
from auditor.store.stored import StoredAnswer
from auditor.store.tables import ANSWER, CHECKLIST, VISIT
from auditor.store.units import Store, Unit
from forms.answers import UNANSWERED, Answer, AnswerKey
from forms.answers_json import answer_to_json
from forms.compiled import CompiledChecklist
from forms.version_change import VersionChange, compare, fitting

EVENT = "visit.migrated"


@dataclass(frozen=True, slots=True)
class Offer:
    """``new`` was added after ``old``, the version of the draft."""

    visit_id: int
    old: ChecklistRecord
    new: ChecklistRecord
    change: VersionChange


def newer(connection: Connection, visit_id: int) -> ChecklistRecord | None:
    """The newest version of a draft's checklist that was added after its own; None when there is
    none, and for a visit that is no draft."""
    own = CHECKLIST.alias()
    query = (
        select(CHECKLIST.c.id)
        .join(own, CHECKLIST.c.checklist_id == own.c.checklist_id)
        .join(VISIT, VISIT.c.checklist_version_id == own.c.id)
        .where(VISIT.c.id == visit_id, VISIT.c.status == VisitStatus.DRAFT.value)
        .where(CHECKLIST.c.id > own.c.id)
        .order_by(CHECKLIST.c.id.desc())
        .limit(1)
    )
    found = connection.execute(query).scalar()
    return None if found is None else visit_queries.checklist(connection, found)


class Migrating:
    """``refused(visit id)`` says why a visit that is no draft cannot be moved; ``versions`` is what
    is remembered of the versions of visits: a move forgets it."""

    def __init__(
        self,
        store: Store,
        checklists: Checklists,
        refused: Callable[[int], UserError],
        versions: MutableMapping[int, int],
    ) -> None:
        self._store = store
        self._checklists = checklists
        self._refused = refused
        self._versions = versions

    def newer(self, visit_id: int) -> ChecklistRecord | None:
        """The version that ``offer`` is about; None where there is nothing to offer."""
        return self._store.read(newer, visit_id)

    def offer(self, visit_id: int) -> Offer | None:
        """What the newest version would change; None where there is no newer one. Nothing is
        written."""
        new = self._store.read(newer, visit_id)
        if new is None:
            return None
        record = self._store.read(visit_queries.visit, visit_id)
        old = self._store.read(visit_queries.checklist, record.checklist_version_id)
        held = self._store.read(_held, visit_id)
        return Offer(visit_id, old, new, self._compare(record, new, held))

    def migrate(self, visit_id: int, version_id: int) -> VisitRecord:
        """Move a draft to another version of its checklist, newer or older, in one transaction.

        Raises RefusedError ``other_checklist`` and where the visit is no draft, NotFoundError,
        NotSavedError; then nothing is changed.
        """
        record = self._store.read(visit_queries.visit, visit_id)
        if record.status is not VisitStatus.DRAFT:
            raise self._refused(visit_id)
        old = self._store.read(visit_queries.checklist, record.checklist_version_id)
        new = self._store.read(visit_queries.checklist, version_id)
        _require_same(record, old, new)
        held = self._store.read(_held, visit_id)
        change = self._compare(record, new, held)
        with self._store.unit() as unit:
            _bring_back(unit, visit_id, fitting(change.new, held))
            _move(unit, record, new, change)
            told = {"number": record.number, "revision": record.revision}
            events.append(unit, EVENT, visit_id, told | _told(old, new, change))
            one = frozenset({visit_id})
            unit.touch(Changes(answers=one, visits=one))
        self._versions.pop(visit_id, None)
        return self._store.read(visit_queries.visit, visit_id)

    def _compare(
        self, record: VisitRecord, new: ChecklistRecord, held: Mapping[AnswerKey, Answer]
    ) -> VersionChange:
        get = self._checklists.get
        return compare(get(record.checklist_version_id), get(new.id), held, local_start(record))


def _require_same(record: VisitRecord, old: ChecklistRecord, new: ChecklistRecord) -> None:
    if old.checklist_id != new.checklist_id:
        raise RefusedError(
            "other_checklist",
            "Visit {number} stays with its checklist: it can only move to another version of it.",
            number=record.number,
        )


def _move(unit: Unit, record: VisitRecord, new: ChecklistRecord, change: VersionChange) -> None:
    progress = change.after.progress
    moved = update(VISIT).where(VISIT.c.id == record.id)
    unit.execute(
        moved.values(
            checklist_version_id=new.id,
            answered=progress.answered,
            total=progress.total,
            saved_at=unit.at,
            version=VISIT.c.version + 1,
            **_place(record, change.new),
        )
    )


def _place(record: VisitRecord, new: CompiledChecklist) -> dict[str, str | int | None]:
    """Where the evaluator was, as far as the new version has it."""
    for item in new.items:
        if record.last_question in (item.id, item.question.id):
            return {"last_section": item.section.id}
    known = {section.id for section in new.checklist.sections}
    section = record.last_section if record.last_section in known else None
    return {"last_section": section, "last_question": None, "last_scroll": 0, "last_focus": ""}


def _told(old: ChecklistRecord, new: ChecklistRecord, change: VersionChange) -> dict[str, Any]:
    """``aside``: the whole answers, as JSON text, that the new version does not take."""
    return {
        "from": _version(old),
        "to": _version(new),
        "aside": {id: answer_to_json(answer) for (id, _), answer in change.aside.items()},
    }


def _version(record: ChecklistRecord) -> dict[str, Any]:
    return {"id": record.id, "version": record.version, "sha256": record.sha256}


def _held(connection: Connection, visit_id: int) -> dict[AnswerKey, Answer]:
    """The answers on disk, whatever version they were given to. A row that lost its value since,
    by a new comment on a question that refused the value, has it back from the trail."""
    rows: Iterable[StoredAnswer] = visit_queries.answers(connection, visit_id)
    held = stored_answers.whole(rows)
    for id, answer in _aside(connection, visit_id).items():
        now = held.get((id, 0), UNANSWERED)
        if now.value is None and not now.not_applicable:
            held[id, 0] = replace(now, value=answer.value, not_applicable=answer.not_applicable)
    return {key: answer for key, answer in held.items() if not answer.blank}


def _aside(connection: Connection, visit_id: int) -> Mapping[str, Answer]:
    """What earlier moves put aside, the latest of each question. Erased words are gone."""
    found: dict[str, Answer] = {}
    for event in events.events(connection, visit_id):
        if event.kind == EVENT and event.payload is not None:
            for id, text in json.loads(event.payload)["aside"].items():
                found[id] = stored_answers.from_text(text)
    return found


def _bring_back(unit: Unit, visit_id: int, answers: Mapping[AnswerKey, Answer]) -> None:
    """Write the values that ``_held`` had from the trail, where the version takes them."""
    rows = {
        (row.question, row.instance): row
        for row in visit_queries.answers(unit.connection, visit_id)
    }
    for key, answer in answers.items():
        row = rows.get(key)
        nothing = row is None or (row.value is None and not row.not_applicable)
        if nothing and (answer.value is not None or answer.not_applicable):
            _write_value(unit, visit_id, stored_answers.to_stored(key, answer))


def _write_value(unit: Unit, visit_id: int, row: StoredAnswer) -> None:
    given = {"value": row.value, "not_applicable": row.not_applicable, "updated_at": unit.at}
    key = {"visit_id": visit_id, "question": row.question, "instance": row.instance}
    rest = {"comment": row.comment, "evidence": row.evidence, "later": row.later}
    new = upsert(ANSWER).values(**key, **given, **rest)
    unit.execute(new.on_conflict_do_update(index_elements=list(key), set_=given))
