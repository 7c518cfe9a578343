"""Colours, the type scale and the measures of the page. Points; y goes down from the top."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from reports.snapshot import Brand, PageSize


class Weight(IntEnum):
    REGULAR = 0
    MEDIUM = 1
    SEMIBOLD = 2
    BOLD = 3


class Colour(NamedTuple):
    """Red, green and blue from 0 to 1."""

    red: float
    green: float
    blue: float


def colour(hexadecimal: str) -> Colour:
    """``#RRGGBB``; ValueError for anything else."""
    if len(hexadecimal) != 7 or hexadecimal[0] != "#":
        raise ValueError(hexadecimal)
    return Colour(*(int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5)))


WHITE = colour("#FFFFFF")
TEXT = colour("#18212C")
TEXT2 = colour("#4A5666")
TEXT3 = colour("#5E6A7A")
RULE = colour("#D6DCE3")
TOTAL_RULE = colour("#808B9A")
BOX = colour("#F4F6F8")
HEAD = colour("#E9EEF3")
TRACK = colour("#EDF0F4")
MET_BAR = colour("#808B9A")
MISSED_BAR = colour("#B3261E")
DANGER = colour("#B3261E")
DANGER_SOFT = colour("#FBE9E7")
SUCCESS = colour("#1B7340")
SUCCESS_SOFT = colour("#E3F3E8")
WARNING = colour("#825000")
WARNING_SOFT = colour("#FFF1D6")
DIAL_AMBER = colour("#B86E00")
NEUTRAL_SOFT = colour("#E6EAEF")


class Style(NamedTuple):
    """Hashable, so that wrapped checklist text can be kept by it."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    colour: Colour = TEXT

    def inked(self, colour: Colour) -> Style:
        return Style(self.size, self.leading, self.weight, colour)

    def heavy(self, weight: Weight) -> Style:
        return self._replace(weight=weight)


DIAL = Style(38, 40, Weight.SEMIBOLD)
PLACE = Style(24, 29, Weight.SEMIBOLD)
TITLE = Style(15, 21, Weight.SEMIBOLD)
BLOCK = Style(12, 16, Weight.SEMIBOLD)
ITEM = Style(10, 13.5, Weight.SEMIBOLD)
QUESTION = Style(9.5, 13, Weight.MEDIUM)
BODY = Style(8.5, 12)
BODY_STRONG = Style(8.5, 12, Weight.SEMIBOLD)
SMALL = Style(7.5, 10.5, Weight.REGULAR, TEXT2)
SMALL_STRONG = Style(7.5, 10.5, Weight.SEMIBOLD)
CHIP = Style(7.5, 10, Weight.SEMIBOLD)


class Tone(NamedTuple):
    """How an answer or a band shows: ink, ground, icon. Never colour alone."""

    ink: Colour
    ground: Colour | None
    icon: str | None
    dashed: bool = False


MET = Tone(SUCCESS, SUCCESS_SOFT, "met")
PARTLY = Tone(WARNING, WARNING_SOFT, "partly")
MISSED = Tone(DANGER, DANGER_SOFT, "missed")
CRITICAL = Tone(WHITE, DANGER, "alert")
NOT_APPLICABLE = Tone(TEXT2, NEUTRAL_SOFT, "na")
HIDDEN = Tone(TEXT2, None, "hidden", dashed=True)
BLANK = Tone(TEXT2, None, "blank")
PLAIN = Tone(TEXT2, NEUTRAL_SOFT, None)
NOT_REVIEWED = Tone(WARNING, WARNING_SOFT, "draft")


@dataclass(frozen=True, slots=True)
class Page:
    """The frame of a page: content stands between ``left`` and ``right``, ``top`` and ``foot``."""

    width: float
    height: float
    left: float = 48.0
    top: float = 82.0

    @property
    def right(self) -> float:
        return self.width - self.left

    @property
    def inner(self) -> float:
        return self.width - 2 * self.left

    @property
    def foot(self) -> float:
        return self.height - 60.0


PAGES = {PageSize.A4: Page(595.28, 841.89), PageSize.LETTER: Page(612.0, 792.0)}


def luminance(ink: Colour) -> float:
    """Relative luminance of WCAG 2."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in ink]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Colour, other: Colour) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@dataclass(frozen=True, slots=True)
class Branding:
    """A brand's colours, made safe to read: ``name`` on white, ``on_mark`` on ``mark``."""

    mark: Colour
    on_mark: Colour
    name: Colour


def branding(brand: Brand) -> Branding:
    ground = _colour_or(brand.colour, TEXT2)
    second = _colour_or(brand.colour2, TEXT)
    name = next((ink for ink in (second, ground) if contrast(ink, WHITE) >= 4.5), TEXT)
    on_mark = WHITE if contrast(WHITE, ground) >= 4.5 else TEXT
    return Branding(ground, on_mark, name)


def _colour_or(hexadecimal: str, default: Colour) -> Colour:
    try:
        return colour(hexadecimal)
    except ValueError:
        return default
