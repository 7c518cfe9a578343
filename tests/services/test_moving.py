"""Moving a workspace: whole or not at all, and the old one stays with a note."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from auditor.domain.errors import NotSavedError, RefusedError, WorkspaceError
from auditor.domain.records import VisitRecord
from auditor.domain.work import Cancel, Cancelled
from auditor.services import doctor, moving
from auditor.services.standing import note_seen, standing
from auditor.services.workspace import Workspace
from auditor.store import files, lock
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
    note_seen(workspace, "synced")
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
