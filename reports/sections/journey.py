"""The customer's journey: score by stage, touchpoint and channel; indices; expectation gaps;
what was lost by root cause and by killer of experience. What has no data is absent.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from reports.findings import is_index
from reports.flow import Block, Break, Late
from reports.journey import StageScore, Touch, findings, gaps, stages
from reports.sections.causes import Causes
from reports.sections.headings import Heading
from reports.sections.indices import Indices
from reports.sections.journey_chart import JourneyChart, charts
from reports.sections.panels import Channels, Gaps, Panel, PanelRow
from reports.sheet import Sheet
from reports.words import WORDS, mark

LEFT, GUTTER = 190.0, 26.0
#: Touchpoints that the sentence under the title may name.
NAMED = 3
#: A page that has so much of it left is not left for a new one.
ROOMY = 0.6


def blocks(sheet: Sheet) -> list[Block]:
    way = stages(sheet) if sheet.scored else ()
    rows = _rows(sheet)
    if not way and not rows:
        return []
    title = sheet.say(mark("The customer’s journey"))
    heading = Heading(title, _sentence(sheet, way), sheet.page.inner)
    if not way:
        rows[0].before = 10.0
        return [heading, *rows]
    heading.aside = _key(sheet, way)
    if rows:
        rows[0].before = 20.0
    return [Journey([heading], charts(sheet, way), rows)]


class Journey(Late):
    """On the page that is begun where all of it has room, the chart giving way, or where most of
    the page is left; else on a new one."""

    def __init__(
        self, head: Sequence[Block], chart: Sequence[JourneyChart], rows: Sequence[Block]
    ) -> None:
        self.head = head
        self.chart = chart
        self.rows = rows

    def blocks(self, room: float, full: float) -> list[Block]:
        whole = [*self.head, *self.chart, *self.rows]
        if room < full:
            room -= self.head[0].before
        if self._fits(whole, room):
            return whole
        if room > full * ROOMY and _high([*self.head, *self.chart]) <= room:
            return whole
        self._fits(whole, full)
        return [Break(), *whole]

    def _fits(self, whole: Sequence[Block], room: float) -> bool:
        """Whether it does, the chart made as much lower as it takes."""
        over = _high(whole) - room
        if over > sum(chart.give for chart in self.chart):
            return False
        for chart in self.chart:
            chart.lower(max(0.0, _high(whole) - room))
        return True


def _high(blocks: Sequence[Block]) -> float:
    """From the top of the first to the foot of the last."""
    return sum(block.before + block.height for block in blocks) - blocks[0].before


def _key(sheet: Sheet, way: Sequence[StageScore]) -> str:
    """What the marks of the chart are."""
    said = []
    if any(each.stage for each in way):
        said.append(sheet.say(mark("columns: stages")))
    if any(each.touches for each in way):
        said.append(sheet.say(mark("line: touchpoints")))
    target = sheet.snapshot.comparison.target
    if target is not None:
        said.append(sheet.say(mark("dashed: target {target}"), target=sheet.figures.short(target)))
    return " · ".join(said)


def _sentence(sheet: Sheet, way: Sequence[StageScore]) -> str:
    """Where the way was worst, then what the figures are."""
    if not way:
        return ""
    how = sheet.say(mark("Figures are points won, in percent of those that could be won."))
    return " ".join([*_worst(sheet, way), how])


def _worst(sheet: Sheet, way: Sequence[StageScore]) -> list[str]:
    touches = [touch for stage in way for touch in stage.touches]
    if len(touches) < 2:
        return []
    least = min(touch.group.ratio for touch in touches)
    target = sheet.target_ratio
    if least >= (1 if target is None else target):
        return [] if target is None else [sheet.say(mark("Every touchpoint reached the target."))]
    found = _named([touch for touch in touches if touch.group.ratio == least])
    if len(found) > NAMED:
        return []
    return [
        WORDS.plural(
            sheet.language,
            "Lowest, at {figure}: {names}.",
            "Lowest, at {figure} each: {names}.",
            len(found),
            figure=sheet.figures.short(least * 100, 1),
            names=_listed(sheet, found),
        )
    ]


def _named(touches: Sequence[Touch]) -> list[str]:
    return list(dict.fromkeys(touch.name for touch in touches))


def _listed(sheet: Sheet, names: Sequence[str]) -> str:
    """``Door``, ``Door and Till``, ``Door, Till and Menu``."""
    if len(names) == 1:
        return names[0]
    *before, last = names
    return sheet.say(mark("{names} and {last}"), names=", ".join(before), last=last)


def _rows(sheet: Sheet) -> list[PanelRow]:
    """Two columns of panels; one alone, or one that needs more room, takes the whole width."""
    full = sheet.page.inner
    wide = full - LEFT - GUTTER
    left, right = _left(sheet), _right(sheet)
    alone = [panel for panel in right if panel.least > wide]
    right = [panel for panel in right if panel.least <= wide]
    if not left or not right:
        return [PanelRow([(panel, 0.0, full)]) for panel in (*left, *right, *alone)]
    rows = []
    for one, other in zip_longest(left, right):
        row: list[tuple[Panel, float, float]] = []
        if one is not None:
            row.append((one, 0.0, LEFT))
        if other is not None:
            row.append((other, LEFT + GUTTER, wide))
        rows.append(PanelRow(row))
    return [*rows, *(PanelRow([(panel, 0.0, full)]) for panel in alone)]


def _left(sheet: Sheet) -> list[Panel]:
    found: list[Panel] = []
    channels = Channels(sheet)
    if sheet.scored and not channels.empty:
        found.append(channels)
    pairs = gaps(sheet)
    if pairs:
        found.append(Gaps(sheet, pairs))
    return found


def _right(sheet: Sheet) -> list[Panel]:
    found: list[Panel] = []
    answered = [e for e in sheet.entries if is_index(e) and isinstance(e.answer.value, int)]
    if answered:
        found.append(Indices(sheet, answered))
    lost = findings(sheet)
    if lost is not None:
        found.append(Causes(sheet, lost))
    return found
