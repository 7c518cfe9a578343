"""How sure a check is that something is wrong."""

from __future__ import annotations

from enum import StrEnum


class Sureness(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"
