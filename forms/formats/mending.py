"""Stand-ins for what cannot be used, so that the rest can still be checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from forms.checklist import FORMAT, Checklist
from forms.formats.tree import Path
from forms.problems import Problem
from forms.questions.text import TextQuestion


def _id_for(path: Path) -> str:
    """An id that nobody wrote: the path itself."""
    return "".join(f"_{step}" for step in path if str(step).isalnum()) or "_"


def _choice(path: Path) -> dict[str, Any]:
    return {"id": _id_for(path), "label": "_", "points": 1}


#: For words that a part must have, or that others hang on. The rest may simply go.
_STAND_INS: dict[str, Callable[[Path], Any]] = {
    "format": lambda _: FORMAT,
    "id": lambda path: "x" if path == ("id",) else _id_for(path),
    "version": lambda _: "0",
    "title": lambda _: "_",
    "label": lambda _: "_",
    "languages": lambda _: [],
    "sections": lambda _: [],
    "questions": lambda _: [],
    "rows": lambda _: [],
    "calculation": lambda _: "''",
    "cap": lambda _: 0,
    "points": lambda _: 1,
}
_ITEMS: dict[str, Callable[[Path], Any]] = {
    "languages": lambda _: "und",
    "sections": lambda path: {"id": _id_for(path), "title": "_", "questions": []},
    "questions": lambda path: {"type": "text", "id": _id_for(path), "label": "_"},
    "rows": lambda path: {"id": _id_for(path), "label": "_"},
    "bands": lambda path: (
        {"min": path[-1], "id": _id_for(path), "label": "_"} if path[0] == "scoring" else {}
    ),
}


def mend(values: dict[str, Any], path: Path, kind: str) -> None:
    """Put a stand-in at ``path``, or take away what stands there."""
    holder: Any = values
    for step in path[:-1]:
        if not _has(holder, step):
            return
        holder = holder[step]
    last = path[-1]
    if isinstance(holder, list):
        _mend_item(holder, path)
    elif last == "type":
        _as_text(holder)
    elif not isinstance(holder, dict):
        return
    elif kind != "extra_forbidden" and last in _STAND_INS:
        holder[str(last)] = _STAND_INS[str(last)](path)
    elif path[0] == "choice_lists" and len(path) == 2:
        holder[str(last)] = [_choice(path)]
    elif kind == "missing":
        holder[str(last)] = 0
    else:
        holder.pop(last, None)


def _has(holder: Any, step: str | int) -> bool:
    if isinstance(holder, dict):
        return step in holder
    return isinstance(holder, list) and isinstance(step, int) and step < len(holder)


def _mend_item(items: list[Any], path: Path) -> None:
    at = path[-1]
    assert isinstance(at, int)
    name = next(str(step) for step in reversed(path) if isinstance(step, str))
    items[at] = _ITEMS[name](path) if name in _ITEMS else _choice(path)


def _as_text(question: dict[str, Any]) -> None:
    """Make a question of unknown type one of text, with whatever may stay."""
    for word in question.keys() - TextQuestion.model_fields.keys():
        del question[word]
    question["type"] = "text"


#: Problems that leave nothing to score or to choose from; without the word it can be compiled.
_STOPPERS = ("list-unknown", "list-unknown-near", "points-choices", "points-bands")


def made_runnable(
    checklist: Checklist, values: dict[str, Any], problems: Iterable[Problem]
) -> Checklist:
    """``checklist`` without the words that keep it from being compiled; ``values`` lose them."""
    stoppers = [problem.where.path for problem in problems if problem.code in _STOPPERS]
    for path in stoppers:
        mend(values, path, "extra_forbidden")
    return Checklist.model_validate(values) if stoppers else checklist
