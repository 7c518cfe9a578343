"""The visit's facts: each change is on disk at once, undone like an answer, and never one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from auditor.domain.facts import Daypart, VisitFacts, VisitRules, Weather
from auditor.services.workspace import Workspace
from auditor.ui.capture.facts.card import FactCard
from auditor.ui.capture.facts.clock_times import times, times_line
from auditor.ui.capture.facts.list_item import VISIT_PAGE
from auditor.ui.capture.facts.money import read_money, show_money
from auditor.ui.capture.facts.page import FactsPage
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.context import AppContext
from auditor.words import Words
from forms.answers import Answer
from forms.filling import Progress
from tests.ui.capture.hands import card, compose, focus, named, on_disk, press
from tests.ui.capture.stage import FIXTURES, begin_in_program, begin_visit, make_context

Open = Callable[..., CaptureScreen]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
DAY = date(2026, 11, 12)


def at(clock: str, day: int = 12) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day:02}T{clock}")


def facts_page(screen: CaptureScreen) -> FactsPage:
    screen.show_facts()
    assert screen.frame is not None
    page = screen.frame.facts
    assert page is not None
    return page


def stored(qtbot: QtBot, screen: CaptureScreen, folder: Path) -> VisitFacts:
    """What another program reads, once nothing is on its way."""
    screen.session.saver.flush()
    qtbot.waitUntil(lambda: screen.session.saver.clean)
    workspace = Workspace.open(folder, write=False)
    try:
        return workspace.visits.open(screen.visit_id).facts
    finally:
        workspace.close()


def again(
    qtbot: QtBot, screen: CaptureScreen, folder: Path, contexts: list[AppContext]
) -> CaptureScreen:
    """Another window on the same visit, wherever it was left."""
    assert screen.leave()
    screen.hide()
    contexts.pop().close()
    return show(qtbot, folder, contexts, screen.visit_id)


def show(qtbot: QtBot, folder: Path, contexts: list[AppContext], visit: int) -> CaptureScreen:
    context = make_context(folder)
    contexts.append(context)
    screen = CaptureScreen(context, visit)
    screen.resize(1366, 768)
    qtbot.addWidget(screen)
    with qtbot.waitSignal(screen.opened, timeout=10_000):
        screen.show()
    with qtbot.waitActive(screen):
        screen.activateWindow()
    return screen


def type_over(text: str) -> None:
    """Type in place of what stands in the field, and leave it."""
    press(Qt.Key.Key_A, CTRL)
    press(text)


# the page


def test_the_visit_stands_above_the_sections(open_capture: Open, qtbot: QtBot) -> None:
    screen = open_capture()
    item = screen.frame.visit
    assert (item.text(), item.accessibleDescription()) == ("Lượt ghé", "Chưa ghi giờ")
    first = next(iter(screen.frame.sections.items.values()))
    qtbot.waitUntil(lambda: item.mapTo(screen, QPoint()).y() < first.mapTo(screen, QPoint()).y())
    assert not item.isChecked()
    item.click()
    assert screen.frame.facts is not None
    assert item.isChecked()
    assert screen.frame.header.title.text() == "Lượt ghé"
    assert not any(each.isChecked() for each in screen.frame.sections.items.values())
    first.click()
    assert screen.frame.facts is None
    assert screen.page is not None
    assert first.isChecked()


def test_page_keys_go_there_and_back(open_capture: Open) -> None:
    screen = open_capture()
    press(Qt.Key.Key_PageUp)
    assert screen.frame.section == VISIT_PAGE
    assert focus() is screen.frame.facts.times
    press(Qt.Key.Key_PageUp)
    assert screen.frame.section == VISIT_PAGE
    press(Qt.Key.Key_PageDown)
    assert screen.frame.section == "arrival"


def test_arrows_escape_and_the_next_question(open_capture: Open) -> None:
    screen = open_capture()
    page = facts_page(screen)
    press(Qt.Key.Key_Down)
    assert focus() is page.staff
    press(Qt.Key.Key_Return)
    assert focus() is page.staff.field
    press("nct1")
    assert page.staff.field.text() == "nct1"
    press(Qt.Key.Key_Escape)
    assert focus() is page.staff
    for _ in range(9):
        press(Qt.Key.Key_Down)
    assert focus() is page.notes
    press(Qt.Key.Key_F8)
    assert screen.page.current == "greeted"


def test_tab_goes_from_left_to_right_and_down(open_capture: Open) -> None:
    screen = open_capture()
    page = facts_page(screen)
    seen = []
    while focus() is not page.notes.field:
        press(Qt.Key.Key_Tab)
        seen.append(focus())
        assert len(seen) < 60
    places = [(each.mapTo(page, QPoint()).y(), each.mapTo(page, QPoint()).x()) for each in seen
              if not isinstance(each, FactCard)]  # fmt: skip
    fields = (page.times.day, page.times.arrived, page.times.left, page.staff.field,
              page.receipt.number, page.receipt.amount, page.receipt.purchase)  # fmt: skip
    assert [each for each in seen if each in fields] == list(fields)
    for before, after in pairwise(places):
        same_row = abs(before[0] - after[0]) < 24
        assert after[1] > before[1] if same_row else after[0] > before[0]


def test_what_a_screen_reader_hears(open_capture: Open) -> None:
    page = facts_page(open_capture())
    roles = QAccessible.Role
    for widget, role, name in (
        (page.times.arrived, roles.EditableText, "Đến"),
        (page.receipt.amount, roles.EditableText, "Số tiền"),
        (page.weather.choices[Weather.RAIN], roles.RadioButton, "Mưa"),
        (page.times.parts[Daypart.NIGHT], roles.RadioButton, "Đêm"),
        (page.times.now_left, roles.Button, "Về ngay lúc này"),
    ):
        heard = QAccessible.queryAccessibleInterface(widget)
        assert (heard.role(), heard.text(QAccessible.Text.Name)) == (role, name)
    assert page.receipt.currency.accessibleName() == "Loại tiền"


def test_it_is_where_one_left(
    open_capture: Open, qtbot: QtBot, folder: Path, contexts: list[AppContext]
) -> None:
    screen = open_capture()
    facts_page(screen)
    screen = again(qtbot, screen, folder, contexts)
    assert screen.frame.section == VISIT_PAGE
    assert screen.frame.facts is not None


# times


def test_typed_times_are_on_disk_and_told(open_capture: Open, qtbot: QtBot, folder: Path) -> None:
    screen = open_capture()
    page = facts_page(screen)
    press("1002")
    press(Qt.Key.Key_Return)
    assert focus() is page.times.left
    press("10h31")
    press(Qt.Key.Key_Return)
    assert focus() is page.times
    told = stored(qtbot, screen, folder)
    assert (told.arrived, told.left) == (at("10:02"), at("10:31"))
    assert (page.times.arrived.text(), page.times.left.text()) == ("10:02", "10:31")
    assert [mark.text for mark in page.times.head.marks] == ["29 phút"]
    assert screen.frame.visit.accessibleDescription() == "10:02–10:31 · 29 phút"
    assert page.times.parts[Daypart.MORNING].isChecked()
    assert told.daypart is None


def test_the_part_of_the_day_may_be_another(open_capture: Open, qtbot: QtBot, folder: Path) -> None:
    screen = open_capture()
    page = facts_page(screen)
    press("1059")
    assert not page.times.by_clock.isVisible()
    page.times.parts[Daypart.MIDDAY].click()
    assert stored(qtbot, screen, folder).daypart is Daypart.MIDDAY
    assert page.times.parts[Daypart.MIDDAY].isChecked()
    page.times.by_clock.click()
    assert stored(qtbot, screen, folder).daypart is None
    assert page.times.parts[Daypart.MORNING].isChecked()
    page.times.parts[Daypart.MIDDAY].click()
    page.times.parts[Daypart.MORNING].click()
    assert screen.draft.facts.daypart is None


def test_past_midnight_is_the_next_day(open_capture: Open, qtbot: QtBot, folder: Path) -> None:
    screen = open_capture()
    page = facts_page(screen)
    press("2340")
    press(Qt.Key.Key_Return)
    press("0020")
    press(Qt.Key.Key_Escape)
    told = stored(qtbot, screen, folder)
    assert (told.arrived, told.left) == (at("23:40"), at("00:20", 13))
    marks = [mark.text for mark in page.times.head.marks]
    assert marks == ["Về sau nửa đêm", "40 phút"]
    assert not page.times.problem.text


def test_the_wrong_way_round_is_said_as_the_check_says_it(open_capture: Open) -> None:
    screen = open_capture()
    page = facts_page(screen)
    press("1405")
    press(Qt.Key.Key_Return)
    press("1331")
    assert not page.times.problem.text
    press(Qt.Key.Key_Escape)
    (found,) = screen.draft.suspicions()
    assert found.key.startswith("facts:")
    assert page.times.problem.text == found.text("vi")
    assert page.times.problem.isVisible()
    screen.draft.keep(found, "Đồng hồ quán chạy sai")
    page.times.refresh()
    assert not page.times.problem.text


def test_another_day_moves_both_times(open_capture: Open, qtbot: QtBot, folder: Path) -> None:
    screen = open_capture()
    page = facts_page(screen)
    assert page.times.day.text() == "12/11/2026"
    press("2340")
    press(Qt.Key.Key_Return)
    press("0020")
    page.times.day.setFocus()
    type_over("13/11")
    press(Qt.Key.Key_Escape)
    told = stored(qtbot, screen, folder)
    assert (told.arrived, told.left) == (at("23:40", 13), at("00:20", 14))
    assert page.times.day.text() == "13/11/2026"


def test_now_is_the_arrival_then_the_departure(
    open_capture: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture()
    page = facts_page(screen)
    clock = [at("18:59", 14).replace(second=58)]
    monkeypatch.setattr(screen.draft, "local_now", lambda: clock[0])
    press("t")
    assert (screen.draft.facts.arrived, screen.draft.facts.left) == (at("18:59", 14), None)
    assert page.times.day.text() == "14/11/2026"
    clock[0] = at("19:33", 14)
    press("t")
    assert screen.draft.facts.minutes == 34
    press("t")
    assert screen.draft.facts.minutes == 34
    clock[0] = at("19:40", 14)
    page.times.now_left.click()
    assert screen.draft.facts.minutes == 41


@pytest.mark.parametrize("text", ["quarter", "25:00"])
def test_what_is_no_time_is_said_and_stays(open_capture: Open, text: str) -> None:
    screen = open_capture()
    page = facts_page(screen)
    page.times.left.setFocus()
    press(text)
    assert not page.times.problem.text
    press(Qt.Key.Key_Escape)
    assert page.times.problem.text == "Đây không phải giờ: hãy gõ như 14:05."
    assert page.times.left.text() == text
    assert screen.draft.facts.left is None
    page.times.left.setFocus()
    type_over("1405")
    press(Qt.Key.Key_Escape)
    assert not page.times.problem.text


# the other cards


def test_money_is_read_with_both_separators(open_capture: Open, qtbot: QtBot, folder: Path) -> None:
    screen = open_capture()
    page = facts_page(screen)
    page.receipt.setFocus()
    press(Qt.Key.Key_Return)
    press("HD-1")
    press(Qt.Key.Key_Return)
    assert focus() is page.receipt.amount
    press("94,000")
    press(Qt.Key.Key_Return)
    assert focus() is page.receipt.purchase
    press("ca phe")
    told = stored(qtbot, screen, folder)
    assert (told.receipt, told.amount, told.purchase) == ("HD-1", Decimal(94000), "ca phe")
    assert page.receipt.amount.text() == "94.000"


def test_a_currency_without_cents(open_capture: Open) -> None:
    screen = open_capture()
    page = facts_page(screen)
    page.receipt.amount.setFocus()
    press("12,5")
    press(Qt.Key.Key_Escape)
    assert page.receipt.problem.text.startswith("VND không có số lẻ")
    page.receipt.currency.setCurrentText("USD")
    page.receipt.currency.activated.emit(page.receipt.currency.currentIndex())
    assert screen.draft.facts.currency == "USD"
    assert not page.receipt.problem.text
    assert page.receipt.amount.text() == "12,50"
    page.receipt.amount.setFocus()
    type_over("nhieu")
    press(Qt.Key.Key_Escape)
    assert page.receipt.problem.text.startswith("Đây không phải số tiền")
    assert screen.draft.facts.amount is None


def test_weather_by_digit_click_and_backspace(open_capture: Open) -> None:
    screen = open_capture()
    page = facts_page(screen)
    page.weather.setFocus()
    press("3")
    assert screen.draft.facts.weather is Weather.RAIN
    named(page.weather, QRadioButton, "Lạnh").click()
    assert screen.draft.facts.weather is Weather.COLD
    press("9")
    assert screen.draft.facts.weather is Weather.COLD
    press(Qt.Key.Key_Backspace)
    assert screen.draft.facts.weather is None
    page.weather.choices[Weather.SUN].setFocus()
    press(Qt.Key.Key_Right)
    assert screen.draft.facts.weather is None


@pytest.mark.parametrize("card_", ["staff", "notes"])
def test_vietnamese_that_is_still_composed_is_kept(
    open_capture: Open, qtbot: QtBot, folder: Path, contexts: list[AppContext], card_: str
) -> None:
    screen = open_capture()
    getattr(facts_page(screen), card_).field.setFocus()
    compose(unicodedata.normalize("NFD", "Nguyễn"), commit=False)
    screen = again(qtbot, screen, folder, contexts)
    assert getattr(screen.draft.facts, card_) == "Nguyễn"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (False, "Mô tả vai trò, đồng phục, kiểu tóc. Không ghi tên."),
        (True, "Bạn đã gặp ai: tên, vai trò, trang phục."),
    ],
)
def test_names_where_the_program_allows_them(
    qtbot: QtBot, folder: Path, contexts: list[AppContext], names: bool, said: str
) -> None:
    visit = begin_in_program(folder, FIXTURES / "small.yaml", rules=VisitRules(staff_names=names))
    screen = show(qtbot, folder, contexts, visit.id)
    assert facts_page(screen).staff.accessibleDescription() == said


# undo, progress, reading


def test_undo_goes_back_field_by_field_and_to_the_page(
    open_capture: Open, qtbot: QtBot, folder: Path
) -> None:
    screen = open_capture()
    page = facts_page(screen)
    press("1002")
    page.staff.field.setFocus()
    press("tall and kind")
    page.weather.setFocus()
    press("1")
    card(screen, "greeted")
    press("1")
    press("z", CTRL)
    assert screen.draft.answer(screen.draft.compiled.item("greeted")).value is None
    press("z", CTRL)
    assert screen.frame.section == VISIT_PAGE
    assert screen.draft.facts.weather is None
    assert screen.draft.facts.staff == "tall and kind"
    press("z", CTRL)
    assert (screen.draft.facts.staff, screen.draft.facts.arrived) == ("", at("10:02"))
    press("z", CTRL)
    assert screen.draft.facts.blank
    assert screen.frame.facts.times.arrived.text() == ""
    assert stored(qtbot, screen, folder).blank
    press("z", CTRL | SHIFT)
    press("z", CTRL | SHIFT)
    assert stored(qtbot, screen, folder).staff == "tall and kind"
    assert screen.frame.facts.staff.field.text() == "tall and kind"


def test_facts_move_neither_progress_nor_score(open_capture: Open) -> None:
    screen = open_capture()
    press("1")
    before = screen.draft.filling.progress(), screen.draft.score()
    header = screen.frame.header.count.text(), screen.frame.header.score.text()
    facts_page(screen)
    press("1002")
    screen.frame.facts.weather.setFocus()
    press("1")
    assert (screen.draft.filling.progress(), screen.draft.score()) == before
    assert (screen.frame.header.count.text(), screen.frame.header.score.text()) == header


def test_saved_is_said_of_facts_too(open_capture: Open, qtbot: QtBot, folder: Path) -> None:
    screen = open_capture()
    page = facts_page(screen)
    page.weather.setFocus()
    with qtbot.waitSignal(screen.session.saver.settled):
        press("2")
        assert screen.frame.header.saved.text() == "Đang lưu…"
    assert screen.frame.header.saved.text().startswith("Đã lưu")
    assert on_disk(folder, "SELECT weather FROM visit_fact") == [("clouds",)]


def test_a_visit_that_was_handed_in_is_only_read(
    qtbot: QtBot, folder: Path, contexts: list[AppContext]
) -> None:
    visit = begin_visit(folder, FIXTURES / "small.yaml").id
    workspace = Workspace.open(folder)
    told = VisitFacts(at("10:02"), at("10:31"), None, "Nữ", "HD-1", Decimal(45000), "VND", "Trà",
                      Weather.RAIN, "Ghi chú")  # fmt: skip
    workspace.visits.drafts.save_facts(visit, told, "Asia/Ho_Chi_Minh")
    for question, value in (("greeted", "no"), ("story", "Đủ ba từ đây"), ("taste", 3)):
        answer = Answer(value, comment="Không ai chào" if question == "greeted" else "")
        workspace.visits.save_answer(visit, (question, 0), answer, Progress(1, 8))
    workspace.visits.submit(visit, "E-07")
    workspace.close()
    screen = show(qtbot, folder, contexts, visit)
    page = facts_page(screen)
    assert (page.times.arrived.text(), page.receipt.amount.text()) == ("10:02", "45.000")
    assert page.weather.choices[Weather.RAIN].isChecked()
    for letter in ("t", "2", "x"):
        press(letter)
    page.staff.field.setFocus()
    press("x")
    page.weather.choices[Weather.SUN].click()
    page.weather.setFocus()
    press(Qt.Key.Key_Backspace)
    assert screen.draft.facts == told
    assert not page.receipt.currency.isEnabled()
    assert page.staff.field.text() == "Nữ"


@pytest.mark.parametrize("size", [(1024, 600), (1366, 768)])
def test_the_page_is_no_wider_than_the_window(
    open_capture: Open, qtbot: QtBot, size: tuple[int, int]
) -> None:
    screen = open_capture(size=size)
    page = facts_page(screen)
    QTest.qWait(0)
    assert (screen.width(), screen.height()) == size
    assert page.inner.width() <= page.viewport().width()
    for each in page.cards:
        assert each.width() <= 840


# reading of times and money


@pytest.mark.parametrize(
    ("arrived", "left", "told"),
    [
        ("10:02", "10:31", (at("10:02"), at("10:31"))),
        ("23:40", "00:20", (at("23:40"), at("00:20", 13))),
        ("19:00", "01:00", (at("19:00"), at("01:00", 13))),
        ("19:00", "01:01", (at("19:00"), at("01:01"))),
        ("18:59", "01:00", (at("18:59"), at("01:00"))),
        ("14:05", "13:31", (at("14:05"), at("13:31"))),
        (None, "00:20", (None, at("00:20"))),
        ("10:02", None, (at("10:02"), None)),
    ],
)
def test_when_the_departure_was(
    arrived: str | None, left: str | None, told: tuple[datetime | None, datetime | None]
) -> None:
    clocks = [None if text is None else time.fromisoformat(text) for text in (arrived, left)]
    assert times(DAY, *clocks) == told


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (VisitFacts(), "Times not given yet"),
        (VisitFacts(at("10:02")), "10:02–?"),
        (VisitFacts(None, at("10:31")), "?–10:31"),
        (VisitFacts(at("10:02"), at("11:07")), "10:02–11:07 · 1 h 05"),
        (VisitFacts(at("14:05"), at("13:31")), "14:05–13:31"),
    ],
)
def test_the_line_of_the_times(facts: VisitFacts, line: str) -> None:
    assert times_line(Words("en"), facts) == line


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("45000", "45000"),
        ("45.000", "45000"),
        ("45,000", "45000"),
        ("45 000 đ", "45000"),
        ("1.234.567", "1234567"),
        ("1.234,50", "1234.5"),
        ("1,234.50", "1234.5"),
        ("12.5", "12.5"),
        ("12,50 €", "12.5"),
        ("$3.99", "3.99"),
        ("45k", "45000"),
        ("45 nghìn", "45000"),
        ("0", "0"),
    ],
)
def test_amounts_that_are_read(text: str, amount: str) -> None:
    assert read_money(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["", "-5", "1.2345", "12.34.56", "1,23,456", "0.500", "abc", "4 5 k k", "9" * 40, "1.234,567"],
)
def test_amounts_that_are_none(text: str) -> None:
    assert read_money(text) is None


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("amount", ["0", "5", "45000", "1234567.5", "12.5", "999", "0.05"])
def test_an_amount_that_is_shown_is_read_back(amount: str, language: str) -> None:
    assert read_money(show_money(Decimal(amount), language)) == Decimal(amount)
