"""Rules of a whole checklist: who hides whom, what is computed, and what is wrong with them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answers import Answer, AnswerKey, Expectation
from forms.checklist import Checklist
from forms.compiled import CompiledChecklist
from forms.problems import Problem, Severity
from forms.rules import RuleState

AT = datetime(2026, 11, 12, 14, 5, 30)  # noqa: DTZ001 - local time of the visit
YES_NO = [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]
YES_NO_NA = [*YES_NO, {"id": "na", "label": "N/A", "na": True}]


def checklist(*sections: dict[str, Any]) -> CompiledChecklist:
    built = [{"title": "S", **section} for section in sections]
    return CompiledChecklist(
        Checklist.model_validate(
            {
                "format": "auditor-checklist/1",
                "id": "test",
                "version": "1",
                "title": "Test",
                "languages": ("vi", "en"),
                "sections": built,
            }
        )
    )


def one_section(*questions: dict[str, Any]) -> CompiledChecklist:
    return checklist({"id": "s", "questions": [{"label": "?", **each} for each in questions]})


def choice(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "type": "choice", "choices": YES_NO_NA, "label": "?", **more}


def state(compiled: CompiledChecklist, **answers: Any) -> RuleState:
    given_answers: dict[AnswerKey, Answer] = {
        (id, 0): value if isinstance(value, Answer) else Answer(value)
        for id, value in answers.items()
    }
    return compiled.rules.state(given_answers, AT)


def found(compiled: CompiledChecklist) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(problem.code, problem.where.path) for problem in compiled.rules.problems()]


def test_relevant_hides_and_shows() -> None:
    compiled = one_section(choice("a"), {"id": "b", "type": "text", "relevant": "${a} = 'no'"})
    now = state(compiled)
    assert now.hidden == {"b"}
    assert now.take("a", Answer("no")).shown == ("b",)
    assert now.hidden == frozenset()
    assert now.take("a", Answer("yes")).hidden == ("b",)
    assert now.take("a", Answer("yes")) == type(now.take("a", Answer("yes")))()


def test_a_hidden_question_reads_as_blank_down_the_chain() -> None:
    compiled = one_section(
        {"id": "c", "type": "text", "relevant": "${b} = 'yes'"},
        choice("b", relevant="${a} = 'yes'"),
        choice("a"),
    )
    now = state(compiled, a="yes", b="yes", c="text")
    assert now.hidden == frozenset()
    effects = now.take("a", Answer("no"))
    assert effects.hidden == ("c", "b")
    assert now.take("a", Answer("yes")).shown == ("c", "b")


def test_a_hidden_section_hides_all_of_its_questions_and_their_values() -> None:
    compiled = checklist(
        {"id": "s1", "questions": [choice("a")]},
        {"id": "s2", "relevant": "${a} = 'yes'", "questions": [choice("b")]},
        {"id": "s3", "questions": [choice("c", relevant="${b} = 'yes'")]},
    )
    now = state(compiled, b="yes")
    assert now.hidden == {"b", "c"}
    assert now.hidden_sections == {"s2"}
    now.take("a", Answer("yes"))
    assert (now.hidden, now.hidden_sections) == (frozenset(), frozenset())


def test_a_question_hidden_twice_comes_back_only_when_both_reasons_go() -> None:
    compiled = checklist(
        {"id": "s1", "questions": [choice("a"), choice("b")]},
        {
            "id": "s2",
            "relevant": "${a} = 'yes'",
            "questions": [choice("c", relevant="${b} = 'yes'")],
        },
    )
    now = state(compiled)
    assert now.take("a", Answer("yes")).shown == ()
    assert now.take("b", Answer("yes")).shown == ("c",)
    assert now.take("a", Answer("no")).hidden == ("c",)


def test_rows_follow_their_matrix_and_are_named_one_by_one() -> None:
    rows = [{"id": "r1", "label": "1"}, {"id": "r2", "label": "2", "required": "${a} = 'yes'"}]
    matrix = {
        "id": "m",
        "type": "matrix",
        "choices": YES_NO,
        "rows": rows,
        "label": "?",
        "relevant": "${a} != ''",
        "required": True,
    }
    compiled = one_section(choice("a"), matrix, choice("z", relevant="${m.r2} = 'no'"))
    now = state(compiled)
    assert now.hidden == {"m.r1", "m.r2", "z"}
    now.take("a", Answer("no"))
    assert now.required == {"m.r1"}
    assert now.take("m.r2", Answer("no")).shown == ("z",)
    assert now.take("a", Answer("yes")).rechecked == ("m.r2",)
    assert now.required == {"m.r1", "m.r2"}


def test_calculations_keep_their_type_and_are_blank_when_they_are_nothing() -> None:
    compiled = one_section(
        {"id": "n", "type": "integer"},
        {"id": "half", "type": "calculate", "calculation": "${n} div 2"},
        {"id": "many", "type": "calculate", "calculation": "${half} > 3"},
        choice("more", relevant="${many}"),
    )
    now = state(compiled)
    assert dict(now.calculated) == {"half": "", "many": False}
    effects = now.take("n", Answer(9))
    assert dict(now.calculated) == {"half": 4.5, "many": True}
    assert (effects.recalculated, effects.shown) == (("half", "many"), ("more",))


@pytest.mark.parametrize(
    ("question", "answer", "value"),
    [
        (choice("q"), Answer("yes"), "yes"),
        (choice("q"), Answer("na"), ""),
        (choice("q", allow_na=True), Answer(not_applicable=True), ""),
        ({"type": "choices", "choices": YES_NO_NA}, Answer(("yes", "no")), "yes no"),
        ({"type": "choices", "choices": YES_NO_NA}, Answer(("na",)), ""),
        ({"type": "scale"}, Answer(4), 4.0),
        ({"type": "duration"}, Answer(90), 90.0),
        ({"type": "decimal"}, Answer(Decimal("33.30")), 33.3),
        ({"type": "decimal"}, Answer(Decimal("1E+400")), float("inf")),
        ({"type": "expectation"}, Answer(Expectation(5, 3)), 3.0),
        ({"type": "expectation"}, Answer(Expectation(5, None)), ""),
        ({"type": "text"}, Answer("phơ\u0309"), "phở"),
        ({"type": "date"}, Answer("2026-11-12"), "2026-11-12"),
        ({"type": "date"}, Answer("never"), "never"),
        ({"type": "photo"}, Answer(evidence=("a" * 64, "b" * 64)), 2.0),
        ({"type": "photo"}, Answer(), ""),
        ({"type": "text"}, Answer(evidence=("a" * 64,)), ""),
    ],
)
def test_what_an_answer_reads_as(question: dict[str, Any], answer: Answer, value: Any) -> None:
    compiled = one_section(
        {"id": "q", **question}, {"id": "c", "type": "calculate", "calculation": "${q}"}
    )
    calculated = state(compiled, q=answer).calculated["c"]
    assert calculated == value
    assert isinstance(calculated, type(value))


def test_dates_count_as_dates_and_today_is_the_start_of_the_visit() -> None:
    compiled = one_section(
        {"id": "d", "type": "date", "constraint": ". <= today() and . > '2026-11-01'"},
        {"id": "age", "type": "calculate", "calculation": "today() - ${d}"},
    )
    now = state(compiled, d="2026-11-10")
    assert now.calculated["age"] == 2
    item = compiled.item("d")
    broken = [now.breaks(item, Answer(day)) for day in ("2026-11-12", "2026-11-13", "2026-11-01")]
    assert broken == [False, True, True]


def test_constraints_skip_blanks_and_see_the_answer_as_dot_and_by_its_id() -> None:
    compiled = one_section(
        {"id": "a", "type": "integer"},
        {"id": "b", "type": "integer", "constraint": ". > ${a} and ${b} < 100", "allow_na": True},
    )
    now = state(compiled, a=5, b=1)
    item = compiled.item("b")
    assert [now.breaks(item, Answer(value)) for value in (6, 5, 100, None)] == [
        False,
        True,
        True,
        False,
    ]
    assert not now.breaks(item, Answer(not_applicable=True))
    assert now.take("a", Answer(7)).rechecked == ("b",)
    assert now.breaks(item, Answer(6))


def test_trying_an_answer_leaves_no_trace() -> None:
    compiled = one_section(
        {"id": "a", "type": "integer", "constraint": ". > 5"},
        choice("b"),
        {"id": "c", "type": "text", "relevant": "${a} > 5 and ${b} = 'yes'"},
    )
    now = state(compiled, a=1)
    now.breaks(compiled.item("a"), Answer(9))
    assert now.take("b", Answer("yes")).shown == ()


def test_a_hidden_answer_breaks_nothing() -> None:
    compiled = one_section(
        choice("a"),
        {"id": "b", "type": "integer", "constraint": ". > 5", "relevant": "${a} = 'yes'"},
    )
    now = state(compiled, b=1)
    assert not now.breaks(compiled.item("b"), Answer(1))
    now.take("a", Answer("yes"))
    assert now.breaks(compiled.item("b"), Answer(1))


def test_required_expressions_follow_the_answers_and_skip_the_hidden() -> None:
    compiled = one_section(
        choice("a"),
        {"id": "b", "type": "text", "required": "${a} = 'no'"},
        {"id": "c", "type": "text", "required": True, "relevant": "${a} = 'no'"},
    )
    now = state(compiled)
    assert now.required == frozenset()
    assert now.take("a", Answer("no")).rechecked == ("b",)
    assert now.required == {"b", "c"}


def test_problems_carry_the_path_the_question_and_the_place() -> None:
    compiled = checklist(
        {"id": "s1", "relevant": "${ghost}", "questions": [choice("a", relevant="once(1)")]},
        {
            "id": "s2",
            "questions": [
                choice("b", required="${a} = 'yes' and\n  foo()"),
                {"id": "c", "label": "?", "type": "calculate", "calculation": ". + 1"},
                {
                    "id": "m",
                    "label": "?",
                    "type": "matrix",
                    "choices": YES_NO,
                    "constraint": "1 +",
                    "required": "${nope}",
                    "rows": [
                        {"id": "r1", "label": "1"},
                        {"id": "r2", "label": "2"},
                        {"id": "r3", "label": "3", "required": "(1"},
                    ],
                },
            ],
        },
    )
    assert found(compiled) == [
        ("expression-unknown", ("sections", 0, "relevant")),
        ("expression-function", ("sections", 0, "questions", 0, "relevant")),
        ("expression-function", ("sections", 1, "questions", 0, "required")),
        ("expression-dot", ("sections", 1, "questions", 1, "calculation")),
        ("expression-end", ("sections", 1, "questions", 2, "constraint")),
        ("expression-unknown", ("sections", 1, "questions", 2, "required")),
        ("expression-end", ("sections", 1, "questions", 2, "rows", 2, "required")),
    ]
    problem = compiled.rules.problems()[2]
    assert problem.where.question == "b"
    assert problem.text("en").startswith("required, row 2, column 3: there is no function “foo”.")
    assert problem.text("vi").startswith("required, dòng 2, cột 3: không có hàm “foo”.")


def test_every_problem_has_a_sentence_in_both_languages() -> None:
    compiled = one_section(
        {"id": "n", "type": "note"},
        choice("a", relevant="${n}"),
        choice("b", relevant="${aa} = 1"),
        choice("c", relevant="${a} = bare"),
        choice("d", relevant="count(. )"),
        choice("e", relevant="${e} = 'x'"),
        choice("f", relevant="${a} = ‘na’"),
        choice("g", relevant="regex(${a}, '(')"),
    )
    problems = compiled.rules.problems()
    assert len(problems) >= 8
    for problem in problems:
        assert problem.text("vi") != problem.text("en")
        assert "{" not in problem.text("en").replace("${", "")


def test_a_broken_expression_counts_as_not_there() -> None:
    compiled = one_section(choice("a", relevant="oops("), choice("b", relevant="${a} = 'yes'"))
    now = state(compiled, a="yes")
    assert now.hidden == frozenset()


def circles(compiled: CompiledChecklist) -> list[Problem]:
    return [each for each in compiled.rules.problems() if each.code == "expression-circle"]


def test_circles_are_named_with_all_members() -> None:
    compiled = one_section(
        choice("a", relevant="${b} = 'yes'"),
        choice("b", relevant="${c} = 'yes'"),
        choice("c", relevant="${a} = 'yes' or ${d} = 'yes'"),
        choice("d"),
        choice("after", relevant="${a} = 'yes'"),
    )
    (problem,) = circles(compiled)
    assert problem.values["members"] == "a → b → c → a"
    assert problem.where.question == "a"
    assert problem.severity is Severity.ERROR
    assert state(compiled, a="yes").hidden == frozenset()


def test_a_question_that_waits_for_itself_is_a_circle() -> None:
    compiled = one_section(
        choice("a", relevant="${a} = 'yes'"),
        {"id": "n", "type": "calculate", "calculation": "${n} + 1"},
    )
    assert [each.values["members"] for each in circles(compiled)] == ["a → a", "n → n"]


def test_a_section_that_waits_for_its_own_question_is_a_circle() -> None:
    compiled = checklist({"id": "s", "relevant": "${a} = 'yes'", "questions": [choice("a")]})
    (problem,) = circles(compiled)
    assert problem.values["members"] == "s → a → s"
    assert problem.where.path == ("sections", 0, "relevant")


def test_own_value_in_required_and_constraint_is_no_circle() -> None:
    compiled = one_section(choice("a", required="${a} = '' or . = 'no'", constraint="${a} != 'no'"))
    assert compiled.rules.problems() == ()


def test_a_chain_of_thousands_is_no_recursion() -> None:
    count = 1_500
    chain = [choice(f"q{n}", relevant=f"${{q{n + 1}}} = 'yes'") for n in range(count)]
    compiled = one_section(*chain, choice(f"q{count}"))
    answers = {f"q{n}": "yes" for n in range(count)}
    now = state(compiled, **answers)
    assert len(now.hidden) == count
    assert len(now.take(f"q{count}", Answer("yes")).shown) == count


ids = st.integers(min_value=0, max_value=11).map(lambda n: f"q{n}")
conditions = st.one_of(
    st.builds("${{{0}}} = '{1}'".format, ids, st.sampled_from(["yes", "no", ""])),
    st.builds("${{{0}}} != ${{{1}}}".format, ids, ids),
    st.builds("count(${{{0}}}, ${{{1}}}) = 1".format, ids, ids),
    st.builds("string-length(concat(${{{0}}}, ${{{1}}})) > 2".format, ids, ids),
    st.builds("not(${{{0}}}) or ${{{1}}} = 'no'".format, ids, ids),
)
CALCULATED = ("q3", "q7")


@st.composite
def graphs(draw: st.DrawFn) -> CompiledChecklist:
    """Three sections of four questions, with any relevance, calculation and required."""
    maybe = st.none() | conditions
    questions = []
    for n in range(12):
        id = f"q{n}"
        rules = {"relevant": draw(maybe), "constraint": draw(maybe)}
        rules |= {"required": draw(conditions)} if draw(st.booleans()) else {}
        if id in CALCULATED:
            source = draw(conditions)
            rules |= {"calculation": f"if({source}, 'yes', coalesce(${{q0}}, 0 div 0))"}
            questions.append({"id": id, "type": "calculate", "label": "?", **rules})
        else:
            questions.append(choice(id, **rules))
    sections = [
        {"id": f"s{n}", "relevant": draw(maybe), "questions": questions[4 * n : 4 * n + 4]}
        for n in range(3)
    ]
    return checklist(*sections)


answered = st.sampled_from([Answer(), Answer("yes"), Answer("no"), Answer("na")]) | st.just(
    Answer(not_applicable=True)
)


def whole(now: RuleState, compiled: CompiledChecklist, answers: dict[AnswerKey, Answer]) -> Any:
    broken = [
        item.id for item in compiled.items if now.breaks(item, answers.get((item.id, 0), Answer()))
    ]
    return (now.hidden, now.hidden_sections, now.required, dict(now.calculated), broken)


@settings(max_examples=80, deadline=None)
@given(graphs(), st.lists(st.tuples(ids, answered), max_size=12))
def test_step_by_step_equals_all_at_once(
    compiled: CompiledChecklist, steps: list[tuple[str, Answer]]
) -> None:
    answers: dict[AnswerKey, Answer] = {}
    live = compiled.rules.state(answers, AT)
    for id, answer in steps:
        if id in CALCULATED:
            continue
        before, before_calculated = live.hidden, dict(live.calculated)
        effects = live.take(id, answer)
        answers[(id, 0)] = answer
        fresh = compiled.rules.state(answers, AT)
        assert whole(live, compiled, answers) == whole(fresh, compiled, answers)
        assert set(effects.shown) == before - live.hidden
        assert set(effects.hidden) == live.hidden - before
        visibly = {id for id, value in live.calculated.items() if value != before_calculated[id]}
        changed_sight = set(effects.shown) | set(effects.hidden)
        assert visibly <= set(effects.recalculated) | changed_sight


def test_calculations_that_double_a_text_fill_no_memory() -> None:
    doubling = (
        {"id": f"c{n}", "type": "calculate", "calculation": f"concat(${{c{n - 1}}}, ${{c{n - 1}}})"}
        for n in range(1, 41)
    )
    first = {"id": "c0", "type": "calculate", "calculation": "'ab'"}
    assert len(str(state(one_section(first, *doubling)).calculated["c40"])) == 100_000
