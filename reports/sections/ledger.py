"""The score ledger: every point of the score traced to an answer, and the rules after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from forms.checklist import SectionMode, TotalMode
from forms.scorecard import Status
from reports.flow import Block, Break
from reports.pen import Pen
from reports.sections.headings import Heading
from reports.sections.sums import SumBox
from reports.sheet import Entry, Part, Sheet
from reports.tagging import COLUMN, span
from reports.tagging import ROW as OF_ROW
from reports.theme import (
    CHIP,
    DANGER,
    HEAD,
    RULE,
    SMALL,
    SMALL_STRONG,
    TEXT,
    TEXT2,
    TEXT3,
    Style,
    Weight,
)
from reports.typeface import figures_width, fit, fit_lines, width
from reports.words import mark

ROW = 12.2
SECTION_ROW = 15.2
SECTION_GAP = 4.5
HEAD_ROW = 17.0
COLUMN_GAP = 26.0
#: Of a question whose name takes a second line.
SECOND_LINE = 9.0
#: From a column's right edge: where lost, into total, weight and earned / possible end.
LOST, INTO, WEIGHT = 4.0, 37.0, 73.0
#: Where the arithmetic of a section ends.
SUMS = 65.0
EARNED = 101.0
CELL = Style(7.5, 10)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the ledger: a section's (no entry) or a question's, named on ``words``.

    ``continued`` is a section's row again, above its questions in the next column.
    """

    part: Part
    entry: Entry | None = None
    first: bool = False
    words: tuple[str, ...] = ()
    continued: bool = False

    @property
    def high(self) -> float:
        if self.entry is not None:
            return ROW + SECOND_LINE * (len(self.words) - 1)
        return SECTION_ROW + (0 if self.first else SECTION_GAP)


def blocks(sheet: Sheet) -> list[Block]:
    if not sheet.scored:
        return []
    under = f"{_claim(sheet)} {_formula(sheet)}"
    heading = Heading(sheet.say(mark("Score ledger")), under, sheet.page.inner)
    return [Break(), heading, *_columns(sheet, heading.height), SumBox(sheet)]


def _claim(sheet: Sheet) -> str:
    assert sheet.card.score is not None
    score = sheet.score_text(sheet.card.score)
    return sheet.say(mark("Every point of {score} leads back to an answer."), score=score)


def _formula(sheet: Sheet) -> str:
    scoring = sheet.scoring
    if scoring.total is TotalMode.POINTS:
        return sheet.say(mark("Into total = earned × weight × 100 ÷ all that was possible."))
    if scoring.section is SectionMode.MEAN:
        return sheet.say(
            mark(
                "Into total = earned ÷ possible, as a weighted mean of the section, × the "
                "section’s share of the total."
            )
        )
    return sheet.say(
        mark("Into total = earned × weight × the section’s share ÷ the section’s possible.")
    )


def _columns(sheet: Sheet, taken: float) -> list[Block]:
    """Pages of two columns, filled one after the other; the last page's are of a height."""
    lines: list[Line] = []
    for part in sheet.parts:
        if part.score.hidden:
            continue
        lines.append(Line(part, first=not lines))
        lines += [
            Line(part, entry, words=_name(sheet, entry)) for entry in part.entries if _listed(entry)
        ]
    pages: list[Block] = []
    room = sheet.page.foot - sheet.page.top - taken - HEAD_ROW - 4
    while lines:
        left, right, lines = _page(lines, room)
        pages.append(LedgerPage(sheet, left, right, again=bool(pages)))
        room = sheet.page.foot - sheet.page.top - HEAD_ROW - 4
    return pages


def _name(sheet: Sheet, entry: Entry) -> tuple[str, ...]:
    """The question's short name, on two lines where one does not hold it."""
    return tuple(fit_lines(entry.short, CELL, _room(sheet, entry), 2))


def _room(sheet: Sheet, entry: Entry) -> float:
    """For the name of a question, beside its figures or why it does not count."""
    room = column(sheet) - 4 - sheet.small_indent - (11 if entry.item.critical else 0) - 6
    if _is_left_out(entry):
        return room - INTO - width(_left_out(sheet, entry)[1], SMALL) - 11.5
    return room - EARNED - sum(figures_width(each, CELL) for each in _earned(sheet, entry))


def column(sheet: Sheet) -> float:
    return (sheet.page.inner - COLUMN_GAP) / 2


def _is_left_out(entry: Entry) -> bool:
    score = entry.score
    return score.status is not Status.SCORED and not (score.possible or score.earned)


def _left_out(sheet: Sheet, entry: Entry) -> tuple[str, str]:
    """Icon and words: why a question does not count."""
    score = entry.score
    if score.status is Status.HIDDEN:
        return "hidden", sheet.say(mark("not asked, no points"))
    points = _short(sheet, score.full)
    if score.status is Status.NOT_APPLICABLE:
        return "na", sheet.say(mark("N/A, {points} left out"), points=points)
    return "blank", sheet.say(mark("blank, {points} left out"), points=points)


def _earned(sheet: Sheet, entry: Entry) -> tuple[str, str]:
    """``2``, ``/ 4``; ``+2`` of a bonus, ``−1`` of a penalty, which are out of nothing."""
    score = entry.score
    earned = _short(sheet, score.base_earned)
    if score.bonus:
        return f"+{earned}", ""
    if score.base_possible == 0:
        return earned, ""
    return earned, f" / {_short(sheet, score.base_possible)}"


def _listed(entry: Entry) -> bool:
    """Questions that count, could have counted, or were left out; the unscored are not."""
    return entry.score.status is not Status.UNSCORED and (
        entry.score.status is Status.SCORED
        or entry.score.full.numerator > 0
        or entry.score.possible.numerator > 0
    )


def _page(lines: list[Line], room: float) -> tuple[list[Line], list[Line], list[Line]]:
    total = sum(line.high for line in lines)
    if total <= room * 2 - 40:
        at = _middle(lines, total, room)
        if at is not None:
            return lines[:at], _again(lines[at:]), []
    left = _fill(lines, room)
    after = _again(lines[left:])
    right = _fill(after, room)
    return lines[:left], after[:right], _again(after[right:])


def _again(lines: list[Line]) -> list[Line]:
    """A column never begins inside a section without saying which."""
    if not lines or lines[0].entry is None:
        return lines
    return [Line(lines[0].part, first=True, continued=True), *lines]


def _middle(lines: list[Line], total: float, room: float) -> int | None:
    """Where to break so that the columns are of a height, at a section if one begins near."""
    best: tuple[float, int] | None = None
    high = 0.0
    for at, line in enumerate(lines):
        tallest = max(high, total - high + (0.0 if line.entry is None else SECTION_ROW))
        if at and tallest <= room and not _orphaned(lines, at):
            cost = tallest + (0.0 if line.entry is None else 24.0)
            best = min(best, (cost, at)) if best else (cost, at)
        high += line.high
    return best[1] if best else (len(lines) if total <= room else None)


def _fill(lines: Sequence[Line], room: float) -> int:
    """How many of the first lines fit; a section's row never ends a column."""
    high, at = 0.0, 0
    while at < len(lines) and high + lines[at].high <= room:
        high += lines[at].high
        at += 1
    while 1 < at < len(lines) and _orphaned(lines, at):
        at -= 1
    return max(at, 1)


def _orphaned(lines: Sequence[Line], at: int) -> bool:
    """Whether a break before ``at`` leaves a section's row, or that and one question, alone."""
    return lines[at - 1].entry is None or (
        at > 1 and at < len(lines) and (lines[at - 2].entry is None and lines[at].entry is not None)
    )


class LedgerPage(Block):
    before = 0.0

    def __init__(
        self, sheet: Sheet, left: Sequence[Line], right: Sequence[Line], *, again: bool
    ) -> None:
        self.sheet = sheet
        self.again = again
        self.sides = (left, right)
        self.wide = column(sheet)
        self.refs = sheet.small_indent
        tallest = max(sum(line.high for line in side) for side in self.sides)
        self.height = HEAD_ROW + tallest + 3

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for side in self.sides:
            if side:
                self._side(pen, x, top, side)
            x += self.wide + COLUMN_GAP

    def _side(self, pen: Pen, x: float, top: float, lines: Sequence[Line]) -> None:
        pen.tags.open("Table", "ledger")
        self._heads(pen, x, top + 9)
        y = top + HEAD_ROW
        for at, line in enumerate(lines):
            if line.entry is not None:
                self._question(pen, x, y, line, line.entry)
                y += line.high
            else:
                y += 0.0 if line.first or at == 0 else SECTION_GAP
                self._section(pen, x, y, line.part, continued=line.continued)
                y += SECTION_ROW
        pen.tags.close()

    def _heads(self, pen: Pen, x: float, base: float) -> None:
        """A row of headers above the first column, the same words above the others."""
        sheet, right, tags = self.sheet, x + self.wide, pen.tags
        weight = sheet.say(mark("Weight"))
        earned = right - WEIGHT - 5 - width(weight, SMALL) - 7
        heads = (
            (x + 4 + width(sheet.say(mark("Question")), SMALL), sheet.say(mark("Question"))),
            (earned, sheet.say(mark("Earned"))),
            (right - WEIGHT - 5, weight),
            (right - INTO, sheet.say(mark("Into total"))),
            (right - LOST, sheet.say(mark("Lost"))),
        )
        tags.open("TR", "head")
        for at, (where, words) in enumerate(heads):
            if self.again or x > sheet.page.left:
                tags.skip()
            else:
                tags.leaf("TH", COLUMN, at)
            pen.right(where, base, words, SMALL)
        tags.close()

    def _section(self, pen: Pen, x: float, y: float, part: Part, *, continued: bool) -> None:
        sheet, right, score, tags = self.sheet, x + self.wide, part.score, pen.tags
        pen.box(x, y, self.wide, SECTION_ROW - 2, HEAD)
        base = y + 9.4
        if continued:
            tags.skip()
        else:
            tags.open("TR", part.number)
            tags.leaf("TH", OF_ROW)
        pen.put(x + 4, base, str(part.number), CHIP.inked(TEXT))
        if continued:
            words = sheet.say(mark("{section}, continued"), section=part.title)
            pen.put(x + 16, base, fit(words, CHIP, self.wide - 20), CHIP.inked(TEXT))
            tags.end()
            return
        if score.share is None:
            words = sheet.say(mark("not scored"))
            room = self.wide - 24 - width(words, SMALL) - 8
            pen.put(x + 16, base, fit(part.title, CHIP, room), CHIP.inked(TEXT))
            tags.leaf("TD", span(4))
            pen.right(right - LOST, base, words, SMALL)
            tags.close()
            return
        sums = self._sum(part)
        room = self.wide - SUMS - 16 - width(sums, SMALL) - 5
        pen.put(x + 16, base, fit(part.title, CHIP, room), CHIP.inked(TEXT))
        tags.leaf("TD", span(2))
        pen.right(right - SUMS, base, sums, SMALL)
        number = sheet.figures.number
        tags.leaf("TD")
        pen.figures(right - INTO, base, number(score.share, 2), CHIP.inked(TEXT))
        lost = (score.whole or Fraction(0)) - score.share
        tags.leaf("TD")
        self._lost(pen, right - LOST, base, lost)
        tags.close()

    def _sum(self, part: Part) -> str:
        """``10 / 16 × 20 =``: the section's arithmetic, as far as a row holds it."""
        score, short = part.score, self.sheet.figures.short
        whole = short(score.whole or Fraction(0), 2)
        if self.sheet.scoring.section is SectionMode.MEAN:
            return f"{self.sheet.figures.percent(score.ratio or 0, 1)} × {whole} ="
        if self.sheet.scoring.total is TotalMode.POINTS:
            return f"{short(score.earned)} / {short(score.possible)} ="
        sums = f"{short(score.earned)} / {short(score.possible)} × {whole}"
        if score.possible and score.ratio != score.earned / score.possible:
            return self.sheet.say(mark("{sums}, bounded"), sums=sums)
        return f"{sums} ="

    def _question(self, pen: Pen, x: float, y: float, line: Line, entry: Entry) -> None:
        right, base, score = x + self.wide, y + 8.9, entry.score
        quiet = score.status is not Status.SCORED
        pen.tags.open("TR", entry.key)
        pen.tags.leaf("TH", OF_ROW)
        pen.put(x + 4, base, entry.ref, SMALL.inked(TEXT3))
        left = x + 4 + self.refs
        for at, words in enumerate(line.words):
            pen.put(left, base + at * SECOND_LINE, words, CELL.inked(TEXT2 if quiet else TEXT))
        if entry.item.critical:
            ink = DANGER if score.failed else TEXT3
            down = base + SECOND_LINE * (len(line.words) - 1)
            means = self.sheet.say(mark("Critical"))
            pen.icon("alert", left + width(line.words[-1], CELL) + 3, down - 7, 8, ink, means)
        if _is_left_out(entry):
            self._left_out(pen, right, base, entry)
        else:
            self._cells(pen, right, base, entry)
        pen.tags.close()
        pen.rule(x, y + line.high, right, 0.35, RULE)

    def _left_out(self, pen: Pen, right: float, base: float, entry: Entry) -> None:
        icon, words = _left_out(self.sheet, entry)
        pen.tags.leaf("TD", span(3))
        pen.right(right - INTO, base, words, SMALL)
        pen.tags.leaf("TD")
        pen.right(right - LOST, base, "–", SMALL)
        at = right - INTO - width(words, SMALL) - 11.5
        pen.icon(icon, at, base - 6.9, 8.2, TEXT2)

    def _cells(self, pen: Pen, right: float, base: float, entry: Entry) -> None:
        sheet, score = self.sheet, entry.score
        earned, possible = _earned(sheet, entry)
        at = right - EARNED
        pen.tags.leaf("TD")
        pen.figures(at - figures_width(possible, CELL), base, earned, CELL)
        pen.figures(at, base, possible, CELL)
        pen.tags.leaf("TD")
        weight = f"×\u00a0{_short(sheet, score.weight)}"
        strong = CELL.heavy(Weight.SEMIBOLD) if score.weight != 1 else CELL.inked(TEXT2)
        pen.figures(right - WEIGHT - 5, base, weight, strong)
        share = score.share if score.share is not None else Fraction(0)
        pen.tags.leaf("TD")
        pen.figures(right - INTO, base, sheet.figures.number(share, 2), CELL)
        pen.tags.leaf("TD")
        self._lost(pen, right - LOST, base, entry.lost)

    def _lost(self, pen: Pen, x: float, base: float, lost: Fraction) -> None:
        if lost.numerator > 0:
            words = self.sheet.figures.number(-lost, 2)
            pen.figures(x, base, words, SMALL_STRONG.inked(DANGER))
        else:
            pen.right(x, base, "–", SMALL)


def _short(sheet: Sheet, value: Fraction) -> str:
    return sheet.figures.short(value, 2)
