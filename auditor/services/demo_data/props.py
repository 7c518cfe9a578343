"""Things that stand in a café, each drawn where it is told: cups, clocks, plants, people."""

from __future__ import annotations

import math
import random

from auditor.services.demo_data.canvas import Canvas, Colour, colour, darker, lighter, mix
from auditor.services.demo_data.look import (
    BOARD,
    CLOTH,
    COFFEE,
    INK,
    KRAFT,
    LEAF,
    MARIGOLD,
    PAPER,
    SKIN,
    STEEL,
    TEAL,
)

HAIR = (colour("#2A2422"), colour("#3A2A22"), colour("#1F2126"))


def kite(c: Canvas, cx: float, cy: float, size: float, body: Colour, tail: Colour) -> None:
    """The brand's sign: a paper kite that leans to the right, with a tail of three bows."""
    t, b, left, right = (
        (cx + size * 0.20, cy - size * 0.52),
        (cx - size * 0.14, cy + size * 0.42),
        (cx - size * 0.36, cy - size * 0.20),
        (cx + size * 0.42, cy + size * 0.06),
    )
    heart = (cx + size * 0.08, cy - size * 0.09)
    c.shape([t, right, b, left], body)
    c.shape([t, right, heart], lighter(body, 0.28))
    c.shape([heart, b, left], darker(body, 0.22))
    tail_line = [
        (b[0] - size * 0.014 * k - size * 0.04 * math.sin(k * 0.5), b[1] + size * 0.025 * k)
        for k in range(19)
    ]
    c.line(tail_line, tail, max(1.5, size * 0.022))
    for k in (5, 11, 18):
        x, y = tail_line[k]
        s = size * 0.055
        c.shape([(x, y), (x - s * 1.6, y - s), (x - s * 1.6, y + s)], tail)
        c.shape([(x, y), (x + s * 1.6, y - s), (x + s * 1.6, y + s)], tail)


def takeaway(c: Canvas, x: float, y: float, h: float, sleeve: Colour = TEAL) -> None:
    """A paper cup with lid; ``x`` its middle, ``y`` its foot."""
    top, foot = h * 0.30, h * 0.21
    c.shadow(x + h * 0.06, y - h * 0.01, h * 0.34, h * 0.07)
    body = [(x - top, y - h * 0.84), (x + top, y - h * 0.84), (x + foot, y), (x - foot, y)]
    c.shape(body, PAPER)
    c.shape(
        [(x + top * 0.35, y - h * 0.84), body[1], body[2], (x + foot * 0.35, y)],
        darker(PAPER, 0.09),
    )
    a, b = top * 0.94, foot * 1.14
    c.shape(
        [
            (x - a, y - h * 0.66),
            (x + a, y - h * 0.66),
            (x + b, y - h * 0.22),
            (x - b, y - h * 0.22),
        ],
        sleeve,
    )
    c.shape(
        [
            (x + a * 0.35, y - h * 0.66),
            (x + a, y - h * 0.66),
            (x + b, y - h * 0.22),
            (x + b * 0.35, y - h * 0.22),
        ],
        darker(sleeve, 0.2),
    )
    kite(c, x - h * 0.02, y - h * 0.46, h * 0.24, MARIGOLD, PAPER)
    c.rect(x - top * 1.1, y - h * 0.90, top * 2.2, h * 0.075, INK, h * 0.025)
    c.shape(
        [
            (x - top * 0.92, y - h * 0.89),
            (x + top * 0.92, y - h * 0.89),
            (x + top * 0.8, y - h),
            (x - top * 0.8, y - h),
        ],
        lighter(INK, 0.12),
    )


def glass(c: Canvas, x: float, y: float, h: float, milk: float = 0.5, full: float = 0.78) -> None:
    """Iced milk coffee: dark above, ``milk`` share of pale below, ``full`` of the glass."""
    top, foot = h * 0.27, h * 0.20
    pale, rim = mix(COFFEE, colour("#E8CFAE"), 0.72), colour("#EAF0F2")
    c.shadow(x + h * 0.05, y - h * 0.01, h * 0.32, h * 0.07)
    c.shape([(x - top, y - h), (x + top, y - h), (x + foot, y), (x - foot, y)], rim, 190)
    level = h * full
    at = foot + (top - foot) * full
    middle = foot + (top - foot) * full * milk
    c.shape(
        [
            (x - at * 0.9, y - level),
            (x + at * 0.9, y - level),
            (x + middle * 0.9, y - level * milk),
            (x - middle * 0.9, y - level * milk),
        ],
        COFFEE,
    )
    c.shape(
        [
            (x - middle * 0.9, y - level * milk),
            (x + middle * 0.9, y - level * milk),
            (x + foot * 0.86, y - h * 0.04),
            (x - foot * 0.86, y - h * 0.04),
        ],
        pale,
    )
    for dx, dy in ((-0.12, 0.02), (0.05, -0.04), (0.0, 0.12)):
        c.rect(
            x + h * dx, y - level + h * dy, h * 0.13, h * 0.12, lighter(COFFEE, 0.5), h * 0.02, 150
        )
    c.shape(
        [
            (x - top * 0.82, y - h * 0.96),
            (x - top * 0.6, y - h * 0.96),
            (x - foot * 0.5, y - h * 0.08),
            (x - foot * 0.7, y - h * 0.08),
        ],
        PAPER,
        90,
    )
    c.line([(x + top * 0.15, y - level), (x + top * 0.75, y - h * 1.28)], TEAL, h * 0.035)


def phin(c: Canvas, x: float, y: float, h: float) -> None:
    """A drip filter on a small glass."""
    c.shadow(x, y, h * 0.4, h * 0.08)
    c.shape(
        [
            (x - h * 0.24, y - h * 0.5),
            (x + h * 0.24, y - h * 0.5),
            (x + h * 0.19, y),
            (x - h * 0.19, y),
        ],
        colour("#E6ECEE"),
    )
    c.shape(
        [
            (x - h * 0.21, y - h * 0.26),
            (x + h * 0.21, y - h * 0.26),
            (x + h * 0.17, y - h * 0.03),
            (x - h * 0.17, y - h * 0.03),
        ],
        COFFEE,
    )
    c.rect(x - h * 0.34, y - h * 0.55, h * 0.68, h * 0.06, STEEL, h * 0.03)
    c.rect(x - h * 0.23, y - h * 0.88, h * 0.46, h * 0.34, STEEL, h * 0.03)
    c.rect(x + h * 0.06, y - h * 0.88, h * 0.17, h * 0.34, darker(STEEL, 0.15), h * 0.03)
    c.rect(x - h * 0.26, y - h * 0.93, h * 0.52, h * 0.06, darker(STEEL, 0.08), h * 0.03)
    c.ellipse(x, y - h * 0.97, h * 0.05, h * 0.05, INK)


def clock(c: Canvas, cx: float, cy: float, r: float, hour: int, minute: int) -> None:
    """A wall clock; it shows the time it is given."""
    c.ellipse(cx + r * 0.05, cy + r * 0.08, r, r, INK, 40)
    c.ellipse(cx, cy, r, r, INK)
    c.ellipse(cx, cy, r * 0.9, r * 0.9, PAPER)
    for tick in range(12):
        angle = math.radians(tick * 30)
        inner = 0.68 if tick % 3 == 0 else 0.76
        ends = [(cx + r * k * math.sin(angle), cy - r * k * math.cos(angle)) for k in (inner, 0.82)]
        c.line(ends, INK, r * (0.05 if tick % 3 == 0 else 0.025), round_ends=False)
    for turn, length, width in (
        ((hour % 12 + minute / 60) / 12, 0.46, 0.07),
        (minute / 60, 0.66, 0.05),
    ):
        angle = 2 * math.pi * turn
        tip = (cx + r * length * math.sin(angle), cy - r * length * math.cos(angle))
        c.line([(cx, cy), tip], INK, r * width)
    c.ellipse(cx, cy, r * 0.07, r * 0.07, MARIGOLD)


def plant(c: Canvas, x: float, y: float, h: float, chance: random.Random) -> None:
    """A potted plant; ``x`` the pot's middle, ``y`` its foot."""
    c.shadow(x, y, h * 0.24, h * 0.05)
    leaves = 9
    for k in range(leaves):
        lean = (k - (leaves - 1) / 2) / leaves * 2.0 + chance.uniform(-0.08, 0.08)
        length = h * chance.uniform(0.52, 0.68) * (1 - abs(lean) * 0.18)
        tip = (x + length * math.sin(lean), y - h * 0.26 - length * math.cos(lean))
        wide = h * 0.05
        nx, ny = math.cos(lean) * wide, math.sin(lean) * wide
        mx, my = (x + tip[0]) / 2, (y - h * 0.26 + tip[1]) / 2
        tone = mix(LEAF, (40, 70, 52) if k % 2 else (150, 180, 120), chance.uniform(0.1, 0.35))
        c.shape([(x, y - h * 0.24), (mx - nx, my - ny), tip, (mx + nx, my + ny)], tone)
        c.line([(x, y - h * 0.24), tip], darker(tone, 0.18), 1.6, round_ends=False)
    pot = colour("#C9795A")
    c.shape(
        [
            (x - h * 0.16, y - h * 0.28),
            (x + h * 0.16, y - h * 0.28),
            (x + h * 0.12, y),
            (x - h * 0.12, y),
        ],
        pot,
    )
    c.shape(
        [
            (x + h * 0.05, y - h * 0.28),
            (x + h * 0.16, y - h * 0.28),
            (x + h * 0.12, y),
            (x + h * 0.04, y),
        ],
        darker(pot, 0.16),
    )
    c.rect(x - h * 0.18, y - h * 0.31, h * 0.36, h * 0.06, darker(pot, 0.08), h * 0.015)


def pendant(c: Canvas, x: float, drop: float, lit: bool = True, size: float = 60) -> None:
    """A lamp that hangs from the top edge."""
    c.line([(x, 0), (x, drop - size)], INK, 4, round_ends=False)
    if lit:
        c.shape(
            [
                (x - size * 0.8, drop),
                (x + size * 0.8, drop),
                (x + size * 2.6, drop + size * 4.4),
                (x - size * 2.6, drop + size * 4.4),
            ],
            colour("#FFF3CF"),
            34,
        )
        c.ellipse(x, drop, size * 0.42, size * 0.34, colour("#FFF1C2"))
    c.pie(x, drop, size, size, 180, 360, TEAL)
    c.pie(x, drop, size, size, 290, 360, darker(TEAL, 0.25))
    c.rect(x - size, drop - 4, size * 2, 8, darker(TEAL, 0.1), 4)


def board(
    c: Canvas, x: float, y: float, w: float, h: float, chance: random.Random, rows: int = 5
) -> None:
    """A menu board: a heading, rows of names and prices as bars."""
    c.rect(x + 6, y + 10, w, h, INK, 12, 40)
    c.rect(x, y, w, h, BOARD, 12)
    c.rect(x, y, w, h * 0.035, lighter(BOARD, 0.12), 8)
    c.rect(x + w * 0.09, y + h * 0.11, w * 0.40, h * 0.06, MARIGOLD, 6)
    step = h * 0.68 / rows
    for row in range(rows):
        top = y + h * 0.27 + row * step
        c.rect(x + w * 0.09, top, w * chance.uniform(0.34, 0.55), h * 0.036, colour("#E9E4D6"), 5)
        c.rect(x + w * 0.77, top, w * 0.14, h * 0.036, colour("#B9C3C8"), 5)


def shelf(c: Canvas, x: float, y: float, w: float, wood: Colour, chance: random.Random) -> None:
    """A wall shelf with cups, jars and bags of beans."""
    c.rect(x, y + 16, w, 12, INK, 0, 34)
    spot = x + 18
    while spot < x + w - 60:
        kind = chance.randrange(3)
        if kind == 0:
            c.rect(spot, y - 56, 40, 56, PAPER, 8)
            c.rect(spot + 26, y - 56, 14, 56, darker(PAPER, 0.1), 8)
        elif kind == 1:
            c.rect(spot, y - 80, 50, 80, chance.choice((KRAFT, TEAL, MARIGOLD)), 6)
            c.rect(spot + 10, y - 54, 30, 30, PAPER, 4)
        else:
            c.rect(spot, y - 70, 48, 70, colour("#DCE7E8"), 10)
            c.rect(spot + 4, y - 46, 40, 42, COFFEE, 8)
            c.rect(spot + 4, y - 80, 40, 12, INK, 4)
        spot += 62 + chance.randrange(10)
    c.rect(x, y, w, 16, wood, 3)
    c.rect(x, y + 11, w, 5, darker(wood, 0.22), 2)


def espresso(c: Canvas, x: float, y: float, w: float) -> None:
    """An espresso machine; ``x`` its left, ``y`` its foot."""
    h = w * 0.62
    c.shadow(x + w / 2, y, w * 0.56, 16)
    c.rect(x, y - h, w, h * 0.38, STEEL, 14)
    c.rect(x, y - h * 0.72, w, h * 0.12, darker(STEEL, 0.14))
    c.rect(x + w * 0.05, y - h * 0.94, w * 0.9, h * 0.10, lighter(STEEL, 0.5), 8)
    c.rect(x + w * 0.03, y - h * 0.62, w * 0.94, h * 0.5, darker(STEEL, 0.62))
    c.rect(x - w * 0.02, y - h * 0.14, w * 1.04, h * 0.14, INK, 8)
    for k in (0.28, 0.72):
        c.rect(x + w * (k - 0.07), y - h * 0.6, w * 0.14, h * 0.13, INK, 4)
        c.rect(x + w * (k - 0.015), y - h * 0.5, w * 0.16, h * 0.05, INK, 6)
        c.rect(x + w * (k - 0.05), y - h * 0.32, w * 0.1, h * 0.18, PAPER, 5)
    c.ellipse(x + w * 0.5, y - h * 0.82, h * 0.06, h * 0.06, TEAL)
    for k in range(3):
        c.rect(x + w * (0.12 + 0.1 * k), y - h - 22, w * 0.085, 24, PAPER, 4)


def till(c: Canvas, x: float, y: float, w: float) -> None:
    """A cash screen on its foot."""
    c.rect(x + w * 0.42, y - w * 0.34, w * 0.16, w * 0.34, darker(STEEL, 0.4))
    c.rect(x + w * 0.22, y - w * 0.07, w * 0.56, w * 0.07, darker(STEEL, 0.5), 6)
    c.rect(x, y - w * 0.92, w, w * 0.64, INK, 12)
    c.rect(x + w * 0.05, y - w * 0.87, w * 0.9, w * 0.54, mix(TEAL, PAPER, 0.25), 6)
    for k in range(3):
        c.rect(
            x + w * 0.12, y - w * (0.76 - 0.13 * k), w * (0.5 - 0.1 * k), w * 0.05, PAPER, 4, 190
        )


def person(
    c: Canvas,
    x: float,
    y: float,
    h: float,
    chance: random.Random,
    *,
    staff: bool = False,
    back: bool = False,
    turn: float = 0.0,
) -> None:
    """Someone from the hips up without a face; ``x`` the middle, ``y`` the lower edge,
    ``turn`` -1 to 1 looks to the left or the right."""
    skin, hair = chance.choice(SKIN), chance.choice(HAIR)
    cloth = darker(INK, 0.1) if staff else chance.choice(CLOTH)
    half, head = h * 0.24, h * 0.135
    neck = y - h * 0.72
    c.rect(x - half, neck, half * 2, h * 0.74, cloth, half * 0.62)
    c.rect(x - half, neck + h * 0.3, half * 2, h * 0.42, cloth)
    c.rect(x + half * 0.62, neck + h * 0.22, half * 0.38, h * 0.5, darker(cloth, 0.16))
    c.rect(x - head * 0.36, neck - h * 0.06, head * 0.72, h * 0.13, darker(skin, 0.1), head * 0.3)
    if staff and not back:
        c.rect(x - half * 0.62, neck + h * 0.19, half * 1.24, h * 0.6, TEAL, half * 0.16)
        for side in (-1, 1):
            c.line(
                [(x + side * half * 0.5, neck + h * 0.2), (x + side * head * 0.4, neck + h * 0.02)],
                TEAL,
                half * 0.16,
                round_ends=False,
            )
        kite(c, x + half * 0.02, neck + h * 0.36, h * 0.12, MARIGOLD, PAPER)
    if staff and back:
        c.line(
            [(x - half * 0.7, neck + h * 0.06), (x + half * 0.55, neck + h * 0.5)],
            TEAL,
            half * 0.14,
        )
        c.line(
            [(x + half * 0.7, neck + h * 0.06), (x - half * 0.55, neck + h * 0.5)],
            TEAL,
            half * 0.14,
        )
    top = neck - h * 0.14
    if not back:
        long = chance.random() < 0.5
        c.ellipse(x, top - head * 0.1, head * 0.98, head * 0.98, hair)
        if long:
            c.rect(x - head * 0.98, top - head * 0.1, head * 1.96, head * 1.15, hair, head * 0.4)
        c.ellipse(x + turn * head * 0.1, top + head * 0.06, head * 0.78, head * 0.92, skin)
        c.pie(x + turn * head * 0.04, top - head * 0.2, head * 0.9, head * 0.74, 180, 360, hair)
    else:
        c.ellipse(x, top, head * 0.92, head * 1.03, hair)
        c.rect(x - head * 0.46, top + head * 0.5, head * 0.92, head * 0.5, hair, head * 0.3)
        if chance.random() < 0.5:
            c.ellipse(x, top + head * 0.2, head * 0.3, head * 0.34, lighter(hair, 0.14))
    if staff:
        c.pie(x, top - head * 0.22, head * 0.98, head * 0.9, 180, 360, darker(TEAL, 0.15))
