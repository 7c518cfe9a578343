"""F6 goes from one part of the window to the next."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auditor.domain.errors import NotSavedError
from auditor.services.visits import Visits
from auditor.ui.capture.screen import CaptureScreen
from tests.ui.capture.hands import focus, press

Open = Callable[..., CaptureScreen]
SHIFT = Qt.KeyboardModifier.ShiftModifier
F6 = Qt.Key.Key_F6


def _fails(*_: object) -> None:
    raise NotSavedError("disk_full", "The disk is full.")


def within(pane: QWidget | None) -> bool:
    now = focus()
    return pane is not None and now is not None and (pane is now or pane.isAncestorOf(now))


def test_from_the_page_to_the_head_the_sections_the_photos_and_back(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture()
    frame = screen.frame
    qtbot.waitUntil(frame.sections.items[frame.section].isVisible)
    card = focus()
    assert within(frame.page)
    press(F6)
    assert focus() is frame.header.next
    press(F6)
    assert focus() is frame.sections.items[frame.section], "the section that is shown"
    press(F6)
    assert within(frame.photos.dock.tray)
    press(F6)
    assert focus() is card, "back at the same question"
    press(F6, SHIFT)
    assert within(frame.photos.dock.tray)


def test_what_is_said_above_the_page_is_on_the_way(
    open_capture: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture()
    with monkeypatch.context() as broken:
        broken.setattr(Visits, "save_answer", _fails)
        press("1")
        qtbot.waitUntil(screen.frame.banner.isVisible)
    press(F6, SHIFT)
    assert focus() is screen.frame.banner.retry
    press(Qt.Key.Key_Return)
    assert screen.session.saver.wait()


def test_from_a_field_what_was_typed_stays(open_capture: Open) -> None:
    screen = open_capture()
    card = screen.page.current_card
    card.details().ask_comment()
    press("a")
    press(F6)
    assert within(screen.frame.header)
    assert screen.draft.answer(card.item).comment == "a"


def test_in_the_check(open_capture: Open) -> None:
    screen = open_capture("doubts.yaml")
    screen.open_check()
    check = screen.check
    assert within(check.list)
    press(F6)
    assert focus() is check.pane.tick
    press(F6)
    assert focus() is check.next
    press(F6)
    assert within(check.sections)
    press(F6)
    assert within(check.list)
