"""Reports that were issued: what is entered, what it says later, what a revision changed since."""

from __future__ import annotations

import hashlib
import os
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from auditor.domain.issued import Kind, revision_letters, revision_number
from auditor.domain.records import VisitRecord
from auditor.domain.visits import VisitStatus
from auditor.services import issuing, orphans
from auditor.services.doctor import examine
from auditor.services.report_files import Written
from auditor.services.verifying import State, verify
from auditor.services.workspace import Workspace
from auditor.store import driver, events
from auditor.store.queries import issued as queries
from auditor.words import Words
from forms.answers import Answer, AnswerKey
from forms.filling import Progress
from reports.protecting import Protection, protect
from reports.snapshot import ReportSnapshot
from tests.reports.paper import read
from tests.services.conftest import Clock, picture

NO = Progress(1, 6)


def answer(workspace: Workspace, visit: int, **given: Answer) -> None:
    for name, each in given.items():
        workspace.visits.save_answer(visit, (name, 0), each, NO)


@pytest.fixture
def handed(workspace: Workspace, draft: VisitRecord, jpeg: bytes) -> int:
    """A visit of revision A, handed in."""
    answer(
        workspace, draft.id, greeted=Answer("yes", comment="Chào rất to"), said=Answer("Xin chào"),
        price=Answer(), extras=Answer(("milk",)), wait=Answer(50),
    )  # fmt: skip
    workspace.visits.attach(draft.id, ("queue", 0), jpeg, "q.jpg")
    workspace.visits.submit(draft.id, "E-07")
    return draft.id


def send_back(workspace: Workspace, visit: int, reason: str = "") -> None:
    """As the office does, then the evaluator opens it again."""
    with workspace.store.unit() as unit:
        workspace.visits._move(unit, visit, VisitStatus.SENT_BACK, reason=reason)
    workspace.visits.reopen(visit)


def write(workspace: Workspace, visit: int, folder: Path, language: str = "en") -> Path:
    [file] = workspace.reports.write([visit], language, folder)
    return file


def drop_issued(workspace: Workspace) -> None:
    """As a workspace was before there were entries."""
    raw = workspace.store.raw
    for name in ("issued_report_no_delete", "issued_report_no_update"):
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute("DELETE FROM issued_report")


# what is entered


def test_a_report_is_entered_as_it_lies_on_disk(
    workspace: Workspace, handed: int, tmp_path: Path, clock: Clock
) -> None:
    before = clock.now
    file = write(workspace, handed, tmp_path, "vi")
    [found] = workspace.read(queries.of_visit, handed)
    with pikepdf.open(file) as pdf:
        assert found.pages == len(pdf.pages)
    assert found.file_sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (found.kind, found.revision, found.language) == (Kind.LOCATION, 1, "vi")
    assert (found.file_name, found.has_password, found.is_signed) == (file.name, False, False)
    assert before < found.issued_at < before + timedelta(minutes=1)
    snapshot = workspace.reports.snapshot(handed, "vi")
    assert found.seal == snapshot.content_hash
    kept = workspace.issuing.snapshot(found.seal)
    assert kept == snapshot.to_json()
    told = workspace.read(events.events)[-1]
    assert told.kind == "reports.issued"
    assert f"{found.seal} {found.file_sha256}" in (told.payload or "")
    assert workspace.read(events.broken_links) == []


def test_a_run_again_enters_nothing_twice_and_a_new_file_again(
    workspace: Workspace, handed: int, tmp_path: Path
) -> None:
    write(workspace, handed, tmp_path)
    write(workspace, handed, tmp_path)
    assert workspace.read(queries.count) == 1
    workspace.reports.bring_up([handed], "en", tmp_path, protection=Protection("geheim"))
    newest, first = workspace.read(queries.of_visit, handed)
    assert newest.has_password
    assert newest.seal == first.seal
    assert newest.file_sha256 != first.file_sha256
    assert workspace.store.raw.execute("SELECT count(*) FROM issued_snapshot").fetchone() == (1,)


def test_one_from_before_there_were_entries_is_entered_where_it_is_kept(
    workspace: Workspace, handed: int, tmp_path: Path
) -> None:
    file = write(workspace, handed, tmp_path)
    [then] = workspace.read(queries.of_visit, handed)
    drop_issued(workspace)
    told = workspace.reports.bring_up([handed], "en", tmp_path)
    assert told.kept == {file}
    [now] = workspace.read(queries.of_visit, handed)
    assert (now.file_sha256, now.pages) == (then.file_sha256, then.pages)


def test_a_report_is_written_though_it_cannot_be_entered(
    workspace: Workspace, folder: Path, handed: int, tmp_path: Path
) -> None:
    with closing(Workspace.open(folder, write=False)) as reader:
        told: Written = reader.reports.bring_up([handed], "en", tmp_path)
    assert told.files[0].exists()
    [line] = told.lines(Words("en"))
    assert line.startswith("1 report is on disk, but not entered as issued: ")
    assert workspace.read(queries.count) == 0


def test_what_was_issued_is_not_changed(workspace: Workspace, handed: int, tmp_path: Path) -> None:
    write(workspace, handed, tmp_path)
    for statement in (
        "UPDATE issued_report SET pages = 1",
        "DELETE FROM issued_report",
        "UPDATE issued_snapshot SET body = x''",
    ):
        with pytest.raises(driver.Error, match="append-only"):
            workspace.store.raw.execute(statement)


def test_a_damaged_or_erased_snapshot_is_none(
    workspace: Workspace, handed: int, tmp_path: Path
) -> None:
    write(workspace, handed, tmp_path)
    [found] = workspace.read(queries.of_visit, handed)
    body, checklist = workspace.read(queries.snapshot, found.seal) or (b"", None)
    assert issuing.unpress(body[:-9], checklist, found.seal) is None
    assert issuing.unpress(body, "{}", found.seal) is None
    assert issuing.unpress(b"", checklist, found.seal) is None
    workspace.store.raw.execute("DELETE FROM issued_snapshot")
    assert workspace.issuing.snapshot(found.seal) is None


def test_an_entry_takes_a_few_thousand_bytes(workspace: Workspace, handed: int) -> None:
    """The checklist stands once in the workspace, not once in each."""
    text = workspace.reports.snapshot(handed, "en").to_json()
    what = issuing.press(text)
    assert len(what.body) < len(text) / 4
    assert "Greeted?" in text
    assert what.checklist


def test_revisions_are_told_by_letters() -> None:
    assert [revision_number(revision_letters(n)) for n in (1, 2, 26, 27, 703)] == [
        1, 2, 26, 27, 703,
    ]  # fmt: skip
    assert revision_number("?") == 1


def test_the_doctor_names_entries_of_nothing(
    workspace: Workspace, handed: int, tmp_path: Path
) -> None:
    write(workspace, handed, tmp_path)
    codes = {f.code: f.level.value for f in examine(workspace).findings}
    assert codes["issued"] == "good"
    raw = workspace.store.raw
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("DROP TRIGGER issued_report_no_update")
    raw.execute("UPDATE issued_report SET visit_id = 99")
    raw.execute("PRAGMA foreign_keys=ON")
    [wrong] = [f for f in examine(workspace).findings if f.code == "issued_astray"]
    assert wrong.level.value == "fault"
    assert "HN-01" in wrong.text(Words("en"))


def test_pictures_of_what_was_issued_are_no_orphans(
    workspace: Workspace, folder: Path, handed: int, tmp_path: Path
) -> None:
    """Revision B has another photo; the paper of A is drawn again to verify it."""
    paper = write(workspace, handed, tmp_path)
    [old] = workspace.visits.open(handed).answers["queue", 0].evidence
    send_back(workspace, handed)
    new = workspace.visits.attach(handed, ("queue", 0), picture(size=(320, 240)), "r.jpg")
    key: AnswerKey = ("queue", 0)
    workspace.visits.save_answer(handed, key, Answer(evidence=(new.sha256,)), NO, {old, new.sha256})
    workspace.visits.submit(handed, "E-07")
    for file in folder.glob("*/*/*"):
        os.utime(file, (0, 0))
    raw = workspace.store.raw
    raw.execute("DELETE FROM event_payload")  # which names it, too
    found = orphans.find(workspace.store)
    assert (found.free, found.kept > 0) == ((), True)
    paper.write_bytes(protect(paper.read_bytes(), Protection("x")))
    assert verify(workspace, paper, "x").state is State.COPY
    raw.execute("DELETE FROM issued_snapshot")
    assert old in {path.name[:64] for path in orphans.find(workspace.store).free}


# revisions


def changed(workspace: Workspace, visit: int) -> ReportSnapshot:
    """The visit sent back, mended and handed in again."""
    send_back(workspace, visit, "Ảnh cho thấy không ai chào.")
    opened = workspace.visits.open(visit)
    [photo] = opened.answers["queue", 0].evidence
    workspace.visits.attach(visit, ("queue", 0), picture(size=(320, 240)), "r.jpg")
    answer(
        workspace, visit, greeted=Answer("no", comment="Không ai chào"),
        extras=Answer(("milk",), comment="Chỉ có sữa"),
    )  # fmt: skip
    workspace.visits.submit(visit, "E-07")
    assert photo
    return workspace.reports.snapshot(visit, "en")


def test_a_later_revision_tells_what_changed_since_the_paper(
    workspace: Workspace, handed: int, tmp_path: Path
) -> None:
    """From the answers over the disk to the paper."""
    first = write(workspace, handed, tmp_path, "vi")
    old = workspace.reports.snapshot(handed, "en")
    made = changed(workspace, handed)
    assert made.before is not None
    assert (made.before.revision, made.before.score) == ("A", old.scorecard.score)
    assert made.before.why == "Ảnh cho thấy không ai chào."
    told = {change.question: (change.was, change.now) for change in made.changes}
    assert told == {
        "greeted": ("Yes\n“Chào rất to”", "No\n“Không ai chào”"),
        "said": ("Xin chào", "Not asked"),
        "extras": ("", "“Chỉ có sữa”"),
        "queue": ("1 photo", "2 photos"),
    }
    steps = [made.before.score, *(change.score_after for change in made.changes)]
    assert [change.score_before for change in made.changes] == steps[:-1]
    assert steps[-1] == made.scorecard.score
    assert steps[0] != steps[-1]

    second = write(workspace, handed, tmp_path)
    assert second.name == first.name.replace("-vi.pdf", "-en-B.pdf")
    assert first.exists(), "the first revision keeps its own report"
    paper = next(page for page in read(second).pages if "What this revision changed" in page)
    words = " ".join(paper.split()).replace("\u00a0", " ")
    assert "Compared with revision A of 22 Nov 2026. 4 changes. The score went from" in words
    assert "Ảnh cho thấy không ai chào." in words
    assert "“Không ai chào”" in words
    assert "Door" in words  # whose result is another one now
    assert [r.revision for r in workspace.read(queries.of_visit, handed)] == [2, 1]


def test_a_third_revision_is_compared_with_the_last_one_issued(
    workspace: Workspace, handed: int, tmp_path: Path
) -> None:
    write(workspace, handed, tmp_path)
    changed(workspace, handed)  # B is never issued
    send_back(workspace, handed)
    answer(workspace, handed, greeted=Answer("yes", comment="Chào rất to"))
    answer(workspace, handed, said=Answer("Xin chào"))
    workspace.visits.submit(handed, "E-07")
    made = workspace.reports.snapshot(handed, "en")
    assert made.visit.revision == "C"
    assert made.before is not None
    assert made.before.revision == "A"
    assert {change.question for change in made.changes} == {"extras", "queue"}
    write(workspace, handed, tmp_path)
    assert workspace.reports.snapshot(handed, "en") == made, "its own issue changes nothing"


def test_without_a_paper_there_is_nothing_to_compare_with(
    workspace: Workspace, handed: int
) -> None:
    made = changed(workspace, handed)
    assert made.visit.revision == "B"
    assert (made.before, made.changes) == (None, ())


def test_a_revision_that_changed_nothing_says_so(
    workspace: Workspace, handed: int, tmp_path: Path
) -> None:
    write(workspace, handed, tmp_path)
    send_back(workspace, handed)
    workspace.visits.submit(handed, "E-07")
    words = " ".join(read(write(workspace, handed, tmp_path)).text.split())
    assert "Answers, comments, photos and score are the same." in words


def test_another_version_of_the_checklist_is_told_apart(
    workspace: Workspace, handed: int, tmp_path: Path, checklist: str
) -> None:
    """What it scores otherwise is no change of an answer; a question that went is named."""
    write(workspace, handed, tmp_path)
    send_back(workspace, handed)
    newer = checklist.replace('version: "1"', 'version: "2"').replace("points: 3", "points: 2")
    newer = newer.replace(
        "      - {id: hoped, type: expectation, label: Hoped, min: 1, max: 5}\n", ""
    )
    newer = newer.replace("weight: 40", "weight: 90")
    version = workspace.checklists.add(newer.encode(), "corner.yaml").id
    workspace.visits.migrating.migrate(handed, version)
    answer(workspace, handed, wait=Answer(90))
    workspace.visits.submit(handed, "E-07")
    made = workspace.reports.snapshot(handed, "en")
    whole, wait = made.changes
    assert (whole.question, whole.was, whole.now) == (
        "", "Checklist, version 1", "Checklist, version 2",
    )  # fmt: skip
    assert whole.score_before != whole.score_after
    assert (wait.question, wait.was, wait.now) == ("wait", "50\u00a0s", "1\u00a0min 30\u00a0s")
    assert whole.score_after == wait.score_before
    assert wait.score_after == made.scorecard.score


def test_photos_that_were_exchanged_are_told(
    workspace: Workspace, handed: int, tmp_path: Path
) -> None:
    write(workspace, handed, tmp_path)
    send_back(workspace, handed)
    [old] = workspace.visits.open(handed).answers["queue", 0].evidence
    new = workspace.visits.attach(handed, ("queue", 0), picture(size=(320, 240)), "r.jpg")
    key: AnswerKey = ("queue", 0)
    workspace.visits.save_answer(handed, key, Answer(evidence=(new.sha256,)), NO, {old, new.sha256})
    workspace.visits.submit(handed, "E-07")
    [change] = workspace.reports.snapshot(handed, "en").changes
    assert (change.was, change.now) == ("1 photo", "1 photo, others")
