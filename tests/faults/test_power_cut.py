"""What was acknowledged survives a power cut; and without syncs it does not: the tests can see."""

from __future__ import annotations

import errno
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

from auditor.services.workspace import Workspace
from auditor.store import backup, driver
from tests.faults.acts import SESSIONS
from tests.faults.conftest import Tally
from tests.faults.disk import Disk, acknowledged, records
from tests.faults.looking import Lost
from tests.faults.sessions import Stage, Told, dice, states, times

pytestmark = pytest.mark.needs("gcc")

#: How often the usual suite cuts each session.
CUTS = {"answers": 20, "photos": 20, "life": 20, "restore": 16, "plan": 6, "office": 6}
FEW = 12


def losses(told: Told, room: Path, count: int, seed: int = 1) -> list[str]:
    """What is missing or broken after so many cuts."""
    found = []
    for world, done in states(told, room, count, seed):
        try:
            told.require(world, done)
        except Lost as error:
            found.append(str(error))
    return found


@pytest.mark.parametrize("settings", [{}, {"old_sqlite": True}], ids=["as shipped", "old SQLite"])
@pytest.mark.parametrize("name", SESSIONS)
def test_no_acknowledged_step_is_lost(
    stage: Stage, room: Path, tally: Tally, name: str, settings: dict[str, Any]
) -> None:
    """Every step is there whole that was acknowledged, and the one under way whole or not."""
    told = stage.play(name, room / "told", **settings) if settings else stage.whole(name)
    assert told.steps == sum(record.op == "A" for record in told.taken)
    assert sum(record.op == "F" for record in told.taken) >= told.steps, "nothing was synced"
    count = times(CUTS.get(name, FEW) // (2 if settings else 1))
    lost = losses(told, room, count)
    tally(cuts=count, lost=len(lost))
    assert not lost, lost[:3]


CANARIES = {
    "answers without syncs": ("answers", {"synchronous": "OFF"}, 24, 8),
    "notes without syncs": ("notes", {"synchronous": "OFF"}, 24, 6),
    "a life without syncs": ("life", {"synchronous": "OFF"}, 24, 6),
    "a plan without syncs": ("plan", {"synchronous": "OFF"}, 12, 5),
    "an office without the bytes of its files": ("office", {"no_file_sync": True}, 12, 2),
    "photos without their folder": ("photos", {"no_folder_sync": True}, 24, 5),
    "photos without their bytes": ("photos", {"no_file_sync": True}, 24, 5),
    "backups without their folder": ("backups", {"no_folder_sync": True}, 40, 3),
    "backups without their bytes": ("backups", {"no_file_sync": True, "no_copy_sync": True}, 40, 3),
    "copies without their bytes": ("export", {"no_file_sync": True}, 24, 3),
    "a restore without its folders": ("restore", {"no_folder_sync": True}, 24, 2),
    "a move without its folders": ("move", {"no_folder_sync": True}, 24, 3),
    "a move without its bytes": ("move", {"no_file_sync": True}, 24, 3),
    "a new workspace without its folders": ("new workspace", {"no_folder_sync": True}, 24, 3),
    "settings without their folder": ("settings", {"no_folder_sync": True}, 24, 2),
    "a migration without syncs": ("migration", {"synchronous": "OFF"}, 36, 3),
}


@pytest.mark.parametrize("canary", CANARIES)
def test_the_canary_loses(stage: Stage, room: Path, tally: Tally, canary: str) -> None:
    """The same session without what makes it durable must lose, else the test proves nothing."""
    name, weakness, count, at_least = CANARIES[canary]
    told = stage.play(name, room / "told", **weakness)
    lost = losses(told, room, count, seed=2)
    tally(cuts=count, lost=len(lost))
    assert len(lost) >= at_least


@pytest.mark.skipif(driver.JOURNAL != "WAL", reason="this SQLite is too old for a WAL")
@pytest.mark.parametrize("name", ["answers", "life"])
def test_answers_survive_a_cut_while_the_wal_is_put_back(
    stage: Stage, room: Path, tally: Tally, name: str
) -> None:
    """Closing checkpoints: the main file is rewritten, then the log is removed."""
    told = stage.play(name, room / "told", close=True, steps=26)
    last = max(n for n, record in enumerate(told.taken) if record.op == "A")
    assert len(told.taken) - last > 5, "nothing was put back"
    disk, at = Disk(told.before, told.start), 0
    for record in told.taken[: last + 1]:
        disk.take(record)
    for record in told.taken[last + 1 :]:
        disk.take(record)
        for _ in range(max(1, times(0) // 100)):
            shutil.rmtree(room / "after", ignore_errors=True)
            disk.write(room / "after", dice(at))
            told.require(room / "after", told.steps)
            at += 1
    tally(cuts=at)


@pytest.mark.parametrize("checkpoint", [5, 30])
def test_answers_survive_many_checkpoints(
    stage: Stage, room: Path, tally: Tally, checkpoint: int
) -> None:
    """The main file is rewritten all the time."""
    settings = {"checkpoint": checkpoint, "synchronous": "FULL"}
    told = stage.play("answers", room / "told", steps=80, **settings)
    count = times(FEW)
    lost = losses(told, room, count)
    tally(cuts=count, lost=len(lost))
    assert not lost, lost[:3]


def schema(world: Path) -> int:
    """Of a copy: looking puts the journal in."""
    copy = world.with_name("looked-at")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(world, copy)
    raw = driver.connect(copy / "workspace" / driver.DATABASE)
    try:
        return int(driver.pragma(raw, "user_version"))
    finally:
        raw.close()


def test_a_cut_migration_is_old_or_new_and_its_backup_is_there(
    stage: Stage, room: Path, tally: Tally
) -> None:
    told = stage.whole("migration")
    found, count = set(), times(40)
    for cut, _ in states(told, room, count, seed=5):
        found.add(now := schema(cut))
        copies = backup.listed(cut / "workspace")
        if now == driver.SCHEMA:
            assert copies, "no backup of the time before"
            assert backup.is_good(copies[-1])
        told.after(cut)
    assert found == {1, driver.SCHEMA}, "it was never cut in the middle"
    tally(cuts=count)


@pytest.mark.parametrize("name", ["photos", "new workspace", "restore", "reports", "notes"])
def test_what_a_killed_process_left_is_made_durable_by_the_next(
    stage: Stage, room: Path, tally: Tally, name: str
) -> None:
    """First the process is killed, in the middle of a write; the next one goes on from there, and
    then the power fails: what the first had not synced yet is still not on disk."""
    whole, kills = stage.whole(name), max(3, times(0) // 50)
    chance, total = dice(7), 0
    for _ in range(kills):
        at = chance.randint(1, whole.operations[-1])
        told = play_twice(stage, whole, room / "killed", at)
        for cut, done in states(told, room, 8, seed=at):
            told.require(cut, done, twice=True)
            total += 1
    tally(cuts=total)


def play_twice(stage: Stage, whole: Told, room: Path, at: int) -> Told:
    """The session killed at operation ``at`` and taken up again, as one record."""
    before = stage.copy(whole.name, room / "before")
    start = stage.copy(whole.name, room / "start")
    order, logs = {"session": whole.name, "world": start}, (room / "log-1", room / "log-2")
    assert stage.worker.order(**order, log=logs[0], kill_at=at) == {"killed": signal.SIGKILL}
    done = acknowledged(logs[0])
    stage.worker.order(**order, log=logs[1], begin=done + 1)
    taken = [*records(logs[0]), *records(logs[1])]
    return Told(whole.name, before, start, taken, whole.looks, [])


@pytest.mark.parametrize("name", ["photos", "answers", "backups", "restore"])
def test_a_sync_that_failed_is_made_up_for(
    stage: Stage, room: Path, tally: Tally, name: str
) -> None:
    """A sync fails, the step is refused and taken again, and then the power fails."""
    chance, total = dice(3), 0
    for number in range(max(4, times(0) // 50)):
        told = stage.play(
            name, room / "failing", refused_too=True, fail_step=2, fails=1,
            fail_at=number % 8, errno=errno.EIO, syncs_only=1, steps=12,
        )  # fmt: skip
        for cut, done in states(told, room, 8, seed=chance.randint(0, 999)):
            told.require(cut, done, twice=True)
            total += 1
    tally(cuts=total)


def test_a_torn_workspace_opens_in_the_other_sqlite(stage: Stage, room: Path) -> None:
    """Python's own SQLite leaves a journal of another kind; the newer one takes it up."""
    told = stage.play("answers", room / "told", old_sqlite=True, steps=30)
    for cut, done in states(told, room, 20, seed=9):
        workspace = Workspace.open(cut / "workspace")
        mode = driver.pragma(workspace.store.raw, "journal_mode")
        workspace.close()
        assert mode.upper() == driver.JOURNAL
        told.require(cut, done)
