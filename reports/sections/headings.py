"""Titles of the parts of a report, and the small rows that several parts share."""

from __future__ import annotations

from reports.flow import Block
from reports.pen import Pen
from reports.theme import BLOCK, BODY, SMALL, TEXT2, TITLE, Style
from reports.typeface import balanced, width, wrap


class Heading(Block):
    """A title with a sentence under it; never alone at a page's foot."""

    keep = True

    def __init__(
        self, title: str, under: str, room: float, *, large: bool = True, bookmark: bool = True
    ) -> None:
        self.style: Style = TITLE if large else BLOCK
        self.title = balanced(title, self.style, room)
        self.room = room
        #: Words at the right, on the title's line: left out where there is no room for them.
        self.aside = ""
        self.under = wrap(under, BODY, room) if under else []
        self.before = 30.0 if large else 22.0
        self.bookmark = title if bookmark else None
        rise = self.style.leading * len(self.title)
        self.height = rise + 12 * len(self.under) + (10 if self.under else 6)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.tags.leaf(f"H{self.level + 2}")
        base = pen.lines(x, top + self.style.size * 0.9, self.title, self.style)
        pen.tags.end()
        taken = width(self.title[-1], self.style) + width(self.aside, SMALL) + 16
        if self.aside and taken <= self.room:
            pen.right(x + self.room, base - self.style.leading, self.aside, SMALL)
        pen.lines(x, base - self.style.leading + 17.0, self.under, BODY.inked(TEXT2))


class Lines(Block):
    """A paragraph that may be split between lines."""

    def __init__(
        self,
        lines: list[str],
        style: Style,
        indent: float = 0.0,
        before: float = 0.0,
        *,
        whole: bool = False,
    ) -> None:
        self.whole = whole
        self.words: object = self
        self.lines = lines
        self.style = style
        self.indent = indent
        self.before = before
        self.height = style.leading * len(lines)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.tags.leaf("P", key=self.words)
        pen.lines(x + self.indent, top + self.style.size, self.lines, self.style)

    def least(self) -> float:
        return self.style.leading * (len(self.lines) if self.whole else min(len(self.lines), 2))

    def split(self, room: float) -> tuple[Block, Block] | None:
        fits = int(room / self.style.leading)
        fits = min(fits, len(self.lines) - 2)
        if fits < 2:
            return None
        first = Lines(self.lines[:fits], self.style, self.indent)
        rest = Lines(self.lines[fits:], self.style, self.indent)
        rest.repeat = self.repeat
        first.words = rest.words = self.words
        return first, rest
