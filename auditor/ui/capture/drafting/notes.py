"""What a draft holds beside its answers, each under a name: undo and saving go by that name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from forms.answers import AnswerKey


class NoteKind(StrEnum):
    """What changes: its value is given in brackets."""

    FACTS = "facts"  # VisitFacts
    TRAY = "tray"  # the hashes of the photos that wait for a question
    CAPTION = "caption"  # of a file: str
    TURN = "turn"  # of a photo, clockwise: 0, 90, 180, 270
    KEPT = "kept"  # of a suspicion: Kept or None
    BRIEFED = "briefed"  # the briefing was read: True
    STOPWATCH = "stopwatch"  # of a question: the Run that is under way, or None


@dataclass(frozen=True, slots=True)
class Note:
    """``id`` is the hash of a file, the key of a suspicion, or a question."""

    kind: NoteKind
    id: str = ""


FACTS, TRAY, BRIEFED = (Note(kind) for kind in (NoteKind.FACTS, NoteKind.TRAY, NoteKind.BRIEFED))

#: What one save writes: an answer, or a note.
Held: TypeAlias = AnswerKey | Note
