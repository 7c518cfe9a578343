"""Ctrl+K: in a visit its own places come first; F1 and Ctrl+N work there too."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.ui import session
from auditor.ui.capture.facts.list_item import VISIT_PAGE
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.home.screen import HomeScreen
from auditor.ui.keys import KeysDialog
from auditor.ui.palette import HIT, Palette
from auditor.ui.start_visit import StartVisitDialog
from auditor.ui.window import MainWindow, Route
from tests.ui.conftest import OpenWindow, settle

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def capturing(open_window: OpenWindow, furnished: Path, qtbot: QtBot) -> MainWindow:
    """The window in the draft of Thảo Điền: q0 and q1 are answered, q2 and q3 are not."""
    window = open_window(furnished)
    home = window.screen_
    assert isinstance(home, HomeScreen)
    done: list[object] = []
    window.context.ask(lambda workspace: workspace.visits.get(3), done=done.append)
    qtbot.waitUntil(lambda: bool(done))
    window.open_visit(done[0])  # type: ignore[arg-type]
    screen = window.screen_
    assert isinstance(screen, CaptureScreen)
    qtbot.waitUntil(lambda: screen.page is not None and screen.page.isVisible())
    settle(qtbot, window)
    return window


def ask(qtbot: QtBot, window: MainWindow, text: str) -> Palette:
    """Ctrl+K where the focus is, then type."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_K, CTRL)
    palette = QApplication.activeModalWidget()
    assert isinstance(palette, Palette)
    settle(qtbot, window)
    palette.edit.setText(text)
    settle(qtbot, window)
    return palette


def titles(palette: Palette) -> list[str]:
    model = palette.hits.model()
    return [model.index(row, 0).data(HIT).title for row in range(model.rowCount())]


def choose(qtbot: QtBot, window: MainWindow, text: str) -> CaptureScreen:
    palette = ask(qtbot, window, text)
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    screen = window.screen_
    assert isinstance(screen, CaptureScreen)
    return screen


def test_the_places_of_the_visit_come_first(qtbot: QtBot, capturing: MainWindow) -> None:
    shown = titles(ask(qtbot, capturing, ""))
    questions = ["1.1 Open?", "1.2 Clean?", "1.3 Greeted?", "1.4 Quick?"]
    first = shown.index("1. Door")
    assert shown[first + 1 : first + 5] == questions
    assert shown.index("Check and submit") < first
    assert shown.index("1.4 Quick?") < shown.index("Settings")


@pytest.mark.parametrize("text", ["greeted", "1.3", "GREET"])
def test_to_a_question(qtbot: QtBot, capturing: MainWindow, text: str) -> None:
    screen = choose(qtbot, capturing, text)
    assert screen.page is not None
    assert screen.page.current == "q2"
    assert capturing.focusWidget() is screen.page.cards["q2"]


def test_to_the_next_unanswered(qtbot: QtBot, capturing: MainWindow) -> None:
    screen = choose(qtbot, capturing, "next unans")
    assert screen.page is not None
    assert screen.page.current == "q2"


def test_to_the_check(qtbot: QtBot, capturing: MainWindow) -> None:
    assert choose(qtbot, capturing, "check and").check is not None


def test_to_the_facts_and_back_to_a_section(qtbot: QtBot, capturing: MainWindow) -> None:
    screen = choose(qtbot, capturing, "times staff")
    assert screen.frame is not None
    assert screen.frame.section == VISIT_PAGE
    choose(qtbot, capturing, "1. Door")
    assert screen.frame.section == "door"


def test_out_of_a_visit_everything_is_on_disk_and_it_is_closed(
    qtbot: QtBot, capturing: MainWindow, furnished: Path
) -> None:
    qtbot.waitUntil(lambda: session.left_open(furnished) == 3)
    screen = capturing.screen_
    assert isinstance(screen, CaptureScreen)
    screen.go_to("q2")
    QTest.keyClick(capturing.focusWidget(), Qt.Key.Key_1)
    palette = ask(qtbot, capturing, "settings")
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert capturing.route.kind == "settings"
    settle(qtbot, capturing)
    assert session.left_open(furnished) is None, "no crash to tell of at the next start"


def test_from_one_draft_to_another(qtbot: QtBot, capturing: MainWindow, furnished: Path) -> None:
    palette = ask(qtbot, capturing, "quận 1")
    shown = titles(palette)
    assert any(title.startswith("New visit") for title in shown)
    palette.reject()
    palette = ask(qtbot, capturing, "thao dien draft")
    assert len(titles(palette)) == 1
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    settle(qtbot, capturing)
    assert capturing.route == Route("visit", 3)
    assert session.left_open(furnished) == 3


def test_keys_and_a_new_visit_from_within_a_visit(qtbot: QtBot, capturing: MainWindow) -> None:
    QTest.keyClick(capturing.focusWidget(), Qt.Key.Key_F1)
    sheet = capturing.findChild(KeysDialog)
    assert sheet is not None
    assert sheet.isVisible()
    sheet.reject()
    QTest.keyClick(capturing.focusWidget(), Qt.Key.Key_N, CTRL)
    settle(qtbot, capturing)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, StartVisitDialog)
    dialog.reject()


def test_outside_a_visit_it_is_as_it_was(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    shown = titles(ask(qtbot, window, ""))
    assert "Check and submit" not in shown
    assert "Settings" in shown
