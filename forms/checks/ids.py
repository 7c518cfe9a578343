"""Ids: sections and questions share one namespace; rows are unique in their matrix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms.checklist import Checklist
from forms.checks.parts import Path, choice_lists, number_of, problem, questions
from forms.problems import Problem
from forms.questions.matrix import MatrixQuestion


def check(checklist: Checklist) -> Iterator[Problem]:
    yield from _unique(checklist)
    for path, question in questions(checklist):
        if isinstance(question, MatrixQuestion):
            rows = (row.id for row in question.rows)
            yield from _repeated(rows, (*path, "rows"), "row-repeated")
    for path, choices in choice_lists(checklist):
        yield from _repeated((choice.id for choice in choices), path, "choice-repeated")


def _unique(checklist: Checklist) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for path, id in sorted(_all_ids(checklist), key=lambda found: _order(found[0])):
        if id in first:
            yield problem("id-repeated", (*path, "id"), id=id, first=number_of(first[id]))
        first.setdefault(id, path)


def _all_ids(checklist: Checklist) -> Iterator[tuple[Path, str]]:
    for place, section in enumerate(checklist.sections):
        yield ("sections", place), section.id
    for path, question in questions(checklist):
        yield path, question.id


def _order(path: Path) -> tuple[int, ...]:
    return tuple(step for step in path if isinstance(step, int))


def _repeated(ids: Iterable[str], path: Path, code: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, id in enumerate(ids):
        if id in seen:
            yield problem(code, (*path, place, "id"), id=id)
        seen.add(id)
