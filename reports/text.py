"""The only door through which a person's words reach the paper.

No markup is ever parsed, here or later: the paper draws characters. What goes through: NFC, no
control or bidirectional characters, at most ``CAP`` characters and ``LINES`` line ends, no token
over ``TOKEN``, no letter with more than ``MARKS`` accents.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CAP = 10_000
#: So many line ends are kept; what comes after them runs on, so that no words are lost.
LINES = 100
TOKEN = 200
#: So many accents may one letter bear: no writing has more, and thousands take minutes to sort.
MARKS = 8

#: Controls but tab and newline; surrogates; bidirectional marks, embeddings, overrides and
#: isolates; zero-width characters and the byte order mark; variation selectors; skin tones; tags;
#: what other scripts format by.
_STRIPPED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20e3\ufe00-\ufe0f\ufeff\ufff9-\uffff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff"
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u180e\U000110bd\U000110cd"
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
#: Line ends; Word breaks a line inside a paragraph with the second.
_ENDS = re.compile("\r\n|[\x0b\x0c\r\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n\u00a0]+")
#: Where too many accents may be: neither letters nor figures, nor ASCII.
_HEAPED = re.compile(rf"[^\w\s!-~]{{{MARKS + 1},}}")
_LONG = re.compile(rf"\S{{{TOKEN + 1},}}")
#: What the typeface lacks, and what says the same in it. All else that it lacks is printed as
#: ``typeface.MISSING``, and the report carries a remark.
_SAME = {
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u2025": "..",
    "\u2032": "'", "\u2033": '"', "→": "->", "←": "<-", "↔": "<->", "⇒": "=>",
    "●": "•", "■": "•", "▪": "•", "◦": "•", "‣": "•", "℃": "°C", "℉": "°F", "№": "No.",
    "⅓": "1/3", "⅔": "2/3",
}  # fmt: skip
#: Those, and full-width, mathematical and joined letters, which have a plain form.
_ODD = re.compile(f"[{''.join(_SAME)}\uff01-\uff5e\ufb00-\ufb06\U0001d400-\U0001d7ff]")
#: Between a number and its unit no line breaks.
_UNIT = re.compile(
    r"(?<=\d) (?=(?:₫|đ|%|°C|km|m|cm|mm|kg|g|ml|l|s|h|min|giờ|phút|giây|ngày|lần|ly|món|người"
    r"|seconds?|minutes?|hours?|days?)(?!\w))"
)


#: One line of letters and signs that stand for themselves.
_PLAINLY = re.compile("[ -~\u00c0-\u024f\u1ea0-\u1ef9–—‘’“”…·₫]*")
_COUNTED = re.compile(r"\d ")


def clean(words: str) -> str:
    """Text that is safe to lay out: lines are kept, other runs of blanks become one."""
    kept = words[: CAP * 2]
    if _PLAINLY.fullmatch(kept):  # as nearly all is
        kept = (_BLANKS.sub(" ", kept) if "  " in kept else kept).strip()
    else:
        kept = _cleaned(kept)
    if _COUNTED.search(kept):
        kept = _UNIT.sub("\u00a0", kept)
    if len(kept) > CAP:
        kept = kept[: CAP - 1].rstrip() + "…"
    if kept.count("\n") > LINES:
        head = kept.split("\n", LINES)
        kept = "\n".join([*head[:LINES], head[LINES].replace("\n", " ")])
    return _LONG.sub(_broken, kept) if len(kept) > TOKEN else kept


def _cleaned(words: str) -> str:
    kept = _STRIPPED.sub("", _ENDS.sub("\n", words))
    kept = _HEAPED.sub(_unheaped, kept)
    kept = _ODD.sub(_plain, unicodedata.normalize("NFC", kept))
    lines = (line.strip() for line in _BLANKS.sub(" ", kept).split("\n"))
    return "\n".join(line for line in lines if line)


def _unheaped(match: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in match[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MARKS:
            kept.append(character)
    return "".join(kept)


def _plain(match: re.Match[str]) -> str:
    return _SAME.get(match[0]) or unicodedata.normalize("NFKC", match[0])


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
