"""Drawing on one PDF: words, rules, boxes, icons, photos. Points; y goes down from the top.

Every mark belongs to what ``pen.tags`` says (see ``reports.tagging``).

Operators are kept as lines of text until the page is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from reports.container import Pdf
from reports.embedding import CODES, encoded
from reports.encoder import Encoder
from reports.icons import GRID
from reports.jpeg import PrintJpeg
from reports.paths import icon_path, round_rectangle
from reports.tagging import Tags, pdf_text
from reports.theme import RULE, Colour, Page, Style, Tone, Weight
from reports.typeface import DIGITS, faces, figures_width, width

NO_FONT = (Weight.REGULAR, 0.0)


class Pen:
    def __init__(self, pdf: Pdf, page: Page) -> None:
        self.pdf = pdf
        self.wide, self.height = page.width, page.height
        self._out: list[str] = []
        self.tags = Tags(self._out, self.height)
        #: Characters that the font lacks, in the order in which they came.
        self.missing: dict[str, None] = {}
        #: Where links may lead.
        self.anchors: frozenset[str] = frozenset()
        #: In a file of several reports: what tells the anchors of this one apart, how far down in
        #: the outline it stands, and how many pages will be put before it.
        self.scope, self.level, self.shift = "", 0, 0
        self._encoders = tuple(Encoder(face, pdf.document, self.missing) for face in faces())
        self._sizes: dict[tuple[Weight, float], str] = {}
        self._blanks = tuple(face.widths[" "] / 1000 for face in faces())
        #: Of the marks so far on this page.
        self._fill: Colour | None = None
        self._font = NO_FONT

    def resize(self, page: Page) -> None:
        """The pages to come are of this size."""
        self.wide, self.height = page.width, page.height
        self.tags.resize(self.height)

    def show_page(self) -> None:
        key = self.tags.end_page()
        self.pdf.add_page(self.wide, self.height, "\n".join(self._out), key)
        self._out.clear()
        self._fill, self._font = None, NO_FONT

    def _shape(self) -> None:
        tags = self.tags
        if tags.opened is not tags.for_shapes:
            tags.shape()

    # text

    def put(self, x: float, y: float, words: str, style: Style) -> None:
        """``y`` is the baseline."""
        if not words:
            return
        tags = self.tags
        opened = tags.opened
        if opened is not tags.for_words:
            tags.words()
            opened = tags.opened
        if tags.spoke is not opened:
            tags.spoke = opened
        elif not opened.begin:  # words go on: with a blank, for those who hear or copy them
            words = f" {words}"
            x -= self._blanks[style.weight] * style.size
        self._show(x, y, words, style)

    def _show(self, x: float, y: float, words: str, style: Style) -> None:
        size, _, weight, ink = style
        if ink is not self._fill:
            self._ink(ink)
        try:
            shown = f"{encoded(words)} Tj"
        except UnicodeEncodeError:
            shown = self._mixed(words, style)
        else:
            if self._font != (weight, size):
                shown = f"{self._sized(weight, size)} {shown}"
        self._out.append(f"BT {x:.2f} {self.height - y:.2f} Td {shown} ET")

    def _mixed(self, words: str, style: Style) -> str:
        """The operators of words that need further subsets of the font."""
        encoder = self._encoders[style.weight]
        self._font = NO_FONT
        return " ".join(
            f"{encoder.name(subset)} {style.size:g} Tf <{code}> Tj"
            for subset, code in encoder.runs(words)
        )

    def right(self, x: float, y: float, words: str, style: Style) -> None:
        self.put(x - width(words, style), y, words, style)

    def middle(self, x: float, y: float, words: str, style: Style) -> None:
        self.put(x - width(words, style) / 2, y, words, style)

    def figures(self, x: float, y: float, words: str, style: Style) -> None:
        """Right-aligned at ``x``, every digit in a cell of the same width."""
        if not words:
            return
        left = x - figures_width(words, style)
        if "1" in words:  # narrow, so that it leaves gaps which searches would take for blanks
            self._spoken(left, y, words, style)
            return
        tags = self.tags
        if tags.opened is not tags.for_words:
            tags.words()
        if tags.spoke is not tags.opened:
            tags.spoke = tags.opened
        elif not tags.opened.begin:
            self._show(left - self._blanks[style.weight] * style.size, y, " ", style)
        self._ink(style.colour)
        self._out.append(self._cells(left, y, words, style))

    def _spoken(self, x: float, y: float, words: str, style: Style) -> None:
        """With what they say, whatever the gaps between them."""
        if self.tags.spoken(words):
            self._ink(style.colour)
            self._out.append(self._cells(x, y, words, style))
            return
        if self.tags.opened is not self.tags.for_words:
            self.tags.words()
        self._ink(style.colour)
        shown = self._cells(x, y, words, style)
        self._out.append(f"/Span<</ActualText{pdf_text(words)}>>BDC {shown} EMC")

    def _cells(self, x: float, y: float, words: str, style: Style) -> str:
        size, _, weight, _ = style
        try:
            shown = f"{cells(words, weight)} TJ"
        except KeyError:  # a character of a further subset of the font: then without cells
            shown = self._mixed(words, style)
        else:
            if self._font != (weight, size):
                shown = f"{self._sized(weight, size)} {shown}"
        return f"BT {x:.2f} {self.height - y:.2f} Td {shown} ET"

    def lines(self, x: float, y: float, lines: Sequence[str], style: Style) -> float:
        """Left-aligned from the baseline ``y`` down; returns the baseline after the last."""
        loose = self.tags.is_loose and len(lines) > 1
        if loose:
            self.tags.leaf("P")
        last = len(lines) - 1
        for at, words in enumerate(lines):
            if at == 0:
                self.put(x, y, words if at == last else f"{words} ", style)
            elif words:
                self._show(x, y, words if at == last else f"{words} ", style)
            y += style.leading
        if loose:
            self.tags.end()
        return y

    def _sized(self, weight: Weight, size: float) -> str:
        """The operator that sets the typeface and its size, which then stay."""
        key = self._font = (weight, size)
        found = self._sizes.get(key)
        if found is None:
            found = self._sizes[key] = f"{self._encoders[weight].name(0)} {size:g} Tf"
        return found

    def _ink(self, ink: Colour) -> None:
        if ink is not self._fill and ink != self._fill:
            self._out.append(f"{_rgb(ink)} rg")
            self._fill = ink

    def link(self, x: float, y: float, wide: float, high: float, to: str, words: str) -> None:
        """A place to click, its upper left corner at ``x``, ``y``, that leads to the anchor ``to``
        of a block; nothing where no block has it. ``words`` say where it leads."""
        if not to or to not in self.anchors or self.tags.is_muted:
            return
        key = self.tags.annotation(self.pdf.link_number)
        low = self.height - y - high
        area = f"{x:.2f} {low:.2f} {x + wide:.2f} {low + high:.2f}"
        self.pdf.link(area, words, self.scope + to, key)

    # shapes

    def rule(self, x: float, y: float, to: float, thick: float = 0.5, ink: Colour = RULE) -> None:
        self.box(x, y - thick / 2, to - x, thick, ink)

    def box(
        self, x: float, y: float, wide: float, high: float, ink: Colour, radius: float = 0
    ) -> None:
        """Filled; ``y`` is the upper edge."""
        self._shape()
        self._ink(ink)
        outline = self._outline(x, y, wide, high, radius)
        self._out.append(f"q {outline} f Q" if radius > 0 else f"{outline} f")

    def frame(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        ink: Colour,
        radius: float = 0,
        *,
        thick: float = 0.5,
        dashed: bool = False,
    ) -> None:
        self._shape()
        dash = "[2 1.6] 0 d " if dashed else ""
        outline = self._outline(x, y, wide, high, radius)
        self._out.append(f"q {_rgb(ink)} RG {thick:g} w {dash}{outline} S Q")

    def line(
        self,
        points: Sequence[tuple[float, float]],
        ink: Colour,
        thick: float,
        *,
        dashed: bool = False,
        butt: bool = False,
    ) -> None:
        self._shape()
        path = " ".join(
            f"{x:.2f} {self.height - y:.2f} {'l' if at else 'm'}"
            for at, (x, y) in enumerate(points)
        )
        dash = "[2.4 2] 0 d " if dashed else ""
        ends = "" if butt or dashed else "1 J 1 j "
        self._out.append(f"q {_rgb(ink)} RG {thick:g} w {ends}{dash}{path} S Q")

    def area(self, points: Sequence[tuple[float, float]], ink: Colour) -> None:
        """Filled, its corners in order."""
        self._shape()
        self._ink(ink)
        path = " ".join(
            f"{x:.2f} {self.height - y:.2f} {'l' if at else 'm'}"
            for at, (x, y) in enumerate(points)
        )
        self._out.append(f"{path} h f")

    def dot(
        self,
        x: float,
        y: float,
        radius: float,
        ink: Colour,
        ring: Colour | None = None,
        thick: float = 1.2,
    ) -> None:
        """A filled dot, ringed in ``ring``."""
        self._shape()
        self._ink(ink)
        path = self._outline(x - radius, y - radius, 2 * radius, 2 * radius, radius)
        if ring is None:
            self._out.append(f"q {path} f Q")
        else:
            self._out.append(f"q {_rgb(ring)} RG {thick:g} w {path} B Q")

    def arc(
        self,
        points: Sequence[tuple[float, float]],
        ink: Colour,
        thick: float,
    ) -> None:
        """Curves through Bézier ``points`` (start, then two controls and an end for each)."""
        self._shape()
        flat = [f"{x:.3f} {self.height - y:.3f}" for x, y in points]
        curves = " ".join(
            f"{flat[at]} {flat[at + 1]} {flat[at + 2]} c" for at in range(1, len(flat), 3)
        )
        self._out.append(f"q {_rgb(ink)} RG {thick:g} w {flat[0]} m {curves} S Q")

    def icon(
        self, name: str, x: float, y: float, size: float, ink: Colour, means: str = ""
    ) -> None:
        """``x`` and ``y`` are the upper left corner of its square. ``means`` is what it says that
        no words beside it say."""
        if means:
            self.tags.sign(means, (x, y, size, size))
        else:
            self._shape()
        scale = size / GRID
        self._out.append(
            f"q {_rgb(ink)} RG {scale:.4f} 0 0 {-scale:.4f} {x:.2f} {self.height - y:.2f} cm"
            f" 2 w 1 J 1 j {icon_path(name)} S Q"
        )

    def chip(self, x: float, y: float, words: str, tone: Tone, style: Style, high: float) -> float:
        """A pill with its upper left corner at ``x``, ``y``; returns its width."""
        wide = chip_width(words, tone, style)
        if tone.ground is not None:
            self.box(x, y, wide, high, tone.ground, high / 2)
        else:
            self.frame(
                x + 0.3, y + 0.3, wide - 0.6, high - 0.6, tone.ink, high / 2 - 0.3,
                thick=0.6, dashed=tone.dashed,
            )  # fmt: skip
        at = x + CHIP_PAD
        if tone.icon is not None:
            side = style.size + 1.2
            self.icon(tone.icon, at, y + (high - side) / 2, side, tone.ink)
            at += side + CHIP_GAP
        self.put(at, y + high / 2 + style.size * 0.355, words, style.inked(tone.ink))
        return wide

    def photo(
        self, jpeg: PrintJpeg, x: float, y: float, wide: float, high: float, radius: float = 0
    ) -> None:
        """Fills the frame; what stands over is cut off evenly."""
        self._shape()
        have_wide, have_high = jpeg.size
        scale = max(wide / have_wide, high / have_high)
        shown_wide, shown_high = have_wide * scale, have_high * scale
        low = self.height - y - high
        back = f" 1 0 0 1 {-x:.2f} {-low:.2f} cm" if radius > 0 else ""
        key = f"jpeg {jpeg.sha256}"
        name = self.pdf.picture(key)
        name = name or self.pdf.add_picture(key, jpeg.size, jpeg.about, jpeg.data)
        left, under = x - (shown_wide - wide) / 2, low - (shown_high - high) / 2
        self._out.append(
            f"q {self._outline(x, y, wide, high, radius)} W n{back}"
            f" {shown_wide:.2f} 0 0 {shown_high:.2f} {left:.2f} {under:.2f} cm /{name} Do Q"
        )

    def picture(self, name: str, x: float, y: float, wide: float, high: float) -> None:
        """A picture that the document holds under ``name``."""
        self._shape()
        low = self.height - y - high
        self._out.append(f"q {wide:.2f} 0 0 {high:.2f} {x:.2f} {low:.2f} cm /{name} Do Q")

    def _outline(self, x: float, y: float, wide: float, high: float, radius: float) -> str:
        """The path of a box; a round one moves the origin, so it must stand between q and Q."""
        low = self.height - y - high
        if radius <= 0:
            return f"{x:.2f} {low:.2f} {wide:.2f} {high:.2f} re"
        corner = min(radius, wide / 2, high / 2)
        path = round_rectangle(round(wide, 2), round(high, 2), corner)
        return f"1 0 0 1 {x:.2f} {low:.2f} cm {path}"


CHIP_PAD = 5.5
CHIP_GAP = 3.5


def chip_width(words: str, tone: Tone, style: Style) -> float:
    side = style.size + 1.2 + CHIP_GAP if tone.icon is not None else 0
    return 2 * CHIP_PAD + side + width(words, style)


@lru_cache(maxsize=4096)
def cells(words: str, weight: int) -> str:
    """Codes with every digit in a cell of the same width, for ``TJ``. KeyError for a character
    that is not in the first subset of the font."""
    face = faces()[weight]
    parts: list[str] = []
    for character in words:
        code = CODES[character]
        slack = face.figure - face.widths[character] if character in DIGITS else 0
        before = slack // 2
        parts.append(f"{-before} <{code}> {before - slack} " if slack else f"<{code}>")
    return f"[{''.join(parts)}]"


@lru_cache(maxsize=256)
def _rgb(ink: Colour) -> str:
    return f"{ink.red:.4g} {ink.green:.4g} {ink.blue:.4g}"
