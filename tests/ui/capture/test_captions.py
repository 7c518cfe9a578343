"""Captions and what is said below a photo."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from auditor.domain.facts import VisitFacts
from auditor.services.workspace import Workspace
from auditor.ui.capture.drafting.notes import FACTS
from auditor.ui.capture.photos.tiles import PhotoTile
from auditor.ui.capture.screen import CaptureScreen
from tests.ui.capture.conftest import Open
from tests.ui.capture.darkroom import PHOTOS, attach, jpeg, tiles, tray
from tests.ui.capture.hands import compose, focus, press
from tests.ui.capture.stage import DAY, ZONE

Again = Callable[[CaptureScreen], CaptureScreen]


def at(hour: int, minute: int = 0, day: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001


def caption(screen: CaptureScreen, sha256: str) -> str:
    return screen.draft.evidence_of(sha256).caption


def edit(tile: PhotoTile) -> None:
    assert tile.caption is not None
    tile.caption.button.setFocus()
    press(Qt.Key.Key_Return)


def test_a_caption_is_written_in_place_and_is_on_disk(
    open_capture: Open, reopened: Again, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    tile = tiles(screen, "facade")[0]
    assert tile.caption is not None
    assert tile.caption.button.accessibleName() == "Thêm chú thích"
    QTest.mouseClick(tile.caption.button, Qt.MouseButton.LeftButton)
    press("Cua truoc")
    press(Qt.Key.Key_Return)
    assert focus() is tile.caption.button
    assert tile.caption.button.text() == "Cua truoc"
    assert tile.accessibleName() == "Cua truoc"
    assert caption(reopened(screen), photo) == "Cua truoc"


def test_escape_brings_the_caption_before_back(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    tile = tiles(screen, "facade")[0]
    edit(tile)
    press("first")
    press(Qt.Key.Key_Return)
    steps = screen.draft.undo_stack.count()
    edit(tile)
    press("other")
    press(Qt.Key.Key_Escape)
    assert caption(screen, photo) == "first"
    assert screen.draft.undo_stack.count() == steps, "nothing happened, so nothing is undone"
    assert tile.caption is not None
    assert focus() is tile.caption.button


def test_typing_a_caption_is_one_step_to_undo(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    edit(tiles(screen, "facade")[0])
    press("door")
    press(Qt.Key.Key_Return)
    screen.draft.undo()
    assert caption(screen, photo) == ""
    screen.draft.redo()
    assert caption(screen, photo) == "door"


def test_a_composed_caption_is_kept_in_one_spelling(
    open_capture: Open, reopened: Again, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    edit(tiles(screen, "facade")[0])
    compose(unicodedata.normalize("NFD", "Cửa trước"), commit=False)
    assert caption(reopened(screen), photo) == "Cửa trước"


def test_a_caption_ends_at_two_hundred_letters(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    edit(tiles(screen, "facade")[0])
    compose("x" * 300)
    assert caption(screen, photo) == "x" * 200


def test_a_caption_survives_photos_that_arrive_while_it_is_written(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    edit(tiles(screen, "facade")[0])
    field = focus()
    press("do")
    attach(screen, qtbot, "facade", jpeg(2), jpeg(3))
    assert focus() is field
    press("or")
    assert caption(screen, photo) == "door"


def test_letters_in_a_caption_answer_nothing(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    attach(screen, qtbot, "clean", jpeg(1))
    edit(tiles(screen, "clean")[0])
    press("1nCt")
    assert screen.draft.filling.answer("clean").value is None
    assert not screen.draft.filling.answer("clean").comment


def line(screen: CaptureScreen, question: str, number: int = 0) -> tuple[str, bool]:
    found = tiles(screen, question)[number].line
    return found.text, found.odd


def visited(screen: CaptureScreen) -> None:
    screen.draft.change_note(FACTS, VisitFacts(arrived=at(10), left=at(10, 40)))


def test_the_first_photo_is_the_cover_and_each_says_when(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    attach(screen, qtbot, "facade", jpeg(1, at(10, 6)), jpeg(2, at(10, 8)), jpeg(3))
    assert line(screen, "facade", 0) == ("10:06 · ảnh bìa", False)
    assert line(screen, "facade", 1) == ("10:08", False)
    assert line(screen, "facade", 2) == ("không rõ giờ chụp", False)


@pytest.mark.parametrize(
    ("taken", "text", "odd"),
    [
        (at(10, 20), "10:20 · ảnh bìa", False),
        (at(10, 45), "10:45 · ảnh bìa", False),
        (at(11, 15), "11:15, trễ 35 phút", True),
        (at(12, 41), "12:41, trễ 2 giờ", True),
        (at(8), "08:00, sớm 2 giờ", True),
        (at(10, day=8), "Ngày khác: 08/11/2026", True),
    ],
)
def test_a_photo_outside_the_visit_is_odd(
    open_capture: Open, qtbot: QtBot, taken: datetime, text: str, odd: bool
) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1, taken))
    visited(screen)
    assert line(screen, "facade") == (text, odd)
    assert bool(tiles(screen, "facade")[0].line.sentence) == odd
    screen.draft.move_file(photo, screen.draft.compiled.item("facade"), None)
    assert tray(screen).tiles[photo].line.odd == odd


def test_a_photo_that_was_kept_with_a_reason_is_calm(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    attach(screen, qtbot, "facade", jpeg(1, at(12, 41)))
    visited(screen)
    (odd,) = screen.draft.suspicions_of(screen.draft.compiled.item("facade"))
    screen.draft.keep(odd, "Quay lại chụp")
    assert line(screen, "facade") == ("12:41 · ảnh bìa", False)


def test_the_same_photo_at_two_questions_says_where_else(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    attach(screen, qtbot, "clean", jpeg(1))
    assert line(screen, "clean") == ("Cũng ở 1.1", True)
    assert line(screen, "facade") == ("Cũng ở 1.2", True)
    screen.draft.move_file(photo, screen.draft.compiled.item("clean"), None)
    assert line(screen, "facade") == ("ảnh bìa", False)
    assert tray(screen).tiles[photo].line.text == "Cũng ở 1.1"


def test_a_photo_of_another_visit_is_known_as_soon_as_it_arrives(
    open_capture: Open, reopened: Again, qtbot: QtBot, folder: Path
) -> None:
    first = open_capture(PHOTOS)
    attach(first, qtbot, "facade", jpeg(1))
    assert first.leave()
    first.context.close()
    workspace = Workspace.open(folder)
    other = workspace.visits.start(1, 1, DAY, ZONE, "E-07").id
    workspace.close()
    screen = open_capture(visit=other)
    attach(screen, qtbot, "facade", jpeg(1))
    assert line(screen, "facade") == ("Cũng ở V-0001", True)
    assert line(reopened(screen), "facade") == ("Cũng ở V-0001", True)
