"""Bringing a backup back. What the workspace holds is set aside, never erased."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path

from auditor.domain.errors import NotFoundError, UserError, WorkspaceError
from auditor.domain.work import Cancel, Progress
from auditor.store import backup, check, driver, failures, files, folder, lineage, portable
from auditor.store.check import Verdict
from auditor.store.evidence import EvidenceFiles, holds
from auditor.store.lock import hold
from forms.system import rename


def restore(
    source: Path, place: Path, at: datetime, progress: Progress, cancel: Cancel
) -> Path | None:
    """Put the backup ``source`` (one file, or a database of ``backups/``) into ``place``.

    Returns where the database from before is kept, None when there was none. Raises
    WorkspaceError (bad_backup, newer, in_use, read_only), NotFoundError, NotSavedError,
    Cancelled; then the workspace is as it was.
    """
    _require_readable(source)
    folder.prepare(place, create=True)
    lock = hold(place)
    try:
        backup.undo_exchange(place)
        files.clear(place, folder.RESTORING)
        fresh = Path(tempfile.mkdtemp(prefix=folder.RESTORING, dir=place))
        _unpack(source, fresh, progress, cancel)
        cancel.check()
        return _exchange(fresh, place, at)
    except OSError as error:
        raise failures.file_failure(error, place) from error
    finally:
        files.clear(place, folder.RESTORING)
        lock.release()


def bring_files(
    source: Path, place: Path, wanted: frozenset[str], at: datetime, progress: Progress,
    cancel: Cancel,
) -> None:  # fmt: skip
    """Put the files of ``wanted`` hashes that the copy of everything ``source`` has into the open
    workspace ``place``, and nothing else of it. A file with other bytes is set aside.

    Raises WorkspaceError (bad_backup), NotFoundError, NotSavedError, Cancelled.
    """
    _require_readable(source)
    fresh = Path(tempfile.mkdtemp(prefix=folder.RESTORING, dir=place))
    try:
        portable.take(source, wanted, fresh, progress, cancel)
        _adopt(fresh, place, at)
    except OSError as error:
        raise failures.file_failure(error, place) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def bring_file(path: Path, target: Path, place: Path, at: datetime) -> None:
    """Put a copy of ``path`` where ``target`` is missing or has other bytes. Raises OSError."""
    if target.exists():
        _put_aside(target, place, at)
    files.make_folder(target.parent)
    with path.open("rb") as given:
        files.write_durably(target, partial(shutil.copyfileobj, given))


def _require_readable(source: Path) -> None:
    try:
        if source.is_file():
            with source.open("rb") as file:
                file.read(1)
            return
    except (OSError, ValueError):
        pass
    raise NotFoundError("file", "{path} cannot be read. Check that it is still there.", path=source)


def _unpack(source: Path, fresh: Path, progress: Progress, cancel: Cancel) -> None:
    head = check.header(source)
    if head.verdict is Verdict.GOOD:
        if head.schema > driver.SCHEMA:
            raise _newer(source)
        portable.require_room(source.stat().st_size, source, fresh)
        _copy(source, fresh / driver.DATABASE)
        return
    portable.read(source, fresh, progress, cancel)


def _copy(source: Path, database: Path) -> None:
    """A database that was set aside after a crash has commits in its journal: they come along,
    and the check lets SQLite put them in."""
    shutil.copyfile(source, database)
    for given, copy in zip(driver.journals(source), driver.journals(database), strict=True):
        if given.exists():
            shutil.copyfile(given, copy)
    if not check.is_good_copy(database) or any(map(Path.exists, driver.journals(database))):
        raise portable.bad_backup(source)
    files.sync_file(database)


def _newer(source: Path) -> UserError:
    return WorkspaceError(
        "newer",
        "The backup {path} was written by a newer version of Mystery Auditor. Install that "
        "version; nothing was changed.",
        path=source,
    )


def _exchange(fresh: Path, place: Path, at: datetime) -> Path | None:
    """Evidence first: a row without its file is worse than a file without its row."""
    _adopt(fresh, place, at)
    lineage.forget(place)
    backup.announce_exchange(fresh, place, at)
    aside = backup.set_aside(place, at)
    given, present = fresh / driver.DATABASE, place / driver.DATABASE
    try:
        rename(given, present)
        files.sync_folder(place)
    except OSError:
        if present.exists():
            rename(present, given)
        if aside is not None:
            backup.put_back(aside, place)
        raise
    return aside


def _adopt(fresh: Path, place: Path, at: datetime) -> None:
    """Move evidence in. A file of that name with its right bytes stays; a wrong one is set
    aside."""
    for sha256, path in EvidenceFiles(fresh).stored():
        target = place / path.relative_to(fresh)
        if target.exists():
            if _same(path, target, sha256):
                continue
            _put_aside(target, place, at)
        files.make_folder(target.parent)
        rename(path, target)
        files.sync_folder(target.parent)


def _same(given: Path, present: Path, sha256: str) -> bool:
    if given.parent.parent.name == folder.EVIDENCE:
        return holds(present, sha256)
    return given.read_bytes() == present.read_bytes()


def _put_aside(path: Path, place: Path, at: datetime) -> None:
    aside = backup.fresh_name(place / folder.ASIDE, at, "-evidence")
    files.make_folder(aside)
    rename(path, aside / path.name)


def start_empty(place: Path, at: datetime) -> Path | None:
    """Set the database aside and put an empty one in its place."""
    from auditor.store.opening import create_database, told

    folder.prepare(place, create=True)
    lock = hold(place)
    try:
        with told(place):
            lineage.forget(place)
            aside = backup.set_aside(place, at)
            try:
                create_database(place / driver.DATABASE, at)
            except BaseException:
                if aside is not None:
                    backup.put_back(aside, place)
                raise
        return aside
    finally:
        lock.release()
