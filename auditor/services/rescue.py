"""What a person may choose from when the data does not open: the copies, judged, and what of
the present data they do not have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from auditor.domain.work import Cancel, Progress, silent
from auditor.store import backup, driver, portable
from auditor.store.times import moment_or_none


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup in the workspace. ``saved`` is its newest answer, ``visits`` how many it holds;
    None where that is not known (a copy of everything, a bad one)."""

    path: Path
    at: datetime
    size: int
    good: bool
    whole: bool
    saved: datetime | None = None
    visits: int | None = None


@dataclass(frozen=True, slots=True)
class Rescue:
    """``copies``: the newest first. ``changed``: when the data was last written to, as far as
    the disk knows; None where it is gone."""

    copies: tuple[Copy, ...] = ()
    changed: datetime | None = None

    @property
    def newest(self) -> Copy | None:
        """The newest copy that can be brought back."""
        return next((copy for copy in self.copies if copy.good), None)


def look(folder: Path, *, progress: Progress = silent, cancel: Cancel | None = None) -> Rescue:
    """Judge every copy in full; nothing is changed."""
    token, copies = cancel or Cancel(), []
    listed = backup.listed(folder)
    for done, path in enumerate(listed):
        token.check()
        progress(done, len(listed), path.name)
        copies.append(_judged(path))
    return Rescue(tuple(copies), _changed(folder))


def _judged(path: Path) -> Copy:
    at = backup.made_at(path)
    assert at is not None
    whole, good = path.suffix == portable.ENDING, backup.is_good(path)
    saved, visits = _content(path) if good and not whole else (None, None)
    return Copy(path, at, path.stat().st_size, good, whole, saved, visits)


def _content(path: Path) -> tuple[datetime | None, int | None]:
    raw = driver.connect(path, still=True)
    try:
        saved, visits = raw.execute("SELECT max(saved_at), count(*) FROM visit").fetchone()
        return moment_or_none(saved), visits
    except driver.DatabaseError:  # one from before there were visits
        return None, None
    finally:
        raw.close()


def _changed(folder: Path) -> datetime | None:
    database = folder / driver.DATABASE
    present = [path for path in (database, *driver.journals(database)) if path.exists()]
    if not present:
        return None
    return datetime.fromtimestamp(max(path.stat().st_mtime for path in present), UTC)
