"""Clients, brands, regions and locations: changed, archived, merged, and taken back as a whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.places import Count, LocationFilter, LocationInput, LocationOrder, Step
from auditor.services.importing.plan import LocationChange, Plan
from auditor.services.workspace import Workspace
from auditor.store.queries import places as place_queries
from auditor.store.queries import visits as visit_queries
from auditor.store.queries.places import key_of

from .conftest import TODAY, ZONE, furnish

ROWS = ("client", "brand", "region", "location", "visit", "assignment")


def rows(workspace: Workspace) -> dict[str, list[Any]]:
    raw = workspace.store.raw
    return {name: raw.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in ROWS}


def page(workspace: Workspace, text: str = "", **wanted: Any) -> list[str]:
    found = workspace.read(visit_queries.location_page, LocationFilter(text, **wanted))
    assert workspace.read(visit_queries.location_count, LocationFilter(text, **wanted)) == Count(
        len(found)
    )
    return [place.code for place in found]


def last(workspace: Workspace) -> Step:
    assert workspace.places.last is not None
    return workspace.places.last


@pytest.fixture
def stores(workspace: Workspace) -> Workspace:
    """Four locations in two cities, beside the first of the fixture, which has no region."""
    for code, name, region, tags in (
        ("SG-10", "Thảo Điền", "Miền Nam / TP.HCM / Thủ Đức", ("mới", "Drive-in")),
        ("SG-9", "Đồng Khởi", "Miền Nam / TP.HCM", ()),
        ("CT-1", "Ninh Kiều", "Miền Nam / Cần Thơ", ("mới",)),
        ("HN-02", "Kim Mã", "Miền Bắc", ()),
    ):
        given = LocationInput(code, name, f"1 {name}", region, tags=tags)
        workspace.places.add(1, given)
    return workspace


# looking for them


def test_a_search_ignores_case_and_marks(stores: Workspace) -> None:
    assert page(stores, "thao dien") == ["SG-10"]
    assert page(stores, "DONG") == ["SG-9"]
    assert page(stores, "sg") == ["SG-10", "SG-9"]
    assert page(stores, "1 ma") == ["HN-02"]
    assert page(stores, "%") == page(stores, "_") == []


def test_a_region_has_all_below_it(stores: Workspace) -> None:
    tree = {node.path: node for node in stores.read(visit_queries.region_tree)}
    assert [(path, node.count) for path, node in tree.items()] == [
        ("Miền Bắc", 1),
        ("Miền Nam", 3),
        ("Miền Nam / Cần Thơ", 1),
        ("Miền Nam / TP.HCM", 2),
        ("Miền Nam / TP.HCM / Thủ Đức", 1),
    ]
    assert page(stores, region=tree["Miền Nam"].id) == ["CT-1", "SG-10", "SG-9"]
    assert page(stores, region=tree["Miền Nam / TP.HCM"].id) == ["SG-10", "SG-9"]
    assert page(stores, region=0) == ["HN-01"]
    assert page(stores, client=9) == []


def test_tags_are_asked_for_whole(stores: Workspace) -> None:
    assert page(stores, tags=frozenset({"Mới"})) == ["CT-1", "SG-10"]
    assert page(stores, tags=frozenset({"mới", "drive-in"})) == ["SG-10"]
    assert page(stores, tags=frozenset({"drive"})) == []


@pytest.mark.parametrize("order", place_queries.SORTED)
def test_pages_follow_each_other(stores: Workspace, order: LocationOrder) -> None:
    wanted = LocationFilter(active=None)
    whole = stores.read(visit_queries.location_page, wanted, order)
    found = stores.read(visit_queries.location_page, wanted, order, None, 2)
    while len(found) < len(whole):
        more = stores.read(visit_queries.location_page, wanted, order, key_of(found[-1], order), 2)
        assert more
        found += more
    assert found == whole


# changing them


def test_a_location_is_changed_with_all_that_is_kept_of_it(stores: Workspace) -> None:
    (old,) = stores.read(visit_queries.location_page, LocationFilter("SG-9"))
    given = LocationInput(
        "SG-09", "Đồng Khởi 2", "2 Đồng Khởi", "Miền Nam / TP.HCM / Quận 1",
        "Chị Hoa\n0903 000 111", "7:00–22:00", ("Mới", "mới, nhà hàng ; "),
    )  # fmt: skip
    new = stores.places.change(old.id, given, old.version)
    assert (new.code, new.name, new.region) == (given.code, given.name, given.region)
    assert (new.contacts, new.hours, new.tags) == (given.contacts, given.hours, ("Mới", "nhà hàng"))
    assert page(stores, "nha hang dong khoi 2") == ["SG-09"]
    with pytest.raises(RefusedError) as caught:
        stores.places.change(old.id, given, old.version)
    assert caught.value.code == "changed_meanwhile"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda p: p.add(1, LocationInput("sg-9", "X")), "code_taken"),
        (lambda p: p.add(1, LocationInput("X", "x" * 201)), "too_long"),
        (lambda p: p.add(1, LocationInput("X", "X", tags=("t" * 41,))), "many_tags"),
        (lambda p: p.add(1, LocationInput("X", "X", tags=tuple(map(str, range(21))))), "many_tags"),
        (lambda p: p.add(1, LocationInput("X", "X", region="/".join("abcdefghi"))), "region_deep"),
        (lambda p: p.merge(1, [1]), "merge_itself"),
        (lambda p: p.regions.move(1, 3), "region_below_itself"),
        (lambda p: p.regions.rename(2, ""), "empty_name"),
        (lambda p: p.update_client(1, name=" "), "empty_name"),
        (lambda p: p.update_brand(1, colour="red"), "colour"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    stores: Workspace, change: Callable[[Any], object], code: str
) -> None:
    before = rows(stores)
    with pytest.raises(RefusedError) as caught:
        change(stores.places)
    assert caught.value.code == code
    assert rows(stores) == before


def test_locations_of_two_clients_are_never_merged(stores: Workspace) -> None:
    other = stores.places.add_client("Khác")
    brand = stores.places.add_brand(other.id, "B")
    place = stores.places.add_location(brand.id, "1", "Một")
    with pytest.raises(RefusedError) as caught:
        stores.places.merge(1, [place.id])
    assert caught.value.code == "merge_clients"
    with pytest.raises(NotFoundError):
        stores.places.merge(1, [99])


def test_merged_locations_keep_every_visit_in_one_place(stores: Workspace) -> None:
    places = {place.code: place.id for place in stores.read(visit_queries.locations)}
    for code in ("HN-01", "HN-02", "HN-02"):
        stores.visits.start(places[code], 1, TODAY, ZONE, "E-01")
    stores.visits.plan(places["HN-02"], 1)
    before = rows(stores)
    stores.places.merge(places["HN-01"], [places["HN-02"]])
    visits = stores.read(visit_queries.visits)
    assert {visit.location_code for visit in visits} == {"HN-01"}
    gone = stores.read(visit_queries.location, places["HN-02"])
    assert (gone.active, gone.merged_into) == (False, places["HN-01"])
    assert "HN-02" not in page(stores)
    with pytest.raises(RefusedError) as caught:
        stores.places.merge(places["HN-02"], [places["HN-01"]])
    assert caught.value.code == "merge_archived"
    stores.places.undo(last(stores))
    assert rows(stores) == before


def test_a_removed_region_leaves_nobody_without_a_place(stores: Workspace) -> None:
    tree = {node.path: node.id for node in stores.read(visit_queries.region_tree)}
    stores.places.regions.remove(tree["Miền Nam / TP.HCM"])
    paths = {place.code: place.region for place in stores.read(visit_queries.locations)}
    assert (paths["SG-9"], paths["SG-10"]) == ("Miền Nam", "Miền Nam / Thủ Đức")


def test_what_was_changed_since_is_not_undone(stores: Workspace) -> None:
    (old,) = stores.read(visit_queries.location_page, LocationFilter("SG-9"))
    stores.places.change(old.id, LocationInput("SG-9", "Một"), old.version)
    step = last(stores)
    stores.places.set_active([old.id], False)
    before = rows(stores)
    with pytest.raises(RefusedError) as caught:
        stores.places.undo(step)
    assert caught.value.code == "changed_since"
    assert rows(stores) == before


def test_no_change_leaves_no_trace(stores: Workspace) -> None:
    (old,) = stores.read(visit_queries.location_page, LocationFilter("SG-9"))
    events = stores.store.raw.execute("SELECT count(*) FROM event").fetchone()
    step, same = last(stores), LocationInput(old.code, old.name, old.address, old.region)
    assert stores.places.change(old.id, same, old.version) == old
    stores.places.set_active([old.id], True)
    stores.places.move([old.id], old.region)
    assert stores.places.last is step
    assert stores.store.raw.execute("SELECT count(*) FROM event").fetchone() == events


# any order of changes, taken back

codes = st.sampled_from(["a", "b", "c", "d"])
paths = st.sampled_from(["", "N", "N / H", "N / H / D", "S", "S / H"])
keys = st.integers(1, 4)
acts = st.one_of(
    st.tuples(st.just("add"), codes, paths),
    st.tuples(st.just("change"), keys, codes, paths),
    st.tuples(st.just("archive"), keys, st.booleans()),
    st.tuples(st.just("move"), keys, paths),
    st.tuples(st.just("merge"), keys, keys),
    st.tuples(st.just("rename"), keys, st.sampled_from(["N", "S", "X"])),
    st.tuples(st.just("lift"), keys, st.one_of(st.none(), keys)),
    st.tuples(st.just("remove"), keys),
)


def act(workspace: Workspace, kind: str, *given: Any) -> None:
    places = workspace.places
    if kind == "add":
        places.add(1, LocationInput(given[0], given[0], region=given[1]))
    elif kind == "change":
        version = workspace.read(visit_queries.location, given[0]).version
        places.change(given[0], LocationInput(given[1], "x", region=given[2]), version)
    elif kind == "archive":
        places.set_active([given[0]], given[1])
    elif kind == "move":
        places.move([given[0]], given[1])
    elif kind == "merge":
        places.merge(given[0], [given[1]])
    elif kind == "rename":
        places.regions.rename(*given)
    elif kind == "lift":
        places.regions.move(*given)
    else:
        places.regions.remove(*given)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places") / "workspace"
    workspace = Workspace.open(folder)
    furnish(workspace)
    workspace.visits.start(1, 1, TODAY, ZONE, "E-01")
    workspace.close()
    return folder


@settings(max_examples=40, deadline=None)
@given(st.lists(acts, max_size=12))
def test_any_changes_are_taken_back_one_by_one(furnished: Path, changes: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as room:
        folder = Path(shutil.copytree(furnished, Path(room) / "workspace"))
        workspace = Workspace.open(folder)
        seen, steps = [rows(workspace)], []
        for change in changes:
            before = workspace.places.last
            try:
                act(workspace, *change)
            except (RefusedError, NotFoundError):
                assert rows(workspace) == seen[-1], "a refused change changed something"
            if workspace.places.last is not before:
                steps.append(last(workspace))
                seen.append(rows(workspace))
            assert_whole(workspace)
        for step in reversed(steps):
            assert rows(workspace) == seen.pop()
            redo = workspace.places.undo(step)
            assert rows(workspace) == seen[-1]
            again = workspace.places.undo(redo)
            workspace.places.undo(again)
        assert rows(workspace) == seen[0]
        workspace.close()


def assert_whole(workspace: Workspace) -> None:
    """No location without its search text, no region in a circle, no visit in a merged place."""
    raw = workspace.store.raw
    told = raw.execute("SELECT code, name, address, tags, folded, sort_code FROM location")
    for code, name, address, _, folded, sort_code in told.fetchall():
        assert folded == place_queries.search_text(code, name, address, ())
        assert sort_code == code.lower()
    workspace.read(visit_queries.region_tree)
    stranded = (
        "SELECT count(*) FROM visit JOIN location ON location.id = visit.location_id "
        "WHERE merged_into IS NOT NULL AND NOT location.active"
    )
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    assert raw.execute(stranded).fetchone() == (0,)


# many at once


def test_an_import_is_done_whole_or_not_at_all(stores: Workspace) -> None:
    (old,) = stores.read(visit_queries.location_page, LocationFilter("SG-9"))
    new = LocationInput("SG-11", "Mới", region="Miền Nam / TP.HCM / Quận 7")
    changed = LocationInput("SG-9", "Đồng Khởi 2", old.address, old.region)
    plan = Plan(
        adds=(LocationChange(2, "SG-11", "Lá", 1, None, new),),
        changes=(LocationChange(3, "SG-9", "Lá", 1, old, changed),),
    )
    before = rows(stores)
    stores.places.apply_import(plan, "cua-hang.xlsx")
    assert page(stores, "moi sg-11") == ["SG-11"]
    assert page(stores, "dong khoi 2") == ["SG-9"]
    done = rows(stores)
    for stale, code in ((plan, "code_taken"), (Plan(changes=plan.changes), "changed_meanwhile")):
        with pytest.raises(RefusedError) as caught:
            stores.places.apply_import(stale, "cua-hang.xlsx")
        assert caught.value.code == code
        assert rows(stores) == done
    stores.places.undo(last(stores))
    assert rows(stores) == before
