"""Whatever a checklist or an answers file holds: sentences, in time, in little memory."""

from __future__ import annotations

import json
import os
import random
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import library
from forms.answers_json import read_answers
from forms.compiled import CompiledChecklist
from forms.formats.native import read
from forms.scoring import score
from tests.hostile import bounds, checklists
from tests.hostile.rounds import chosen, examples

AT = datetime(2026, 11, 12, 14)  # noqa: DTZ001 - local time of the visit


def told(content: bytes | str, name: str) -> str:
    """Reads and scores; the first code that is told."""
    found: list[str] = []

    def act() -> None:
        reading = read(content, name)
        found.extend(problem.code for problem in reading.problems)
        bounds.check_problems(reading.problems)
        if reading.checklist is not None:
            score(CompiledChecklist(reading.checklist), {}, AT)

    return bounds.refusal(act) or "".join(found[:1])


FEW_HEAVY = chosen(
    checklists.HEAVY,
    *("misspelt words", "expressions of unknown references", "unknown lists", "long sums"),
    *("patterns of the largest size", "unknown choices", "a long list for all", "languages"),
)
FEW_LONG = chosen(
    checklists.LONG,
    *("ten thousand questions", "a flat list", "one plain text on many lines", "100,000 levels"),
    *("laughs", "a number beyond all", "a number of 1e99…9", "CRLF and tabs", "tags"),
)


@pytest.mark.parametrize("case", FEW_HEAVY)
def test_heavy_checklists_end_in_time(case: str) -> None:
    text = checklists.HEAVY[case]()
    spent = bounds.measured(lambda: told(text, "x.json"))
    assert spent.megabytes < bounds.MEGABYTES


@pytest.mark.parametrize("case", FEW_LONG)
def test_long_checklists_end_in_time(case: str) -> None:
    text = checklists.LONG[case]()
    spent = bounds.measured(lambda: told(text, "x.yaml"))
    assert spent.megabytes < bounds.MEGABYTES


def test_ten_thousand_questions_are_refused_at_once() -> None:
    text = checklists.block(10_000)
    spent = bounds.measured(lambda: told(text, "x.yaml"))
    assert told(text, "x.yaml") == "file-too-large"
    assert spent.seconds < 0.5


@pytest.mark.parametrize("case", checklists.BYTES)
@pytest.mark.parametrize("name", ["x.yaml", "x.json"])
def test_bytes_that_are_no_text(case: str, name: str) -> None:
    told(checklists.BYTES[case], name)


@examples(40)
@given(st.integers(0, 2**32))
def test_a_changed_checklist_is_only_a_problem(seed: int) -> None:
    told(checklists.mutated(seed), "x.yaml")


@examples(60)
@given(st.binary(max_size=300))
def test_any_bytes_are_only_a_problem(content: bytes) -> None:
    told(content, "x.yaml")
    told(content, "x.json")


COMPILED = {
    name: CompiledChecklist(checklist)
    for name in ("every-type", "cafe-visit")
    if (checklist := read(library.path(name)).checklist) is not None
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from([10**40, "1e999999", "2026-02-30", "25:61", "\ud800", "a" * 300]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["value", "comment", "evidence", "not_applicable", "expected", "x"]),
        inner, max_size=4,
    ),
    max_leaves=8,
)  # fmt: skip


def answered(content: str | bytes, name: str = "every-type") -> str:
    compiled = COMPILED[name]
    found: list[str] = []

    def act() -> None:
        given_ = read_answers(content, compiled, "answers.json")
        bounds.check_problems(given_.problems)
        found.extend(problem.code for problem in given_.problems)
        if not given_.problems:
            score(compiled, given_.answers, given_.at)

    return bounds.refusal(act) or "".join(found[:1])


@examples(50)
@given(st.sampled_from(sorted(COMPILED)), st.data())
def test_any_answers_are_scored_or_refused(name: str, data: st.DataObject) -> None:
    ids = [item.id for item in COMPILED[name].items]
    keys = st.sampled_from(ids) | st.text(max_size=5)
    given_ = data.draw(st.dictionaries(keys, JSON, max_size=6))
    at = data.draw(st.sampled_from(["2026-11-12T14:00:00", "", None, 5, "0001-01-01T00:00"]))
    answered(json.dumps({"answers": given_, "at": at}), name)


ANSWERS = {
    "deep": lambda: '{"answers":' + "[" * 100_000,
    "wide": lambda: json.dumps({"answers": {f"q{n}": n for n in range(9000)}}),
    "misspelt": lambda: json.dumps({"answers": {f"gretted{n}": "yes" for n in range(9000)}}),
    "strange words": lambda: json.dumps({"answers": {}, **{f"k{n}": 1 for n in range(9000)}}),
    "a number of 400,000 digits": lambda: '{"answers":{"age":' + "9" * 400_000 + "}}",
    "a number beyond all": lambda: '{"answers":{"age":1e' + "9" * 4000 + "}}",
    "one key twice": lambda: '{"answers":{},"answers":{}}',
    "NaN": lambda: '{"answers":{"age":NaN}}',
    "no map": lambda: "[]",
    "nothing": lambda: "",
    "UTF-16": lambda: '{"answers":{}}'.encode("utf-16-le"),
    "10 MB": lambda: '{"answers":"' + "x" * 10_000_000,
}


@pytest.mark.parametrize("case", chosen(ANSWERS, *sorted(set(ANSWERS) - {"wide", "strange words"})))
def test_hostile_answers_are_told(case: str) -> None:
    assert answered(ANSWERS[case]())


def test_changed_answers_are_only_a_problem() -> None:
    whole = json.dumps(
        {"answers": {item.id: {"comment": "é"} for item in COMPILED["cafe-visit"].items}}
    )
    dice = random.Random(11)
    for _ in range(100):
        at = dice.randrange(len(whole))
        answered(whole[:at] + dice.choice(('"', "{", "]", "\\u", "1", ":", "")) + whole[at + 1 :])


def test_two_sections_of_one_id_with_a_calculation_are_told() -> None:
    section = "  - id: s\n    title: S\n    questions:\n"
    text = checklists.HEAD + (
        "      - {id: n, type: integer, label: N}\n"
        "      - {id: c, type: calculate, label: C, calculation: '${n} + 1'}\n"
        f"{section}      - {{id: m, type: integer, label: M}}\n"
    )
    assert told(text, "x.yaml") == "id-repeated"


PATTERN = """\
      - id: a
        type: text
        label: x
        constraint: "regex(., '{pattern}')"
"""


def test_a_pattern_that_gives_up_is_told_by_the_linter_and_at_the_field() -> None:
    """Before, such a text was silently called wrong."""
    text = checklists.HEAD + PATTERN.format(pattern="(.*a.*b.*c){60}")
    reading = read(text, "x.yaml")
    assert [problem.code for problem in reading.problems] == ["expression-regex-slow"]
    assert reading.checklist is not None
    compiled = CompiledChecklist(reading.checklist)
    answers = json.dumps({"answers": {"a": "abc" * 30_000}})
    assert [problem.code for problem in read_answers(answers, compiled).problems] == [
        "constraint-long"
    ]
    wrong = json.dumps({"answers": {"a": "abd"}})
    assert [problem.code for problem in read_answers(wrong, compiled).problems] == ["constraint"]


@pytest.mark.parametrize("pattern", [".{0,500}", "[0-9]{9,15}", "(a|b)*", "a{400}"])
def test_usual_patterns_get_no_warning(pattern: str) -> None:
    text = checklists.HEAD + PATTERN.format(pattern=pattern)
    assert read(text, "x.yaml").problems == ()


def test_patterns_are_counted_together() -> None:
    text = checklists.HEAD + "".join(
        PATTERN.format(pattern=f"a{{40{n:02}}}").replace("id: a", f"id: a{n}") for n in range(30)
    )
    codes = {problem.code for problem in read(text, "x.yaml").problems}
    assert codes == {"expression-regex-all", "expression-regex-slow"}


def test_a_folder_and_a_pipe_are_told_in_both_languages(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, tmp_path / "gone", tmp_path / ("x" * 5000), tmp_path / "a\0b"):
        assert bounds.refusal(lambda path=path: read(path)) == "file-unreadable"
