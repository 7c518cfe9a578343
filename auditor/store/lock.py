"""One writing instance per workspace: a lock of the operating system on one small file.

The system drops it when the process ends, however it ends, so no stale lock is left behind.
"""

from __future__ import annotations

import errno
import getpass
import os
import re
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from auditor.domain.errors import WorkspaceError
from auditor.store.folder import unusable
from auditor.words import mark

NAME = "workspace.lock"
_PID = re.compile(r"[0-9]{1,10}")
#: Bytes of what a holder says.
_LONGEST = 1000
#: What the system says when another one holds the lock. Anything else: this disk has no locks.
_HELD = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)

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


@dataclass(frozen=True, slots=True)
class Holder:
    """Who wrote its name into the lock file; ``host`` and ``user`` may be empty."""

    pid: int
    host: str = ""
    user: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it runs on this computer, as far as is known."""
        return self.host in ("", _host())


class Lock:
    """Held from ``__init__`` to ``release``. The file names the process that holds it."""

    def __init__(self, folder: Path) -> None:
        """Raises WorkspaceError ``in_use`` (``values["pid"]``) while another one holds it, and
        ``no_lock`` where the disk knows no locks."""
        self.path = folder / NAME
        self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | _NO_INHERIT, 0o644)
        try:
            _take(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise (in_use(folder) if error.errno in _HELD else no_lock(folder)) from error
        #: Who held it before and did not end in good order.
        self.cut_off = _read(self.path)
        self._say(f"{os.getpid()}\n{_host()}\n{_user()}\n")

    def end_well(self) -> None:
        """Say, durably, that its holder ends in good order; the lock still holds."""
        if self._descriptor >= 0:
            self._say("")
            with suppress(OSError):
                os.fsync(self._descriptor)

    def release(self) -> None:
        """The file stays: removing it would let two others lock two files of one name."""
        if self._descriptor >= 0:
            self._say("")
            os.close(self._descriptor)
            self._descriptor = -1

    def _say(self, text: str) -> None:
        with suppress(OSError):  # a full disk: the lock holds without a name in it
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, text.encode())


def hold(folder: Path) -> Lock:
    """Raises WorkspaceError, also where the disk does not take the file."""
    try:
        return Lock(folder)
    except OSError as error:
        raise unusable(folder, error) from error


_NO_INHERIT = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)


def _host() -> str:
    return socket.gethostname()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name
        return ""


def holder(folder: Path) -> Holder | None:
    """Who the lock file names, None when it names nobody. The process may have ended."""
    return _read(folder / NAME)


def _read(path: Path) -> Holder | None:
    try:
        with path.open("rb") as file:
            lines = file.read(_LONGEST).decode().splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    if not lines or not _PID.fullmatch(lines[0].strip()):
        return None
    host, user = [*(line.strip() for line in lines[1:3]), "", ""][:2]
    return Holder(int(lines[0]), host, user)


def in_use(folder: Path) -> WorkspaceError:
    """``values``: ``pid``, ``host``, ``user`` of who has it open, as far as is known."""
    found = holder(folder)
    pid, host, user = (found.pid, found.host, found.user) if found else (None, "", "")
    sentence = mark(
        "The workspace {folder} is open in another window, which alone may write to it. Go on "
        "there, or close it first."
    )
    if found and not found.is_here:
        sentence = mark(
            "The workspace {folder} is open on the computer {host} (user {user}), which alone may "
            "write to it. Close it there first."
        )
    elif found and user not in ("", _user()):
        sentence = mark(
            "The workspace {folder} is open for the user {user} of this computer, who alone may "
            "write to it. Close it there first."
        )
    return WorkspaceError("in_use", sentence, folder=folder, pid=pid, host=host, user=user)


def no_lock(folder: Path) -> WorkspaceError:
    return WorkspaceError(
        "no_lock",
        "The disk that holds {folder} cannot keep a second window out, so nothing is written "
        "there. Move the workspace to a disk of this computer.",
        folder=folder,
    )
