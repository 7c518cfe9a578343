"""Whether a data file is the one that was here last. Sync programs, copies and hands bring older
ones back, and leave second ones beside it: each opens without a word, and lacks somebody's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from auditor.domain.standing import ELSEWHERE, OLDER, SECOND
from auditor.store import check, driver, files
from auditor.store.check import Verdict
from auditor.store.folder import OWN_FILES, FolderWarning
from auditor.store.lock import Holder
from auditor.words import mark

#: Its time is that of the last check of the whole database, its words are those of ``write_down``.
FILE = "workspace.checked"
#: What a sync program, a browser, a scanner of viruses or a person makes of our name.
_ALIKE = re.compile(r"workspace\b.*\.db\b", re.IGNORECASE | re.DOTALL)
_NOTED = re.compile(rb"(\d{1,18}) ([0-9a-f]{0,64}) ([0-9TZ:.-]{0,40})\n")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a database has come: its last event, and the newest answer of any draft (UTC text);
    answers alone write no event."""

    entry: int = 0
    hash: str = ""
    saved: str = ""


def stand(raw: driver.Connection) -> Stand:
    """Raises driver.Error."""
    last = raw.execute("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
    saved = raw.execute("SELECT max(saved_at) FROM visit WHERE status = 'draft'").fetchone()[0]
    entry, digest = last or (0, "")
    return Stand(entry, digest, saved or "")


def write_down(place: Path, raw: driver.Connection) -> None:
    """Leave in ``place`` how far its database has come, for the next start. The time of the file
    says something else, and stays. A disk that refuses leaves what was there."""
    file = place / FILE
    with suppress(OSError, driver.Error):
        now = stand(raw)
        if file.is_file() and read(file) != now:
            files.keep_time(file, f"{now.entry} {now.hash} {now.saved}\n".encode())


def forget(place: Path) -> None:
    """Another database is to come, which may well be older. Raises OSError."""
    if files.is_plain(place / FILE):
        files.keep_time(place / FILE, b"")


def read(file: Path) -> Stand | None:
    """What ``write_down`` left; None for anything else."""
    if not files.is_plain(file):
        return None
    with file.open("rb") as noted:
        found = _NOTED.fullmatch(noted.read(_LONGEST))
    return found and Stand(int(found[1]), found[2].decode(), found[3].decode())


def is_behind(raw: driver.Connection, noted: Stand, *, closed: bool) -> bool:
    """Whether the database lacks what the one that ``noted`` speaks of had. ``closed``: nothing was
    entered since then without a note of it; else answers may be newer than their times, where the
    clock was set meanwhile. Raises driver.Error."""
    now = stand(raw)
    if now.entry < noted.entry or _hash_of(raw, noted.entry) != noted.hash:
        return True
    return closed and now.entry == noted.entry and now.saved < noted.saved


def _hash_of(raw: driver.Connection, entry: int) -> str:
    found = raw.execute("SELECT hash FROM event WHERE id = ?", (entry,)).fetchone()
    return found[0] if found else ""


# second files


def strays(place: Path) -> tuple[Path, ...]:
    """Data files of ours that lie in ``place`` under another name, the newest first."""
    alike = [path for path in place.iterdir() if _is_alike(path)]
    ours = [path for path in alike if check.header(path).verdict is Verdict.GOOD]
    return tuple(sorted(ours, key=lambda path: path.stat().st_mtime_ns, reverse=True))


def _is_alike(path: Path) -> bool:
    if path.name in OWN_FILES or not _ALIKE.match(path.name) or not files.is_plain(path):
        return False
    database = path.with_name(driver.DATABASE)  # on some disks it has other letters
    return not (database.exists() and database.samefile(path))


def has_more(stray: Path, raw: driver.Connection) -> bool:
    """Whether something was entered in ``stray`` that the open database lacks."""
    try:
        with closing(driver.connect(stray, still=True)) as other:
            last = stand(other)
            if last.entry and _hash_of(raw, last.entry) != last.hash:
                return True
            drafts = other.execute(
                "SELECT uid, saved_at FROM visit WHERE status = 'draft' AND saved_at > ''"
            ).fetchall()
    except driver.Error:  # damaged, or of long ago
        return False
    return any(not _has_since(raw, *draft) for draft in drafts)


def _has_since(raw: driver.Connection, uid: str, saved: str) -> bool:
    query = "SELECT 1 FROM visit WHERE uid = ? AND saved_at >= ?"
    return raw.execute(query, (uid, saved)).fetchone() is not None


# what is told


def notes(
    place: Path, raw: driver.Connection, last: Holder | None, *, write: bool
) -> Iterator[FolderWarning]:
    """``last``: who had it open and did not close it; who has it open, to one who only reads.
    Raises OSError, driver.Error."""
    noted = read(place / FILE)
    if noted is not None and is_behind(raw, noted, closed=last is None):
        yield FolderWarning(OLDER, _OLDER, place)
    if write and last is not None and not last.is_here:
        yield FolderWarning(ELSEWHERE, _ELSEWHERE, place, last.host)
    for stray in strays(place):
        if has_more(stray, raw):
            yield FolderWarning(SECOND, _SECOND, place, stray.name)
            return


_OLDER = mark(
    "The data in {folder} is older than when it was last closed: a sync program or a copy put an "
    "earlier file there. Look for what is missing among the backups."
)
_SECOND = mark(
    "Beside your data lies a second data file, {name}, with entries that yours lacks, as when two "
    "computers work at the same time. Compare both before you go on."
)
_ELSEWHERE = mark(
    "The computer {name} had this data open and did not close it. If the app still runs there, "
    "close it there first: two computers at the same time lose answers."
)
