"""Corrective actions: made, carried, found again, closed; what Excel gets of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from auditor.domain.actions import (
    ActionFilter,
    ActionInput,
    ActionRecord,
    ActionStatus,
    DueFilter,
)
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.services import action_lists
from auditor.services.pictures import prepare
from auditor.services.workspace import Workspace
from auditor.store import events
from auditor.store.queries.actions import key_of
from forms.answers import Answer
from forms.filling import Progress
from forms.tags import Cause

ZONE = "Asia/Ho_Chi_Minh"
TODAY = date(2026, 11, 22)
CHECKLIST = """
format: auditor-checklist/1
id: corner-shop
version: "1"
title: Corner
languages: [vi, en]
choice_lists:
  yn: [{id: "yes", label: {vi: Có, en: "Yes"}, points: 1},
       {id: "no", label: {vi: Không, en: "No"}, points: 0, fail: true}]
sections:
  - id: door
    title: Door
    questions:
      - {id: greeted, type: choice, list: yn, label: {vi: Chào khách, en: Greeting},
         tags: {cause: people}}
      - {id: clean, type: choice, list: yn, label: {vi: Sạch sẽ, en: Clean}, points: 3}
      - {id: quick, type: choice, list: yn, label: {vi: Nhanh không?, en: Quick.}}
"""
Visit = Callable[..., int]


@pytest.fixture
def visit(workspace: Workspace) -> Visit:
    """``visit("greeted", on=…)``: handed in, with those questions answered no."""
    version = workspace.checklists.add(CHECKLIST.encode(), "corner2.yaml").id

    def make(*bad: str, on: date = TODAY, location: int = 1, wave: int | None = None) -> int:
        visits = workspace.visits
        here = visits.start(location, version, on, ZONE, "E-07", wave)
        for number, question in enumerate(("greeted", "clean", "quick"), 1):
            said = Answer("no" if question in bad else "yes", comment="Không ai chào\nở quầy")
            visits.save_answer(here.id, (question, 0), said, Progress(number, 3))
        visits.submit(here.id, "E-07")
        return here.id

    return make


def plan(workspace: Workspace, visit_id: int) -> list[tuple[str, str, date | None]]:
    """The action plan of its report: question, status, day from which it is carried."""
    made = workspace.reports.snapshot(visit_id, "vi").actions
    return [(each.question, each.status.value, each.carried) for each in made]


def test_findings_come_costliest_first_with_the_cause_of_their_tag(
    workspace: Workspace, visit: Visit
) -> None:
    found = workspace.actions.findings(visit("greeted", "clean"), "en")
    assert [(f.question, f.number, f.text, f.answer, f.lost, f.cause) for f in found] == [
        ("clean", "1.2", "Clean", "No", "60.0", None),
        ("greeted", "1.1", "Greeting", "No", "20.0", Cause.PEOPLE),
    ]


def test_a_draft_has_no_findings(workspace: Workspace) -> None:
    draft = workspace.visits.start(1, 1, TODAY, ZONE, "E-07")
    with pytest.raises(RefusedError, match="not handed in"):
        workspace.actions.findings(draft.id, "en")


def test_made_from_one_finding_or_from_all(workspace: Workspace, visit: Visit) -> None:
    actions, here = workspace.actions, visit("greeted", "clean")
    one = actions.make(here, "vi", [("greeted", 0)], owner="Quản lý quán", due=TODAY)
    record = actions.get(one.made[0])
    assert record.finding == "Chào khách: Không ai chào ở quầy"
    assert (record.cause, record.owner, record.due) == (Cause.PEOPLE, "Quản lý quán", TODAY)
    assert (record.visit, record.visited_on, record.status) == ("V-0001", TODAY, "open")
    rest = actions.make(here, "vi")
    assert len(rest.made) == 1
    assert actions.make(here, "vi") == type(rest)()
    assert len(actions.page(ActionFilter(), TODAY)) == 2


@pytest.mark.parametrize(
    ("language", "title"),
    [("vi", "Nhanh không? Không ai chào ở quầy"), ("en", "Quick: Không ai chào ở quầy")],
)
def test_no_colon_follows_a_question_mark(
    workspace: Workspace, visit: Visit, language: str, title: str
) -> None:
    [made] = workspace.actions.make(visit("quick"), language).made
    assert workspace.actions.get(made).finding == title


def test_finding_action_next_report_closed_absent(workspace: Workspace, visit: Visit) -> None:
    actions, first = workspace.actions, visit("greeted", on=TODAY - timedelta(days=60))
    [made] = actions.make(first, "vi").made
    assert plan(workspace, first) == [("greeted", "open", None)]
    second = visit("clean", on=TODAY - timedelta(days=30))
    carried = TODAY - timedelta(days=60)
    assert plan(workspace, second) == [("greeted", "open", carried)]
    actions.set_status([made], ActionStatus.DONE, "vi")
    assert plan(workspace, second) == [("greeted", "done", carried)]
    actions.set_status([made], ActionStatus.CLOSED, "vi")
    assert plan(workspace, second) == []
    assert plan(workspace, first) == [("greeted", "closed", None)]


def test_the_next_report_tells_it_once_and_older_ones_not_at_all(
    workspace: Workspace, visit: Visit
) -> None:
    actions = workspace.actions
    first, second = visit(on=TODAY - timedelta(days=9)), visit("clean", on=TODAY)
    actions.make(second, "vi")
    by_hand = actions.add(1, ActionInput("Đèn hỏng", owner="Bảo trì"))
    other = workspace.places.add_location(1, "HN-02", "Tràng Tiền").id
    actions.add(other, ActionInput("Cửa kẹt"))
    assert plan(workspace, first) == []
    told = workspace.reports.snapshot(second, "vi").actions
    assert [each.finding for each in told] == ["Đèn hỏng", "Sạch sẽ: Không ai chào ở quầy"]
    actions.set_status([by_hand.id], ActionStatus.DROPPED, "vi", "Đã thay tháng trước")
    assert len(workspace.reports.snapshot(second, "vi").actions) == 1


def test_another_program_has_its_own_plan(workspace: Workspace, visit: Visit) -> None:
    waves = []
    for name in ("Ghé quán", "Gọi điện"):
        program = workspace.programs.add_program(1, name)
        waves.append(workspace.programs.add_wave(program.id, "Q4").id)
    mine = visit("clean", on=TODAY - timedelta(days=9), wave=waves[0])
    workspace.actions.make(mine, "vi")
    assert plan(workspace, visit(wave=waves[1])) == []
    assert len(plan(workspace, visit(wave=waves[0]))) == 1


def test_the_same_finding_again_is_the_same_action(workspace: Workspace, visit: Visit) -> None:
    actions = workspace.actions
    [made] = actions.make(visit("greeted", on=TODAY - timedelta(days=60)), "vi").made
    actions.set_status([made], ActionStatus.DONE, "vi")
    again = actions.make(visit("greeted", "clean"), "vi")
    assert (len(again.made), again.found_again) == (1, (made,))
    record = actions.get(made)
    assert record.status is ActionStatus.OPEN
    assert record.note == "Cũng thấy ở lượt ghé thăm V-0002 ngày 22/11/2026."
    assert len(actions.page(ActionFilter(), TODAY)) == 2


def test_a_closed_action_is_not_found_again(workspace: Workspace, visit: Visit) -> None:
    actions = workspace.actions
    [made] = actions.make(visit("greeted", on=TODAY - timedelta(days=60)), "vi").made
    actions.set_status([made], ActionStatus.CLOSED, "vi")
    assert len(actions.make(visit("greeted"), "vi").made) == 1


def test_a_change_looks_at_what_the_person_saw(workspace: Workspace) -> None:
    actions = workspace.actions
    record = actions.add(1, ActionInput("Đèn hỏng"))
    changed = actions.change(record.id, replace(record.input, owner="Bảo trì"), record.version)
    assert (changed.owner, changed.version) == ("Bảo trì", 2)
    with pytest.raises(RefusedError, match="changed meanwhile"):
        actions.change(record.id, record.input, record.version)
    for bad in (ActionInput("  "), ActionInput("x" * 501), ActionInput("x", owner="y" * 101)):
        with pytest.raises(RefusedError):
            actions.change(record.id, bad, 2)
    with pytest.raises(NotFoundError):
        actions.add(99, ActionInput("x"))


def test_status_moves_say_when_they_end_and_why(workspace: Workspace) -> None:
    actions = workspace.actions
    record = actions.add(1, ActionInput("Đèn hỏng", note="Gọi thợ"))
    with pytest.raises(RefusedError, match="why"):
        actions.set_status([record.id], ActionStatus.DROPPED, "vi")
    actions.set_status([record.id], ActionStatus.DROPPED, "en", "Store is closing")
    dropped = actions.get(record.id)
    assert dropped.note == "Dropped: Store is closing\nGọi thợ"
    assert dropped.closed_at is not None
    with pytest.raises(RefusedError, match="Open it again"):
        actions.set_status([record.id], ActionStatus.DONE, "vi")
    actions.set_status([record.id], ActionStatus.OPEN, "vi")
    assert actions.get(record.id).closed_at is None


def test_each_change_is_in_the_trail_and_can_be_taken_back(
    workspace: Workspace, visit: Visit, jpeg: bytes
) -> None:
    actions, here = workspace.actions, visit("greeted", "clean")
    steps, states = [], []

    def done() -> None:
        assert actions.last is not None
        steps.append(actions.last)
        states.append(actions.page(ActionFilter(), TODAY))

    actions.make(here, "vi")
    done()
    keys = [record.id for record in states[0]]
    actions.assign(keys, owner="Bảo trì", due=TODAY)
    done()
    actions.set_proof(keys[0], prepare(jpeg, "sửa.jpg"))
    done()
    actions.set_status(keys, ActionStatus.CLOSED, "vi")
    done()
    for at in reversed(range(len(steps))):
        steps[at] = actions.undo(steps[at])
        before = states[at - 1] if at else []
        assert actions.page(ActionFilter(), TODAY) == before
    for at, step in enumerate(steps):
        actions.undo(step)
        assert actions.page(ActionFilter(), TODAY) == states[at]
    kinds = [each.kind for each in workspace.read(events.events) if "action" in each.kind]
    assert kinds[:5] == [
        "action.made", "action.assigned", "action.proof", "action.status", "action.status.undone",
    ]  # fmt: skip
    assert "action.status.undone.undone" not in kinds


def test_undo_refuses_what_was_changed_since(workspace: Workspace) -> None:
    actions = workspace.actions
    record = actions.add(1, ActionInput("Đèn hỏng"))
    step = actions.last
    assert step is not None
    actions.set_status([record.id], ActionStatus.DONE, "vi")
    with pytest.raises(RefusedError, match="changed again"):
        actions.undo(step)
    assert actions.get(record.id).status is ActionStatus.DONE


def test_a_proof_is_on_disk_before_it_is_named(workspace: Workspace, jpeg: bytes) -> None:
    record = workspace.actions.add(1, ActionInput("Đèn hỏng"))
    shown = workspace.actions.set_proof(record.id, prepare(jpeg, "đèn mới.jpg"))
    assert shown.proof_thumb is not None
    assert Path(shown.proof_thumb).exists()
    assert shown.proof_name == "đèn mới.jpg"
    assert workspace.evidence.files.original(shown.proof or "", "image/jpeg").exists()
    assert workspace.actions.set_proof(record.id, None).proof is None


def board(workspace: Workspace) -> list[ActionRecord]:
    """Thirty of them over two locations, in every status, due on every side of today."""
    actions = workspace.actions
    south = workspace.places.add_location(1, "SG-01", "Bến Thành", region="Miền Nam / Quận 1").id
    statuses = tuple(ActionStatus)
    for number in range(30):
        due = None if number % 6 == 5 else TODAY + timedelta(days=(number * 7) % 23 - 11)
        place = south if number % 2 else 1
        owner = "Bảo trì" if number % 3 else "Quản lý"
        record = actions.add(place, ActionInput(f"Việc {number}", owner=owner, due=due))
        status = statuses[number % 5]
        if status is not ActionStatus.OPEN:
            actions.set_status([record.id], status, "vi", "vì thế")
    return actions.page(ActionFilter(), TODAY, limit=99)


def test_pages_by_key_hold_each_once_the_overdue_first(workspace: Workspace) -> None:
    whole = board(workspace)
    assert len(whole) == 30
    order = [(record.due or date.max, record.id) for record in whole]
    assert order == sorted(order)
    paged: list[ActionRecord] = []
    while page := workspace.actions.page(
        ActionFilter(), TODAY, key_of(paged[-1]) if paged else None, 7
    ):
        paged += page
    assert paged == whole


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (ActionFilter(frozenset({ActionStatus.DONE})), lambda a: a.status == "done"),
        (ActionFilter(owner="Quản lý"), lambda a: a.owner == "Quản lý"),
        (ActionFilter(due=DueFilter.OVERDUE), lambda a: a.overdue(TODAY) > 0),
        (ActionFilter(due=DueFilter.NONE), lambda a: a.due is None),
        (
            ActionFilter(due=DueFilter.SOON),
            lambda a: (
                a.due
                and a.status in ("open", "under_way")
                and TODAY <= a.due <= TODAY + timedelta(days=7)
            ),
        ),
        (ActionFilter(region=1), lambda a: a.region == "Miền Nam / Quận 1"),
        (ActionFilter(region=0), lambda a: a.region == ""),
        (ActionFilter(client=2), lambda _: False),
        (ActionFilter(location=1), lambda a: a.location_id == 1),
        (ActionFilter(text="ben thanh"), lambda a: a.location == "Bến Thành"),
        (ActionFilter(text="việc 29"), lambda a: a.finding == "Việc 29"),
        (ActionFilter(text="VIEC 29"), lambda a: a.finding == "Việc 29"),
        (ActionFilter(text="bảO tri"), lambda a: a.owner == "Bảo trì"),
    ],
)
def test_filters(
    workspace: Workspace, wanted: ActionFilter, fits: Callable[[ActionRecord], bool]
) -> None:
    whole = board(workspace)
    expected = [record for record in whole if fits(record)]
    assert workspace.actions.page(wanted, TODAY, limit=99) == expected
    counts = workspace.actions.counts(replace(wanted, statuses=frozenset()), TODAY)
    asked = wanted.statuses or ActionStatus
    assert counts.of(*asked) == len(expected)


def test_counts_tell_how_many_are_late(workspace: Workspace) -> None:
    whole = board(workspace)
    counts = workspace.actions.counts(ActionFilter(), TODAY)
    assert counts.overdue == sum(record.overdue(TODAY) > 0 for record in whole) > 0
    assert counts.by_status == dict.fromkeys(ActionStatus, 6)
    assert workspace.actions.owners() == ["Bảo trì", "Quản lý"]


def test_excel_gets_real_days_and_never_a_formula(
    workspace: Workspace, visit: Visit, tmp_path: Path
) -> None:
    actions = workspace.actions
    actions.make(visit("greeted"), "vi", owner="Quản lý", due=TODAY - timedelta(days=3))
    actions.add(1, ActionInput('=HYPERLINK("http://x","y")', action="@SUM(A1)", owner="+84 90"))
    path = action_lists.export(workspace, tmp_path / "a.xlsx", ActionFilter(), TODAY, "vi")
    with path.open("rb") as file:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
    rows = sheet.to_python()
    heads = rows[0]
    first = dict(zip(heads, rows[1], strict=True))
    assert first["Ngày hạn"] == TODAY - timedelta(days=3)
    assert first["Số ngày trễ"] == 3
    assert (first["Trạng thái"], first["Mã"]) == ("Chưa làm", "HN-01")
    assert first["Ngày ghé"] == TODAY
    second = dict(zip(heads, rows[2], strict=True))
    assert second["Phát hiện"] == '=HYPERLINK("http://x","y")'
    assert second["Việc cần làm"] == "@SUM(A1)"
    import zipfile

    with zipfile.ZipFile(path) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert 'state="frozen"' in xml
    assert "<autoFilter" in xml


def test_the_trail_says_what_was_made(workspace: Workspace, visit: Visit) -> None:
    workspace.actions.make(visit("greeted"), "vi")
    last = workspace.read(events.events)[-1]
    assert json.loads(last.payload or "") == {"name": "V-0001", "visit": 1}
    assert isinstance(last.at, datetime)
