"""Writing files so that a power cut leaves the old one, or the new one, and never a part."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from forms import system

#: Names of files that are not finished; what a crash leaves of them is swept at open.
PART = ".part"


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable. Windows has no such call and needs none."""
    if sys.platform != "win32":
        _sync(folder, os.O_RDONLY)


def sync_file(path: Path) -> None:
    _sync(path, os.O_RDWR)


def _sync(path: Path, mode: int) -> None:
    descriptor = os.open(path, mode)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Create ``folder`` and its parents, each name durable. One whose name could not be made
    durable is removed again: whoever finds a folder relies on it."""
    if folder.is_dir():
        return
    if folder.parent != folder:  # else a drive that is not there, which ``mkdir`` tells
        make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    try:
        sync_folder(folder.parent)
    except OSError:
        with suppress(OSError):
            folder.rmdir()
        raise


def sync_way(folder: Path) -> None:
    """Make the names of ``folder`` and of all folders above it durable where that can be done: a
    process that was killed may have made them, and found them made."""
    for above in folder.absolute().parents:
        with suppress(OSError):
            sync_folder(above)


def is_plain(path: Path) -> bool:
    """Whether a file lies at ``path`` itself: no link, no pipe that a reader would wait at."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def part_name(final: Path) -> Path:
    """A fresh temporary name in the folder of ``final``."""
    return final.with_name(f".{final.name}.{secrets.token_hex(4)}{PART}")


@contextmanager
def replacing(final: Path) -> Iterator[Path]:
    """A temporary path to write; becomes ``final`` durably on success, vanishes on failure."""
    part, is_new = part_name(final), not final.exists()
    try:
        yield part
        sync_file(part)
        system.rename(part, final)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    try:
        sync_folder(final.parent)
    except OSError:
        if is_new:  # told as not written: trying again must not find it there
            final.unlink(missing_ok=True)
        raise


def write_durably(final: Path, content: bytes | Callable[[BinaryIO], None]) -> None:
    """Write ``final`` whole or not at all; it is on disk when this returns."""
    with replacing(final) as part, part.open("wb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            content(file)


def keep_time(path: Path, content: bytes) -> None:
    """Write to ``path``, neither whole nor durable for sure, and leave its time as it is."""
    found = path.stat()
    with path.open("r+b") as file:
        file.truncate()
        file.write(content)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def clear(folder: Path, prefix: str) -> None:
    """Remove the folders in ``folder`` whose name begins with ``prefix``, with all in them."""
    for path in folder.glob(f"{prefix}*"):
        shutil.rmtree(path, ignore_errors=True)


def sweep(folder: Path, *, older_than: float = 0.0, below: bool = True) -> int:
    """Remove what unfinished writes left in ``folder``, and ``below`` it: temporary files and the
    journals of such databases; returns how many. ``older_than``: seconds since the last write to
    it, where another process may be at it."""
    names = f".*{PART}*"
    found = folder.rglob(names) if below else folder.glob(names)
    parts = [path for path in found if path.is_file()]
    left = [path for path in parts if not older_than or _is_left(path, older_than)]
    return sum(map(removed, left))


def removed(path: Path) -> bool:
    """Remove a file that is needed no more; False where it is held or may not be removed, for
    which nothing else waits."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        return False
    return True


def _is_left(path: Path, seconds: float) -> bool:
    """A file of the future was not written just now either: the clock was set back."""
    try:
        age = time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return False
    return not -60 < age < seconds
