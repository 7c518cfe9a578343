"""Filling a visit: every change reaches the disk, by mouse, by keys, by input method."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from auditor.domain.errors import NotSavedError
from auditor.services.visits import Visits
from auditor.services.workspace import Workspace
from auditor.ui.capture.cards.inputs import MOST_LINES
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.context import AppContext
from forms.answers import Answer
from tests.ui.capture.hands import card, compose, first_item, focus, named, on_disk, press

Open = Callable[..., CaptureScreen]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def value(folder: Path, question: str) -> str | None:
    rows = on_disk(folder, "SELECT value FROM answer WHERE question = ?", question)
    return None if not rows else rows[0][0]


def test_a_click_is_on_disk_before_it_says_saved(
    open_capture: Open, qtbot: QtBot, folder: Path
) -> None:
    screen = open_capture()
    said: list[tuple[str, str | None]] = []
    screen.session.saver.state.connect(
        lambda state: said.append((screen.frame.header.saved.text(), value(folder, "greeted")))
    )
    with qtbot.waitSignal(screen.session.saver.settled):
        named(card(screen, "greeted"), QRadioButton, "Có").click()
        assert screen.frame.header.saved.text() == "Đang lưu…"
    saved = [row for text, row in said if text.startswith("Đã lưu")]
    assert saved == ['"yes"']


def test_clicking_a_chosen_answer_again_keeps_it(open_capture: Open) -> None:
    screen = open_capture()
    button = named(card(screen, "greeted"), QRadioButton, "Có")
    button.click()
    button.click()
    assert button.isChecked()
    assert screen.draft.filling.answer("greeted").value == "yes"


def test_keys_answer_the_current_card_only(open_capture: Open) -> None:
    screen = open_capture()
    assert screen.page.current == "greeted"
    press("1")
    assert screen.draft.filling.answer("greeted").value == "yes"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        press(key)
        assert screen.draft.filling.answer("greeted").value == "yes"
    press("n")
    assert screen.draft.filling.answer("greeted").value == "na"
    press(Qt.Key.Key_Backspace)
    assert screen.draft.filling.answer("greeted") == Answer()


def test_arrows_step_between_cards_and_rows(open_capture: Open) -> None:
    screen = open_capture()
    press("1")
    seen = [screen.page.current]
    for _ in range(3):
        press(Qt.Key.Key_Down)
        seen.append(screen.page.current)
    assert seen == ["greeted", "smiled", "taste", "areas"]
    press("1")
    press("2")
    filling = screen.draft.filling
    assert filling.answer("areas.floor").value == "yes"
    assert filling.answer("areas.table").value == "no"
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    assert screen.page.current == "taste"


def test_one_then_zero_is_ten(open_capture: Open) -> None:
    screen = open_capture()
    card(screen, "nps")
    press("1")
    assert screen.draft.filling.answer("nps").value == 1
    press("0")
    assert screen.draft.filling.answer("nps").value == 10
    press("0")
    assert screen.draft.filling.answer("nps").value == 0


def test_letters_never_act_while_typing(open_capture: Open) -> None:
    screen = open_capture()
    card(screen, "name")
    press(Qt.Key.Key_Return)
    press("nct1")
    assert screen.draft.filling.answer("name").value == "nct1"
    assert not screen.draft.filling.answer("name").not_applicable
    press(Qt.Key.Key_Escape)
    assert focus() is screen.page.cards["name"]


def test_hidden_questions_come_and_go_and_keep_their_answers(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture()
    assert "smiled" not in screen.page.cards
    press("1")
    press(Qt.Key.Key_Down)
    press("2")
    press(Qt.Key.Key_Up)
    press("2")
    assert "smiled" not in screen.page.cards
    assert focus() is screen.page.cards["greeted"], "the focus stays where the person is"
    press("1")
    qtbot.waitUntil(screen.page.cards["smiled"].isVisible)
    assert named(card(screen, "smiled"), QRadioButton, "Không").isChecked()


def test_a_card_that_comes_above_moves_nothing_in_view(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture("above.yaml")
    there = card(screen, "last")
    before = there.mapTo(screen, there.rect().topLeft())
    press("1")
    qtbot.waitUntil(screen.page.cards["first"].isVisible)
    assert there.mapTo(screen, there.rect().topLeft()) == before
    press("2")
    assert there.mapTo(screen, there.rect().topLeft()) == before


def test_the_next_unanswered_question_crosses_sections(open_capture: Open) -> None:
    screen = open_capture()
    press("2")
    visited = []
    for _ in range(4):
        press(Qt.Key.Key_F8)
        visited.append(screen.page.current_card.item.id)
    assert visited == ["taste", "areas.floor", "areas.table", "story"]
    press(Qt.Key.Key_F8, SHIFT)
    assert screen.page.current == "areas", "backwards"


def test_page_keys_change_the_section(open_capture: Open) -> None:
    screen = open_capture()
    press(Qt.Key.Key_PageDown)
    assert screen.frame.section == "words"
    press(Qt.Key.Key_PageUp)
    assert screen.frame.section == "arrival"


def test_no_opens_comment_and_photo_in_place(open_capture: Open) -> None:
    screen = open_capture()
    greeted = card(screen, "greeted")
    press("2")
    details = greeted.details()
    assert details.comment is not None
    assert details.comment.isVisible()
    assert details.strip is not None
    assert details.strip.isVisible()
    assert "Cần ghi chú" in [mark.text for mark in greeted.head.marks]
    press("c")
    compose("Không ai nhìn lên")
    assert "Cần ghi chú" not in [mark.text for mark in greeted.head.marks]
    press(Qt.Key.Key_Escape)
    press("1")
    assert details.comment.isVisible(), "what was written stays in sight"


def test_undo_and_redo_reach_the_disk(open_capture: Open, qtbot: QtBot, folder: Path) -> None:
    screen = open_capture()
    press("1")
    press("2")
    press("z", CTRL)
    assert screen.session.saver.wait()
    assert value(folder, "greeted") == '"yes"'
    press("z", CTRL)
    assert screen.session.saver.wait()
    assert value(folder, "greeted") is None
    press("z", CTRL | SHIFT)
    assert screen.session.saver.wait()
    assert value(folder, "greeted") == '"yes"'


def test_typing_is_one_step_to_undo(open_capture: Open) -> None:
    screen = open_capture()
    card(screen, "name")
    press(Qt.Key.Key_Return)
    press("Latte")
    press(Qt.Key.Key_Return)
    assert screen.draft.undo_stack.count() == 1
    press("z", CTRL)
    assert screen.draft.filling.answer("name").value is None
    press("z", CTRL | SHIFT)
    assert screen.draft.filling.answer("name").value == "Latte"


def test_undo_works_inside_a_field_too(open_capture: Open) -> None:
    screen = open_capture()
    card(screen, "name")
    press(Qt.Key.Key_Return)
    press("Latte")
    press("z", CTRL)
    assert screen.draft.filling.answer("name").value is None
    assert screen.page.cards["name"].editor.field.text() == ""


def test_undo_brings_the_place_into_view(open_capture: Open) -> None:
    screen = open_capture()
    press("1")
    press(Qt.Key.Key_PageDown)
    press("z", CTRL)
    assert (screen.frame.section, screen.page.current) == ("arrival", "greeted")


def test_composed_vietnamese_is_kept(
    open_capture: Open, reopened: Callable[[CaptureScreen], CaptureScreen]
) -> None:
    screen = open_capture()
    card(screen, "story")
    press(Qt.Key.Key_Return)
    compose("Nguyễn")
    compose(" được chào")
    again = reopened(screen)
    assert again.draft.filling.answer("story").value == "Nguyễn được chào"


def test_closing_keeps_what_the_input_method_still_holds(
    open_capture: Open, reopened: Callable[[CaptureScreen], CaptureScreen]
) -> None:
    screen = open_capture()
    card(screen, "story")
    press(Qt.Key.Key_Return)
    compose("Chị Hường", commit=False)
    assert screen.draft.filling.answer("story").value is None
    again = reopened(screen)
    assert again.draft.filling.answer("story").value == "Chị Hường"


def test_decomposed_text_is_stored_composed(open_capture: Open) -> None:
    screen = open_capture()
    card(screen, "name")
    press(Qt.Key.Key_Return)
    compose(unicodedata.normalize("NFD", "Phở bò"))
    assert screen.draft.filling.answer("name").value == "Phở bò"


def test_typing_is_on_its_way_within_the_limit(
    open_capture: Open, qtbot: QtBot, folder: Path
) -> None:
    screen = open_capture()
    card(screen, "name")
    press(Qt.Key.Key_Return)
    with qtbot.waitSignal(screen.session.saver.settled, timeout=2000):
        press("Tra")
    assert value(folder, "name") == '"Tra"'


def test_five_thousand_characters(
    open_capture: Open, reopened: Callable[[CaptureScreen], CaptureScreen]
) -> None:
    screen = open_capture()
    text = "Thu ngân đọc thực đơn rất nhanh. " * 152
    card(screen, "story")
    press(Qt.Key.Key_Return)
    QGuiApplication.clipboard().setText(text[:5000])
    press("v", CTRL)
    field = screen.page.cards["story"].editor.field
    assert field.height() < screen.page.viewport().height()
    again = reopened(screen)
    assert again.draft.filling.answer("story").value == text[:5000]


def test_it_goes_on_where_it_was_left(
    open_capture: Open, reopened: Callable[[CaptureScreen], CaptureScreen]
) -> None:
    screen = open_capture()
    card(screen, "wait")
    again = reopened(screen)
    assert (again.frame.section, again.page.current) == ("words", "wait")


def test_a_failing_disk_is_said_and_nothing_is_lost(
    open_capture: Open, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture()
    monkeypatch.setattr(Visits, "save_answer", _full)
    press("1")
    qtbot.waitUntil(lambda: screen.frame.banner.isVisible())
    assert "Đĩa đầy" in screen.frame.banner.text or "disk" in screen.frame.banner.text.lower()
    assert screen.frame.header.saved.text() == "Chưa lưu được"
    assert screen.draft.filling.answer("greeted").value == "yes"
    assert not screen.leave(), "it does not close over an answer that is only in the window"
    monkeypatch.undo()
    screen.frame.banner.retry.click()
    qtbot.waitUntil(lambda: not screen.frame.banner.isVisible())
    assert value(folder, "greeted") == '"yes"'
    assert screen.frame.header.saved.text().startswith("Đã lưu")


def _full(*_: object) -> None:
    raise NotSavedError("disk_full", "The disk is full.")


def test_a_bug_while_saving_keeps_the_answer_and_says_so(
    open_capture: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture()
    with qtbot.captureExceptions() as bugs, monkeypatch.context() as broken:
        broken.setattr(Visits, "save_answer", _bug)
        press("1")
        qtbot.waitUntil(lambda: screen.frame.banner.isVisible() and bool(bugs))
    assert bugs[0][0] is ZeroDivisionError
    screen.frame.banner.retry.click()
    qtbot.waitUntil(lambda: not screen.frame.banner.isVisible())
    assert screen.session.saver.clean


def _bug(*_: object) -> None:
    raise ZeroDivisionError


def test_another_language_keeps_the_visit_and_its_undo(
    open_capture: Open, qtbot: QtBot, contexts: list[AppContext]
) -> None:
    screen = open_capture()
    press("1")
    place = screen.place()
    contexts[-1].words.language = "en"
    other = CaptureScreen(contexts[-1], screen.visit_id)
    qtbot.addWidget(other)
    other.resize(1366, 768)
    other.return_to(place)
    screen.deleteLater()
    other.show()
    qtbot.waitUntil(lambda: other.page is not None and other.page.isVisible())
    assert named(card(other, "greeted"), QRadioButton, "Yes").isChecked()
    other.draft.undo()
    assert not named(card(other, "greeted"), QRadioButton, "Yes").isChecked()


def test_the_next_change_saves_what_failed_before(
    open_capture: Open, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture()
    with monkeypatch.context() as broken:
        broken.setattr(Visits, "save_answer", _full)
        press("1")
        qtbot.waitUntil(lambda: screen.frame.banner.isVisible())
    press(Qt.Key.Key_Down)
    press("2")
    qtbot.waitUntil(lambda: not screen.frame.banner.isVisible())
    assert (value(folder, "greeted"), value(folder, "smiled")) == ('"yes"', '"no"')


def test_an_older_answer_never_overtakes_a_newer_one(
    open_capture: Open, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture()
    calls: list[Answer] = []
    real = Visits.save_answer

    def first_fails(self: Visits, visit: int, key: object, answer: Answer, *more: object):
        calls.append(answer)
        if len(calls) == 1:
            raise NotSavedError("disk_full", "The disk is full.")
        return real(self, visit, key, answer, *more)

    monkeypatch.setattr(Visits, "save_answer", first_fails)
    press("1")
    press("2")
    assert screen.session.saver.wait()
    assert [answer.value for answer in calls] == ["yes", "no"]
    assert value(folder, "greeted") == '"no"'


def test_a_visit_handed_in_elsewhere_says_so(
    open_capture: Open, qtbot: QtBot, folder: Path
) -> None:
    screen = open_capture()

    def hand_in(workspace: Workspace) -> None:
        workspace.visits.void(screen.visit_id, "trùng")

    done = []
    screen.context.ask(hand_in, done=done.append)
    qtbot.waitUntil(lambda: bool(done))
    press("1")
    qtbot.waitUntil(lambda: screen.frame.banner.isVisible())
    assert screen.draft.filling.answer("greeted").value == "yes"


def test_a_whole_visit_by_keys_alone(open_capture: Open, qtbot: QtBot, folder: Path) -> None:
    screen = open_capture()
    press("2")
    press("c")
    compose("Không ai chào")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F8)
    press("4")
    press(Qt.Key.Key_F8)
    press("1")
    press("n")
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Return)
    compose("Tôi đợi rất lâu")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press("7:20")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    press("10")
    press(Qt.Key.Key_Return, CTRL)
    assert screen.check is not None
    assert screen.check.errors == 0, screen.check.findings
    press(Qt.Key.Key_Return, CTRL)
    assert isinstance(focus(), QCheckBox)
    press(Qt.Key.Key_Space)
    with qtbot.waitSignal(screen.submitted) as told:
        press(Qt.Key.Key_Return, CTRL)
    assert told.args == [screen.visit_id]
    rows = on_disk(folder, "SELECT status, declared_by, answered, total FROM visit")
    assert rows == [("submitted", "E-07", 7, 8)]
    assert value(folder, "wait") == "440"


def test_a_submitted_visit_is_readable_and_closed(
    open_capture: Open, qtbot: QtBot, folder: Path, contexts: list
) -> None:
    screen = open_capture()
    press("1")
    card(screen, "story")
    press(Qt.Key.Key_Return)
    compose("Ba từ đây")
    screen.open_check()
    screen.check.pane.tick.click()
    with qtbot.waitSignal(screen.submitted):
        screen.check.pane.submit.click()
    screen.hide()
    contexts.pop().close()
    again = open_capture(visit=screen.visit_id)
    assert not again.draft.writable
    assert not again.frame.header.check.isVisible()
    button = named(card(again, "greeted"), QRadioButton, "Có")
    assert button.isChecked()
    assert not button.isEnabled()
    press("2")
    assert again.draft.filling.answer("greeted").value == "yes"
    assert again.frame.header.score.text() == "Điểm 100%"


def test_the_check_jumps_to_what_is_wrong(open_capture: Open) -> None:
    screen = open_capture()
    press(Qt.Key.Key_Return, CTRL)
    check = screen.check
    assert [row.finding.question for row in check.rows[:2]] == ["greeted", "story"]
    assert not check.pane.submit.isEnabled()
    assert check.pane.reason.label.text() == "Còn 2 mục phải sửa, chưa cam kết"
    assert focus() is check.rows[0].button
    press(Qt.Key.Key_F8)
    assert focus() is check.rows[1].button
    press(Qt.Key.Key_Return)
    assert screen.check is None
    assert screen.page.current == "story"
    assert screen.page.cards["story"].problem_text == "Câu này cần có trả lời."


def test_the_wheel_changes_nothing(open_capture: Open, qtbot: QtBot) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication, QWidget

    screen = open_capture()
    press("1")
    before = dict(screen.draft.filling.answers)
    for widget in screen.page.cards["greeted"].findChildren(QWidget):
        event = QWheelEvent(
            QPointF(3, 3),
            QPointF(3, 3),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
    assert dict(screen.draft.filling.answers) == before


def test_every_control_has_a_name(open_capture: Open) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

    from forms import library

    screen = open_capture(library.path("every-type"))
    for section in screen.frame.visible_sections():
        screen.choose_section(section)
        screen.page.complete()
        for kind in (QAbstractButton, QLineEdit, QPlainTextEdit):
            nameless = [w for w in screen.findChildren(kind) if not w.accessibleName()]
            assert not [w for w in nameless if w.isVisible()], section


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_it_fits_the_window(open_capture: Open, qtbot: QtBot, size: tuple[int, int]) -> None:
    screen = open_capture(size=size)
    assert (screen.width(), screen.height()) == size
    folded = size[0] < 1180
    assert screen.frame.sections.width() == (56 if folded else 260)
    assert screen.frame.header.height() == (55 if folded else 60)
    assert screen.page.cards["greeted"].width() == 840
    screen.open_check()
    qtbot.waitUntil(screen.check.pane.submit.isVisible)
    screen.close_check()
    screen.open_check()
    assert (screen.width(), screen.height()) == size
    assert named(screen, QPushButton, "Gửi cho văn phòng").isVisible()


def test_after_the_check_f8_goes_on_to_what_must_be_mended(open_capture: Open) -> None:
    screen = open_capture()
    draft = screen.draft
    given = {"greeted": "no", "taste": 3, "story": "hai từ", "name": "Trà", "wait": 9000, "nps": 9}
    for item in draft.compiled.items:
        if item.takes_answer:
            draft.set_value(item, given.get(item.question.id, "yes"))
    screen.open_check()
    screen.close_check()
    seen = []
    for _ in range(4):
        press(Qt.Key.Key_F8)
        seen.append(screen.page.current)
    assert seen == ["story", "wait", "greeted", "story"]  # a short story, 150 minutes, no comment
    press(Qt.Key.Key_F8, SHIFT)
    assert screen.page.current == "greeted"


def test_the_current_text_card_says_how_to_write(open_capture: Open) -> None:
    screen = open_capture()
    field = card(screen, "name").editor.field
    assert field.placeholderText() == "Nhấn Enter để viết"
    press(Qt.Key.Key_Return)
    assert field.hasFocus()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Down)
    assert field.placeholderText() == ""


def test_a_long_text_is_shown_in_full_size_again(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture()
    story = first_item(screen, "story")
    screen.draft.set_value(screen.draft.compiled.item(story), "Quán sạch, nhân viên chào. " * 180)
    screen.choose_section("words")
    field = screen.page.cards["story"].editor.field
    qtbot.waitUntil(lambda: field.height() >= MOST_LINES * field.fontMetrics().lineSpacing())
    screen.choose_section("arrival")
    screen.choose_section("words")
    again = screen.page.cards["story"].editor.field
    qtbot.waitUntil(lambda: again.height() == field.height(), timeout=2000)


@pytest.mark.parametrize("field", ["answer", "comment"])
def test_a_window_made_small_does_not_stop_the_writing(
    open_capture: Open, qtbot: QtBot, field: str
) -> None:
    screen = open_capture()
    now = card(screen, "story")
    now.editor.enter() if field == "answer" else now.comment()
    press("mot ")
    screen.resize(1000, 600)
    qtbot.waitUntil(lambda: screen.frame.compact)
    press("hai")
    answer = screen.draft.answer(screen.draft.compiled.item("story"))
    assert (answer.value if field == "answer" else answer.comment) == "mot hai"


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_F8])
def test_from_the_last_warning_the_keys_go_on_to_the_declaration(
    open_capture: Open, key: Qt.Key
) -> None:
    screen = open_capture()
    given = {"greeted": "yes", "story": "Ba bốn từ"}
    for question, value_ in given.items():
        screen.draft.set_value(screen.draft.compiled.item(question), value_)
    press(Qt.Key.Key_Return, CTRL)
    assert [row.button for row in screen.check.rows] == [focus()]
    press(key)
    assert focus() is screen.check.pane.tick
    press(Qt.Key.Key_Space)
    assert screen.check.pane.tick.isChecked()
