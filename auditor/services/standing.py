"""The facts of a workspace that the window and Settings tell, kept in the workspace itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from auditor.domain.standing import OLDER, SECOND, Notice, Standing
from auditor.services import moving
from auditor.services.doctor import Findings, Level
from auditor.services.workspace import Workspace
from auditor.store import lock
from auditor.store.backup import made_at
from auditor.store.folder import FolderWarning
from auditor.store.times import moment_or_none, utc_text
from auditor.words import mark

COPIED, COPIED_TO = "copied_at", "copied_to"
EXAMINED, FAULTS = "examined_at", "examined_faults"
#: Begins the facts that say which warning the person has seen, of which folder.
SEEN = "seen:"
WEEK = timedelta(days=7)
#: Bytes that should be free: twenty large photos, and a backup.
SPARE = 500_000_000


def standing(workspace: Workspace) -> Standing:
    """Of an open workspace; warnings that were closed once are left out."""
    fact = workspace.fact
    refusal = None if workspace.writable else workspace.refusal or lock.in_use(workspace.folder)
    newest = workspace.backups.newest()
    return Standing(
        folder=workspace.folder,
        refusal=refusal,
        warnings=tuple(_unseen(workspace)),
        notes=tuple(_unseen_notes(workspace)),
        copied=moment_or_none(fact(COPIED)),
        copied_to=fact(COPIED_TO) or "",
        examined=moment_or_none(fact(EXAMINED)),
        faults=int(fact(FAULTS) or 0),
        backed_up=None if newest is None else made_at(newest),
        scant=_is_scant(workspace.folder),
    )


def _is_scant(folder: Path) -> bool:
    """Whether a visit with its photos and the next backup may not fit."""
    try:
        return shutil.disk_usage(folder).free < SPARE
    except OSError:  # gone, which the next save tells
        return False


def _unseen(workspace: Workspace) -> Iterable[Notice]:
    target = moving.moved_to(workspace.folder)
    if target is not None:
        yield Notice(
            "moved", mark("The data of this folder was moved to {folder}; go on there."), target
        )
    for warning in workspace.warnings:
        if workspace.fact(SEEN + warning.code) != str(workspace.folder):
            yield _notice(warning)


def _unseen_notes(workspace: Workspace) -> Iterator[Notice]:
    """Of a second file that was looked at, nothing more; who only reads can mend nothing."""
    for note in workspace.notes if workspace.writable else ():
        if note.code != SECOND or workspace.fact(SEEN + note.code) != note.name:
            yield _notice(note)


def _notice(warning: FolderWarning) -> Notice:
    return Notice(warning.code, warning.message, warning.folder, warning.name)


def note_seen(workspace: Workspace, notice: Notice) -> None:
    """The person closed it: a warning is not shown again for this folder, a second file not again,
    and older data is what there is."""
    if not workspace.writable:
        return
    if notice.code == OLDER:
        workspace.accept()
    else:
        workspace.set_fact(SEEN + notice.code, notice.name or str(workspace.folder))


def note_copied(workspace: Workspace, to: Path) -> None:
    if workspace.writable:
        now = utc_text(workspace.store.clock())
        workspace.set_facts({COPIED: now, COPIED_TO: str(to)})


def note_examined(workspace: Workspace, findings: Findings) -> None:
    faults = sum(finding.level is Level.FAULT for finding in findings.findings)
    if workspace.writable:
        now = utc_text(workspace.store.clock())
        workspace.set_facts({EXAMINED: now, FAULTS: str(faults)})


def wants_examination(workspace: Workspace) -> bool:
    """Whether the last check of everything is a week old. A time of the future says nothing: the
    clock was set back."""
    found, now = moment_or_none(workspace.fact(EXAMINED)), workspace.store.clock()
    return workspace.writable and (found is None or not timedelta(0) <= now - found < WEEK)
