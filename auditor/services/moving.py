"""Moving a workspace to another folder: copied durably, checked, and only then used.

The old folder stays as it is, with a note in it that says where its data went.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from auditor.domain.errors import NotSavedError, RefusedError, WorkspaceError
from auditor.domain.work import Cancel, Progress, silent
from auditor.store import check, driver, failures, files, folder, lock
from auditor.words import Words, mark

#: Begins the hidden folder beside the new one in which it is put together.
FRESH = ".auditor-moving"
NOTE = "MOVED.txt"
#: Bytes of it that are read; ours has some 300.
LONGEST = 10_000
#: What belongs to the process that has it open, not to the data.
_OWN = (lock.NAME, NOTE, "open-visit")
_CHUNK = 1024 * 1024


def move(
    old: Path,
    new: Path,
    words: Words,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Path:
    """Copy the closed workspace ``old`` into ``new``, an empty folder or none; returns ``new``.

    Raises RefusedError (not_empty, inside, whole_disk), WorkspaceError (in_use, bad_copy),
    NotSavedError, Cancelled: then nothing of it is left in ``new``, and ``old`` is as it was.
    """
    old, new = old.absolute(), new.expanduser().absolute()
    try:
        _require_room(old, new)
    except OSError as error:
        raise failures.file_failure(error, new) from error
    held = _hold(old)
    fresh = new.with_name(f"{FRESH}-{new.name}")
    try:
        files.make_folder(new.parent)
        shutil.rmtree(fresh, ignore_errors=True)
        _copy_all(old, fresh, progress, cancel or Cancel())
        _put(fresh, new)
        _leave_note(old, new, words)
    except OSError as error:
        raise failures.file_failure(error, new) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        if held is not None:
            held.release()
    return new


def _hold(old: Path) -> lock.Lock | None:
    """Nobody writes to it meanwhile; nobody can where the disk takes no lock."""
    try:
        return lock.Lock(old)
    except OSError:
        return None
    except WorkspaceError as error:
        if error.code != "no_lock":
            raise
        return None


def _require_room(old: Path, new: Path) -> None:
    if new == old or new.resolve().is_relative_to(old.resolve()):
        raise RefusedError(
            "inside", "{folder} lies in the workspace itself. Choose another folder.", folder=new
        )
    if os.path.ismount(new):
        raise RefusedError(
            "whole_disk",
            "{folder} is a whole disk. Make a folder on it and choose that.",
            folder=new,
        )
    if new.exists() and (not new.is_dir() or any(new.iterdir())):
        raise RefusedError(
            "not_empty",
            "{folder} is not empty, and nothing there is overwritten. Choose an empty folder.",
            folder=new,
        )
    needed = sum(path.stat().st_size for path in _parts(old))
    above = next(place for place in (new, *new.parents) if place.exists())
    if shutil.disk_usage(above).free < needed:
        raise NotSavedError(
            "no_room",
            "The disk of {folder} has too little room: {size} MB are needed.",
            folder=new,
            size=needed // 1_000_000 + 1,
        )


def _parts(old: Path) -> Iterator[Path]:
    for path in sorted(old.rglob("*")):
        passing = path.name.endswith((files.PART, "-shm")) or path.name in _OWN
        unpacked = any(part.startswith(folder.RESTORING) for part in path.relative_to(old).parts)
        if path.is_file() and not path.is_symlink() and not passing and not unpacked:
            yield path


def _copy_all(old: Path, fresh: Path, progress: Progress, cancel: Cancel) -> None:
    paths = list(_parts(old))
    for done, path in enumerate(paths):
        cancel.check()
        progress(done, len(paths), path.name)
        _copy(path, fresh / path.relative_to(old))
    progress(len(paths), len(paths), "")
    head = check.header(fresh / driver.DATABASE)
    if head.verdict is check.Verdict.GOOD and not check.is_good_copy(fresh / driver.DATABASE):
        raise _bad_copy(fresh)
    for place in sorted({path.parent for path in fresh.rglob("*")}):
        files.sync_folder(place)


def _copy(source: Path, target: Path) -> None:
    """Copy and read back. Raises WorkspaceError ``bad_copy``, OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source.open("rb") as given, target.open("xb") as out:
        while chunk := given.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    shutil.copystat(source, target)
    target.chmod(0o644)
    files.sync_file(target)
    with target.open("rb") as written:
        if hashlib.file_digest(written, "sha256").digest() != digest.digest():
            raise _bad_copy(target)


def _put(fresh: Path, new: Path) -> None:
    if new.exists():
        new.rmdir()
    fresh.replace(new)
    try:
        files.sync_folder(new.parent)
    except OSError:  # told as not moved: trying again must find nothing there
        new.replace(fresh)
        raise


def _leave_note(old: Path, new: Path, words: Words) -> None:
    """A folder that may not be written stays without one."""
    on = datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    text = words(
        "On {time} this workspace was moved to {folder}. What is here is the state of that "
        "moment; it may be removed once you are sure.", time=on, folder=new,
    )  # fmt: skip
    try:
        files.write_durably(old / NOTE, f"{new}\n\n{text}\n".encode())
    except OSError:
        return


def moved_to(place: Path) -> Path | None:
    """Where the workspace in ``place`` was moved to; None when it was not, or is gone there."""
    note = place / NOTE
    if not files.is_plain(note):
        return None
    try:
        with note.open("rb") as file:
            target = Path(file.read(LONGEST).decode().splitlines()[0])
        found = (target / driver.DATABASE).is_file()
    except (OSError, ValueError, IndexError):  # ValueError: no UTF-8, or a NUL in the path
        return None
    return target if found and target != place else None


def _bad_copy(path: Path) -> WorkspaceError:
    return WorkspaceError(
        "bad_copy",
        mark(
            "The copy {path} did not pass its check and was removed. Check the disk, then "
            "make the backup again."
        ),
        path=path,
    )
