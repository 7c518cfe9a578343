"""The bands of the total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.checklist import Checklist
from forms.checks.parts import Path, problem
from forms.problems import Problem


def check(checklist: Checklist) -> Iterator[Problem]:
    ids: set[str] = set()
    least: set[Decimal] = set()
    for place, grade in enumerate(checklist.scoring.bands):
        path: Path = ("scoring", "bands", place)
        if grade.id in ids:
            yield problem("band-repeated", (*path, "id"), id=grade.id)
        if grade.min in least:
            yield problem("band-min-repeated", (*path, "min"), value=f"{grade.min:f}")
        ids.add(grade.id)
        least.add(grade.min)
    if not checklist.sections:
        yield problem("sections-empty", ("sections",))
