"""JSON text as a tree of places; the standard parser keeps none and takes the last of two keys."""

from __future__ import annotations

import re
import unicodedata
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]

from forms.formats.source import Source, unreadable
from forms.formats.tree import MAX_DEPTH, MAX_VALUES, Mapping, Node, Notes, Scalar, Sequence
from forms.problems import UnreadableError

_SPACE = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(
    r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![0-9.\w])|\b(?:true|false|null)\b"
)


def parse(source: Source, notes: Notes) -> Node:
    """The value of ``source``. Raises UnreadableError for a syntax error."""
    return _Scanner(source, notes).document()


class _Scanner:
    """Recursive descent; ``MAX_DEPTH`` bounds the recursion."""

    def __init__(self, source: Source, notes: Notes) -> None:
        self._source = source
        self._text = source.text
        self._notes = notes
        self._at = 0
        self._count = 0
        self._line = 1
        self._line_start = 0
        self._counted = 0

    def document(self) -> Node:
        root = self._value(1)
        self._skip()
        if self._at < len(self._text):
            raise self._error("json-more")
        return root

    def _value(self, depth: int) -> Node:
        self._skip()
        if depth > MAX_DEPTH:
            raise self._error("too-deep", most=str(MAX_DEPTH))
        self._tick()
        first = self._text[self._at : self._at + 1]
        if first == "{":
            return self._mapping(depth)
        if first == "[":
            return self._sequence(depth)
        return self._string() if first == '"' else self._word()

    def _tick(self) -> None:
        self._count += 1
        if self._count > MAX_VALUES:
            raise self._error("too-many-values", most=f"{MAX_VALUES:,}")

    def _mapping(self, depth: int) -> Mapping:
        found = Mapping(*self._place())
        self._at += 1
        if self._next_is("}"):
            return found
        while True:
            self._skip()
            if self._text[self._at : self._at + 1] != '"':
                raise self._error("json-key")
            self._tick()
            key = self._string()
            if not self._next_is(":"):
                raise self._error("json-colon")
            self._enter(found, key, self._value(depth + 1))
            if self._next_is("}"):
                return found
            if not self._next_is(","):
                raise self._error("json-comma", end="}")

    def _enter(self, mapping: Mapping, key: Scalar, value: Node) -> None:
        if key.text in mapping.entries:
            first = mapping.keys[key.text]
            self._notes.add("duplicate-key", key, key=key.text, line=str(first.line))
            return
        mapping.entries[key.text] = value
        mapping.keys[key.text] = key

    def _sequence(self, depth: int) -> Sequence:
        found = Sequence(*self._place())
        self._at += 1
        if self._next_is("]"):
            return found
        while True:
            found.items.append(self._value(depth + 1))
            if self._next_is("]"):
                return found
            if not self._next_is(","):
                raise self._error("json-comma", end="]")

    def _string(self) -> Scalar:
        line, column = self._place()
        start = self._at + 1
        try:
            text, self._at = scanstring(self._text, start, True)
        except JSONDecodeError as error:
            self._at = error.pos
            code = "json-quote-open" if "Unterminated" in error.msg else "json-string"
            raise self._error(code) from error
        lead = 1 if self._at - start - 1 == len(text) else None
        return Scalar(unicodedata.normalize("NFC", text), False, line, column, lead)

    def _word(self) -> Scalar:
        word = _WORD.match(self._text, self._at)
        if word is None:
            raise self._error("json-end" if self._at >= len(self._text) else "json-value")
        line, column = self._place()
        self._at = word.end()
        return Scalar(word.group(), True, line, column, 0)

    def _next_is(self, mark: str) -> bool:
        """Whether ``mark`` comes next; it is passed over then."""
        self._skip()
        if not self._text.startswith(mark, self._at):
            return False
        self._at += 1
        return True

    def _skip(self) -> None:
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at

    def _place(self) -> tuple[int, int]:
        breaks = self._text.count("\n", self._counted, self._at)
        if breaks:
            self._line += breaks
            self._line_start = self._text.rfind("\n", 0, self._at) + 1
        self._counted = self._at
        return self._line, self._at - self._line_start + 1

    def _error(self, code: str, **values: str) -> UnreadableError:
        if self._at < self._counted:
            self._line, self._line_start, self._counted = 1, 0, 0
        line, column = self._place()
        return unreadable(code, self._source.name, line, column, **values)
