"""How close things on page 1 stand, from roomy to as tight as can be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Squeeze:
    """How close things stand: the gap between parts, rows, lines of a description."""

    gap: float
    item: float
    lines: int
    bar: float
    time: float
    sections: int = 99


LOOSE = Squeeze(24, 48, 2, 18.5, 28)
#: Tried in this order until all fits.
SQUEEZES = (
    LOOSE,
    Squeeze(18, 44, 2, 17, 26),
    Squeeze(14, 43, 2, 14, 22.5),
    Squeeze(12, 43, 2, 13, 22),
    Squeeze(16, 34, 1, 16, 24),
    Squeeze(14, 33, 1, 13, 22),
    Squeeze(12, 32, 1, 11.5, 22),
    *(Squeeze(12, 32, 1, 11.5, 22, most) for most in range(40, 2, -1)),
)
