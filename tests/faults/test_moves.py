"""A move of the workspace that was cut off: the same move again finishes, and leaves nothing."""

from __future__ import annotations

import errno
import shutil
import signal
from pathlib import Path

import pytest

from auditor.domain.errors import RefusedError
from auditor.services import doctor, move_mark, moving
from auditor.services.workspace import Workspace
from auditor.words import Words
from tests.faults.conftest import Tally
from tests.faults.sessions import MANY, Stage, dice, states

pytestmark = pytest.mark.needs("gcc")

#: The step of the session "move" that moves; those before it make what is moved.
STEP = 3
FEW = 8
WORDS = Words("vi")


def rows(folder: Path) -> list[tuple[object, ...]]:
    """The answers of the workspace, which must be whole."""
    workspace = Workspace.open(folder)
    try:
        assert doctor.examine(workspace).healthy
        opened = workspace.visits.open(1)
        return sorted(
            (*key, answer.value, answer.evidence) for key, answer in opened.answers.items()
        )
    finally:
        workspace.close()


def hidden(place: Path) -> list[str]:
    return [path.name for path in place.iterdir() if path.name.startswith(".")]


def again(world: Path) -> None:
    """The same move once more: what is in the old folder is in the new one, and nothing else."""
    old, new = world / "workspace", world / "out" / "new" / "place"
    moving.move(old, new, WORDS)
    assert moving.moved_to(old) == new
    assert rows(new) == rows(old)
    assert hidden(new.parent) == hidden(new) == hidden(old) == []


def test_a_killed_move_is_finished_by_the_next(stage: Stage, room: Path, tally: Tally) -> None:
    """At each write of it: before the copy, in the midst, between the names and the note."""
    whole = stage.whole("move")
    begin, end = whole.operations[STEP - 2] + 1, whole.operations[STEP - 1]
    last = range(end - FEW, end + 1)
    moments = (
        range(begin, end + 1) if MANY else [*dice("kill").sample(range(begin, end), FEW), *last]
    )
    seen = set()
    for at in moments:
        world = stage.copy("move", room / "killed")
        told = stage.worker.order(
            session="move", world=world, log=room / "log", steps=STEP, kill_at=at
        )
        assert told == {"killed": signal.SIGKILL}
        new = world / "out" / "new" / "place"
        left = new.parent.exists() and any(
            path.name.startswith(move_mark.FRESH) for path in new.parent.iterdir()
        )
        seen.add("there" if new.exists() else "on its way" if left else "not yet")
        again(world)
    assert {"there", "on its way"} <= seen, "the kills were all at one place"
    tally(cuts=len(moments))


def test_a_move_that_lost_power_is_finished_by_the_next(
    stage: Stage, room: Path, tally: Tally
) -> None:
    """The same disk in the same place: a copy names the folder that it is of."""
    told, count = stage.play("move", room / "told"), MANY or 3 * FEW
    for world, done in states(told, room, count, seed=7):
        if done == STEP - 1:
            shutil.rmtree(told.start)
            again(world.rename(told.start))
    tally(cuts=count)


def test_a_move_on_a_disk_that_failed_to_the_end_is_made_later(stage: Stage, room: Path) -> None:
    """Nothing could be removed either: what is left is known, and goes."""
    world = stage.copy("move", room / "failing")
    told = stage.worker.order(
        session="move", world=world, log=room / "log", steps=STEP, once=True,
        fail_step=STEP, fail_at=12, fails=10**6, errno=errno.EIO,
    )  # fmt: skip
    assert [step for step, _, _ in told["refused"]] == [STEP]
    again(world)


def test_the_canary_is_refused_or_leaves_it(
    stage: Stage, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its mark nobody knows whose the copy is: it stays, or stands in the way."""
    whole = stage.whole("move")
    end, lost = whole.operations[STEP - 1], 0
    monkeypatch.setattr(move_mark, "read", lambda place: None)
    for at in range(end - 60, end - 10, 12):
        world = stage.copy("move", room / "killed")
        stage.worker.order(session="move", world=world, log=room / "log", steps=STEP, kill_at=at)
        try:
            again(world)
        except (RefusedError, AssertionError):
            lost += 1
        shutil.rmtree(world)
    assert lost >= 3
