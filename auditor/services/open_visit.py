"""A visit with all that is needed to fill, check or report it, read in one go."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from auditor.domain.facts import Briefing, Kept, VisitFacts, VisitRules
from auditor.domain.keeping import fingerprints
from auditor.domain.records import EvidenceRecord, VisitRecord
from auditor.domain.suspicions import Inspector
from auditor.domain.visits import VisitStatus
from auditor.services import stopwatches, stored_answers
from auditor.services.evidence import Evidence
from auditor.services.local_time import local_start
from auditor.store import backup, driver, failures
from auditor.store.queries import drafts as draft_queries
from auditor.store.queries import visits as visit_queries
from auditor.store.queries.drafts import Spot
from auditor.store.units import Store
from forms.answers import Answer, AnswerKey
from forms.compiled import CompiledChecklist
from forms.complaint_words import ComplaintWords
from forms.filling import Filling

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LastVisit:
    """What was answered at the latest visit of the same location, where the program shows it.
    ``on`` is its local day."""

    on: date
    answers: dict[AnswerKey, Answer]


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """``at`` is its start, local time; ``stopwatches`` are those that run, with their start in
    UTC, ``clock_moved`` those under which the clock was changed; ``tray`` the photos that wait
    for a question; ``kept`` the suspicions left as they are; ``elsewhere`` the numbers of other
    visits that hold a file of this one."""

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

    def reasons(self, filling: Filling) -> dict[str, str]:
        """Why things stay as they are, by their key. A reason that was given for another cause is
        none any more."""
        if not self.kept:
            return {}
        inspector = Inspector(self.compiled, self.complaint_words)
        found = inspector.all(
            filling, self.facts, self.evidence, self.at, self.elsewhere, self.rules.windows
        )
        now = fingerprints(filling, found, self.tray)
        return {
            key: kept.reason for key, kept in self.kept.items() if now.get(key) == kept.fingerprint
        }


def read_visit(
    store: Store,
    evidence: Evidence,
    words: ComplaintWords,
    record: VisitRecord,
    compiled_of: Callable[[int], CompiledChecklist],
) -> OpenVisit:
    """All of a visit. ``compiled_of`` gives the checklist of a visit by its id.

    Raises WorkspaceError ``damaged`` where a row holds what nobody wrote: a disk can spoil words in
    a page that SQLite finds whole.
    """
    try:
        return _read(store, evidence, words, record, compiled_of)
    except ValueError as error:
        logger.exception("a row of %s cannot be read", record.number)
        good = backup.newest_good(store.folder, store.clock())
        raise failures.damaged(store.folder / driver.DATABASE, good) from error


def _read(
    store: Store,
    evidence: Evidence,
    words: ComplaintWords,
    record: VisitRecord,
    compiled_of: Callable[[int], CompiledChecklist],
) -> OpenVisit:
    read, visit_id = store.read, record.id
    compiled = compiled_of(visit_id)
    rules = read(draft_queries.rules, visit_id)
    return OpenVisit(
        record=record,
        compiled=compiled,
        answers=stored_answers.from_stored(compiled, read(visit_queries.answers, visit_id)),
        evidence=evidence.of_visit(visit_id),
        at=local_start(record),
        writable=record.status is VisitStatus.DRAFT and store.write,
        stopwatches=read(stopwatches.running, visit_id, compiled),
        clock_moved=read(stopwatches.moved, visit_id),
        facts=read(draft_queries.facts, visit_id),
        tray=read(draft_queries.tray, visit_id),
        kept=read(draft_queries.kept, visit_id),
        briefing=read(draft_queries.briefing, visit_id, evidence.files),
        rules=rules,
        elsewhere=read(draft_queries.elsewhere, visit_id),
        spot=read(draft_queries.spot, visit_id),
        last_visit=_last(store, visit_id, compiled_of) if rules.show_last_visit else None,
        complaint_words=words,
    )


def _last(
    store: Store, visit_id: int, compiled_of: Callable[[int], CompiledChecklist]
) -> LastVisit | None:
    """Answers of the visit before that the checklist version of this one understands."""
    last = store.read(draft_queries.last_submitted_here, visit_id)
    if last is None:
        return None
    rows, compiled = store.read(visit_queries.answers, last), compiled_of(visit_id)
    shown = {
        key: answer
        for key, answer in stored_answers.from_stored(compiled_of(last), rows).items()
        if (item := compiled.find(key[0])) is not None and not item.check(answer)
    }
    return LastVisit(local_start(store.read(visit_queries.visit, last)).date(), shown)
