"""Page 1, safe to pin on a wall: how did we do, what cannot wait, what first, why; facts last.

It always is one page: where there is more to say than room, rows come closer, descriptions get
shorter, and what is left out says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.charts import ring, tick, time_bar
from reports.findings import (
    ServiceTime,
    critical_entries,
    first_to_mend,
    service_times,
    strengths,
)
from reports.flow import Block
from reports.pen import Pen
from reports.sections import hero, seal
from reports.sections.bars import draw_bar
from reports.sections.critical import CriticalBox
from reports.sections.facts import draw_facts, facts
from reports.sections.phrases import (
    brief,
    describe,
    lost_anchor,
    lost_style,
    praise,
    section_anchor,
    section_bar,
    share_words,
    total_words,
    worth_sentence,
)
from reports.sections.squeeze import SQUEEZES, Squeeze
from reports.sheet import Entry, Part, Sheet
from reports.tagging import Element
from reports.theme import (
    BLOCK,
    BODY,
    BODY_STRONG,
    DANGER,
    ITEM,
    RULE,
    SMALL,
    SUCCESS,
    TEXT,
    TEXT2,
    TEXT3,
    Style,
)
from reports.typeface import fit, fit_lines, width, wrap
from reports.words import WORDS, mark

COLUMN_GAP = 30.0
HEADING = 26.0
FACTS = 105.9  # from the page's lower edge
#: How high the facts are before they push their rule up.
FACTS_HIGH = 47.5
NARROW = Style(7.5, 8.6)
#: How much less wide bars may be than is usual, where titles are long.
BAR_GIVES = 26.0


class PageOne(Block):
    bookmark: str | None

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.bookmark = sheet.say(mark("Summary"))
        alone = 0.0 if sheet.snapshot.template.parts else seal.ROW
        self.height = sheet.page.foot - sheet.page.top - alone
        self.mend = first_to_mend(sheet)
        self.good = strengths(sheet)
        self.times = service_times(sheet)
        self.left = round(sheet.page.inner * 0.5808)
        self.named = True
        self.named = all(self._time_room(t) >= width(t.entry.short, SMALL) for t in self.times)
        critical = critical_entries(sheet)
        self.box = CriticalBox(sheet, critical) if critical else None
        self.facts = facts(sheet)
        self.foot = sheet.page.height - FACTS - max(0.0, self.facts.height - FACTS_HIGH) - alone
        self.lines = self._most_lines()
        self.squeeze, self.slack = self._fit()
        self.title_room, self.title_style = self._titles()
        self.time_style = self._time_style()

    def _most_lines(self) -> int:
        wide = self.left if self.good else self.sheet.page.inner
        room = self.sheet.page.inner - self.left - COLUMN_GAP - 18
        lines = [wrap(describe(self.sheet, entry), BODY, wide - 52) for entry in self.mend]
        lines += [wrap(praise(self.sheet, entry), BODY, room) for entry in self.good]
        return max(map(len, lines), default=1)

    def _fit(self) -> tuple[Squeeze, float]:
        room = self.foot - 16 - hero.END
        for squeeze in SQUEEZES:
            left = room - self._needed(squeeze)
            if left >= 0:
                return squeeze, min(18.0, left / 3)
        return SQUEEZES[-1], 0.0

    def _needed(self, squeeze: Squeeze) -> float:
        box = squeeze.gap - 12 + self.box.height if self.box else 0.0
        return box + 2 * squeeze.gap + self._items_height(squeeze) + self._bars_height(squeeze)

    def _items_height(self, squeeze: Squeeze) -> float:
        rows = max(len(self.mend), len(self.good))
        return HEADING + 14 + rows * self._row(squeeze) if rows else 0.0

    def _row(self, squeeze: Squeeze) -> float:
        """Rows of one line each stand closer."""
        return squeeze.item if self.lines > 1 else min(squeeze.item, 37.0)

    def _bars_height(self, squeeze: Squeeze) -> float:
        rows = min(len(self.sheet.parts), squeeze.sections)
        more = 1 if rows < len(self.sheet.parts) else 0
        return HEADING + max((rows + more) * squeeze.bar + 14, self._times_height(squeeze))

    def _times_height(self, squeeze: Squeeze) -> float:
        return min(len(self.times), 6) * squeeze.time

    def draw(self, pen: Pen, x: float, top: float) -> None:
        del top  # its measures count from the page's upper edge
        hero.draw(self.sheet, pen)
        y = hero.END
        gap = self.squeeze.gap + self.slack
        if self.box:
            y += gap - 12
            self.box.draw(pen, x, y)
            y += self.box.height
        y += gap
        if self.mend or self.good:
            self._columns(pen, y)
            y += self._items_height(self.squeeze) + gap
        self._lower(pen, y)
        draw_facts(self.sheet, pen, self.foot, self.facts)

    # what to fix, what to keep

    def _columns(self, pen: Pen, y: float) -> None:
        sheet, page = self.sheet, self.sheet.page
        wide = self.left if self.good else page.inner
        self._heading(pen, page.left, y, *self._mend_words())
        pen.rule(page.left, y + 33, page.left + wide, 0.5, RULE)
        if self.mend:
            pen.tags.open("L")
        for at, entry in enumerate(self.mend):
            self._priority(pen, y + 33 + at * self._row(self.squeeze), wide, entry, first=at == 0)
        if self.mend:
            pen.tags.close()
        if not self.good:
            return
        x = page.left + self.left + COLUMN_GAP
        title = WORDS.plural(
            sheet.language,
            "Keep up: one strength",
            "Keep up: {many} strengths",
            len(self.good),
            many=sheet.spelled(len(self.good)),
        )
        self._heading(pen, x, y, title, sheet.say(mark("Full points on this visit.")))
        pen.rule(x, y + 33, page.right, 0.5, RULE)
        pen.tags.open("L")
        for at, entry in enumerate(self.good):
            self._strength(pen, x, y + 33 + at * self._row(self.squeeze), entry, first=at == 0)
        pen.tags.close()

    def _heading(self, pen: Pen, x: float, y: float, title: str, under: str) -> None:
        pen.tags.leaf("H2")
        pen.put(x, y + 8, title, BLOCK)
        pen.tags.end()
        room = (self.left if x == self.sheet.page.left else self.sheet.page.right - x) + 12
        pen.put(x, y + 22.5, fit(under, BODY, room), BODY.inked(TEXT2))

    def _mend_words(self) -> tuple[str, str]:
        sheet = self.sheet
        if not self.mend:
            return sheet.say(mark("Nothing to fix first")), sheet.say(
                mark("No question lost points on this visit.")
            )
        title = WORDS.plural(
            sheet.language,
            "Fix first: what cost most",
            "Fix first: the {many} that cost most",
            len(self.mend),
            many=sheet.spelled(len(self.mend)),
        )
        return title, worth_sentence(sheet, sheet.snapshot.worth)

    def _priority(self, pen: Pen, y: float, wide: float, entry: Entry, *, first: bool) -> None:
        sheet, x = self.sheet, self.sheet.page.left
        if not first:
            pen.rule(x, y, x + wide, 0.5, RULE)
        lost = sheet.figures.number(-entry.lost, sheet.decimals)
        pen.tags.open("LI")
        pen.tags.leaf("LBody")
        pen.figures(x + 36, y + 17.5, lost, lost_style(lost))
        self._item(pen, x + 52, y, x + wide, entry, describe(sheet, entry))
        pen.link(x, y, wide, self._row(self.squeeze), lost_anchor(entry), entry.label)
        pen.tags.close()

    def _strength(self, pen: Pen, x: float, y: float, entry: Entry, *, first: bool) -> None:
        if not first:
            pen.rule(x, y, self.sheet.page.right, 0.5, RULE)
        pen.icon("met", x - 0.5, y + 6.5, 12, SUCCESS)
        pen.tags.open("LI")
        pen.tags.leaf("LBody")
        self._item(pen, x + 18, y, self.sheet.page.right, entry, praise(self.sheet, entry))
        pen.tags.close()

    def _item(self, pen: Pen, x: float, y: float, right: float, entry: Entry, words: str) -> None:
        ref = self.sheet.say(mark("Question {number}"), number=entry.ref)
        if width(entry.short, ITEM) > right - x - width(ref, SMALL) - 8:
            ref = entry.ref
        pen.right(right, y + 15, ref, SMALL)
        room = right - x - width(ref, SMALL) - 8
        pen.put(x, y + 15.3, fit(entry.short, ITEM, room), ITEM)
        lines = fit_lines(words, BODY, right - x, self.squeeze.lines)
        pen.lines(x, y + 27.8, lines, BODY.inked(TEXT2))

    # sections and times

    def _lower(self, pen: Pen, y: float) -> None:
        page = self.sheet.page
        wide = self.left if self.times else page.inner
        pen.tags.leaf("H2")
        pen.put(page.left, y + 8, self.sheet.say(mark("Score by section")), BLOCK)
        pen.tags.skip()  # each bar says in words what its tick and its ring are
        self._key(pen, page.left + wide, y + 8)
        y += HEADING
        parts = self.sheet.parts[: self.squeeze.sections]
        pen.tags.open("L")
        for at, part in enumerate(parts):
            pen.tags.open("LI")
            body = pen.tags.leaf("LBody")
            top = y + at * self.squeeze.bar
            self._section(pen, top, wide, part, body)
            high = self.squeeze.bar
            pen.link(page.left, top - high / 4, wide, high, section_anchor(part), part.title)
            pen.tags.close()
        y += len(parts) * self.squeeze.bar
        pen.tags.close()
        y = self._left_out(pen, y, self.sheet.parts[len(parts) :])
        self._total(pen, y, wide)
        pen.tags.end()
        if self.times:
            self._service(pen, y=y - len(parts) * self.squeeze.bar - HEADING, parts=len(parts))

    def _left_out(self, pen: Pen, y: float, parts: Sequence[Part]) -> float:
        if not parts:
            return y
        words = WORDS.plural(
            self.sheet.language,
            "and {count} more section further on",
            "and {count} more sections further on",
            len(parts),
        )
        pen.put(self.sheet.page.left + 12, y + 7.5, words, SMALL)
        return y + self.squeeze.bar

    def _key(self, pen: Pen, right: float, base: float) -> None:
        """What tick and ring mean, where they are used."""
        sheet = self.sheet
        if all(part.score.ratio is None for part in sheet.parts):
            return
        if sheet.snapshot.history:
            words = sheet.say(mark("last visit"))
            pen.right(right, base, words, SMALL)
            right -= width(words, SMALL) + 6
            ring(pen, right, base - 2.7)
            right -= 14
        if sheet.target_ratio is not None:
            words = sheet.say(mark("target"))
            pen.right(right, base, words, SMALL)
            tick(pen, right - width(words, SMALL) - 6, base - 7, 9)

    def _section(self, pen: Pen, y: float, wide: float, part: Part, body: Element) -> None:
        sheet, x = self.sheet, self.sheet.page.left
        base = y + 7.2
        indent = self._indent
        bar_x = x + indent + self.title_room + 8
        pen.put(x, base, str(part.number), BODY.inked(TEXT3))
        self._section_title(pen, x + indent, base, part.title)
        right = x + wide
        if part.score.ratio is None:
            words = mark("not asked") if part.score.hidden else mark("not scored")
            pen.right(right, base, sheet.say(words), SMALL)
            return
        of = section_bar(sheet, part)
        draw_bar(sheet, pen, (bar_x, y, right - 58 - bar_x, 8), of, body)
        value = BODY_STRONG if of.missed else BODY
        points, whole = share_words(sheet, part)
        pen.figures(right - 28, base, points, value.inked(DANGER if of.missed else TEXT))
        pen.figures(right, base, f"/ {whole}" if whole else "", BODY.inked(TEXT2))

    @property
    def _indent(self) -> float:
        """Of a section's title, after its number."""
        return 12.0 if len(self.sheet.parts) < 10 else 16.0

    def _titles(self) -> tuple[float, Style]:
        """Room and style of the sections' titles, one style for all: long ones take from the
        bars, then all are set smaller."""
        room = (112.0 if self.times else 188.0) - self._indent
        titles = [part.title for part in self.sheet.parts[: self.squeeze.sections]]
        longest = max((width(title, BODY) for title in titles), default=0.0)
        room = min(max(room, longest), room + BAR_GIVES)
        return room, BODY if longest <= room else NARROW

    def _section_title(self, pen: Pen, x: float, base: float, title: str) -> None:
        """Long titles take two lines where rows stand apart enough."""
        style = self.title_style
        most = 1 if style is BODY or self.squeeze.bar < 16 else 2
        lines = fit_lines(title, style, self.title_room, most)
        pen.lines(x, base - style.leading / 2 * (len(lines) - 1), lines, style)

    def _total(self, pen: Pen, y: float, wide: float) -> None:
        sheet, x = self.sheet, self.sheet.page.left
        if sheet.card.score is None:
            return
        pen.rule(x, y - 2, x + wide, 0.5, RULE)
        pen.tags.leaf("P")
        base = y + 8.5
        pen.put(x + 12, base, total_words(sheet), BODY_STRONG)
        pen.figures(x + wide - 28, base, sheet.score_text(sheet.card.score), BODY_STRONG)
        pen.figures(x + wide, base, "/ 100", BODY.inked(TEXT2))

    def _service(self, pen: Pen, y: float, parts: int) -> None:
        sheet, page = self.sheet, self.sheet.page
        x = page.left + self.left + COLUMN_GAP
        pen.tags.leaf("H2")
        pen.put(x, y + 8, sheet.say(mark("Service times")), BLOCK)
        pen.tags.skip()
        words = sheet.say(mark("standard"))
        pen.right(page.right, y + 8, words, SMALL)
        tick(pen, page.right - width(words, SMALL) - 6, y + 1, 9)
        room = max(3, int((parts * self.squeeze.bar + 14) / self.squeeze.time))
        shown = self.times[:6] if len(self.times) <= room else _worst(self.times, min(room, 6))
        pen.tags.open("L")
        for at, time in enumerate(shown):
            pen.tags.open("LI")
            pen.tags.leaf("LBody")
            self._time(pen, x, y + HEADING + at * self.squeeze.time, time)
            pen.tags.close()
        pen.tags.close()

    def _standard(self, of: ServiceTime) -> str:
        time = self.sheet.figures.duration(int(of.standard))
        if not self.named:
            return time  # the heading's key says what it is
        return self.sheet.say(mark("standard {time}"), time=time)

    def _time_room(self, of: ServiceTime) -> float:
        """For the name of a time, before its value and its standard."""
        value = brief(self.sheet.figures.duration(of.seconds))
        standards = max(width(self._standard(each), SMALL) for each in self.times)
        column = self.sheet.page.inner - self.left - COLUMN_GAP
        return column - standards - 9 - width(value, BODY_STRONG if of.missed else BODY) - 6

    def _time_style(self) -> Style:
        """One size for the names of all times."""
        fits = all(width(of.entry.short, BODY) <= self._time_room(of) for of in self.times)
        return BODY if fits else SMALL.inked(TEXT)

    def _time(self, pen: Pen, x: float, y: float, of: ServiceTime) -> None:
        sheet, right = self.sheet, self.sheet.page.right
        room = self._time_room(of)
        label = self.time_style
        pen.put(x, y + 4.5, fit(of.entry.short, label, room), label)
        value = brief(sheet.figures.duration(of.seconds))
        style = BODY_STRONG.inked(DANGER) if of.missed else BODY
        at = right - max(width(self._standard(each), SMALL) for each in self.times) - 9
        pen.right(at, y + 4.5, value, style)
        pen.right(right, y + 4.5, self._standard(of), SMALL)
        time_bar(pen, x, y + 9, right - x, (of.seconds, of.standard))


def _worst(times: Sequence[ServiceTime], most: int) -> list[ServiceTime]:
    kept = sorted(times, key=lambda t: -float(t.seconds / t.standard) if t.standard else 0.0)[:most]
    return [time for time in times if time in kept]
