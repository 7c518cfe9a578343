"""What a file says before anyone asks what it means: values with their place and spelling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from forms.problems import PathStep, Problem, Severity, Where

#: A checklist needs 9 levels. Deeper nesting is an attack or an accident.
MAX_DEPTH = 40
#: Keys, values, lists and maps together: more than 1,000 questions, read in some 2 seconds.
MAX_VALUES = 20_000
#: Languages of one checklist.
MAX_LANGUAGES = 50
#: More problems than these help nobody; the rest is counted.
MAX_PROBLEMS = 500

Path: TypeAlias = tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value. ``text`` is NFC; ``plain`` means without quotes, so it may be a number.

    ``lead`` is how many columns stand before the text on its one line (1 for a quote), None when
    the text is written otherwise than it reads (escapes, several lines).
    """

    text: str
    plain: bool
    line: int
    column: int
    lead: int | None = None


@dataclass(slots=True)
class Mapping:
    """Keys in the order of the file, each with the place of its key."""

    line: int
    column: int
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)


@dataclass(slots=True)
class Sequence:
    line: int
    column: int
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that was reported already (an alias): nothing more is said about it."""

    line: int
    column: int


Node: TypeAlias = Scalar | Mapping | Sequence | Refused


class Notes:
    """The problems of one file, as they are found."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self._found: list[Problem] = []
        self._seen: set[tuple[object, ...]] = set()

    def add(self, code: str, at: Node | None, path: Path = (), **values: str) -> None:
        """Note ``code``, an error, at the place of ``at``."""
        line, column = (at.line, at.column) if at is not None else (None, None)
        self.put(Problem(code, Where(self.file, line, column, path), values))

    def put(self, problem: Problem) -> None:
        """Keep ``problem`` unless the same was said of the same place."""
        where = problem.where
        key = (problem.code, where.line, where.column, where.path, *problem.values.items())
        if key not in self._seen:
            self._seen.add(key)
            self._found.append(problem)

    @property
    def errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self._found)

    def problems(self) -> tuple[Problem, ...]:
        """All problems in the order of the file, at most ``MAX_PROBLEMS`` and a count."""
        found = sorted(self._found, key=_place)
        if len(found) <= MAX_PROBLEMS:
            return tuple(found)
        rest = len(found) - MAX_PROBLEMS
        more = Problem("more-problems", Where(self.file), {"count": str(rest)})
        return (*found[:MAX_PROBLEMS], more)


def _place(problem: Problem) -> tuple[int, int]:
    return problem.where.line or 0, problem.where.column or 0


def walk(root: Node) -> Iterator[tuple[Path, Node]]:
    """Every node below ``root`` with its path, the root first."""
    todo: list[tuple[Path, Node]] = [((), root)]
    while todo:
        path, node = todo.pop()
        yield path, node
        if isinstance(node, Mapping):
            todo.extend(((*path, key), value) for key, value in node.entries.items())
        elif isinstance(node, Sequence):
            todo.extend(((*path, at), value) for at, value in enumerate(node.items))
