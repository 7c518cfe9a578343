"""A run of many reports on the screen: paused, gone on with, tried again, found after a restart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from auditor.domain.branding import ReportPart, TemplateInput
from auditor.domain.errors import UserError
from auditor.domain.report_choice import Worn
from auditor.services.report_run import RunPlan, forget, keep, unfinished
from auditor.services.workspace import Workspace
from auditor.ui.commands import batch as commands
from auditor.ui.commands.batch import Batch, State
from auditor.ui.reports.running import Pace
from auditor.ui.reports.screen import ReportsScreen
from auditor.ui.window import MainWindow, Route

from .conftest import OpenWindow, find, settle
from .test_reports import batch, text_of

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton


def begin(qtbot: QtBot, window: MainWindow, out: Path, many: int, **how: Any) -> ReportsScreen:
    screen = batch(qtbot, window, out)
    screen._begin(Batch((1,) * many, "en", out, **how))
    return screen


def test_a_paused_run_begins_nothing_and_goes_on(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    window = open_window(furnished)
    screen = begin(qtbot, window, tmp_path / "out", 10)
    run, table = screen.batching.run, screen.batching.table
    assert run is not None
    qtbot.waitUntil(lambda: run.made > 0, timeout=30_000)
    qtbot.keyClick(table.table, Qt.Key.Key_Space)
    assert run.paused
    assert screen.batching.chip.text() == "Paused"
    qtbot.waitUntil(lambda: not run._busy, timeout=30_000)
    settle(qtbot, window)
    made = run.made
    assert 0 < made < 10
    assert not run.over
    waiting = [item for item in run.items if item.state is State.WAITING]
    assert len(waiting) == 10 - made, "the others wait"
    table._follow()
    assert [tab.accessibleDescription() for tab in table.tabs.tabs] == [
        "10", str(made), "0", str(10 - made),
    ]  # fmt: skip
    with qtbot.waitSignal(run.ended, timeout=60_000):
        qtbot.mouseClick(find(window, "Go on", Role.Button), LEFT)
    assert run.made == 10
    settle(qtbot, window)
    assert screen.batching.chip.text() == "Done"
    assert table.model.rows[0].item.pages > 0
    assert table.model.rows[0].item.size > 1000
    qtbot.mouseClick(find(window, "Back to the visits", Role.Button), LEFT)
    assert screen.table.isVisible()
    assert screen.make.isVisible()


def test_one_that_fails_is_named_and_made_when_tried_again(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window, out = open_window(furnished), tmp_path / "out"
    measure, broken = commands.find_place, [2]

    def poisoned(shelf: Any, inputs: Any) -> Any:
        broken[0] -= 1
        if broken[0] == 0:
            raise UserError("render_crashed", "The report {name} could not be made.", name="x")
        return measure(shelf, inputs)

    monkeypatch.setattr(commands, "find_place", poisoned)
    screen = begin(qtbot, window, out, 5)
    run, table = screen.batching.run, screen.batching.table
    assert run is not None
    qtbot.waitUntil(lambda: run.over, timeout=60_000)
    settle(qtbot, window)
    assert (run.made, len(run.failures)) == (4, 1)
    assert screen.batching.chip.text() == "Done, not all made"
    assert "V-0001" in screen.run.failures.text()
    table.tabs.tabs[2].click()
    [row] = table.model.rows
    assert row.error == "The report x could not be made."
    assert table.again.isVisible()
    qtbot.mouseClick(table.again, LEFT)
    qtbot.waitUntil(lambda: run.over and not run.failures, timeout=60_000)
    settle(qtbot, window)
    assert run.made == len(list(out.iterdir())) == 5
    assert screen.batching.chip.text() == "Done"
    assert not screen.run._failures.isVisible()


def test_a_run_that_was_left_is_offered_again_and_makes_what_is_missing(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    worn = Worn(given=TemplateInput("", (ReportPart.LEDGER,)))
    window = open_window(furnished)
    screen = begin(qtbot, window, out, 9, worn=worn)
    run = screen.batching.run
    assert run is not None
    qtbot.waitUntil(lambda: run.made > 0, timeout=30_000)
    assert not screen.leave(), "one that runs holds the screen"
    run.pause()
    qtbot.waitUntil(lambda: not run._busy, timeout=30_000)
    there = len(list(out.iterdir()))
    window.close()
    window.context.close()
    again = open_window(furnished)
    again.go(Route("reports"))
    settle(qtbot, again)
    screen = again.screen_
    assert isinstance(screen, ReportsScreen)
    assert "9 reports" in screen.batching.offer.label.text()
    qtbot.mouseClick(screen.batching.resume, LEFT)
    left = screen.batching.run
    assert left is not None
    qtbot.waitUntil(lambda: left.over, timeout=60_000)
    settle(qtbot, again)
    assert len(left.kept) == there < 9
    assert len(list(out.iterdir())) == 9
    assert "Every question" not in text_of(left.written[0])
    again.go(Route("visits"))
    again.go(Route("reports"))
    settle(qtbot, again)
    assert not again.screen_.batching.offer.isVisible(), "it is finished"


def test_the_plan_of_a_run_is_kept_whole(folder: Path) -> None:
    workspace = Workspace.open(folder)
    assert unfinished(workspace) is None
    given = TemplateInput("", (ReportPart.PHOTOS, ReportPart.TREND), cover=True)
    plan = RunPlan((3, 1, 2), "vi", folder / "đích", Worn(given=given))
    keep(workspace, RunPlan((9,), "en", folder))
    keep(workspace, plan)
    assert unfinished(workspace) == plan
    forget(workspace)
    assert unfinished(workspace) is None
    workspace.close()


def test_the_time_of_a_pause_is_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    pace = Pace()
    now[0] += 10
    pace.turn(paused=True)
    now[0] += 1000
    assert pace.rate(20) == 2
    pace.turn(paused=False)
    now[0] += 10
    assert pace.rate(30) == 1.5
    assert pace.rate(2) == 0, "too few to tell"
