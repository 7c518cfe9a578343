"""``ces``: effort, 1 to 7 (or 5). ``easy: low`` says that 1 is the easy end."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from forms.questions.base import Choice, Labels, QuestionBase
from forms.questions.kinds.scale import Scale


class CesQuestion(QuestionBase):
    type: Literal["ces"]
    max: Literal[5, 7] = 7
    easy: Literal["high", "low"] = "high"
    labels: Labels = Field(default_factory=dict)

    def kind(self, choices: tuple[Choice, ...]) -> Scale:
        return Scale(1, self.max, self.labels, reverse=self.easy == "low")
