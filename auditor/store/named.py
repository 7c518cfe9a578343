"""Which files of evidence the databases name that lie beside the present one.

A backup that is brought back, or a database that was set aside and is mended, needs its files. So
every hash that stands anywhere in them counts, and damage or a journal hides none.
"""

from __future__ import annotations

import mmap
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from auditor.domain.work import Cancel
from auditor.store import driver, lineage, portable
from auditor.store.folder import ASIDE, BACKUPS

HASH_LENGTH = 64
_RUN = re.compile(rb"[0-9a-f]{64,}")


def elsewhere(folder: Path, cancel: Cancel) -> frozenset[str]:
    """Hashes in the backups, in what was set aside, and in data files that a sync program left.
    Raises OSError, Cancelled."""
    found: set[str] = set()
    for path in _databases(folder):
        cancel.check()
        found.update(_in_archive(path) if path.suffix == portable.ENDING else in_file(path))
    return frozenset(found)


def _databases(folder: Path) -> Iterator[Path]:
    yield from lineage.strays(folder)
    for place in (folder / BACKUPS, folder / ASIDE):
        for path in place.rglob("*"):
            kept = path.suffix in (".db", portable.ENDING) or path.name.startswith(driver.DATABASE)
            if kept and path.is_file():
                yield path


def in_file(path: Path) -> Iterator[str]:
    """Every hash that stands in the bytes of ``path``, whatever it is."""
    if not path.stat().st_size:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for run in _RUN.finditer(content):
            yield from hashes(run[0].decode())


def hashes(run: str) -> Iterator[str]:
    """A run of hexadecimal digits may have begun in what stands before the hash."""
    for start in range(len(run) - HASH_LENGTH + 1):
        yield run[start : start + HASH_LENGTH]


def _in_archive(path: Path) -> Iterator[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, *portable.BROKEN):
        return
    for name in names:
        for run in _RUN.finditer(name.encode()):
            yield from hashes(run[0].decode())
