"""A scorecard as JSON for scripts: decimal strings, the checklist's order."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Any

from forms.problems import Problem
from forms.scorecard import Scorecard

#: Significant digits of a figure that has no short exact decimal form.
DIGITS = 15


def decimal_text(value: Fraction) -> str:
    """``value`` as a plain decimal: exact when it fits into ``DIGITS`` digits, else rounded."""
    context = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    text = f"{quotient:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _optional(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value)


def scorecard_json(card: Scorecard) -> dict[str, Any]:
    """The object that ``auditor score --json`` prints for one answers file, without its path."""
    return {
        "score": None if card.score is None else f"{card.score:f}",
        "raw": _optional(card.raw),
        "band": card.band,
        "passed": card.passed,
        "critical": list(card.critical),
        "sections": [
            {
                "id": section.id,
                "ratio": _optional(section.ratio),
                "earned": decimal_text(section.earned),
                "possible": decimal_text(section.possible),
            }
            for section in card.sections
        ],
        "questions": [
            {
                "id": question.id,
                "status": question.status.value,
                "earned": decimal_text(question.earned),
                "possible": decimal_text(question.possible),
                "failed": question.failed,
            }
            for question in card.questions
        ],
    }


def problem_json(problem: Problem, language: str = "en") -> dict[str, Any]:
    """One problem of a refused answers file."""
    return {
        "code": problem.code,
        "question": problem.where.question,
        "message": problem.text(language),
        "severity": problem.severity.value,
    }
