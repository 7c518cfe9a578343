"""A disk that is full or fails: a sentence, nothing lost, and trying again works."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path

import pytest

from auditor.domain.errors import NotSavedError, RefusedError
from auditor.services.workspace import Workspace
from tests.faults.acts import SESSIONS
from tests.faults.checklists import QUESTIONS
from tests.faults.conftest import Tally
from tests.faults.disk import records
from tests.faults.looking import Lost
from tests.faults.mounts import on_a_small_disk
from tests.faults.sessions import MANY, MakeWorld, Stage, dice

FEW = 2
#: How many steps are taken after the one that was refused.
BEHIND = 3
#: What a person may be told; anything else that is raised is a bug, and the worker says so.
SAID = {
    "disk_full", "disk_error", "read_only", "not_written", "not_all_written", "no_room", "bad_copy",
}  # fmt: skip
#: Commands of the shell look at the real clock; settings raise what their screen explains.
ALIKE = [name for name in SESSIONS if name not in ("shell", "settings")]


@pytest.mark.needs("gcc")
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=["disk full", "disk failing"])
@pytest.mark.parametrize("name", ALIKE)
def test_a_refused_write_is_told_and_trying_again_works(
    stage: Stage, room: Path, tally: Tally, name: str, number: int
) -> None:
    """At each operation of a session in turn: some that follow fail, then the disk works again."""
    last = stage.whole(name).operations[-1]
    count = min(last, MANY or FEW)
    for at in dice(name, number).sample(range(last), count):
        fail(stage, name, room, at, number)
    tally(cuts=count)


def fail(stage: Stage, name: str, room: Path, at: int, number: int) -> None:
    """The session up to some steps behind operation ``at``, which fails."""
    whole, start = stage.whole(name), stage.copy(name, room / "start")
    steps = min(whole.step_of(at) + BEHIND, whole.steps)
    told = stage.worker.order(
        session=name, world=start, log=room / "log", looks=room / "looks", steps=steps,
        fail_step=1, fail_at=at, fails=1 + at % 3, errno=number,
    )  # fmt: skip
    assert {code for _, code, _ in told["refused"]} <= SAID
    rows = [look["rows"] for look in json.loads((room / "looks").read_text())]
    assert rows == [look["rows"] for look in whole.looks[1 : steps + 1]], f"at operation {at}"
    whole.require(start, steps, twice=True)


@pytest.mark.needs("gcc")
def test_one_write_that_fails_while_a_workspace_is_made(
    stage: Stage, room: Path, tally: Tally
) -> None:
    """SQLite says nothing of a write that fails while it closes: the name went to an empty file."""
    whole = stage.whole("new workspace")
    moments = range(0, whole.operations[0], 1 if MANY else 24)
    for at in moments:
        start = stage.copy("new workspace", room / "start")
        told = stage.worker.order(
            session="new workspace", world=start, log=room / "log", steps=1,
            fail_step=1, fail_at=at, fails=1, errno=errno.EIO,
        )  # fmt: skip
        assert {code for _, code, _ in told["refused"]} <= SAID, f"at operation {at}"
        whole.require(start, 1)
    tally(cuts=len(moments))


@pytest.mark.needs("gcc")
@pytest.mark.parametrize("name", ALIKE)
def test_a_sync_that_fails_is_not_called_saved(
    stage: Stage, room: Path, tally: Tally, name: str
) -> None:
    """Every sync fails from some step on: that step is refused and never acknowledged."""
    whole = stage.whole(name)
    steps = range(1, whole.steps + 1, 1 if MANY else max(1, whole.steps // 3))
    for step in steps:
        start = stage.copy(name, room / "failing")
        told = stage.worker.order(
            session=name, world=start, log=room / "log", once=True, steps=step,
            fail_step=step, fails=10**6, errno=errno.EIO, syncs_only=1,
        )  # fmt: skip
        assert [(at, code) for at, code, _ in told["refused"]] in (
            [(step, "disk_error")], [(step, "not_all_written")],
        )  # fmt: skip
        assert not [r for r in records(room / "log") if (r.op, r.offset) == ("A", step)]
        whole.require(start, step - 1, twice=True)
    tally(cuts=len(steps))


@pytest.mark.needs("gcc")
def test_the_canary_is_not_saved(stage: Stage, room: Path) -> None:
    """Writes that fail and are tried no more are missing from what is found."""
    start = stage.copy("answers", room / "failing")
    told = stage.worker.order(
        session="answers", world=start, log=room / "log", once=True, steps=20,
        fail_step=7, fails=3, errno=errno.ENOSPC,
    )  # fmt: skip
    assert told["refused"]
    with pytest.raises(Lost):
        stage.whole("answers").require(start, 20)


@pytest.mark.needs("gcc")
@pytest.mark.parametrize("name", ["notes", "life", "export", "backups", "restore", "reports"])
@pytest.mark.parametrize("largest", [2_000, 40_000, 150_000])
def test_files_that_may_not_grow(stage: Stage, room: Path, name: str, largest: int) -> None:
    """`ulimit -f`, for the first step that is refused; then the limit is lifted."""
    whole, start = stage.whole(name), stage.copy(name, room / "limited")
    told = stage.worker.order(session=name, world=start, log=room / "log", largest_file=largest)
    assert {code for _, code, _ in told["refused"]} <= SAID
    whole.require(start, whole.steps, twice=True)


FILL = """
import json, sys
from pathlib import Path
from auditor.domain.errors import NotSavedError
from auditor.services.workspace import Workspace
from forms.answers import Answer
from forms.filling import Progress

folder, ballast = Path(sys.argv[1]), Path(sys.argv[1]).parent / "ballast"
workspace = Workspace.open(folder)
told, step = [], 0
while not told:
    step += 1
    key = (f"q{step % 60 + 1}", 0)
    try:
        answer = Answer(f"{step} " + "x" * (4000 + 500 * step))
        workspace.visits.save_answer(1, key, answer, Progress(1, 61))
    except NotSavedError as error:
        told = [error.code, workspace.visits.open(1).answers.get(key, Answer()) != answer]
ballast.unlink()
workspace.visits.save_answer(1, key, answer, Progress(1, 61))
kept = workspace.visits.open(1).answers
workspace.close()
print(json.dumps([*told, step, len(kept), kept[key] == answer]))
"""
COPY = """
import contextlib, json, sys
from pathlib import Path
from auditor.domain.errors import UserError
from auditor.services.workspace import Workspace

folder = Path(sys.argv[1])
workspace, told = Workspace.open(folder), []
before = workspace.backups.listed()
with contextlib.suppress(OSError), open(folder.parent / "more", "wb", buffering=0) as more:
    while True:
        more.write(bytes(512))
for work in (workspace.backups.make, workspace.backups.export,
             lambda: workspace.reports.write([2], "vi", folder / "pdf")):
    try:
        work()
    except UserError as error:
        told.append(error.code)
left = [p.name for p in folder.rglob("*") if ".part" in p.name or p.name.startswith(".report")]
same = workspace.backups.listed() == before and not list(folder.glob("pdf/*.pdf"))
workspace.close()
print(json.dumps([told, left, same]))
"""
REMOUNTED = """
import json, subprocess, sys
from pathlib import Path
from auditor.domain.errors import UserError
from auditor.services.workspace import Workspace
from forms.answers import Answer
from forms.filling import Progress

folder = Path(sys.argv[1])
workspace, told = Workspace.open(folder), []
def save(text):
    workspace.visits.save_answer(1, ("q1", 0), Answer(text), Progress(1, 61))
save("before")
workspace.close()
subprocess.run(["mount", "-o", "remount,ro", folder.parent], check=True)
try:
    Workspace.open(folder)
except UserError as error:
    told.append(error.code)
reader = Workspace.open(folder, write=False)
told.append(reader.visits.open(1).answers["q1", 0].value)
reader.close()
subprocess.run(["mount", "-o", "remount,rw", folder.parent], check=True)
workspace = Workspace.open(folder)
save("after")
told.append(workspace.visits.open(1).answers["q1", 0].value)
workspace.close()
print(json.dumps(told))
"""


@pytest.mark.needs("unshare", "mount")
def test_a_disk_that_is_really_full(world: MakeWorld, room: Path) -> None:
    """A file system of 3 MB, filled by answers until it refuses one."""
    told = on_a_small_disk(world("furnished"), room, "3m", "count=1000", "-c", FILL)
    code, kept_old, step, count, kept_new = told
    assert (code, kept_old, kept_new) == ("disk_full", True, True)
    assert isinstance(step, int)
    assert step > 20
    assert count == min(step, QUESTIONS)


@pytest.mark.needs("unshare", "mount")
def test_copies_on_a_full_disk_leave_nothing_half(world: MakeWorld, room: Path) -> None:
    """The rest of the disk is taken by something else."""
    told = on_a_small_disk(world("submitted"), room, "3m", "count=1", "-c", COPY)
    codes, left, same = told
    assert codes == ["disk_full", "disk_full", "not_all_written"]
    assert (left, same) == ([], True)


@pytest.mark.needs("unshare", "mount")
def test_a_disk_that_became_read_only(world: MakeWorld, room: Path) -> None:
    """As Linux does with a failing one: what is there can be read, and later be written again."""
    told = on_a_small_disk(world("furnished"), room, "3m", "count=1", "-c", REMOUNTED)
    assert told == ["read_only", "before", "after"]


def test_a_backup_that_cannot_be_written_leaves_all_as_it_was(start: Path, room: Path) -> None:
    workspace = Workspace.open(start / "workspace")
    old = workspace.backups.listed()
    target = room / "file"
    target.write_text("x")
    with pytest.raises((NotSavedError, RefusedError)):
        workspace.backups.export(target / "below" / "x.auditor-backup")
    with pytest.raises(RefusedError, match="already"):
        workspace.backups.export(target)
    assert target.read_text() == "x"
    assert workspace.backups.listed() == old
    shutil.rmtree(start / "workspace" / "backups")
    (start / "workspace" / "backups").write_text("no folder")
    with pytest.raises(NotSavedError):
        workspace.backups.make()
    workspace.close()
