"""The app is killed in the middle of a write; the next start finds all of it, and says how far."""

from __future__ import annotations

import signal
from datetime import date
from pathlib import Path

import pytest

from auditor.domain.my_visits import Wanted
from auditor.services.first_list import first_list
from auditor.services.workspace import Workspace
from auditor.store import backup, check, driver
from forms.answers import Answer
from forms.filling import Progress
from tests.faults.acts import SESSIONS
from tests.faults.checklists import QUESTIONS
from tests.faults.conftest import Tally
from tests.faults.disk import acknowledged
from tests.faults.looking import Lost
from tests.faults.sessions import MANY, Stage, Worker, dice

pytestmark = pytest.mark.needs("gcc")

#: How many kills each session gets in the usual suite; `make faults` kills at every operation.
FEW = 6
ALIKE = [name for name, session in SESSIONS.items() if not session.real_clock]


def moments(operations: int, name: str) -> list[int]:
    if MANY:
        return list(range(1, operations + 1, 1 + operations // MANY))
    return sorted(dice(name).sample(range(1, operations + 1), FEW))


@pytest.mark.parametrize("name", ALIKE)
def test_a_kill_leaves_each_step_whole_or_not_at_all(
    stage: Stage, room: Path, tally: Tally, name: str
) -> None:
    whole = stage.whole(name)
    killed = moments(whole.operations[-1], name)
    for at in killed:
        place, log = stage.copy(name, room / "killed"), room / "log"
        told = stage.worker.order(session=name, world=place, log=log, kill_at=at)
        assert told == {"killed": signal.SIGKILL}
        whole.require(place, acknowledged(log))
    tally(cuts=len(killed))


@pytest.mark.parametrize(("name", "kills"), [("life", 16), ("plan", 8)])
def test_the_canary_is_half_there(
    stage: Stage, room: Path, tally: Tally, name: str, kills: int
) -> None:
    """Without transactions a kill leaves a half step behind."""
    told = stage.play(name, room / "told", no_transaction=True)
    killed, lost = dice(5).sample(range(1, told.operations[-1] + 1), kills), 0
    for at in killed:
        place, log = stage.copy(name, room / "killed"), room / "log"
        stage.worker.order(session=name, world=place, log=log, kill_at=at, no_transaction=True)
        try:
            told.require(place, acknowledged(log))
        except Lost:
            lost += 1
    tally(cuts=len(killed), lost=lost)
    assert lost > 2


def test_a_kill_in_each_write_of_a_migration(stage: Stage, room: Path, tally: Tally) -> None:
    """Old or new; and where it is new, what was before lies in a backup."""
    whole, found = stage.whole("migration"), set()
    last = whole.operations[0]
    few = [*range(1, last, 14), *range(last - 4, last + 1)]
    killed = range(1, last + 1) if MANY else few
    for at in killed:
        place = stage.copy("migration", room / "killed")
        stage.worker.order(session="migration", world=place, log=room / "log", steps=1, kill_at=at)
        raw = driver.connect(place / "workspace" / driver.DATABASE)
        found.add(now := driver.pragma(raw, "user_version"))
        assert not check.all_faults(raw)
        raw.close()
        if now == driver.SCHEMA:
            assert backup.is_good(backup.listed(place / "workspace")[-1])
        whole.require(place, 0, twice=True)
    assert found == {1, driver.SCHEMA}
    tally(cuts=len(killed))


def recovered(folder: Path, done: int) -> int:
    """How many answers are there: all acknowledged ones, at most one more."""
    workspace = Workspace.open(folder)
    try:
        opened = workspace.visits.open(1)
        record = opened.record
        found = [answer.value for answer in opened.answers.values()]
        assert len(found) in (done, done + 1)
        assert set(found) == {f"trả lời {step + 1}" for step in range(len(found))}
        assert (record.answered, record.total) == (len(found), QUESTIONS + 1)
        assert (record.saved_at is None) == (not found)
        assert record.last_question == (f"q{len(found)}" if found else None)
        assert opened.writable
        next_key = (f"q{len(found) + 1}", 0)
        workspace.visits.save_answer(1, next_key, Answer("sau đó"), Progress(1, QUESTIONS + 1))
        return len(found)
    finally:
        workspace.close()


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_session_goes_on_where_it_was(worker: Worker, start: Path, seed: int) -> None:
    """As the person meets it: the list says how far, the visit opens there, and takes answers."""
    log, at = start.parent / "log", dice(seed).randint(40, 200)
    told = worker.order(session="answers", steps=QUESTIONS, world=start, log=log, kill_at=at)
    assert told == {"killed": signal.SIGKILL}
    listed = first_list(start / "workspace", Wanted("", date(2026, 11, 22)))
    count = recovered(start / "workspace", acknowledged(log))
    if listed is None:  # half a commit to be taken back first, which a look may not do
        assert driver.JOURNAL == "DELETE"
    else:
        assert listed.hero is not None
        assert listed.hero.answered == count, "the first list says another progress"
