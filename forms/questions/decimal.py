"""``decimal``: an exact number, scored by bands."""

from __future__ import annotations

from typing import Literal

from forms.questions.base import Band, Choice, QuestionBase, Text
from forms.questions.kinds.number import ExactNumber


class DecimalQuestion(QuestionBase):
    type: Literal["decimal"]
    bands: tuple[Band, ...] = ()
    unit: Text | None = None

    def kind(self, choices: tuple[Choice, ...]) -> ExactNumber:
        return ExactNumber(self.bands, self.unit)
