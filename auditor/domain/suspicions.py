"""What does not fit together in a visit: contradicting answers, odd photos, odd times.

A suspicion stops nothing. The evaluator mends it, or keeps it with a reason (``facts.Kept``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from auditor.domain.facts import VisitFacts
from auditor.domain.records import EvidenceRecord
from auditor.words import WORDS
from forms.contradictions import Sureness
from forms.problems import Problem

if TYPE_CHECKING:
    from forms.compiled import CompiledChecklist, Item
    from forms.complaint_words import ComplaintWords
    from forms.filling import Filling

__all__ = ["Inspector", "Sureness", "Suspicion"]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the app: ``message`` is English, marked for translation; ``texts`` are named
    values that read differently in each language."""

    message: str
    values: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def text(self, language: str) -> str:
        texts = {name: text[language] for name, text in self.texts.items()}
        return WORDS.text(language, self.message, **self.values, **texts)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """``key`` is its identity in the visit and ``fingerprint`` stands for what caused it: a
    reason to keep it holds while both are the same. ``question`` and ``other`` are item ids,
    ``sha256`` is the photo that it speaks of."""

    code: str
    key: str
    fingerprint: str
    question: str | None
    other: str | None
    sure: Sureness
    sha256: str | None = None
    said: Problem | Said = field(default=Said(""), hash=False)

    def text(self, language: str) -> str:
        """One sentence that says the fact and what to do."""
        return self.said.text(language)

    def title(self, language: str) -> str:
        """In a few words: "The answer contradicts the stopwatch"."""
        return WORDS.text(language, self.code)


#: Numbers of the other visits that hold the same file, by hash.
Elsewhere: TypeAlias = Mapping[str, tuple[str, ...]]


class Inspector:
    """Made once per checklist version and word list. ``at`` is the visit's start, local time."""

    def __init__(self, compiled: CompiledChecklist, words: ComplaintWords) -> None:
        self._compiled = compiled
        self._words = words

    def all(
        self,
        filling: Filling,
        facts: VisitFacts,
        evidence: Mapping[str, EvidenceRecord],
        at: datetime,
        elsewhere: Elsewhere,
    ) -> tuple[Suspicion, ...]:
        """All of the visit: those of its facts first, then in the checklist's order."""
        return ()

    def of(
        self,
        item: Item,
        filling: Filling,
        facts: VisitFacts,
        evidence: Mapping[str, EvidenceRecord],
        at: datetime,
        elsewhere: Elsewhere,
    ) -> tuple[Suspicion, ...]:
        """Those of ``all`` that speak of ``item``."""
        return ()
