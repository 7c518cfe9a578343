"""Text, and the texts that are a date, a time, or both. None of them is scored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time

from forms.answers import Answer
from forms.questions.kinds.base import Complaint, Kind, ValueRefusedError, shown
from forms.reading import clock, day, moment

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def nfc(text: str) -> str:
    """The one spelling of a text that is kept: Unicode NFC."""
    return unicodedata.normalize("NFC", text)


def is_storable(text: str) -> bool:
    """False for half a surrogate pair, which no UTF-8 can hold."""
    return not _LONE_SURROGATE.search(text)


def count_words(text: str) -> int:
    """Words as Vietnamese and English writers count them: what stands between spaces and has a
    letter or a digit."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


class Textual(Kind[str]):
    """An empty text is no answer."""

    def refuse(self, value: object) -> Complaint | None:
        if not isinstance(value, str):
            return Complaint("not-text", {"given": shown(value)})
        return None if is_storable(value) else Complaint("broken-text")

    def from_json(self, data: object) -> str | None:
        if data is None or data == "":
            return None
        if complaint := self.refuse(data):
            raise ValueRefusedError(complaint)
        return nfc(str(data))

    def read(self, value: str, language: str, order: tuple[str, ...]) -> str:
        return value

    def answered(self, answer: Answer) -> bool:
        return bool(answer.value)


class Words(Textual):
    """Free text. ``min_words`` and ``max_length`` bind at submission, never while writing."""

    def __init__(
        self, *, multiline: bool, min_words: int | None = None, max_length: int | None = None
    ) -> None:
        self.multiline = multiline
        self.min_words = min_words
        self.max_length = max_length

    def complaints(self, value: str) -> tuple[Complaint, ...]:
        text = nfc(value)
        words, length = count_words(text), len(text)
        found = []
        if self.min_words is not None and value and words < self.min_words:
            found.append(
                Complaint("too-few-words", {"min": str(self.min_words), "count": str(words)})
            )
        if self.max_length is not None and length > self.max_length:
            found.append(Complaint("too-long", {"max": str(self.max_length), "count": str(length)}))
        return tuple(found)


class Moment(Textual):
    """A text of one exact form. ``pattern`` matches it whole; ``parse`` knows the calendar."""

    def __init__(
        self,
        code: str,
        pattern: str,
        parse: Callable[[str], date | time],
        say: Callable[[str, str], str],
    ) -> None:
        self.code = code
        self.pattern = re.compile(pattern, re.ASCII)
        self.parse = parse
        self.say = say

    def refuse(self, value: object) -> Complaint | None:
        if value == "":
            return None
        refused = Complaint(self.code, {"given": shown(value)})
        if not isinstance(value, str) or not self.pattern.fullmatch(value):
            return refused
        try:
            self.parse(value)
        except ValueError:
            return refused
        return None

    def read(self, value: str, language: str, order: tuple[str, ...]) -> str:
        return self.say(value, language) if value else ""


_DAY = r"\d{4}-\d{2}-\d{2}"
_CLOCK = r"(?:[01]\d|2[0-3]):\d{2}(?::\d{2})?"  # 24:00 is midnight to some Pythons

DAY = Moment(
    "not-date",
    _DAY,
    date.fromisoformat,
    lambda text, language: day(date.fromisoformat(text), language),
)
CLOCK = Moment(
    "not-time", _CLOCK, time.fromisoformat, lambda text, _: clock(time.fromisoformat(text))
)
DAY_AND_CLOCK = Moment(
    "not-datetime",
    f"{_DAY}T{_CLOCK}",
    datetime.fromisoformat,
    lambda text, language: moment(datetime.fromisoformat(text), language),
)
