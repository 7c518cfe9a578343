"""What an evaluator photographs from the street: the shop, by day and after dark."""

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
    KRAFT,
    MARIGOLD,
    PAPER,
    RED,
    STEEL,
    TEAL,
    Shot,
)
from auditor.services.demo_data.props import (
    kite,
    plant,
)

GLASS_DAY, GLASS_NIGHT = colour("#CFE0E2"), colour("#FFE3A6")


def _sky(c: Canvas, night: bool) -> None:
    if night:
        c.fade(0, 0, WIDTH, 940, colour("#1C2740"), colour("#3C4767"))
    else:
        c.fade(0, 0, WIDTH, 940, colour("#B9D7E6"), colour("#EAF2EE"))


def _house(c: Canvas, x: float, w: float, top: float, wall: Colour, night: bool) -> None:
    """A tube house beside the shop."""
    tone = mix(wall, (28, 36, 58), 0.62) if night else wall
    c.rect(x, top, w, 960 - top, tone)
    c.rect(x, top, w, 18, darker(tone, 0.2))
    for row in range(3):
        for k in range(2):
            lit = night and (row + k) % 3 == 0
            pane = GLASS_NIGHT if lit else darker(tone, 0.28)
            c.rect(x + w * (0.14 + 0.42 * k), top + 70 + row * 210, w * 0.3, 120, pane, 6)
        c.rect(x + w * 0.06, top + 200 + row * 210, w * 0.88, 10, darker(tone, 0.22))


def _inside(c: Canvas, night: bool) -> None:
    """What shows through the shop's window."""
    pane = GLASS_NIGHT if night else GLASS_DAY
    c.fade(300, 500, 620, 410, lighter(pane, 0.2), pane)
    for x in (420, 610, 800):
        c.line([(x, 500), (x, 560)], INK, 4, round_ends=False)
        c.pie(x, 590, 38, 38, 180, 360, TEAL)
        if night:
            c.ellipse(x, 590, 22, 16, PAPER)
    dim = mix(pane, INK, 0.5)
    for x in (400, 700):
        c.ellipse(x, 760, 30, 34, dim)
        c.rect(x - 60, 790, 120, 120, dim, 40)
    c.rect(520, 800, 120, 12, mix(pane, INK, 0.6), 6)
    c.rect(574, 812, 12, 98, mix(pane, INK, 0.6))
    c.shape([(340, 500), (460, 500), (330, 910), (300, 910), (300, 640)], (255, 255, 255), 40)
    for x in (300, 606, 912):
        c.rect(x - 6, 500, 14, 410, INK)


def storefront(shot: Shot) -> Canvas:
    """The shop from across the street, by day or after five. Bad: the sign is half dark."""
    night = shot.hour >= 17
    c, look, chance = Canvas(shot.look.wall), shot.look, shot.chance
    _sky(c, night)
    c.ellipse(1250, 62, 42, 42, colour("#F4EBCB") if night else colour("#FFF6DA"))
    _house(c, -40, 260, 150 + chance.randrange(80), mix(look.wall, KRAFT, 0.4), night)
    _house(c, 1360, 300, 90 + chance.randrange(120), mix(look.wall, STEEL, 0.5), night)
    wall = mix(look.wall, (30, 38, 60), 0.5) if night else look.wall
    c.rect(210, 140, 1160, 820, wall)
    c.rect(190, 120, 1200, 34, darker(wall, 0.25))
    for k in range(3):
        pane = GLASS_NIGHT if night and k != 1 else (darker(wall, 0.2) if night else GLASS_DAY)
        c.rect(320 + k * 340, 190, 220, 110, pane, 8)
        c.rect(426 + k * 340, 190, 8, 110, INK)
    c.rect(230, 330, 1120, 130, TEAL, 10)
    kite(c, 420, 384, 84, MARIGOLD, PAPER)
    dead = darker(TEAL, 0.35)
    glow = colour("#FFF3CF") if night else PAPER
    c.words(490, 393, "Cà phê ", 74, glow, "lm")
    name = 490 + c.width("Cà phê ", 74)
    c.words(name, 393, "Diều Giấy", 74, dead if shot.bad else glow, "lm")
    c.rect(260, 480, 1060, 480, darker(wall, 0.3))
    _inside(c, night)
    pane = GLASS_NIGHT if night else GLASS_DAY
    c.rect(980, 500, 280, 460, INK)
    c.fade(1000, 520, 240, 440, lighter(pane, 0.1), darker(pane, 0.06))
    c.rect(1206, 720, 12, 110, MARIGOLD, 6)
    c.rect(1040, 600, 120, 76, PAPER, 8)
    c.rect(1060, 620, 80, 12, TEAL, 4)
    c.rect(1060, 646, 60, 10, STEEL, 4)
    _awning(c, night)
    ground = colour("#4A5062") if night else colour("#C6C2B8")
    c.fade(0, 950, WIDTH, 110, darker(ground, 0.12), ground)
    c.rect(0, 1056, WIDTH, 16, darker(ground, 0.3))
    road = colour("#2E3444") if night else colour("#8B8F95")
    c.fade(0, 1072, WIDTH, 128, road, darker(road, 0.12))
    plant(c, 250, 1010, 300, chance)
    plant(c, 1300, 1010, 280, chance)
    first = chance.randrange(4)
    for k in range(chance.randrange(1, 5)):
        tone = (RED, TEAL, INK, STEEL)[(first + k) % 4]
        _motorbike(c, 420 + k * 150, 1030 + chance.randrange(-6, 8), 150, tone)
    return c


def _awning(c: Canvas, night: bool) -> None:
    for k in range(14):
        tone = MARIGOLD if k % 2 else PAPER
        tone = mix(tone, (30, 34, 54), 0.35) if night else tone
        x = 250 + k * 77.5
        c.shape([(x + 8, 462), (x + 70, 462), (x + 77.5, 520), (x, 520)], tone)
        c.pie(x + 38.7, 520, 38.7, 26, 0, 180, darker(tone, 0.06))


def _motorbike(c: Canvas, x: float, y: float, w: float, tone: Colour) -> None:
    """Parked motorbike from the side; ``x`` its rear wheel's middle, ``y`` the ground."""
    r = w * 0.2
    c.shadow(x + w * 0.4, y, w * 0.7, 12)
    for wheel in (x, x + w * 0.86):
        c.ellipse(wheel, y - r, r, r, INK)
        c.ellipse(wheel, y - r, r * 0.5, r * 0.5, STEEL)
    c.shape(
        [
            (x - w * 0.08, y - w * 0.42),
            (x + w * 0.4, y - w * 0.36),
            (x + w * 0.5, y - w * 0.2),
            (x + w * 0.68, y - w * 0.2),
            (x + w * 0.74, y - w * 0.62),
            (x + w * 0.82, y - w * 0.62),
            (x + w * 0.84, y - w * 0.1),
            (x + w * 0.3, y - w * 0.1),
        ],
        tone,
    )
    c.rect(x - w * 0.1, y - w * 0.5, w * 0.5, w * 0.1, INK, w * 0.05)
    c.line([(x + w * 0.72, y - w * 0.66), (x + w * 0.86, y - r)], INK, w * 0.05)
    c.line([(x + w * 0.64, y - w * 0.72), (x + w * 0.8, y - w * 0.66)], INK, w * 0.05)
    c.ellipse(x + w * 0.8, y - w * 0.54, w * 0.06, w * 0.07, colour("#FFF1C2"))
