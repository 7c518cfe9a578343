"""Ctrl+F in a visit: what is found, how one steps, where the focus stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from auditor.ui.capture.drafting.searching import places_of
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.kit.find import FindField
from forms import library
from tests.ui.capture.hands import card, compose, focus, named, press

Open = Callable[..., CaptureScreen]
EVERY = library.path("every-type")
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def find(text: str) -> None:
    press("f", CTRL)
    assert isinstance(focus(), FindField)
    compose(text)


def count(screen: CaptureScreen) -> str:
    assert screen.finder.bar is not None
    return screen.finder.bar.count.text()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("co chao khong", ["greeted"]),
        ("CÓ CHÀO", ["greeted"]),
        ("  co   cười ", []),  # hidden: nobody was greeted
        ("vị", ["taste"]),
        ("sàn", ["areas.floor"]),
        ("sach", ["areas.floor"]),
        ("1.1", ["greeted"]),
        ("2.", ["story", "name", "wait", "nps"]),
        ("1.3", ["taste"]),
        ("không", ["greeted", "areas.floor"]),
        ("", []),
        ("   ", []),
        ("zzz", []),
    ],
)
def test_what_is_found(open_capture: Open, query: str, expected: list[str]) -> None:
    screen = open_capture()
    numbers = {item.id: item.number for item in screen.draft.compiled.items}
    if query == "1.3":
        expected = [id for id, number in numbers.items() if number in ("1.3",)]
        expected = [id for id in expected if screen.draft.filling.relevant(id)]
    assert places_of(screen.draft, query) == expected


def test_a_matrix_is_found_by_its_own_number_and_a_row_by_its_own(open_capture: Open) -> None:
    screen = open_capture()
    row = screen.draft.compiled.item("areas.table")
    whole = row.number.rpartition(".")[0]
    assert places_of(screen.draft, whole) == ["areas.floor"]
    assert places_of(screen.draft, row.number) == ["areas.table"]


def test_comments_written_answers_and_scale_words_are_found(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    draft = screen.draft
    draft.set_comment(draft.compiled.item("licence"), "Giấy phép treo sau quầy bánh mì")
    draft.set_value(draft.compiled.item("story"), "Bước vào lúc mười giờ,\nngửi thấy bánh  mì")
    assert places_of(draft, "banh mi") == ["licence", "story"]
    assert places_of(draft, "kém") == ["comfort.heat", "attachment"]  # the end of a scale; "kèm"


def test_a_choice_of_another_answer_is_not_searched_as_text(open_capture: Open) -> None:
    screen = open_capture()
    screen.draft.set_value(screen.draft.compiled.item("greeted"), "yes")
    assert places_of(screen.draft, "yes") == []


def test_it_goes_from_place_to_place_and_keeps_the_focus(open_capture: Open) -> None:
    screen = open_capture()
    find("không")
    assert (screen.page.current, count(screen).split()[0]) == ("greeted", "1")
    press(Qt.Key.Key_Return)
    assert screen.page.current_card.item.id == "areas.floor"
    assert count(screen).split()[0] == "2"
    press(Qt.Key.Key_F3)
    assert screen.page.current == "greeted", "all around"
    press(Qt.Key.Key_Return, SHIFT)
    assert screen.page.current == "areas"
    press(Qt.Key.Key_F3, SHIFT)
    assert screen.page.current == "greeted"
    assert isinstance(focus(), FindField)


def test_it_goes_across_sections_and_escape_leaves_the_focus_there(open_capture: Open) -> None:
    screen = open_capture()
    find("thoi gian cho")
    press(Qt.Key.Key_Return)
    assert (screen.frame.section, screen.page.current) == ("words", "wait")
    assert isinstance(focus(), FindField)
    press(Qt.Key.Key_Escape)
    assert screen.finder.bar is None
    assert focus() is screen.page.cards["wait"]
    press("5")
    press(Qt.Key.Key_Return)
    assert screen.draft.filling.answer("wait").value == 5


def test_typing_jumps_by_itself_after_a_pause(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture()
    find("gioi thieu")
    assert screen.page.current == "greeted", "not with every letter"
    qtbot.waitUntil(lambda: screen.page.current == "nps")
    assert isinstance(focus(), FindField)


def test_what_the_input_method_still_holds_is_searched(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture()
    press("f", CTRL)
    QApplication.sendEvent(focus(), QInputMethodEvent("diễ", []))
    qtbot.waitUntil(lambda: screen.page.current == "story")
    assert focus().text() == ""


def test_nothing_found_is_said_and_moves_nobody(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture()
    card(screen, "taste")
    find("zebra")
    qtbot.waitUntil(lambda: count(screen) == "Không có trong lượt ghé này")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert screen.page.current == "taste"
    assert not named(screen.finder.bar, QPushButton, "Chỗ tiếp theo").isEnabled()


def test_f3_goes_on_after_the_bar_was_closed(open_capture: Open) -> None:
    screen = open_capture()
    find("không")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F3)
    assert screen.page.current == "greeted"
    assert focus() is screen.page.cards["greeted"]
    assert screen.finder.bar is None


def test_f3_with_nothing_searched_opens_the_bar(open_capture: Open) -> None:
    open_capture()
    press(Qt.Key.Key_F3)
    assert isinstance(focus(), FindField)


def test_the_words_stay_when_the_window_becomes_small(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture()
    find("không")
    screen.resize(1000, 600)
    qtbot.waitUntil(lambda: screen.frame.compact)
    assert screen.finder.bar.isVisible()
    assert screen.finder.bar.field.text() == "không"
    assert sum(field.isVisible() for field in screen.findChildren(FindField)) == 1


def test_the_bar_opens_over_what_was_typed_last_and_selects_it(open_capture: Open) -> None:
    open_capture()
    find("không")
    press(Qt.Key.Key_Escape)
    press("f", CTRL)
    assert focus().selectedText() == "không"


def test_from_the_check_it_goes_back_to_the_page(open_capture: Open) -> None:
    screen = open_capture()
    press(Qt.Key.Key_Return, CTRL)
    press("f", CTRL)
    assert screen.check is None
    assert isinstance(focus(), FindField)


def test_undo_in_the_bar_is_of_the_bar(open_capture: Open) -> None:
    screen = open_capture()
    press("1")
    press("f", CTRL)
    press("abc")
    press("z", CTRL)
    assert screen.draft.filling.answer("greeted").value == "yes"
