"""What an evaluator photographs of cleanliness: a table, the restroom, the bins."""

from __future__ import annotations

from auditor.services.demo_data.canvas import (
    WIDTH,
    Canvas,
    Colour,
    colour,
    darker,
    lighter,
    mix,
)
from auditor.services.demo_data.look import (
    INK,
    LEAF,
    MARIGOLD,
    PAPER,
    STEEL,
    TEAL,
    Shot,
)
from auditor.services.demo_data.props import (
    clock,
    glass,
    kite,
    plant,
    takeaway,
)
from auditor.services.demo_data.scenes_service import room


def table(shot: Shot) -> Canvas:
    """One table from above. Bad: crumbs, rings, used cups and tissues left on it."""
    look, chance = shot.look, shot.chance
    c = Canvas(darker(look.floor, 0.1))
    for k in range(9):
        for row in range(7):
            tone = mix(look.floor, (255, 255, 255), 0.12 if (k + row) % 2 else 0.02)
            c.rect(k * 180, row * 180, 177, 177, tone)
    c.ellipse(820, 650, 640, 520, INK, 60)
    c.ellipse(800, 610, 640, 520, darker(look.wood, 0.28))
    c.ellipse(800, 594, 640, 520, lighter(look.wood, 0.22))
    for k in range(7):
        rx = 600 - k * 70
        c.arc(740, 560, rx, rx * 0.8, (10 + 6 * k, 150 - 4 * k), lighter(look.wood, 0.14), 3)
    if not shot.bad:
        _from_above(c, 640, 520, 120, colour("#5B3A29"))
        _from_above(c, 980, 700, 110, colour("#8A6A45"))
        c.rect(1060, 400, 190, 110, PAPER, 10)
        c.rect(1090, 432, 120, 14, TEAL, 6)
        c.rect(1090, 462, 90, 10, STEEL, 5)
        c.ellipse(800, 330, 66, 66, colour("#C9795A"))
        for k in range(8):
            c.ellipse(
                800 + chance.randrange(-52, 52),
                320 + chance.randrange(-46, 46),
                34,
                26,
                mix(LEAF, PAPER, 0.1 + 0.06 * (k % 3)),
            )
        return c
    for cx, cy in ((520, 700), (1130, 620), (700, 330)):
        c.arc(cx, cy, 92, 80, (0, 360), darker(look.wood, 0.2), 9)
    _from_above(c, 620, 540, 116, colour("#6F5138"))
    c.ellipse(1010, 770, 150, 60, colour("#7A553C"), 130)
    _from_above(c, 980, 640, 104, colour("#E6DCCB"))
    for cx, cy, s in ((820, 420, 90), (420, 560, 70), (1180, 480, 78)):
        c.shape(
            [
                (cx - s, cy - s * 0.3),
                (cx - s * 0.2, cy - s * 0.7),
                (cx + s, cy - s * 0.2),
                (cx + s * 0.6, cy + s * 0.6),
                (cx - s * 0.5, cy + s * 0.7),
            ],
            PAPER,
        )
        c.shape(
            [(cx - s * 0.2, cy - s * 0.7), (cx + s * 0.2, cy), (cx - s * 0.5, cy + s * 0.7)],
            darker(PAPER, 0.1),
        )
    for _ in range(60):
        x, y = chance.gauss(790, 170), chance.gauss(610, 110)
        c.ellipse(x, y, chance.uniform(4, 9), chance.uniform(3, 7), colour("#A9703F"))
    c.shape([(700, 800), (900, 770), (910, 786), (712, 818)], TEAL)
    return c


def _from_above(c: Canvas, cx: float, cy: float, r: float, drink: Colour) -> None:
    """A cup on its saucer."""
    c.ellipse(cx + 10, cy + 14, r * 1.25, r * 1.12, INK, 60)
    c.ellipse(cx, cy, r * 1.25, r * 1.12, PAPER)
    c.ellipse(cx, cy, r * 1.02, r * 0.9, darker(PAPER, 0.07))
    c.rect(cx + r * 0.6, cy - r * 0.14, r * 0.55, r * 0.28, PAPER, r * 0.14)
    c.ellipse(cx, cy - 6, r * 0.78, r * 0.7, PAPER)
    c.ellipse(cx, cy - 6, r * 0.66, r * 0.58, drink)
    c.arc(cx, cy - 6, r * 0.45, r * 0.38, (190, 290), lighter(drink, 0.3), r * 0.06)


def restroom(shot: Shot) -> Canvas:
    """Basin, mirror, soap. Bad: paper on the floor, soap empty, bin full."""
    look, chance = shot.look, shot.chance
    c = Canvas(colour("#E7ECEB"))
    c.fade(0, 0, WIDTH, 900, colour("#F1F4F2"), colour("#DDE5E4"))
    for k in range(17):
        c.rect(k * 100, 0, 4, 900, colour("#D3DCDB"))
    for k in range(9):
        c.rect(0, k * 100, WIDTH, 4, colour("#D3DCDB"))
    c.rect(0, 400, WIDTH, 100, mix(TEAL, PAPER, 0.35))
    c.fade(0, 900, WIDTH, 300, colour("#A9B2B4"), colour("#C3CACA"))
    for k in range(8):
        c.shape(
            [
                (k * 260 - 160, 1200),
                (k * 260 - 154, 1200),
                (430 + k * 106, 900),
                (426 + k * 106, 900),
            ],
            colour("#98A2A5"),
        )
    c.rect(500, 70, 560, 430, darker(look.wood, 0.1), 24)
    c.fade(524, 94, 512, 382, colour("#C7DADD"), colour("#E9F1F1"))
    c.shape([(620, 94), (760, 94), (600, 476), (524, 476), (524, 330)], (255, 255, 255), 70)
    c.rect(380, 640, 800, 60, lighter(look.wood, 0.15), 10)
    c.rect(380, 684, 800, 16, darker(look.wood, 0.2), 6)
    c.rect(430, 700, 700, 190, look.wood)
    c.rect(776, 700, 8, 190, darker(look.wood, 0.25))
    c.pie(780, 580, 220, 120, 0, 180, PAPER)
    c.ellipse(780, 580, 220, 34, PAPER)
    c.ellipse(780, 582, 190, 24, colour("#CBD5D6"))
    c.rect(764, 450, 32, 120, STEEL, 10)
    c.rect(764, 446, 110, 28, STEEL, 14)
    c.rect(852, 460, 22, 40, darker(STEEL, 0.12), 6)
    c.rect(1060, 520, 70, 122, colour("#EAF1F2") if shot.bad else mix(MARIGOLD, PAPER, 0.35), 14)
    c.rect(1060, 520, 70, 100, colour("#EAF1F2"), 14)
    if not shot.bad:
        c.rect(1064, 560, 62, 78, MARIGOLD, 10)
    c.rect(1080, 486, 30, 40, INK, 8)
    c.rect(1064, 478, 40, 14, INK, 6)
    c.rect(1260, 330, 200, 250, PAPER, 18)
    c.rect(1260, 330, 200, 60, STEEL, 18)
    if not shot.bad:
        c.shape([(1310, 580), (1410, 580), (1400, 640), (1320, 640)], colour("#F7F7F4"))
        plant(c, 450, 642, 170, chance)
    _bin(c, 1360, 1080, 230, shot.bad)
    if shot.bad:
        for _ in range(9):
            _crumpled(c, chance.gauss(1080, 190), chance.uniform(980, 1150), chance.uniform(26, 48))
        c.ellipse(660, 1060, 210, 40, colour("#8FA3AB"), 120)
        c.ellipse(640, 1052, 130, 22, colour("#DCE8EC"), 120)
    return c


def _crumpled(c: Canvas, x: float, y: float, s: float) -> None:
    c.shadow(x + 4, y + s * 0.6, s * 1.1, s * 0.3)
    c.shape(
        [
            (x - s, y),
            (x - s * 0.4, y - s * 0.8),
            (x + s * 0.5, y - s * 0.7),
            (x + s, y),
            (x + s * 0.4, y + s * 0.7),
            (x - s * 0.6, y + s * 0.6),
        ],
        PAPER,
    )
    c.shape(
        [(x - s * 0.4, y - s * 0.8), (x + s * 0.1, y), (x - s * 0.6, y + s * 0.6), (x - s, y)],
        darker(PAPER, 0.1),
    )


def _bin(c: Canvas, x: float, foot: float, h: float, full: bool) -> None:
    c.shadow(x, foot, h * 0.5, 22)
    if full:
        for dx, dy, s in ((-50, -20, 46), (20, -46, 52), (62, -10, 40), (-10, -70, 36)):
            _crumpled(c, x + dx, foot - h + dy, s)
    c.shape(
        [
            (x - h * 0.42, foot - h),
            (x + h * 0.42, foot - h),
            (x + h * 0.34, foot),
            (x - h * 0.34, foot),
        ],
        darker(STEEL, 0.3),
    )
    c.shape(
        [
            (x + h * 0.12, foot - h),
            (x + h * 0.42, foot - h),
            (x + h * 0.34, foot),
            (x + h * 0.12, foot),
        ],
        darker(STEEL, 0.42),
    )
    c.rect(x - h * 0.45, foot - h - 8, h * 0.9, 22, darker(STEEL, 0.5), 10)


def waste(shot: Shot) -> Canvas:
    """The bin station. Bad: it runs over."""
    c, look, chance = room(shot.look, 940), shot.look, shot.chance
    c.rect(0, 620, WIDTH, 320, look.trim)
    c.rect(0, 612, WIDTH, 12, darker(look.trim, 0.15))
    c.rect(430, 420, 740, 620, darker(look.wood, 0.1), 16)
    c.rect(410, 396, 780, 40, lighter(look.wood, 0.2), 10)
    for k in range(2):
        x = 470 + k * 350
        c.rect(x, 480, 310, 150, INK, 20)
        c.rect(x + 20, 500, 270, 60, darker(INK, 0.4), 20)
        c.rect(x + 85, 680, 140, 140, (TEAL, MARIGOLD)[k], 20)
        kite(c, x + 155, 742, 90, PAPER, PAPER)
    c.shadow(800, 1046, 430, 30)
    for k in range(3):
        c.rect(500 + k * 10, 372 - k * 16, 220, 14, darker(STEEL, 0.1 * k), 6)
    clock(c, 240, 220, 110, shot.hour, shot.minute)
    plant(c, 1350, 1060, 460, chance)
    if shot.bad:
        for k in range(4):
            takeaway(c, 860 + k * 84, 400, 140)
        for dx in (0, 60, 130, 350, 420):
            _crumpled(c, 540 + dx, 530 + chance.randrange(0, 26), 44)
        for _ in range(5):
            _crumpled(c, chance.uniform(380, 1050), chance.uniform(1060, 1140), 40)
        c.shape([(620, 1130), (760, 1100), (776, 1150), (640, 1176)], PAPER)
    else:
        glass(c, 1080, 398, 110, full=0.2)
    return c
