"""Copies of the database inside the workspace: made, checked, thinned, brought back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from auditor.domain.errors import WorkspaceError
from auditor.store import check, driver, files, portable
from auditor.store.folder import ASIDE, BACKUPS

STAMP = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"^(\d{4}-\d\d-\d\dT\d{6}Z)(-\d+)?(\.db|\.auditor-backup)$")


def copy_database(raw: driver.Connection, final: Path) -> None:
    """Write a checked, compact copy of the open database to ``final``, whole or not at all.

    It holds a save back for as long as it runs under DELETE, and for a moment under WAL.
    """
    with files.replacing(final) as part:
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
    return datetime.strptime(found[1], STAMP).replace(tzinfo=UTC) if found else None


def listed(folder: Path) -> tuple[Path, ...]:
    """The backups in the workspace, newest first: of the database, and of all."""
    place = folder / BACKUPS
    if not place.is_dir():
        return ()
    return tuple(sorted(filter(made_at, place.iterdir()), key=_order, reverse=True))


def _order(path: Path) -> tuple[str, int]:
    """By time, then by the number behind it."""
    found = _NAME.match(path.name)
    assert found is not None
    return found[1], int((found[2] or "-1")[1:])


def newest_good(folder: Path) -> Path | None:
    """The newest backup that can be restored."""
    return next(filter(is_good, listed(folder)), None)


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
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


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
    place = fresh_name(folder / ASIDE, at, "")
    files.make_folder(place)
    try:
        for path in present:
            path.rename(place / path.name)
    except OSError:
        put_back(place, folder)
        raise
    files.sync_folder(place)
    files.sync_folder(folder)
    return place


def put_back(place: Path, folder: Path) -> None:
    """Undo ``set_aside``, which returned ``place``; the database comes last."""
    for path in sorted(place.iterdir(), key=lambda path: path.name == driver.DATABASE):
        path.rename(folder / path.name)
    place.rmdir()
