"""Locations in the window: listed, found, put in order, changed, merged, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from auditor.domain.places import (
    BandFigure,
    LocationInput,
    LocationOrder,
    OthersMean,
    Rung,
    SectionFigure,
)
from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries
from auditor.ui.kit.dialog import ConfirmDialog
from auditor.ui.locations.bulk import MoveDialog, NameDialog
from auditor.ui.locations.edit import LocationDialog
from auditor.ui.locations.merge import DuplicatesDialog, MergeDialog
from auditor.ui.locations.phrases import band_of
from auditor.ui.locations.region_dialogs import AddRegionDialog
from auditor.ui.locations.regions import Node
from auditor.ui.locations.screen import LocationsScreen
from auditor.ui.locations.table import LocationTable
from auditor.ui.locations.trend import SectionBars
from auditor.ui.locations.view import USUAL, Column, View
from auditor.ui.palette import Palette
from auditor.ui.report.screen import ReportScreen
from auditor.ui.start_visit import StartVisitDialog
from auditor.ui.theme import Tone, colour, current
from auditor.ui.window import LOCATIONS, VISITS, MainWindow
from auditor.words import Words
from forms.answers import Answer
from forms.filling import Progress

from .conftest import OpenWindow, find, find_all, settle
from .telling import toast

Role, Key = QAccessible.Role, Qt.Key
LEFT = Qt.MouseButton.LeftButton
D = TypeVar("D", bound=QDialog)
PLACES = (
    ("HN-01", "Kim Mã", "12 Kim Mã", "Miền Bắc / Hà Nội", ("mới",)),
    ("SG-02", "Đồng Khởi", "3 Đồng Khởi", "Miền Nam / TP.HCM", ()),
    ("SG-2", "Đồng Khởi (cũ)", "3 Đồng Khởi", "Miền Nam", ("mới",)),
    ("SG-10", "Nguyễn Huệ", "9 Nguyễn Huệ", "Miền Nam / TP.HCM", ()),
)


def change(folder: Path, act: Callable[[Workspace], object]) -> None:
    workspace = Workspace.open(folder)
    act(workspace)
    workspace.close()


@pytest.fixture
def stores(furnished: Path) -> Path:
    """Four locations in regions beside the three of the fixture, which have visits."""

    def add(workspace: Workspace) -> None:
        for code, name, address, region, tags in PLACES:
            workspace.places.add(1, LocationInput(code, name, address, region, tags=tags))

    change(furnished, add)
    return furnished


def shown(qtbot: QtBot, window: MainWindow) -> LocationsScreen:
    window.go(LOCATIONS)
    settled(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, LocationsScreen)
    return screen


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Also what waits for the person to stop typing or moving."""
    screen = window.screen_
    if isinstance(screen, LocationsScreen):
        for timer in (screen._typing, screen._looking):
            if timer.isActive():
                timer.stop()
                timer.timeout.emit()
    settle(qtbot, window)
    screen = window.screen_
    if isinstance(screen, LocationsScreen) and screen._looking.isActive():
        settled(qtbot, window)


def codes(screen: LocationsScreen) -> list[str]:
    return [row.place.code for row in screen.table.locations.rows]


def dialog(kind: type[D]) -> D:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind), found
    return found


def press(qtbot: QtBot, window: MainWindow, keys: str) -> None:
    """In the window, whichever dialog was open before."""
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keySequence(window, keys)


def on_disk(folder: Path) -> dict[str, tuple[str, bool]]:
    reader = Workspace.open(folder, write=False)
    found = reader.read(visit_queries.locations)
    reader.close()
    return {each.code: (each.region, each.active) for each in found}


def choose(screen: LocationsScreen, code: str) -> None:
    screen.table.choose(codes(screen).index(code))


# the list


def test_the_way_there_and_back_to_a_visit(
    qtbot: QtBot, open_window: OpenWindow, stores: Path
) -> None:
    window = open_window(stores)
    assert window.rail is not None
    qtbot.mouseClick(window.rail.items["locations"], LEFT)
    settled(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, LocationsScreen)
    assert codes(screen) == ["HN-01", "SG-02", "SG-10", "SG-2", "SV-001", "SV-002", "SV-003"]
    choose(screen, "SV-001")
    settled(qtbot, window)
    detail = screen.detail.shown
    assert detail is not None
    assert detail.listed.visits == 1
    find(window, "Visit V-0001", Role.Button).click()
    settle(qtbot, window)
    assert isinstance(window.screen_, ReportScreen)
    window.go(VISITS)
    settle(qtbot, window)
    window.search()
    settle(qtbot, window)
    palette = dialog(Palette)
    QTest.keyClicks(palette.edit, "locati")
    QTest.keyClick(palette.edit, Key.Key_Return)
    settle(qtbot, window)
    assert window.route == LOCATIONS


def test_the_first_row_is_shown_at_once_beside_how_others_did(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    def visit(workspace: Workspace) -> None:
        for place, day, best in ((1, 22, True), (2, 21, False), (3, 20, False)):
            made = workspace.visits.start(place, 1, date(2026, 11, day), "Asia/Ho_Chi_Minh", "E-1")
            for index in range(4):
                chosen = "yes" if best or index else "no"
                answered = Progress(index + 1, 4)
                workspace.visits.save_answer(made.id, (f"q{index}", 0), Answer(chosen), answered)
            workspace.visits.submit(made.id, "E-1")

    change(furnished, visit)
    window = open_window(furnished)
    window.go(LOCATIONS)
    screen = window.screen_
    assert isinstance(screen, LocationsScreen)
    settle(qtbot, window)
    first = screen.table.locations.rows[0].place
    assert screen.table.currentIndex().row() == 0
    assert screen.detail.shown is not None, "before any waiting"
    assert screen.detail.shown.listed.place.id == first.id
    trend = screen.detail.trend
    assert trend is not None
    assert trend.accessibleDescription() == "Mean of others: 75.0"
    assert screen.detail._beside._said.text() == "Mean of 2 other locations"
    screen.detail.show_mean(999, OthersMean(((date(2026, 11, 1), 5.0),), 9))
    assert "75.0" in trend.accessibleDescription(), "another location is shown by now"


@pytest.mark.parametrize(
    ("percent", "band", "tone"),
    [
        (95, "A", Tone.ACCENT),
        (80, "B", Tone.ACCENT),
        (79.9, "C", Tone.WARNING),
        (3, "D", Tone.DANGER),
    ],
)
def test_a_bar_has_the_colour_and_the_letter_of_its_band(
    qtbot: QtBot, percent: float, band: str, tone: Tone
) -> None:
    bands = [BandFigure(at, name) for at, name in ((0, "D"), (65, "C"), (80, "B"), (90, "A"))]
    assert band_of(bands, percent) == (band, tone)
    assert band_of([], percent) == ("", Tone.ACCENT)
    bars = SectionBars(Words("en"), [SectionFigure({"": "Door"}, percent)], bands)
    qtbot.addWidget(bars)
    assert bars.accessibleName() == f"Sections: Door: {percent:.0f} {band}"


@pytest.mark.parametrize(
    ("rung", "ink"),
    [(Rung.UPPER, "accent"), (Rung.BETWEEN, "warning"), (Rung.LOWEST, "danger"), (None, "accent")],
)
def test_the_bar_of_a_row_has_the_colour_of_its_band(
    qtbot: QtBot, rung: Rung | None, ink: str
) -> None:
    bar = LocationTable(Words("en")).rows.look.bar(50, rung, 1.0).toImage()
    assert bar.pixelColor(10, 2) == colour(getattr(current().tokens, ink))


def test_typing_searches_without_marks_and_escape_shows_all(
    qtbot: QtBot, open_window: OpenWindow, stores: Path
) -> None:
    window = open_window(stores)
    screen = shown(qtbot, window)
    QTest.keyClicks(screen.table, "d")
    assert window.focusWidget() is screen.search
    QTest.keyClicks(screen.search, "ong khoi")
    settled(qtbot, window)
    assert codes(screen) == ["SG-02", "SG-2"]
    assert screen.filters.said.text() == "2 of 7, by code"
    QTest.keyClick(screen.search, Key.Key_Escape)
    settled(qtbot, window)
    assert len(codes(screen)) == 7
    screen.search.setText("zzz")
    settled(qtbot, window)
    assert screen.nothing.isVisible()
    screen.clear.click()
    settled(qtbot, window)
    assert (len(codes(screen)), screen.search.text()) == (7, "")


def test_a_region_and_a_heading_narrow_and_order_the_list(
    qtbot: QtBot, open_window: OpenWindow, stores: Path
) -> None:
    window = open_window(stores)
    screen = shown(qtbot, window)
    south = next(n for n in screen.around.regions if n.name == "Miền Nam")  # type: ignore[union-attr]
    screen.regions.show_around(screen.around, Node())  # type: ignore[arg-type]
    for index in screen.regions._indexes():
        if index.data() == "Miền Nam":
            screen.regions.tree.setCurrentIndex(index)
    settled(qtbot, window)
    assert screen.view.region == south.id
    assert codes(screen) == ["SG-02", "SG-10", "SG-2"]
    screen.table.heads.sectionClicked.emit(2)
    settled(qtbot, window)
    assert screen.view.order is LocationOrder.NAME
    assert codes(screen) == ["SG-02", "SG-2", "SG-10"]
    screen.table.heads.sectionClicked.emit(2)
    settled(qtbot, window)
    assert codes(screen) == ["SG-10", "SG-2", "SG-02"]


def test_pages_are_read_as_one_scrolls(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(workspace: Workspace) -> None:
        for number in range(60):
            workspace.places.add_location(1, f"X-{number:03}", "Quán")

    change(furnished, add)
    monkeypatch.setattr("auditor.ui.commands.locations.PAGE", 25)
    window = open_window(furnished)
    screen = shown(qtbot, window)
    assert len(codes(screen)) == 25
    assert screen.foot.range.text().endswith("of 63")
    for _ in range(4):
        screen.table.scrollToBottom()
        settled(qtbot, window)
    assert len(codes(screen)) == len(set(codes(screen))) == 63
    assert screen.foot.range.text().endswith("63 of 63")


def test_a_filter_is_a_chip_and_a_view_is_a_tab(
    qtbot: QtBot, open_window: OpenWindow, stores: Path
) -> None:
    window = open_window(stores)
    screen = shown(qtbot, window)
    screen.filters.add.click()
    settled(qtbot, window)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    tags = next(action.menu() for action in menu.actions() if action.text() == "Tag")
    assert isinstance(tags, QMenu)
    tags.actions()[0].trigger()
    menu.close()
    settled(qtbot, window)
    assert codes(screen) == ["HN-01", "SG-2"]
    screen.views._save_as()
    naming = dialog(NameDialog)
    QTest.keyClicks(naming.field.edit, "Fresh")
    qtbot.mouseClick(naming.yes, LEFT)
    settled(qtbot, window)
    assert screen.tabs.tabText(screen.tabs.currentIndex()) == "Fresh"
    assert screen.views.current is not None
    screen.tabs.setCurrentIndex(0)
    settled(qtbot, window)
    assert len(codes(screen)) == 7
    screen.tabs.setCurrentIndex(2)
    settled(qtbot, window)
    assert codes(screen) == ["HN-01", "SG-2"]
    screen.views._begin_with()
    settled(qtbot, window)
    screen = shown(qtbot, window)
    assert codes(screen) == ["HN-01", "SG-2"], "the screen begins with it"
    find(window, "Without the filter Tag: mới", Role.Button).click()
    settled(qtbot, window)
    assert len(codes(screen)) == 7
    screen.tabs.setCurrentIndex(2)
    settled(qtbot, window)
    screen.views._remove()
    settled(qtbot, window)
    assert screen.tabs.count() == 2
    toast(window).button.click()
    settled(qtbot, window)
    assert screen.tabs.count() == 3


def test_columns_are_chosen_and_kept(qtbot: QtBot, open_window: OpenWindow, stores: Path) -> None:
    window = open_window(stores)
    screen = shown(qtbot, window)
    action = next(a for a in screen.views.columns_menu().actions() if a.text() == "Address")
    action.trigger()
    settled(qtbot, window)
    window.go(VISITS)
    screen = shown(qtbot, window)
    assert screen.table.locations.columns == tuple(
        each for each in Column if each in (*USUAL, Column.ADDRESS)
    )
    assert "3 Đồng Khởi" in screen.table.locations.texts[1]


def test_what_a_view_holds_is_read_with_care() -> None:
    view = View(text="a", brands=(1, 2), tags=("x",), score_below=70.0, order=LocationOrder.SCORE)
    assert View.of(view.body()) == view
    assert View().body() == {}
    assert View.of({"text": 5, "brands": ["x"], "order": "??", "never": 1, "new": 1}) == View()


# one location


def test_one_is_added_and_what_is_wrong_stands_beside_its_field(
    qtbot: QtBot, open_window: OpenWindow, stores: Path
) -> None:
    window = open_window(stores)
    screen = shown(qtbot, window)
    qtbot.mouseClick(screen.add, LEFT)
    adding = dialog(LocationDialog)
    qtbot.mouseClick(adding.save, LEFT)
    assert adding.code.error == adding.name.error == "Type it: it may not be empty."
    adding.code.edit.setText("sg-10")
    adding.name.edit.setText("Hàm Nghi")
    adding.tags.edit.setText("x" * 41)
    assert adding.tags.error == "A tag has at most 40 characters."
    adding.tags.edit.setText("mới; góc phố")
    assert (adding.code.error, adding.tags.error) == ("", "")
    qtbot.mouseClick(adding.save, LEFT)
    settled(qtbot, window)
    assert adding.code.error.startswith("A location of code sg-10 is here already")
    adding.code.edit.setText("SG-11")
    adding.region.edit.setText("Miền Nam / TP.HCM / Quận 1")
    qtbot.mouseClick(adding.save, LEFT)
    settled(qtbot, window)
    assert toast(window).label.text() == "Hàm Nghi is added."
    assert on_disk(stores)["SG-11"] == ("Miền Nam / TP.HCM / Quận 1", True)
    assert "SG-11" in codes(screen)
    press(qtbot, window, "Ctrl+Z")
    settled(qtbot, window)
    assert "SG-11" not in on_disk(stores)
    press(qtbot, window, "Ctrl+Shift+Z")
    settled(qtbot, window)
    assert "SG-11" in codes(screen)


def test_one_is_edited_with_f2_and_archived_from_its_menu(
    qtbot: QtBot, open_window: OpenWindow, stores: Path
) -> None:
    window = open_window(stores)
    screen = shown(qtbot, window)
    choose(screen, "HN-01")
    settled(qtbot, window)
    QTest.keyClick(screen.table, Key.Key_F2)
    editing = dialog(LocationDialog)
    assert (editing.name.text(), editing.tags.text()) == ("Kim Mã", "mới")
    editing.name.edit.setText("Kim Mã 2")
    QTest.keyClick(editing, Key.Key_Return)
    settled(qtbot, window)
    assert screen.table.locations.rows[0].place.name == "Kim Mã 2"
    assert screen.detail.shown is not None
    assert screen.detail.shown.listed.place.name == "Kim Mã 2"
    next(a for a in screen.detail.menu().actions() if a.text() == "Archive").trigger()
    settled(qtbot, window)
    assert on_disk(stores)["HN-01"][1] is False
    assert "HN-01" not in codes(screen)
    screen.show_view(View(archived=True))
    settled(qtbot, window)
    assert codes(screen) == ["HN-01"]
    find(window, "Bring back", Role.Button, QWidget)
    screen.detail.back.click()
    settled(qtbot, window)
    assert on_disk(stores)["HN-01"][1] is True


def test_a_new_visit_begins_at_the_chosen_place(
    qtbot: QtBot, open_window: OpenWindow, stores: Path
) -> None:
    window = open_window(stores)
    screen = shown(qtbot, window)
    choose(screen, "SG-10")
    settled(qtbot, window)
    screen.detail.visit.click()
    settle(qtbot, window)
    assert isinstance(QApplication.activeModalWidget(), StartVisitDialog)


def test_duplicates_are_found_and_merged_and_come_apart_again(
    qtbot: QtBot, open_window: OpenWindow, stores: Path
) -> None:
    window = open_window(stores)
    screen = shown(qtbot, window)
    screen.doing.find_duplicates()
    settled(qtbot, window)
    found = dialog(DuplicatesDialog)
    qtbot.waitUntil(lambda: found.area.verticalScrollBar().maximum() == 0)  # all is seen
    find(found, "Merge Đồng Khởi", Role.Button).click()
    settled(qtbot, window)
    merging = dialog(MergeDialog)
    ids = {row.place.code: row.place.id for row in screen.table.locations.rows}
    assert set(merging._places) == {ids["SG-02"], ids["SG-2"]}
    merging.search.edit.setText("lê lợi")
    settled(qtbot, window)
    find(merging, "SV-002", Role.Button).click()
    settled(qtbot, window)
    assert merging._group.checkedId() == ids["SG-02"], "the choice stays"
    assert "planned visits 1" in merging.told.text()
    qtbot.mouseClick(merging.merge, LEFT)
    settled(qtbot, window)
    assert codes(screen) == ["HN-01", "SG-02", "SG-10", "SV-001", "SV-003"]
    assert screen.detail.shown is not None
    assert screen.detail.shown.planned == 1
    toast(window).button.click()
    settled(qtbot, window)
    assert len(codes(screen)) == 7


# many


def test_what_is_ticked_is_moved_tagged_and_archived_together(
    qtbot: QtBot, open_window: OpenWindow, stores: Path
) -> None:
    window = open_window(stores)
    screen = shown(qtbot, window)
    choose(screen, "SG-02")
    QTest.keyClick(screen.table, Key.Key_Space)
    choose(screen, "SG-10")
    QTest.keyClick(screen.table, Key.Key_Space)
    assert screen.foot.range.text() == "2 ticked"
    qtbot.mouseClick(screen.foot.move_, LEFT)
    moving = dialog(MoveDialog)
    QTest.keyClicks(moving.region.edit, "Mien Tay / Can Tho")
    qtbot.mouseClick(moving.move_, LEFT)
    settled(qtbot, window)
    assert [on_disk(stores)[code][0] for code in ("SG-02", "SG-10")] == ["Mien Tay / Can Tho"] * 2
    assert not screen.table.locations.ticked
    toast(window).button.click()
    settled(qtbot, window)
    assert on_disk(stores)["SG-10"][0] == "Miền Nam / TP.HCM"
    screen.table.heads.sectionClicked.emit(0)
    settled(qtbot, window)
    assert screen.foot.range.text() == "7 ticked"
    qtbot.mouseClick(screen.foot.archive, LEFT)
    settled(qtbot, window)
    assert toast(window).label.text() == (
        "7 locations are archived. 1 visit that is not begun is still planned there: cancel it in "
        "its wave."
    )
    assert not any(active for _, active in on_disk(stores).values())
    press(qtbot, window, "Ctrl+Z")
    settled(qtbot, window)
    assert len(codes(screen)) == 7


# regions


def test_regions_are_added_moved_and_removed(
    qtbot: QtBot, open_window: OpenWindow, stores: Path
) -> None:
    window = open_window(stores)
    screen = shown(qtbot, window)
    pane = screen.regions

    def node(name: str) -> Node:
        index = next(i for i in pane._indexes() if i.data() == name)
        pane.tree.setCurrentIndex(index)
        return pane.current

    south = node("Miền Nam")
    settled(qtbot, window)
    arrow = pane.tree.visualRect(pane.tree.currentIndex()).topLeft() + QPoint(28, 12)
    opened = pane.tree.isExpanded(pane.tree.currentIndex())
    qtbot.mouseClick(pane.tree.viewport(), LEFT, pos=arrow)
    assert pane.tree.isExpanded(pane.tree.currentIndex()) is not opened
    assert pane.current == south
    qtbot.mouseClick(pane.add, LEFT)
    adding = dialog(AddRegionDialog)
    QTest.keyClicks(adding.name.edit, "Can Tho")
    qtbot.mouseClick(adding.add, LEFT)
    settled(qtbot, window)
    assert node("Can Tho").known.path == "Miền Nam / Can Tho"  # type: ignore[union-attr]
    moved, onto = node("TP.HCM"), node("Miền Bắc")
    pane.tree.drop(moved, onto)
    settled(qtbot, window)
    assert on_disk(stores)["SG-10"][0] == "Miền Bắc / TP.HCM"
    pane.tree.drop(onto, moved)
    settled(qtbot, window)
    assert window.error.isVisible(), "a region cannot lie below itself"
    node("TP.HCM")
    QTest.keyClick(pane.tree, Key.Key_Delete)
    qtbot.mouseClick(dialog(ConfirmDialog).yes, LEFT)
    settled(qtbot, window)
    assert on_disk(stores)["SG-10"][0] == "Miền Bắc"
    for _ in range(2):
        press(qtbot, window, "Ctrl+Z")
        settled(qtbot, window)
    assert on_disk(stores)["SG-10"][0] == "Miền Nam / TP.HCM"


# room and looks


def test_in_a_narrow_window_the_detail_folds_over_the_table(
    qtbot: QtBot, open_window: OpenWindow, stores: Path
) -> None:
    window = open_window(stores)
    window.resize(1024, 600)
    screen = shown(qtbot, window)
    assert (window.width(), window.height()) == (1024, 600)
    assert not screen.detail.isVisible()
    wide = screen.table.width()
    screen.table.setFocus()
    QTest.keyClick(screen.table, Key.Key_Return)
    settled(qtbot, window)
    assert screen.detail.isVisible()
    assert screen.table.width() == wide
    QTest.keyClick(screen.table, Key.Key_Escape)
    assert not screen.detail.isVisible()


@pytest.mark.parametrize("touch", [False, True])
def test_large_letters_and_vietnamese_fit(
    qtbot: QtBot, open_window: OpenWindow, stores: Path, touch: bool
) -> None:
    window = open_window(stores, language="vi", text_size=150, touch=touch)
    window.resize(1024, 600)
    screen = shown(qtbot, window)
    assert (window.width(), window.height()) == (1024, 600)
    assert screen.table.height() > 150
    assert find_all(window, "Thêm địa điểm", Role.Button)
    screen.doing.merge([row.place.id for row in screen.table.locations.rows[:2]])
    settled(qtbot, window)
    merging = dialog(MergeDialog)
    qtbot.waitUntil(lambda: merging._area.verticalScrollBar().maximum() == 0)  # both are seen
    merging.reject()
    window.resize(1366, 768)
    settled(qtbot, window)
    assert not screen.table.rows.barred
    assert screen.table.horizontalScrollBar().maximum() == 0, "no column is out of sight"


def test_the_place_is_kept_when_the_language_changes(
    qtbot: QtBot, open_window: OpenWindow, stores: Path
) -> None:
    window = open_window(stores)
    screen = shown(qtbot, window)
    screen.search.setText("moi")
    settled(qtbot, window)
    window.context.change_settings(language="vi")
    settled(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, LocationsScreen)
    settled(qtbot, window)
    assert (screen.search.text(), codes(screen)) == ("moi", ["HN-01", "SG-2"])


def test_after_a_change_far_down_one_stays_there(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(workspace: Workspace) -> None:
        for number in range(60):
            workspace.places.add_location(1, f"X-{number:03}", "Quán")

    change(furnished, add)
    monkeypatch.setattr("auditor.ui.commands.locations.PAGE", 20)
    window = open_window(furnished)
    screen = shown(qtbot, window)
    for _ in range(4):
        screen.table.scrollToBottom()
        settled(qtbot, window)
    choose(screen, "X-055")
    settled(qtbot, window)
    at = screen.table.verticalScrollBar().value()
    screen.doing.archive_chosen()
    settled(qtbot, window)
    assert len(codes(screen)) == 62
    assert abs(screen.table.verticalScrollBar().value() - at) < 100
    QTest.keySequence(screen.table, "Ctrl+A")
    settled(qtbot, window)
    assert screen.foot.range.text() == "62 ticked"


def test_shift_ticks_all_up_to_a_row(qtbot: QtBot, open_window: OpenWindow, stores: Path) -> None:
    window = open_window(stores)
    screen = shown(qtbot, window)
    screen.table.choose(1)
    QTest.keyClick(screen.table, Key.Key_Space)
    screen.table.choose(4)
    QTest.keyClick(screen.table, Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert screen.foot.range.text() == "4 ticked"
    qtbot.mouseClick(screen.foot.untick, LEFT)
    assert screen.foot.range.text() == "1–7 of 7"
