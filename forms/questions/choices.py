"""``choices``: any of a list. Value: choice ids, in the list's order."""

from __future__ import annotations

from typing import Literal

from forms.questions.base import Choice, Listed
from forms.questions.kinds.choosing import ManyChoices


class ChoicesQuestion(Listed):
    type: Literal["choices"]

    def kind(self, choices: tuple[Choice, ...]) -> ManyChoices:
        return ManyChoices(choices)
