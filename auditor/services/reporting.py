"""Reports: a snapshot from rows, then paper. Rendering itself never asks the database."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from auditor.domain.errors import RefusedError
from auditor.domain.facts import VisitRules, daypart_of
from auditor.domain.issued import revision_letters
from auditor.domain.records import EvidenceRecord
from auditor.domain.visits import REVIEWED, SUBMITTED, VisitStatus
from auditor.domain.work import Cancel, Progress, silent
from auditor.services.branding import paper_brand, paper_page, paper_template
from auditor.services.open_visit import OpenVisit
from auditor.services.report_batch import Batch
from auditor.services.report_files import Shelf, Written
from auditor.services.report_names import PATTERN
from auditor.services.report_rank import Swings, Waves, rank_of
from auditor.store.queries import drafts as draft_queries
from auditor.store.queries import issued as issued_queries
from auditor.store.queries import reports as report_queries
from auditor.store.queries import visits as visit_queries
from auditor.store.queries.reports import EarlierVisit, Surroundings
from forms.answers import Answer, AnswerKey, Value
from forms.scorecard import ENGINE_VERSION, Scorecard, Status
from forms.scoring import score
from reports.comparisons import ENOUGH_CHANGES
from reports.errors import ReportError
from reports.findings import worth
from reports.protecting import Protection
from reports.revising import with_changes
from reports.snapshot import (
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

#: What may stand on paper for an evaluator: a code with a digit in it, never a name; and never
#: figures alone that are as long as a telephone's or an identity card's.
_CODE = re.compile(r"(?=.*\d)(?!(?:[._-]*\d){9,}$)[A-Za-z0-9._-]{1,16}")
#: Earlier visits that a report tells of.
PAST = 12


class Reports:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._waves = Waves(workspace)
        self._swings = Swings(workspace)
        self.issuing = workspace.issuing

    def latest_of_each_location(self) -> list[int]:
        """The latest submitted visit of each location, in the order of their codes."""
        return self._workspace.read(visit_queries.latest_submitted)

    # snapshots

    def snapshot(
        self,
        visit_id: int,
        language: str,
        *,
        page: PageSize | None = None,
        created: date | None = None,
    ) -> ReportSnapshot:
        """All that the report of a submitted visit says. ``page`` None is that of the client.
        ``created`` is the printed date; the default is the day of submission, so that the same
        visit gives the same bytes later.

        Raises NotFoundError, and RefusedError ``not_submitted`` or ``score_changed``.
        """
        workspace = self._workspace
        opened = workspace.visits.open(visit_id)
        if opened.record.status is VisitStatus.VOID:
            raise RefusedError(
                "void",
                "Visit {number} is void, so there is no report of it.",
                number=opened.record.number,
            )
        if opened.record.status not in SUBMITTED:
            raise RefusedError(
                "not_submitted",
                "Visit {number} is not submitted yet, so there is no report of it.",
                number=opened.record.number,
            )
        card = score(opened.compiled, opened.answers, opened.at)
        _require_same_score(opened, card)
        around = workspace.read(report_queries.surroundings, visit_id)
        location = workspace.read(visit_queries.location, opened.record.location_id)
        look = workspace.brandings.for_report(visit_id)
        version = opened.record.checklist_version_id
        sha256, canonical = workspace.read(visit_queries.checklist_text, version)
        rules = workspace.read(draft_queries.rules, visit_id)
        made = ReportSnapshot(
            language=language,
            page=page or paper_page(look.page),
            created=created
            or _day(opened.record.submitted_at, opened.record.zone)
            or opened.at.date(),
            brand=paper_brand(look.brand, look.footer),
            client=around.client,
            location=Location(location.code, location.name, location.address, location.region),
            program=around.program,
            wave=around.wave,
            visit=_visit(opened, around, rules),
            checklist=canonical,
            checklist_version=opened.record.checklist_version,
            checklist_sha256=sha256,
            answers=_said(opened, card, rules),
            scorecard=card,
            engine=ENGINE_VERSION,
            history=self._history(visit_id, around),
            comparison=self._comparison(opened, around),
            worth=worth(opened.compiled, opened.answers, opened.at, card),
            template=paper_template(None if look.template is None else look.template.input),
            actions=workspace.actions.for_report(visit_id),
        )
        return self._since_issued(opened, made)

    def _since_issued(self, opened: OpenVisit, made: ReportSnapshot) -> ReportSnapshot:
        """With what changed since the report that was issued last of an earlier revision: the one
        that its reader has. Without one there is nothing to compare with."""
        record = opened.record
        if record.revision == 1:
            return made
        last = self._workspace.read(issued_queries.last_before, record.id, record.revision)
        kept = None if last is None else self.issuing.snapshot(last.seal)
        if last is None or kept is None:
            return made
        try:
            old = ReportSnapshot.from_json(kept)
        except ReportError:
            logger.exception("the report of %s that was issued cannot be read", record.number)
            return made
        why = self._workspace.read(issued_queries.why_opened, record.id, last.revision)
        return with_changes(made, old, opened.answers, opened.at, why)

    def _history(self, visit_id: int, around: Surroundings) -> tuple[PastVisit, ...]:
        earlier = self._workspace.read(report_queries.earlier_visits, visit_id, around, PAST)
        return tuple(_past(visit) for visit in earlier)

    def _comparison(self, opened: OpenVisit, around: Surroundings) -> Comparison:
        read = self._workspace.read
        scores = [Decimal(text) for text in read(report_queries.network_scores, around)]
        usual, changes = self._swings.usual(around)
        asked = [i.id for i in opened.compiled.items if i.question.type in ("csat", "nps", "ces")]
        standings, indices = self._waves.around(around, asked)
        return Comparison(
            target=self._target(opened),
            network=_network(scores),
            usual_change=None if usual is None else Decimal(f"{usual:.4f}"),
            changes=changes,
            rank=rank_of(
                standings,
                around.location_id,
                opened.compiled.checklist.scoring.decimals,
                usual if changes >= ENOUGH_CHANGES else None,
            ),
            indices=indices,
        )

    def _target(self, opened: OpenVisit) -> Decimal | None:
        """That of the wave, else of its program, else the pass mark of the checklist."""
        terms = self._workspace.read(draft_queries.terms, opened.record.id)
        if terms is not None and terms.target is not None:
            return terms.target
        return opened.compiled.checklist.scoring.pass_mark

    def images(self, snapshot: ReportSnapshot) -> dict[str, Path]:
        """The print-size JPEGs of ``snapshot`` and its logo that are on disk, by hash."""
        wanted = {p.sha256: p.turn for said in snapshot.answers for p in said.photos}
        files = self._workspace.evidence.files
        paths = {sha256: files.print(sha256, turn) for sha256, turn in wanted.items()}
        if (logo := snapshot.brand.logo) and (printed := files.printed_logo(logo)):
            paths.setdefault(logo, printed)
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
        """One PDF for each visit, as ``bring_up``; returns them in the order of the visits."""
        told = self.bring_up(
            visit_ids, language, out_dir, pattern=pattern, progress=progress, cancel=cancel
        )
        return list(told.files)

    def bring_up(
        self,
        visit_ids: Sequence[int],
        language: str,
        out_dir: Path,
        *,
        pattern: str = PATTERN,
        again: bool = False,
        protection: Protection | None = None,
        progress: Progress = silent,
        cancel: Cancel | None = None,
    ) -> Written:
        """See to it that ``out_dir`` holds the PDF of each visit. One that is there already, as it
        would be made now, is kept unless ``again``; what is no report of that visit is never
        overwritten. With ``protection`` (a password, a signature) each is made anew.

        Every visit stands for itself: those that fail are named by NotAllWrittenError after all
        others are on disk. Raises Cancelled between two reports; what is written stays.
        """
        shelf = Shelf(out_dir, again=again or protection is not None)
        batch = Batch(
            self, language, shelf, progress, cancel or Cancel(), len(visit_ids), protection
        )
        return batch.run(visit_ids, pattern)


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


def _visit(opened: OpenVisit, around: Surroundings, rules: VisitRules) -> Visit:
    """The hour stands on paper where the program lets it and the evaluator told the arrival."""
    record = opened.record
    arrived = around.arrived_at
    began = opened.at if arrived is None else _local(arrived, record.zone)
    minutes = None
    if arrived is not None and around.left_at is not None and around.left_at >= arrived:
        minutes = int((around.left_at - arrived).total_seconds() // 60)
    told = began.strftime("%H:%M") if arrived is not None and not rules.dayparts_only else None
    part = Daypart(opened.facts.daypart or daypart_of(began.hour))
    return Visit(
        number=record.number,
        revision=revision_letters(record.revision),
        reviewed=record.status in REVIEWED,
        on=began.date(),
        evaluator=printed_code(record.evaluator),
        time=told,
        daypart=None if told else part,
        minutes=minutes,
    )


def printed_code(evaluator: str) -> str:
    """The code of an evaluator; "" for what may be a name or a number of a person."""
    return evaluator if _CODE.fullmatch(evaluator) else ""


def _without_clock(kind: str, value: Value | None) -> Value | None:
    """Times as parts of the day: clients never get the minute at which somebody stood there."""
    if not isinstance(value, str) or kind not in ("time", "datetime") or not value:
        return value
    day, _, clock = value.rpartition("T")
    return f"{day} {daypart_of(int(clock[:2]))}".strip()


def _local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _day(moment: datetime | None, zone: str) -> date | None:
    return None if moment is None else _local(moment, zone).date()


def _said(opened: OpenVisit, card: Scorecard, rules: VisitRules) -> tuple[Said, ...]:
    """The answers in the checklist's order, without those of hidden questions."""
    hidden = {(q.id, q.instance) for q in card.questions if q.status is Status.HIDDEN}
    order = {item.id: at for at, item in enumerate(opened.compiled.items)}
    keys = sorted(opened.answers.keys() - hidden, key=lambda key: (order[key[0]], key[1]))
    kinds = {item.id: item.question.type for item in opened.compiled.items}
    found = []
    for key in keys:
        answer = opened.answers[key]
        value = _without_clock(kinds[key[0]], answer.value) if rules.dayparts_only else answer.value
        found.append(_said_one(key, value, answer, opened.evidence))
    return tuple(found)


def _said_one(
    key: AnswerKey, value: Value | None, answer: Answer, evidence: Mapping[str, EvidenceRecord]
) -> Said:
    held = [evidence[sha256] for sha256 in answer.evidence if sha256 in evidence]
    photos = [record for record in held if record.kind in ("photo", "signature")]
    return Said(
        question=key[0],
        instance=key[1],
        value=value,
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
    n, whole = len(scores), Fraction(sum(scores))
    mean = whole / n
    if n < 2:
        return Network(mean, n)
    squares = Fraction(sum(score * score for score in scores))  # decimals: no digit is lost
    square = (squares - whole * mean) / (n - 1)
    exact = Decimal(square.numerator) / Decimal(square.denominator)
    return Network(mean, n, exact.sqrt().quantize(Decimal("0.0001")))
