"""Files that are broken, huge or malicious: a clear sentence, in bounded time, nothing else."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import library
from forms.formats.native import read
from forms.formats.source import MAX_CHARACTERS
from forms.formats.tree import MAX_PROBLEMS, MAX_VALUES
from forms.problems import UnreadableError
from tests.forms.native_texts import HEAD, checklist

#: Seconds. Each takes a tenth of it on an idle machine.
PATIENCE = 20


def outcome(source: str | bytes | Path, name: str | None = "x.yaml") -> list[str]:
    """The codes of what is wrong, whichever way it is told; it must be told in time."""
    began = time.monotonic()
    try:
        problems = read(source, name).problems
    except UnreadableError as error:
        problems = error.problems
    assert time.monotonic() - began < PATIENCE
    assert all(problem.text("vi") and problem.text("en") for problem in problems)
    return [problem.code for problem in problems]


def laughs() -> str:
    lines = ["l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    for level in range(1, 9):
        lines.append(f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]")
    return HEAD + "\n".join(lines)


DEEP = [
    "[" * 100_000,
    "{a: " * 50_000,
    "- " * 100_000,
    "? " * 100_000,
    ": " * 100_000,
    "\n".join(" " * depth + "a:" for depth in range(500)),
]


@pytest.mark.parametrize("text", DEEP, ids=lambda text: text[:4])
def test_nesting_is_refused_before_it_hurts(text: str) -> None:
    assert outcome(text) == ["too-deep"]


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_nesting_in_json_is_refused_before_it_hurts(opening: str) -> None:
    assert outcome(opening * 80_000, "x.json") == ["too-deep"]


def test_an_alias_bomb_is_refused_before_it_is_expanded() -> None:
    found = outcome(laughs())
    assert {"yaml-alias", "yaml-anchor"} <= set(found)
    assert found.count("yaml-alias") == 72


def test_an_alias_to_itself() -> None:
    assert {"yaml-alias", "yaml-anchor"} <= set(outcome(checklist("&a {id: a, help: *a}")))


@pytest.mark.parametrize("name", ["x.yaml", "x.json"])
def test_ten_thousand_questions_are_refused_with_a_sentence(name: str) -> None:
    question = '{"id": "q%d", "type": "choice", "list": "yn", "label": {"vi": "x", "en": "x"}}'
    many = ",\n".join(question % number for number in range(10_000))
    text = '{"format": "auditor-checklist/1", "sections": [{"questions": [' + many + "]}]}"
    assert outcome(text, name) == ["file-too-large"]


def test_a_thousand_questions_are_read() -> None:
    questions = [f"{{id: q{n}, type: choice, list: yn, label: x, points: 1}}" for n in range(1000)]
    assert outcome(checklist(*questions)) == []


def test_values_are_counted_in_flat_lists_too() -> None:
    assert outcome('{"a": [' + "0," * MAX_VALUES + "0]}", "x.json") == ["too-many-values"]


def test_texts_of_200_000_characters() -> None:
    for text in ("ệ" * 200_000, "x y " * 50_000, "x\\n" * 66_000):
        question = f'{{id: a, type: note, label: "{text}"}}'
        assert outcome(checklist(question)) == []


@pytest.mark.parametrize("word", ["id", "type", "list", "relevant", "short", "stage", "points"])
def test_a_huge_value_anywhere_gives_short_sentences(word: str) -> None:
    huge = "a" * 200_000
    question = f"{{id: b, type: choice, label: x, list: yn, {word}: {huge}}}"
    for problem in read(checklist(question.replace(f"{word}: b, ", "", 1))).problems:
        assert len(problem.text("en").replace(huge, "")) < 500


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"#" * (MAX_CHARACTERS + 1))
    for source in (file, file.read_bytes(), file.read_text()):
        assert outcome(source) == ["file-too-large"]


def test_an_endless_file_is_not_read() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("needs /dev/zero")
    assert outcome(Path("/dev/zero")) == ["file-unreadable"]


def test_thousands_of_problems_are_cut_and_counted() -> None:
    questions = [f"{{id: q{n}, type: note, label: x, x{n}: 1}}" for n in range(1200)]
    reading = read(checklist(*questions))
    assert len(reading.problems) == MAX_PROBLEMS + 1
    assert reading.problems[-1].values == {"count": str(1200 - MAX_PROBLEMS)}


@pytest.mark.parametrize(
    "text",
    [
        '"' * 10_000,
        "! " * 10_000,
        "|\n" * 10_000,
        "{" + "," * 10_000,
        "---\n" * 10_000,
        "%" + "a" * 10_000,
        "\t" * 10_000,
        "#" * 10_000,
        "<a>" * 10_000,
        "&a " * 10_000,
        "*a " * 10_000,
        HEAD + 'x: "' + "a\n" * 10_000,
        HEAD + "x: '" + "''" * 10_000,
        HEAD + '? "' + "k" * 100_000 + '"\n',
        HEAD + "x: !<" + "a" * 10_000,
    ],
    ids=lambda text: text[-3:].strip(),
)
def test_marks_without_end(text: str) -> None:
    assert outcome(text)


def cut(data: bytes, places: list[tuple[int, int]]) -> bytes:
    """``data`` with a byte changed, or its rest cut off (256), at each of ``places``."""
    changed = bytearray(data)
    for place, byte in places:
        at = place % max(len(changed), 1)
        if byte == 256:
            del changed[at:]
        elif changed:
            changed[at] = byte
    return bytes(changed)


CAFE = library.path("every-type").read_bytes()
EDITS = st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 256)), min_size=1, max_size=4)


@settings(max_examples=25)
@given(EDITS)
def test_no_damage_to_a_file_is_more_than_a_problem(edits: list[tuple[int, int]]) -> None:
    outcome(cut(CAFE, edits))


WORDS = (
    ("id", "version", "title", "languages", "scoring", "choice_lists", "sections"),
    ("id", "title", "weight", "stage", "help", "relevant", "repeat", "questions"),
    ("id", "type", "label", "list", "choices", "rows", "bands", "points", "weight", "min", "max"),
    ("critical", "required", "evidence", "tags", "labels", "calculation", "relevant", "bonus"),
)
ANYWHERE = sorted(
    {word for words in WORDS for word in words} | {"below", "cap", "photo", "na", "fail"}
)
JSONISH = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
    | st.sampled_from(["choice", "matrix", "yn", "on_fail", "audit", "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3) | st.sampled_from(ANYWHERE), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=100)
@given(st.data())
def test_no_structure_is_more_than_a_problem(data: st.DataObject) -> None:
    top, section, question, more = (
        data.draw(st.dictionaries(st.sampled_from(words), JSONISH)) for words in WORDS
    )
    kinds = ["choice", "choices", "matrix", "scale", "duration", "text", "calculate", "ces"]
    question |= {**more, "type": data.draw(st.sampled_from(kinds))}
    section |= {"questions": [question, data.draw(JSONISH)]}
    whole = {"format": "auditor-checklist/1", **top, "sections": [section, data.draw(JSONISH)]}
    outcome(json.dumps(whole), "x.json")


@settings(max_examples=100)
@given(st.text(max_size=60) | st.text(alphabet="{}[]:,-&*!|>'\"%#? \n\taé0.", max_size=60))
def test_no_text_is_more_than_a_problem(text: str) -> None:
    if "\ud800" <= max(text, default="") <= "\udfff":
        return
    for name in ("x.yaml", "x.json"):
        outcome(text, name)


def test_real_files_of_other_makers_are_told_in_a_sentence(shared_forms: Path) -> None:
    files = sorted(file for file in shared_forms.iterdir() if file.is_file())
    assert files
    for file in files:
        assert outcome(file, None), file.name
