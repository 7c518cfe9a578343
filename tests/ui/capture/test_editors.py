"""Each type of question: answered by hand, on disk, and shown again by another window."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFileDialog,
    QPushButton,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from auditor.ui.capture.cards.editors import EDITORS
from auditor.ui.capture.screen import CaptureScreen
from forms import library
from forms.answers import Answer, Expectation, Value
from forms.questions import QUESTION_TYPES
from tests.ui.capture.hands import card, compose, drop, focus, named, picture, picture_file, press

Open = Callable[..., CaptureScreen]
Again = Callable[[CaptureScreen], CaptureScreen]
EVERY = library.path("every-type")


def test_every_type_has_an_editor_and_no_editor_is_left_over() -> None:
    types = {each.model_fields["type"].annotation.__args__[0] for each in QUESTION_TYPES}
    assert set(EDITORS) == types


@pytest.mark.parametrize(
    ("question", "keys", "expected"),
    [
        ("greeted", "2", "no"),
        ("mood", "3", "bad"),
        ("offered", "12", ("cake", "card")),
        ("offered", "123", ("nothing",)),
        ("faults", "11", None),
        ("taste", "4", 4),
        ("smell", "0", 0),
        ("satisfied", "5", 5),
        ("recommend", "10", 10),
        ("effort", "7", 7),
        ("ease", "2", 2),
        ("coffee", "42", Expectation(4, 2)),
    ],
)
def test_keys_answer(
    open_capture: Open, reopened: Again, question: str, keys: str, expected: Value | None
) -> None:
    screen = open_capture(EVERY)
    card(screen, question)
    press(keys)
    again = reopened(screen)
    assert again.draft.filling.answer(question).value == expected


@pytest.mark.parametrize(
    ("question", "typed", "expected", "shown"),
    [
        ("queue", "7:20", 440, "7:20"),
        ("queue", "48", 48, "0:48"),
        ("heat", "12.5", Decimal("12.5"), "12,5"),
        ("heat", "12,5", Decimal("12.5"), "12,5"),
        ("heat", "-3", Decimal(-3), "-3"),
        ("empty_tables", "12", 12, "12"),
        ("day", "11/11/2026", "2026-11-11", "11/11/2026"),
        ("clock", "1405", "14:05", "14:05"),
    ],
)
def test_typing_on_the_card_goes_into_its_field(
    open_capture: Open, reopened: Again, question: str, typed: str, expected: Value, shown: str
) -> None:
    screen = open_capture(EVERY)
    there = card(screen, question)
    press(typed)
    press(Qt.Key.Key_Return)
    assert focus() is there, "Return takes the value and goes back to the card"
    again = reopened(screen)
    assert again.draft.filling.answer(question).value == expected
    editor = card(again, question).editor
    fields = [getattr(editor, name, None) for name in ("field", "day", "clock")]
    assert shown in [field.text() for field in fields if hasattr(field, "text")]


def test_words_for_a_duration(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    card(screen, "queue")
    press(Qt.Key.Key_Return)
    compose("7 phút 20")
    press(Qt.Key.Key_Return)
    assert screen.draft.filling.answer("queue").value == 440


def test_day_and_time(open_capture: Open, reopened: Again) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "moment")
    press("12/11")
    press(Qt.Key.Key_Return)
    press("10h02")
    press(Qt.Key.Key_Return)
    assert focus() is there
    assert reopened(screen).draft.filling.answer("moment").value == "2026-11-12T10:02"


def test_a_time_alone_is_of_the_day_of_the_visit(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    card(screen, "moment")
    editor = screen.page.cards["moment"].editor
    editor.clock.setFocus()
    press("9:30")
    press(Qt.Key.Key_Return)
    assert screen.draft.filling.answer("moment").value == "2026-11-12T09:30"


def test_the_calendar_chooses_a_day(open_capture: Open, qtbot: QtBot) -> None:
    from PySide6.QtCore import QDate

    from auditor.ui.capture.cards.calendar import Calendar

    screen = open_capture(EVERY)
    there = card(screen, "day")
    named(there, QPushButton, "Mở lịch").click()
    popup = there.findChild(Calendar)
    assert popup is not None
    popup.month.clicked.emit(QDate(2026, 11, 3))
    assert screen.draft.filling.answer("day").value == "2026-11-03"


@pytest.mark.parametrize("question", ["heat", "empty_tables", "queue", "day", "clock"])
def test_what_cannot_be_read_is_said_and_stays(open_capture: Open, question: str) -> None:
    screen = open_capture(EVERY)
    there = card(screen, question)
    press(Qt.Key.Key_Return)
    compose("abc")
    press(Qt.Key.Key_Return)
    assert there.problem_text
    assert screen.draft.filling.answer(question) == Answer()
    assert focus().property("invalid") == "true"
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Backspace)
    assert not there.problem_text


def test_a_broken_constraint_is_said_after_the_field_is_left(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "queue")
    press("3h")
    press(Qt.Key.Key_Return)
    assert there.problem_text == "Từ 0 đến 120 phút."
    assert screen.draft.filling.answer("queue").value == 10800


def test_plus_and_minus(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "empty_tables")
    named(there, QPushButton, "Thêm một").click()
    named(there, QPushButton, "Thêm một").click()
    named(there, QPushButton, "Bớt một").click()
    assert screen.draft.filling.answer("empty_tables").value == 1


def test_not_applicable_beside_boxes(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "offered")
    press("1")
    press("n")
    assert screen.draft.filling.answer("offered") == Answer(not_applicable=True)
    assert not named(there, QCheckBox, "Bánh").isChecked()
    press("2")
    assert screen.draft.filling.answer("offered") == Answer(("card",))


def test_matrix_rows_by_mouse(open_capture: Open, reopened: Again) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "clean")
    named(there, QRadioButton, "Sàn: Không").click()
    press("c")
    compose("Có nước đọng")
    again = reopened(screen)
    assert again.draft.filling.answer("clean.floor") == Answer("no", comment="Có nước đọng")


def test_matrix_on_a_scale(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    card(screen, "comfort")
    press("31")
    filling = screen.draft.filling
    assert (filling.answer("comfort.heat").value, filling.answer("comfort.noise").value) == (3, 1)


def test_words_are_counted_while_typing(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    screen.draft.set_value(screen.draft.compiled.item("thanked"), "yes")
    card(screen, "said")
    press(Qt.Key.Key_Return)
    compose("Cảm ơn")
    said = screen.page.cards["said"].editor.count
    assert said.accessibleName() == "2 / 3 từ còn thiếu 1"
    compose(" bạn")
    assert said.accessibleName() == "3 / 3 từ"


def test_typing_over_a_running_stopwatch_keeps_every_digit(open_capture: Open) -> None:
    screen = open_capture(library.path("every-type"))
    card(screen, "queue")
    press("t")
    press("61")
    assert screen.draft.filling.answer("queue").value == 61
    press(Qt.Key.Key_Return)
    assert screen.draft.filling.answer("queue").value == 61
    assert screen.session.stopwatches.since("queue") is None


def test_a_stopwatch_survives_a_restart(open_capture: Open, reopened: Again) -> None:
    screen = open_capture(EVERY)
    card(screen, "queue")
    press("t")
    since = screen.session.stopwatches.since("queue")
    assert since is not None
    running = screen.page.cards["queue"]
    assert any(mark.text.startswith("Đang chạy từ") for mark in running.head.marks)
    again = reopened(screen)
    assert again.session.stopwatches.since("queue") == since
    there = card(again, "queue")
    assert any(mark.text.startswith("Đang chạy từ") for mark in there.head.marks)
    press("t")
    assert isinstance(again.draft.filling.answer("queue").value, int)
    third = reopened(again)
    assert third.session.stopwatches.since("queue") is None
    assert third.draft.filling.answer("queue").value is not None


def test_a_photo_by_file_drop(
    open_capture: Open, reopened: Again, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "exit_clear")
    press("2")
    drop(there, picture_file(tmp_path))
    assert screen.session.attaching.busy
    qtbot.waitUntil(lambda: bool(screen.draft.filling.answer("exit_clear").evidence))
    again = reopened(screen)
    (sha256,) = again.draft.filling.answer("exit_clear").evidence
    record = again.draft.evidence_of(sha256)
    assert (record.name, record.missing, Path(record.path).exists()) == ("quầy.png", False, True)


def test_a_photo_by_paste_and_undo(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture(EVERY)
    card(screen, "picture")
    QGuiApplication.clipboard().setImage(picture())
    press("v", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(screen.draft.filling.answer("picture").evidence))
    there = screen.page.cards["picture"]
    assert "1 ảnh" in [mark.text for mark in there.head.marks]
    qtbot.waitUntil(lambda: bool(there.findChildren(QAbstractButton, "")))
    cross = [b for b in there.findChildren(QAbstractButton) if b.accessibleName().startswith("Gỡ")]
    cross[0].click()
    assert screen.draft.filling.answer("picture").evidence == ()
    press("z", Qt.KeyboardModifier.ControlModifier)
    assert len(screen.draft.filling.answer("picture").evidence) == 1


def test_a_broken_photo_is_said_at_its_card(
    open_capture: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "picture")
    broken = tmp_path / "hỏng.jpg"
    broken.write_bytes(b"\xff\xd8\xff not a picture")
    drop(there, broken)
    qtbot.waitUntil(lambda: not screen.session.attaching.busy)
    assert "hỏng.jpg" in there.editor.strip.refusals.text
    assert screen.draft.filling.answer("picture") == Answer()


def test_a_broken_photo_is_said_where_no_photo_was_asked_for(
    open_capture: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "licence")
    broken = tmp_path / "hỏng.jpg"
    broken.write_bytes(b"no picture")
    drop(there, broken)
    qtbot.waitUntil(lambda: not screen.session.attaching.busy)
    strip = there.details().strip
    assert strip is not None
    assert "hỏng.jpg" in strip.refusals.text


def test_leaving_waits_for_a_photo_that_is_still_read(
    open_capture: Open, reopened: Again, tmp_path: Path
) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "licence")
    drop(there, picture_file(tmp_path))
    assert screen.session.attaching.busy
    again = reopened(screen)
    assert len(again.draft.filling.answer("licence").evidence) == 1


def test_tab_into_a_row_makes_it_the_current_one(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "clean")
    named(there, QRadioButton, "Thùng rác: Có").setFocus(Qt.FocusReason.TabFocusReason)
    press("2")
    assert screen.draft.filling.answer("clean.bins").value == "no"


@pytest.mark.parametrize("question", ["recording", "attachment"])
def test_a_file_by_drop(open_capture: Open, qtbot: QtBot, tmp_path: Path, question: str) -> None:
    screen = open_capture(EVERY)
    there = card(screen, question)
    sound = tmp_path / "cuộc gọi.wav"
    sound.write_bytes(b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 64)
    drop(there, sound)
    qtbot.waitUntil(lambda: bool(screen.draft.filling.answer(question).evidence))
    (sha256,) = screen.draft.filling.answer(question).evidence
    assert screen.draft.evidence_of(sha256).kind == ("audio" if question == "recording" else "file")


def test_a_drawn_signature_is_kept(open_capture: Open, reopened: Again, qtbot: QtBot) -> None:
    screen = open_capture(EVERY)
    pad = card(screen, "signed").editor.pad
    qtbot.waitUntil(pad.isVisible)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    for x in range(50, 200, 10):
        QTest.mouseMove(pad, QPoint(x, 60 + x % 30))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
    named(screen.page.cards["signed"], QPushButton, "Giữ chữ ký").click()
    qtbot.waitUntil(lambda: bool(screen.draft.filling.answer("signed").evidence))
    again = reopened(screen)
    (sha256,) = again.draft.filling.answer("signed").evidence
    assert again.draft.evidence_of(sha256).kind == "signature"
    assert not card(again, "signed").editor.pad.isVisible()


def test_a_calculation_has_no_card(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    card(screen, "clock")
    assert "total_wait" not in screen.page.cards


def test_after_both_of_a_pair_down_goes_on_to_the_next_card(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    card(screen, "coffee")
    press("4")
    press("2")
    press(Qt.Key.Key_Down)
    assert screen.page.current != "coffee"


def test_a_signature_is_a_picture_chosen_or_pasted_by_keys(
    open_capture: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "signed")
    press("p")
    dialog = screen.window().findChild(QFileDialog)
    assert dialog.windowTitle() == "Chọn ảnh chữ ký"
    file = tmp_path / "chữ ký.png"
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    assert image.save(str(file))
    dialog.filesSelected.emit([str(file)])
    dialog.close()
    with qtbot.waitActive(screen):
        screen.activateWindow()
    qtbot.waitUntil(lambda: bool(screen.draft.filling.answer("signed").evidence))
    (sha256,) = screen.draft.filling.answer("signed").evidence
    assert screen.draft.evidence_of(sha256).kind == "signature"
    qtbot.waitUntil(lambda: not there.editor.pad.isVisible())
    press("p")
    QGuiApplication.clipboard().setImage(image)
    press("v", Qt.KeyboardModifier.ControlModifier)
    assert screen.draft.filling.answer("signed").evidence == (sha256,), "one hand signs"
    named(there, QPushButton, "Ký lại").click()
    assert not screen.draft.filling.answer("signed").evidence
    assert there.editor.pad.isVisible()
    image.fill(Qt.GlobalColor.black)
    QGuiApplication.clipboard().setImage(image)
    there.take_focus()
    press("v", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(screen.draft.filling.answer("signed").evidence))
    (sha256,) = screen.draft.filling.answer("signed").evidence
    assert screen.draft.evidence_of(sha256).kind == "signature"
