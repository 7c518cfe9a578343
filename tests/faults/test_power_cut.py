"""What was acknowledged survives a power cut; and without syncs it does not: the test can see."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.domain.errors import WorkspaceError
from auditor.store import check, driver, opening, queries
from auditor.store.evidence import EvidenceFiles, holds
from tests.faults.disk import Disk, Record, records
from tests.faults.sessions import QUESTIONS, Worker

pytestmark = pytest.mark.needs("gcc")

CUTS = 100
STEPS = 150


class Lost(Exception):  # noqa: N818 - what the test looks for
    """Something acknowledged is not there."""


def cuts(taken: list[Record], count: int, seed: int) -> list[int]:
    """Where to cut, in order: anywhere, and right behind acknowledgements."""
    chance = random.Random(seed)
    behind = [n + 1 for n, record in enumerate(taken) if record.op == "A"]
    first = behind[0]
    spread = [chance.randint(first, len(taken)) for _ in range(count // 2)]
    return sorted(spread + [chance.choice(behind) for _ in range(count - count // 2)])


def states(
    start: Path, taken: list[Record], room: Path, count: int, seed: int
) -> Iterator[tuple[Path, int]]:
    """Folders that the cuts leave, each with the number of steps acknowledged before it."""
    disk, at = Disk(start), 0
    for number, cut in enumerate(cuts(taken, count, seed)):
        while at < cut:
            disk.take(taken[at])
            at += 1
        target = room / "after"
        shutil.rmtree(target, ignore_errors=True)
        disk.write(start, target, random.Random(f"{seed} {number}"))
        yield target, disk.acknowledged


def session(worker: Worker, start: Path, room: Path, **order: Any) -> tuple[Path, list[Record]]:
    """Run a session on ``start``; returns the workspace from before and what was recorded."""
    before, log = room / "before", room / "log"
    shutil.copytree(start, before)
    told = worker.order(folder=start, log=log, **order)
    assert told["refused"] == []
    moved = [
        Record(r.op, r.path.replace(str(start), str(before)),
               r.other.replace(str(start), str(before)), r.offset, r.data)
        for r in records(log)
    ]  # fmt: skip
    return before, moved


def answers_after(folder: Path) -> tuple[dict[str, str], int]:
    """What the app finds after the cut, and its progress. Raises Lost for a damaged database."""
    try:
        opened = opening.open_store(folder)
    except WorkspaceError as error:
        raise Lost(str(error)) from error
    try:
        if check.all_faults(opened.store.raw):
            raise Lost("integrity")
        rows = opened.store.read(queries.answers, 1)
        progress = opened.store.read(queries.visit, 1).answered
        return {row.question: row.value or "" for row in rows}, progress
    finally:
        opened.close()


def expected(steps: int) -> dict[str, str]:
    """The answers after so many steps: the questions are gone through again and again."""
    return {f"q{(step - 1) % QUESTIONS + 1}": f'"trả lời {step}"' for step in range(1, steps + 1)}


def require_answers(folder: Path, acknowledged: int) -> None:
    """All acknowledged steps are there, and at most the one under way besides."""
    found, progress = answers_after(folder)
    for steps in (acknowledged, acknowledged + 1):
        if found == expected(steps) and progress == min(steps, QUESTIONS):
            return
    raise Lost(f"of {acknowledged} steps {len(found)} answers are there")


@pytest.mark.parametrize(
    "settings",
    [{}, {"checkpoint": 30}, {"old_sqlite": True}],
    ids=["as shipped", "often checkpointed", "old SQLite"],
)
def test_no_acknowledged_answer_is_lost(
    worker: Worker, start: Path, tmp_path: Path, settings: dict[str, Any]
) -> None:
    before, taken = session(worker, start, tmp_path, do="answers", steps=STEPS, **settings)
    assert sum(record.op == "A" for record in taken) == STEPS
    assert sum(record.op == "F" for record in taken) >= STEPS, "nothing was synced"
    for folder, acknowledged in states(before, taken, tmp_path, CUTS, seed=1):
        require_answers(folder, acknowledged)


@pytest.mark.skipif(driver.JOURNAL != "WAL", reason="this SQLite is too old for a WAL")
def test_answers_survive_a_cut_while_the_wal_is_put_back(
    worker: Worker, start: Path, tmp_path: Path
) -> None:
    """Closing checkpoints: the main file is rewritten, then the log is removed."""
    before, taken = session(worker, start, tmp_path, do="answers", steps=40, close=True)
    last = max(n for n, record in enumerate(taken) if record.op == "A")
    assert len(taken) - last > 5, "nothing was put back"
    disk = Disk(before)
    for number, record in enumerate(taken):
        disk.take(record)
        if number < last:
            continue
        shutil.rmtree(tmp_path / "after", ignore_errors=True)
        disk.write(before, tmp_path / "after", random.Random(number))
        require_answers(tmp_path / "after", 40)


def test_the_canary_loses_answers(worker: Worker, start: Path, tmp_path: Path) -> None:
    """The same session with ``synchronous=OFF`` must lose, else the test proves nothing."""
    before, taken = session(worker, start, tmp_path, do="answers", steps=STEPS, synchronous="OFF")
    lost = 0
    for folder, acknowledged in states(before, taken, tmp_path, 40, seed=2):
        try:
            require_answers(folder, acknowledged)
        except Lost:
            lost += 1
    assert lost > 20


def require_photos(folder: Path, acknowledged: int) -> None:
    """Each acknowledged photo is named, and no row is without its bytes."""
    opened = opening.open_store(folder)
    try:
        files = EvidenceFiles(folder)
        held = opened.store.read(queries.evidence, 1, files)
        named = [row for row in opened.store.read(queries.answers, 1) if row.question == "shown"]
    finally:
        opened.close()
    count = len(named[0].evidence.split(",")) if named else 0
    if count not in (acknowledged, acknowledged + 1) or len(held) < count:
        raise Lost(f"{count} of {acknowledged} photos are named")
    for sha256, record in held.items():
        if not holds(Path(record.path), sha256):
            raise Lost(f"a row without its file: {record.name}")


def test_no_attached_photo_is_lost(worker: Worker, start: Path, tmp_path: Path) -> None:
    before, taken = session(worker, start, tmp_path, do="photos", steps=12)
    for folder, acknowledged in states(before, taken, tmp_path, 100, seed=3):
        require_photos(folder, acknowledged)


def test_the_canary_loses_photos(worker: Worker, start: Path, tmp_path: Path) -> None:
    """Without the sync of the folder a file may lose its name though its row is there."""
    before, taken = session(worker, start, tmp_path, do="photos", steps=12, no_folder_sync=True)
    lost = 0
    for folder, acknowledged in states(before, taken, tmp_path, 40, seed=4):
        try:
            require_photos(folder, acknowledged)
        except Lost:
            lost += 1
    assert lost > 5
