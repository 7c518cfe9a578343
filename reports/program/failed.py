"""The questions that failed on most visits of the wave, and what they cost."""

from __future__ import annotations

from fractions import Fraction

from reports import text
from reports.figures import NBSP, rounded
from reports.flow import Block
from reports.pen import Pen
from reports.program.sheet import ProgramSheet
from reports.program.snapshot import Asked
from reports.tagging import COLUMN, ROW
from reports.theme import BLOCK, BODY, BODY_STRONG, DANGER, RULE, SMALL, TEXT2, TRACK, Weight
from reports.theme import MET_BAR as BAR
from reports.typeface import fit_lines, width
from reports.words import mark

#: On page 1, and in the whole list.
FEW, MANY = 6, 25
HIGH = 17.0
NUMBER, LABEL = 0.0, 22.0
#: Right ends of the columns, counted from the right end of the page.
SHARE, COUNT, LOST = 118.0, 60.0, 0.0
BAR_RIGHT, BAR_WIDE = 160.0, 150.0


class FailedHead(Block):
    keep = True

    def __init__(self, sheet: ProgramSheet, *, again: bool = False, few: bool = False) -> None:
        self.sheet, self.again = sheet, again
        self.height = 17.0 if again else 37.0
        self.before = 0.0 if again else (13.0 if few else 24.0)
        self.title = sheet.say(mark("Questions failed most often"))
        self.bookmark = None if again else self.title

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, right = self.sheet, x + self.sheet.page.inner
        if not self.again:
            pen.tags.leaf("H2")
            pen.put(x, top + 12, self.title, BLOCK)
            pen.tags.end()
            words = self._under()
            if width(words, SMALL) + width(self.title, BLOCK) + 12 <= sheet.page.inner:
                pen.right(right, top + 12, words, SMALL)
        base = top + self.height - 6
        tags = pen.tags
        tags.open("Table", "failed")
        tags.open("TR", "head")
        tags.leaf("TH", COLUMN)
        pen.put(x, base, sheet.say(mark("Question")), SMALL)
        tags.leaf("TH", COLUMN)
        pen.right(right - SHARE, base, sheet.say(mark("visits that failed")), SMALL)
        tags.leaf("TH", COLUMN)
        pen.right(right - COUNT, base, sheet.say(mark("failed / n")), SMALL)
        tags.leaf("TH", COLUMN)
        pen.right(right - LOST, base, sheet.say(mark("mean loss")), SMALL)
        tags.close(2)
        pen.rule(x, base + 6, right, 0.5, RULE)

    def _under(self) -> str:
        sheet = self.sheet
        least = sheet.of.least_asked
        if least > 1:
            words = mark("{wave}; questions scored on {least} visits or more; N/A not counted")
            return sheet.say(words, wave=sheet.wave, least=least)
        return sheet.say(mark("{wave}; N/A and questions not asked do not count"), wave=sheet.wave)


class FailedRow(Block):
    def __init__(
        self, sheet: ProgramSheet, question: Asked, repeat: Block, *, lines: int = 2
    ) -> None:
        self.sheet, self.question = sheet, question
        self.repeat = repeat
        self.indent = max(
            [LABEL, *(width(each.number, BODY) + 6 for each in sheet.snapshot.questions)]
        )
        room = sheet.page.inner - BAR_RIGHT - BAR_WIDE - self.indent - 10
        self.lines = fit_lines(text.label(question.label), BODY.heavy(Weight.MEDIUM), room, lines)
        self.height = HIGH + 11.0 * (len(self.lines) - 1)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, of, tags = self.sheet, self.question, pen.tags
        right, base = x + sheet.page.inner, top + 11.8
        tags.open("Table", "failed")
        tags.open("TR", of.id)
        tags.leaf("TH", ROW)
        pen.put(x + NUMBER, base, of.number, BODY.inked(TEXT2))
        style = BODY.heavy(Weight.MEDIUM)
        pen.lines(x + self.indent, base, self.lines, style._replace(leading=11.0))
        if of.critical:
            at = x + self.indent + width(self.lines[-1], style) + 5
            low = base + 11.0 * (len(self.lines) - 1)
            words = sheet.say(mark("Critical question"))
            pen.icon("critical", at, low - 7.6, 9, DANGER, means=words)
        ratio = Fraction(of.failed, of.n)
        left = right - BAR_RIGHT - BAR_WIDE
        pen.box(left, top + 4.5, BAR_WIDE, 8, TRACK)
        pen.box(left, top + 4.5, BAR_WIDE * float(ratio), 8, BAR)
        tags.leaf("TD")
        pen.figures(right - SHARE, base, f"{rounded(ratio * 100, 0)}{NBSP}%", BODY_STRONG)
        tags.leaf("TD")
        pen.figures(right - COUNT, base, f"{of.failed} / {of.n}", BODY)
        tags.leaf("TD")
        pen.figures(right - LOST, base, sheet.figures.number(-of.lost / of.n, 1), BODY_STRONG)
        tags.close(2)
        pen.rule(x, top + self.height, right, 0.35, RULE)


def blocks(sheet: ProgramSheet, most: int, *, few: bool = False) -> list[Block]:
    """``few``: the short list of page 1, one line a question."""
    found = sheet.of.failed[:most]
    if not found:
        return []
    again = FailedHead(sheet, again=True)
    lines = 1 if few else 2
    rows: list[Block] = [FailedRow(sheet, each, again, lines=lines) for each in found]
    for row in rows[:2]:
        row.keep = len(rows) > 2
    return [FailedHead(sheet, few=few), *rows]
