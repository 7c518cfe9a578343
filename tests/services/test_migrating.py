"""A draft moves to another version of its checklist and back, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.records import ChecklistRecord, VisitRecord
from auditor.services import migrating
from auditor.services.doctor import examine
from auditor.services.workspace import Workspace
from auditor.store import events
from auditor.store.queries import visits as visit_queries
from auditor.store.tables import ANSWER, VISIT
from forms.answers import Answer, AnswerKey, Expectation
from forms.filling import Filling

from .conftest import TODAY, ZONE

SECOND = """
format: auditor-checklist/1
id: corner
version: "2"
title: {vi: "Ghé quán", en: "Café visit"}
languages: [vi, en]
scoring: {total: weighted, bands: [{min: 50, id: A, label: A}, {min: 0, id: B, label: B}]}
sections:
  - id: door
    title: {vi: "Cửa", en: "Door"}
    weight: 40
    questions:
      - id: greeted
        type: choice
        label: {vi: "Có chào ngay không?", en: "Greeted?"}
        required: true
        choices:
          - {id: "yes", label: {vi: "Có", en: "Yes"}, points: 3}
          - {id: late, label: {vi: "Muộn", en: "Late"}, points: 1}
      - {id: smiled, type: text, label: Smiled, required: true}
  - id: end
    title: {vi: "Kết", en: "End"}
    weight: 60
    questions:
      - {id: price, type: integer, label: Price}
      - {id: wait, type: scale, label: Wait, points: 2}
      - {id: hoped, type: expectation, label: Hoped, min: 1, max: 3}
      - {id: queue, type: photo, label: Queue}
"""
GIVEN: dict[str, Answer] = {
    "greeted": Answer("no", comment="Không ai nhìn lên."),
    "price": Answer(Decimal("45000")),
    "extras": Answer(("milk", "straw")),
    "wait": Answer(95, later=True),
    "hoped": Answer(Expectation(5, 2), comment="thất vọng"),
}


@pytest.fixture
def filled(workspace: Workspace, draft: VisitRecord, jpeg: bytes) -> VisitRecord:
    """A draft with answers, at the question ``extras``."""
    visits = workspace.visits
    photo = visits.attach(draft.id, ("queue", 0), jpeg, "queue.jpg")
    for id, answer in {**GIVEN, "queue": Answer(evidence=(photo.sha256,))}.items():
        give(workspace, draft.id, id, answer)
    visits.save_place(draft.id, "till", "extras")
    return visits.get(draft.id)


@pytest.fixture
def second(workspace: Workspace, filled: VisitRecord) -> ChecklistRecord:
    return workspace.checklists.add(SECOND.encode(), "corner.yaml")


def give(workspace: Workspace, visit_id: int, id: str, answer: Answer) -> None:
    opened = workspace.visits.open(visit_id)
    filling = Filling(opened.compiled, opened.answers, opened.at)
    filling.set((id, 0), answer)
    workspace.visits.save_answer(visit_id, (id, 0), answer, filling.progress())


def rows(workspace: Workspace, visit_id: int) -> dict[str, Any]:
    found = workspace.read(visit_queries.answers, visit_id)
    return {row.question: row for row in found}


def answers(workspace: Workspace, visit_id: int) -> dict[AnswerKey, Answer]:
    return workspace.visits.open(visit_id).answers


def moves(workspace: Workspace, visit_id: int) -> list[dict[str, Any]]:
    trail = workspace.read(events.events, visit_id)
    return [json.loads(e.payload or "{}") for e in trail if e.kind == "visit.migrated"]


# the offer


def test_no_offer_without_a_newer_version(workspace: Workspace, filled: VisitRecord) -> None:
    assert workspace.visits.migrating.newer(filled.id) is None
    assert workspace.visits.migrating.offer(filled.id) is None


def test_the_offer_is_the_newest_version_added_after_the_drafts(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord
) -> None:
    third = workspace.checklists.add(SECOND.replace('"2"', '"3"').encode(), "corner.yaml")
    other = SECOND.replace("id: corner", "id: other").encode()
    workspace.checklists.add(other, "other.yaml")
    offer = workspace.visits.migrating.offer(filled.id)
    assert offer is not None
    assert (offer.old.version, offer.new.id) == ("1", third.id)
    newest = workspace.visits.start(1, third.id, TODAY, ZONE, "E-07")
    assert workspace.visits.migrating.offer(newest.id) is None


def test_only_drafts_are_offered_another_version(workspace: Workspace) -> None:
    planned = workspace.visits.plan(1, 1)
    second = workspace.checklists.add(SECOND.encode(), "corner.yaml")
    assert workspace.visits.migrating.offer(planned.id) is None
    with pytest.raises(RefusedError) as error:
        workspace.visits.migrating.migrate(planned.id, second.id)
    assert error.value.code == "not_begun"


def test_an_offer_says_what_the_move_then_does_and_changes_nothing(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord
) -> None:
    before = workspace.visits.open(filled.id)
    offer = workspace.visits.migrating.offer(filled.id)
    assert offer is not None
    assert workspace.visits.open(filled.id) == before
    assert [each.item.id for each in offer.change.added] == ["smiled"]
    assert [each.item.id for each in offer.change.removed] == ["said", "extras"]
    assert [each.new.id for each in offer.change.again] == ["greeted", "wait", "hoped"]
    moved = workspace.visits.migrating.migrate(filled.id, second.id)
    opened = workspace.visits.open(filled.id)
    filling = Filling(opened.compiled, opened.answers, opened.at)
    assert offer.change.after.progress == filling.progress()
    assert offer.change.after.card.score == filling.score().score
    assert (moved.answered, moved.total) == (filling.progress().answered, filling.progress().total)


# the move


def test_answers_that_fit_move_and_the_others_wait_on_disk(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord
) -> None:
    was = rows(workspace, filled.id)
    workspace.visits.migrating.migrate(filled.id, second.id)
    photo = json.loads(was["queue"].evidence)[0]
    assert answers(workspace, filled.id) == {
        ("greeted", 0): Answer(comment="Không ai nhìn lên."),
        ("price", 0): Answer(45000),
        ("wait", 0): Answer(later=True),
        ("hoped", 0): Answer(comment="thất vọng"),
        ("queue", 0): Answer(evidence=(photo,)),
    }
    assert rows(workspace, filled.id) == was
    record = workspace.visits.get(filled.id)
    assert record.checklist_version_id == second.id
    assert record.checklist_version == "2"


def test_moving_back_brings_everything_back(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord
) -> None:
    before = workspace.visits.open(filled.id)
    workspace.visits.migrating.migrate(filled.id, second.id)
    workspace.visits.migrating.migrate(filled.id, 1)
    after = workspace.visits.open(filled.id)
    assert after.answers == before.answers
    assert after.compiled is before.compiled
    assert (after.record.answered, after.record.total) == (
        before.record.answered,
        before.record.total,
    )


def test_a_value_comes_back_even_after_work_on_the_other_version(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord
) -> None:
    workspace.visits.migrating.migrate(filled.id, second.id)
    give(workspace, filled.id, "greeted", Answer(comment="Chỉ gật đầu."))
    give(workspace, filled.id, "wait", Answer())  # the row is gone
    give(workspace, filled.id, "hoped", Answer(Expectation(3, 2)))
    assert "wait" not in rows(workspace, filled.id)
    workspace.visits.migrating.migrate(filled.id, 1)
    back = answers(workspace, filled.id)
    assert back["greeted", 0] == Answer("no", comment="Chỉ gật đầu.")
    assert back["wait", 0] == Answer(95)
    assert back["hoped", 0] == Answer(Expectation(3, 2))  # the newer answer, which fits both
    assert back["extras", 0] == GIVEN["extras"]


def test_the_trail_tells_the_versions_and_what_was_put_aside(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord
) -> None:
    workspace.visits.migrating.migrate(filled.id, second.id)
    (told,) = moves(workspace, filled.id)
    assert (told["from"]["version"], told["to"]["version"]) == ("1", "2")
    assert (told["from"]["id"], told["to"]["id"]) == (1, second.id)
    assert {id: json.loads(text) for id, text in told["aside"].items()} == {
        "greeted": {"value": "no", "comment": "Không ai nhìn lên."},
        "extras": {"value": ["milk", "straw"]},
        "wait": {"value": 95},
        "hoped": {"value": {"expected": 5, "perceived": 2}, "comment": "thất vọng"},
    }
    assert workspace.read(events.broken_links) == []


def test_saving_follows_the_new_version_at_once(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord
) -> None:
    workspace.visits.migrating.migrate(filled.id, second.id)
    give(workspace, filled.id, "greeted", Answer("late"))
    assert answers(workspace, filled.id)["greeted", 0] == Answer("late")
    with pytest.raises(KeyError):
        give(workspace, filled.id, "extras", Answer(("milk",)))


@pytest.mark.parametrize(
    ("section", "question", "place"),
    [
        ("till", "extras", (None, None)),
        ("till", "price", ("end", "price")),
        ("door", "said", ("door", None)),
        ("door", "greeted", ("door", "greeted")),
    ],
)
def test_the_place_stays_as_far_as_it_is_there(
    workspace: Workspace,
    filled: VisitRecord,
    second: ChecklistRecord,
    section: str,
    question: str,
    place: tuple[str | None, str | None],
) -> None:
    workspace.visits.save_place(filled.id, section, question)
    moved = workspace.visits.migrating.migrate(filled.id, second.id)
    assert (moved.last_section, moved.last_question) == place


def test_a_stopwatch_of_another_kind_of_question_is_not_shown(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord
) -> None:
    began = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
    workspace.visits.drafts.stopwatch(filled.id, ("wait", 0), began)
    workspace.visits.migrating.migrate(filled.id, second.id)
    assert workspace.visits.open(filled.id).stopwatches == {}
    workspace.visits.migrating.migrate(filled.id, 1)
    assert workspace.visits.open(filled.id).stopwatches == {("wait", 0): began}


def test_a_move_says_what_it_touched(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord
) -> None:
    heard: list[Changes] = []
    workspace.subscribe(heard.append)
    workspace.visits.migrating.migrate(filled.id, second.id)
    assert heard == [Changes(answers=frozenset({filled.id}), visits=frozenset({filled.id}))]


# refusals


def test_another_checklist_is_refused(workspace: Workspace, filled: VisitRecord) -> None:
    other = workspace.checklists.add(SECOND.replace("id: corner", "id: other").encode(), "o.yaml")
    with pytest.raises(RefusedError) as error:
        workspace.visits.migrating.migrate(filled.id, other.id)
    assert error.value.code == "other_checklist"
    with pytest.raises(NotFoundError):
        workspace.visits.migrating.migrate(filled.id, 99)
    assert workspace.visits.get(filled.id) == filled


def test_a_visit_that_was_handed_in_stays_with_its_version(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord
) -> None:
    give(workspace, filled.id, "hoped", Answer())
    workspace.visits.submit(filled.id, "E-07")
    with pytest.raises(RefusedError) as error:
        workspace.visits.migrating.migrate(filled.id, second.id)
    assert error.value.code == "read_only_visit"
    assert workspace.visits.migrating.offer(filled.id) is None


@pytest.mark.parametrize("point", ["_bring_back", "_move", "_told"])
def test_a_move_is_whole_or_not_at_all(
    workspace: Workspace,
    filled: VisitRecord,
    second: ChecklistRecord,
    monkeypatch: pytest.MonkeyPatch,
    point: str,
) -> None:
    workspace.visits.migrating.migrate(filled.id, second.id)
    give(workspace, filled.id, "wait", Answer())
    before = snapshot(workspace, filled.id)
    with broken(monkeypatch, point), pytest.raises(ZeroDivisionError):
        workspace.visits.migrating.migrate(filled.id, 1)
    assert snapshot(workspace, filled.id) == before
    give(workspace, filled.id, "smiled", Answer("Có"))  # the visit goes on as it was
    workspace.visits.migrating.migrate(filled.id, 1)
    assert workspace.visits.get(filled.id).checklist_version == "1"


@contextmanager
def broken(monkeypatch: pytest.MonkeyPatch, point: str) -> Iterator[None]:
    """The step is done, then something breaks."""
    step = getattr(migrating, point)

    def broken_step(*args: Any) -> None:
        step(*args)
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(migrating, point, broken_step)
        yield


def snapshot(workspace: Workspace, visit_id: int) -> list[Any]:
    tables = (VISIT.select(), ANSWER.select())
    found: list[Any] = [
        workspace.store.read(lambda connection, query=query: connection.execute(query).all())
        for query in tables
    ]
    return [*found, workspace.read(events.events)]


# afterwards


def test_submitting_leaves_only_what_the_version_takes(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord
) -> None:
    workspace.visits.migrating.migrate(filled.id, second.id)
    give(workspace, filled.id, "greeted", Answer("late", comment="Muộn."))
    give(workspace, filled.id, "smiled", Answer("Có"))
    workspace.visits.submit(filled.id, "E-07")
    left = rows(workspace, filled.id)
    assert set(left) == {"greeted", "smiled", "price", "hoped", "queue"}
    assert (left["hoped"].value, left["hoped"].comment) == (None, "thất vọng")
    told = moves(workspace, filled.id)[0]["aside"]
    assert json.loads(told["extras"]) == {"value": ["milk", "straw"]}
    assert json.loads(told["hoped"])["value"] == {"expected": 5, "perceived": 2}
    snapshot = workspace.reports.snapshot(filled.id, "vi")
    assert snapshot.checklist_version == "2"
    assert "extras" not in {said.question for said in snapshot.answers}


def test_the_doctor_finds_nothing_wrong_with_a_moved_draft(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord, folder: Path
) -> None:
    workspace.visits.migrating.migrate(filled.id, second.id)
    workspace.backups.make()
    assert examine(workspace).healthy


def test_another_window_opens_the_moved_draft(
    workspace: Workspace, filled: VisitRecord, second: ChecklistRecord, folder: Path
) -> None:
    workspace.visits.migrating.migrate(filled.id, second.id)
    expected = answers(workspace, filled.id)
    reader = Workspace.open(folder, write=False)
    try:
        assert reader.visits.open(filled.id).answers == expected
    finally:
        reader.close()
