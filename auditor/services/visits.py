"""Visits: planned, begun, filled, submitted. Every answer is on disk before the call returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Update, insert, select, text, update

from auditor.domain.changes import Changes, Saved
from auditor.domain.errors import NotFoundError, RefusedError, UserError
from auditor.domain.facts import Briefing, Kept, VisitFacts, VisitRules
from auditor.domain.records import EvidenceRecord, VisitRecord
from auditor.domain.visits import VisitStatus, may_become
from auditor.services import evidence as evidence_rows
from auditor.services import stopwatches, stored_answers
from auditor.services.checklists import Checklists
from auditor.services.complaints import Complaints
from auditor.services.drafts import Drafts
from auditor.services.evidence import Evidence
from auditor.services.migrating import Migrating
from auditor.services.pictures import Prepared, prepare
from auditor.services.typed import one_line, prose
from auditor.store import draft_queries, events, queries, saving
from auditor.store.draft_queries import Spot
from auditor.store.saving import NotDraftError
from auditor.store.tables import ASSIGNMENT, LOCATION, VISIT
from auditor.store.units import Store, Unit
from forms.answers import Answer, AnswerKey
from forms.compiled import CompiledChecklist
from forms.complaint_words import ComplaintWords
from forms.filling import Filling, Progress
from forms.scorecard import Scorecard

_NEXT_NUMBER = text(
    "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'visits' RETURNING value"
)


#: The first card, with nothing of it in focus.
TOP = Spot()


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A visit with all that is needed to fill or report it. ``at`` is its start, local time;
    ``stopwatches`` are those that run, with their start in UTC, ``clock_moved`` those under which
    the clock was changed; ``tray`` the photos that wait for a question; ``kept`` the suspicions
    left as they are; ``elsewhere`` the numbers of other visits that hold a file of this one."""

    record: VisitRecord
    compiled: CompiledChecklist
    answers: dict[AnswerKey, Answer]
    evidence: dict[str, EvidenceRecord]
    at: datetime
    writable: bool
    stopwatches: dict[AnswerKey, datetime] = field(default_factory=dict)
    clock_moved: frozenset[AnswerKey] = frozenset()
    facts: VisitFacts = field(default_factory=VisitFacts)
    tray: tuple[str, ...] = ()
    kept: dict[str, Kept] = field(default_factory=dict)
    briefing: Briefing = field(default_factory=Briefing)
    rules: VisitRules = field(default_factory=VisitRules)
    elsewhere: dict[str, tuple[str, ...]] = field(default_factory=dict)
    spot: Spot = field(default_factory=Spot)
    last_visit: LastVisit | None = None
    complaint_words: ComplaintWords = field(default_factory=ComplaintWords.default)


@dataclass(frozen=True, slots=True)
class LastVisit:
    """What was answered at the latest visit of the same location, where the program shows it.
    ``on`` is its local day."""

    on: date
    answers: dict[AnswerKey, Answer]


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
        return self._store.read(queries.visit, visit_id)

    def by_number(self, number: str) -> VisitRecord | None:
        """``number`` as people write it: "V-0142" or "142"."""
        return self._store.read(queries.visit_by_number, number)

    def open(self, visit_id: int) -> OpenVisit:
        """All of a visit; ``writable`` only while it is a draft and this window may write."""
        record = self.get(visit_id)
        compiled = self._compiled(visit_id)
        read = self._store.read
        rules = read(draft_queries.rules, visit_id)
        return OpenVisit(
            record=record,
            compiled=compiled,
            answers=stored_answers.from_stored(compiled, read(queries.answers, visit_id)),
            evidence=self._evidence.of_visit(visit_id),
            at=local_start(record),
            stopwatches=read(stopwatches.running, visit_id, compiled),
            clock_moved=read(stopwatches.moved, visit_id),
            writable=record.status is VisitStatus.DRAFT and self._store.write,
            facts=read(draft_queries.facts, visit_id),
            tray=read(draft_queries.tray, visit_id),
            kept=read(draft_queries.kept, visit_id),
            briefing=read(draft_queries.briefing, visit_id, self._evidence.files),
            rules=rules,
            elsewhere=read(draft_queries.elsewhere, visit_id),
            spot=read(draft_queries.spot, visit_id),
            last_visit=self._last_visit(visit_id, compiled) if rules.show_last_visit else None,
            complaint_words=self._complaints.load(),
        )

    def _last_visit(self, visit_id: int, compiled: CompiledChecklist) -> LastVisit | None:
        """Answers of the visit before that this checklist version understands."""
        last = self._store.read(draft_queries.last_submitted_here, visit_id)
        if last is None:
            return None
        rows = self._store.read(queries.answers, last)
        answers = stored_answers.from_stored(self._compiled(last), rows)
        shown = {
            key: answer
            for key, answer in answers.items()
            if (item := compiled.find(key[0])) is not None and not item.check(answer)
        }
        return LastVisit(local_start(self.get(last)).date(), shown)

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
                    evaluator=one_line(evaluator),
                    created_at=unit.at,
                )
            )
            visit_id = self._insert(
                unit,
                location_id,
                checklist_version_id,
                status=VisitStatus.PLANNED,
                assignment_id=key,
                wave_id=wave_id,
                evaluator=one_line(evaluator),
                total=total,
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
                evaluator=one_line(evaluator),
                started_at=_start(unit.at, on, zone),
                total=total,
            )
        return self.get(visit_id)

    def begin(self, visit_id: int, zone: str, evaluator: str) -> VisitRecord:
        """A planned visit becomes a draft, begun now."""
        with self._store.unit() as unit:
            record = self._move(unit, visit_id, VisitStatus.DRAFT)
            values = {"zone": zone, "evaluator": one_line(evaluator) or record.evaluator}
            day = unit.at.astimezone(_zone(zone)).date()
            started = _start(unit.at, day, zone)
            unit.execute(_row(visit_id).values(started_at=started, **values))
        return self.get(visit_id)

    def reopen(self, visit_id: int) -> VisitRecord:
        """A visit that was sent back becomes a draft again, of the next revision."""
        with self._store.unit() as unit:
            record = queries.visit(unit.connection, visit_id)
            if record.status is not VisitStatus.SENT_BACK:
                raise _illegal(record)
            self._move(unit, visit_id, VisitStatus.DRAFT)
            unit.execute(_row(visit_id).values(revision=VISIT.c.revision + 1))
        return self.get(visit_id)

    def _questions(self, version_id: int) -> int:
        """How many questions an untouched visit asks. Raises NotFoundError."""
        now = self._store.clock().replace(tzinfo=None)
        return Filling(self._checklists.get(version_id), {}, now).progress().total

    def _known_location(self, unit: Unit, location_id: int) -> int:
        found = unit.execute(select(LOCATION.c.id).where(LOCATION.c.id == location_id)).scalar()
        if found is None:
            raise NotFoundError("location", "There is no such location here.")
        return int(found)

    def _insert(
        self, unit: Unit, location_id: int, version_id: int, status: VisitStatus, **values: object
    ) -> int:
        number = queries.visit_number(int(unit.execute(_NEXT_NUMBER).scalar_one()))
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
        self, visit_id: int, key: AnswerKey, answer: Answer, progress: Progress
    ) -> Saved:
        """Keep ``answer``; a blank one removes the row. It is on disk when this returns.

        ``progress`` is the visit's after this answer. Raises FormsError for an answer that the
        question refuses, RefusedError when the visit is no draft, NotSavedError when the disk
        refuses; in each case the answer before it stands.
        """
        item = self._compiled(visit_id).item(key[0])
        stored_answers.check(item, answer)
        stored = stored_answers.to_stored(key, answer)
        counted = (progress.answered, progress.total)
        try:
            return saving.save_answer(self._store, visit_id, stored, counted, item.section.id)
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
        if key is not None:
            self._compiled(visit_id).item(key[0])
        prepared = source if isinstance(source, Prepared) else prepare(source, name, kind)
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
        record = queries.visit(unit.connection, visit_id)
        if not may_become(record.status, to):
            raise _illegal(record)
        unit.execute(_row(visit_id).values(status=to.value, version=VISIT.c.version + 1))
        told = {"number": record.number, "revision": record.revision, **payload}
        events.append(unit, f"visit.{to.value}", visit_id, told)
        unit.touch(_touched(visit_id))
        return record


def local_start(record: VisitRecord) -> datetime:
    """The visit's start as local time of its zone: what ``today()`` and ``now()`` are."""
    moment = record.started_at or datetime.combine(
        record.planned_for or date(2000, 1, 1), datetime.min.time(), UTC
    )
    zone = _zone(record.zone) if record.started_at else UTC
    return moment.astimezone(zone).replace(tzinfo=None)


def _start(now: datetime, on: date, zone: str) -> datetime:
    """``on`` in ``zone``, at the time of day that it is there now."""
    place = _zone(zone)
    clock = now.astimezone(place).time().replace(microsecond=0)
    return datetime.combine(on, clock, place).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: "Asia", a folder
        raise RefusedError(
            "zone", "{zone} is no time zone. Name one like Asia/Ho_Chi_Minh.", zone=name
        ) from error


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
