"""All that can be wrong with a checklist or a visit: a code, a place, named values.

Who shows a problem translates it: ``problem.text("vi")``. The sentence of every code stands in
``CATALOGUE`` in English and says what to do; ``locale/`` holds the translations.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from forms.catalogue import CATALOGUE
from forms.words import WORDS

PathStep: TypeAlias = str | int
#: Text of a file may hold line ends; a problem stays one line all the same.
_ONE_LINE = {ord(end): "⏎" for end in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"}


class Severity(StrEnum):
    """An error stops what was asked for; a warning stops nothing."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file (``line`` and ``column`` from 1) and, or, in a visit."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: tuple[PathStep, ...] = ()
    question: str | None = None
    instance: int = 0

    def __str__(self) -> str:
        """``FILE:LINE:COL``; what is wrong with a whole file stands at its beginning."""
        if self.file is None:
            return ""
        return f"{self.file}:{self.line or 1}:{self.column or 1}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``code`` is a key of ``CATALOGUE``.

    ``texts`` are named values that the checklist's author wrote, in one or several languages; a
    language that is missing falls back along their order.
    """

    code: str
    where: Where = Where()
    values: dict[str, str] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    texts: dict[str, str | dict[str, str]] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The sentence, in ``language``, that says what is wrong and what to do."""
        texts = {name: _in_language(text, language) for name, text in self.texts.items()}
        return WORDS.text(language, CATALOGUE[self.code], **self.values, **texts)

    def line(self, language: str = "en") -> str:
        """``FILE:LINE:COL: code: sentence``, as a compiler would say it."""
        sentence = self.text(language)
        if self.severity is Severity.WARNING:
            sentence = WORDS.text(language, "Warning: {sentence}", sentence=sentence)
        place = str(self.where)
        line = f"{place}: {self.code}: {sentence}" if place else sentence
        return line.translate(_ONE_LINE)


def _in_language(text: str | dict[str, str], language: str) -> str:
    if isinstance(text, str):
        return text
    return text.get(language) or next((words for words in text.values() if words), "")


class FormsError(Exception):
    """An expected failure with something to tell the person: one or more problems.

    FormsError
    └── UnreadableError   the file is no checklist at all: bytes, encoding or syntax
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.line() for problem in problems))
        self.problems = problems


class UnreadableError(FormsError):
    """The file cannot be read as YAML or JSON text."""
