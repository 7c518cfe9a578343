"""Which of the known words a misspelt one was probably meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> str | None:
    by_lower = {known.lower(): known for known in words}
    found = difflib.get_close_matches(word.lower()[:80], by_lower, n=1, cutoff=0.7)
    return by_lower[found[0]] if found else None
