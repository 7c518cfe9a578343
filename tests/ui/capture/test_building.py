"""Nobody waits for cards that are out of view: they are made between the events that follow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.context import AppContext
from tests.ui.capture.hands import focus, press
from tests.ui.capture.stage import begin_visit, make_context

Open = Callable[..., CaptureScreen]
EACH = 25
LOWEST_CARD = 104


@pytest.fixture
def long(folder: Path) -> int:
    """A draft of two sections with many questions each."""
    text = 'format: auditor-checklist/1\nid: long\nversion: "1"\ntitle: Long\nlanguages: [vi]\n'
    text += "sections:\n"
    for section in "ab":
        text += f"  - id: {section}\n    title: {section}\n    questions:\n"
        for number in range(EACH):
            text += f"      - {{id: {section}{number}, type: integer, label: Câu {number}}}\n"
    return begin_visit(folder, text.encode(), "long.yaml").id


def test_another_section_waits_only_for_what_fills_the_window(
    open_capture: Open, long: int, qtbot: QtBot
) -> None:
    """Also where the focus is on a page that goes before it was whole."""
    screen = open_capture(visit=long)
    screen.choose_section("b")
    screen.choose_section("a")
    left = screen.page
    assert left.isAncestorOf(focus())
    screen.choose_section("b")
    assert len(left.cards) <= screen.height() // LOWEST_CARD + 1
    assert screen.page.current == "b0"
    assert focus() is screen.page.cards["b0"]
    assert 1 < len(screen.page.cards) <= screen.height() // LOWEST_CARD + 1
    press(Qt.Key.Key_Down)
    assert screen.page.current == "b1"
    qtbot.waitUntil(lambda: len(screen.page.cards) == EACH)
    assert list(screen.page.cards) == [f"b{number}" for number in range(EACH)]


def test_opening_waits_only_for_what_fills_the_window(
    folder: Path, long: int, qtbot: QtBot, contexts: list[AppContext]
) -> None:
    context = make_context(folder)
    contexts.append(context)
    screen = CaptureScreen(context, long)
    screen.resize(1366, 768)
    qtbot.addWidget(screen)
    built: list[int] = []
    screen.opened.connect(
        lambda: built.append(len(screen.page.cards)), Qt.ConnectionType.QueuedConnection
    )
    screen.show()
    qtbot.waitUntil(lambda: bool(built))
    assert 1 < built[0] <= 768 // LOWEST_CARD + 1
