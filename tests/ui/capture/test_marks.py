"""Marked for later: by key and button, on disk, with undo, in the list of sections."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from auditor.ui.capture.screen import CaptureScreen
from forms.answers import Answer
from tests.ui.capture.hands import card, focus, named, on_disk, press

Open = Callable[..., CaptureScreen]
Again = Callable[[CaptureScreen], CaptureScreen]
CTRL = Qt.KeyboardModifier.ControlModifier
MARK, MARKED = "Đánh dấu xem lại", "Sẽ xem lại"


def chips(screen: CaptureScreen, question: str) -> list[str]:
    return [mark.text for mark in screen.page.cards[question].head.marks]


def test_m_marks_and_takes_the_mark_off(open_capture: Open, folder: Path) -> None:
    screen = open_capture()
    press("m")
    assert MARKED in chips(screen, "greeted")
    assert screen.session.saver.wait()
    rows = on_disk(folder, "SELECT later, value FROM answer WHERE question = 'greeted'")
    assert rows == [(1, None)]
    press("m")
    assert MARKED not in chips(screen, "greeted")
    assert screen.session.saver.wait()
    assert on_disk(folder, "SELECT 1 FROM answer") == []


def test_a_mark_is_there_again_and_answering_leaves_it(open_capture: Open, reopened: Again) -> None:
    screen = open_capture()
    press("m1")
    again = reopened(screen)
    assert again.draft.filling.answer("greeted") == Answer("yes", later=True)
    assert MARKED in chips(again, "greeted")


def test_undo_and_redo_of_a_mark(open_capture: Open) -> None:
    screen = open_capture()
    press("1m")
    press("z", CTRL)
    assert screen.draft.filling.answer("greeted") == Answer("yes")
    press("z", CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert screen.draft.filling.answer("greeted").later


def test_the_button_shows_and_changes_it(open_capture: Open) -> None:
    screen = open_capture()
    button = named(card(screen, "taste"), QPushButton, MARK)
    assert not button.isChecked()
    assert "M" in button.toolTip()
    button.click()
    assert button.isChecked()
    assert screen.draft.filling.answer("taste").later
    press("z", CTRL)
    assert not button.isChecked()


def test_a_mark_counts_as_no_answer(open_capture: Open) -> None:
    screen = open_capture()
    press("m")
    assert screen.frame.header.count.text().startswith("0/")
    press(Qt.Key.Key_F8)
    assert screen.page.current == "taste"
    press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert screen.page.current == "greeted", "F8 goes by what is unanswered, marked or not"


def test_a_row_of_a_matrix_has_its_own_mark(open_capture: Open) -> None:
    screen = open_capture()
    there = card(screen, "areas")
    button = named(there, QPushButton, MARK)
    press(Qt.Key.Key_Down)
    press("m")
    filling = screen.draft.filling
    assert (filling.answer("areas.floor").later, filling.answer("areas.table").later) == (
        False,
        True,
    )
    assert button.isChecked()
    assert [row.marked.isVisible() for row in there.editor.rows] == [False, True]
    press(Qt.Key.Key_Up)
    assert not button.isChecked(), "the button speaks of the current row"
    assert MARKED in chips(screen, "areas")


def test_the_list_of_sections_counts_them(open_capture: Open) -> None:
    screen = open_capture()
    press("m")
    press(Qt.Key.Key_F8)
    press("m")
    item = screen.frame.sections.items["arrival"]
    assert item.face.marked == 2
    assert "2 câu sẽ xem lại" in item.accessibleDescription()
    assert screen.frame.sections.items["words"].face.marked == 0


def test_a_hidden_question_is_not_counted(open_capture: Open) -> None:
    screen = open_capture()
    press("1")
    press(Qt.Key.Key_Down)
    assert screen.page.current == "smiled"
    press("m")
    assert screen.frame.sections.items["arrival"].face.marked == 1
    press(Qt.Key.Key_Up)
    press("2")
    assert screen.frame.sections.items["arrival"].face.marked == 0


def test_its_key_stands_beside_those_of_comment_and_photo(open_capture: Open) -> None:
    screen = open_capture()
    first = named(card(screen, "greeted"), QPushButton, MARK)
    comment = named(card(screen, "greeted"), QPushButton, "Ghi chú")
    width = first.width()
    assert first._hint_shown == comment._hint_shown
    press(Qt.Key.Key_Down)
    assert first._hint_shown == comment._hint_shown
    assert first.width() == width
    assert focus() is screen.page.cards["taste"]
