"""Photo appendix: every photo whole, with its number, question and caption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import text, theme
from reports.flow import Block, Late
from reports.jpeg import PrintJpeg
from reports.pen import Pen
from reports.sections.headings import Heading
from reports.sheet import Entry, Sheet, photo_alt, photo_ref
from reports.snapshot import Photo
from reports.theme import SMALL, SMALL_STRONG, TEXT3
from reports.typeface import fit_lines, width, wrap
from reports.words import WORDS, mark

GAP = 16.0
#: How high the photos of a row should about be: large, or where that saves a page, smaller.
HEIGHTS = (190.0, 140.0, 100.0)
#: Photos of another shape stand on a pale ground of this one (width by height).
SHAPES = (0.62, 12.0)
#: Wider ones take a row of their own: beside them the others would be too small to see.
PANORAMA = 3.0
#: How many points a pixel may at most become.
LARGEST = 1.5
CAPTION_LINES = 3
#: A row may be so much higher, so that it fills the width.
SLACK = 1.02


@dataclass(frozen=True, slots=True)
class Shot:
    entry: Entry
    ref: str
    photo: Photo
    jpeg: PrintJpeg | None
    alt: str

    @property
    def shape(self) -> float:
        if self.jpeg is None:
            return 4 / 3
        wide, high = self.jpeg.size
        low, top = SHAPES
        return min(top, max(low, wide / max(1, high)))


def blocks(sheet: Sheet) -> list[Block]:
    shots = [
        Shot(
            entry,
            photo_ref(entry, at),
            photo,
            sheet.jpeg(photo.sha256),
            photo_alt(sheet, entry, at),
        )
        for entry in sheet.entries
        for at, photo in enumerate(entry.photos)
    ]
    return [Appendix(sheet, shots)] if shots else []


class Appendix(Late):
    """Heading and rows, arranged for the room that is left: as few pages as can be, then as
    large as can be."""

    def __init__(self, sheet: Sheet, shots: Sequence[Shot]) -> None:
        self.sheet = sheet
        under = WORDS.plural(
            sheet.language,
            "One photo; its number is that of its question.",
            "{count} photos; each number is that of its question.",
            len(shots),
        )
        self.heading = Heading(sheet.say(mark("Photos")), under, sheet.page.inner)
        self.shots = shots

    def blocks(self, room: float, full: float) -> list[Block]:
        best = min(self._ways(), key=lambda rows: self._turns(rows, room, full))
        return [self.heading, *best]

    def _ways(self) -> list[list[PhotoRow]]:
        """The larger first."""
        return [
            _rows(self.sheet, rows, height)
            for height in HEIGHTS
            for rows in _arranged(self.shots, self.sheet.page.inner, height)
        ]

    def _turns(self, rows: Sequence[PhotoRow], room: float, full: float) -> int:
        """How many pages these rows begin."""
        turns, left = 0, room - self.heading.before - self.heading.height
        for at, row in enumerate(rows):
            need = row.before + row.height
            if need > left:
                turns += 1
                left = full - (self.heading.height + row.before if at == 0 else 0) - row.height
            else:
                left -= need
        return turns


def _rows(sheet: Sheet, rows: Sequence[Sequence[Shot]], height: float) -> list[PhotoRow]:
    """The last row, which need not be full, is as high as the one before; a panorama sets no
    height."""
    made: list[PhotoRow] = []
    for row in rows:
        high = [each.high for each in made if each.shots[0].shape <= PANORAMA]
        made.append(PhotoRow(sheet, row, high[-1] if row is rows[-1] and high else height))
    return made


def _arranged(shots: Sequence[Shot], wide: float, high: float) -> list[list[list[Shot]]]:
    """Rows as wide as the page; and again with a photo that is left alone in the row before."""
    rows: list[list[Shot]] = [[]]
    for shot in shots:
        if rows[-1] and (_high(rows[-1], wide) <= high * SLACK or _apart(rows[-1][-1], shot)):
            rows.append([])
        rows[-1].append(shot)
    if len(rows) < 2 or len(rows[-1]) > 1 or _high(rows[-1], wide) <= high:
        return [rows]
    if _apart(rows[-2][-1], rows[-1][0]):
        return [rows]
    return [rows, [*rows[:-2], rows[-2] + rows[-1]]]


def _apart(one: Shot, other: Shot) -> bool:
    return max(one.shape, other.shape) > PANORAMA


def _high(row: Sequence[Shot], wide: float) -> float:
    """How high a row is that fills the width."""
    return (wide - GAP * (len(row) - 1)) / sum(shot.shape for shot in row)


class PhotoRow(Block):
    """Photos of one height side by side; a last row that is not full is no higher than others."""

    before = 12.0

    def __init__(self, sheet: Sheet, shots: Sequence[Shot], most: float) -> None:
        self.sheet = sheet
        self.shots = shots
        self.high = min(most * SLACK, _high(shots, sheet.page.inner))
        self.captions = [self._caption(shot) for shot in shots]
        self.height = self.high + 3 + 10.5 * max(map(len, self.captions))

    def _wide(self, shot: Shot) -> float:
        return shot.shape * self.high

    def _caption(self, shot: Shot) -> list[str]:
        """The question after the number, then what was written under the photo."""
        room = self._wide(shot)
        taken = width(f"{self._ref(shot)}  ", SMALL_STRONG)
        question = wrap(shot.entry.short, SMALL, room, taken)
        words = text.line(shot.photo.caption)
        return [*question, *(fit_lines(words, SMALL, room, CAPTION_LINES) if words else [])]

    def _ref(self, shot: Shot) -> str:
        return self.sheet.say(mark("Photo {ref}"), ref=shot.ref)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for shot, caption in zip(self.shots, self.captions, strict=True):
            self._picture(pen, x, top, shot)
            base = top + self.high + 11
            ref = self._ref(shot)
            pen.tags.leaf("P")
            pen.put(x, base, ref, SMALL_STRONG)
            taken = width(f"{ref}  ", SMALL_STRONG)
            pen.put(x + taken, base, caption[0], SMALL)
            pen.lines(x, base + 10.5, caption[1:], SMALL)
            x += self._wide(shot) + GAP

    def _picture(self, pen: Pen, x: float, top: float, shot: Shot) -> None:
        room = self._wide(shot)
        pen.tags.figure(shot.alt, (x, top, room, self.high))
        if shot.jpeg is None:
            pen.box(x, top, room, self.high, theme.TRACK, 3)
            words = self.sheet.say(mark("Photo missing"))
            pen.middle(x + room / 2, top + self.high / 2 + 3, words, SMALL.inked(TEXT3))
            return
        have_wide, have_high = shot.jpeg.size
        scale = min(room / have_wide, self.high / have_high, LARGEST)
        wide, high = have_wide * scale, have_high * scale
        if wide < room - 1 or high < self.high - 1:
            pen.box(x, top, room, self.high, theme.TRACK, 3)
        left, upper = x + (room - wide) / 2, top + (self.high - high) / 2
        pen.photo(shot.jpeg, left, upper, wide, high, 3)
