"""Restoring, and the demo's own data."""

from __future__ import annotations

from pathlib import Path

from auditor.domain.work import Cancel, Progress


def restore(file: Path, folder: Path, *, progress: Progress, cancel: Cancel) -> Path | None:
    """Bring ``file`` back into ``folder``, whose workspace must be closed; what was there is kept
    aside, and where is returned."""
    from auditor.services.workspace import restore_workspace

    return restore_workspace(file, folder, progress=progress, cancel=cancel)


def build_demo(folder: Path, *, progress: Progress, cancel: Cancel) -> None:
    from auditor.services.demo import build

    build(folder, progress=progress, cancel=cancel)


def clear_demo(folder: Path) -> None:
    from auditor.services.demo import clear

    clear(folder)
