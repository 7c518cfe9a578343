"""The workspace as a whole: places, checklists, log, settings, backups, the doctor."""

from __future__ import annotations

import errno
import json
import logging
import os
import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, NotSavedError, RefusedError, WorkspaceError
from auditor.domain.records import VisitRecord
from auditor.domain.settings import Settings, Theme
from auditor.domain.work import Cancel, Cancelled
from auditor.services import doctor, settings
from auditor.services.backups import Backups
from auditor.services.folders import settings_file
from auditor.services.standing import note_copied, standing
from auditor.services.workspace import Workspace, default_folder, recover, restore_workspace
from auditor.store import driver
from auditor.store.queries import visits as visit_queries
from auditor.words import Words
from forms import library
from forms.answers import Answer
from forms.canonical import content_hash
from forms.filling import Progress
from forms.problems import FormsError

# places


def test_places_are_told_as_they_were_given(workspace: Workspace) -> None:
    place = workspace.places.add_location(
        1, " SG-02 ", "Đồng  Khởi", "1 Đồng Khởi", "Miền Nam / TP.HCM"
    )
    assert (place.code, place.name, place.region) == ("SG-02", "Đồng Khởi", "Miền Nam / TP.HCM")
    again = workspace.places.add_location(1, "SG-03", "Bến Thành", region="Miền Nam/TP.HCM")
    assert again.region == place.region
    assert len(workspace.read(visit_queries.region_paths)) == 2, "a region was made twice"
    (client,) = workspace.read(visit_queries.clients)
    assert [(client.name, brand.name) for brand in client.brands] == [("Sông Hồng", "Lá")]


@pytest.mark.parametrize(
    ("add", "code"),
    [
        (lambda p: p.add_client("Sông Hồng"), "client_taken"),
        (lambda p: p.add_client(" \t"), "empty_name"),
        (lambda p: p.add_brand(1, "Lá"), "brand_taken"),
        (lambda p: p.add_brand(1, "B", "blue"), "colour"),
        (lambda p: p.add_location(1, "HN-01", "X"), "code_taken"),
        (lambda p: p.add_location(1, "", "X"), "empty_name"),
    ],
)
def test_a_place_that_cannot_be_is_told(workspace: Workspace, add: Any, code: str) -> None:
    before = workspace.read(visit_queries.clients), workspace.read(visit_queries.locations)
    with pytest.raises(RefusedError) as caught:
        add(workspace.places)
    assert caught.value.code == code
    assert (
        workspace.read(visit_queries.clients),
        workspace.read(visit_queries.locations),
    ) == before


def test_a_name_has_one_spelling(workspace: Workspace) -> None:
    """macOS hands over names with their accents apart."""
    apart = unicodedata.normalize("NFD", "Sông Hồng")
    with pytest.raises(RefusedError, match="already"):
        workspace.places.add_client(apart)
    place = workspace.places.add_location(1, "X", "X", f" 1 {apart} \ud800", apart)
    assert (place.address, place.region) == ("1 Sông Hồng ?", "Sông Hồng")


def test_a_place_in_nothing_is_told(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        workspace.places.add_brand(9, "B")
    with pytest.raises(NotFoundError):
        workspace.places.add_location(9, "B", "B")


def test_visits_of_a_wave_say_so(workspace: Workspace) -> None:
    program = workspace.programs.add_program(1, "Chương trình 2026")
    wave = workspace.programs.add_wave(program.id, "11/2026")
    visit = workspace.visits.plan(1, 1, wave_id=wave.id)
    assert (visit.program, visit.wave) == ("Chương trình 2026", "11/2026")
    (found,) = workspace.read(visit_queries.programs)
    assert found.waves == (wave,)
    for again in (
        lambda: workspace.programs.add_program(1, "Chương trình 2026"),
        lambda: workspace.programs.add_wave(program.id, "11/2026"),
    ):
        with pytest.raises(RefusedError):
            again()


# checklists


def test_a_checklist_is_kept_as_it_was_hashed(workspace: Workspace, checklist: str) -> None:
    record = workspace.read(visit_queries.checklist, 1)
    assert (record.checklist_id, record.version, record.questions) == ("corner", "1", 7)
    assert record.title == {"vi": "Ghé quán", "en": "Café visit"}
    compiled = workspace.checklists.get(1)
    assert content_hash(compiled.checklist) == record.sha256
    assert workspace.checklists.get(1) is compiled
    assert workspace.checklists.add(checklist.encode(), "again.yaml") == record
    assert workspace.read(visit_queries.checklists) == [record]


@pytest.mark.parametrize("name", library.names())
def test_shipped_checklists_can_be_added(workspace: Workspace, name: str) -> None:
    record = workspace.checklists.add_from_library(name)
    assert record.checklist_id == name
    assert workspace.checklists.get(record.id).items


def test_a_version_never_changes(workspace: Workspace, checklist: str) -> None:
    changed = checklist.replace("Greeted?", "Was anyone greeted?")
    with pytest.raises(RefusedError) as caught:
        workspace.checklists.add(changed.encode(), "corner.yaml")
    assert caught.value.code == "version_taken"
    workspace.checklists.add(changed.replace('"1"', '"1.1"', 1).encode(), "corner.yaml")
    assert len(workspace.read(visit_queries.checklists)) == 2


def test_a_bad_checklist_is_told_whole(workspace: Workspace, checklist: str) -> None:
    bad = checklist.replace("type: photo", "type: hologram").replace("id: said", "id: greeted")
    with pytest.raises(FormsError) as caught:
        workspace.checklists.add(bad.encode(), "corner.yaml")
    assert len(caught.value.problems) >= 2
    assert len(workspace.read(visit_queries.checklists)) == 1
    with pytest.raises(NotFoundError):
        workspace.checklists.get(9)


# the folder


def test_changes_are_heard_and_facts_kept(workspace: Workspace, folder: Path) -> None:
    heard: list[Changes] = []
    workspace.subscribe(heard.append)
    workspace.places.add_client("B")
    assert heard == [Changes(places=True)]
    assert workspace.fact("demo") is None
    workspace.set_fact("demo", "1")
    workspace.set_fact("demo", "2")
    workspace.close()
    again = Workspace.open(folder, write=False)
    assert again.fact("demo") == "2"
    again.close()


def test_the_log_lies_in_the_workspace(workspace: Workspace, folder: Path) -> None:
    logging.getLogger("auditor.test").warning("xin chào")
    workspace.close()
    logging.getLogger("auditor.test").warning("after")
    text = (folder / "logs" / "auditor.log").read_text(encoding="utf-8")
    assert "xin chào" in text
    assert "after" not in text


def test_the_default_folder_is_the_persons_own(tmp_path: Path) -> None:
    assert default_folder().is_relative_to(tmp_path)


def test_a_workspace_without_a_backup_can_begin_anew(workspace: Workspace, folder: Path) -> None:
    workspace.close()
    (folder / driver.DATABASE).write_bytes(b"")
    with pytest.raises(WorkspaceError):
        Workspace.open(folder)
    assert recover(folder) is not None
    again = Workspace.open(folder)
    assert again.read(visit_queries.visits) == []
    again.close()


# backups


def test_a_backup_is_due_when_something_changed(workspace: Workspace, clock: Any) -> None:
    assert workspace.backups.due()
    made = workspace.backups.make_if_due()
    assert workspace.backups.listed() == (made,)
    workspace.places.add_client("B")
    assert workspace.backups.make_if_due() is None
    clock.now += timedelta(minutes=31)
    assert workspace.backups.make_if_due() is not None
    clock.now += timedelta(minutes=31)
    assert workspace.backups.make_if_due() is None, "nothing changed"


def test_a_backup_that_failed_is_still_due(workspace: Workspace, clock: Any) -> None:
    (workspace.folder / "backups").rmdir()
    (workspace.folder / "backups").write_bytes(b"")
    with pytest.raises(NotSavedError):
        workspace.backups.make()
    workspace.store.raw.execute("PRAGMA foreign_keys=OFF")
    (workspace.folder / "backups").unlink()
    workspace.store.raw.execute("DELETE FROM client")
    with pytest.raises(WorkspaceError, match="did not pass"):
        workspace.backups.make()
    assert not workspace.backups.due(), "not again at once"
    clock.now += timedelta(minutes=6)
    assert workspace.backups.due()


def test_a_clock_that_was_set_back_stops_no_backup(workspace: Workspace, clock: Any) -> None:
    workspace.backups.make()
    workspace.places.add_client("B")
    clock.now -= timedelta(days=365)
    assert workspace.backups.make_if_due() is not None
    workspace.places.add_client("C")
    assert workspace.backups.make_if_due() is None, "one a year before the clock is enough"


def test_a_copy_on_another_disk_brings_all_back(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes, tmp_path: Path
) -> None:
    record = workspace.visits.attach(draft.id, ("queue", 0), jpeg, "a.jpg")
    answer = Answer(evidence=(record.sha256,))
    workspace.visits.save_answer(draft.id, ("queue", 0), answer, Progress(1, 6))
    steps: list[tuple[int, int]] = []
    file = workspace.backups.export(
        tmp_path, progress=lambda done, total, what: steps.append((done, total))
    )
    assert file.parent == tmp_path
    assert steps[-1] == (8, 8), "written, then read back"
    assert restore_workspace(file, tmp_path / "new") is None
    again = Workspace.open(tmp_path / "new")
    assert again.visits.open(draft.id).answers == {("queue", 0): answer}
    assert Path(again.evidence.record(draft.id, record.sha256).path).read_bytes() == jpeg
    assert doctor.examine(again).healthy
    again.close()


def test_a_reader_can_make_a_copy_while_another_writes(
    workspace: Workspace, draft: VisitRecord, folder: Path
) -> None:
    reader = Workspace.open(folder, write=False)
    file = reader.backups.export()
    assert file.parent == folder / "backups"
    reader.close()


def test_a_cancelled_copy_leaves_no_file(workspace: Workspace, tmp_path: Path) -> None:
    cancel = Cancel()
    target = tmp_path / "out"
    target.mkdir()
    with pytest.raises(Cancelled):
        workspace.backups.export(target, progress=lambda *_: cancel.set(), cancel=cancel)
    assert list(target.iterdir()) == []


# the doctor


def codes(workspace: Workspace) -> dict[str, doctor.Level]:
    return {finding.code: finding.level for finding in doctor.examine(workspace).findings}


def test_a_good_workspace_is_healthy(workspace: Workspace) -> None:
    workspace.backups.make()
    findings = doctor.examine(workspace)
    assert findings.healthy
    assert set(codes(workspace).values()) == {doctor.Level.GOOD}
    for language in ("vi", "en"):
        lines = findings.lines(Words(language))
        assert len(lines) == len(findings.findings)
        assert all("{" not in line for line in lines)


def test_the_doctor_finds_what_is_broken(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    photo = workspace.visits.attach(draft.id, ("queue", 0), jpeg, "a.jpg")
    sound = workspace.visits.attach(draft.id, ("queue", 0), b"ID3 x", "b.mp3", "audio")
    workspace.backups.make().write_bytes(b"spoiled")
    orphan = workspace.folder / "evidence" / "00" / f"{'0' * 64}.jpg"
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_bytes(b"x")
    os.utime(orphan, (0, 0))
    Path(photo.path).unlink()
    Path(sound.path).write_bytes(b"altered")
    raw = workspace.store.raw
    raw.execute("DROP TRIGGER event_no_update")
    raw.execute("UPDATE event SET kind = 'x' WHERE id = 2")
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("DELETE FROM client")
    findings = doctor.examine(workspace)
    assert not findings.healthy
    assert codes(workspace) == {
        "database": doctor.Level.FAULT,
        "trail": doctor.Level.FAULT,
        "missing": doctor.Level.FAULT,
        "altered": doctor.Level.FAULT,
        "orphans": doctor.Level.WARNING,
        "bad_backup": doctor.Level.WARNING,
    }
    said = " ".join(findings.lines(Words("en")))
    assert "a.jpg" in said
    assert "V-0001" in said
    assert orphan.exists(), "the doctor only looks"


def test_the_doctor_names_a_file_that_the_disk_no_longer_reads(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.visits.attach(draft.id, ("queue", 0), jpeg, "a.jpg")

    def worn_out(path: Path) -> str:
        raise OSError(errno.EIO, "input/output error", str(path))

    monkeypatch.setattr(doctor, "file_hash", worn_out)
    findings = doctor.examine(workspace)
    assert not findings.healthy
    said = next(each for each in findings.findings if each.code == "unreadable")
    assert "a.jpg" in said.text(Words("vi"))
    assert said.text(Words("vi")) != said.text(Words("en"))


def test_an_opening_that_stumbles_gives_the_workspace_free(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.close()
    monkeypatch.setattr(Backups, "_differs", lambda _self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Workspace.open(folder)
    monkeypatch.undo()
    Workspace.open(folder).close()


def test_facts_that_belong_together_are_kept_together(workspace: Workspace, folder: Path) -> None:
    """Cut off between the two, "copied" would stand without where to."""
    changes: list[Changes] = []
    workspace.subscribe(changes.append)
    note_copied(workspace, folder.parent / "usb")
    assert len(changes) == 1
    assert standing(workspace).copied_to == str(folder.parent / "usb")


# settings


def test_settings_come_back(tmp_path: Path) -> None:
    assert settings.load() == Settings()
    chosen = Settings(
        language="en", language_chosen=True, theme=Theme.DARK, text_size=120,
        touch=True, evaluator="E-9", workspace="/x",
    )  # fmt: skip
    settings.save(chosen)
    assert settings.load() == chosen
    assert settings_file().is_relative_to(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"null"])
def test_broken_settings_are_kept_aside(content: bytes) -> None:
    path = settings_file()
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert settings.load(usual=Settings(language="en")) == Settings(language="en")
    assert path.with_name("settings.json.bad").read_bytes() == content
    settings.save(Settings())
    assert settings.load() == Settings()


def test_a_setting_that_makes_no_sense_is_left_out() -> None:
    path = settings_file()
    path.parent.mkdir(parents=True)
    wrong = {
        "language": "fr", "theme": 3, "text_size": 900, "touch": 1, "language_chosen": "yes",
        "workspace": 5, "evaluator": "E-9", "new": 1,
    }  # fmt: skip
    path.write_text(json.dumps(wrong))
    assert settings.load() == Settings(evaluator="E-9")
