"""What is wrong with one expression, and where in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from forms.problems import Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """``code`` is a key of the catalogue, ``offset`` the place in the expression, from 0."""

    code: str
    offset: int
    values: dict[str, str] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    def place(self, source: str) -> tuple[int, int]:
        """Row and column, from 1."""
        before = source[: self.offset]
        return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


class ExpressionError(Exception):
    """The expression cannot be read; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def refuse(code: str, offset: int, **values: str) -> ExpressionError:
    return ExpressionError(Fault(code, offset, values))
