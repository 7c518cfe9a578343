"""Reports: a snapshot from rows, then paper. Rendering itself never asks the database."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from auditor.domain.errors import RefusedError, UserError
from auditor.domain.facts import daypart_of
from auditor.domain.records import EvidenceRecord
from auditor.domain.visits import REVIEWED, SUBMITTED
from auditor.domain.work import Cancel, Progress, silent
from auditor.services.open_visit import OpenVisit
from auditor.services.report_names import PATTERN, distinct, file_name
from auditor.services.report_worker import RenderPool
from auditor.store import queries, report_queries
from auditor.store.report_queries import EarlierVisit, Surroundings
from auditor.words import WORDS, mark
from forms.answers import Answer, AnswerKey, Value
from forms.scorecard import ENGINE_VERSION, Scorecard, Status
from forms.scoring import score
from reports.errors import ReportError
from reports.findings import worth
from reports.render import RenderedReport, render
from reports.snapshot import (
    Brand,
    Comparison,
    Daypart,
    Location,
    Network,
    PageSize,
    PastVisit,
    Photo,
    ReportSnapshot,
    Said,
    Visit,
)

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

logger = logging.getLogger(__name__)

#: What may stand on paper for an evaluator: a code with a digit in it, never a name.
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9._-]{1,16}")
#: Earlier visits that a report tells of.
PAST = 12
#: From this many reports on, worker processes are worth their start.
BATCH = 12


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that was not written, and why."""

    visit: str
    error: UserError | ReportError


class NotAllWrittenError(UserError):
    """Some reports of a batch failed. ``written`` are whole and on disk."""

    def __init__(self, written: list[Path], failures: Sequence[Failure]) -> None:
        super().__init__(
            "not_all_written",
            mark("{written} of {total} reports were written. Not written: {reasons}"),
            written=len(written),
            total=len(written) + len(failures),
            reasons=_reasons(failures, "en"),
        )
        self.written = written
        self.failures = tuple(failures)

    def text(self, language: str) -> str:
        """The sentence, and the reasons in it, in ``language``."""
        values = {**self.values, "reasons": _reasons(self.failures, language)}
        return WORDS.text(language, self.message, **values)


def _reasons(failures: Sequence[Failure], language: str) -> str:
    return "; ".join(f"{failure.visit}: {failure.error.text(language)}" for failure in failures)


class Reports:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def latest_of_each_location(self) -> list[int]:
        """The latest submitted visit of each location, in the order of their codes."""
        return self._workspace.read(queries.latest_submitted)

    # snapshots

    def snapshot(
        self,
        visit_id: int,
        language: str,
        *,
        page: PageSize = PageSize.A4,
        created: date | None = None,
    ) -> ReportSnapshot:
        """All that the report of a submitted visit says. ``created`` is the printed date; the
        default is the day of submission, so that the same visit gives the same bytes later.

        Raises NotFoundError, and RefusedError ``not_submitted`` or ``score_changed``.
        """
        workspace = self._workspace
        opened = workspace.visits.open(visit_id)
        if opened.record.status not in SUBMITTED:
            raise RefusedError(
                "not_submitted",
                "Visit {number} is not submitted yet, so there is no report of it.",
                number=opened.record.number,
            )
        card = score(opened.compiled, opened.answers, opened.at)
        _require_same_score(opened, card)
        around = workspace.read(report_queries.surroundings, visit_id)
        location = workspace.read(queries.location, opened.record.location_id)
        brand = workspace.read(queries.brand, around.brand_id)
        version = opened.record.checklist_version_id
        sha256, canonical = workspace.read(queries.checklist_text, version)
        return ReportSnapshot(
            language=language,
            page=page,
            created=created
            or _day(opened.record.submitted_at, opened.record.zone)
            or opened.at.date(),
            brand=Brand(brand.name, brand.colour, brand.colour2, brand.logo),
            client=around.client,
            location=Location(location.code, location.name, location.address, location.region),
            program=around.program,
            wave=around.wave,
            visit=_visit(opened, around),
            checklist=canonical,
            checklist_version=opened.record.checklist_version,
            checklist_sha256=sha256,
            answers=_said(opened, card),
            scorecard=card,
            engine=ENGINE_VERSION,
            history=self._history(visit_id, around),
            comparison=self._comparison(opened, around),
            worth=worth(opened.compiled, opened.answers, opened.at, card),
        )

    def _history(self, visit_id: int, around: Surroundings) -> tuple[PastVisit, ...]:
        earlier = self._workspace.read(report_queries.earlier_visits, visit_id, around, PAST)
        return tuple(_past(visit) for visit in earlier)

    def _comparison(self, opened: OpenVisit, around: Surroundings) -> Comparison:
        read = self._workspace.read
        scores = [Decimal(text) for text in read(report_queries.network_scores, around)]
        usual, changes = read(report_queries.usual_change, around)
        return Comparison(
            target=opened.compiled.checklist.scoring.pass_mark,
            network=_network(scores),
            usual_change=None if usual is None else Decimal(f"{usual:.4f}"),
            changes=changes,
        )

    def images(self, snapshot: ReportSnapshot) -> dict[str, Path]:
        """The print-size JPEGs of ``snapshot`` that are on disk, by hash."""
        wanted = {p.sha256: p.turn for said in snapshot.answers for p in said.photos}
        if snapshot.brand.logo:
            wanted.setdefault(snapshot.brand.logo, 0)
        files = self._workspace.evidence.files
        paths = {sha256: files.print(sha256, turn) for sha256, turn in wanted.items()}
        return {sha256: path for sha256, path in sorted(paths.items()) if path.exists()}

    # files

    def write(
        self,
        visit_ids: Sequence[int],
        language: str,
        out_dir: Path,
        pattern: str = PATTERN,
        progress: Progress = silent,
        cancel: Cancel | None = None,
    ) -> list[Path]:
        """One PDF for each visit; returns the files, in the order of the visits.

        Every visit stands for itself: those that fail are named by NotAllWrittenError after all
        others are on disk. Raises Cancelled between two reports; what is written stays.
        """
        batch = _Batch(self, language, out_dir, progress, cancel or Cancel(), len(visit_ids))
        jobs = list(batch.jobs(visit_ids, pattern))
        workers = min(len(jobs), os.cpu_count() or 1)
        if len(jobs) >= BATCH and workers > 1:
            batch.in_processes(jobs, workers)
        else:
            batch.here(jobs)
        written = [out for _, out in jobs if out in batch.written]
        if batch.failures:
            raise NotAllWrittenError(written, batch.failures)
        return written


class _Batch:
    """One call of ``write``: snapshots, names, then files, with their failures."""

    def __init__(
        self,
        reports: Reports,
        language: str,
        out_dir: Path,
        progress: Progress,
        cancel: Cancel,
        total: int,
    ) -> None:
        self._reports = reports
        self._language = language
        self._out_dir = out_dir
        self._progress = progress
        self._cancel = cancel
        self._total = total
        self.written: set[Path] = set()
        self.failures: list[Failure] = []

    def jobs(self, visit_ids: Sequence[int], pattern: str) -> Iterator[tuple[ReportSnapshot, Path]]:
        """Snapshots with the file that each goes into; a visit that has none is a failure."""
        self._progress(0, self._total, "")
        snapshots = []
        for visit_id in visit_ids:
            self._cancel.check()
            try:
                snapshots.append(self._reports.snapshot(visit_id, self._language))
            except (UserError, ReportError) as error:
                self._failed(self._number(visit_id), error)
        names = distinct([file_name(pattern, snapshot) for snapshot in snapshots])
        for snapshot, name in zip(snapshots, names, strict=True):
            yield snapshot, self._out_dir / name

    def _number(self, visit_id: int) -> str:
        try:
            return self._reports._workspace.visits.get(visit_id).number
        except UserError:
            return str(visit_id)

    def here(self, jobs: Sequence[tuple[ReportSnapshot, Path]]) -> None:
        for snapshot, out in jobs:
            self._cancel.check()
            try:
                render(snapshot, self._reports.images(snapshot), out)
            except ReportError as error:
                self._failed(snapshot.visit.number, error)
            else:
                self._done(snapshot, out)

    def in_processes(self, jobs: Sequence[tuple[ReportSnapshot, Path]], workers: int) -> None:
        with RenderPool(workers) as pool:
            futures: list[Future[RenderedReport]] = [
                pool.submit(snapshot.to_json(), self._reports.images(snapshot), out)
                for snapshot, out in jobs
            ]
            for (snapshot, out), future in zip(jobs, futures, strict=True):
                self._cancel.check()
                try:
                    future.result()
                except (UserError, ReportError) as error:
                    self._failed(snapshot.visit.number, error)
                else:
                    self._done(snapshot, out)

    def _failed(self, number: str, error: UserError | ReportError) -> None:
        logger.warning("no report of %s: %s", number, error.code)
        self.failures.append(Failure(number, error))
        self._tell(number)

    def _done(self, snapshot: ReportSnapshot, out: Path) -> None:
        self.written.add(out)
        self._tell(snapshot.visit.number)

    def _tell(self, number: str) -> None:
        self._progress(len(self.written) + len(self.failures), self._total, number)


def _require_same_score(opened: OpenVisit, card: Scorecard) -> None:
    """What is printed is what was kept when the visit was handed in."""
    kept = opened.record.score
    now = None if card.score is None else f"{card.score:f}"
    if kept == now:
        return
    raise RefusedError(
        "score_changed",
        "Visit {number} was handed in with {kept} and now comes to {now}: its data were changed "
        "from outside. Run “auditor doctor”.",
        number=opened.record.number,
        kept=kept or "–",
        now=now or "–",
    )


def _visit(opened: OpenVisit, around: Surroundings) -> Visit:
    record = opened.record
    arrived = around.arrived_at
    began = opened.at if arrived is None else _local(arrived, record.zone)
    minutes = None
    if arrived is not None and around.left_at is not None and around.left_at >= arrived:
        minutes = int((around.left_at - arrived).total_seconds() // 60)
    return Visit(
        number=record.number,
        revision=revision_letters(record.revision),
        reviewed=record.status in REVIEWED,
        on=began.date(),
        evaluator=record.evaluator if _CODE.fullmatch(record.evaluator) else "",
        daypart=Daypart(opened.facts.daypart or daypart_of(began.hour)),
        minutes=minutes,
    )


def _without_clock(kind: str, value: Value | None) -> Value | None:
    """Times as parts of the day: clients never get the minute at which somebody stood there."""
    if not isinstance(value, str) or kind not in ("time", "datetime") or not value:
        return value
    day, _, clock = value.rpartition("T")
    return f"{day} {daypart_of(int(clock[:2]))}".strip()


def revision_letters(revision: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while revision > 0:
        revision, rest = divmod(revision - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _day(moment: datetime | None, zone: str) -> date | None:
    return None if moment is None else _local(moment, zone).date()


def _said(opened: OpenVisit, card: Scorecard) -> tuple[Said, ...]:
    """The answers in the checklist's order, without those of hidden questions."""
    hidden = {(q.id, q.instance) for q in card.questions if q.status is Status.HIDDEN}
    order = {item.id: at for at, item in enumerate(opened.compiled.items)}
    keys = sorted(opened.answers.keys() - hidden, key=lambda key: (order[key[0]], key[1]))
    kinds = {item.id: item.question.type for item in opened.compiled.items}
    return tuple(
        _said_one(key, kinds[key[0]], opened.answers[key], opened.evidence) for key in keys
    )


def _said_one(
    key: AnswerKey, kind: str, answer: Answer, evidence: Mapping[str, EvidenceRecord]
) -> Said:
    held = [evidence[sha256] for sha256 in answer.evidence if sha256 in evidence]
    photos = [record for record in held if record.kind in ("photo", "signature")]
    return Said(
        question=key[0],
        instance=key[1],
        value=_without_clock(kind, answer.value),
        not_applicable=answer.not_applicable,
        comment=answer.comment,
        photos=tuple(Photo(record.sha256, record.caption, record.turn) for record in photos),
        files=len(answer.evidence) - len(photos),
    )


def _past(visit: EarlierVisit) -> PastVisit:
    return PastVisit(
        on=_local(visit.started_at, visit.zone).date(),
        wave=visit.wave,
        score=Decimal(visit.score),
        sections={section: Fraction(ratio) for section, ratio in visit.ratios.items()},
        failed=visit.failed,
    )


def _network(scores: Sequence[Decimal]) -> Network | None:
    """Mean and standard deviation (of a sample) of the other locations' scores."""
    if not scores:
        return None
    n = len(scores)
    mean: Fraction = sum((Fraction(score) for score in scores), Fraction(0)) / n
    if n < 2:
        return Network(mean, n)
    square = sum(((Fraction(score) - mean) ** 2 for score in scores), Fraction(0)) / (n - 1)
    exact = Decimal(square.numerator) / Decimal(square.denominator)
    return Network(mean, n, exact.sqrt().quantize(Decimal("0.0001")))
