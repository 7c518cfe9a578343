"""``duration``: whole seconds, scored by bands; the form offers a stopwatch."""

from __future__ import annotations

from typing import Literal

from forms.questions.base import Band, Choice, PositiveNumber, QuestionBase
from forms.questions.kinds.number import Seconds


class DurationQuestion(QuestionBase):
    type: Literal["duration"]
    bands: tuple[Band, ...] = ()
    standard: PositiveNumber | None = None

    def kind(self, choices: tuple[Choice, ...]) -> Seconds:
        return Seconds(self.bands, self.standard)
