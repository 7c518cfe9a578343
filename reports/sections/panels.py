"""What stands in columns under the journey: what a panel is; channels; expectation gaps."""

from __future__ import annotations

from collections.abc import Sequence

from reports.charts import Bar, bar
from reports.figures import NBSP
from reports.flow import Block
from reports.journey import CHANNELS, Gap, Group, channels, employee_side, service
from reports.pen import Pen
from reports.sheet import Entry, Sheet
from reports.tagging import ROW
from reports.theme import (
    BLOCK,
    BODY,
    BODY_STRONG,
    DANGER,
    MET_BAR,
    RULE,
    SMALL,
    TEXT,
    TEXT2,
    WHITE,
    Style,
)
from reports.typeface import fit_lines, width, wrap
from reports.words import mark

#: From the top of a panel to what stands under its title.
TITLE = 24.0
NARROW = Style(7.5, 9.0)


class Panel:
    """``least`` is the least width in which it reads well; ``high`` counts its title in."""

    least = 0.0

    def __init__(self, sheet: Sheet, title: str) -> None:
        self.sheet = sheet
        self.title = title

    def high(self, wide: float) -> float:
        raise NotImplementedError

    def draw(self, pen: Pen, x: float, top: float, wide: float) -> None:
        raise NotImplementedError

    def heading(self, pen: Pen, x: float, top: float) -> None:
        pen.tags.leaf("H3")
        pen.put(x, top + 11, self.title, BLOCK)
        pen.tags.end()


class PanelRow(Block):
    """Panels side by side; each is (panel, distance from the left margin, width)."""

    before = 24.0

    def __init__(self, panels: Sequence[tuple[Panel, float, float]]) -> None:
        self.panels = panels
        self.height = max(panel.high(wide) for panel, _, wide in panels)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for panel, left, wide in self.panels:
            depth = pen.tags.depth()
            panel.draw(pen, x + left, top, wide)
            pen.tags.settle(depth)


class Channels(Panel):
    """Score by channel; under it, after-sale service and the employee side."""

    least = 190.0
    ROW = 17.7
    LABEL, BAR_END, FIGURE_END = 18.0, 130.0, 158.0

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet, sheet.say(mark("Score by channel")))
        self.rows = channels(sheet)
        if not self.rows:
            self.title = sheet.say(mark("Set apart"))
        self.notes = [words for words in (self._service(), self._employee()) if words]

    @property
    def empty(self) -> bool:
        return not self.rows and not self.notes

    def _service(self) -> str:
        found = service(self.sheet)
        if found is None:
            return ""
        after, whole = found
        return self.sheet.say(
            mark("After-sale service ({numbers}): {service}; the whole experience: {whole}."),
            numbers=_numbers(after.entries),
            service=self._percent(after),
            whole=self._percent(whole),
        )

    def _employee(self) -> str:
        found = employee_side(self.sheet)
        if found is None:
            return ""
        return self.sheet.say(
            mark("Employee side, in none of these figures ({numbers}): {figure}."),
            numbers=_numbers(found.entries),
            figure=self._percent(found),
        )

    def _percent(self, of: Group) -> str:
        return self.sheet.figures.number(of.ratio * 100, 1)

    def _note_lines(self, wide: float) -> list[str]:
        return [line for words in self.notes for line in wrap(words, SMALL, wide)]

    def high(self, wide: float) -> float:
        notes = 10.5 * len(self._note_lines(wide))
        return TITLE + self.ROW * len(self.rows) + (notes + 4 if notes else 0.0)

    def draw(self, pen: Pen, x: float, top: float, wide: float) -> None:
        self.heading(pen, x, top)
        stretch = wide - self.least
        y = top + TITLE
        if self.rows:
            pen.tags.open("Table")
        for name, of in self.rows:
            pen.tags.open("TR")
            pen.icon(name.value, x, y + 1.5, 11, TEXT2)
            pen.tags.leaf("TH", ROW)
            pen.put(x + self.LABEL, y + 10, self.sheet.say(CHANNELS[name]), BODY)
            self._row(pen, x, y, stretch, of)
            pen.tags.close()
            y += self.ROW
        if self.rows:
            pen.tags.close()
        pen.lines(x, y + 10, self._note_lines(wide), SMALL)

    def _row(self, pen: Pen, x: float, y: float, stretch: float, of: Group | None) -> None:
        tags, sheet = pen.tags, self.sheet
        longest = max(width(sheet.say(CHANNELS[name]), BODY) for name, _ in self.rows)
        left = x + self.LABEL + longest + 8
        tags.leaf("TD")
        if of is None:
            pen.put(left, y + 10, sheet.say(mark("not rated")), BODY.inked(TEXT2))
            tags.leaf("TD")
            return
        shown = Bar(of.ratio, sheet.target_ratio)
        bar(pen, left, y + 3, x + self.BAR_END + stretch - left, 8, shown)
        style = BODY_STRONG.inked(DANGER) if shown.missed else BODY
        pen.figures(x + self.FIGURE_END + stretch, y + 10, self._percent(of), style)
        tags.leaf("TD")
        pen.right(x + self.least + stretch, y + 10, f"n{NBSP}={NBSP}{of.n}", SMALL)


def _numbers(entries: Sequence[Entry]) -> str:
    """``7.1–7.3``, ``4.1, 6.2``: neighbours of the checklist as a span."""
    spans: list[list[Entry]] = []
    for entry in sorted(entries, key=lambda entry: entry.item.index):
        if spans and _follows(spans[-1][-1], entry):
            spans[-1].append(entry)
        else:
            spans.append([entry])
    named = [
        f"{span[0].ref}–{span[-1].ref}" if len(span) > 2 else ", ".join(e.ref for e in span)
        for span in spans
    ]
    return ", ".join(named)


def _follows(one: Entry, other: Entry) -> bool:
    """Whether ``other`` is the next number of the same section."""
    first, _, last = one.ref.rpartition(".")
    section, _, number = other.ref.rpartition(".")
    return first == section and last.isdigit() and number.isdigit() and int(number) - int(last) == 1


class Gaps(Panel):
    """What was expected (ring) and perceived (dot) on one scale, the worst first."""

    least = 190.0
    ROW = 23.8
    SCALE, SCALE_END = 85.0, 165.0
    #: Rows; more are counted.
    MOST = 12

    def __init__(self, sheet: Sheet, found: Sequence[Gap]) -> None:
        super().__init__(sheet, sheet.say(mark("Expected and perceived")))
        self.gaps = found[: self.MOST]
        self.left_out = len(found) - len(self.gaps)
        ends = {(gap.low, gap.high) for gap in self.gaps}
        self.scale = ends.pop() if len(ends) == 1 else None

    def high(self, wide: float) -> float:
        more = 14.0 if self.left_out else 0.0
        return TITLE + 32 + self.ROW * len(self.gaps) + more

    def draw(self, pen: Pen, x: float, top: float, wide: float) -> None:
        self.heading(pen, x, top)
        stretch = wide - self.least
        pen.tags.figure(self._alt(), (x, top + 16, wide, self.high(wide) - 16))
        self._legend(pen, x, top + 28)
        first = top + TITLE + 32
        low, high = x + self.SCALE, x + self.SCALE_END + stretch
        self._grid(pen, low, high, first)
        for at, gap in enumerate(self.gaps):
            self._row(pen, (x, low, high, x + wide), first + (at + 0.5) * self.ROW, gap)
        pen.tags.end()
        if self.left_out:
            more = mark("and {count} more under “Every question”")
            words = self.sheet.say(more, count=self.left_out)
            pen.put(x, first + self.ROW * len(self.gaps) + 10, words, SMALL)

    def _legend(self, pen: Pen, x: float, base: float) -> None:
        say = self.sheet.say
        pen.dot(x + 3, base - 2.7, 2.6, WHITE, TEXT, 1.3)
        expected = say(mark("expected"))
        pen.put(x + 9, base, expected, SMALL)
        x += 9 + width(expected, SMALL) + 12
        pen.dot(x + 3, base - 2.7, 3.1, MET_BAR)
        perceived = say(mark("perceived"))
        pen.put(x + 9, base, perceived, SMALL)
        if self.scale:
            words = say(mark("scale {low}–{high}"), low=self.scale[0], high=self.scale[1])
            x += 9 + width(perceived, SMALL) + 12
            pen.put(x, base, f"{words}, n{NBSP}={NBSP}1", SMALL)

    def _grid(self, pen: Pen, low: float, high: float, first: float) -> None:
        if self.scale is None:
            return
        start, end = self.scale
        every = max(1, -(-(end - start) // 10))
        for value in range(start, end + 1, every):
            across = low + (high - low) * (value - start) / (end - start)
            pen.middle(across, first - 5, str(value), SMALL)
            pen.box(across - 0.25, first, 0.5, self.ROW * len(self.gaps), RULE)

    def _row(
        self, pen: Pen, span: tuple[float, float, float, float], middle: float, gap: Gap
    ) -> None:
        x, low, high, right = span

        def place(value: int) -> float:
            return low + (high - low) * (value - gap.low) / (gap.high - gap.low)

        room = low - x - 9
        style = BODY if width(gap.entry.short, BODY) <= room else NARROW
        lines = fit_lines(gap.entry.short, style, room, 2)
        pen.lines(x, middle + 2.9 - (len(lines) - 1) * style.leading / 2, lines, style)
        ink = DANGER if gap.size < 0 else MET_BAR
        expected, perceived = place(gap.expected), place(gap.perceived)
        if gap.size:
            pen.line([(expected, middle), (perceived, middle)], ink, 2, butt=True)
        pen.dot(expected, middle, 3.6 if gap.size else 5.2, WHITE, TEXT, 1.4)
        pen.dot(perceived, middle, 3.3, ink)
        strong = BODY_STRONG.inked(DANGER) if gap.size < 0 else BODY
        pen.figures(right, middle + 2.9, self.sheet.figures.signed(gap.size, 0), strong)

    def _alt(self) -> str:
        words = mark("{name}: expected {expected}, perceived {perceived} on {low} to {high}")
        return "; ".join(
            self.sheet.say(
                words,
                name=gap.entry.short,
                expected=gap.expected,
                perceived=gap.perceived,
                low=gap.low,
                high=gap.high,
            )
            for gap in self.gaps
        )
