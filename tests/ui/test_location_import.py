"""A list of locations brought in through the window, and the clients it belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook as ExcelFile

from auditor.services.importing.fields import Field
from auditor.services.sheets.reading import read
from auditor.services.sheets.writing import Table, write
from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries
from auditor.ui.importing.rows import Does, Line
from auditor.ui.importing.screen import ImportScreen
from auditor.ui.locations.clients import BrandDialog, ClientDialog, ClientsScreen
from auditor.ui.locations.screen import LocationsScreen
from auditor.ui.locations.view import View
from auditor.ui.window import LOCATIONS, MainWindow, Route

from .conftest import CHECKLIST, OpenWindow, find, settle
from .telling import toast, told

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton
HEADINGS = ("Mã CH", "Tên cửa hàng", "Địa chỉ", "Miền", "Tỉnh", "SĐT")


@pytest.fixture
def office(folder: Path) -> Path:
    """A checklist, and nobody to visit yet."""
    workspace = Workspace.open(folder)
    workspace.checklists.add(CHECKLIST.encode(), "corner-shop.yaml")
    workspace.close()
    return folder


@pytest.fixture
def branded(office: Path) -> Path:
    workspace = Workspace.open(office)
    client = workspace.places.add_client("Sen")
    workspace.places.add_brand(client.id, "Sen Việt")
    workspace.close()
    return office


def listed(path: Path, *rows: tuple[str, ...]) -> Path:
    return write(path, Table("Cửa hàng", HEADINGS, rows))


def importing(qtbot: QtBot, window: MainWindow, path: Path) -> ImportScreen:
    window.import_locations(str(path))
    return settled(qtbot, window)


def settled(qtbot: QtBot, window: MainWindow) -> ImportScreen:
    screen = window.screen_
    settle(qtbot, window)
    if isinstance(screen, ImportScreen) and screen._planning.isActive():
        screen._planning.stop()
        screen._ask_plan()
        settle(qtbot, window)
    assert isinstance(screen, ImportScreen)
    return screen


def lines(screen: ImportScreen) -> list[Line]:
    return screen.rows.model.lines


def on_disk(folder: Path) -> dict[str, str]:
    reader = Workspace.open(folder, write=False)
    found = reader.read(visit_queries.locations)
    reader.close()
    return {each.code: each.name for each in found}


def test_from_nothing_to_a_list_with_a_mistake_corrected(
    qtbot: QtBot, open_window: OpenWindow, office: Path, tmp_path: Path
) -> None:
    window = open_window(office)
    window.go(LOCATIONS)
    settle(qtbot, window)
    find(window, "Clients and brands", Role.Button).click()
    settle(qtbot, window)
    assert isinstance(window.screen_, ClientsScreen)
    find(window, "Add a client", Role.Button).click()
    adding = QApplication.activeModalWidget()
    assert isinstance(adding, ClientDialog)
    QTest.keyClicks(adding.name.edit, "Sen")
    qtbot.mouseClick(adding.save, LEFT)
    settle(qtbot, window)
    find(window, "Add a brand to Sen", Role.Button).click()
    branding = QApplication.activeModalWidget()
    assert isinstance(branding, BrandDialog)
    qtbot.mouseClick(branding.save, LEFT)
    settle(qtbot, window)
    window.go(LOCATIONS)
    settle(qtbot, window)
    find(window, "Import a list…", Role.Button).click()
    settle(qtbot, window)
    path = listed(
        tmp_path / "list.xlsx",
        ("SV-1", "Nguyễn Huệ", "1 Nguyễn Huệ", "Nam", "TP.HCM", "0903"),
        ("SV-2", "", "2 Lê Lợi", "Nam", "TP.HCM", ""),
    )
    screen = window.screen_
    assert isinstance(screen, ImportScreen)
    screen.read(path)
    settled(qtbot, window)
    assert [line.does for line in lines(screen)] == [Does.ADDS, Does.REFUSED]
    assert lines(screen)[1].what[0][2].startswith("B3: The name is empty.")
    assert not screen.go.isEnabled(), "all or none"
    listed(path, ("SV-1", "Nguyễn Huệ", "1 Nguyễn Huệ", "Nam", "TP.HCM", "0903"),
           ("SV-2", "Lê Lợi", "2 Lê Lợi", "Nam", "TP.HCM", ""))  # fmt: skip
    screen._read_again()
    settled(qtbot, window)
    assert screen.go.caption == "Import 2 rows"
    assert on_disk(office) == {}
    qtbot.mouseClick(screen.go, LEFT)
    settle(qtbot, window)
    assert isinstance(window.screen_, LocationsScreen)
    assert on_disk(office) == {"SV-1": "Nguyễn Huệ", "SV-2": "Lê Lợi"}
    said = toast(window)
    assert said.label.text() == "list.xlsx: 2 new, 0 changed."
    said.button.click()
    settle(qtbot, window)
    assert on_disk(office) == {}
    window.screen_.undo.redo()
    settle(qtbot, window)
    assert len(on_disk(office)) == 2


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_line_is_cut_before_a_file_is_chosen(
    qtbot: QtBot, open_window: OpenWindow, branded: Path, language: str
) -> None:
    window = open_window(branded, language=language)
    window.resize(1024, 600)
    window.go(Route("import"))
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, ImportScreen)
    labels = [label for label in screen.drop.findChildren(QLabel) if label.isVisible()]
    wrapped = [label for label in labels if label.wordWrap()]
    assert wrapped
    for label in wrapped:
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_a_second_list_changes_what_differs_and_tells_from_what_to_what(
    qtbot: QtBot, open_window: OpenWindow, branded: Path, tmp_path: Path
) -> None:
    workspace = Workspace.open(branded)
    for code, name in (("A", "Một"), ("B", "Hai")):
        workspace.places.add_location(1, code, name, "", "Nam")
    workspace.close()
    path = tmp_path / "list.csv"
    text = "Mã;Tên;Khu vực;Lạ\nA;Một;Nam;x\nB;Hai mới;Bắc;y\nC;Ba;;z\n;Bốn;;\n"
    path.write_bytes(text.encode())
    window = open_window(branded)
    screen = importing(qtbot, window, path)
    assert {line.code: line.does for line in lines(screen)} == {
        "A": Does.SAME, "B": Does.CHANGES, "C": Does.ADDS, "": Does.REFUSED,
    }  # fmt: skip
    (changed,) = [line for line in lines(screen) if line.does is Does.CHANGES]
    assert changed.spoken() == "Name: Hai » Hai mới; Region: Nam » Bắc"
    assert "Bắc" in screen.rows.regions.label.text()
    qtbot.mouseClick(screen.rows.filter.segments[Does.REFUSED], LEFT)
    assert [line.row for line in lines(screen)] == [5]
    screen.rows.skip.click()
    assert screen.go.isEnabled()
    screen.go.click()
    settle(qtbot, window)
    assert on_disk(branded) == {"A": "Một", "B": "Hai mới", "C": "Ba"}


def test_columns_are_told_by_hand_where_the_guess_is_wrong(
    qtbot: QtBot, open_window: OpenWindow, branded: Path, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("x,y\nS1,Một\nS2,Hai\n", encoding="utf-8")
    window = open_window(branded)
    screen = importing(qtbot, window, path)
    assert screen.refused.isVisible()
    assert "which column holds the code" in screen.refused.label.text()
    assert screen.columns.selects[0].accessibleName() == "What column A holds"
    for select, field in zip(screen.columns.selects, (Field.CODE, Field.NAME), strict=True):
        select.setCurrentIndex(select.findData(field.value))
        select.activated.emit(select.currentIndex())
    settled(qtbot, window)
    assert not screen.refused.isVisible()
    assert screen.go.caption == "Import 2 rows"
    none = screen.source.heading_row.findData(0)
    screen.source.heading_row.setCurrentIndex(none)
    settled(qtbot, window)
    assert screen.mapping is not None
    assert screen.mapping.heading == 0


def test_letters_and_separators_are_shown_and_changed(
    qtbot: QtBot, open_window: OpenWindow, branded: Path, tmp_path: Path
) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("Mã;Tên\nS1;Café Ünter\n".encode())
    window = open_window(branded)
    screen = importing(qtbot, window, path)
    source = screen.source
    assert (source.encoding.currentData(), source.separator.currentData()) == ("utf-8", ";")
    source.separator.setCurrentIndex(source.separator.findData(","))
    settled(qtbot, window)
    assert screen.book is not None
    assert screen.book.columns == 1
    source.separator.setCurrentIndex(source.separator.findData(";"))
    settled(qtbot, window)
    source.encoding.setCurrentIndex(source.encoding.findData("utf-16-le"))
    settled(qtbot, window)
    assert screen.refused.isVisible(), "not of that encoding"


def test_an_empty_sheet_and_a_damaged_file_get_a_sentence(
    qtbot: QtBot, open_window: OpenWindow, branded: Path, tmp_path: Path
) -> None:
    path = tmp_path / "empty.xlsx"
    with ExcelFile(path) as book:
        book.add_worksheet("Trống")
    window = open_window(branded)
    screen = importing(qtbot, window, path)
    assert "Trống" in screen.refused.label.text()
    assert not screen.go.isEnabled()
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7\n")
    screen.read(tmp_path / "x.pdf")
    settled(qtbot, window)
    assert "a PDF" in screen.refused.label.text()


def test_a_file_is_dropped_on_the_list(
    qtbot: QtBot, open_window: OpenWindow, branded: Path, tmp_path: Path
) -> None:
    path = listed(tmp_path / "list.xlsx", ("S1", "Một", "", "", "", ""))
    window = open_window(branded)
    window.go(LOCATIONS)
    settle(qtbot, window)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, LEFT, none)
    assert window.screen_ is not None
    window.screen_.dropEvent(drop)
    screen = settled(qtbot, window)
    assert [line.code for line in lines(screen)] == ["S1"]


def test_what_is_exported_comes_back_and_changes_nothing(
    qtbot: QtBot, open_window: OpenWindow, branded: Path, tmp_path: Path
) -> None:
    workspace = Workspace.open(branded)
    for code, region in (("A", "Nam / TP.HCM"), ("B", "Bắc")):
        workspace.places.add_location(1, code, "Quán", "1 Phố", region)
    workspace.close()
    window = open_window(branded)
    window.go(LOCATIONS)
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, LocationsScreen)
    screen.saving._view = View(region=next(n.id for n in screen.around.regions if n.name == "Bắc"))  # type: ignore[union-attr]
    screen.saving.write(str(tmp_path / "out.xlsx"))
    screen.saving.write_template(str(tmp_path / "empty.csv"))
    settle(qtbot, window)
    assert [row.cells[0] for row in read(tmp_path / "out.xlsx").rows] == ["Code", "B"]
    assert len(read(tmp_path / "empty.csv").rows) == 1
    found = importing(qtbot, window, tmp_path / "out.xlsx")
    assert [line.does for line in lines(found)] == [Does.SAME]
    found = importing(qtbot, window, tmp_path / "empty.csv")
    assert "no row below the headings" in found.said.text()


def test_a_client_and_a_brand_are_renamed_and_back(
    qtbot: QtBot, open_window: OpenWindow, branded: Path
) -> None:
    window = open_window(branded)
    window.go(Route("clients"))
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, ClientsScreen)
    find(window, "Edit Sen", Role.Button).click()
    client = QApplication.activeModalWidget()
    assert isinstance(client, ClientDialog)
    client.name.edit.setText("Sen Hồng")
    client.save.click()
    settle(qtbot, window)
    find(window, "Rename Sen Việt", Role.Button).click()
    brand = QApplication.activeModalWidget()
    assert isinstance(brand, BrandDialog)
    brand.name.edit.setText("Sen Trắng")
    brand.save.click()
    settle(qtbot, window)

    def called() -> list[str]:
        return [name for each in screen.clients for name in (each.name, each.brands[0].name)]

    assert called() == ["Sen Hồng", "Sen Trắng"]
    assert told(window) == "Sen Trắng is changed."
    for back in (["Sen Hồng", "Sen Việt"], ["Sen", "Sen Việt"]):
        find(window, "Undo", Role.Button).click()
        settle(qtbot, window)
        assert called() == back


def test_clients_are_archived_and_lead_to_their_branding(
    qtbot: QtBot, open_window: OpenWindow, branded: Path
) -> None:
    window = open_window(branded)
    window.go(Route("clients"))
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, ClientsScreen)
    find(window, "Archive: Sen Việt", Role.Button).click()
    settle(qtbot, window)
    assert [b.active for client in screen.clients for b in client.brands] == [False]
    screen.undo.undo()
    settle(qtbot, window)
    assert [b.active for client in screen.clients for b in client.brands] == [True]
    find(window, "Branding of Sen", Role.Button).click()
    settle(qtbot, window)
    assert window.route == Route("branding", 1)
    window.go(Route("clients"))
    settle(qtbot, window)
