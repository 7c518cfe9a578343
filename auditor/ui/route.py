"""Where a person can be in the window."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """``kind`` names the screen, ``id`` what it is about."""

    kind: str
    id: int = 0


VISITS, PROGRAMS, LOCATIONS, CLIENTS, IMPORT, REPORTS, SETTINGS, SETUP = (
    Route("visits"),
    Route("programs"),
    Route("locations"),
    Route("clients"),
    Route("import"),
    Route("reports"),
    Route("settings"),
    Route("setup"),
)
