"""The opening sequence on real files: what is wrong is told, and nothing is overwritten."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from auditor.domain.errors import WorkspaceError
from auditor.store import backup, check, driver, opening, restoring
from auditor.store.lock import NAME as LOCK_NAME
from auditor.store.lock import Lock
from auditor.store.opening import Opened
from auditor.store.tables import VISIT
from auditor.store.units import Store, utc_now
from tests.store.conftest import Clock

ROOT = Path(__file__).resolve().parents[2]


def refusal(folder: Path, **options: bool) -> WorkspaceError:
    with pytest.raises(WorkspaceError) as caught:
        opening.open_store(folder, **options).close()
    return caught.value


def database(folder: Path) -> Path:
    return folder / driver.DATABASE


@pytest.fixture
def closed(folder: Path, opened: Opened, store: Store) -> Path:
    """A workspace with one draft and one good backup, closed."""
    backup.make(store.raw, folder, store.clock())
    opened.close()
    return folder


def test_a_new_workspace_is_made_whole(folder: Path) -> None:
    opening.open_store(folder).close()
    assert check.header(database(folder)) == check.Header(check.Verdict.GOOD, driver.SCHEMA)
    assert not list(folder.glob(".*")), "an unfinished file was left"


def test_what_was_written_is_there_again(closed: Path) -> None:
    again = opening.open_store(closed)
    assert again.store.read(lambda c: c.execute(select(func.count()).select_from(VISIT)).scalar())
    again.close()


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("empty", lambda content: b""),
        ("garbage", lambda content: os.urandom(len(content))),
        ("text", lambda content: b"<html>404</html>" * 200),
        ("short", lambda content: content[:60]),
        ("truncated", lambda content: content[: len(content) // 2]),
        ("one page wiped", lambda content: content[:4096] + b"\xff" * 4096 + content[8192:]),
    ],
)
def test_a_damaged_database_is_told_and_left_as_it_is(
    closed: Path, name: str, spoil: Callable[[bytes], bytes]
) -> None:
    content = spoil(database(closed).read_bytes())
    database(closed).write_bytes(content)
    error = refusal(closed)
    assert error.code == "damaged"
    assert error.values["backup"] == backup.listed(closed)[0]
    assert database(closed).read_bytes() == content
    for language in ("en", "vi"):
        assert str(backup.listed(closed)[0]) in error.text(language)


def test_the_newest_good_backup_is_offered(closed: Path) -> None:
    good = backup.listed(closed)[0]
    later = good.with_name("2999-01-01T000000Z.db")
    later.write_bytes(good.read_bytes()[:9000])
    database(closed).write_bytes(b"")
    assert refusal(closed).values["backup"] == good


def test_without_a_backup_none_is_offered(closed: Path) -> None:
    backup.listed(closed)[0].unlink()
    database(closed).write_bytes(b"")
    error = refusal(closed)
    assert (error.code, error.values["backup"]) == ("damaged", None)
    assert "None" not in error.text("vi")


def test_the_offered_backup_brings_the_visit_back(closed: Path) -> None:
    database(closed).write_bytes(b"garbage")
    offered = refusal(closed).values["backup"]
    assert isinstance(offered, Path)
    from auditor.domain.work import Cancel, silent

    aside = restoring.restore(offered, closed, utc_now(), silent, Cancel())
    assert aside is not None
    assert (aside / driver.DATABASE).read_bytes() == b"garbage"
    again = opening.open_store(closed)
    assert again.store.read(lambda c: c.execute(select(VISIT.c.number)).scalars().all()) == [
        "V-0001"
    ]
    again.close()


def test_a_workspace_can_begin_anew_with_the_damage_kept(closed: Path) -> None:
    database(closed).write_bytes(b"garbage")
    aside = restoring.start_empty(closed, utc_now())
    assert aside is not None
    assert (aside / driver.DATABASE).read_bytes() == b"garbage"
    opening.open_store(closed).close()


def test_a_lost_database_is_not_replaced_by_an_empty_one(closed: Path) -> None:
    database(closed).unlink()
    error = refusal(closed)
    assert (error.code, error.values["backup"]) == (
        "missing_database",
        backup.listed(closed)[0],
    )
    assert not database(closed).exists()


def test_the_database_of_another_program_is_not_touched(folder: Path) -> None:
    folder.mkdir()
    other = driver.connect(database(folder))
    other.execute("CREATE TABLE theirs (id INTEGER)")
    other.close()
    before = database(folder).read_bytes()
    assert refusal(folder).code == "foreign"
    assert database(folder).read_bytes() == before


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_workspace_is_refused_unchanged(closed: Path, write: bool) -> None:
    raw = driver.connect(database(closed))
    raw.execute(f"PRAGMA user_version={driver.SCHEMA + 1}")
    raw.close()
    before = database(closed).read_bytes()
    assert refusal(closed, write=write).code == "newer"
    assert database(closed).read_bytes() == before


def test_a_reader_does_not_make_a_workspace(folder: Path) -> None:
    assert refusal(folder, write=False).code == "no_workspace"
    folder.mkdir()
    assert refusal(folder, write=False).code == "no_workspace"
    assert not database(folder).exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert refusal(tmp_path / "file").code == "not_a_folder"
    assert refusal(tmp_path / "file" / "below").code == "not_a_folder"


def test_only_one_may_write(opened: Opened, folder: Path) -> None:
    error = refusal(folder)
    assert (error.code, error.values["pid"]) == ("in_use", os.getpid())
    opened.close()
    opening.open_store(folder).close()


def test_a_second_process_may_read_but_not_write(store: Store, folder: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from auditor.domain.errors import WorkspaceError\n"
        "from auditor.store import opening\nfrom auditor.store.queries import visits\n"
        "try:\n    opening.open_store(Path(sys.argv[1]))\n"
        "except WorkspaceError as error:\n    print(error.code)\n"
        "reader = opening.open_store(Path(sys.argv[1]), write=False)\n"
        "print(reader.store.read(visits.visits)[0].number)\n"
        "try:\n    reader.store.unit().__enter__()\n"
        "except WorkspaceError as error:\n    print(error.code)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, text=True
    )
    assert found.stdout.split() == ["in_use", "V-0001", "in_use"], found.stderr


def test_the_lock_of_a_killed_process_is_free(folder: Path) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom auditor.store import opening\n"
        "opening.open_store(Path(sys.argv[1]))\nos.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT)
    assert (folder / LOCK_NAME).exists()
    opening.open_store(folder).close()


@pytest.mark.needs("setpriv")
def test_a_folder_that_may_not_be_written_is_told(closed: Path) -> None:
    """Without the right of root to ignore permission bits."""
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from auditor.domain.errors import WorkspaceError\nfrom auditor.store import opening\n"
        "for folder in sys.argv[1:]:\n"
        "    try:\n        opening.open_store(Path(folder))\n"
        "    except WorkspaceError as error:\n        print(error.code)\n"
    )
    plain = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    asked = [sys.executable, "-c", code, str(closed), str(closed / "new")]
    closed.chmod(0o555)
    found = subprocess.run(
        plain + asked if os.getuid() == 0 else asked, cwd=ROOT, capture_output=True, text=True
    )
    closed.chmod(0o755)
    assert found.stdout.split() == ["read_only", "read_only"], found.stderr


def test_old_schema_is_brought_up_to_date_after_a_backup(folder: Path) -> None:
    folder.mkdir()
    raw = driver.connect(database(folder))
    raw.execute(f"PRAGMA application_id={driver.APPLICATION_ID}")
    raw.execute("VACUUM")
    raw.close()
    assert refusal(folder, write=False).code == "older"
    opened = opening.open_store(folder)
    assert driver.pragma(opened.store.raw, "user_version") == driver.SCHEMA
    opened.close()
    assert [check.header(path).schema for path in backup.listed(folder)] == [0]


def test_what_a_crash_left_unfinished_is_swept(closed: Path) -> None:
    left = closed / "evidence" / "ab"
    left.mkdir(parents=True)
    part = left / ".abcd.jpg.0011aabb.part"
    part.write_bytes(b"half")
    opening.open_store(closed).close()
    assert not part.exists()


def test_a_big_database_is_checked_once_a_day_and_after_a_crash(
    closed: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[int] = []
    monkeypatch.setattr(opening, "SMALL", 0)
    monkeypatch.setattr(check, "quick_faults", lambda raw: checked.append(1) or ())

    def checks_when_opened() -> bool:
        checked.clear()
        opening.open_store(closed, clock=clock).close()
        return bool(checked)

    (closed / opening.CHECKED).unlink()
    assert checks_when_opened()
    assert not checks_when_opened()
    (closed / f"{driver.DATABASE}-wal").write_bytes(b"left by a crash")
    assert checks_when_opened()
    clock.now += timedelta(hours=25)
    assert checks_when_opened()
    clock.now -= timedelta(days=365)
    assert checks_when_opened(), "a clock that was set back"


def test_a_full_disk_takes_the_name_of_the_lock_only(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        opened = opening.open_store(closed)
    assert refusal(closed).code == "in_use"
    opened.close()
    opening.open_store(closed).close()


def test_a_folder_that_cannot_be_made_ready_is_told(closed: Path) -> None:
    (closed / "prints").rmdir()
    (closed / "prints").write_bytes(b"")
    assert isinstance(refusal(closed), WorkspaceError)
    (closed / "prints").unlink()
    opening.open_store(closed).close()


def test_a_journal_without_its_database_is_not_given_to_a_new_one(folder: Path) -> None:
    """SQLite would play the commits of the lost database into the empty one."""
    folder.mkdir()
    journal = folder / f"{driver.DATABASE}-wal"
    journal.write_bytes(b"commits")
    assert refusal(folder).code == "missing_database"
    assert journal.read_bytes() == b"commits"
    assert not database(folder).exists()


def test_what_a_crash_left_of_a_restore_is_removed(closed: Path) -> None:
    left = closed / ".restore-ab12" / "evidence"
    left.mkdir(parents=True)
    opening.open_store(closed, write=False).close()
    assert left.exists(), "somebody may be at it"
    opening.open_store(closed).close()
    assert not left.parent.exists()


@pytest.mark.needs("setpriv")
def test_a_database_that_may_not_be_read_is_told(closed: Path) -> None:
    code = (
        "import sys\nfrom datetime import date\nfrom pathlib import Path\n"
        "from auditor.domain.errors import WorkspaceError\n"
        "from auditor.domain.my_visits import Wanted\n"
        "from auditor.store import opening, quick\n"
        "assert quick.overview(Path(sys.argv[1]), Wanted('', date.today())) is None\n"
        "try:\n    opening.open_store(Path(sys.argv[1]))\n"
        "except WorkspaceError as error:\n    print(error.code)\n"
    )
    plain = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    asked = [sys.executable, "-c", code, str(closed)]
    database(closed).chmod(0)
    found = subprocess.run(
        plain + asked if os.getuid() == 0 else asked, cwd=ROOT, capture_output=True, text=True
    )
    database(closed).chmod(0o644)
    assert found.stdout.split() == ["read_only"], found.stderr


# who has it open, and where nothing keeps a second one out


def test_who_has_it_open_is_named_with_its_computer(closed: Path) -> None:
    held = Lock(closed)
    for text, code, word in (
        ("4711\nkho-02\nlan\n", "kho-02", "lan"),
        (f"4711\n{socket.gethostname()}\nlan\n", "lan", "of this computer"),
        ("4711\n", "another window", "Go on there"),
        ("không phải số", "another window", "Go on there"),
    ):
        (closed / LOCK_NAME).write_text(text, encoding="utf-8")
        error = refusal(closed)
        assert error.code == "in_use"
        assert code in str(error)
        assert word in str(error)
    held.release()
    assert (closed / LOCK_NAME).read_bytes() == b"", "a clean end leaves no name"
    opening.open_store(closed).close()


def test_a_journal_of_garbage_is_kept_aside_and_told(closed: Path) -> None:
    """SQLite throws it away without a word, and the answers in it."""
    journal = closed / f"{driver.DATABASE}-wal"
    garbage = os.urandom(9000)
    journal.write_bytes(garbage)
    opened = opening.open_store(closed)
    (note,) = opened.notes
    assert note.code == "journal_garbage"
    assert (note.folder / journal.name).read_bytes() == garbage
    opened.close()
    again = opening.open_store(closed)
    assert again.notes == ()
    again.close()


@pytest.mark.parametrize("lost", [True, False])
def test_a_journal_that_is_gone_after_a_crash_is_told(folder: Path, lost: bool) -> None:
    if driver.JOURNAL != "WAL":
        pytest.skip("this SQLite has no journal that outlives a commit")
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom auditor.store import opening\n"
        "opened = opening.open_store(Path(sys.argv[1]))\n"
        "opened.store.raw.execute(\"UPDATE meta SET value = '7' WHERE key = 'visits'\")\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=False)
    if lost:
        (folder / f"{driver.DATABASE}-wal").unlink()
    opened = opening.open_store(folder)
    assert [note.code for note in opened.notes] == (["journal_gone"] if lost else [])
    opened.close()


def test_looking_at_an_open_database_keeps_its_locks(opened: Opened, folder: Path) -> None:
    """Closing any other descriptor of the file would drop what SQLite holds on it."""
    if not Path("/proc/locks").exists():
        pytest.skip("needs Linux")
    inode = f":{database(folder).stat().st_ino} "

    def held() -> int:
        locks = Path("/proc/locks").read_text().splitlines()
        return sum(inode in line and f" {os.getpid()} " in line for line in locks)

    opened.store.raw.execute("SELECT * FROM meta").fetchall()
    before = held()
    assert check.header(database(folder)).verdict is check.Verdict.GOOD
    opening.open_store(folder, write=False).close()
    assert held() == before > 0
