"""Theme, text size, touch or language change while somebody types: the words stay, the caret too,
and all of it is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from auditor.domain.settings import Theme
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.window import MainWindow, Route
from tests.ui.capture.hands import card, compose, focus, on_disk, press
from tests.ui.capture.stage import FIXTURES, begin_visit

from .conftest import OpenWindow, settle

ANSWER = "SELECT value FROM answer WHERE question = ?"
CHANGES: dict[str, dict[str, Any]] = {
    "theme": {"theme": Theme.DARK},
    "text size": {"text_size": 130},
    "touch": {"touch": True},
    "language": {"language": "en"},
    "all at once": {"theme": Theme.DARK, "text_size": 85, "touch": True, "language": "en"},
}


@pytest.fixture
def at_visit(
    qtbot: QtBot, open_window: OpenWindow, folder: Path, request: pytest.FixtureRequest
) -> MainWindow:
    """At a visit of a small checklist, or of that which the test names."""
    checklist = getattr(request, "param", FIXTURES / "small.yaml")
    visit = begin_visit(folder, checklist).id
    window = open_window(folder, language="vi")
    window.resize(1366, 768)
    window.go(Route("visit", visit))
    ready(qtbot, window)
    return window


def ready(qtbot: QtBot, window: MainWindow) -> CaptureScreen:
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, CaptureScreen)
    qtbot.waitUntil(lambda: screen.page is not None and screen.page.isVisible())
    assert screen.page is not None
    screen.page.complete()
    return screen


def text(field: object) -> str:
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()  # type: ignore[attr-defined,no-any-return]


def restyled(qtbot: QtBot, window: MainWindow, values: dict[str, Any]) -> CaptureScreen:
    """Right behind the last letter: nothing of it is on its way to the disk yet."""
    before = window.screen_
    window.context.change_settings(**values)
    qtbot.waitUntil(lambda: window.screen_ is not before)
    screen = ready(qtbot, window)
    QApplication.processEvents()
    return screen


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("question", ["name", "story"])
def test_the_words_of_an_answer(
    qtbot: QtBot, at_visit: MainWindow, folder: Path, question: str, change: str
) -> None:
    screen = ready(qtbot, at_visit)
    card(screen, question)
    press(Qt.Key.Key_Return)
    compose("Cà phê ")
    compose("sữa", commit=False)
    screen = restyled(qtbot, at_visit, CHANGES[change])
    assert isinstance(focus(), (QLineEdit, QPlainTextEdit))
    assert text(focus()) == "Cà phê sữa"
    compose(" đá")
    assert text(focus()) == "Cà phê sữa đá"
    assert screen.session.saver.wait()
    assert on_disk(folder, ANSWER, question) == [('"Cà phê sữa đá"',)]


HALF = """
format: auditor-checklist/1
id: half
version: "1"
title: {vi: "Nửa", en: "Half"}
languages: [vi, en]
sections:
  - id: all
    title: {vi: "Tất cả", en: "All"}
    questions:
      - {id: wait, type: duration, label: {vi: "Chờ", en: "Wait"}}
      - {id: price, type: decimal, label: {vi: "Giá", en: "Price"}}
      - {id: day, type: date, label: {vi: "Ngày", en: "Day"}}
      - {id: come, type: datetime, label: {vi: "Đến", en: "Come"}}
""".encode()
#: What is typed of it, the rest, and what is on disk then: a day without its time is no answer.
HALVES = {
    "wait": ("7:", "20", "440"),
    "price": ("-", "5", "-5"),
    "day": ("1/1", "1/2026", '"2026-11-01"'),
    "come": ("9/11/20", "26", None),
}


@pytest.mark.parametrize("at_visit", [HALF], indirect=True, ids=["half"])
@pytest.mark.parametrize("change", ["theme", "all at once"])
@pytest.mark.parametrize("question", HALVES)
def test_half_a_number_which_is_no_answer_yet(
    qtbot: QtBot, at_visit: MainWindow, folder: Path, question: str, change: str
) -> None:
    """Nothing of it is in the draft: it stays where it is typed."""
    half, rest, saved = HALVES[question]
    screen = ready(qtbot, at_visit)
    card(screen, question)
    press(Qt.Key.Key_Return)
    press(half)
    screen = restyled(qtbot, at_visit, CHANGES[change])
    assert isinstance(focus(), QLineEdit)
    assert text(focus()) == half
    press(rest)
    press(Qt.Key.Key_Return)
    assert screen.session.saver.wait()
    found = [value for (value,) in on_disk(folder, ANSWER, question)]
    assert found == ([] if saved is None else [saved])


def test_many_changes_in_the_middle_of_one_word(
    qtbot: QtBot, at_visit: MainWindow, folder: Path
) -> None:
    """A letter, another look, a letter …: as often as it is tried, and undone word by word."""
    screen = ready(qtbot, at_visit)
    card(screen, "name")
    press(Qt.Key.Key_Return)
    looks = [{"theme": Theme.DARK}, {"text_size": 150}, {"touch": True}, {"theme": Theme.LIGHT},
             {"text_size": 100}, {"touch": False}]  # fmt: skip
    for letter, values in zip("latte!", looks, strict=True):
        press(letter)
        screen = restyled(qtbot, at_visit, values)
    assert text(focus()) == "latte!"
    assert screen.session.saver.wait()
    assert on_disk(folder, ANSWER, "name") == [('"latte!"',)]


def test_the_canary_forgets(
    qtbot: QtBot, at_visit: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen that gives up its place without what is typed loses it."""
    screen = ready(qtbot, at_visit)
    card(screen, "name")
    press(Qt.Key.Key_Return)
    nothing: Callable[[CaptureScreen], None] = lambda screen: None  # noqa: E731
    monkeypatch.setattr(CaptureScreen, "place", nothing)
    compose("sữa", commit=False)
    screen = restyled(qtbot, at_visit, CHANGES["theme"])
    assert screen.draft.filling.answer("name").value != "sữa"
