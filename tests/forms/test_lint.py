"""Warnings: they speak, and stop nothing."""

from __future__ import annotations

import pytest

from forms.formats.native import read
from forms.problems import Severity
from tests.forms.native_texts import HEAD, checklist, found

OK = '{id: greeted, type: choice, list: yn, label: "Chào?", points: 5}'


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("{id: a, type: text, label: x, weight: 2}", ["1:47 unscored"]),
        ("{id: a, type: text, label: x, weight: 1}", []),
        ("{id: a, type: nps, label: x, critical: flag}", ["1:48 unscored"]),
        ("{id: a, type: scale, label: x, bonus: true}", ["1:47 unscored"]),
        ("{id: a, type: scale, label: x, bonus: true, points: 1}", []),
        (
            (
                "{id: a, type: matrix, min: 1, label: x, weight: 2, rows: "
                "[{id: r, label: x}, {id: s, label: y, critical: audit}]}"
            ),
            ["1:57 unscored", "1:114 unscored"],
        ),
        (
            (
                "{id: a, type: choice, label: x, choices: "
                "[{id: r, label: x, points: 1}, {id: s, label: x, na: true, points: 1}]}"
            ),
            ["1:117 na-choice"],
        ),
        ("{id: a, type: note, label: {en: x}}", ["1:36 translation-missing"]),
        ("{id: a, type: note, label: {vi: x, en: ''}}", ["1:36 translation-missing"]),
        ("{id: a, type: note, label: x, short: abcdefghijklmnopqrstuvwxy}", ["1:46 short-long"]),
        ("{id: a, type: note, label: x, short: abcdefghijklmnopqrstuvwx}", []),
    ],
)
def test_questions(question: str, expected: list[str]) -> None:
    assert found(question) == expected


def weighted(total: str, *weights: str) -> str:
    head = HEAD.partition("sections:")[0] + f"scoring: {{total: {total}}}\nsections:\n"
    for number, weight in enumerate(weights):
        head += f"  - id: s{number}\n    title: x\n"
        head += f"    weight: {weight}\n" if weight else ""
        head += f"    questions: [{{id: q{number}, type: note, label: x}}]\n"
    return head


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        ("weighted", ["40", "60"], []),
        ("weighted", ["0.4", "0.6"], []),
        ("weighted", ["33.3", "33.3", "33.4"], []),
        ("weighted", ["40", "70"], ["weights-sum"]),
        ("weighted", ["", ""], []),
        ("weighted", ["0", "0"], ["weights-sum"]),
        ("points", ["40", "60"], ["weight-unused", "weight-unused"]),
        ("points", ["", "1"], []),
    ],
)
def test_weights_of_sections(total: str, weights: list[str], expected: list[str]) -> None:
    problems = read(weighted(total, *weights)).problems
    assert [problem.code for problem in problems] == expected
    assert all(problem.severity is Severity.WARNING for problem in problems)


def test_the_sum_of_the_weights_is_told() -> None:
    (problem,) = read(weighted("weighted", "40", "70.0")).problems
    assert "110" in problem.text("en")


def test_bands_that_begin_above_0() -> None:
    head = HEAD.replace(
        "choice_lists:", "scoring: {bands: [{min: 50, id: A, label: x}]}\nchoice_lists:"
    )
    assert [problem.code for problem in read(checklist(OK, head=head)).problems] == ["bands-start"]


def test_a_section_without_questions() -> None:
    text = checklist(OK) + "  - {id: empty, title: x, questions: []}\n"
    assert [problem.code for problem in read(text).problems] == ["section-empty"]


def test_warnings_stand_beside_errors_elsewhere() -> None:
    assert found("{id: a, type: text, label: x, weight: 2}", "{id: a, type: note, label: x}") == [
        "1:47 unscored",
        "2:14 id-repeated",
    ]
