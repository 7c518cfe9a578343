"""A wave passes others: only the visits are judged whose rules that can change."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.domain.rotation import Bar, Conflict
from auditor.domain.seats import Seat
from auditor.domain.visits import VisitStatus
from auditor.services.rotation import Judge
from auditor.services.wave_moving import moved_seats, passed_seats
from auditor.services.workspace import Workspace
from auditor.store.queries import seats as seat_queries

from .conftest import ZONE
from .planning_world import World, world

WAVES = 5


def year(workspace: Workspace, dice: random.Random) -> World:
    """Planned with evaluators as the dice fall: many rules are broken already."""
    found = world(workspace, 5, 2, WAVES, quota=1, rotation=1, lockout_days=70, most_visits=4)
    found.plan(staffing=None)
    for seat in found.seats():
        who = dice.choice([*found.evaluators, None])
        if who is not None:
            workspace.assignments.assign([seat.visit_id], who.id, anyway=True)
    for seat in dice.sample(found.seats(), 4):
        workspace.visits.begin(seat.visit_id, ZONE, "")
    return found


def moved_program(program: ProgramRecord, wave_id: int, first: date, last: date) -> ProgramRecord:
    """As the store reads it once the wave has other days."""
    waves = [
        replace(wave, starts_on=first, ends_on=last) if wave.id == wave_id else wave
        for wave in program.waves
    ]
    return replace(
        program, waves=tuple(sorted(waves, key=lambda wave: (wave.starts_on or first, wave.id)))
    )


def judged(
    connection: Connection, seats: list[Seat], now: ProgramRecord, then: ProgramRecord
) -> tuple[Conflict, ...]:
    return Judge(connection, seats, {now.id: now}, {now.id: then}).conflicts(seats)


def compared(
    connection: Connection, now: ProgramRecord, wave: WaveRecord, first: date, last: date
) -> tuple[list[Conflict], int]:
    """The conflicts of a move, the same whether all visits of other waves are judged or those few;
    and how many were left out."""
    then = moved_program(now, wave.id, first, last)
    moved = moved_seats(connection, now, wave, first, last)
    passed = passed_seats(connection, now, then, wave.id)
    if [each.id for each in now.waves] == [each.id for each in then.waves]:
        assert not passed
        return [], 0
    others = [
        seat
        for seat in seat_queries.seats_of_waves(connection, [each.id for each in now.waves])
        if seat.wave_id != wave.id and seat.status is VisitStatus.PLANNED
    ]
    found = judged(connection, [*moved, *passed], now, then)
    assert found == judged(connection, [*moved, *others], now, then)
    return list(found), len(others) - len(passed)


def test_those_left_out_would_not_be_judged_otherwise(workspace: Workspace) -> None:
    dice = random.Random(7)
    office = year(workspace, dice)
    now = workspace.programs.get(office.program.id)
    bars: set[Bar] = set()
    skipped = 0
    for wave in now.waves:
        for month in dice.sample(range(WAVES + 1), 3):
            first = date(2026, 12, 20) + timedelta(days=31 * month + dice.randrange(12))
            last = first + timedelta(days=dice.randrange(3, 25))
            found, left_out = workspace.read(compared, now, wave, first, last)
            bars |= {each.bar for each in found if each.other}
            skipped += left_out
    assert bars == {Bar.ROTATION, Bar.LOCKOUT}
    assert skipped
