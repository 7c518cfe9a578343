"""Slips of the hand: a key by mistake, or at the wrong place, loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from auditor.ui.capture.screen import CaptureScreen
from forms import library
from forms.answers import Expectation
from forms.compiled import Item
from tests.ui.capture.hands import card, named, on_disk, press

Open = Callable[..., CaptureScreen]
CTRL = Qt.KeyboardModifier.ControlModifier
MANY = """\
format: auditor-checklist/1
id: many
version: "1"
title: Many
languages: [en]
sections:
  - id: all
    title: All
    questions:
      - id: which
        type: choices
        label: Which of them?
        choices: [{choices}]
"""


def _first(screen: CaptureScreen, kind: str) -> Item:
    return next(item for item in screen.draft.compiled.items if item.question.type == kind)


def test_an_expectation_that_was_cleared_begins_with_the_first_row(open_capture: Open) -> None:
    screen = open_capture(library.path("every-type"))
    item = _first(screen, "expectation")
    card(screen, item.question.id)
    for way in (Qt.Key.Key_Backspace, "n") if item.allow_na else (Qt.Key.Key_Backspace,):
        press("42")
        press(way)
        press("3")
        assert screen.draft.answer(item).value == Expectation(3, None), way
        press(Qt.Key.Key_Backspace)


def test_ten_leaves_what_an_exclusive_first_choice_would_clear(
    open_capture: Open, tmp_path: Path
) -> None:
    """ "1" ticks the first, which stands alone; "10" means the tenth beside the others."""
    ids = [f"{{id: c{n}, label: L{n}, exclusive: {'true' if n == 1 else 'false'}}}" for n in
           range(1, 13)]  # fmt: skip
    path = tmp_path / "many.yaml"
    path.write_text(MANY.replace("{choices}", ", ".join(ids)), encoding="utf-8")
    screen = open_capture(path, language="en")
    press("2310")
    assert screen.draft.filling.answer("which").value == ("c2", "c3", "c10")


def test_undo_in_the_code_undoes_no_answer(open_capture: Open) -> None:
    screen = open_capture()
    card(screen, "greeted")
    press("1")
    press(Qt.Key.Key_Return, CTRL)
    assert screen.check is not None
    code = screen.check.pane.code
    code.setFocus()
    before = code.text()
    press("x")
    press("z", CTRL)
    assert code.text() == before
    press("z", CTRL)
    assert screen.draft.filling.answer("greeted").value is not None
    assert screen.check is not None, "one stays where one was"


def test_one_digit_does_not_stop_the_stopwatch(open_capture: Open) -> None:
    screen = open_capture(library.path("every-type"))
    item = _first(screen, "duration")
    watches = screen.session.stopwatches
    card(screen, item.question.id)
    press("t")
    began = watches.since(item.id)
    press("5")
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Escape)
    assert watches.since(item.id) == began
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    assert watches.since(item.id) == began, "nothing was typed"


def test_a_time_typed_over_the_stopwatch_ends_it(open_capture: Open) -> None:
    screen = open_capture(library.path("every-type"))
    item = _first(screen, "duration")
    card(screen, item.question.id)
    press("t")
    press("7:20")
    press(Qt.Key.Key_Return)
    assert screen.session.stopwatches.since(item.id) is None
    assert screen.draft.answer(item).value == 440


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999"])
def test_a_year_that_cannot_be_is_no_day(day: str, open_capture: Open, folder: Path) -> None:
    """The day before, or after, the first or the last of all is in no calendar."""
    screen = open_capture()
    screen.show_facts()
    facts = screen.frame.facts
    assert facts is not None
    for name, text in (("Ngày ghé thăm", day), ("Đến", "23:50"), ("Về", "0:10")):
        named(facts, QLineEdit, name).setFocus()
        press("a", CTRL)
        press(text)
    press(Qt.Key.Key_Escape)
    assert screen.session.saver.wait()
    [(arrived,)] = on_disk(folder, "SELECT arrived_at FROM visit")
    assert arrived.startswith("2026"), "the day that was known"
