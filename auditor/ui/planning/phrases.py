"""What a planned visit says about itself, in the office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from auditor.domain.assignments import OPEN, AssignmentRecord, DayCount
from auditor.domain.facts import Daypart
from auditor.domain.places import REGION_SEPARATOR
from auditor.domain.visits import VisitStatus
from auditor.ui import when
from auditor.ui.commands.studies import KeptWave
from auditor.ui.home.phrases import STATUS
from auditor.ui.theme import Tone
from auditor.words import Words, mark

DAYPARTS = {
    Daypart.MORNING: mark("Morning"),
    Daypart.MIDDAY: mark("Midday"),
    Daypart.AFTERNOON: mark("Afternoon"),
    Daypart.EVENING: mark("Evening"),
    Daypart.NIGHT: mark("Night"),
}
#: What an office asks for: a word, and the statuses it stands for.
KINDS: tuple[tuple[str, frozenset[VisitStatus]], ...] = (
    (mark("All but cancelled"), frozenset(VisitStatus) - {VisitStatus.VOID}),
    (mark("Not begun"), frozenset({VisitStatus.PLANNED})),
    (mark("Begun"), frozenset({VisitStatus.DRAFT, VisitStatus.SENT_BACK})),
    (mark("Handed in"), frozenset(VisitStatus) - OPEN - {VisitStatus.VOID}),
    (mark("Cancelled"), frozenset({VisitStatus.VOID})),
)


def status(words: Words, record: AssignmentRecord) -> tuple[str, Tone, str]:
    if record.status is VisitStatus.VOID:
        return words("Cancelled"), Tone.NEUTRAL, "x"
    text, tone, icon = STATUS[record.status]
    return words(text), tone, icon


def state(words: Words, record: AssignmentRecord, today: date) -> tuple[str, Tone, str]:
    """How late it is, else its status."""
    if record.overdue(today) and record.due is not None:
        return when.deadline(words, record.due, today)
    return status(words, record)


def evaluator(words: Words, record: AssignmentRecord) -> str:
    """ "EV-07 · Trần Thị Bích"; "Nobody yet"."""
    if not record.evaluator:
        return words("Nobody yet") if record.status in OPEN else "–"
    return " · ".join(part for part in (record.evaluator, record.evaluator_name) if part)


def day(words: Words, record: AssignmentRecord, today: date) -> str:
    """Its planned day; without one the days in which it may be made."""
    if record.planned_for is not None:
        return when.day(words, record.planned_for, today)
    if record.due is not None:
        return words("until {day}", day=when.day(words, record.due, today))
    return "–"


def days(words: Words, record: AssignmentRecord, today: date) -> str:
    """All its days in one line: "12 Nov, not before 10 Nov, due 15 Nov"."""
    parts = []
    if record.planned_for is not None:
        parts.append(when.day(words, record.planned_for, today))
    if record.not_before is not None and record.not_before != record.planned_for:
        parts.append(words("not before {day}", day=when.day(words, record.not_before, today)))
    if record.due is not None:
        parts.append(words("due {day}", day=when.day(words, record.due, today)))
    return ", ".join(parts) or words("no days given")


def region(path: str) -> str:
    """The path of names from the narrowest: "Quận 1, TP.HCM, Miền Nam"; "–" without one."""
    return ", ".join(reversed(path.split(REGION_SEPARATOR))) if path else "–"


def visits(words: Words, count: int) -> str:
    return words.plural("{count} visit", "{count} visits", count)


def kept_wave(words: Words, kept: KeptWave) -> str:
    """That a wave is saved, and what became of its planned visits."""
    told = [words("The wave {name} is saved.", name=kept.name)]
    moved = kept.moved
    if moved is not None:
        told.append(words.plural("{count} visit is moved.", "{count} visits are moved.",
                                 moved.visits))  # fmt: skip
        gone = moved.released
        if gone:
            told.append(words.plural("{count} visit is now unassigned.",
                                     "{count} visits are now unassigned.", gone))  # fmt: skip
    if kept.broken:
        told.append(broken(words, kept.broken))
    return " ".join(told)


def broken(words: Words, count: int) -> str:
    return words.plural("{count} planned visit breaks a rule now.",
                        "{count} planned visits break a rule now.", count)  # fmt: skip


def day_parts(words: Words, count: DayCount, today: date) -> list[tuple[str, Tone]]:
    """What a day of the calendar says under its number, what asks for attention first."""
    waiting = sum(count.by_status.get(status, 0) for status in OPEN)
    begun = waiting - count.by_status.get(VisitStatus.PLANNED, 0)
    parts: list[tuple[int, str, Tone]] = []
    late = count.day < today
    if late:
        parts.append((waiting, words("{count} not handed in", count=waiting), Tone.WARNING))
    parts.append((count.unassigned, words("{count} no one yet", count=count.unassigned),
                  Tone.WARNING))  # fmt: skip
    if not late:
        planned = waiting - begun
        parts.append((planned, words("{count} to do", count=planned), Tone.NEUTRAL))
        parts.append((begun, words("{count} begun", count=begun), Tone.ACCENT))
    done = count.total - waiting
    parts.append((done, words("{count} handed in", count=done), Tone.SUCCESS))
    return [(text, tone) for number, text, tone in parts if number]


def some(names: Sequence[str], words: Words, most: int = 3) -> str:
    """ "A, B, C and 12 more"."""
    said = ", ".join(names[:most])
    more = len(names) - most
    return words("{names} and {count} more", names=said, count=more) if more > 0 else said


def ids(records: Iterable[AssignmentRecord]) -> tuple[int, ...]:
    return tuple(record.visit_id for record in records)
