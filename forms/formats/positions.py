"""Between the tree of a file and plain values: what stands where."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from forms.formats.scalars import NumberError, meaning
from forms.formats.source import BAD_CHARACTER
from forms.formats.tree import Mapping, Node, Notes, Path, Refused, Scalar, Sequence
from forms.problems import Problem


class Unusable:
    """Stands where a value was refused already; no field of a checklist takes it."""


UNUSABLE = Unusable()

Plain: TypeAlias = object
"""``dict``, ``list``, ``str``, ``int``, ``Decimal``, ``bool``, ``None`` or ``UNUSABLE``."""


def plain(node: Node, notes: Notes, path: Path = ()) -> Plain:
    """The values of ``node``. ``MAX_DEPTH`` bounds the recursion."""
    if isinstance(node, Mapping):
        found = {}
        for key, value in node.entries.items():
            if _clean(node.keys[key], notes, (*path, key)):
                found[key] = plain(value, notes, (*path, key))
        return found
    if isinstance(node, Sequence):
        return [plain(value, notes, (*path, at)) for at, value in enumerate(node.items)]
    if isinstance(node, Refused) or not _clean(node, notes, path):
        return UNUSABLE
    try:
        return meaning(node)
    except NumberError as error:
        notes.add(error.code, node, path, value=node.text[:40])
        return UNUSABLE


def _clean(scalar: Scalar, notes: Notes, path: Path) -> bool:
    """False, and noted, when an escape has put in a character that no text may hold."""
    bad = BAD_CHARACTER.search(scalar.text)
    if bad is not None:
        notes.add("control-character", scalar, path, character=f"U+{ord(bad.group()):04X}")
    return bad is None


def node_at(root: Node, path: Path) -> Node:
    """The node at ``path``, or the nearest one above it that the file has."""
    node = root
    for step in path:
        if isinstance(node, Mapping) and step in node.entries:
            node = node.entries[str(step)]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node


def key_at(root: Node, path: Path) -> Node:
    """The key that ``path`` ends in, or the nearest node above it."""
    parent = node_at(root, path[:-1])
    if isinstance(parent, Mapping) and path[-1] in parent.keys:
        return parent.keys[str(path[-1])]
    return node_at(root, path)


#: Problems of a word, not of its value.
_AT_KEY = ("language-unknown", "label-off-scale", "matrix-both", "id-form")


def placed(problem: Problem, root: Node, file: str | None) -> Problem:
    """``problem`` with its path as a place in ``file``; inside an expression where it says so."""
    where = problem.where
    node = (key_at if problem.code in _AT_KEY else node_at)(root, where.path)
    column = node.column
    values = problem.values
    if isinstance(node, Scalar) and node.lead is not None and values.get("row") == "1":
        column += node.lead + int(values.get("column", "1")) - 1
    return replace(problem, where=replace(where, file=file, line=node.line, column=column))
