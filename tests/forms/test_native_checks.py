"""What is wrong with a checklist of the right shape: ids, lists, scales, bands, points, texts."""

from __future__ import annotations

import pytest

from forms.formats.native import read
from forms.problems import Severity
from tests.forms.native_texts import FIRST, HEAD, checklist, codes, found, spots

OK = '{id: greeted, type: choice, list: yn, label: "Chào?", points: 5}'
SCALE = "{id: a, type: scale, label: x, points: 1"


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ([OK, "{id: greeted, type: note, label: x}"], ["2:14 id-repeated"]),
        (["{id: arrival, type: note, label: x}"], ["1:14 id-repeated"]),
        (
            [
                (
                    "{id: a, type: matrix, list: yn, label: x, rows: "
                    "[{id: r, label: x}, {id: r, label: x}]}"
                ),
            ],
            ["1:82 row-repeated"],
        ),
        (
            ["{id: a, type: choice, label: x, choices: [{id: r, label: x}, {id: r, label: y}]}"],
            ["1:75 choice-repeated"],
        ),
        (["{id: a, type: choice, list: xn, label: x}"], ["1:37 list-unknown"]),
        (["{id: a, type: choice, list: ynn, label: x, points: 2}"], ["1:37 list-unknown-near"]),
        (["{id: a, type: choice, label: x}"], ["1:9 choices-missing"]),
        (
            ["{id: a, type: choices, label: x, points: 3}"],
            ["1:9 choices-missing", "1:50 points-choices"],
        ),
        (
            ["{id: a, type: choice, list: yn, label: x, choices: [{id: r, label: x}]}"],
            ["1:60 list-and-choices"],
        ),
        (["{id: a, type: choice, label: x, choices: []}"], ["1:50 choices-empty"]),
        (["{id: a, type: matrix, list: yn, label: x, rows: []}"], ["1:57 rows-empty"]),
        (
            ["{id: a, type: matrix, list: yn, max: 4, label: x, rows: [{id: r, label: x}]}"],
            ["1:41 matrix-both"],
        ),
        (
            ["{id: a, type: matrix, list: yn, reverse: true, label: x, rows: [{id: r, label: x}]}"],
            ["1:41 matrix-both"],
        ),
    ],
)
def test_ids_and_lists(questions: list[str], expected: list[str]) -> None:
    assert found(*questions) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("min: 5, max: 5", ["1:64 scale-order"]),
        ("min: 6", ["1:9 scale-order"]),
        ("max: 101", []),
        ("max: 102", ["1:56 scale-long"]),
        ("labels: {0: x}", ["1:60 label-off-scale"]),
        ("labels: {5: x, 6: y}", ["1:66 label-off-scale"]),
        ("min: -3, max: -1, labels: {-2: x}", []),
    ],
)
def test_scales(more: str, expected: list[str]) -> None:
    assert found(f"{SCALE}, {more}}}") == expected


@pytest.mark.parametrize(
    "type_", ["csat", "nps", "ces", "expectation", "matrix, rows: [{id: r, label: x}]"]
)
def test_labels_stand_on_the_scale_of_every_type(type_: str) -> None:
    (spot,) = found(f"{{id: a, type: {type_}, label: x, labels: {{11: y}}}}")
    assert spot.endswith("label-off-scale")


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ("[{max: 1, points: 2}, {points: 0}]", []),
        ("[{below: 1, points: 2}, {max: 1, points: 1}, {points: 0}]", []),
        ("[{points: 2}]", []),
        ("[{max: 1, points: 2}]", ["band-last"]),
        ("[{points: 1}, {points: 2}]", ["band-open"]),
        ("[{max: 1, below: 2, points: 1}, {points: 2}]", ["band-both"]),
        ("[{max: 2, points: 1}, {max: 1}, {}]", ["band-order"]),
        ("[{max: 2, points: 1}, {max: 2.0}, {}]", ["band-order"]),
        ("[{max: 2, points: 1}, {below: 2}, {}]", ["band-order"]),
        ("[{max: 3, points: 1}, {max: 1}, {below: 2}]", ["band-order", "band-last"]),
    ],
)
def test_bands(bands: str, expected: list[str]) -> None:
    text = checklist(f"{{id: a, type: duration, label: x, bands: {bands}}}")
    assert codes(text) == expected


def test_the_bands_of_the_total() -> None:
    bands = "[{min: 0, id: A, label: x}, {min: 0.0, id: B, label: x}, {min: 9, id: A, label: x}]"
    head = HEAD.replace("choice_lists:", f"scoring: {{bands: {bands}}}\nchoice_lists:")
    assert codes(checklist(OK, head=head)) == ["band-min-repeated", "band-repeated"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("{id: a, type: text, label: x, points: 2}", ["1:47 points-unscored"]),
        ("{id: a, type: photo, label: x, points: 2}", ["1:48 points-unscored"]),
        ("{id: a, type: note, label: x, points: 2}", ["1:47 points-unscored"]),
        ("{id: a, type: integer, label: x, points: 2}", ["1:50 points-bands"]),
        (
            "{id: a, type: decimal, label: x, points: 2, bands: [{points: 0}]}",
            ["1:50 points-bands"],
        ),
        (
            "{id: a, type: choice, label: x, points: 2, choices: [{id: r, label: x}]}",
            ["1:49 points-choices"],
        ),
        (
            "{id: a, type: choices, label: x, points: 2, choices: [{id: r, label: x, points: -1}]}",
            ["1:50 points-choices"],
        ),
        ("{id: a, type: choices, label: x, choices: [{id: r, label: x, points: -1}]}", []),
        (
            (
                "{id: a, type: matrix, label: x, choices: [{id: c, label: x}], rows: "
                "[{id: r, label: x, points: 2}]}"
            ),
            ["1:104 points-choices"],
        ),
        ("{id: a, type: nps, label: x, points: 2}", []),
    ],
)
def test_points_that_nothing_can_earn(question: str, expected: list[str]) -> None:
    assert found(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (f"{SCALE}, bonus: true}}", ["1:58 mean-bonus"]),
        (
            "{id: a, type: choices, label: x, choices: [{id: r, label: x, points: -1}]}",
            ["1:9 mean-penalty"],
        ),
        ("{id: a, type: scale, label: x, bonus: true}", ["1:47 unscored"]),
        (f"{SCALE}}}", []),
        (
            "{id: a, type: matrix, list: yn, label: x, rows: [{id: r, label: x, bonus: true}]}",
            ["1:83 mean-bonus"],
        ),
    ],
)
def test_the_mean_of_a_section_holds_neither_bonus_nor_pure_penalty(
    question: str, expected: list[str]
) -> None:
    head = HEAD.replace("choice_lists:", "scoring: {section: mean}\nchoice_lists:")
    places = [spot.split(" ")[1] for spot in expected]
    assert codes(checklist(question, head=head)) == places
    assert [
        f"{problem.where.column} {problem.code}"
        for problem in read(checklist(question, head=head)).problems
    ] == [spot.split(":")[1] for spot in expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[vi, en]", "[]", ["languages-empty", "language-unknown", "language-unknown"]),
        (
            "[vi, en]",
            "[vi, vietnamese]",
            ["language-form", "language-unknown", "translation-missing"],
        ),
        ("[vi, en]", "[vi, en, en]", ["language-repeated"]),
        ("[vi, en]", "[vi, en-GB]", ["language-unknown", "translation-missing"]),
        ('{vi: "Thử", en: "Demo"}', '""', ["text-empty"]),
        ('{vi: "Thử", en: "Demo"}', "{}", ["text-empty", "translation-missing"]),
        ("  yn:\n", "  y n:\n", ["id-form", "list-unknown-near"]),
    ],
)
def test_languages_texts_and_names(old: str, new: str, expected: list[str]) -> None:
    assert sorted(codes(checklist(OK, head=HEAD.replace(old, new)))) == sorted(expected)


def test_a_checklist_needs_sections() -> None:
    text = HEAD.partition("sections:")[0] + "sections: []\n"
    (problem,) = read(text).problems
    assert (problem.code, problem.where.line, problem.where.column) == ("sections-empty", 10, 11)


def test_where_an_id_stood_first_is_told_by_its_number() -> None:
    problem = read(checklist("{id: n, type: note, label: x}", OK, OK)).problems[0]
    assert "at 1.2" in problem.text("en")


def test_errors_and_warnings_are_told_apart() -> None:
    reading = read(checklist("{id: a, type: text, label: {vi: x}, weight: 2}"))
    assert {problem.severity for problem in reading.problems} == {Severity.WARNING}
    assert reading.checklist is not None
    broken = read(checklist("{id: a, type: text, label: {vi: x}, weight: 2, points: 3}"))
    assert broken.checklist is None


def test_a_circle_names_its_members() -> None:
    reading = read(
        checklist(
            '{id: a, type: text, label: x, relevant: "${b} = 1"}',
            '{id: b, type: text, label: x, relevant: "${a} = 1"}',
        )
    )
    assert spots(reading) == ["1:49 expression-circle"]
    assert "a → b → a" in reading.problems[0].text("en") or "b → a" in reading.problems[0].text(
        "en"
    )
    assert reading.problems[0].where.line == FIRST


def test_a_calculation_needs_no_label() -> None:
    assert found("{id: a, type: calculate, calculation: 1 + 1}") == []
    assert found('{id: a, type: calculate, calculation: 1 + 1, label: ""}') != []
    assert found("{id: a, type: note}") != []
