"""Backups by themselves and by hand: due after a crash, off the lane, told when they fail."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor.domain.errors import NotSavedError, WorkspaceError
from auditor.domain.records import VisitRecord
from auditor.domain.work import Cancelled
from auditor.services.backups import Backups
from auditor.services.workspace import Workspace
from auditor.store import backup, check, driver, files, opening, portable
from forms.answers import Answer
from forms.filling import Progress

ROOT = Path(__file__).resolve().parents[2]


def test_a_change_before_a_crash_is_still_due(
    workspace: Workspace, folder: Path, clock: Any
) -> None:
    """Killed after a save: the next start knows that its newest backup lacks it."""
    workspace.backups.make()
    workspace.close()
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from auditor.services.workspace import Workspace\n"
        "workspace = Workspace.open(Path(sys.argv[1]))\nworkspace.places.add_client('B')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=False)
    later = Workspace.open(folder, clock=_later(clock, 1))
    assert later.backups.due()
    later.backups.make()
    later.close()
    again = Workspace.open(folder, clock=_later(clock, 2))
    assert not again.backups.due(), "closing after a backup is no change"
    again.close()


def _later(clock: Any, hours: int) -> Any:
    return lambda: clock.now + timedelta(hours=hours)


def test_a_clean_end_after_a_change_is_due_at_the_next_start(
    workspace: Workspace, folder: Path, clock: Any
) -> None:
    workspace.backups.make()
    workspace.places.add_client("B")
    workspace.close()
    again = Workspace.open(folder, clock=_later(clock, 1))
    assert again.backups.due()
    again.close()


def test_who_only_reads_is_never_due(workspace: Workspace, folder: Path) -> None:
    reader = Workspace.open(folder, write=False)
    assert not reader.backups.due()
    with pytest.raises(WorkspaceError):
        reader.backups.make()
    reader.close()


def test_saves_go_on_while_a_backup_is_made(
    workspace: Workspace, draft: VisitRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held inside its check, on another thread, it stops no save; and what was saved meanwhile
    makes the next one due."""
    held, go_on = threading.Event(), threading.Event()
    judge = check.is_good_copy

    def slow(path: Path) -> bool:
        held.set()
        assert go_on.wait(20)
        return judge(path)

    monkeypatch.setattr(check, "is_good_copy", slow)
    maker = threading.Thread(target=workspace.backups.make)
    maker.start()
    assert held.wait(20)
    answer = Answer("yes")
    workspace.visits.save_answer(draft.id, ("greeted", 0), answer, Progress(1, 6))
    go_on.set()
    maker.join()
    assert workspace.visits.open(draft.id).answers["greeted", 0] == answer
    assert workspace.backups._changed


def test_closing_ends_the_backup_that_runs(workspace: Workspace) -> None:
    """It leaves no file, and nothing touches the database afterwards."""
    outcome: list[BaseException | None] = []
    raw = workspace.store.raw
    raw.execute("CREATE TABLE ballast (x)")
    raw.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) "
        "INSERT INTO ballast SELECT hex(randomblob(500)) FROM n"
    )

    def make() -> None:
        try:
            workspace.backups.make()
            outcome.append(None)
        except Cancelled as error:
            outcome.append(error)

    maker = threading.Thread(target=make)
    maker.start()
    place = workspace.folder / "backups"
    while not list(place.glob(".*.part*")) and maker.is_alive():
        time.sleep(0)
    workspace.close()
    maker.join(20)
    assert isinstance(outcome[0], Cancelled)
    assert not list(place.iterdir())


def test_closing_waits_for_a_copy_of_everything_that_reads_the_database(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, late = threading.Event(), threading.Event()
    copy, read = backup.copy_database, list[bool]()

    def slow(raw: driver.Connection, final: Path) -> None:
        inside.set()
        late.wait(0.3)
        copy(raw, final)
        read.append(True)

    monkeypatch.setattr(backup, "copy_database", slow)
    (tmp_path / "usb").mkdir()
    maker = threading.Thread(target=_quietly, args=(workspace.backups, tmp_path / "usb"))
    maker.start()
    assert inside.wait(20)
    workspace.backups.stop()
    finished = len(read)
    maker.join(20)
    assert len(read) == finished, "it went on reading"
    with pytest.raises(Cancelled):
        workspace.backups.export(tmp_path / "usb")


def _quietly(backups: Backups, to: Path) -> None:
    with suppress(Cancelled):
        backups.export(to)


def test_opening_leaves_the_backup_that_another_process_writes(folder: Path) -> None:
    opening.open_store(folder).close()
    at_work = files.part_name(folder / "backups" / "x.auditor-backup")
    at_work.write_bytes(b"half")
    left = files.part_name(folder / "backups" / "y.db")
    left.write_bytes(b"half")
    os.utime(left, (time.time() - 2 * opening.UNTOUCHED,) * 2)
    opening.open_store(folder).close()
    assert at_work.exists()
    assert not left.exists()


def test_a_copy_that_the_disk_did_not_keep_is_no_copy(
    workspace: Workspace, draft: VisitRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.visits.attach(draft.id, ("queue", 0), b"%PDF-1.7 " + b"x" * 5000, "a.pdf", "file")
    sync = files.sync_file

    def worn_out(path: Path) -> None:
        """A disk that changes a byte behind the program's back."""
        content = bytearray(path.read_bytes())
        at = content.find(b"xxxxxx")
        if at > 0 and path.name.endswith(".part"):
            content[at + 100] ^= 1
            path.write_bytes(content)
        sync(path)

    monkeypatch.setattr(files, "sync_file", worn_out)
    target = tmp_path / "usb"
    target.mkdir()
    with pytest.raises(WorkspaceError) as caught:
        workspace.backups.export(target)
    assert caught.value.code == "bad_copy"
    assert list(target.iterdir()) == []


def test_a_reader_of_a_folder_that_may_not_be_written_can_copy_it(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    workspace.close()
    code = (
        "import sys\nfrom pathlib import Path\nfrom auditor.services.workspace import Workspace\n"
        "workspace = Workspace.open_as_can(Path(sys.argv[1]))\n"
        "print(workspace.refusal.code)\n"
        "print(workspace.backups.export(Path(sys.argv[2])).name)\n"
        "try:\n    workspace.places.add_client('B')\n"
        "except Exception as error:\n    print(error.code, str(error).startswith('Read only'))\n"
    )
    out = tmp_path / "usb"
    out.mkdir()
    before = sorted(path.name for path in folder.iterdir())
    found = _without_rights(folder, code, str(folder), str(out))
    lines = found.stdout.splitlines()
    assert lines[0] == "read_only", found.stderr
    assert portable.is_listed_well(out / lines[1])
    assert lines[2] == "read_only True"
    assert sorted(path.name for path in folder.iterdir()) == before


def _without_rights(folder: Path, code: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` while ``folder`` may not be written, without root's right to do so anyway."""
    if shutil.which("setpriv") is None:
        pytest.skip("needs setpriv: see README, Tests")
    plain = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    asked = [sys.executable, "-c", code, *args]
    places = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in places:
        path.chmod(0o555)
    try:
        return subprocess.run(
            plain + asked if os.getuid() == 0 else asked,
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        for path in places:
            path.chmod(0o755)


def test_the_last_commits_of_a_crash_are_read_where_nothing_may_be_written(folder: Path) -> None:
    """They stand in the journal alone, which cannot be played in."""
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from auditor.services.workspace import Workspace\n"
        "workspace = Workspace.open(Path(sys.argv[1]))\nworkspace.places.add_client('Last')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=False)
    (folder / f"{driver.DATABASE}-shm").unlink(missing_ok=True)
    read = (
        "import sys\nfrom pathlib import Path\nfrom auditor.services.workspace import Workspace\n"
        "from auditor.store.queries import visits\n"
        "workspace = Workspace.open_as_can(Path(sys.argv[1]))\n"
        "print([client.name for client in workspace.read(visits.clients)])\nworkspace.close()\n"
    )
    found = _without_rights(folder, read, str(folder))
    assert found.stdout.strip() == "['Last']", found.stderr


def test_a_full_disk_opens_to_read_and_says_so(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.close()
    (folder / "workspace.lock").unlink()

    def full(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.ENOSPC, "full")
        return real(path, flags, *rest, **named)

    real = os.open
    monkeypatch.setattr(os, "open", full)
    opened = Workspace.open_as_can(folder)
    assert not opened.writable
    with pytest.raises(WorkspaceError, match="is full") as caught:
        opened.places.add_client("B")
    assert caught.value.code == "disk_full"
    opened.close()


def test_a_disk_without_locks_is_told_apart_from_a_workspace_in_use(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auditor.store import lock

    with pytest.raises(WorkspaceError) as caught:
        Workspace.open_as_can(folder)
    assert caught.value.code == "in_use"
    workspace.close()

    def refuse(descriptor: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(lock, "_take", refuse)
    opened = Workspace.open_as_can(folder)
    assert opened.refusal is not None
    assert opened.refusal.code == "no_lock"
    opened.close()


def test_a_failing_backup_is_tried_again_but_not_every_minute(
    workspace: Workspace, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as disk:
        disk.setattr(backup, "make", full)
        with pytest.raises(NotSavedError):
            workspace.backups.make_if_due()
    clock.now += timedelta(minutes=2)
    assert workspace.backups.make_if_due() is None
    clock.now += timedelta(minutes=4)
    assert workspace.backups.make_if_due() is not None


READ_FULL = """
import sys
from pathlib import Path
from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries
workspace = Workspace.open_as_can(Path(sys.argv[1]))
print(workspace.refusal.code, [client.name for client in workspace.read(visit_queries.clients)])
workspace.close()
"""


@pytest.mark.needs("unshare", "mount")
def test_a_disk_that_is_really_full_is_read(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    """No room for the index that SQLite wants beside the database."""
    workspace.close()
    room = tmp_path / "small"
    room.mkdir()
    script = (
        f"mount -t tmpfs -o size=2m tmpfs {room} && cp -r {folder} {room}/workspace && "
        f"dd if=/dev/zero of={room}/ballast bs=4k status=none; "
        f"{sys.executable} -c '{READ_FULL}' {room}/workspace"
    )
    for how in (["unshare", "-Urm"], ["unshare", "-m"]):
        asked = [*how, "mount", "-t", "tmpfs", "x", "/mnt"]
        if not subprocess.run(asked, stderr=subprocess.DEVNULL, check=False).returncode:
            break
    else:
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse("this machine lets no process mount for itself")
    found = subprocess.run(
        [*how, "sh", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.stdout.strip() == "disk_full ['Sông Hồng']", found.stderr
