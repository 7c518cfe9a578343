"""CSAT, NPS and CES: on this visit, at this location, in the network; each with its n."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from forms.indices import Counts, ces, csat, nps
from forms.questions.ces import CesQuestion
from reports.figures import NBSP
from reports.findings import is_index
from reports.pen import Pen
from reports.sections.panels import TITLE, Panel
from reports.sheet import Entry, Sheet
from reports.tagging import COLUMN, ROW
from reports.theme import BODY, BODY_STRONG, RULE, SMALL
from reports.typeface import width, wrap
from reports.words import mark


class Indices(Panel):
    """CSAT, NPS and CES as the evaluator gave them: this visit, the location, the network."""

    least = 250.0
    ROW = 31.0
    HEAD = 24.0

    def __init__(self, sheet: Sheet, entries: Sequence[Entry]) -> None:
        super().__init__(sheet, sheet.say(mark("Indices, evaluator-rated")))
        self.entries = entries
        self.location: dict[str, dict[int, int]] = {}
        self.network: dict[str, dict[int, int]] = {}
        for counts in sheet.snapshot.comparison.indices:
            entry = sheet.entry(counts.question)
            if entry is not None and is_index(entry):
                self.location[counts.question] = _on_scale(entry, counts.location)
                self.network[counts.question] = _on_scale(entry, counts.network)
        self.columns = list(self._columns())
        self.note = self._note()

    def _columns(self) -> Iterator[tuple[str, str, dict[str, dict[int, int]] | None]]:
        """Heading, its second line, and the counts behind it (None: this visit)."""
        yield self.sheet.say(mark("This visit")), _n(1), None
        visits = _most(self.location, self.entries)
        if visits > 1:
            words = self.sheet.say(mark("Last {count} visits"), count=visits)
            yield words, _n(visits), self.location
        visits = _most(self.network, self.entries)
        if visits:
            yield self.sheet.say(mark("Network")), _n(visits), self.network

    def _note(self) -> str:
        if len(self.columns) == 1:
            return self.sheet.say(mark("From one visit no rate can be drawn."))
        return self.sheet.say(
            mark("So few visits show no difference from the network for certain.")
        )

    def _note_lines(self, wide: float) -> list[str]:
        return wrap(self.note, SMALL, wide)

    def high(self, wide: float) -> float:
        notes = self._note_lines(wide)
        return TITLE + self.HEAD + self.ROW * len(self.entries) + 6 + 10.5 * len(notes)

    def draw(self, pen: Pen, x: float, top: float, wide: float) -> None:
        self.heading(pen, x, top)
        ends = self._ends(x, wide)
        y = top + TITLE
        pen.tags.open("Table")
        pen.tags.open("TR")
        pen.tags.leaf("TH", COLUMN)
        for end, (name, n, _) in zip(ends, self.columns, strict=True):
            pen.tags.leaf("TH", COLUMN)
            pen.right(end, y + 7, name, SMALL)
            pen.right(end, y + 17.5, n, SMALL)
        pen.tags.close()
        y += self.HEAD
        for entry in self.entries:
            pen.rule(x, y, x + wide, 0.5, RULE)
            self._row(pen, x, y, ends, entry)
            y += self.ROW
        pen.tags.close()
        pen.rule(x, y, x + wide, 0.5, RULE)
        pen.lines(x, y + 13, self._note_lines(wide), SMALL)

    def _ends(self, x: float, wide: float) -> list[float]:
        """Where the columns of figures end: at least as far apart as their headings need."""
        heads = [max(44.0, width(name, SMALL)) for name, _, _ in self.columns]
        spare = wide - 112 - sum(heads)
        gap = max(12.0, min(34.0, spare / len(heads)))
        ends, at = [], x + wide
        for head in reversed(heads):
            ends.append(at)
            at -= head + gap
        return ends[::-1]

    def _row(self, pen: Pen, x: float, y: float, ends: Sequence[float], entry: Entry) -> None:
        pen.tags.open("TR")
        pen.tags.leaf("TH", ROW)
        name, meaning = self._named(entry)
        pen.put(x, y + 12.5, name, BODY_STRONG)
        pen.put(x + width(f"{name}  ", BODY_STRONG), y + 12.5, entry.ref, SMALL)
        pen.put(x, y + 23.5, meaning, SMALL)
        for end, (_, _, counts) in zip(ends, self.columns, strict=True):
            pen.tags.leaf("TD")
            words = self._this(entry) if counts is None else self._over(entry, counts)
            style = BODY_STRONG if counts is self.location else BODY
            pen.figures(end, y + 12.5, words, style)
        pen.tags.close()

    def _named(self, entry: Entry) -> tuple[str, str]:
        say, question = self.sheet.say, entry.item.question
        if question.type == "csat":
            return say(mark("CSAT")), say(mark("satisfied, share of 4–5"))
        if question.type == "nps":
            return say(mark("NPS")), say(mark("would recommend, −100 to +100"))
        assert isinstance(question, CesQuestion)
        words = mark("effort, 1–{max}, high is easy")
        if question.easy == "low":
            words = mark("effort, 1–{max}, low is easy")
        return say(mark("CES")), say(words, max=question.max)

    def _this(self, entry: Entry) -> str:
        question = entry.item.question
        high = {"csat": 5, "nps": 10}.get(question.type, getattr(question, "max", 7))
        return f"{entry.answer.value} / {high}"

    def _over(self, entry: Entry, counts: dict[str, dict[int, int]]) -> str:
        found = counts.get(entry.item.id, {})
        if not found:
            return "–"
        return self._figure(entry, found)

    def _figure(self, entry: Entry, counts: Counts) -> str:
        question, figures = entry.item.question, self.sheet.figures
        if question.type == "csat":
            value = csat(counts).value
            return "–" if value is None else f"{figures.number(value, 1)}{NBSP}%"
        if question.type == "nps":
            value = nps(counts).value
            return "–" if value is None else figures.signed(value, 0)
        assert isinstance(question, CesQuestion)
        mean = ces(counts, question.max, easy_high=question.easy == "high").mean
        return "–" if mean is None else figures.number(mean, 1)


def _on_scale(entry: Entry, counts: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Without values of another scale, on which an earlier version of the checklist asked."""
    question = entry.item.question
    low, high = (0, 10) if question.type == "nps" else (1, getattr(question, "max", 5))
    return {value: visits for value, visits in counts if low <= value <= high}


def _n(count: int) -> str:
    return f"n{NBSP}={NBSP}{count}"


def _most(counts: dict[str, dict[int, int]], entries: Sequence[Entry]) -> int:
    """How many visits answered the question that most answered."""
    return max((sum(counts.get(e.item.id, {}).values()) for e in entries), default=0)
