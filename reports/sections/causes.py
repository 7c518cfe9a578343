"""What was lost, by who can mend it and by what kind of failing the customer met."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from forms.tags import Cause, Killer
from reports.figures import rounded
from reports.journey import Findings
from reports.pen import Pen
from reports.sections.failed import CAUSES, KILLERS
from reports.sections.panels import TITLE, Panel
from reports.sheet import Entry, Sheet
from reports.tagging import COLUMN, ROW
from reports.theme import BODY, BODY_STRONG, RULE, SMALL, SMALL_STRONG, TEXT2, TOTAL_RULE
from reports.typeface import figures_width, width, wrap
from reports.words import WORDS, mark

ROW_HIGH = 28.0
LABEL = 18.0
GAP = 9.0
#: The least width of a column of figures.
NARROWEST = 30.0


class Causes(Panel):
    def __init__(self, sheet: Sheet, found: Findings) -> None:
        super().__init__(sheet, sheet.say(mark("Findings by root cause")))
        self.found = found
        #: Where no finding has a killer, there is nothing to tell apart beside the total.
        self.killers: Sequence[Killer | None] = () if found.killers == (None,) else found.killers
        self.heads = [self._head(killer) for killer in self.killers]
        self.columns = [self._column(at) for at in range(len(self.killers) + 1)]
        self.label = max(LABEL + width(self._cause(cause), BODY) for cause in found.causes)
        self.least = self.label + sum(self.columns) + GAP * len(self.columns)
        self.head_lines = max([1, *(len(lines) for lines in self.heads)])

    def _head(self, killer: Killer | None) -> list[str]:
        words = self.sheet.say(KILLERS[killer]) if killer else self.sheet.say(mark("Other"))
        least = max([NARROWEST, *(width(word, SMALL) for word in words.split())])
        while len(wrap(words, SMALL, least)) > 2:
            least += 2
        return wrap(words, SMALL, least)

    def _column(self, at: int) -> float:
        """Wide enough for its heading, its figures, and two numbers of questions."""
        style = BODY_STRONG if at == len(self.killers) else BODY
        if at == len(self.killers):
            values = list(self.found.by_cause.values())
            heads = [self.sheet.say(mark("Total"))]
            values.append(self.found.total)
        else:
            values = [self.found.by_killer[self.killers[at]]]
            heads = self.heads[at]
        least = max(width(words, SMALL_STRONG) for words in heads)
        figures = max(figures_width(self._figure(value), style) for value in values)
        return max(NARROWEST, least, figures)

    def _figure(self, value: Fraction) -> str:
        return self.sheet.figures.number(-value, self.sheet.decimals)

    def _cause(self, cause: Cause | None) -> str:
        return self.sheet.say(CAUSES[cause]) if cause else self.sheet.say(mark("Other"))

    def _note(self) -> str:
        say = self.sheet.say
        rows = mark("Rows: who can mend it. Columns: what the customer met. Small: questions.")
        if not self.killers:
            rows = mark("Rows: who can mend it. Small: questions.")
        words = [say(rows)]
        shown = sum(rounded(lost, self.sheet.decimals) for lost in self.found.by_cause.values())
        if shown != rounded(self.found.total, self.sheet.decimals):
            words.append(say(mark("Points are rounded.")))
        return " ".join(words)

    def high(self, wide: float) -> float:
        rows = ROW_HIGH * len(self.found.causes)
        notes = 10.5 * len(wrap(self._note(), SMALL, wide))
        return TITLE + 6 + 10.5 * self.head_lines + rows + 20 + notes + 2

    def _ends(self, x: float, wide: float) -> list[float]:
        """Where the columns end: the room that is left is shared by their gaps."""
        gap = self._gap(wide)
        ends, at = [], x + wide
        for column in reversed(self.columns):
            ends.append(at)
            at -= column + gap
        return ends[::-1]

    def _gap(self, wide: float) -> float:
        return min(24.0, (wide - self.label - sum(self.columns)) / len(self.columns))

    def draw(self, pen: Pen, x: float, top: float, wide: float) -> None:
        self.heading(pen, x, top)
        ends = self._ends(x, wide)
        y = top + TITLE + 10.5 * self.head_lines
        pen.tags.open("Table")
        self._heads(pen, ends, y)
        y += 6
        for cause in self.found.causes:
            pen.rule(x, y, x + wide, 0.5, RULE)
            self._row(pen, x, y, (ends, self._gap(wide)), cause)
            y += ROW_HIGH
        pen.rule(x, y, x + wide, 0.7, TOTAL_RULE)
        self._totals(pen, x, y, ends)
        pen.tags.close()
        pen.lines(x, y + 30, wrap(self._note(), SMALL, wide), SMALL)

    def _heads(self, pen: Pen, ends: Sequence[float], y: float) -> None:
        pen.tags.open("TR")
        pen.tags.leaf("TH", COLUMN)
        total = [self.sheet.say(mark("Total"))]
        for end, lines in zip(ends, [*self.heads, total], strict=True):
            style = SMALL_STRONG if lines is total else SMALL
            pen.tags.leaf("TH", COLUMN)
            for at, words in enumerate(lines):
                pen.right(end, y - 10.5 * (len(lines) - 1 - at), words, style)
        pen.tags.close()

    def _row(
        self,
        pen: Pen,
        x: float,
        y: float,
        columns: tuple[Sequence[float], float],
        cause: Cause | None,
    ) -> None:
        ends, gap = columns
        pen.tags.open("TR")
        if cause is not None:
            pen.icon(cause.value, x, y + 5, 10, TEXT2)
        pen.tags.leaf("TH", ROW)
        pen.put(x + LABEL, y + 13, self._cause(cause), BODY)
        for at, (end, killer) in enumerate(zip(ends, self.killers, strict=False)):
            entries = self.found.cells.get((cause, killer), ())
            pen.tags.leaf("TD")
            if entries:
                pen.figures(end, y + 13, self._figure(self.found.by_cell[cause, killer]), BODY)
                pen.right(end, y + 23.5, self._refs(entries, self.columns[at] + gap - 3), SMALL)
        pen.tags.leaf("TD")
        pen.figures(ends[-1], y + 13, self._figure(self.found.by_cause[cause]), BODY_STRONG)
        if not self.killers:
            entries = self.found.cells[cause, None]
            pen.right(ends[-1], y + 23.5, self._refs(entries, self.columns[-1] + 60), SMALL)
        pen.tags.close()

    def _refs(self, entries: Sequence[Entry], room: float) -> str:
        """Their numbers, how many where there is no room for all, else the first ones."""
        refs = [entry.ref for entry in entries]
        words = ", ".join(refs)
        if width(words, SMALL) <= room:
            return words
        many = WORDS.plural(
            self.sheet.language, "{count} question", "{count} questions", len(entries)
        )
        while width(many, SMALL) > room and len(refs) > 1:
            refs.pop()
            many = f"{', '.join(refs)}…"
        return many

    def _totals(self, pen: Pen, x: float, y: float, ends: Sequence[float]) -> None:
        pen.tags.open("TR")
        pen.tags.leaf("TH", ROW)
        pen.put(x + LABEL, y + 13, self.sheet.say(mark("Total")), BODY_STRONG)
        for end, killer in zip(ends, self.killers, strict=False):
            pen.tags.leaf("TD")
            pen.figures(end, y + 13, self._figure(self.found.by_killer[killer]), BODY)
        pen.tags.leaf("TD")
        pen.figures(ends[-1], y + 13, self._figure(self.found.total), BODY_STRONG)
        pen.tags.close()
