"""The tray: photos that wait for a question, and their way to one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from auditor.ui.capture.photos.dragging import unpack
from auditor.ui.capture.screen import CaptureScreen
from tests.ui.capture.conftest import Open
from tests.ui.capture.darkroom import (
    PHOTOS,
    attach,
    carried,
    go_away,
    held,
    hold_over,
    jpeg,
    let_go,
    rest,
    strip,
    tiles,
    tray,
)
from tests.ui.capture.hands import card, drop, focus, on_disk, picture, press
from tests.ui.telling import toast

Again = Callable[[CaptureScreen], CaptureScreen]
CONTROL = Qt.KeyboardModifier.ControlModifier


def files(folder: Path, count: int) -> list[Path]:
    made = []
    for number in range(count):
        made.append(folder / f"{number}.jpg")
        made[-1].write_bytes(jpeg(number + 1))
    return made


def test_twelve_photos_dropped_at_once_wait_in_their_order(
    open_capture: Open, reopened: Again, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_capture(PHOTOS)
    given = files(tmp_path, 12)
    drop(tray(screen), *given)
    rest(screen, qtbot)
    again = reopened(screen)
    names = [again.draft.evidence_of(sha).name for sha in again.draft.tray]
    assert names == [file.name for file in given]
    assert tray(again).count.text() == "12"
    assert list(tray(again).tiles) == list(again.draft.tray)


def test_the_whole_side_takes_photos(open_capture: Open, qtbot: QtBot, tmp_path: Path) -> None:
    screen = open_capture(PHOTOS)
    assert screen.frame is not None
    drop(screen.frame.sections, *files(tmp_path, 1))
    rest(screen, qtbot)
    assert len(screen.draft.tray) == 1


def test_a_dozen_that_arrive_together_is_one_step_to_undo(
    open_capture: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_capture(PHOTOS)
    drop(tray(screen), *files(tmp_path, 5))
    rest(screen, qtbot)
    screen.draft.undo()
    assert screen.draft.tray == ()
    screen.draft.redo()
    assert len(screen.draft.tray) == 5


def test_a_photo_is_dragged_onto_a_question(
    open_capture: Open, reopened: Again, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    first, second = attach(screen, qtbot, None, jpeg(1), jpeg(2))
    there = card(screen, "clean")
    assert let_go(there, carried(screen, second, None))
    assert (held(screen, "clean"), held(screen, None)) == ((second,), (first,))
    screen.draft.undo()
    assert (held(screen, "clean"), held(screen, None)) == ((), (first, second))
    screen.draft.redo()
    again = reopened(screen)
    assert (held(again, "clean"), held(again, None)) == ((second,), (first,))


def test_a_photo_is_dragged_onto_a_row_of_a_matrix(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, None, jpeg(1))
    there = card(screen, "areas")
    row = there.editor.rows[1]
    assert let_go(there, carried(screen, photo, None), row.mapTo(there, row.rect().center()))
    assert held(screen, "areas.table") == (photo,)


@pytest.mark.parametrize("question", ["open", "greeting", "menu"])
def test_a_question_without_photos_says_so_and_takes_none(
    open_capture: Open, qtbot: QtBot, question: str
) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, None, jpeg(1))
    there = card(screen, question)
    assert not hold_over(there, carried(screen, photo, None))
    assert (there.reason, there.hot) == ("Không nhận ảnh", False)
    go_away(there)
    assert there.reason == ""
    assert not let_go(there, carried(screen, photo, None))
    assert held(screen, None) == (photo,)


def test_a_question_that_takes_photos_looks_hot_while_one_is_held(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, None, jpeg(1))
    there = card(screen, "clean")
    assert hold_over(there, carried(screen, photo, None))
    assert (there.reason, there.hot) == ("", True)
    go_away(there)
    assert not there.hot


def test_photos_go_from_question_to_question_and_back_to_the_tray(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    first, second = attach(screen, qtbot, "facade", jpeg(1), jpeg(2))
    let_go(card(screen, "clean"), carried(screen, first, "facade"))
    assert (held(screen, "facade"), held(screen, "clean")) == ((second,), (first,))
    let_go(tray(screen), carried(screen, second, "facade"))
    assert (held(screen, "facade"), held(screen, None)) == ((), (second,))
    screen.draft.undo()
    assert (held(screen, "facade"), held(screen, None)) == ((second,), ())


def test_a_photo_is_dragged_to_another_place_in_its_row(
    open_capture: Open, reopened: Again, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    one, two, three = attach(screen, qtbot, "facade", jpeg(1), jpeg(2), jpeg(3))
    there = card(screen, "facade")
    before_one = tiles(screen, "facade")[0].mapTo(there, QPoint(4, 40))
    data = carried(screen, three, "facade")
    hold_over(there, data, before_one)
    assert strip(screen, "facade")._bar.isVisible()
    let_go(there, data, before_one)
    assert held(screen, "facade") == (three, one, two)
    assert not strip(screen, "facade")._bar.isVisible()
    wanted = [three, one, two]
    qtbot.waitUntil(lambda: [t.record.sha256 for t in tiles(screen, "facade")] == wanted)
    screen.draft.undo()
    assert held(screen, "facade") == (one, two, three)
    let_go(there, data, before_one)
    assert held(reopened(screen), "facade") == (three, one, two)


def test_a_photo_from_the_tray_goes_between_two_others(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    one, two = attach(screen, qtbot, "facade", jpeg(1), jpeg(2))
    (new,) = attach(screen, qtbot, None, jpeg(3))
    there = card(screen, "facade")
    at = tiles(screen, "facade")[1].mapTo(there, QPoint(4, 40))
    let_go(there, carried(screen, new, None), at)
    assert held(screen, "facade") == (one, new, two)
    screen.draft.undo()
    assert (held(screen, "facade"), held(screen, None)) == ((one, two), (new,))


def test_a_photo_of_another_visit_is_refused(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, None, jpeg(1))
    data = carried(screen, photo, None)
    screen.draft.record = screen.draft.record.__class__(
        **{n: getattr(screen.draft.record, n) for n in screen.draft.record.__slots__} | {"id": 99}
    )
    assert not hold_over(card(screen, "clean"), data)
    assert not let_go(tray(screen), data)


def test_the_mouse_starts_the_drag(
    open_capture: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, None, jpeg(1))
    seen = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _: seen.append(unpack(drag.mimeData())))
    tile = tray(screen).tiles[photo]
    QTest.mousePress(tile, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseMove(tile, QPoint(60, 40))
    QTest.mouseRelease(tile, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    assert [(each.sha256, each.source) for each in seen] == [(photo, "")]
    assert screen.frame is not None
    assert not screen.frame.photos.looking, "a drag is no click"


def test_keys_move_among_the_photos_and_put_them_into_the_current_question(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    photos = attach(screen, qtbot, None, *(jpeg(n) for n in range(1, 6)))
    card(screen, "clean")
    screen.open_tray()
    assert focus() is tray(screen).tiles[photos[0]]
    press(Qt.Key.Key_Right)
    assert focus() is tray(screen).tiles[photos[1]]
    press(Qt.Key.Key_Down)
    assert focus() is tray(screen).tiles[photos[4]]
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Space)
    assert held(screen, "clean") == (photos[1],)
    assert focus() is tray(screen).tiles[photos[2]], "the next one takes its place"
    press(Qt.Key.Key_Space)
    assert held(screen, "clean") == (photos[1], photos[2])


def test_the_last_photo_gives_the_focus_back_to_the_question(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    attach(screen, qtbot, None, jpeg(1))
    there = card(screen, "clean")
    screen.open_tray()
    press(Qt.Key.Key_Space)
    assert held(screen, None) == ()
    assert focus() is there


def test_space_says_why_where_the_current_question_takes_none(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, None, jpeg(1))
    card(screen, "open")
    screen.open_tray()
    press(Qt.Key.Key_Space)
    assert held(screen, None) == (photo,)
    assert "1.3" in toast(screen).label.text()


def test_delete_takes_a_photo_out_and_undo_brings_it_back(
    open_capture: Open, reopened: Again, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    one, two = attach(screen, qtbot, None, jpeg(1), jpeg(2))
    screen.open_tray()
    press(Qt.Key.Key_Delete)
    assert held(screen, None) == (two,)
    toast(screen).button.click()
    assert held(screen, None) == (one, two)
    press(Qt.Key.Key_Delete)
    assert held(reopened(screen), None) == (two,), "what was removed stays away"


def test_photos_change_places_by_keys(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    one, two, three = attach(screen, qtbot, None, jpeg(1), jpeg(2), jpeg(3))
    screen.open_tray()
    press(Qt.Key.Key_Right, CONTROL)
    assert held(screen, None) == (two, one, three)
    assert focus() is tray(screen).tiles[one]
    press(Qt.Key.Key_Right, CONTROL)
    press(Qt.Key.Key_Right, CONTROL)
    assert held(screen, None) == (two, three, one)
    press(Qt.Key.Key_Left, CONTROL)
    assert held(screen, None) == (two, one, three)


def test_a_picture_pasted_where_none_is_taken_goes_to_the_tray(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    card(screen, "open")
    QGuiApplication.clipboard().setImage(picture())
    press("v", CONTROL)
    rest(screen, qtbot)
    assert len(held(screen, None)) == 1
    assert held(screen, "open") == ()
    assert "1.3" in toast(screen).label.text()
    card(screen, "clean")
    press("v", CONTROL)
    rest(screen, qtbot)
    assert len(held(screen, "clean")) == 1


def test_a_menu_offers_where_a_photo_may_go(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, None, jpeg(1))
    card(screen, "clean")
    tray(screen).tiles[photo].menu_wanted.emit(photo, screen.mapToGlobal(QPoint(90, 600)))
    menu = screen.findChildren(QMenu)[-1]
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert "Đưa vào câu 1.2" in actions
    assert "Chuyển vào ảnh chưa gắn câu" not in actions
    actions["Đưa vào câu 1.2"].trigger()
    menu.close()
    assert held(screen, "clean") == (photo,)


def test_a_question_is_found_by_words_and_takes_the_photo(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS)
    (photo,) = attach(screen, qtbot, "facade", jpeg(1))
    assert screen.frame is not None
    screen.frame.album.ask_place(photo, screen.draft.compiled.item("facade"))
    chooser = screen.frame.photos.chooser
    assert chooser is not None
    names = [chooser._model.item(row).text() for row in range(chooser._model.rowCount())]
    assert names == [
        "1.2 Sạch không?", "1.4.1 Sàn", "1.4.2 Bàn", "2.1 Ảnh quầy", "Ảnh chưa gắn câu",
    ]  # fmt: skip
    for letter in "anh quay":
        QTest.keyClick(chooser.field, letter)
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    assert (held(screen, "facade"), held(screen, "counter")) == ((), (photo,))
    screen.draft.undo()
    assert held(screen, "facade") == (photo,)


def test_the_folded_tray_is_a_count_that_opens(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(PHOTOS, size=(1024, 600))
    photos = attach(screen, qtbot, None, jpeg(1), jpeg(2))
    assert screen.frame is not None
    dock = screen.frame.photos.dock
    assert dock.button is not None
    assert dock.popover is not None
    assert dock.button.accessibleName() == "2 ảnh chưa gắn câu"
    assert not dock.popover.isVisible()
    dock.button.click()
    assert dock.popover.isVisible()
    assert focus() is dock.tray.tiles[photos[0]]
    assert screen.rect().contains(dock.popover.geometry())
    press(Qt.Key.Key_Escape)
    assert not dock.popover.isVisible()
    assert focus() is dock.button
    drop_on_side(screen, jpeg(3))
    rest(screen, qtbot)
    assert len(held(screen, None)) == 3


def drop_on_side(screen: CaptureScreen, content: bytes) -> None:
    assert screen.frame is not None
    path = screen.context.scratch / "side.jpg"
    path.write_bytes(content)
    drop(screen.frame.sections, path)


def test_a_submitted_visit_has_no_tray(
    open_capture: Open, reopened: Again, qtbot: QtBot, folder: Path
) -> None:
    screen = open_capture(PHOTOS)
    attach(screen, qtbot, None, jpeg(1))
    with qtbot.waitSignal(screen.submitted):
        screen.session.submit("E-07")
    again = reopened(screen)
    assert again.frame is not None
    assert not again.frame.photos.dock.isVisible()
    assert on_disk(folder, "SELECT count(*) FROM visit_evidence") == [(0,)]
