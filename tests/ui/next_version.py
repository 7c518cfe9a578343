"""A next version of any checklist of some size, with every sort of change in it."""

from __future__ import annotations

import json
from typing import Any

from forms.canonical import canonical_json, from_canonical
from forms.checklist import Checklist

BOTH = ("vi", "en")


def next_version(checklist: Checklist, version: str = "1.1.0") -> Checklist:
    data = json.loads(canonical_json(checklist))
    data["version"] = version
    sections = data["sections"]
    questions = [question for section in sections for question in section["questions"]]
    plain = [question for question in questions if not _is_read(question["id"], data)]
    _reword(questions)
    _add(sections[1])
    _drop(sections, plain)
    _narrow(data, plain)
    for question in plain:
        if question["type"] == "scale":
            question["max"] = 10
    weighted = [question for question in plain if question.get("points")]
    if weighted:
        weighted[0]["points"] = 12
        weighted[-1]["critical"] = {"cap": 60}
    data["scoring"]["pass_mark"] = 85
    return from_canonical(json.dumps(data))


def _is_read(id: str, data: dict[str, Any]) -> bool:
    return f"${{{id}" in json.dumps(data)


def _reword(questions: list[dict[str, Any]]) -> None:
    for question in questions[1:30:7]:
        for language in BOTH:
            words = question["label"][language].split()
            words[1:2] = ["thật sự", words[1]] if language == "vi" else ["really", words[1]]
            del words[-2:-1]
            question["label"][language] = " ".join(words)


def _add(section: dict[str, Any]) -> None:
    labels = (
        ("Nhân viên bảo vệ có hướng dẫn chỗ để xe không?", "Did the guard show you where to park?"),
        ("Bạn nhớ điều gì nhất ở lối vào?", "What do you remember best of the entrance?"),
    )
    for place, texts in enumerate(labels):
        new = {"id": f"new_{place}", "type": "text", "label": dict(zip(BOTH, texts, strict=True))}
        section["questions"].append({**new, "required": place == 0})


def _drop(sections: list[dict[str, Any]], plain: list[dict[str, Any]]) -> None:
    gone = [question["id"] for question in plain if question["type"] in ("choice", "duration")][
        1:9:3
    ]
    for section in sections:
        section["questions"] = [each for each in section["questions"] if each["id"] not in gone]


def _narrow(data: dict[str, Any], plain: list[dict[str, Any]]) -> None:
    """Two questions of one list lose its first choice."""
    lists = data["choice_lists"]
    for question in [each for each in plain if each["type"] == "choice"][2:7:2]:
        choices = question.pop("choices", None) or lists[question.pop("list")]
        most = {"id": "partly", "label": {"vi": "Một phần", "en": "Partly"}, "points": 1}
        question["choices"] = [most, *choices[1:]]
