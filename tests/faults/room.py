"""Where a session happens: its folders, its clock, its steps, and the photos that it brings."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from PIL import Image

from auditor.services.workspace import Workspace

BEGIN = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
ZONE = "Asia/Ho_Chi_Minh"


class Clock:
    """One time for each step: a step done again is done at the same time."""

    def __init__(self) -> None:
        self.now = BEGIN

    def step(self, number: int) -> None:
        self.now = BEGIN + timedelta(minutes=number)

    def __call__(self) -> datetime:
        return self.now


class Room:
    """A world in which a session happens: ``workspace``, ``out`` and ``config``."""

    def __init__(self, world: Path, place: str = "workspace") -> None:
        self.world = world
        self.folder = world / place
        self.out = world / "out"
        self.clock = Clock()
        self._open: Workspace | None = None

    @property
    def workspace(self) -> Workspace:
        """The open workspace; opened when a step needs it."""
        if self._open is None:
            self._open = Workspace.open(self.folder, clock=self.clock)
        return self._open

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


Act: TypeAlias = Callable[[Room], object]


@dataclass(frozen=True, slots=True)
class Session:
    """``world`` names what it begins with, ``place`` where its workspace lies. ``real_clock``: two
    times that it is played are not alike."""

    acts: tuple[Act, ...]
    world: str = "furnished"
    place: str = "workspace"
    real_clock: bool = False


def picture(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, 0, 0)).save(out, "PNG")
    return out.getvalue()


def undo(service: str) -> Act:
    """Take back what that service of the workspace did last."""

    def act(room: Room) -> None:
        at = getattr(room.workspace, service)
        assert at.last is not None
        at.undo(at.last)

    return act
