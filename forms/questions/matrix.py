"""``matrix``: rows that share one list of choices, or one scale. Each row is an item."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool

from forms.questions.base import (
    Choice,
    Critical,
    Evidence,
    Id,
    Labels,
    Listed,
    Part,
    PositiveNumber,
    Tags,
    Text,
    WholeNumber,
)
from forms.questions.kinds.choosing import OneChoice
from forms.questions.kinds.scale import Scale


class Row(Part):
    """One row. What it does not say (None) it has from its matrix."""

    id: Id
    label: Text
    short: Text | None = None
    help: Text | None = None
    points: PositiveNumber | None = None
    weight: PositiveNumber | None = None
    critical: Critical | None = None
    bonus: StrictBool | None = None
    required: StrictBool | str | None = None
    allow_na: StrictBool | None = None
    evidence: Evidence | None = None
    tags: Tags | None = None


class MatrixQuestion(Listed):
    """With choices each row takes one of them; without, a place on ``min``..``max`` (1..5)."""

    type: Literal["matrix"]
    rows: tuple[Row, ...]
    min: WholeNumber | None = None
    max: WholeNumber | None = None
    labels: Labels = Field(default_factory=dict)
    reverse: StrictBool = False

    def kind(self, choices: tuple[Choice, ...]) -> OneChoice | Scale:
        if choices:
            return OneChoice(choices)
        low = 1 if self.min is None else self.min
        high = 5 if self.max is None else self.max
        return Scale(low, high, self.labels, reverse=self.reverse)
