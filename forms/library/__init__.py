"""Checklists that we ship, each a worked example of the native format."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """The names of the checklists, in order: ``cafe-visit`` …"""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.yaml")))


def path(name: str) -> Path:
    """The file of the checklist ``name``; KeyError when there is none."""
    if name not in names():
        raise KeyError(name)
    return _FOLDER / f"{name}.yaml"
