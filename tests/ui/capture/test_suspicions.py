"""What looks wrong, said beside the answer: when, where, and how it is kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from auditor.domain.suspicions import Inspector
from auditor.ui.capture.cards.card import QuestionCard
from auditor.ui.capture.cards.suspicion_lines import SuspicionLine
from auditor.ui.capture.screen import CaptureScreen
from forms.answers import Answer
from tests.ui.capture.hands import card, compose, focus, named, press

Open = Callable[..., CaptureScreen]
CTRL = Qt.KeyboardModifier.ControlModifier


def give(screen: CaptureScreen, **answers: Answer) -> None:
    for question, answer in answers.items():
        screen.draft.change(screen.draft.compiled.item(question), answer)


def line_of(card: QuestionCard) -> SuspicionLine:
    found = [line for line in card.findChildren(SuspicionLine) if line.isVisible()]
    assert len(found) == 1
    return found[0]


def test_it_is_said_once_the_person_has_left_and_at_both_questions(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture("doubts.yaml")
    greeted = card(screen, "greeted")
    press("1")
    press(Qt.Key.Key_Down)
    time = screen.page.cards["time"]
    press("0:48")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "48 giây" in greeted.doubts_text)
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: time.doubts_text == greeted.doubts_text)
    assert greeted.problem_text == "", "it is a warning, not an error"
    card(screen, "greeted")
    press("2")
    qtbot.waitUntil(lambda: not greeted.doubts_text)
    assert time.doubts_text == "", "what one answer mends is gone at the other as well"


def test_an_untouched_card_says_nothing_before_the_check(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture("doubts.yaml")
    give(screen, greeted=Answer("yes"), time=Answer(48))
    greeted = card(screen, "greeted")
    screen.page.show_suspicions()
    assert greeted.doubts_text == ""
    screen.open_check()
    screen.close_check()
    qtbot.waitUntil(lambda: "48 giây" in greeted.doubts_text)


def test_nothing_is_said_while_one_types_there(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture("doubts.yaml")
    give(screen, friendly=Answer("yes"))
    friendly = card(screen, "friendly")
    friendly.touch()
    press("c")
    compose("Rất thô lỗ và bất lịch sự")
    screen.page.show_suspicions()
    assert friendly.doubts_text == ""
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "thô lỗ" in friendly.doubts_text)
    press("c")
    press(Qt.Key.Key_End, CTRL)
    compose(", nhưng đó là quán bên cạnh")
    assert "thô lỗ" in friendly.doubts_text, "what stands there does not jump about either"


def test_it_moves_nothing_that_one_looks_at(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture("doubts.yaml", size=(1024, 600))
    give(screen, clean=Answer("no"), floor=Answer("no"))
    card(screen, "clean")
    press("c")
    compose("BÀN GHẾ RẤT BẨN, CÓ RÁC")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Down)
    there = screen.page.cards["floor"]
    bar = screen.page.verticalScrollBar()
    bar.setValue(min(40, bar.maximum()))
    before = there.mapTo(screen, QPoint(0, 0))
    qtbot.waitUntil(lambda: bool(screen.page.cards["clean"].doubts_text))
    assert there.mapTo(screen, QPoint(0, 0)) == before


def test_it_is_kept_by_keyboard_and_undone(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture("doubts.yaml")
    give(screen, greeted=Answer("yes"), time=Answer(48))
    greeted = card(screen, "greeted")
    greeted.touch()
    qtbot.waitUntil(lambda: bool(greeted.doubts_text))
    for _ in range(12):
        press(Qt.Key.Key_Tab)
        if focus() is line_of(greeted).keep:
            break
    assert focus() is line_of(greeted).keep, "Tab gets there before it leaves the card"
    press(Qt.Key.Key_Return)
    assert focus() is line_of(greeted).field.line
    compose("Chào từ xa")
    press(Qt.Key.Key_Return)
    assert focus() is greeted, "keys act on the card again"
    assert greeted.doubts_text == ""
    assert [kept.reason for kept in screen.draft.kept.values()] == ["Chào từ xa"]
    press("z", CTRL)
    assert "48 giây" in greeted.doubts_text
    assert not screen.draft.kept


def test_letters_and_escape_in_a_reason_are_its_own(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture("doubts.yaml")
    give(screen, greeted=Answer("yes"), time=Answer(48))
    greeted = card(screen, "greeted")
    greeted.touch()
    qtbot.waitUntil(lambda: bool(greeted.doubts_text))
    line_of(greeted).keep.click()
    press("n2m")
    assert screen.draft.filling.answer("greeted") == Answer("yes")
    press(Qt.Key.Key_Escape)
    assert focus() is greeted
    assert not screen.draft.kept


def test_a_reason_half_written_is_kept_when_one_goes_elsewhere(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture("doubts.yaml")
    give(screen, greeted=Answer("yes"), time=Answer(48))
    greeted = card(screen, "greeted")
    greeted.touch()
    qtbot.waitUntil(lambda: bool(greeted.doubts_text))
    line_of(greeted).keep.click()
    compose("Đúng vậy", commit=False)
    press(Qt.Key.Key_PageDown)
    assert screen.frame.section == "advice"
    assert [kept.reason for kept in screen.draft.kept.values()] == ["Đúng vậy"]


def test_a_row_of_a_matrix_says_its_own(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture()
    item = screen.draft.compiled.item("areas.floor")
    screen.draft.change(item, Answer("yes", comment="SÀN NHÀ RẤT SẠCH SẼ HÔM NAY"))
    areas = card(screen, "areas")
    areas.touch()
    qtbot.waitUntil(lambda: bool(areas.findChildren(SuspicionLine)))
    assert "in hoa" in line_of(areas).problem.text
    line_of(areas).ask_reason()
    press("ok")
    press(Qt.Key.Key_Return)
    assert focus() is areas
    assert not [line for line in areas.findChildren(SuspicionLine) if line.isVisible()]


def test_typing_asks_for_no_suspicion_at_all(open_capture: Open, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    screen = open_capture("doubts.yaml")
    friendly = card(screen, "friendly")
    named(friendly, QRadioButton, "Có").click()
    friendly.touch()
    press("c")
    asked: list[str] = []
    monkeypatch.setattr(Inspector, "of", lambda *_: asked.append("of") or ())
    monkeypatch.setattr(Inspector, "all", lambda *_: asked.append("all") or ())
    press("tho lo")
    assert asked == []
