"""The folder of a workspace: its parts, whether it can be used, where it should not lie."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from auditor.domain.errors import WorkspaceError
from auditor.words import WORDS, mark

EVIDENCE, PRINTS, THUMBS = "evidence", "prints", "thumbs"
BACKUPS, LOGS, ASIDE = "backups", "logs", "set-aside"
#: Before the name of a folder in which a backup is unpacked.
RESTORING = ".restore-"

#: Parts of a path that sync programs own, in lower case.
SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud drive",
          "mobile documents", "nextcloud", "owncloud", "syncthing", "box sync", "pclouddrive",
          "yandex.disk", "megasync")  # fmt: skip
#: Files that a sync program leaves in a folder that it keeps.
MARKS = (".stfolder", ".dropbox.cache", ".sync_journal.db", "._sync.db", ".owncloudsync.log")
NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "fuse.rclone",
           "fuse.gvfsd-fuse", "davfs", "fuse.davfs", "ceph", "glusterfs", "fuse.glusterfs",
           "ncpfs")  # fmt: skip


@dataclass(frozen=True, slots=True)
class FolderWarning:
    """Something that stops nothing but should be changed. ``message`` is marked English."""

    code: str  # "synced", "network"
    message: str
    folder: Path

    def text(self, language: str) -> str:
        return WORDS.text(language, self.message, folder=self.folder)


def warnings(folder: Path) -> tuple[FolderWarning, ...]:
    """Why ``folder`` is a bad place for a database; empty when it is a good one."""
    found = []
    if is_synced(folder):
        found.append(
            FolderWarning(
                "synced",
                mark(
                    "{folder} is kept by a sync program, which can damage the data while you "
                    "work. Move the workspace to a folder on this computer that is not synced."
                ),
                folder,
            )
        )
    if is_network(folder):
        found.append(
            FolderWarning(
                "network",
                mark(
                    "{folder} is on a network drive, where the data can be damaged. Move the "
                    "workspace to a disk of this computer."
                ),
                folder,
            )
        )
    return tuple(found)


def is_synced(folder: Path) -> bool:
    parts = [part.lower() for part in folder.resolve().parts]
    if any(part.startswith(name) for part in parts for name in SYNCED):
        return True
    above = (folder, *folder.resolve().parents)
    return any((place / mark_).exists() for place in above for mark_ in MARKS)


def is_network(folder: Path) -> bool:
    if sys.platform == "win32":
        return _is_network_drive(folder.resolve())
    mounts = Path("/proc/self/mountinfo")
    if not mounts.exists():
        return False
    table = mounts.read_text(encoding="utf-8", errors="replace")
    return _filesystem(folder.resolve(), table) in NETWORK


def _filesystem(folder: Path, mountinfo: str) -> str:
    """The type of the file system of the longest mount point above ``folder``."""
    best, found = -1, ""
    for line in mountinfo.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split(" ")
        if len(fields) < 5 or not right:
            continue
        point = Path(fields[4].replace("\\040", " "))
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), right.split(" ")[0]
    return found


if sys.platform == "win32":
    import ctypes

    _REMOTE = 4

    def _is_network_drive(folder: Path) -> bool:
        kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)
        return str(folder).startswith("\\\\") or kind == _REMOTE


def prepare(folder: Path, *, create: bool) -> None:
    """Make sure that ``folder`` is a folder that can be written; raises WorkspaceError."""
    if not folder.exists() and not create:
        raise no_workspace(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise _not_a_folder(folder) from error
    except NotADirectoryError as error:
        raise _not_a_folder(folder) from error
    except OSError as error:
        raise unusable(folder) from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise unusable(folder)


def no_workspace(folder: Path) -> WorkspaceError:
    return WorkspaceError(
        "no_workspace",
        "There is no workspace in {folder}. Open the app once to make one, or name another "
        "folder with --workspace.",
        folder=folder,
    )


def unusable(folder: Path) -> WorkspaceError:
    return WorkspaceError(
        "read_only",
        "The folder {folder} may not be written. Allow writing there, or choose another folder.",
        folder=folder,
    )


def _not_a_folder(folder: Path) -> WorkspaceError:
    return WorkspaceError(
        "not_a_folder", "{folder} is a file, not a folder. Choose another folder.", folder=folder
    )
