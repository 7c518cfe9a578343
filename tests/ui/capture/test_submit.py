"""While a visit is being handed in nothing of it changes, and nothing that fails is hidden."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from auditor.services.visits import Visits
from auditor.ui.capture.check.screen import CheckPanel
from auditor.ui.capture.screen import CaptureScreen
from forms.answers import Answer
from tests.ui.capture.hands import on_disk, press
from tests.ui.capture.test_check import whole

Open = Callable[..., CaptureScreen]
CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 10.0


class Gate:
    """Submit stops here, on the lane, until ``open`` is called."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self._real, self._opened = real, threading.Event()

    def open(self) -> None:
        self._opened.set()

    def submit(self, visits: Visits, visit_id: int, declared_by: str) -> Any:
        assert self._opened.wait(PATIENCE)
        return self._real(visits, visit_id, declared_by)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    held = Gate(Visits.submit)
    monkeypatch.setattr(
        Visits, "submit", lambda visits, visit_id, code: held.submit(visits, visit_id, code)
    )
    yield held
    held.open()


def handing_in(screen: CaptureScreen) -> CheckPanel:
    whole(screen)
    screen.draft.change(screen.draft.compiled.item("time"), Answer(20))
    assert screen.session.saver.wait()
    screen.open_check()
    assert screen.check is not None
    screen.check.pane.tick.click()
    press(Qt.Key.Key_Return, CTRL)
    assert screen.check.pane.reason.label.text() == "Đang gửi…"
    return screen.check


def test_nothing_changes_while_it_is_handed_in(
    open_capture: Open, gate: Gate, qtbot: QtBot
) -> None:
    screen = open_capture("doubts.yaml")
    check = handing_in(screen)
    draft = screen.draft
    item = draft.compiled.item("time")
    press("z", CTRL)
    draft.change(item, Answer(99))
    draft.set_comment(item, "Muộn")
    screen.session.attaching.add(None, QImage(8, 8, QImage.Format.Format_RGB32), "a.png")
    assert draft.answer(item) == Answer(20)
    assert not screen.session.attaching.busy
    assert screen.session.saver.clean
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F8, Qt.Key.Key_PageUp, Qt.Key.Key_Return):
        press(key)
    screen.go_here("question:time")
    assert screen.check is check, "one stays until it is known whether it was handed in"
    gate.open()
    with qtbot.waitSignal(screen.submitted):
        pass


def test_a_window_that_is_made_small_meanwhile_says_so_too(
    open_capture: Open, gate: Gate, qtbot: QtBot
) -> None:
    screen = open_capture("doubts.yaml")
    handing_in(screen)
    screen.resize(1024, 600)
    check = screen.check
    assert check is not None
    assert check.pane.reason.label.text() == "Đang gửi…"
    assert not check.pane.submit.isEnabled()
    with qtbot.waitSignal(screen.submitted):
        gate.open()
    assert not screen.draft.writable


def test_what_nobody_foresaw_is_said_and_the_draft_goes_on(
    open_capture: Open, qtbot: QtBot, folder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture("doubts.yaml")
    with monkeypatch.context() as broken:
        broken.setattr(Visits, "submit", _stumble)
        with qtbot.captureExceptions() as told:
            check = handing_in(screen)
            qtbot.waitUntil(lambda: "chưa được gửi" in check.pane.reason.label.text())
    assert [kind for kind, *_ in told] == [ZeroDivisionError], "it is reported as the bug it is"
    assert check.pane.submit.isEnabled()
    assert check.list.isEnabled()
    assert on_disk(folder, "SELECT status FROM visit") == [("draft",)]
    item = screen.draft.compiled.item("time")
    screen.draft.change(item, Answer(21))
    assert screen.draft.answer(item) == Answer(21)
    if not check.pane.is_declared:
        check.pane.tick.click()
    with qtbot.waitSignal(screen.submitted):
        press(Qt.Key.Key_Return, CTRL)


def _stumble(*_: object) -> None:
    raise ZeroDivisionError
