"""Trend over visits, and the indices of this one: only what there is data for."""

from __future__ import annotations

from reports import text
from reports.charts import Point100, trend
from reports.findings import is_index
from reports.flow import Block
from reports.pen import Pen
from reports.sections.headings import Heading
from reports.sheet import Entry, Sheet
from reports.theme import BODY, BODY_STRONG, RULE, SMALL, TEXT2
from reports.typeface import fit, wrap_label
from reports.words import WORDS, mark

#: Visits on the line; older ones are left out, and that is said.
MOST = 8

INDICES = {
    "csat": (mark("CSAT"), mark("satisfaction, 1 to 5")),
    "nps": (mark("NPS"), mark("would recommend, 0 to 10")),
    "ces": (mark("CES"), mark("effort, 1 to {max}; {easy} is easy")),
}


def blocks(sheet: Sheet) -> list[Block]:
    return [*_trend(sheet), *_indices(sheet)]


def _trend(sheet: Sheet) -> list[Block]:
    history = sheet.snapshot.history
    if not history or not sheet.scored:
        return []
    shown = min(len(history), MOST - 1) + 1
    words = WORDS.plural(
        sheet.language,
        "{count} visit with this checklist.",
        "{count} visits with this checklist, oldest first.",
        len(history) + 1,
    )
    if shown <= len(history):
        words += " " + sheet.say(mark("The last {count} are shown."), count=shown)
    if len(history) + 1 < 4:
        words += " " + sheet.say(mark("Too few to call it a trend."))
    return [Heading(sheet.say(mark("Score over visits")), words, sheet.page.inner), Trend(sheet)]


class Trend(Block):
    height = 138.0
    CHART = 96.0

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet = self.sheet
        target = sheet.snapshot.comparison.target
        trend(
            pen,
            x,
            top + 4,
            (sheet.page.inner, self.CHART),
            self._points(),
            None if target is None else (float(target), sheet.figures.short(target)),
        )

    def _points(self) -> list[Point100]:
        sheet = self.sheet
        assert sheet.card.score is not None
        shown = min(len(sheet.snapshot.history), MOST - 1) + 1
        room = (sheet.page.inner - 24) / shown - 8
        points = []
        for past in sheet.snapshot.history[-(MOST - 1) :]:
            when = text.line(past.wave) or sheet.figures.day(past.on)
            rows = (fit(when, SMALL, room), sheet.score_text(past.score), f"n\u00a0=\u00a0{past.n}")
            points.append(Point100(float(past.score), rows))
        when = text.line(sheet.snapshot.wave) or sheet.figures.day(sheet.snapshot.visit.on)
        rows = (fit(when, SMALL, room), sheet.score_text(sheet.card.score), "n\u00a0=\u00a01")
        return [*points, Point100(float(sheet.card.score), rows, now=True)]


def _indices(sheet: Sheet) -> list[Block]:
    answered = [e for e in sheet.entries if is_index(e) and isinstance(e.answer.value, int)]
    if not answered:
        return []
    under = sheet.say(
        mark("Given by the evaluator on this one visit (n = 1): no rate can be drawn from it.")
    ).replace("n = 1", "n\u00a0=\u00a01")
    title = sheet.say(mark("Indices, evaluator-rated"))
    heading = Heading(title, under, sheet.page.inner, large=False)
    rows: list[Block] = [IndexRow(sheet, entry) for entry in answered]
    for row in rows[:-1]:
        row.keep = True
    return [heading, *rows]


class IndexRow(Block):
    QUESTION_X = 176.0

    def __init__(self, sheet: Sheet, entry: Entry) -> None:
        self.sheet = sheet
        self.entry = entry
        room = sheet.page.inner - self.QUESTION_X - 44
        self.lines = wrap_label(f"{entry.ref}  {entry.label}", BODY, room)
        self.height = 10.0 + 12 * len(self.lines)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, right = self.sheet, x + self.sheet.page.inner
        pen.rule(x, top, right, 0.5, RULE)
        question = self.entry.item.question
        name, scale = INDICES[question.type]
        easy, high = getattr(question, "easy", "high"), getattr(question, "max", 7)
        pen.put(x, top + 14, sheet.say(name), BODY_STRONG)
        meaning = sheet.say(scale, max=high, easy=high if easy == "high" else 1)
        pen.put(x + 40, top + 14, meaning, SMALL)
        pen.lines(x + self.QUESTION_X, top + 14, self.lines, BODY.inked(TEXT2))
        pen.figures(right, top + 14, self._value(), BODY_STRONG)

    def _value(self) -> str:
        question = self.entry.item.question
        high = {"csat": 5, "nps": 10}.get(question.type, getattr(question, "max", 7))
        return f"{self.entry.answer.value} / {high}"
