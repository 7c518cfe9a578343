"""Every key of the map: what it does on each kind of card, where it must do nothing, and that the
sheet and the page of the keys name it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from auditor.ui import keys as sheet
from auditor.ui.capture.cards import arriving, card_keys
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.keys import KeysDialog
from auditor.words import Words
from forms import library
from forms.answers import Answer, Expectation, Value
from tests.ui.capture.hands import card, compose, focus, picture, press

Open = Callable[..., CaptureScreen]
EVERY = library.path("every-type")
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
DOCS = Path(__file__).parents[3] / "docs" / "keys.md"

LONG = """\
format: auditor-checklist/1
id: long
version: "1"
title: Long
languages: [en]
sections:
  - id: one
    title: One
    questions:
      - id: twelve
        type: choices
        label: Twelve
        choices: [TWELVE]
      - id: three
        type: choices
        label: Three
        choices: [THREE]
      - {id: gap, type: expectation, label: Gap, min: 0, max: 5}
      - {id: wide, type: expectation, label: Wide, min: 0, max: 10}
      - id: rows
        type: matrix
        label: Rows
        min: 0
        max: 10
        rows: [{id: a, label: A}, {id: b, label: B}]
      - id: small
        type: matrix
        label: Small
        min: 0
        max: 5
        rows: [{id: a, label: A}, {id: b, label: B}]
"""


def choices(count: int) -> str:
    return ", ".join(f"{{id: c{i}, label: C{i}, points: 1}}" for i in range(1, count + 1))


@pytest.fixture
def long(open_capture: Open, tmp_path: Path) -> CaptureScreen:
    path = tmp_path / "long.yaml"
    text = LONG.replace("TWELVE", choices(12)).replace("THREE", choices(3))
    path.write_text(text, encoding="utf-8")
    return open_capture(path, language="en")


def values(screen: CaptureScreen, *items: str) -> list[Value | None]:
    return [screen.draft.filling.answer(item).value for item in items]


@pytest.mark.parametrize(
    ("question", "keys", "expected"),
    [
        ("twelve", "13", {"twelve": ("c1", "c3")}),
        ("twelve", "131", {"twelve": ("c3",)}),
        ("twelve", "10", {"twelve": ("c10",)}),
        ("twelve", "0", {"twelve": ("c10",)}),
        ("three", "10", {"three": ("c1",)}),
        ("gap", "10", {"gap": Expectation(1, 0)}),
        ("wide", "104", {"wide": Expectation(10, 4)}),
        ("rows", "107", {"rows.a": 10, "rows.b": 7}),
        ("rows", "510", {"rows.a": 5, "rows.b": 10}),
        ("small", "10", {"small.a": 1, "small.b": 0}),
    ],
)
def test_digits(long: CaptureScreen, question: str, keys: str, expected: dict[str, Value]) -> None:
    card(long, question)
    press(keys)
    assert values(long, *expected) == list(expected.values())


def test_ten_over_a_matrix_that_is_answered_already(long: CaptureScreen) -> None:
    card(long, "rows")
    press("34")
    press(Qt.Key.Key_Up)
    press("10")
    assert values(long, "rows.a", "rows.b") == [10, 4]


def test_a_zero_that_comes_late_or_after_another_key_is_no_ten(
    long: CaptureScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    card(long, "twelve")
    press("1")
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Escape)
    press("0")
    assert values(long, "twelve") == [("c1", "c10")]
    monkeypatch.setattr(arriving, "TEN_WITHIN_MS", -1)
    press(Qt.Key.Key_Backspace)
    press("10")
    assert values(long, "twelve") == [("c1", "c10")]


def test_keys_of_a_ten_are_two_steps_to_undo(long: CaptureScreen) -> None:
    card(long, "twelve")
    press("10")
    press("z", CTRL)
    assert values(long, "twelve") == [("c1",)]
    press("z", CTRL)
    assert values(long, "twelve") == [None]


@pytest.mark.parametrize("question", ["greeted", "mood", "offered", "taste", "recommend", "coffee",
                                      "clean", "heat", "queue", "day"])  # fmt: skip
def test_left_and_right_change_no_answer(open_capture: Open, question: str) -> None:
    screen = open_capture(EVERY)
    there = card(screen, question)
    press("2")
    if isinstance(focus(), QLineEdit):
        press(Qt.Key.Key_Escape)
    before = dict(screen.draft.filling.answers)
    assert before
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        press(key)
        assert dict(screen.draft.filling.answers) == before
        assert there is focus() or there.isAncestorOf(focus())


def test_backspace_takes_the_answer_back_and_leaves_the_comment(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    card(screen, "licence")
    press("2")
    press("c")
    compose("Thùng hàng chắn lối")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Backspace)
    kept = screen.draft.filling.answer("licence")
    assert kept == Answer(comment="Thùng hàng chắn lối")


@pytest.mark.parametrize("letters", ["nmctp1", "NMCTP1"])
def test_letters_and_digits_are_text_in_every_field(open_capture: Open, letters: str) -> None:
    screen = open_capture(EVERY)
    for question in ("story", "said", "heat", "queue", "day"):
        if question == "said":
            screen.draft.set_value(screen.draft.compiled.item("thanked"), "yes")
        card(screen, question)
        press(Qt.Key.Key_Return)
        _type_and_check(screen, letters, question)
    card(screen, "licence")
    press("c")
    _type_and_check(screen, letters, "licence")
    press("f", CTRL)
    _type_and_check(screen, letters, "licence")


def _type_and_check(screen: CaptureScreen, letters: str, question: str) -> None:
    field = focus()
    assert isinstance(field, (QLineEdit, QPlainTextEdit)), question
    press(letters)
    assert focus() is field
    text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    assert text == letters
    answer = screen.draft.filling.answer(question)
    assert not answer.later
    assert not answer.not_applicable
    assert not screen.session.stopwatches.running


def test_a_card_has_no_text_for_an_input_method(open_capture: Open) -> None:
    """So the platform sends the keys as they are while a Vietnamese one is on."""
    screen = open_capture(EVERY)
    for section in screen.frame.visible_sections():
        screen.choose_section(section)
        screen.page.complete()
        for there in screen.page.cards.values():
            fields = (QLineEdit, QPlainTextEdit)
            for widget in (there, *there.findChildren(QWidget)):
                if not isinstance(widget, fields) and not isinstance(widget.parent(), fields):
                    assert not widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_what_an_input_method_sends_all_the_same_acts_as_keys(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "licence")
    compose("2")
    assert values(screen, "licence") == ["no"]
    compose("n")
    assert screen.draft.filling.answer("licence").value == "na"
    compose("m")
    assert screen.draft.filling.answer("licence").later
    compose("c")
    assert there.isAncestorOf(focus())
    assert isinstance(focus(), QPlainTextEdit)


def test_a_letter_that_comes_as_text_without_a_key_acts(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "licence")
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, "m")
        QApplication.sendEvent(there, event)
    assert screen.draft.filling.answer("licence").later


def test_a_pre_edit_alone_does_nothing_on_a_card(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    card(screen, "licence")
    QApplication.sendEvent(focus(), QInputMethodEvent("n", []))
    assert not screen.draft.filling.answer("licence").not_applicable


@pytest.mark.parametrize("modifier", [CTRL, Qt.KeyboardModifier.AltModifier])
def test_letters_with_ctrl_or_alt_are_not_ours(
    open_capture: Open, modifier: Qt.KeyboardModifier
) -> None:
    screen = open_capture(EVERY)
    card(screen, "queue")
    for letter in "nmt2":
        press(letter, modifier)
    assert dict(screen.draft.filling.answers) == {}
    assert not screen.session.stopwatches.running


def test_t_starts_and_stops_and_does_nothing_elsewhere(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    card(screen, "greeted")
    press("t")
    assert not screen.session.stopwatches.running
    card(screen, "queue")
    press("t")
    assert screen.session.stopwatches.running == ("queue",)
    press("t")
    assert values(screen, "queue") == [0]


def test_escape_goes_from_field_and_button_to_the_card(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "heat")
    press("6")
    press(Qt.Key.Key_Escape)
    assert focus() is there
    press(Qt.Key.Key_Tab)
    assert focus() is not there
    press(Qt.Key.Key_Escape)
    assert focus() is there


def test_section_keys_work_from_inside_a_text(open_capture: Open) -> None:
    screen = open_capture()
    screen.choose_section("words")
    card(screen, "story")
    press(Qt.Key.Key_Return)
    assert isinstance(focus(), QPlainTextEdit)
    press(Qt.Key.Key_PageUp)
    assert screen.frame.section == "arrival"


def test_the_next_unanswered_works_from_inside_a_text(open_capture: Open) -> None:
    screen = open_capture()
    card(screen, "story")
    press(Qt.Key.Key_Return)
    compose("Ba bốn từ")
    press(Qt.Key.Key_F8)
    assert screen.page.current == "name"
    assert values(screen, "story") == ["Ba bốn từ"]


def test_when_all_is_answered_f8_leads_to_the_check(open_capture: Open) -> None:
    screen = open_capture()
    given = {"taste": 3, "story": "ba bốn từ", "name": "Trà", "wait": 90, "nps": 9}
    for item in screen.draft.compiled.items:
        if item.takes_answer:
            screen.draft.set_value(item, given.get(item.question.id, "yes"))
    press(Qt.Key.Key_F8)
    assert focus() is screen.frame.header.check
    press(Qt.Key.Key_Return)
    assert screen.check is not None


def test_paste_of_a_picture_on_the_card(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(EVERY)
    card(screen, "licence")
    QGuiApplication.clipboard().setImage(picture())
    press("v", CTRL)
    qtbot.waitUntil(lambda: bool(screen.draft.filling.answer("licence").evidence))


def test_no_key_changes_a_visit_that_is_read_only(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    screen.draft.writable = False
    screen.choose_section(screen.frame.visible_sections()[1])
    screen.choose_section(screen.frame.visible_sections()[0])
    card(screen, "greeted")
    press("1nmt0")
    compose("2m")
    press(Qt.Key.Key_Backspace)
    press("z", CTRL)
    assert dict(screen.draft.filling.answers) == {}
    press(Qt.Key.Key_Down)
    assert screen.page.current != "greeted", "one may go about in it"


# the sheet and the page


def _named(lines: tuple[sheet.Line, ...]) -> Iterator[str]:
    """The keys of a group as "Ctrl+K"; a line of alternatives gives each."""
    for caps, _ in lines:
        for either in _split(caps):
            together = either[0] in ("Ctrl", "Shift")
            yield from ["+".join(either)] if together else either


def _split(caps: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A key, or the two of "F8 / Shift F8"."""
    at = caps.index(sheet.OR) if sheet.OR in caps else len(caps)
    yield caps[:at]
    if at < len(caps):
        yield caps[at + 1 :]


def _handled(screen: CaptureScreen) -> set[str]:
    """What the capture screen takes, as it stands on caps."""
    names = {"PgDown": "PgDn", "Ctrl+Return": "Ctrl+Enter"}
    found = {each.key().toString() for each in screen.findChildren(QShortcut)}
    found = {names.get(key, key) for key in found}
    return found | {*card_keys.LETTERS, *card_keys.OTHERS}


def test_the_sheet_names_every_key_of_capture(open_capture: Open) -> None:
    screen = open_capture()
    named = {*_named(sheet.VISIT), *_named(sheet.QUESTION)}
    named |= set("123456789") if "…" in named else set()
    same = {"Ctrl+Y": "Ctrl+Shift+Z"}
    missing = {same.get(key, key) for key in _handled(screen)} - named
    assert not missing
    assert "Ctrl Y" in next(
        text for caps, text in sheet.VISIT if caps[-1] == "Z" and "Redo" in text
    )


def test_the_page_names_every_key_of_capture(open_capture: Open) -> None:
    screen = open_capture()
    page = DOCS.read_text(encoding="utf-8")
    page = page.replace("Page Up", "PgUp").replace("Page Down", "PgDn")
    named = set(re.findall(r"[^\s,|;()]+", page))
    named |= set("2345678") if "…" in named else set()
    missing = _handled(screen) - named
    assert not missing


def test_every_letter_of_the_list_acts_on_some_card(open_capture: Open) -> None:
    """So that the list that the sheet is checked against is true."""
    screen = open_capture(EVERY)
    there = card(screen, "queue")
    for letter in (chr(code) for code in range(ord("A"), ord("Z") + 1)):
        event = QKeyEvent(QEvent.Type.KeyPress, ord(letter), Qt.KeyboardModifier.NoModifier)
        if letter == "P":  # opens a dialog
            continue
        took = there._keys.press(event)
        assert took == (letter in card_keys.LETTERS), letter
        there.take_focus()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [(1024, 600), (1366, 768), (640, 480)])
def test_the_sheet_fits_the_window(qtbot: QtBot, language: str, size: tuple[int, int]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(*size)
    dialog = KeysDialog(Words(language), window)
    dialog.ensurePolished()
    height = min(dialog.sizeHint().height(), size[1] - 16)
    assert dialog.sizeHint().width() <= max(size[0], 660)
    if size[0] >= 1024:
        assert dialog.sizeHint().height() <= height, "nothing to scroll"
