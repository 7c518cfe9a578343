"""Small checklists for tests, in as few words as a file would need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from forms.answers import Answer, AnswerKey, Value
from forms.checklist import Checklist
from forms.compiled import CompiledChecklist, Item
from forms.scorecard import Scorecard
from forms.scoring import score

AT = datetime.fromisoformat("2026-11-12T14:00")
YES_NO = [
    {"id": "yes", "label": {"vi": "Có", "en": "Yes"}, "points": 1},
    {"id": "no", "label": {"vi": "Không", "en": "No"}, "points": 0},
    {"id": "na", "label": {"vi": "Không áp dụng", "en": "N/A"}, "na": True},
]


def exact(data: Any) -> Any:
    """``data`` with numbers as readers hand them over: a float is its shortest spelling."""
    if isinstance(data, dict):
        return {key: exact(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [exact(value) for value in data]
    return Decimal(repr(data)) if isinstance(data, float) else data


def question(id: str, type: str = "choice", **more: Any) -> dict[str, Any]:
    if type == "choice" and "choices" not in more:
        more.setdefault("list", "yna")
    return {"id": id, "type": type, "label": id, **more}


def section(id: str, *questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": id, "title": id, "questions": list(questions), **more}


def checklist(*sections: dict[str, Any], **scoring: Any) -> CompiledChecklist:
    data = {
        "format": "auditor-checklist/1",
        "id": "small",
        "version": "1",
        "title": "Small",
        "languages": ["vi", "en"],
        "scoring": scoring,
        "choice_lists": {"yna": YES_NO},
        "sections": list(sections),
    }
    return CompiledChecklist(Checklist.model_validate(exact(data)))


def one(type: str, **more: Any) -> Item:
    """The only item of a checklist of one question."""
    return checklist(section("s", question("q", type, **more))).items[0]


def given(**values: Value | Answer | None) -> dict[AnswerKey, Answer]:
    """Answers by id; ``__`` stands for the dot of a matrix row."""
    return {
        (id.replace("__", "."), 0): value if isinstance(value, Answer) else Answer(value)
        for id, value in values.items()
    }


def scored(
    compiled: CompiledChecklist,
    answers: Mapping[AnswerKey, Answer] | None = None,
    *,
    draft: bool = False,
    **values: Value | Answer | None,
) -> Scorecard:
    return score(compiled, {**given(**values), **(answers or {})}, AT, draft=draft)


NA = Answer(not_applicable=True)
