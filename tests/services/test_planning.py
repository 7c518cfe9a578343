"""Waves planned, topped up, and changed afterwards: each change one unit that is taken back."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from auditor.domain.assignments import AssignmentFilter, AssignmentOrder
from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.facts import Daypart, VisitRules
from auditor.domain.places import Count, LocationFilter
from auditor.domain.planning import Clash, PlanAsk, Rule, Spread, Staffing
from auditor.domain.programs import WaveTerms
from auditor.domain.rotation import Bar, ConflictsError
from auditor.domain.visit_hours import VisitHours
from auditor.domain.visits import VisitStatus
from auditor.services.assignments import AssignmentInput, Days
from auditor.services.sheets.reading import read
from auditor.services.workspace import Workspace
from auditor.services.writing import Writing
from auditor.store import events
from auditor.store.queries import planning as planning_queries
from auditor.store.queries import visits as visit_queries

from .conftest import CHECKLIST, ZONE
from .planning_world import EARLY, World, world

TABLES = ("program", "wave", "wave_quota", "evaluator", "assignment", "visit")
JANUARY = date(2027, 1, 1)


@pytest.fixture
def office(workspace: Workspace) -> World:
    """Six places, four evaluators, three months; each place once in each, another evaluator."""
    return world(workspace, quota=1, rotation=1, lockout_days=20)


def rows(workspace: Workspace) -> dict[str, list[Any]]:
    raw = workspace.store.raw
    return {name: raw.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in TABLES}


def undo(service: Writing) -> None:
    assert service.last is not None
    service.undo(service.last)


def told(workspace: Workspace) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(workspace.read(events.events)[-1].payload or "{}")
    return found


# planning


def test_a_year_is_planned_and_taken_back(office: World) -> None:
    workspace, before = office.workspace, rows(office.workspace)
    heard: list[Changes] = []
    workspace.subscribe(heard.append)
    plan = office.plan()
    assert (len(plan.visits), plan.full, plan.unassigned) == (18, 0, ())
    assert plan.per_wave == dict.fromkeys(office.wave_ids, 6)
    assert sum(plan.per_evaluator.values()) == 18
    seats = office.seats()
    assert len(heard) == 1
    assert heard[0] == Changes(programs=True, visits=frozenset(s.visit_id for s in seats))
    assert len({seat.number for seat in seats}) == 18
    for seat in seats:
        wave = workspace.programs.wave(seat.wave_id or 0)
        assert seat.planned_for is not None
        assert wave.covers(seat.planned_for)
        assert seat.due is not None
        assert seat.planned_for <= seat.due <= (wave.ends_on or seat.due)
    undo(workspace.planning)
    assert rows(workspace) == before
    undo(workspace.planning)
    assert len(office.seats()) == 18


def test_planned_visits_can_be_begun_and_handed_to_the_evaluator(office: World) -> None:
    office.plan(0)
    seat = office.seats()[0]
    record = office.workspace.visits.begin(seat.visit_id, ZONE, "")
    assert (record.program, record.wave, record.evaluator) == ("Đo lường", "T1", seat.evaluator)
    assert record.total > 0


def test_planning_again_tops_up_to_the_quota(office: World) -> None:
    office.plan(0, staffing=None)
    workspace = office.workspace
    again = workspace.planning.preview(office.wave_ids[:1], office.ask(), EARLY)
    assert (again.visits, again.full) == ((), 6)
    assert workspace.planning.make(again) == 0
    office.change(quota=2)
    gone = office.seats()[0]
    workspace.assignments.cancel([gone.visit_id], "Sửa quán")
    more = office.plan(0)
    assert len(more.visits) == 7
    assert Counter(seat.location_id for seat in office.seats()) == {
        place.id: 2 for place in office.places
    }


def test_each_rule_gives_what_it_says(office: World) -> None:
    office.change(quota=3)
    preview = office.workspace.planning.preview
    one = office.wave_ids[:1]
    assert len(preview(one, office.ask(rule=Rule.ONCE), EARLY).visits) == 6
    assert len(preview(one, office.ask(rule=Rule.QUOTA), EARLY).visits) == 18
    by_region = preview(one, office.ask(rule=Rule.REGION, per_region=3), EARLY)
    assert Counter(visit.region for visit in by_region.visits) == {
        "Miền Nam / TP.HCM": 3,
        "Miền Nam / Cần Thơ": 3,
        "Miền Bắc / Hà Nội": 3,
    }
    some = PlanAsk(where=LocationFilter("Nơi 3"), rule=Rule.ONCE)
    assert [visit.location_code for visit in preview(one, some, EARLY).visits] == ["S-003"]
    with pytest.raises(NotFoundError):
        preview(one, PlanAsk(locations=(999,)), EARLY)


def test_regions_take_turns_over_the_waves(office: World) -> None:
    plan = office.workspace.planning.preview(
        office.wave_ids, office.ask(rule=Rule.REGION, per_region=1), EARLY
    )
    by_wave = [
        {visit.location_code for visit in plan.visits if visit.wave_id == wave}
        for wave in office.wave_ids
    ]
    assert by_wave == [{"S-000", "S-001", "S-002"}, {"S-003", "S-004", "S-005"}, by_wave[0]]


def test_visits_stand_on_open_days_from_today_on(office: World) -> None:
    program = office.workspace.programs.get(office.program.id)
    weekend = VisitRules(windows=(VisitHours(frozenset({5, 6}), time(9), time(20)),))
    office.workspace.programs.update_program(program.id, rules=weekend)
    today = date(2027, 1, 15)
    plan = office.workspace.planning.preview(
        office.wave_ids[:1], office.ask(dayparts=(Daypart.MORNING, Daypart.EVENING)), today
    )
    days = {visit.planned_for for visit in plan.visits}
    assert days == {date(2027, 1, day) for day in (16, 17, 23, 24, 30, 31)}
    assert Counter(visit.daypart for visit in plan.visits) == {
        Daypart.MORNING: 3,
        Daypart.EVENING: 3,
    }
    open_days = office.workspace.planning.preview(
        office.wave_ids[:1], office.ask(spread=Spread.OPEN), today
    )
    for visit in open_days.visits:
        days_of = visit.planned_for, visit.not_before, visit.due
        assert days_of == (None, today, date(2027, 1, 31))


@pytest.mark.parametrize(
    ("code", "today", "waves"),
    [("wave_over", date(2027, 2, 1), 1), ("waves_of_one", EARLY, 0)],
)
def test_what_cannot_be_planned_says_why(office: World, code: str, today: date, waves: int) -> None:
    with pytest.raises(RefusedError) as refused:
        office.workspace.planning.preview(office.wave_ids[:waves], office.ask(), today)
    assert refused.value.code == code


def test_a_wave_needs_days_and_a_checklist(office: World) -> None:
    workspace = office.workspace
    bare = workspace.programs.add_wave(office.program.id, "Không ngày")
    with pytest.raises(RefusedError) as refused:
        workspace.planning.preview([bare.id], office.ask(), EARLY)
    assert refused.value.code == "wave_no_days"
    assert (
        len(workspace.planning.preview([bare.id], office.ask(spread=Spread.OPEN), EARLY).visits)
        == 6
    )
    office.change(checklist_version_id=None)
    with pytest.raises(RefusedError) as refused:
        workspace.planning.preview(office.wave_ids, office.ask(), EARLY)
    assert refused.value.code == "no_checklist"
    own = replace(bare.given, own=WaveTerms(checklist_version_id=1))
    workspace.programs.change_wave(bare.id, own, bare.version)
    assert workspace.planning.preview([bare.id], office.ask(spread=Spread.OPEN), EARLY).visits


def test_a_plan_of_what_has_changed_is_not_made(office: World) -> None:
    planning = office.workspace.planning
    plan = planning.preview(office.wave_ids, office.ask(), EARLY)
    planning.set_quota(office.wave_ids[0], 0, [office.places[0].id])
    with pytest.raises(RefusedError) as refused:
        planning.make(plan)
    assert refused.value.code == "plan_changed"
    fine = planning.preview(office.wave_ids, office.ask(), EARLY)
    office.workspace.places.add_client("Việc khác")
    assert planning.make(fine) == 17


def test_who_cannot_come_is_explained(office: World) -> None:
    office.change(most_visits=1)
    plan = office.workspace.planning.preview(office.wave_ids[:1], office.ask(), EARLY)
    assert len(plan.unassigned) == 2
    text = plan.unassigned[0].text("en")
    assert "4 with as many visits as one may have (EV-00, EV-01, EV-02 and 1 more)" in text
    english = office.ask(staffing=Staffing(languages=frozenset({"TIẾNG ANH"})))
    office.change(most_visits=0)
    plan = office.workspace.planning.preview(office.wave_ids[:1], english, EARLY)
    assert set(plan.per_evaluator) == {"EV-01", "EV-03"}


def test_home_comes_first(office: World) -> None:
    office.change(rotation=0, lockout_days=0)
    plan = office.workspace.planning.preview(office.wave_ids[:1], office.ask(), EARLY)
    homes = {record.code: record.region for record in office.evaluators}
    assert all(homes[visit.evaluator] == visit.region for visit in plan.visits)


def test_visits_without_an_evaluator_find_one_later(office: World) -> None:
    planning = office.workspace.planning
    office.plan(0, staffing=None)
    assert {seat.evaluator_id for seat in office.seats()} == {None}
    plan = planning.staff_preview(office.wave_ids, Staffing())
    assert planning.staff(plan) == 6
    assert None not in {seat.evaluator_id for seat in office.seats()}
    assert planning.staff_preview(office.wave_ids, Staffing()).staffed == ()


def test_what_was_made_elsewhere_locks_out_too(office: World) -> None:
    """A visit outside the program, of a month before, at the same place."""
    office.change(rotation=0, lockout_days=40)
    place = office.places[0].id
    for record in office.evaluators[:3]:
        office.workspace.visits.start(place, 1, date(2026, 12, 20), ZONE, record.code)
    plan = office.workspace.planning.preview(
        office.wave_ids[:1], PlanAsk(locations=(place,)), EARLY
    )
    assert [visit.evaluator for visit in plan.visits] == ["EV-03"]


# changing what is planned


def test_a_wave_moves_with_its_visits(office: World) -> None:
    office.change(lockout_days=0)
    office.plan()
    planning, before = office.workspace.planning, rows(office.workspace)
    first = office.wave_ids[0]
    days = {s.visit_id: s.planned_for for s in office.seats() if s.wave_id == first}
    moved = planning.move_wave(first, date(2027, 1, 4), date(2027, 2, 3))
    assert moved.visits == 6
    for seat in office.seats():
        if seat.wave_id == first:
            was = days[seat.visit_id]
            assert was is not None
            assert seat.planned_for == was + timedelta(days=3)
    assert office.workspace.programs.wave(first).starts_on == date(2027, 1, 4)
    undo(planning)
    assert rows(office.workspace) == before


def test_a_move_tells_its_own_visits_apart_from_those_it_leaves_alone(office: World) -> None:
    """A wave that passes another one changes their rotation; visits of the other are not moved."""
    office.change(rotation=1)
    office.plan()
    first = office.wave_ids[0]
    mine = [seat for seat in office.seats() if seat.wave_id == first]
    day = max(seat.last for seat in office.seats() if seat.wave_id == office.wave_ids[-1])
    done = office.workspace.planning.move_wave(
        first, day + timedelta(days=1), day + timedelta(days=31), Clash.RELEASE
    )
    assert done.released > 0
    assert done.visits == len(mine)


def test_a_move_that_breaks_rules_asks_first(office: World) -> None:
    office.change(rotation=0, lockout_days=20)
    office.plan(staffing=Staffing(among=frozenset({office.evaluators[0].id})))
    planning, before = office.workspace.planning, rows(office.workspace)
    february = office.wave_ids[1]
    with pytest.raises(ConflictsError) as refused:
        planning.move_wave(february, date(2027, 1, 5), date(2027, 2, 1))
    assert {each.bar for each in refused.value.conflicts} == {Bar.LOCKOUT}
    assert rows(office.workspace) == before
    released = planning.move_wave(february, date(2027, 1, 5), date(2027, 2, 1), Clash.RELEASE)
    assert released.released == 6
    assert {s.evaluator for s in office.seats() if s.wave_id == february} == {""}
    undo(planning)
    kept = planning.move_wave(february, date(2027, 1, 5), date(2027, 2, 1), Clash.ANYWAY)
    assert len(kept.conflicts) >= 6
    assert {each["rule"] for each in told(office.workspace)["anyway"]} == {"lockout"}


def test_waves_that_change_places_are_judged_too(office: World) -> None:
    """T1 and T3 may have the same evaluator while T2 stands between them."""
    one = frozenset({office.evaluators[0].id})
    office.change(lockout_days=0)
    office.plan(0, staffing=Staffing(among=one))
    office.plan(2, staffing=Staffing(among=one))
    with pytest.raises(ConflictsError) as refused:
        office.workspace.planning.move_wave(office.wave_ids[1], date(2027, 6, 1), date(2027, 6, 9))
    assert {each.bar for each in refused.value.conflicts} == {Bar.ROTATION}


def test_what_is_not_begun_has_the_new_checklist_of_its_wave(office: World) -> None:
    """A visit that was begun keeps the one that it was begun with; a wave with a checklist of its
    own does not mind that of the program."""
    workspace = office.workspace
    newer = CHECKLIST.replace('version: "1"', 'version: "2"').replace(
        "      - {id: hoped", "      - {id: smile, type: text, label: Smile}\n      - {id: hoped"
    )
    new = workspace.checklists.add(newer.encode(), "newer.yaml")
    office.plan()
    begun = office.seats()[0]
    workspace.visits.begin(begun.visit_id, ZONE, "")
    before = rows(workspace)
    first, second, _ = office.waves

    def versions(wave: int) -> Counter[tuple[int, int]]:
        found = [workspace.visits.get(s.visit_id) for s in office.seats() if s.wave_id == wave]
        return Counter((each.checklist_version_id, each.total) for each in found)

    old = versions(second.id)
    ((_, asked),) = old
    own = replace(second.given, own=replace(second.own, checklist_version_id=new.id))
    workspace.programs.change_wave(second.id, own, second.version)
    assert versions(second.id) == {(new.id, asked + 1): 6}
    undo(workspace.programs)
    assert rows(workspace) == before
    days = date(2027, 2, 2), date(2027, 3, 1)
    workspace.planning.move_wave(second.id, *days, Clash.ANYWAY, own, second.version)
    assert versions(second.id) == {(new.id, asked + 1): 6}
    assert versions(first.id) == {(1, asked): 6}
    office.change(checklist_version_id=new.id)
    assert versions(first.id) == {(1, asked): 1, (new.id, asked + 1): 5}
    undo(workspace.programs)
    assert versions(first.id) == {(1, asked): 6}
    assert versions(second.id) == {(new.id, asked + 1): 6}


def test_a_smaller_quota_cancels_the_last(office: World) -> None:
    office.change(quota=2, rotation=0, lockout_days=0)
    office.plan(0)
    workspace, first = office.workspace, office.wave_ids[0]
    begun = max(office.seats(), key=lambda seat: (seat.place == "S-000", seat.planned_for or EARLY))
    workspace.visits.begin(begun.visit_id, ZONE, "")
    before = rows(workspace)
    assert workspace.planning.set_quota(first, 1).visits == 6
    counts = Counter(seat.place for seat in office.seats())
    assert set(counts.values()) == {1}
    assert [seat.status for seat in office.seats() if seat.place == "S-000"] == [VisitStatus.DRAFT]
    undo(workspace.planning)
    assert rows(workspace) == before
    one = [office.places[1].id]
    workspace.planning.set_quota(first, 5, one)
    assert workspace.read(planning_queries.location_quotas, first) == {one[0]: 5}
    assert len(office.plan(0).visits) == 3
    workspace.planning.set_quota(first, None, one)
    assert workspace.read(planning_queries.location_quotas, first) == {}


def test_an_evaluator_is_replaced_everywhere(office: World) -> None:
    office.change(rotation=0, lockout_days=0)
    office.plan(staffing=Staffing(among=frozenset({office.evaluators[0].id})))
    planning, before = office.workspace.planning, rows(office.workspace)
    gone, new = office.evaluators[0], office.evaluators[1]
    one = planning.replace_evaluator(gone.id, new.id, office.wave_ids[:1])
    assert one.visits == 6
    rest = planning.replace_evaluator(gone.id, None)
    assert rest.visits == 12
    assert Counter(seat.evaluator for seat in office.seats()) == {"EV-01": 6, "": 12}
    undo(planning)
    assert planning.last is not None
    assert rows(office.workspace) != before


def test_a_cancelled_wave_leaves_what_was_begun(office: World) -> None:
    office.plan(0)
    workspace = office.workspace
    begun = office.seats()[0]
    workspace.visits.begin(begun.visit_id, ZONE, "")
    with pytest.raises(RefusedError):
        workspace.planning.cancel_wave(office.wave_ids[0], " ")
    before = rows(workspace)
    assert workspace.planning.cancel_wave(office.wave_ids[0], "Khách dừng").visits == 5
    assert [seat.visit_id for seat in office.seats()] == [begun.visit_id]
    void = workspace.read(
        planning_queries.assignment_page,
        AssignmentFilter(statuses=frozenset({VisitStatus.VOID})),
    )
    assert {record.note for record in void} == {"Khách dừng"}
    undo(workspace.planning)
    assert rows(workspace) == before


def test_a_plan_that_was_used_is_not_unmade(office: World) -> None:
    office.plan(0)
    planning = office.workspace.planning
    step = planning.last
    office.workspace.visits.begin(office.seats()[0].visit_id, ZONE, "")
    before = rows(office.workspace)
    assert step is not None
    with pytest.raises(RefusedError) as refused:
        planning.undo(step)
    assert refused.value.code == "changed_since"
    assert rows(office.workspace) == before


def test_a_plan_is_unmade_after_its_changes_were(office: World) -> None:
    """Cancelled, brought back, unmade: no event stands in the way."""
    before = rows(office.workspace)
    office.plan(0)
    made = office.workspace.planning.last
    assignments = office.workspace.assignments
    assignments.cancel([office.seats()[0].visit_id], "nhầm")
    undo(assignments)
    assert made is not None
    office.workspace.planning.undo(made)
    assert rows(office.workspace) == before


# one by one


def test_conflicts_are_told_and_may_be_accepted(office: World) -> None:
    office.plan(0)
    service = office.workspace.assignments
    (first, *_) = office.seats()
    wave = office.wave_ids[1]
    other = next(e for e in office.evaluators if e.id != first.evaluator_id)
    mine = first.evaluator_id or 0
    added = service.add(wave, first.location_id, Days(date(2027, 2, 20)), other.id)
    found = service.conflicts([added.visit_id], mine)
    (conflict,) = found
    assert conflict.text("en") == (
        f"{first.evaluator} visits {first.place} in T1 too. The rotation of the program: not again "
        "within 1 waves."
    )
    assert service.conflicts([added.visit_id], other.id) == ()
    with pytest.raises(ConflictsError):
        service.assign([added.visit_id], mine)
    assert service.get(added.visit_id).evaluator_id == other.id
    changed = service.assign([added.visit_id], mine, anyway=True)
    assert changed.conflicts == found
    payload = told(office.workspace)
    assert payload["anyway"][0]["rule"] == "rotation"
    assert payload["to"] == first.evaluator
    # what was accepted is not asked again when something else changes
    assert service.shift([added.visit_id], 1).visits == 1


def test_the_best_choice_stands_first(office: World) -> None:
    office.plan(0)
    seat = office.seats()[0]
    choices = office.workspace.assignments.fitting([seat.visit_id])
    assert len(choices) == 4
    assert not choices[0].conflicts
    assert choices[0].distance == 0
    keys = [(bool(c.conflicts), c.distance, c.load, c.evaluator.code) for c in choices]
    assert keys == sorted(keys)


def test_many_offered_at_once_are_judged_as_one_by_one(office: World) -> None:
    """Rotation within what is offered, the most visits and closed days included."""
    office.plan()
    office.change(rotation=1, lockout_days=9, most_visits=2)
    service, seats = office.workspace.assignments, office.seats()
    service.shift([seats[3].visit_id], 60, anyway=True)
    office.workspace.evaluators.set_active([office.evaluators[3].id], active=False)
    for asked in (seats, seats[:7], seats[4:5], seats[::3]):
        ids = [seat.visit_id for seat in asked]
        choices = service.fitting(ids)
        assert len(choices) == len(office.evaluators) - 1
        for choice in choices:
            alone = service.conflicts(ids, choice.evaluator.id)
            assert choice.conflicts == alone, choice.evaluator.code
    bars = {each.bar for choice in service.fitting([s.visit_id for s in seats])
            for each in choice.conflicts}  # fmt: skip
    assert bars >= {Bar.ROTATION, Bar.FULL}


def test_more_than_the_quota_by_hand_is_a_conflict(office: World) -> None:
    office.plan(0, staffing=None)
    service, place = office.workspace.assignments, office.places[0]
    with pytest.raises(ConflictsError) as refused:
        service.add(office.wave_ids[0], place.id, Days(date(2027, 1, 9)))
    assert [each.bar for each in refused.value.conflicts] == [Bar.QUOTA]
    assert service.broken(office.wave_ids) == {key: {} for key in office.wave_ids}
    more = service.add(office.wave_ids[0], place.id, Days(date(2027, 1, 9)), anyway=True)
    assert len(office.seats()) == 7
    last = max(
        (seat for seat in office.seats() if seat.place == place.code),
        key=lambda seat: (seat.planned_for or EARLY, seat.visit_id),
    )
    ((key, (told_of,)),) = service.broken(office.wave_ids)[more.wave_id].items()
    assert (key, told_of.bar) == (last.visit_id, Bar.QUOTA)
    assert told_of.text("en") == "S-000 has 2 visits in T1 already, its quota is 1."


def test_days_outside_the_wave_or_its_windows_are_conflicts(office: World) -> None:
    weekdays = VisitRules(windows=(VisitHours(frozenset(range(5))),))
    office.workspace.programs.update_program(office.program.id, rules=weekdays)
    office.plan(0)
    seat = office.seats()[0]
    service = office.workspace.assignments
    for day, bar in ((date(2027, 2, 3), Bar.WAVE), (date(2027, 1, 9), Bar.CLOSED)):
        with pytest.raises(ConflictsError) as refused:
            service.reschedule([seat.visit_id], Days(day))
        assert [each.bar for each in refused.value.conflicts] == [bar]
        assert refused.value.conflicts[0].text("vi")
    with pytest.raises(RefusedError) as wrong:
        service.reschedule([seat.visit_id], Days(date(2027, 1, 9), None, date(2027, 1, 8)))
    assert wrong.value.code == "days_order"


def test_what_was_begun_is_its_evaluators(office: World) -> None:
    office.plan(0)
    first, second, *_ = office.seats()
    office.workspace.visits.begin(first.visit_id, ZONE, "")
    service, before = office.workspace.assignments, rows(office.workspace)
    with pytest.raises(RefusedError) as refused:
        service.assign([first.visit_id, second.visit_id], None)
    assert refused.value.code == "begun"
    assert first.number in refused.value.text("vi")
    assert rows(office.workspace) == before
    service.cancel([first.visit_id], "bỏ")
    assert office.workspace.visits.get(first.visit_id).status is VisitStatus.VOID
    (event,) = [
        each
        for each in office.workspace.read(events.events, first.visit_id)
        if each.kind == "visit.void"
    ]
    assert "bỏ" in (event.payload or "")
    undo(service)
    assert rows(office.workspace) == before


def test_a_visit_has_its_own_words_and_money(office: World) -> None:
    from decimal import Decimal

    office.change(fee=Decimal(150000))
    office.plan(0)
    service, seat = office.workspace.assignments, office.seats()[0]
    record = service.get(seat.visit_id)
    assert record.fee == Decimal(150000)
    given = AssignmentInput("Gọi món nóng", "xa", Daypart.EVENING, Decimal("200000.50"))
    changed = service.change_one(seat.visit_id, given, record.version)
    assert (changed.fee, changed.daypart) == (Decimal("200000.5"), Daypart.EVENING)
    with pytest.raises(RefusedError):
        service.change_one(seat.visit_id, given, record.version)
    undo(service)
    assert service.get(seat.visit_id) == record


# lists


def test_pages_follow_each_other_in_every_order(office: World) -> None:
    office.plan(0)
    office.plan(1, spread=Spread.OPEN)
    workspace = office.workspace
    workspace.visits.plan(1, 1)
    everything = workspace.read(planning_queries.assignment_page, limit=None)
    assert len(everything) == 13
    for order in AssignmentOrder:
        found, after = [], None
        while page := workspace.read(
            planning_queries.assignment_page, AssignmentFilter(), order, after, 5
        ):
            found += page
            after = planning_queries.key_of(page[-1], order)
        assert {record.id for record in found} == {record.id for record in everything}
        assert len(found) == 13
    days = [record.planned_for for record in everything]
    known = [day for day in days if day]
    assert known == sorted(known)
    assert days[len(known) :] == [None] * 7


def test_filters_find_what_they_say(office: World) -> None:
    office.plan(0)
    office.plan(1, staffing=None)
    workspace = office.workspace

    def codes(**wanted: Any) -> list[str]:
        asked = AssignmentFilter(**wanted)
        found = workspace.read(planning_queries.assignment_page, asked, AssignmentOrder.NUMBER)
        assert workspace.read(planning_queries.assignment_count, asked) == Count(len(found))
        return [record.location_code for record in found]

    first, second = office.wave_ids[:2]
    assert len(codes(wave=first)) == len(codes(wave=second)) == 6
    assert len(codes(program=office.program.id)) == 12
    assert len(codes(evaluator=0)) == 6
    assert codes(text="noi 3", wave=first) == ["S-003"]
    assert codes(text="không đâu") == []
    tree = {node.path: node.id for node in workspace.read(visit_queries.region_tree)}
    assert sorted(codes(region=tree["Miền Nam"], wave=first)) == [
        "S-000",
        "S-001",
        "S-003",
        "S-004",
    ]
    assert len(codes(overdue_on=date(2027, 2, 1))) == 6
    assert len(codes(first=JANUARY, last=date(2027, 1, 31))) == 6
    whose = office.evaluators[0].id
    assert len(codes(evaluator=whose)) == sum(s.evaluator_id == whose for s in office.seats())
    assert codes(statuses=frozenset({VisitStatus.DRAFT})) == []
    assert len(codes(client=1)) == 12


def test_calendar_and_sums_count_every_visit(office: World) -> None:
    office.plan(0)
    office.plan(1, spread=Spread.OPEN, staffing=None)
    workspace = office.workspace
    workspace.assignments.cancel([office.seats()[0].visit_id], "x")
    days = workspace.read(planning_queries.calendar, JANUARY, date(2027, 2, 28))
    assert sum(day.total for day in days) == 11
    assert days[-1].day == date(2027, 2, 28)
    assert (days[-1].total, days[-1].unassigned) == (6, 6)
    counts = workspace.read(planning_queries.wave_counts, office.wave_ids, date(2027, 2, 15))
    first, second, third = (counts[key] for key in office.wave_ids)
    assert (first.total, first.of(VisitStatus.VOID), first.overdue, first.unassigned) == (
        5,
        1,
        5,
        0,
    )
    assert (second.total, second.overdue, second.unassigned) == (6, 0, 6)
    assert third.total == 0
    loads = workspace.read(planning_queries.loads, office.wave_ids, date(2027, 2, 15))
    assert [load.code for load in loads] == ["EV-00", "EV-01", "EV-02", "EV-03"]
    assert sum(load.total for load in loads) == sum(load.overdue for load in loads) == 5


# tables

TABLE = """\
Mã CH;Người đánh giá;Ngày kế hoạch;Hạn
S-000;EV-00;05/01/2027;08/01/2027
S-001;;2027-01-06;
s-002;ev-01;;31/01/2027
"""


def test_a_wave_is_planned_by_a_table(office: World, tmp_path: Any) -> None:
    workspace, lists = office.workspace, office.workspace.assignment_lists
    path = tmp_path / "ke-hoach.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    wave, before = office.waves[0], rows(workspace)
    plan = lists.plan(read(path), wave)
    assert (plan.counts.adds, plan.counts.refused) == (3, 0)
    lists.apply(plan, wave, path.name)
    found = {seat.place: (seat.evaluator, seat.planned_for, seat.due) for seat in office.seats()}
    assert found == {
        "S-000": ("EV-00", date(2027, 1, 5), date(2027, 1, 8)),
        "S-001": ("", date(2027, 1, 6), None),
        "S-002": ("EV-01", None, date(2027, 1, 31)),
    }
    assert lists.plan(read(path), wave).counts.same == 3
    undo(workspace.planning)
    assert rows(workspace) == before


def test_rows_that_break_something_are_refused_with_their_reason(
    office: World, tmp_path: Any
) -> None:
    office.plan(0)
    lists, wave = office.workspace.assignment_lists, office.waves[1]
    mine = next(seat for seat in office.seats() if seat.place == "S-003")
    text = (
        f"Mã CH;Người đánh giá;Ngày kế hoạch\nS-003;{mine.evaluator};15/02/2027\n"
        "S-9;;\nS-001;EV-77;\nS-002;;31/02/2027\nS-004;;1/2/2027\nS-004;;2/2/2027\nS-005;;3/5/2027\n"
    )
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    plan = lists.plan(read(path), wave)
    assert {row.row: [problem.code for problem in row.problems] for row in plan.refused} == {
        2: ["rotation"],
        3: ["unknown_location"],
        4: ["unknown_evaluator"],
        5: ["no_day"],
        7: ["quota"],
        8: ["wave"],
    }
    assert all(problem.text("vi") for row in plan.refused for problem in row.problems)
    assert lists.plan(read(path), wave, anyway=True).counts.adds == 3


@pytest.mark.parametrize("name", ["w.xlsx", "w.csv"])
def test_a_wave_that_goes_out_comes_in_just_so(office: World, tmp_path: Any, name: str) -> None:
    office.plan(0)
    lists, wave = office.workspace.assignment_lists, office.waves[0]
    path = lists.export(tmp_path / name, "vi", AssignmentFilter(wave=wave.id))
    assert lists.plan(read(path), wave).counts.same == 6
    seat = office.seats()[0]
    moved = Days(date(2027, 1, 30), None, None)
    office.workspace.assignments.reschedule([seat.visit_id], moved)
    back = lists.plan(read(path), wave)
    assert [(each.code, each.fields) for each in back.changes] == [
        (f"{seat.number} · {seat.place}", ("planned", "due"))
    ]
    lists.apply(back, wave, name)
    again = next(s for s in office.seats() if s.visit_id == seat.visit_id)
    assert again == seat
