"""From an empty machine to a visit, as a person goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries
from auditor.ui.first_run import FirstRunScreen
from auditor.ui.home.screen import HomeScreen
from auditor.ui.setup.places import pasted
from auditor.ui.setup.screen import SetupScreen
from auditor.ui.start_visit import StartVisitDialog
from auditor.ui.window import MainWindow

from .conftest import OpenWindow, find, find_all, names, settle

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton


def click(qtbot: QtBot, window: MainWindow, name: str) -> None:
    qtbot.mouseClick(find(window, name, Role.Button), LEFT)
    settle(qtbot, window)


def fill(window: MainWindow, name: str, text: str) -> None:
    find(window, name, Role.EditableText, QLineEdit).setText(text)


def setup_screen(qtbot: QtBot, window: MainWindow) -> SetupScreen:
    click(qtbot, window, "Start my program")
    assert isinstance(window.screen_, SetupScreen)
    return window.screen_


def test_nothing_is_written_before_one_begins(open_window: OpenWindow, folder: Path) -> None:
    window = open_window(folder)
    assert isinstance(window.screen_, FirstRunScreen)
    assert set(window.rail.items) == {"visits", "settings"}
    assert not folder.exists()


def test_from_first_run_to_a_draft(
    qtbot: QtBot, open_window: OpenWindow, folder: Path, checklist_file: Path
) -> None:
    window = open_window(folder)
    screen = setup_screen(qtbot, window)
    fill(window, "Client", "Ẩm thực Ngõ Cũ")
    fill(window, "Brand", "Cà phê Sen Việt")
    screen.places.paste("SV-001\tQuận 1\t1 Lê Lợi\tTP.HCM\nSV-002\tThảo Điền\n")
    screen.checklist.choose(checklist_file)
    settle(qtbot, window)
    click(qtbot, window, "Create the program")
    qtbot.waitUntil(lambda: isinstance(window.screen_, HomeScreen))
    settle(qtbot, window)
    assert set(window.rail.items) == {
        "visits", "programs", "locations", "evaluators", "actions", "reports", "settings",
    }  # fmt: skip
    # nothing was handed in yet, and there is nothing to sort
    assert find_all(window, "Ready for the first visit", Role.StaticText)
    assert not window.screen_.filter.isVisible()

    window.new_visit()
    settle(qtbot, window)
    dialog = window.findChild(StartVisitDialog)
    dialog.query.edit.setText("thao dien")
    qtbot.keyClick(dialog.query.edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: window.route.kind == "visit")
    settle(qtbot, window)
    window.close()
    window.context.close()

    workspace = Workspace.open(folder)
    places = workspace.read(visit_queries.locations)
    assert [(p.code, p.name, p.address, p.region) for p in places] == [
        ("SV-001", "Quận 1", "1 Lê Lợi", "TP.HCM"),
        ("SV-002", "Thảo Điền", "", ""),
    ]
    assert [v.location for v in workspace.read(visit_queries.visits)] == ["Thảo Điền"]
    workspace.close()


def test_each_missing_part_is_said_beside_it_and_nothing_is_written(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    window = open_window(folder)
    screen = setup_screen(qtbot, window)
    click(qtbot, window, "Create the program")
    assert screen.client.error == "Enter the name of the client."
    assert screen.brand.error == "Enter the name of the brand."
    assert screen.places.note.text() == "Enter at least one location: a code and a name."
    assert window.focusWidget() is screen.client.edit
    client = find(window, "Client", Role.EditableText)
    assert client.accessibleDescription() == "Enter the name of the client."
    assert not folder.exists()
    qtbot.keyClicks(screen.client.edit, "A")
    assert (screen.client.error, screen.brand.error) == ("", "Enter the name of the brand.")


def test_a_row_that_repeats_a_code_is_named(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    window = open_window(folder)
    screen = setup_screen(qtbot, window)
    screen.places.paste("A\tOne\nB\tTwo\nA\tThree")
    assert not screen.places.check()
    assert screen.places.note.text().startswith("Row 3: the code A is there already.")


def test_a_bad_checklist_shows_all_its_problems_and_is_not_offered(
    qtbot: QtBot, open_window: OpenWindow, folder: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: auditor-checklist/1\nid: x\nsections: []\ncolour: blue\n", "utf-8")
    window = open_window(folder)
    screen = setup_screen(qtbot, window)
    settle(qtbot, window)
    offered = len(find_all(screen, "", Role.RadioButton))
    screen.checklist.choose(bad)
    settle(qtbot, window)
    shown = find(window, "Problems in the file", Role.EditableText, QPlainTextEdit)
    lines = shown.toPlainText().splitlines()
    assert len(lines) >= 2
    qtbot.waitUntil(lambda: not shown.visibleRegion().isEmpty())
    assert all(line.startswith("Line ") for line in lines)
    assert "Nothing is added until the file is clean." in screen.checklist.summary.text()
    assert len(find_all(screen, "", Role.RadioButton)) == offered
    assert not folder.exists()


def test_the_checklists_we_ship_are_offered(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    from forms import library

    window = open_window(folder)
    screen = setup_screen(qtbot, window)
    settle(qtbot, window)
    assert len(screen.checklist._offers) == len(library.names())
    assert screen.checklist.chosen is None, "of several none is taken by mistake"
    assert not screen.checklist.check()
    assert screen.checklist.summary.text() == "Choose a checklist, or a file of yours."
    screen.checklist._group.button(0).click()
    assert screen.checklist.check()
    assert screen.checklist.summary.text() == ""


def test_the_only_checklist_is_chosen(
    qtbot: QtBot, open_window: OpenWindow, folder: Path, checklist_file: Path
) -> None:
    window = open_window(folder)
    screen = setup_screen(qtbot, window)
    settle(qtbot, window)
    for index in range(len(screen.checklist._offers)):
        screen.checklist._group.removeButton(screen.checklist._group.button(index))
    screen.checklist._offers.clear()
    screen.checklist._read_library([checklist_file])
    settle(qtbot, window)
    assert screen.checklist.chosen == checklist_file


def test_what_is_typed_survives_a_change_of_language(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    window = open_window(folder)
    screen = setup_screen(qtbot, window)
    fill(window, "Client", "Ẩm thực Ngõ Cũ")
    screen.places.paste("SV-001\tQuận 1")
    window.context.change_settings(language="vi")
    settle(qtbot, window)
    assert find(window, "Khách hàng", Role.EditableText, QLineEdit).text() == "Ẩm thực Ngõ Cũ"
    assert window.screen_.places.model.rows[0][:2] == ["SV-001", "Quận 1"]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("A\tB\r\nC\tD\r\n", [["A", "B"], ["C", "D"]]),
        ('A\t"two\nlines"\n', [["A", "two\nlines"]]),
        ("A,B\nC,D", [["A", "B"], ["C", "D"]]),
        ("\n\n", []),
        ("only", [["only"]]),
        (f'A\t"{"x" * 140_000}', [["A", '"' + "x" * 140_000]]),
    ],
)
def test_what_spreadsheets_put_on_the_clipboard(text: str, cells: list[list[str]]) -> None:
    assert pasted(text) == cells


def test_the_language_switch_speaks_at_once(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    window = open_window(folder)
    qtbot.mouseClick(find(window, "Tiếng Việt", Role.RadioButton), LEFT)
    settle(qtbot, window)
    assert "Dùng thử bản mẫu" in names(window, Role.Button)
    assert window.context.settings.language == "vi"
    assert window.context.settings.language_chosen


def test_after_a_language_chosen_by_key_the_keys_go_on(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    window = open_window(folder)
    english = find(window, "English", Role.RadioButton)
    english.setFocus()
    qtbot.keyClick(english, Qt.Key.Key_Left)
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, FirstRunScreen)
    assert window.focusWidget() is screen.demo
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_2)
    assert isinstance(window.screen_, SetupScreen)


def test_tab_goes_from_cell_to_cell_and_leaves_where_nothing_more_stands(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    window = open_window(folder)
    screen = setup_screen(qtbot, window)
    view = screen.places.view

    def type_cell(text: str) -> None:
        qtbot.keyClicks(window.focusWidget(), text)
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)

    view.setFocus()
    view.setCurrentIndex(screen.places.model.index(0, 0))
    for text in ("A", "One", "1 Street", "North"):
        type_cell(text)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, 0)
    assert screen.places.model.rows[0] == ["A", "One", "1 Street", "North"]
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    focus = window.focusWidget()
    assert focus is not view
    assert not view.isAncestorOf(focus)
    assert focus in find_all(screen, "", Role.RadioButton)

    qtbot.keyClick(focus, Qt.Key.Key_Backtab)
    assert window.focusWidget() is view
    view.setCurrentIndex(screen.places.model.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Backtab)
    assert not view.hasFocus()


def test_an_address_pasted_into_a_cell_keeps_its_commas(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    screen = setup_screen(qtbot, open_window(folder))
    screen.places.view.setCurrentIndex(screen.places.model.index(0, 2))
    screen.places.paste("1 Nguyễn Huệ, Bến Nghé, TP.HCM")
    assert screen.places.model.rows[0] == ["", "", "1 Nguyễn Huệ, Bến Nghé, TP.HCM", ""]


def test_a_set_up_left_half_done_is_there_again(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    window = open_window(folder)
    screen = setup_screen(qtbot, window)
    fill(window, "Client", "Ẩm thực Ngõ Cũ")
    screen.places.paste("SV-001\tQuận 1")
    window.go_home()
    screen = setup_screen(qtbot, window)
    assert screen.client.text() == "Ẩm thực Ngõ Cũ"
    assert screen.places.model.rows[0][:2] == ["SV-001", "Quận 1"]
