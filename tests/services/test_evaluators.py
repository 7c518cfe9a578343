"""Evaluators: added, changed, graded, archived, brought in and out by table, all taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.evaluators import (
    EvaluatorFilter,
    EvaluatorInput,
    EvaluatorOrder,
    EvaluatorRecord,
    looks_like_code,
)
from auditor.domain.places import LocationInput
from auditor.services.lists.columns import Columns
from auditor.services.sheets.reading import read
from auditor.services.workspace import Workspace
from auditor.store.queries import evaluators as evaluator_queries
from auditor.store.queries import visits as visit_queries
from auditor.store.queries.evaluators import key_of

from .conftest import TODAY, ZONE
from .planning_world import World, world

BICH = EvaluatorInput(
    "EV-07", "Trần Thị Bích", "0903 111 222", ("vi", "Tiếng Anh"), None, ("xe máy",), "hẹn trước"
)


def rows(workspace: Workspace) -> list[list[Any]]:
    raw = workspace.store.raw
    names = ("evaluator", "evaluator_grade", "assignment", "visit")
    return [raw.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in names]


def codes(workspace: Workspace, **wanted: Any) -> list[str]:
    found = workspace.read(evaluator_queries.evaluator_page, EvaluatorFilter(**wanted))
    assert workspace.read(evaluator_queries.evaluator_count, EvaluatorFilter(**wanted)) == len(
        found
    )
    return [record.code for record in found]


def undo(workspace: Workspace) -> None:
    assert workspace.evaluators.last is not None
    workspace.evaluators.undo(workspace.evaluators.last)


@pytest.fixture
def bich(workspace: Workspace) -> EvaluatorRecord:
    return workspace.evaluators.add(BICH)


def test_what_is_typed_is_kept_and_taken_back(workspace: Workspace) -> None:
    before = rows(workspace)
    record = workspace.evaluators.add(
        EvaluatorInput(" EV-07 ", "Trần  Thị Bích", languages=("vi", "VI", " tiếng Anh "))
    )
    assert record.given == EvaluatorInput("EV-07", "Trần Thị Bích", languages=("vi", "tiếng Anh"))
    assert record.label == "EV-07 · Trần Thị Bích"
    undo(workspace)
    assert rows(workspace) == before


def test_a_code_is_one_whatever_its_case(workspace: Workspace, bich: EvaluatorRecord) -> None:
    with pytest.raises(RefusedError, match="ev-07"):
        workspace.evaluators.add(EvaluatorInput("ev-07"))
    assert workspace.evaluators.by_code("ev-07") == bich
    assert workspace.evaluators.by_code("ev-08") is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (EvaluatorInput(" "), "empty_name"),
        (EvaluatorInput("E" * 41), "too_long"),
        (EvaluatorInput("E1", languages=tuple(map(str, range(21)))), "many_words"),
    ],
)
def test_what_cannot_be_is_refused(workspace: Workspace, given: EvaluatorInput, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        workspace.evaluators.add(given)
    assert refused.value.code == code
    assert codes(workspace, active=None) == []


def test_a_region_must_be_there(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        workspace.evaluators.add(EvaluatorInput("E1", region_id=99))


def test_who_looked_at_an_older_state_is_told(workspace: Workspace, bich: EvaluatorRecord) -> None:
    given = EvaluatorInput("EV-07", "Bích")
    workspace.evaluators.change_one(bich.id, given, bich.version)
    with pytest.raises(RefusedError) as refused:
        workspace.evaluators.change_one(bich.id, BICH, bich.version)
    assert refused.value.code == "changed_meanwhile"
    undo(workspace)
    assert workspace.evaluators.get(bich.id) == bich


def test_search_ignores_case_and_marks(workspace: Workspace, bich: EvaluatorRecord) -> None:
    workspace.evaluators.add(EvaluatorInput("EV-10", "Lê Văn An", qualifications=("Ô tô",)))
    assert codes(workspace, text="bich TRAN") == ["EV-07"]
    assert codes(workspace, text="tieng anh") == ["EV-07"]
    assert codes(workspace, text="o to") == ["EV-10"]
    assert codes(workspace, text="0903") == ["EV-07"]
    assert codes(workspace, region=0) == ["EV-07", "EV-10"]
    workspace.evaluators.set_active([bich.id], False)
    assert codes(workspace) == ["EV-10"]
    assert codes(workspace, active=False) == ["EV-07"]


def test_pages_follow_each_other(workspace: Workspace) -> None:
    for number in range(7):
        workspace.evaluators.add(EvaluatorInput(f"E{number}", "Tên chung"))
    for order in EvaluatorOrder:
        found, after = [], None
        while page := workspace.read(
            evaluator_queries.evaluator_page, EvaluatorFilter(), order, after, 3
        ):
            found += page
            after = key_of(page[-1], order)
        assert [record.code for record in found] == [f"E{number}" for number in range(7)]


def test_grades_are_a_history(workspace: Workspace, bich: EvaluatorRecord) -> None:
    draft = workspace.visits.start(1, 1, TODAY, ZONE, "EV-07")
    service = workspace.evaluators
    first = service.add_grade(bich.id, 6, date(2026, 10, 1), "ảnh mờ")
    second = service.add_grade(bich.id, 9, date(2026, 11, 1), "", draft.id)
    assert second.visit == draft.number
    assert workspace.read(evaluator_queries.grades, bich.id) == [second, first]
    (work,) = workspace.read(evaluator_queries.work, [bich.id], TODAY).values()
    assert (work.grade, work.grades, work.under_way) == (7.5, 2, 1)
    before = rows(workspace)
    service.change_grade(first.id, 8, date(2026, 10, 2), "")
    undo(workspace)
    service.remove_grade(first.id)
    undo(workspace)
    assert rows(workspace) == before
    for grade in (0, 11):
        with pytest.raises(RefusedError, match="1"):
            service.add_grade(bich.id, grade, TODAY)


def test_visits_that_named_the_code_become_theirs(workspace: Workspace) -> None:
    early = workspace.visits.start(1, 1, TODAY, ZONE, "ev-07")
    other = workspace.visits.start(1, 1, TODAY, ZONE, "EV-08")
    before = rows(workspace)
    record = workspace.evaluators.add(BICH)
    mine = workspace.read(visit_queries.visits, evaluator_id=record.id)
    assert [visit.id for visit in mine] == [early.id]
    undo(workspace)
    assert rows(workspace) == before
    assert workspace.visits.get(other.id).evaluator == "EV-08"


def test_a_new_code_stands_in_what_is_still_to_be_made(workspace: Workspace) -> None:
    place = world(workspace, 2, 1, 1)
    record = place.evaluators[0]
    place.plan()
    first, second = place.seats()
    workspace.visits.begin(first.visit_id, ZONE, "")
    given = EvaluatorInput("EV-99", record.name)
    workspace.evaluators.change_one(record.id, given, record.version)
    assert [seat.evaluator for seat in place.seats()] == ["EV-00", "EV-99"]
    assert workspace.assignments.get(second.visit_id).evaluator == "EV-99"


def test_beginning_with_a_known_code_is_theirs(workspace: Workspace, bich: EvaluatorRecord) -> None:
    planned = workspace.visits.plan(1, 1, TODAY)
    workspace.visits.begin(planned.id, ZONE, "ev-07")
    taken = workspace.visits.plan(1, 1, TODAY, evaluator="EV-07")
    workspace.visits.begin(taken.id, ZONE, "Bích")
    mine = workspace.read(visit_queries.visits, evaluator_id=bich.id)
    assert [visit.id for visit in mine] == [taken.id, planned.id]
    page = workspace.read(visit_queries.visits, evaluator_id=bich.id, limit=1)
    assert page == mine[:1]
    rest = workspace.read(visit_queries.visits, evaluator_id=bich.id, before=page[0], limit=5)
    assert rest == mine[1:]


def test_a_code_never_looks_like_a_name() -> None:
    assert all(map(looks_like_code, ("EV-07", "e7", "HCM.12")))
    assert not any(map(looks_like_code, ("Bích", "Tran Thi Bich 7", "", "EV", "EV 07")))


# tables

TABLE = """\
Danh sách cộng tác viên;;;;
Mã CTV;Họ và tên;Điện thoại;Ngôn ngữ;Khu vực
EV-07;Trần Thị Bích;0903 111 222;vi, Tiếng Anh;TP.HCM
EV-08;Lê Văn An;;vi;Miền Bắc / Hà Nội
"""


@pytest.fixture
def regions(workspace: Workspace) -> Workspace:
    workspace.places.add(1, LocationInput("A", "A", region="Miền Nam / TP.HCM"))
    workspace.places.add(1, LocationInput("B", "B", region="Miền Bắc / Hà Nội"))
    return workspace


def table(tmp_path: Path, text: str = TABLE) -> Path:
    path = tmp_path / "ctv.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_a_table_becomes_evaluators_and_is_taken_back(regions: Workspace, tmp_path: Path) -> None:
    lists, before = regions.evaluator_lists, rows(regions)
    plan = lists.plan(read(table(tmp_path)))
    assert (plan.counts.adds, plan.counts.refused) == (2, 0)
    lists.apply(plan, "ctv.csv")
    found = regions.read(evaluator_queries.evaluators)
    assert [(each.code, each.region, each.languages) for each in found] == [
        ("EV-07", "Miền Nam / TP.HCM", ("vi", "Tiếng Anh")),
        ("EV-08", "Miền Bắc / Hà Nội", ("vi",)),
    ]
    again = lists.plan(read(table(tmp_path)))
    assert again.counts.same == 2
    changed = lists.plan(read(table(tmp_path, TABLE.replace("Lê Văn An", "Lê An"))))
    assert [(each.code, each.fields) for each in changed.changes] == [("EV-08", ("name",))]
    lists.apply(changed, "ctv.csv")
    undo(regions)
    assert lists.plan(read(table(tmp_path))).counts.same == 2
    raw = regions.evaluators
    assert raw.last is not None
    assert rows(regions) != before


def test_rows_that_cannot_be_are_refused_with_their_reason(
    regions: Workspace, tmp_path: Path
) -> None:
    text = TABLE + "ev-07;Hai lần;;;\n;Không mã;;;\nEV-09;Xa;;;Sao Hỏa\n"
    plan = regions.evaluator_lists.plan(read(table(tmp_path, text)))
    told = {row.row: [problem.code for problem in row.problems] for row in plan.refused}
    assert told == {5: ["code_twice"], 6: ["no_code"], 7: ["unknown_region"]}
    assert "Sao Hỏa" in plan.refused[2].problems[0].text("vi")
    with pytest.raises(RefusedError) as refused:
        regions.evaluator_lists.plan(read(table(tmp_path)), Columns(2, (None,) * 5))
    assert refused.value.code == "no_code_column"


@pytest.mark.parametrize("name", ["all.xlsx", "all.csv"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_goes_out_comes_in_just_so(
    regions: Workspace, tmp_path: Path, name: str, language: str
) -> None:
    lists = regions.evaluator_lists
    lists.apply(lists.plan(read(table(tmp_path))), "ctv.csv")
    regions.evaluators.set_active([2], False)
    path = lists.export(tmp_path / name, language)
    assert lists.plan(read(path)).counts.same == 2


def test_what_a_world_holds_is_counted(workspace: Workspace) -> None:
    place: World = world(workspace, 4, 2, 1)
    place.plan()
    ids = [record.id for record in place.evaluators]
    late = workspace.read(evaluator_queries.work, ids, date(2027, 3, 1))
    assert {key: (work.planned, work.overdue) for key, work in late.items()} == {
        ids[0]: (2, 2),
        ids[1]: (2, 2),
    }
