"""Answers files: what is read, what is refused and where; values in storage, exact both ways."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answers import Answer, Expectation
from forms.answers_json import (
    Given,
    answer_from_json,
    answer_to_json,
    read_answers,
    value_from_json,
    value_to_json,
)
from forms.problems import FormsError
from tests.forms.random_checklists import Case, cases, compiled_of
from tests.forms.small import checklist, one, question, section

COMPILED = checklist(
    section(
        "s",
        question("q1"),
        question("q2", "scale", allow_na=True),
        question("q3", "text", min_words=2),
        question(
            "amount",
            "decimal",
            constraint=". >= 0",
            constraint_message={"vi": "Không âm.", "en": "Not below 0."},
        ),
        question("gap", "expectation"),
        question("pics", "photo", allow_na=True),
        question("note", "note"),
        question("late", "integer", relevant="${q1} = 'no'", constraint=". < 5"),
        question("several", "choices", list="yna"),
        question("m", "matrix", list="yna", rows=[{"id": "a", "label": "A"}]),
    )
)


def read(answers: Any, **more: Any) -> Given:
    return read_answers(json.dumps({"answers": answers, **more}), COMPILED)


def codes(given: Given) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.where.question) for problem in given.problems]


def test_the_form_of_the_file() -> None:
    given = read(
        {
            "q1": "yes",
            "q2": {"value": 3, "comment": "…", "evidence": ["a1"]},
            "gap": {"value": {"expected": 4, "perceived": 3}},
            "pics": ["p1", "p2"],
            "several": ["no", "yes"],
            "m.a": {"not_applicable": True},
            "q3": None,
        },
        at="2026-11-12T14:00:00",
    )
    assert given.problems == ()
    assert given.at == datetime.fromisoformat("2026-11-12T14:00:00")
    assert given.answers == {
        ("q1", 0): Answer("yes"),
        ("q2", 0): Answer(3, comment="…", evidence=("a1",)),
        ("gap", 0): Answer(Expectation(4, 3)),
        ("pics", 0): Answer(evidence=("p1", "p2")),
        ("several", 0): Answer(("yes", "no")),
        ("m.a", 0): Answer(not_applicable=True),
    }


def test_numbers_stay_exact() -> None:
    given = read_answers('{"answers": {"amount": 0.1000000000000000055}}', COMPILED)
    assert given.answers["amount", 0].value == Decimal("0.1000000000000000055")
    assert read({"amount": 3}).answers["amount", 0] == Answer(Decimal(3))


def test_text_is_composed() -> None:
    given = read({"q3": "Tiếng Việt".encode().decode(), "q1": "yes"})
    decomposed = read_answers('{"answers": {"q3": "Ca\\u0300 phe\\u0302"}}', COMPILED)
    assert given.answers["q3", 0].value == "Tiếng Việt"
    assert decomposed.answers["q3", 0].value == "Cà phê"


def test_a_short_text_is_scored_as_given() -> None:
    """``min_words`` is for the check before submitting; scoring takes what is there."""
    given = read({"q3": "ngắn"})
    assert given.problems == ()
    assert given.answers["q3", 0].value == "ngắn"


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ({"q9": "yes"}, ("answer-unknown", "q9")),
        ({"ammount": 1}, ("answer-unknown-near", "ammount")),
        ({"m": "yes"}, ("answer-of-matrix", "m")),
        ({"q1": "maybe"}, ("unknown-choice", "q1")),
        ({"q1": ""}, ("unknown-choice", "q1")),
        ({"q1": ["yes"]}, ("unknown-choice", "q1")),
        ({"q2": 6}, ("off-scale", "q2")),
        ({"q2": "3"}, ("off-scale", "q2")),
        ({"q2": 3.0}, ("off-scale", "q2")),
        ({"q2": True}, ("off-scale", "q2")),
        ({"amount": "3"}, ("not-number", "amount")),
        ({"amount": False}, ("not-number", "amount")),
        ({"late": 2.5}, ("not-whole", "late")),
        ({"q3": 5}, ("not-text", "q3")),
        ({"q3": "\ud800 x"}, ("broken-text", "q3")),
        ({"q3": {"comment": "\udc00"}}, ("broken-text", "q3")),
        ({"gap": {"expected": 4}}, ("answer-key", "gap")),
        ({"gap": 3}, ("not-expectation", "gap")),
        ({"gap": {"value": {"expected": 9, "perceived": 1}}}, ("off-scale", "gap")),
        ({"gap": {"value": {"expected": 4}}}, ("expectation-incomplete", "gap")),
        ({"gap": {"value": {"perceived": 4}}}, ("expectation-incomplete", "gap")),
        ({"note": "x"}, ("takes-no-answer", "note")),
        ({"pics": "p1"}, ("evidence-only", "pics")),
        ({"pics": {"evidence": ["p1", "p1"]}}, ("answer-evidence", "pics")),
        ({"pics": {"evidence": [1]}}, ("answer-evidence", "pics")),
        ({"pics": {"evidence": ["a"], "value": ["b"]}}, ("answer-evidence-twice", "pics")),
        ({"q3": {"not_applicable": True}}, ("na-not-allowed", "q3")),
        ({"q2": {"not_applicable": True, "value": 3}}, ("na-beside-value", "q2")),
        ({"q2": {"not_applicable": "yes"}}, ("answer-flag", "q2")),
        ({"q2": {"not_applicable": 1}}, ("answer-flag", "q2")),
        ({"q2": {"comment": 3}}, ("answer-comment", "q2")),
        ({"q2": {"values": 3}}, ("answer-key", "q2")),
        ({"several": ["na", "yes"]}, ("exclusive-choice", "several")),
        ({"several": ["yes", "yes"]}, ("repeated-choice", "several")),
        ({"amount": -1}, ("constraint-message", "amount")),
        ({"q1": "no", "late": 7}, ("constraint", "late")),
    ],
)
def test_what_is_refused(answers: dict[str, Any], wanted: tuple[str, str]) -> None:
    given = read(answers)
    assert codes(given) == [wanted]
    assert given.problems[0].where.line == 1
    assert given.problems[0].text("vi") != given.problems[0].text("en")


@pytest.mark.parametrize(
    "answers",
    [
        {"late": 7},  # hidden: checked for type only
        {"late": {"not_applicable": True}},  # hidden: no permission is asked for
        {"several": []},
        {"q3": ""},
        {"q2": {}},
        {"q2": {"value": None, "not_applicable": True}},
        {"amount": -0.0},
        {"note": None},
    ],
)
def test_what_is_taken(answers: dict[str, Any]) -> None:
    assert codes(read(answers)) == []


def test_all_problems_at_once_with_their_places() -> None:
    text = (
        '{"answers": {\n  "q1": "x",\n  "q2": {"value":\n 9},\n "nix": 1}, "when": 2,\n"at": "now"}'
    )
    found = read_answers(text, COMPILED, "a.json").problems
    assert [str(problem.where) for problem in found] == [
        "a.json:2:9",
        "a.json:4:2",
        "a.json:5:2",
        "a.json:5:13",
        "a.json:6:7",
    ]
    assert [problem.code for problem in found] == [
        "unknown-choice",
        "off-scale",
        "answer-unknown",
        "answers-key",
        "at-wrong",
    ]
    assert found[0].line().startswith("a.json:2:9: unknown-choice: ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "nonsense",
        '{"answers": {"q2": NaN}}',
        '{"answers": {"q2": Infinity}}',
        '{"answers": {"q2": 03}}',
        "[" * 100_000,
        '{"answers": ' * 5000,
        b"\xff\xfe\x00",
        b"\x89PNG\r\n",
    ],
)
def test_a_file_that_is_no_json_is_one_problem(text: str | bytes) -> None:
    (problem,) = read_answers(text, COMPILED).problems
    assert problem.text()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "answers-not-map"),
        ("3", "answers-not-map"),
        ("{}", "answers-missing"),
        ('{"answers": []}', "answers-not-map"),
        ('{"answers": {}, "answers": {}}', "duplicate-key"),
        ('{"answers": {"q2": 1, "q2": 1}}', "duplicate-key"),
        ('{"answers": {"q2": {"value": 1, "value": 1}}}', "duplicate-key"),
        ('{"answers": {"amount": 1e9999999999999999999999}}', "not-number"),
        ('{"answers": {"amount": 1e999999}}', "long-number"),
        ('{"answers": {"late": %s}}' % ("9" * 99), "long-number"),
        ('{"answers": {"late": %s}}' % ("9" * 9999), "not-whole"),
    ],
)
def test_a_file_of_another_form(text: str, code: str) -> None:
    assert [problem.code for problem in read_answers(text, COMPILED).problems] == [code]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    (problem,) = read_answers(tmp_path / "none.json", COMPILED).problems
    assert problem.where.file == str(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        ("2026-11-12T14:00", "2026-11-12T14:00"),
        ("2026-11-12T14:00:00.25", "2026-11-12T14:00:00.25"),
        ("2026-11-12T14:00:00+07:00", "2026-11-12T14:00"),
        ("2026-11-12T14:00:00Z", "2026-11-12T14:00"),
        ("2026-11-12", None),
        ("12/11/2026", None),
        ("2026-02-30T10:00:00", None),
        (1, None),
    ],
)
def test_the_moment_is_local(at: Any, wanted: str | None) -> None:
    given = read({}, at=at)
    if wanted is None:
        assert [problem.code for problem in given.problems] == ["at-wrong"]
    else:
        assert (given.problems, given.at) == ((), datetime.fromisoformat(wanted))


def test_the_moment_may_be_missing_until_an_expression_needs_it() -> None:
    assert read({}).problems == ()
    asks = checklist(
        section("s", question("d", "date", constraint=". <= today()"), question("q", "text"))
    )
    assert [p.code for p in read_answers('{"answers": {}}', asks).problems] == ["at-missing"]
    late = '{"answers": {"d": "2026-11-13"}, "at": "2026-11-12T23:59:59"}'
    assert [p.code for p in read_answers(late, asks).problems] == ["constraint"]


@settings(max_examples=40)
@given(case=cases())
def test_storage_gives_back_what_was_given(case: Case) -> None:
    compiled = compiled_of(case)
    for (id, _), answer in read_answers(case.answers_text, compiled).answers.items():
        item = compiled.item(id)
        assert answer_from_json(item, answer_to_json(answer)) == answer
        kept = value_to_json(answer.value)
        back = value_from_json(item, kept)
        assert (back, type(back)) == (answer.value, type(answer.value))


@given(
    value=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9)
)
def test_decimals_in_storage_are_exact(value: Decimal) -> None:
    item = one("decimal")
    if not item.check(Answer(value)):
        back = value_from_json(item, value_to_json(value))
        assert back == value
        assert isinstance(back, Decimal)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_texts_in_storage_are_nfc(text: str) -> None:
    item = one("text")
    kept = value_from_json(item, value_to_json(text))
    assert (
        kept
        == read_answers(json.dumps({"answers": {"q": text}}), checklist_of_text)
        .answers["q", 0]
        .value
    )


checklist_of_text = checklist(section("s", question("q", "text")))


def test_storage_texts_are_plain_json() -> None:
    assert value_to_json(None) is None
    assert value_to_json(Decimal("3.10")) == "3.10"
    assert value_to_json(Decimal("1E+3")) == "1000"
    assert value_to_json(("a", "b")) == '["a", "b"]'
    assert value_to_json(Expectation(4)) == '{"expected": 4, "perceived": null}'
    assert value_to_json("Cà") == '"Cà"'
    assert answer_to_json(Answer(not_applicable=True)) == '{"not_applicable": true}'


def test_what_storage_holds_must_fit() -> None:
    with pytest.raises(FormsError):
        value_from_json(one("csat"), "9")
