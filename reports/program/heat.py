"""Cells of a heat map beside a table: a section's result in figures, coloured where it is poor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports.figures import rounded
from reports.pen import Pen
from reports.program.sheet import NBSP, ProgramSheet
from reports.tagging import COLUMN
from reports.theme import (
    BODY,
    RULE,
    SMALL,
    TEXT,
    WHITE,
    Colour,
    Style,
    Weight,
    colour,
)
from reports.typeface import width, wrap
from reports.words import mark

ROW = 17.6
CELL, LEAST_CELL, TOTAL = 28.6, 18.0, 40.0
HEAD_LINE = 9.2
HEAD = Style(7.5, HEAD_LINE, Weight.REGULAR, SMALL.colour)
#: Lines of a heading over a column.
LINES = 2
#: From what figure on, up to the next: ground, ink, whether it is heavy.
STEPS: tuple[tuple[int, Colour, Colour, bool], ...] = (
    (90, WHITE, TEXT, False),
    (80, colour("#FBE9E7"), TEXT, False),
    (70, colour("#F0BDB7"), TEXT, False),
    (60, colour("#DA7F77"), TEXT, True),
    (0, colour("#A01F18"), WHITE, True),
)


def shade(percent: int) -> tuple[Colour, Colour, bool]:
    for least, ground, ink, heavy in STEPS:
        if percent >= least:
            return ground, ink, heavy
    return STEPS[-1][1:]


def percent(ratio: Fraction) -> int:
    """As it is printed, so that figure and colour agree."""
    return int(rounded(ratio * 100, 0))


@dataclass(frozen=True, slots=True)
class Heads:
    """The words over the columns; ``numbered``: their numbers, as the titles have no room."""

    lines: tuple[tuple[str, ...], ...]
    numbered: bool

    @property
    def height(self) -> float:
        return HEAD_LINE * max([len(each) for each in self.lines] + [1])


class HeatColumns:
    """Sections ``first`` up to ``stop`` as columns, each ``cell`` wide; ``total`` names the last
    column, "" where there is none."""

    def __init__(
        self, sheet: ProgramSheet, room: float, total: str, first: int = 0, stop: int | None = None
    ) -> None:
        self.sheet = sheet
        self.total = total
        self.first = first
        self.stop = len(sheet.titles) if stop is None else stop
        self.total_wide = TOTAL if total else 0.0
        many = max(1, self.stop - first)
        self.cell = min(CELL, (room - self.total_wide) / many)
        self.heads = self._heads()

    @property
    def wide(self) -> float:
        return self.cell * (self.stop - self.first) + self.total_wide

    def _heads(self) -> Heads:
        """Titles where every one has room, else the numbers of the sections."""
        shown = self.sheet.titles[self.first : self.stop]
        lines = tuple(tuple(wrap(title, HEAD, self.cell + 2)) for title in shown)
        fits = all(
            len(each) <= LINES and " ".join(each) == title and _whole(each, self.cell + 2)
            for each, title in zip(lines, shown, strict=True)
        )
        if fits:
            return Heads(lines, numbered=False)
        sections = self.sheet.snapshot.sections[self.first : self.stop]
        return Heads(tuple((str(each.number),) for each in sections), numbered=True)

    def key(self) -> str:
        """Which number is which section, where numbers stand over the columns."""
        if not self.heads.numbered:
            return ""
        sections = self.sheet.snapshot.sections[self.first : self.stop]
        titles = self.sheet.titles[self.first : self.stop]
        named = [
            f"{each.number}{NBSP}{title}" for each, title in zip(sections, titles, strict=True)
        ]
        return " · ".join(named)

    def draw_heads(self, pen: Pen, x: float, base: float) -> None:
        """``base`` is the last line's."""
        for at, lines in enumerate(self.heads.lines):
            pen.tags.leaf("TH", COLUMN)
            y = base - HEAD_LINE * (len(lines) - 1)
            for line in lines:
                pen.middle(x + (at + 0.5) * self.cell, y, line, HEAD)
                y += HEAD_LINE
        if self.total:
            pen.tags.leaf("TH", COLUMN)
            pen.right(x + self.wide, base, self.total, SMALL.heavy(Weight.SEMIBOLD).inked(TEXT))

    def draw_row(
        self,
        pen: Pen,
        x: float,
        top: float,
        ratios: Sequence[Fraction | None],
        total: str,
        *,
        plain: bool = False,
    ) -> None:
        """``plain``: a row of means, heavy and without colours."""
        for at, ratio in enumerate(self._shown(ratios)):
            self._cell(pen, x + at * self.cell, top, ratio, plain=plain)
        if self.total:
            pen.tags.leaf("TD")
            style = BODY.heavy(Weight.SEMIBOLD if plain else Weight.MEDIUM)
            pen.figures(x + self.wide, top + 12, total, style)

    def _shown(self, ratios: Sequence[Fraction | None]) -> list[Fraction | None]:
        """As many as there are columns."""
        known = list(ratios[self.first : self.stop])
        return known + [None] * (self.stop - self.first - len(known))

    def _cell(self, pen: Pen, x: float, top: float, ratio: Fraction | None, *, plain: bool) -> None:
        pen.tags.leaf("TD")
        middle = x + self.cell / 2
        if ratio is None:
            pen.middle(middle, top + 12, "–", SMALL)
            return
        figure = percent(ratio)
        ground, ink, heavy = shade(figure)
        if not plain and ground is not WHITE:
            pen.box(x + 0.5, top + 0.5, self.cell - 1, ROW - 1, ground)
        style = BODY if self.cell >= 22 else SMALL.inked(TEXT)
        style = style.heavy(Weight.SEMIBOLD if plain or heavy else Weight.REGULAR)
        pen.middle(middle, top + 12, str(figure), style if plain else style.inked(ink))


def _whole(lines: Sequence[str], room: float) -> bool:
    return all(width(line, HEAD) <= room for line in lines)


def legend_words() -> list[tuple[str, Colour, Colour]]:
    """``≥ 90``, ``80–89`` … with the ground and the ink of each."""
    found = []
    top = None
    for least, ground, ink, _ in STEPS:
        words = f"≥ {least}" if top is None else f"{least}–{top - 1}" if least else f"< {top}"
        found.append((words, ground, ink))
        top = least
    return found


def draw_legend(pen: Pen, right: float, base: float, room: float) -> None:
    """What the colours mean, ending at ``right``; every cell has its figure, so it is skipped
    where there is no room."""
    words = legend_words()
    wide = [max(24.0, width(each, SMALL) + 7) for each, _, _ in words]
    if sum(wide) > room:
        return
    pen.tags.skip()
    x = right - sum(wide)
    for (each, ground, ink), cell in zip(words, wide, strict=True):
        if ground is WHITE:
            pen.frame(x + 0.25, base - 8.25, cell - 0.5, 11.5, RULE)
        else:
            pen.box(x, base - 8.5, cell, 12, ground)
        pen.middle(x + cell / 2, base, each, SMALL.inked(ink))
        x += cell
    pen.tags.end()


def heat_title(sheet: ProgramSheet) -> str:
    return sheet.say(mark("Heat map"))


def total_head(sheet: ProgramSheet) -> str:
    """Over the results of the wave: its name, where it has room."""
    strong = SMALL.heavy(Weight.SEMIBOLD)
    fits = width(sheet.wave, strong) <= TOTAL - 1
    return sheet.wave if fits else sheet.say(mark("Result"))
