"""Whether an answer is as good as it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.answers import Answer, Expectation
from forms.questions.kinds.scale import ExpectedPerceived, Scale
from forms.questions.nps import NpsQuestion
from forms.scorecard import Status

if TYPE_CHECKING:
    from forms.compiled import CompiledChecklist, Item

#: Promoters of the Net Promoter Score.
_PROMOTER = 9


def passes_in_full(compiled: CompiledChecklist, item: Item, answer: Answer) -> bool:
    """Whether a scored answer that fits its type earns all there is and does not fail."""
    if item.tariff is None or item.tariff.possible <= 0:
        return False
    outcome = compiled.scoring_plan.line(item.id).of(answer)
    full = outcome.status is Status.SCORED and outcome.base_earned >= item.tariff.possible
    return full and not outcome.failed


def is_best(compiled: CompiledChecklist, item: Item, answer: Answer) -> bool:
    """Passing in full, or the top of a scale that may be unscored (for NPS 9 and 10)."""
    if answer.value is None or item.not_applicable(answer):
        return False
    return passes_in_full(compiled, item, answer) or _is_top(item, answer)


def _is_top(item: Item, answer: Answer) -> bool:
    kind, value = item.kind, answer.value
    if isinstance(kind, ExpectedPerceived) and isinstance(value, Expectation):
        kind, value = kind.scale, value.perceived
    if not isinstance(kind, Scale) or not isinstance(value, int):
        return False
    if isinstance(item.question, NpsQuestion):
        return value >= _PROMOTER
    return value == (kind.low if kind.reverse else kind.high)
