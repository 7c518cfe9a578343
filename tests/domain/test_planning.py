"""How many visits each place gets, and on which days."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.domain.planning import Place, Rule, days_between, moved_day, spread, visits_needed
from auditor.domain.programs import Terms, WaveTerms, months
from auditor.domain.visit_hours import (
    VisitHours,
    allowed,
    hours_from_json,
    hours_to_json,
    open_on,
)

FIRST = date(2026, 11, 2)
DAYS = days_between(FIRST, FIRST + timedelta(days=29))


@st.composite
def place_lists(draw: st.DrawFn) -> list[Place]:
    found = []
    for key in range(draw(st.integers(0, 8))):
        taken = draw(st.frozensets(st.sampled_from(DAYS), max_size=2))
        found.append(
            Place(
                key,
                f"L{key}",
                region=draw(st.sampled_from(["", "Nam", "Nam / HCM", "Bắc"])),
                quota=draw(st.integers(0, 4)),
                present=len(taken),
                seen=draw(st.none() | st.sampled_from(DAYS)),
                taken=taken,
            )
        )
    return found


RULES = st.sampled_from(Rule)


@settings(max_examples=120, deadline=None)
@given(place_lists(), RULES, st.integers(0, 6))
def test_no_rule_goes_above_a_quota_and_planning_again_adds_nothing(
    places: list[Place], rule: Rule, per_region: int
) -> None:
    counts = visits_needed(places, rule, per_region)
    after = []
    for place in places:
        new = counts.get(place.id, 0)
        assert new == 0 or place.present + new <= place.quota
        if rule is Rule.ONCE:
            assert new == (1 if place.present == 0 and place.quota else 0)
        if rule is Rule.QUOTA:
            assert place.present + new == max(place.quota, place.present)
        after.append(
            Place(place.id, place.code, "", place.region, place.quota, place.present + new)
        )
    assert not visits_needed(after, rule, per_region)


@given(place_lists(), st.integers(0, 6))
def test_a_region_gets_its_visits_as_far_as_quotas_go(places: list[Place], per_region: int) -> None:
    counts = visits_needed(places, Rule.REGION, per_region)
    for region in {place.region for place in places}:
        alike = [place for place in places if place.region == region]
        there = sum(place.present for place in alike)
        most = there + sum(place.room for place in alike)
        planned = there + sum(counts.get(place.id, 0) for place in alike)
        assert planned == max(there, min(per_region, most))


def test_a_region_takes_those_longest_unvisited_first() -> None:
    places = [
        Place(1, "A", region="R", quota=2, seen=date(2026, 10, 1)),
        Place(2, "B", region="R", quota=2),
        Place(3, "C", region="R", quota=2, seen=date(2026, 9, 1)),
    ]
    assert visits_needed(places, Rule.REGION, 2) == {2: 1, 3: 1}
    assert visits_needed(places, Rule.REGION, 4) == {1: 1, 2: 2, 3: 1}


@settings(max_examples=120, deadline=None)
@given(place_lists(), st.integers(0, 30))
def test_visits_are_spread_evenly_and_a_place_is_not_seen_twice_a_day(
    places: list[Place], count: int
) -> None:
    days = DAYS[:count]
    counts = visits_needed(places, Rule.QUOTA)
    found = spread(places, counts, days)
    assert Counter(place.id for place, _ in found) == counts
    if not days:
        assert {day for _, day in found} <= {None}
        return
    assert {day for _, day in found} <= set(days)
    for place in places:
        mine = [day for each, day in found if each.id == place.id]
        if len(mine) + len(place.taken) <= len(days):
            assert len(set(mine)) == len(mine)
            assert not set(mine) & place.taken
    untaken = not any(place.taken for place in places)
    if untaken and all(count <= len(days) for count in counts.values()) and len(counts) < 2:
        per_day = Counter(day for _, day in found)
        assert max(per_day.values(), default=0) <= -(-len(found) // len(days))


def test_regions_and_repeats_lie_far_apart() -> None:
    places = [Place(n, f"L{n:02}", region="NS"[n % 2], quota=2) for n in range(20)]
    found = spread(places, visits_needed(places, Rule.QUOTA), DAYS[:20])
    per_day = Counter(day for _, day in found)
    assert set(per_day.values()) == {2}
    days: dict[int, list[date]] = defaultdict(list)
    for place, day in found:
        assert day is not None
        days[place.id].append(day)
    assert all((max(each) - min(each)).days >= 9 for each in days.values())
    by_region: dict[str, list[date | None]] = defaultdict(list)
    for place, day in found:
        by_region[place.region].append(day)
    assert all(len(set(each)) >= 18 for each in by_region.values())


@given(st.integers(0, 29), st.integers(1, 60))
def test_a_moved_day_keeps_its_place(at: int, count: int) -> None:
    new = days_between(date(2027, 3, 1), date(2027, 3, 1) + timedelta(days=count - 1))
    moved = moved_day(DAYS[at], DAYS, new)
    assert moved in new
    if count == len(DAYS):
        assert new.index(moved) == at
    if at:
        assert moved >= moved_day(DAYS[at - 1], DAYS, new)


# windows, terms, months


@given(
    st.frozensets(st.integers(0, 6), min_size=1),
    st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None, fold=0)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None, fold=0)),
    st.builds(datetime.combine, st.dates(FIRST, date(2027, 11, 1)), st.times()),
)
def test_visit_hours_cover_their_minutes(
    days: frozenset[int], opens: time, closes: time, moment: datetime
) -> None:
    hours = VisitHours(days, opens, closes)
    length = (
        (closes.hour * 60 + closes.minute) - (opens.hour * 60 + opens.minute)
    ) % 1440 or 1440  # equal times are a whole day from then on
    before = range(8)
    starts = [
        datetime.combine(moment.date() - timedelta(days=n), opens)
        for n in before
        if (moment.date() - timedelta(days=n)).weekday() in days
    ]
    inside = any(start <= moment < start + timedelta(minutes=length) for start in starts)
    assert hours.covers(moment) is inside
    assert hours_from_json(hours_to_json([hours])) == (hours,)


def test_without_windows_every_moment_is_right() -> None:
    assert allowed((), datetime.combine(FIRST, time(3)))
    assert open_on((), FIRST)
    weekdays = (VisitHours(frozenset(range(5)), time(9), time(17)),)
    assert not open_on(weekdays, date(2026, 11, 22))
    assert allowed(weekdays, datetime.combine(FIRST, time(9)))
    assert not allowed(weekdays, datetime.combine(FIRST, time(17)))


def test_a_wave_says_what_differs() -> None:
    terms = Terms(7, quota=2, rotation=3)
    assert WaveTerms().over(terms) == terms
    assert WaveTerms(quota=0).over(terms) == Terms(7, quota=0, rotation=3)


def test_months_are_whole() -> None:
    assert months(date(2026, 11, 22), 3) == (
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 31)),
    )
