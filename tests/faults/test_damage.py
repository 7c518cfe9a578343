"""Files that a disk, a sync program or a person spoiled: told, kept aside, and what is there is
brought back."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.domain.errors import WorkspaceError
from auditor.services.workspace import Workspace, restore_workspace
from auditor.store import driver
from forms.answers import Answer
from forms.filling import Progress
from tests.faults.conftest import Tally
from tests.faults.disk import acknowledged
from tests.faults.sessions import HERE, Stage, Told, dice, times

WAL = f"{driver.DATABASE}-wal"
SHM = f"{driver.DATABASE}-shm"
PAGE = 4096
SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "garbage": lambda content: random.Random(1).randbytes(len(content)),
    "nothing": lambda content: b"",
    "a web page": lambda content: b"<!DOCTYPE html><title>404</title>" * 200,
    "its half": lambda content: content[: len(content) // 2],
    "its head alone": lambda content: content[:60],
    "zeros": lambda content: bytes(len(content)),
    "one page wiped": lambda content: content[:8192] + b"\xff" * 4096 + content[12288:],
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_database_is_kept_aside_and_the_backup_brought_back(
    start: Path, name: str
) -> None:
    folder = start / "workspace"
    spoiled = SPOILED[name]((folder / driver.DATABASE).read_bytes())
    (folder / driver.DATABASE).write_bytes(spoiled)
    with pytest.raises(WorkspaceError) as caught:
        Workspace.open(folder)
    assert caught.value.code == "damaged"
    offered = caught.value.values["backup"]
    assert isinstance(offered, Path)
    aside = restore_workspace(offered, folder)
    assert aside is not None
    assert (aside / driver.DATABASE).read_bytes() == spoiled
    workspace = Workspace.open(folder)
    assert workspace.visits.open(1).record.number == "V-0001"
    workspace.close()


@pytest.mark.needs("gcc")
def test_any_flipped_byte_is_told_or_does_no_harm(stage: Stage, room: Path, tally: Tally) -> None:
    """Whatever one byte in the file becomes: refused with a sentence, or opened and read; never a
    traceback. What a check of pages cannot see is within a text."""
    told = stage.play("answers", room / "whole", close=True, steps=60)
    good, refused = (told.start / "workspace" / driver.DATABASE).read_bytes(), 0
    chance, count = dice(6), times(40)
    for number in range(count):
        at = chance.randrange(len(good))
        if number % 4 == 0:  # the head of a page: where SQLite can see it
            at = at // PAGE * PAGE + at % 8
        spoiled = bytearray(good)
        spoiled[at] ^= 1 << chance.randrange(8)
        place = Path(shutil.copytree(told.before, room / "flipped"))
        (place / "workspace" / driver.DATABASE).write_bytes(spoiled)
        refused += not opens_and_reads(place / "workspace")
        shutil.rmtree(place)
    assert 0 < refused < count
    tally(cuts=count, corrupt=refused)


def opens_and_reads(folder: Path) -> bool:
    try:
        workspace = Workspace.open(folder)
    except WorkspaceError as error:
        if error.code not in ("damaged", "foreign", "newer"):
            raise
        return False
    try:
        workspace.visits.open(1)
        return True
    except WorkspaceError as error:
        if error.code != "damaged":
            raise
        return False
    finally:
        workspace.close()


def killed(stage: Stage, room: Path) -> tuple[Told, Path, int]:
    """A workspace whose journal holds all answers: nothing was put back yet."""
    whole, start, log = stage.whole("answers"), stage.copy("answers", room / "killed"), room / "log"
    at = whole.operations[39] - 5
    told = stage.worker.order(session="answers", world=start, log=log, steps=40, kill_at=at)
    assert told == {"killed": signal.SIGKILL}
    return whole, start, acknowledged(log)


@pytest.mark.needs("gcc")
@pytest.mark.skipif(driver.JOURNAL != "WAL", reason="this SQLite is too old for a WAL")
@pytest.mark.parametrize("content", ["gone", "stale", "garbage", "empty", "zeros"])
def test_the_index_of_the_journal_is_made_anew(stage: Stage, room: Path, content: str) -> None:
    """A power cut may leave any -shm: all answers come from the journal itself."""
    whole, start, done = killed(stage, room)
    path = start / "workspace" / SHM
    path.unlink(missing_ok=True)
    older = (whole.start / "workspace" / SHM).read_bytes()
    spoiled = {
        "stale": older,
        "garbage": os.urandom(len(older)),
        "empty": b"",
        "zeros": bytes(32768),
    }
    if content != "gone":
        path.write_bytes(spoiled[content])
    whole.require(start, done)


@pytest.mark.needs("gcc")
@pytest.mark.skipif(driver.JOURNAL != "WAL", reason="this SQLite is too old for a WAL")
@pytest.mark.parametrize("content", ["gone", "garbage", "foreign"])
def test_a_journal_that_is_lost_is_told(stage: Stage, room: Path, content: str) -> None:
    """Its answers are gone with it: the person hears of it, the rest opens, garbage is kept."""
    _, start, _ = killed(stage, room)
    path = start / "workspace" / WAL
    size = path.stat().st_size
    path.unlink()
    spoiled = (b"RIFF" if content == "foreign" else b"") + os.urandom(size)
    if content != "gone":
        path.write_bytes(spoiled)
    workspace = Workspace.open(start / "workspace")
    try:
        assert [note.code for note in workspace.notes] == [
            "journal_gone" if content == "gone" else "journal_garbage"
        ]
        assert len(workspace.visits.open(1).answers) < 40
    finally:
        workspace.close()
    if content != "gone":
        kept = [p.read_bytes() for p in (start / "workspace" / "set-aside").rglob(WAL)]
        assert kept == [spoiled]


@pytest.mark.needs("gcc")
@pytest.mark.skipif(driver.JOURNAL != "WAL", reason="this SQLite is too old for a WAL")
def test_a_journal_that_ends_early_gives_what_is_in_it(
    stage: Stage, room: Path, tally: Tally
) -> None:
    """Cut at any length: the answers up to there, in order, and none that was not given."""
    whole, start, done = killed(stage, room)
    journal = (start / "workspace" / WAL).read_bytes()
    counts, chance = set(), dice(2)
    cuts = [chance.randrange(32, len(journal)) for _ in range(times(12))]
    for cut in cuts:
        place = Path(shutil.copytree(start, room / "short"))
        (place / "workspace" / WAL).write_bytes(journal[:cut])
        found = whole.after(place)
        counts.add(next(n for n, look in enumerate(whole.looks) if look["rows"] == found["rows"]))
        shutil.rmtree(place)
    assert len(counts) > 3
    assert max(counts) <= done + 1
    tally(cuts=len(cuts))


SECOND = """
import json, sys
from pathlib import Path
from auditor.domain.errors import UserError
from auditor.services.workspace import Workspace
from auditor.store import lock
from forms.answers import Answer
from forms.filling import Progress

folder, told = Path(sys.argv[1]), []
if sys.argv[2] == "unlocked":
    lock._take = lambda descriptor: None
try:
    Workspace.open(folder)
    told.append("opened")
except UserError as error:
    told.append(error.code)
reader = Workspace.open(folder, write=False)
told.append(len(reader.visits.open(1).answers))
for write in (
    lambda: reader.visits.save_answer(1, ("q9", 0), Answer("x"), Progress(1, 61)),
    lambda: reader.visits.attach(1, ("shown", 0), b"GIF", "x.gif", "file"),
    lambda: reader.visits.drafts.save_tray(1, ()),
    lambda: reader.set_fact("x", "y"),
    reader.backups.make,
):
    try:
        write()
        told.append("written")
    except UserError as error:
        told.append(error.code)
reader.close()
print(*told)
"""


def second(folder: Path, how: str) -> list[str]:
    """What another process is told that opens the workspace, reads and tries to write."""
    found = subprocess.run(
        [sys.executable, "-c", SECOND, str(folder), how],
        capture_output=True, text=True, cwd=HERE.parents[1],
    )  # fmt: skip
    assert found.stdout, found.stderr
    return found.stdout.split()


def test_a_second_instance_reads_and_writes_nothing(start: Path) -> None:
    workspace = Workspace.open(start / "workspace")
    workspace.visits.save_answer(1, ("q1", 0), Answer("first"), Progress(1, 61))
    assert second(workspace.folder, "locked") == ["in_use", "1", *["in_use"] * 5]
    workspace.visits.save_answer(1, ("q2", 0), Answer("second"), Progress(2, 61))
    assert len(workspace.visits.open(1).answers) == 2
    workspace.close()


def test_the_canary_is_a_second_writer(start: Path) -> None:
    """Without the lock the second one opens, too."""
    workspace = Workspace.open(start / "workspace")
    assert second(workspace.folder, "unlocked")[0] == "opened"
    workspace.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE answer SET value = '\"x'",
        "UPDATE answer SET evidence = '[\"'",
        "UPDATE visit SET tray = '{'",
        "UPDATE answer SET value = '\"' || char(0) || '\"'",
    ],
)
def test_words_that_nobody_wrote_are_told_as_damage(start: Path, change: str) -> None:
    """The pages are whole, so SQLite finds nothing; the visit says so and offers the backup."""
    workspace = Workspace.open(start / "workspace")
    workspace.visits.save_answer(1, ("q1", 0), Answer("mot"), Progress(1, 61))
    workspace.store.raw.execute(change)
    with pytest.raises(WorkspaceError) as caught:
        workspace.visits.open(1)
    assert caught.value.code == "damaged"
    assert isinstance(caught.value.values["backup"], Path)
    workspace.close()
