"""A bug, a crash of the process, a crash of the renderer: what the person hears of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from auditor.services import log
from auditor.ui import crash, standing_bars
from auditor.ui.crash import BugHook, CrashDialog
from auditor.ui.fatal import FatalGuard
from auditor.ui.window import VISITS, Route

from .conftest import OpenWindow, names, settle
from .story import CONTINUE, Role, bar, press, said

# crashes


@pytest.fixture
def hook(open_window: OpenWindow, furnished: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    window = open_window(furnished)
    made = BugHook(window.context.words, window.log_path, window)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    made.install()
    yield made
    made.uninstall()


def test_a_bug_in_the_crash_dialog_does_not_loop(
    qtbot: QtBot, hook: BugHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def broken(*_: object) -> None:
        calls.append(1)
        raise ZeroDivisionError("in the dialog")

    monkeypatch.setattr(crash, "CrashDialog", broken)
    handled: list[str] = []
    keep = hook._kept_in
    monkeypatch.setattr(hook, "_kept_in", lambda text: handled.append(text) or keep(text))
    with pytest.raises(ZeroDivisionError, match="in the dialog"):
        hook._tell("first", hook.log())
    hook.handle(ValueError, ValueError("second"), None)
    assert calls == [1]
    assert len(handled) == 1
    assert "second" in hook.log().read_text(encoding="utf-8")


def test_a_bug_is_kept_where_the_log_cannot_be(
    qtbot: QtBot, hook: BugHook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that may only be read: the dialog names the file that has it."""
    monkeypatch.setattr(hook, "log", lambda: tmp_path / "nowhere" / "auditor.log")
    monkeypatch.setattr(crash.tempfile, "gettempdir", lambda: str(tmp_path))
    hook.handle(ValueError, ValueError("kept"), None)
    assert str(tmp_path / "auditor.log") in said(hook.dialog)
    assert "kept" in (tmp_path / "auditor.log").read_text(encoding="utf-8")
    hook.dialog.accept()


def test_the_crash_dialog_leads_to_the_report(
    qtbot: QtBot, hook: BugHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook.handle(ValueError, ValueError("x"), None)
    assert isinstance(hook.dialog, CrashDialog)
    with qtbot.waitSignal(hook.support_wanted):
        press(qtbot, hook.dialog, "Save a report for support…")
    assert hook.dialog is None


def test_a_crash_below_python_is_told_at_the_next_start(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log.faulthandler, "enable", lambda _file: None)
    monkeypatch.setattr(log.faulthandler, "disable", lambda: None)
    (furnished / "logs").mkdir(exist_ok=True)
    (furnished / "logs" / log.FATAL).write_text("Fatal Python error: Segmentation fault\n")
    window = open_window(furnished)
    guard = FatalGuard(window)
    assert "The app crashed last time" in bar(window, standing_bars.DIED)
    assert "fatal.log.1" in bar(window, standing_bars.DIED)
    guard.end()


def test_a_crash_of_the_renderer_stands_beside_its_report_and_in_the_log(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process of the reports dies; the app goes on, and no crash dialog comes."""
    from auditor.services import report_worker

    def die(worker: Any, job: object) -> None:
        if worker._process is None:
            worker._spawn()
        assert worker._is_ready()
        os.kill(worker._process.pid, 11)
        return

    monkeypatch.setattr(report_worker._Worker, "_ask", die)
    bugs: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *bug: bugs.append(bug))
    window = open_window(furnished)
    window.go(Route("report", 1))
    settle(qtbot, window)
    qtbot.waitUntil(lambda: "the renderer stopped" in said(window), timeout=60_000)
    assert bugs == []
    text = window.log_path().read_text(encoding="utf-8")
    assert "the renderer ended with code -11 on V-0001" in text
    window.go(VISITS)
    settle(qtbot, window)
    assert CONTINUE in names(window, Role.Button)
