"""The customer's way as a chart: a column for each stage, a point for each touchpoint."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from reports import theme
from reports.flow import Block
from reports.journey import STAGES, Group, StageScore, Touch
from reports.pen import Pen
from reports.sheet import Sheet
from reports.theme import (
    BODY,
    BODY_STRONG,
    CHIP,
    DANGER,
    NEUTRAL_SOFT,
    RULE,
    SMALL,
    SMALL_STRONG,
    TEXT,
    TEXT2,
    TITLE,
    WHITE,
    Style,
    Weight,
)
from reports.typeface import fit, fit_lines, width
from reports.words import WORDS, mark

#: Touchpoints side by side; more go into another strip.
MOST = 14
INDENT = 24.0
COLUMN_GAP = 2.6
#: Between the names of two stages.
AIR = 6.0
#: How far a figure moves aside from a line that passes through its place, and how steep that is.
ASIDE, STEEP = 11.0, 9.0
#: From the top: rule, name, figure, n of a stage; the line of 100; its height; icons; names.
NAME, FIGURE, COUNT, HUNDRED = 12.0, 26.5, 38.0, 63.0
CHART, LOWEST_CHART = 133.0, 92.0
LABELS, LABEL_LINES, ICON_RISE = 31.0, 3, 22.0
FIGURE_STYLE = TITLE._replace(size=14)
SMALLER_FIGURE = Style(11, 14, Weight.SEMIBOLD)
LABEL = Style(7.5, 9.8)


@dataclass(frozen=True, slots=True)
class Column:
    """A place on the way: a touchpoint, or a whole stage that has none."""

    stage: StageScore
    touch: Touch | None

    @property
    def group(self) -> Group:
        return self.touch.group if self.touch else self.stage.group


def charts(sheet: Sheet, stages: Sequence[StageScore]) -> list[JourneyChart]:
    """One strip, or as many as it takes, of about the same number of points."""
    columns = [Column(stage, touch) for stage in stages for touch in (stage.touches or (None,))]
    strips = -(-len(columns) // MOST)
    found: list[JourneyChart] = []
    for at in range(strips):
        low, high = len(columns) * at // strips, len(columns) * (at + 1) // strips
        found.append(JourneyChart(sheet, columns[low:high], first=at == 0))
    return found


class JourneyChart(Block):
    before = 12.0

    def __init__(self, sheet: Sheet, columns: Sequence[Column], *, first: bool) -> None:
        self.sheet = sheet
        self.columns = columns
        self.chart = CHART
        self.edges = self._edges()
        self.heads = self._heads()
        self.labels = [
            fit_lines(each.touch.name, LABEL, self._wide(at) - 3, LABEL_LINES) if each.touch else []
            for at, each in enumerate(columns)
        ]
        self.icons = any(each.touch and each.touch.channel for each in columns)
        self.staged = any(each.stage.stage for each in columns)
        self.head = HUNDRED if self.staged else 16.0
        low = any(each.touch and each.group.ratio * 8 < 1 for each in columns)
        self.names = 9.0 if low else 0.0  # figures stand between the line of 0 and the icons
        lines = max(map(len, self.labels), default=0)
        self.names += LABELS if self.icons else 14.0
        self.below = self.names + LABEL.leading * max(0, lines - 1) + 6 if lines else 4.0
        self.before = 10.0 if first else 20.0

    @property
    def height(self) -> float:  # type: ignore[override]
        return self.head + self.chart + self.below

    @property
    def give(self) -> float:
        """How much less high the chart may be and still be read."""
        return self.chart - LOWEST_CHART

    def lower(self, by: float) -> None:
        self.chart -= min(by, self.give)

    # geometry

    def _edges(self) -> list[float]:
        """Where columns begin, and the last ends: as wide as each other, but neither a stage nor
        a word of a touchpoint is wider than its room."""
        least: list[float] = []
        for stage, low, high in self._spans():
            name = self.sheet.say(STAGES[stage.stage]) if stage.stage else ""
            share = (width(name, SMALL_STRONG) + COLUMN_GAP + AIR - 1) / (high - low)
            least += [max(share, _longest_word(each) + 3.5) for each in self.columns[low:high]]
        return list(
            itertools.accumulate(_shared(least, self.sheet.page.inner - INDENT), initial=INDENT)
        )

    def _heads(self) -> Style:
        """One size for the names of all stages."""
        names = [
            (width(self.sheet.say(STAGES[stage.stage]), BODY_STRONG), low, high)
            for stage, low, high in self._spans()
            if stage.stage
        ]
        fits = all(wide + AIR <= self.edges[high] - self.edges[low] for wide, low, high in names)
        return BODY_STRONG if fits else SMALL_STRONG

    def _wide(self, at: int) -> float:
        return self.edges[at + 1] - self.edges[at]

    def _middle(self, x: float, at: int) -> float:
        return x + (self.edges[at] + self.edges[at + 1] - COLUMN_GAP) / 2

    def _level(self, top: float, ratio: float) -> float:
        return top + self.head + self.chart * (1 - max(0.0, min(ratio, 1.0)))

    def _spans(self) -> list[tuple[StageScore, int, int]]:
        """Stages with the columns that they reach over."""
        found, at = [], 0
        for stage, each in itertools.groupby(self.columns, key=lambda column: column.stage):
            many = len(list(each))
            found.append((stage, at, at + many))
            at += many
        return found

    def missed(self, group: Group) -> bool:
        target = self.sheet.target_ratio
        return target is not None and group.ratio < target

    def percent(self, group: Group) -> str:
        return self.sheet.figures.short(group.ratio * 100, 1)

    # drawing

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.tags.figure(self._alt(), (x, top, self.sheet.page.inner, self.height))
        for stage, low, high in self._spans():
            self._stage(pen, top, (x + self.edges[low], x + self.edges[high] - COLUMN_GAP), stage)
        self._axis(pen, x, top)
        self._way(pen, x, top)
        self._names(pen, x, top + self.head + self.chart)
        pen.tags.end()

    def _stage(self, pen: Pen, top: float, span: tuple[float, float], stage: StageScore) -> None:
        left, right = span
        level = self._level(top, float(stage.group.ratio))
        foot = self._level(top, 0)
        if self.staged:
            pen.box(left, level, right - left, foot - level, NEUTRAL_SOFT)
        if stage.stage is None:
            return
        room = right - left + 1
        pen.rule(left, top, right, 0.8, TEXT)
        name = self.sheet.say(STAGES[stage.stage])
        pen.put(left, top + NAME, fit(name, self.heads, room), self.heads)
        figure = self.percent(stage.group)
        large = FIGURE_STYLE if width(figure, FIGURE_STYLE) <= room else SMALLER_FIGURE
        pen.put(
            left, top + FIGURE, figure, large.inked(DANGER if self.missed(stage.group) else TEXT)
        )
        pen.put(left, top + COUNT, fit(self._count(stage.group, room), SMALL, room), SMALL)

    def _count(self, group: Group, room: float) -> str:
        words = WORDS.plural(
            self.sheet.language, "n = {count} question", "n = {count} questions", group.n
        ).replace("n = ", "n\u00a0=\u00a0")
        return words if width(words, SMALL) <= room else f"n\u00a0=\u00a0{group.n}"

    def _axis(self, pen: Pen, x: float, top: float) -> None:
        right = x + self.sheet.page.inner - COLUMN_GAP
        target = self.sheet.snapshot.comparison.target
        aim = None if target is None else self._level(top, float(target) / 100)
        for value in (0, 50, 100):
            level = self._level(top, value / 100)
            pen.rule(x + INDENT, level, right, 0.5, RULE)
            if aim is None or abs(level - aim) > 8:
                pen.right(x + INDENT - 6, level + 2.7, str(value), SMALL)
        if target is not None and aim is not None:
            pen.line([(x + INDENT, aim), (right, aim)], TEXT, 0.8, dashed=True)
            words = self.sheet.figures.short(target)
            pen.right(x + INDENT - 6, aim + 2.7, words, CHIP.inked(TEXT))

    def _way(self, pen: Pen, x: float, top: float) -> None:
        """The line, its points, and their figures: above, or below where the target is missed."""
        places = [
            (self._middle(x, at), self._level(top, float(each.group.ratio)))
            for at, each in enumerate(self.columns)
        ]
        if not any(each.touch for each in self.columns):
            return
        pen.line(places, TEXT2, 1.6)
        for at, ((across, level), each) in enumerate(zip(places, self.columns, strict=True)):
            missed = self.missed(each.group)
            pen.dot(across, level, 3.3, DANGER if missed else theme.MET_BAR, WHITE, 1.3)
            style = BODY_STRONG.inked(DANGER) if missed else BODY
            below, aside = _clear(places, at, below=missed)
            base = self._off_target(top, level + 12.6 if below else level - 7.2, below=below)
            pen.middle(across + aside, base, self.percent(each.group), style)

    def _off_target(self, top: float, base: float, *, below: bool) -> float:
        """The baseline, moved where the target's line would strike the figure through."""
        target = self.sheet.target_ratio
        line = None if target is None else self._level(top, float(target))
        if line is None or not base - 7.5 < line < base + 2:
            return base
        return line + 9.5 if below else line - 3.5

    def _names(self, pen: Pen, x: float, top: float) -> None:
        for at, (each, lines) in enumerate(zip(self.columns, self.labels, strict=True)):
            if each.touch is None:
                continue
            middle = self._middle(x, at)
            base = top + self.names
            if each.touch.channel is not None:
                pen.icon(each.touch.channel.value, middle - 5.5, base - ICON_RISE, 11, TEXT2)
            for words in lines:
                pen.middle(middle, base, words, LABEL)
                base += LABEL.leading

    def _alt(self) -> str:
        said = []
        for stage, low, high in self._spans():
            touches = ", ".join(
                f"{column.touch.name} {self.percent(column.group)}"
                for column in self.columns[low:high]
                if column.touch
            )
            name = self.sheet.say(STAGES[stage.stage]) if stage.stage else ""
            figure = f"{name} {self.percent(stage.group)}" if name else ""
            said.append(": ".join(part for part in (figure, touches) if part))
        title = self.sheet.say(mark("Points won along the journey, in percent"))
        return f"{title}. {'; '.join(said)}."


def _shared(least: Sequence[float], room: float) -> list[float]:
    """``room`` in parts as alike as their least widths allow."""
    fixed: set[int] = set()
    while True:
        taken = sum(least[at] for at in fixed)
        even = (room - taken) / max(1, len(least) - len(fixed))
        tight = {at for at, wide in enumerate(least) if wide > even} - fixed
        if not tight or len(fixed | tight) == len(least):
            break
        fixed |= tight
    wides = [wide if at in fixed else even for at, wide in enumerate(least)]
    return [wide * room / sum(wides) for wide in wides]


def _longest_word(column: Column) -> float:
    words = column.touch.name.split() if column.touch else []
    return max((width(word, LABEL) for word in words), default=0.0)


def _clear(places: Sequence[tuple[float, float]], at: int, *, below: bool) -> tuple[bool, float]:
    """Whether a point's figure stands below it, and how far aside, so that no steep line passes
    through: over a peak, under a dip, else beside the slope."""
    level = places[at][1]
    ways = [places[to][1] - level for to in (at - 1, at + 1) if 0 <= to < len(places)]
    if all(way > STEEP for way in ways):
        return False, 0.0
    if all(way < -STEEP for way in ways):
        return True, 0.0
    if len(ways) < 2 or max(map(abs, ways)) <= STEEP:
        return below, 0.0
    if min(map(abs, ways)) > STEEP:
        return below, ASIDE if (ways[0] > 0) is below else -ASIDE
    steep = 0 if abs(ways[0]) > STEEP else 1
    if (ways[steep] > 0) is not below:
        return below, 0.0
    return below, ASIDE if steep == 0 else -ASIDE
