"""The clock of the computer jumps by a year, its zone changes: nothing is lost or stops."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from auditor.services import doctor
from auditor.services.workspace import Workspace
from auditor.store import backup, events
from auditor.store.queries import visits as visit_queries
from forms.answers import Answer
from forms.filling import Progress
from tests.faults.checklists import DOOR
from tests.faults.room import ZONE

YEAR = timedelta(days=365)
JUMPS = [YEAR, -YEAR, timedelta(days=40), -timedelta(days=40), timedelta(hours=1)]
ZONES = ["UTC", "Asia/Ho_Chi_Minh", "Pacific/Kiritimati", "America/New_York", "Asia/Kathmandu"]


class Jumping:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Jumping:
    return Jumping()


@pytest.fixture
def workspace(start: Path, clock: Jumping) -> Iterator[Workspace]:
    opened = Workspace.open(start / "workspace", clock=clock)
    yield opened
    opened.close()


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The zone of the computer, which is not that of the visit."""
    with monkeypatch.context() as there:
        there.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def answer(workspace: Workspace, number: int, visit: int = 1) -> datetime:
    key, told = (f"q{number}", 0), Answer(f"answer {number}")
    return workspace.visits.save_answer(visit, key, told, Progress(number, 61)).at


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_draft_goes_on_after_a_jump(
    workspace: Workspace, clock: Jumping, jump: timedelta
) -> None:
    """Answers, numbers, the trail and the doctor do not care what time it is."""
    before = answer(workspace, 1)
    clock.now += jump
    after = answer(workspace, 2)
    assert abs(after - before - jump) < timedelta(minutes=1)
    assert workspace.visits.get(1).saved_at == after
    assert len(workspace.visits.open(1).answers) == 2
    second = workspace.visits.start(1, 1, date(2026, 11, 22), ZONE, "E-02")
    clock.now -= 2 * jump
    third = workspace.visits.start(1, 1, date(2026, 11, 22), ZONE, "E-03")
    assert [second.number, third.number] == ["V-0002", "V-0003"]
    workspace.visits.void(second.id, "nhầm")
    assert workspace.read(events.broken_links) == []
    assert doctor.examine(workspace).healthy


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_backups_go_on_after_a_jump(workspace: Workspace, clock: Jumping, jump: timedelta) -> None:
    answer(workspace, 1)
    workspace.backups.make()
    clock.now += jump
    answer(workspace, 2)
    assert (workspace.backups.make_if_due() is not None) == (jump != timedelta(0))
    clock.now -= jump
    answer(workspace, 3)
    clock.now += timedelta(minutes=31)
    assert workspace.backups.make_if_due() is not None


def answers_in(path: Path) -> int:
    from auditor.store import driver

    raw = driver.connect(path)
    try:
        return int(raw.execute("SELECT count(*) FROM answer").fetchone()[0])
    finally:
        raw.close()


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_the_newest_backup_by_content_is_offered(
    workspace: Workspace, clock: Jumping, jump: timedelta
) -> None:
    """One that was made while the clock was a year ahead would else be offered for a year."""
    clock.now += jump
    answer(workspace, 1)
    workspace.backups.make()
    clock.now -= jump
    clock.now += timedelta(hours=2)
    answer(workspace, 2)
    workspace.backups.make()
    newest = backup.newest_good(workspace.folder, clock())
    assert newest is not None
    assert answers_in(newest) == 2


@pytest.mark.parametrize("jump", [YEAR, -YEAR], ids=str)
def test_thinning_keeps_the_newest_whatever_the_clock_says(
    workspace: Workspace, clock: Jumping, jump: timedelta
) -> None:
    for number in range(1, 5):
        answer(workspace, number)
        workspace.backups.make()
        clock.now += timedelta(minutes=40)
    clock.now += jump
    answer(workspace, 5)
    made = workspace.backups.make()
    clock.now -= jump
    answer(workspace, 6)
    last = workspace.backups.make()
    assert made.exists()
    assert last.exists()
    counts = {answers_in(path) for path in workspace.backups.listed()}
    assert {4, 5, 6} <= counts, "the newest of each of its times"


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_stopwatch_keeps_its_start(workspace: Workspace, clock: Jumping, jump: timedelta) -> None:
    """The seconds are the window's matter: what is kept is the moment and that the clock moved."""
    started = clock()
    workspace.visits.drafts.stopwatch(1, ("q3", 0), started)
    clock.now += jump
    workspace.visits.drafts.stopwatch(1, ("q3", 0), started, moved=True)
    kept = workspace.store.raw.execute("SELECT started_at, clock_moved FROM stopwatch").fetchall()
    assert [(datetime.fromisoformat(at), moved) for at, moved in kept] == [(started, 1)]


def test_the_zone_of_the_computer_changes_nothing(
    workspace: Workspace, clock: Jumping, zone: str, tmp_path: Path
) -> None:
    """A visit is told in its own zone, and its report is the same to the byte."""
    workspace.checklists.add(DOOR, "door.yaml")
    visit = workspace.visits.start(1, 2, date(2026, 11, 22), ZONE, "E-01")
    begun = workspace.visits.open(visit.id).at
    assert f"{begun:%Y-%m-%dT%H:%M}" == "2026-11-22T14:00"
    workspace.visits.save_answer(visit.id, ("greeted", 0), Answer("yes"), Progress(1, 2))
    workspace.visits.submit(visit.id, "E-01")
    record = workspace.visits.get(visit.id)
    assert record.saved_at is not None
    assert record.saved_at.utcoffset() == timedelta(0)
    [report] = workspace.reports.write([visit.id], "vi", tmp_path)
    assert report.name == "1-2026-11-22-V-0002-vi.pdf"
    made = workspace.backups.make()
    assert backup.made_at(made) is not None
    assert workspace.backups.listed()[0] == made
    assert workspace.read(visit_queries.visit, visit.id).zone == ZONE
    assert os.environ["TZ"] == zone
