"""The frozen checklist: sections, questions, choice lists, scoring policy; its content hash."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StringConstraints

from forms.questions import Question
from forms.questions.base import Choice, Id, Number, Part, Text
from forms.tags import Stage

FORMAT = "auditor-checklist/1"


class NaPolicy(StrEnum):
    EXCLUDE = "exclude"
    ZERO = "zero"
    FULL = "full"


class UnansweredPolicy(StrEnum):
    EXCLUDE = "exclude"
    ZERO = "zero"


class SectionMode(StrEnum):
    POINTS = "points"
    MEAN = "mean"


class TotalMode(StrEnum):
    WEIGHTED = "weighted"
    POINTS = "points"


class Grade(Part):
    """A band of the total: ``min`` is the least rounded score that reaches it."""

    min: Number
    id: Id
    label: Text


class Scoring(Part):
    na: NaPolicy = NaPolicy.EXCLUDE
    unanswered: UnansweredPolicy = UnansweredPolicy.EXCLUDE
    section: SectionMode = SectionMode.POINTS
    total: TotalMode = TotalMode.POINTS
    cap: StrictBool = True
    decimals: Annotated[int, Field(strict=True, ge=0, le=6)] = 1
    pass_mark: Annotated[Number, Field(ge=0, le=100)] | None = None
    bands: tuple[Grade, ...] = ()


class Section(Part):
    id: Id
    title: Text
    weight: Annotated[Number, Field(ge=0)] = Decimal(1)
    stage: Stage | None = None
    help: Text | None = None
    relevant: str | None = None
    questions: tuple[Question, ...]


class Checklist(Part):
    """A published checklist never changes: its version and its hash stand in every report."""

    format: Literal["auditor-checklist/1"]
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    version: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    title: Text
    languages: tuple[str, ...]
    scoring: Scoring = Scoring()
    choice_lists: dict[str, tuple[Choice, ...]] = Field(default_factory=dict)
    sections: tuple[Section, ...]
