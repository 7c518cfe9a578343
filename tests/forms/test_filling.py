"""One visit as it is filled: what shows, what is asked, what is wrong, what is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answers import UNANSWERED, Answer, AnswerKey, Expectation
from forms.checklist import Checklist
from forms.compiled import CompiledChecklist
from forms.filling import Filling, Progress
from forms.problems import FormsError, Severity
from forms.scoring import score

AT = datetime(2026, 11, 12, 14, 5)  # noqa: DTZ001 - local time of the visit
PHOTO = ("a" * 64,)
YNA = [
    {"id": "yes", "label": "Yes", "points": Decimal(1)},
    {"id": "no", "label": "No", "points": Decimal(0), "fail": True},
    {"id": "na", "label": "N/A", "na": True},
]


def visit() -> CompiledChecklist:
    first = [
        {"id": "hello", "type": "note", "label": "Welcome"},
        {
            "id": "greeted",
            "type": "choice",
            "list": "yna",
            "label": "Greeted?",
            "points": Decimal(5),
            "required": True,
            "evidence": {"photo": "on_fail", "comment": "on_fail"},
        },
        {
            "id": "said",
            "type": "text",
            "label": "What?",
            "min_words": 3,
            "max_length": 20,
            "relevant": "${greeted} = 'yes'",
            "required": True,
        },
        {
            "id": "queue",
            "type": "duration",
            "label": "Queue",
            "constraint": ". >= 0 and . <= 7200",
            "constraint_message": {"en": "Between 0 and 120 minutes.", "vi": "Từ 0 đến 120 phút."},
        },
        {"id": "minutes", "type": "calculate", "label": "=", "calculation": "${queue} div 60"},
    ]
    second = [
        {"id": "food", "type": "expectation", "label": "Food", "allow_na": True},
        {
            "id": "front",
            "type": "choice",
            "list": "yna",
            "label": "Front?",
            "evidence": {"photo": "always", "comment": "always"},
        },
        {"id": "receipt", "type": "photo", "label": "Receipt", "required": True},
        {"id": "day", "type": "date", "label": "Day", "constraint": ". <= today()"},
        {
            "id": "clean",
            "type": "matrix",
            "list": "yna",
            "label": "Clean?",
            "rows": [{"id": "floor", "label": "Floor"}, {"id": "tables", "label": "Tables"}],
        },
    ]
    return CompiledChecklist(
        Checklist.model_validate(
            {
                "format": "auditor-checklist/1",
                "id": "test",
                "version": "1",
                "title": "Test",
                "languages": ("vi", "en"),
                "choice_lists": {"yna": YNA},
                "sections": [
                    {"id": "in", "title": "In", "questions": first},
                    {
                        "id": "out",
                        "title": "Out",
                        "questions": second,
                        "relevant": "${greeted} != ''",
                    },
                ],
            }
        )
    )


COMPILED = visit()
OUT = ["food", "front", "receipt", "day", "clean.floor", "clean.tables"]


def filling(**answers: Any) -> Filling:
    """``__`` in a name stands for the dot of a matrix row."""
    given_answers: dict[AnswerKey, Answer] = {
        (id.replace("__", "."), 0): answer if isinstance(answer, Answer) else Answer(answer)
        for id, answer in answers.items()
    }
    return Filling(COMPILED, given_answers, AT)


def codes(found: Filling, id: str) -> list[str]:
    return [problem.code for problem in found.problems_of(COMPILED.item(id))]


def all_codes(found: Filling) -> list[tuple[str | None, str]]:
    return [(problem.where.question, problem.code) for problem in found.problems()]


def test_an_empty_draft_asks_for_what_is_visible() -> None:
    found = filling()
    assert all_codes(found) == [("greeted", "required"), (None, "left-blank")]
    assert found.problems()[-1].severity is Severity.WARNING
    assert found.problems()[-1].text("en").endswith(": 1.")
    assert found.progress() == Progress(0, 2)
    assert found.progress("out") == Progress(0, 0)
    assert not found.section_relevant("out")


def test_an_answer_shows_and_hides_and_keeps_what_is_hidden() -> None:
    found = filling()
    assert found.set(("greeted", 0), Answer("yes")).shown == ("said", *OUT)
    found.set(("said", 0), Answer("Good morning all"))
    assert found.set(("greeted", 0), Answer("no")).hidden == ("said",)
    assert found.answer("said").value == "Good morning all"
    assert not found.relevant("said")
    assert found.problems_of(COMPILED.item("said")) == ()
    assert found.set(("greeted", 0), Answer("yes")).shown == ("said",)


def test_a_blank_answer_leaves_the_draft() -> None:
    found = filling(greeted="yes")
    found.set(("greeted", 0), Answer())
    assert found.answers == {}
    assert found.answer("greeted") is UNANSWERED


def test_a_value_of_the_wrong_type_is_refused_and_nothing_changes() -> None:
    found = filling(greeted="yes")
    with pytest.raises(FormsError) as caught:
        found.set(("greeted", 0), Answer("perhaps"))
    assert caught.value.problems[0].where.question == "greeted"
    assert found.answer("greeted").value == "yes"
    with pytest.raises(FormsError):
        found.set(("hello", 0), Answer("hi"))
    with pytest.raises(FormsError):
        found.set(("queue", 0), Answer(not_applicable=True))
    with pytest.raises(FormsError):
        found.set(("day", 0), Answer("2026-02-30"))
    with pytest.raises(KeyError):
        found.set(("nobody", 0), Answer("x"))
    with pytest.raises(KeyError):
        found.set(("greeted", 1), Answer("yes"))


def test_a_kept_value_of_the_wrong_type_shows_and_does_not_score() -> None:
    found = filling(greeted="perhaps", gone="x")
    assert codes(found, "greeted") == ["unknown-choice"]
    assert not found.answered(COMPILED.item("greeted"))
    assert not found.fails(COMPILED.item("greeted"))
    assert found.score().score is None
    found.set(("greeted", 0), Answer("yes"))
    assert codes(found, "greeted") == []
    assert found.score().score == 100


def test_a_broken_constraint_is_taken_and_speaks_the_authors_words() -> None:
    found = filling()
    found.set(("queue", 0), Answer(9000))
    (problem,) = found.problems_of(COMPILED.item("queue"))
    assert problem.code == "constraint-message"
    assert problem.text("en") == "Between 0 and 120 minutes."
    assert problem.text("vi") == "Từ 0 đến 120 phút."
    found.set(("queue", 0), Answer(90))
    assert found.problems_of(COMPILED.item("queue")) == ()


def test_the_authors_words_fall_back_along_the_languages_of_the_checklist() -> None:
    (problem,) = filling(queue=-1).problems_of(COMPILED.item("queue"))
    only_there = replace(problem, texts={"message": {"vi": "Từ 0", "fr": "Dès 0"}})
    assert list(problem.texts["message"]) == ["vi", "en"]
    assert only_there.text("en") == "Từ 0"


def test_a_text_of_spaces_is_no_answer() -> None:
    found = filling(greeted="yes", said="   ")
    assert not found.answered(COMPILED.item("said"))
    assert codes(found, "said") == ["too-few-words"]
    assert found.progress("in") == Progress(1, 3)


def test_a_constraint_without_words_has_a_sentence() -> None:
    found = filling(greeted="yes", day="2026-11-13")
    assert codes(found, "day") == ["constraint"]
    found.set(("day", 0), Answer("2026-11-12"))
    assert codes(found, "day") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Xin chào bạn", []),
        ("Xin chào", ["too-few-words"]),
        ("xin  -  chào", ["too-few-words"]),
        ("cho mo\u031b\u0300i va\u0300o", []),
        ("một hai ba bốn năm sáu bảy", ["too-long"]),
    ],
)
def test_words_are_counted_and_length_is_bounded(text: str, wanted: list[str]) -> None:
    assert codes(filling(greeted="yes", said=text), "said") == wanted


def test_a_pair_needs_both_parts() -> None:
    food = COMPILED.item("food")
    found = filling(greeted="yes", food=Expectation(4, None))
    assert codes(found, "food") == ["expectation-incomplete"]
    assert not found.answered(food)
    found.set(("food", 0), Answer(Expectation(4, 3)))
    assert codes(found, "food") == []
    assert found.answered(food)


def test_evidence_on_fail_is_wanted_only_when_it_fails() -> None:
    greeted = COMPILED.item("greeted")
    found = filling(greeted="yes")
    assert not found.wants_comment(greeted)
    found.set(("greeted", 0), Answer("no"))
    assert found.fails(greeted)
    assert found.wants_comment(greeted)
    assert found.wants_photo(greeted)
    assert codes(found, "greeted") == ["comment-missing", "photo-missing"]
    found.set(("greeted", 0), Answer("no", comment="Nobody came", evidence=PHOTO))
    assert found.wants_comment(greeted)
    assert codes(found, "greeted") == []
    found.set(("greeted", 0), Answer("no", comment="  ", evidence=PHOTO))
    assert codes(found, "greeted") == ["comment-missing"]
    found.set(("greeted", 0), Answer("na"))
    assert not found.wants_photo(greeted)


def test_evidence_always_is_wanted_at_once_and_missed_once_there_is_an_answer() -> None:
    front = COMPILED.item("front")
    found = filling(greeted="yes")
    assert found.wants_photo(front)
    assert codes(found, "front") == []
    found.set(("front", 0), Answer("yes"))
    assert codes(found, "front") == ["comment-missing", "photo-missing"]
    found.set(("front", 0), Answer("na"))
    assert codes(found, "front") == []
    found.set(("greeted", 0), Answer())
    assert not found.wants_photo(front)


def test_a_photo_question_is_answered_by_its_evidence() -> None:
    receipt = COMPILED.item("receipt")
    found = filling(greeted="yes", receipt=Answer(comment="torn"))
    assert ("receipt", "required") in all_codes(found)
    found.set(("receipt", 0), Answer(evidence=PHOTO))
    assert found.answered(receipt)
    assert ("receipt", "required") not in all_codes(found)


def test_the_check_lists_all_in_the_order_of_the_checklist() -> None:
    found = filling(greeted="no", queue=-5, food=Expectation(None, 2))
    assert all_codes(found) == [
        ("greeted", "comment-missing"),
        ("greeted", "photo-missing"),
        ("queue", "constraint-message"),
        ("food", "expectation-incomplete"),
        ("receipt", "required"),
        (None, "left-blank"),
    ]
    assert found.problems()[-1].values == {"count": "4"}


def test_calculations_read_as_text() -> None:
    found = filling()
    assert found.calculated("minutes") == ""
    assert found.set(("queue", 0), Answer(90)).recalculated == ("minutes",)
    assert found.calculated("minutes") == "1.5"


def test_progress_counts_visible_questions_that_take_an_answer() -> None:
    found = filling(greeted="yes", said="Xin chào bạn", food=Answer(not_applicable=True))
    assert found.progress() == Progress(3, 9)
    assert found.progress("in") == Progress(2, 3)
    assert found.progress("out") == Progress(1, 6)


def test_next_unanswered_goes_round_both_ways() -> None:
    found = filling(greeted="yes", queue=1, food=Expectation(1, 1))
    assert found.next_unanswered(None) == "said"
    assert found.next_unanswered(None, back=True) == "clean.tables"
    assert found.next_unanswered("said") == "front"
    assert found.next_unanswered("hello") == "said"
    assert found.next_unanswered("clean.tables") == "said"
    assert found.next_unanswered("said", back=True) == "clean.tables"
    assert found.next_unanswered("front", back=True) == "said"


def test_next_unanswered_ends() -> None:
    found = filling(greeted="na", queue=1)
    for id in OUT:
        found.set((id, 0), Answer(evidence=PHOTO) if id == "receipt" else sample(id))
    assert found.next_unanswered(None) is None
    assert found.next_unanswered("greeted", back=True) is None
    found.set(("queue", 0), Answer())
    assert found.next_unanswered("queue") == "queue"


def sample(id: str) -> Answer:
    if id == "food":
        return Answer(Expectation(3, 3))
    return Answer("2026-11-01") if id == "day" else Answer("yes", comment="x", evidence=PHOTO)


def test_the_score_follows_and_is_kept_between_answers() -> None:
    found = filling(greeted="yes")
    card = found.score()
    assert card.score == 100
    assert found.score() is card
    found.set(("greeted", 0), Answer("no"))
    assert found.score().score == 0
    assert found.score(final=True) is not found.score()


KEYS = ["greeted", "said", "queue", "food", "front", "receipt", "day", "clean.floor"]
CANDIDATES = {
    "greeted": [Answer(v) for v in ("yes", "no", "na")],
    "said": [Answer("Xin chào"), Answer("Xin chào bạn")],
    "queue": [Answer(5), Answer(9000)],
    "food": [Answer(Expectation(1, None)), Answer(Expectation(1, 5)), Answer(not_applicable=True)],
    "front": [Answer("yes"), Answer("no", comment="c", evidence=PHOTO)],
    "receipt": [Answer(evidence=PHOTO), Answer(comment="c")],
    "day": [Answer("2026-11-12"), Answer("2027-01-01")],
    "clean.floor": [Answer("yes"), Answer("na")],
}
moves = st.sampled_from(KEYS).flatmap(
    lambda id: st.tuples(st.just(id), st.sampled_from([Answer(), *CANDIDATES[id]]))
)


@settings(max_examples=100, deadline=None)
@given(st.lists(moves, max_size=15))
def test_a_filling_that_lived_equals_one_that_was_opened(moves: list[tuple[str, Answer]]) -> None:
    lived = filling()
    for id, answer in moves:
        lived.set((id, 0), answer)
    opened = Filling(COMPILED, lived.answers, AT)
    assert lived.problems() == opened.problems()
    assert lived.progress() == opened.progress()
    assert lived.next_unanswered("queue") == opened.next_unanswered("queue")
    assert lived.score() == opened.score() == score(COMPILED, lived.answers, AT, draft=True)
    assert lived.score(final=True) == score(COMPILED, lived.answers, AT)
