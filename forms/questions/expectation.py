"""``expectation``: what was expected and what was found, on one scale; perceived scores."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool

from forms.questions.base import Choice, Labels, QuestionBase, WholeNumber
from forms.questions.kinds.scale import ExpectedPerceived, Scale


class ExpectationQuestion(QuestionBase):
    type: Literal["expectation"]
    min: WholeNumber = 1
    max: WholeNumber = 5
    labels: Labels = Field(default_factory=dict)
    reverse: StrictBool = False

    def kind(self, choices: tuple[Choice, ...]) -> ExpectedPerceived:
        return ExpectedPerceived(Scale(self.min, self.max, self.labels, reverse=self.reverse))
