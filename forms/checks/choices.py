"""Choice lists: named ones exist, and a question has one list and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from forms.checklist import Checklist
from forms.checks.parts import Path, choice_lists, problem, questions
from forms.nearest import Known
from forms.problems import Problem
from forms.questions.base import Listed
from forms.questions.matrix import MatrixQuestion

#: Names that are told where one is unknown.
MAX_TOLD = 20
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def check(checklist: Checklist) -> Iterator[Problem]:
    for name in checklist.choice_lists:
        if not _NAME.fullmatch(name):
            yield problem("id-form", ("choice_lists", name), name=name, value=name)
    for path, choices in choice_lists(checklist):
        if not choices:
            yield problem("choices-empty", path, name=str(path[-1]))
    known = Known(checklist.choice_lists)
    for path, question in questions(checklist):
        if isinstance(question, Listed):
            yield from _of_question(question, path, checklist, known)


def _of_question(
    question: Listed, path: Path, checklist: Checklist, known: Known
) -> Iterator[Problem]:
    if question.list is not None and question.choices is not None:
        yield problem("list-and-choices", (*path, "choices"))
    if question.list is not None and question.list not in checklist.choice_lists:
        yield _unknown(question.list, (*path, "list"), checklist, known)
    has_list = question.list is not None or question.choices is not None
    if isinstance(question, MatrixQuestion):
        yield from _of_matrix(question, path, has_list)
    elif not has_list:
        yield problem("choices-missing", path)


def _unknown(name: str, path: Path, checklist: Checklist, known: Known) -> Problem:
    near = known.nearest(name)
    if near:
        return problem("list-unknown-near", path, value=name, near=near)
    words = ", ".join(islice(checklist.choice_lists, MAX_TOLD))
    return problem("list-unknown", path, value=name, words=words or "–")


def _of_matrix(question: MatrixQuestion, path: Path, has_list: bool) -> Iterator[Problem]:
    if not question.rows:
        yield problem("rows-empty", (*path, "rows"))
    on_scale = [word for word in ("min", "max") if getattr(question, word) is not None]
    if has_list:
        words = [*on_scale, *(word for word in ("labels", "reverse") if getattr(question, word))]
        for word in words:
            yield problem("matrix-both", (*path, word), name=word)
