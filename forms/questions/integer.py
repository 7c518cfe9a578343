"""``integer``: a whole number, scored by bands."""

from __future__ import annotations

from typing import Literal

from forms.questions.base import Band, Choice, QuestionBase, Text
from forms.questions.kinds.number import WholeNumber


class IntegerQuestion(QuestionBase):
    type: Literal["integer"]
    bands: tuple[Band, ...] = ()
    unit: Text | None = None

    def kind(self, choices: tuple[Choice, ...]) -> WholeNumber:
        return WholeNumber(self.bands, self.unit)
