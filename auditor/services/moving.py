"""Moving a workspace to another folder: copied durably, checked, and only then used.

The old folder stays as it is, with a note in it that says where its data went.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from auditor.domain.errors import NotSavedError, RefusedError, WorkspaceError
from auditor.domain.work import Cancel, Progress, silent
from auditor.services import move_mark
from auditor.services.move_mark import NOTE
from auditor.store import check, driver, failures, files, lock
from auditor.words import Words, mark
from forms.system import rename

#: Bytes of the note that are read; ours has some 300.
LONGEST = 10_000
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
    What a move that was cut off left behind is finished, or made anew.

    Raises RefusedError (not_empty, other_state, inside, whole_disk), WorkspaceError (in_use,
    bad_copy), NotSavedError, Cancelled: then nothing of it is left in ``new``, and ``old`` is as
    it was.
    """
    old, new = old.absolute(), new.expanduser().absolute()
    job = _Move(old, new, progress, cancel or Cancel())
    try:
        _require_place(old, new)
    except OSError as error:
        raise failures.file_failure(error, new) from error
    held = _hold(old)
    try:
        if not job.has_arrived():
            job.copy()
        _leave_note(old, new, words)
        job.finish()
    except OSError as error:
        raise failures.file_failure(error, new) from error
    finally:
        move_mark.sweep(old)
        if held is not None:
            held.release()
    return new


class _Move:
    def __init__(self, old: Path, new: Path, progress: Progress, cancel: Cancel) -> None:
        self._old, self._new = old, new
        self._progress, self._cancel = progress, cancel

    def has_arrived(self) -> bool:
        """Whether a move that was cut off had brought to ``new`` all that is in ``old`` now. An
        older copy in which nobody has worked is taken away again.

        Raises RefusedError where somebody has, WorkspaceError where somebody does."""
        if not is_copy(self._new, self._old):
            return False
        if (held := _hold(self._new)) is not None:
            held.release()
        mark, found = move_mark.read(self._new), self._hashes(self._new)
        if found == self._hashes(self._old):
            files.sync_folder(self._new.parent)
            return True
        if mark is None or not move_mark.is_untouched(self._new, mark, found):
            raise _other_state(self._new)
        self._take_away()
        return False

    def _take_away(self) -> None:
        fresh = move_mark.fresh_beside(self._new, self._old)
        move_mark.remove(fresh)
        move_mark.leave_trace(self._old, fresh)
        rename(self._new, fresh)
        move_mark.remove(fresh)

    def _hashes(self, place: Path) -> move_mark.Hashes | None:
        return move_mark.data(move_mark.hashes(place, self._progress, self._cancel))

    def copy(self) -> None:
        old, new = self._old, self._new
        move_mark.sweep(old)
        fresh = move_mark.fresh_beside(new, old)
        move_mark.remove(fresh)
        _require_room(old, new)
        files.make_folder(new.parent)
        try:
            move_mark.leave_trace(old, fresh)
            fresh.mkdir()
            move_mark.write(fresh, move_mark.Mark(old))
            copied = _copy_all(old, fresh, self._progress, self._cancel)
            move_mark.write(fresh, move_mark.Mark(old, copied))
            _put(fresh, new)
        finally:
            move_mark.remove(fresh)

    def finish(self) -> None:
        """From now on it is no copy, but the workspace."""
        with suppress(OSError):
            (self._new / move_mark.MARK).unlink(missing_ok=True)


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


def _require_place(old: Path, new: Path) -> None:
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
    if new.exists() and not is_copy(new, old) and not _is_empty(new):
        raise _not_empty(new)


def is_copy(new: Path, old: Path) -> bool:
    """Whether a move of ``old`` brought, or was bringing, all to ``new``."""
    return move_mark.is_of(new, old) or moved_to(old) == new


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _require_room(old: Path, new: Path) -> None:
    needed = sum(path.stat().st_size for path in move_mark.parts(old))
    above = next(place for place in (new, *new.parents) if place.exists())
    if shutil.disk_usage(above).free < needed:
        raise NotSavedError(
            "no_room",
            "The disk of {folder} has too little room: {size} MB are needed.",
            folder=new,
            size=needed // 1_000_000 + 1,
        )


def _not_empty(new: Path) -> RefusedError:
    return RefusedError(
        "not_empty",
        "{folder} is not empty, and nothing there is overwritten. Choose an empty folder.",
        folder=new,
    )


def _other_state(new: Path) -> RefusedError:
    return RefusedError(
        "other_state",
        "{folder} holds another state of this workspace, and nothing there is overwritten. Open "
        "it as your workspace, or choose an empty folder.",
        folder=new,
    )


def _copy_all(old: Path, fresh: Path, progress: Progress, cancel: Cancel) -> move_mark.Hashes:
    """Returns the hashes of what was copied."""
    paths, copied = list(move_mark.parts(old)), {}
    for done, path in enumerate(paths):
        cancel.check()
        progress(done, len(paths), path.name)
        name = path.relative_to(old)
        copied[name.as_posix()] = _copy(path, fresh / name)
    progress(len(paths), len(paths), "")
    head = check.header(fresh / driver.DATABASE)
    if head.verdict is check.Verdict.GOOD and not check.is_good_copy(fresh / driver.DATABASE):
        raise _bad_copy(fresh)
    for place in sorted({path.parent for path in fresh.rglob("*")}):
        files.sync_folder(place)
    return _as_checked(fresh, copied)


def _as_checked(fresh: Path, copied: dict[str, str]) -> dict[str, str]:
    """The check of the database took up its journal: the hashes of what is there now."""
    others = {name: sha for name, sha in copied.items() if not name.startswith(driver.DATABASE)}
    for path in fresh.glob(f"{driver.DATABASE}*"):
        if path.name in copied:
            with path.open("rb") as file:
                others[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return others


def _copy(source: Path, target: Path) -> str:
    """Copy and read back; returns the hash. Raises WorkspaceError ``bad_copy``, OSError."""
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
    return digest.hexdigest()


def _put(fresh: Path, new: Path) -> None:
    """Raises RefusedError where somebody put something there meanwhile, OSError."""
    try:
        if new.exists():
            new.rmdir()
        rename(fresh, new)
    except OSError as error:
        if new.exists() and not _is_empty(new):
            raise _not_empty(new) from error
        raise
    try:
        files.sync_folder(new.parent)
    except OSError:  # told as not moved: trying again must find nothing there
        rename(new, fresh)
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
