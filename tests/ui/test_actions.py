"""Corrective actions in the window: from a visit's findings to closed, and out to Excel."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from auditor.domain.actions import ActionFilter, ActionInput, ActionRecord, ActionStatus
from auditor.services.workspace import Workspace
from auditor.ui.actions.board import DONE_TAB, ENDED_TAB, LATE_TAB
from auditor.ui.actions.dialogs import (
    AddActionDialog,
    AssignDialog,
    ChooseVisitDialog,
    ReasonDialog,
)
from auditor.ui.actions.findings import FindingsDialog
from auditor.ui.actions.screen import ActionsScreen
from auditor.ui.report.screen import ReportScreen
from auditor.ui.route import VISITS, Route
from auditor.ui.undo import undo_of
from auditor.ui.window import MainWindow
from forms.tags import Cause

from .conftest import OpenWindow, find, settle

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton
D = TypeVar("D", bound=QDialog)
TODAY = datetime.now().astimezone().date()


@pytest.fixture
def acting(furnished: Path) -> Path:
    """Three actions by hand: late, due in three days, without a day."""
    workspace = Workspace.open(furnished)
    for finding, days, location in (("Đèn hỏng", -4, 1), ("Bàn bẩn", 3, 2), ("Thiếu ly", None, 2)):
        due = None if days is None else TODAY + timedelta(days=days)
        workspace.actions.add(location, ActionInput(finding, owner="Quản lý", due=due))
    workspace.close()
    return furnished


def board(qtbot: QtBot, window: MainWindow) -> ActionsScreen:
    window.go(Route("actions"))
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, ActionsScreen)
    return screen


def dialog(kind: type[D]) -> D:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def listed(screen: ActionsScreen) -> list[str]:
    return [record.finding for record in screen.board.model.rows]


def on_disk(folder: Path) -> list[ActionRecord]:
    reader = Workspace.open(folder, write=False)
    try:
        return reader.actions.page(ActionFilter(), TODAY, limit=99)
    finally:
        reader.close()


def test_from_the_report_to_the_board_to_closed(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    window.go(Route("report", 1))
    settle(qtbot, window)
    report = window.screen_
    assert isinstance(report, ReportScreen)
    titles = [entry.title for entry in report.view._pdf.outline] if report.view._pdf else []
    assert "Action plan" not in titles
    qtbot.mouseClick(report.plan, LEFT)
    settle(qtbot, window)
    found = dialog(FindingsDialog)
    assert [row.finding.question for row in found.rows] == ["q1"]
    found.owner.edit.setText("Quản lý ca")
    found.due.edit.setText("31/12/2099")
    qtbot.mouseClick(find(found, "Make an action: Clean?", Role.Button), LEFT)
    settle(qtbot, window)
    assert not found.rows[0].make.isVisible()
    qtbot.mouseClick(found.close_button, LEFT)
    settle(qtbot, window)
    assert "Action plan" in [entry.title for entry in report.view._pdf.outline]

    screen = board(qtbot, window)
    assert listed(screen) == ["Clean? No"]
    detail = screen.detail
    assert (detail.owner.text(), detail.due.day) == ("Quản lý ca", date(2099, 12, 31))
    QTest.keyClicks(detail.action.control, "Wipe it")
    detail.cause.setCurrentIndex(detail.cause.findData(Cause.PROCESS))
    detail.cause.activated.emit(detail.cause.currentIndex())
    settle(qtbot, window)
    for name in ("Mark as done", "Close the action"):
        qtbot.mouseClick(find(detail, name, Role.Button), LEFT)
        settle(qtbot, window)
        tab = screen.board.tabs.tabs[DONE_TAB if name.startswith("Mark") else ENDED_TAB]
        tab.click()
        settle(qtbot, window)
    [record] = on_disk(furnished)
    assert (record.action, record.cause, record.status) == ("Wipe it", Cause.PROCESS, "closed")
    for _ in range(2):
        undo_of(window.context).undo()
        settle(qtbot, window)
    assert on_disk(furnished)[0].status is ActionStatus.OPEN


def test_the_late_stand_first_and_say_so(
    qtbot: QtBot, open_window: OpenWindow, acting: Path
) -> None:
    screen = board(qtbot, open_window(acting))
    assert listed(screen) == ["Đèn hỏng", "Bàn bẩn", "Thiếu ly"]
    first = screen.board.model.index(0, 1)
    assert first.data() == "4 days late"
    screen.board.tabs.tabs[LATE_TAB].click()
    settle(qtbot, screen.window())  # type: ignore[arg-type]
    assert listed(screen) == ["Đèn hỏng"]
    assert screen.board.tabs.tabs[LATE_TAB].accessibleDescription() == "1"


def test_an_action_is_added_by_hand(qtbot: QtBot, open_window: OpenWindow, furnished: Path) -> None:
    window = open_window(furnished)
    screen = board(qtbot, window)
    qtbot.mouseClick(screen.add, LEFT)
    settle(qtbot, window)
    adding = dialog(AddActionDialog)
    QTest.keyClicks(adding.place.edit, "thao")
    qtbot.waitUntil(lambda: adding.place._model.rowCount() == 1)
    QTest.keyClick(adding.place.edit, Qt.Key.Key_Return)
    qtbot.mouseClick(adding.save, LEFT)
    settle(qtbot, window)
    assert "Say what was found" in adding.finding.error
    adding.finding.control.setPlainText("Biển hiệu tắt đèn")
    adding.due.edit.setText("40/12/2026")
    qtbot.mouseClick(adding.save, LEFT)
    assert "no day" in adding.due.note.text()
    adding.due.edit.setText("")
    qtbot.mouseClick(adding.save, LEFT)
    settle(qtbot, window)
    assert [(r.location, r.finding) for r in on_disk(furnished)] == [
        ("Thảo Điền", "Biển hiệu tắt đèn")
    ]
    assert screen.detail.record is not None
    assert screen.detail.record.location == "Thảo Điền"


def test_many_are_moved_at_once_and_dropping_asks_why(
    qtbot: QtBot, open_window: OpenWindow, acting: Path
) -> None:
    window = open_window(acting)
    screen = board(qtbot, window)
    screen.board._tick_all()
    qtbot.mouseClick(screen.board.foot.assign, LEFT)
    assigning = dialog(AssignDialog)
    assigning.owner.edit.setText("Bảo trì")
    qtbot.mouseClick(assigning.yes, LEFT)
    settle(qtbot, window)
    assert {record.owner for record in on_disk(acting)} == {"Bảo trì"}
    qtbot.mouseClick(find(screen.board.foot, "Drop…", Role.Button), LEFT)
    asking = dialog(ReasonDialog)
    qtbot.mouseClick(asking.yes, LEFT)
    assert "why" in asking.reason.error
    asking.reason.control.setPlainText("Quán sắp dời")
    qtbot.mouseClick(asking.yes, LEFT)
    settle(qtbot, window)
    assert {record.status for record in on_disk(acting)} == {ActionStatus.DROPPED}
    assert all("Quán sắp dời" in record.note for record in on_disk(acting))
    assert listed(screen) == []
    undo_of(window.context).undo()
    settle(qtbot, window)
    assert len(listed(screen)) == 3


def test_what_is_typed_is_kept_on_leaving(
    qtbot: QtBot, open_window: OpenWindow, acting: Path
) -> None:
    window = open_window(acting)
    screen = board(qtbot, window)
    screen.detail.note.control.setPlainText("Gọi thợ điện")
    window.go(VISITS)
    settle(qtbot, window)
    assert on_disk(acting)[0].note == "Gọi thợ điện"


def test_another_row_keeps_what_was_typed_in_the_one_before(
    qtbot: QtBot, open_window: OpenWindow, acting: Path
) -> None:
    window = open_window(acting)
    screen = board(qtbot, window)
    screen.detail.action.control.setPlainText("Thay bóng")
    screen.board.table.setFocus()
    QTest.keyClick(screen.board.table, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert screen.detail.action.control.text() == ""
    assert [record.action for record in on_disk(acting)] == ["Thay bóng", "", ""]


def test_a_proof_is_attached_and_a_bad_file_refused(
    qtbot: QtBot, open_window: OpenWindow, acting: Path, tmp_path: Path
) -> None:
    window = open_window(acting)
    screen = board(qtbot, window)
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"no picture")
    screen.detail.attach(str(bad))
    settle(qtbot, window)
    assert "cannot be read as a picture" in screen.detail.proof_note.text()
    good = tmp_path / "đã sửa.jpg"
    Image.new("RGB", (400, 300), "green").save(good)
    screen.detail.attach(str(good))
    settle(qtbot, window)
    assert screen.detail.proof.isVisible()
    assert on_disk(acting)[0].proof_name == "đã sửa.jpg"


def test_the_board_is_searched_and_filtered(
    qtbot: QtBot, open_window: OpenWindow, acting: Path
) -> None:
    window = open_window(acting)
    screen = board(qtbot, window)
    QTest.keyClicks(screen.search, "le loi")
    qtbot.waitUntil(lambda: listed(screen) == ["Bàn bẩn", "Thiếu ly"])
    filters = screen.board.filters
    filters.due.setCurrentIndex(3)
    filters.due.activated.emit(3)
    settle(qtbot, window)
    assert listed(screen) == ["Thiếu ly"]
    screen.search.clear()
    qtbot.mouseClick(filters.clear_button, LEFT)
    qtbot.waitUntil(lambda: len(listed(screen)) == 3)


def test_excel_gets_what_is_listed(
    qtbot: QtBot, open_window: OpenWindow, acting: Path, tmp_path: Path
) -> None:
    window = open_window(acting)
    screen = board(qtbot, window)
    screen.board.tabs.tabs[LATE_TAB].click()
    settle(qtbot, window)
    path = tmp_path / "actions.xlsx"
    screen.export_to(str(path))
    settle(qtbot, window)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert dict(zip(rows[0], rows[1], strict=True))["Due day"] == TODAY - timedelta(days=4)
    screen.export_to(str(tmp_path / "actions.pdf"))
    settle(qtbot, window)
    assert screen.export.isEnabled()


def test_from_a_visit_that_is_chosen(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    screen = board(qtbot, window)
    qtbot.mouseClick(screen.from_visit, LEFT)
    settle(qtbot, window)
    choosing = dialog(ChooseVisitDialog)
    QTest.keyClick(choosing.visits.edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    found = dialog(FindingsDialog)
    qtbot.mouseClick(found.all, LEFT)
    settle(qtbot, window)
    assert not found.all.isEnabled()
    assert len(on_disk(furnished)) == 1


def test_pages_are_read_as_one_scrolls(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    workspace = Workspace.open(furnished)
    for number in range(130):
        workspace.actions.add(1, ActionInput(f"Việc {number:03}", due=TODAY))
    workspace.close()
    window = open_window(furnished)
    screen = board(qtbot, window)
    assert len(listed(screen)) == 60
    for expected in (120, 130):
        screen.board.table.scrollToBottom()
        screen.board.model.fetchMore(screen.board.model.index(-1, -1))
        qtbot.waitUntil(lambda expected=expected: len(listed(screen)) == expected)
    assert listed(screen) == [f"Việc {number:03}" for number in range(130)]
    assert screen.board.foot.told.text() == "130 of 130 shown"


@pytest.mark.parametrize("size", [(1024, 600), (1366, 768)])
def test_the_detail_stands_beside_the_board_or_over_it(
    qtbot: QtBot, open_window: OpenWindow, acting: Path, size: tuple[int, int]
) -> None:
    window = open_window(acting, language="vi")
    window.resize(*size)
    screen = board(qtbot, window)
    wide = size[0] > 1100
    assert screen.detail.isVisible() is wide
    screen.board.table.setFocus()
    QTest.keyClick(screen.board.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert screen.detail.isVisible()
    assert screen.board.isVisible() is wide
    area = screen.detail.area
    assert area.inner.width() <= area.viewport().width()
    if not wide:
        qtbot.mouseClick(screen.detail.close_button, LEFT)
        settle(qtbot, window)
        assert screen.board.isVisible()
        assert not screen.detail.isVisible()
    assert (window.width(), window.height()) == size


def test_the_place_is_kept_in_another_language(
    qtbot: QtBot, open_window: OpenWindow, acting: Path
) -> None:
    window = open_window(acting)
    screen = board(qtbot, window)
    owner = screen.board.filters.owner
    owner.setCurrentIndex(owner.findText("Quản lý"))
    owner.activated.emit(owner.currentIndex())
    settle(qtbot, window)
    screen.board.table.go_to(screen.board.model.rows[1].id)
    window.context.change_settings(language="vi")
    qtbot.waitUntil(lambda: window.screen_ is not screen)
    settle(qtbot, window)
    again = window.screen_
    assert isinstance(again, ActionsScreen)
    assert again.detail.record is not None
    assert again.detail.record.finding == "Bàn bẩn"
    assert again.board.filters.owner.currentText() == "Quản lý"
    assert again.board.asked().wanted.owner == "Quản lý"


def test_the_actions_of_one_location(qtbot: QtBot, open_window: OpenWindow, acting: Path) -> None:
    window = open_window(acting)
    window.go(Route("actions", 2))
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, ActionsScreen)
    assert listed(screen) == ["Bàn bẩn", "Thiếu ly"]
    assert screen.board.filters.place.caption == "Lê Lợi"
    qtbot.mouseClick(screen.board.filters.place, LEFT)
    settle(qtbot, window)
    assert len(listed(screen)) == 3
