"""Every figure of random checklists against a second scorer that shares nothing with ours."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.checklist import Checklist
from forms.formats.native import read
from forms.problems import Severity
from forms.scorecard import Scorecard
from tests.forms import oracle
from tests.forms.random_checklists import Case, cases, scored_case


def figures(card: Scorecard) -> dict[str, object]:
    return {
        "raw": card.raw,
        "score": None if card.score is None else Fraction(card.score),
        "band": card.band,
        "passed": card.passed,
        "critical": list(card.critical),
        "sections": [(s.id, s.ratio, s.earned, s.possible, s.weight) for s in card.sections],
        "questions": [
            (q.id, q.status.value, q.earned, q.possible, q.failed, q.weight) for q in card.questions
        ],
    }


def expected(case: Case, *, draft: bool = False) -> dict[str, object]:
    found = oracle.score(case.checklist, case.answers, case.conditions, draft)
    keys = ("id", "ratio", "earned", "possible", "weight")
    sections = [tuple(section[key] for key in keys) for section in found["sections"]]
    keys = ("id", "status", "earned", "possible", "failed", "weight")
    questions = [tuple(question[key] for key in keys) for question in found["questions"]]
    return found | {"sections": sections, "questions": questions}


@settings(max_examples=150)
@given(case=cases(), draft=st.booleans())
def test_every_figure_agrees(case: Case, draft: bool) -> None:
    assert figures(scored_case(case, draft=draft)) == expected(case, draft=draft)


@settings(max_examples=40)
@given(case=cases())
def test_the_reader_takes_every_random_checklist_as_it_is(case: Case) -> None:
    reading = read(case.text)
    assert [p.line() for p in reading.problems if p.severity is Severity.ERROR] == []
    assert reading.checklist == Checklist.model_validate(case.checklist)
