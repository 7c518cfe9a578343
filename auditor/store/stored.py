"""Rows that services turn into something else: answers and section scores as they lie on disk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer as it lies on disk: ``value`` and ``evidence`` are JSON text."""

    question: str
    instance: int
    value: str | None
    not_applicable: bool
    comment: str
    evidence: str
    later: bool = False

    @property
    def blank(self) -> bool:
        """True when there is nothing in it to keep."""
        nothing = self.value is None and not self.not_applicable and not self.comment
        return nothing and self.evidence == "[]" and not self.later


@dataclass(frozen=True, slots=True)
class StoredSectionScore:
    """A section of a kept score. Exact figures are fractions as text; ``percent`` 0 to 100."""

    section: str
    earned: str
    possible: str
    ratio: str | None
    percent: float | None
    weight: str
