"""``time``: a time of day. Value: ``HH:MM`` or ``HH:MM:SS``."""

from __future__ import annotations

from typing import Literal

from forms.questions.base import Choice, QuestionBase
from forms.questions.kinds.words import CLOCK, Moment


class TimeQuestion(QuestionBase):
    type: Literal["time"]

    def kind(self, choices: tuple[Choice, ...]) -> Moment:
        return CLOCK
