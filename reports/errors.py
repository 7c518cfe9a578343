"""Expected failures of making a report, and what it could not do in full. Anything else that is
raised is a bug.

ReportError   a named code and a sentence that says what to do
Remark        the same beside a report that was made
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.words import WORDS


class ReportError(Exception):
    """``message`` is English text marked for translation, with named values."""

    def __init__(self, code: str, message: str, **values: object) -> None:
        super().__init__(WORDS.text("en", message, **values))
        self.code = code
        self.message = message
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        return (_again, (type(self), self.code, self.message, self.values))

    def text(self, language: str) -> str:
        """The sentence in ``language``."""
        return WORDS.text(language, self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody should know of a report that was made: English text marked for translation,
    with named values."""

    code: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """The sentence in ``language``."""
        return WORDS.text(language, self.message, **self.values)


def _again(
    kind: type[ReportError], code: str, message: str, values: dict[str, object]
) -> ReportError:
    return kind(code, message, **values)
