"""YAML 1.2 text as a tree of places. Nothing is expanded: aliases are refused where they stand.

Works on the events of ruamel.yaml's own parser, which keep every position and spelling; its
constructors would lose them (3.10 becomes 3.1) or expand aliases first.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from forms.formats.source import Source, unreadable
from forms.formats.tree import (
    MAX_DEPTH,
    MAX_VALUES,
    Mapping,
    Node,
    Notes,
    Refused,
    Scalar,
    Sequence,
)
from forms.problems import UnreadableError

Progress = Callable[[float], None]
_EVERY = 1000

#: What ruamel.yaml says, and the code of what we say. The first that occurs in its words.
_SYNTAX = (
    ("character '\\t'", "yaml-tab"),
    ("mapping values are not allowed", "yaml-colon"),
    ("could not find expected ':'", "yaml-no-colon"),
    ("found unexpected end of stream", "yaml-quote-open"),
    ("unexpected document separator", "yaml-quote-open"),
    ("unknown escape character", "yaml-escape"),
    ("expected escape sequence", "yaml-escape"),
    ("flow sequence", "yaml-bracket"),
    ("flow mapping", "yaml-bracket"),
    ("cannot start any token", "yaml-character"),
    ("expected <block end>", "yaml-indent"),
    ("sequence entries are not allowed", "yaml-indent"),
    ("expected the node content", "yaml-indent"),
)


def parse(source: Source, notes: Notes, progress: Progress | None = None) -> Node:
    """The first document of ``source``. Raises UnreadableError for a syntax error."""
    try:
        return _Builder(source, notes, progress).document()
    except MarkedYAMLError as error:
        raise _syntax_error(error, source) from error
    except (YAMLError, ValueError, OverflowError) as error:
        # ValueError: an escape beyond Unicode, such as "\UFFFFFFFF".
        raise unreadable("yaml-syntax", source.name) from error


def _syntax_error(error: MarkedYAMLError, source: Source) -> UnreadableError:
    words = f"{error.context or ''} {error.problem or ''}"
    code = next((code for part, code in _SYNTAX if part in words), "yaml-syntax")
    opened = code in ("yaml-quote-open", "yaml-bracket") and error.context_mark is not None
    mark = error.context_mark if opened else (error.problem_mark or error.context_mark)
    if mark is None:
        return unreadable(code, source.name)
    return unreadable(code, source.name, mark.line + 1, mark.column + 1)


class _Builder:
    """Turns the stream of events into nodes, with a stack of its own instead of recursion."""

    def __init__(self, source: Source, notes: Notes, progress: Progress | None) -> None:
        self._source = source
        self._notes = notes
        self._progress = progress
        self._events: Iterator[Any] = _events(source.text)
        self._count = 0

    def document(self) -> Node:
        root: Node | None = None
        stack: list[_Open] = []
        for event in self._events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                if root is not None:
                    self._notes.add("several-documents", _at(event))
                    break
                self._check_version(event)
            elif kind in ("MappingStartEvent", "SequenceStartEvent"):
                self._tick(event)
                self._check_properties(event)
                stack.append(_Open(_opened(event, kind)))
                self._check_depth(event, len(stack))
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                root = self._close(stack)
            elif kind in ("ScalarEvent", "AliasEvent"):
                root = self._place(self._leaf(event, kind), stack)
        if root is None:
            raise unreadable("file-empty", self._source.name)
        return root

    def _leaf(self, event: Any, kind: str) -> Node:
        self._tick(event)
        if kind == "AliasEvent":
            self._notes.add("yaml-alias", _at(event), name=f"*{event.anchor}")
            return _at(event)
        self._check_properties(event)
        return _scalar(event)

    def _tick(self, event: Any) -> None:
        self._count += 1
        if self._count > MAX_VALUES:
            mark = event.start_mark
            raise unreadable(
                "too-many-values",
                self._source.name,
                mark.line + 1,
                mark.column + 1,
                most=f"{MAX_VALUES:,}",
            )
        if self._progress is not None and self._count % _EVERY == 0:
            self._progress(event.end_mark.index / len(self._source.text))

    def _check_version(self, event: Any) -> None:
        if event.version not in (None, (1, 2)):
            self._notes.add("yaml-version", _at(event))

    def _check_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self._notes.add("yaml-anchor", _at(event), name=f"&{event.anchor}")
        if event.tag is not None:
            self._notes.add("yaml-tag", _at(event), name=str(event.tag))

    def _check_depth(self, event: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            mark = event.start_mark
            raise unreadable(
                "too-deep", self._source.name, mark.line + 1, mark.column + 1, most=str(MAX_DEPTH)
            )

    def _close(self, stack: list[_Open]) -> Node:
        return self._place(stack.pop().node, stack)

    def _place(self, node: Node, stack: list[_Open]) -> Node:
        """Put ``node`` where it belongs; the root so far is returned."""
        if not stack:
            return node
        top = stack[-1]
        if isinstance(top.node, Sequence):
            top.node.items.append(node)
        elif not top.has_key:
            top.key, top.has_key = self._key(node, top.node), True
        else:
            if top.key is not None:
                top.node.entries[top.key.text] = node
                top.node.keys[top.key.text] = top.key
            top.has_key = False
        return stack[0].node

    def _key(self, node: Node, mapping: Mapping) -> Scalar | None:
        """The key, or None when it is refused and its value with it."""
        if not isinstance(node, Scalar):
            if not isinstance(node, Refused):
                self._notes.add("key-not-text", node)
            return None
        if node.plain and node.text == "<<":
            self._notes.add("yaml-merge", node)
            return None
        if node.text in mapping.entries:
            first = mapping.keys[node.text]
            self._notes.add("duplicate-key", node, key=node.text, line=str(first.line))
            return None
        return node


class _Open:
    """A mapping or sequence whose end has not come."""

    def __init__(self, node: Mapping | Sequence) -> None:
        self.node = node
        self.key: Scalar | None = None
        self.has_key = False


def _events(text: str) -> Iterator[Any]:
    # The pure parser of typ='safe' gives the events of typ='rt' without gathering comments.
    yield from YAML(typ="safe", pure=True).parse(io.StringIO(text))


def _at(event: Any) -> Refused:
    return Refused(event.start_mark.line + 1, event.start_mark.column + 1)


def _opened(event: Any, kind: str) -> Mapping | Sequence:
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    return Mapping(line, column) if kind == "MappingStartEvent" else Sequence(line, column)


def _scalar(event: Any) -> Scalar:
    start, end = event.start_mark, event.end_mark
    plain = not event.style
    quotes = 0 if plain else 1
    as_written = (
        start.line == end.line and end.column - start.column == len(event.value) + 2 * quotes
    )
    text = unicodedata.normalize("NFC", event.value)
    lead = quotes if as_written else None
    return Scalar(text, plain, start.line + 1, start.column + 1, lead)
