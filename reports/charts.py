"""Charts drawn with the pen: dial, bars against a target, times against a standard, trend."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, cos, pi, radians, sin, tan

from reports.pen import Pen
from reports.theme import (
    CHIP,
    MET_BAR,
    MISSED_BAR,
    NEUTRAL_SOFT,
    RULE,
    SMALL,
    SMALL_STRONG,
    TEXT,
    TEXT2,
    TOTAL_RULE,
    TRACK,
    WHITE,
    Colour,
    Style,
    Weight,
)
from reports.typeface import fit, width

Point = tuple[float, float]

START, SWEEP = 205.0, 230.0
RADIUS, STROKE, LABEL_RADIUS = 70.0, 13.0, 85.5
#: Degrees left open at a band's edge, and how near two labels may come.
EDGE, NEAR = 0.9, 9.0


@dataclass(frozen=True, slots=True)
class Dial:
    """Values of 0 to 100; ``edges`` are where bands begin. Labels are ready to print."""

    score: float | None
    edges: Sequence[tuple[float, str]]
    ink: Colour
    target: tuple[float, str] | None = None
    last: float | None = None


def dial(pen: Pen, x: float, y: float, of: Dial) -> None:
    """The ring around its centre; figures inside it are the caller's."""
    cuts = [0.0, *(value for value, _ in of.edges if 0 < value < 100), 100.0]
    for low, high in itertools.pairwise(cuts):
        _band(pen, x, y, (low, high), NEUTRAL_SOFT, ends=cuts)
        if of.score is not None and of.score > low:
            _band(pen, x, y, (low, min(high, of.score)), of.ink, ends=cuts)
    taken: list[float] = []
    if of.target is not None:
        _tick(pen, x, y, of.target[0])
        _label(pen, x, y, of.target, CHIP.inked(TEXT))
        taken.append(_angle(of.target[0]))
    for value, words in of.edges:
        if 0 < value < 100 and all(abs(_angle(value) - angle) >= NEAR for angle in taken):
            _label(pen, x, y, (value, words), SMALL)
            taken.append(_angle(value))
    if of.last is not None:
        at = _on_ring(x, y, RADIUS, _angle(of.last))
        pen.dot(*at, 2.8, WHITE, TEXT, 1.2)


def _angle(value: float) -> float:
    return START - SWEEP * max(0.0, min(value, 100.0)) / 100


def _on_ring(x: float, y: float, radius: float, angle: float) -> Point:
    return x + radius * cos(radians(angle)), y - radius * sin(radians(angle))


def _band(
    pen: Pen, x: float, y: float, span: tuple[float, float], ink: Colour, ends: Sequence[float]
) -> None:
    low, high = span
    start = _angle(low) - (EDGE / 2 if low in ends[1:-1] else 0)
    stop = _angle(high) + (EDGE / 2 if high in ends[1:-1] else 0)
    if start > stop:
        pen.arc(_bezier(x, y, RADIUS, start, stop), ink, STROKE)


def _bezier(x: float, y: float, radius: float, start: float, stop: float) -> list[Point]:
    """Start, then two controls and an end for each piece of at most a quarter turn."""
    pieces = ceil((start - stop) / 90)
    step = (start - stop) / pieces
    reach = radius * 4 / 3 * tan(radians(step) / 4)
    points = [_on_ring(x, y, radius, start)]
    for piece in range(pieces):
        one, two = radians(start - piece * step), radians(start - (piece + 1) * step)
        (x1, y1), (x2, y2) = (_on_ring(x, y, radius, a * 180 / pi) for a in (one, two))
        points.append((x1 + reach * sin(one), y1 + reach * cos(one)))
        points.append((x2 - reach * sin(two), y2 - reach * cos(two)))
        points.append((x2, y2))
    return points


def _tick(pen: Pen, x: float, y: float, value: float) -> None:
    angle = _angle(value)
    inner = _on_ring(x, y, RADIUS - STROKE / 2 - 2, angle)
    outer = _on_ring(x, y, RADIUS + STROKE / 2 + 2, angle)
    pen.line([inner, outer], TEXT, 1.4, butt=True)


def _label(pen: Pen, x: float, y: float, at: tuple[float, str], style: Style) -> None:
    value, words = at
    angle = _angle(value)
    left, base = _on_ring(x, y, LABEL_RADIUS, angle)
    base += style.size * 0.36
    if cos(radians(angle)) > 0.35:
        pen.put(left - 4, base, words, style)
    elif cos(radians(angle)) < -0.35:
        pen.right(left + 4, base, words, style)
    else:
        pen.middle(left, base, words, style)


@dataclass(frozen=True, slots=True)
class Bar:
    """Ratios of 0 to 1; None is no score."""

    ratio: Fraction | None
    target: Fraction | None = None
    last: Fraction | None = None

    @property
    def missed(self) -> bool:
        return self.ratio is not None and self.target is not None and self.ratio < self.target


def bar(pen: Pen, x: float, y: float, wide: float, high: float, of: Bar) -> None:
    """``y`` is the upper edge. Tick for the target, ring for the last visit."""
    pen.box(x, y, wide, high, TRACK)
    if of.ratio is not None and of.ratio.numerator > 0:
        pen.box(x, y, wide * _unit(of.ratio), high, MISSED_BAR if of.missed else MET_BAR)
    if of.target is not None:
        tick(pen, x + wide * _unit(of.target), y - 2, high + 4)
    if of.last is not None:
        pen.dot(x + wide * _unit(of.last), y + high / 2, 2.3, WHITE, TEXT, 1.1)


def _unit(ratio: Fraction) -> float:
    return max(0.0, min(float(ratio), 1.0))


def tick(pen: Pen, x: float, y: float, high: float) -> None:
    pen.box(x - 0.7, y, 1.4, high, TEXT)


def ring(pen: Pen, x: float, y: float) -> None:
    """The sign of the last visit, for keys and captions."""
    pen.dot(x, y, 2.3, WHITE, TEXT, 1.1)


def time_bar(pen: Pen, x: float, y: float, wide: float, of: tuple[int, Fraction]) -> None:
    """Seconds against their standard, which stands at 60 % of the width."""
    seconds, standard = of
    share = min(1.0, 0.6 * float(seconds / standard)) if standard else 1.0
    pen.box(x, y, wide, 5, TRACK)
    pen.box(x, y, wide * share, 5, MISSED_BAR if seconds > standard else MET_BAR)
    tick(pen, x + wide * 0.6, y - 2, 9)
    if standard and 0.6 * float(seconds / standard) > 1.0:
        for at in (x + wide - 9, x + wide - 6):  # broken: it goes on beyond the paper
            pen.line([(at - 1.2, y + 5.6), (at + 1.2, y - 0.6)], WHITE, 1.1, butt=True)


@dataclass(frozen=True, slots=True)
class Point100:
    """A visit on the trend: its score of 0 to 100 and the rows that stand under the axis, the
    name on as many lines as the others' first."""

    score: float
    name: tuple[str, ...]
    figure: str
    count: str
    now: bool = False


def axis(least: float, most: float) -> tuple[float, float, float]:
    """Where a scale of 0 to 100 begins and ends, and its step: all multiples of the step, with
    air under the least and over the most."""
    for step in (10.0, 20.0, 25.0):
        low = max(0.0, ((least - step / 4) // step) * step)
        top = min(100.0, -(-(most + step / 4) // step) * step)
        if top - low <= 5 * step:
            break
    return low, top, step


def trend(
    pen: Pen,
    x: float,
    y: float,
    size: tuple[float, float],
    points: Sequence[Point100],
    target: tuple[float, str] | None,
) -> None:
    """A line over visits; figures stand in rows under the axis, never on the line."""
    wide, high = size
    scores = [point.score for point in points] + ([target[0]] if target else [])
    low, top, step = axis(min(scores), max(scores))
    left, right = x + 24, x + wide

    def level(value: float) -> float:
        return y + high * (1 - (value - low) / (top - low))

    value = low
    while value <= top:
        pen.rule(left, level(value), right, 0.5, RULE)
        if target is None or abs(level(value) - level(target[0])) > 7:
            pen.right(left - 6, level(value) + 2.7, f"{value:g}", SMALL)
        value += step
    if target is not None:
        at = level(target[0])
        pen.line([(left, at), (right, at)], TEXT, 0.8, dashed=True)
        pen.right(left - 6, at + 2.7, target[1], CHIP.inked(TEXT))
    column = (right - left) / len(points)
    places = [(left + column * (at + 0.5), level(point.score)) for at, point in enumerate(points)]
    if len(places) > 1:
        pen.line(places, TEXT2, 1.6)
    lines = max(len(point.name) for point in points)
    for (across, down), point in zip(places, points, strict=True):
        pen.dot(across, down, 3.1, TEXT if point.now else TEXT2, WHITE, 1.2)
        base = y + high + 13
        for at, words in enumerate(point.name):
            pen.middle(across, base + at * 10.5, words, SMALL)
        base += lines * 10.5
        pen.middle(across, base, point.figure, SMALL_STRONG.heavy(Weight.SEMIBOLD))
        pen.middle(across, base + 10.5, point.count, SMALL)


@dataclass(frozen=True, slots=True)
class Step:
    """A bar of a waterfall: from ``low`` to ``high``; a whole score where ``low`` is None."""

    name: str
    figure: str
    low: float | None
    high: float


#: How much of its column the bar of a step takes.
STEP = 0.6


def waterfall(
    pen: Pen, x: float, y: float, size: tuple[float, float], steps: Sequence[Step]
) -> None:
    """Scores of 0 to 100, each step from where the one before it ended."""
    wide, high = size
    ends = [step.high for step in steps] + [s.low for s in steps if s.low is not None]
    low, top, scale = axis(min(ends), max(ends))
    left, column = x + 24, min(80.0, (wide - 24) / len(steps))

    def level(value: float) -> float:
        return y + high * (1 - (value - low) / (top - low))

    value = low
    while value <= top:
        pen.rule(left, level(value), left + column * len(steps), 0.5, RULE)
        pen.right(left - 6, level(value) + 2.7, f"{value:g}", SMALL)
        value += scale
    for at, step in enumerate(steps):
        middle = left + column * (at + 0.5)
        if at + 1 < len(steps):  # where the next one begins
            end = middle + column * STEP / 2
            pen.rule(end, level(step.high), end + column * (1 - STEP), 0.5, TOTAL_RULE)
        _step(pen, (middle, column), level, step)
        pen.middle(middle, y + high + 12, fit(step.name, SMALL, column - 4), SMALL)


def _step(
    pen: Pen, across: tuple[float, float], level: Callable[[float], float], step: Step
) -> None:
    """A whole score is a level, no bar: the axis does not begin at zero."""
    middle, room = across
    start = step.high if step.low is None else step.low
    upper, lower = level(max(start, step.high)), level(min(start, step.high))
    wide = room * STEP
    if step.low is None:
        pen.box(middle - wide / 2, upper - 1.5, wide, 3, TEXT, 1.5)
    else:
        ink = MISSED_BAR if step.high < start else MET_BAR
        pen.box(middle - wide / 2, upper, wide, max(lower - upper, 0.8), ink)
    side = width(step.figure, SMALL_STRONG) / 2 + 2
    pen.box(middle - side, upper - 12.5, 2 * side, 9.5, WHITE)
    pen.middle(middle, upper - 5, step.figure, SMALL_STRONG)
