"""Backups, restoring, and the demo's own data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.work import Cancel, Progress
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Priority, Task

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace


def back_up(context: AppContext, done: Done) -> Task:
    """A checked copy of the database in the workspace's backups; ``done`` gets its path."""
    return context.ask(_make, done=done)


def back_up_if_due(context: AppContext) -> Task:
    """For idle time: a copy when something changed since the last one, half an hour ago."""
    return context.ask(_make_if_due, priority=Priority.IDLE)


def _make(workspace: Workspace) -> Path:
    return workspace.backups.make()


def _make_if_due(workspace: Workspace) -> Path | None:
    return workspace.backups.make_if_due()


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
