"""Files that nothing names: what a backup or a set-aside database may need is never removed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.domain.records import VisitRecord
from auditor.services import doctor, orphans
from auditor.services.pictures import prepare
from auditor.services.workspace import Workspace
from auditor.store import backup, driver
from forms.answers import Answer
from forms.filling import Progress


@pytest.fixture
def lost(workspace: Workspace, draft: VisitRecord) -> Callable[[bytes], Path]:
    """``lost(content)``: an old file without a row."""

    def make(content: bytes) -> Path:
        prepared = prepare(b"%PDF-1.7 " + content, "b.pdf", "file")
        workspace.evidence.keep_files(prepared)
        path = workspace.evidence.files.original(prepared.sha256, prepared.media_type)
        os.utime(path, (0, 0))
        return path

    return make


def _attach(workspace: Workspace, draft: VisitRecord) -> tuple[Path, str]:
    record = workspace.visits.attach(draft.id, ("queue", 0), b"%PDF-1.7 a", "a.pdf", "file")
    answer = Answer(evidence=(record.sha256,))
    workspace.visits.save_answer(draft.id, ("queue", 0), answer, Progress(1, 6))
    return Path(record.path), record.sha256


def _detach(workspace: Workspace, path: Path, sha256: str) -> None:
    """As if the visit had never been: every name of it in the present data is gone."""
    raw = workspace.store.raw
    for statement in (
        "DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete",
        "DELETE FROM answer", "DELETE FROM visit_evidence", "DELETE FROM event_payload",
        "UPDATE visit SET tray = '[]'",
    ):  # fmt: skip
        raw.execute(statement)
    raw.execute("DELETE FROM evidence WHERE sha256 = ?", (sha256,))
    os.utime(path, (0, 0))


def test_what_nothing_names_is_found_and_removed(
    workspace: Workspace, lost: Callable[[bytes], Path]
) -> None:
    path = lost(b"1")
    young = lost(b"2")
    os.utime(young)
    found = orphans.find(workspace.store)
    assert found == orphans.Orphans((path,), path.stat().st_size, 1)
    assert workspace.evidence.sweep(found.free) == 1
    assert (path.exists(), young.exists()) == (False, True)


@pytest.mark.parametrize("spoil", [False, True], ids=["whole", "damaged"])
@pytest.mark.parametrize("where", ["backup", "set aside", "copy of all"])
def test_a_file_that_an_older_database_names_stays(
    workspace: Workspace, draft: VisitRecord, where: str, spoil: bool
) -> None:
    path, sha256 = _attach(workspace, draft)
    folder = workspace.folder
    kept = workspace.backups.export() if where == "copy of all" else workspace.backups.make()
    if where == "set aside":
        aside = folder / backup.ASIDE / "2026-01-01T000000Z"
        aside.mkdir(parents=True)
        kept = kept.rename(aside / driver.DATABASE)
    if spoil and where != "copy of all":
        content = bytearray(kept.read_bytes())
        content[:100] = os.urandom(100)
        kept.write_bytes(content)
    _detach(workspace, path, sha256)
    assert workspace.evidence.sweep() == 0
    assert path.exists()
    kept.unlink()
    assert workspace.evidence.sweep() == 1, "nothing names it any more"


def test_what_the_trail_or_an_answer_mentions_stays(
    workspace: Workspace, draft: VisitRecord, lost: Callable[[bytes], Path]
) -> None:
    path = lost(b"3")
    answer = Answer(comment=f"see {path.name[:64]}")
    workspace.visits.save_answer(draft.id, ("greeted", 0), answer, Progress(1, 6))
    assert orphans.find(workspace.store).free == (path,), "a comment is no name"
    workspace.store.raw.execute("UPDATE visit SET tray = ?", (f'["{path.name[:64]}"]',))
    assert orphans.find(workspace.store).free == ()


def test_a_file_that_is_attached_anew_meanwhile_stays(
    workspace: Workspace, lost: Callable[[bytes], Path]
) -> None:
    path = lost(b"4")
    found = orphans.find(workspace.store).free
    workspace.evidence.keep_files(prepare(b"%PDF-1.7 4", "b.pdf", "file"))
    assert workspace.evidence.sweep(found) == 0
    assert path.exists()


def test_the_check_offers_them(workspace: Workspace, lost: Callable[[bytes], Path]) -> None:
    path = lost(b"5")
    findings = doctor.examine(workspace)
    assert findings.removable == (path,)
    assert findings.healthy
    (told,) = [each for each in findings.as_json()["findings"] if each["code"] == "orphans"]  # type: ignore[attr-defined]
    assert told["values"]["bytes"] == str(path.stat().st_size)
