"""Photos that a scanner of viruses renamed, a disk spoilt, or a cleaner removed: they come back by
themselves, without the data of before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.domain.errors import WorkspaceError
from auditor.services import doctor
from auditor.services.photo_rescue import Brought, bring_back
from auditor.services.workspace import Workspace, restore_workspace
from auditor.store import portable
from auditor.store.evidence import EvidenceFiles, holds
from forms.answers import Answer
from forms.filling import Progress
from tests.copied import copied

from .conftest import TODAY, ZONE, furnish, picture

FIRST, TURNED = "quầy.jpg", "cửa.png"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A draft with two photos, one of them turned; ``whole``: a copy of everything beside it."""
    copied("two photos", _two_photos, tmp_path / "there")
    opened = Workspace.open(tmp_path / "there" / "workspace")
    yield opened
    opened.close()


def _two_photos(place: Path) -> None:
    opened = Workspace.open(place / "workspace")
    furnish(opened)
    opened.visits.start(1, 1, TODAY, ZONE, "E-07")
    opened.visits.attach(1, ("queue", 0), picture(), FIRST)
    second = opened.visits.attach(1, ("queue", 0), picture("PNG", (300, 200)), TURNED)
    opened.visits.drafts.turn(1, second.sha256, 90)
    opened.backups.export(place / "whole.auditor-backup")
    opened.close()


@pytest.fixture
def whole(workspace: Workspace) -> Path:
    return workspace.folder.parent / "whole.auditor-backup"


def originals(workspace: Workspace) -> dict[str, Path]:
    return {each.name: Path(each.path) for each in workspace.evidence.of_visit(1).values()}


def faults(workspace: Workspace) -> list[str]:
    found = doctor.examine(workspace).findings
    return [each.code for each in found if each.level is doctor.Level.FAULT]


def spoil(path: Path) -> bytes:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    return bytes(content)


def test_photos_that_were_renamed_are_found_where_they_lie(workspace: Workspace) -> None:
    for path in originals(workspace).values():
        path.rename(path.with_name(f"{path.name}.vir"))
    assert faults(workspace) == ["missing", "missing"]
    assert bring_back(workspace.folder) == Brought(back=2)
    assert faults(workspace) == []
    assert bring_back(workspace.folder) == Brought()


def test_photos_come_out_of_a_copy_and_the_data_stays(workspace: Workspace, whole: Path) -> None:
    workspace.visits.save_answer(1, ("price", 0), Answer(Decimal(45000)), Progress(1, 4))
    found = originals(workspace)
    found[FIRST].unlink()
    bad = spoil(found[TURNED])
    assert bring_back(workspace.folder) == Brought(lost=2)
    assert bring_back(workspace.folder, whole) == Brought(back=2)
    assert faults(workspace) == []
    assert workspace.visits.open(1).answers["price", 0] == Answer(Decimal(45000))
    (aside,) = (workspace.folder / "set-aside").glob("*-evidence/*")
    assert aside.read_bytes() == bad, "what was spoilt is kept"
    assert not list(workspace.folder.glob(".restore-*"))


def test_pictures_that_a_cleaner_removed_are_told_and_made_anew(workspace: Workspace) -> None:
    for name in ("prints", "thumbs"):
        shutil.rmtree(workspace.folder / name)
    assert faults(workspace) == ["pictures"]
    assert bring_back(workspace.folder) == Brought(back=2)
    assert faults(workspace) == []
    files = EvidenceFiles(workspace.folder)
    for each in workspace.evidence.of_visit(1).values():
        assert files.print(each.sha256, each.turn).read_bytes().startswith(b"\xff\xd8")


def test_what_is_no_copy_or_has_none_of_it_is_told(workspace: Workspace, tmp_path: Path) -> None:
    originals(workspace)[FIRST].unlink()
    other = Workspace.open(tmp_path / "other")
    without = other.backups.export(tmp_path / "without.auditor-backup")
    other.close()
    assert bring_back(workspace.folder, without) == Brought(lost=1)
    without.write_bytes(b"PK")
    with pytest.raises(WorkspaceError, match="no whole backup"):
        bring_back(workspace.folder, without)


def test_one_spoilt_photo_does_not_spoil_a_copy_of_everything(
    workspace: Workspace, tmp_path: Path
) -> None:
    found = originals(workspace)
    bad = spoil(found[FIRST])
    made = workspace.backups.export(tmp_path / "made.auditor-backup")
    assert portable.is_listed_well(made)
    restore_workspace(made, tmp_path / "new")
    new = Workspace.open(tmp_path / "new")
    assert originals(new)[FIRST].read_bytes() == bad
    assert holds(originals(new)[TURNED], originals(new)[TURNED].name[:64])
    assert faults(new) == ["altered"]
    new.close()
    assert bring_back(workspace.folder, made) == Brought(lost=1), "not its bytes: of no use"
