"""The lanes: order, cancel, errors of two kinds, and nothing left alive."""

from __future__ import annotations

import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.domain.errors import RefusedError
from auditor.domain.work import Cancel, Progress
from auditor.ui.tasks import DatabaseLane, ImagePool, Priority


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[DatabaseLane]:
    made = DatabaseLane()
    yield made
    made.close()


def test_jobs_run_on_one_thread_and_results_come_back_on_this_one(
    qtbot: QtBot, lane: DatabaseLane
) -> None:
    delivered: list[tuple[object, bool]] = []
    here = threading.current_thread()

    def take(result: object) -> None:
        delivered.append((result, threading.current_thread() is here))

    for _ in range(3):
        lane.run(threading.current_thread, done=take)
    qtbot.waitUntil(lambda: len(delivered) == 3)
    assert len({thread for thread, _ in delivered}) == 1
    assert all(thread is not here and delivered_here for thread, delivered_here in delivered)


def test_saves_overtake_reads_and_idle_work_waits(qtbot: QtBot, lane: DatabaseLane) -> None:
    gate, order = threading.Event(), []
    lane.run(gate.wait)
    lane.run(order.append, "idle", priority=Priority.IDLE)
    lane.run(order.append, "read")
    lane.run(order.append, "save", priority=Priority.SAVE)
    lane.run(order.append, "save 2", priority=Priority.SAVE)
    gate.set()
    qtbot.waitUntil(lambda: not lane.busy)
    assert order == ["save", "save 2", "read", "idle"]


def test_closing_finishes_saves_drops_reads_and_runs_the_last_job(qtbot: QtBot) -> None:
    lane, gate, done = DatabaseLane(), threading.Event(), []
    lane.run(gate.wait)
    lane.run(done.append, "read")
    lane.run(done.append, "save", priority=Priority.SAVE)
    threading.Timer(0.05, gate.set).start()
    lane.close(lambda: done.append("last"))
    assert done == ["save", "last"]
    assert not lane._thread.is_alive()


def test_an_expected_error_is_a_signal(qtbot: QtBot, lane: DatabaseLane) -> None:
    failures: list[Exception] = []

    def refuse() -> None:
        raise RefusedError("empty_name", "The name is empty. Type a name.")

    lane.run(refuse, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], RefusedError)


def test_a_bug_reaches_the_excepthook_and_ends_the_task(
    qtbot: QtBot, lane: DatabaseLane, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append(kind))
    task = lane.run(lambda: [][1])
    with qtbot.waitSignal(task.ended):
        pass
    qtbot.waitUntil(lambda: caught == [IndexError])


def test_a_task_tells_progress_and_stops_when_asked(qtbot: QtBot) -> None:
    pool, begun, gate = ImagePool(), threading.Event(), threading.Event()

    def count(*, progress: Progress, cancel: Cancel) -> int:
        gate.wait()
        begun.set()
        for step in range(1_000_000):
            progress(step, 1_000_000, "counting")
            cancel.check()
            threading.Event().wait(0.001)
        return -1

    told: list[tuple[int, int, str]] = []
    task = pool.run_long(count)
    task.progressed.connect(lambda *step: told.append(step))
    gate.set()
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(task.cancelled):
        task.cancel()
    assert told[0] == (0, 1_000_000, "counting")
    pool.close()


def test_a_job_that_waits_is_cancelled_without_running(qtbot: QtBot, lane: DatabaseLane) -> None:
    gate, ran = threading.Event(), []
    lane.run(gate.wait)
    task = lane.run(ran.append, 1)
    with qtbot.waitSignal(task.cancelled):
        task.cancel()
        gate.set()
    assert ran == []


class Thing:
    """What a job holds."""


def test_at_rest_a_lane_holds_nothing_of_its_last_job(qtbot: QtBot, lane: DatabaseLane) -> None:
    thing = Thing()
    held = weakref.ref(thing)
    with qtbot.waitSignal(lane.run(lambda _: None, thing).ended):
        del thing
    qtbot.waitUntil(lambda: held() is None)


def test_a_pool_that_is_closed_begins_nothing_and_says_nothing(qtbot: QtBot) -> None:
    pool, ran = ImagePool(), []
    pool.close()
    task = pool.run(ran.append, 1, done=ran.append, failed=ran.append)
    QApplication.processEvents()
    assert ran == []
    assert task.silent
    assert not pool.busy
