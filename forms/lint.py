"""Warnings: what a checklist may do, and probably did not mean to. They stop nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.checklist import Checklist, TotalMode
from forms.checks.parts import Path, choice_lists, warning
from forms.checks.texts import texts
from forms.compiled import CompiledChecklist, Item
from forms.problems import Problem
from forms.questions.base import Asked
from forms.questions.matrix import MatrixQuestion

#: Characters that fit a column of the ledger and of rankings.
SHORT = 24


def warnings(compiled: CompiledChecklist) -> Iterator[Problem]:
    checklist = compiled.checklist
    yield from _unscored(compiled)
    yield from _weights(checklist)
    yield from _grades(checklist)
    yield from _choices(checklist)
    yield from _texts(checklist)
    for place, section in enumerate(checklist.sections):
        if not section.questions:
            yield warning("section-empty", ("sections", place), id=section.id)


def _unscored(compiled: CompiledChecklist) -> Iterator[Problem]:
    """Weight, critical and bonus of questions that earn nothing."""
    told: set[Path] = set()
    paths = _paths(compiled.checklist)
    for item in compiled.items:
        if item.scored:
            continue
        for word in ("weight", "critical", "bonus"):
            path = _origin(item, word, paths)
            if path is not None and path not in told:
                told.add(path)
                yield warning("unscored", path, name=word)


def _paths(checklist: Checklist) -> dict[int, Path]:
    """The path of every question, by its identity: questions may be equal."""
    return {
        id(question): ("sections", place, "questions", number)
        for place, section in enumerate(checklist.sections)
        for number, question in enumerate(section.questions)
    }


def _origin(item: Item, word: str, paths: dict[int, Path]) -> Path | None:
    """Where ``word`` is written, when it is anything but its default."""
    path, question = paths[id(item.question)], item.question
    found = getattr(question, word)
    if isinstance(question, MatrixQuestion) and getattr(item.row, word) is not None:
        found = getattr(item.row, word)
        place = next(at for at, row in enumerate(question.rows) if row is item.row)
        path = (*path, "rows", place)
    return (*path, word) if found != Asked.model_fields[word].default else None


def _weights(checklist: Checklist) -> Iterator[Problem]:
    weights = [section.weight for section in checklist.sections]
    written = [place for place, weight in enumerate(weights) if weight != 1]
    if checklist.scoring.total is TotalMode.POINTS:
        for place in written:
            yield warning("weight-unused", ("sections", place, "weight"))
    elif written and sum(weights) not in (1, 100):
        at: Path = ("sections", written[0], "weight")
        yield warning("weights-sum", at, sum=f"{sum(weights, Decimal(0)).normalize():f}")


def _grades(checklist: Checklist) -> Iterator[Problem]:
    grades = checklist.scoring.bands
    if grades and (least := min(grade.min for grade in grades)) > 0:
        yield warning("bands-start", ("scoring", "bands"), min=f"{least:f}")


def _choices(checklist: Checklist) -> Iterator[Problem]:
    for path, choices in choice_lists(checklist):
        for place, choice in enumerate(choices):
            for word in ("points", "fail"):
                if choice.na and getattr(choice, word):
                    yield warning("na-choice", (*path, place, word), name=word, id=choice.id)


def _texts(checklist: Checklist) -> Iterator[Problem]:
    for path, text in texts(checklist):
        if isinstance(text, dict):
            missing = [each for each in checklist.languages if not text.get(each, "").strip()]
            if missing:
                values = {"name": str(path[-1]), "words": ", ".join(missing)}
                yield warning("translation-missing", path, **values)
        if path[-1] == "short":
            longest = max(text.values() if isinstance(text, dict) else (text,), key=len, default="")
            if len(longest) > SHORT:
                yield warning("short-long", path, value=longest, count=str(len(longest)))
