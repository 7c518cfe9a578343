"""What contradicts what in the answers of a visit, how sure it is, and what it leaves alone."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.answers import Answer, AnswerKey, Expectation
from forms.answers_json import read_answers
from forms.compiled import CompiledChecklist
from forms.complaint_words import ComplaintWords
from forms.contradictions import Contradiction, Contradictions, Sureness
from forms.filling import Filling
from tests.forms.random_checklists import cases, compiled_of
from tests.forms.small import AT, YES_NO, checklist, question, section
from tests.forms.small import given as answers_of

WORDS = ComplaintWords.default()
CERTAIN, LIKELY, POSSIBLE = Sureness


def found(compiled: CompiledChecklist, **values: Any) -> tuple[Contradiction, ...]:
    filling = Filling(compiled, answers_of(**values), AT)
    return Contradictions(compiled, WORDS).all(filling)


def codes(compiled: CompiledChecklist, **values: Any) -> list[str]:
    return [each.code for each in found(compiled, **values)]


# a good answer with a complaint

BANDS = [{"max": 30, "points": 1}, {"points": 0}]


@pytest.mark.parametrize(
    ("kind", "more", "best", "other"),
    [
        ("choice", {}, "yes", "no"),
        ("choice", {}, "yes", "na"),
        ("csat", {}, 5, 4),
        ("nps", {}, 9, 8),
        ("ces", {}, 7, 6),
        ("ces", {"easy": "low"}, 1, 7),
        ("scale", {}, 5, 4),
        ("scale", {"reverse": True}, 1, 5),
        ("expectation", {}, Expectation(3, 5), Expectation(5, 4)),
        ("duration", {"bands": BANDS}, 30, 31),
        ("choices", {"list": "yna"}, ("yes",), ("no",)),
    ],
)
def test_a_complaint_beside_the_best_answer(kind: str, more: Any, best: Any, other: Any) -> None:
    compiled = checklist(section("s", question("q", kind, **more)))
    comment = "Nhân viên thô lỗ với khách."
    assert codes(compiled, q=Answer(best, comment=comment)) == ["negative-comment"]
    assert codes(compiled, q=Answer(best, comment="Nhân viên không hề thô lỗ.")) == []
    assert "negative-comment" not in codes(compiled, q=Answer(other, comment=comment))


def test_full_points_that_fail_all_the_same_are_no_praise() -> None:
    failing = [{**YES_NO[0], "fail": True}, YES_NO[1]]
    compiled = checklist(section("s", question("q", choices=failing)))
    assert codes(compiled, q=Answer("yes", comment="Nhân viên thô lỗ với khách")) == []


def yes_with(comment: str) -> tuple[Contradiction, ...]:
    return found(checklist(section("s", question("q"))), q=Answer("yes", comment=comment))


@pytest.mark.parametrize(
    ("comment", "sure"),
    [
        ("Nhân viên thô lỗ.", LIKELY),
        ("Phục vụ chậm.", POSSIBLE),
        ("Phục vụ chậm, quá chậm.", POSSIBLE),
        ("Phục vụ chậm, bàn bẩn.", LIKELY),
        ("Bàn sạch nhưng nhân viên thô lỗ.", POSSIBLE),
        ("Phục vụ hơi chậm.", POSSIBLE),
        ("Nhan vien tho lo, khong chao.", POSSIBLE),
        ("The waiter was rude.", LIKELY),
        ("Slow service.", POSSIBLE),
    ],
)
def test_how_sure_a_complaint_is(comment: str, sure: Sureness) -> None:
    assert [each.sure for each in yes_with(comment)] == [sure]


def test_small_complaints_in_praise_are_left_alone() -> None:
    assert yes_with("Quán hơi ồn ào nhưng nhân viên rất thân thiện.") == ()
    assert yes_with("A bit slow, but everyone was lovely.") == ()


def test_the_complaint_is_quoted() -> None:
    (one,) = yes_with("Bàn Bẩn, cốc bẩn, nhân viên thô lỗ, cáu gắt và chậm.")
    assert "ghi chú viết “Bẩn”, “thô lỗ”, “cáu gắt”. " in one.problem.text("vi")
    assert one.problem.text("en").startswith("“Yes” in 1.1, but its comment says “Bẩn”")


def test_a_failed_answer_with_praise_is_no_contradiction() -> None:
    compiled = checklist(section("s", question("q")))
    assert codes(compiled, q=Answer("no", comment="Nhân viên rất dễ thương và nhanh")) == []


def test_a_fact_that_is_not_scored_may_be_bad() -> None:
    fact = [{"id": "yes", "label": "Có"}, {"id": "no", "label": "Không"}]
    compiled = checklist(section("s", question("q", choices=fact)))
    assert codes(compiled, q=Answer("yes", comment="Bàn bẩn, nhân viên thô lỗ.")) == []


# the same words twice


def two(first: str, second: str, **more: Any) -> list[Contradiction]:
    compiled = checklist(section("s", question("q"), question("r")))
    both = {"q": Answer("yes", comment=first), "r": Answer("yes", comment=second)}
    return [each for each in found(compiled, **both) if each.code == "comment-repeated"]


def test_the_same_comment_twice_names_both() -> None:
    text = "Nhân viên chào tôi khi tôi vào quán."
    (one,) = two(text, "  nhân viên CHÀO tôi\nkhi tôi vào quán. ")
    assert (one.question, one.other, one.sure) == ("q", "r", LIKELY)
    assert one.problem.text("en").startswith("1.1 and 1.2 have the same words.")
    (short,) = two("Bàn ghế sạch sẽ", "bàn ghế sạch sẽ")
    assert short.sure is POSSIBLE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tốt", "Tốt"), ("Rất tốt", "rất tốt"), ("", ""), ("   ", "   "),
        ("Nhân viên chào tôi khi tôi vào", "Nhân viên chào tôi khi tôi ra"),
    ],
)  # fmt: skip
def test_short_or_different_comments_are_not_repeated(first: str, second: str) -> None:
    assert two(first, second) == []


def test_every_later_one_is_compared_with_the_first() -> None:
    compiled = checklist(section("s", *(question(id) for id in "abc")))
    same = Answer("yes", comment="Cùng một lời ghi dài ở mọi câu")
    pairs = [(each.question, each.other) for each in found(compiled, a=same, b=same, c=same)]
    assert pairs == [("a", "b"), ("a", "c")]


def test_long_texts_are_compared_too_and_reasons_for_na_are_not() -> None:
    compiled = checklist(section("s", question("t", "text"), question("q"), question("r")))
    text = "Tôi vào quán lúc chín giờ và được chào ngay"
    assert codes(compiled, t=text, q=Answer("yes", comment=text)) == ["comment-repeated"]
    gone = Answer("na", comment="Quán này không có nhà vệ sinh cho khách")
    assert codes(compiled, q=gone, r=gone) == []


# capitals, thin comments


@pytest.mark.parametrize(
    ("comment", "loud"),
    [
        ("NHÂN VIÊN CHÀO TÔI", True), ("STAFF SMILED AT ME 2 TIMES!", True),
        ("Nhân viên chào TÔI", False), ("ATM, POS, QR", False), ("OK", False), ("12345", False),
        ("12345678901234567890", False),
    ],
)  # fmt: skip
def test_capitals(comment: str, loud: bool) -> None:
    compiled = checklist(section("s", question("q")))
    expected = ["comment-capitals"] if loud else []
    assert codes(compiled, q=Answer("yes", comment=comment)) == expected


def test_a_name_in_capitals_is_no_shouting() -> None:
    short = checklist(section("s", question("q", "text")))
    long = checklist(section("s", question("q", "text", multiline=True)))
    assert codes(short, q="NGUYỄN THỊ MINH KHAI") == []
    assert codes(long, q="NGUYỄN THỊ MINH KHAI") == ["comment-capitals"]


@pytest.mark.parametrize(
    ("comment", "sure"),
    [
        ("Bẩn", POSSIBLE), ("sàn bẩn", POSSIBLE), ("....", LIKELY), ("aaaa aaaa aaaa", LIKELY),
        ("ok ok ok", LIKELY), ("!!! ??? ...", LIKELY), ("Sàn còn ướt", None),
        ("", None), (" ", None), ("3 ly bẩn trên bàn", None), ("Waited 10 minutes", None),
    ],
)  # fmt: skip
def test_a_comment_that_explains_a_failure(comment: str, sure: Sureness | None) -> None:
    compiled = checklist(section("s", question("q")))
    thin = found(compiled, q=Answer("no", comment=comment))
    assert [(each.code, each.sure) for each in thin] == ([("comment-thin", sure)] if sure else [])
    assert codes(compiled, q=Answer("yes", comment="Ổn")) == []


def test_a_required_comment_is_held_to_the_same() -> None:
    compiled = checklist(section("s", question("q", evidence={"comment": "always"})))
    assert codes(compiled, q=Answer("yes", comment="Ổn")) == ["comment-thin"]
    assert codes(compiled, q=Answer("na", comment="Ổn")) == []


def test_a_text_with_too_few_words_is_not_told_twice() -> None:
    compiled = checklist(section("s", question("q", "text", min_words=3), question("t", "text")))
    assert codes(compiled, q="....", t="....") == ["comment-thin"]
    assert codes(compiled, q="aaaa aaaa aaaa") == ["comment-thin"]
    assert codes(compiled, t="Lan") == []


# what never takes part


def test_hidden_questions_take_no_part() -> None:
    same = Answer("yes", comment="Nhân viên thô lỗ, BÀN BẨN VÀ RẤT CHẬM")
    hidden = {"relevant": "${gate} = 'yes'"}
    timer = question("t", "duration", standard=30, tags={"measure": "greeting"}, **hidden)
    claim = question("q", label="Chào trong 30 giây?", tags={"measure": "greeting"})
    compiled = checklist(section("s", question("gate"), claim, timer, question("r", **hidden)))
    answers = {"q": same, "t": 48, "r": same}
    assert len(found(compiled, gate="yes", **answers)) == 4
    assert codes(compiled, gate="no", **answers) == ["negative-comment"]


def test_refused_values_take_no_part() -> None:
    claim = question("q", label="Chào trong 30 giây?", tags={"measure": "greeting"})
    timer = question("t", "duration", standard=30, tags={"measure": "greeting"})
    compiled = checklist(section("s", claim, timer))
    assert codes(compiled, q="yes", t=48) == ["contradicts-timer"]
    assert codes(compiled, q="nonsense", t=48) == codes(compiled, q="yes", t="48") == []


# properties

TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from([
        "Nhân viên thô lỗ, bàn bẩn", "NHÂN VIÊN CHÀO TÔI RẤT NHANH", "....", "Tốt", "ok ok ok",
        "Nhân viên chào tôi khi tôi vào", "The floor was dirty but staff were kind", "",
    ]),
)  # fmt: skip


@st.composite
def fillings(draw: st.DrawFn) -> tuple[CompiledChecklist, dict[AnswerKey, Answer]]:
    case = draw(cases())
    compiled = compiled_of(case)
    read_ = read_answers(case.answers_text, compiled)
    answers = {
        (item.id, 0): draw(commented(read_.answers.get((item.id, 0), Answer())))
        for item in compiled.items
        if item.takes_answer
    }
    return compiled, answers


def commented(answer: Answer) -> st.SearchStrategy[Answer]:
    return TEXTS.map(
        lambda text: Answer(answer.value, answer.not_applicable, text, answer.evidence)
    )


QUIET = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@QUIET
@given(fillings(), st.randoms(use_true_random=False))
def test_all_is_what_is_said_of_each_in_any_order(
    case: tuple[CompiledChecklist, dict[AnswerKey, Answer]], shuffle: random.Random
) -> None:
    compiled, answers = case
    checks = Contradictions(compiled, WORDS)
    filling = Filling(compiled, answers, AT)
    all_ = checks.all(filling)
    of_each = [each for item in compiled.items for each in checks.of(item, filling)]
    assert _keys(all_) == _keys(of_each)
    assert [compiled.item(each.question).index for each in all_] == sorted(
        compiled.item(each.question).index for each in all_
    )
    pairs = list(answers.items())
    shuffle.shuffle(pairs)
    assert checks.all(Filling(compiled, dict(pairs), AT)) == all_
    for each in all_:
        assert each.problem.text("vi") != each.problem.text("en")


def _keys(found: Any) -> set[tuple[Any, ...]]:
    return {(one.code, one.question, one.other, one.sure, one.causes) for one in found}


@QUIET
@given(fillings())
def test_nothing_and_na_contradict_nothing(
    case: tuple[CompiledChecklist, Mapping[AnswerKey, Answer]],
) -> None:
    compiled, answers = case
    checks = Contradictions(compiled, WORDS)
    assert checks.all(Filling(compiled, {}, AT)) == ()
    na = {key: Answer(None, True, answer.comment) for key, answer in answers.items()}
    assert checks.all(Filling(compiled, na, AT)) == ()


@QUIET
@given(st.text(), st.text(), st.text())
def test_any_text_may_be_written(comment: str, label: str, text: str) -> None:
    compiled = checklist(
        section("s", question("q", label=label or "q"), question("t", "duration", standard=30)),
        section("u", question("v", "text"), question("w", "text", min_words=2)),
    )
    answers = answers_of(
        q=Answer("yes", comment=comment), t=Answer(48, comment=text), v=text, w=text
    )
    filling = Filling(compiled, answers, AT)
    for each in Contradictions(compiled, WORDS).all(filling):
        assert each.problem.text("vi")
