"""``choice``: one of a list. Value: a choice id."""

from __future__ import annotations

from typing import Literal

from forms.questions.base import Choice, Listed
from forms.questions.kinds.choosing import OneChoice


class ChoiceQuestion(Listed):
    type: Literal["choice"]

    def kind(self, choices: tuple[Choice, ...]) -> OneChoice:
        return OneChoice(choices)
