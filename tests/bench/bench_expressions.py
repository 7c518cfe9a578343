"""Rules of a long visit: compiled once, evaluated whole, and brought up to date by one answer.

Goals, CPU time on one core: whole 1 to 2 ms, an answer 11 to 70 µs (median), for 300 questions
with 491 rules. Run: ``pytest tests/bench/bench_expressions.py``.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from forms.answers import Answer, AnswerKey
from forms.checklist import Checklist
from forms.compiled import CompiledChecklist
from forms.filling import Filling
from forms.rules import Rules

AT = datetime(2026, 11, 12, 14, 5)  # noqa: DTZ001 - local time of the visit
QUESTIONS, SECTIONS = 300, 10
YNA = [
    {"id": "yes", "label": "Yes", "points": 1},
    {"id": "no", "label": "No", "points": 0},
    {"id": "na", "label": "N/A", "na": True},
]
#: Conditions in the shapes and proportions of real forms.
SHAPES = [
    "${{{a}}} = 'yes'",
    "selected(${{{a}}}, 'no')",
    "${{{a}}} = 'no' or ${{{b}}} = 'no'",
    "${{{a}}} != '' and not(selected(${{{b}}}, 'na'))",
    "count-selected(${{{a}}}) > 0 and if(${{{b}}} = 'yes', 1, 0) = 1",
    "string-length(${{{a}}}) > 1 and coalesce(${{{b}}}, 'no') = 'no'",
]


def condition(number: int) -> str:
    shape = SHAPES[number % len(SHAPES)]
    return shape.format(a=f"q{max(number - 1 - number % 7, 0)}", b=f"q{number // 2}")


def question(number: int) -> dict[str, Any]:
    made: dict[str, Any] = {"id": f"q{number}", "label": "?"}
    if number % 10 == 9:
        source = f"if({condition(number)}, 2 * 3, 0) + string-length(${{q{number - 9}}})"
        return {**made, "type": "calculate", "calculation": source}
    made |= {"type": "choice", "list": "yna"}
    if number % 10 in (2, 3, 4, 5, 6):
        made["relevant"] = condition(number)
    if number % 3 == 0:
        made["required"] = condition(number)
    if number % 10 != 0:
        made["constraint"] = f". = 'yes' or {condition(number)}"
    return made


def long_checklist() -> CompiledChecklist:
    per = QUESTIONS // SECTIONS
    sections = [
        {
            "id": f"s{place}",
            "title": "S",
            "relevant": "${q0} != 'no'" if place else None,
            "questions": [question(number) for number in range(place * per, (place + 1) * per)],
        }
        for place in range(SECTIONS)
    ]
    return CompiledChecklist(
        Checklist.model_validate(
            {
                "format": "auditor-checklist/1",
                "id": "long",
                "version": "1",
                "title": "Long",
                "languages": ("en",),
                "choice_lists": {"yna": YNA},
                "sections": sections,
            }
        )
    )


def answers(compiled: CompiledChecklist) -> dict[AnswerKey, Answer]:
    values = ("yes", "no", "yes", "na", "yes")
    takers = [item for item in compiled.items if item.takes_answer]
    found = {(item.id, 0): Answer(values[item.index % 5]) for item in takers}
    return found | {("q0", 0): Answer("yes")}


def timed(run: Callable[[], object]) -> float:
    """CPU microseconds."""
    started = time.process_time_ns()
    run()
    return (time.process_time_ns() - started) / 1_000


@pytest.fixture(scope="module")
def compiled() -> CompiledChecklist:
    made = long_checklist()
    assert not [each for each in made.rules.problems() if each.severity == "error"]
    return made


def test_compile(compiled: CompiledChecklist) -> None:
    rules = compiled.rules
    count = len(rules.ordered) + len(rules.constraints)
    spent = statistics.median(timed(lambda: Rules(compiled)) for _ in range(7))
    print(f"\n{count} rules compiled: {spent / 1000:.1f} ms")
    assert count >= 491
    assert spent < 250_000


def test_whole(compiled: CompiledChecklist) -> None:
    given = answers(compiled)
    items = compiled.items

    def whole() -> None:
        state = compiled.rules.state(given, AT)
        for item in items:
            state.breaks(item, given.get((item.id, 0), Answer()))

    spent = sorted(timed(whole) for _ in range(60))
    print(f"\nwhole, constraints included: {spent[30]:.0f} µs")
    assert spent[30] < 4_000


def test_one_answer(compiled: CompiledChecklist) -> None:
    state = compiled.rules.state(answers(compiled), AT)
    ids = [item.id for item in compiled.items if item.takes_answer]
    spent = []
    for value in ("no", "yes", "na", "yes"):
        spent += [timed(lambda id=id, v=value: state.take(id, Answer(v))) for id in ids]  # type: ignore[misc]
    spent.sort()
    median, p99 = spent[len(spent) // 2], spent[len(spent) * 99 // 100]
    print(f"\none answer, rules: median {median:.0f} µs, p99 {p99:.0f} µs")
    assert median < 70


def test_one_answer_of_a_visit_with_its_score(compiled: CompiledChecklist) -> None:
    filling = Filling(compiled, answers(compiled), AT)
    spent_set, spent_score, spent_progress = [], [], []
    for place in range(1, 200):
        key = (f"q{place}", 0)
        if not compiled.item(key[0]).takes_answer:
            continue
        answer = Answer(("no", "yes")[place % 2])
        spent_set.append(timed(lambda key=key, answer=answer: filling.set(key, answer)))  # type: ignore[misc]
        spent_score.append(timed(filling.score))
        spent_progress.append(timed(filling.progress))
    medians = [statistics.median(each) for each in (spent_set, spent_score, spent_progress)]
    print("\nset {:.0f} µs, score {:.0f} µs, progress {:.0f} µs".format(*medians))
    assert sum(medians) < 16_000
