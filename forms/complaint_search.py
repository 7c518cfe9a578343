"""Finds complaints in a comment: whole phrases that nothing around them takes back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import TypeAlias

from forms.complaint_lists import (
    CLAUSE_ENDS,
    CONTRASTS,
    FILLERS,
    HARMLESS,
    HEDGES,
    LINKS,
    MENDED,
    NEGATING_PAIRS,
    NEGATIONS,
    NOT_ONLY,
    STRONG,
    UNMARKED_AMBIGUOUS,
    UNMARKED_NEGATIONS,
)

#: What ends a clause: any mark, but no apostrophe; commas also part a list.
_MARK = re.compile(r"[^\w\s'’,]+")
MARKS = frozenset({"|", ","})
#: How many words a negation reaches ahead, and how many may follow until a thing is put right.
_REACH, _SOON = 5, 5
_MOST_FILLERS = 2
_OR = (["or"], ["nor"], ["hay"], ["hoặc"])
_VERBS = (
    "is", "was", "are", "were", "do", "does", "did", "has", "have", "had", "wo", "would", "ca",
    "could", "should", "ai",
)  # fmt: skip
#: "didn't" in all its spellings is "did not".
_CONTRACTED = {f"{verb}{ending}": verb for verb in _VERBS for ending in ("n't", "n’t", "nt")}


@dataclass(frozen=True, slots=True)
class Found:
    """A complaint. ``written`` is how the comment has it. ``weight`` is 2 for a strong word, 0
    where it is made small ("hơi chậm"), else 1."""

    phrase: str
    written: str
    weight: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    """``weight`` None is a harmless use that hides the complaint in it."""

    words: tuple[str, ...]
    phrase: str
    weight: int | None


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    phrase: _Phrase


def unmarked(text: str) -> str:
    """``text`` as it is typed without diacritics, in small letters: "không đợi" → "khong doi"."""
    parts = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    return bare.replace("đ", "d")


def is_unmarked(text: str) -> bool:
    """Whether no letter of ``text`` has a diacritic."""
    return text.isascii() or not any(c > "\x7f" and c.isalpha() for c in text)


@lru_cache(maxsize=2048)
def weighs_up(comment: str) -> bool:
    """Whether ``comment`` says one thing and another: "sạch nhưng chậm"."""
    return not CONTRASTS.isdisjoint(words_of(unicodedata.normalize("NFC", comment)))


class ComplaintSearch:
    """Made once per word list; safe from any thread."""

    def __init__(self, vi: Iterable[str], en: Iterable[str]) -> None:
        vi, en = tuple(vi), tuple(en)
        marked = [_as_written(phrase) for phrase in (*vi, *en)]
        bare = [phrase for phrase in map(_as_typed_bare, vi) if phrase is not None]
        harmless = [_Phrase(tuple(words_of(text)), text, None) for text in HARMLESS]
        self._marked = _by_first_word([*marked, *harmless])
        self._bare = _by_first_word([*marked, *bare, *harmless])
        self.find = lru_cache(maxsize=2048)(self._find)

    def _find(self, comment: str) -> tuple[Found, ...]:
        text = unicodedata.normalize("NFC", comment)
        index = self._bare if is_unmarked(text) else self._marked
        words = words_of(text)
        hits = tuple(_hits(words, index))
        if not any(hit.phrase.weight is not None for hit in hits):
            return ()
        return tuple(_standing(text, words, hits))


@dataclass(slots=True)
class _Start:
    """The phrases that begin with one word, the longest first. ``follow`` are the words that may
    come next; where a word alone is a phrase, anything may."""

    phrases: list[_Phrase]
    follow: set[str]
    alone: bool = False


_Index: TypeAlias = dict[str, _Start]


def _as_written(phrase: str) -> _Phrase:
    return _Phrase(tuple(words_of(phrase)), phrase, 2 if phrase.casefold() in STRONG else 1)


def _as_typed_bare(phrase: str) -> _Phrase | None:
    """None where single syllables, or these, would be taken for other words."""
    bare = unmarked(phrase)
    words = tuple(words_of(bare))
    if len(words) < 2 or bare in UNMARKED_AMBIGUOUS:
        return None
    return _Phrase(words, phrase, 1)


def _by_first_word(phrases: Iterable[_Phrase]) -> _Index:
    """The longest first, so that "chậm rãi" is met before "chậm"."""
    index: _Index = {}
    for phrase in sorted(phrases, key=lambda each: -len(each.words)):
        if not phrase.words:
            continue
        start = index.setdefault(phrase.words[0], _Start([], set(FILLERS)))
        start.phrases.append(phrase)
        start.follow.update(phrase.words[1:2])
        start.alone = start.alone or len(phrase.words) == 1
    return index


def words_of(text: str) -> list[str]:
    """The words in small letters, "didn't" as "did" and "not"; "," and "|" (any other mark)
    where a clause ends. A hyphen only parts words, a dash between spaces ends a clause."""
    folded = text.casefold().replace(" - ", " | ").replace("-", " ").replace("_", " ")
    folded = folded.replace(",", " , ")
    words = _MARK.sub(" | ", folded).split()
    if "'" in folded or "’" in folded:
        words = [bare for word in words if (bare := word.strip("'’"))]
    if _CONTRACTED.keys().isdisjoint(words):
        return words
    return [part for word in words for part in _parts(word)]


def _parts(word: str) -> tuple[str, ...]:
    verb = _CONTRACTED.get(word)
    return (word,) if verb is None else (verb, "not")


def _hits(words: list[str], index: _Index) -> Iterator[_Hit]:
    """What the lists have, from left to right, none inside another."""
    reached = 0
    for start in [at for at, word in enumerate(words) if word in index]:
        known = index[words[start]]
        follows = known.alone or (start + 1 < len(words) and words[start + 1] in known.follow)
        if start < reached or not follows:
            continue
        for phrase in known.phrases:
            end = _end(words, start, phrase)
            if end:
                reached = end
                yield _Hit(start, end, phrase)
                break


def _end(words: list[str], start: int, phrase: _Phrase) -> int:
    """The place behind ``phrase`` when it begins at ``start``; 0 when it does not."""
    at = start + 1
    for wanted in phrase.words[1:]:
        skipped = 0
        while at < len(words) and words[at] != wanted and words[at] in FILLERS:
            at, skipped = at + 1, skipped + 1
        if at >= len(words) or words[at] != wanted or skipped > _MOST_FILLERS:
            return 0
        at += 1
    return at


def _standing(text: str, words: list[str], hits: tuple[_Hit, ...]) -> Iterator[Found]:
    """The hits that nothing takes back."""
    after = 0
    denied_until: int | None = None
    for hit in hits:
        if hit.phrase.weight is None:
            continue
        linked = denied_until is not None and _linked(words, denied_until, hit)
        if linked or _denied(words, hit, after):
            denied_until = hit.end
            continue
        denied_until, after = None, hit.end
        if not _mended(words, hit.end):
            hedged = bool(HEDGES.intersection(words[max(hit.start - 2, 0) : hit.start]))
            weight = 0 if hedged else hit.phrase.weight
            yield Found(hit.phrase.phrase, _written(text, words[hit.start : hit.end]), weight)


def _written(text: str, words: list[str]) -> str:
    """``words`` as they stand in ``text``."""
    pattern = rf"(?<!\w){re.escape(words[0])}" + "".join(
        r"[\W_]*n[o'’]?t" if word == "not" else rf"[\W_]+{re.escape(word)}" for word in words[1:]
    )
    found = re.search(pattern, text, re.IGNORECASE)
    return " ".join(found.group().split()) if found else " ".join(words)


def _linked(words: list[str], denied_until: int, hit: _Hit) -> bool:
    """Whether a denial goes on: "không bẩn hay hôi", "nothing broken, sticky or dusty"."""
    between = words[denied_until : hit.start]
    if between == [","]:
        return words[hit.end : hit.end + 1] in _OR
    return bool(between) and LINKS.issuperset(between)


def _denied(words: list[str], hit: _Hit, after: int) -> bool:
    """Whether the clause takes the complaint back: "không hề bẩn", "bẩn thì không", "có lâu
    không?". A phrase that is itself a negation ("không chào") is never taken back."""
    if _is_negation(hit.phrase.words[0]):
        return False
    if words[hit.end : hit.end + 2] in (["thì", "không"], ["thi", "khong"]):
        return True
    if words[hit.start - 1 : hit.start] == ["có"] and "không" in words[hit.end : hit.end + 2]:
        return True
    for at in range(hit.start - 1, max(hit.start - 1 - _REACH, after - 1), -1):
        if words[at] in MARKS or words[at] in CLAUSE_ENDS:
            return False
        if _is_negation(words[at]) and words[at + 1] not in NOT_ONLY:
            return True
        if (words[at], words[at + 1]) in NEGATING_PAIRS:
            return True
    return False


def _is_negation(word: str) -> bool:
    return word in NEGATIONS or word in UNMARKED_NEGATIONS


def _mended(words: list[str], end: int) -> bool:
    soon = words[end : end + _SOON]
    clause = takewhile(lambda word: word not in MARKS, soon)
    return any(pair in MENDED for pair in pairwise(clause))
