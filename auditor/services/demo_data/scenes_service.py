"""What an evaluator photographs at the counter: the counter, drinks, receipt, menu, queue."""

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
from auditor.services.demo_data.look import INK, KRAFT, MARIGOLD, PAPER, STEEL, TEAL, Look, Shot
from auditor.services.demo_data.props import (
    board,
    clock,
    espresso,
    glass,
    kite,
    pendant,
    person,
    phin,
    plant,
    shelf,
    takeaway,
    till,
)


def room(look: Look, floor_from: float = 980) -> Canvas:
    """A wall with a lower half in the trim colour, and a floor."""
    c = Canvas(look.wall)
    c.fade(0, 0, WIDTH, floor_from, lighter(look.wall, 0.25), look.wall)
    if floor_from < HEIGHT:
        c.fade(0, floor_from, WIDTH, HEIGHT - floor_from, darker(look.floor, 0.12), look.floor)
    return c


def front(c: Canvas, look: Look, top: float, bottom: float, left: float = 0) -> None:
    """The front of a counter with its panels."""
    c.rect(left, top + 34, WIDTH - left, bottom - top - 34, look.wood)
    c.rect(left, top + 34, WIDTH - left, 26, darker(look.wood, 0.3), 0, 150)
    width = (WIDTH - left) / 7
    for k in range(8):
        c.rect(left + k * width, top + 60, 5, bottom - top - 60, darker(look.wood, 0.2))
        c.rect(left + k * width + 5, top + 60, 3, bottom - top - 60, lighter(look.wood, 0.12))
    c.rect(left, bottom - 44, WIDTH - left, 44, darker(look.wood, 0.45))
    c.rect(left - (20 if left else 0), top, WIDTH - left + 20, 40, lighter(look.wood, 0.3), 6)
    c.rect(left - (20 if left else 0), top + 30, WIDTH - left + 20, 10, darker(look.wood, 0.12), 4)


def _tiles(c: Canvas, look: Look, top: float, bottom: float) -> None:
    tone = lighter(look.trim, 0.25)
    c.rect(0, top, WIDTH, bottom - top, tone)
    row, y = 0, top
    while y < bottom:
        c.rect(0, y, WIDTH, 4, look.trim)
        for k in range(18):
            x = k * 96 - (48 if row % 2 else 0)
            c.rect(x, y, 4, min(48, bottom - y), look.trim)
        y, row = y + 48, row + 1


def counter(shot: Shot) -> Canvas:
    """The counter from the door. Bad: two of the staff talk, their backs to the guest."""
    c, look, chance = room(shot.look), shot.look, shot.chance
    _tiles(c, look, 430, 760)
    left = 90 + chance.randrange(60)
    for k in range(3):
        board(c, left + k * 300, 100, 270, 250, chance)
    shelf(c, left + 930, 190, 470, look.wood, chance)
    shelf(c, left + 930, 350, 470, look.wood, chance)
    if shot.bad:
        spot = 560 + chance.randrange(120)
        person(c, spot, 800, 500, chance, staff=True, back=True)
        person(c, spot + 250, 800, 480, chance, staff=True, back=True)
    else:
        person(c, 560 + chance.randrange(80), 800, 500, chance, staff=True, turn=-0.5)
        if chance.random() < 0.6:
            person(c, 980, 790, 470, chance, staff=True, turn=0.6)
    front(c, look, 720, 1090)
    c.fade(0, 1090, WIDTH, 110, darker(look.floor, 0.14), look.floor)
    espresso(c, 1130, 722, 330)
    till(c, 250 + chance.randrange(40), 722, 190)
    for k in range(3):
        takeaway(c, 920 + k * 66, 722, 110)
    plant(c, 90, 724, 230, chance)
    kite(c, 800, 890, 190, MARIGOLD, PAPER)
    for x in (430, 820, 1210):
        pendant(c, x, 84, size=44)
    return c


def drinks(shot: Shot) -> Canvas:
    """Drinks at the pick-up point below a clock. Bad: one is short, and has run over."""
    c, look, chance = room(shot.look, HEIGHT), shot.look, shot.chance
    _tiles(c, look, 420, 800)
    clock(c, 1240 + chance.randrange(-40, 40), 240, 160, shot.hour, shot.minute)
    c.rect(170, 120, 560, 190, TEAL, 18)
    kite(c, 268, 200, 118, MARIGOLD, PAPER)
    c.words(350, 196, "Nhận món", 62, PAPER, "lm")
    c.rect(352, 246, 250, 10, lighter(TEAL, 0.4), 5)
    c.rect(0, 800, WIDTH, 400, look.wood)
    c.fade(0, 800, WIDTH, 210, lighter(look.wood, 0.42), lighter(look.wood, 0.22))
    c.rect(0, 1006, WIDTH, 12, darker(look.wood, 0.2))
    for k in range(5):
        c.rect(k * 340 + chance.randrange(60), 1018, 5, 182, darker(look.wood, 0.18))
    c.shape([(420, 860), (1180, 860), (1260, 980), (340, 980)], darker(look.wood, 0.5))
    c.shape([(436, 868), (1164, 868), (1236, 968), (364, 968)], darker(look.wood, 0.36))
    if shot.iced:
        glass(c, 640, 940, 380, milk=0.42, full=0.52 if shot.bad else 0.8)
    else:
        takeaway(c, 640, 940, 380)
    takeaway(c, 920, 948, 370, chance.choice((TEAL, KRAFT)))
    if shot.bad:
        c.ellipse(690, 1000, 210, 26, colour("#8A5A3A"), 210)
        c.ellipse(520, 1030, 60, 12, colour("#8A5A3A"), 210)
        c.ellipse(650, 994, 90, 8, colour("#C79A72"), 200)
    c.shape([(1130, 890), (1290, 872), (1320, 944), (1156, 966)], PAPER)
    for k in range(4):
        c.line(
            [(1160 + 6 * k, 898 + 15 * k), (1268 - 20 * (k % 2) + 6 * k, 886 + 15 * k)], STEEL, 5
        )
    return c


def receipt(shot: Shot) -> Canvas:
    """A receipt on the table, card number covered. Bad: a line nobody asked for is marked."""
    look, chance = shot.look, shot.chance
    c = Canvas(look.wood)
    for k in range(7):
        tone = mix(
            look.wood, (255, 255, 255) if k % 2 else (40, 26, 20), chance.uniform(0.03, 0.10)
        )
        c.rect(0, k * 172, WIDTH, 172, tone)
        c.rect(0, k * 172, WIDTH, 5, darker(look.wood, 0.3))
        start = chance.randrange(100, 1300)
        c.line([(start, k * 172 + 80), (start + 240, k * 172 + 86)], darker(tone, 0.1), 4)
    tilt = chance.choice((-1, 1)) * chance.uniform(0.02, 0.07)
    x, y, w, h = 540.0, 70.0, 520.0, 1050.0

    def at(px: float, py: float) -> tuple[float, float]:
        return x + px - tilt * (py - h / 2), y + py + tilt * (px - w / 2)

    def bar(px: float, py: float, bw: float, bh: float, tone: tuple[int, int, int]) -> None:
        c.shape([at(px, py), at(px + bw, py), at(px + bw, py + bh), at(px, py + bh)], tone)

    c.shape(
        [(px + 22, py + 26) for px, py in (at(0, 0), at(w, 0), at(w, h), at(0, h))],
        (24, 18, 16),
        70,
    )
    teeth = [at(w - k * w / 26, h + (14 if k % 2 else 0)) for k in range(27)]
    c.shape([at(0, 0), at(w, 0), *teeth], PAPER)
    cx, cy = at(w / 2, 96)
    kite(c, cx, cy, 120, TEAL, MARIGOLD)
    bar(130, 190, 260, 24, INK)
    bar(170, 232, 180, 12, STEEL)
    bar(40, 280, 440, 4, STEEL)
    rows = 5
    for k in range(rows):
        top = 320 + k * 70
        if shot.bad and k == 2:
            bar(26, top - 18, 468, 60, colour("#F3D58C"))
        bar(40, top, chance.randrange(150, 250), 22, INK if k != 2 else colour("#5A3A12"))
        bar(400, top, 80, 22, INK)
    bar(40, 690, 440, 4, STEEL)
    bar(40, 724, 150, 34, INK)
    bar(350, 724, 130, 34, INK)
    bar(40, 800, 210, 14, STEEL)
    bar(40, 834, 440, 40, colour("#20262D"))
    for k in range(38):
        if chance.random() < 0.62:
            bar(80 + k * 9.6, 920, chance.choice((3, 5, 7)), 76, INK)
    glass(c, 1310, 1010, 420, full=0.35)
    c.ellipse(250, 250, 150, 150, PAPER)
    c.ellipse(250, 250, 104, 104, darker(PAPER, 0.06))
    c.ellipse(250, 250, 92, 92, colour("#4A2F22"))
    c.arc(250, 250, 70, 70, (200, 280), colour("#8A6248"), 10)
    c.rect(390, 228, 70, 44, PAPER, 20)
    return c


def menu(shot: Shot) -> Canvas:
    """A phone with the brand's post held against the menu. Bad: one price differs, marked."""
    c, look, chance = room(shot.look, HEIGHT), shot.look, shot.chance
    c.rect(700, 90, 800, 1010, darker(look.wood, 0.25), 18)
    c.rect(724, 114, 752, 962, colour("#37424C"), 8)
    c.words(1100, 200, "Diều Giấy", 74, MARIGOLD)
    c.rect(960, 258, 280, 8, colour("#8D99A2"), 4)
    for k in range(9):
        top = 330 + k * 78
        c.rect(790, top, chance.randrange(220, 380), 26, colour("#ECE7DA"), 8)
        if shot.bad and k == 4:
            c.rect(1270, top - 24, 150, 74, MARIGOLD, 14)
            c.rect(1296, top, 98, 26, INK, 8)
        else:
            c.rect(1296, top, 98, 26, colour("#B4BFC6"), 8)
    c.shape([(120, 1200), (170, 900), (560, 900), (640, 1200)], (217, 168, 126))
    c.rect(140, 160, 440, 880, INK, 56)
    c.rect(162, 196, 396, 808, PAPER, 30)
    c.ellipse(214, 250, 30, 30, TEAL)
    kite(c, 214, 246, 40, MARIGOLD, PAPER)
    c.rect(262, 232, 170, 16, INK, 6)
    c.rect(262, 260, 110, 12, STEEL, 6)
    c.rect(162, 306, 396, 400, mix(KRAFT, PAPER, 0.45))
    c.ellipse(360, 520, 160, 160, mix(KRAFT, PAPER, 0.7))
    takeaway(c, 360, 680, 320)
    if shot.bad:
        c.rect(426, 320, 116, 64, MARIGOLD, 14)
        c.rect(446, 342, 76, 20, INK, 6)
    for k in range(4):
        c.rect(190, 746 + k * 44, chance.randrange(220, 340), 16, STEEL, 6)
    c.ellipse(210, 950, 18, 18, colour("#C9574A"))
    c.shape([(100, 1200), (96, 780), (132, 740), (160, 800), (176, 1200)], (232, 192, 154))
    c.shape([(560, 900), (604, 860), (624, 900), (640, 1200), (570, 1200)], (232, 192, 154))
    return c


def queue(shot: Shot) -> Canvas:
    """Guests who wait. Bad: six of them for one open till; else two."""
    c, look, chance = room(shot.look), shot.look, shot.chance
    for k in range(2):
        board(c, 210 + k * 330, 90, 300, 240, chance)
    clock(c, 1060, 200, 104, shot.hour, shot.minute)
    shelf(c, 1230, 300, 320, look.wood, chance)
    person(c, 360, 700, 420, chance, staff=True, turn=0.4)
    front(c, look, 640, 900)
    c.fade(0, 900, WIDTH, 300, darker(look.floor, 0.2), lighter(look.floor, 0.1))
    for k in range(5):
        c.shape(
            [
                (k * 400 - 200, 1200),
                (k * 400 - 196, 1200),
                (620 + k * 90, 900),
                (618 + k * 90, 900),
            ],
            darker(look.floor, 0.16),
        )
    till(c, 520, 642, 150)
    espresso(c, 1180, 642, 280)
    count = 6 if shot.bad else 2
    for k in range(count):
        x = 620 + k * (840 / 5) + chance.randrange(-16, 16)
        tall = 560 + k * 36 + chance.randrange(-30, 30)
        person(c, x, 1010 + k * 34, tall, chance, back=True)
        c.rect(x - tall * 0.22, 1010 + k * 34, tall * 0.44, 400, darker(INK, 0.1 + 0.05 * (k % 2)))
    if not shot.bad:
        plant(c, 1460, 1120, 420, chance)
    return c


def standee(shot: Shot) -> Canvas:
    """The poster stand at the entrance. Bad: it stands half behind a plant, turned away."""
    c, look, chance = room(shot.look, 900), shot.look, shot.chance
    c.rect(0, 560, WIDTH, 340, look.trim)
    c.rect(0, 556, WIDTH, 12, darker(look.trim, 0.15))
    front(c, look, 520, 900, left=980)
    till(c, 1180, 522, 190)
    for k in range(3):
        takeaway(c, 1440 + k * 56, 522, 96)
    board(c, 1060, 90, 420, 270, chance, 4)
    c.fade(0, 900, WIDTH, 300, darker(look.floor, 0.12), lighter(look.floor, 0.08))
    c.shadow(470, 1064, 330, 40, 50)
    c.shape([(230, 1050), (710, 1050), (760, 1084), (180, 1084)], darker(INK, 0.2))
    c.rect(250, 120, 440, 940, PAPER, 10)
    c.rect(250, 120, 440, 560, MARIGOLD, 10)
    c.rect(250, 660, 440, 22, PAPER)
    c.ellipse(470, 440, 200, 200, lighter(MARIGOLD, 0.35))
    glass(c, 462, 630, 290)
    c.words(470, 186, "Món mới", 66, TEAL)
    c.words(470, 750, "Diều Giấy", 60, TEAL)
    for k, width in enumerate((300, 240, 270)):
        c.rect(470 - width / 2, 810 + k * 44, width, 18, STEEL, 8)
    c.rect(370, 956, 200, 58, TEAL, 28)
    c.rect(412, 978, 116, 14, PAPER, 6)
    if shot.bad:
        for x, h in ((330, 700), (560, 620)):
            plant(c, x, 1130, h, chance)
    else:
        plant(c, 110, 1010, 480, chance)
    return c


def pastry(shot: Shot) -> Canvas:
    """The glass case of cakes. Bad: trays nearly empty, labels gone."""
    c, look, chance = room(shot.look, 1040), shot.look, shot.chance
    _tiles(c, look, 120, 420)
    c.rect(150, 300, 1300, 760, darker(look.wood, 0.35), 22)
    c.fade(180, 330, 1240, 560, colour("#FFF6E0"), colour("#F0E0C2"))
    crusts = (colour("#C98B4B"), colour("#A9683C"), colour("#E0B46A"), colour("#8C5A3C"))
    for level, y in enumerate((560, 840)):
        c.rect(180, y, 1240, 18, STEEL)
        c.rect(180, y + 18, 1240, 8, INK, 0, 40)
        for k in range(7):
            x = 270 + k * 176
            if shot.bad and chance.random() < 0.72:
                c.rect(x - 62, y - 10, 124, 10, darker(STEEL, 0.2), 4)
                continue
            tone = crusts[(k + level) % 4]
            if (k + level) % 3 == 0:
                c.pie(x, y, 70, 92, 180, 360, tone)
                c.pie(x, y, 70, 92, 180, 250, lighter(tone, 0.18))
                for s in (-24, 4, 32):
                    c.line([(x + s - 8, y - 60), (x + s + 8, y - 16)], darker(tone, 0.2), 6)
            elif (k + level) % 3 == 1:
                c.shape(
                    [(x - 66, y), (x + 66, y), (x + 66, y - 76), (x - 40, y - 104)],
                    lighter(tone, 0.45),
                )
                c.shape(
                    [(x - 66, y - 30), (x + 66, y - 30), (x + 66, y - 48), (x - 62, y - 48)],
                    darker(tone, 0.1),
                )
                c.ellipse(x + 30, y - 104, 16, 16, colour("#B8473A"))
            else:
                c.rect(x - 64, y - 66, 128, 66, tone, 28)
                c.rect(x - 50, y - 84, 100, 34, lighter(tone, 0.5), 17)
            if not shot.bad:
                c.rect(x - 38, y + 24, 76, 38, PAPER, 6)
                c.rect(x - 26, y + 36, 52, 10, INK, 4)
    c.shape([(240, 330), (420, 330), (250, 890), (180, 890), (180, 530)], (255, 255, 255), 46)
    c.rect(150, 890, 1300, 170, look.wood, 10)
    c.rect(150, 890, 1300, 24, lighter(look.wood, 0.3))
    kite(c, 800, 975, 120, MARIGOLD, PAPER)
    takeaway(c, 1290, 302, 130)
    phin(c, 360, 302, 120)
    plant(c, 240, 302, 200, chance)
    return c
