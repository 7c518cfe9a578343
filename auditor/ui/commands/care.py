"""Jobs that care for the data: copies, checks, moving, a report for support."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.errors import UserError
from auditor.domain.work import Cancel, Progress
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.domain.standing import Notice
    from auditor.services.backups import Backups
    from auditor.services.doctor import Findings
    from auditor.services.photo_rescue import Brought
    from auditor.services.rescue import Rescue
    from auditor.services.workspace import Workspace


# on the lane


def backups(workspace: Workspace) -> Backups:
    return workspace.backups


def backups_if_due(workspace: Workspace) -> Backups | None:
    return workspace.backups if workspace.backups.due() else None


def wants_examination(workspace: Workspace) -> bool:
    from auditor.services import standing

    return standing.wants_examination(workspace)


def note_copied(workspace: Workspace, file: Path) -> None:
    from auditor.services import standing

    standing.note_copied(workspace, file.parent)


def note_examined(workspace: Workspace, findings: Findings) -> None:
    from auditor.services import standing

    standing.note_examined(workspace, findings)


def note_seen(workspace: Workspace, notice: Notice) -> None:
    from auditor.services import standing

    standing.note_seen(workspace, notice)


def sweep(workspace: Workspace, files: tuple[Path, ...]) -> int:
    return workspace.evidence.sweep(files)


def count_again(workspace: Workspace) -> int:
    from auditor.services import rollups

    return rollups.mend(workspace.store)


# off the lane: each has a connection of its own, and saves go on meanwhile


def make(store: Backups) -> Path:
    return store.make()


def export(store: Backups, to: Path, *, progress: Progress, cancel: Cancel) -> Path:
    return store.export(to, progress=progress, cancel=cancel)


def examine(folder: Path, *, progress: Progress, cancel: Cancel) -> Findings:
    """A workspace that does not open is told as such."""
    from auditor.services import doctor
    from auditor.services.workspace import Workspace

    try:
        workspace = Workspace.open(folder, write=False)
    except UserError as error:
        return doctor.unopened(error)
    try:
        return doctor.examine(workspace, progress=progress, cancel=cancel)
    finally:
        workspace.close()


def look_for_copies(folder: Path, *, progress: Progress, cancel: Cancel) -> Rescue:
    from auditor.services import rescue

    return rescue.look(folder, progress=progress, cancel=cancel)


def bring_back(folder: Path, source: Path | None, *, progress: Progress, cancel: Cancel) -> Brought:
    from auditor.services import photo_rescue

    return photo_rescue.bring_back(folder, source, progress=progress, cancel=cancel)


def report_for_support(folder: Path, to: Path) -> Path:
    from auditor.services import diagnostics

    return diagnostics.write(folder, to)


def home_in(chosen: Path, old: Path) -> Path:
    """Where the workspace ``old`` goes when a person chose that folder: one of documents gets a
    folder for it; one that a move of ``old`` was cut off in is the one that was meant."""
    from auditor.services import moving

    if not chosen.is_dir() or not any(chosen.iterdir()) or moving.is_copy(chosen, old.absolute()):
        return chosen
    return chosen / "mystery-auditor"


def workspace_in(chosen: Path) -> Path:
    """The workspace that a person means who chose that folder: itself, the one that it is a part
    of, the one in it; a new one in an empty folder, and beside what others keep there."""
    from auditor.services import folders

    return folders.workspace_in(chosen)


# with the workspace closed


def move(old: Path, new: Path, words: Words, *, progress: Progress, cancel: Cancel) -> Path:
    from auditor.services import moving

    return moving.move(old, new, words, progress=progress, cancel=cancel)


def begin_anew(folder: Path) -> Path | None:
    from auditor.services.workspace import recover

    return recover(folder)
