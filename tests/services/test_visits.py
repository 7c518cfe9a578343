"""Visits through the services, on a real database: what is promised is there after reopening."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError, WorkspaceError
from auditor.domain.facts import Kept
from auditor.domain.keeping import TRAY, fingerprints
from auditor.domain.records import VisitRecord
from auditor.domain.suspicions import Inspector
from auditor.domain.visits import VisitStatus
from auditor.services.workspace import Workspace
from auditor.store import events
from auditor.store.queries import visits as visit_queries
from forms.answers import UNANSWERED, Answer, AnswerKey, Expectation
from forms.filling import Filling, Progress
from forms.problems import FormsError

TODAY, ZONE = date(2026, 11, 22), "Asia/Ho_Chi_Minh"

ANSWERS: dict[AnswerKey, Answer] = {
    ("greeted", 0): Answer("yes", comment="Chào to, rõ 👋\nhai dòng"),
    ("said", 0): Answer("Xin chào quý khách"),
    ("price", 0): Answer(Decimal("45000.50")),
    ("extras", 0): Answer(("milk", "straw")),
    ("wait", 0): Answer(48),
    ("hoped", 0): Answer(Expectation(4, 3)),
}


def save(workspace: Workspace, visit: VisitRecord, question: str, answer: Answer) -> None:
    workspace.visits.save_answer(visit.id, (question, 0), answer, Progress(1, 6))


@pytest.fixture
def filled(workspace: Workspace, draft: VisitRecord) -> VisitRecord:
    for (question, _), answer in ANSWERS.items():
        save(workspace, draft, question, answer)
    return draft


@pytest.fixture
def again(workspace: Workspace, folder: Path) -> Iterator[Workspace]:
    """The same folder, opened by another that only reads."""
    reader = Workspace.open(folder, write=False)
    yield reader
    reader.close()


def test_a_draft_is_told_as_the_person_knows_it(draft: VisitRecord) -> None:
    assert (draft.number, draft.status, draft.evaluator) == ("V-0001", VisitStatus.DRAFT, "E-07")
    assert (draft.location, draft.checklist["vi"]) == ("Hồ Gươm", "Ghé quán")
    assert (draft.answered, draft.total, draft.saved_at) == (0, 6, None)


def test_every_answer_comes_back_as_it_was(
    workspace: Workspace, filled: VisitRecord, again: Workspace
) -> None:
    opened = again.visits.open(filled.id)
    assert opened.answers == ANSWERS
    assert str(opened.answers["price", 0].value) == "45000.50"
    assert not opened.writable
    assert workspace.visits.open(filled.id).writable


def test_a_draft_tells_when_and_how_far(workspace: Workspace, filled: VisitRecord) -> None:
    saved = workspace.visits.save_answer(filled.id, ("said", 0), Answer("Chào"), Progress(4, 6))
    record = workspace.visits.get(filled.id)
    assert (record.saved_at, record.answered, record.total) == (saved.at, 4, 6)
    assert (record.last_section, record.last_question) == ("door", "said")
    one = frozenset({filled.id})
    assert saved.changes == Changes(answers=one, visits=one)


def test_a_blank_answer_is_none(workspace: Workspace, filled: VisitRecord) -> None:
    save(workspace, filled, "said", UNANSWERED)
    save(workspace, filled, "price", Answer(comment="không rõ"))
    save(workspace, filled, "extras", Answer(()))
    left = workspace.visits.open(filled.id).answers
    assert ("said", 0) not in left
    assert ("extras", 0) not in left
    assert left["price", 0] == Answer(comment="không rõ")


def test_an_unspelt_half_of_an_answer_stays(workspace: Workspace, draft: VisitRecord) -> None:
    save(workspace, draft, "hoped", Answer(Expectation(expected=4)))
    assert workspace.visits.open(draft.id).answers == {("hoped", 0): Answer(Expectation(4, None))}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("greeted", Answer("maybe")),
        ("wait", Answer("48")),
        ("price", Answer(Decimal("NaN"))),
        ("price", Answer(not_applicable=True)),
        ("said", Answer("half \ud800")),
        ("said", Answer("x", comment="half \udfff")),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused(
    workspace: Workspace, filled: VisitRecord, question: str, answer: Answer
) -> None:
    with pytest.raises(FormsError):
        save(workspace, filled, question, answer)
    assert workspace.visits.open(filled.id).answers == ANSWERS


def test_long_and_strange_text_comes_back(workspace: Workspace, draft: VisitRecord) -> None:
    strange = "'; DROP TABLE answer; --\x00\u202eabc" + "ế" * 200_000
    save(workspace, draft, "said", Answer("ngắn", comment=strange))
    assert workspace.visits.open(draft.id).answers["said", 0].comment == strange


def test_a_planned_visit_is_begun(workspace: Workspace) -> None:
    planned = workspace.visits.plan(1, 1, planned_for=TODAY, due=date(2026, 11, 30))
    assert (planned.status, planned.planned_for) == (VisitStatus.PLANNED, TODAY)
    with pytest.raises(RefusedError, match="Begin"):
        save(workspace, planned, "greeted", Answer("yes"))
    begun = workspace.visits.begin(planned.id, ZONE, "E-07")
    assert (begun.status, begun.due, begun.zone) == (
        VisitStatus.DRAFT, date(2026, 11, 30), ZONE,
    )  # fmt: skip
    save(workspace, begun, "greeted", Answer("yes"))
    with pytest.raises(RefusedError):
        workspace.visits.begin(planned.id, ZONE, "E-07")


def test_the_start_is_local_to_the_visit(workspace: Workspace) -> None:
    """The clock says 07:02 UTC: 14:02 in Hanoi, on the day that the evaluator named."""
    visit = workspace.visits.start(1, 1, date(2026, 11, 20), ZONE, "E-07")
    at = workspace.visits.open(visit.id).at
    assert (at.date(), at.hour, at.tzinfo) == (date(2026, 11, 20), 14, None)
    assert visit.started_at is not None
    assert visit.started_at.astimezone(UTC).date() == date(2026, 11, 20)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Asia", "", "../x", "x" * 300])
def test_a_zone_that_does_not_exist_is_told(workspace: Workspace, zone: str) -> None:
    with pytest.raises(RefusedError, match="Asia/Ho_Chi_Minh"):
        workspace.visits.start(1, 1, TODAY, zone, "E-07")
    assert workspace.read(visit_queries.visits) == []


def test_numbers_go_on(workspace: Workspace, folder: Path) -> None:
    numbers = [workspace.visits.start(1, 1, TODAY, ZONE, "E").number for _ in range(3)]
    workspace.close()
    again = Workspace.open(folder)
    numbers.append(again.visits.plan(1, 1).number)
    assert numbers == ["V-0001", "V-0002", "V-0003", "V-0004"]
    again.close()


@pytest.mark.parametrize(("location", "checklist"), [(9, 1), (1, 9)])
def test_what_is_not_there_is_told(workspace: Workspace, location: int, checklist: int) -> None:
    with pytest.raises(NotFoundError):
        workspace.visits.start(location, checklist, TODAY, ZONE, "E")
    with pytest.raises(NotFoundError):
        workspace.visits.open(9)


def test_submitting_keeps_the_score(
    workspace: Workspace, filled: VisitRecord, again: Workspace
) -> None:
    card = workspace.visits.submit(filled.id, "E-07")
    record = again.visits.get(filled.id)
    assert (record.status, record.score, record.band) == (VisitStatus.SUBMITTED, "100.0", "A")
    assert record.submitted_at is not None
    assert record.submitted_at == record.saved_at
    kept = {row.section: row for row in again.read(visit_queries.section_scores, filled.id)}
    assert {id: row.percent for id, row in kept.items()} == {"door": 100.0, "till": 100.0}
    assert [kept[s.id].earned for s in card.sections] == [str(s.earned) for s in card.sections]


def test_only_reasons_that_still_hold_are_handed_in(
    workspace: Workspace, filled: VisitRecord, jpeg: bytes
) -> None:
    """The comment contradicts its answer, a photo is left in the tray; both are kept, and then
    the comment is another."""
    visits = workspace.visits
    save(workspace, filled, "greeted", Answer("yes", comment="Nhân viên thô lỗ"))
    sha256 = visits.attach(filled.id, None, jpeg, "a.jpg").sha256
    opened = visits.open(filled.id)
    filling = Filling(opened.compiled, opened.answers, opened.at)
    inspector = Inspector(opened.compiled, opened.complaint_words)
    found = inspector.all(filling, opened.facts, opened.evidence, opened.at, opened.elsewhere)
    now = fingerprints(filling, found, opened.tray)
    assert {"negative-comment:greeted", TRAY} <= now.keys()
    for key, fingerprint in now.items():
        visits.drafts.keep(filled.id, key, Kept(fingerprint, f"Đúng vậy: {key}"))
    assert visits.open(filled.id).reasons(filling).keys() == now.keys()
    save(workspace, filled, "greeted", Answer("yes", comment="Nhân viên thô lỗ, cộc lốc"))
    visits.submit(filled.id, "E-07")
    *_, last = workspace.read(events.events, filled.id)
    told = json.loads(last.payload or "")["kept"]
    assert told == {key: f"Đúng vậy: {key}" for key in now if key != "negative-comment:greeted"}
    assert told[TRAY]
    assert sha256 not in visits.open(filled.id).evidence


def test_a_reason_holds_in_either_spelling(workspace: Workspace, draft: VisitRecord) -> None:
    """Typed in pieces (NFD), on disk composed: the same words."""
    opened = workspace.visits.open(draft.id)
    apart = unicodedata.normalize("NFD", "Nhân viên thô lỗ")
    whole = unicodedata.normalize("NFC", apart)
    found = [
        Inspector(opened.compiled, opened.complaint_words).all(
            Filling(opened.compiled, {("greeted", 0): Answer("yes", comment=comment)}, opened.at),
            opened.facts, {}, opened.at, {},
        )[0].fingerprint
        for comment in (apart, whole)
    ]  # fmt: skip
    assert found[0] == found[1]


def test_a_submitted_visit_is_read_only(workspace: Workspace, filled: VisitRecord) -> None:
    workspace.visits.submit(filled.id, "E-07")
    assert not workspace.visits.open(filled.id).writable
    for attempt in (
        lambda: save(workspace, filled, "greeted", Answer("no")),
        lambda: workspace.visits.save_place(filled.id, "till", None),
        lambda: workspace.visits.attach(filled.id, ("queue", 0), b"x", "x.jpg", "file"),
        lambda: workspace.visits.submit(filled.id, "E-07"),
        lambda: workspace.visits.begin(filled.id, ZONE, "E-07"),
    ):
        with pytest.raises(RefusedError):
            attempt()
    assert workspace.visits.open(filled.id).answers == ANSWERS


def test_hidden_answers_stay_in_the_draft_and_go_at_submission(
    workspace: Workspace, filled: VisitRecord
) -> None:
    save(workspace, filled, "greeted", Answer("no"))
    assert workspace.visits.open(filled.id).answers["said", 0] == ANSWERS["said", 0]
    workspace.visits.submit(filled.id, "E-07")
    assert ("said", 0) not in workspace.visits.open(filled.id).answers


def test_what_is_required_must_be_answered(workspace: Workspace, draft: VisitRecord) -> None:
    with pytest.raises(RefusedError) as caught:
        workspace.visits.submit(draft.id, "E-07")
    assert (caught.value.code, caught.value.values["count"]) == ("unfinished", 1)
    assert workspace.visits.get(draft.id).status is VisitStatus.DRAFT
    save(workspace, draft, "greeted", Answer(not_applicable=True))
    with pytest.raises(RefusedError, match="name or code"):
        workspace.visits.submit(draft.id, "  ")
    card = workspace.visits.submit(draft.id, "E-07")
    assert (card.score, workspace.visits.get(draft.id).score) == (None, None)


def test_a_visit_is_void_with_a_reason(workspace: Workspace, filled: VisitRecord) -> None:
    with pytest.raises(RefusedError, match="why"):
        workspace.visits.void(filled.id, " ")
    record = workspace.visits.void(filled.id, "Sai quán")
    assert record.status is VisitStatus.VOID
    assert workspace.visits.open(filled.id).answers == ANSWERS
    with pytest.raises(RefusedError):
        workspace.visits.void(filled.id, "Sai quán")


def test_a_visit_sent_back_is_a_draft_of_the_next_revision(
    workspace: Workspace, filled: VisitRecord
) -> None:
    workspace.visits.submit(filled.id, "E-07")
    with pytest.raises(RefusedError):
        workspace.visits.reopen(filled.id)
    workspace.store.raw.execute("UPDATE visit SET status = 'sent_back'")
    record = workspace.visits.reopen(filled.id)
    assert (record.status, record.revision) == (VisitStatus.DRAFT, 2)
    save(workspace, filled, "greeted", Answer("no"))
    workspace.visits.submit(filled.id, "E-07")
    scores = "SELECT revision, score FROM visit_score ORDER BY revision"
    kept = workspace.store.raw.execute(scores).fetchall()
    assert [revision for revision, _ in kept] == [1, 2]
    assert kept[0][1] != kept[1][1], "the first score was overwritten"


def test_the_life_of_a_visit_is_in_the_trail(workspace: Workspace, filled: VisitRecord) -> None:
    workspace.visits.submit(filled.id, "E-07")
    workspace.visits.void(filled.id, "Trùng lượt")
    trail = workspace.read(events.events, filled.id)
    assert [event.kind for event in trail] == ["visit.draft", "visit.submitted", "visit.void"]
    assert '"declared_by":"E-07"' in (trail[1].payload or "")
    assert "Trùng lượt" in (trail[2].payload or "")
    assert workspace.read(events.broken_links) == []


def test_a_draft_keeps_its_checklist_version(
    workspace: Workspace, filled: VisitRecord, checklist: str
) -> None:
    newer = checklist.replace('version: "1"', 'version: "2"').replace("id: said", "id: words")
    assert workspace.checklists.add(newer.encode(), "corner.yaml").id == 2
    opened = workspace.visits.open(filled.id)
    assert opened.compiled.checklist.version == "1"
    assert opened.answers == ANSWERS


def test_a_reader_writes_nothing(
    workspace: Workspace, draft: VisitRecord, again: Workspace
) -> None:
    for attempt in (
        lambda: save(again, draft, "greeted", Answer("yes")),
        lambda: again.visits.start(1, 1, TODAY, ZONE, "E"),
        lambda: again.visits.submit(draft.id, "E"),
        lambda: again.places.add_client("B"),
    ):
        with pytest.raises((WorkspaceError, RefusedError)):
            attempt()


def test_clock_jumps_do_not_harm(workspace: Workspace, clock: object, draft: VisitRecord) -> None:
    """A year back: the last answer still counts, and the trail stays whole."""
    save(workspace, draft, "greeted", Answer("yes"))
    clock.now = datetime(2025, 11, 22, tzinfo=UTC)  # type: ignore[attr-defined]
    save(workspace, draft, "greeted", Answer("no"))
    workspace.visits.submit(draft.id, "E-07")
    assert workspace.visits.open(draft.id).answers["greeted", 0] == Answer("no")
    assert workspace.read(events.broken_links) == []
