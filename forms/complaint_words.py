"""Words and phrases that say that a visit went badly, in each language; a firm may edit them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from forms.complaint_lists import EN, VI
from forms.complaint_search import MARKS, ComplaintSearch, Found, is_unmarked, weighs_up, words_of
from forms.problems import FormsError, Problem
from forms.words import LANGUAGES

__all__ = ["MOST_CHARACTERS", "MOST_PHRASES", "ComplaintWords", "Found", "is_unmarked", "weighs_up"]

#: Of one language, and of one phrase.
MOST_PHRASES, MOST_CHARACTERS = 500, 80


@dataclass(frozen=True)
class ComplaintWords:
    """Phrases by language, as people write them; every comment is searched for all of them.

    A list may hold anything while it is edited: ``normalised`` tidies it, ``problems`` says what
    cannot be kept.
    """

    vi: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    @classmethod
    def default(cls) -> ComplaintWords:
        return cls(VI, EN)

    @classmethod
    def from_json(cls, text: str) -> ComplaintWords:
        """Normalised. Raises FormsError with all problems."""
        words = cls(**_lists(text)).normalised()
        if problems := words.problems():
            raise FormsError(*problems)
        return words

    def to_json(self) -> str:
        """Canonical: the same lists are the same text."""
        tidy = self.normalised()
        lists = {language: list(tidy.of(language)) for language in LANGUAGES}
        return json.dumps(lists, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def of(self, language: str) -> tuple[str, ...]:
        """The phrases of ``language``; () for one that has no list."""
        return {"vi": self.vi, "en": self.en}.get(language, ())

    def changed(self, language: str, phrases: Iterable[str]) -> ComplaintWords:
        """With another list for ``language``, "vi" or "en"."""
        match language:
            case "vi":
                return replace(self, vi=tuple(phrases))
            case "en":
                return replace(self, en=tuple(phrases))
        raise KeyError(language)

    def normalised(self) -> ComplaintWords:
        """NFC, single spaces, no blanks; of phrases that differ in case only the first stays."""
        return ComplaintWords(tuple(_tidy(self.vi)), tuple(_tidy(self.en)))

    def problems(self) -> tuple[Problem, ...]:
        """Why these lists cannot be kept; () when they can."""
        return tuple(problem for language in LANGUAGES for problem in _problems(self.of(language)))

    def found_in(self, comment: str) -> tuple[Found, ...]:
        """The complaints that stand in ``comment``, in its order."""
        return self._search.find(comment)

    @cached_property
    def _search(self) -> ComplaintSearch:
        tidy = self.normalised()
        return ComplaintSearch(tidy.vi, tidy.en)


def _lists(text: str) -> dict[str, tuple[str, ...]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise FormsError(Problem("complaint-words-unreadable")) from None
    if not isinstance(data, dict) or not data.keys() <= set(LANGUAGES):
        raise FormsError(Problem("complaint-words-unreadable"))
    for phrases in data.values():
        if not isinstance(phrases, list) or not all(isinstance(each, str) for each in phrases):
            raise FormsError(Problem("complaint-words-unreadable"))
    return {language: tuple(phrases) for language, phrases in data.items()}


def _tidy(phrases: tuple[str, ...]) -> Iterator[str]:
    seen: set[str] = set()
    for phrase in phrases:
        tidy = " ".join(unicodedata.normalize("NFC", phrase).split())
        if tidy and tidy.casefold() not in seen:
            seen.add(tidy.casefold())
            yield tidy


def _problems(phrases: tuple[str, ...]) -> Iterator[Problem]:
    if len(phrases) > MOST_PHRASES:
        values = {"count": str(len(phrases)), "most": str(MOST_PHRASES)}
        yield Problem("complaint-words-many", values=values)
    for phrase in phrases:
        if len(phrase) > MOST_CHARACTERS:
            shown = f"{phrase[:39]}…"
            values = {"phrase": shown, "count": str(len(phrase)), "most": str(MOST_CHARACTERS)}
            yield Problem("complaint-phrase-long", values=values)
        elif not (words := words_of(phrase)) or not MARKS.isdisjoint(words):
            yield Problem("complaint-phrase-marks", values={"phrase": phrase})
