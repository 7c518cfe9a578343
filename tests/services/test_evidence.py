from __future__ import annotations

import hashlib
import os
import threading
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.records import EvidenceRecord, VisitRecord
from auditor.services.kept import keep
from auditor.services.pictures import Prepared, prepare
from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries
from forms.answers import Answer
from forms.filling import Progress

from .conftest import TODAY, ZONE

KEY = ("queue", 0)


def attach(workspace: Workspace, visit: VisitRecord, content: bytes, name: str) -> EvidenceRecord:
    return workspace.visits.attach(visit.id, KEY, content, name)


def name_them(
    workspace: Workspace, visit: VisitRecord, *shas: str, question: str = "queue"
) -> None:
    answer = Answer(evidence=shas)
    workspace.visits.save_answer(visit.id, (question, 0), answer, Progress(1, 6))


def evidence(workspace: Workspace, visit: VisitRecord) -> dict[str, EvidenceRecord]:
    return workspace.visits.open(visit.id).evidence


def test_an_attached_photo_is_on_disk(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    record = attach(workspace, draft, jpeg, "C:\\Ảnh\\quầy.jpg")
    assert record.sha256 == hashlib.sha256(jpeg).hexdigest()
    assert (record.name, record.media_type, record.kind) == ("quầy.jpg", "image/jpeg", "photo")
    assert (record.width, record.height, record.bytes) == (640, 480, len(jpeg))
    assert Path(record.path).read_bytes() == jpeg
    assert record.print_path is not None
    assert record.thumb_path is not None
    assert evidence(workspace, draft) == {record.sha256: record}


def test_a_picture_at_a_question_for_a_signature_is_one(
    workspace: Workspace, jpeg: bytes, checklist: str
) -> None:
    """Whichever key or dialog it came through; another file at another question is what it was."""
    signed = checklist.replace('version: "1"', 'version: "2"')
    signed = signed.replace("type: photo, label: Queue", "type: signature, label: Queue")
    version = workspace.checklists.add(signed.encode(), "signed.yaml")
    visit = workspace.visits.start(1, version.id, TODAY, ZONE, "E-07")
    sha256 = attach(workspace, visit, jpeg, "a.jpg").sha256
    kept = workspace.visits.attach(visit.id, ("said", 0), b"%PDF-1.7", "b.pdf", "file").sha256
    kinds = {sha: record.kind for sha, record in evidence(workspace, visit).items()}
    assert kinds == {sha256: "signature", kept: "file"}
    assert workspace.visits.get(visit.id).photos == 0


def test_photos_are_counted_when_an_answer_names_them(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    record = workspace.visits.attach(draft.id, None, jpeg, "a.jpg")
    assert workspace.visits.get(draft.id).photos == 0
    attach(workspace, draft, jpeg, "a.jpg")
    assert workspace.visits.get(draft.id).photos == 1
    name_them(workspace, draft, record.sha256)
    assert workspace.visits.get(draft.id).photos == 1
    name_them(workspace, draft)
    assert workspace.visits.get(draft.id).photos == 0


def test_an_attached_photo_is_named_at_once(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    """As after a crash before the window says which answer holds it."""
    written = Answer("12", comment="Hàng dài", later=True)
    workspace.visits.save_answer(draft.id, ("said", 0), written, Progress(1, 6))
    first = workspace.visits.attach(draft.id, ("said", 0), jpeg, "a.jpg")
    second = workspace.visits.attach(draft.id, ("said", 0), b"%PDF-1.7", "b.pdf", "file")
    loose = workspace.visits.attach(draft.id, None, b"%PDF-1.4", "c.pdf", "file")
    again = workspace.visits.attach(draft.id, ("said", 0), jpeg, "a.jpg")
    workspace.visits.attach(draft.id, None, b"%PDF-1.4", "c.pdf", "file")
    opened = workspace.visits.open(draft.id)
    assert again == first
    assert opened.answers["said", 0] == replace(written, evidence=(first.sha256, second.sha256))
    assert opened.tray == (loose.sha256,)


def test_what_cannot_be_named_is_not_in_the_visit(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("auditor.services.evidence.name_it", fail)
    with pytest.raises(RuntimeError):
        attach(workspace, draft, jpeg, "a.jpg")
    assert evidence(workspace, draft) == {}


def test_files_kept_on_another_thread_are_only_named(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    kept = keep(workspace.folder, prepare(jpeg, "a.jpg"))
    assert (kept.content, kept.pictures, kept.size) == (b"", None, len(jpeg))
    record = workspace.visits.attach(draft.id, None, kept)
    assert Path(record.path).read_bytes() == jpeg
    assert record.bytes == len(jpeg)
    assert record.thumb_path is not None


def test_a_photo_prepared_on_another_thread(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes, tmp_path: Path
) -> None:
    (tmp_path / "shot.jpg").write_bytes(jpeg)
    done: list[Prepared] = []
    thread = threading.Thread(target=lambda: done.append(prepare(tmp_path / "shot.jpg")))
    thread.start()
    thread.join()
    record = workspace.visits.attach(draft.id, KEY, done[0])
    assert record.name == "shot.jpg"


def test_the_same_photo_twice_is_one_file(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    first = attach(workspace, draft, jpeg, "a.jpg")
    workspace.visits.drafts.caption(draft.id, first.sha256, "Hàng dài")
    second = attach(workspace, draft, jpeg, "b.jpg")
    assert (second.name, second.caption) == ("a.jpg", "Hàng dài")
    other = workspace.visits.start(1, 1, draft.started_at.date(), "UTC", "E")  # type: ignore[union-attr]
    attach(workspace, other, jpeg, "c.jpg")
    assert workspace.evidence.elsewhere(draft.id, first.sha256) == ("V-0002",)
    assert workspace.evidence.elsewhere(other.id, first.sha256) == ("V-0001",)


def test_a_file_that_lost_its_bytes_is_written_again(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    record = attach(workspace, draft, jpeg, "a.jpg")
    Path(record.path).write_bytes(b"spoiled")
    attach(workspace, draft, jpeg, "a.jpg")
    assert Path(record.path).read_bytes() == jpeg


def test_what_is_no_photo_changes_nothing(workspace: Workspace, draft: VisitRecord) -> None:
    with pytest.raises(RefusedError):
        attach(workspace, draft, b"no photo", "x.jpg")
    assert evidence(workspace, draft) == {}
    assert list(workspace.evidence.files.stored()) == []


def test_other_kinds_of_evidence(workspace: Workspace, draft: VisitRecord) -> None:
    record = workspace.visits.attach(draft.id, KEY, b"ID3\x04 sound", "a.mp3", "audio")
    assert (record.kind, record.media_type, record.thumb_path) == ("audio", "audio/mpeg", None)
    assert record.path.endswith(".mp3")


def test_a_missing_file_is_told_and_stops_submission(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    record = attach(workspace, draft, jpeg, "quầy.jpg")
    name_them(workspace, draft, record.sha256)
    workspace.visits.save_answer(draft.id, ("greeted", 0), Answer("yes"), Progress(2, 6))
    Path(record.path).unlink()
    assert evidence(workspace, draft)[record.sha256].missing
    with pytest.raises(RefusedError, match="quầy"):
        workspace.visits.submit(draft.id, "E-07")
    attach(workspace, draft, jpeg, "quầy.jpg")
    workspace.visits.submit(draft.id, "E-07")


def test_submitting_drops_photos_that_no_answer_names(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    kept = attach(workspace, draft, jpeg, "a.jpg")
    dropped = workspace.visits.attach(draft.id, KEY, b"%PDF-1.7", "b.pdf", "file")
    name_them(workspace, draft, kept.sha256, dropped.sha256)
    name_them(workspace, draft, kept.sha256)
    assert set(evidence(workspace, draft)) == {kept.sha256, dropped.sha256}, "undo needs it"
    workspace.visits.save_answer(draft.id, ("greeted", 0), Answer("yes"), Progress(2, 6))
    workspace.visits.submit(draft.id, "E-07")
    assert set(evidence(workspace, draft)) == {kept.sha256}
    assert Path(dropped.path).exists(), "a backup of the draft names it"
    assert Path(kept.path).exists()
    assert workspace.visits.get(draft.id).photos == 1


def test_photos_of_hidden_questions_go_at_submission(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    record = workspace.visits.attach(draft.id, ("said", 0), jpeg, "a.jpg")
    workspace.visits.save_answer(draft.id, ("greeted", 0), Answer("no"), Progress(1, 6))
    name_them(workspace, draft, record.sha256, question="said")
    workspace.visits.submit(draft.id, "E-07")
    assert evidence(workspace, draft) == {}


def test_a_file_that_another_visit_holds_stays(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    record = attach(workspace, draft, jpeg, "a.jpg")
    other = workspace.visits.start(1, 1, draft.started_at.date(), "UTC", "E")  # type: ignore[union-attr]
    attach(workspace, other, jpeg, "a.jpg")
    name_them(workspace, draft)
    workspace.visits.save_answer(draft.id, ("greeted", 0), Answer("yes"), Progress(1, 6))
    workspace.visits.submit(draft.id, "E-07")
    assert evidence(workspace, draft) == {}
    assert Path(record.path).exists()
    assert set(evidence(workspace, other)) == {record.sha256}


def test_a_logo_is_evidence_of_no_visit(workspace: Workspace, jpeg: bytes) -> None:
    sha256 = workspace.evidence.keep_picture(jpeg, "logo.jpg")
    brand = workspace.places.add_brand(1, "Có logo", logo=sha256)
    assert workspace.read(visit_queries.brand, brand.id).logo == sha256
    assert workspace.evidence.sweep() == 0


def test_orphans_are_swept_and_files_with_a_row_stay(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    record = attach(workspace, draft, jpeg, "a.jpg")
    lost = prepare(b"%PDF-1.7", "b.pdf", "file")
    workspace.evidence.keep_files(lost)
    assert workspace.evidence.sweep() == 0, "it may be on its way into a row"
    os.utime(workspace.evidence.files.original(lost.sha256, lost.media_type), (0, 0))
    assert workspace.evidence.sweep() == 1
    assert workspace.evidence.sweep() == 0
    assert Path(record.path).exists()


def test_a_caption_belongs_to_a_file_of_the_visit(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    record = attach(workspace, draft, jpeg, "a.jpg")
    saved = workspace.visits.drafts.caption(draft.id, record.sha256, "Hàng dài")
    assert evidence(workspace, draft)[record.sha256].caption == "Hàng dài"
    assert workspace.visits.get(draft.id).saved_at == saved.at
    with pytest.raises(NotFoundError):
        workspace.visits.drafts.caption(draft.id, "0" * 64, "x")


def test_words_of_a_person_are_kept_in_one_spelling(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    apart = unicodedata.normalize("NFD", "Ảnh quầy")
    record = attach(workspace, draft, jpeg, f"{apart}.jpg")
    assert record.name == "Ảnh quầy.jpg"
    workspace.visits.drafts.caption(draft.id, record.sha256, f" {apart} \ud800")
    assert evidence(workspace, draft)[record.sha256].caption == "Ảnh quầy ?"
    assert workspace.visits.void(draft.id, f"{apart} \udfff").status.value == "void"


def test_what_was_attached_after_the_form_last_looked_stays_named(
    workspace: Workspace, draft: VisitRecord, jpeg: bytes
) -> None:
    """An older answer, or an older tray, that is saved behind it knows nothing of it: a crash
    right then must not leave a photo that nobody sees."""
    visits, known = workspace.visits, attach(workspace, draft, jpeg, "a.jpg").sha256
    new = attach(workspace, draft, jpeg + b"x", "b.jpg").sha256
    loose = visits.attach(draft.id, None, jpeg + b"y", "c.jpg").sha256
    before = frozenset({known})
    visits.save_answer(draft.id, KEY, Answer(comment="ồn"), Progress(1, 6), before)
    visits.drafts.save_tray(draft.id, (known,), before)
    found = visits.open(draft.id)
    assert found.answers[KEY] == Answer(comment="ồn", evidence=(new,)), "what was known is removed"
    assert found.tray == (known, loose)
    visits.save_answer(draft.id, KEY, Answer(), Progress(0, 6), before)
    assert visits.open(draft.id).answers[KEY].evidence == (new,)
    assert visits.get(draft.id).photos == 1
    both = before | {new, loose}
    visits.save_answer(draft.id, KEY, Answer(), Progress(0, 6), both)
    visits.drafts.save_tray(draft.id, (), both)
    found = visits.open(draft.id)
    assert (found.answers, found.tray) == ({}, ())


def test_a_name_without_a_file_goes_when_it_is_taken_out(
    workspace: Workspace, draft: VisitRecord
) -> None:
    lost = "f" * 64
    name_them(workspace, draft, lost)
    workspace.visits.drafts.save_tray(draft.id, (lost,))
    nothing: frozenset[str] = frozenset()
    workspace.visits.save_answer(draft.id, KEY, Answer(), Progress(0, 6), nothing)
    workspace.visits.drafts.save_tray(draft.id, (), nothing)
    found = workspace.visits.open(draft.id)
    assert (found.answers, found.tray) == ({}, ())
