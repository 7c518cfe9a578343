"""Text as people search for it: without marks, in lower case ("thao dien" finds "Thảo Điền")."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(char for char in apart if not unicodedata.combining(char))


def matches(query: str, *texts: str) -> bool:
    """Whether every word of ``query`` stands somewhere in ``texts``."""
    heap = " ".join(folded(text) for text in texts)
    return all(word in heap for word in folded(query).split())
