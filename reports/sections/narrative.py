"""The visit in the evaluator's words: answers of several lines, at a width that reads well.

A question belongs here when it is a text of several lines (``type: text``, ``multiline: true``).
Where this part is printed, the table of its section says so instead of the words again.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.flow import Block
from reports.pen import Pen
from reports.sections.headings import Heading
from reports.sheet import Entry, Sheet
from reports.theme import ITEM, SMALL, TEXT3, Style
from reports.typeface import wrap, wrap_label
from reports.words import WORDS, mark

STORY = Style(9.5, 14.5)
#: At most so wide: some 85 characters on a line.
WIDE = 420.0


def blocks(sheet: Sheet) -> list[Block]:
    told = [entry for entry in sheet.entries if entry.key in sheet.narrated]
    if not told:
        return []
    under = WORDS.plural(
        sheet.language,
        "One answer in full, as it was written.",
        "{count} answers in full, as they were written.",
        len(told),
    )
    heading = Heading(sheet.say(mark("In the evaluator’s words")), under, sheet.page.inner)
    found: list[Block] = [heading]
    for at, entry in enumerate(told):
        head = Question(sheet, entry)
        head.before = 4.0 if at == 0 else 18.0
        words = Told(sheet, entry, wrap(sheet.narrated[entry.key], STORY, WIDE))
        found += [head, words]
    return found


class Question(Block):
    """Number and question over its words."""

    keep = True

    def __init__(self, sheet: Sheet, entry: Entry) -> None:
        self.sheet = sheet
        self.entry = entry
        self.lines = wrap_label(entry.label, ITEM, WIDE)
        self.height = ITEM.leading * len(self.lines) + 3

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.tags.leaf("H3")
        pen.put(x, top + 10, self.entry.ref, ITEM.inked(TEXT3))
        pen.lines(x + self.sheet.indent, top + 10, self.lines, ITEM)
        pen.tags.end()


class Told(Block):
    """The words; where they go on over a page the number of the question stands above them."""

    def __init__(
        self, sheet: Sheet, entry: Entry, lines: Sequence[str], *, on: bool = False
    ) -> None:
        self.sheet = sheet
        self.entry = entry
        self.lines = list(lines)
        self.head = 14.0 if on else 0.0
        self.height = self.head + STORY.leading * len(self.lines)

    def least(self) -> float:
        return self.head + STORY.leading * min(len(self.lines), 3)

    def split(self, room: float) -> tuple[Block, Block] | None:
        fits = min(int((room - self.head) / STORY.leading), len(self.lines) - 2)
        if fits < 2:
            return None
        first = Told(self.sheet, self.entry, self.lines[:fits], on=self.head > 0)
        return first, Told(self.sheet, self.entry, self.lines[fits:], on=True)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        left = x + self.sheet.indent
        if self.head:
            pen.tags.skip()
            words = self.sheet.say(mark("{number}, continued"), number=self.entry.ref)
            pen.put(left, top + 8, words, SMALL.inked(TEXT3))
        pen.tags.leaf("P", key=("told", self.entry.key))
        pen.lines(left, top + self.head + 10.5, self.lines, STORY)
        pen.tags.end()
