"""Regions and waves as tables of means: each with its n, its interval, its change, its sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports import text
from reports.flow import Block
from reports.pen import Pen
from reports.program.figures import Change, Mean, Verdict
from reports.program.heat import CELL, LEAST_CELL, ROW, HeatColumns, draw_legend
from reports.program.sheet import SHORT, ProgramSheet, change_ink
from reports.sections.headings import Lines
from reports.tagging import COLUMN
from reports.tagging import ROW as OF_ROW
from reports.theme import BLOCK, BODY, BODY_STRONG, RULE, SMALL, TEXT2, TOTAL_RULE, Weight
from reports.typeface import fit, width, wrap
from reports.words import mark

#: Right ends of the columns, counted from the right end of the table.
N, MEAN, REACH, CHANGE, WORDS_LEFT = 155.0, 121.0, 86.0, 46.0, 42.0
GAP, LEAST, INDENT = 14.0, 249.0, 9.0
#: Room for n beside a name, and the most that a name takes.
NEAR, MOST_NAME = 22.0, 130.0
FADED = BODY.inked(TEXT2)


@dataclass(frozen=True, slots=True)
class Rolled:
    """A row: ``depth`` is how far its name stands in, ``total`` one that sums the others up."""

    name: str
    result: Mean
    change: Change
    sections: Sequence[Fraction | None]
    depth: int = 0
    total: bool = False


@dataclass(frozen=True, slots=True)
class Rolls:
    """A table. ``key`` tells it apart, ``first`` is the head of its first column."""

    key: str
    title: str
    under: str
    first: str
    rows: Sequence[Rolled]


def _indent(row: Rolled) -> float:
    return INDENT * min(row.depth, 5)


class RollLayout:
    """As wide as the names need, as far as that leaves cells of the heat map their least."""

    def __init__(self, sheet: ProgramSheet, rows: Sequence[Rolled]) -> None:
        full, many = sheet.page.inner, len(sheet.titles)
        longest = max(width(row.name, BODY_STRONG) + _indent(row) for row in rows)
        wide = max(LEAST, min(longest, MOST_NAME) + N + NEAR)
        self.heat: HeatColumns | None = None
        if many and (full - LEAST - GAP) / many >= LEAST_CELL:
            room = max(full - wide - GAP, many * LEAST_CELL)
            self.heat = HeatColumns(sheet, min(room, many * CELL), "")
        self.wide = full - GAP - self.heat.wide if self.heat else full


class RollHead(Block):
    keep = True

    def __init__(
        self, sheet: ProgramSheet, of: Rolls, layout: RollLayout, *, again: bool = False
    ) -> None:
        self.sheet, self.of, self.layout, self.again = sheet, of, layout, again
        rise = layout.heat.heads.height if layout.heat else 9.2
        self.under = [] if again else wrap(of.under, SMALL, sheet.page.inner)
        self.titles = 0.0 if again else 20.0 + 10.5 * len(self.under)
        self.height = self.titles + rise + 7
        self.before = 0.0 if again else 24.0
        self.bookmark = None if again else of.title

    def draw(self, pen: Pen, x: float, top: float) -> None:
        if not self.again:
            pen.tags.leaf("H2")
            pen.put(x, top + 12, self.of.title, BLOCK)
            pen.tags.end()
            right = x + self.sheet.page.inner
            if self.layout.heat:
                room = self.sheet.page.inner - width(self.of.title, BLOCK) - 12
                draw_legend(pen, right, top + 12, room)
            pen.lines(x, top + 24.5, self.under, SMALL)
        self._heads(pen, x, top + self.height - 7)

    def _heads(self, pen: Pen, x: float, base: float) -> None:
        sheet, tags, right = self.sheet, pen.tags, x + self.layout.wide
        tags.open("Table", self.of.key)
        tags.open("TR", "head")
        tags.leaf("TH", COLUMN)
        pen.put(x, base, self.of.first, SMALL)
        for end, words in (
            (N, "n"),
            (MEAN, sheet.say(mark("Mean"))),
            (REACH, "±"),
            (CHANGE, sheet.say(mark("Change"))),
        ):
            tags.leaf("TH", COLUMN)
            pen.right(right - end, base, words, SMALL)
        tags.leaf("TH", COLUMN)  # the word beside the change
        if self.layout.heat:
            self.layout.heat.draw_heads(pen, right + GAP, base)
        tags.close(2)
        pen.rule(x, base + 7, x + self.layout.wide, 0.5, RULE)
        if self.layout.heat:
            pen.rule(right + GAP, base + 7, right + GAP + self.layout.heat.wide, 0.5, RULE)


class RollRow(Block):
    height = ROW

    def __init__(
        self, sheet: ProgramSheet, of: Rolls, layout: RollLayout, at: int, repeat: Block
    ) -> None:
        self.sheet, self.of, self.layout, self.at = sheet, of, layout, at
        self.row = of.rows[at]
        self.repeat = repeat

    def draw(self, pen: Pen, x: float, top: float) -> None:
        row, tags = self.row, pen.tags
        if row.total:
            pen.rule(x, top, x + self.layout.wide, 0.5, TOTAL_RULE)
        else:
            pen.rule(x, top + ROW, x + self.layout.wide, 0.35, RULE)
        tags.open("Table", self.of.key)
        tags.open("TR", ("row", self.at))
        tags.leaf("TH", OF_ROW)
        indent = _indent(row)
        style = BODY_STRONG if row.total or not row.depth else BODY
        room = self.layout.wide - N - NEAR - indent
        if width(row.name, style) > room:
            style = SMALL.inked(style.colour).heavy(style.weight)
        pen.put(x + indent, top + 12, fit(row.name, style, room), style)
        self._figures(pen, x + self.layout.wide, top + 12)
        if self.layout.heat:
            left = x + self.layout.wide + GAP
            self.layout.heat.draw_row(pen, left, top, row.sections, "", plain=row.total)
        tags.close(2)

    def _figures(self, pen: Pen, right: float, base: float) -> None:
        sheet, row, tags = self.sheet, self.row, pen.tags
        tags.leaf("TD")
        pen.figures(right - N, base, str(row.result.n), FADED)
        tags.leaf("TD")
        pen.figures(right - MEAN, base, sheet.score(row.result.value), BODY_STRONG)
        tags.leaf("TD")
        pen.figures(right - REACH, base, sheet.plus_minus(row.result), FADED)
        tags.leaf("TD")
        value, verdict = row.change.of.value, row.change.verdict
        clear = verdict in (Verdict.BETTER, Verdict.WORSE)
        style = BODY.heavy(Weight.SEMIBOLD if clear else Weight.REGULAR)
        ink = change_ink(row.change)
        pen.figures(right - CHANGE, base, "" if value is None else sheet.signed(value),
                    style.inked(ink))  # fmt: skip
        tags.leaf("TD")
        words = SHORT[verdict]
        if words:
            pen.put(
                right - WORDS_LEFT, base, sheet.say(words), SMALL.inked(ink if clear else TEXT2)
            )


def table(sheet: ProgramSheet, of: Rolls) -> list[Block]:
    if not of.rows:
        return []
    layout = RollLayout(sheet, of.rows)
    head = RollHead(sheet, of, layout)
    again = RollHead(sheet, of, layout, again=True)
    rows: list[Block] = [RollRow(sheet, of, layout, at, again) for at in range(len(of.rows))]
    if len(rows) > 1:
        rows[-2].keep = True
    found = [head, *rows]
    key = layout.heat.key() if layout.heat else ""
    if key:
        words = sheet.say(mark("Sections: {key}."), key=key)
        found.append(Lines(wrap(words, SMALL, sheet.page.inner), SMALL, before=5.0))
    return found


CHANGES = mark(
    "Change: of the locations that both waves have; clear where its 95 % interval does not hold 0."
)


def regions(sheet: ProgramSheet) -> list[Block]:
    """The tree of regions, each with all that lies below it."""
    found = sheet.of.regions
    if not found:
        return []
    rows = [
        Rolled(
            text.line(region.path[-1]) if region.path else sheet.say(mark("No region")),
            region.result,
            region.change,
            region.sections,
            max(0, len(region.path) - 1),
        )
        for region in found
    ]
    of = sheet.of
    network = sheet.say(mark("Network"))
    rows.append(Rolled(network, of.now, of.change, of.sections, total=True))
    under = sheet.say(mark("n counts locations; each region holds all below it.")) + " "
    return table(
        sheet,
        Rolls(
            "regions",
            sheet.say(mark("Regions, {wave}"), wave=sheet.wave_words()),
            (under + sheet.say(CHANGES)).replace(" %", "\u00a0%"),
            sheet.say(mark("Region")),
            rows,
        ),
    )


def waves(sheet: ProgramSheet) -> list[Block]:
    """Every wave that has a mean; nothing where there is one only."""
    program, snapshot = sheet.of, sheet.snapshot
    shown = [at for at, result in enumerate(program.waves) if result.n]
    if len(shown) < 2:
        return []
    rows = [
        Rolled(
            text.line(snapshot.waves[at].name),
            program.waves[at],
            program.change_to(at),
            snapshot.waves[at].sections,
        )
        for at in shown
    ]
    return table(
        sheet,
        Rolls(
            "waves",
            sheet.say(mark("Wave by wave")),
            (sheet.say(mark("n counts locations.")) + " " + sheet.say(CHANGES)).replace(
                " %", "\u00a0%"
            ),
            sheet.say(mark("Wave")),
            rows,
        ),
    )
