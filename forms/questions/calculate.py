"""``calculate``: a value that follows from others. Takes no answer; not scored; not shown."""

from __future__ import annotations

from typing import Literal

from forms.questions.base import Choice, QuestionBase, Text
from forms.questions.kinds.none import Calculated


class CalculateQuestion(QuestionBase):
    type: Literal["calculate"]
    #: Nobody is shown a calculation, so it may go without a label.
    label: Text = ""
    calculation: str

    def kind(self, choices: tuple[Choice, ...]) -> Calculated:
        return Calculated()
