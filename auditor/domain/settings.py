"""The person's choices on this machine, typed (QSettings returns booleans as text)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """``text_size`` in percent, 90 to 150; ``touch`` is for fingers: larger controls.
    ``workspace`` None is the default folder."""

    language: str = "vi"
    language_chosen: bool = False
    theme: Theme = Theme.SYSTEM
    text_size: int = 100
    touch: bool = False
    evaluator: str = "E-01"
    workspace: str | None = None
