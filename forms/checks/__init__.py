"""What can be wrong with a checklist that has the right shape. Each problem says its path."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checklist import Checklist
from forms.checks import choices, grades, ids, points, scales, texts
from forms.problems import Problem

_CHECKS = (ids.check, choices.check, scales.check, points.check, grades.check, texts.check)


def problems(checklist: Checklist) -> Iterator[Problem]:
    """Every error that needs no expression to be read; ``forms.rules`` has those."""
    for check in _CHECKS:
        yield from check(checklist)
