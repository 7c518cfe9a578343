"""The check before submit: what must be mended, what may stay with a reason, and handing in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from auditor.domain.errors import NotSavedError
from auditor.domain.facts import VisitRules
from auditor.services import submission
from auditor.services.visits import Visits
from auditor.store import driver
from auditor.ui.capture.check.contradiction import Contradiction, SideBox
from auditor.ui.capture.check.rows import Entry
from auditor.ui.capture.check.screen import CheckPanel
from auditor.ui.capture.drafting.notes import FACTS, TRAY, Note, NoteKind
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.capture.sections import SectionItem
from auditor.ui.kit.button import Button
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.text import Label
from forms.answers import Answer
from tests.ui.capture import doubts
from tests.ui.capture.hands import compose, focus, named, on_disk, press

Open = Callable[..., CaptureScreen]
Reopened = Callable[[CaptureScreen], CaptureScreen]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SQLITE_FULL = 13
KEYS = {"greeted": "contradicts-timer:greeted:time", "friendly": "negative-comment:friendly"}


def give(screen: CaptureScreen, **answers: Answer) -> None:
    for question, answer in answers.items():
        screen.draft.change(screen.draft.compiled.item(question), answer)


def whole(screen: CaptureScreen) -> None:
    """Everything answered; the stopwatch contradicts one answer, and nothing else is odd."""
    yes = Answer("yes")
    give(screen, sign=yes, door=yes, greeted=yes, time=Answer(48), smiled=yes, offer=yes)
    give(screen, friendly=yes, clean=yes, floor=yes, story=Answer("Quán sạch và nhanh."))


def checked(screen: CaptureScreen) -> CheckPanel:
    press(Qt.Key.Key_Return, CTRL)
    assert screen.check is not None
    return screen.check


def entry(check: CheckPanel, key: str) -> Entry:
    found = [row for row in check.rows if row.finding.key.startswith(key)]
    assert len(found) == 1, [row.finding.key for row in check.rows]
    return found[0]


def said(row: Entry) -> str:
    labels = [label.text() for label in row.findChildren(Label) if label.isVisible()]
    return " ".join(labels)


def test_a_contradiction_is_kept_reopened_changed_and_handed_in_by_keyboard(
    open_capture: Open, reopened: Reopened, qtbot: QtBot, folder: Path
) -> None:
    screen = open_capture("doubts.yaml")
    whole(screen)
    check = checked(screen)
    assert [row.finding.key for row in check.rows] == [KEYS["greeted"]]
    row = entry(check, KEYS["greeted"])
    assert focus() is row.button
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert focus() is row.keep
    press(Qt.Key.Key_Return)
    compose("Nhân viên chào từ xa")
    press(Qt.Key.Key_Return)
    assert "Đã giữ: Nhân viên chào từ xa" in said(row)
    assert focus() is row.change, "the keys stay where the person is"
    again = reopened(screen)
    check = checked(again)
    assert "Đã giữ: Nhân viên chào từ xa" in said(entry(check, KEYS["greeted"]))
    assert isinstance(focus(), QCheckBox), "nothing is open: on to the declaration"
    press(Qt.Key.Key_Escape)
    give(again, time=Answer(95))
    check = checked(again)
    row = entry(check, KEYS["greeted"])
    assert row.finding.open, "what it spoke of has changed: it is asked again"
    row.ask_reason()
    compose("Đồng hồ bấm trễ")
    press(Qt.Key.Key_Return, CTRL)
    assert on_disk_reasons(again, folder) == {KEYS["greeted"]: "Đồng hồ bấm trễ"}
    assert isinstance(focus(), QCheckBox)
    press(Qt.Key.Key_Space)
    with qtbot.waitSignal(again.submitted):
        press(Qt.Key.Key_Return, CTRL)
    assert payload(folder)["kept"] == {KEYS["greeted"]: "Đồng hồ bấm trễ"}


def on_disk_reasons(screen: CaptureScreen, folder: Path) -> dict[str, str]:
    assert screen.session.saver.wait()
    return dict(on_disk(folder, "SELECT key, reason FROM kept_suspicion"))


def payload(folder: Path) -> dict[str, object]:
    rows = on_disk(
        folder,
        "SELECT p.payload FROM event e JOIN event_payload p ON p.event_id = e.id "
        "WHERE e.kind = 'visit.submitted'",
    )
    found: dict[str, object] = json.loads(rows[0][0])
    return found


def test_two_facts_stand_side_by_side_with_three_ways_out(open_capture: Open) -> None:
    screen = open_capture("doubts.yaml")
    whole(screen)
    row = entry(checked(screen), KEYS["greeted"])
    assert isinstance(row, Contradiction)
    sides = [side.accessibleName() for side in row.findChildren(SideBox)]
    assert sides == [
        "2.1 Được chào trong vòng 30 giây?: Có",
        "2.2 Thời gian đến khi được chào: 48 giây",
    ]
    buttons = [button.caption for button in row.findChildren(Button) if button.isVisible()]
    assert buttons == ["Đến câu 2.1", "Đến câu 2.2", "Cả hai đúng, ghi lý do"]
    row.other.click()
    assert screen.page.current == "time"


def test_how_sure_it_is_stands_in_words(open_capture: Open) -> None:
    screen = open_capture("doubts.yaml")
    doubts.answer(screen)
    row = entry(checked(screen), KEYS["friendly"])
    chips = [chip.text() for chip in row.findChildren(Chip)]
    assert chips == ["Khá chắc"]
    assert "thô lỗ" in said(row)


def test_keeping_is_one_step_to_undo_and_can_be_taken_back(
    open_capture: Open, folder: Path
) -> None:
    screen = open_capture("doubts.yaml")
    whole(screen)
    check = checked(screen)
    row = entry(check, KEYS["greeted"])
    row.ask_reason()
    press("dung")
    press(Qt.Key.Key_Return)
    assert on_disk_reasons(screen, folder) == {KEYS["greeted"]: "dung"}
    press("z", CTRL)
    assert screen.check is check, "the list stays in view"
    assert row.finding.open
    assert on_disk_reasons(screen, folder) == {}
    press("z", CTRL | SHIFT)
    assert not row.finding.open
    named(row, Button, f"Rút lại: {row.finding.title}").click()
    assert row.finding.open
    assert focus() is row.button
    assert on_disk_reasons(screen, folder) == {}


def test_a_reason_is_needed_and_escape_gives_up(open_capture: Open) -> None:
    screen = open_capture("doubts.yaml")
    whole(screen)
    check = checked(screen)
    row = entry(check, KEYS["greeted"])
    row.ask_reason()
    press(" ")
    press(Qt.Key.Key_Return)
    assert row.finding.open
    assert "Hãy viết ngắn gọn" in said(row)
    press("x")
    press(Qt.Key.Key_Escape)
    assert screen.check is check, "Esc leaves the field, not the check"
    assert row.field is None
    assert row.finding.open
    assert focus() is row.button


def test_a_reason_that_is_being_written_is_not_lost(
    open_capture: Open, reopened: Reopened, folder: Path
) -> None:
    screen = open_capture("doubts.yaml")
    whole(screen)
    row = entry(checked(screen), KEYS["greeted"])
    row.ask_reason()
    compose("Chị Hường", commit=False)
    again = reopened(screen)
    assert again.draft.kept[KEYS["greeted"]].reason == "Chị Hường"


def test_the_list_built_anew_keeps_the_place_and_the_writing(open_capture: Open) -> None:
    screen = open_capture("doubts.yaml")
    doubts.answer(screen)
    check = checked(screen)
    row = entry(check, KEYS["friendly"])
    row.ask_reason()
    press("vi ho ban")
    give(screen, story=Answer("Quán sạch và rất nhanh."))  # as a photo would that arrives late
    now = entry(check, KEYS["friendly"])
    assert now is not row
    assert now.field is not None
    assert focus() is now.field.line
    assert now.field.text == "vi ho ban"


def test_f8_passes_over_what_was_kept_and_the_arrows_do_not(open_capture: Open) -> None:
    screen = open_capture("doubts.yaml")
    doubts.answer(screen)
    give(screen, offer=Answer("yes"), clean=Answer("yes"), story=Answer("Quán sạch và nhanh."))
    check = checked(screen)
    keys = [row.finding.key.split(":")[0] for row in check.rows]
    assert keys == ["contradicts-timer", "negative-comment", "comment-capitals"]
    check.rows[1].ask_reason()
    press("ok")
    press(Qt.Key.Key_Return)
    check.rows[0].button.setFocus()
    press(Qt.Key.Key_F8)
    assert focus() is check.rows[2].button
    press(Qt.Key.Key_Up)
    assert focus() is check.rows[1].change
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_F8)
    assert isinstance(focus(), QCheckBox)


def test_after_a_jump_f8_goes_on_to_the_next_finding(open_capture: Open) -> None:
    screen = open_capture("doubts.yaml")
    doubts.answer(screen)
    give(screen, offer=Answer("yes"), clean=Answer("yes"), story=Answer("Quán sạch và nhanh."))
    checked(screen)
    press(Qt.Key.Key_Return)
    assert screen.page.current == "greeted"
    press(Qt.Key.Key_F8)
    assert screen.page.current == "friendly"
    press(Qt.Key.Key_F8)
    assert screen.page.current == "floor"


def test_times_that_cannot_be_lead_to_the_page_of_facts(open_capture: Open) -> None:
    screen = open_capture("doubts.yaml")
    whole(screen)
    doubts.tell_times(screen)
    facts = screen.draft.facts
    assert facts.arrived is not None
    early = replace(facts, left=facts.arrived - timedelta(minutes=20))
    screen.draft.change_note(FACTS, early)
    check = checked(screen)
    row = entry(check, "facts:departure-before-arrival")
    assert check.visit.face.warnings == 1
    row.button.click()
    assert screen.check is None
    assert screen.frame.facts is not None


def test_photos_in_the_tray_marks_and_running_stopwatches_are_said(open_capture: Open) -> None:
    screen = open_capture("doubts.yaml")
    whole(screen)
    give(screen, time=Answer(20))
    draft = screen.draft
    draft.change_note(TRAY, ("a" * 64, "b" * 64))
    draft.mark_later(draft.compiled.item("door"), True)
    draft.change_note(Note(NoteKind.STOPWATCH, "time"), draft.stopwatches.fresh())
    check = checked(screen)
    titles = {row.finding.key: row.finding.title for row in check.rows}
    assert titles["tray:"] == "2 ảnh chưa thuộc câu nào"
    assert set(titles) == {"running:time", "later:door", "tray:"}
    off = named(check, Button, "Bỏ dấu: 1.2 Cửa ra vào sạch?")
    off.click()
    assert draft.marked == ()
    assert "later:door" not in {row.finding.key for row in check.rows}
    draft.change_note(Note(NoteKind.STOPWATCH, "time"), None)
    assert {row.finding.key for row in check.rows} == {"tray:"}
    row = entry(check, "tray:")
    row.ask_reason()
    press("mo")
    press(Qt.Key.Key_Return)
    assert check.pane.reason.label.text() == "Đánh dấu cam kết và điền mã của bạn"
    draft.change_note(TRAY, ("a" * 64,))
    assert entry(check, "tray:").finding.open, "another tray is asked about again"


def test_a_photo_outside_the_visit_shows_its_picture(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture("doubts.yaml")
    whole(screen)
    doubts.tell_times(screen)
    doubts.attach_late_photo(screen)
    qtbot.waitUntil(lambda: bool(screen.draft.answer(screen.draft.compiled.item("sign")).evidence))
    check = checked(screen)
    row = entry(check, "photo-outside")
    assert "12:41" in said(row)
    assert row.button.caption == "Xem ảnh"
    row.button.click()
    assert screen.check is None
    assert screen.frame.photos.looking


def test_sections_count_errors_and_open_warnings(open_capture: Open) -> None:
    screen = open_capture("doubts.yaml", size=(1024, 600))
    doubts.answer(screen)
    check = checked(screen)
    found = {id: (item.face.errors, item.face.warnings) for id, item in _sections(check).items()}
    assert found == {"outside": (0, 0), "welcome": (0, 1), "advice": (1, 1), "room": (1, 1)}
    item = _sections(check)["advice"]
    assert "1 mục phải sửa, 1 mục nên xem lại" in item.accessibleDescription()
    assert item._disc is not None
    assert item._disc.isVisible(), "folded, the counts are seen as well"
    assert not _sections(check)["outside"]._disc.isVisible()
    row = entry(check, KEYS["greeted"])
    row.ask_reason()
    press("ok")
    press(Qt.Key.Key_Return)
    assert _sections(check)["welcome"].face.warnings == 0


def _sections(check: CheckPanel) -> dict[str, SectionItem]:
    return check.sections.items


def test_the_pane_tells_the_visit_in_figures(open_capture: Open) -> None:
    screen = open_capture("doubts.yaml")
    doubts.answer(screen)
    doubts.tell_times(screen)
    check = checked(screen)
    figures = [label.text() for label in check.pane.figures.findChildren(Label)]
    assert "Điểm tạm tính" in _names(check)
    assert {"29 phút", "10:02–10:31", "Tốt"} <= set(figures)
    assert check.pane.left.text() == "Còn 2 câu"


def _names(check: CheckPanel) -> list[str]:
    from auditor.ui.kit.text import ElidedLabel

    return [label.text() for label in check.pane.figures.findChildren(ElidedLabel)]


def test_a_hidden_score_is_in_no_part_of_the_check(open_capture: Open) -> None:
    screen = open_capture("doubts.yaml")
    doubts.answer(screen)
    screen.draft.rules = VisitRules(hide_score=True)
    check = checked(screen)
    assert "Điểm tạm tính" not in _names(check)
    assert not any(item.face.percent for item in _sections(check).values())


def test_a_disk_that_is_full_on_submit_says_so_and_leaves_the_draft(
    open_capture: Open, reopened: Reopened, qtbot: QtBot, folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    screen = open_capture("doubts.yaml")
    whole(screen)
    give(screen, time=Answer(20))
    check = checked(screen)
    assert isinstance(focus(), QCheckBox)
    press(Qt.Key.Key_Space)
    with monkeypatch.context() as broken:
        broken.setattr(submission, "_keep_score", _full)
        press(Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda: "Đĩa đầy" in check.pane.reason.label.text())
    assert on_disk(folder, "SELECT status, declared_by FROM visit") == [("draft", None)]
    assert len(on_disk(folder, "SELECT * FROM answer")) == 10
    assert not on_disk(folder, "SELECT * FROM visit_score")
    press("z", CTRL)
    assert screen.draft.filling.answer("time").value == 48, "undo works after a refusal"
    press("z", CTRL | SHIFT)
    check = screen.check or checked(screen)
    if not check.pane.tick.isChecked():
        check.pane.tick.click()
    with qtbot.waitSignal(screen.submitted):
        press(Qt.Key.Key_Return, CTRL)


def _full(*_: object, **__: object) -> None:
    """As SQLite says it, in the middle of a transaction."""
    error = driver.DatabaseError("database or disk is full")
    error.sqlite_errorcode = SQLITE_FULL
    raise error


def _not_saved(*_: object) -> None:
    raise NotSavedError("disk_full", "The disk is full.")


def test_submit_waits_for_what_is_not_on_disk(
    open_capture: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture("doubts.yaml")
    whole(screen)
    check = checked(screen)
    check.pane.tick.click()
    with monkeypatch.context() as broken:
        broken.setattr(Visits, "save_answer", _not_saved)
        give(screen, time=Answer(20))
        qtbot.waitUntil(lambda: screen.session.saver.now.error is not None)
        assert not check.pane.submit.isEnabled()
        press(Qt.Key.Key_Return, CTRL)
        assert screen.draft.writable
    screen.session.saver.flush()
    qtbot.waitUntil(check.pane.submit.isEnabled)


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_every_row_fits_its_list(open_capture: Open, size: tuple[int, int], qtbot: QtBot) -> None:
    screen = open_capture("doubts.yaml", size=size, language="en")
    doubts.answer(screen)
    check = checked(screen)
    qtbot.waitUntil(check.pane.submit.isVisible)
    assert check.list.inner.minimumSizeHint().width() <= check.list.viewport().width()
    assert (screen.width(), screen.height()) == size
