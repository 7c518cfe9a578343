"""Leaving while photos are on their way, or did not arrive: it is said, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auditor.domain.errors import NotSavedError
from auditor.services import kept, pictures
from auditor.services.photo_reader import PhotoReader
from auditor.ui.capture.photos import attaching
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.kit.dialog import ConfirmDialog
from tests.ui.capture.conftest import Open
from tests.ui.capture.darkroom import PHOTOS, held, jpeg, rest
from tests.ui.capture.hands import card, picture, press

PATIENCE = 10.0


class Door:
    """Photos are read once it is open."""

    def __init__(self) -> None:
        self._opened = threading.Event()

    def open(self) -> None:
        self._opened.set()

    def prepare(
        self, _reader: object, folder: Path, source: Path | bytes, name: str, kind: str
    ) -> pictures.Prepared:
        assert self._opened.wait(PATIENCE)
        return kept.keep(folder, pictures.prepare(source, name, kind))


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    made = Door()
    monkeypatch.setattr(PhotoReader, "prepare", lambda *given: made.prepare(*given))
    monkeypatch.setattr(attaching, "WAIT_MS", 60)
    yield made
    made.open()


def asked(screen: CaptureScreen) -> ConfirmDialog:
    (dialog,) = [each for each in screen.findChildren(ConfirmDialog) if each.isVisible()]
    return dialog


def words(dialog: ConfirmDialog) -> str:
    return " ".join(each.text() for each in dialog.findChildren(QLabel))


def begin(screen: CaptureScreen, question: str, *contents: bytes) -> None:
    item = screen.draft.compiled.item(question)
    for number, content in enumerate(contents):
        screen.session.attaching.add(item, content, f"ảnh {number}.jpg")


def test_a_photo_that_is_still_being_read_is_waited_for(
    open_capture: Open, door: Door, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    begin(screen, "facade", jpeg(1), jpeg(2))
    assert not screen.leave()
    assert "2 " in words(asked(screen))
    assert "đang được đọc" in words(asked(screen))
    with qtbot.waitSignal(screen.closed):
        door.open()
    assert len(held(screen, "facade")) == 2
    assert screen.session.saver.clean
    assert screen.leave()


def test_one_may_stay_or_leave_without_it(open_capture: Open, door: Door, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    begin(screen, "facade", jpeg(1))
    assert not screen.leave()
    asked(screen).no.click()
    QApplication.processEvents()
    assert not screen.leave()
    with qtbot.waitSignal(screen.closed):
        asked(screen).yes.click()
    assert screen.leave()


def test_who_stays_is_not_sent_away_when_it_arrives(
    open_capture: Open, door: Door, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    begin(screen, "facade", jpeg(1))
    assert not screen.leave()
    asked(screen).no.click()
    with qtbot.assertNotEmitted(screen.closed):
        door.open()
        rest(screen, qtbot)
    assert len(held(screen, "facade")) == 1


def test_a_photo_refused_on_the_way_out_is_told(
    open_capture: Open, door: Door, qtbot: QtBot
) -> None:
    """Else nobody ever sees the line beside its question."""
    screen = open_capture(PHOTOS)
    card(screen, "clean")
    begin(screen, "facade", b"no picture")
    assert not screen.leave()
    with qtbot.assertNotEmitted(screen.closed):
        door.open()
        rest(screen, qtbot)
    qtbot.waitUntil(lambda: "không được thêm" in words(asked(screen)))
    asked(screen).no.click()
    assert screen.page is not None
    assert screen.page.current == "facade"
    assert screen.leave(), "it was told: that is enough"


def test_a_pasted_picture_for_which_there_was_no_room_is_not_lost_without_a_word(
    open_capture: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture(PHOTOS)
    real: Callable[..., object] = attaching._attach

    def refuse(*_: object) -> None:
        raise NotSavedError("disk_full", "The disk is full: make room, then try again.")

    monkeypatch.setattr(attaching, "_attach", refuse)
    item = screen.draft.compiled.item("facade")
    screen.session.attaching.add(item, picture(), "dán.png")
    rest(screen, qtbot)
    for _ in range(2):
        assert not screen.leave(), "it is only in this window"
        assert "không được thêm" in words(asked(screen))
        asked(screen).no.click()
        QApplication.processEvents()
    monkeypatch.setattr(attaching, "_attach", real)
    (refusal,) = screen.session.attaching.refusals(item)
    screen.session.attaching.retry(item, refusal)
    rest(screen, qtbot)
    assert screen.leave()
    assert len(held(screen, "facade")) == 1


def test_leaving_twice_at_once_asks_once(open_capture: Open, door: Door, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    begin(screen, "facade", jpeg(1))
    assert not screen.leave()
    assert not screen.leave()
    asked(screen).no.click()


def test_submit_waits_for_what_was_dropped(open_capture: Open, door: Door, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    begin(screen, "facade", jpeg(1))
    screen.open_check()
    assert screen.check is not None
    screen.check.pane.tick.click()
    with qtbot.assertNotEmitted(screen.submitted, wait=50):
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        screen._submit("E-07")
    assert screen.draft.writable
    assert not screen.draft.handing_in
