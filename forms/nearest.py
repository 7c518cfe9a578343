"""Which of the known words a misspelt one was probably meant to be."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Iterable

#: Words on either side in an order by beginning and one by ending that are looked at: comparing
#: with all, as often as a hostile file has a wrong word, would take minutes.
AROUND = 12
_LONGEST = 80


class Known:
    """Words of which the nearest is asked for again and again."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_lower = {word.lower(): word for word in words}
        self._by_start = sorted(self._by_lower)
        self._by_end = sorted(word[::-1] for word in self._by_lower)

    def nearest(self, word: str, cutoff: float = 0.7) -> str | None:
        """The known word that is most like ``word``; None where none is."""
        lower = word.lower()[:_LONGEST]
        ends = _around(self._by_end, lower[::-1])
        near = {*_around(self._by_start, lower), *(each[::-1] for each in ends)}
        found = difflib.get_close_matches(lower, sorted(near), n=1, cutoff=cutoff)
        return self._by_lower[found[0]] if found else None


def _around(words: list[str], word: str) -> list[str]:
    at = bisect_left(words, word)
    near = words[max(0, at - AROUND) : at + AROUND]
    return [each for each in near if len(each) <= 2 * _LONGEST]


def nearest(word: str, words: Iterable[str]) -> str | None:
    return Known(words).nearest(word)
