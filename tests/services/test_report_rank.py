"""The place among the wave's locations and the indices behind a report, from rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.services.report_rank import rank_of
from auditor.services.workspace import Workspace
from auditor.store.queries.reports import RECENT, Standing
from forms.answers import Answer
from forms.filling import Progress
from reports.snapshot import IndexCounts, Rank, ReportSnapshot

CHECKLIST = """
format: auditor-checklist/1
id: small
version: "1"
title: Shop visit
languages: [en]
scoring: {total: points}
sections:
  - id: s
    title: Shop
    questions:
      - {id: score, type: scale, min: 0, max: 100, points: 100, label: How was it?}
      - {id: again, type: nps, label: Would you recommend it?}
"""


class Firm:
    """A brand with locations and waves; ``visit`` hands one in with a score."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2026, 1, 5, 7, tzinfo=UTC)
        self.workspace = Workspace.open(folder, clock=lambda: self.now)
        places, programs = self.workspace.places, self.workspace.programs
        client = places.add_client("Sen Việt")
        brand = places.add_brand(client.id, "Sen", "#7B2D43", "#4A2C2A")
        other = places.add_brand(client.id, "Lúa", "#7B2D43", "#4A2C2A")
        program = programs.add_program(client.id, "Trải nghiệm 2026")
        self.locations = [
            places.add_location(brand.id, f"S{n}", f"Quán {n}", "", "").id for n in range(5)
        ]
        self.stranger = places.add_location(other.id, "L1", "Quán Lúa", "", "").id
        self.waves = [programs.add_wave(program.id, f"Q{n}").id for n in range(1, 8)]
        self.checklist = self.workspace.checklists.add(CHECKLIST.encode(), "s.yaml").id

    def visit(self, location: int, wave: int, score: int, again: int | None = 9) -> int:
        self.now += timedelta(days=1)
        visits = self.workspace.visits
        here = visits.start(
            location, self.checklist, self.now.date(), "Asia/Ho_Chi_Minh", "E-27", self.waves[wave]
        )
        visits.save_answer(here.id, ("score", 0), Answer(score), Progress(1, 2))
        if again is not None:
            visits.save_answer(here.id, ("again", 0), Answer(again), Progress(2, 2))
        visits.submit(here.id, "Người kín")
        return here.id

    def report(self, visit: int) -> ReportSnapshot:
        return self.workspace.reports.snapshot(visit, "en")

    def rank(self, visit: int) -> Rank | None:
        return self.report(visit).comparison.rank


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    firm = Firm(tmp_path / "ws")
    yield firm
    firm.workspace.close()


def test_no_place_on_a_first_visit_nor_alone(firm: Firm) -> None:
    first, second = firm.locations[:2]
    one = firm.visit(first, 0, 70)
    firm.visit(second, 0, 80)
    assert firm.rank(one) is None, "one visit each"
    again = firm.visit(first, 1, 90)
    assert firm.rank(again) is None, "nobody else was visited in the wave"
    firm.visit(second, 1, 80)
    rank = firm.rank(again)
    assert rank is not None
    assert (rank.place, rank.of, rank.visits, rank.mean) == (1, 2, 2, 80)
    assert rank.tied == 1, "80 and 80, as printed"
    assert firm.rank(one) is None, "the first report stays as it was"


def test_the_place_is_by_the_mean_of_the_last_four(firm: Firm) -> None:
    a, b, c, d, _ = firm.locations
    for wave, scores in enumerate([(0, 60, 90), (80, 60, 90), (80, 60, 90), (80, 60, 90)]):
        for location, score in zip((a, b, c), scores, strict=True):
            firm.visit(location, wave, score)
    firm.visit(d, 4, 99)
    last = firm.visit(a, 4, 80)
    firm.visit(b, 4, 61)
    firm.visit(c, 4, 70)
    firm.visit(firm.stranger, 4, 100)
    rank = firm.rank(last)
    assert rank is not None
    assert (rank.place, rank.of, rank.single) == (2, 3, 1)
    assert rank.mean == 80, "the 0 of the first wave is no longer in it"
    assert rank.visits == RECENT


def test_later_visits_do_not_move_the_place(firm: Firm) -> None:
    a, b, *_ = firm.locations
    firm.visit(a, 0, 70)
    firm.visit(b, 0, 60)
    last = firm.visit(a, 1, 70)
    firm.visit(b, 1, 60)
    before = firm.rank(last)
    firm.visit(a, 2, 0)
    firm.visit(b, 2, 100)
    assert firm.rank(last) == before


def test_indices_are_counted_over_the_same_visits(firm: Firm) -> None:
    a, b, c, *_ = firm.locations
    for location, first, second in ((a, 10, 3), (b, 9, 9), (c, 7, None)):
        firm.visit(location, 0, 70, first)
        last = firm.visit(location, 1, 70, second)
    assert last
    mine = firm.visit(a, 1, 75, 10)
    [counts] = firm.report(mine).comparison.indices
    assert counts == IndexCounts("again", ((3, 1), (10, 2)), ((7, 1), (9, 2)))


def test_without_a_wave_there_is_neither(firm: Firm) -> None:
    visits = firm.workspace.visits
    here = visits.start(
        firm.locations[0], firm.checklist, firm.now.date(), "Asia/Ho_Chi_Minh", "E-27"
    )
    visits.save_answer(here.id, ("score", 0), Answer(50), Progress(1, 2))
    visits.submit(here.id, "Người kín")
    comparison = firm.report(here.id).comparison
    assert comparison.rank is None
    assert comparison.indices == ()


STANDINGS = st.lists(
    st.tuples(st.integers(1, 4), st.fractions(0, 100, max_denominator=40)), min_size=2, max_size=9
)


@settings(max_examples=100, deadline=None)
@given(STANDINGS, st.none() | st.floats(0, 40))
def test_places_are_fair(rows: list[tuple[int, Fraction]], usual: float | None) -> None:
    standings = [Standing(at, visits, mean) for at, (visits, mean) in enumerate(rows)]
    ranks = {s.location_id: rank_of(standings, s.location_id, 1, usual) for s in standings}
    ranked = {key: rank for key, rank in ranks.items() if rank is not None}
    many = sum(s.visits >= 2 for s in standings)
    assert len(ranked) == (many if many > 1 else 0)
    for key, rank in ranked.items():
        assert rank.of == many
        assert rank.single == len(standings) - many
        assert 1 <= rank.place <= rank.of - rank.tied
        assert sum(other.place == rank.place for other in ranked.values()) == rank.tied + 1
        better = sum(o.place < rank.place for o in ranked.values())
        assert better == rank.place - 1, f"{key}: 1, 2, 2, 4"
        if rank.near is not None:
            assert rank.near[0] <= rank.place <= rank.near[1]
        assert (rank.near is None) == (usual is None)
