"""Points that nothing can earn, and what the mean of a section cannot hold."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from forms.checklist import Checklist, SectionMode
from forms.checks.parts import Path, problem, questions
from forms.problems import Problem
from forms.questions import Question
from forms.questions.base import Listed
from forms.questions.kinds.base import Tariff
from forms.questions.matrix import MatrixQuestion

Tariffs: TypeAlias = dict[tuple[str, str, Decimal | None], Tariff[Any] | None]


def check(checklist: Checklist) -> Iterator[Problem]:
    mean = checklist.scoring.section is SectionMode.MEAN
    tariffs: Tariffs = {}
    for path, question in questions(checklist):
        if isinstance(question, Listed) and _listless(question, checklist):
            continue
        for asked, points, bonus in _asked(question, path):
            tariff = _tariff(question, checklist, points, tariffs)
            if points is not None and tariff is None:
                yield _pointless(question, (*asked, "points"))
            elif mean and bonus and tariff is not None:
                yield problem("mean-bonus", (*asked, "bonus"))
            elif mean and tariff is not None and tariff.possible == 0:
                yield problem("mean-penalty", asked)


def _listless(question: Listed, checklist: Checklist) -> bool:
    """Its list is missing, which is another problem."""
    return question.list is not None and question.list not in checklist.choice_lists


def _asked(question: Question, path: Path) -> Iterator[tuple[Path, Decimal | None, bool]]:
    """Path, points and bonus of the question or of each row; the matrix where a row is silent."""
    if not isinstance(question, MatrixQuestion):
        yield path, question.points, question.bonus
        return
    for place, row in enumerate(question.rows):
        own = (*path, "rows", place)
        at = path if row.points is None and row.bonus is None else own
        points = question.points if row.points is None else row.points
        yield at, points, question.bonus if row.bonus is None else row.bonus


def _tariff(
    question: Question, checklist: Checklist, points: Decimal | None, known: Tariffs
) -> Tariff[Any] | None:
    """What the question earns; None when that is nothing at all. A thousand questions may share a
    list of a thousand choices: ``known`` are the tariffs of named lists."""
    if question.list_name is None:
        return _worked_out(question, checklist, points)
    key = (question.type, question.list_name, points)
    if key not in known:
        known[key] = _worked_out(question, checklist, points)
    return known[key]


def _worked_out(
    question: Question, checklist: Checklist, points: Decimal | None
) -> Tariff[Any] | None:
    kind = question.kind(question.offered(checklist.choice_lists))
    try:
        return kind.tariff(points)
    except ValueError:  # points, and no choice or band above 0
        return None


def _pointless(question: Question, path: Path) -> Problem:
    if isinstance(question, Listed):
        return problem("points-choices", path)
    if hasattr(question, "bands"):
        return problem("points-bands", path)
    return problem("points-unscored", path, type=question.type)
