"""Scales and bands: limits that ascend, labels that lie on the scale."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from forms.checklist import Checklist
from forms.checks.parts import Path, problem, questions
from forms.problems import Problem
from forms.questions import Question
from forms.questions.base import Band, Labels
from forms.questions.kinds.scale import ExpectedPerceived, Scale
from forms.questions.matrix import MatrixQuestion

#: Steps of a scale. More cannot be told apart; ``integer`` takes any number.
MAX_STEPS = 100


def check(checklist: Checklist) -> Iterator[Problem]:
    for path, question in questions(checklist):
        scale = scale_of(question)
        if scale is not None:
            yield from _of_scale(scale, path)
        bands: tuple[Band, ...] = getattr(question, "bands", ())
        yield from _of_bands(bands, (*path, "bands"))


def scale_of(question: Question) -> Scale | None:
    """The scale of a question that is answered on one, or of a matrix without a list."""
    if isinstance(question, MatrixQuestion) and (question.list or question.choices is not None):
        return None
    kind = question.kind(())
    return (
        kind.scale
        if isinstance(kind, ExpectedPerceived)
        else kind
        if isinstance(kind, Scale)
        else None
    )


def _of_scale(scale: Scale, path: Path) -> Iterator[Problem]:
    limits = {"min": str(scale.low), "max": str(scale.high)}
    if scale.low >= scale.high:
        yield problem("scale-order", (*path, "max"), **limits)
    elif scale.high - scale.low > MAX_STEPS:
        yield problem("scale-long", (*path, "max"), most=str(MAX_STEPS), **limits)
    else:
        for value in _outside(scale.labels, scale):
            yield problem(
                "label-off-scale", (*path, "labels", str(value)), value=str(value), **limits
            )


def _outside(labels: Labels, scale: Scale) -> Iterator[int]:
    return (value for value in labels if not scale.low <= value <= scale.high)


def _of_bands(bands: tuple[Band, ...], path: Path) -> Iterator[Problem]:
    for place, band in enumerate(bands):
        last = place == len(bands) - 1
        limits = [word for word in ("max", "below") if getattr(band, word) is not None]
        if last and limits:
            yield problem("band-last", (*path, place, limits[0]), name=limits[0])
        elif not last and not limits:
            yield problem("band-open", (*path, place))
        elif len(limits) == 2:
            yield problem("band-both", (*path, place, "below"))
    for place, (lower, upper) in enumerate(pairwise(map(_limit, bands)), 1):
        if lower is not None and upper is not None and lower >= upper:
            yield problem("band-order", (*path, place))


def _limit(band: Band) -> tuple[Decimal, bool] | None:
    """Where a band ends, in order: "below 5" ends just before "max 5"."""
    if band.below is not None:
        return band.below, False
    return None if band.max is None else (band.max, True)
