"""What may be kept with a reason (``facts.Kept``), and the fingerprint of what causes it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from auditor.domain.suspicion import Suspicion
from forms.problems import Problem, Severity

if TYPE_CHECKING:
    from forms.filling import Filling

#: The key of photos that belong to no question.
TRAY = "tray:"


def fingerprints(
    filling: Filling, suspicions: Iterable[Suspicion], tray: Collection[str]
) -> dict[str, str]:
    """All of a visit that may be kept as things are: its fingerprint by its key."""
    found = {each.key: each.fingerprint for each in suspicions}
    for problem in filling.problems():
        if problem.severity is not Severity.ERROR:
            found[problem_key(problem)] = of_problem(problem, filling)
    return found | ({TRAY: of_tray(tray)} if tray else {})


def problem_key(problem: Problem) -> str:
    return f"{problem.code}:{problem.where.question or ''}"


def of_problem(problem: Problem, filling: Filling) -> str:
    """It follows from the answer; what is said of the visit as a whole, from its values."""
    question = problem.where.question
    if question is None:
        return _of(*sorted(problem.values.items()))
    return _of(filling.answer(question))


def of_tray(photos: Collection[str]) -> str:
    return _of(sorted(photos))


def _of(*causes: object) -> str:
    """On disk text is in its one spelling (NFC), in the window as it was typed."""
    told = unicodedata.normalize("NFC", repr(causes))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
