"""Warnings about expressions that can be evaluated but hardly say what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from forms.expressions.faults import Fault
from forms.expressions.syntax import Node, Number, Text
from forms.expressions.values import number_text
from forms.problems import Severity


def choice(name: str, choices: Mapping[str, bool] | None, literal: Node) -> Iterator[Fault]:
    """A literal that ``name`` is compared with should be one of its choices, and not an N/A one.

    ``choices`` tells of each choice whether it is N/A; None where it has no list.
    """
    if choices is None or not isinstance(literal, (Text, Number)):
        return
    wanted = literal.value if isinstance(literal, Text) else number_text(literal.value)
    wanted = wanted.strip()
    values = {"name": name, "choice": wanted}
    if wanted and wanted not in choices:
        known = ", ".join(islice(choices, 20))
        yield Fault(
            "expression-choice", literal.offset, values | {"known": known}, Severity.WARNING
        )
    elif choices.get(wanted):
        yield Fault("expression-na-choice", literal.offset, values, Severity.WARNING)
