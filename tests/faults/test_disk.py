"""A disk that is full or fails: a sentence, nothing lost, and trying again works."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.domain.errors import NotSavedError, RefusedError, WorkspaceError
from auditor.services.workspace import Workspace, restore_workspace
from auditor.store import driver
from tests.faults.sessions import HERE, QUESTIONS, Worker


def values(folder: Path) -> set[object]:
    workspace = Workspace.open(folder)
    found = {answer.value for answer in workspace.visits.open(1).answers.values()}
    workspace.close()
    return found


@pytest.mark.needs("gcc")
@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EIO, "disk_error")]
)
def test_a_refused_write_is_told_and_trying_again_works(
    worker: Worker, start: Path, number: int, code: str
) -> None:
    told = worker.order(
        do="answers", steps=30, folder=start, log=start.parent / "log",
        fail_at=10, fails=3, errno=number,
    )  # fmt: skip
    assert told["done"] == 30
    refused = told["refused"]
    assert [step for step, _, _ in refused] == [10] * len(refused)
    assert {name for _, name, _ in refused} == {code}
    assert all(str(start) in sentence for _, _, sentence in refused)
    assert values(start) == {f"trả lời {step}" for step in range(1, 31)}


@pytest.mark.needs("gcc")
def test_a_sync_that_fails_is_not_called_saved(worker: Worker, start: Path) -> None:
    told = worker.order(
        do="answers", steps=12, folder=start, log=start.parent / "log",
        fail_at=5, fails=2, errno=errno.EIO, syncs_only=1,
    )  # fmt: skip
    assert {(step, name) for step, name, _ in told["refused"]} == {(5, "disk_error")}
    assert values(start) == {f"trả lời {step}" for step in range(1, 13)}


@pytest.mark.needs("gcc")
def test_a_photo_on_a_full_disk_leaves_nothing_half(worker: Worker, start: Path) -> None:
    told = worker.order(
        do="photos", steps=4, folder=start, log=start.parent / "log",
        fail_at=3, fails=1, errno=errno.ENOSPC,
    )  # fmt: skip
    assert [(step, name) for step, name, _ in told["refused"]] == [(3, "disk_full")]
    workspace = Workspace.open(start)
    opened = workspace.visits.open(1)
    assert len(opened.answers["shown", 0].evidence) == len(opened.evidence) == 4
    assert not workspace.evidence.files.orphans(workspace.evidence.known())
    assert not list(start.rglob("*.part"))
    workspace.close()


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


def _own_mounts() -> list[str]:
    """How this machine lets a process mount for itself alone; a container may forbid it: then this
    test is skipped aloud, and in CI it fails."""
    for how in (["unshare", "-Urm"], ["unshare", "-m"]):
        if not subprocess.run(
            [*how, "mount", "-t", "tmpfs", "x", "/mnt"], stderr=subprocess.DEVNULL
        ).returncode:
            return how
    refuse = pytest.fail if os.environ.get("CI") else pytest.skip
    return refuse("this machine lets no process mount for itself")


@pytest.mark.needs("unshare", "mount")
def test_a_disk_that_is_really_full(start: Path, tmp_path: Path) -> None:
    """A file system of 3 MB, filled by answers until it refuses one."""
    room = tmp_path / "small"
    room.mkdir()
    script = (
        f"mount -t tmpfs -o size=3m tmpfs {room} && cp -r {start} {room}/workspace && "
        f"dd if=/dev/zero of={room}/ballast bs=1M count=1 status=none && "
        f"{sys.executable} -c '{FILL}' {room}/workspace"
    )
    found = subprocess.run(
        [*_own_mounts(), "sh", "-c", script], capture_output=True, text=True, cwd=HERE.parents[1]
    )
    code, kept_old, step, count, kept_new = json.loads(found.stdout or found.stderr)
    assert (code, kept_old, kept_new) == ("disk_full", True, True)
    assert step > 20
    assert count == min(step, QUESTIONS)


def test_a_database_of_garbage_is_kept_aside_and_the_backup_brought_back(start: Path) -> None:
    database = start / driver.DATABASE
    database.write_bytes(os.urandom(50_000))
    with pytest.raises(WorkspaceError) as caught:
        Workspace.open(start)
    backup = caught.value.values["backup"]
    assert isinstance(backup, Path)
    garbage = database.read_bytes()
    aside = restore_workspace(backup, start)
    assert aside is not None
    assert (aside / driver.DATABASE).read_bytes() == garbage
    workspace = Workspace.open(start)
    assert workspace.visits.open(1).record.number == "V-0001"
    workspace.close()


def test_a_backup_that_cannot_be_written_leaves_all_as_it_was(start: Path, tmp_path: Path) -> None:
    workspace = Workspace.open(start)
    old = workspace.backups.listed()
    target = tmp_path / "file"
    target.write_text("x")
    with pytest.raises((NotSavedError, RefusedError)):
        workspace.backups.export(target / "below" / "x.auditor-backup")
    with pytest.raises(RefusedError, match="already"):
        workspace.backups.export(target)
    assert target.read_text() == "x"
    assert workspace.backups.listed() == old
    shutil.rmtree(start / "backups")
    (start / "backups").write_text("no folder")
    with pytest.raises(NotSavedError):
        workspace.backups.make()
    workspace.close()
