"""What the program of a visit asks for beside the checklist; without it nothing is handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.domain.facts import VisitFacts, VisitRules
from auditor.domain.records import EvidenceRecord
from auditor.words import WORDS, mark

if TYPE_CHECKING:
    from forms.filling import Filling

TITLES = {
    "receipt-needed": mark("The receipt"),
    "photos-least": mark("Too few photos"),
}
_SENTENCES = {
    "receipt-needed": mark(
        "The program asks for a receipt. Write its number with the facts of the visit."
    ),
    "photos-least": mark(
        "The program asks for at least {least} photos, so far {count} belong to questions. Add "
        "{more} more."
    ),
}


@dataclass(frozen=True, slots=True)
class Lacking:
    """``code`` is a key of ``TITLES``."""

    code: str
    least: int = 0
    count: int = 0

    def title(self, language: str) -> str:
        return WORDS.text(language, TITLES[self.code])

    def text(self, language: str) -> str:
        """One sentence: what lacks, and what to do."""
        more = self.least - self.count
        told = {"least": self.least, "count": self.count, "more": more}
        return WORDS.text(language, _SENTENCES[self.code], **told)


def lacking(
    rules: VisitRules,
    filling: Filling,
    facts: VisitFacts,
    evidence: Mapping[str, EvidenceRecord],
) -> Iterator[Lacking]:
    """Photos count once, and only those of questions that are asked."""
    if rules.receipt_needed and not facts.receipt.strip():
        yield Lacking("receipt-needed")
    if rules.photos_least:
        named = {
            sha256
            for (question, _), answer in filling.answers.items()
            if answer.evidence and filling.relevant(question)
            for sha256 in answer.evidence
        }
        count = sum(1 for sha256 in named if sha256 in evidence and _is_photo(evidence[sha256]))
        if count < rules.photos_least:
            yield Lacking("photos-least", rules.photos_least, count)


def _is_photo(record: EvidenceRecord) -> bool:
    return record.kind == "photo"
