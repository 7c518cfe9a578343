"""A small drawing kit: flat shapes on a sheet of 1600 by 1200 units, smoothed by drawing double."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

import reports.fonts

WIDTH, HEIGHT = 1600, 1200
#: Shapes are drawn this many times larger and reduced once: smooth edges for the cheapest price.
DOUBLE = 2

Colour = tuple[int, int, int]
Point = tuple[float, float]

_FONT = Path(reports.fonts.__file__).parent / "BeVietnamPro-SemiBold.ttf"


def colour(text: str) -> Colour:
    """``#RRGGBB`` as three numbers."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """``one`` with ``share`` (0 to 1) of ``other`` in it."""
    r, g, b = (round(a + (z - a) * share) for a, z in zip(one, other, strict=True))
    return r, g, b


def darker(base: Colour, share: float) -> Colour:
    return mix(base, (24, 26, 34), share)


def lighter(base: Colour, share: float) -> Colour:
    return mix(base, (255, 255, 255), share)


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, size)


@lru_cache(maxsize=4)
def _light(strength: int) -> Image.Image:
    """Light that falls off to the corners, to be multiplied into a finished picture."""
    small = Image.new("L", (80, 60))
    for y in range(60):
        for x in range(80):
            distance = math.hypot((x - 36) / 52, (y - 24) / 42)
            small.putpixel((x, y), round(255 - strength * max(0.0, distance - 0.25) ** 1.6))
    smooth = small.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    return Image.merge("RGB", (smooth, smooth, smooth))


class Canvas:
    """Units are 1600 by 1200, y down. ``alpha`` (0 to 255) lets what is there shine through."""

    def __init__(self, ground: Colour) -> None:
        self._sheet = Image.new("RGB", (WIDTH * DOUBLE, HEIGHT * DOUBLE), ground)
        self._solid = ImageDraw.Draw(self._sheet)
        self._glaze = ImageDraw.Draw(self._sheet, "RGBA")

    def rect(
        self, x: float, y: float, w: float, h: float, fill: Colour, r: float = 0, alpha: int = 255
    ) -> None:
        box = (x * DOUBLE, y * DOUBLE, (x + w) * DOUBLE - 1, (y + h) * DOUBLE - 1)
        pen, ink = self._pen(fill, alpha)
        if r:
            pen.rounded_rectangle(box, r * DOUBLE, fill=ink)
        else:
            pen.rectangle(box, fill=ink)

    def ellipse(
        self, cx: float, cy: float, rx: float, ry: float, fill: Colour, a: int = 255
    ) -> None:
        box = tuple(v * DOUBLE for v in (cx - rx, cy - ry, cx + rx, cy + ry))
        pen, ink = self._pen(fill, a)
        pen.ellipse(box, fill=ink)

    def pie(
        self, cx: float, cy: float, rx: float, ry: float, start: float, end: float, fill: Colour
    ) -> None:
        """Degrees clockwise from three o'clock."""
        box = tuple(v * DOUBLE for v in (cx - rx, cy - ry, cx + rx, cy + ry))
        self._solid.pieslice(box, start, end, fill=fill)

    def shape(self, points: list[Point], fill: Colour, alpha: int = 255) -> None:
        pen, ink = self._pen(fill, alpha)
        pen.polygon([(x * DOUBLE, y * DOUBLE) for x, y in points], fill=ink)

    def line(
        self, points: list[Point], fill: Colour, width: float, round_ends: bool = True
    ) -> None:
        scaled = [(x * DOUBLE, y * DOUBLE) for x, y in points]
        self._solid.line(scaled, fill=fill, width=round(width * DOUBLE), joint="curve")
        if round_ends:
            for x, y in (points[0], points[-1]):
                self.ellipse(x, y, width / 2, width / 2, fill)

    def arc(
        self,
        cx: float,
        cy: float,
        rx: float,
        ry: float,
        span: tuple[float, float],
        fill: Colour,
        width: float,
    ) -> None:
        box = tuple(v * DOUBLE for v in (cx - rx, cy - ry, cx + rx, cy + ry))
        self._solid.arc(box, *span, fill=fill, width=round(width * DOUBLE))

    def fade(self, x: float, y: float, w: float, h: float, top: Colour, bottom: Colour) -> None:
        """A rectangle that runs from ``top`` to ``bottom``."""
        steps = max(abs(a - z) for a, z in zip(top, bottom, strict=True)) + 1
        each = h / steps
        for step in range(steps):
            self.rect(x, y + each * step, w, each + 1, mix(top, bottom, (step + 0.5) / steps))

    def words(
        self, x: float, y: float, text: str, size: float, fill: Colour, at: str = "mm"
    ) -> None:
        """``at`` as Pillow's anchors: "mm" is the middle, "lm" the left middle."""
        font = _font(round(size * DOUBLE))
        self._solid.text((x * DOUBLE, y * DOUBLE), text, fill=fill, font=font, anchor=at)

    def width(self, text: str, size: float) -> float:
        """How wide ``words`` would draw ``text``."""
        return _font(round(size * DOUBLE)).getlength(text) / DOUBLE

    def shadow(self, cx: float, cy: float, rx: float, ry: float, deep: int = 34) -> None:
        """A soft shadow on the floor: three ellipses of growing size."""
        for grown in (1.0, 0.86, 0.7):
            self.ellipse(cx, cy, rx * grown, ry * grown, (24, 26, 34), deep // 2)

    def finished(self, strength: int = 58) -> Image.Image:
        """The picture at 1600 by 1200, with light that falls off to the corners."""
        return ImageChops.multiply(self._sheet.reduce(DOUBLE), _light(strength))

    def _pen(self, fill: Colour, alpha: int) -> tuple[ImageDraw.ImageDraw, tuple[int, ...]]:
        return (self._solid, fill) if alpha == 255 else (self._glaze, (*fill, alpha))
