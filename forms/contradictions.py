"""Answers of one visit that contradict each other, or words that contradict their answer.

Nothing here is an error: the person who was there decides, and each finding says how sure it is.
Hidden questions, refused values and N/A never take part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forms.problems import Problem

if TYPE_CHECKING:
    from forms.compiled import Item


class Sureness(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """``problem`` is its sentence, a warning at ``question``; ``other`` is the second question
    that it speaks of. ``causes`` are the values that it follows from: the same causes are the
    same contradiction."""

    problem: Problem
    question: str
    other: str | None
    sure: Sureness
    causes: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.problem.code

    def speaks_of(self, item: Item) -> bool:
        return item.id in (self.question, self.other)
