"""How the locations' results lie, and in which sections points were lost."""

from __future__ import annotations

from fractions import Fraction

from reports.figures import rounded
from reports.flow import Block
from reports.pen import Pen
from reports.program.sheet import ProgramSheet
from reports.tagging import COLUMN, ROW
from reports.theme import (
    BLOCK,
    BODY,
    BODY_STRONG,
    MET_BAR,
    RULE,
    SMALL,
    SMALL_STRONG,
    TEXT,
    TOTAL_RULE,
    TRACK,
)
from reports.typeface import fit, width, wrap
from reports.words import WORDS, mark

HIGH = 172.0
CHART = 92.0
GUTTER = 30.0
#: Half of a label under the end of an axis.
INSET = 7.0


class Histogram:
    """Locations by their result of the wave; each bar bears its number."""

    def __init__(self, sheet: ProgramSheet, wide: float) -> None:
        self.sheet, self.wide = sheet, wide
        self.bins = sheet.of.bins

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet = self.sheet
        pen.tags.leaf("H2")
        pen.put(x, top + 12, sheet.say(mark("Distribution of the results")), BLOCK)
        pen.tags.end()
        if not self.bins:
            pen.put(x, top + 30, sheet.say(mark("No visit of this wave has a score yet.")), BODY)
            return
        words = WORDS.plural(
            sheet.language, "{count} location", "{count} locations", sheet.of.now.n
        )
        pen.right(x + self.wide, top + 12, words, SMALL)
        pen.tags.figure(self._alt(), (x, top + 22, self.wide, CHART + 30))
        self._bars(pen, x + INSET, top + 32)
        pen.tags.end()
        pen.lines(x, top + 32 + CHART + 27, self._quartiles(), SMALL)

    def _alt(self) -> str:
        return "; ".join(f"{of.low}–{of.high}: {of.count}" for of in self.bins)

    def _bars(self, pen: Pen, x: float, y: float) -> None:
        column = min(44.0, (self.wide - 2 * INSET) / len(self.bins))
        most = max(of.count for of in self.bins)
        foot = y + CHART
        for at, of in enumerate(self.bins):
            left = x + at * column
            high = (CHART - 12) * of.count / most
            if of.count:
                pen.box(left + 1.5, foot - high, column - 3, high, MET_BAR)
                pen.middle(left + column / 2, foot - high - 3.5, str(of.count), SMALL_STRONG)
            if column >= 15 or at % 2 == 0:
                pen.middle(left, foot + 10.5, str(of.low), SMALL)
        pen.middle(x + len(self.bins) * column, foot + 10.5, str(self.bins[-1].high), SMALL)
        pen.rule(x, foot, x + len(self.bins) * column, 0.6, TOTAL_RULE)
        self._target(pen, x, y, column)

    def _target(self, pen: Pen, x: float, y: float, column: float) -> None:
        target = self.sheet.snapshot.target
        first, last = self.bins[0].low, self.bins[-1].high
        if target is None or not first <= target <= last:
            return
        step = self.bins[0].high - first
        at = x + column * float(target - first) / step
        pen.line([(at, y - 4), (at, y + CHART)], TEXT, 0.8, dashed=True)

    def _quartiles(self) -> list[str]:
        sheet, found = self.sheet, self.sheet.of.quartiles
        said = []
        if found is not None:
            low, middle, high = (sheet.score(each) for each in found)
            words = mark(
                "Half of the locations lie between {low} and {high}; the median is {middle}."
            )
            said.append(sheet.say(words, low=low, middle=middle, high=high))
        target = self.sheet.snapshot.target
        if target is not None and self.bins[0].low <= target <= self.bins[-1].high:
            said.append(sheet.say(mark("Dashed: target {target}."), target=sheet.target()))
        return wrap(" ".join(said), SMALL, self.wide) if said else []


class LostBySection:
    """What a visit lost of its total in each section, most first."""

    ROW = 17.0

    def __init__(self, sheet: ProgramSheet, wide: float) -> None:
        self.sheet, self.wide = sheet, wide
        lost = sheet.of.lost_by_section
        order = sorted(range(len(lost)), key=lambda at: (-lost[at], at))
        self.rows = [(sheet.titles[at], lost[at]) for at in order if lost[at] > 0]
        self.total = sum(lost, Fraction(0))
        self.shown = self.rows[:10]
        self.height = 54 + self.ROW * (len(self.shown) + 1) if self.rows else 0.0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, right = self.sheet, x + self.wide
        pen.tags.leaf("H2")
        pen.put(x, top + 12, sheet.say(mark("Where points were lost")), BLOCK)
        pen.tags.end()
        base = top + 30
        pen.tags.open("Table")
        pen.tags.open("TR")
        pen.tags.leaf("TH", COLUMN)
        pen.put(x, base, sheet.say(mark("Section")), SMALL)
        pen.tags.leaf("TH", COLUMN)
        pen.right(right - 40, base, sheet.say(mark("points a visit")), SMALL)
        pen.tags.leaf("TH", COLUMN)
        pen.right(right, base, sheet.say(mark("share")), SMALL)
        pen.tags.close()
        pen.rule(x, base + 5, right, 0.5, RULE)
        most = max(lost for _, lost in self.shown)
        for at, (title, lost) in enumerate(self.shown):
            self._row(pen, x, base + 5 + at * self.ROW, title, lost, most)
        self._total(pen, x, base + 5 + len(self.shown) * self.ROW)
        pen.tags.close()

    def _row(
        self, pen: Pen, x: float, y: float, title: str, lost: Fraction, most: Fraction
    ) -> None:
        right = x + self.wide
        names = self.wide * 0.42
        pen.tags.open("TR")
        pen.tags.leaf("TH", ROW)
        style = BODY if width(title, BODY) <= names else SMALL.inked(TEXT)
        pen.put(x, y + 12, fit(title, style, names), style)
        left, stop = x + names + 8, right - 78
        pen.box(left, y + 4.5, stop - left, 8, TRACK)
        pen.box(left, y + 4.5, (stop - left) * float(lost / most), 8, MET_BAR)
        self._figures(pen, right, y, lost, heavy=False)
        pen.tags.close()

    def _figures(self, pen: Pen, right: float, y: float, lost: Fraction, *, heavy: bool) -> None:
        style = BODY_STRONG if heavy else BODY
        pen.tags.leaf("TD")
        pen.figures(right - 40, y + 12, self.sheet.figures.number(-lost, 1), style)
        pen.tags.leaf("TD")
        share = rounded(100 * lost / self.total, 0)
        pen.figures(right, y + 12, f"{share}\u00a0%", style)

    def _total(self, pen: Pen, x: float, y: float) -> None:
        pen.rule(x, y, x + self.wide, 0.5, TOTAL_RULE)
        pen.tags.open("TR")
        pen.tags.leaf("TH", ROW)
        pen.put(x, y + 12, self.sheet.say(mark("All sections")), BODY_STRONG)
        self._figures(pen, x + self.wide, y, self.total, heavy=True)
        pen.tags.close()


class Spread(Block):
    """Both side by side; the distribution alone where no point was lost."""

    before = 24.0

    def __init__(self, sheet: ProgramSheet, *, histogram: bool) -> None:
        half = (sheet.page.inner - GUTTER) / 2
        lost = LostBySection(sheet, half)
        self.lost = lost if lost.rows else None
        wide = half if self.lost else sheet.page.inner
        self.histogram = Histogram(sheet, wide) if histogram else None
        if self.lost and not histogram:
            self.lost = LostBySection(sheet, sheet.page.inner)
        self.shift = half + GUTTER if self.histogram else 0.0
        self.height = max(HIGH if self.histogram else 0.0, self.lost.height if self.lost else 0.0)
        self.bookmark = sheet.say(
            mark("Distribution of the results") if histogram else mark("Where points were lost")
        )

    def draw(self, pen: Pen, x: float, top: float) -> None:
        if self.histogram:
            self.histogram.draw(pen, x, top)
        if self.lost:
            self.lost.draw(pen, x + self.shift, top)
