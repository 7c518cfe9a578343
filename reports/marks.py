"""The mark of a brand: its logo, else its initial on its colour."""

from __future__ import annotations

from reports import text
from reports.jpeg import PrintJpeg
from reports.logo import PrintPng, draw_logo
from reports.pen import Pen
from reports.sheet import Sheet
from reports.theme import TOTAL_RULE, WHITE, Branding, Style, Weight, contrast

#: A ground that stands out from the paper less than this gets an edge.
EDGED = 1.25


def draw_mark(
    sheet: Sheet, pen: Pen, x: float, y: float, logo: tuple[float, float], side: float
) -> float:
    """The mark of the report's brand, as ``draw_brand``."""
    return draw_brand(pen, (x, y), sheet.logo, sheet.snapshot.brand.name, sheet.brand, logo, side)


def draw_brand(
    pen: Pen,
    at: tuple[float, float],
    found: PrintJpeg | PrintPng | None,
    name: str,
    look: Branding,
    logo: tuple[float, float],
    side: float,
) -> float:
    """With its upper left corner ``at``; returns the room it took, 0 for nothing.

    ``logo`` is the most that a logo takes, ``side`` the square of an initial.
    """
    x, y = at
    if found is not None:
        wide, high = found.size
        scale = min(logo[0] / max(1, wide), logo[1] / max(1, high))
        draw_logo(pen, found, x, y + (logo[1] - high * scale) / 2, wide * scale, high * scale)
        return wide * scale
    initial = text.line(name)[:1].upper()
    if not initial:
        return 0.0
    pen.box(x, y, side, side, look.mark, side / 4)
    if contrast(look.mark, WHITE) < EDGED:
        pen.frame(x, y, side, side, TOTAL_RULE, side / 4)
    style = Style(side * 0.61, side, Weight.SEMIBOLD, look.on_mark)
    pen.middle(x + side / 2, y + side * 0.728, initial, style)
    return side
