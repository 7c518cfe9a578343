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
from reports.typeface import figures_width, fit, width
from reports.words import mark

ROW = 12.5
SECTION_ROW = 15.5
SECTION_GAP = 6.0
HEAD_ROW = 17.0
COLUMN_GAP = 26.0
#: From a column's right edge: where lost, into total, weight and earned / possible end.
LOST, INTO, WEIGHT = 4.0, 37.0, 73.0
#: Where the arithmetic of a section ends.
SUMS = 65.0
EARNED = 97.0
CELL = Style(7.5, 10)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the ledger: a section's (no entry) or a question's."""

    part: Part
    entry: Entry | None = None
    first: bool = False

    @property
    def high(self) -> float:
        if self.entry is not None:
            return ROW
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
        lines += [Line(part, entry) for entry in part.entries if _listed(entry)]
    pages: list[Block] = []
    room = sheet.page.foot - sheet.page.top - taken - HEAD_ROW
    while lines:
        left, right, lines = _page(lines, room)
        pages.append(LedgerPage(sheet, left, right))
        room = sheet.page.foot - sheet.page.top - HEAD_ROW
    return pages


def _listed(entry: Entry) -> bool:
    """Questions that count, could have counted, or were left out; the unscored are not."""
    return entry.score.status is not Status.UNSCORED and (
        entry.score.status is Status.SCORED or entry.score.full > 0 or entry.score.possible > 0
    )


def _page(lines: list[Line], room: float) -> tuple[list[Line], list[Line], list[Line]]:
    total = sum(line.high for line in lines)
    if total <= room * 2 - 40:
        at = _middle(lines, total, room)
        if at is not None:
            return lines[:at], lines[at:], []
    left = _fill(lines, room)
    right = _fill(lines[left:], room)
    return lines[:left], lines[left : left + right], lines[left + right :]


def _middle(lines: list[Line], total: float, room: float) -> int | None:
    """Where to break so that the columns are of a height, at a section if one begins near."""
    best: tuple[float, int] | None = None
    high = 0.0
    for at, line in enumerate(lines):
        tallest = max(high, total - high)
        if at and tallest <= room and not _orphaned(lines, at):
            cost = tallest + (0.0 if line.entry is None else 36.0)
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

    def __init__(self, sheet: Sheet, left: Sequence[Line], right: Sequence[Line]) -> None:
        self.sheet = sheet
        self.sides = (left, right)
        self.wide = (sheet.page.inner - COLUMN_GAP) / 2
        self.refs = max([17.0, *(width(e.ref, SMALL) + 5 for e in sheet.entries)])
        tallest = max(sum(line.high for line in side) for side in self.sides)
        self.height = HEAD_ROW + tallest + 4

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for side in self.sides:
            if side:
                self._side(pen, x, top, side)
            x += self.wide + COLUMN_GAP

    def _side(self, pen: Pen, x: float, top: float, lines: Sequence[Line]) -> None:
        sheet, right = self.sheet, x + self.wide
        base = top + 9
        pen.put(x + 4, base, sheet.say(mark("Question")), SMALL)
        pen.right(right - LOST, base, sheet.say(mark("Lost")), SMALL)
        pen.right(right - INTO, base, sheet.say(mark("Into total")), SMALL)
        pen.right(right - WEIGHT - 5, base, sheet.say(mark("Weight")), SMALL)
        pen.right(right - EARNED - 11, base, sheet.say(mark("Earned")), SMALL)
        y = top + HEAD_ROW
        for at, line in enumerate(lines):
            if line.entry is not None:
                self._question(pen, x, y, line.entry)
                y += ROW
            else:
                y += 0.0 if line.first or at == 0 else SECTION_GAP
                self._section(pen, x, y, line.part)
                y += SECTION_ROW

    def _section(self, pen: Pen, x: float, y: float, part: Part) -> None:
        sheet, right, score = self.sheet, x + self.wide, part.score
        pen.box(x, y, self.wide, SECTION_ROW - 2, HEAD)
        base = y + 9.4
        pen.put(x + 4, base, str(part.number), CHIP.inked(TEXT))
        if score.share is None:
            words = sheet.say(mark("not scored"))
            pen.right(right - LOST, base, words, SMALL)
            room = self.wide - 24 - width(words, SMALL) - 8
            pen.put(x + 16, base, fit(part.title, CHIP, room), CHIP.inked(TEXT))
            return
        sums = self._sum(part)
        pen.right(right - SUMS, base, sums, SMALL)
        room = self.wide - SUMS - 16 - width(sums, SMALL) - 5
        pen.put(x + 16, base, fit(part.title, CHIP, room), CHIP.inked(TEXT))
        number = sheet.figures.number
        pen.figures(right - INTO, base, number(score.share, 2), CHIP.inked(TEXT))
        lost = (score.whole or Fraction(0)) - score.share
        self._lost(pen, right - LOST, base, lost)

    def _sum(self, part: Part) -> str:
        """``10 / 16 × 20 =``: the section's arithmetic, as far as a row holds it."""
        score, short = part.score, self.sheet.figures.short
        whole = short(score.whole or Fraction(0), 2)
        if self.sheet.scoring.section is SectionMode.MEAN:
            return f"{self.sheet.figures.percent(score.ratio or 0, 1)} × {whole} ="
        if self.sheet.scoring.total is TotalMode.POINTS:
            return f"{short(score.earned)} / {short(score.possible)} ="
        return f"{short(score.earned)} / {short(score.possible)} × {whole} ="

    def _question(self, pen: Pen, x: float, y: float, entry: Entry) -> None:
        right, base, score = x + self.wide, y + 8.9, entry.score
        quiet = score.status is not Status.SCORED
        pen.put(x + 4, base, entry.ref, SMALL.inked(TEXT3))
        left = x + 4 + self.refs
        room = right - EARNED - left
        if quiet and not (score.possible or score.earned):
            room = self._left_out(pen, right, base, entry) - left - 6
        else:
            room -= self._cells(pen, right, base, entry) + 6
        if entry.item.critical:
            room -= 11
        words = fit(entry.short, CELL, room)
        pen.put(left, base, words, CELL.inked(TEXT2 if quiet else TEXT))
        if entry.item.critical:
            ink = DANGER if score.failed else TEXT3
            pen.icon("alert", left + width(words, CELL) + 3, base - 7, 8, ink)
        pen.rule(x, y + ROW, right, 0.35, RULE)

    def _left_out(self, pen: Pen, right: float, base: float, entry: Entry) -> float:
        """Why it does not count; returns where the words begin."""
        sheet, score = self.sheet, entry.score
        icon, words = (
            "blank",
            sheet.say(mark("blank, {points} left out"), points=_short(sheet, score.full)),
        )
        if score.status is Status.HIDDEN:
            icon, words = "hidden", sheet.say(mark("not asked, no points"))
        elif score.status is Status.NOT_APPLICABLE:
            icon = "na"
            words = sheet.say(mark("N/A, {points} left out"), points=_short(sheet, score.full))
        pen.right(right - INTO, base, words, SMALL)
        pen.right(right - LOST, base, "–", SMALL)
        at = right - INTO - width(words, SMALL) - 11.5
        pen.icon(icon, at, base - 6.9, 8.2, TEXT2)
        return at

    def _cells(self, pen: Pen, right: float, base: float, entry: Entry) -> float:
        """The figures of a row; returns the width of the first, earned of possible."""
        sheet, score = self.sheet, entry.score
        possible = f" / {_short(sheet, score.base_possible)}"
        at = right - EARNED
        pen.figures(at, base, possible, CELL)
        earned = at - figures_width(possible, CELL)
        base_earned = _short(sheet, score.base_earned)
        pen.figures(earned, base, base_earned, CELL)
        weight = "+" if score.bonus else f"×\u00a0{_short(sheet, score.weight)}"
        strong = CELL.heavy(Weight.SEMIBOLD) if score.weight != 1 else CELL.inked(TEXT2)
        pen.figures(right - WEIGHT - 5, base, weight, strong)
        share = score.share if score.share is not None else Fraction(0)
        pen.figures(right - INTO, base, sheet.figures.number(share, 2), CELL)
        self._lost(pen, right - LOST, base, entry.lost)
        return figures_width(possible, CELL) + figures_width(base_earned, CELL)

    def _lost(self, pen: Pen, x: float, base: float, lost: Fraction) -> None:
        if lost > 0:
            words = self.sheet.figures.number(-lost, 2)
            pen.figures(x, base, words, SMALL_STRONG.inked(DANGER))
        else:
            pen.right(x, base, "–", SMALL)


def _short(sheet: Sheet, value: Fraction) -> str:
    return sheet.figures.short(value, 2)
