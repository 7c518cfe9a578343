"""An answer: a value, or not applicable, or unanswered; a comment; evidence references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Expectation:
    """Expected and perceived on one scale. A draft may hold one of the two."""

    expected: int | None = None
    perceived: int | None = None

    @property
    def complete(self) -> bool:
        return self.expected is not None and self.perceived is not None

    @property
    def gap(self) -> int | None:
        """Perceived less expected; None while one is missing."""
        if self.expected is None or self.perceived is None:
            return None
        return self.perceived - self.expected


#: choice, text, date, time, datetime: str · scales, integer, duration (seconds): int ·
#: decimal: Decimal · choices: tuple of choice ids in the checklist's order · expectation.
#: photo, audio, file, signature have no value: their answer is the evidence.
Value: TypeAlias = str | int | Decimal | tuple[str, ...] | Expectation

#: A question id (``matrix.row`` for a matrix row) and an instance (0 without a repeat).
AnswerKey: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the draft holds for one question of one instance.

    ``evidence`` are references (SHA-256 of the file, hexadecimal), in the evaluator's order.
    ``later`` is the evaluator's mark to come back: of a draft only, never scored nor printed.
    """

    value: Value | None = None
    not_applicable: bool = False
    comment: str = ""
    evidence: tuple[str, ...] = ()
    later: bool = False

    @property
    def blank(self) -> bool:
        """True when there is nothing in it to keep."""
        return (
            self.value is None
            and not self.not_applicable
            and not self.comment
            and not self.evidence
            and not self.later
        )


UNANSWERED = Answer()

Answers: TypeAlias = Mapping[AnswerKey, Answer]
