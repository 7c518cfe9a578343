"""How a location looks: its walls, wood and floor, so that its pictures belong together."""

from __future__ import annotations

import random
from dataclasses import dataclass

from auditor.services.demo_data.canvas import Colour, colour

TEAL = colour("#0F5B5E")
MARIGOLD = colour("#E3A02C")
INK = colour("#2B333D")
BOARD = colour("#37424C")
PAPER = colour("#FBFAF6")
STEEL = colour("#B9C2C9")
COFFEE = colour("#5B3A29")
KRAFT = colour("#C59A6B")
LEAF = colour("#5E8A5A")
RED = colour("#B8473A")
SKIN = (colour("#E8C09A"), colour("#D9A87E"), colour("#C8946B"))
CLOTH = (
    colour("#5C7791"),
    colour("#B98A5E"),
    colour("#7D8F6B"),
    colour("#A05E5A"),
    colour("#6D6480"),
    colour("#C8B79B"),
    colour("#44586A"),
)


@dataclass(frozen=True)
class Look:
    """``wall`` behind everything, ``trim`` its darker half, ``wood`` of counters and tables."""

    wall: Colour
    trim: Colour
    wood: Colour
    floor: Colour


LOOKS: tuple[Look, ...] = (
    Look(colour("#E6E2D6"), colour("#C9D3C8"), colour("#A97C55"), colour("#B9B1A4")),
    Look(colour("#DCE4E6"), colour("#B9C9CE"), colour("#8E6B52"), colour("#A9B0B4")),
    Look(colour("#F0E3D0"), colour("#DDBFA0"), colour("#7B5440"), colour("#B39F8B")),
    Look(colour("#DDE5D8"), colour("#B7C7AE"), colour("#B08A62"), colour("#A8A99A")),
    Look(colour("#E9DEDA"), colour("#CBB3AB"), colour("#94705A"), colour("#ADA09A")),
    Look(colour("#E3E6EC"), colour("#C0C6D4"), colour("#9C7A58"), colour("#A7AAB3")),
)


@dataclass(frozen=True)
class Shot:
    """What one picture shows: where, the chance in it, the hour, whether something is wrong."""

    look: Look
    chance: random.Random
    hour: int = 10
    minute: int = 0
    bad: bool = False
    iced: bool = True
