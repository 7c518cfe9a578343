"""What a comment or a long text is like, apart from what it says."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from forms.questions.kinds.words import count_words

#: Enough letters to call a text "all in capitals"; fewer may be a name or an abbreviation.
CAPITAL_LETTERS = 12
#: Shorter texts may well be the same twice: "Tốt", "Sạch sẽ".
SAME_WORDS, SAME_CHARACTERS = 4, 20
#: Fewer words than this explain nothing.
HELPFUL_WORDS = 3
_FEW_LETTERS = 2
_OPENING_WORDS = 4


@lru_cache(maxsize=2048)
def opening(text: str) -> str:
    """The first words, in small letters: texts that are the same open alike."""
    first = text.split(None, _OPENING_WORDS)[:_OPENING_WORDS]
    return _folded(" ".join(first))


@lru_cache(maxsize=2048)
def same_words(text: str) -> str:
    """Equal for texts that differ in case, spaces and spelling of Unicode only; "" for one that
    is too short to be compared."""
    words = _folded(text).split()
    same = " ".join(words)
    return same if len(words) >= SAME_WORDS or len(same) >= SAME_CHARACTERS else ""


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold()
    return unicodedata.normalize("NFC", folded)


def is_loud(text: str) -> bool:
    """Whether a text that is no mere name is all in capitals."""
    return text.isupper() and sum(map(str.isalpha, text)) >= CAPITAL_LETTERS


def is_mashed(text: str) -> bool:
    """Whether a text is no language: "....", "aaaa", "ok ok ok". "" is not."""
    words = text.casefold().split()
    letters = {letter for letter in set("".join(words)) if letter.isalnum()}
    if not letters:
        return bool(words)
    if len(words) >= HELPFUL_WORDS and len(set(words)) == 1:
        return True
    length = sum(map(len, words))
    few = len(letters) <= _FEW_LETTERS < length
    return few and not all(map(str.isdigit, letters))


def is_too_short(text: str) -> bool:
    """Whether there are too few words to explain anything."""
    return count_words(text) < HELPFUL_WORDS
