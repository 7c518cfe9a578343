"""The app is killed in the middle of a write; the next start finds the draft and says how far."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from auditor.services.first_list import first_list
from auditor.services.workspace import Workspace
from auditor.store import check, driver
from forms.answers import Answer
from forms.filling import Progress
from tests.faults.disk import records
from tests.faults.sessions import QUESTIONS, Worker

pytestmark = pytest.mark.needs("gcc")


def recovered(folder: Path, acknowledged: int) -> int:
    """How many answers are there: all acknowledged ones, at most one more."""
    workspace = Workspace.open(folder)
    try:
        opened = workspace.visits.open(1)
        record = opened.record
        found = [answer.value for answer in opened.answers.values()]
        assert len(found) in (acknowledged, acknowledged + 1)
        assert set(found) == {f"trả lời {step + 1}" for step in range(len(found))}
        assert (record.answered, record.total) == (len(found), QUESTIONS + 1)
        assert (record.saved_at is None) == (not found)
        assert record.last_question == (f"q{len(found)}" if found else None)
        assert opened.writable
        assert not check.all_faults(workspace.store.raw)
        next_key = (f"q{len(found) + 1}", 0)
        workspace.visits.save_answer(1, next_key, Answer("sau đó"), Progress(1, QUESTIONS + 1))
        return len(found)
    finally:
        workspace.close()


@pytest.mark.parametrize("seed", range(8))
def test_a_killed_session_goes_on_where_it_was(worker: Worker, start: Path, seed: int) -> None:
    log = start.parent / "log"
    kill_at = random.Random(seed).randint(1, 200)
    told = worker.order(
        do="answers", steps=QUESTIONS, folder=start, log=log, kill_at=kill_at, checkpoint=20
    )
    assert told == {"killed": signal.SIGKILL}
    acknowledged = [record.offset for record in records(log) if record.op == "A"]
    listed = first_list(start)
    count = recovered(start, len(acknowledged))
    if listed is None:  # half a commit to be taken back first, which a look may not do
        assert driver.JOURNAL == "DELETE"
    else:
        assert listed[0].answered == count, "the first list says another progress"


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_while_a_photo_is_attached(worker: Worker, start: Path, seed: int) -> None:
    log = start.parent / "log"
    kill_at = random.Random(100 + seed).randint(1, 120)
    told = worker.order(do="photos", steps=20, folder=start, log=log, kill_at=kill_at)
    assert told == {"killed": signal.SIGKILL}
    acknowledged = sum(record.op == "A" for record in records(log))
    workspace = Workspace.open(start)
    opened = workspace.visits.open(1)
    named = opened.answers.get(("shown", 0), Answer()).evidence
    assert len(named) in (acknowledged, acknowledged + 1)
    assert not any(opened.evidence[sha256].missing for sha256 in named)
    workspace.evidence.sweep()
    assert not workspace.evidence.files.orphans(workspace.evidence.known())
    assert not list(start.rglob("*.part"))
    workspace.close()
