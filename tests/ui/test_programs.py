"""Programs in the window: added, changed and kept by a person, then used for a new visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from auditor.domain.facts import VisitRules
from auditor.domain.programs import ProgramInput, WaveInput
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries
from auditor.ui.kit.dialog import ConfirmDialog
from auditor.ui.palette import Palette
from auditor.ui.programs.detail import DOCUMENTS, WAVES, ProgramDetail
from auditor.ui.programs.dialogs import AddProgramDialog, WaveDialog
from auditor.ui.programs.screen import ProgramsScreen
from auditor.ui.programs.wave_rows import days_text
from auditor.ui.start_visit import StartVisitDialog
from auditor.ui.window import CLIENTS, PROGRAMS, VISITS, MainWindow
from auditor.words import Words

from .conftest import CHECKLIST, OpenWindow, find, find_all, settle
from .telling import toast, told

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton
D = TypeVar("D", bound=QDialog)
Change = Callable[[Workspace], object]


def change(folder: Path, act: Change) -> None:
    workspace = Workspace.open(folder)
    act(workspace)
    workspace.close()


@pytest.fixture
def studied(furnished: Path) -> Path:
    """One program of two waves, the second under way on any day of this century."""

    def add(workspace: Workspace) -> None:
        program = workspace.programs.add_program(1, "Trải nghiệm")
        workspace.programs.add_wave(program.id, "Cũ", date(1999, 1, 1), date(1999, 2, 1))
        workspace.programs.add_wave(program.id, "Nay", date(2000, 1, 1), date(2099, 12, 31))

    change(furnished, add)
    return furnished


def programs_screen(qtbot: QtBot, window: MainWindow) -> ProgramsScreen:
    window.go(PROGRAMS)
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, ProgramsScreen)
    return screen


def detail(qtbot: QtBot, screen: ProgramsScreen) -> ProgramDetail:
    qtbot.waitUntil(lambda: screen.detail is not None)
    assert screen.detail is not None
    return screen.detail


def dialog(kind: type[D]) -> D:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def on_disk(folder: Path) -> list[ProgramRecord]:
    reader = Workspace.open(folder, write=False)
    try:
        return reader.read(visit_queries.programs)
    finally:
        reader.close()


def turn(shown: ProgramDetail, tab: int) -> None:
    """To a tab, as by a click on it."""
    shown.tabs.tabs[tab].click()


def leave(field: QWidget, screen: ProgramsScreen) -> None:
    field.setFocus()
    screen.list.view.setFocus()


def test_the_way_there(qtbot: QtBot, open_window: OpenWindow, furnished: Path) -> None:
    window = open_window(furnished)
    assert window.rail is not None
    item = window.rail.items["programs"]
    assert (item.accessibleName(), item.isVisible()) == ("Programs", True)
    qtbot.mouseClick(item, LEFT)
    settle(qtbot, window)
    assert isinstance(window.screen_, ProgramsScreen)
    window.go(VISITS)
    settle(qtbot, window)
    window.search()
    settle(qtbot, window)
    palette = dialog(Palette)
    QTest.keyClicks(palette.edit, "progr")
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.route == PROGRAMS


def test_a_first_program(qtbot: QtBot, open_window: OpenWindow, furnished: Path) -> None:
    window = open_window(furnished)
    screen = programs_screen(qtbot, window)
    assert screen.detail is None
    assert not screen.list.isVisible()
    only = find(window, "Add a program", Role.Button)
    assert window.focusWidget() is only, "one button, and it has the keys"
    qtbot.mouseClick(only, LEFT)
    adding = dialog(AddProgramDialog)
    qtbot.mouseClick(adding.add, LEFT)
    qtbot.waitUntil(lambda: adding.name.error == "The name is empty. Type a name.")
    QTest.keyClicks(adding.name.edit, "Customer experience")
    QTest.keyClick(adding.name.edit, Qt.Key.Key_Return)
    shown = detail(qtbot, screen)
    assert shown.name.text() == "Customer experience"
    settle(qtbot, window)
    assert [each.name for each in on_disk(furnished)] == ["Customer experience"]
    assert screen.list.isVisible()


def test_without_a_client_the_way_to_one_is_shown(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    workspace = Workspace.open(folder)
    workspace.checklists.add(CHECKLIST.encode(), "corner-shop.yaml")
    workspace.close()
    window = open_window(folder)
    programs_screen(qtbot, window)
    only = find(window, "Clients and brands", Role.Button)
    assert window.focusWidget() is only
    qtbot.mouseClick(only, LEFT)
    settle(qtbot, window)
    assert window.route == CLIENTS


def test_what_is_changed_is_kept(qtbot: QtBot, open_window: OpenWindow, studied: Path) -> None:
    window = open_window(studied)
    screen = programs_screen(qtbot, window)
    shown = detail(qtbot, screen)
    for tick in ("hide_score", "show_last_visit"):
        shown.ticks[tick].click()
    shown.name.edit.setText("Trải nghiệm 2027")
    shown.documents.briefing.setPlainText("Đọc kỹ.\n- một")
    turn(shown, DOCUMENTS)
    leave(shown.documents.briefing, screen)
    shown.name.edit.editingFinished.emit()
    qtbot.waitUntil(lambda: shown.settled and not shown.unsaved)
    settle(qtbot, window)
    (found,) = on_disk(studied)
    assert (found.name, found.briefing) == ("Trải nghiệm 2027", "Đọc kỹ.\n- một")
    assert found.rules == VisitRules(hide_score=True, show_last_visit=True)
    shown.ticks["hide_score"].click()
    qtbot.waitUntil(lambda: shown.settled)
    assert not on_disk(studied)[0].rules.hide_score


def test_the_bias_of_the_last_visit_is_said(
    qtbot: QtBot, open_window: OpenWindow, studied: Path
) -> None:
    shown = detail(qtbot, programs_screen(qtbot, open_window(studied)))
    assert "biases" in shown.ticks["show_last_visit"].accessibleDescription()


def test_what_is_typed_is_kept_on_leaving(
    qtbot: QtBot, open_window: OpenWindow, studied: Path
) -> None:
    window = open_window(studied)
    shown = detail(qtbot, programs_screen(qtbot, window))
    shown.documents.briefing.setPlainText("Chưa rời ô")
    assert window.go(VISITS)
    assert on_disk(studied)[0].briefing == "Chưa rời ô"


def test_a_name_that_is_taken_is_told_and_not_lost(
    qtbot: QtBot, open_window: OpenWindow, studied: Path
) -> None:
    change(studied, lambda workspace: workspace.programs.add_program(1, "Khác"))
    window = open_window(studied)
    screen = programs_screen(qtbot, window)
    shown = detail(qtbot, screen)
    assert shown.program.name == "Khác"
    shown.name.edit.setText("Trải nghiệm")
    assert not window.go(VISITS)
    assert shown.name.error == "A program named Trải nghiệm is here already."
    asked = dialog(ConfirmDialog)
    asked.no.click()
    assert window.route == PROGRAMS
    assert shown.name.text() == "Trải nghiệm"
    rows = screen.list.view.model()
    other = next(
        rows.index(row, 0)
        for row in range(rows.rowCount())
        if rows.index(row, 0).data() == "Trải nghiệm"
    )
    screen.list.view.setCurrentIndex(other)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: screen.list.current == shown.program.id)
    assert screen.detail is shown
    assert not window.go(VISITS)
    dialog(ConfirmDialog).yes.click()
    settle(qtbot, window)
    assert window.route == VISITS
    assert {each.name for each in on_disk(studied)} == {"Khác", "Trải nghiệm"}


def test_a_document_is_chosen_and_taken_away(
    qtbot: QtBot, open_window: OpenWindow, studied: Path, tmp_path: Path
) -> None:
    window = open_window(studied)
    shown = detail(qtbot, programs_screen(qtbot, window))
    turn(shown, DOCUMENTS)
    empty = tmp_path / "rỗng.pdf"
    empty.write_bytes(b"")
    shown.documents.attach(str(empty))
    qtbot.waitUntil(lambda: shown.settled and shown.documents.document_field.note.isVisible())
    assert "rỗng.pdf" in shown.documents.document_field.note.text()
    file = tmp_path / "Hướng dẫn.pdf"
    file.write_bytes(b"%PDF-1.4" * 300)
    shown.documents.attach(str(file))
    assert not shown.documents.choose.isEnabled()
    qtbot.waitUntil(lambda: shown.settled)
    assert shown.documents.document.text() == "Hướng dẫn.pdf · 2 KB"
    assert not shown.documents.document_field.note.isVisible()
    assert on_disk(studied)[0].document_name == "Hướng dẫn.pdf"
    qtbot.mouseClick(shown.documents.remove, LEFT)
    qtbot.waitUntil(lambda: shown.settled)
    assert on_disk(studied)[0].document is None
    assert shown.documents.document.text() == "None"
    assert told(window) == "The document is removed."
    qtbot.mouseClick(toast(window).button, LEFT)
    qtbot.waitUntil(lambda: shown.documents.document.text() == "Hướng dẫn.pdf · 2 KB")
    assert on_disk(studied)[0].document_name == "Hướng dẫn.pdf"


def test_a_wave_is_added_and_changed(qtbot: QtBot, open_window: OpenWindow, studied: Path) -> None:
    window = open_window(studied)
    shown = detail(qtbot, programs_screen(qtbot, window))
    turn(shown, WAVES)
    qtbot.mouseClick(shown.waves.add, LEFT)
    adding = dialog(WaveDialog)
    adding.name.edit.setText("Nay")
    adding.starts.edit.setText("31/2/2027")
    qtbot.mouseClick(adding.save, LEFT)
    assert adding.starts.error.startswith("This is no day")
    adding.starts.edit.setText("1/10/2027")
    adding.ends.edit.setText("1/9/2027")
    qtbot.mouseClick(adding.save, LEFT)
    qtbot.waitUntil(lambda: "ends before it starts" in adding.ends.error)
    adding.ends.edit.setText("")
    qtbot.mouseClick(adding.save, LEFT)
    qtbot.waitUntil(lambda: adding.name.error == "A wave named Nay is here already.")
    adding.name.edit.setText("Q4/2027")
    adding.scenario.setPlainText("Gọi một ly.")
    qtbot.mouseClick(adding.save, LEFT)
    settle(qtbot, window)
    added = on_disk(studied)[0].waves[-1]
    assert (added.name, added.starts_on, added.ends_on) == ("Q4/2027", date(2027, 10, 1), None)
    qtbot.waitUntil(lambda: bool(find_all(window, "Change Q4/2027", Role.Button)))
    qtbot.mouseClick(find(window, "Change Q4/2027", Role.Button), LEFT)
    changing = dialog(WaveDialog)
    assert changing.starts.text() == "01/10/2027"
    assert changing.scenario.text() == "Gọi một ly."
    changing.scenario.setPlainText("Gọi hai ly.")
    qtbot.mouseClick(changing.save, LEFT)
    settle(qtbot, window)
    assert on_disk(studied)[0].waves[-1].scenario == "Gọi hai ly."


def test_the_place_is_kept_in_another_language(
    qtbot: QtBot, open_window: OpenWindow, studied: Path
) -> None:
    change(studied, lambda workspace: workspace.programs.add_program(1, "Xa"))
    window = open_window(studied)
    screen = programs_screen(qtbot, window)
    view = screen.list.view
    view.setCurrentIndex(view.model().index(view.model().rowCount() - 1, 0))
    qtbot.waitUntil(lambda: screen.detail is not None and screen.detail.program.name == "Xa")
    assert screen.detail is not None
    screen.detail.documents.briefing.setPlainText("giữa chừng")
    window.context.change_settings(language="vi")
    qtbot.waitUntil(lambda: window.screen_ is not screen)
    settle(qtbot, window)
    assert isinstance(window.screen_, ProgramsScreen)
    shown = detail(qtbot, window.screen_)
    assert shown.program.name == "Xa"
    assert shown.documents.briefing.text() == "giữa chừng"


# a new visit of a wave


def started(window: MainWindow, qtbot: QtBot) -> StartVisitDialog:
    window.go(VISITS)
    settle(qtbot, window)
    window.new_visit()
    settle(qtbot, window)
    return dialog(StartVisitDialog)


def waves_of(folder: Path) -> list[str]:
    reader = Workspace.open(folder, write=False)
    try:
        return [visit.wave for visit in reader.read(visit_queries.visits)]
    finally:
        reader.close()


def test_without_programs_nothing_is_asked(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    assert not started(window, qtbot).wave_field.isVisible()


def test_a_visit_belongs_to_the_wave_that_is_chosen(
    qtbot: QtBot, open_window: OpenWindow, studied: Path
) -> None:
    window = open_window(studied)
    starting = started(window, qtbot)
    offered = [starting.wave.itemText(row) for row in range(starting.wave.count())]
    assert offered == ["No program", "Trải nghiệm · Cũ", "Trải nghiệm · Nay"]
    assert starting.wave.currentText() == "No program"
    starting.wave.setCurrentIndex(1)
    starting.wave.activated.emit(1)
    QTest.keyClicks(starting.query.edit, "le loi")
    settle(qtbot, window)
    assert starting.wave.currentText() == "Trải nghiệm · Cũ"
    qtbot.mouseClick(starting.start, LEFT)
    settle(qtbot, window)
    assert waves_of(studied)[0] == "Cũ"


def test_the_program_is_remembered_and_its_running_wave_offered(
    qtbot: QtBot, open_window: OpenWindow, studied: Path
) -> None:
    def visit(workspace: Workspace) -> None:
        day = date.today()  # noqa: DTZ011
        workspace.visits.start(1, 1, day, "UTC", "E-07", wave_id=1)

    change(studied, visit)
    window = open_window(studied)
    starting = started(window, qtbot)
    assert starting.wave.currentText() == "Trải nghiệm · Nay"
    qtbot.mouseClick(starting.start, LEFT)
    settle(qtbot, window)
    assert waves_of(studied)[0] == "Nay"


def test_one_of_several_checklists_is_chosen_by_the_wave_or_the_person(
    qtbot: QtBot, open_window: OpenWindow, studied: Path
) -> None:
    """Nobody fills in the first of a list because it is the first."""

    def several(workspace: Workspace) -> None:
        other = CHECKLIST.replace("corner-shop", "a-bakery").replace("Corner shop", "A bakery")
        version = workspace.checklists.add(other.encode(), "bakery.yaml").id
        program = workspace.read(visit_queries.programs)[0]
        given = replace(program.given, terms=replace(program.terms, checklist_version_id=version))
        workspace.programs.change_program(program.id, given, program.version)
        workspace.programs.add(1, ProgramInput("Khác"))
        workspace.programs.add_waves(2, [WaveInput("Một")])
        day = date.today()  # noqa: DTZ011
        workspace.visits.start(1, 1, day, "UTC", "E-07", wave_id=3)

    change(studied, several)
    window = open_window(studied)
    starting = started(window, qtbot)

    def wave(at: int) -> str:
        starting.wave.setCurrentIndex(at)
        starting.wave.activated.emit(at)
        return starting.checklist.currentText()

    assert starting.wave.currentText() == "Khác · Một"
    assert starting.checklist.currentText() == "Corner shop 1.0", "the last of this program"
    assert wave(0) == "", "neither is meant"
    qtbot.mouseClick(starting.start, LEFT)
    assert starting.checklist_field.error == "Choose which checklist this visit fills in."
    assert wave(starting.wave.findText("Trải nghiệm · Nay")) == "A bakery 1.0"
    assert starting.checklist_field.error == ""
    corner = starting.checklist.findText("Corner shop 1.0")
    starting.checklist.setCurrentIndex(corner)
    starting.checklist.activated.emit(corner)
    assert wave(0) == "Corner shop 1.0", "what the person chose stays"


def test_only_waves_of_the_locations_client_are_offered(
    qtbot: QtBot, open_window: OpenWindow, studied: Path
) -> None:
    def other(workspace: Workspace) -> None:
        client = workspace.places.add_client("Khác")
        brand = workspace.places.add_brand(client.id, "Bánh")
        workspace.places.add_location(brand.id, "B-1", "Bánh Một")
        program = workspace.programs.add_program(client.id, "Của bánh")
        workspace.programs.add_wave(program.id, "Đợt bánh")

    change(studied, other)
    window = open_window(studied)
    starting = started(window, qtbot)
    QTest.keyClicks(starting.query.edit, "B-1")
    settle(qtbot, window)
    offered = [starting.wave.itemText(row) for row in range(starting.wave.count())]
    assert offered == ["No program", "Của bánh · Đợt bánh"]


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [
        (date(2026, 10, 1), date(2027, 1, 14), "1 Oct – 14 Jan 2027"),
        (date(2026, 10, 1), None, "from 1 Oct"),
        (None, date(2026, 10, 1), "until 1 Oct"),
        (None, None, "no days given"),
    ],
)
def test_the_days_of_a_wave(starts: date | None, ends: date | None, told: str) -> None:
    wave = WaveRecord(1, 1, "Q4", starts, ends)
    assert days_text(Words("en"), wave, date(2026, 11, 22)) == told


@pytest.mark.parametrize("size", [(1024, 600), (1366, 768)])
def test_the_window_keeps_its_size(
    qtbot: QtBot, open_window: OpenWindow, studied: Path, size: tuple[int, int]
) -> None:
    window = open_window(studied)
    window.resize(*size)
    detail(qtbot, programs_screen(qtbot, window))
    assert (window.width(), window.height()) == size
