"""How an action's status, day and place are said."""

from __future__ import annotations

from datetime import date

from auditor.domain.action_words import STATUS_NAMES
from auditor.domain.actions import PENDING, ActionRecord, ActionStatus
from auditor.ui import when
from auditor.ui.theme import Tone
from auditor.words import Words, mark

_MARKS = {
    ActionStatus.OPEN: (Tone.NEUTRAL, "square"),
    ActionStatus.UNDER_WAY: (Tone.ACCENT, "play"),
    ActionStatus.DONE: (Tone.WARNING, "eye"),
    ActionStatus.CLOSED: (Tone.SUCCESS, "circle-check"),
    ActionStatus.DROPPED: (Tone.NEUTRAL, "x"),
}
#: What a button says that moves an action there, with its icon.
VERBS = {
    ActionStatus.UNDER_WAY: ("play", mark("Begin")),
    ActionStatus.DONE: ("check", mark("Mark as done")),
    ActionStatus.CLOSED: ("circle-check", mark("Close the action")),
    ActionStatus.OPEN: ("rotate-ccw", mark("Open again")),
    ActionStatus.DROPPED: ("x", mark("Drop…")),
}


def status(words: Words, value: ActionStatus) -> tuple[str, Tone, str]:
    tone, icon = _MARKS[value]
    return words(STATUS_NAMES[value]), tone, icon


def due(words: Words, record: ActionRecord, today: date) -> tuple[str, Tone, str] | None:
    """ "3 days late" while somebody has to act; else the plain day. None without a day."""
    if record.due is None:
        return None
    if record.status in PENDING:
        return when.deadline(words, record.due, today)
    return when.day(words, record.due, today), Tone.NEUTRAL, "calendar"


def due_text(words: Words, record: ActionRecord, today: date) -> str:
    found = due(words, record, today)
    return words("No day") if found is None else found[0]
