"""Paths of shapes as PDF operators."""

from __future__ import annotations

from functools import lru_cache

from reports.icons import ICONS

#: How far a control point stands from a quarter circle's end, in radii.
ROUND = 0.5523


@lru_cache(maxsize=64)
def icon_path(name: str) -> str:
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
def round_rectangle(wide: float, high: float, r: float) -> str:
    """Its path with the lower left corner at the origin."""
    k = r * (1 - ROUND)
    right, upper, far_x, far_y = wide - r, high - r, wide - k, high - k
    corners = (
        (r, 0, right, 0, far_x, 0, wide, k, wide, r),
        (wide, upper, wide, far_y, far_x, high, right, high),
        (r, high, k, high, 0, far_y, 0, upper),
        (0, r, 0, k, k, 0, r, 0),
    )
    return _ROUND_RECTANGLE % tuple(place for corner in corners for place in corner)
