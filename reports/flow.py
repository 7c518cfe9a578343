"""Blocks flow down the pages: kept with what follows, split where they are too long, header rows
repeated. Nothing is drawn before the last block has its place, so "page 3 of 12" is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reports.pen import Pen
from reports.theme import Page


class Block:
    """A piece of the paper, as wide as the page's content.

    ``height`` counts from its top; ``before`` is the room above it, dropped at the top of a page.
    ``keep`` never leaves it alone at a page's foot. ``repeat`` is drawn again where a page breaks
    before or inside the block. ``page`` is set when it has its place (from 1). Links lead to its
    ``anchor``. ``bare`` is a page without header and footer.
    """

    height: float = 0.0
    before: float = 0.0
    keep: bool = False
    repeat: Block | None = None
    bookmark: str | None = None
    level: int = 0
    page: int = 0
    anchor: str = ""
    bare: bool = False

    def draw(self, pen: Pen, x: float, top: float) -> None:
        raise NotImplementedError

    def least(self) -> float:
        """The least height in which a first part of it can stand."""
        return self.height

    def split(self, room: float) -> tuple[Block, Block] | None:
        """A first part no higher than ``room`` and the rest; None when it cannot be split."""
        del room
        return None


class Break(Block):
    """What follows stands on a new page."""

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Nothing to draw."""


class Late(Block):
    """Blocks that are chosen when it is known how much room is left."""

    def blocks(self, room: float, full: float) -> list[Block]:
        """``room`` is what the page still has (0 where it has none), ``full`` what a page has."""
        raise NotImplementedError

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Nothing of its own."""


@dataclass(slots=True)
class Placed:
    """``again``: a header row that was drawn before."""

    block: Block
    top: float
    again: bool = False


@dataclass(slots=True)
class Flow:
    """Lays blocks out; ``pages`` holds what stands where."""

    page: Page
    pages: list[list[Placed]] = field(default_factory=list)
    _top: float = 0.0

    def start_page(self) -> None:
        self.pages.append([])
        self._top = self.page.top

    def add(self, blocks: Iterable[Block]) -> None:
        waiting = list(blocks)
        waiting.reverse()
        while waiting:
            block = waiting.pop()
            if isinstance(block, Break):
                if not self.pages or self.pages[-1]:
                    self.start_page()
                continue
            if isinstance(block, Late):
                room = self._room if self.pages else 0.0
                waiting += reversed(block.blocks(room, self.page.foot - self.page.top))
                continue
            rest = self._place(block, waiting)
            if rest is not None:
                waiting.append(rest)

    @property
    def _room(self) -> float:
        return self.page.foot - self._top

    def _place(self, block: Block, following: Sequence[Block]) -> Block | None:
        """Place ``block``, or its first part; returns the rest."""
        if not self.pages:
            self.start_page()
        fresh = not self.pages[-1]
        gap = 0.0 if fresh else block.before
        if not fresh and gap + self._needed(block, following) > self._room:
            self._turn(block)
            fresh, gap = True, 0.0
        if gap + block.height <= self._room:
            self._put(block, gap)
            return None
        parts = block.split(self._room - gap)
        if parts is None:
            self._put(block, gap)  # higher than a page and cannot be split: as it is
            return None
        first, rest = parts
        self._put(first, gap)
        self._turn(rest)
        return rest

    def _needed(self, block: Block, following: Sequence[Block]) -> float:
        """The room that ``block`` asks for with all that must stand beside it."""
        needed = 0.0
        at = len(following)
        full = self.page.foot - self.page.top
        while block.keep and at > 0 and block.least() >= block.height:
            needed += block.height
            at -= 1
            block = following[at]
            needed += block.before
        needed += min(block.least(), block.height)
        return min(needed, full)

    def _turn(self, block: Block) -> None:
        self.start_page()
        if block.repeat is not None:
            self._put(block.repeat, 0.0, again=True)

    def _put(self, block: Block, gap: float, *, again: bool = False) -> None:
        block.page = len(self.pages)
        self.pages[-1].append(Placed(block, self._top + gap, again))
        self._top += gap + block.height
