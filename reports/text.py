"""The only door through which a person's words reach the paper.

No markup is ever parsed, here or later: the paper draws characters. What goes through: NFC, no
control or bidirectional characters, at most ``CAP`` characters, no token over ``TOKEN``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CAP = 10_000
TOKEN = 200

#: Controls but tab and newline; surrogates; bidirectional marks, embeddings, overrides and
#: isolates; zero-width characters and the byte order mark; variation selectors; tags.
_STRIPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]"
)
_BLANKS = re.compile(r"[^\S\n\u00a0]+")
_LINES = re.compile(r"\s*\n\s*")
_LONG = re.compile(rf"\S{{{TOKEN + 1},}}")
#: Emoji and other pictures: no text font has them, and a box in their place helps nobody.
_PICTURES = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")


def clean(words: str) -> str:
    """Text that is safe to lay out: lines are kept, other runs of blanks become one."""
    kept = words[: CAP * 2].replace("\r\n", "\n").replace("\r", "\n")
    kept = _STRIPPED.sub("", kept).replace("\u2028", "\n").replace("\u2029", "\n")
    kept = _PICTURES.sub("", unicodedata.normalize("NFC", kept))
    kept = _LINES.sub("\n", _BLANKS.sub(" ", kept)).strip()
    if len(kept) > CAP:
        kept = kept[: CAP - 1].rstrip() + "…"
    return _LONG.sub(_broken, kept)


def _broken(match: re.Match[str]) -> str:
    token = match[0]
    return " ".join(token[at : at + TOKEN] for at in range(0, len(token), TOKEN))


def line(words: str) -> str:
    """``clean`` on one line: names, captions, labels."""
    return clean(words).replace("\n", " ")


@lru_cache(maxsize=4096)
def label(words: str) -> str:
    """``line`` for checklist text, which repeats from report to report."""
    return line(words)
