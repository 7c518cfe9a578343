"""Writing files so that a power cut leaves the old one, or the new one, and never a part."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

#: Names of files that are not finished; what a crash leaves of them is swept at open.
PART = ".part"


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable. Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Create ``folder`` and its parents, each name durable."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def part_name(final: Path) -> Path:
    """A fresh temporary name in the folder of ``final``."""
    return final.with_name(f".{final.name}.{secrets.token_hex(4)}{PART}")


@contextmanager
def replacing(final: Path) -> Iterator[Path]:
    """A temporary path to write; becomes ``final`` durably on success, vanishes on failure."""
    part = part_name(final)
    try:
        yield part
        sync_file(part)
        part.replace(final)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(final.parent)


def write_durably(final: Path, content: bytes | Callable[[BinaryIO], None]) -> None:
    """Write ``final`` whole or not at all; it is on disk when this returns."""
    with replacing(final) as part, part.open("wb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            content(file)


def clear(folder: Path, prefix: str) -> None:
    """Remove the folders in ``folder`` whose name begins with ``prefix``, with all in them."""
    for path in folder.glob(f"{prefix}*"):
        shutil.rmtree(path, ignore_errors=True)


def sweep(folder: Path) -> int:
    """Remove what unfinished writes left below ``folder``; returns how many."""
    parts = [path for path in folder.rglob(f".*{PART}") if path.is_file()]
    for path in parts:
        path.unlink(missing_ok=True)
    return len(parts)
