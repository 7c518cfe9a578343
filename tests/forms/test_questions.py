"""Every question type: what it takes, what it refuses, how it reads in both languages."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest

from forms.answers import Answer, Expectation
from forms.compiled import Item
from forms.problems import FormsError
from forms.questions import QUESTION_TYPES, Question
from forms.reading import number
from tests.forms.small import NA, YES_NO, checklist, one, question, section

SEVERAL = [
    {"id": "cash", "label": {"vi": "Tiền mặt", "en": "Cash"}},
    {"id": "card", "label": {"vi": "Thẻ", "en": "Card"}},
    {"id": "none", "label": {"vi": "Không có", "en": "None"}, "exclusive": True},
    {"id": "na", "label": "N/A", "na": True},
]


def code(item: Item, value: Any) -> str | None:
    problems = item.check(Answer(value))
    assert len(problems) <= 1
    assert all(problem.where.question == "q" for problem in problems)
    return problems[0].code if problems else None


GOOD_AND_BAD: list[tuple[str, dict[str, Any], list[Any], list[tuple[Any, str]]]] = [
    ("choice", {}, ["yes", "na"], [("maybe", "unknown-choice"), (1, "unknown-choice")]),
    (
        "choices",
        {"choices": SEVERAL},
        [(), ("cash", "card"), ("none",), ("na",)],
        [
            ("cash", "not-choices"),
            (("cash", "cash"), "repeated-choice"),
            (("cash", "gold"), "unknown-choice"),
            (("cash", "none"), "exclusive-choice"),
            (("na", "card"), "exclusive-choice"),
        ],
    ),
    (
        "scale",
        {"min": -2, "max": 2},
        [-2, 0, 2],
        [(3, "off-scale"), (True, "off-scale"), ("1", "off-scale"), (1.0, "off-scale")],
    ),
    ("csat", {}, [1, 5], [(0, "off-scale"), (6, "off-scale")]),
    ("nps", {}, [0, 10], [(-1, "off-scale"), (11, "off-scale")]),
    ("ces", {"max": 5}, [1, 5], [(0, "off-scale"), (6, "off-scale")]),
    (
        "integer",
        {},
        [0, -3, 10**29],
        [(1.5, "not-whole"), (True, "not-whole"), ("3", "not-whole"), (10**30, "long-number")],
    ),
    (
        "decimal",
        {},
        [Decimal("3.10"), Decimal("-0.5")],
        [
            (3.1, "not-number"),
            (3, "not-number"),
            (Decimal("NaN"), "not-number"),
            (Decimal("Infinity"), "not-number"),
            (Decimal("1e40"), "long-number"),
            (Decimal("1e-40"), "long-number"),
        ],
    ),
    ("duration", {}, [0, 7200], [(Decimal("1.5"), "not-whole")]),
    (
        "expectation",
        {},
        [Expectation(4, 3), Expectation(5)],
        [(Expectation(6, 3), "off-scale"), (4, "not-expectation")],
    ),
    ("text", {"min_words": 5}, ["", "vài từ"], [(3, "not-text"), ("\ud800", "broken-text")]),
    (
        "date",
        {},
        ["2024-02-29"],
        [("2023-02-29", "not-date"), ("20240229", "not-date"), ("2024-W09-4", "not-date")],
    ),
    ("time", {}, ["09:05", "23:59:59"], [("24:00", "not-time"), ("9:05", "not-time")]),
    (
        "datetime",
        {},
        ["2026-11-12T14:00", "2026-11-12T14:00:30"],
        [
            ("2026-11-12 14:00", "not-datetime"),
            ("2026-11-12T14:00Z", "not-datetime"),
            ("2026-11-12T24:00", "not-datetime"),
        ],
    ),
    *(
        (kind, {}, [], [("x", "evidence-only"), (("x",), "evidence-only")])
        for kind in ("photo", "audio", "file", "signature")
    ),
    ("note", {}, [], [("x", "takes-no-answer")]),
    ("calculate", {"calculation": "1"}, [], [(1, "takes-no-answer")]),
]


@pytest.mark.parametrize(("kind", "more", "good", "bad"), GOOD_AND_BAD)
def test_what_a_type_takes_and_refuses(
    kind: str, more: dict[str, Any], good: list[Any], bad: list[tuple[Any, str]]
) -> None:
    item = one(kind, **more)
    assert [code(item, value) for value in good] == [None] * len(good)
    assert [code(item, value) for value, _ in bad] == [wanted for _, wanted in bad]
    assert item.check(Answer()) == ()


def test_every_type_is_tried_above() -> None:
    names = {get_args(kind.model_fields["type"].annotation)[0] for kind in QUESTION_TYPES}
    assert {kind for kind, *_ in GOOD_AND_BAD} | {"matrix"} == names
    members = get_args(get_args(Question)[0])
    assert set(members) == set(QUESTION_TYPES)


def test_refusals_speak_both_languages() -> None:
    for kind, more, _, bad in GOOD_AND_BAD:
        for value, _ in bad:
            (problem,) = one(kind, **more).check(Answer(value))
            english, vietnamese = problem.text("en"), problem.text("vi")
            assert english != vietnamese
            assert "{" not in english.replace("{…}", "").replace('{"value": {"expected"', "")
            english.encode("utf-8")


def test_na_is_marked_only_where_it_is_allowed_and_alone() -> None:
    codes = [problem.code for problem in one("scale").check(NA)]
    assert codes == ["na-not-allowed"]
    assert one("scale", allow_na=True).check(NA) == ()
    assert one("choice").check(NA) == ()
    both = Answer("yes", not_applicable=True)
    assert [problem.code for problem in one("choice").check(both)] == ["na-beside-value"]


READINGS: list[tuple[str, dict[str, Any], Answer, str, str]] = [
    ("choice", {}, Answer("yes"), "Có", "Yes"),
    ("choice", {"allow_na": True}, NA, "Không áp dụng", "N/A"),
    ("choices", {"choices": SEVERAL}, Answer(("cash", "card")), "Tiền mặt, Thẻ", "Cash, Card"),
    ("scale", {}, Answer(4), "4 / 5", "4 / 5"),
    (
        "scale",
        {"min": -2, "max": 2, "labels": {-1: {"vi": "Kém", "en": "Poor"}}},
        Answer(-1),
        "−1 (−2…2) – Kém",
        "−1 (−2…2) – Poor",
    ),
    ("csat", {}, Answer(5), "5 / 5", "5 / 5"),
    ("nps", {}, Answer(9), "9 / 10", "9 / 10"),
    ("ces", {}, Answer(6), "6 / 7", "6 / 7"),
    ("integer", {"unit": {"vi": "người", "en": "people"}}, Answer(3), "3 người", "3 people"),
    ("integer", {}, Answer(1250000), "1.250.000", "1,250,000"),
    ("integer", {}, Answer(-2026), "−2.026", "−2,026"),
    ("integer", {}, Answer(2026), "2026", "2026"),  # may be a year
    ("integer", {}, Answer(10000), "10.000", "10,000"),
    ("integer", {"unit": "g"}, Answer(2026), "2.026 g", "2,026 g"),
    ("decimal", {"unit": "°C"}, Answer(Decimal("62.50")), "62,50 °C", "62.50 °C"),
    ("decimal", {}, Answer(Decimal("12345.6")), "12.345,6", "12,345.6"),
    ("duration", {}, Answer(440), "7 phút 20 giây", "7 min 20 s"),
    ("duration", {}, Answer(48), "48 giây", "48 s"),
    ("duration", {}, Answer(0), "0 giây", "0 s"),
    ("duration", {}, Answer(7260), "2 giờ 1 phút", "2 h 1 min"),
    (
        "expectation",
        {},
        Answer(Expectation(4, 3)),
        "kỳ vọng 4 / 5, cảm nhận 3 / 5",
        "expected 4 / 5, perceived 3 / 5",
    ),
    (
        "expectation",
        {},
        Answer(Expectation(perceived=3)),
        "kỳ vọng –, cảm nhận 3 / 5",
        "expected –, perceived 3 / 5",
    ),
    ("text", {}, Answer("Rất tốt"), "Rất tốt", "Rất tốt"),
    ("date", {}, Answer("2026-11-02"), "02/11/2026", "2 Nov 2026"),
    ("time", {}, Answer("09:05"), "09:05", "09:05"),
    ("time", {}, Answer("09:05:07"), "09:05:07", "09:05:07"),
    ("datetime", {}, Answer("2026-11-12T14:05"), "14:05, 12/11/2026", "12 Nov 2026, 14:05"),
    ("photo", {}, Answer(evidence=("a",)), "1 ảnh", "1 photo"),
    ("photo", {}, Answer(evidence=("a", "b")), "2 ảnh", "2 photos"),
    ("audio", {}, Answer(evidence=("a",)), "1 bản ghi âm", "1 recording"),
    ("file", {}, Answer(evidence=("a",)), "1 tệp", "1 file"),
    ("signature", {}, Answer(evidence=("a",)), "1 chữ ký", "1 signature"),
    ("note", {}, Answer(), "", ""),
]


@pytest.mark.parametrize(("kind", "more", "answer", "vietnamese", "english"), READINGS)
def test_how_an_answer_reads(
    kind: str, more: dict[str, Any], answer: Answer, vietnamese: str, english: str
) -> None:
    item = one(kind, **more)
    assert item.check(answer) == ()
    assert (item.read(answer, "vi"), item.read(answer, "en")) == (vietnamese, english)
    assert item.read(Answer(comment="only a comment"), "en") == ""


@pytest.mark.parametrize(
    ("kind", "more", "earned", "possible"),
    [
        ("scale", {"points": 4}, {1: 0, 2: 1, 5: 4}, 4),
        ("scale", {"points": 4, "reverse": True}, {1: 4, 2: 3, 5: 0}, 4),
        ("csat", {"points": 1}, {2: Fraction(1, 4)}, 1),
        ("nps", {"points": 1}, {9: Fraction(9, 10)}, 1),
        ("ces", {"points": 6}, {1: 0, 7: 6}, 6),
        ("ces", {"points": 6, "easy": "low"}, {1: 6, 7: 0}, 6),
        ("expectation", {"points": 8}, {Expectation(5, 2): 2}, 8),
        (
            "duration",
            {"bands": [{"max": 180, "points": 4}, {"below": 300, "points": 2}, {"points": -1}]},
            {180: 4, 181: 2, 299: 2, 300: -1},
            4,
        ),
        (
            "decimal",
            {"bands": [{"max": 1.5, "points": 4}, {"points": 2}], "points": 10},
            {Decimal("1.50"): 10, Decimal("1.51"): 5},
            10,
        ),
        (
            "choices",
            {
                "choices": [
                    {"id": "a", "label": "A", "points": 2},
                    {"id": "b", "label": "B", "points": 3},
                    {"id": "c", "label": "C", "points": -1},
                    {"id": "all", "label": "All", "points": 4, "exclusive": True},
                ]
            },
            {("a", "b"): 5, ("a", "c"): 1, ("all",): 4},
            5,
        ),
        (
            "choice",
            {
                "choices": [
                    {"id": "a", "label": "A", "points": 3},
                    {"id": "b", "label": "B", "points": 1},
                    {"id": "na", "label": "N/A", "na": True, "points": 9},
                ],
                "points": 10,
            },
            {"a": 10, "b": Fraction(10, 3)},
            10,
        ),
        ("choice", {"choices": [{"id": "a", "label": "A", "points": -2}]}, {"a": -2}, 0),
    ],
)
def test_what_an_answer_earns(
    kind: str, more: dict[str, Any], earned: dict[Any, Any], possible: int
) -> None:
    tariff = one(kind, **more).tariff
    assert tariff is not None
    assert tariff.possible == possible
    assert {value: tariff.earned(value) for value in earned} == earned


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("scale", {}),
        ("nps", {}),
        ("choice", {"choices": [{"id": "a", "label": "A", "fail": True}], "points": 3}),
        ("integer", {"bands": [{"fail": True}], "points": 3}),
        ("text", {"points": 3}),
        ("photo", {"points": 3}),
    ],
)
def test_what_is_not_scored(kind: str, more: dict[str, Any]) -> None:
    assert not one(kind, **more).scored


def test_a_choice_of_zero_points_is_scored() -> None:
    assert one("choice", choices=[{"id": "a", "label": "A", "points": 0}]).scored


def test_too_short_and_too_long_texts_are_complaints_not_refusals() -> None:
    item = one("text", min_words=3, max_length=20)
    assert [p.code for p in item.complaints(Answer("hai từ"))] == ["too-few-words"]
    assert [p.code for p in item.complaints(Answer("một hai ba bốn năm sáu"))] == ["too-long"]
    assert item.complaints(Answer("một hai ba")) == ()
    assert item.complaints(Answer("")) == ()


def test_numbers_and_rows_of_items() -> None:
    rows = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
    compiled = checklist(
        section("one", question("intro", "note"), question("x"), question("y", "text")),
        section("two", question("m", "matrix", list="yna", rows=rows), question("z")),
    )
    assert {item.id: item.number for item in compiled.items} == {
        "intro": "",
        "x": "1.1",
        "y": "1.2",
        "m.a": "2.1.1",
        "m.b": "2.1.2",
        "z": "2.2",
    }
    assert [item.index for item in compiled.items] == list(range(6))
    assert [item.id for item in compiled.of_section("two")] == ["m.a", "m.b", "z"]
    assert compiled.item("m.b").choices == compiled.item("x").choices
    with pytest.raises(KeyError):
        compiled.item("m")


def test_a_label_falls_back_along_the_declared_order() -> None:
    choices = [{"id": "a", "label": {"fr": "Oui", "vi": "Có"}}, {"id": "b", "label": "B"}]
    assert one("choice", choices=choices).read(Answer("a"), "en") == "Có"


def test_question_points_without_any_choice_points_do_not_compile() -> None:
    """The reader refuses such a checklist; nothing is guessed here."""
    zeros = [{**choice, "points": 0} for choice in YES_NO[:2]]
    with pytest.raises(ValueError, match="question points"):
        one("choice", choices=zeros, points=5)


def test_forms_error_tells_its_problems() -> None:
    problems = one("csat").check(Answer(9))
    assert "1 to 5" in str(FormsError(*problems))


def test_a_number_is_grouped_from_a_thousand() -> None:
    assert [number(1195, language) for language in ("vi", "en")] == ["1.195", "1,195"]
    assert number(Decimal("999.5"), "vi") == "999,5"


def test_a_number_is_read_with_all_its_digits() -> None:
    """More than the 28 that arithmetic with decimals keeps."""
    assert number(Decimal("-123456789012345678901234567.891"), "vi") == (
        "−123.456.789.012.345.678.901.234.567,891"
    )
