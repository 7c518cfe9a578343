"""CSAT, NPS and CES as evaluators gave them: this wave and the one before, each with its n."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reports import text
from reports.figures import NBSP
from reports.flow import Block
from reports.pen import Pen
from reports.program.figures import Mean, mean
from reports.program.sheet import ProgramSheet
from reports.program.snapshot import IndexKind, Rated
from reports.tagging import COLUMN, ROW
from reports.theme import BLOCK, BODY, BODY_STRONG, RULE, SMALL, TEXT2
from reports.typeface import fit, width, wrap
from reports.words import mark

HIGH = 30.0
#: Right ends of the columns, from the right end of the page.
NOW, BEFORE, CHANGE = 262.0, 150.0, 0.0

Counts = Sequence[tuple[int, int]]


def worth(kind: IndexKind, value: int) -> Fraction:
    """What one answer puts into the index: their mean is the index."""
    if kind is IndexKind.CSAT:
        return Fraction(100 if value >= 4 else 0)
    if kind is IndexKind.NPS:
        return Fraction(100 if value >= 9 else -100 if value <= 6 else 0)
    return Fraction(value)


def index(kind: IndexKind, counts: Counts) -> Mean:
    """With half of its 95 % interval, from three answers on."""
    return mean(worth(kind, value) for value, many in counts for _ in range(many))


def shown(sheet: ProgramSheet, kind: IndexKind, value: Fraction, *, sign: bool = False) -> str:
    if kind is IndexKind.NPS or sign:
        decimals = 1 if kind is IndexKind.CES else 0
        return sheet.figures.signed(value, decimals)
    if kind is IndexKind.CSAT:
        return f"{sheet.figures.number(value, 0)}{NBSP}%"
    return sheet.figures.number(value, 1)


def _full(sheet: ProgramSheet, kind: IndexKind, of: Mean) -> tuple[str, str]:
    """The figure; its interval and n."""
    if of.value is None:
        return "–", ""
    reach = ""
    if of.reach is not None:
        reach = f"±{sheet.figures.number(of.reach, 1 if kind is IndexKind.CES else 0)}, "
    return shown(sheet, kind, of.value), f"{reach}{sheet.n(of.n)}"


def change_words(sheet: ProgramSheet, kind: IndexKind, now: Mean, before: Mean) -> str:
    """What became of it, as two samples."""
    if now.value is None or before.value is None:
        return ""
    value = now.value - before.value
    told = shown(sheet, kind, value, sign=True)
    if now.reach is None or before.reach is None:
        return sheet.say(mark("{change}: too few to tell"), change=told)
    if value**2 <= now.reach**2 + before.reach**2:
        return sheet.say(mark("{change}: no meaningful change"), change=told)
    return sheet.say(mark("{change}: a clear change"), change=told)


class IndexHead(Block):
    keep = True
    before = 24.0
    height = 50.0

    def __init__(self, sheet: ProgramSheet) -> None:
        self.sheet = sheet
        self.bookmark = sheet.say(mark("Indices, evaluator-rated"))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, tags, right = self.sheet, pen.tags, x + self.sheet.page.inner
        tags.leaf("H2")
        pen.put(x, top + 12, self.bookmark or "", BLOCK)
        tags.end()
        words = sheet.say(
            mark(
                "As evaluators answered for a customer: no survey of customers stands behind them."
            )
        )
        pen.put(x, top + 24.5, fit(words, SMALL, sheet.page.inner), SMALL)
        base = top + 43
        last = sheet.snapshot.waves[sheet.of.last].name if sheet.of.last is not None else ""
        tags.open("Table", "indices")
        tags.open("TR", "head")
        for at, name in (
            (None, sheet.say(mark("Index"))),
            (NOW, sheet.wave),
            (BEFORE, text.line(last)),
            (CHANGE, sheet.say(mark("Change"))),
        ):
            tags.leaf("TH", COLUMN)
            if at is None:
                pen.put(x, base, name, SMALL)
            else:
                pen.right(right - at, base, fit(name, SMALL, 104), SMALL)
        tags.close(2)
        pen.rule(x, base + 7, right, 0.5, RULE)


class IndexRow(Block):
    height = HIGH

    def __init__(self, sheet: ProgramSheet, of: Rated) -> None:
        self.sheet, self.of = sheet, of
        self.now = index(of.kind, of.now)
        self.then = index(of.kind, of.before)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, of, tags = self.sheet, self.of, pen.tags
        right = x + sheet.page.inner
        tags.open("Table", "indices")
        tags.open("TR", of.number)
        tags.leaf("TH", ROW)
        name = of.kind.value.upper()
        pen.put(x, top + 12, name, BODY_STRONG)
        pen.put(x + width(f"{name}  ", BODY_STRONG), top + 12, of.number, SMALL)
        pen.put(x, top + 23, fit(self._meaning(), SMALL, sheet.page.inner - NOW - 70), SMALL)
        for end, figure in ((NOW, self.now), (BEFORE, self.then)):
            tags.leaf("TD")
            words, small = _full(sheet, of.kind, figure)
            pen.right(right - end, top + 12, words, BODY_STRONG if end == NOW else BODY)
            pen.right(right - end, top + 23, small, SMALL)
        tags.leaf("TD")
        words = change_words(sheet, of.kind, self.now, self.then)
        lines = wrap(words, BODY.inked(TEXT2), BEFORE - 24) if words else []
        for at, line in enumerate(lines[:2]):
            pen.right(right, top + 12 + 11 * at, line, BODY.inked(TEXT2))
        tags.close(2)
        pen.rule(x, top + HIGH, right, 0.35, RULE)

    def _meaning(self) -> str:
        say, of = self.sheet.say, self.of
        if of.kind is IndexKind.CSAT:
            return say(mark("satisfied, share of 4–5"))
        if of.kind is IndexKind.NPS:
            return say(mark("would recommend, −100 to +100"))
        if of.easy_high:
            return say(mark("effort, 1–{max}, high is easy"), max=of.highest)
        return say(mark("effort, 1–{max}, low is easy"), max=of.highest)


def blocks(sheet: ProgramSheet) -> list[Block]:
    rated = [each for each in sheet.snapshot.indices if each.now]
    if not rated:
        return []
    return [IndexHead(sheet), *(IndexRow(sheet, each) for each in rated)]
