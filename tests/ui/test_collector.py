"""Screens that were left are let go soon, and on the thread of the window alone."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from auditor.ui import collector
from auditor.ui.collector import Collector
from auditor.ui.window import SETTINGS, VISITS, MainWindow, Route

from .conftest import OpenWindow, settle

DRAFT = 3


@pytest.fixture
def threads() -> Iterator[set[str]]:
    """The names of those that collected."""
    found: set[str] = set()

    def note(_phase: str, _told: dict[str, Any]) -> None:
        found.add(threading.current_thread().name)

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)


@pytest.fixture
def window(open_window: OpenWindow, furnished: Path) -> Iterator[MainWindow]:
    window = open_window(furnished)
    watching = Collector(window)
    yield window
    watching.end()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def _litter() -> None:
    """More cycles than Python lets be made without collecting."""
    for _ in range(20 * gc.get_threshold()[0]):
        cycle: list[object] = []
        cycle.append(cycle)


def test_what_a_lane_drops_is_not_collected_there(
    qtbot: QtBot, window: MainWindow, threads: set[str]
) -> None:
    watching = window.findChild(Collector)
    watching.look()
    threads.clear()
    with qtbot.waitSignal(window.context.lane.run(_litter).ended):
        pass
    assert threads == set()
    watching.look()
    assert threads == {"MainThread"}
    assert gc.get_count()[0] < gc.get_threshold()[0]


def test_a_screen_that_was_left_is_let_go(qtbot: QtBot, window: MainWindow) -> None:
    """It is a cycle, and may be gone before one looks."""
    window.findChild(Collector).look()
    assert gc.get_freeze_count() > 10_000, "modules are not looked through each time"
    window.go(Route("visit", DRAFT))
    settle(qtbot, window)
    screen = weakref.ref(window.screen_)
    window.go(VISITS)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: screen() is None, timeout=5 * collector.REST_MS)


def test_while_a_visit_is_open_nothing_of_it_is_kept_for_good(window: MainWindow) -> None:
    window.go(SETTINGS)
    window.findChild(Collector).look()
    assert gc.get_freeze_count() == 0


def test_a_closed_window_is_gone_before_anybody_collects(
    open_window: OpenWindow, furnished: Path
) -> None:
    """Elsewhere its timers could not be stopped: a Qt message, which fails a test, or a crash."""
    window = open_window(furnished)
    window.go(Route("branding"))
    window.close()
    window.end()
    assert not shiboken6.isValid(window)
    elsewhere = threading.Thread(target=gc.collect)
    elsewhere.start()
    elsewhere.join()
