"""Walking over a checklist with the path of every part."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checklist import Checklist
from forms.problems import PathStep, Problem, Severity, Where
from forms.questions import Question
from forms.questions.base import Choice, Listed

Path = tuple[PathStep, ...]


def questions(checklist: Checklist) -> Iterator[tuple[Path, Question]]:
    for place, section in enumerate(checklist.sections):
        for number, question in enumerate(section.questions):
            yield ("sections", place, "questions", number), question


def choice_lists(checklist: Checklist) -> Iterator[tuple[Path, tuple[Choice, ...]]]:
    """Every list of choices where it is written: by name, or in its question."""
    for name, choices in checklist.choice_lists.items():
        yield ("choice_lists", name), choices
    for path, question in questions(checklist):
        if isinstance(question, Listed) and question.choices is not None:
            yield (*path, "choices"), question.choices


def problem(code: str, path: Path, **values: str) -> Problem:
    return Problem(code, Where(path=path), values)


def warning(code: str, path: Path, **values: str) -> Problem:
    return Problem(code, Where(path=path), values, Severity.WARNING)


def number_of(path: Path) -> str:
    """What a person calls the section or question at ``path``: "2", "2.4"."""
    return ".".join(str(step + 1) for step in path if isinstance(step, int))
