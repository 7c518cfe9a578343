"""Questions without a value: the answer is evidence, or there is none at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Never

from forms.answers import Answer
from forms.questions.kinds.base import Complaint, Kind, ValueRefusedError, shown


class Valueless(Kind[Never]):
    """Refuses every value with ``code``."""

    code: ClassVar[str]

    def refuse(self, value: object) -> Complaint | None:
        return Complaint(self.code, {"given": shown(value)})

    def from_json(self, data: object) -> None:
        if data is not None:
            raise ValueRefusedError(Complaint(self.code, {"given": shown(data)}))

    def read(self, value: Never, language: str, order: tuple[str, ...]) -> str:
        raise TypeError("there is no value to read")


class EvidenceOnly(Valueless):
    """A photo, a recording, a file, a signature. ``count`` says how many, in a language."""

    is_evidence = True
    code = "evidence-only"

    def __init__(self, count: Callable[[int, str], str]) -> None:
        self.count = count

    def answered(self, answer: Answer) -> bool:
        return bool(answer.evidence)

    def read_answer(self, answer: Answer, language: str, order: tuple[str, ...]) -> str:
        return self.count(len(answer.evidence), language) if answer.evidence else ""


class Shown(Valueless):
    """Words that are only shown."""

    takes_answer = False
    code = "takes-no-answer"

    def answered(self, answer: Answer) -> bool:
        return False


class Calculated(Valueless):
    """A value that follows from others, as text."""

    takes_answer = False
    is_calculated = True
    code = "takes-no-answer"

    def answered(self, answer: Answer) -> bool:
        return bool(answer.value)

    def read_answer(self, answer: Answer, language: str, order: tuple[str, ...]) -> str:
        return "" if answer.value is None else str(answer.value)
