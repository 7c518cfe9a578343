"""Scoring a checklist of 300 questions: compiled once, scored again after every answer.

An answer must be on screen as a new score within one frame of 16 ms; a quarter of it is ours.
"""

from __future__ import annotations

import time
from itertools import cycle
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from forms.answers import Answer, AnswerKey
from forms.compiled import CompiledChecklist
from forms.scoring import score
from tests.forms.small import AT, checklist, question, section

#: CPU time: other work on the machine does not count.
pytestmark = pytest.mark.benchmark(timer=time.process_time)
FRAME = 0.016
SECTIONS, IN_EACH = 10, 30
TYPES: list[tuple[str, dict[str, Any]]] = [
    ("choice", {"points": 5}),
    ("choice", {"points": 33.3, "critical": "section"}),
    ("scale", {"points": 7, "weight": 1.5}),
    ("duration", {"bands": [{"max": 180, "points": 4}, {"points": 0, "fail": True}]}),
    ("text", {}),
]


def large(**scoring: Any) -> CompiledChecklist:
    kinds = cycle(TYPES)
    sections = []
    for number in range(SECTIONS):
        asked = []
        for place in range(IN_EACH):
            kind, more = next(kinds)
            asked.append(question(f"q{number}_{place}", kind, **more))
        sections.append(section(f"s{number}", *asked, weight=7.5))
    return checklist(*sections, **scoring)


def filled(compiled: CompiledChecklist) -> dict[AnswerKey, Answer]:
    values = {"choice": "yes", "scale": 4, "duration": 200, "text": "Ổn"}
    return {(item.id, 0): Answer(values[item.question.type]) for item in compiled.items}


@pytest.mark.parametrize("mode", ["points", "mean"])
@pytest.mark.parametrize("total", ["points", "weighted"])
def test_score_after_an_answer(benchmark: BenchmarkFixture, mode: str, total: str) -> None:
    """One answer of 300 is new every time, so that the possible sum changes too."""
    compiled = large(section=mode, total=total)
    before = filled(compiled)
    after = {key: answer for key, answer in before.items() if key[0] != "q5_5"}
    visits = cycle([before, after])
    card = benchmark(lambda: score(compiled, next(visits), AT))
    assert len(card.questions) == SECTIONS * IN_EACH
    assert benchmark.stats["median"] < FRAME / 4


def test_compile_300_questions(benchmark: BenchmarkFixture) -> None:
    source = large().checklist

    def compiled() -> CompiledChecklist:
        found = CompiledChecklist(source)
        assert found.scoring_plan.sections
        return found

    assert len(benchmark(compiled).items) == SECTIONS * IN_EACH
    assert benchmark.stats["median"] < 0.040
