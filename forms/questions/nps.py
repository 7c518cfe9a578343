"""``nps``: would recommend, 0 to 10; an index, scored like a scale only with ``points``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from forms.questions.base import Choice, Labels, QuestionBase
from forms.questions.kinds.scale import Scale


class NpsQuestion(QuestionBase):
    type: Literal["nps"]
    labels: Labels = Field(default_factory=dict)

    def kind(self, choices: tuple[Choice, ...]) -> Scale:
        return Scale(0, 10, self.labels)
