"""A photo seen large."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from auditor.ui import theme
from auditor.ui.capture.photos.lightbox import Lightbox
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.kit.button import Button
from tests.ui.capture.conftest import Open
from tests.ui.capture.darkroom import PHOTOS, attach, held, jpeg, tiles
from tests.ui.capture.hands import compose, focus, press
from tests.ui.telling import standing, toast

Again = Callable[[CaptureScreen], CaptureScreen]
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def opened(screen: CaptureScreen, question: str, number: int = 0) -> Lightbox:
    """By Enter on a tile."""
    tiles(screen, question)[number].setFocus()
    press(Qt.Key.Key_Return)
    return lightbox(screen)


def lightbox(screen: CaptureScreen) -> Lightbox:
    assert screen.frame is not None
    found = screen.frame.photos.lightbox
    assert found is not None
    return found


def seen(box: Lightbox, x: float, y: float) -> QColor:
    """The colour at a part of the picture's widget."""
    shown = box.picture.grab().toImage()
    return shown.pixelColor(int(shown.width() * x), int(shown.height() * y))


def test_enter_and_a_click_show_a_photo_large(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    box = opened(screen, "facade")
    assert (box.isVisible(), box.sha256, focus()) == (True, photo, box)
    assert screen.frame is not None
    assert box.geometry() == screen.frame.rect()
    press(Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert focus() is tiles(screen, "facade")[0]
    QTest.mouseClick(tiles(screen, "facade")[0], Qt.MouseButton.LeftButton, pos=QPoint(60, 50))
    assert box.isVisible()


def test_the_print_is_read_and_shown(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    attach(screen, qtbot, "facade", jpeg(1, size=(1200, 900)))
    box = opened(screen, "facade")
    qtbot.waitUntil(lambda: not box.picture.loading)
    assert seen(box, 0.4, 0.5).red() > 180
    assert seen(box, 0.6, 0.5).red() < 60


def test_arrows_go_through_the_answer_and_page_keys_through_the_questions(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    one, two = attach(screen, qtbot, "facade", jpeg(1), jpeg(2))
    (three,) = attach(screen, qtbot, "clean", jpeg(3))
    (four,) = attach(screen, qtbot, "counter", jpeg(4))
    (five,) = attach(screen, qtbot, None, jpeg(5))
    box = opened(screen, "facade")
    press(Qt.Key.Key_Left)
    assert box.sha256 == one
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert (box.sha256, box.count.text()) == (two, "2 / 2")
    visited = []
    for _ in range(4):
        press(Qt.Key.Key_PageDown)
        visited.append(box.sha256)
    assert visited == [three, four, five, five]
    assert box.title.text() == "Ảnh chưa gắn câu"
    press(Qt.Key.Key_PageUp)
    assert box.title.text() == "2.1 Ảnh quầy"
    assert screen.frame is not None
    assert screen.frame.section == "front", "the form stays where it is"


def test_turning_is_undone_and_on_disk(open_capture: Open, reopened: Again, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1, size=(1200, 900)))
    box = opened(screen, "facade")
    original = Path(screen.draft.evidence_of(photo).path).read_bytes()
    press("r")
    qtbot.waitUntil(lambda: screen.draft.evidence_of(photo).turn == 90)
    qtbot.waitUntil(lambda: not box.picture.loading)
    assert seen(box, 0.5, 0.2).red() > 180, "the red half is above now"
    assert seen(box, 0.5, 0.8).red() < 60
    press("z", CONTROL)
    assert screen.draft.evidence_of(photo).turn == 0
    assert box.isVisible()
    press("r", SHIFT)
    qtbot.waitUntil(lambda: screen.draft.evidence_of(photo).turn == 270)
    assert tiles(screen, "facade")[0].record.turn == 270
    again = reopened(screen)
    record = again.draft.evidence_of(photo)
    assert record.turn == 270
    assert record.thumb_path is not None
    assert Path(record.path).read_bytes() == original


def test_turning_fast_ends_where_the_last_turn_says(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    opened(screen, "facade")
    press("rrrrr")
    qtbot.waitUntil(lambda: not screen.context.images.busy and not screen.context.lane.busy)
    assert screen.draft.evidence_of(photo).turn == 90
    assert screen.draft.undo_stack.undoText() == ""
    screen.draft.undo()
    assert screen.draft.evidence_of(photo).turn == 0


def test_a_photo_whose_original_is_gone_cannot_be_turned_and_says_so(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    Path(screen.draft.evidence_of(photo).path).unlink()
    opened(screen, "facade")
    press("r")
    qtbot.waitUntil(lambda: standing(screen) is not None)
    assert "không xoay được" in toast(screen).label.text()
    assert screen.draft.evidence_of(photo).turn == 0


def test_a_missing_photo_says_so(open_capture: Open, reopened: Again, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    Path(screen.draft.evidence_of(photo).path).unlink()
    again = reopened(screen)
    box = opened(again, "facade")
    assert again.draft.evidence_of(photo).missing
    assert not box.right.isEnabled()


def test_a_caption_is_written_and_its_letters_turn_nothing(
    open_capture: Open, reopened: Again, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    box = opened(screen, "facade")
    press("c")
    assert focus() is box.caption
    compose("cửa trước r")
    press(Qt.Key.Key_Return)
    assert focus() is box
    assert screen.draft.evidence_of(photo).turn == 0
    press("c")
    press("xyz")
    press(Qt.Key.Key_Escape)
    assert box.isVisible(), "Esc leaves the field first"
    assert screen.draft.evidence_of(photo).caption == "cửa trước r"
    assert reopened(screen).draft.evidence_of(photo).caption == "cửa trước r"


def test_a_caption_that_is_still_composed_is_kept_when_one_leaves(
    open_capture: Open, reopened: Again, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    opened(screen, "facade")
    press("c")
    compose("cửa", commit=False)
    assert reopened(screen).draft.evidence_of(photo).caption == "cửa"


def test_delete_goes_on_to_the_next_and_undo_brings_it_back(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    one, two = attach(screen, qtbot, "facade", jpeg(1), jpeg(2))
    box = opened(screen, "facade")
    press(Qt.Key.Key_Delete)
    assert (held(screen, "facade"), box.sha256) == ((two,), two)
    toast(screen).button.click()
    assert held(screen, "facade") == (one, two)
    assert box.isVisible()
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Delete)
    assert held(screen, "facade") == ()
    assert not box.isVisible()
    assert focus() is screen.page.current_card


def test_it_moves_a_photo(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    one, two = attach(screen, qtbot, "facade", jpeg(1), jpeg(2))
    box = opened(screen, "facade")
    press("m")
    assert screen.frame is not None
    chooser = screen.frame.photos.chooser
    assert chooser is not None
    QTest.keyClick(chooser.field, Qt.Key.Key_Down)
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    assert held(screen, "areas.floor") == (one,)
    assert box.sha256 == two


def test_the_form_below_hears_no_key(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    attach(screen, qtbot, "clean", jpeg(1))
    box = opened(screen, "clean")
    assert screen.frame is not None
    press("1")
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Return, CONTROL)
    assert screen.draft.filling.answer("clean").value is None
    assert screen.frame.section == "front"
    assert screen.check is None
    assert box.isVisible()
    stops = set()
    for _ in range(12):
        press(Qt.Key.Key_Tab)
        assert focus() is box or box.isAncestorOf(focus())
        stops.add(focus())
    assert len(stops) > 6


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [(1024, 600), (1366, 768)])
def test_it_fits_and_is_dark_in_both_themes(
    open_capture: Open, qtbot: QtBot, size: tuple[int, int], dark: bool
) -> None:
    application = qtbot_app()
    theme.apply(application, theme.tokens_for(dark=dark))
    screen = open_capture(PHOTOS, size=size)
    attach(screen, qtbot, "facade", jpeg(1, size=(1200, 900)))
    box = opened(screen, "facade")
    qtbot.waitUntil(lambda: not box.picture.loading)
    assert (screen.width(), screen.height()) == size
    for button in box.findChildren(Button):
        if button.isVisible():
            assert box.rect().contains(button.geometry().translated(0, 0))
            assert button.accessibleName()
    assert box.picture.height() > size[1] * 0.6
    assert box.grab().toImage().pixelColor(4, box.height() - 4).lightness() < 60
    theme.apply(application, theme.LIGHT)


def qtbot_app():  # type: ignore[no-untyped-def]
    from PySide6.QtWidgets import QApplication

    return QApplication.instance()


def test_zoom_shows_pixels_and_the_mouse_drags_them(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    attach(screen, qtbot, "facade", jpeg(1, size=(1600, 1200)))
    box = opened(screen, "facade")
    qtbot.waitUntil(lambda: not box.picture.loading)
    press("z")
    assert box.picture.zoomed
    middle = box.picture.rect().center()
    assert seen(box, 0.45, 0.5).red() > 180
    QTest.mousePress(box.picture, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(box.picture, middle - QPoint(300, 0))
    QTest.mouseRelease(box.picture, Qt.MouseButton.LeftButton, pos=middle - QPoint(300, 0))
    assert seen(box, 0.45, 0.5).red() < 60
    assert box.picture.zoomed, "a drag is no click"
    press(Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_a_submitted_visit_is_only_looked_at(
    open_capture: Open, reopened: Again, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    with qtbot.waitSignal(screen.submitted):
        screen.session.submit("E-07")
    again = reopened(screen)
    box = opened(again, "facade")
    press("r")
    press(Qt.Key.Key_Delete)
    press("m")
    assert held(again, "facade") == (photo,)
    assert not box.remove.isVisible()
    assert box.caption.isReadOnly()
