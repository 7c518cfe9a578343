"""From plain values to a Checklist, everything that does not fit reported at once.

What is wrong is said once and then mended with a stand-in, so that the checks that need a whole
checklist can still run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from forms.checklist import Checklist
from forms.formats.complaints import Complaint, complaint, errors_of
from forms.formats.mending import mend
from forms.formats.positions import UNUSABLE
from forms.formats.tree import Path
from forms.problems import Problem

#: Stand-ins can uncover more (the fields of a question of unknown type), but never for long.
_ROUNDS = 5

_ON_LANGUAGES = ("language-unknown", "translation-missing", "languages-empty")
_ON_NAMES = ("expression-unknown", "expression-unknown-near", "expression-choice")
#: These look at nothing but the value itself: a stand-in beside it changes nothing.
_OF_ONE_VALUE = ("id-repeated", "list-unknown", "list-unknown-near", "language-unknown")
#: Mended, these may have taken away an id that somebody refers to.
_NAMING = frozenset(("id", "rows", "choices", "questions"))


class Doubt:
    """Which places were mended: nothing more is said about them and what hangs on them."""

    def __init__(self) -> None:
        self._paths: set[Path] = set()
        self._holders: set[Path] = set()
        self._names = False

    def add(self, path: Path) -> None:
        self._paths.add(path)
        self._holders.add(path[:-1])
        names = isinstance(path[-1], int) or path[-1] in _NAMING
        self._names |= (names and path[0] == "sections") or path[0] == "choice_lists"

    def covers(self, path: Path) -> bool:
        """Whether ``path`` was mended itself, or with something that holds it."""
        return any(path[:length] in self._paths for length in range(len(path) + 1))

    def doubts(self, problem: Problem) -> bool:
        """Whether ``problem`` may be there only because of a stand-in."""
        path = problem.where.path
        if problem.code in _ON_LANGUAGES and ("languages",) in self._paths:
            return True
        if self._names and problem.code in _ON_NAMES:
            return True
        if problem.code.startswith("list-unknown") and ("choice_lists",) in self._paths:
            return True
        if problem.code in _OF_ONE_VALUE or problem.code.startswith("expression-"):
            return self.covers(path)
        return self.covers(path) or path in self._holders or path[:-1] in self._holders


def build(
    values: dict[str, Any], doubt: Doubt, report: Callable[[Complaint], None]
) -> Checklist | None:
    """The checklist of ``values``, which are mended in place wherever ``report`` was called.

    None when even stand-ins do not make it whole.
    """
    for _ in range(_ROUNDS):
        try:
            return Checklist.model_validate(values)
        except ValidationError as error:
            found = errors_of(error, values)
        for each in found:
            if each.value is not UNUSABLE and not doubt.covers(each.path):
                report(complaint(each, values))
        # The deepest first: a stand-in must not take the ground from under another.
        for each in sorted(found, key=lambda each: len(each.path), reverse=True):
            mend(values, each.path, each.kind)
            doubt.add(each.path)
    return None
