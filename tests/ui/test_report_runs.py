"""A run of many reports on the screen: paused, gone on with, tried again, found after a restart."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from auditor.domain.branding import ReportPart, TemplateInput
from auditor.domain.errors import UserError
from auditor.domain.report_choice import BOTH, Worn
from auditor.domain.settings import Theme
from auditor.services.collecting import Product
from auditor.services.report_files import Beside
from auditor.services.report_run import RunPlan, forget, keep, unfinished
from auditor.services.report_worker import NICE
from auditor.services.workspace import Workspace
from auditor.ui.commands import batch as commands
from auditor.ui.commands.batch import Batch, State
from auditor.ui.commands.batch_awake import holder
from auditor.ui.commands.batch_pace import Pace
from auditor.ui.commands.collecting import Wanted
from auditor.ui.commands.reports import Failed
from auditor.ui.context import AppContext
from auditor.ui.reports import screen as screens
from auditor.ui.reports.products import PRODUCTS
from auditor.ui.reports.screen import ReportsScreen
from auditor.ui.window import MainWindow, Route

from .conftest import OpenWindow, find, settle
from .telling import told
from .test_reports import batch, text_of

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def few_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many processors there are: more would begin all of a small run at once."""
    monkeypatch.setattr(commands, "WORKERS", 2)


def begin(qtbot: QtBot, window: MainWindow, out: Path, many: int, **how: Any) -> ReportsScreen:
    screen = batch(qtbot, window, out)
    screen._begin(Batch((1,) * many, "en", out, **how))
    qtbot.waitUntil(lambda: screen.settled)
    return screen


class Bound(QObject):
    """One file of many reports, without any file."""

    progressed = Signal(int, int, str)
    ended = Signal()
    missed = None

    def __init__(self, _context: AppContext, wanted: Wanted, parent: QObject) -> None:
        super().__init__(parent)
        self.written = [wanted.folder / f"{len(wanted.visits)}.pdf"]
        self.beside, self.failures = list[Beside](), list[Failed]()

    def start(self) -> None:
        self.ended.emit()


def begin_here(window: MainWindow, out: Path, many: int) -> ReportsScreen:
    """Without a look at the disk."""
    screen = window.screen_
    assert isinstance(screen, ReportsScreen)
    screen._batch = Batch((1,) * many, "en", out)
    screen._begin_with({visit.id: visit for visit in screen.model.visits})
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


def test_a_run_that_could_not_begin_can_be_begun_again(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def refuse(*_: object) -> None:
        raise UserError("x", "The disk does not answer.")

    monkeypatch.setattr(screens, "read_visits", refuse)
    screen = begin(qtbot, open_window(furnished), tmp_path / "out", 1)
    assert screen.batching.run is None
    assert screen.make.isEnabled()


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
    monkeypatch.setattr(commands, "CollectRun", Bound)
    screen = begin(qtbot, window, out, 5, merged=True)
    run, table = screen.batching.run, screen.batching.table
    assert run is not None
    qtbot.waitUntil(lambda: run.over, timeout=60_000)
    settle(qtbot, window)
    assert (run.made, len(run.failures)) == (4, 1)
    assert screen.batching.chip.text() == "Done, not all made"
    assert "V-0001" in screen.run.failures.text()
    line = screen.run.line
    assert (line._done, line._total) == (4, 5), "it tells what is there"
    table.tabs.tabs[2].click()
    [row] = table.model.rows
    assert row.error == "The report x could not be made."
    assert table.again.isVisible()
    qtbot.mouseClick(table.again, LEFT)
    qtbot.waitUntil(lambda: run.over and not run.failures, timeout=60_000)
    settle(qtbot, window)
    assert run.made == len(list(out.iterdir())) == 5
    assert run.merged == [out / "5.pdf"], "what was bound before is out of date"
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
    run.progressed.connect(run.pause)
    qtbot.waitUntil(lambda: run.made > 0 and not run._busy, timeout=60_000)
    there = len(list(out.glob("*.pdf")))
    window.close()
    window.context.close()
    assert run.over, "its processes ended with the window"
    again = open_window(furnished)
    again.go(Route("reports"))
    settle(qtbot, again)
    screen = again.screen_
    assert isinstance(screen, ReportsScreen)
    assert "9 reports" in screen.batching.offer.label.text()
    qtbot.mouseClick(screen.batching.resume, LEFT)
    qtbot.waitUntil(lambda: screen.settled)
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


def test_a_run_goes_on_while_one_looks_at_other_things(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    """Another theme, another screen; back again, and told where one is when it is over."""
    window = open_window(furnished)
    first = begin(qtbot, window, tmp_path / "out", 8)
    run = first.batching.run
    assert run is not None
    run.progressed.connect(run.pause)
    qtbot.waitUntil(lambda: run.made > 0 and not run._busy, timeout=60_000)
    if sys.platform != "win32":
        drawing = [each._process.pid for each in run._renderer._pool._workers if each._process]
        own = os.getpriority(os.PRIO_PROCESS, 0)
        held = {os.getpriority(os.PRIO_PROCESS, each) for each in drawing}
        assert min(own + NICE, 19) in held, "who has drawn one steps back"
    window.context.change_settings(theme=Theme.DARK)
    qtbot.waitUntil(lambda: window.screen_ is not first, timeout=20_000)
    screen = window.screen_
    assert isinstance(screen, ReportsScreen)
    assert screen.batching.run is run
    assert screen.batching.chip.text() == "Paused"
    assert screen.run.figure.text() == str(run.made)
    assert window.go(Route("visits")), "a run holds nobody"
    run.progressed.disconnect(run.pause)
    run.go_on()
    qtbot.waitUntil(lambda: run.over, timeout=60_000)
    assert told(window) == "8 reports are made."
    window.go(Route("reports"))
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, ReportsScreen)
    assert screen.batching.chip.text() == "Done"
    assert screen.batching.pane.back.isVisible()
    assert not screen.batching.offer.isVisible()
    window.go(Route("visits"))
    window.go(Route("reports"))
    settle(qtbot, window)
    assert window.screen_.table.isVisible(), "who has seen it begins anew"


def test_what_a_person_asks_for_goes_before_the_reports_of_a_run(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    order: list[str] = []

    def refuse(*_: object) -> None:
        order.append("report")
        raise UserError("x", "No report.")

    monkeypatch.setattr(commands, "read_inputs", refuse)
    window, free = open_window(furnished), threading.Event()
    window.go(Route("reports"))
    settle(qtbot, window)
    window.context.lane.run(free.wait, 30)
    screen = begin_here(window, tmp_path, 4)
    window.context.ask(lambda _: order.append("person"))
    free.set()
    qtbot.waitUntil(lambda: screen.batching.run.over, timeout=20_000)
    assert order == ["person"] + 4 * ["report"]


def test_the_list_follows_a_run_until_one_looks_elsewhere(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    window = open_window(furnished)
    screen = begin(qtbot, window, tmp_path / "out", 60)
    run, table = screen.batching.run, screen.batching.table
    assert run is not None
    run.pause()
    bar = table.table.verticalScrollBar()
    qtbot.waitUntil(lambda: not run._busy and bar.maximum() > 0, timeout=60_000)
    table._follow()
    assert bar.value() == 0
    run._put(replace(run.items[50], state=State.UNDER_WAY))
    table._follow()
    followed = bar.value()
    assert followed > 0
    bar.setValue(followed - 3)
    run._put(replace(run.items[58], state=State.UNDER_WAY))
    table._follow()
    assert bar.value() == followed - 3
    run.cancel()
    qtbot.waitUntil(lambda: run.over, timeout=20_000)


def test_both_languages_and_all_in_one_file_as_well(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    window, out = open_window(furnished), tmp_path / "out"
    screen = batch(qtbot, window, out)
    screen.batching._found(Batch((1, 2), BOTH, out))
    assert "4 reports" in screen.batching.offer.label.text()
    qtbot.mouseClick(screen.batching.drop, LEFT)
    qtbot.mouseClick(find(window, "Both", Role.RadioButton), LEFT)
    assert screen.make.caption == "Make 2 PDFs"
    qtbot.mouseClick(screen.make, LEFT)
    qtbot.waitUntil(lambda: screen.settled)
    run = screen.batching.run
    assert run is not None
    qtbot.mouseClick(find(window, "All in one file as well", Role.CheckBox), LEFT)
    qtbot.waitUntil(lambda: run.over, timeout=60_000)
    assert run.failures == run.merge_failures == []
    vietnamese, english = sorted(run.written, key=lambda path: path.stem, reverse=True)
    assert "Kết quả" in text_of(vietnamese) or "điểm" in text_of(vietnamese)
    assert "of 100" in text_of(english)
    names = sorted(path.name for path in out.iterdir())
    assert names == sorted([
        vietnamese.name, english.name, "location-reports-vi.pdf", "location-reports-en.pdf",
    ])  # fmt: skip
    assert vietnamese.stem.removesuffix("-vi") == english.stem.removesuffix("-en")
    assert screen.run.files.count() == 2, "the files of all are offered"
    model, spoken = screen.batching.table.model, Qt.ItemDataRole.AccessibleTextRole
    rows = [model.index(at, 1).data(spoken) for at in range(2)]
    assert [each.rsplit(" · ", 1)[-1] for each in rows] == ["Tiếng Việt", "English"]
    settle(qtbot, window)
    screen.product.setCurrentIndex(PRODUCTS.index(Product.BOOK))
    assert screen._language == "en", "a workbook has one language"


def test_the_computer_stays_awake_while_reports_are_made(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """By a program that ends with this process; not in a pause, and not where one does not want
    it."""
    tool = tmp_path / "systemd-inhibit"
    tool.write_text('#!/bin/sh\nshift 4\nexec "$@"\n')
    tool.chmod(0o755)
    cat = shutil.which("cat")
    found = {"systemd-inhibit": str(tool), "cat": cat, "caffeinate": "/usr/bin/caffeinate"}
    monkeypatch.setattr("auditor.ui.commands.batch_awake.shutil.which", found.get)
    window = open_window(furnished)
    screen = begin(qtbot, window, tmp_path / "out", 4)
    run, awake = screen.batching.run, screen._runs._awake
    assert run is not None
    child = awake._child
    if sys.platform == "linux":
        assert child is not None
        assert child.poll() is None
    run.pause()
    assert not awake.held
    assert child is None or child.returncode is not None, "it ended"
    run.go_on()
    assert awake.held
    qtbot.mouseClick(find(window, "Keep the computer awake", Role.CheckBox), LEFT)
    assert not awake.held
    qtbot.mouseClick(find(window, "Keep the computer awake", Role.CheckBox), LEFT)
    assert awake.held
    qtbot.waitUntil(lambda: run.over, timeout=60_000)
    assert not awake.held
    assert holder("darwin", "")[:2] == ["/usr/bin/caffeinate", "-i"]
    found.clear()
    assert holder("linux", "") is None


def test_the_plan_of_a_run_is_kept_whole(folder: Path) -> None:
    workspace = Workspace.open(folder)
    assert unfinished(workspace) is None
    given = TemplateInput("", (ReportPart.PHOTOS, ReportPart.TREND), cover=True)
    plan = RunPlan((3, 1, 2), BOTH, folder / "đích", Worn(given=given), 7, merged=True)
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
