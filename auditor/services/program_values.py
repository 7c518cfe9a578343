"""What is typed of programs and waves as their rows keep it, each value checked."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from auditor.domain.errors import RefusedError
from auditor.domain.facts import VisitRules
from auditor.domain.programs import ProgramInput, Terms, WaveInput, WaveTerms
from auditor.domain.visit_hours import hours_to_json
from auditor.services.typed import one_line, prose, required
from auditor.words import mark

#: The least and the most of each number.
RANGES = {
    "quota": (0, 50),
    "rotation": (0, 60),
    "lockout_days": (0, 3650),
    "most_visits": (0, 10_000),
    "photos_least": (0, 200),
    "target": (0, 100),
}
MOST_MONEY = Decimal(10) ** 12
MOST_WINDOWS = 20
_CURRENCY = re.compile(r"[A-Z]{3}")
N = TypeVar("N", int, Decimal)
_OUT_OF_RANGE = mark("{value} is not between {least} and {most}. Type a number in between.")


def program_values(given: ProgramInput) -> dict[str, Any]:
    """Raises RefusedError: empty_name, and those of ``rule_values`` and ``term_values``."""
    return {
        "name": required(given.name),
        "objectives": prose(given.objectives),
        "briefing": prose(given.briefing),
        "active": given.active,
        **rule_values(given.rules),
        **term_values(given.terms),
    }


def rule_values(rules: VisitRules) -> dict[str, Any]:
    """Raises RefusedError: photos_least, windows."""
    flags = ("hide_score", "show_last_visit", "staff_names", "dayparts_only", "receipt_needed")
    if len(rules.windows) > MOST_WINDOWS or not all(each.days for each in rules.windows):
        raise RefusedError(
            "windows",
            "Each visit window needs a weekday, and there are at most {most}. Change the windows.",
            most=MOST_WINDOWS,
        )
    return {
        **{name: getattr(rules, name) for name in flags},
        "photos_least": _within("photos_least", rules.photos_least),
        "windows": hours_to_json(rules.windows),
    }


def term_values(terms: Terms) -> dict[str, Any]:
    """Raises RefusedError with the name of the field as its code."""
    return {
        "checklist_version_id": terms.checklist_version_id,
        "template_id": terms.template_id,
        "currency": _currency(terms.currency),
        **{
            name: _within(name, getattr(terms, name))
            for name in ("quota", "rotation", "lockout_days", "most_visits")
        },
        **_decimals(terms),
    }


def wave_values(given: WaveInput) -> dict[str, Any]:
    """Raises RefusedError: empty_name, wave_days, or the name of a field."""
    if given.starts_on is not None and given.ends_on is not None:
        require_days(given.starts_on, given.ends_on)
    own = given.own
    return {
        "name": required(given.name),
        "starts_on": given.starts_on,
        "ends_on": given.ends_on,
        "scenario": prose(given.scenario),
        "checklist_version_id": own.checklist_version_id,
        "quota": None if own.quota is None else _within("quota", own.quota),
        **_decimals(own),
    }


def require_days(first: date, last: date) -> None:
    if last < first:
        raise RefusedError("wave_days", "The wave ends before it starts. Change its days.")


def _decimals(terms: Terms | WaveTerms) -> dict[str, str | None]:
    target = None if terms.target is None else _within("target", terms.target)
    return {
        "target": decimal_text(target),
        "fee": money("fee", terms.fee),
        "expense_cap": money("expense_cap", terms.expense_cap),
    }


def money(name: str, amount: Decimal | None) -> str | None:
    """Raises RefusedError ``name``."""
    if amount is None:
        return None
    if not amount.is_finite() or not 0 <= amount <= MOST_MONEY:
        raise out_of_range(name, amount, 0, f"{MOST_MONEY:f}")
    return decimal_text(amount)


def decimal_text(value: Decimal | None) -> str | None:
    """Equal values are equal text: 80.0 is "80"."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _within(name: str, value: N) -> N:
    least, most = RANGES[name]
    if not least <= value <= most:
        raise out_of_range(name, value, least, most)
    return value


def out_of_range(code: str, value: object, least: object, most: object) -> RefusedError:
    return RefusedError(code, _OUT_OF_RANGE, value=value, least=least, most=most)


def _currency(typed: str) -> str:
    code = one_line(typed).upper()
    if not _CURRENCY.fullmatch(code):
        raise RefusedError(
            "currency", "{given} is no currency. Type three letters, like VND.", given=code[:10]
        )
    return code
