"""Roll-ups that are kept equal roll-ups that are built, whatever is done; lists go by them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from auditor.domain.errors import RefusedError
from auditor.domain.places import LocationFilter, LocationOrder, Rung, Step
from auditor.domain.visits import VisitStatus
from auditor.services.workspace import Workspace
from auditor.store.queries import rollups as rollup_queries
from auditor.store.queries.location_listing import list_key, location_list
from auditor.store.tables import VISIT
from forms.answers import Answer
from forms.filling import Progress

from .conftest import ZONE

SHOP = """
format: auditor-checklist/1
id: {id}
version: "1"
title: Shop
languages: [vi]
scoring: {{total: points, bands: [{{min: 50, id: A, label: A}}, {{min: 0, id: B, label: B}}]}}
sections:
  - id: door
    title: Door
    questions:
      - {{id: rating, type: scale, min: 0, max: 10, points: 10, label: Rating, allow_na: true}}
"""
FIRST_DAY = date(2026, 1, 1)


def shop(workspace: Workspace, count: int = 4) -> list[int]:
    """Locations 1…count and two checklists, of other ids."""
    client = workspace.places.add_client("A")
    brand = workspace.places.add_brand(client.id, "A")
    for name in ("one", "two"):
        workspace.checklists.add(SHOP.format(id=name).encode(), f"{name}.yaml")
    return [
        workspace.places.add_location(brand.id, f"L{number}", f"Nơi {number}").id
        for number in range(1, count + 1)
    ]


def submit(
    workspace: Workspace, location: int, rating: int | None, day: int = 0, checklist: int = 1
) -> int:
    on = FIRST_DAY + timedelta(days=day)
    visit = workspace.visits.start(location, checklist, on, ZONE, "E-1")
    given = Answer(rating) if rating is not None else Answer(not_applicable=True)
    workspace.visits.save_answer(visit.id, ("rating", 0), given, Progress(1, 1))
    workspace.visits.submit(visit.id, "E-1")
    return visit.id


def kept(workspace: Workspace) -> list[tuple[Any, ...]]:
    return workspace.read(rollup_queries.kept)


def built(workspace: Workspace) -> list[tuple[Any, ...]]:
    return workspace.read(rollup_queries.built)


class Lives(RuleBasedStateMachine):
    """Visits come, are voided, move with their locations, and move back."""

    @initialize()
    def begin(self) -> None:
        self.room = tempfile.TemporaryDirectory()
        self.workspace = Workspace.open(Path(self.room.name) / "w")
        self.places = shop(self.workspace)
        self.visits: list[int] = []
        self.steps: list[Step] = []

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            self.workspace.close()
            self.room.cleanup()

    @rule(
        place=st.integers(0, 3),
        rating=st.none() | st.integers(0, 10),
        day=st.integers(0, 5),
        checklist=st.integers(1, 2),
    )
    def hand_in(self, place: int, rating: int | None, day: int, checklist: int) -> None:
        location = self.places[place]
        self.visits.append(submit(self.workspace, location, rating, day, checklist))

    @rule(which=st.integers(0, 20))
    def void(self, which: int) -> None:
        if self.visits:
            self.workspace.visits.void(self.visits.pop(which % len(self.visits)), "sai")

    @rule(which=st.integers(0, 20), back=st.booleans())
    def send_back(self, which: int, back: bool) -> None:
        if not self.visits:
            return
        visit = self.visits.pop(which % len(self.visits))
        with self.workspace.store.unit() as unit:
            self.workspace.visits._move(unit, visit, VisitStatus.SENT_BACK)
        if back:
            self.workspace.visits.reopen(visit)

    @rule(keep=st.integers(0, 3), gone=st.integers(0, 3))
    def merge(self, keep: int, gone: int) -> None:
        try:
            self.workspace.places.merge(self.places[keep], [self.places[gone]])
        except RefusedError:
            return
        last = self.workspace.places.last
        assert last is not None
        self.steps.append(last)

    @rule()
    def undo(self) -> None:
        if self.steps:
            with suppress(RefusedError):  # it was changed since
                self.workspace.places.undo(self.steps.pop())

    @invariant()
    def what_is_kept_is_what_is_built(self) -> None:
        if hasattr(self, "workspace"):
            assert kept(self.workspace) == built(self.workspace)


Lives.TestCase.settings = settings(max_examples=8, stateful_step_count=10, deadline=None)
TestLives = Lives.TestCase


@pytest.fixture
def empty(tmp_path: Path) -> Any:
    opened = Workspace.open(tmp_path / "w")
    yield opened
    opened.close()


def test_a_location_tells_its_last_score_and_how_it_changed(empty: Workspace) -> None:
    (place, *_) = shop(empty)
    submit(empty, place, 5, day=0)
    submit(empty, place, 9, day=1, checklist=2)
    submit(empty, place, 8, day=2)
    submit(empty, place, None, day=3)
    detail = empty.location_lists.detail(place)
    assert detail is not None
    row = detail.listed
    assert (row.visits, row.score, row.band, row.change) == (4, 80.0, "A", 30.0)
    assert [score for _, score in detail.scores] == [50.0, 80.0]
    assert [visit.score for visit in detail.visits] == [None, "80.0", "90.0", "50.0"]
    assert [(each.title("vi"), each.percent) for each in detail.sections] == [("Door", 80.0)]


def test_merging_moves_the_visits_of_both_and_back(empty: Workspace) -> None:
    keep, gone, *_ = shop(empty)
    submit(empty, keep, 5, day=0)
    submit(empty, gone, 9, day=1)
    before = kept(empty)
    empty.places.merge(keep, [gone])
    assert kept(empty) == built(empty)
    (row,) = kept(empty)
    assert (row[0], row[1], row[4], row[6]) == (keep, 2, 90.0, 40.0)
    assert empty.places.last is not None
    again = empty.places.undo(empty.places.last)
    assert kept(empty) == built(empty) == before
    empty.places.undo(again)
    assert kept(empty) == built(empty) == [row]


def test_a_location_without_visits_has_no_row(empty: Workspace) -> None:
    place = shop(empty)[0]
    visit = submit(empty, place, 5)
    empty.visits.void(visit, "sai")
    assert kept(empty) == []
    with empty.store.unit() as unit:
        unit.execute(VISIT.update().values(status="submitted"))
        rollup_queries.rebuild(unit.connection)
    assert [row[0] for row in kept(empty)] == [place]


# lists


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Scores 50, 80, 80, 40; L5 and L6 were never visited. Only read."""
    opened = Workspace.open(tmp_path_factory.mktemp("visited") / "w")
    places = shop(opened, 6)
    for place, rating in zip(places, (5, 8, 8, None), strict=False):
        submit(opened, place, 4, day=0)
        submit(opened, place, rating, day=place)
    submit(opened, places[3], None, day=9)
    yield opened
    opened.close()


def codes(workspace: Workspace, order: LocationOrder, *, down: bool, **wanted: Any) -> list[str]:
    found = workspace.read(location_list, LocationFilter(**wanted), order, None, 50, down=down)
    return [each.place.code for each in found]


def test_lists_go_by_figures_both_ways_with_what_has_none_behind(visited: Workspace) -> None:
    by = LocationOrder
    assert codes(visited, by.SCORE, down=True) == ["L3", "L2", "L1", "L4", "L5", "L6"]
    assert codes(visited, by.SCORE, down=False) == ["L4", "L1", "L2", "L3", "L5", "L6"]
    assert codes(visited, by.LAST, down=True) == ["L4", "L3", "L2", "L1", "L5", "L6"]
    assert codes(visited, by.CHANGE, down=True) == ["L3", "L2", "L1", "L4", "L5", "L6"]
    assert codes(visited, by.CODE, down=True) == ["L6", "L5", "L4", "L3", "L2", "L1"]


def test_a_list_tells_how_high_each_band_stands(visited: Workspace) -> None:
    found = visited.read(location_list, LocationFilter(), LocationOrder.CODE, None, 50)
    upper, lowest = Rung.UPPER, Rung.LOWEST
    assert [each.rung for each in found] == [upper, upper, upper, lowest, None, None]


def test_lists_are_narrowed_by_what_visits_tell(visited: Workspace) -> None:
    by = LocationOrder.CODE
    third = datetime(2026, 1, 4, tzinfo=ZoneInfo(ZONE))  # the hour of a visit is the clock's, now
    assert codes(visited, by, down=False, never=True) == ["L5", "L6"]
    assert codes(visited, by, down=False, score_below=80.0) == ["L1", "L4"]
    assert codes(visited, by, down=False, visited_since=third) == ["L3", "L4"]
    assert codes(visited, by, down=False, idle_since=third) == ["L1", "L2", "L5", "L6"]
    for order in LocationOrder:
        assert set(codes(visited, order, down=True, idle_since=third)) == {"L1", "L2", "L5", "L6"}
        assert codes(visited, order, down=True, never=True, text="l6") == ["L6"]


@pytest.mark.parametrize("few", [True, False])
@pytest.mark.parametrize("order", LocationOrder)
@pytest.mark.parametrize("down", [False, True])
def test_pages_follow_each_other_in_any_order(
    visited: Workspace, order: LocationOrder, down: bool, few: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``few``: ids that are put in order; else a walk along an index."""
    monkeypatch.setattr("auditor.store.queries.places.MOST_COUNTED", 1000 if few else 0)
    for wanted in (
        LocationFilter(),
        LocationFilter("L"),
        LocationFilter(client=1),
        LocationFilter(score_below=81.0),
        LocationFilter(idle_since=datetime(2026, 1, 4, tzinfo=UTC)),
    ):
        whole = visited.read(location_list, wanted, order, None, 50, down=down)
        found, after = [], None
        while page := visited.read(location_list, wanted, order, after, 2, down=down):
            found += page
            after = list_key(page[-1], order)
        assert found == whole
        assert len({each.place.id for each in found}) == len(found) > 2


def test_the_count_says_when_it_stopped(
    visited: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = visited.location_lists
    assert lists.count(LocationFilter(score_below=90.0)).number == 4
    monkeypatch.setattr("auditor.store.queries.places.MOST_COUNTED", 3)
    count = lists.count(LocationFilter(score_below=90.0))
    assert (count.number, count.more) == (3, True)
    assert sorted(lists.ids(LocationFilter(score_below=90.0))) == [1, 2, 3, 4]
