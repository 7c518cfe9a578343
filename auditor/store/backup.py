"""Copies of the database inside the workspace: made, checked, thinned, brought back."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from auditor.domain.errors import WorkspaceError
from auditor.store import check, driver, failures, files, portable
from auditor.store.folder import ASIDE, BACKUPS, RESTORING
from forms.system import rename

STAMP = "%Y-%m-%dT%H%M%SZ"
#: In the folder of a restore: where the database from before goes.
NOTE = "set-aside"
_NAME = re.compile(r"^(\d{4}-\d\d-\d\dT\d{6}Z)(-\d+)?(\.db|\.auditor-backup)$")

#: What ``next_aside`` names a folder; a note that says anything else is not ours.
_ASIDE_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}Z(-[0-9]+)?")


def copy_database(raw: driver.Connection, final: Path) -> None:
    """Write a checked, compact copy of the open database to ``final``, whole or not at all.

    It holds a save back for as long as it runs under DELETE, and for a moment under WAL.
    """
    with files.replacing(final) as part:
        with failures.writing_to(final.parent):
            raw.execute("VACUUM INTO ?", (str(part),))
        if not check.is_good_copy(part):
            raise WorkspaceError(
                "bad_copy",
                "The copy {path} did not pass its check and was removed. Check the disk, then "
                "make the backup again.",
                path=final,
            )


def make(raw: driver.Connection, folder: Path, at: datetime) -> Path:
    """A copy named by its time in ``backups/``."""
    place = folder / BACKUPS
    files.make_folder(place)
    final = fresh_name(place, at, ".db")
    copy_database(raw, final)
    return final


def fresh_name(place: Path, at: datetime, ending: str) -> Path:
    """``2026-11-22T140200Z`` + ``ending`` in ``place``, numbered where it is taken."""
    stamp = at.astimezone(UTC).strftime(STAMP)
    path, count = place / f"{stamp}{ending}", 1
    while path.exists():
        count += 1
        path = place / f"{stamp}-{count}{ending}"
    return path


def made_at(path: Path) -> datetime | None:
    """When the backup was made, by its name; None for a file of another name."""
    found = _NAME.match(path.name)
    try:
        return datetime.strptime(found[1], STAMP).replace(tzinfo=UTC) if found else None
    except ValueError:  # the 45th of the 13th month
        return None


def listed(folder: Path, now: datetime | None = None) -> tuple[Path, ...]:
    """The backups in the workspace, newest first: of the database, and of all.

    Those of a time after ``now`` were made while the clock was wrong: they come last, since what
    was made after the clock was set right is newer.
    """
    place, moment = folder / BACKUPS, now or datetime.now(UTC)
    if not place.is_dir():
        return ()
    key = partial(_order, stamp=moment.astimezone(UTC).strftime(STAMP))
    own = (path for path in place.iterdir() if made_at(path) and files.is_plain(path))
    return tuple(sorted(own, key=key, reverse=True))


def _order(path: Path, stamp: str) -> tuple[bool, str, int]:
    """Those up to ``stamp`` after the others; by time, then by the number behind it."""
    found = _NAME.match(path.name)
    assert found is not None
    return found[1] <= stamp, found[1], int((found[2] or "-1")[1:])


def newest_good(folder: Path, now: datetime | None = None) -> Path | None:
    """The newest backup that can be restored."""
    return next(filter(is_good, listed(folder, now)), None)


def is_good(path: Path) -> bool:
    """Whether a copy of the database is whole; of a copy of all, whether its list is (restoring
    it looks at every byte)."""
    return check.is_good_copy(path) if path.suffix == ".db" else portable.is_listed_well(path)


def superfluous(moments: tuple[datetime, ...], now: datetime) -> frozenset[datetime]:
    """Which of ``moments`` thinning drops.

    Kept: all of the last day, then the newest of each day for a week, of each week for a month,
    of each month after that; and always the newest of all.
    """
    kept: dict[object, datetime] = {}
    for moment in sorted(moments):
        kept[_period(moment, now - moment)] = moment
    return frozenset(moments) - set(kept.values())


def _period(moment: datetime, age: timedelta) -> object:
    """Moments of one period share a key: the newest of them stays."""
    if age < timedelta(days=1):
        return moment
    if age < timedelta(days=7):
        return "day", moment.date()
    if age < timedelta(days=31):
        return "week", moment.isocalendar()[:2]
    return "month", moment.year, moment.month


def thin(folder: Path, now: datetime) -> int:
    """Remove superfluous copies of the database; returns how many. What a person made stays."""
    own = (path for path in listed(folder) if path.suffix == ".db")
    dated = {path: moment for path in own if (moment := made_at(path))}
    dropped = superfluous(tuple(dated.values()), now)
    gone = [path for path, moment in dated.items() if moment in dropped]
    return sum(map(files.removed, gone))


def set_aside(folder: Path, at: datetime) -> Path | None:
    """Move the database, with its journals, to ``set-aside/TIME/``; None when there is none.

    The database goes first: journals without it are told at the next start, where a database
    without its journal would only be poorer. An OSError leaves all where it was.
    """
    database = folder / driver.DATABASE
    shared = database.with_name(database.name + "-shm")
    present = [path for path in (database, *driver.journals(database), shared) if path.exists()]
    if not present:
        return None
    place = next_aside(folder, at)
    files.make_folder(place)
    try:
        for path in present:
            rename(path, place / path.name)
        files.sync_folder(place)
        files.sync_folder(folder)
    except OSError:
        put_back(place, folder)
        raise
    return place


def next_aside(folder: Path, at: datetime) -> Path:
    """Where ``set_aside`` goes."""
    return fresh_name(folder / ASIDE, at, "")


def set_journal_aside(folder: Path, at: datetime) -> Path:
    """Move the WAL alone to ``set-aside/TIME-journal/``; returns that folder."""
    wal = driver.journals(folder / driver.DATABASE)[0]
    place = fresh_name(folder / ASIDE, at, "-journal")
    files.make_folder(place)
    rename(wal, place / wal.name)
    files.sync_folder(place)
    files.sync_folder(folder)
    return place


def put_back(place: Path, folder: Path) -> None:
    """Undo ``set_aside``, which returned ``place``; the database comes last."""
    for path in sorted(place.iterdir(), key=lambda path: path.name == driver.DATABASE):
        rename(path, folder / path.name)
    with suppress(OSError):
        files.sync_folder(folder)
        place.rmdir()


def announce_exchange(fresh: Path, folder: Path, at: datetime) -> None:
    """Note in ``fresh``, from where a restore goes on, where the present database will go."""
    if (folder / driver.DATABASE).exists():
        files.write_durably(fresh / NOTE, next_aside(folder, at).name.encode())
        files.sync_folder(folder)


def undo_exchange(folder: Path) -> None:
    """A restore that was cut off when the database from before had gone and the new one had not
    come yet: bring the one from before back, the latest where several were cut off. The caller
    holds the lock."""
    notes = folder.glob(f"{RESTORING}*/{NOTE}")
    for note in sorted(notes, key=lambda note: note.lstat().st_mtime_ns, reverse=True):
        if (folder / driver.DATABASE).exists():
            return
        name = note.read_bytes()[:100].decode("ascii", "replace") if files.is_plain(note) else ""
        place = folder / ASIDE / name
        if _ASIDE_NAME.fullmatch(name) and files.is_plain(place / driver.DATABASE):
            put_back(place, folder)
