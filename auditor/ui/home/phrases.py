"""What a visit says about itself on My visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from auditor.domain.my_visits import Group
from auditor.domain.records import VisitRecord
from auditor.domain.visits import VisitStatus
from auditor.ui import when
from auditor.ui.home.groups import checklist_title, when_due
from auditor.ui.theme import Tone
from auditor.words import Words, mark

STATUS: dict[VisitStatus, tuple[str, Tone, str]] = {
    VisitStatus.SUBMITTED: (mark("Submitted"), Tone.ACCENT, "check"),
    VisitStatus.IN_REVIEW: (mark("In review"), Tone.ACCENT, "eye"),
    VisitStatus.ON_HOLD: (mark("On hold"), Tone.WARNING, "pause"),
    VisitStatus.APPROVED: (mark("Approved"), Tone.SUCCESS, "circle-check"),
    VisitStatus.RELEASED: (mark("Released"), Tone.SUCCESS, "check-check"),
    VisitStatus.DISPUTED: (mark("Disputed"), Tone.WARNING, "triangle-alert"),
    VisitStatus.RECALLED: (mark("Recalled"), Tone.WARNING, "undo-2"),
    VisitStatus.DRAFT: (mark("Draft"), Tone.NEUTRAL, "pencil-line"),
    VisitStatus.PLANNED: (mark("Planned"), Tone.NEUTRAL, "calendar"),
    VisitStatus.SENT_BACK: (mark("Sent back"), Tone.DANGER, "undo-2"),
    VisitStatus.VOID: (mark("Void"), Tone.NEUTRAL, "x"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """The words, tone and icon of a chip."""

    text: str
    tone: Tone
    icon: str


def status(words: Words, visit: VisitRecord) -> Mark:
    text, tone, icon = STATUS[visit.status]
    return Mark(words(text), tone, icon)


def deadline(words: Words, visit: VisitRecord) -> Mark | None:
    due = when_due(visit)
    return Mark(*when.deadline(words, due, _today())) if due else None


def _today() -> date:
    return datetime.now().astimezone().date()


def answered(words: Words, visit: VisitRecord) -> str:
    """ "37 of 60 answered"; plain when the total is not known yet."""
    return words("{answered} of {total} answered", answered=visit.answered, total=visit.total)


def saved(words: Words, visit: VisitRecord) -> str:
    at = visit.saved_at or visit.started_at
    return when.moment(words, at, datetime.now(UTC)) if at else ""


def draft_line(words: Words, visit: VisitRecord) -> str:
    """ "Draft of 14:32: 37 of 60 answered, 6 photos."."""
    line = words("Draft of {time}: {progress}", time=saved(words, visit), progress=answered(
        words, visit))  # fmt: skip
    if visit.photos:
        line += ", " + words.plural("{count} photo", "{count} photos", visit.photos)
    return line + "."


def task_line(words: Words, visit: VisitRecord) -> str:
    """The wave and the checklist with its version."""
    title = checklist_title(visit.checklist, words.language)
    checklist = f"{title} {visit.checklist_version}".strip()
    return " · ".join(part for part in (visit.wave, checklist) if part)


def second_line(words: Words, visit: VisitRecord, group: Group, *, whose: bool = False) -> str:
    """``whose``: it begins with the evaluator."""
    name = owner(words, visit) if whose else ""
    return " · ".join(part for part in (name, _state_line(words, visit, group)) if part)


def owner(words: Words, visit: VisitRecord) -> str:
    """The code of its evaluator; "Nobody yet" where an office has still to choose."""
    waits = visit.status is VisitStatus.PLANNED and visit.wave
    return visit.evaluator or (words("Nobody yet") if waits else "")


def _state_line(words: Words, visit: VisitRecord, group: Group) -> str:
    if group is Group.DRAFTS or (group is Group.SENT_BACK and visit.saved_at):
        line = capital(answered(words, visit))
        when_saved = saved(words, visit)
        if when_saved:
            line += " · " + words("saved {time}", time=when_saved)
        return line
    if group is Group.DONE and visit.submitted_at:
        at = when.moment(words, visit.submitted_at, datetime.now(UTC))
        return capital(words("submitted {time}", time=at)) + f" · {task_line(words, visit)}"
    return task_line(words, visit)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def number(words: Words, visit: VisitRecord) -> str:
    if visit.revision > 1:
        return words("{number}, revision {revision}", number=visit.number,
                     revision=visit.revision)  # fmt: skip
    return visit.number


def figure(words: Words, value: str) -> str:
    """A decimal number as text, with the separator of the language."""
    return value.replace(".", ",") if words.language == "vi" else value
