"""What another version of a checklist changes for a draft: told in full, and nothing is lost."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from forms.answers import Answer, AnswerKey, Expectation, Value
from forms.answers_json import read_answers
from forms.checklist import Scoring
from forms.compiled import CompiledChecklist
from forms.filling import Filling
from forms.questions import QUESTION_TYPES
from forms.questions.base import Band, Cap, Choice
from forms.questions.matrix import Row
from forms.version_change import Fate, VersionChange, compare, fitted, fitting
from forms.version_rules import FIELDS, Aspect, Policy
from forms.version_words import WordedPart
from tests.forms.random_checklists import Case, cases, compiled_of, json_text
from tests.forms.small import AT, NA, YES_NO, checklist, question, section
from tests.forms.small import given as answers_of


def change(
    old: list[dict[str, Any]], new: list[dict[str, Any]], **answers: Value | Answer | None
) -> VersionChange:
    """One section ``s`` in both versions."""
    return compare(
        checklist(section("s", *old)), checklist(section("s", *new)), answers_of(**answers), AT
    )


def one(old: dict[str, Any], new: dict[str, Any], answer: Value | Answer | None) -> VersionChange:
    return change([{"id": "q", "label": "q", **old}], [{"id": "q", "label": "q", **new}], q=answer)


def test_the_same_checklist_changes_nothing() -> None:
    both = [question("a", points=1), question("b", "scale", points=2)]
    found = change(both, both, a="yes", b=4)
    assert found.empty
    assert not found.aside
    assert found.before == found.after


def test_new_questions_say_whether_they_need_an_answer_now() -> None:
    old = [question("a")]
    new = [
        question("a"),
        question("always", "text", required=True),
        question("free", "text"),
        question("hidden", "text", required=True, relevant="${a} = 'no'"),
        question("maybe", "text", required="${a} = 'yes'"),
        question("hint", "note"),
    ]
    found = change(old, new, a="yes")
    assert [(each.item.id, each.required) for each in found.added] == [
        ("always", True),
        ("free", False),
        ("hidden", False),
        ("maybe", True),
    ]
    assert (found.before.progress.answered, found.before.progress.total) == (1, 1)
    assert (found.after.progress.answered, found.after.progress.total) == (1, 4)


def test_questions_no_longer_asked_show_the_answer_that_is_put_aside() -> None:
    old = [question("a"), question("b", "text"), question("c", "text")]
    kept = Answer("Chín phút", comment="đông", evidence=("f" * 64,))
    found = change(old, [question("a")], b=kept, a="yes")
    assert [(each.item.id, each.answer) for each in found.removed] == [("b", kept), ("c", None)]
    assert found.aside == {("b", 0): kept}


def test_a_question_that_becomes_a_note_is_no_longer_asked() -> None:
    found = change([question("a", "text")], [question("a", "note")], a="words")
    assert ids_removed(found) == ["a"]
    assert found.aside == {("a", 0): Answer("words")}
    back = change([question("a", "note")], [question("a", "text")], a="words")
    assert [each.item.id for each in back.added] == ["a"]
    assert back.after.progress.answered == 1  # the row on disk is of use again


def ids_removed(found: VersionChange) -> list[str]:
    return [each.item.id for each in found.removed]


LONG = [{"id": name, "label": name, "points": 1} for name in ("yes", "no", "maybe")]
SHORT = LONG[:2]
TEXT, SCALE = {"type": "text"}, {"type": "scale"}


@pytest.mark.parametrize(
    ("old", "new", "answer", "aspect", "fate"),
    [
        ({"type": "choice", "choices": LONG}, {"type": "choice", "choices": SHORT}, "maybe",
         Aspect.CHOICES, Fate.AGAIN),
        ({"type": "choice", "choices": LONG}, {"type": "choice", "choices": SHORT}, "yes",
         Aspect.CHOICES, Fate.STAYS),
        ({"type": "choices", "choices": LONG}, {"type": "choices", "choices": SHORT},
         ("yes", "maybe"), Aspect.CHOICES, Fate.AGAIN),
        ({"type": "choices", "choices": LONG},
         {"type": "choices", "choices": [{**LONG[0], "exclusive": True}, *LONG[1:]]},
         ("yes", "no"), Aspect.CHOICES, Fate.AGAIN),
        (SCALE, {**SCALE, "max": 3}, 4, Aspect.RANGE, Fate.AGAIN),
        (SCALE, {**SCALE, "max": 10}, 4, Aspect.RANGE, Fate.STAYS),
        (SCALE, {**SCALE, "reverse": True}, 4, Aspect.DIRECTION, Fate.STAYS),
        ({"type": "ces"}, {"type": "ces", "max": 5, "easy": "low"}, 7, Aspect.RANGE, Fate.AGAIN),
        ({"type": "expectation"}, {"type": "expectation", "max": 3}, Expectation(4, 2),
         Aspect.RANGE, Fate.AGAIN),
        ({"type": "expectation"}, {"type": "expectation", "max": 3}, Expectation(4, None),
         Aspect.RANGE, Fate.AGAIN),
        (TEXT, {"type": "integer"}, "nine", Aspect.TYPE, Fate.AGAIN),
        ({"type": "integer"}, {"type": "decimal"}, 9, Aspect.TYPE, Fate.STAYS),
        ({"type": "decimal"}, {"type": "integer"}, Decimal("9.5"), Aspect.TYPE, Fate.AGAIN),
        ({"type": "photo"}, TEXT, Answer(evidence=("a" * 64,)), Aspect.TYPE, Fate.AGAIN),
        (TEXT, {"type": "photo"}, "words", Aspect.TYPE, Fate.AGAIN),
        (TEXT, {"type": "photo"}, Answer("words", evidence=("a" * 64,)), Aspect.TYPE, Fate.AGAIN),
        ({**SCALE, "allow_na": True}, SCALE, NA, Aspect.NA, Fate.AGAIN),
        (SCALE, {**SCALE, "allow_na": True}, 3, Aspect.NA, Fate.STAYS),
        (TEXT, {**TEXT, "required": True}, None, Aspect.REQUIRED, Fate.NONE),
        (TEXT, {**TEXT, "min_words": 5}, "too few", Aspect.LENGTH, Fate.STAYS),
        (TEXT, {**TEXT, "constraint": ". != 'x'"}, "y", Aspect.CONSTRAINT, Fate.STAYS),
        (TEXT, {**TEXT, "relevant": "${q2} = 'yes'"}, "y", Aspect.RELEVANCE, Fate.HIDDEN),
        (TEXT, {**TEXT, "evidence": {"photo": "always"}}, "y", Aspect.PHOTO, Fate.STAYS),
        (TEXT, {**TEXT, "evidence": {"comment": "always"}}, "y", Aspect.COMMENT, Fate.STAYS),
        ({"type": "decimal", "unit": "đ"},
         {"type": "decimal", "unit": {"vi": "nghìn đ", "en": "đ"}},
         Decimal(9), Aspect.UNIT, Fate.STAYS),
        ({"type": "duration"}, {"type": "duration", "standard": 60}, 9, Aspect.STANDARD,
         Fate.STAYS),
    ],
)  # fmt: skip
def test_other_rules_keep_the_answer_or_ask_again(
    old: dict[str, Any], new: dict[str, Any], answer: Value | Answer, aspect: Aspect, fate: Fate
) -> None:
    other = question("q2")
    before, after = ({"id": "q", "label": "q", **rules} for rules in (old, new))
    found = change([before, other], [after, other], q=answer)
    (rule,) = found.rules
    assert aspect in rule.aspects
    assert rule.fate is fate
    assert (rule in found.again) == (fate is Fate.AGAIN)
    becomes_text = rule.old.question.type == "photo"  # there was no value to lose
    assert bool(found.aside) == (fate is Fate.AGAIN and not becomes_text)


def test_choices_are_matched_by_id() -> None:
    renamed = [{**LONG[0], "label": "Có"}, LONG[1], {"id": "new", "label": "new", "points": 1}]
    rule = one(
        {"type": "choice", "choices": LONG}, {"type": "choice", "choices": renamed}, "yes"
    ).rules[0]
    assert rule.fate is Fate.STAYS
    assert [choice.id for choice in rule.choices_added] == ["new"]
    assert [choice.id for choice in rule.choices_removed] == ["maybe"]


def test_comment_and_evidence_carry_over_where_the_value_does_not() -> None:
    item = checklist(section("s", question("q", choices=SHORT))).items[0]
    answer = Answer("maybe", comment="đông", evidence=("a" * 64,), later=True)
    assert fitted(item, answer) == Answer(None, comment="đông", evidence=("a" * 64,), later=True)
    found = one({"type": "choice", "choices": LONG}, {"type": "choice", "choices": SHORT}, answer)
    assert found.aside == {("q", 0): answer}


def test_what_the_old_version_never_took_comes_back() -> None:
    """A draft that was moved before holds more than its present version takes."""
    found = one({"type": "choice", "choices": SHORT}, {"type": "choice", "choices": LONG}, "maybe")
    assert found.before.progress.answered == 0
    assert found.after.progress.answered == 1
    assert not found.again
    assert not found.aside


def test_rewording_shows_both_texts_in_each_language() -> None:
    old = {"type": "text", "label": {"vi": "Có chào không?", "en": "Greeted?"}, "help": "Nhìn kỹ."}
    new = {"type": "text", "label": {"vi": "Có chào bạn không?", "en": "Greeted?"}}
    label, help_text = one(old, new, None).wordings
    assert label.in_language("vi") == ("Có chào không?", "Có chào bạn không?")
    assert label.in_language("en") == ("Greeted?", "Greeted?")
    assert (help_text.part, help_text.in_language("vi")) == (WordedPart.HELP, ("Nhìn kỹ.", ""))


def test_the_same_words_in_another_spelling_of_the_file_are_not_reworded() -> None:
    assert one({**TEXT, "label": "A"}, {**TEXT, "label": {"vi": "A", "en": "A"}}, None).empty


def test_words_of_choices_scales_matrices_notes_and_sections() -> None:
    old = checklist(
        section("s", question("n", "note", label="old n"), title="old s"),
    )
    new = checklist(section("s", question("n", "note", label="new n"), title="new s"))
    found = compare(old, new, {}, AT)
    assert [(each.part, each.item and each.item.id) for each in found.wordings] == [
        (WordedPart.SECTION, None),
        (WordedPart.LABEL, "n"),
    ]
    rows = [{"id": "r1", "label": "one"}, {"id": "r2", "label": "two"}]

    def parts(suffix: str) -> list[dict[str, Any]]:
        return [
            question("c", choices=[{"id": "a", "label": f"a{suffix}", "points": 1}]),
            question("l", "scale", labels={1: f"bad{suffix}"}),
            question("m", "matrix", list="yna", rows=rows, label=f"m{suffix}"),
        ]

    said = change(parts(""), parts("!")).wordings
    assert [(each.part, each.item and each.item.id, each.new) for each in said] == [
        (WordedPart.CHOICE, "c", "a!"),
        (WordedPart.PLACE, "l", "bad!"),
        (WordedPart.MATRIX, "m.r1", "m!"),
    ]


def test_moved_questions_keep_their_answers() -> None:
    old = checklist(section("s", question("a", "text")), section("t", question("b", "text")))
    new = checklist(section("s"), section("t", question("b", "text"), question("a", "text")))
    found = compare(old, new, answers_of(a="x"), AT)
    assert [(each.new.id, each.old.section.id, each.new.section.id) for each in found.moved] == [
        ("a", "s", "t")
    ]
    assert found.after.progress == found.before.progress


def test_points_weight_critical_and_bonus() -> None:
    old = [question("a", points=5), question("b", points=1), question("c"), question("d", "text")]
    new = [
        question("a", points=3, weight=2),
        question("b", points=1, critical={"cap": 60}),
        question("c", bonus=True),
        question("d", "text"),
    ]
    a, b, c = change(old, new, a="yes", b="no").rescored
    assert (a.before, a.after, a.critical, a.answers) == (Fraction(5), Fraction(6), None, False)
    assert b.critical == (False, Cap(cap=Decimal(60)))
    assert c.bonus
    assert c.before == c.after == Fraction(1)


def test_other_points_of_an_answer_are_told_and_change_the_score() -> None:
    half = [YES_NO[0], {**YES_NO[1], "points": 0.5}, YES_NO[2]]
    found = change([question("a")], [question("a", choices=half)], a="no")
    (rescored,) = found.rescored
    assert rescored.answers
    assert (found.before.card.score, found.after.card.score) == (Decimal(0), Decimal(50))
    bands = {"type": "duration", "bands": [{"max": 60, "points": 2}, {"points": 0}]}
    slower = {"type": "duration", "bands": [{"max": 90, "points": 2}, {"points": 0}]}
    assert one(bands, slower, 80).rescored[0].answers


def test_becoming_scored_is_told() -> None:
    (found,) = one(SCALE, {**SCALE, "points": 4}, 5).rescored
    assert (found.before, found.after) == (None, Fraction(4))


def test_section_weights_count_in_a_weighted_total_only() -> None:
    parts = section("s", question("a", points=1)), section("t", question("b", points=1))
    heavier = section("s", question("a", points=1), weight=3), parts[1]
    plain = compare(checklist(*parts), checklist(*heavier), {}, AT)
    assert plain.empty
    weighted = compare(
        checklist(*parts, total="weighted"), checklist(*heavier, total="weighted"), {}, AT
    )
    assert [each.new.id for each in weighted.reweighted] == ["s"]


def test_the_scoring_of_the_whole() -> None:
    old = checklist(section("s", question("a")))
    bands = [{"min": 0, "id": "low", "label": "low"}]
    new = checklist(section("s", question("a")), na="zero", pass_mark=80, bands=bands, decimals=0)
    assert compare(old, new, {}, AT).policy == (
        Policy.NA,
        Policy.DECIMALS,
        Policy.PASS_MARK,
        Policy.BANDS,
    )
    assert {policy.value for policy in Policy} == set(Scoring.model_fields)


def test_a_condition_on_an_answer_that_must_be_given_again_hides_what_hangs_on_it() -> None:
    new_choices = [{"id": "ja", "label": "ja"}, {"id": "no", "label": "no"}]
    told = question("why", "text", relevant="${a} = 'yes'")
    asked = question("why", "text", relevant="${a} = 'ja'")
    old = [question("a", choices=SHORT), told]
    found = change(old, [question("a", choices=new_choices), asked], a="yes", why="queue")
    assert [(each.new.id, each.fate) for each in found.rules] == [
        ("a", Fate.AGAIN),
        ("why", Fate.HIDDEN),
    ]
    assert found.after.progress.total == 1


#: Fields that other parts of the comparison look at, and those that no evaluator meets.
LOOKED_AT = {
    "id", "type", "label", "help", "list", "choices", "labels", "bands", "rows", "unit",
    "points", "weight", "critical", "bonus", "required", "allow_na", "evidence", "relevant",
}  # fmt: skip
UNSEEN = {"short", "tags", "stage", "multiline", "calculation", "constraint_message"}


@pytest.mark.parametrize("kind", QUESTION_TYPES)
def test_every_field_of_a_question_is_compared_or_knowingly_left_out(kind: Any) -> None:
    assert set(kind.model_fields) <= set(FIELDS) | LOOKED_AT | UNSEEN


def test_every_field_of_the_parts_is_compared_or_knowingly_left_out() -> None:
    assert set(Row.model_fields) <= set(FIELDS) | LOOKED_AT | UNSEEN
    assert set(Choice.model_fields) == {"id", "label", "points", "fail", "na", "exclusive"}
    assert set(Band.model_fields) == {"max", "below", "points", "fail", "label"}


def answers_in(case: Case, compiled: CompiledChecklist) -> dict[AnswerKey, Answer]:
    return read_answers(json_text({"answers": case.answers}).encode(), compiled).answers


@given(one_case=cases(), another=cases())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_two_versions_add_up(one_case: Case, another: Case) -> None:
    """Every question of the old version is still asked, or told as gone; every answer is taken
    whole, or put aside whole; and the figures are those of the draft in each version."""
    old, new = compiled_of(one_case), compiled_of(another)
    answers = answers_in(one_case, old)
    found = compare(old, new, answers, AT)
    assert takers(old) - takers(new) == {each.item.id for each in found.removed}
    assert takers(new) - takers(old) == {each.item.id for each in found.added}
    before, after = fitting(old, answers), fitting(new, answers)
    for key, answer in before.items():
        assert found.aside.get(key, after.get(key)) == answer
    assert set(found.aside) <= set(before)
    assert found.after.progress == Filling(new, after, AT).progress()
    assert compare(new, old, answers, AT).after == found.before
    assert compare(old, old, answers, AT).empty


def takers(compiled: CompiledChecklist) -> set[str]:
    return {item.id for item in compiled.items if item.takes_answer}
