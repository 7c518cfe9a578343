"""``signature``: a drawn name. The answer is its evidence."""

from __future__ import annotations

from typing import Literal

from forms.questions.base import Choice, QuestionBase
from forms.questions.kinds.none import EvidenceOnly
from forms.words import WORDS


class SignatureQuestion(QuestionBase):
    type: Literal["signature"]

    def kind(self, choices: tuple[Choice, ...]) -> EvidenceOnly:
        return EvidenceOnly(
            lambda count, language: WORDS.plural(
                language, "{count} signature", "{count} signatures", count
            )
        )
