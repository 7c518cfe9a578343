"""Hypothesis strategies: valid checklists of every type and policy, and answers to them.

Both are plain data as in files (numbers ``int`` or ``Decimal``), so that a second implementation
can read them too; ``json_text`` writes them exactly.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, get_args

from hypothesis import strategies as st

from forms.answers_json import read_answers
from forms.checklist import Checklist
from forms.compiled import CompiledChecklist
from forms.questions import QUESTION_TYPES
from forms.scorecard import Scorecard
from forms.scoring import score
from tests.forms import oracle

POSITIVE = st.sampled_from(
    [Decimal(text) for text in ("1", "2", "3", "5", "7", "10", "33.3", "0.1", "12.75", "0.333")]
)
ANY_POINTS = st.one_of(
    st.sampled_from([Decimal(n) for n in (0, 1, 2, 5)]),
    st.sampled_from([Decimal(text) for text in ("-3", "-0.5", "0.25", "33.3", "7")]),
)
WEIGHTS = st.sampled_from([Decimal(text) for text in ("0", "1", "5", "33.3", "12.5", "40", "0.7")])
CRITICAL = st.one_of(
    st.just(False),
    st.sampled_from(["flag", "section", "audit"]),
    st.sampled_from([0, 40, Decimal("62.5"), 100]).map(lambda cap: {"cap": cap}),
)
TYPES = tuple(get_args(kind.model_fields["type"].annotation)[0] for kind in QUESTION_TYPES)
MOSTLY = st.sampled_from([True, True, True, True, False])
RARELY = MOSTLY.map(lambda mostly: not mostly)
SCORED = ("choice", "choices", "scale", "matrix", "expectation", "nps", "ces", "duration")
NUMBERS = ("integer", "decimal", "duration")
EVIDENCE = ("photo", "audio", "file", "signature")
TEXTS = {
    "text": ["", "xin chào", "Nhân viên rất nhiệt tình và vui vẻ"],
    "date": ["2026-11-12", "2024-02-29"],
    "time": ["09:05", "23:59:59"],
    "datetime": ["2026-11-12T14:00", "2026-11-12T14:00:30"],
}


@dataclass
class Case:
    """``conditions`` is what the expressions of the checklist say, for the oracle."""

    checklist: dict[str, Any]
    answers: dict[str, Any] = field(default_factory=dict)
    conditions: dict[str, tuple[str, str, Any]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return json_text(self.checklist)

    @property
    def answers_text(self) -> str:
        return json_text({"answers": self.answers, "at": "2026-11-12T14:00:00"})


def compiled_of(case: Case) -> CompiledChecklist:
    return CompiledChecklist(Checklist.model_validate(case.checklist))


def scored_case(case: Case, *, draft: bool = False) -> Scorecard:
    """The whole way that ``auditor score`` goes, from the text of an answers file."""
    compiled = compiled_of(case)
    given = read_answers(case.answers_text, compiled)
    assert [problem.line() for problem in given.problems] == []
    return score(compiled, given.answers, given.at, draft=draft)


def json_text(data: Any) -> str:
    """JSON with decimals as they are written."""
    if isinstance(data, dict):
        pairs = (f"{json.dumps(key)}: {json_text(value)}" for key, value in data.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(data, (list, tuple)):
        return "[" + ", ".join(map(json_text, data)) + "]"
    return format(data, "f") if isinstance(data, Decimal) else json.dumps(data)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A valid checklist with answers that fit it."""
    case = draw(checklists())
    case.answers = draw(answers_to(case))
    return case


@st.composite
def checklists(draw: st.DrawFn) -> Case:
    lists = {f"list{n}": draw(choices()) for n in range(draw(st.integers(1, 2)))}
    scoring = draw(scorings())
    case = Case({
        "format": "auditor-checklist/1",
        "id": "random",
        "version": "1.0",
        "title": "Random",
        "languages": ["en"],
        "scoring": scoring,
        "choice_lists": lists,
        "sections": [],
    })  # fmt: skip
    for number in range(draw(st.integers(1, 4))):
        section: dict[str, Any] = {"id": f"s{number}", "title": "S", "questions": []}
        case.checklist["sections"].append(section)
        if draw(st.booleans()):
            section["weight"] = draw(WEIGHTS)
        if number and draw(RARELY):
            draw(relevance(case, section))
        for place in range(draw(st.integers(1, 5))):
            question = draw(questions(case, f"q{number}_{place}"))
            if draw(RARELY):
                draw(relevance(case, question))
            section["questions"].append(question)
    return case


@st.composite
def scorings(draw: st.DrawFn) -> dict[str, Any]:
    always = {
        "section": st.sampled_from(["points", "mean"]),
        "total": st.sampled_from(["points", "weighted"]),
    }
    options = {
        "na": st.sampled_from(["exclude", "zero", "full"]),
        "unanswered": st.sampled_from(["exclude", "zero"]),
        "cap": st.booleans(),
        "decimals": st.integers(0, 6),
        "pass_mark": st.sampled_from([0, 50, Decimal("83.3"), 100]),
        "bands": st.lists(
            st.sampled_from([0, 50, Decimal("66.7"), 80, 90, 100]), unique=True, max_size=4
        ).map(_bands),
    }
    return draw(st.fixed_dictionaries(always, optional=options))


def _bands(limits: list[Any]) -> list[dict[str, Any]]:
    ordered = sorted(limits, reverse=True)
    return [{"min": limit, "id": f"B{at}", "label": "B"} for at, limit in enumerate(ordered)]


@st.composite
def choices(draw: st.DrawFn, *, several: bool = False) -> list[dict[str, Any]]:
    """A list with or without points, fails, N/A; ``several`` with exclusive choices."""
    with_points = draw(MOSTLY)
    with_fails = draw(st.booleans())
    found = []
    for number in range(draw(st.integers(2, 4))):
        choice: dict[str, Any] = {"id": f"c{number}", "label": f"C{number}"}
        if with_points and draw(MOSTLY):
            choice["points"] = draw(ANY_POINTS)
        if with_fails and draw(st.booleans()):
            choice["fail"] = True
        if several and draw(RARELY):
            choice["exclusive"] = True
        found.append(choice)
    if draw(st.booleans()):
        odd = draw(st.sampled_from([{}, {}, {}, {"points": Decimal(9)}, {"fail": True}]))
        found.append({"id": "na", "label": "N/A", "na": True, **odd})
    return found


@st.composite
def bands(draw: st.DrawFn) -> list[dict[str, Any]]:
    limits = sorted(draw(st.sets(st.integers(-2, 12), max_size=3)))
    found: list[dict[str, Any]] = [{draw(st.sampled_from(["max", "below"])): n} for n in limits]
    found.append({})
    with_points = draw(MOSTLY)
    for band in found:
        if with_points and draw(MOSTLY):
            band["points"] = draw(ANY_POINTS)
        if draw(RARELY):
            band["fail"] = True
    return found


@st.composite
def questions(draw: st.DrawFn, case: Case, id: str) -> dict[str, Any]:
    kind = draw(st.sampled_from((*TYPES, *SCORED, *SCORED)))
    question: dict[str, Any] = {"id": id, "type": kind, "label": "Q"}
    if kind in ("choice", "choices"):
        draw(_choices_of(case, question, several=kind == "choices"))
    elif kind in NUMBERS:
        if draw(MOSTLY):
            question["bands"] = draw(bands())
    elif kind in ("scale", "expectation"):
        draw(_scale(question))
    elif kind == "ces":
        question |= draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "max": st.sampled_from([5, 7]),
                    "easy": st.sampled_from(["high", "low"]),
                },
            )
        )
    elif kind == "calculate":
        earlier = [each["id"] for each in _readable(case)] or ["nothing"]
        question["calculation"] = f"${{{draw(st.sampled_from(earlier))}}}"
        if earlier == ["nothing"]:
            question |= {"type": "note"}
            del question["calculation"]
    elif kind == "matrix":
        draw(_matrix(case, question))
    if question["type"] not in ("note", "calculate", "matrix"):
        draw(_asked(case, question, question))
    return question


@st.composite
def _choices_of(draw: st.DrawFn, case: Case, question: dict[str, Any], several: bool) -> None:
    if draw(st.booleans()):
        question["list"] = draw(st.sampled_from(sorted(case.checklist["choice_lists"])))
    else:
        question["choices"] = draw(choices(several=several))


@st.composite
def _scale(draw: st.DrawFn, question: dict[str, Any], *, stated: bool = False) -> None:
    if stated or draw(st.booleans()):
        question["min"] = draw(st.integers(-2, 2))
        question["max"] = question["min"] + draw(st.integers(1, 9))
    if draw(st.booleans()):
        question["reverse"] = True


@st.composite
def _matrix(draw: st.DrawFn, case: Case, question: dict[str, Any]) -> None:
    if draw(st.booleans()):
        draw(_choices_of(case, question, several=False))
    else:
        draw(_scale(question, stated=True))
    draw(_asked(case, question, oracle_view(question)))
    question["rows"] = []
    for number in range(draw(st.integers(1, 3))):
        row: dict[str, Any] = {"id": f"r{number}", "label": "R"}
        if draw(st.booleans()):
            draw(_asked(case, row, oracle_view(question)))
        question["rows"].append(row)


def oracle_view(question: dict[str, Any]) -> dict[str, Any]:
    """A matrix as one of its rows."""
    has_list = "list" in question or "choices" in question
    return question | {"type": "choice" if has_list else "scale"}


@st.composite
def _asked(draw: st.DrawFn, case: Case, target: dict[str, Any], view: dict[str, Any]) -> None:
    """What a question and a row have in common, so that no rule of the format is broken."""
    checklist = case.checklist
    scale = oracle.ends_of_scale(view)
    scored = bool(scale) or oracle.is_scored(checklist, view)
    penalty = scored and not scale and oracle.best(checklist, view) == 0
    is_mean = checklist["scoring"].get("section") == "mean"
    if scored and not penalty and draw(MOSTLY if scale else st.booleans()):
        target["points"] = draw(POSITIVE)
    if penalty and is_mean:
        parts = oracle.choices_of(checklist, view) or view["bands"]
        _forget_points(checklist, parts, target)
    if draw(st.booleans()):
        target["weight"] = draw(POSITIVE)
    if draw(st.booleans()):
        target["critical"] = draw(CRITICAL)
    if not is_mean and draw(RARELY):
        target["bonus"] = True
    if draw(st.booleans()):
        target["allow_na"] = draw(st.booleans())
    if draw(RARELY):
        target["required"] = True


def _forget_points(checklist: dict[str, Any], parts: list[Any], target: dict[str, Any]) -> None:
    """A pure penalty is no part of a mean: the question becomes one that is not scored."""
    for part in parts:
        if "points" in part:
            part["points"] = abs(part["points"])
    if not any(part.get("points") for part in parts if not part.get("na")):
        parts[0]["points"] = Decimal(1)


def _readable(case: Case) -> list[dict[str, Any]]:
    """Asked so far whose text an expression of these strategies may read."""
    return [
        asked
        for section in case.checklist["sections"]
        for asked in oracle.all_asked(section)
        if asked["type"] in ("choice", "choices", *NUMBERS, "scale")
    ]


@st.composite
def relevance(draw: st.DrawFn, case: Case, target: dict[str, Any]) -> None:
    """Give ``target`` a condition on what was asked before it, or a constant one."""
    asked = draw(st.sampled_from([None, *_readable(case)]))
    if asked is None:
        text, meaning = draw(st.sampled_from([("true()", True), ("false()", False)]))
        case.conditions[text] = ("", "always", meaning)
    elif asked["type"] in ("choice", "choices"):
        ids = [c["id"] for c in oracle.choices_of(case.checklist, asked) if not c.get("na")]
        id = draw(st.sampled_from(ids))
        several = asked["type"] == "choices"
        text = (
            f"selected(${{{asked['id']}}}, '{id}')" if several else f"${{{asked['id']}}} = '{id}'"
        )
        case.conditions[text] = (asked["id"], "selected" if several else "equals", id)
    else:
        limit = draw(st.integers(-1, 6))
        text = f"${{{asked['id']}}} > {limit}"
        case.conditions[text] = (asked["id"], "above", limit)
    target["relevant"] = text


@st.composite
def answers_to(draw: st.DrawFn, case: Case) -> dict[str, Any]:
    found = {}
    for section in case.checklist["sections"]:
        for asked in oracle.all_asked(section):
            given = draw(_answer(case, asked))
            if given is not None or draw(RARELY):
                found[asked["id"]] = given
    return found


@st.composite
def _answer(draw: st.DrawFn, case: Case, asked: dict[str, Any]) -> Any:
    kind = asked["type"]
    if kind in ("note", "calculate") or draw(RARELY):
        return None
    may_na = asked.get("allow_na", False) or any(
        choice.get("na") for choice in oracle.choices_of(case.checklist, asked)
    )
    if may_na and draw(RARELY):
        return {"not_applicable": True}
    if kind in EVIDENCE:
        references = draw(st.lists(st.sampled_from(["a1", "b2", "c3"]), unique=True))
        return draw(st.sampled_from([references, {"evidence": references}]))
    value = draw(value_of(case, asked))
    if kind == "expectation" or draw(RARELY):
        return {"value": value, "comment": "Ghi chú"}
    return value


@st.composite
def value_of(draw: st.DrawFn, case: Case, asked: dict[str, Any]) -> Any:
    kind = asked["type"]
    scale = oracle.ends_of_scale(asked)
    if kind == "expectation":
        assert scale
        place = st.integers(scale[0], scale[1])
        return {"expected": draw(place), "perceived": draw(place)}
    if scale:
        return draw(st.integers(scale[0], scale[1]))
    if kind in ("choice", "choices"):
        offered = oracle.choices_of(case.checklist, asked)
        if kind == "choice":
            return draw(st.sampled_from(offered))["id"]
        alone = [[c["id"]] for c in offered if c.get("exclusive") or c.get("na")]
        free = [c["id"] for c in offered if not (c.get("exclusive") or c.get("na"))]
        some = st.lists(st.sampled_from(free), unique=True) if free else st.just([])
        return draw(st.one_of(some, *map(st.just, alone)))
    if kind in NUMBERS:
        return draw(_number(asked))
    return draw(st.sampled_from(TEXTS[kind]))


@st.composite
def _number(draw: st.DrawFn, asked: dict[str, Any]) -> Any:
    """Any number, often one that stands on the limit of a band."""
    limits = [
        band[key] for band in asked.get("bands", []) for key in ("max", "below") if key in band
    ]
    if limits and draw(st.booleans()):
        return draw(st.sampled_from(limits))
    if asked["type"] == "decimal":
        return draw(st.integers(-4, 14) | st.decimals(-4, 14, places=2))
    return draw(st.integers(-4, 14))
