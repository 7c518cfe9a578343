"""The page about the format: every type has its heading, every example reads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from forms.formats.native import read
from forms.questions import QUESTION_TYPES
from forms.schema_words import WORDS
from tests.forms.native_texts import HEAD

PAGE = (Path(__file__).parents[2] / "docs" / "checklist-format.md").read_text(encoding="utf-8")
TYPES = [get_args(kind.model_fields["type"].annotation)[0] for kind in QUESTION_TYPES]


def part(heading: str) -> str:
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def example(type_: str) -> str:
    found = re.search(rf"### {type_}\n.*?```yaml\n(.*?)```", part("Types of questions"), re.DOTALL)
    assert found, type_
    return found[1]


def test_every_type_has_its_heading_and_no_heading_is_left_over() -> None:
    assert re.findall(r"^### (.+)$", part("Types of questions"), re.MULTILINE) == TYPES


@pytest.mark.parametrize("type_", TYPES)
def test_every_example_reads(type_: str) -> None:
    lines = example(type_).splitlines()
    question = "      - " + "\n        ".join(lines) + "\n"
    queue = "      - {id: queue, type: duration, label: x}\n" if type_ == "calculate" else ""
    head = HEAD.replace("  yn:", "  yes_no:")
    reading = read(head + question + queue)
    assert [problem.line() for problem in reading.problems] == []
    assert reading.checklist is not None
    assert reading.checklist.sections[0].questions[0].type == type_


def test_the_first_example_reads() -> None:
    found = re.search(r"```yaml\n(format:.*?)```", PAGE, re.DOTALL)
    assert found
    assert read(found[1]).problems == ()


def test_every_word_of_the_format_is_on_the_page() -> None:
    fences = re.findall(r"```.*?```", PAGE, re.DOTALL)
    inline = re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL))
    named = set(re.findall(r"[a-z_]+", " ".join([*fences, *inline])))
    assert WORDS.keys() - named == set()
