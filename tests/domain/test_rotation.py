"""Who may visit what: no rule is broken, nobody waits who could be served, and every no is told."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.domain.rota import Rota, from_home
from auditor.domain.rotation import (
    Bar,
    Diary,
    Job,
    Limits,
    Needs,
    RuledOut,
    Stay,
    Worker,
    unassigned_text,
)

DAY = date(2026, 11, 1)
NO_NEEDS = Needs()
REGIONS = [(), ("nam",), ("nam", "hcm"), ("nam", "hcm", "q1"), ("bac",), ("bac", "ha noi")]


def days(least: int = 0, most: int = 60) -> st.SearchStrategy[date]:
    return st.integers(least, most).map(lambda n: DAY + timedelta(days=n))


@st.composite
def spans(draw: st.DrawFn) -> tuple[date | None, date | None]:
    if draw(st.integers(0, 5)) == 0:
        return None, None
    first = draw(days())
    return first, first + timedelta(days=draw(st.sampled_from([0, 0, 0, 3, 12])))


LIMITS = st.builds(
    Limits,
    rotation=st.integers(0, 3),
    lockout_days=st.sampled_from([0, 0, 5, 20]),
    most_visits=st.integers(0, 3),
    waves=st.just(("W1", "W2", "W3", "W4")),
)
WORKERS = st.lists(st.sampled_from(REGIONS), max_size=5).map(
    lambda homes: [Worker(n + 1, f"EV-{n + 1:02}", home) for n, home in enumerate(homes)]
)


@st.composite
def job_lists(draw: st.DrawFn) -> list[Job]:
    found = []
    for key in range(draw(st.integers(0, 12))):
        location = draw(st.integers(1, 4))
        wave = draw(st.none() | st.integers(0, 3))
        region = REGIONS[location]
        found.append(Job(key, location, f"L{location}", region, wave, *draw(spans())))
    return found


@st.composite
def stay_lists(draw: st.DrawFn) -> list[Stay]:
    return [
        Stay(
            100 + key,
            draw(st.integers(1, 5)),
            draw(st.integers(1, 4)),
            draw(st.none() | st.integers(0, 3)),
            *draw(spans()),
        )
        for key in range(draw(st.integers(0, 6)))
    ]


def near(one: Stay, other: Stay, least: int) -> bool:
    """Some day of the one is within ``least`` days of some day of the other, told plainly."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    mine = [one.first + timedelta(days=n) for n in range((one.last - one.first).days + 1)]
    theirs = [other.first + timedelta(days=n) for n in range((other.last - other.first).days + 1)]
    return any(abs((a - b).days) <= least for a in mine for b in theirs)


def breaks(limits: Limits, one: Stay, other: Stay) -> bool:
    """The rules in the plainest words."""
    if one.location_id != other.location_id or one.evaluator_id != other.evaluator_id:
        return False
    waves = one.wave is not None and other.wave is not None
    if limits.rotation and waves and abs((one.wave or 0) - (other.wave or 0)) <= limits.rotation:
        return True
    return bool(limits.lockout_days) and near(one, other, limits.lockout_days)


def stay(job: Job, worker: Worker) -> Stay:
    return Stay(job.key, worker.id, job.location_id, job.wave, job.first, job.last)


@settings(max_examples=120, deadline=None)
@given(LIMITS, WORKERS, job_lists(), stay_lists())
def test_a_rota_breaks_no_rule_and_leaves_nobody_out(
    limits: Limits, workers: list[Worker], jobs: list[Job], stays: list[Stay]
) -> None:
    made, alone = Rota(Diary(limits, stays), workers, NO_NEEDS).fill(jobs)
    assert made.keys() | alone.keys() == {job.key for job in jobs}
    assert not made.keys() & alone.keys()
    new = [stay(job, made[job.key]) for job in jobs if job.key in made]
    for place, one in enumerate(new):
        for other in [*stays, *new[:place]]:
            assert not breaks(limits, one, other)
    loads = Counter((one.wave, one.evaluator_id) for one in [*stays, *new])
    for one in new:
        if limits.most_visits and one.wave is not None:
            assert loads[one.wave, one.evaluator_id] <= limits.most_visits
    for job in jobs:
        if job.key in alone:
            for worker in workers:  # each of them is barred, or has all there is
                full = job.wave is not None and limits.most_visits
                has = loads[job.wave, worker.id] >= limits.most_visits if full else False
                mine = stay(job, worker)
                assert has or any(breaks(limits, mine, other) for other in [*stays, *new])


@settings(max_examples=60, deadline=None)
@given(LIMITS, WORKERS, job_lists(), stay_lists(), st.randoms())
def test_the_same_visits_in_another_order_get_the_same_rota(
    limits: Limits,
    workers: list[Worker],
    jobs: list[Job],
    stays: list[Stay],
    shuffle: st.DataObject,
) -> None:
    first = Rota(Diary(limits, stays), workers, NO_NEEDS).fill(jobs)
    mixed, others = list(jobs), list(workers)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    shuffle.shuffle(others)  # type: ignore[attr-defined]
    assert Rota(Diary(limits, stays), others, NO_NEEDS).fill(mixed) == first


@settings(max_examples=100, deadline=None)
@given(WORKERS, st.integers(1, 4), st.integers(0, 12), st.data())
def test_as_many_visits_are_made_as_can_be(
    workers: list[Worker], most: int, count: int, data: st.DataObject
) -> None:
    """With a most for each and earlier visits in the way: the largest matching there is."""
    limits = Limits(rotation=1, most_visits=most, waves=("W1", "W2"))
    jobs = [Job(n, n, f"L{n:02}", (), 1, DAY, DAY) for n in range(count)]
    barred = [
        Stay(100 + n * 10 + worker.id, worker.id, n, 0, DAY, DAY)
        for n in range(count)
        for worker in workers
        if data.draw(st.booleans())
    ]
    made, _ = Rota(Diary(limits, barred), workers, NO_NEEDS).fill(jobs)
    kept = {(each.location_id, each.evaluator_id) for each in barred}
    may = {job.key: [w.id for w in workers if (job.key, w.id) not in kept] for job in jobs}
    assert len(made) == matching(may, most)


def matching(may: dict[int, list[int]], most: int) -> int:
    """Kuhn's algorithm over seats: each evaluator is there ``most`` times."""
    taken: dict[tuple[int, int], int] = {}

    def place(job: int, asked: set[tuple[int, int]]) -> bool:
        for worker in may[job]:
            for seat in ((worker, n) for n in range(most)):
                if seat in asked:
                    continue
                asked.add(seat)
                if seat not in taken or place(taken[seat], asked):
                    taken[seat] = job
                    return True
        return False

    return sum(place(job, set()) for job in may)


def test_home_comes_first_then_the_fewest_visits() -> None:
    near, far = Worker(1, "B", ("nam", "hcm")), Worker(2, "A", ("bac",))
    jobs = [Job(n, n, f"L{n}", ("nam", "hcm", "q1"), 0, DAY, DAY) for n in range(4)]
    made, _ = Rota(Diary(Limits(waves=("W",))), [near, far], NO_NEEDS).fill(jobs)
    assert {worker.code for worker in made.values()} == {"B"}
    twins = [Worker(n, f"E{n}", ("nam",)) for n in range(3)]
    many = [Job(n, n, f"L{n:02}", ("nam",), 0, DAY, DAY) for n in range(9)]
    made, _ = Rota(Diary(Limits(waves=("W",))), twins, NO_NEEDS).fill(many)
    assert Counter(worker.code for worker in made.values()) == {"E0": 3, "E1": 3, "E2": 3}


def test_home_is_near_by_steps_up_the_tree() -> None:
    worker = Worker(1, "E", ("nam", "hcm"))
    assert from_home(worker, ("nam", "hcm", "q1")) == 0
    assert from_home(Worker(2, "E"), ("nam",)) == 1
    assert from_home(worker, ("nam", "can tho")) == 2
    assert from_home(worker, ("bac",)) == 3


def test_what_is_needed_is_asked_of_everybody() -> None:
    speaks = Worker(1, "A", languages=frozenset({"tieng anh", "vi"}))
    drives = Worker(2, "B", languages=frozenset({"vi"}), qualifications=frozenset({"xe may"}))
    gone = Worker(3, "C", languages=frozenset({"tieng anh"}), active=False)
    job = Job(1, 1, "L1")
    made, _ = Rota(Diary(Limits()), [speaks, drives, gone], Needs(frozenset({"tieng anh"}))).fill(
        [job]
    )
    assert made == {1: speaks}
    needs = Needs(frozenset({"tieng anh"}), frozenset({"xe may"}))
    _, alone = Rota(Diary(Limits()), [speaks, drives, gone], needs).fill([job])
    assert alone[1] == [
        RuledOut(Bar.ARCHIVED, ("C",)),
        RuledOut(Bar.LANGUAGE, ("B",)),
        RuledOut(Bar.QUALIFICATION, ("A",)),
    ]


def test_lock_out_counts_to_both_sides() -> None:
    limits = Limits(lockout_days=10)
    for away, free in ((-11, True), (-10, False), (0, False), (10, False), (11, True)):
        other = DAY + timedelta(days=30 + away)
        diary = Diary(limits, [Stay(1, 1, 1, None, other, other)])
        job = Job(2, 1, "L", (), None, DAY + timedelta(days=30), DAY + timedelta(days=30))
        assert (1 not in diary.barred(job)) is free


def test_why_nobody_comes_is_one_sentence_with_the_most_first() -> None:
    limits = Limits(rotation=2, most_visits=1, waves=("Q3", "Q4"))
    workers = [Worker(n, f"EV-{n:02}") for n in range(6)]
    stays = [Stay(10 + n, n, 7, 0, DAY, DAY) for n in range(5)]
    stays.append(Stay(19, 5, 8, 1, DAY, DAY))
    _, alone = Rota(Diary(limits, stays), workers, NO_NEEDS).fill([Job(1, 7, "SV-014", (), 1, DAY)])
    assert unassigned_text("SV-014", DAY, alone[1], "en") == (
        "Nobody for SV-014 on 1 Nov 2026: 5 there in a wave too close (EV-00, EV-01, EV-02 and 2 "
        "more); 1 with as many visits as one may have (EV-05)."
    )
    assert "SV-014" in unassigned_text("SV-014", DAY, alone[1], "vi")
    nobody = unassigned_text("SV-014", None, [], "en")
    assert nobody == "Nobody for SV-014: there is no evaluator to choose from."


def test_a_conflict_says_who_where_and_which_rule() -> None:
    limits = Limits(rotation=2, lockout_days=30, most_visits=1, waves=("Q3", "Q4"))
    stays = [Stay(5, 1, 7, 0, DAY, DAY), Stay(6, 1, 8, 1, DAY, DAY)]
    found = list(
        Diary(limits, stays).conflicts(
            Worker(1, "EV-07", active=False), Job(1, 7, "SV-014", (), 1, DAY, DAY), NO_NEEDS, 42
        )
    )
    assert [each.text("en") for each in found] == [
        "EV-07 is archived.",
        "EV-07 visits SV-014 in Q3 too. The rotation of the program: not again within 2 waves.",
        "EV-07 has 1 visits in Q4 already, the most is 1.",
    ]
    assert {each.visit_id for each in found} == {42}
    assert found[1].other == 5
