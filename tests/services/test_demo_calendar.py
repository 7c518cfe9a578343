"""When the demo's visits were made, for any day on which it is built."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.services.demo_data.brand import PLACES, rounds
from auditor.services.demo_data.calendar import appointments
from auditor.services.demo_data.telling import pictures

days = st.dates(min_value=date(2024, 1, 1), max_value=date(2040, 12, 31))


@given(days)
@settings(max_examples=60)
def test_rounds_are_the_three_latest_quarters(today: date) -> None:
    first, second, last = rounds(today)
    assert first.ends - second.starts == second.ends - last.starts == timedelta(days=13)
    assert last.starts <= today - timedelta(days=9)
    assert today <= last.ends
    assert len({first.name, second.name, last.name}) == 3


@pytest.mark.parametrize(
    ("today", "names"),
    [
        (date(2026, 11, 22), ["Q2/2026", "Q3/2026", "Q4/2026"]),
        (date(2027, 1, 9), ["Q2/2026", "Q3/2026", "Q4/2026"]),
        (date(2027, 1, 10), ["Q3/2026", "Q4/2026", "Q1/2027"]),
    ],
)
def test_a_round_has_its_quarters_name(today: date, names: list[str]) -> None:
    assert [wave.name for wave in rounds(today)] == names


@given(days)
@settings(max_examples=60)
def test_every_visit_lies_in_its_round_and_only_plans_lie_ahead(today: date) -> None:
    for one in appointments(today):
        assert one.round.starts <= one.day <= one.round.ends
        assert (one.day < today) == bool(one.story or one.void)


def test_each_location_is_visited_once_a_round_and_submitted_at_least_once() -> None:
    planned = [one for one in appointments(date(2026, 11, 22)) if not one.void]
    assert len(planned) == 18
    assert {(one.place, one.round) for one in planned} == {
        (place, wave) for place in range(len(PLACES)) for wave in rounds(date(2026, 11, 22))
    }
    submitted = [one.place for one in planned if one.story and one.answers is None]
    assert set(submitted) == set(range(len(PLACES)))


def test_photos_are_taken_while_the_evaluator_is_there() -> None:
    for one in appointments(date(2026, 11, 22)):
        if one.story is None:
            continue
        arrived = datetime.combine(one.day, one.story.arrived)
        shots = pictures(one.story, one.day, one.place)
        assert len({(shot.photo.scene, shot.photo.taken) for shot in shots}) == len(shots)
        for shot in shots:
            assert timedelta(minutes=-8) < shot.photo.taken - arrived < timedelta(minutes=42)
