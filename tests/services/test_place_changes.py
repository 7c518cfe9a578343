"""What an office does with its places beyond the list: brands, tags, merging, views, duplicates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.places import Alike, LocationFilter, LocationInput
from auditor.services.importing.mapping import ColumnMapping
from auditor.services.importing.plan import Known
from auditor.services.importing.planning import plan
from auditor.services.saved_views import FIRST, MOST
from auditor.services.sheets.book import Book, BookKind
from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries
from auditor.store.tables import CORRECTIVE_ACTION, EVALUATOR, WAVE_QUOTA

from .conftest import TODAY, ZONE


def add(workspace: Workspace, code: str, name: str = "Quán", **given: Any) -> int:
    return workspace.places.add(1, LocationInput(code, name, **given)).id


def rows(workspace: Workspace, table: str) -> list[Any]:
    return workspace.store.raw.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def undo(workspace: Workspace) -> None:
    assert workspace.places.last is not None
    workspace.places.undo(workspace.places.last)


# tags and brands


def test_tags_are_given_and_taken_whatever_their_case(workspace: Workspace) -> None:
    one, two = add(workspace, "A", tags=("Mới", "mall")), add(workspace, "B")
    workspace.places.retag([one, two], ["góc phố, MALL"], ["mới"])
    found = workspace.read(visit_queries.location, one), workspace.read(visit_queries.location, two)
    assert [each.tags for each in found] == [("góc phố", "mall"), ("góc phố", "MALL")]
    wanted = LocationFilter(tags=frozenset({"Góc phố"}))
    assert [each.id for each in workspace.read(visit_queries.location_page, wanted)] == [one, two]
    undo(workspace)
    assert workspace.read(visit_queries.location, one).tags == ("mall", "Mới")
    assert workspace.read(visit_queries.location_page, wanted) == []


def test_a_tag_that_is_too_much_changes_none_of_them(workspace: Workspace) -> None:
    full = add(workspace, "A", tags=tuple(f"t{n}" for n in range(20)))
    other = add(workspace, "B")
    with pytest.raises(RefusedError) as caught:
        workspace.places.retag([other, full], ["one more"])
    assert caught.value.code == "many_tags"
    assert workspace.read(visit_queries.location, other).tags == ()


def test_a_location_changes_its_brand_within_its_client(workspace: Workspace) -> None:
    place = workspace.read(visit_queries.location, add(workspace, "A"))
    second = workspace.places.add_brand(1, "Hai").id
    given = LocationInput("A", "Quán")
    moved = workspace.places.change(place.id, given, place.version, second)
    assert (moved.brand_id, moved.version) == (second, place.version + 1)
    undo(workspace)
    assert workspace.read(visit_queries.location, place.id) == place
    workspace.places.add(second, LocationInput("a", "Khác"))
    other = workspace.places.add_brand(workspace.places.add_client("Khác").id, "X").id
    for brand, code in ((second, "code_taken"), (other, "brand_client")):
        with pytest.raises(RefusedError) as caught:
            workspace.places.change(place.id, given, place.version, brand)
        assert caught.value.code == code


# merging


@pytest.fixture
def twice(workspace: Workspace) -> tuple[Workspace, int, int]:
    """The same place as A and B, with all that can hang on one."""
    keep, gone = add(workspace, "A"), add(workspace, "B")
    program = workspace.programs.add_program(1, "P")
    waves = [workspace.programs.add_wave(program.id, name).id for name in ("I", "II")]
    workspace.visits.plan(gone, 1, due=TODAY)
    with workspace.store.unit() as unit:
        for wave, place, quota in ((waves[0], keep, 3), (waves[0], gone, 1), (waves[1], gone, 2)):
            values = {"wave_id": wave, "location_id": place, "quota": quota}
            unit.execute(insert(WAVE_QUOTA).values(**values))
        action = {"location_id": gone, "finding": "x", "created_at": unit.at}
        unit.execute(insert(CORRECTIVE_ACTION).values(**action))
    return workspace, keep, gone


def test_merging_takes_all_along_and_undo_brings_all_back(
    twice: tuple[Workspace, int, int],
) -> None:
    workspace, keep, gone = twice
    tables = ("location", "visit", "assignment", "corrective_action", "wave_quota")
    before = {name: rows(workspace, name) for name in tables}
    (told,) = workspace.location_lists.moving([gone])
    assert (told.visits, told.planned, told.actions) == (0, 1, 1)
    workspace.places.merge(keep, [gone])
    detail = workspace.location_lists.detail(keep)
    assert detail is not None
    assert (detail.planned, detail.due, detail.actions) == (1, TODAY, 1)
    quotas = workspace.store.raw.execute(
        "SELECT wave_id, location_id, quota FROM wave_quota ORDER BY wave_id"
    ).fetchall()
    assert quotas == [(1, keep, 3), (2, keep, 2)]
    undo(workspace)
    assert {name: rows(workspace, name) for name in tables} == before


def test_what_was_merged_before_follows(workspace: Workspace) -> None:
    one, two, three = (add(workspace, code) for code in "ABC")
    workspace.places.merge(two, [one])
    workspace.places.merge(three, [two])
    merged = [workspace.read(visit_queries.location, each).merged_into for each in (one, two)]
    assert merged == [three, three]


def test_what_is_used_by_now_is_not_undone(workspace: Workspace) -> None:
    place = add(workspace, "A")
    step = workspace.places.last
    assert step is not None
    workspace.visits.start(place, 1, TODAY, ZONE, "E-1")
    with pytest.raises(RefusedError) as caught:
        workspace.places.undo(step)
    assert caught.value.code == "used_since"
    assert workspace.read(visit_queries.location, place).active


def test_a_removed_region_hands_its_evaluators_up(workspace: Workspace) -> None:
    inner = workspace.places.regions.add(1, "Nam / Sài Gòn")
    outer = workspace.read(visit_queries.region_tree, 1)[0].id
    with workspace.store.unit() as unit:
        values = {"code": "E-1", "region_id": inner, "created_at": unit.at}
        unit.execute(insert(EVALUATOR).values(**values))
    workspace.places.regions.remove(inner)
    home = "SELECT region_id FROM evaluator"
    assert workspace.store.raw.execute(home).fetchall() == [(outer,)]
    undo(workspace)
    assert workspace.store.raw.execute(home).fetchall() == [(inner,)]


# duplicates


def test_likely_duplicates_are_found_once_and_told_why(workspace: Workspace) -> None:
    for code, name, address in (
        ("SV-007", "Kim Mã", "1 Kim Mã"),
        ("sv 7", "Hồ Tây", "5 Hồ Tây"),
        ("X1", "Đồng Khởi", "3, Đồng Khởi"),
        ("X2", "dong khoi", "3 ĐỒNG KHỞI"),
        ("X3", "Góc", "3 Đồng-Khởi"),
        ("X4", "Tháp", "9 Tháp"),
        ("X5", "Lầu", "9 tháp"),
        ("X6", "Không", ""),
        ("X7", "Không", ""),
    ):
        add(workspace, code, name, address=address)
    found = [
        (group.why, [each.place.code for each in group.places])
        for group in workspace.location_lists.duplicates()
    ]
    assert found == [
        (Alike.CODE, ["SV-007", "sv 7"]),
        (Alike.NAME_AND_ADDRESS, ["X1", "X2"]),
        (Alike.ADDRESS, ["X4", "X5"]),
    ]
    other = workspace.places.add_client("Khác").id
    brand = workspace.places.add_brand(other, "Khác").id
    workspace.places.add(brand, LocationInput("SV-7", "Kim Mã", "1 Kim Mã"))
    assert len(workspace.location_lists.duplicates()) == 3, "clients are kept apart"


def test_the_same_street_in_other_towns_is_no_duplicate(workspace: Workspace) -> None:
    for code, region in (
        ("A", "Bắc / Hà Nội / Ba Đình"), ("B", "Bắc / Hà Nội"), ("C", "Nam / Huế"), ("D", "Nam"),
        ("E", "Nam / Cần Thơ"), ("F", "Bắc / Hà Nội / Ba Đình"),
    ):  # fmt: skip
        add(workspace, code, f"Quán {code}", address="1 Lê Lợi", region=region)
    found = workspace.location_lists.duplicates()
    groups = [{each.place.code for each in group.places} for group in found]
    assert groups == [{"A", "B", "F"}, {"C", "D"}]


# clients in a list


def test_clients_are_listed_with_what_they_have(workspace: Workspace) -> None:
    workspace.places.update_client(1, contacts="Chị Hoa\n0903")
    second = workspace.places.add_client("An Lành", "x").id
    workspace.places.update_client(second, active=False)
    first, last = workspace.location_lists.clients()
    assert (first.name, first.contacts, first.locations) == ("Sông Hồng", "Chị Hoa\n0903", 1)
    assert (last.name, last.active, last.brands) == ("An Lành", False, ())


# views


def test_views_are_kept_by_name(workspace: Workspace) -> None:
    views = workspace.saved_views
    first = views.add("locations", " Phía  nam ", {"region": 3, FIRST: True})
    second = views.add("locations", "Cũ", {})
    assert [view.name for view in views.of("locations")] == ["Phía nam", "Cũ"]
    assert views.of("visits") == []
    views.begin_with("locations", second.id)
    views.keep(second.id, {"never": True})
    views.rename(first.id, "Nam")
    told = [(view.name, dict(view.body)) for view in views.of("locations")]
    assert told == [("Nam", {"region": 3, FIRST: False}), ("Cũ", {"never": True, FIRST: True})]
    gone = views.remove(first.id)
    assert gone.name == "Nam"
    for name, code in (("cu", "view_taken"), (" ", "empty_name"), ("x" * 61, "view_name_long")):
        with pytest.raises(RefusedError) as caught:
            views.add("locations", name, {})
        assert caught.value.code == code
    with pytest.raises(NotFoundError):
        views.rename(first.id, "x")


def test_there_are_only_so_many_views(workspace: Workspace) -> None:
    for number in range(MOST):
        workspace.saved_views.add("locations", str(number), {})
    with pytest.raises(RefusedError) as caught:
        workspace.saved_views.add("locations", "one more", {})
    assert caught.value.code == "many_views"


# tables


@pytest.mark.parametrize(("sheet", "told"), [("", "no row in this file"), ("Trống", "Trống")])
def test_a_table_without_rows_gets_a_sentence(sheet: str, told: str) -> None:
    book = Book(BookKind.XLSX, None, (sheet,), sheet, ())
    with pytest.raises(RefusedError) as caught:
        plan(book, ColumnMapping(0, ()), Known())
    assert caught.value.code == "empty_sheet"
    assert told in str(caught.value)


def test_the_nearest_day_of_a_planned_visit_is_told(workspace: Workspace) -> None:
    for due in (date(2026, 12, 5), date(2026, 12, 1)):
        workspace.visits.plan(1, 1, due=due)
    detail = workspace.location_lists.detail(1)
    assert detail is not None
    assert (detail.planned, detail.due) == (2, date(2026, 12, 1))
    assert workspace.location_lists.detail(99) is None
