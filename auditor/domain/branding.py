"""How a client's reports look: colours with their contrast, footer, page, parts. No storage."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

HEX = re.compile(r"#?([0-9A-Fa-f]{6})")
WHITE, DARK = "#FFFFFF", "#18212C"
#: What WCAG 2 asks of text of ordinary size.
NEEDED = 4.5
#: The longest footer in characters: what one line of a page holds beside the page number.
LONGEST_FOOTER = 120
LONGEST_TEMPLATE = 60
_STEPS = 24


class PageFormat(StrEnum):
    A4 = "a4"
    LETTER = "letter"


class ReportPart(StrEnum):
    """The parts of a location report after its summary, in the design's order."""

    TREND = "trend"
    FAILED = "failed"
    JOURNEY = "journey"
    QUESTIONS = "questions"
    NARRATIVE = "narrative"
    ACTIONS = "actions"
    PHOTOS = "photos"
    LEDGER = "ledger"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class TemplateInput:
    """``parts`` are printed in this order; the summary always stands before them and the seal
    behind. ``blank_actions``: a finding without an action gets a row to write on."""

    name: str
    parts: tuple[ReportPart, ...] = tuple(ReportPart)
    cover: bool = False
    blank_actions: bool = False


@dataclass(frozen=True, slots=True)
class TemplateRecord:
    """``used_by`` are the clients and programs that chose it, by name."""

    id: int
    name: str
    parts: tuple[ReportPart, ...]
    cover: bool = False
    blank_actions: bool = False
    used_by: tuple[str, ...] = ()
    version: int = 1

    @property
    def input(self) -> TemplateInput:
        return TemplateInput(self.name, self.parts, self.cover, self.blank_actions)


@dataclass(frozen=True, slots=True)
class BrandLook:
    """``logo`` is the hash of its file, ``logo_picture`` the path of the picture that is printed
    (None where it is missing); ``suggested`` are colours that the logo has, the most used first."""

    id: int
    name: str
    colour: str
    colour2: str
    logo: str | None = None
    logo_picture: str | None = None
    suggested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientBranding:
    id: int
    name: str
    footer: str
    page: PageFormat
    template_id: int | None
    brands: tuple[BrandLook, ...] = ()


@dataclass(frozen=True, slots=True)
class Dress:
    """What a sample is shown in. ``template`` None: every part, in the design's order."""

    client: str
    brand: BrandLook
    footer: str
    page: PageFormat
    template: TemplateInput | None


# colours


def clean_colour(text: str) -> str:
    """``#RRGGBB`` in capitals; "" for what is no colour. The "#" may be left out."""
    found = HEX.fullmatch(text.strip())
    return f"#{found[1].upper()}" if found else ""


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [_linear(part) for part in _rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@dataclass(frozen=True, slots=True)
class Readable:
    """Whether white can be read on a colour, which is the same as the colour on white.

    ``ratio`` is cut to a decimal, so that what fails is never shown as what is needed;
    ``nearest`` is the colour most like it that passes: itself where it does.
    """

    colour: str
    ratio: float
    passes: bool
    nearest: str


def readable(colour: str) -> Readable:
    exact = contrast(colour, WHITE)
    passes = exact >= NEEDED
    return Readable(colour, int(exact * 10) / 10, passes, colour if passes else darker(colour))


def darker(colour: str, on: str = WHITE, needed: float = NEEDED) -> str:
    """The same hue, made just dark enough to be read on ``on``."""
    lightness, a, b = _to_lab(colour)
    low, high = 0.0, lightness
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if contrast(_from_lab(middle, a, b), on) >= needed:
            low = middle
        else:
            high = middle
    return _from_lab(low, a, b)


class NameInk(StrEnum):
    """What the brand's name is printed in: the first of these that can be read on white."""

    SECOND = "second"
    FIRST = "first"
    DARK = "dark"


def name_ink(colour: str, colour2: str) -> NameInk:
    if contrast(colour2, WHITE) >= NEEDED:
        return NameInk.SECOND
    return NameInk.FIRST if contrast(colour, WHITE) >= NEEDED else NameInk.DARK


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _gamma(part: float) -> float:
    if part <= 0.0031308:
        return 12.92 * part
    return float(1.055 * part ** (1 / 2.4) - 0.055)


# Oklab, https://bottosson.github.io/posts/oklab/: its hue stays put when it gets darker.


def _to_lab(colour: str) -> tuple[float, float, float]:
    r, g, b = map(_linear, _rgb(colour))
    l_ = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    m_ = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s_ = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_,
        1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_,
        0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_,
    )


def _from_lab(lightness: float, a: float, b: float) -> str:
    """The colour, its chroma taken back as far as the screen cannot show it."""
    if _in_gamut(_unlab(lightness, a, b)):
        return _hex(_unlab(lightness, a, b))
    keep = _largest(lambda part: _in_gamut(_unlab(lightness, a * part, b * part)))
    return _hex(_unlab(lightness, a * keep, b * keep))


def _largest(holds: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _unlab(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    l_ = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_,
        -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_,
        -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_,
    )


def _in_gamut(linear: tuple[float, float, float]) -> bool:
    return all(-1e-6 <= part <= 1 + 1e-6 for part in linear)


def _hex(linear: tuple[float, float, float]) -> str:
    parts = (round(255 * _gamma(min(max(part, 0.0), 1.0))) for part in linear)
    return "#" + "".join(f"{part:02X}" for part in parts)
