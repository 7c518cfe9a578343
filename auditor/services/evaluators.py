"""Evaluators: who they are, and how good their work was. Every change can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.evaluators import (
    HIGHEST,
    LONGEST,
    LONGEST_WORD,
    LOWEST,
    MOST_WORDS,
    EvaluatorInput,
    EvaluatorRecord,
    GradeRecord,
)
from auditor.domain.folding import folded
from auditor.domain.visits import VisitStatus
from auditor.services.typed import bounded, one_line, prose, required
from auditor.services.writing import Writing, require_version, row_of
from auditor.store.journal import Journal
from auditor.store.queries import evaluators as queries
from auditor.store.tables import ASSIGNMENT, EVALUATOR, EVALUATOR_GRADE, REGION, VISIT
from auditor.store.units import Store, Unit


class Evaluators(Writing):
    def __init__(self, store: Store) -> None:
        super().__init__(store, Changes(evaluators=True))

    def get(self, evaluator_id: int) -> EvaluatorRecord:
        """Raises NotFoundError."""
        return self.store.read(queries.evaluator, evaluator_id)

    def by_code(self, code: str) -> EvaluatorRecord | None:
        """Whatever its case and marks."""
        return self.store.read(queries.evaluator_of_code, one_line(code))

    def add(self, given: EvaluatorInput) -> EvaluatorRecord:
        """Visits that named the code already are theirs from now on.

        Raises NotFoundError region, RefusedError: empty_name, too_long, many_words,
        evaluator_taken.
        """
        kept = cleaned(given)
        with self.change("evaluator.added", kept.code) as (unit, journal):
            key = insert(unit, journal, kept)
            adopt(unit, journal, {folded(kept.code): key})
        return self.get(key)

    def change_one(self, evaluator_id: int, given: EvaluatorInput, version: int) -> EvaluatorRecord:
        """``version`` is that of the record which the person looked at. A new code stands in the
        visits that are still to be made; those that were handed in keep theirs.

        Raises NotFoundError, RefusedError: changed_meanwhile, and those of ``add``.
        """
        kept = cleaned(given)
        with self.change("evaluator.changed", kept.code) as (unit, journal):
            row = evaluator_row(unit, evaluator_id)
            require_version(row, version, row["code"])
            update(unit, journal, row, kept)
        return self.get(evaluator_id)

    def set_active(self, evaluator_ids: Sequence[int], active: bool) -> None:
        """Archive evaluators, or bring them back. Their visits stay theirs. Raises
        NotFoundError."""
        kind = "evaluator.brought_back" if active else "evaluator.archived"
        with self.change(kind, str(len(evaluator_ids))) as (unit, journal):
            for key in evaluator_ids:
                row = evaluator_row(unit, key)
                if row["active"] != active:
                    values = {"active": active, "version": row["version"] + 1}
                    journal.update(EVALUATOR.name, row, values)

    # grades

    def add_grade(
        self,
        evaluator_id: int,
        grade: int,
        given_on: date,
        note: str = "",
        visit_id: int | None = None,
    ) -> GradeRecord:
        """Raises NotFoundError, RefusedError grade_range."""
        values = _grade(grade, given_on, note) | {"visit_id": visit_id}
        with self.change("evaluator.graded", str(grade)) as (unit, journal):
            journal.told["evaluator"] = evaluator_row(unit, evaluator_id)["code"]
            if visit_id is not None:
                row_of(unit, VISIT, visit_id, NotFoundError("visit", "There is no such visit."))
            key = journal.insert(EVALUATOR_GRADE.name, values | {"evaluator_id": evaluator_id})
        return self._grade(evaluator_id, key)

    def change_grade(self, grade_id: int, grade: int, given_on: date, note: str) -> GradeRecord:
        """Raises NotFoundError, RefusedError grade_range."""
        values = _grade(grade, given_on, note)
        with self.change("evaluator.graded", str(grade)) as (unit, journal):
            row = _grade_row(unit, grade_id)
            journal.told["was"] = row["grade"]
            journal.update(EVALUATOR_GRADE.name, row, values)
        return self._grade(row["evaluator_id"], grade_id)

    def remove_grade(self, grade_id: int) -> None:
        """Raises NotFoundError."""
        with self.change("evaluator.grade_removed", "") as (unit, journal):
            journal.delete(EVALUATOR_GRADE.name, _grade_row(unit, grade_id))

    def _grade(self, evaluator_id: int, key: int) -> GradeRecord:
        found = self.store.read(queries.grades, evaluator_id)
        return next(grade for grade in found if grade.id == key)


def cleaned(given: EvaluatorInput) -> EvaluatorInput:
    """As it is kept. Raises RefusedError: empty_name, too_long, many_words."""
    kept = EvaluatorInput(
        code=required(given.code),
        name=one_line(given.name),
        contacts=prose(given.contacts),
        languages=_words(given.languages),
        region_id=given.region_id,
        qualifications=_words(given.qualifications),
        notes=prose(given.notes),
        active=given.active,
    )
    for name, most in LONGEST.items():
        bounded(getattr(kept, name), most)
    return kept


def _words(typed: Sequence[str]) -> tuple[str, ...]:
    """Each once, whatever its case and marks, in the order of their first."""
    told: dict[str, str] = {}
    for word in map(one_line, typed):
        if word:
            told.setdefault(folded(word), word)
    if len(told) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in told.values()):
        raise RefusedError(
            "many_words",
            "There are at most {most} languages and {most} qualifications, of {longest} "
            "characters each. Take some away.",
            most=MOST_WORDS,
            longest=LONGEST_WORD,
        )
    return tuple(told.values())


def insert(unit: Unit, journal: Journal, kept: EvaluatorInput) -> int:
    """Raises NotFoundError region, RefusedError evaluator_taken."""
    _require_free(unit, kept.code)
    return journal.insert(EVALUATOR.name, _values(unit, kept) | {"created_at": unit.at})


def update(unit: Unit, journal: Journal, row: Mapping[str, Any], kept: EvaluatorInput) -> None:
    """Write what differs. Raises as ``insert``."""
    if folded(row["code"]) != folded(kept.code):
        _require_free(unit, kept.code)
    values = _values(unit, kept)
    if all(row[name] == value for name, value in values.items()):
        return
    journal.update(EVALUATOR.name, row, values | {"version": row["version"] + 1})
    if row["code"] != kept.code:
        _rename(unit, journal, row["id"], kept.code)


def adopt(unit: Unit, journal: Journal, codes: Mapping[str, int]) -> None:
    """Give visits that name a code to its evaluator. ``codes``: ids by folded code."""
    for table in (ASSIGNMENT, VISIT):
        alone = (table.c.evaluator_id.is_(None), table.c.evaluator != "")
        names = select(table.c.evaluator).where(*alone).distinct()
        found = {n: codes[folded(n)] for n in unit.execute(names).scalars() if folded(n) in codes}
        for name, key in found.items():
            for row in _rows(unit, table, *alone, table.c.evaluator == name):
                journal.update(table.name, row, {"evaluator_id": key})


def _rename(unit: Unit, journal: Journal, evaluator_id: int, code: str) -> None:
    waiting = VISIT.c.evaluator_id == evaluator_id, VISIT.c.status == VisitStatus.PLANNED.value
    visits = _rows(unit, VISIT, *waiting)
    for row in visits:
        journal.update(VISIT.name, row, {"evaluator": code})
        if row["assignment_id"] is not None:
            (assigned,) = _rows(unit, ASSIGNMENT, ASSIGNMENT.c.id == row["assignment_id"])
            journal.update(ASSIGNMENT.name, assigned, {"evaluator": code})


def _rows(unit: Unit, table: Any, *wanted: ColumnElement[bool]) -> list[dict[str, Any]]:
    return [dict(row) for row in unit.execute(select(table).where(*wanted)).mappings()]


def _values(unit: Unit, kept: EvaluatorInput) -> dict[str, Any]:
    if kept.region_id is not None:
        missing = NotFoundError("region", "There is no such region here.")
        row_of(unit, REGION, kept.region_id, missing)
    return {
        "code": kept.code,
        "name": kept.name,
        "contacts": kept.contacts,
        "languages": list(kept.languages),
        "region_id": kept.region_id,
        "qualifications": list(kept.qualifications),
        "notes": kept.notes,
        "active": kept.active,
        "folded": queries.search_text(kept),
        "sort_code": folded(kept.code),
        "sort_name": folded(kept.name),
    }


def _require_free(unit: Unit, code: str) -> None:
    """ "ev-07" is "EV-07" to people."""
    taken = select(EVALUATOR.c.id).where(EVALUATOR.c.sort_code == folded(code))
    if unit.execute(taken).scalar() is not None:
        raise RefusedError(
            "evaluator_taken",
            "An evaluator of code {given} is here already. Give another code.",
            given=code,
        )


def evaluator_row(unit: Unit, evaluator_id: int) -> dict[str, Any]:
    missing = NotFoundError("evaluator", "There is no such evaluator here.")
    return row_of(unit, EVALUATOR, evaluator_id, missing)


def _grade_row(unit: Unit, grade_id: int) -> dict[str, Any]:
    return row_of(
        unit, EVALUATOR_GRADE, grade_id, NotFoundError("grade", "There is no such grade.")
    )


def _grade(grade: int, given_on: date, note: str) -> dict[str, Any]:
    if not LOWEST <= grade <= HIGHEST:
        raise RefusedError(
            "grade_range",
            "A grade is a whole number from {least} to {most}.",
            least=LOWEST,
            most=HIGHEST,
        )
    return {"grade": grade, "given_on": given_on, "note": prose(note)}
