"""What a person may choose from when the data does not open: the copies, judged, and what of
the present data they do not have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from auditor.domain.work import Cancel, Progress, silent
from auditor.store import backup, check, driver, lineage, portable
from auditor.store.check import Verdict
from auditor.store.times import moment_or_none


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup in the workspace. ``saved`` is its newest answer, ``visits`` how many it holds;
    None where that is not known (a copy of everything, a bad one). ``stray``: a data file that
    lies beside ours, see ``store.lineage``."""

    path: Path
    at: datetime
    size: int
    good: bool
    whole: bool
    saved: datetime | None = None
    visits: int | None = None
    stray: bool = False


@dataclass(frozen=True, slots=True)
class Rescue:
    """``copies``: files beside the data, then backups, the newest first. ``present``: what is here
    now, None where it cannot be read. ``changed``: when that was last written to, as far as the
    disk knows; None where it is gone."""

    copies: tuple[Copy, ...] = ()
    present: Copy | None = None
    changed: datetime | None = None

    @property
    def newest(self) -> Copy | None:
        """The newest copy that can be brought back. Of backups the first is: one from the future
        was made while the clock was wrong."""
        good = [copy for copy in self.copies if copy.good]
        first = next((copy for copy in good if not copy.stray), None)
        return max(
            filter(None, (first, *(copy for copy in good if copy.stray))),
            key=lambda copy: copy.at,
            default=None,
        )


def look(folder: Path, *, progress: Progress = silent, cancel: Cancel | None = None) -> Rescue:
    """Judge every copy in full; nothing is changed."""
    token, copies = cancel or Cancel(), []
    listed = (*_strays(folder), *backup.listed(folder))
    for done, path in enumerate(listed):
        token.check()
        progress(done, len(listed), path.name)
        copies.append(_judged(path))
    changed = _changed(folder)
    return Rescue(tuple(copies), _present(folder, changed), changed)


def _strays(folder: Path) -> tuple[Path, ...]:
    try:
        return lineage.strays(folder)
    except OSError:  # a folder that is gone has none
        return ()


def _judged(path: Path) -> Copy:
    made = backup.made_at(path)
    whole = path.suffix == portable.ENDING
    good = backup.is_good(path) if made else check.is_good_copy(path, still=True)
    saved, visits = _content(path) if good and not whole else (None, None)
    found = path.stat()
    at = made or datetime.fromtimestamp(found.st_mtime, UTC)
    return Copy(path, at, found.st_size, good, whole, saved, visits, made is None)


def _present(folder: Path, changed: datetime | None) -> Copy | None:
    path = folder / driver.DATABASE
    try:
        if changed is None or check.header(path).verdict is not Verdict.GOOD:
            return None
        saved, visits = _content(path, still=False)
        return Copy(path, changed, path.stat().st_size, True, False, saved, visits)
    except (OSError, driver.Error):
        return None


def _content(path: Path, *, still: bool = True) -> tuple[datetime | None, int | None]:
    raw = driver.connect(path, look_only=not still, still=still)
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
