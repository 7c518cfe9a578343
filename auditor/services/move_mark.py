"""What a copy of a workspace says of itself while it is made: whose copy it is, and of what.

A move that was cut off leaves its copy behind. By this it is known as its own: it can be finished,
or removed, and nothing else ever is.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from auditor.domain.work import Cancel, Progress
from auditor.store import driver, files, folder, lock

#: Lies in the copy until it is the workspace.
MARK = ".auditor-copy.json"
FORMAT = "auditor-copy/1"
#: Lies in the old folder while its copy is made: where that is.
TRACE = ".moving-to"
#: Begins the hidden folder beside the new one in which the copy is put together.
FRESH = ".auditor-moving"
NOTE = "MOVED.txt"
#: What belongs to the process that has it open, or to a move, not to the data.
OWN = (lock.NAME, NOTE, "open-visit", MARK, TRACE)
#: Bytes of a mark, or a trace, that are read: that of 100,000 files has some 15 MB.
LONGEST = 64 * 1024 * 1024

Hashes: TypeAlias = Mapping[str, str]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mark:
    """``source`` is the workspace that is copied; ``hashes`` (SHA-256 by name) are of all that was
    copied, None while that is under way."""

    source: Path
    hashes: Hashes | None = None


def write(place: Path, mark: Mark) -> None:
    """Durable when it returns. Raises OSError."""
    told = {"format": FORMAT, "source": str(mark.source), "files": mark.hashes}
    files.write_durably(place / MARK, json.dumps(told, ensure_ascii=False, indent=1).encode())


def read(place: Path) -> Mark | None:
    """None where ``place`` is no copy, or does not say of what."""
    try:
        told: Any = json.loads(_read(place / MARK))
        if told["format"] != FORMAT:
            return None
        hashes = told["files"]
        return Mark(Path(told["source"]), None if hashes is None else dict(hashes))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read(path: Path) -> str:
    """Raises OSError, ValueError."""
    if not files.is_plain(path):
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        return file.read(LONGEST).decode()


def parts(place: Path) -> Iterator[Path]:
    """The files of the workspace in ``place`` that are copied."""
    for path in sorted(place.rglob("*")):
        passing = path.name.endswith((files.PART, "-shm")) or path.name in OWN
        unpacked = any(part.startswith(folder.RESTORING) for part in path.relative_to(place).parts)
        if path.is_file() and not path.is_symlink() and not passing and not unpacked:
            yield path


def hashes(place: Path, progress: Progress, cancel: Cancel) -> Hashes:
    """Of all ``parts`` of ``place`` by their names in it. Raises OSError, Cancelled."""
    paths, found = list(parts(place)), {}
    for done, path in enumerate(paths):
        cancel.check()
        progress(done, len(paths), path.name)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        found[path.relative_to(place).as_posix()] = digest.hexdigest()
    return found


def data(found: Hashes | None) -> Hashes | None:
    """Without the log, which every start writes on."""
    if found is None:
        return None
    return {name: sha for name, sha in found.items() if not name.startswith(f"{folder.LOGS}/")}


def is_untouched(place: Path, mark: Mark, found: Hashes | None) -> bool:
    """Whether the copy in ``place``, whose data are ``found``, is what ``mark`` says, and nothing
    else lies there but what opening it leaves."""
    if mark.hashes is None or data(mark.hashes) != found:
        return False
    for path in place.rglob("*"):
        name = path.relative_to(place).as_posix()
        ours = name in mark.hashes or name in OWN or name == f"{driver.DATABASE}-shm"
        if path.is_symlink():
            return False
        if path.is_file() and not ours and not name.startswith(f"{folder.LOGS}/"):
            return False
    return True


# what was left behind


def fresh_beside(new: Path, old: Path) -> Path:
    """A folder beside ``new`` in which a copy of ``old`` may be put together: one that is not
    there, or was left there by a move of ``old``."""
    number, name = 1, f"{FRESH}-{new.name}"
    place = new.with_name(name)
    while place.exists() and not _is_left(place, old):
        logger.warning("%s is in the way of a move, and nobody knows whose it is", place)
        number += 1
        place = new.with_name(f"{name}-{number}")
    return place


def is_of(place: Path, old: Path) -> bool:
    """Whether ``place`` says that it is a copy of ``old``."""
    mark = None if place.is_symlink() else read(place)
    return mark is not None and mark.source == old


def _is_left(place: Path, old: Path) -> bool:
    """Whether a move of ``old`` left it, perhaps before it could say so."""
    if place.is_symlink() or not place.is_dir():
        return False
    return is_of(place, old) or all(path.name.startswith(f".{MARK}.") for path in place.iterdir())


def remove(place: Path) -> None:
    """A copy and all in it, its mark last: what is left of it is known. It may not be there."""
    with suppress(OSError):
        for path in [path for path in place.iterdir() if path.name != MARK]:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        (place / MARK).unlink(missing_ok=True)
        place.rmdir()


def leave_trace(old: Path, fresh: Path) -> None:
    """Say in ``old`` where its copy is made, beside those that could not be removed so far. In a
    folder that may not be written nobody is told."""
    told = [*_traces(old), fresh]
    with suppress(OSError):
        files.write_durably(old / TRACE, "".join(f"{each}\n" for each in told).encode())


def sweep(old: Path) -> None:
    """Remove the copies that moves of ``old`` left behind; what lies on a disk that is not there
    is kept in mind."""
    traces = _traces(old)
    away = [left for left in traces if not _went(left, old)]
    with suppress(OSError):
        if away:
            files.write_durably(old / TRACE, "".join(f"{each}\n" for each in away).encode())
        elif traces:
            (old / TRACE).unlink(missing_ok=True)


def left_behind(old: Path) -> tuple[Path, ...]:
    """Copies that moves of ``old`` left on disks that are there."""
    return tuple(left for left in _traces(old) if is_of(left, old))


def _went(left: Path, old: Path) -> bool:
    """Whether there is nothing more to remove."""
    try:
        if not left.exists():
            return left.parent.exists()
        if not left.name.startswith(FRESH) or not _is_left(left, old):
            logger.warning("%s was taken for a copy that was cut off, and is none", left)
            return True
        remove(left)
        return not left.exists()
    except OSError:  # where nobody may look now
        return False


def _traces(old: Path) -> list[Path]:
    try:
        return [Path(line) for line in _read(old / TRACE).splitlines() if line]
    except (OSError, ValueError):
        return []
