"""The league table and the heat map on shared rows: where each location stands, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import text
from reports.charts import axis
from reports.flow import Block
from reports.pen import Pen
from reports.program.figures import LAST, Row
from reports.program.heat import (
    CELL,
    LEAST_CELL,
    ROW,
    TOTAL,
    HeatColumns,
    draw_legend,
    heat_title,
    total_head,
)
from reports.program.sheet import NBSP, ProgramSheet
from reports.sections.headings import Lines
from reports.tagging import COLUMN, span
from reports.tagging import ROW as OF_ROW
from reports.theme import (
    BLOCK,
    BODY,
    BODY_STRONG,
    DANGER,
    MET_BAR,
    RULE,
    SMALL,
    SUCCESS,
    TEXT,
    TEXT2,
    TOTAL_RULE,
    WHITE,
    Colour,
    Weight,
)
from reports.typeface import figures_width, fit, width, wrap
from reports.words import WORDS, mark

GAP = 14.0
#: The least that the table takes beside the heat map; sections that leave it less go below.
LEAST = 245.0
#: From the left: rank, arrow, name; the others count from the right end of the table.
RANK, ARROW, NAME = 13.0, 27.5, 48.0
DIGIT = 5.0
CHART = 76.0
MOST_NAME = 130.0
MEDIUM = BODY.heavy(Weight.MEDIUM)
FADED = BODY.inked(TEXT2)


@dataclass(frozen=True, slots=True)
class Layout:
    """``wide`` is the table's; ``heat`` None: no room beside it. All others are from its left:
    ``names`` is where names begin."""

    wide: float
    heat: HeatColumns | None
    low: float
    high: float
    names: float = NAME

    @property
    def chart(self) -> float:
        return self.wide - CHART

    @property
    def mean(self) -> float:
        return self.chart - 11

    @property
    def count(self) -> float:
        return self.mean - 29

    @property
    def name(self) -> float:
        return self.count - 13 - self.names

    def across(self, value: float) -> float:
        return self.chart + CHART * (value - self.low) / (self.high - self.low)


def layout(sheet: ProgramSheet) -> Layout:
    low, high = _scale(sheet)
    full = sheet.page.inner
    digits = max([len(str(abs(row.moved or 0))) for row in sheet.of.league] + [1])
    names = NAME + DIGIT * (digits - 1)
    many = len(sheet.titles)
    if not many or (full - LEAST - GAP - TOTAL) / many < LEAST_CELL:
        return Layout(full, None, low, high, names)
    longest = max([width(sheet.name(row.place), MEDIUM) for row in sheet.of.league] + [0.0])
    wide = max(LEAST, names + min(longest, MOST_NAME) + 54 + CHART)
    room = max(full - wide - GAP, many * LEAST_CELL + TOTAL)
    heat = HeatColumns(sheet, min(room, many * CELL + TOTAL), total_head(sheet))
    return Layout(full - GAP - heat.wide, heat, low, high, names)


def _scale(sheet: ProgramSheet) -> tuple[float, float]:
    ends = [float(end) for row in sheet.of.league for end in (row.low, row.high) if end is not None]
    if sheet.snapshot.target is not None:
        ends.append(float(sheet.snapshot.target))
    if not ends:
        return 0.0, 100.0
    low, high, _ = axis(min(ends), max(ends))
    return low, high


class LeagueHead(Block):
    """Titles of both halves, then the heads of the columns; ``again`` leaves the titles out."""

    keep = True

    def __init__(self, sheet: ProgramSheet, of: Layout, *, again: bool = False) -> None:
        self.sheet, self.of, self.again = sheet, of, again
        rise = of.heat.heads.height if of.heat else 9.2
        self.titles = 0.0 if again else 31.0
        self.height = self.titles + rise + 7
        self.before = 0.0 if again else 15.0
        self.bookmark = None if again else sheet.say(mark("League table"))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        if not self.again:
            self._titles(pen, x, top)
        self._heads(pen, x, top + self.height - 7)

    def _titles(self, pen: Pen, x: float, top: float) -> None:
        sheet, of = self.sheet, self.of
        pen.tags.leaf("H2")
        pen.put(x, top + 12, sheet.say(mark("League table")), BLOCK)
        pen.tags.end()
        under = WORDS.plural(
            sheet.language,
            "by the last visit of each location",
            "by the mean of each location’s last {count} visits at most",
            LAST,
        )
        pen.put(x, top + 23.5, under, SMALL)
        if of.heat is None:
            return
        left = x + of.wide + GAP
        title = heat_title(sheet)
        pen.tags.leaf("H2")
        pen.put(left, top + 12, title, BLOCK)
        pen.tags.end()
        room = of.heat.wide - width(title, BLOCK) - 8
        draw_legend(pen, left + of.heat.wide, top + 12, room)
        words = sheet.say(mark("{wave}, percent of the section’s points"), wave=sheet.wave)
        pen.put(left, top + 23.5, fit(words, SMALL, of.heat.wide), SMALL)

    def _heads(self, pen: Pen, x: float, base: float) -> None:
        sheet, of, tags = self.sheet, self.of, pen.tags
        tags.open("Table", "league")
        tags.open("TR", "head")
        tags.leaf("TH", COLUMN)
        pen.put(x, base, sheet.say(mark("Place")), SMALL)
        tags.leaf("TH", COLUMN)  # movement: the note says what it is
        tags.leaf("TH", COLUMN)
        pen.put(x + of.names, base, sheet.say(mark("Location")), SMALL)
        tags.leaf("TH", COLUMN)
        pen.right(x + of.count, base, "n", SMALL)
        tags.leaf("TH", COLUMN)
        pen.right(x + of.mean, base, sheet.say(mark("Mean")), SMALL)
        tags.skip()
        pen.put(x + of.chart, base, f"{of.low:g}", SMALL)
        pen.middle(x + of.chart + CHART / 2, base, sheet.say(mark("range")), SMALL)
        pen.right(x + of.wide, base, f"{of.high:g}", SMALL)
        if of.heat:
            of.heat.draw_heads(pen, x + of.wide + GAP, base)
        tags.close(2)
        _rules(pen, x, base + 7, of, RULE)


def _rules(pen: Pen, x: float, y: float, of: Layout, ink: Colour) -> None:
    pen.rule(x, y, x + of.wide, 0.5, ink)
    if of.heat:
        pen.rule(x + of.wide + GAP, y, x + of.wide + GAP + of.heat.wide, 0.5, ink)


class LeagueRow(Block):
    height = ROW

    def __init__(self, sheet: ProgramSheet, of: Layout, row: Row, repeat: Block | None) -> None:
        self.sheet, self.of, self.row = sheet, of, row
        self.repeat = repeat

    def draw(self, pen: Pen, x: float, top: float) -> None:
        row, of, tags = self.row, self.of, pen.tags
        pen.rule(x, top + ROW, x + of.wide, 0.35, RULE)
        tags.open("Table", "league")
        tags.open("TR", ("row", row.at))
        self._place(pen, x, top + 12)
        tags.leaf("TH", OF_ROW)
        ranked = row.rank is not None
        name = self.sheet.name(row.place)
        style = MEDIUM if ranked else FADED
        if width(name, style) > of.name:
            style = SMALL.inked(style.colour).heavy(style.weight)
        pen.put(x + of.names, top + 12, fit(name, style, of.name), style)
        self._figures(pen, x, top)
        if of.heat:
            total = self.sheet.score(row.now) if row.now is not None else ""
            of.heat.draw_row(pen, x + of.wide + GAP, top, row.place.sections, total)
        tags.close(2)

    def _place(self, pen: Pen, x: float, base: float) -> None:
        row, tags = self.row, pen.tags
        tags.leaf("TD")
        if row.rank is None:
            pen.right(x + RANK, base, "–", FADED)
            tags.leaf("TD")
            return
        rank = str(row.rank)
        right = x + max(RANK, figures_width(rank, BODY_STRONG))
        pen.figures(right, base, rank, BODY_STRONG)
        if row.tied:
            pen.put(right + 1.5, base, "=", FADED)
        tags.leaf("TD")
        self._moved(pen, x + max(ARROW, right - x + 8), base)

    def _moved(self, pen: Pen, x: float, base: float) -> None:
        moved, sheet = self.row.moved, self.sheet
        if moved is None:
            return
        if moved == 0:
            pen.put(x, base, "–", FADED)
            return
        ink = SUCCESS if moved > 0 else DANGER
        words = sheet.say(mark("up")) if moved > 0 else sheet.say(mark("down"))
        pen.icon("up" if moved > 0 else "down", x - 0.5, base - 7.2, 8, ink, means=words)
        pen.put(x + 8.5, base, str(abs(moved)), SMALL.inked(ink).heavy(Weight.MEDIUM))

    def _figures(self, pen: Pen, x: float, top: float) -> None:
        row, of, tags = self.row, self.of, pen.tags
        base = top + 12
        if row.now is None:
            tags.leaf("TD", span(2))
            pen.right(x + of.wide, base, self.sheet.say(mark("not visited yet")), FADED)
            return
        tags.leaf("TD")
        pen.figures(x + of.count, base, str(row.n), FADED)
        tags.leaf("TD")
        style = BODY_STRONG if row.rank is not None else FADED
        pen.figures(x + of.mean, base, self.sheet.score(row.mean), style)
        self._range(pen, x, top)

    def _range(self, pen: Pen, x: float, top: float) -> None:
        """From the lowest to the highest of its visits, a dot at the mean: a ring for one visit."""
        row, of = self.row, self.of
        middle = top + ROW / 2
        self._target(pen, x, top)
        if row.mean is None or row.low is None or row.high is None:
            return
        low, high = of.across(float(row.low)), of.across(float(row.high))
        if high - low > 1:
            pen.line([(x + low, middle), (x + high, middle)], MET_BAR, 3.2)
        at = x + of.across(float(row.mean))
        if row.n > 1:
            pen.dot(at, middle, 2.9, TEXT)
        else:
            pen.dot(at, middle, 2.4, WHITE, TEXT, 1.1)

    def _target(self, pen: Pen, x: float, top: float) -> None:
        target = self.sheet.snapshot.target
        if target is not None:
            at = x + self.of.across(float(target))
            pen.line([(at, top), (at, top + ROW)], TEXT, 0.7, dashed=True)


class Between(Block):
    """In an excerpt: how many stand between the best and the last."""

    height = ROW

    def __init__(self, sheet: ProgramSheet, of: Layout, left_out: int) -> None:
        self.of = of
        self.words = WORDS.plural(
            sheet.language,
            "{count} more location in between: the whole table follows",
            "{count} more locations in between: the whole table follows",
            left_out,
        )

    def draw(self, pen: Pen, x: float, top: float) -> None:
        full = self.of.wide + (GAP + self.of.heat.wide if self.of.heat else 0.0)
        for at in range(3):
            pen.dot(x + 6.5, top + 4.6 + 4.2 * at, 0.9, TEXT2)
        pen.tags.leaf("P")
        pen.put(x + self.of.names, top + 12, fit(self.words, FADED, full - self.of.names), FADED)


class Network(Block):
    """The sums under the table, each with what it is a mean of."""

    height = ROW + 2

    def __init__(self, sheet: ProgramSheet, of: Layout, repeat: Block | None) -> None:
        self.sheet, self.of = sheet, of
        self.repeat = repeat

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, of, tags = self.sheet, self.of, pen.tags
        _rules(pen, x, top, of, TOTAL_RULE)
        mean, n = sheet.of.network
        tags.open("Table", "league")
        tags.open("TR", "network")
        tags.leaf("TD")
        tags.leaf("TD")
        tags.leaf("TH", OF_ROW)
        pen.put(x + of.names, top + 12.5, sheet.say(mark("Network")), BODY_STRONG)
        tags.leaf("TD")
        pen.figures(x + of.count, top + 12.5, sheet.figures.number(n, 0), FADED)
        tags.leaf("TD")
        pen.figures(x + of.mean, top + 12.5, sheet.score(mean), BODY_STRONG)
        if of.heat:
            total = sheet.score(sheet.of.now.value)
            left = x + of.wide + GAP
            of.heat.draw_row(pen, left, top + 0.5, sheet.of.sections, total, plain=True)
        tags.close(2)


def note(sheet: ProgramSheet, of: Layout) -> Lines:
    """What the signs of the table mean, as far as it has them."""
    rows, say = sheet.of.league, sheet.say
    said = []
    if any(row.tied for row in rows):
        said.append(say(mark("= shares its place, to the printed decimal.")))
    if any(row.before is not None for row in rows) and sheet.of.last is not None:
        last = text.line(sheet.snapshot.waves[sheet.of.last].name)
        said.append(say(mark("Arrows: places since the table after {last}."), last=last))
    if any(row.rank is None and row.n == 1 and row.now is not None for row in rows):
        said.append(say(mark("One visit gives no place.")))
    if sheet.snapshot.target is not None:
        said.append(say(mark("Dashed: target {target}."), target=sheet.target()))
    if of.heat:
        said.append(_cells(sheet))
        if key := of.heat.key():
            said.append(say(mark("Sections: {key}."), key=key))
    lines = wrap(" ".join(said), SMALL, sheet.page.inner)
    return Lines(lines, SMALL, before=5.0)


def _cells(sheet: ProgramSheet) -> str:
    """How many visits stand behind a cell."""
    now = sheet.snapshot.now
    counts = {
        sum(each.wave == now for each in row.place.scores)
        for row in sheet.of.league
        if row.now is not None
    }
    if not counts:
        return ""
    low, high = min(counts), max(counts)
    many = str(low) if low == high else f"{low}–{high}"
    return sheet.say(mark("Each cell of a location: n = {many}."), many=many).replace(
        "n = ", f"n{NBSP}={NBSP}"
    )


def table(sheet: ProgramSheet, of: Layout, rows: Sequence[Row], left_out: int = 0) -> list[Block]:
    """The table of ``rows``; ``left_out`` of them stand after the first rows of an excerpt."""
    head, again = LeagueHead(sheet, of), LeagueHead(sheet, of, again=True)
    found: list[Block] = [head]
    for at, row in enumerate(rows):
        if left_out and at == BEST:
            found.append(Between(sheet, of, left_out))
        found.append(LeagueRow(sheet, of, row, again))
    if len(found) > 1:
        found[-1].keep = True
    return [*found, Network(sheet, of, again), note(sheet, of)]


#: Rows at the top of an excerpt; the others are the last ones.
BEST = 4


def excerpt(sheet: ProgramSheet, of: Layout, room: int) -> list[Block]:
    """The table in ``room`` rows: whole, or its best and its last."""
    rows = [row for row in sheet.of.league if row.now is not None]
    waiting = [row for row in sheet.of.league if row.now is None]
    if len(rows) + len(waiting) <= room:
        return table(sheet, of, [*rows, *waiting])
    ranked = [row for row in rows if row.rank is not None] or rows
    last = room - 1 - BEST
    shown = [*ranked[:BEST], *ranked[-last:]] if len(ranked) > room - 1 else ranked[: room - 1]
    return table(sheet, of, shown, len(sheet.of.league) - len(shown))


def is_whole(sheet: ProgramSheet, room: int) -> bool:
    return len(sheet.of.league) <= room
