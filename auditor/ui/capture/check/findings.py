"""What the check says of a draft, as data: what must be mended, and what may stay with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from auditor.domain.facts import Kept
from auditor.domain.keeping import TRAY, of_problem, of_tray, problem_key
from auditor.domain.obligations import Lacking
from auditor.domain.suspicions import Sureness, Suspicion
from auditor.ui.capture.cards.options import look_of
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.drafting.draft import Draft
from auditor.ui.capture.drafting.faces import Counts
from auditor.ui.capture.drafting.notes import Note, NoteKind
from auditor.ui.theme import Tone
from auditor.words import mark
from forms.compiled import Item
from forms.problems import Problem, Severity

_ICONS = {
    "photo-missing": "camera",
    "photos-least": "camera",
    "receipt-needed": "receipt-text",
    "comment-missing": "message-square",
    "too-few-words": "message-square-text",
    "too-long": "message-square-text",
    "left-blank": "list-checks",
    "contradicts-timer": "timer",
    "negative-comment": "message-square-warning",
    "comment-repeated": "copy",
    "comment-capitals": "case-upper",
    "comment-thin": "message-square-text",
}
SURENESS = {Sureness.LIKELY: mark("Quite sure"), Sureness.POSSIBLE: mark("Perhaps")}


class Goal(Enum):
    """Where the button of a finding goes."""

    QUESTION = auto()
    BLANK = auto()  # the first question without an answer
    FACTS = auto()
    TRAY = auto()


@dataclass(frozen=True, slots=True)
class Side:
    """One of two facts that do not fit together."""

    question: str
    number: str
    title: str
    answer: str
    tone: Tone
    icon: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One entry of the check. ``key`` is its identity. Where ``fingerprint`` is given it may be
    kept, and ``reason`` says why it was; ``sure`` is a word of ``SURENESS`` or ""."""

    key: str
    severity: Severity
    icon: str
    number: str
    title: str
    sentence: str
    goal: Goal = Goal.QUESTION
    question: str | None = None
    fingerprint: str = ""
    reason: str = ""
    sure: str = ""
    sides: tuple[Side, ...] = ()
    sha256: str | None = None
    marked: bool = False

    @property
    def open(self) -> bool:
        """It still asks for something."""
        return not self.reason


def findings_of(desk: Desk) -> list[Finding]:
    """All of the check: of each kind in the checklist's order."""
    draft = desk.draft
    problems = draft.filling.problems()
    return [
        *(_of_problem(draft, each, each.where.question) for each in problems if _placed(each)),
        *(_of_lacking(draft, each) for each in draft.lacking()),
        *(_of_suspicion(desk, each) for each in draft.suspicions()),
        *_running(desk),
        *_marked(desk),
        *_unused(desk),
        *(_of_blank(desk, each) for each in problems if not _placed(each)),
    ]


def keep(draft: Draft, finding: Finding, reason: str) -> None:
    """Leave it as it is; one step to undo, and on disk like an answer."""
    draft.change_note(Note(NoteKind.KEPT, finding.key), Kept(finding.fingerprint, reason))


def take_back(draft: Draft, key: str) -> None:
    """Ask again."""
    draft.change_note(Note(NoteKind.KEPT, key), None)


def counts_of(draft: Draft, findings: Iterable[Finding]) -> tuple[dict[str, int], dict[str, int]]:
    """How many errors, and how many open warnings, there are in each section."""
    counts: Counts = ({}, {})
    for finding in findings:
        if finding.question is not None and finding.open:
            section = draft.compiled.item(finding.question).section.id
            into = counts[finding.severity is not Severity.ERROR]
            into[section] = into.get(section, 0) + 1
    return counts


def full_title(draft: Draft, item: Item) -> str:
    """A row of a matrix with its question."""
    title = draft.text(item.label)
    return title if item.row is None else f"{draft.text(item.question.label)} · {title}"


def _kept(draft: Draft, key: str, fingerprint: str) -> str:
    kept = draft.kept.get(key)
    return kept.reason if kept is not None and kept.fingerprint == fingerprint else ""


def _placed(problem: Problem) -> bool:
    return problem.where.question is not None


def _of_problem(draft: Draft, problem: Problem, question: str | None) -> Finding:
    assert question is not None
    item = draft.compiled.item(question)
    key = problem_key(problem)
    warns = problem.severity is not Severity.ERROR
    fingerprint = of_problem(problem, draft.filling) if warns else ""
    return Finding(
        key,
        problem.severity,
        _ICONS.get(problem.code, "circle-alert"),
        item.number,
        full_title(draft, item),
        problem.text(draft.language),
        question=question,
        fingerprint=fingerprint,
        reason=_kept(draft, key, fingerprint) if warns else "",
    )


def _of_lacking(draft: Draft, lacking: Lacking) -> Finding:
    """What the program asks for: a receipt stands with the facts, photos belong to questions."""
    goal, question = Goal.FACTS, None
    if lacking.code == "photos-least":
        goal = Goal.TRAY if draft.tray else Goal.QUESTION
        question = _where_photos_go(draft) if goal is Goal.QUESTION else None
    return Finding(
        lacking.code,
        Severity.ERROR,
        _ICONS[lacking.code],
        "",
        lacking.title(draft.language),
        lacking.text(draft.language),
        goal,
        question,
    )


def _where_photos_go(draft: Draft) -> str:
    """The first question for photos that has none, else any for photos, else the first."""
    asked = [item for item in draft.compiled.items if draft.filling.relevant(item.id)]
    for_photos = [item for item in asked if item.question.type == "photo"]
    bare = [item for item in for_photos if not draft.answer(item).evidence]
    return (bare or for_photos or asked or [draft.compiled.items[0]])[0].id


def _of_blank(desk: Desk, problem: Problem) -> Finding:
    """What is said of the visit as a whole: questions that may stay blank."""
    key = problem_key(problem)
    fingerprint = of_problem(problem, desk.draft.filling)
    count = int(problem.values.get("count", "0"))
    title = desk.words.plural(
        "{count} optional question has no answer",
        "{count} optional questions have no answer",
        count,
    )
    return Finding(
        key,
        problem.severity,
        _ICONS.get(problem.code, "list-checks"),
        "",
        title,
        desk.words("Answer them, or leave them blank."),
        Goal.BLANK,
        fingerprint=fingerprint,
        reason=_kept(desk.draft, key, fingerprint),
    )


def _of_suspicion(desk: Desk, suspicion: Suspicion) -> Finding:
    draft = desk.draft
    item = None if suspicion.question is None else draft.compiled.item(suspicion.question)
    in_tray = item is None and suspicion.sha256 is not None
    sure = SURENESS.get(suspicion.sure, "")
    return Finding(
        suspicion.key,
        Severity.WARNING,
        _ICONS.get(suspicion.code, "camera" if suspicion.sha256 else "clock"),
        "" if item is None else item.number,
        suspicion.title(draft.language),
        suspicion.text(draft.language),
        Goal.TRAY if in_tray else Goal.FACTS if item is None else Goal.QUESTION,
        suspicion.question,
        suspicion.fingerprint,
        _kept(draft, suspicion.key, suspicion.fingerprint),
        desk.words(sure) if sure else "",
        tuple(_sides(desk, suspicion)),
        suspicion.sha256,
    )


def _sides(desk: Desk, suspicion: Suspicion) -> Iterator[Side]:
    """Two answers that contradict each other; photos and words that are the same are no such."""
    first, other = suspicion.question, suspicion.other
    if first is None or other is None or suspicion.sha256 or suspicion.code == "comment-repeated":
        return
    for id in (first, other):
        item = desk.draft.compiled.item(id)
        answer = desk.draft.answer(item)
        timed = item.question.type == "duration"
        tone, icon = (Tone.WARNING, "timer") if timed else look_of(item, answer)
        yield Side(
            id,
            item.number,
            full_title(desk.draft, item),
            item.read(answer, desk.draft.language) or desk.words("No answer"),
            tone,
            icon,
            desk.words("measured") if timed else desk.words("your answer"),
        )


def _running(desk: Desk) -> Iterator[Finding]:
    for question in desk.stopwatches.running:
        item = desk.draft.compiled.item(question)
        said = desk.words("The stopwatch still runs. Stop it, or its time is not kept.")
        title = full_title(desk.draft, item)
        warning, key = Severity.WARNING, f"running:{item.id}"
        yield Finding(key, warning, "timer", item.number, title, said, question=item.id)


def _marked(desk: Desk) -> Iterator[Finding]:
    said = desk.words("You marked it for later. Look at it again, or take the mark off.")
    for item in desk.draft.marked:
        title = full_title(desk.draft, item)
        yield Finding(
            f"later:{item.id}",
            Severity.WARNING,
            "bookmark",
            item.number,
            title,
            said,
            question=item.id,
            marked=True,
        )


def _unused(desk: Desk) -> Iterator[Finding]:
    draft, count = desk.draft, len(desk.draft.tray)
    if not count:
        return
    title = desk.words.plural(
        "{count} photo belongs to no question",
        "{count} photos belong to no question",
        count,
    )
    said = desk.words("Drag each to its question, or leave it: what stays in the tray is not sent.")
    fingerprint = of_tray(draft.tray)
    yield Finding(
        TRAY,
        Severity.WARNING,
        "inbox",
        "",
        title,
        said,
        Goal.TRAY,
        fingerprint=fingerprint,
        reason=_kept(draft, TRAY, fingerprint),
    )
