"""Moving a workspace: whole or not at all, and the old one stays with a note."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from auditor.domain.errors import NotSavedError, RefusedError, WorkspaceError
from auditor.domain.records import VisitRecord
from auditor.domain.work import Cancel, Cancelled
from auditor.services import doctor, move_mark, moving
from auditor.services.standing import note_seen, standing
from auditor.services.workspace import Workspace
from auditor.store import driver, files, lock
from auditor.ui.commands.care import home_in
from auditor.words import Words
from forms.answers import Answer
from forms.filling import Progress

WORDS = Words("vi")


@pytest.fixture
def filled(workspace: Workspace, draft: VisitRecord, jpeg: bytes) -> Path:
    """A closed workspace with a photo and a backup."""
    record = workspace.visits.attach(draft.id, ("queue", 0), jpeg, "a.jpg")
    answer = Answer(evidence=(record.sha256,))
    workspace.visits.save_answer(draft.id, ("queue", 0), answer, Progress(1, 6))
    workspace.backups.make()
    workspace.close()
    return workspace.folder


def _inside(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (lock.NAME, moving.NOTE)
    }


def test_all_of_it_is_there_and_the_old_folder_says_where(filled: Path, tmp_path: Path) -> None:
    before, new = _inside(filled), tmp_path / "Dữ liệu" / "mới"
    assert moving.move(filled, new, WORDS) == new
    assert _inside(new) == before == _inside(filled)
    workspace = Workspace.open(new)
    assert doctor.examine(workspace).healthy
    assert len(workspace.backups.listed()) == 1
    assert standing(workspace).warnings == ()
    workspace.close()
    assert moving.moved_to(filled) == new
    assert str(new) in (filled / moving.NOTE).read_text(encoding="utf-8")
    old = Workspace.open(filled)
    assert [(each.code, each.folder) for each in standing(old).warnings] == [("moved", new)]
    old.close()
    shutil.rmtree(new)
    assert moving.moved_to(filled) is None, "what is gone is no place to go"


@pytest.mark.parametrize("how", ["not_empty", "inside", "file"])
def test_nothing_is_overwritten(filled: Path, tmp_path: Path, how: str) -> None:
    target = {
        "not_empty": tmp_path / "full",
        "inside": filled / "below",
        "file": tmp_path / "file",
    }[how]
    if how == "not_empty":
        target.mkdir()
        (target / "mine").write_text("x")
    if how == "file":
        target.write_text("x")
    before = _inside(filled)
    with pytest.raises(RefusedError) as caught:
        moving.move(filled, target, WORDS)
    assert caught.value.code in ("not_empty", "inside")
    assert _inside(filled) == before
    assert not (filled / moving.NOTE).exists()


def test_a_workspace_that_is_open_is_not_moved(filled: Path, tmp_path: Path) -> None:
    workspace = Workspace.open(filled)
    with pytest.raises(WorkspaceError) as caught:
        moving.move(filled, tmp_path / "new", WORDS)
    assert caught.value.code == "in_use"
    workspace.close()
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("how", ["cancel", "full", "worn out", "last sync"])
def test_what_does_not_arrive_whole_does_not_arrive(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    before, cancel, count = _inside(filled), Cancel(), 0
    sync = files.sync_file

    def fail(path: Path) -> None:
        nonlocal count
        count += 1
        if how == "cancel":
            cancel.set()
        elif how == "full" and count == 3:
            raise OSError(errno.ENOSPC, "full")
        elif how == "worn out" and path.suffix == ".jpg":
            path.write_bytes(path.read_bytes()[:-1] + b"?")
        sync(path)

    def fail_at_last(folder: Path) -> None:
        if folder == tmp_path / "at" and (folder / "new").exists():
            raise OSError(errno.EIO, "failing")

    monkeypatch.setattr(files, "sync_file", fail)
    if how == "last sync":
        monkeypatch.setattr(files, "sync_folder", fail_at_last)
    with pytest.raises((Cancelled, NotSavedError, WorkspaceError)):
        moving.move(filled, tmp_path / "at" / "new", WORDS, cancel=cancel)
    assert list((tmp_path / "at").iterdir()) == []
    assert _inside(filled) == before
    Workspace.open(filled).close()


def test_too_little_room_is_told_before(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0))  # type: ignore[attr-defined]
    with pytest.raises(NotSavedError, match="1 MB"):
        moving.move(filled, tmp_path / "new", WORDS)
    assert not (tmp_path / "new").exists()


def test_a_warning_is_shown_until_it_is_closed_and_again_elsewhere(
    filled: Path, tmp_path: Path
) -> None:
    (filled / ".stfolder").mkdir()
    workspace = Workspace.open(filled)
    assert [each.code for each in standing(workspace).warnings] == ["synced"]
    note_seen(workspace, standing(workspace).warnings[0])
    assert standing(workspace).warnings == ()
    assert "synced" in [each.code for each in doctor.examine(workspace).findings]
    workspace.close()
    elsewhere = tmp_path / "Dropbox" / "new"
    moving.move(filled, elsewhere, WORDS)
    again = Workspace.open(elsewhere)
    assert [each.code for each in standing(again).warnings] == ["synced"]
    again.close()


def test_a_whole_disk_is_no_folder_to_move_into(filled: Path, tmp_path: Path) -> None:
    """It has no name of its own and cannot be put aside for the copy."""
    with pytest.raises(RefusedError) as refused:
        moving.move(filled, Path("/"), WORDS)
    assert refused.value.code == "whole_disk"
    assert refused.value.text("vi") != refused.value.text("en")


def test_a_folder_that_cannot_be_looked_at_is_told(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(NotSavedError):
        moving.move(filled, tmp_path / ("a" * 300), WORDS)


# after a move that was cut off


def cut_off(monkeypatch: pytest.MonkeyPatch, old: Path, new: Path, at: str) -> None:
    """A move of ``old`` that ends where ``at`` is called, and leaves all as it is then."""

    class Killed(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(moving.move_mark, "remove", lambda place: None)
        patch.setattr(moving.move_mark, "sweep", lambda old: None)
        patch.setattr(moving, at, die)
        with pytest.raises(Killed):
            moving.move(old, new, WORDS)


def hidden(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir() if path.name.startswith("."))


def require_moved(old: Path, new: Path) -> None:
    assert hidden(new.parent) == hidden(new) == hidden(old) == []
    assert _inside(new) == _inside(old)
    assert moving.moved_to(old) == new
    workspace = Workspace.open(new)
    assert doctor.examine(workspace).healthy
    workspace.close()


def work(folder: Path, words: str) -> None:
    workspace = Workspace.open(folder)
    workspace.visits.save_answer(1, ("said", 0), Answer(words), Progress(2, 6))
    workspace.close()


@pytest.mark.parametrize("at", ["_copy", "_put", "_leave_note"])
def test_the_same_move_again_finishes(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    new = tmp_path / "at" / "new"
    cut_off(monkeypatch, filled, new, at)
    assert hidden(new.parent if at != "_leave_note" else new)
    inode = new.stat().st_ino if new.exists() else None
    assert moving.move(filled, new, WORDS) == new
    require_moved(filled, new)
    assert inode in (None, new.stat().st_ino), "what had arrived is not copied again"


@pytest.mark.parametrize("at", ["_copy", "_leave_note"])
def test_what_was_done_since_is_moved_too(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """The person went on in the old folder, as the next start did, and moves it then."""
    new = tmp_path / "at" / "new"
    cut_off(monkeypatch, filled, new, at)
    work(filled, "Không ai nhìn lên")
    moving.move(filled, new, WORDS)
    require_moved(filled, new)
    workspace = Workspace.open(new)
    assert workspace.visits.open(1).answers["said", 0].value == "Không ai nhìn lên"
    workspace.close()


def told_of_moves(folder: Path) -> list[object]:
    """What the check of the workspace says of moves that were cut off."""
    workspace = Workspace.open(folder)
    found = doctor.examine(workspace)
    workspace.close()
    assert found.healthy
    return [each.values["folder"] for each in found.findings if each.code == "move_cut_off"]


def test_elsewhere_then_leaves_nothing_behind(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first" / "new", tmp_path / "second" / "new"
    cut_off(monkeypatch, filled, first, "_put")
    assert hidden(first.parent)
    assert told_of_moves(filled) == [first.with_name(f"{move_mark.FRESH}-new")]
    moving.move(filled, second, WORDS)
    assert told_of_moves(filled) == []
    require_moved(filled, second)
    assert list(first.parent.iterdir()) == []


def test_a_copy_on_a_disk_that_is_away_is_kept_in_mind(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, away = tmp_path / "first" / "new", tmp_path / "unplugged"
    cut_off(monkeypatch, filled, first, "_put")
    first.parent.rename(away)
    moving.move(filled, tmp_path / "second", WORDS)
    assert hidden(away)
    away.rename(first.parent)
    moving.move(filled, tmp_path / "third", WORDS)
    assert list(first.parent.iterdir()) == []
    require_moved(filled, tmp_path / "third")


def test_a_copy_in_which_somebody_worked_is_not_touched(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "new"
    cut_off(monkeypatch, filled, new, "_leave_note")
    work(new, "Ở nhà mới")
    before = _inside(new)
    with pytest.raises(RefusedError) as refused:
        moving.move(filled, new, WORDS)
    assert refused.value.code == "other_state"
    assert str(new) in refused.value.text("vi")
    assert _inside(new) == before
    assert moving.moved_to(filled) is None
    workspace = Workspace.open(new)
    with pytest.raises(WorkspaceError) as caught:
        moving.move(filled, new, WORDS)
    assert caught.value.code == "in_use"
    workspace.close()


@pytest.mark.parametrize("what", ["notes.txt", "logs-of-mine", "backups/mine.part", "link"])
def test_a_copy_in_which_somebody_put_something_is_not_touched(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    new = tmp_path / "new"
    cut_off(monkeypatch, filled, new, "_leave_note")
    work(filled, "Ở nhà cũ")
    if what == "link":
        (new / what).symlink_to(filled / driver.DATABASE)
    else:
        (new / what).write_text("x")
    with pytest.raises(RefusedError) as refused:
        moving.move(filled, new, WORDS)
    assert refused.value.code == "other_state"
    assert (new / what).exists()


def test_what_only_looks_like_a_copy_stays(filled: Path, tmp_path: Path) -> None:
    """A folder of that name, a copy of another workspace, a mark of other words."""
    beside = tmp_path / f"{move_mark.FRESH}-new"
    (beside / "mine").mkdir(parents=True)
    others = tmp_path / f"{move_mark.FRESH}-new-2"
    others.mkdir()
    move_mark.write(others, move_mark.Mark(tmp_path / "another"))
    target = tmp_path / "marked"
    target.mkdir()
    (target / move_mark.MARK).write_text('{"format": "auditor-copy/1"}')
    with pytest.raises(RefusedError, match="not empty"):
        moving.move(filled, target, WORDS)
    moving.move(filled, tmp_path / "new", WORDS)
    assert _inside(tmp_path / "new") == _inside(filled)
    assert (beside / "mine").is_dir()
    assert move_mark.is_of(others, tmp_path / "another")
    (filled / move_mark.TRACE).write_text(f"{others}\n{beside}\n")
    moving.move(filled, tmp_path / "newer", WORDS)
    assert (beside / "mine").is_dir()
    assert others.is_dir()
    assert not (filled / move_mark.TRACE).exists()


def test_a_journal_that_the_check_took_up_is_no_work(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The app was killed with words in its journal; the copy of it was cut off at its end."""
    killed = tmp_path / "killed"
    workspace = Workspace.open(filled)
    workspace.visits.save_answer(1, ("said", 0), Answer("x"), Progress(2, 6))
    shutil.copytree(filled, killed)
    workspace.close()
    new = tmp_path / "at" / "new"
    cut_off(monkeypatch, killed, new, "_leave_note")
    moving.move(killed, new, WORDS)
    moved = Workspace.open(new)
    assert moved.visits.open(1).answers["said", 0].value == "x"
    moved.close()
    assert hidden(new.parent) == hidden(new) == hidden(killed) == []


def test_the_folder_that_was_chosen_is_the_one_that_is_finished(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others that are not empty get a folder for the workspace."""
    new, papers = tmp_path / "new", tmp_path / "papers"
    new.mkdir()
    papers.mkdir()
    (papers / "letter").write_text("x")
    assert home_in(new, filled) == new
    cut_off(monkeypatch, filled, new, "_leave_note")
    assert home_in(new, filled) == new
    assert home_in(new, tmp_path / "another") == new / "mystery-auditor"
    assert home_in(papers, filled) == papers / "mystery-auditor"
    assert home_in(tmp_path / "gone", filled) == tmp_path / "gone"
