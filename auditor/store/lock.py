"""One writing instance per workspace: a lock of the operating system on one small file.

The system drops it when the process ends, however it ends, so no stale lock is left behind.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from auditor.domain.errors import WorkspaceError

NAME = "workspace.lock"

if sys.platform == "win32":
    import msvcrt

    #: Windows locks bytes against reading too: lock one beyond the text.
    _FAR = 1 << 20

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Held from ``__init__`` to ``release``. The file names the process that holds it."""

    def __init__(self, folder: Path) -> None:
        """Raises WorkspaceError ``in_use`` (``values["pid"]``) while another one holds it."""
        self.path = folder / NAME
        self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | _NO_INHERIT, 0o644)
        try:
            _take(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise in_use(folder) from error
        with suppress(OSError):  # a full disk: the lock holds without a name in it
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """The file stays: removing it would let two others lock two files of one name."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


_NO_INHERIT = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)


def holder(folder: Path) -> int | None:
    """The process that the lock file names, None when it names none. It may have ended."""
    try:
        text = (folder / NAME).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return int(text) if text.isdigit() else None


def in_use(folder: Path) -> WorkspaceError:
    return WorkspaceError(
        "in_use",
        "The workspace {folder} is open in another window, which alone may write to it. Go on "
        "there, or close it first.",
        folder=folder,
        pid=holder(folder),
    )
