"""A visit goes on exactly where it was left: section, card, row, scroll, caret."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from auditor.ui import theme
from auditor.ui.capture import screen as capture
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.context import AppContext
from forms import library
from tests.ui.capture.hands import card, compose, focus, on_disk, press

Open = Callable[..., CaptureScreen]
Again = Callable[[CaptureScreen], CaptureScreen]
EVERY = library.path("every-type")
PLACE = "SELECT last_section, last_question, last_scroll, last_focus FROM visit"


def top(screen: CaptureScreen) -> int:
    page = screen.page
    return page.current_card.mapTo(page.viewport(), QPoint(0, 0)).y()


def scroll_by(screen: CaptureScreen, pixels: int) -> None:
    """As a person does: once the cards stand."""
    for _ in range(3):
        QApplication.processEvents()
    bar = screen.page.verticalScrollBar()
    bar.setValue(bar.value() + pixels)


@pytest.mark.parametrize("pixels", [0, 90, -40])
def test_the_card_stands_where_it_stood(
    open_capture: Open, reopened: Again, qtbot: QtBot, pixels: int
) -> None:
    screen = open_capture(EVERY)
    card(screen, "coffee")
    scroll_by(screen, pixels)
    before = top(screen)
    again = reopened(screen)
    assert again.page.current == "coffee"
    assert focus() is again.page.cards["coffee"]
    qtbot.waitUntil(lambda: abs(top(again) - before) <= 1)


def test_the_row_of_a_matrix_is_the_current_one_again(open_capture: Open, reopened: Again) -> None:
    screen = open_capture(EVERY)
    card(screen, "clean")
    press(Qt.Key.Key_Down)
    again = reopened(screen)
    assert again.page.current_card.item.id == "clean.floor"
    press("2")
    assert again.draft.filling.answer("clean.floor").value == "no"


def test_the_caret_is_in_the_text_behind_what_was_written(
    open_capture: Open, reopened: Again
) -> None:
    screen = open_capture(EVERY)
    card(screen, "story")
    press(Qt.Key.Key_Return)
    compose("Bước vào")
    again = reopened(screen)
    assert isinstance(focus(), QPlainTextEdit)
    compose(" quán")
    assert again.draft.filling.answer("story").value == "Bước vào quán"


def test_the_caret_is_in_the_comment(open_capture: Open, reopened: Again) -> None:
    screen = open_capture(EVERY)
    card(screen, "licence")
    press("c")
    compose("Treo sau")
    again = reopened(screen)
    compose(" quầy")
    assert again.draft.filling.answer("licence").comment == "Treo sau quầy"


def test_the_caret_is_in_a_number_and_nothing_is_selected(
    open_capture: Open, reopened: Again
) -> None:
    screen = open_capture(EVERY)
    card(screen, "heat")
    press("6")
    again = reopened(screen)
    assert isinstance(focus(), QLineEdit)
    press("5")
    assert focus().text() == "65"
    assert str(again.draft.filling.answer("heat").value) == "65"


def test_a_hidden_or_unknown_question_is_no_trap(
    open_capture: Open, reopened: Again, contexts: list[AppContext]
) -> None:
    screen = open_capture()
    screen.session.save_place("nowhere", "gone", 4000, "elsewhere")
    screen.frame = None  # nothing of its own to save
    again = reopened(screen)
    assert (again.frame.section, again.page.current) == ("arrival", "greeted")


def test_it_is_on_disk_before_anything_is_closed(
    open_capture: Open, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pulled plug asks nobody."""
    screen = open_capture(EVERY)
    screen._place_timer.setInterval(20)
    card(screen, "licence")
    press("c")
    qtbot.waitUntil(lambda: on_disk(folder, PLACE)[0][1::2] == ("licence", "comment"))
    scroll_by(screen, 25)
    wanted = screen.page.top()
    qtbot.waitUntil(lambda: on_disk(folder, PLACE)[0][2] == wanted)
    assert capture.PLACE_MS == 1500


def test_an_answer_to_a_row_alone_tells_the_place_too(
    open_capture: Open, qtbot: QtBot, contexts: list[AppContext]
) -> None:
    screen = open_capture(EVERY)
    card(screen, "clean")
    press("1")
    assert screen.session.saver.wait()
    screen._abandoned = True  # cut off: nothing is saved on leaving
    screen._place_timer.stop()
    screen.hide()
    contexts.pop().close()
    again = open_capture(visit=screen.visit_id)
    assert again.page.current == "clean"


def test_in_a_lower_window_the_card_is_in_view(
    open_capture: Open, qtbot: QtBot, contexts: list[AppContext]
) -> None:
    screen = open_capture(EVERY)
    card(screen, "coffee")
    screen.session.save_place(screen.frame.section, "coffee", 5000, "")
    screen._abandoned = True
    screen.hide()
    contexts.pop().close()
    again = open_capture(visit=screen.visit_id, size=(1024, 600))
    qtbot.waitUntil(lambda: 0 <= top(again) < again.page.viewport().height() - 60)


def test_another_text_size_keeps_the_place(
    open_capture: Open, qtbot: QtBot, contexts: list[AppContext], qapp: object
) -> None:
    screen = open_capture(EVERY)
    card(screen, "coffee")
    scroll_by(screen, 200)
    place, before = screen.place(), top(screen)
    theme.apply(qapp, theme.LIGHT, 1.3)  # type: ignore[arg-type]
    try:
        other = CaptureScreen(contexts[-1], screen.visit_id)
        qtbot.addWidget(other)
        other.resize(1366, 768)
        screen.hide()
        other.show()
        other.return_to(place)
        qtbot.waitUntil(lambda: abs(top(other) - round(before * 1.3)) <= 2)
        assert other.page.current == "coffee"
    finally:
        theme.apply(qapp, theme.LIGHT)  # type: ignore[arg-type]
        screen.deleteLater()
