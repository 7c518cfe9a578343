"""Evaluators, and the visits of a wave, brought in through the window as locations are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from auditor.domain.assignments import AssignmentFilter, AssignmentRecord
from auditor.domain.evaluators import EvaluatorFilter, EvaluatorRecord
from auditor.services.sheets.reading import read
from auditor.services.workspace import Workspace
from auditor.store.queries import evaluators as evaluator_queries
from auditor.store.queries import planning as planning_queries
from auditor.ui.commands import evaluators
from auditor.ui.evaluators.screen import EvaluatorsScreen
from auditor.ui.importing.rows import Does, Line
from auditor.ui.importing.screen import ImportScreen
from auditor.ui.planning.screen import PlanningScreen
from auditor.ui.route import Route
from auditor.ui.window import MainWindow

from .conftest import OpenWindow, settle
from .office import EVALUATORS, furnish, on_disk
from .telling import told

PEOPLE = (
    "Mã;Tên;Khu vực;SĐT;Email\nEV-01;Người mới;Nam / Quận 1;903123456;a@b.vn\n"
    "EV-90;Chín Mươi;;;\nEV-91;Chín Mốt;Sao Hỏa;;\n;Không mã;;;\n"
)


@pytest.fixture
def office(folder: Path) -> Path:
    return furnish(folder, planned=True)


def people(folder: Path) -> list[EvaluatorRecord]:
    def look(workspace: Workspace) -> list[EvaluatorRecord]:
        wanted = EvaluatorFilter(active=None)
        return workspace.read(evaluator_queries.evaluator_page, wanted, limit=None)

    return on_disk(folder, look)


def visits(folder: Path) -> list[AssignmentRecord]:
    def look(workspace: Workspace) -> list[AssignmentRecord]:
        wanted = AssignmentFilter(wave=1)
        return workspace.read(planning_queries.assignment_page, wanted, limit=None)

    return on_disk(folder, look)


def importing(qtbot: QtBot, window: MainWindow, route: Route, path: Path) -> ImportScreen:
    window.go(route, str(path))
    return settled(qtbot, window)


def settled(qtbot: QtBot, window: MainWindow) -> ImportScreen:
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, ImportScreen)
    if screen._planning.isActive():
        screen._planning.stop()
        screen._ask_plan()
        settle(qtbot, window)
    return screen


def lines(screen: ImportScreen) -> list[Line]:
    return screen.rows.model.lines


def hold(screen: ImportScreen, *fields: str) -> None:
    for select, field in zip(screen.columns.selects, fields, strict=False):
        select.setCurrentIndex(select.findData(field))
        select.activated.emit(select.currentIndex())


def test_evaluators_are_looked_at_then_imported(
    qtbot: QtBot, open_window: OpenWindow, office: Path, tmp_path: Path
) -> None:
    file = tmp_path / "người.csv"
    file.write_bytes("\ufeff".encode("utf-16-le") + PEOPLE.replace(";", "\t").encode("utf-16-le"))
    window = open_window(office)
    window.go(Route("evaluators"))
    settle(qtbot, window)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)  # fmt: skip
    assert isinstance(window.screen_, EvaluatorsScreen)
    window.screen_.dropEvent(drop)
    screen = settled(qtbot, window)
    source = screen.source
    assert (source.encoding.currentData(), source.separator.currentData()) == ("utf-16-le", "\t")
    assert [line.does for line in lines(screen)] == [
        Does.CHANGES, Does.ADDS, Does.REFUSED, Does.REFUSED,
    ]  # fmt: skip
    assert lines(screen)[0].spoken() == (
        "Name: Người 1 » Người mới; Contacts: nothing » 0903123456, a@b.vn; "
        "Home region: nothing » Nam / Quận 1"
    )
    assert "C4: " in lines(screen)[2].spoken()
    assert "Sao Hỏa" in lines(screen)[2].spoken()
    assert not screen.go.isEnabled(), "all rows or none, unless they are left out on purpose"
    screen.rows.skip.click()
    screen.go.click()
    settle(qtbot, window)
    assert isinstance(window.screen_, EvaluatorsScreen)
    assert told(window) == "người.csv: 1 new, 1 changed. 2 rows are left out."
    assert {each.code: each.name for each in people(office)} == {
        "EV-01": "Người mới", "EV-02": "Người 2", "EV-03": "Người 3", "EV-04": "Người 4",
        "EV-90": "Chín Mươi",
    }  # fmt: skip
    window.screen_.undo.undo()
    settle(qtbot, window)
    assert [each.name for each in people(office)] == [f"Người {n}" for n in range(1, 5)]


def test_a_column_and_the_heading_row_are_told(
    qtbot: QtBot, open_window: OpenWindow, office: Path, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Alpha,Beta\nEV-50,Năm Mươi\n", encoding="utf-8")
    window = open_window(office)
    screen = importing(qtbot, window, Route("import_evaluators"), file)
    assert "codes" in screen.refused.label.text()
    assert not screen.go.isEnabled()
    hold(screen, "code", "name")
    settled(qtbot, window)
    assert screen.go.isEnabled()
    assert [(line.code, line.name) for line in lines(screen)] == [("EV-50", "Năm Mươi")]
    none = screen.source.heading_row.findData(0)
    screen.source.heading_row.setCurrentIndex(none)
    settled(qtbot, window)
    hold(screen, "code", "name")
    settled(qtbot, window)
    assert [line.row for line in lines(screen)] == [1, 2]


def test_an_empty_cell_clears_when_it_is_asked_for(
    qtbot: QtBot, open_window: OpenWindow, office: Path, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Mã,Tên,Ngôn ngữ\nEV-01,Người 1,\n", encoding="utf-8")
    window = open_window(office)
    screen = importing(qtbot, window, Route("import_evaluators"), file)
    assert [line.does for line in lines(screen)] == [Does.SAME]
    screen.subject._clear.click()  # type: ignore[attr-defined]
    settled(qtbot, window)
    assert [line.spoken() for line in lines(screen)] == ["Languages: vi » nothing"]


def test_what_is_exported_comes_in_again_just_so(
    qtbot: QtBot, open_window: OpenWindow, office: Path, tmp_path: Path
) -> None:
    window = open_window(office)
    file = tmp_path / "out.xlsx"
    evaluators.export(
        window.context, file, EvaluatorFilter(), "vi", print, window.context.report_error
    )
    settle(qtbot, window)
    screen = importing(qtbot, window, Route("import_evaluators"), file)
    assert [line.does for line in lines(screen)] == [Does.SAME] * EVALUATORS
    assert not screen.go.isEnabled()


def test_visits_are_planned_given_and_moved(
    qtbot: QtBot, open_window: OpenWindow, office: Path, tmp_path: Path
) -> None:
    before = visits(office)
    mine, other = before[0], before[1]
    file = tmp_path / "kế hoạch.csv"
    file.write_bytes(
        (
            "Lịch ghé thăm;;\nLượt;Mã CH;Đánh giá viên\n"
            f"{mine.number};{mine.location_code};{other.evaluator}\n"
            f"{other.number};{other.location_code};\n;S-99;EV-01\n"
        ).encode("utf-8-sig")
    )
    window = open_window(office)
    window.go(Route("wave", 1))
    settle(qtbot, window)
    assert isinstance(window.screen_, PlanningScreen)
    window.screen_.import_visits()
    screen = settled(qtbot, window)
    assert screen.header.title.text().startswith("Import visits of ")
    screen.read(file)
    settled(qtbot, window)
    screen.subject._anyway.setChecked(True)  # type: ignore[attr-defined]
    settled(qtbot, window)
    assert screen.source.heading_row.currentData() == 2
    assert [line.does for line in lines(screen)] == [Does.CHANGES, Does.SAME, Does.REFUSED]
    assert lines(screen)[0].code == f"{mine.number} · {mine.location_code}"
    assert lines(screen)[0].spoken() == f"Evaluator: {mine.evaluator} » {other.evaluator}"
    screen.rows.skip.click()
    screen.go.click()
    settle(qtbot, window)
    assert isinstance(window.screen_, PlanningScreen)
    after = {each.number: each.evaluator for each in visits(office)}
    assert after[mine.number] == other.evaluator
    assert after[other.number] == other.evaluator, "an empty cell leaves what is there"
    window.screen_.undo.undo()
    settle(qtbot, window)
    assert visits(office) == before


def test_an_empty_list_of_visits_is_filled_in(
    qtbot: QtBot, open_window: OpenWindow, office: Path, tmp_path: Path
) -> None:
    window = open_window(office, language="vi")
    window.go(Route("import_visits", 1))
    screen = settled(qtbot, window)
    screen.write_template(str(tmp_path / "trống.xlsx"))
    settle(qtbot, window)
    (heads,) = read(tmp_path / "trống.xlsx").rows
    assert heads.cells[:3] == ("Mã địa điểm", "Địa điểm", "Đánh giá viên")
