"""Time limits in the label of a question: "trong vòng 30 giây", "within 3 minutes"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

_UNITS = {
    1: ("giây", "giay", "seconds", "second", "secs", "sec", "s"),
    60: ("phút", "phut", "minutes", "minute", "mins", "min", "p", "ph", "'", "’", "′"),
    3600: ("giờ", "tiếng", "hours", "hour", "hrs", "hr", "h"),
}
_SECONDS = {unit: seconds for seconds, units in _UNITS.items() for unit in units}
_NUMBERS = {
    word: number
    for number, words in {
        1: "một one a an",
        2: "hai two",
        3: "ba three",
        4: "bốn four",
        5: "năm five",
        6: "sáu six",
        7: "bảy seven",
        8: "tám eight",
        9: "chín nine",
        10: "mười ten",
        15: "fifteen",
        20: "twenty",
        30: "thirty",
        45: "forty-five",
        60: "sixty",
    }.items()
    for word in words.split()
}
_HALVES = ("nửa", "half a", "half an")

_number = "|".join(map(re.escape, sorted([*_NUMBERS, *_HALVES], key=len, reverse=True)))
_unit = "|".join(map(re.escape, sorted(_SECONDS, key=len, reverse=True)))
_COUNT = rf"\d{{1,4}}(?:[.,]\d{{1,2}})?|\b(?:{_number})\b"
_TIME = re.compile(
    rf"(?<![\w.,])(?P<count>{_COUNT})(?:\s*(?:[-–—]|đến|to)\s*(?P<upper>\d{{1,4}}(?:[.,]\d{{1,2}})?))?"
    rf"[\s\-\u00a0]*(?P<unit>{_unit})(?!\w)(?:\s*(?P<half>rưỡi))?"
)
#: Between the parts of one time: "1 phút 30 giây", "1 minute and 30 seconds".
_JOINT = re.compile(r"[\s,]*(?:and|và)?\s*")

_WITHIN_STRICT = ("dưới", "chưa đến", "chưa tới", "less than", "under", "below", "in less than")
_WITHIN = (
    "trong vòng", "trong", "tối đa", "không quá", "không hơn", "không lâu hơn", "không vượt quá",
    "within", "in", "inside", "at most", "up to", "no more than", "not more than", "no longer than",
    "not longer than", "no later than", "maximum of", "max",
)  # fmt: skip
_OVER = (
    "quá", "hơn", "trên", "lâu hơn", "vượt quá", "over", "more than", "longer than", "above",
    "exceed", "exceeding", "after",
)  # fmt: skip
_OVER_STRICT = ("ít nhất", "tối thiểu", "at least", "a minimum of")
_OVER_BEHIND = ("trở lên", "or more", "or longer")
_DENIED = re.compile(r"(?<!\w)(?:không|chưa|not|never|without|\w+n['’]t)(?!\w)")


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """``seconds`` as a label names them. ``over``: the label asks for more than that, None where
    it does not say. ``inclusive``: exactly ``seconds`` still counts as within."""

    seconds: int
    over: bool | None = None
    inclusive: bool = True


def time_limits(label: str) -> tuple[TimeLimit, ...]:
    """The times that ``label`` names, in its order; of a range the upper end.

    Hours count only with a word such as "within": "9 giờ" is a time of day.
    """
    text = unicodedata.normalize("NFC", label).casefold()
    found = [_limit(text, *time) for time in _times(text)]
    return tuple(each for each in found if each.seconds < 3600 or each.over is not None)


def _times(text: str) -> Iterator[tuple[int, int, int]]:
    """Seconds, start and end of each time, "1 phút 30 giây" as one."""
    pending: tuple[int, int, int] | None = None
    smallest = 0
    for found in _TIME.finditer(text):
        if found["count"] in ("a", "one") and found["unit"] == "second":
            continue  # a second till
        unit = _SECONDS[found["unit"]]
        seconds = round(_count(found["upper"] or found["count"]) * unit)
        seconds += unit // 2 if found["half"] else 0
        if pending and unit < smallest and _JOINT.fullmatch(text, pending[2], found.start()):
            pending = (pending[0] + seconds, pending[1], found.end())
        else:
            if pending:
                yield pending
            pending = (seconds, found.start(), found.end())
        smallest = unit
    if pending:
        yield pending


def _count(text: str) -> float:
    if text in _HALVES:
        return 0.5
    return _NUMBERS.get(text) or float(text.replace(",", "."))


def _limit(text: str, seconds: int, start: int, end: int) -> TimeLimit:
    before, behind = text[:start].rstrip(), text[end:].lstrip()
    says = partial(_ends_with, before)
    if any(behind.startswith(word) for word in _OVER_BEHIND) or says(_OVER_STRICT):
        return TimeLimit(seconds, over=True, inclusive=False)
    if says(_WITHIN_STRICT):
        return TimeLimit(seconds, over=False, inclusive=False)
    if says(_WITHIN):
        return TimeLimit(seconds, over=False)
    if says(_OVER):
        return TimeLimit(seconds, over=not _DENIED.search(before))
    return TimeLimit(seconds)


def _ends_with(text: str, words: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}$", text) for word in words)
