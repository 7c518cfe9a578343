"""``scale``: an integer from ``min`` to ``max``; ``labels`` name values."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool

from forms.questions.base import Choice, Labels, QuestionBase, WholeNumber
from forms.questions.kinds.scale import Scale


class ScaleQuestion(QuestionBase):
    type: Literal["scale"]
    min: WholeNumber = 1
    max: WholeNumber = 5
    labels: Labels = Field(default_factory=dict)
    reverse: StrictBool = False

    def kind(self, choices: tuple[Choice, ...]) -> Scale:
        return Scale(self.min, self.max, self.labels, reverse=self.reverse)
