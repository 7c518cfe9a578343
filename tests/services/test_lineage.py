"""A data file that is not the one that was closed here last, and data files beside it: what sync
programs, browsers and copies leave. Each opens; none may pass for the whole."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.domain.errors import WorkspaceError
from auditor.domain.standing import ELSEWHERE, OLDER, SECOND, Standing
from auditor.services import doctor, rescue
from auditor.services.folders import workspace_in
from auditor.services.standing import note_seen, standing
from auditor.services.workspace import Workspace, restore_workspace
from auditor.store import driver, lock, named
from forms.answers import Answer
from forms.filling import Progress
from tests.copied import copied

from .conftest import TODAY, ZONE, furnish

CONFLICTED = "workspace (Máy của Linh's conflicted copy 2026-11-22).db"
Work = Callable[[Workspace], object]


@pytest.fixture
def home(folder: Path) -> Path:
    """A closed workspace with one draft."""
    copied("a draft", _draft, folder)
    return folder


def _draft(folder: Path) -> None:
    workspace = Workspace.open(folder)
    furnish(workspace)
    workspace.visits.start(1, 1, TODAY, ZONE, "E-07")
    workspace.close()


def said(words: str) -> Work:
    def work(workspace: Workspace) -> None:
        workspace.visits.save_answer(1, ("price", 0), Answer(Decimal(words)), Progress(1, 4))

    return work


def session(home: Path, *works: Work) -> Standing:
    """Opens, does its work, closes; returns how it stood when it was opened."""
    workspace = Workspace.open(home)
    try:
        found = standing(workspace)
        for work in works:
            work(workspace)
        return found
    finally:
        workspace.close()


def codes(found: Standing) -> list[str]:
    return [note.code for note in found.notes]


LATER: dict[str, Work] = {
    "an answer": said("1"),
    "a visit": lambda workspace: workspace.visits.start(1, 1, TODAY, ZONE, "E-07"),
    "a location": lambda workspace: workspace.places.add_location(1, "HN-02", "Hồ Tây"),
}


@pytest.mark.parametrize("work", LATER)
def test_an_older_data_file_is_told_until_the_person_takes_it(home: Path, work: str) -> None:
    older = (home / driver.DATABASE).read_bytes()
    assert codes(session(home, LATER[work])) == []
    assert codes(session(home)) == []
    (home / driver.DATABASE).write_bytes(older)
    assert codes(session(home)) == [OLDER]
    reading = Workspace.open(home, write=False)
    assert OLDER in [each.code for each in doctor.examine(reading).findings]
    reading.close()
    told = session(home, lambda workspace: note_seen(workspace, standing(workspace).notes[0]))
    assert codes(told) == [OLDER], "closing the window is no consent"
    assert codes(session(home)) == []


def test_work_on_an_older_data_file_does_not_hide_what_is_missing(home: Path) -> None:
    older = (home / driver.DATABASE).read_bytes()
    session(home, LATER["a visit"])
    (home / driver.DATABASE).write_bytes(older)
    session(home, LATER["a visit"], LATER["a visit"])
    assert codes(session(home)) == [OLDER]


def test_after_a_crash_a_clock_that_was_wrong_does_not_make_data_older(home: Path) -> None:
    """An empty battery sets a laptop to a day years ago, and cuts the app off."""
    session(home, said("1"))
    noted = (home / "workspace.checked").read_bytes()
    workspace = Workspace.open(home, clock=lambda: datetime(2015, 1, 1, tzinfo=UTC))
    said("2")(workspace)
    workspace.close()
    (home / "workspace.checked").write_bytes(noted)
    (home / lock.NAME).write_text(f"4711\n{socket.gethostname()}\nlan\n")
    reading = Workspace.open(home, write=False)
    assert OLDER not in [note.code for note in reading.notes]
    reading.close()
    assert OLDER not in codes(session(home))


@pytest.mark.parametrize("noted", [b"", b"9 ", b"99999 ab 2030", b"\xff" * 999])
def test_a_note_that_a_crash_spoilt_says_nothing(home: Path, noted: bytes) -> None:
    (home / "workspace.checked").write_bytes(noted)
    assert codes(session(home)) == []


def test_a_backup_that_was_brought_back_is_older_by_consent(home: Path) -> None:
    session(home, lambda workspace: workspace.backups.make())
    (made,) = (home / "backups").glob("*.db")
    session(home, LATER["a visit"])
    restore_workspace(made, home)
    assert codes(session(home)) == []


# a second file


def test_a_second_data_file_is_told_when_it_has_more(home: Path) -> None:
    session(home, said("1"))
    shutil.copy(home / driver.DATABASE, home / "workspace - Copy.db")
    assert codes(session(home, said("2"))) == []
    assert codes(session(home)) == [], "all that the copy holds is here"
    shutil.copy(home / driver.DATABASE, home / CONFLICTED)
    (home / driver.DATABASE).unlink()
    (home / "workspace - Copy.db").rename(home / driver.DATABASE)
    (home / "workspace.checked").unlink()
    (note,) = session(home).notes
    assert (note.code, note.name) == (SECOND, CONFLICTED)
    session(home, lambda workspace: note_seen(workspace, note))
    assert codes(session(home)) == [], "seen once"


def test_what_lies_beside_is_a_way_back_and_keeps_its_photos(home: Path) -> None:
    (home / driver.DATABASE).rename(home / "workspace (1).db")
    with pytest.raises(WorkspaceError) as told:
        Workspace.open(home)
    assert told.value.code == "missing_database"
    assert "workspace (1).db" in told.value.text("vi")
    newest = rescue.look(home).newest
    assert newest is not None
    assert (newest.path.name, newest.visits, newest.stray) == ("workspace (1).db", 1, True)
    assert newest.path in named._databases(home)
    restore_workspace(newest.path, home)
    assert codes(session(home)) == []
    assert rescue.look(home).present is not None


def test_a_computer_that_did_not_close_it_is_named(home: Path) -> None:
    (home / lock.NAME).write_text("4711\nmay-van-phong\nlan\n")
    (note,) = [each for each in session(home).notes if each.code == ELSEWHERE]
    assert note.name == "may-van-phong"
    assert codes(session(home)) == []


# folders


def test_no_workspace_is_made_in_a_part_of_another(home: Path) -> None:
    for name in ("backups", "evidence"):
        before = sorted((home / name).rglob("*"))
        with pytest.raises(WorkspaceError) as told:
            Workspace.open(home / name)
        assert told.value.code == "part"
        assert str(home) in told.value.text("vi")
        assert sorted((home / name).rglob("*")) == before


def test_a_folder_is_taken_for_the_workspace_that_is_meant(home: Path, tmp_path: Path) -> None:
    documents, fresh = tmp_path / "documents", tmp_path / "fresh"
    documents.mkdir()
    fresh.mkdir()
    (documents / "thesis.docx").write_text("x")
    assert workspace_in(home) == home
    assert workspace_in(home / "backups") == home
    assert workspace_in(tmp_path) == home, "in the folder above it"
    assert workspace_in(fresh) == fresh
    assert workspace_in(tmp_path / "absent") == tmp_path / "absent"
    assert workspace_in(documents) == documents / "mystery-auditor"
    (home / driver.DATABASE).rename(home / CONFLICTED)
    assert workspace_in(home) == home, "what is left of it is told there"
