from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from auditor.domain.errors import NotSavedError
from auditor.store import backup, check, driver
from auditor.store.folder import RESTORING
from auditor.store.opening import Opened
from auditor.store.units import Store

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def test_a_backup_holds_what_was_committed(store: Store, folder: Path) -> None:
    path = backup.make(store.raw, folder, NOW)
    assert path == folder / "backups" / "2026-11-22T140000Z.db"
    assert backup.made_at(path) == NOW
    copy = driver.connect(path)
    assert copy.execute("SELECT number FROM visit").fetchall() == [("V-0001",)]
    copy.close()


def test_two_backups_in_one_second_are_two_files(store: Store, folder: Path) -> None:
    first, second = (backup.make(store.raw, folder, NOW) for _ in range(2))
    assert first != second
    assert backup.listed(folder) == (second, first)


def test_a_copy_of_a_damaged_database_is_no_backup(store: Store, folder: Path) -> None:
    """The copy is checked: it would else push out the good ones."""
    store.raw.execute("PRAGMA foreign_keys=OFF")
    store.raw.execute("DELETE FROM client")
    with pytest.raises(Exception, match="did not pass"):
        backup.make(store.raw, folder, NOW)
    assert list((folder / "backups").iterdir()) == []


def test_a_backup_waits_for_nobody_and_takes_no_half(store: Store, folder: Path) -> None:
    """Made while another connection has written but not committed."""
    other = driver.connect(folder / driver.DATABASE)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE client SET name = 'half'")
    path = backup.make(store.raw, folder, NOW)
    other.execute("ROLLBACK")
    other.close()
    copy = driver.connect(path)
    assert copy.execute("SELECT name FROM client").fetchall() == [("Sông Hồng",)]
    copy.close()


def test_a_full_disk_leaves_no_backup(store: Store, folder: Path) -> None:
    with store.unit() as unit:
        unit.execute(text("UPDATE client SET name = hex(zeroblob(300000))"))
    import resource
    import signal

    before, old = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    try:
        with pytest.raises(NotSavedError) as caught:
            backup.make(store.raw, folder, NOW)
        assert caught.value.values["folder"] == folder / "backups"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, old)
    assert list((folder / "backups").iterdir()) == []
    assert check.is_good_copy(backup.make(store.raw, folder, NOW))


ages = st.lists(
    st.integers(0, 400 * 24 * 60).map(lambda m: NOW - timedelta(minutes=m)), max_size=80
)


@given(ages)
def test_thinning_keeps_one_of_each_day_week_and_month(moments: list[datetime]) -> None:
    dropped = backup.superfluous(tuple(moments), NOW)
    kept = set(moments) - dropped
    assert not moments or max(moments) in kept
    assert all(moment in kept for moment in moments if NOW - moment < timedelta(days=1))
    for moment in dropped:
        near = timedelta(days=31)
        assert any(abs(other - moment) < near for other in kept), "a month without any backup"
    assert not backup.superfluous(tuple(kept), NOW), "thinning again drops nothing more"
    assert len([m for m in kept if NOW - m >= timedelta(days=1)]) <= 6 + 6 + 14


def test_thinning_removes_files(store: Store, folder: Path) -> None:
    place = folder / "backups"
    for hours in (0, 30, 50, 52, 1000):
        path = backup.fresh_name(place, NOW - timedelta(hours=hours), ".db")
        path.write_bytes(b"x")
    (place / "mine.db").write_bytes(b"x")
    assert backup.thin(folder, NOW) == 1
    assert (place / "mine.db").exists()
    assert len(backup.listed(folder)) == 4


def test_what_cannot_be_set_aside_whole_stays(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database without its journal would lack its last commits."""
    journal = folder / f"{driver.DATABASE}-journal"
    journal.write_bytes(b"half a commit")
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if self == journal:
            raise OSError("held by another program")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="held"):
        backup.set_aside(folder, NOW)
    assert (folder / driver.DATABASE).exists()
    assert journal.exists()
    assert list((folder / "set-aside").iterdir()) == []


def test_of_several_restores_that_were_cut_off_the_latest_is_undone(
    opened: Opened, folder: Path
) -> None:
    """What an earlier one left behind must not be put over it."""
    opened.close()
    for day, content in ((1, b"older"), (2, b"latest")):
        at = datetime(2026, 11, day, tzinfo=UTC)
        (folder / driver.DATABASE).write_bytes(content)
        fresh = folder / f"{RESTORING}{9 - day}"
        fresh.mkdir()
        backup.announce_exchange(fresh, folder, at)
        os.utime(fresh / backup.NOTE, (day, day))
        backup.set_aside(folder, at)
    backup.undo_exchange(folder)
    assert (folder / driver.DATABASE).read_bytes() == b"latest"
    older = folder / "set-aside" / "2026-11-01T000000Z" / driver.DATABASE
    assert older.read_bytes() == b"older"
