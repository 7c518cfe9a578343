"""What holds for every checklist and every visit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from forms.answers_json import read_answers
from forms.checklist import NaPolicy, Scoring, TotalMode
from forms.scorecard import Scorecard, SectionScore, Status, Step, StepKind
from forms.scoring import score
from tests.forms import oracle
from tests.forms.random_checklists import Case, cases, compiled_of, scored_case
from tests.forms.small import AT, NA, checklist, question, scored, section


@settings(max_examples=100)
@given(case=cases())
def test_the_arithmetic_explains_itself(case: Case) -> None:
    card, scoring = scored_case(case), compiled_of(case).checklist.scoring
    check_range(card, scoring)
    check_question_shares(card, scoring)
    check_section_shares(card)
    check_steps(card)


def check_range(card: Scorecard, scoring: Scoring) -> None:
    ratios = [s.ratio for s in card.sections if s.ratio is not None]
    assert all(ratio >= 0 for ratio in ratios)
    assert card.raw is None or card.raw >= 0
    if scoring.cap:
        assert all(ratio <= 1 for ratio in ratios)
        assert card.raw is None or card.raw <= 100
    if card.raw is not None:
        assert card.score is not None
        half = Fraction(1, 2 * 10**scoring.decimals)
        assert -half < Fraction(card.score) - card.raw <= half
        assert card.score.as_tuple().exponent == -scoring.decimals


def check_question_shares(card: Scorecard, scoring: Scoring) -> None:
    """They add up to the total before bounds and critical rules."""
    if card.raw is None:
        assert all(q.share is None and q.lost is None for q in card.questions)
        return
    assert all(q.lost is not None and q.lost >= 0 for q in card.questions)
    shares = sum((q.share or Fraction(0) for q in card.questions), Fraction(0))
    if scoring.total is TotalMode.POINTS:
        before = {s.id: first_values(s)["earned"] for s in card.sections}
        whole = sum((s.possible for s in card.sections), Fraction(0))
        assert shares == 100 * sum(before.values()) / whole
    else:
        weights = sum((s.weight for s in card.sections if s.ratio is not None), Fraction(0))
        ratios = [(s.weight, plain_ratio(s)) for s in card.sections if s.ratio is not None]
        assert shares == 100 * sum((w * r for w, r in ratios), Fraction(0)) / weights


def first_values(section: SectionScore) -> dict[str, Fraction]:
    return section.steps[0].values


def plain_ratio(section: SectionScore) -> Fraction:
    return next(s.values["after"] for s in section.steps if s.kind is StepKind.RATIO)


def check_section_shares(card: Scorecard) -> None:
    """They add up to the total before its own bounds."""
    if card.raw is None:
        return
    shares = sum((s.share or Fraction(0) for s in card.sections), Fraction(0))
    assert shares == card.steps[0].values["after"]
    assert sum((s.whole or Fraction(0) for s in card.sections), Fraction(0)) == 100


def check_steps(card: Scorecard) -> None:
    for found in card.sections:
        assert leads_to([s for s in found.steps if "after" in s.values], found.ratio)
    if card.raw is None:
        assert card.steps == ()
        return
    *steps, rounding = card.steps
    assert leads_to(steps, card.raw)
    assert rounding.values == {"before": card.raw, "after": Fraction(card.score or 0)}


def leads_to(steps: list[Step], figure: Fraction | None) -> bool:
    """Each step starts where the last one ended, and the last one ends at ``figure``."""
    if figure is None:
        return not steps
    chained = all(a.values["after"] == b.values["before"] for a, b in pairwise(steps))
    return chained and steps[-1].values["after"] == figure


@settings(max_examples=40)
@given(case=cases(), data=st.data())
def test_scoring_again_remembers_nothing_of_the_time_before(
    case: Case, data: st.DataObject
) -> None:
    compiled = compiled_of(case)
    whole = read_answers(case.answers_text, compiled).answers
    left = data.draw(st.sets(st.sampled_from(sorted(whole)))) if whole else set()
    fewer = {key: answer for key, answer in whole.items() if key not in left}
    for answers, draft in [(whole, False), (fewer, True), (fewer, False), (whole, True)]:
        fresh = score(compiled_of(case), answers, AT, draft=draft)
        assert score(compiled, answers, AT, draft=draft) == fresh


@settings(max_examples=60)
@given(case=cases(), data=st.data())
def test_the_order_of_questions_does_not_matter(case: Case, data: st.DataObject) -> None:
    before = scored_case(case)
    for part in case.checklist["sections"]:
        part["questions"] = data.draw(st.permutations(part["questions"]))
    case.checklist["sections"] = data.draw(st.permutations(case.checklist["sections"]))
    after = scored_case(case)
    assert by_id(after) == by_id(before)
    assert (after.raw, after.score, after.band, after.passed) == (
        before.raw,
        before.score,
        before.band,
        before.passed,
    )
    assert sorted(after.critical) == sorted(before.critical)


def by_id(card: Scorecard) -> dict[str, Any]:
    questions = {q.id: (q.status, q.earned, q.possible, q.failed, q.share) for q in card.questions}
    return questions | {s.id: (s.earned, s.possible, s.ratio, s.share) for s in card.sections}


@settings(max_examples=60)
@given(case=cases(), data=st.data())
def test_na_under_exclude_scores_as_if_it_had_not_been_asked(
    case: Case, data: st.DataObject
) -> None:
    """N/A never moves a percentage: the others keep what they have."""
    case.checklist["scoring"]["na"] = NaPolicy.EXCLUDE.value
    asked = [each for part in case.checklist["sections"] for each in oracle.all_asked(part)]
    asked = [each for each in asked if each["type"] not in ("note", "calculate")]
    readers = [text for text, (id, _, _) in case.conditions.items() if id]
    assume(asked)
    target = data.draw(st.sampled_from(asked))
    assume(not any(f"${{{target['id']}}}" in text for text in (*readers, *calculations(case))))
    case.answers[target["id"]] = None
    case.checklist["scoring"]["unanswered"] = "exclude"
    unasked = figures_of_others(scored_case(case), target["id"])
    allow_na(case, target)
    case.answers[target["id"]] = {"not_applicable": True}
    assert figures_of_others(scored_case(case), target["id"]) == unasked


def calculations(case: Case) -> list[str]:
    questions = [q for part in case.checklist["sections"] for q in part["questions"]]
    return [q["calculation"] for q in questions if q["type"] == "calculate"]


def allow_na(case: Case, target: dict[str, Any]) -> None:
    for part in case.checklist["sections"]:
        for each in part["questions"]:
            for asked in (each, *each.get("rows", ())):
                if each["id"] == target.get("matrix", target["id"]):
                    asked["allow_na"] = True


def figures_of_others(card: Scorecard, id: str) -> Any:
    others = [(q.id, q.earned, q.possible, q.share) for q in card.questions if q.id != id]
    return card.raw, card.score, card.band, card.critical, others


@given(weight=st.sampled_from(["1", "33.3", "0.001"]), earned=st.integers(-5, 9))
def test_scaling_all_weights_changes_nothing(weight: str, earned: int) -> None:
    def card(scale: Decimal) -> Scorecard:
        choices = [
            {"id": "best", "label": "B", "points": 9},
            {"id": "given", "label": "G", "points": earned},
        ]
        compiled = checklist(
            section("a", question("q", choices=choices, weight=scale), weight=scale),
            section("b", question("r", weight=scale), weight=3 * scale),
            total="weighted",
        )
        return scored(compiled, q="given", r="no")

    assert card(Decimal(weight)).raw == card(Decimal(1)).raw


def test_na_and_hidden_and_unanswered_never_fail() -> None:
    everything = question("q", critical="audit", points=5)
    hidden = question("h", critical="audit", relevant="false()")
    for policy in ("exclude", "zero", "full"):
        compiled = checklist(
            section("s", everything, hidden, question("r")), na=policy, unanswered="zero"
        )
        for card in (scored(compiled, r="yes"), scored(compiled, q=NA, h="no", r="yes")):
            assert card.critical == ()
            assert {q.status for q in card.questions} & {Status.HIDDEN}
