"""The worked examples of the scoring rules, and rules that deserve an example of their own."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from forms.scorecard import Status, StepKind
from tests.forms.small import NA, checklist, question, scored, section

TWO_WAYS = [("points", "83.3"), ("weighted", "70.0")]


def tenths(id: str, of: int, earned: int) -> dict[str, Any]:
    """A question that earns ``earned`` of ``of`` when answered "some"."""
    choices = [
        {"id": "all", "label": "All", "points": of},
        {"id": "some", "label": "Some", "points": earned},
    ]
    return question(id, choices=choices)


@pytest.mark.parametrize(("total", "wanted"), TWO_WAYS)
def test_nine_of_ten_and_one_of_two(total: str, wanted: str) -> None:
    compiled = checklist(
        section("a", tenths("q1", 10, 9)), section("b", tenths("q2", 2, 1)), total=total
    )
    assert str(scored(compiled, q1="some", q2="some").score) == wanted


def test_an_excluded_na_leaves_six_of_ten() -> None:
    compiled = checklist(section("a", *(question(f"q{n}") for n in range(11))))
    answers = {f"q{n}": "yes" if n < 6 else "no" if n < 10 else "na" for n in range(11)}
    card = scored(compiled, **answers)
    assert (card.sections[0].earned, card.sections[0].possible) == (6, 10)
    assert card.score == Decimal("60.0")


#: The ratios of the worked example as earned of possible, to the digits that it gives.
RATIOS: list[tuple[str, Decimal | None]] = [
    ("5", Decimal("0.9814814814814814")),
    ("15", Decimal(1)),
    ("20", Decimal("0.8571428571428571")),
    ("20", Decimal("0.8571428571428571")),
    ("20", Decimal("0.9333333333333332")),
    ("15", Decimal("0.75")),
    ("5", None),
]


def test_weights_renormalise_without_a_section_that_has_no_score() -> None:
    card = weighted_card(RATIOS)
    assert card.raw is not None
    assert f"{float(card.raw):.12f}" == "88.536619326093"
    assert card.score == Decimal("88.5")
    assert card.sections[-1].ratio is None
    assert card.sections[-1].share is None


def weighted_card(ratios: list[tuple[str, Decimal | None]]) -> Any:
    """A visit whose sections have these weights and ratios; None is a section of N/A."""
    sections, answers = [], {}
    for number, (weight, ratio) in enumerate(ratios):
        id = f"q{number}"
        choices = [
            {"id": "best", "label": "Best", "points": 1},
            {"id": "given", "label": "Given", "points": ratio or 0},
            {"id": "na", "label": "N/A", "na": True},
        ]
        sections.append(
            section(f"s{number}", question(id, choices=choices), weight=Decimal(weight))
        )
        answers[id] = "na" if ratio is None else "given"
    return scored(checklist(*sections, total="weighted"), **answers)


def test_the_sheet_of_a_real_firm(shared_forms: Path) -> None:
    """Its rules: all sections, and one without a score; the sheet computes in floats."""
    sheet = (shared_forms / "uae_service_centre_scoring_rules.csv").read_text("utf-8")
    rows = list(csv.reader(sheet.splitlines()))
    starts = [n for n, row in enumerate(rows) if row[0] == "Section"]
    for start in starts:
        end = next(n for n in range(start, len(rows)) if rows[n][0].startswith("Overall"))
        parts = rows[start + 1 : end]
        ratios = [(row[1], Decimal(row[2]) if row[2] else None) for row in parts]
        wanted = next(cell for cell in rows[end][1:] if cell)
        assert float(weighted_card(ratios).raw) == pytest.approx(100 * float(wanted), rel=1e-12)
    assert len(starts) == 2


def test_points_of_the_real_firms_questions() -> None:
    """Its example: 0 of 1, 1 of 2, 1 of 3 and 2 of 2 are 4 of 8."""
    compiled = checklist(
        section("s", tenths("q1", 1, 0), tenths("q2", 2, 1), tenths("q3", 3, 1), tenths("q4", 2, 2))
    )
    card = scored(compiled, q1="some", q2="some", q3="some", q4="some")
    assert card.sections[0].ratio == Fraction(4, 8)


@pytest.mark.parametrize(
    ("policy", "earned", "possible"), [("exclude", 0, 0), ("zero", 0, 5), ("full", 5, 5)]
)
def test_na_policy(policy: str, earned: int, possible: int) -> None:
    compiled = checklist(section("s", question("q", points=5)), na=policy)
    for answer in ({"q": "na"}, {"q": NA}):
        found = scored(compiled, **answer).question("q")
        assert (found.status, found.earned, found.possible, found.full, found.failed) == (
            Status.NOT_APPLICABLE,
            earned,
            possible,
            5,
            False,
        )


def test_a_bonus_takes_nothing_away() -> None:
    compiled = checklist(
        section("s", question("q"), question("extra", bonus=True, points=2)),
        na="zero",
        unanswered="zero",
        cap=False,
    )
    assert scored(compiled, q="yes").raw == 100
    assert scored(compiled, q="yes", extra="na").raw == 100
    assert scored(compiled, q="yes", extra="no").raw == 100
    assert scored(compiled, q="yes", extra="yes").raw == 300
    assert not scored(compiled, q="yes", extra="no").question("extra").failed


def test_a_draft_leaves_out_what_is_unanswered() -> None:
    compiled = checklist(section("s", question("a"), question("b")), unanswered="zero")
    assert scored(compiled, a="yes").score == Decimal("50.0")
    assert scored(compiled, a="yes", draft=True).score == Decimal("100.0")


def test_nothing_scored_is_no_score() -> None:
    compiled = checklist(
        section("s", question("q")), pass_mark=80, bands=[{"min": 0, "id": "C", "label": "C"}]
    )
    card = scored(compiled, q="na")
    assert (card.raw, card.score, card.band, card.passed) == (None, None, None, None)
    assert card.question("q").share is None


def critical_checklist(level: Any, **scoring: Any) -> Any:
    first = section("a", question("q1", critical=level), question("q2", points=3))
    return checklist(first, section("b", question("q3", points=4)), **scoring)


@pytest.mark.parametrize(
    ("level", "raw", "first"),
    [
        ("flag", Fraction(700, 8), Fraction(3, 4)),
        ("section", 50, 0),
        ("audit", 0, Fraction(3, 4)),
        ({"cap": 60}, 60, Fraction(3, 4)),
    ],
)
def test_a_failed_critical_question(level: Any, raw: Fraction, first: Fraction) -> None:
    compiled = critical_checklist(level, pass_mark=10)
    card = scored(compiled, q1="no", q2="yes", q3="yes")
    assert card.sections[0].ratio == first
    assert card.raw == raw
    assert (card.critical, card.passed) == (("q1",), False)
    assert scored(compiled, q1="yes", q2="yes", q3="yes").passed is True


def test_the_harshest_critical_rule_wins() -> None:
    both = section("a", question("q1", critical={"cap": 60}), question("q2", critical={"cap": 40}))
    compiled = checklist(both, section("b", question("q3", points=18)))
    card = scored(compiled, q1="no", q2="no", q3="yes")
    assert card.raw == 40
    limit = next(step for step in card.steps if step.kind is StepKind.LIMIT)
    assert (limit.questions, limit.values["before"]) == (("q2",), 90)


def test_a_failed_section_keeps_its_penalties() -> None:
    """E becomes min(E, 0): a section below zero pulls the points total down as before."""
    penalty = question("p", choices=[{"id": "bad", "label": "Bad", "points": -3}])
    compiled = checklist(
        section("a", question("q", critical="section"), penalty),
        section("b", question("r", points=9)),
    )
    card = scored(compiled, q="no", p="bad", r="yes")
    assert card.sections[0].earned == -3
    assert card.raw == 60
    assert scored(compiled, q="no", r="yes").sections[0].earned == 0


def test_without_a_pass_mark_only_a_critical_failure_decides() -> None:
    compiled = critical_checklist("flag")
    assert scored(compiled, q1="yes").passed is None
    assert scored(compiled, q1="no").passed is False


@pytest.mark.parametrize(
    ("decimals", "wanted"), [(0, "13"), (1, "12.5"), (2, "12.50"), (6, "12.500000")]
)
def test_half_rounds_up(decimals: int, wanted: str) -> None:
    compiled = checklist(section("s", tenths("q", 8, 1)), decimals=decimals)
    assert str(scored(compiled, q="some").score) == wanted


def test_the_band_and_the_pass_mark_look_at_the_rounded_score() -> None:
    bands = [{"min": 90, "id": "A", "label": "A"}, {"min": 0, "id": "B", "label": "B"}]
    compiled = checklist(
        section("s", tenths("q", 1000, 895)), decimals=0, bands=bands, pass_mark=90
    )
    card = scored(compiled, q="some")
    assert (card.raw, card.score, card.band, card.passed) == (Fraction(179, 2), 90, "A", True)


def test_weight_multiplies_both_sides() -> None:
    compiled = checklist(section("s", question("q", points=2, weight=33.3)))
    found = scored(compiled, q="yes").question("q")
    assert found.earned == found.possible == Fraction(666, 10)
    assert (found.base_earned, found.weight) == (2, Fraction(333, 10))


def test_a_matrix_row_has_what_it_does_not_say_from_its_matrix() -> None:
    matrix = question(
        "m",
        "matrix",
        list="yna",
        points=4,
        critical="flag",
        rows=[
            {"id": "a", "label": "A"},
            {"id": "b", "label": "B", "points": 10, "critical": False, "weight": 2},
        ],
    )
    card = scored(checklist(section("s", matrix)), m__a="no", m__b="yes")
    assert [q.id for q in card.questions] == ["m.a", "m.b"]
    assert [q.possible for q in card.questions] == [4, 20]
    assert card.critical == ("m.a",)


def test_the_mean_of_questions_weighs_questions_not_points() -> None:
    compiled = checklist(
        section("s", tenths("a", 100, 50), question("b"), question("c", weight=2)), section="mean"
    )
    card = scored(compiled, a="some", b="yes", c="no")
    assert card.sections[0].ratio == Fraction(1, 4) * (Fraction(1, 2) + 1 + 0)
    assert (card.sections[0].earned, card.sections[0].possible) == (51, 103)


def test_explicit_fails_replace_the_rule_of_zero() -> None:
    choices = [
        {"id": "good", "label": "G", "points": 2},
        {"id": "none", "label": "N", "points": 0},
        {"id": "bad", "label": "B", "points": 1, "fail": True},
    ]
    compiled = checklist(section("s", question("q", choices=choices)))
    assert [scored(compiled, q=id).question("q").failed for id in ("good", "none", "bad")] == [
        False,
        False,
        True,
    ]


def test_hidden_answers_score_nothing() -> None:
    compiled = checklist(
        section("s", question("q"), question("r", relevant="${q} = 'yes'", critical="audit"))
    )
    hidden = scored(compiled, q="no", r="no").question("r")
    assert (hidden.status, hidden.earned, hidden.possible) == (Status.HIDDEN, 0, 0)
    assert scored(compiled, q="yes", r="no").critical == ("r",)


def test_a_calculation_is_unanswered_while_it_is_blank() -> None:
    compiled = checklist(
        section("s", question("q", "integer"), question("c", "calculate", calculation="${q} * 2"))
    )
    assert scored(compiled).question("c").status is Status.UNANSWERED
    assert scored(compiled, q=0).question("c").status is Status.UNSCORED
