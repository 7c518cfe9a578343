"""Another language, another size of the window: the person goes on in the middle of a word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.ui.capture.screen import CaptureScreen
from tests.ui.capture.conftest import Open
from tests.ui.capture.darkroom import PHOTOS, attach, jpeg
from tests.ui.capture.hands import compose, focus, press
from tests.ui.capture.test_check import whole

Change = Callable[[CaptureScreen, QtBot], CaptureScreen]


def other_words(screen: CaptureScreen, qtbot: QtBot) -> CaptureScreen:
    """As the window does it."""
    screen.context.words.language = "en"
    place, other = screen.place(), CaptureScreen(screen.context, screen.visit_id)
    qtbot.addWidget(other)
    other.resize(screen.size())
    other.return_to(place)
    screen.hide()
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    other.focus_first()
    QApplication.processEvents()
    return other


def small_window(screen: CaptureScreen, _qtbot: QtBot) -> CaptureScreen:
    screen.resize(1024, 600)
    QApplication.processEvents()
    return screen


CHANGES = pytest.mark.parametrize("change", [other_words, small_window])


@CHANGES
@pytest.mark.parametrize("fact", ["staff", "notes", "receipt"])
def test_the_caret_stays_in_the_fact_that_is_written(
    open_capture: Open, qtbot: QtBot, fact: str, change: Change
) -> None:
    screen = open_capture(PHOTOS)
    screen.show_facts()
    assert screen.frame is not None
    getattr(screen.frame.facts, fact).take_focus()
    press(Qt.Key.Key_Return)
    compose("Chị ")
    compose("Hường", commit=False)
    screen = change(screen, qtbot)
    assert getattr(screen.draft.facts, fact) == "Chị Hường"
    compose(" t")
    assert getattr(screen.draft.facts, fact) == "Chị Hường t"
    assert screen.draft.facts.arrived is None, "T on the card of times would set one"


@CHANGES
def test_the_declaration_stays_as_far_as_it_is(
    open_capture: Open, qtbot: QtBot, change: Change
) -> None:
    screen = open_capture("doubts.yaml")
    whole(screen)
    screen.open_check()
    assert screen.check is not None
    screen.check.pane.tick.click()
    screen.check.pane.code.setFocus()
    press("a", Qt.KeyboardModifier.ControlModifier)
    compose("Đ-1", commit=False)
    screen = change(screen, qtbot)
    assert screen.check is not None
    assert screen.check.pane.tick.isChecked()
    assert focus() is screen.check.pane.code
    compose("2")
    assert screen.check.pane.code.text() == "Đ-12"


@CHANGES
def test_the_photo_stays_large(open_capture: Open, qtbot: QtBot, change: Change) -> None:
    screen = open_capture(PHOTOS)
    first, second = attach(screen, qtbot, "facade", jpeg(1), jpeg(2))
    screen.open_photo(second)
    press("c")
    compose("Biển hiệu", commit=False)
    screen = change(screen, qtbot)
    assert screen.frame is not None
    photos = screen.frame.photos
    assert photos.looking
    assert photos.lightbox is not None
    assert photos.lightbox.sha256 == second
    assert screen.draft.evidence_of(second).caption == "Biển hiệu"
    assert photos.lightbox.isAncestorOf(focus()) or focus() is photos.lightbox
    press(Qt.Key.Key_Left)
    assert photos.lightbox.sha256 == first
