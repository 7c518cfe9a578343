"""``text``: words. Not scored."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from forms.questions.base import Choice, QuestionBase
from forms.questions.kinds.words import Words


class TextQuestion(QuestionBase):
    type: Literal["text"]
    multiline: StrictBool = False
    min_words: Annotated[int, Field(strict=True, ge=1)] | None = None
    max_length: Annotated[int, Field(strict=True, ge=1)] | None = None

    def kind(self, choices: tuple[Choice, ...]) -> Words:
        return Words(multiline=self.multiline, min_words=self.min_words, max_length=self.max_length)
