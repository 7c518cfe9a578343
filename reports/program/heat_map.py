"""Heat maps of their own, for sections that are too many to stand beside the league table."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reports.flow import Block
from reports.pen import Pen
from reports.program.figures import Row
from reports.program.heat import (
    LEAST_CELL,
    ROW,
    TOTAL,
    HeatColumns,
    draw_legend,
    heat_title,
    total_head,
)
from reports.program.league import MEDIUM, Layout
from reports.program.sheet import ProgramSheet
from reports.tagging import COLUMN
from reports.tagging import ROW as OF_ROW
from reports.theme import BLOCK, BODY_STRONG, RULE, SMALL, TOTAL_RULE, Style
from reports.typeface import fit, width, wrap
from reports.words import mark


class HeatHead(Block):
    """The heads of a heat map that stands by itself."""

    keep = True

    def __init__(self, sheet: ProgramSheet, heat: HeatColumns, key: str, *, again: bool) -> None:
        self.sheet, self.heat, self.key, self.again = sheet, heat, key, again
        words = sheet.say(mark("{wave}, percent of the section’s points"), wave=sheet.wave)
        told = ". ".join([words, heat.key()]) if heat.key() else words
        self.under = [] if again else wrap(told, SMALL, sheet.page.inner)
        titles = 0.0 if again else 20.5 + 10.5 * len(self.under)
        self.height = titles + heat.heads.height + 7
        self.before = 0.0 if again else 24.0
        self.bookmark = None if again else heat_title(sheet)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, right = self.sheet, x + self.sheet.page.inner
        if not self.again:
            title = heat_title(sheet)
            pen.tags.leaf("H2")
            pen.put(x, top + 12, title, BLOCK)
            pen.tags.end()
            draw_legend(pen, right, top + 12, sheet.page.inner - width(title, BLOCK) - 8)
            pen.lines(x, top + 23.5, self.under, SMALL)
        base = top + self.height - 7
        pen.tags.open("Table", self.key)
        pen.tags.open("TR", "head")
        pen.tags.leaf("TH", COLUMN)
        pen.put(x, base, sheet.say(mark("Location")), SMALL)
        self.heat.draw_heads(pen, right - self.heat.wide, base)
        pen.tags.close(2)
        pen.rule(x, base + 7, right, 0.5, RULE)


class HeatRow(Block):
    height = ROW

    def __init__(
        self,
        sheet: ProgramSheet,
        heat: HeatColumns,
        key: str,
        named: tuple[str, Sequence[Fraction | None], str],
        repeat: Block,
        *,
        total: bool = False,
    ) -> None:
        self.sheet, self.heat, self.key, self.named = sheet, heat, key, named
        self.repeat, self.total = repeat, total

    def draw(self, pen: Pen, x: float, top: float) -> None:
        right = x + self.sheet.page.inner
        name, ratios, result = self.named
        if self.total:
            pen.rule(x, top, right, 0.5, TOTAL_RULE)
        style: Style = BODY_STRONG if self.total else MEDIUM
        pen.tags.open("Table", self.key)
        pen.tags.open("TR", ("row", name, id(self)))
        pen.tags.leaf("TH", OF_ROW)
        room = self.sheet.page.inner - self.heat.wide - 8
        pen.put(x, top + 12, fit(name, style, room), style)
        self.heat.draw_row(pen, right - self.heat.wide, top, ratios, result, plain=self.total)
        pen.tags.close(2)
        pen.rule(x, top + ROW, right, 0.35, RULE)


#: Room for the names beside a heat map of its own.
NAMES = 120.0


def heat_maps(sheet: ProgramSheet, of: Layout) -> list[Block]:
    """Where sections are too many to stand beside the league table: maps of their own, as many
    columns in each as a page holds."""
    many = len(sheet.titles)
    if of.heat is not None or not many:
        return []
    room = sheet.page.inner - NAMES
    most = int((room - TOTAL) / LEAST_CELL)
    total = total_head(sheet)
    found: list[Block] = []
    for first in range(0, many, most):
        heat = HeatColumns(sheet, room, total, first, min(first + most, many))
        found += _heat_map(sheet, heat, f"heat{first}")
    return found


def _heat_map(sheet: ProgramSheet, heat: HeatColumns, key: str) -> list[Block]:
    head = HeatHead(sheet, heat, key, again=False)
    again = HeatHead(sheet, heat, key, again=True)
    rows: list[Block] = [
        HeatRow(sheet, heat, key, _named(sheet, row), again)
        for row in sheet.of.league
        if row.now is not None
    ]
    if rows:
        rows[-1].keep = True
    network = (sheet.say(mark("Network")), sheet.of.sections, sheet.score(sheet.of.now.value))
    return [head, *rows, HeatRow(sheet, heat, key, network, again, total=True)]


def _named(sheet: ProgramSheet, row: Row) -> tuple[str, Sequence[Fraction | None], str]:
    return sheet.name(row.place), row.place.sections, sheet.score(row.now)
