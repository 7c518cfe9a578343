"""Workspaces that many tests begin with: made once in a process, then copied."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
_made: dict[Hashable, tuple[Path, Any]] = {}


def copied(key: Hashable, make: Callable[[Path], T], folder: Path) -> T:
    """What ``make`` told when it filled a folder, which it closed again; ``folder`` is now like
    it. ``key`` names all that ``make`` goes by."""
    if key not in _made:
        new = _room() / str(len(_made))
        _made[key] = (new, make(new))
    source, told = _made[key]
    shutil.copytree(source, folder, dirs_exist_ok=True)
    known: T = told
    return known


@cache
def _room() -> Path:
    room = Path(tempfile.mkdtemp(prefix="auditor-copied-"))
    atexit.register(shutil.rmtree, room, ignore_errors=True)
    return room
