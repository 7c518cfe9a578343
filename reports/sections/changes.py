"""What a later revision changed: the score from before to after, and each change with its reason.

Nothing is ever overwritten: the first revision keeps its own report. Who changed something is
told by role, never by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from reports import text
from reports.charts import Step, waterfall
from reports.flow import Block
from reports.pen import Pen
from reports.sections.headings import Heading, Lines
from reports.sheet import Part, Sheet
from reports.snapshot import Before, Change, Role
from reports.tagging import COLUMN, ROW
from reports.theme import (
    BODY,
    BODY_STRONG,
    DANGER,
    RULE,
    SMALL,
    TEXT,
    TEXT2,
    TEXT3,
    TOTAL_RULE,
    Style,
    Weight,
)
from reports.typeface import fit, width, wrap
from reports.words import WORDS, mark

ROLES = {
    Role.EVALUATOR: mark("evaluator"),
    Role.EDITOR: mark("editor"),
    Role.MANAGER: mark("manager"),
}
#: Steps of the waterfall; the rest is one step.
MOST = 9
POINTS_WIDE = 84.0
GAP = 12.0
PAD = 5.0
TABLE = "changes"
SECTIONS = "changed sections"
#: From the right end of the page to that of the former figure of a section.
WAS = 84.0
QUESTION = Style(8.5, 12, Weight.MEDIUM)


def blocks(sheet: Sheet) -> list[Block]:
    changes, before = sheet.snapshot.changes, sheet.snapshot.before
    if not changes and before is None:
        return []
    title = sheet.say(mark("What this revision changed"))
    said = [*_compared(sheet, before), _sentence(sheet, changes)]
    found: list[Block] = [Heading(title, " ".join(said), sheet.page.inner)]
    if before is not None and before.why:
        words = sheet.say(mark("Why the visit was opened again: {why}"), why=text.clean(before.why))
        found.append(Lines(wrap(words, BODY, sheet.page.inner), BODY))
    if not changes:
        return found
    steps = scored_steps(changes)
    if steps:
        found.append(Waterfall(sheet, steps))
    sections = [] if before is None else _sections(sheet, before)
    rows = [ChangeRow(sheet, each) for each in changes]
    for row in rows:
        row.repeat = Head(sheet)
    head = Head(sheet)
    head.before = 16.0 if sections else Head.before
    return [*found, *sections, head, *rows]


def _compared(sheet: Sheet, before: Before | None) -> list[str]:
    if before is None:
        return []
    day = sheet.figures.day(before.created)
    words = mark("Compared with revision {revision} of {day}.")
    return [sheet.say(words, revision=text.line(before.revision), day=day)]


def _sentence(sheet: Sheet, changes: Sequence[Change]) -> str:
    if not changes:
        return sheet.say(mark("Answers, comments, photos and score are the same."))
    many = WORDS.plural(sheet.language, "One change.", "{count} changes.", len(changes))
    before, after = changes[0].score_before, changes[-1].score_after
    if before is None or after is None:
        return many
    values = {"before": sheet.score_text(before), "after": sheet.score_text(after)}
    words = mark("The score went from {before} to {after}.")
    if values["before"] == values["after"]:
        words = mark("The score stays at {after}.")
    return f"{many} {sheet.say(words, **values)}"


def scored_steps(changes: Sequence[Change]) -> list[tuple[Change, Decimal, Decimal]]:
    """The changes that moved the score, with it before and after; [] where that is not known of
    all, or nothing moved."""
    found = []
    for change in changes:
        if change.score_before is None or change.score_after is None:
            return []
        if change.score_before != change.score_after:
            found.append((change, change.score_before, change.score_after))
    return found


class Waterfall(Block):
    """From the score before to the score after, a step for each change that moved it."""

    before = 8.0
    height = 150.0
    CHART = 96.0

    def __init__(self, sheet: Sheet, steps: Sequence[tuple[Change, Decimal, Decimal]]) -> None:
        self.sheet = sheet
        self.steps = steps

    def _named(self) -> list[Step]:
        sheet = self.sheet
        first, last = self.steps[0][1], self.steps[-1][2]
        found = [Step(sheet.say(mark("before")), sheet.score_text(first), None, float(first))]
        shown = self.steps if len(self.steps) <= MOST else self.steps[: MOST - 1]
        for change, low, high in shown:
            found.append(self._step(_ref(sheet, change) or sheet.say(mark("visit")), low, high))
        if len(shown) < len(self.steps):
            rest = self.steps[len(shown) :]
            words = sheet.say(mark("{count} others"), count=len(rest))
            found.append(self._step(words, rest[0][1], rest[-1][2]))
        after = Step(sheet.say(mark("after")), sheet.score_text(last), None, float(last))
        return [*found, after]

    def _step(self, name: str, low: Decimal, high: Decimal) -> Step:
        moved = self.sheet.figures.signed(high - low, self.sheet.scoring.decimals)
        return Step(name, moved, float(low), float(high))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        steps = self._named()
        said = "; ".join(f"{step.name}: {step.figure}" for step in steps)
        pen.tags.figure(said, (x, top, self.sheet.page.inner, self.height))
        waterfall(pen, x, top + 14, (self.sheet.page.inner, self.CHART), steps)
        pen.tags.end()


def _ref(sheet: Sheet, change: Change) -> str:
    entry = sheet.by_key.get((change.question, change.instance))
    return entry.ref if entry else ""


def _sections(sheet: Sheet, before: Before) -> list[Block]:
    """The sections whose result is another one now."""
    moved = [
        SectionRow(sheet, part, before.sections.get(part.section.id))
        for part in sheet.parts
        if part.score.ratio != before.sections.get(part.section.id)
    ]
    return [SectionHead(sheet), *moved] if moved else []


class SectionHead(Block):
    keep = True
    before = 6.0
    height = 15.0

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def draw(self, pen: Pen, x: float, top: float) -> None:
        say, right = self.sheet.say, x + self.sheet.page.inner
        pen.tags.open("Table", SECTIONS)
        pen.tags.open("TR")
        pen.tags.leaf("TH", COLUMN)
        pen.put(x, top + 8, say(mark("Section")), SMALL)
        for at, words in ((right - WAS, mark("Was")), (right, mark("Is now"))):
            pen.tags.leaf("TH", COLUMN)
            pen.right(at, top + 8, say(words), SMALL)
        pen.tags.close(2)
        pen.rule(x, top + 15, right, 0.7, TOTAL_RULE)


class SectionRow(Block):
    """The result of a section on both papers."""

    height = 17.6

    def __init__(self, sheet: Sheet, part: Part, was: Fraction | None) -> None:
        self.sheet, self.part, self.was = sheet, part, was

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, right, base = self.sheet, x + self.sheet.page.inner, top + 12
        pen.tags.open("Table", SECTIONS)
        pen.tags.open("TR", ("section", self.part.section.id))
        pen.tags.leaf("TH", ROW)
        pen.put(x, base, str(self.part.number), BODY.inked(TEXT3))
        room = sheet.page.inner - sheet.indent - WAS - POINTS_WIDE
        pen.put(x + sheet.indent, base, fit(self.part.title, QUESTION, room), QUESTION)
        now = self.part.score.ratio
        worse = now is not None and self.was is not None and now < self.was
        ink = BODY_STRONG.inked(DANGER) if worse else BODY_STRONG
        for at, ratio, style in ((right - WAS, self.was, BODY.inked(TEXT2)), (right, now, ink)):
            pen.tags.leaf("TD")
            words = "–" if ratio is None else sheet.figures.percent(ratio)
            pen.right(at, base, words, style)
        pen.tags.close(2)
        pen.rule(x, top + self.height, right, 0.35, RULE)


class Head(Block):
    keep = True
    before = 6.0
    height = 15.0

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, right = self.sheet, x + self.sheet.page.inner
        wide = column(sheet)
        pen.tags.open("Table", TABLE)
        pen.tags.open("TR")
        for at, words in enumerate((mark("Question and reason"), mark("Was"), mark("Is now"))):
            pen.tags.leaf("TH", COLUMN)
            pen.put(x + left(sheet, at), top + 8, fit(sheet.say(words), SMALL, wide), SMALL)
        pen.tags.leaf("TH", COLUMN)
        pen.right(right, top + 8, sheet.say(mark("Points")), SMALL)
        pen.tags.close(2)
        pen.rule(x, top + 15, right, 0.7, TOTAL_RULE)


def column(sheet: Sheet) -> float:
    """Width of each of the three columns of words."""
    return (sheet.page.inner - sheet.indent - POINTS_WIDE - 3 * GAP) / 3


def left(sheet: Sheet, at: int) -> float:
    return sheet.indent + at * (column(sheet) + GAP)


class ChangeRow(Block):
    """Question and reason, what was, what is, points before and after; may go on over pages."""

    def __init__(
        self,
        sheet: Sheet,
        change: Change,
        lines: tuple[list[tuple[str, Style]], ...] | None = None,
        *,
        on: bool = False,
    ) -> None:
        self.sheet = sheet
        self.change = change
        self.on = on
        self.lines = lines or self._lines()
        self.height = 2 * PAD + 12 * max(2, *map(len, self.lines)) + 1

    def _lines(self) -> tuple[list[tuple[str, Style]], ...]:
        sheet, of, room = self.sheet, self.change, column(self.sheet)
        entry = sheet.by_key.get((of.question, of.instance))
        title = entry.short if entry else sheet.say(mark("The whole visit"))
        why = text.clean(of.why)
        role = sheet.say(ROLES[of.role])
        who = sheet.say(mark("By the {role}."), role=role)
        reason = f"{why} {who}" if why else who
        blank = sheet.say(mark("nothing"))
        return (
            [*_styled(title, QUESTION, room), *_styled(reason, SMALL, room)],
            _styled(text.clean(of.was), BODY.inked(TEXT2), room)
            or _styled(blank, BODY.inked(TEXT3), room),
            _styled(text.clean(of.now), BODY, room) or _styled(blank, BODY.inked(TEXT3), room),
        )

    def least(self) -> float:
        return min(self.height, 2 * PAD + 12 * 4)

    def split(self, room: float) -> tuple[Block, Block] | None:
        fits = min(int((room - 2 * PAD) / 12), max(map(len, self.lines)) - 1)
        if fits < 3:
            return None
        heads = tuple(lines[:fits] for lines in self.lines)
        tails = tuple(lines[fits:] for lines in self.lines)
        first = ChangeRow(self.sheet, self.change, heads, on=self.on)
        rest = ChangeRow(self.sheet, self.change, tails, on=True)
        rest.repeat = self.repeat
        return first, rest

    def draw(self, pen: Pen, x: float, top: float) -> None:
        tags, right = pen.tags, x + self.sheet.page.inner
        base = top + PAD + 9
        tags.open("Table", TABLE)
        tags.open("TR", ("change", id(self.change)))
        cells = [tags.leaf("TH", ROW, 0), tags.leaf("TD", "", 1), tags.leaf("TD", "", 2)]
        if self.on:
            tags.skip()
        else:
            tags.into(cells[0])
        pen.put(x, base, _ref(self.sheet, self.change), BODY.inked(TEXT3))
        for at, (cell, lines) in enumerate(zip(cells, self.lines, strict=True)):
            tags.into(cell)
            for row, (words, style) in enumerate(lines):
                pen.put(x + left(self.sheet, at), base + 12 * row, words, style)
        tags.leaf("TD", "", 3)
        if not self.on:
            self._points(pen, right, base)
        tags.close(2)
        pen.rule(x, top + self.height, right, 0.5, RULE)

    def _points(self, pen: Pen, right: float, base: float) -> None:
        """Before and after; what it did to the score under it."""
        sheet, of = self.sheet, self.change
        number = sheet.figures.number
        if of.points_before is not None and of.points_after is not None:
            after = number(of.points_after, sheet.fine)
            if of.points_before == of.points_after:
                pen.figures(right, base, after, BODY)
            else:
                ink = DANGER if of.points_after < of.points_before else TEXT
                pen.figures(right, base, after, BODY_STRONG.inked(ink))
                before = sheet.say(mark("{before} to"), before=number(of.points_before, sheet.fine))
                pen.right(right - width(after, BODY_STRONG) - 6, base, before, BODY.inked(TEXT2))
        if of.score_before is None or of.score_after is None:
            return
        moved = of.score_after - of.score_before
        words = sheet.say(mark("score unchanged"))
        if moved:
            figure = sheet.figures.signed(moved, sheet.scoring.decimals)
            words = sheet.say(mark("score {change}"), change=figure)
        pen.right(right, base + 12, words, SMALL)


def _styled(words: str, style: Style, room: float) -> list[tuple[str, Style]]:
    return [(line, style) for line in wrap(words, style, room)] if words else []
