"""One thing in a visit that does not fit, in words."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.words import WORDS, mark
from forms.problems import Problem
from forms.sureness import Sureness

#: What each code is called, in a few words.
TITLES: dict[str, str] = {
    "contradicts-timer": mark("The answer contradicts the stopwatch"),
    "negative-comment": mark("A good answer with a complaint beside it"),
    "comment-repeated": mark("The same words twice"),
    "comment-capitals": mark("All in capitals"),
    "comment-thin": mark("The comment explains too little"),
    "photo-outside": mark("Photo taken outside the visit"),
    "photo-repeated": mark("The same photo twice"),
    "photo-elsewhere": mark("The same photo in another visit"),
    "departure-before-arrival": mark("Departure before arrival"),
    "arrived-other-day": mark("Arrival on another day"),
    "left-other-day": mark("Departure on another day"),
    "visit-long": mark("A very long visit"),
    "outside-hours": mark("Outside the visit window"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the app: ``message`` is English, marked for translation; ``texts`` are named
    values that read differently in each language."""

    message: str
    values: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def text(self, language: str) -> str:
        texts = {name: text.get(language) or text["en"] for name, text in self.texts.items()}
        return WORDS.text(language, self.message, **self.values, **texts)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """``key`` is its identity in the visit and ``fingerprint`` stands for what caused it: a
    reason to keep it holds while both are the same. ``question`` and ``other`` are item ids,
    both None for what the facts of the visit say; ``sha256`` is the photo that it speaks of."""

    code: str
    key: str
    fingerprint: str
    question: str | None
    other: str | None
    sure: Sureness
    said: Problem | Said = field(hash=False)
    sha256: str | None = None

    def text(self, language: str) -> str:
        """One sentence that says the fact and what to do."""
        return self.said.text(language)

    def title(self, language: str) -> str:
        """In a few words: "The answer contradicts the stopwatch"."""
        return WORDS.text(language, TITLES[self.code])


def fingerprint(code: str, *causes: object) -> str:
    """Short and stable for the same causes, in whichever spelling (NFC, NFD) they are typed."""
    told = unicodedata.normalize("NFC", "\x1f".join([code, *map(str, causes)]))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
