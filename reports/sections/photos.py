"""Photo appendix: every photo whole, with its number, question and caption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import text, theme
from reports.flow import Block
from reports.pen import Pen, PrintJpeg
from reports.sections.headings import Heading
from reports.sheet import Entry, Sheet, photo_ref
from reports.snapshot import Photo
from reports.theme import SMALL, SMALL_STRONG, TEXT3
from reports.typeface import fit, fit_lines, width
from reports.words import WORDS, mark

GAP = 20.0
HIGH = 150.0
CAPTION_LINES = 3


@dataclass(frozen=True, slots=True)
class Shot:
    entry: Entry
    ref: str
    photo: Photo


def blocks(sheet: Sheet) -> list[Block]:
    shots = [
        Shot(entry, photo_ref(entry, at), photo)
        for entry in sheet.entries
        for at, photo in enumerate(entry.photos)
    ]
    if not shots:
        return []
    under = WORDS.plural(
        sheet.language,
        "One photo; its number is that of its question.",
        "{count} photos; each number is that of its question.",
        len(shots),
    )
    heading = Heading(sheet.say(mark("Photos")), under, sheet.page.inner)
    return [heading, *(PhotoRow(sheet, shots[at : at + 2]) for at in range(0, len(shots), 2))]


class PhotoRow(Block):
    """Two photos side by side, each whole on a pale ground."""

    before = 12.0

    def __init__(self, sheet: Sheet, shots: Sequence[Shot]) -> None:
        self.sheet = sheet
        self.shots = shots
        self.wide = (sheet.page.inner - GAP) / 2
        self.jpegs = [sheet.jpeg(shot.photo.sha256) for shot in shots]
        self.captions = [self._caption(shot) for shot in shots]
        self.high = max(self._high(jpeg) for jpeg in self.jpegs)
        self.height = self.high + 13 + 10.5 * max(map(len, self.captions))

    def _high(self, jpeg: PrintJpeg | None) -> float:
        if jpeg is None:
            return 60.0
        return min(HIGH, self.wide * jpeg.size[1] / max(1, jpeg.size[0]))

    def _caption(self, shot: Shot) -> list[str]:
        words = text.line(shot.photo.caption)
        return fit_lines(words, SMALL, self.wide, CAPTION_LINES) if words else []

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for shot, jpeg, caption in zip(self.shots, self.jpegs, self.captions, strict=True):
            self._picture(pen, x, top, jpeg)
            base = top + self.high + 11
            ref = self.sheet.say(mark("Photo {ref}"), ref=shot.ref)
            pen.put(x, base, ref, SMALL_STRONG)
            taken = width(f"{ref}  ", SMALL_STRONG)
            short = fit(shot.entry.short, SMALL, self.wide - taken)
            pen.put(x + taken, base, short, SMALL.inked(TEXT3))
            pen.lines(x, base + 10.5, caption, SMALL)
            x += self.wide + GAP

    def _picture(self, pen: Pen, x: float, top: float, jpeg: PrintJpeg | None) -> None:
        pen.box(x, top, self.wide, self.high, theme.TRACK, 3)
        if jpeg is None:
            words = self.sheet.say(mark("Photo missing"))
            pen.middle(x + self.wide / 2, top + self.high / 2 + 3, words, SMALL)
            return
        scale = min(self.wide / jpeg.size[0], self.high / jpeg.size[1])
        wide, high = jpeg.size[0] * scale, jpeg.size[1] * scale
        left = x + (self.wide - wide) / 2
        pen.photo(jpeg, left, top + (self.high - high) / 2, wide, high, 3)
