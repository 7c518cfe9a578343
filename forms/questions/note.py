"""``note``: words for the evaluator; takes no answer."""

from __future__ import annotations

from typing import Literal

from forms.questions.base import Choice, QuestionBase
from forms.questions.kinds.none import Shown


class NoteQuestion(QuestionBase):
    type: Literal["note"]

    def kind(self, choices: tuple[Choice, ...]) -> Shown:
        return Shown()
