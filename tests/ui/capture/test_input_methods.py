"""Vietnamese as it is typed: what an input method still holds is never lost, and is NFC on disk."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.ui.capture.screen import CaptureScreen
from forms.answers import Answer
from tests.ui.capture.hands import card, compose, first_item, focus, on_disk, press

Open = Callable[..., CaptureScreen]
Leave = Callable[[CaptureScreen, QtBot], object]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WORDS = "Chị Hường đứng quầy, phở nguội ngắt"
#: A question with a field of its own, and one whose comment is written.
FIELDS = ["story", "name", "comment of greeted", "comment of areas.table"]


def _key(
    key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> Callable[[CaptureScreen, QtBot], None]:
    return lambda _screen, _qtbot: press(key, modifiers)


def _click_a_section(screen: CaptureScreen, _qtbot: QtBot) -> None:
    other = next(s for s in screen.frame.visible_sections() if s != screen.frame.section)
    QTest.mouseClick(screen.frame.sections.items[other], Qt.MouseButton.LeftButton)


def _click_the_header(screen: CaptureScreen, _qtbot: QtBot) -> None:
    QTest.mouseClick(screen.frame.header.next, Qt.MouseButton.LeftButton)


def _grow_small(screen: CaptureScreen, _qtbot: QtBot) -> None:
    screen.resize(1000, 600)
    QApplication.processEvents()


def _another_window(screen: CaptureScreen, _qtbot: QtBot) -> None:
    screen.clearFocus()
    focus().clearFocus()


WAYS: dict[str, Leave] = {
    "PgDn": _key(Qt.Key.Key_PageDown),
    "PgUp": _key(Qt.Key.Key_PageUp),
    "Ctrl+Enter": _key(Qt.Key.Key_Return, CTRL),
    "F8": _key(Qt.Key.Key_F8),
    "Shift+F8": _key(Qt.Key.Key_F8, SHIFT),
    "Esc": _key(Qt.Key.Key_Escape),
    "Tab": _key(Qt.Key.Key_Tab),
    "a section": _click_a_section,
    "the header": _click_the_header,
    "a small window": _grow_small,
    "the focus goes": _another_window,
    "leave": lambda screen, _qtbot: screen.leave(),
}


def _go_into(screen: CaptureScreen, field: str) -> str:
    """The caret is in ``field``; the id of its item."""
    question = field.removeprefix("comment of ")
    if question == field:
        card(screen, question)
        press(Qt.Key.Key_Return)
        return question
    known = screen.draft.compiled.find(question)
    screen.go_to(question if known is not None else first_item(screen, question))
    press("c")
    return question


def _stored(folder: Path, field: str) -> str:
    question = field.removeprefix("comment of ")
    column = "comment" if question != field else "json_extract(value, '$')"
    rows = on_disk(folder, f"SELECT {column} FROM answer WHERE question = ?", question)
    return "" if not rows or rows[0][0] is None else str(rows[0][0])


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_still_composed_is_taken(
    field: str, open_capture: Open, qtbot: QtBot, folder: Path
) -> None:
    """By every way out of the field, one after another."""
    screen = open_capture()
    for number, (way, leave) in enumerate(WAYS.items()):
        _go_into(screen, field)
        if way == _way_to_nowhere(screen):
            continue
        press("a", CTRL)
        form = "NFC" if number % 2 else "NFD"
        compose(unicodedata.normalize(form, f"Quán thứ {number} đông. "))
        compose(unicodedata.normalize(form, WORDS), commit=False)
        leave(screen, qtbot)
        assert screen.session.saver.wait()
        wanted = unicodedata.normalize("NFC", f"Quán thứ {number} đông. {WORDS}")
        assert _stored(folder, field) == wanted, way


def _way_to_nowhere(screen: CaptureScreen) -> str:
    """There is no section after the last: the caret stays where it is."""
    return "PgDn" if screen.frame.section == screen.frame.visible_sections()[-1] else ""


@pytest.mark.parametrize("field", FIELDS)
def test_closing_the_window_takes_it(
    field: str, open_capture: Open, folder: Path, reopened: Callable[..., CaptureScreen]
) -> None:
    screen = open_capture()
    question = _go_into(screen, field)
    compose(WORDS, commit=False)
    again = reopened(screen)
    answer = again.draft.filling.answer(question)
    assert WORDS in (answer.value, answer.comment)


@pytest.mark.parametrize("field", FIELDS)
def test_a_composed_word_that_is_given_up_is_not_kept(
    field: str, open_capture: Open, folder: Path
) -> None:
    screen = open_capture()
    _go_into(screen, field)
    compose("Quán")
    compose(" đôn", commit=False)
    QApplication.sendEvent(focus(), QInputMethodEvent("", []))
    press(Qt.Key.Key_Escape)
    assert screen.session.saver.wait()
    assert _stored(folder, field) == "Quán"


def test_undo_takes_back_the_whole_of_what_was_composed(open_capture: Open) -> None:
    screen = open_capture()
    _go_into(screen, "story")
    for word in WORDS.split():
        compose(f"{word} ")
    press(Qt.Key.Key_Escape)
    press("z", CTRL)
    assert screen.draft.filling.answer("story") == Answer()
    assert screen.page.cards["story"].editor.field.text() == ""


@pytest.mark.parametrize("typed", ["2", "n"])
def test_an_input_method_that_is_always_on_still_answers_cards(
    typed: str, open_capture: Open
) -> None:
    """Some send each key as a text that they commit, on a card too."""
    screen = open_capture()
    event = QInputMethodEvent()
    event.setCommitString(typed)
    QApplication.sendEvent(focus(), event)
    given = screen.draft.filling.answer("greeted").value
    assert given == {"2": "no", "n": "na"}[typed]
