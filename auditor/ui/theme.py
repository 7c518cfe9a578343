"""Colours, type and the one style of the window. ``apply`` is the only place that sets them.

Colours are ``#RRGGBB`` text; contrast was computed (text at least 4.5, control borders 3).
Sizes are pixels at 100 %; ``Theme.px`` scales those that hold text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

FAMILY = "Be Vietnam Pro"
RADIUS_CARD = 10
RADIUS_CONTROL = 8
#: What a finger hits, in pixels: no control is smaller in touch mode.
FINGER = 44


@dataclass(frozen=True, slots=True)
class Tokens:
    """The named colours of one mode."""

    dark: bool
    bg: str
    surface: str
    surface2: str
    text: str
    text2: str
    text3: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    success: str
    success_soft: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    neutral_soft: str
    grid: str
    band: str
    heat: tuple[str, str, str, str, str]
    border: str
    border_strong: str


LIGHT = Tokens(
    dark=False,
    bg="#F4F6F8",
    surface="#FFFFFF",
    surface2="#EDF0F4",
    text="#18212C",
    text2="#4A5666",
    text3="#5E6A7A",
    accent="#1A5FB4",
    on_accent="#FFFFFF",
    accent_hover="#154E95",
    accent_soft="#E4EEFA",
    success="#1B7340",
    success_soft="#E3F3E8",
    danger="#B3261E",
    danger_soft="#FBE9E7",
    warning="#825000",
    warning_soft="#FFF1D6",
    neutral_soft="#E6EAEF",
    grid="#E6EAEF",
    band="#D3E2F5",
    heat=("#F2B8B2", "#FADCD8", "#F4F6F8", "#DCE9F8", "#B5D0F0"),
    border="#D6DCE3",
    border_strong="#7B8695",
)
DARK = Tokens(
    dark=True,
    bg="#11161C",
    surface="#1A2028",
    surface2="#242C36",
    text="#E9EDF2",
    text2="#B3BDCA",
    text3="#95A1B0",
    accent="#82B4FF",
    on_accent="#0A1A33",
    accent_hover="#A3C8FF",
    accent_soft="#1B3050",
    success="#74D096",
    success_soft="#153222",
    danger="#FF9A92",
    danger_soft="#401D1B",
    warning="#F0BC5A",
    warning_soft="#382A10",
    neutral_soft="#2D3642",
    grid="#2D3642",
    band="#1F3A62",
    heat=("#7A2F2B", "#4A2522", "#242C36", "#1F3A60", "#2B5690"),
    border="#343E4A",
    border_strong="#758294",
)


class Tone(StrEnum):
    """What a colour says. Never alone: an icon or a word stands beside it."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    SUCCESS = "success"
    DANGER = "danger"
    WARNING = "warning"


class Ink(StrEnum):
    """Colours of text."""

    TEXT = "text"
    TEXT2 = "text2"
    TEXT3 = "text3"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    SUCCESS = "success"
    DANGER = "danger"
    WARNING = "warning"


class Type(StrEnum):
    """The roles of text."""

    FIGURE = "figure"
    TITLE = "title"
    QUESTION = "question"
    ANSWER = "answer"
    STRONG = "strong"
    BODY = "body"
    HELP = "help"
    CHIP = "chip"
    HINT = "hint"


#: Pixels at 100 % and weight of each role.
SIZES: dict[Type, tuple[int, int]] = {
    Type.FIGURE: (28, 600),
    Type.TITLE: (20, 600),
    Type.QUESTION: (16, 600),
    Type.ANSWER: (15, 500),
    Type.STRONG: (14, 600),
    Type.BODY: (14, 400),
    Type.HELP: (13, 400),
    Type.CHIP: (12, 600),
    Type.HINT: (12, 500),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """``scale`` is the text size, 0.9 to 1.5; ``touch`` is for fingers."""

    tokens: Tokens
    scale: float = 1.0
    touch: bool = False

    def px(self, size: float) -> int:
        """A measure that must grow with the text."""
        return round(size * self.scale)

    def reach(self, size: float) -> int:
        """``px`` of a control that is pressed: large enough for a finger in touch mode."""
        return max(self.px(size), FINGER) if self.touch else self.px(size)

    def gap(self, size: int) -> int:
        """The space between controls: half as much again in touch mode."""
        return size + size // 2 if self.touch else size

    def font(self, role: Type, weight: int | None = None) -> QFont:
        size, usual = SIZES[role]
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight or usual))
        return font

    def ink(self, ink: Ink) -> QColor:
        return colour(getattr(self.tokens, ink.value))

    def tone(self, tone: Tone) -> tuple[QColor, QColor]:
        """The text and the soft background of a tone."""
        if tone is Tone.NEUTRAL:
            return colour(self.tokens.text2), colour(self.tokens.neutral_soft)
        name = tone.value
        return (
            colour(getattr(self.tokens, name)),
            colour(getattr(self.tokens, f"{name}_soft")),
        )


@lru_cache(maxsize=256)
def colour(value: str) -> QColor:
    return QColor(value)


class _Current:
    theme = Theme(LIGHT)


def current() -> Theme:
    """The theme that ``apply`` set last: what painted widgets look at while they paint."""
    return _Current.theme


def tokens_for(*, dark: bool) -> Tokens:
    return DARK if dark else LIGHT


def load_fonts(files: Iterable[Path]) -> None:
    """Make the bundled fonts known, so that pixels are the same on every host."""
    for file in files:
        QFontDatabase.addApplicationFont(str(file))


def apply(app: QApplication, tokens: Tokens, scale: float = 1.0, *, touch: bool = False) -> Theme:
    """Fusion, palette, font and one style sheet. Widgets repaint; nothing is rebuilt."""
    from auditor.ui.sheet import stylesheet

    _Current.theme = theme = Theme(tokens, scale, touch)
    if app.style().objectName() != "fusion" and not app.styleSheet():
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(theme.font(Type.BODY))
    app.setPalette(_palette(tokens))
    app.setStyleSheet(stylesheet(theme))
    return theme


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(colour(tokens.surface), colour(tokens.bg))
    for target, value in (
        (role.Window, tokens.bg),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.surface2),
        (role.Text, tokens.text),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.danger),
        (role.ToolTipBase, tokens.surface),
        (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.text3),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Link, tokens.accent),
        (role.Mid, tokens.border),
        (role.Dark, tokens.border_strong),
    ):
        palette.setColor(target, colour(value))
    disabled = QPalette.ColorGroup.Disabled
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, target, colour(tokens.text3))
    return palette
