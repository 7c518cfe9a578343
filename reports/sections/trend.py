"""Trend over visits, and the place among the wave's locations: only what there is data for."""

from __future__ import annotations

from collections.abc import Sequence

from reports import text
from reports.charts import Point100, trend
from reports.figures import DASH, NBSP
from reports.flow import Block
from reports.pen import Pen
from reports.sections.headings import Heading
from reports.sheet import Sheet
from reports.snapshot import Rank
from reports.theme import BLOCK, BODY, SMALL, TEXT2, TITLE, TOTAL_RULE
from reports.typeface import broken, width, wrap
from reports.words import WORDS, mark

#: Visits on the line; older ones are left out, and that is said.
MOST = 8
#: How wide the place stands beside the line.
RANK_WIDE, RANK_GAP = 142.0, 26.0
#: A mean of fewer visits has no place, and neither has one among fewer locations.
FEWEST = 2


def blocks(sheet: Sheet) -> list[Block]:
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


def rank(sheet: Sheet) -> Rank | None:
    """The place, where it says something: never of one visit, never among one location."""
    found = sheet.snapshot.comparison.rank
    if found is None or found.visits < FEWEST or found.of < FEWEST:
        return None
    return found


class Trend(Block):
    height = 138.0
    CHART = 96.0
    LINE = 10.5

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        place = rank(sheet)
        self.rank = RankWords(sheet, place) if place else None
        self.wide = sheet.page.inner - (RANK_WIDE + RANK_GAP if self.rank else 0.0)
        self.names = self._names()
        room = (self.wide - 24) / len(self.names) - 2
        self.shown = [broken(name, SMALL, room) for name in self.names]
        self.height += self.LINE * (max(map(len, self.shown)) - 1)
        if self.rank:
            self.height = max(self.height, self.rank.height)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet = self.sheet
        target = sheet.snapshot.comparison.target
        points = self._points()
        pen.tags.figure(self._words(points), (x, top, self.wide, self.height))
        trend(
            pen,
            x,
            top + 4,
            (self.wide, self.CHART),
            points,
            None if target is None else (float(target), sheet.figures.short(target)),
        )
        pen.tags.end()
        if self.rank:
            self.rank.draw(pen, x + self.wide + RANK_GAP, top)

    def _words(self, points: Sequence[Point100]) -> str:
        """``Wave 1: 72.3; Wave 2: 75.5; target 80``"""
        sheet, target = self.sheet, self.sheet.snapshot.comparison.target
        named = zip(self.names, points, strict=True)
        said = [f"{name}: {point.figure}" for name, point in named]
        if target is not None:
            said.append(sheet.say(mark("target {score}"), score=sheet.figures.short(target)))
        return "; ".join(said)

    def _names(self) -> list[str]:
        """The wave of each visit, else its day."""
        sheet, snapshot = self.sheet, self.sheet.snapshot
        past = snapshot.history[-(MOST - 1) :]
        named = [(each.wave, each.on) for each in past] + [(snapshot.wave, snapshot.visit.on)]
        return [text.line(wave) or sheet.figures.day(on) for wave, on in named]

    def _points(self) -> list[Point100]:
        score = self.sheet.card.score
        assert score is not None
        past = self.sheet.snapshot.history[-(MOST - 1) :]
        scores = [(each.score, each.n) for each in past] + [(score, 1)]
        return [
            Point100(
                float(each),
                name,
                self.sheet.score_text(each),
                f"n{NBSP}={NBSP}{n}",
                now=at == len(past),
            )
            for at, ((each, n), name) in enumerate(zip(scores, self.shown, strict=True))
        ]


class RankWords:
    """The place beside the line. Where chance may move it, the places that it may be."""

    def __init__(self, sheet: Sheet, of: Rank) -> None:
        self.sheet = sheet
        self.of = of
        self.near = of.near if of.near and of.near[0] < of.near[1] else None
        self.lines = [line for words in self._sentences() for line in wrap(words, SMALL, RANK_WIDE)]
        self.height = 42.0 + 10.5 * len(self.lines)

    def _figure(self) -> str:
        if self.near:
            return DASH.join(map(self._count, self.near))
        place = self._count(self.of.place)
        return f"{place}=" if self.of.tied else place

    def _count(self, of: int) -> str:
        return self.sheet.figures.number(of, 0)

    def _sentences(self) -> list[str]:
        sheet, of = self.sheet, self.of
        mean = sheet.score_text(of.mean)
        said = [
            WORDS.plural(
                sheet.language,
                "By the mean of the last {count} visit: {mean}.",
                "By the mean of the last {count} visits: {mean}.",
                of.visits,
                mean=mean,
            )
        ]
        if self.near:
            words = mark("That is place {place}, but these places are too close to tell apart.")
            said.append(sheet.say(words, place=self._count(of.place)))
        if of.tied:
            said.append(
                WORDS.plural(
                    sheet.language,
                    "{count} other location has the same mean.",
                    "{count} other locations have the same mean.",
                    of.tied,
                )
            )
        if of.single:
            said.append(
                WORDS.plural(
                    sheet.language,
                    "{count} location with one visit is not ranked.",
                    "{count} locations with one visit are not ranked.",
                    of.single,
                )
            )
        return said

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet, tags = self.sheet, pen.tags
        pen.rule(x, top + 4, x + RANK_WIDE, 0.6, TOTAL_RULE)
        tags.leaf("P")
        pen.put(x, top + 16, sheet.say(mark("Place in the wave")), BODY)
        figure = self._figure()
        pen.put(x, top + 35, figure, TITLE)
        words = sheet.say(mark("of {count}"), count=self._count(self.of.of))
        pen.put(x + width(figure, TITLE) + 5, top + 35, words, BLOCK.inked(TEXT2))
        tags.end()
        pen.lines(x, top + 50, self.lines, SMALL)
