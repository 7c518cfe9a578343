"""The folder of a workspace: its parts, whether it can be used, where it should not lie."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from auditor.domain.errors import WorkspaceError
from auditor.store import failures, files
from auditor.words import WORDS, mark

EVIDENCE, PRINTS, THUMBS = "evidence", "prints", "thumbs"
BACKUPS, LOGS, ASIDE = "backups", "logs", "set-aside"
#: What a workspace has in its folder, by kind.
OWN_FILES = (
    *(f"workspace.db{ending}" for ending in ("", "-wal", "-journal", "-shm")),
    *(
        "workspace.lock",
        "workspace.checked",
        "open-visit",
        "MOVED.txt",
        f"{LOGS}/auditor.log",
        f"{LOGS}/fatal.log",
    ),
)
OWN_FOLDERS = (EVIDENCE, PRINTS, THUMBS, BACKUPS, ASIDE)
#: What nobody means who names a folder to work in.
PARTS = (*OWN_FOLDERS, LOGS)
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
    """Something that stops nothing but should be changed. ``message`` is marked English, with
    ``folder`` and ``name`` as its values."""

    code: str  # "synced", "network"
    message: str
    folder: Path
    name: str = ""

    def text(self, language: str) -> str:
        return WORDS.text(language, self.message, folder=self.folder, name=self.name)


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
    return _is_network(folder.resolve())


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

    def _is_network(folder: Path) -> bool:
        kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)
        return str(folder).startswith("\\\\") or kind == _REMOTE

else:

    def _is_network(folder: Path) -> bool:
        mounts = Path("/proc/self/mountinfo")
        if not mounts.exists():
            return False
        table = mounts.read_text(encoding="utf-8", errors="replace")
        return _filesystem(folder, table) in NETWORK


def prepare(folder: Path, *, create: bool) -> None:
    """Make sure that ``folder`` is a folder that can be read, and written when ``create``;
    raises WorkspaceError."""
    try:
        os.fspath(folder).encode()
        if not folder.exists() and not create:
            raise no_workspace(folder)
        if create:
            _require_no_part(folder)
            files.make_folder(folder)
        elif not folder.is_dir():
            raise _not_a_folder(folder)
    except (FileExistsError, NotADirectoryError) as error:
        raise _not_a_folder(folder) from error
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise _bad_name(folder) from error
        raise unusable(folder, error) from error
    except ValueError as error:  # half a character, or a NUL
        raise _bad_name(folder) from error
    if not os.access(folder, os.R_OK | os.X_OK):
        raise _unreadable(folder)
    if create and not os.access(folder, os.W_OK):
        raise unusable(folder)
    try:
        _require_own(folder, write=create)
    except PermissionError as error:
        raise _unreadable(folder) from error
    except OSError as error:
        raise unusable(folder, error) from error


def _require_no_part(folder: Path) -> None:
    """No workspace is made in the backups or photos of another one."""
    is_inside = folder.name in PARTS and (folder.parent / OWN_FILES[0]).exists()
    if is_inside and not (folder / OWN_FILES[0]).exists():
        raise WorkspaceError(
            "part",
            "{folder} is a part of the workspace {whole}. Open that folder instead.",
            folder=folder,
            whole=folder.parent,
        )


def _require_own(folder: Path, *, write: bool) -> None:
    """What bears our names is what we make: files and folders, and no links, through which things
    elsewhere would be written and removed."""
    for name in OWN_FILES:  # reading a database writes beside it, too
        _require_kind(folder / name, stat.S_ISREG, _not_a_file, links=False)
    for name in OWN_FOLDERS:
        _require_kind(folder / name, stat.S_ISDIR, _not_a_folder, links=not write)
    if write:
        if (folder / LOGS).is_symlink():  # a file there is only the loss of the log
            raise _linked(folder / LOGS)
        for name in (EVIDENCE, PRINTS, THUMBS):
            _refuse_links_in(folder / name)


def _require_kind(
    path: Path,
    is_kind: Callable[[int], bool],
    refusal: Callable[[Path], WorkspaceError],
    *,
    links: bool,
) -> None:
    try:
        found = path.lstat().st_mode
        if stat.S_ISLNK(found):
            if not links:
                raise _linked(path)
            found = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    if not is_kind(found):
        raise refusal(path)


def _refuse_links_in(place: Path) -> None:
    if not place.is_dir():
        return
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.is_symlink():
                raise _linked(Path(entry.path))


def no_workspace(folder: Path) -> WorkspaceError:
    return WorkspaceError(
        "no_workspace",
        "There is no workspace in {folder}. Open the app once to make one, or name another "
        "folder with --workspace.",
        folder=folder,
    )


def away(folder: Path) -> WorkspaceError:
    """The folder that the person works in was there before, and is not now."""
    return WorkspaceError(
        "away",
        "The folder {folder} is not there. If it lies on another disk or on the network, connect "
        "that, then try again.",
        folder=folder,
    )


def unusable(folder: Path, error: OSError | None = None) -> WorkspaceError:
    """Why nothing can be written to ``folder``; ``error`` is what the system said."""
    if error is not None and error.errno in failures.NO_ROOM:
        return WorkspaceError(
            "disk_full",
            "The disk that holds {folder} is full. Free some space on it, then try again.",
            folder=folder,
        )
    if error is not None and error.errno == errno.EIO:
        return WorkspaceError(
            "disk_error",
            "The data in {folder} cannot be opened: the disk is full, failing or write-protected. "
            "Mend that, then open the workspace again.",
            folder=folder,
        )
    return WorkspaceError(
        "read_only",
        "The folder {folder} may not be written. Allow writing there, or choose another folder.",
        folder=folder,
    )


def _unreadable(folder: Path) -> WorkspaceError:
    return WorkspaceError(
        "no_access",
        "The folder {folder} may not be read. Allow reading there, or choose another folder.",
        folder=folder,
    )


def _linked(path: Path) -> WorkspaceError:
    return WorkspaceError(
        "linked",
        "{path} is a link to another place, where nothing is written or removed. Put the real "
        "file or folder here instead of the link.",
        path=path,
    )


def _not_a_file(path: Path) -> WorkspaceError:
    return WorkspaceError(
        "not_a_file",
        "{path} is no file that can be read. Move it away, or choose another folder.",
        path=path,
    )


def _bad_name(folder: Path) -> WorkspaceError:
    return WorkspaceError(
        "bad_name",
        "A folder cannot have the name {folder}. Choose another folder.",
        folder=os.fspath(folder)[-200:].encode("utf-8", "replace").decode(),
    )


def _not_a_folder(folder: Path) -> WorkspaceError:
    return WorkspaceError(
        "not_a_folder", "{folder} is a file, not a folder. Choose another folder.", folder=folder
    )
