"""The top of page 1: what the wave came to, how that compares, and the facts beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports import text
from reports.charts import axis
from reports.figures import DASH, NBSP, rounded
from reports.flow import Block
from reports.pen import Pen
from reports.program.figures import Mean
from reports.program.sheet import ProgramSheet, change_sentence
from reports.program.spread import Histogram
from reports.theme import (
    BLOCK,
    BODY,
    CHIP,
    NEUTRAL_SOFT,
    RULE,
    SMALL,
    SMALL_STRONG,
    TEXT,
    TEXT2,
    TITLE,
    WHITE,
    Weight,
)
from reports.typeface import balanced, broken, fit_lines, width, wrap
from reports.words import WORDS, mark

FACTS, GUTTER = 151.5, 30.0
#: Waves on the line; older ones stand in the table of waves.
MOST = 8
HIGH = 172.0
#: Results that make a distribution.
FEW = 3


class Title(Block):
    def __init__(self, sheet: ProgramSheet) -> None:
        words = sheet.say(mark("Program summary, {wave}"), wave=sheet.wave_words())
        self.bookmark = words
        self.title = balanced(words, TITLE, sheet.page.inner)[:2]
        self.lines = wrap(change_sentence(sheet), BODY, sheet.page.inner)
        self.height = 21.0 * len(self.title) + 12 * len(self.lines) + 4

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.tags.leaf("H1")
        base = pen.lines(x, top + 13.5, self.title, TITLE)
        pen.tags.leaf("P")
        pen.lines(x, base - 2.5, self.lines, BODY.inked(TEXT2))
        pen.tags.end()


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure, and what it is in a line or two."""

    figure: str
    words: tuple[str, ...]


def facts(sheet: ProgramSheet) -> list[Fact]:
    """Those there is data for."""
    found = [_mean(sheet), _reached(sheet), _range(sheet), _critical(sheet), _visited(sheet)]
    return [fact for fact in found if fact is not None]


def _mean(sheet: ProgramSheet) -> Fact | None:
    now, target = sheet.of.now, sheet.snapshot.target
    if now.value is None:
        return None
    lines = [sheet.say(mark("mean, {n}"), n=sheet.n(now.n))]
    if now.reach is not None:
        lines[0] += f", {sheet.plus_minus(now)}"
    if target is not None:
        decimals = sheet.snapshot.decimals
        less = rounded(now.value, decimals) - rounded(target, decimals)
        words = mark("target {target}: {difference}")
        lines.append(sheet.say(words, target=sheet.score(target), difference=sheet.signed(less)))
    return Fact(sheet.score(now.value), tuple(lines))


def _reached(sheet: ProgramSheet) -> Fact | None:
    reached, n = sheet.of.reached, sheet.of.now.n
    if reached is None or not n:
        return None
    words = WORDS.plural(
        sheet.language, "location reached the target", "locations reached the target", n
    )
    return Fact(f"{reached}{NBSP}/{NBSP}{n}", (words,))


def _range(sheet: ProgramSheet) -> Fact | None:
    results = sheet.of.results()
    if len(results) < 2:
        return None
    ends = f"{sheet.score(min(results))}{DASH}{sheet.score(max(results))}"
    return Fact(ends, (sheet.say(mark("lowest")), sheet.say(mark("to highest"))))


def _critical(sheet: ProgramSheet) -> Fact | None:
    snapshot = sheet.snapshot
    failures = snapshot.critical
    if not failures and not any(question.critical for question in snapshot.questions):
        return None
    words = WORDS.plural(
        sheet.language, "critical question failed", "critical questions failed", len(failures)
    )
    places = list(dict.fromkeys(each.place for each in failures))
    if not failures:
        return Fact("0", (words,))
    first = failures[0]
    name = sheet.name(snapshot.places[first.place])
    if len(failures) == 1:
        words_where = sheet.say(mark("{name}, question {number}"), name=name, number=first.number)
    else:
        words_where = WORDS.plural(
            sheet.language, "at {count} location", "at {count} locations", len(places)
        )
    return Fact(str(len(failures)), (words, words_where))


def _visited(sheet: ProgramSheet) -> Fact | None:
    """Where locations still wait."""
    waiting = [row for row in sheet.of.league if row.now is None]
    if not waiting:
        return None
    n, every = sheet.of.now.n, len(sheet.of.league)
    words = WORDS.plural(sheet.language, "location visited", "locations visited", every)
    return Fact(f"{n}{NBSP}/{NBSP}{every}", (words,))


#: Where the words of a fact begin that has the whole width of the page.
BESIDE = 100.0


class Top(Block):
    """Means by wave with their intervals, and the facts of this one; the distribution stands in
    place of the line where there is one wave only, and nothing where that holds next to none."""

    height = HIGH
    before = 12.0

    def __init__(self, sheet: ProgramSheet) -> None:
        self.sheet = sheet
        self.facts = facts(sheet)
        shown = [at for at, wave in enumerate(sheet.of.waves) if wave.n][-MOST:]
        self.waves = shown if len(shown) > 1 else []
        few = sheet.of.now.n < FEW and not self.waves
        self.column = sheet.page.inner if few else FACTS
        self.wide = 0.0 if few else sheet.page.inner - FACTS - GUTTER
        self.histogram = None if self.waves or few else Histogram(sheet, self.wide)
        if few:
            self.height = 26.0 + 35.3 * len(self.facts)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        if self.waves:
            self._trend(pen, x, top)
        elif self.histogram is not None:
            self.histogram.draw(pen, x, top)
        if self.facts:
            self._facts(pen, x + self.wide + (GUTTER if self.wide else 0.0), top)

    def _trend(self, pen: Pen, x: float, top: float) -> None:
        sheet = self.sheet
        pen.tags.leaf("H2")
        pen.put(x, top + 12, sheet.say(mark("Mean score by wave")), BLOCK)
        pen.tags.end()
        if any(sheet.of.waves[at].reach is not None for at in self.waves):
            words = sheet.say(mark("grey band: 95 % interval")).replace(" %", f"{NBSP}%")
            pen.right(x + self.wide, top + 12, words, SMALL)
        pen.tags.figure(self._alt(), (x, top + 22, self.wide, HIGH - 22))
        line(sheet, pen, (x, top + 28, self.wide, 84.0), self.waves)
        pen.tags.end()

    def _alt(self) -> str:
        sheet = self.sheet
        said = [
            f"{text.line(sheet.snapshot.waves[at].name)}: {sheet.score(of.value)} "
            f"{sheet.plus_minus(of)} ({sheet.n(of.n)})"
            for at, of in ((at, sheet.of.waves[at]) for at in self.waves)
        ]
        if sheet.snapshot.target is not None:
            said.append(sheet.say(mark("target {score}"), score=sheet.target()))
        return "; ".join(said)

    def _facts(self, pen: Pen, x: float, top: float) -> None:
        pen.tags.leaf("H2")
        pen.put(x, top + 12, self.sheet.say(mark("This wave")), BLOCK)
        pen.tags.end()
        first = top + 22
        row = min(35.3, (self.height - 24) / len(self.facts))
        pen.tags.open("L")
        for at, fact in enumerate(self.facts):
            pen.rule(x, first + at * row, x + self.column, 0.5, RULE)
            self._fact(pen, x, first + at * row, row, fact)
        pen.tags.close()
        pen.rule(x, first + len(self.facts) * row, x + self.column, 0.5, RULE)

    def _fact(self, pen: Pen, x: float, top: float, row: float, fact: Fact) -> None:
        style = BLOCK._replace(size=13.5)
        pen.tags.open("LI")
        pen.tags.leaf("LBody")
        pen.put(x, top + row / 2 + 4.8, fact.figure, style)
        room = self.column - (width(fact.figure, style) + 8 if self.wide else BESIDE)
        lines = [line for words in fact.words for line in fit_lines(words, SMALL, room, 2)]
        lines = lines[: int(row / 9.6)]
        base = top + row / 2 + 2.8 - (len(lines) - 1) * 4.9
        for at, words in enumerate(lines):
            if self.wide:
                pen.right(x + self.column, base + at * 9.8, words, SMALL)
            else:
                pen.put(x + BESIDE, base + at * 9.8, words, SMALL)
        pen.tags.close()


def line(
    sheet: ProgramSheet, pen: Pen, box: tuple[float, float, float, float], waves: Sequence[int]
) -> None:
    """Means over waves with a band where there is an interval; figures in rows under the axis."""
    x, y, wide, high = box
    column = (wide - 24) / len(waves)
    names = [broken(text.line(sheet.snapshot.waves[at].name), SMALL, column - 2) for at in waves]
    below = 11.0 * (max(map(len, names)) - 1)
    high -= below
    means = [sheet.of.waves[at] for at in waves]
    target = sheet.snapshot.target
    ends = [float((of.value or 0) + sign * (of.reach or 0)) for of in means for sign in (1, -1)]
    if target is not None:
        ends.append(float(target))
    low, top, step = axis(max(0.0, min(ends)), min(100.0, max(ends)))
    left, right = x + 24, x + wide

    def level(value: float) -> float:
        return y + high * (1 - (min(max(value, low), top) - low) / (top - low))

    across = [left + column * (at + 0.5) for at in range(len(waves))]
    for start, stop in _spans([of.reach is not None for of in means]):
        _band(pen, across[start:stop], means[start:stop], level)
    value = low
    while value <= top:
        pen.rule(left, level(value), right, 0.5, RULE)
        if target is None or abs(level(value) - level(float(target))) > 7:
            pen.right(left - 6, level(value) + 2.7, f"{value:g}", SMALL)
        value += step
    if target is not None:
        at = level(float(target))
        pen.line([(left, at), (right, at)], TEXT, 0.8, dashed=True)
        pen.right(left - 6, at + 2.7, sheet.target(), CHIP.inked(TEXT))
    places = [(a, level(float(of.value or 0))) for a, of in zip(across, means, strict=True)]
    pen.line(places, TEXT2, 1.6)
    for at, (place, of) in enumerate(zip(places, means, strict=True)):
        pen.dot(*place, 3.1, TEXT if at == len(places) - 1 else TEXT2, WHITE, 1.2)
        base = y + high + 13.5
        for down, words in enumerate(names[at]):
            pen.middle(place[0], base + down * 11, words, SMALL)
        base += below + 11
        figure = SMALL_STRONG.heavy(Weight.SEMIBOLD)._replace(size=8.5)
        pen.middle(place[0], base, sheet.score(of.value), figure)
        pen.middle(place[0], base + 11, sheet.plus_minus(of) or DASH, SMALL)
        pen.middle(place[0], base + 22, sheet.n(of.n), SMALL)


def _spans(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """From where to where at least two neighbours are set."""
    found, start = [], None
    for at, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = at
        elif not flag and start is not None:
            if at - start > 1:
                found.append((start, at))
            start = None
    return found


def _band(
    pen: Pen, across: Sequence[float], means: Sequence[Mean], level: Callable[[float], float]
) -> None:
    tops, feet = [], []
    for at, of in zip(across, means, strict=True):
        value, reach = of.value or Fraction(0), of.reach or Fraction(0)
        tops.append((at, level(float(value + reach))))
        feet.append((at, level(float(value - reach))))
    pen.area([*tops, *reversed(feet)], NEUTRAL_SOFT)
