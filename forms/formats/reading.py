"""What reading a file yields."""

from __future__ import annotations

from dataclasses import dataclass

from forms.checklist import Checklist
from forms.problems import Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """``checklist`` is None when one of ``problems`` is an error. They stand in file order."""

    checklist: Checklist | None
    problems: tuple[Problem, ...]
