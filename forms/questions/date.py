"""``date``: a day. Value: ``YYYY-MM-DD``."""

from __future__ import annotations

from typing import Literal

from forms.questions.base import Choice, QuestionBase
from forms.questions.kinds.words import DAY, Moment


class DateQuestion(QuestionBase):
    type: Literal["date"]

    def kind(self, choices: tuple[Choice, ...]) -> Moment:
        return DAY
