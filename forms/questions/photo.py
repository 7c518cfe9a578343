"""``photo``: pictures. The answer is its evidence."""

from __future__ import annotations

from typing import Literal

from forms.questions.base import Choice, QuestionBase
from forms.questions.kinds.none import EvidenceOnly
from forms.words import WORDS


class PhotoQuestion(QuestionBase):
    type: Literal["photo"]

    def kind(self, choices: tuple[Choice, ...]) -> EvidenceOnly:
        return EvidenceOnly(
            lambda count, language: WORDS.plural(language, "{count} photo", "{count} photos", count)
        )
