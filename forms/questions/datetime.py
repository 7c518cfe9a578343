"""``datetime``: a day and a time, local. Value: ``YYYY-MM-DDTHH:MM[:SS]``."""

from __future__ import annotations

from typing import Literal

from forms.questions.base import Choice, QuestionBase
from forms.questions.kinds.words import DAY_AND_CLOCK, Moment


class DatetimeQuestion(QuestionBase):
    type: Literal["datetime"]

    def kind(self, choices: tuple[Choice, ...]) -> Moment:
        return DAY_AND_CLOCK
