"""The syntax of ``regex`` patterns: from text to a tree of sets, sequences and repeats."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

MAX_GROUPS = 40
MAX_REPEAT = 5_000
#: General categories of Unicode.
_CATEGORIES = frozenset(
    major + minor
    for major, minors in {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "S": "mcko"}.items()
    for minor in ("", *minors)
) | {"Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co", "Cn"}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_QUANTIFIERS = {"*": (0, None), "+": (1, None), "?": (0, 1)}


class PatternError(Exception):
    """``code`` says what is wrong with the pattern, ``at`` where (from 0), ``found`` the text."""

    def __init__(self, code: str, at: int, found: str) -> None:
        super().__init__(code)
        self.code = code
        self.at = at
        self.found = found


@dataclass(frozen=True, slots=True)
class CharSet:
    """The characters that one step takes."""

    ranges: tuple[tuple[str, str], ...] = ()
    categories: tuple[tuple[str, bool], ...] = ()
    parts: tuple[CharSet, ...] = ()
    negated: bool = False

    def takes(self, char: str) -> bool:
        return self._within(char) != self.negated

    def _within(self, char: str) -> bool:
        if any(low <= char <= high for low, high in self.ranges):
            return True
        if self.categories:
            category = unicodedata.category(char)
            if any(category.startswith(name) != other for name, other in self.categories):
                return True
        return any(part.takes(char) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Edge:
    """``^`` or ``$``."""

    start: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    part: Pattern
    least: int
    most: int | None


Pattern: TypeAlias = CharSet | Edge | Sequence | Choice | Repeat

_DIGIT = CharSet(ranges=(("0", "9"),))
_WORD = CharSet(ranges=(("a", "z"), ("A", "Z"), ("0", "9"), ("_", "_")))
_SPACE = CharSet(ranges=((" ", " "), ("\t", "\r")))
_SETS = {"d": _DIGIT, "w": _WORD, "s": _SPACE}
_ANY = CharSet(ranges=(("\n", "\n"), ("\r", "\r"), ("\u2028", "\u2029")), negated=True)


def read_pattern(text: str) -> tuple[Pattern, bool]:
    """The tree, and whether case is ignored; PatternError where it cannot be used."""
    ignore = text.startswith("(?i)")
    reader = _Reader(text, 4 if ignore else 0)
    tree = reader.choice(0)
    if reader.at < len(text):
        raise reader.error("expression-regex-syntax")
    return tree, ignore


class _Reader:
    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at

    def error(self, code: str, length: int = 1) -> PatternError:
        return PatternError(code, self.at, self.text[self.at : self.at + length])

    def _peek(self, length: int = 1) -> str:
        return self.text[self.at : self.at + length]

    def choice(self, depth: int) -> Pattern:
        if depth > MAX_GROUPS:
            raise self.error("expression-regex-large")
        parts = [self._sequence(depth)]
        while self._peek() == "|":
            self.at += 1
            parts.append(self._sequence(depth))
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _sequence(self, depth: int) -> Pattern:
        parts: list[Pattern] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeat(self._atom(depth)))
        return Sequence(tuple(parts))

    def _atom(self, depth: int) -> Pattern:
        char = self._peek()
        if char == "(":
            return self._group(depth)
        if char == "[":
            return self._set()
        if char == "\\":
            return self._escape()
        if char in "*+?{":
            raise self.error("expression-regex-syntax")
        self.at += 1
        if char == ".":
            return _ANY
        if char in "^$":
            return Edge(char == "^")
        return CharSet(ranges=((char, char),))

    def _group(self, depth: int) -> Pattern:
        opened = self.at
        if self._peek(3) == "(?:":
            self.at += 3
        elif self._peek(2) == "(?":
            raise self.error("expression-regex-unsupported", 3)
        else:
            self.at += 1
        inner = self.choice(depth + 1)
        if self._peek() != ")":
            raise PatternError("expression-regex-syntax", opened, "(")
        self.at += 1
        return inner

    def _repeat(self, part: Pattern) -> Pattern:
        char = self._peek()
        if char in _QUANTIFIERS and char:
            self.at += 1
            least, most = _QUANTIFIERS[char]
        elif char == "{":
            least, most = self._counts()
        else:
            return part
        if self._peek() == "?":
            self.at += 1
        elif self._peek() == "+":
            raise self.error("expression-regex-unsupported")
        return Repeat(part, least, most)

    def _counts(self) -> tuple[int, int | None]:
        end = self.text.find("}", self.at)
        inside = self.text[self.at + 1 : end] if end > 0 else ""
        least, comma, most = inside.partition(",")
        if not _digits(least) or (most and not _digits(most)):
            raise self.error("expression-regex-syntax")
        low, high = int(least), int(most) if most else None if comma else int(least)
        if max(low, high or 0) > MAX_REPEAT:
            raise self.error("expression-regex-large", end + 1 - self.at)
        if high is not None and high < low:
            raise self.error("expression-regex-syntax", end + 1 - self.at)
        self.at = end + 1
        return low, high

    def _escape(self) -> CharSet:
        char = self.text[self.at + 1 : self.at + 2]
        if char.lower() in _SETS and char:
            self.at += 2
            found = _SETS[char.lower()]
            return CharSet(found.ranges, negated=char.isupper())
        if char in ("p", "P"):
            return self._category(char == "P")
        if char in ("u", "x"):
            return self._code(4 if char == "u" else 2)
        if not char:
            raise self.error("expression-regex-syntax")
        if char.isalnum() and char not in _CONTROLS:
            raise self.error("expression-regex-unsupported", 2)
        self.at += 2
        meant = _CONTROLS.get(char, char)
        return CharSet(ranges=((meant, meant),))

    def _category(self, other: bool) -> CharSet:
        end = self.text.find("}", self.at)
        name = self.text[self.at + 3 : end] if self._peek(3)[2:] == "{" else self._peek(3)[2:]
        if name not in _CATEGORIES:
            raise self.error("expression-regex-unsupported", max(end + 1 - self.at, 2))
        self.at = end + 1 if self._peek(3)[2:] == "{" else self.at + 3
        return CharSet(categories=((name, other),))

    def _code(self, digits: int) -> CharSet:
        code = self.text[self.at + 2 : self.at + 2 + digits]
        if len(code) < digits or any(digit not in "0123456789abcdefABCDEF" for digit in code):
            raise self.error("expression-regex-syntax", 2 + digits)
        self.at += 2 + digits
        char = chr(int(code, 16))
        return CharSet(ranges=((char, char),))

    def _set(self) -> CharSet:
        opened = self.at
        self.at += 1
        negated = self._peek() == "^"
        self.at += negated
        parts: list[CharSet] = []
        while self._peek() != "]":
            if not self._peek():
                raise PatternError("expression-regex-syntax", opened, "[")
            parts.append(self._set_part())
        if not parts:
            raise PatternError("expression-regex-syntax", opened, "[]")
        self.at += 1
        return CharSet(parts=tuple(parts), negated=negated)

    def _set_part(self) -> CharSet:
        low = self._set_char()
        if self._peek() != "-" or self._peek(2) in ("-]", "-"):
            return low
        dash = self.at
        self.at += 1
        high = self._set_char()
        first, last = _single(low), _single(high)
        if not first or not last or first > last:
            raise PatternError("expression-regex-syntax", dash, "-")
        return CharSet(ranges=((first, last),))

    def _set_char(self) -> CharSet:
        char = self._peek()
        if char == "\\":
            return self._escape()
        if char == "[" or self._peek(2) == "&&":
            raise self.error("expression-regex-unsupported", 2)
        self.at += 1
        return CharSet(ranges=((char, char),))


def _digits(text: str) -> bool:
    return 0 < len(text) <= 6 and all("0" <= char <= "9" for char in text)


def _single(found: CharSet) -> str:
    """The one character of a set of one, else ""."""
    if len(found.ranges) == 1 and not found.negated and found.ranges[0][0] == found.ranges[0][1]:
        return found.ranges[0][0]
    return ""
