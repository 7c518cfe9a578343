"""My visits in SQL, held against the same said in plain Python over all visits."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from auditor.domain.folding import folded
from auditor.domain.my_visits import PAGE, Group, Order, Overview, Wanted
from auditor.domain.records import VisitRecord
from auditor.domain.visits import SUBMITTED, VisitStatus
from auditor.store import my_visits, quick
from auditor.store.queries import visits as visit_queries
from auditor.store.tables import ASSIGNMENT, BRAND, LOCATION, PROGRAM, WAVE
from auditor.store.units import Store

TODAY = date(2026, 11, 19)  # a Thursday
EARLY = datetime(2026, 11, 1, tzinfo=UTC)
STATUSES = ("planned",) * 8 + ("draft",) * 2 + tuple(VisitStatus)
COUNT = 600


@pytest.fixture
def many(store: Store, new_visit: Any) -> Store:
    """Of an office and of one who writes their code in two ways; the same each time."""
    chance = random.Random(5)
    with store.unit() as unit:
        unit.insert(insert(PROGRAM).values(client_id=1, name="Chương trình"))
        unit.insert(insert(WAVE).values(program_id=1, name="11/2026"))
        look = {"client_id": 1, "colour": "#1A5FB4", "colour2": "#154E95"}
        unit.insert(insert(BRAND).values(name="An", **look))
        for at, name in enumerate(("Ba Đình", "An Phú", "Chợ Lớn"), 2):
            named = {"code": f"P-{at}", "name": name, "sort_name": folded(name)}
            brand = 1 + at % 2
            unit.insert(insert(LOCATION).values(brand_id=brand, created_at=unit.at, **named))
        for number in range(2, COUNT):
            place, wave = chance.randint(1, 4), chance.choice((None, 1))
            key = None
            if chance.random() < 0.8:
                day = TODAY + timedelta(days=chance.randint(-6, 6))
                days = {"due": chance.choice((day, None)), "planned_for": day}
                key = unit.insert(insert(ASSIGNMENT).values(
                    location_id=place, created_at=unit.at, **days))  # fmt: skip
            since = EARLY + timedelta(minutes=number * 7 % 1000)
            new_visit(
                unit, f"V-{number:04}", str(chance.choice(STATUSES)), location_id=place,
                assignment_id=key, wave_id=wave, revision=chance.choice((1, 1, 2)), saved_at=since,
                submitted_at=since, evaluator=chance.choice(("E-07", "e-07", "EV-02", "", "")),
            )  # fmt: skip
    return store


def group_of(visit: VisitRecord) -> Group | None:
    if visit.status is VisitStatus.DRAFT:
        return Group.SENT_BACK if visit.revision > 1 else Group.DRAFTS
    known = {VisitStatus.PLANNED: Group.DUE, VisitStatus.SENT_BACK: Group.SENT_BACK}
    return Group.DONE if visit.status in SUBMITTED else known.get(visit.status)


def is_mine(visit: VisitRecord, code: str) -> bool:
    return folded(visit.evaluator) == folded(code) or not (visit.evaluator or visit.wave)


def day_of(visit: VisitRecord) -> date | None:
    return visit.due or visit.planned_for


def by_deadline(visit: VisitRecord) -> tuple[Any, ...]:
    name = "" if visit.location_id == 1 else folded(visit.location)  # the first has no sort name
    return day_of(visit) or date.max, name, visit.id


def by_place(visit: VisitRecord) -> tuple[Any, ...]:
    return visit.brand, *by_deadline(visit)[1:]


def expected(every: Sequence[VisitRecord], wanted: Wanted) -> Overview:
    known = [v for v in every if is_mine(v, wanted.evaluator)]
    theirs = any(v.evaluator and folded(v.evaluator) == folded(wanted.evaluator) for v in every)
    shown = every if wanted.everybody or not theirs else known
    groups = {group: [v for v in shown if group_of(v) is group] for group in Group}
    for group, found in groups.items():
        found.sort(key=by_deadline if wanted.order is Order.DEADLINE else by_place)
        if group is Group.DONE:
            found.sort(key=lambda v: (v.submitted_at, v.id), reverse=True)
    waiting = [v for group in Group if group is not Group.DONE for v in groups[group]]
    begun = groups[Group.DRAFTS] + groups[Group.SENT_BACK]
    hero = max(begun, key=lambda v: (v.saved_at or v.started_at, v.id), default=None)
    week = [v for v in waiting if TODAY <= (day_of(v) or date.min) <= wanted.week[-1]]
    days = Counter(day_of(v) for v in waiting)
    return Overview(
        groups={group: tuple(found[: wanted.limit(group)]) for group, found in groups.items()},
        counts={group: len(found) for group, found in groups.items()},
        late={
            group: sum(1 for v in found if v.due and v.due < TODAY)
            for group, found in groups.items()
            if group is not Group.DONE
        },
        hero=hero or min(groups[Group.DUE], key=by_deadline, default=None),
        week=tuple(sorted(week, key=by_deadline)[:4]),
        days={day: days[day] for day in wanted.week},
        mine=opened(known) if theirs else None,
        all=opened(every),
        others=theirs and len(known) < len(every),
    )


def opened(visits: Iterable[VisitRecord]) -> int:
    return sum(1 for visit in visits if group_of(visit) not in (None, Group.DONE))


def test_every_group_is_what_it_says(many: Store, folder: Path) -> None:
    every = many.read(visit_queries.visits)
    plain = Wanted("e-07", TODAY)
    for wanted in (
        plain,
        replace(plain, order=Order.PLACE),
        replace(plain, everybody=True, rows={Group.DUE: 2 * PAGE, Group.DONE: 3}),
        replace(plain, everybody=True, order=Order.PLACE),
        replace(plain, evaluator="BOSS"),
        replace(plain, evaluator=""),
    ):
        found = many.read(visit_queries.my_visits, wanted)
        assert found == expected(every, wanted), wanted
        assert quick.overview(folder, wanted) == found, "the first list is another one"
    assert found.count(Group.DUE) > PAGE, "there is more than a page"


def test_without_a_draft_the_first_that_is_due_is_next(many: Store) -> None:
    with many.raw_transaction() as raw:
        raw.execute("UPDATE visit SET status = 'planned' WHERE status IN ('draft', 'sent_back')")
    every = many.read(visit_queries.visits)
    for order in Order:
        wanted = Wanted("E-07", TODAY, order=order)
        assert many.read(visit_queries.my_visits, wanted).hero == expected(every, wanted).hero


def test_no_statement_walks_through_all_visits(many: Store) -> None:
    """Each is answered by an index, whoever's visits they are."""
    asked: list[tuple[str, tuple[Any, ...]]] = []

    def run(statement: str, values: tuple[Any, ...]) -> Any:
        asked.append((statement, values))
        return many.raw.execute(statement, values)

    for everybody in (False, True):
        my_visits.read(run, Wanted("E-07", TODAY, everybody=everybody))
    for statement, values in asked:
        steps = [row[3] for row in many.raw.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
        walks = [step for step in steps if step.startswith("SCAN visit")]
        counted = statement == "SELECT count(*) FROM visit"  # of its pages
        newest = walks == ["SCAN visit USING INDEX ix_visit_submitted_at"]
        assert counted or newest or not walks, (statement, steps)
