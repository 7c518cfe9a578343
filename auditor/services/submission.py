"""Handing a visit in: one transaction that checks, drops what is hidden, and keeps the score."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, delete, insert, update

from auditor.domain.errors import RefusedError
from auditor.domain.obligations import lacking
from auditor.domain.records import VisitRecord
from auditor.domain.visits import VisitStatus
from auditor.services import evidence as evidence_rows
from auditor.services import rollups, stored_answers
from auditor.store.queries import visits as visit_queries
from auditor.store.tables import ANSWER, SECTION_SCORE, STOPWATCH, VISIT, VISIT_SCORE
from auditor.store.types import json_text
from auditor.store.units import Store, Unit
from forms.answers import Answer, AnswerKey
from forms.filling import Filling
from forms.problems import Severity
from forms.score_json import scorecard_json
from forms.scorecard import ENGINE_VERSION, Scorecard

if TYPE_CHECKING:
    from auditor.services.open_visit import OpenVisit


def submit(
    store: Store,
    opened: OpenVisit,
    declared_by: str,
    move: Callable[..., VisitRecord],
) -> Scorecard:
    """Submit a draft. Answers of hidden questions go, and so do the rows of evidence that no answer
    names; their files stay, since an older backup may name them. What is left is scored against
    the visit's own checklist version. The event tells the reasons that still hold.

    Raises RefusedError ``unfinished`` while an error of the check stands, ``undeclared``, and
    ``evidence_missing`` when a file that an answer names is not on disk.
    """
    filling = Filling(opened.compiled, opened.answers, opened.at)
    _require_finished(opened, filling, declared_by)
    answers = _visible(opened, filling)
    named = frozenset(sha for answer in answers.values() for sha in answer.evidence)
    _require_evidence(opened, named)
    card, kept = filling.score(final=True), opened.reasons(filling)
    with store.unit() as unit:
        _write(unit, opened, answers, named, card, move, declared_by=declared_by, kept=kept)
    return card


def _require_finished(opened: OpenVisit, filling: Filling, declared_by: str) -> None:
    number = opened.record.number
    wrong = sum(p.severity is Severity.ERROR for p in filling.problems())
    wrong += sum(1 for _ in lacking(opened.rules, filling, opened.facts, opened.evidence))
    if wrong:
        raise RefusedError(
            "unfinished",
            "Visit {number} cannot be submitted yet ({count} to mend). Check it, then submit.",
            number=number,
            count=wrong,
        )
    if not declared_by:
        raise RefusedError(
            "undeclared", "Type your name or code to submit visit {number}.", number=number
        )


def _visible(opened: OpenVisit, filling: Filling) -> dict[AnswerKey, Answer]:
    """What is handed in: answers of questions that are asked, without the marks of the draft."""
    asked = {
        k: replace(a, later=False) for k, a in opened.answers.items() if filling.relevant(k[0])
    }
    return {key: answer for key, answer in asked.items() if not answer.blank}


def _require_evidence(opened: OpenVisit, named: frozenset[str]) -> None:
    held = opened.evidence
    missing = [sha for sha in sorted(named) if sha not in held or held[sha].missing]
    if missing:
        raise RefusedError(
            "evidence_missing",
            "A file of visit {number} is no longer on disk ({name}). Attach it again, then submit.",
            number=opened.record.number,
            name=held[missing[0]].name if missing[0] in held else missing[0][:12],
        )


def _write(
    unit: Unit,
    opened: OpenVisit,
    answers: dict[AnswerKey, Answer],
    named: frozenset[str],
    card: Scorecard,
    move: Callable[..., VisitRecord],
    *,
    declared_by: str,
    kept: dict[str, str],
) -> None:
    """Everything that submitting changes."""
    visit_id = opened.record.id
    _drop_unused(unit, visit_id, answers)
    unit.execute(update(ANSWER).where(ANSWER.c.visit_id == visit_id).values(later=False))
    unit.execute(delete(STOPWATCH).where(STOPWATCH.c.visit_id == visit_id))
    evidence_rows.drop_unnamed(unit, visit_id, named)
    move(
        unit,
        visit_id,
        VisitStatus.SUBMITTED,
        declared_by=declared_by,
        answers=answers_hash(answers),
        kept=kept,
        score=None if card.score is None else f"{card.score:f}",
    )
    _keep_score(unit, opened.record, card)
    photos = sum(1 for sha in named if opened.evidence[sha].kind == "photo")
    unit.execute(
        update(VISIT)
        .where(VISIT.c.id == visit_id)
        .values(
            submitted_at=unit.at,
            saved_at=unit.at,
            declared_by=declared_by,
            photos=photos,
            tray=[],
        )
    )
    rollups.rebuild(unit, [opened.record.location_id])


def _drop_unused(unit: Unit, visit_id: int, kept: dict[AnswerKey, Answer]) -> None:
    """Leave ``kept`` alone on disk: what is hidden goes, and what another version of the checklist
    took and this one does not (the event of that move holds it)."""
    for row in visit_queries.answers(unit.connection, visit_id):
        ours = _answer_row(visit_id, row.question, row.instance)
        answer = kept.get((row.question, row.instance))
        if answer is None:
            unit.execute(delete(ANSWER).where(*ours))
        elif row.value is not None and answer.value is None:
            unit.execute(update(ANSWER).where(*ours).values(value=None))
        elif row.not_applicable and not answer.not_applicable:
            unit.execute(update(ANSWER).where(*ours).values(not_applicable=False))


def _answer_row(visit_id: int, question: str, instance: int) -> list[ColumnElement[bool]]:
    key = {"visit_id": visit_id, "question": question, "instance": instance}
    return [ANSWER.c[name] == value for name, value in key.items()]


def answers_hash(answers: dict[AnswerKey, Answer]) -> str:
    """SHA-256 over the answers as they are kept: what the event of a submission commits to."""
    rows = [stored_answers.to_stored(key, answer) for key, answer in sorted(answers.items())]
    data = [
        [row.question, row.instance, row.value, row.not_applicable, row.comment, row.evidence]
        for row in rows
    ]
    return hashlib.sha256(json_text(data).encode()).hexdigest()


def _keep_score(unit: Unit, record: VisitRecord, card: Scorecard) -> None:
    key = {"visit_id": record.id, "revision": record.revision}
    head: dict[str, Any] = {
        "score": None if card.score is None else f"{card.score:f}",
        "band": card.band,
        "passed": card.passed,
    }
    exact = {"engine": ENGINE_VERSION, "raw": _exact(card.raw), "card": scorecard_json(card)}
    unit.execute(insert(VISIT_SCORE).values(**key, **head, **exact, scored_at=unit.at))
    unit.execute(update(VISIT).where(VISIT.c.id == record.id).values(**head))
    sections = [
        {
            **key,
            "section": section.id,
            "earned": _exact(section.earned),
            "possible": _exact(section.possible),
            "ratio": _exact(section.ratio),
            "percent": None if section.ratio is None else float(section.ratio * 100),
            "weight": _exact(section.weight),
        }
        for section in card.sections
    ]
    if sections:
        unit.execute(insert(SECTION_SCORE), sections)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
