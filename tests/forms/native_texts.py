"""Small checklists in YAML for the tests of reading."""

from __future__ import annotations

from forms.formats.native import read
from forms.formats.reading import Reading

HEAD = """\
format: auditor-checklist/1
id: demo
version: "1.2"
title: {vi: "Thử", en: "Demo"}
languages: [vi, en]
choice_lists:
  yn:
    - {id: "yes", label: "Có", points: 1}
    - {id: "no", label: "Không", points: 0, fail: true}
sections:
  - id: arrival
    title: "Đón khách"
    questions:
"""
#: The line of the first question below ``HEAD``.
FIRST = HEAD.count("\n") + 1


def checklist(*questions: str, head: str = HEAD) -> str:
    """A checklist with ``questions``, each a line of YAML in flow style without its dash."""
    return head + "".join(f"      - {question}\n" for question in questions)


def spots(reading: Reading) -> list[str]:
    """``LINE:COL code`` of every problem, questions counted from line 1 of their own."""
    return [
        f"{(problem.where.line or 0) - FIRST + 1}:{problem.where.column} {problem.code}"
        for problem in reading.problems
    ]


def found(*questions: str, head: str = HEAD) -> list[str]:
    return spots(read(checklist(*questions, head=head), "demo.yaml"))


def codes(text: str, name: str = "demo.yaml") -> list[str]:
    return [problem.code for problem in read(text, name).problems]
