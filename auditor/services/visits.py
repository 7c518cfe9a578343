"""Visits: planned, begun, filled, submitted. Every answer is on disk before the call returns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Update, insert, select, update

from auditor.domain.changes import Changes, Saved
from auditor.domain.errors import NotFoundError, RefusedError, UserError
from auditor.domain.records import EvidenceRecord, VisitRecord
from auditor.domain.visits import SUBMITTED, VisitStatus, may_become
from auditor.services import evidence as evidence_rows
from auditor.services import rollups, stored_answers
from auditor.services.checklists import Checklists
from auditor.services.complaints import Complaints
from auditor.services.drafts import Drafts
from auditor.services.evidence import Evidence
from auditor.services.local_time import start_on, zone_named
from auditor.services.migrating import Migrating
from auditor.services.new_visits import questions, take_numbers
from auditor.services.open_visit import OpenVisit, read_visit
from auditor.services.pictures import Prepared, prepare
from auditor.services.typed import one_line, prose
from auditor.store import events, saving
from auditor.store.queries import visits as visit_queries
from auditor.store.queries.drafts import Spot
from auditor.store.queries.evaluators import evaluator_of_code
from auditor.store.saving import NotDraftError
from auditor.store.tables import ASSIGNMENT, LOCATION, VISIT
from auditor.store.units import Store, Unit
from forms.answers import Answer, AnswerKey
from forms.compiled import CompiledChecklist, Item
from forms.filling import Progress
from forms.questions.signature import SignatureQuestion
from forms.scorecard import Scorecard

#: The first card, with nothing of it in focus.
TOP = Spot()


class Visits:
    def __init__(self, store: Store, checklists: Checklists, evidence: Evidence) -> None:
        self._store = store
        self._checklists = checklists
        self._evidence = evidence
        self._complaints = Complaints(store)
        #: The checklist version of a visit, asked for once: only ``migrating`` changes it.
        self._versions: dict[int, int] = {}
        self.drafts = Drafts(store, evidence, self.read_only)
        self.migrating = Migrating(store, checklists, self.read_only, self._versions)

    # reading

    def get(self, visit_id: int) -> VisitRecord:
        """Raises NotFoundError."""
        return self._store.read(visit_queries.visit, visit_id)

    def by_number(self, number: str) -> VisitRecord | None:
        """``number`` as people write it: "V-0142" or "142"."""
        return self._store.read(visit_queries.visit_by_number, number)

    def open(self, visit_id: int) -> OpenVisit:
        """All of a visit; ``writable`` only while it is a draft and this window may write."""
        words, record = self._complaints.load(), self.get(visit_id)
        return read_visit(self._store, self._evidence, words, record, self._compiled)

    def _compiled(self, visit_id: int) -> CompiledChecklist:
        if visit_id not in self._versions:
            self._versions[visit_id] = self.get(visit_id).checklist_version_id
        return self._checklists.get(self._versions[visit_id])

    # planning and beginning

    def plan(
        self,
        location_id: int,
        checklist_version_id: int,
        planned_for: date | None = None,
        due: date | None = None,
        wave_id: int | None = None,
        evaluator: str = "",
    ) -> VisitRecord:
        """An assignment and its planned visit. Days are local to the location."""
        total = self._questions(checklist_version_id)
        with self._store.unit() as unit:
            key = unit.insert(
                insert(ASSIGNMENT).values(
                    location_id=self._known_location(unit, location_id),
                    wave_id=wave_id,
                    planned_for=planned_for,
                    due=due,
                    created_at=unit.at,
                    **_whose(unit, evaluator),
                )
            )
            visit_id = self._insert(
                unit,
                location_id,
                checklist_version_id,
                status=VisitStatus.PLANNED,
                assignment_id=key,
                wave_id=wave_id,
                total=total,
                **_whose(unit, evaluator),
            )
        return self.get(visit_id)

    def start(
        self,
        location_id: int,
        checklist_version_id: int,
        on: date,
        zone: str,
        evaluator: str,
        wave_id: int | None = None,
    ) -> VisitRecord:
        """A new draft of a shop made ``on`` that local day, now by the clock of ``zone``."""
        total = self._questions(checklist_version_id)
        with self._store.unit() as unit:
            self._known_location(unit, location_id)
            visit_id = self._insert(
                unit,
                location_id,
                checklist_version_id,
                status=VisitStatus.DRAFT,
                wave_id=wave_id,
                zone=zone,
                started_at=start_on(unit.at, on, zone),
                total=total,
                **_whose(unit, evaluator),
            )
        return self.get(visit_id)

    def begin(self, visit_id: int, zone: str, evaluator: str) -> VisitRecord:
        """A planned visit becomes a draft, begun now. One whose code is known takes it over."""
        with self._store.unit() as unit:
            self._move(unit, visit_id, VisitStatus.DRAFT)
            whose = _whose(unit, evaluator) if one_line(evaluator) else {}
            if whose and whose["evaluator_id"] is None:
                del whose["evaluator_id"]  # a name instead of a code: it stays who was assigned
            day = unit.at.astimezone(zone_named(zone)).date()
            started = start_on(unit.at, day, zone)
            unit.execute(_row(visit_id).values(started_at=started, zone=zone, **whose))
        return self.get(visit_id)

    def reopen(self, visit_id: int) -> VisitRecord:
        """A visit that was sent back becomes a draft again, of the next revision."""
        with self._store.unit() as unit:
            record = visit_queries.visit(unit.connection, visit_id)
            if record.status is not VisitStatus.SENT_BACK:
                raise _illegal(record)
            self._move(unit, visit_id, VisitStatus.DRAFT)
            unit.execute(_row(visit_id).values(revision=VISIT.c.revision + 1))
        return self.get(visit_id)

    def _questions(self, version_id: int) -> int:
        """How many questions an untouched visit asks. Raises NotFoundError."""
        return questions(self._checklists, version_id, self._store.clock())

    def _known_location(self, unit: Unit, location_id: int) -> int:
        found = unit.execute(select(LOCATION.c.id).where(LOCATION.c.id == location_id)).scalar()
        if found is None:
            raise NotFoundError("location", "There is no such location here.")
        return int(found)

    def _insert(
        self, unit: Unit, location_id: int, version_id: int, status: VisitStatus, **values: object
    ) -> int:
        (serial,) = take_numbers(unit)
        number = visit_queries.visit_number(serial)
        visit_id = unit.insert(
            insert(VISIT).values(
                number=number,
                status=status.value,
                location_id=location_id,
                checklist_version_id=version_id,
                created_at=unit.at,
                **values,
            )
        )
        events.append(unit, f"visit.{status.value}", visit_id, {"number": number})
        unit.touch(_touched(visit_id))
        return visit_id

    # filling

    def save_answer(
        self,
        visit_id: int,
        key: AnswerKey,
        answer: Answer,
        progress: Progress,
        known: Collection[str] | None = None,
    ) -> Saved:
        """Keep ``answer``; a blank one removes the row. It is on disk when this returns.

        ``progress`` is the visit's after this answer. A file that was attached to it and is not
        among those ``known`` to whoever gave it stays named; None: all are known. Raises
        FormsError for an answer that the question refuses, RefusedError when the visit is no
        draft, NotSavedError when the disk refuses; in each case the answer before it stands.
        """
        item = self._compiled(visit_id).item(key[0])
        stored_answers.check(item, answer)
        stored = stored_answers.to_stored(key, answer)
        counted = (progress.answered, progress.total)
        try:
            return saving.save_answer(
                self._store, visit_id, stored, counted, item.section.id, known
            )
        except NotDraftError as error:
            raise self.read_only(visit_id) from error

    def save_place(
        self,
        visit_id: int,
        section_id: str,
        question_id: str | None,
        spot: Spot = TOP,
    ) -> None:
        """Remember where the evaluator is; the next ``open`` tells it."""
        try:
            saving.save_place(
                self._store, visit_id, section_id, question_id, spot.scroll, spot.focus
            )
        except NotDraftError as error:
            raise self.read_only(visit_id) from error

    def read_only(self, visit_id: int) -> UserError:
        """Why ``visit_id`` takes no answer."""
        record = self.get(visit_id)
        if record.status in (VisitStatus.PLANNED, VisitStatus.SENT_BACK):
            return RefusedError(
                "not_begun", "Begin visit {number} before you answer.", number=record.number
            )
        return RefusedError(
            "read_only_visit",
            "Visit {number} was handed in and can no longer be changed.",
            number=record.number,
        )

    def attach(
        self,
        visit_id: int,
        key: AnswerKey | None,
        source: Path | bytes | Prepared,
        name: str = "",
        kind: str = "photo",
    ) -> EvidenceRecord:
        """Put a file into a draft and name its hash in the answer of ``key``, or without one in
        the tray: all or nothing, so that a crash leaves no photo that nobody sees.

        Decoding and writing take time: hand over what ``pictures.prepare`` made and
        ``evidence.keep`` wrote on another thread. Raises
        RefusedError (unreadable, too big, read-only visit), NotFoundError, NotSavedError.
        """
        item = None if key is None else self._compiled(visit_id).item(key[0])
        prepared = source if isinstance(source, Prepared) else prepare(source, name, kind)
        prepared = _as_asked(prepared, item)
        self._require_draft(visit_id)
        self._evidence.keep_files(prepared)
        with self._store.unit() as unit:
            evidence_rows.insert_row(unit, prepared)
            evidence_rows.link(unit, visit_id, prepared)
            evidence_rows.name_it(unit, visit_id, key, prepared.sha256)
            unit.touch(_touched(visit_id))
        return self._evidence.record(visit_id, prepared.sha256)

    def _require_draft(self, visit_id: int) -> None:
        if self.get(visit_id).status is not VisitStatus.DRAFT:
            raise self.read_only(visit_id)

    # handing in

    def submit(self, visit_id: int, declared_by: str) -> Scorecard:
        """Hand the visit in; see ``submission``. Raises RefusedError: unfinished, read_only_visit,
        evidence_missing."""
        from auditor.services.submission import submit

        opened = self.open(visit_id)
        if opened.record.status is not VisitStatus.DRAFT:
            raise self.read_only(visit_id)
        return submit(self._store, opened, one_line(declared_by), self._move)

    def void(self, visit_id: int, reason: str) -> VisitRecord:
        """Set a visit aside for good, with a reason; nothing of it is erased."""
        reason = prose(reason)
        if not reason:
            raise RefusedError("no_reason", "Say why the visit is void.")
        with self._store.unit() as unit:
            self._move(unit, visit_id, VisitStatus.VOID, reason=reason)
        return self.get(visit_id)

    def _move(self, unit: Unit, visit_id: int, to: VisitStatus, **payload: object) -> VisitRecord:
        """Change the status by the rules, with its event; returns the record from before."""
        record = visit_queries.visit(unit.connection, visit_id)
        if not may_become(record.status, to):
            raise _illegal(record)
        unit.execute(_row(visit_id).values(status=to.value, version=VISIT.c.version + 1))
        told = {"number": record.number, "revision": record.revision, **payload}
        events.append(unit, f"visit.{to.value}", visit_id, told)
        unit.touch(_touched(visit_id))
        if record.status in SUBMITTED:
            rollups.rebuild(unit, [record.location_id])
        return record


def _as_asked(prepared: Prepared, item: Item | None) -> Prepared:
    """A picture at a question for a signature is one, wherever it comes from."""
    signed = item is not None and isinstance(item.question, SignatureQuestion)
    return replace(prepared, kind="signature") if signed and prepared.pictured else prepared


def _whose(unit: Unit, typed: str) -> dict[str, Any]:
    """What a visit says of its evaluator, of whom a code was typed."""
    known = evaluator_of_code(unit.connection, one_line(typed)) if one_line(typed) else None
    return {"evaluator": one_line(typed), "evaluator_id": None if known is None else known.id}


def _row(visit_id: int) -> Update:
    return update(VISIT).where(VISIT.c.id == visit_id)


def _touched(visit_id: int) -> Changes:
    one = frozenset({visit_id})
    return Changes(answers=one, visits=one)


def _illegal(record: VisitRecord) -> RefusedError:
    return RefusedError(
        "illegal_move",
        "Visit {number} is not in a state that allows this. Look at it again.",
        number=record.number,
    )
