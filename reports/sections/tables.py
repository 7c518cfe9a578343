"""Every section: question, answer, points, comment; N/A and not asked told apart."""

from __future__ import annotations

from fractions import Fraction

from forms.checklist import NaPolicy, SectionMode, TotalMode, UnansweredPolicy
from forms.scorecard import Status, StepKind
from reports import theme
from reports.charts import ring, tick
from reports.flow import Block
from reports.pen import Pen
from reports.sections.bars import draw_bar
from reports.sections.headings import Heading, Lines
from reports.sections.phrases import section_anchor, section_bar
from reports.sections.rows import ANSWER_X, TABLE, QuestionRow
from reports.sections.sums import section_rules
from reports.sheet import Part, Sheet
from reports.tagging import COLUMN, span
from reports.theme import (
    BODY,
    BODY_STRONG,
    DANGER,
    RULE,
    SMALL,
    TEXT,
    TEXT2,
    TEXT3,
    TITLE,
    TOTAL_RULE,
)
from reports.typeface import figures_width, fit, width, wrap, wrap_label
from reports.words import WORDS, mark


def blocks(sheet: Sheet) -> list[Block]:
    title = sheet.say(mark("Every question"))
    under = sheet.say(
        mark("Points are points of the total: what each answer put in, of what it could put in.")
    )
    if not sheet.scored:
        under = sheet.say(mark("The visit is not scored: points are those of the questions alone."))
    found: list[Block] = [Heading(title, under, sheet.page.inner)]
    for at, part in enumerate(sheet.parts):
        found += _section(sheet, part, first=at == 0)
    return [*found, *_legend(sheet)]


def _section(sheet: Sheet, part: Part, *, first: bool) -> list[Block]:
    head = SectionHead(sheet, part)
    head.before = 14.0 if first else 28.0
    if part.score.hidden or not part.entries:
        return [head]
    columns = ColumnHead(sheet)
    again = ColumnHead(sheet, continued=f"{part.number}  {part.title}")
    rows: list[Block] = [QuestionRow(sheet, entry) for entry in part.entries]
    total = SectionTotal(sheet, part)
    for row in (*rows, total):
        row.repeat = again
    rows[-1].keep = True
    return [head, columns, *rows, total, *_explanations(sheet, part)]


class SectionHead(Block):
    """Number, title, what it put into the total; the bar; how many questions counted."""

    keep = True
    level = 1

    def __init__(self, sheet: Sheet, part: Part) -> None:
        self.sheet = sheet
        self.part = part
        self.bookmark = f"{part.number}  {part.title}"
        self.anchor = section_anchor(part)
        self.lines = wrap_label(part.title, TITLE, sheet.page.inner - sheet.indent - 90)
        self.barred = part.score.ratio is not None
        self.height = 21.0 * len(self.lines) + (34 if self.barred else 16)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        right = x + self.sheet.page.inner
        base = top + 14
        pen.tags.leaf("H3")
        pen.put(x, base, str(self.part.number), TITLE.inked(TEXT3))
        base = pen.lines(x + self.sheet.indent, base, self.lines, TITLE) - TITLE.leading
        pen.tags.end()
        self._points(pen, right, base)
        if self.barred:
            of, left = section_bar(self.sheet, self.part), x + self.sheet.indent
            draw_bar(self.sheet, pen, (left, base + 9.5, right - left, 8), of)
            base += 17
            pen.tags.skip()  # the bar says the same in words
            self._key(pen, right, base + 14.5)
        pen.tags.leaf("P")
        pen.put(x + self.sheet.indent, base + 14.5, _counts(self.sheet, self.part), SMALL)

    def _points(self, pen: Pen, right: float, base: float) -> None:
        score = self.part.score
        if score.share is None or score.whole is None:
            words = mark("Not asked") if score.hidden else mark("Not scored")
            pen.right(right, base, self.sheet.say(words), BODY.inked(TEXT2))
            return
        whole = f" / {self.sheet.figures.short(score.whole, 2)}"
        missed = section_bar(self.sheet, self.part).missed
        words = self.sheet.figures.number(score.share, self.sheet.fine)
        style = TITLE.inked(DANGER if missed else TEXT)
        pen.tags.leaf("P")
        pen.figures(right - width(whole, BODY), base, words, style)
        pen.right(right, base, whole, BODY.inked(TEXT2))
        pen.tags.end()

    def _key(self, pen: Pen, right: float, base: float) -> None:
        sheet, of = self.sheet, section_bar(self.sheet, self.part)
        percent = sheet.figures.percent
        if of.last is not None:
            words = sheet.say(mark("last visit {percent}"), percent=percent(of.last))
            pen.right(right, base, words, SMALL)
            right -= width(words, SMALL) + 6
            ring(pen, right, base - 2.7)
            right -= 10
        if of.target is not None:
            words = sheet.say(mark("target {percent}"), percent=percent(of.target, 2))
            pen.right(right, base, words, SMALL)
            right -= width(words, SMALL) + 6
            tick(pen, right, base - 7, 9)
            right -= 9
        assert of.ratio is not None
        words = sheet.say(mark("this visit {percent}"), percent=percent(of.ratio))
        pen.right(right, base, words, SMALL)


def _counts(sheet: Sheet, part: Part) -> str:
    """``8 questions: 6 scored, 1 not applicable, 1 not asked.``"""
    if part.score.hidden:
        return sheet.say(mark("Not asked on this visit."))
    many = len(part.entries)
    questions = WORDS.plural(sheet.language, "{count} question", "{count} questions", many)
    statuses = [entry.score.status for entry in part.entries]
    kinds = (
        (Status.SCORED, mark("{count} scored")),
        (Status.UNSCORED, mark("{count} without points")),
        (Status.NOT_APPLICABLE, mark("{count} not applicable")),
        (Status.UNANSWERED, mark("{count} not answered")),
        (Status.HIDDEN, mark("{count} not asked")),
    )
    said = [
        sheet.say(words, count=statuses.count(status))
        for status, words in kinds
        if status in statuses
    ]
    if len(said) == 1 and Status.SCORED in statuses:
        return sheet.say(mark("{questions}, all scored."), questions=questions)
    return f"{questions}: {', '.join(said)}."


class ColumnHead(Block):
    """Column names; on a following page with the section's title before them."""

    keep = True

    def __init__(self, sheet: Sheet, continued: str = "") -> None:
        self.sheet = sheet
        room = sheet.page.inner - sheet.indent
        self.continued = ""
        if continued:
            words = sheet.say(mark("{section}, continued"), section=continued)
            self.continued = fit(words, BODY_STRONG, room)
        self.height = 34.0 if self.continued else 15.0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, right = self.sheet, x + self.sheet.page.inner
        if self.continued:
            pen.put(x, top + 9, self.continued, BODY_STRONG)
            top += 19
        tags = pen.tags
        tags.open("Table", TABLE)
        tags.open("TR")
        tags.leaf("TH", span(2, "Column"))
        pen.put(x + self.sheet.indent, top + 8, sheet.say(mark("Question and comment")), SMALL)
        tags.leaf("TH", COLUMN)
        pen.put(x + ANSWER_X, top + 8, sheet.say(mark("Answer")), SMALL)
        tags.leaf("TH", COLUMN)
        pen.right(right, top + 8, sheet.say(mark("Points")), SMALL)
        pen.rule(x, top + 15, right, 0.5, RULE)


class SectionTotal(Block):
    height = 20.0

    def __init__(self, sheet: Sheet, part: Part) -> None:
        self.sheet = sheet
        self.part = part

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, score = self.sheet, self.part.score
        right = x + sheet.page.inner
        pen.rule(x, top, right, 0.7, TOTAL_RULE)
        pen.tags.open("Table", TABLE)
        pen.tags.open("TR")
        pen.tags.leaf("TH", span(3, "Row"))
        pen.put(x + self.sheet.indent, top + 13, sheet.say(mark("Section total")), BODY_STRONG)
        pen.tags.leaf("TD")
        if score.share is None or score.whole is None:
            pen.right(right, top + 13, sheet.say(mark("not scored")), BODY.inked(TEXT2))
            return
        whole = f"/ {sheet.figures.number(score.whole, sheet.fine)}"
        share = sheet.figures.number(score.share, sheet.fine)
        pen.figures(right - figures_width(whole, BODY) - 5, top + 13, share, BODY_STRONG)
        pen.figures(right, top + 13, whole, BODY.inked(TEXT2))


def _explanations(sheet: Sheet, part: Part) -> list[Block]:
    """Why the section's points are what they are, where that is not plain from the rows."""
    words = [*_critical(sheet, part), *_bounded(sheet, part), *_renormalised(sheet, part)]
    room = sheet.page.inner - sheet.indent
    return [Lines(wrap(line, SMALL, room), SMALL, sheet.indent, 4.0) for line in words]


def _critical(sheet: Sheet, part: Part) -> list[str]:
    zeroed = [
        entry.ref
        for entry in part.entries
        if entry.item.id in part.score.critical and entry.score.critical == "section"
    ]
    if not zeroed:
        return []
    words = mark("Critical question {number} failed: the whole section counts as 0.")
    return [sheet.say(words, number=", ".join(zeroed))]


def _bounded(sheet: Sheet, part: Part) -> list[str]:
    """Why the rows add up to another sum: the section's floor or its ceiling."""
    return [words for kind, words in section_rules(sheet, part) if kind is not StepKind.CRITICAL]


def _renormalised(sheet: Sheet, part: Part) -> list[str]:
    """Points that left the section are carried by those that stayed."""
    scoring, score = sheet.scoring, part.score
    gone = sum(
        (
            entry.score.full
            for entry in part.entries
            if entry.score.possible == 0
            and not entry.score.bonus
            and _left(sheet, entry.score.status)
        ),
        Fraction(0),
    )
    plain = scoring.section is SectionMode.POINTS and scoring.total is TotalMode.WEIGHTED
    if not gone or not plain or not score.possible or score.whole is None:
        return []
    short = sheet.figures.short
    return [
        sheet.say(
            mark(
                "{applied} of the section’s {all} points applied. They carry its full weight: "
                "each counts {each} of the total."
            ),
            applied=short(score.possible),
            all=short(score.possible + gone),
            each=sheet.figures.long(score.whole / score.possible, 3),
        )
    ]


def _left(sheet: Sheet, status: Status) -> bool:
    scoring = sheet.scoring
    if status is Status.NOT_APPLICABLE:
        return scoring.na is NaPolicy.EXCLUDE
    return status is Status.UNANSWERED and scoring.unanswered is UnansweredPolicy.EXCLUDE


NA_WORDS = {
    NaPolicy.EXCLUDE: mark("Asked, but it could not apply that day. Its points leave the total."),
    NaPolicy.ZERO: mark("Asked, but it did not apply that day. It counts as 0 of its points."),
    NaPolicy.FULL: mark("Asked, but it did not apply that day. It counts with all its points."),
}
BLANK_WORDS = {
    UnansweredPolicy.EXCLUDE: mark("Optional and left blank. Its points leave the total."),
    UnansweredPolicy.ZERO: mark("Left blank. It counts as 0 of its points."),
}


#: The sign after a critical question, as a chip of the legend.
CRITICAL_SIGN = theme.Tone(theme.TEXT2, theme.NEUTRAL_SOFT, "alert")


def _legend(sheet: Sheet) -> list[Block]:
    """What the quiet chips mean, where they occur."""
    statuses = {entry.score.status for entry in sheet.entries}
    rows: list[tuple[str, theme.Tone, str]] = []
    if any(entry.item.critical for entry in sheet.entries):
        words = sheet.say(mark("If it fails, the score is limited or the visit cannot pass."))
        rows.append((sheet.say(mark("Critical")), CRITICAL_SIGN, words))
    if Status.NOT_APPLICABLE in statuses:
        words = sheet.say(NA_WORDS[sheet.scoring.na])
        rows.append((sheet.say(mark("N/A")), theme.NOT_APPLICABLE, words))
    if Status.HIDDEN in statuses:
        words = sheet.say(
            mark("Left out by a rule of the checklist. It can neither win nor lose points.")
        )
        rows.append((sheet.say(mark("Not asked")), theme.HIDDEN, words))
    if Status.UNANSWERED in statuses:
        words = sheet.say(BLANK_WORDS[sheet.scoring.unanswered])
        rows.append((sheet.say(mark("Not answered")), theme.BLANK, words))
    return [Legend(sheet, rows)] if rows else []


class Legend(Block):
    before = 18.0
    ROW = 20.0

    def __init__(self, sheet: Sheet, rows: list[tuple[str, theme.Tone, str]]) -> None:
        self.sheet = sheet
        self.rows = rows
        self.height = self.ROW * len(rows)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.tags.open("L")
        for at, (words, tone, meaning) in enumerate(self.rows):
            y = top + at * self.ROW
            pen.tags.open("LI")
            pen.tags.leaf("LBody")
            pen.chip(x + self.sheet.indent, y, words, tone, theme.CHIP, 14)
            room = self.sheet.page.inner - self.sheet.indent - 92
            meaning = fit(meaning, BODY, room)
            pen.put(x + self.sheet.indent + 92, y + 10, meaning, BODY.inked(TEXT2))
            pen.tags.close()
