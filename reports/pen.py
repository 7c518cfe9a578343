"""Drawing on one PDF: words, rules, boxes, icons, photos. Points; y goes down from the top.

Operators are written straight into the page's content (``addLiteral``): the canvas would spend
ten calls on a word.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFError
from reportlab.pdfbase.pdfutils import readJPEGInfo
from reportlab.pdfgen.canvas import Canvas

from reports.icons import GRID, ICONS
from reports.theme import RULE, Colour, Style, Tone
from reports.typeface import DIGITS, MISSING, Face, faces, figures_width, width

_ROUND = 0.5523


class PrintJpeg(ImageReader):  # type: ignore[misc]  # ReportLab has no types
    """A JPEG that goes into the PDF as it is, known by its hash: the picture is never decoded.

    ``drawImage`` names a picture by its file name or its pixels; neither may decide the bytes of
    a report, so the hash stands in for the pixels.
    """

    def __init__(self, sha256: str, data: bytes, size: tuple[int, int]) -> None:
        self._sha256 = sha256
        self._data = data
        self._dataA = None
        self.size = size

    def getRGBData(self) -> bytes:  # noqa: N802
        return self._sha256.encode()

    def getSize(self) -> tuple[int, int]:  # noqa: N802
        return self.size

    def jpeg_fh(self) -> BytesIO:
        return BytesIO(self._data)


def read_jpeg(sha256: str, path: Path | None) -> PrintJpeg | None:
    """None when there is no such file, or it is no JPEG."""
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    try:
        wide, high, *_ = readJPEGInfo(BytesIO(data))
    except (PDFError, struct.error, ValueError, IndexError):
        return None
    return PrintJpeg(sha256, data, (wide, high))


class _Encoder:
    """Characters of one face to the codes of its subsets in one document."""

    def __init__(self, face: Face, canvas: Canvas) -> None:
        self._face = face
        self._doc = canvas._doc
        self._codes: dict[str, str] = {}
        self._far: dict[str, tuple[int, str]] = {}

    def runs(self, text: str) -> list[tuple[int, str]]:
        """(subset, hexadecimal) pieces that show ``text``."""
        codes = self._codes
        try:
            return [(0, "".join([codes[c] for c in text]))]
        except KeyError:
            for character in text:
                if character not in codes and character not in self._far:
                    self._learn(character)
        return self._mixed(text) if any(c in self._far for c in text) else self.runs(text)

    def code(self, character: str) -> tuple[int, str]:
        if character not in self._codes and character not in self._far:
            self._learn(character)
        near = self._codes.get(character)
        return (0, near) if near is not None else self._far[character]

    def name(self, subset: int) -> str:
        return str(self._face.font.getSubsetInternalName(subset, self._doc))

    def _learn(self, character: str) -> None:
        shown = character if character in self._face.widths else MISSING
        [(subset, code)] = self._face.font.splitString(shown, self._doc)
        if subset == 0:
            self._codes[character] = code.hex()
        else:
            self._far[character] = (subset, code.hex())

    def _mixed(self, text: str) -> list[tuple[int, str]]:
        runs: list[tuple[int, str]] = []
        for character in text:
            subset, code = self.code(character)
            if runs and runs[-1][0] == subset:
                runs[-1] = (subset, runs[-1][1] + code)
            else:
                runs.append((subset, code))
        return runs


class Pen:
    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas = canvas
        self.height = height
        self._out: list[str] = []
        self._encoders = tuple(_Encoder(face, canvas) for face in faces())
        self._names: dict[tuple[int, int], str] = {}
        self._figures: dict[tuple[str, int, float], str] = {}
        self._fill: Colour | None = None

    def flush(self) -> None:
        """Hand what was drawn to the canvas: before its own calls, and at a page's end."""
        if self._out:
            self.canvas.addLiteral("\n".join(self._out))
            self._out.clear()

    def show_page(self) -> None:
        self.flush()
        self.canvas.showPage()
        self._fill = None

    # text

    def put(self, x: float, y: float, words: str, style: Style) -> None:
        """``y`` is the baseline."""
        if not words:
            return
        self._ink(style.colour)
        encoder = self._encoders[style.weight]
        x_y = f"BT {x:.2f} {self.height - y:.2f} Td"
        runs = encoder.runs(words)
        if len(runs) == 1:
            [(subset, code)] = runs
            font = self._font(style.weight, subset)
            self._out.append(f"{x_y} {font} {style.size:g} Tf <{code}> Tj ET")
            return
        shown = " ".join(
            f"{self._font(style.weight, subset)} {style.size:g} Tf <{code}> Tj"
            for subset, code in runs
        )
        self._out.append(f"{x_y} {shown} ET")

    def right(self, x: float, y: float, words: str, style: Style) -> None:
        self.put(x - width(words, style), y, words, style)

    def middle(self, x: float, y: float, words: str, style: Style) -> None:
        self.put(x - width(words, style) / 2, y, words, style)

    def figures(self, x: float, y: float, words: str, style: Style) -> None:
        """Right-aligned at ``x``, every digit in a cell of the same width."""
        if not words:
            return
        self._ink(style.colour)
        key = (words, style.weight, style.size)
        shown = self._figures.get(key)
        if shown is None:
            shown = self._figures[key] = self._cells(words, style)
        left = x - figures_width(words, style)
        place = f"BT {left:.2f} {self.height - y:.2f} Td"
        self._out.append(shown.replace("BT", place, 1))

    def _cells(self, words: str, style: Style) -> str:
        """The operators; ``ActualText`` where a narrow 1 leaves gaps that readers and searches
        would take for blanks."""
        shown = f"BT {self._cells_shown(words, style)}] TJ ET"
        if "1" not in words:
            return shown
        actual = words.encode("utf-16-be").hex()
        return f"/Span <</ActualText <feff{actual}>>> BDC {shown} EMC"

    def _cells_shown(self, words: str, style: Style) -> str:
        face = faces()[style.weight]
        encoder = self._encoders[style.weight]
        parts: list[str] = []
        subset_now = -1
        for character in words:
            subset, code = encoder.code(character)
            if subset != subset_now:
                parts.append(f"{'] TJ ' if parts else ''}{self._font(style.weight, subset)} ")
                parts.append(f"{style.size:g} Tf [")
                subset_now = subset
            slack = face.figure - face.widths.get(character, 0) if character in DIGITS else 0
            before = slack // 2
            parts.append(f"{-before} <{code}> {before - slack} " if slack else f"<{code}>")
        return "".join(parts)

    def lines(self, x: float, y: float, lines: Sequence[str], style: Style) -> float:
        """Left-aligned from the baseline ``y`` down; returns the baseline after the last."""
        for words in lines:
            self.put(x, y, words, style)
            y += style.leading
        return y

    def _font(self, weight: int, subset: int) -> str:
        found = self._names.get((weight, subset))
        if found is None:
            found = self._names[weight, subset] = self._encoders[weight].name(subset)
        return found

    def _ink(self, ink: Colour) -> None:
        if ink is not self._fill and ink != self._fill:
            self._out.append(f"{_rgb(ink)} rg")
            self._fill = ink

    # shapes

    def rule(self, x: float, y: float, to: float, thick: float = 0.5, ink: Colour = RULE) -> None:
        self.box(x, y - thick / 2, to - x, thick, ink)

    def box(
        self, x: float, y: float, wide: float, high: float, ink: Colour, radius: float = 0
    ) -> None:
        """Filled; ``y`` is the upper edge."""
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
        path = " ".join(
            f"{x:.2f} {self.height - y:.2f} {'l' if at else 'm'}"
            for at, (x, y) in enumerate(points)
        )
        dash = "[2.4 2] 0 d " if dashed else ""
        ends = "" if butt or dashed else "1 J 1 j "
        self._out.append(f"q {_rgb(ink)} RG {thick:g} w {ends}{dash}{path} S Q")

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
        flat = [f"{x:.3f} {self.height - y:.3f}" for x, y in points]
        curves = " ".join(
            f"{flat[at]} {flat[at + 1]} {flat[at + 2]} c" for at in range(1, len(flat), 3)
        )
        self._out.append(f"q {_rgb(ink)} RG {thick:g} w {flat[0]} m {curves} S Q")

    def icon(self, name: str, x: float, y: float, size: float, ink: Colour) -> None:
        """``x`` and ``y`` are the upper left corner of its square."""
        scale = size / GRID
        self._out.append(
            f"q {_rgb(ink)} RG {scale:.4f} 0 0 {-scale:.4f} {x:.2f} {self.height - y:.2f} cm"
            f" 2 w 1 J 1 j {_icon_path(name)} S Q"
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
        have_wide, have_high = jpeg.size
        scale = max(wide / have_wide, high / have_high)
        shown_wide, shown_high = have_wide * scale, have_high * scale
        low = self.height - y - high
        back = f" 1 0 0 1 {-x:.2f} {-low:.2f} cm" if radius > 0 else ""
        self._out.append(f"q {self._outline(x, y, wide, high, radius)} W n{back}")
        self.flush()
        self.canvas.drawImage(
            jpeg,
            x - (shown_wide - wide) / 2,
            self.height - y - high - (shown_high - high) / 2,
            shown_wide,
            shown_high,
        )
        self._out.append("Q")

    def _outline(self, x: float, y: float, wide: float, high: float, radius: float) -> str:
        """The path of a box; a round one moves the origin, so it must stand between q and Q."""
        low = self.height - y - high
        if radius <= 0:
            return f"{x:.2f} {low:.2f} {wide:.2f} {high:.2f} re"
        corner = min(radius, wide / 2, high / 2)
        path = _round_rectangle(round(wide, 2), round(high, 2), corner)
        return f"1 0 0 1 {x:.2f} {low:.2f} cm {path}"


CHIP_PAD = 5.5
CHIP_GAP = 3.5


def chip_width(words: str, tone: Tone, style: Style) -> float:
    side = style.size + 1.2 + CHIP_GAP if tone.icon is not None else 0
    return 2 * CHIP_PAD + side + width(words, style)


@lru_cache(maxsize=256)
def _rgb(ink: Colour) -> str:
    return f"{ink.red:.4g} {ink.green:.4g} {ink.blue:.4g}"


@lru_cache(maxsize=64)
def _icon_path(name: str) -> str:
    """The icon's path as PDF operators: the letter after its numbers, in lower case."""
    out: list[str] = []
    letter, numbers = "", []
    for token in [*ICONS[name].split(), "M"]:
        if not token.isalpha():
            numbers.append(token)
            continue
        if letter:
            out.append(" ".join([*numbers, "h" if letter == "Z" else letter.lower()]))
        letter, numbers = token, []
    return " ".join(out)


_ROUND_RECTANGLE = (
    "%.2f %.2f m %.2f %.2f l %.2f %.2f %.2f %.2f %.2f %.2f c "
    "%.2f %.2f l %.2f %.2f %.2f %.2f %.2f %.2f c "
    "%.2f %.2f l %.2f %.2f %.2f %.2f %.2f %.2f c "
    "%.2f %.2f l %.2f %.2f %.2f %.2f %.2f %.2f c h"
)


@lru_cache(maxsize=1024)
def _round_rectangle(wide: float, high: float, r: float) -> str:
    """Its path with the lower left corner at the origin."""
    k = r * (1 - _ROUND)
    right, upper, far_x, far_y = wide - r, high - r, wide - k, high - k
    corners = (
        (r, 0, right, 0, far_x, 0, wide, k, wide, r),
        (wide, upper, wide, far_y, far_x, high, right, high),
        (r, high, k, high, 0, far_y, 0, upper),
        (0, r, 0, k, k, 0, r, 0),
    )
    return _ROUND_RECTANGLE % tuple(place for corner in corners for place in corner)
