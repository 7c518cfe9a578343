"""What an evaluator photographs of the room: the seats, the emergency exit, staff at work."""

from __future__ import annotations

from auditor.services.demo_data.canvas import (
    HEIGHT,
    WIDTH,
    Canvas,
    colour,
    darker,
    lighter,
    mix,
)
from auditor.services.demo_data.look import (
    INK,
    KRAFT,
    LEAF,
    MARIGOLD,
    PAPER,
    RED,
    STEEL,
    TEAL,
    Look,
    Shot,
)
from auditor.services.demo_data.props import (
    glass,
    kite,
    pendant,
    person,
    plant,
    takeaway,
)
from auditor.services.demo_data.scenes_service import room


def seating(shot: Shot) -> Canvas:
    """The room: tables, chairs, window. Bad: chairs all over, two lamps out."""
    c, look, chance = room(shot.look, 840), shot.look, shot.chance
    c.rect(0, 560, WIDTH, 280, look.trim)
    c.rect(0, 552, WIDTH, 14, darker(look.trim, 0.16))
    for k in range(2):
        x = 150 + k * 470
        c.rect(x - 14, 126, 408, 388, darker(look.wood, 0.2), 10)
        c.fade(x, 140, 380, 360, colour("#CFE4EA"), colour("#EEF3E6"))
        c.pie(x + 120, 500, 110, 130, 180, 360, mix(LEAF, PAPER, 0.35))
        c.pie(x + 280, 500, 96, 84, 180, 360, mix(LEAF, PAPER, 0.5))
        c.rect(x, 498, 380, 16, darker(look.wood, 0.2))
        c.rect(x + 184, 140, 12, 360, darker(look.wood, 0.2))
    c.rect(1130, 160, 330, 300, INK, 10)
    c.rect(1146, 176, 298, 268, PAPER)
    kite(c, 1290, 290, 190, TEAL, MARIGOLD)
    _bench(c, look)
    for k, x in enumerate((330, 800, 1270)):
        pendant(c, x, 120 if k % 2 else 90, lit=not (shot.bad and k > 0), size=54)
    for k, x in enumerate((330, 800, 1270)):
        _table_set(c, look, x, 1060 + (k % 2) * 30, shot.bad and k != 1)
        if k == 1:
            takeaway(c, x, 816, 120)
            glass(c, x + 80, 816, 110)
    plant(c, 80, 1010, 430, chance)
    return c


def _bench(c: Canvas, look: Look) -> None:
    c.rect(180, 640, 1280, 130, darker(TEAL, 0.05), 18)
    for k in range(8):
        c.rect(180 + k * 160, 640, 5, 130, darker(TEAL, 0.25))
    c.rect(170, 756, 1300, 60, darker(TEAL, 0.2), 14)
    c.rect(200, 816, 1240, 40, darker(look.wood, 0.3))


def _table_set(c: Canvas, look: Look, x: float, foot: float, messy: bool) -> None:
    top = foot - 250
    c.shadow(x, foot + 6, 190, 24)
    c.rect(x - 12, top, 24, 250, darker(look.wood, 0.45))
    c.rect(x - 90, foot - 12, 180, 20, darker(look.wood, 0.5), 10)
    c.rect(x - 170, top - 10, 340, 30, lighter(look.wood, 0.1), 15)
    c.rect(x - 170, top + 8, 340, 12, darker(look.wood, 0.2), 6)
    for side in (-1, 1):
        cx = x + side * (250 if messy and side > 0 else 190)
        tone = darker(look.wood, 0.15)
        c.rect(cx - 60, foot - 130, 120, 22, tone, 8)
        back = cx + side * 52
        lean = 26 * side if messy else 6 * side
        c.line([(back, foot - 120), (back + lean, foot - 290)], tone, 16)
        for leg in (-46, 46):
            c.line([(cx + leg, foot - 110), (cx + leg * 1.2, foot + 26)], tone, 12)


def emergency_exit(shot: Shot) -> Canvas:
    """The rear door under its green sign. Bad: boxes and a trolley stand before it."""
    c, look, chance = room(shot.look, 960), shot.look, shot.chance
    c.rect(0, 640, WIDTH, 320, look.trim)
    c.rect(0, 634, WIDTH, 12, darker(look.trim, 0.15))
    c.rect(610, 60, 400, 130, colour("#1E7A4B"), 16)
    _running(c, 700, 126)
    c.shape(
        [(800, 108), (890, 108), (890, 84), (960, 125), (890, 166), (890, 142), (800, 142)], PAPER
    )
    c.rect(520, 230, 580, 740, darker(STEEL, 0.3), 8)
    c.fade(548, 256, 524, 714, colour("#AEBBC2"), colour("#8F9DA6"))
    c.rect(640, 320, 340, 200, colour("#DCE8EA"), 8)
    c.shape([(700, 320), (780, 320), (690, 520), (640, 520), (640, 440)], (255, 255, 255), 110)
    c.rect(600, 640, 420, 46, colour("#C8473A"), 20)
    c.rect(1200, 420, 130, 190, RED, 14)
    c.rect(1220, 440, 90, 90, PAPER, 8)
    c.ellipse(1265, 485, 26, 26, RED)
    c.shape([(500, 970), (1120, 970), (1300, 1200), (340, 1200)], MARIGOLD, 46)
    if shot.bad:
        _boxes(c, chance.randrange(-30, 30))
        _trolley(c, 1140, 1130)
    else:
        plant(c, 270, 1060, 430, chance)
    return c


def _running(c: Canvas, x: float, y: float) -> None:
    c.ellipse(x + 18, y - 38, 13, 13, PAPER)
    c.line([(x + 8, y - 20), (x - 8, y + 12)], PAPER, 18)
    c.line([(x + 8, y - 16), (x + 36, y - 2)], PAPER, 9)
    c.line([(x + 2, y - 16), (x - 28, y - 8)], PAPER, 9)
    c.line([(x - 6, y + 12), (x + 20, y + 26), (x + 18, y + 48)], PAPER, 11)
    c.line([(x - 10, y + 12), (x - 22, y + 36), (x - 46, y + 38)], PAPER, 11)


def _boxes(c: Canvas, shift: float) -> None:
    c.shadow(760 + shift, 1128, 420, 36, 60)
    for x, y, w, h, k in (
        (470, 860, 300, 268, 0),
        (780, 890, 280, 240, 1),
        (560, 620, 290, 244, 2),
        (836, 690, 210, 204, 3),
    ):
        tone = mix(KRAFT, (90, 60, 40), 0.08 * k)
        left = x + shift
        c.rect(left, y, w, h, tone, 6)
        c.rect(left + w * 0.72, y, w * 0.28, h, darker(tone, 0.12), 6)
        c.rect(left + w * 0.42, y, w * 0.14, h, lighter(tone, 0.25))
        c.rect(left, y, w, 14, darker(tone, 0.1))
        c.rect(left + 24, y + h * 0.62, w * 0.26, 12, darker(tone, 0.4), 4)
        c.rect(left + 24, y + h * 0.72, w * 0.18, 12, darker(tone, 0.4), 4)


def _trolley(c: Canvas, x: float, y: float) -> None:
    c.shadow(x + 120, y + 40, 220, 22)
    c.rect(x - 30, y - 24, 300, 26, INK, 8)
    c.line([(x + 250, y - 20), (x + 300, y - 460)], INK, 18)
    c.line([(x + 296, y - 450), (x + 380, y - 470)], INK, 18)
    for wheel in (x + 20, x + 220):
        c.ellipse(wheel, y + 24, 34, 34, INK)
        c.ellipse(wheel, y + 24, 14, 14, STEEL)


def staff_notice(shot: Shot) -> Canvas:
    """A member of staff at work beside the guests' tables. Bad: on the phone, turned away."""
    c, look, chance = room(shot.look, HEIGHT), shot.look, shot.chance
    c.rect(0, 700, WIDTH, 500, look.trim)
    c.rect(0, 690, WIDTH, 14, darker(look.trim, 0.15))
    c.rect(130, 130, 420, 380, INK, 12)
    c.rect(148, 148, 384, 344, PAPER)
    kite(c, 340, 300, 220, TEAL, MARIGOLD)
    person(c, 880, 1200, 950, chance, staff=True, back=shot.bad, turn=0.5)
    c.rect(0, 1010, WIDTH, 190, lighter(look.wood, 0.15))
    c.rect(0, 1010, WIDTH, 20, lighter(look.wood, 0.4))
    takeaway(c, 420, 1080, 280)
    if not shot.bad:
        takeaway(c, 620, 1090, 270)
    plant(c, 1420, 1060, 520, chance)
    return c
