"""Backups that are made while answers are saved: whole, and none lacks what was saved before it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor.services.workspace import Workspace
from auditor.store import check, driver
from forms.answers import Answer
from forms.filling import Progress
from tests.faults.conftest import Tally
from tests.faults.sessions import times


@pytest.fixture(params=["as shipped", "old SQLite"])
def workspace(
    start: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    if request.param == "old SQLite":
        monkeypatch.setattr(driver, "module", sqlite3)
        monkeypatch.setattr(driver, "Error", sqlite3.Error)
        monkeypatch.setattr(driver, "DatabaseError", sqlite3.DatabaseError)
        monkeypatch.setattr(driver, "JOURNAL", "DELETE")
        monkeypatch.setattr(driver, "SYNCHRONOUS", "EXTRA")
    opened = Workspace.open(start / "workspace")
    yield opened
    opened.close()


def newest(copy: Path) -> int:
    """The number of the newest answer in a copy of the database; all before it are there."""
    raw = driver.connect(copy)
    try:
        assert not check.all_faults(raw)
        found = {
            int(json.loads(value))
            for (value,) in raw.execute("SELECT value FROM answer").fetchall()
        }
    finally:
        raw.close()
    last = max(found, default=0)
    assert found == set(range(max(1, last - 59), last + 1)), "an answer between two others lacks"
    return last


def copies(
    workspace: Workspace, make: Callable[[], Path], count: int
) -> list[tuple[int, Path, int]]:
    """So many copies, made while answers are saved; each with the number of the last answer that
    was saved when it began, and when it was done."""
    saved, found, failed = [0], [], []

    def run() -> None:
        try:
            for _ in range(count):
                before = saved[0]
                found.append((before, make(), saved[0] + 1))
        except BaseException as error:  # noqa: BLE001 - shown by the test
            failed.append(error)

    maker = threading.Thread(target=run)
    maker.start()
    while maker.is_alive():
        number = saved[0] + 1
        key = (f"q{(number - 1) % 60 + 1}", 0)
        workspace.visits.save_answer(1, key, Answer(str(number)), Progress(1, 61))
        saved[0] = number
    maker.join()
    assert not failed
    return found


def test_a_backup_under_writes_is_whole_and_lacks_nothing(
    workspace: Workspace, tally: Tally
) -> None:
    """Every save goes through meanwhile, and every backup holds a state that there was."""
    count = min(times(6), 60)
    made = copies(workspace, workspace.backups.make, count)
    assert len({path for _, path, _ in made}) == count
    assert made[-1][0] > made[0][0], "nothing was saved meanwhile"
    for before, path, after in made:
        assert before <= newest(path) <= after
    tally(cuts=count)


@pytest.mark.skipif(driver.JOURNAL != "WAL", reason="this SQLite is too old for a WAL")
def test_the_canary_is_a_copy_of_the_file(start: Path) -> None:
    """What another program copies lacks answers, and is seen to lack them."""
    workspace, number = Workspace.open(start / "workspace"), iter(range(100))

    def copy() -> Path:
        path = start / f"copy-{next(number)}.db"
        shutil.copyfile(workspace.folder / driver.DATABASE, path)
        return path

    made = copies(workspace, copy, 90)
    workspace.close()
    assert any(newest(path) < before for before, path, _ in made)
