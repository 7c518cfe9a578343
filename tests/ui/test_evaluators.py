"""Evaluators in the window: added, changed, graded, archived, brought in from a table."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor.domain.evaluators import EvaluatorFilter, EvaluatorRecord
from auditor.services.workspace import Workspace
from auditor.store.queries import evaluators as evaluator_queries
from auditor.ui.evaluators.form import EvaluatorForm, GradeDialog
from auditor.ui.evaluators.screen import EvaluatorsScreen
from auditor.ui.home.list import VisitList
from auditor.ui.home.screen import HomeScreen
from auditor.ui.kit.chip import Chip
from auditor.ui.route import Route
from auditor.ui.window import MainWindow

from .conftest import OpenWindow, settle
from .office import EVALUATORS, change, dialog, furnish, on_disk, today
from .telling import told


@pytest.fixture
def office(folder: Path) -> Path:
    return furnish(folder, planned=True)


def people(folder: Path) -> list[EvaluatorRecord]:
    def look(workspace: Workspace) -> list[EvaluatorRecord]:
        wanted = EvaluatorFilter(active=None)
        return workspace.read(evaluator_queries.evaluator_page, wanted, limit=None)

    return on_disk(folder, look)


def evaluators_screen(qtbot: QtBot, window: MainWindow) -> EvaluatorsScreen:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go(Route("evaluators"))
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, EvaluatorsScreen)
    return screen


def test_the_way_there(qtbot: QtBot, open_window: OpenWindow, office: Path) -> None:
    window = open_window(office)
    assert window.rail is not None
    order = list(window.rail.items)
    assert order.index("programs") < order.index("evaluators") < order.index("reports")
    qtbot.mouseClick(window.rail.items["evaluators"], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert isinstance(window.screen_, EvaluatorsScreen)


def test_one_is_added_checked_and_changed(
    qtbot: QtBot, open_window: OpenWindow, office: Path
) -> None:
    window = open_window(office)
    screen = evaluators_screen(qtbot, window)
    screen.add_one()
    form = dialog(EvaluatorForm)
    form.code.edit.setText("Trần Thị Bích")
    assert "a name they must not" in form.code.error
    form.code.edit.setText("ev-01")
    assert form.code.error == ""
    form.save.click()
    settle(qtbot, window)
    assert "is here already" in form.code.error, "whatever its case"
    form.code.edit.setText("EV-77")
    form.name.edit.setText("Trần Thị Bích")
    form.languages.edit.setText("vi, en; vi")
    form.region.setCurrentIndex(form.region.findText("Nam / Gò Vấp"))
    form.save.click()
    settle(qtbot, window)
    added = next(each for each in people(office) if each.code == "EV-77")
    assert (added.languages, added.region) == (("vi", "en"), "Nam / Gò Vấp")
    assert screen.table.record.who.code == "EV-77", "what was added is chosen"
    screen.edit_one()
    form = dialog(EvaluatorForm)
    form.skills.edit.setText("xe máy")
    form.save.click()
    settle(qtbot, window)
    assert next(e for e in people(office) if e.code == "EV-77").qualifications == ("xe máy",)
    with qtbot.waitActive(window):
        window.activateWindow()
    for _ in range(2):
        QTest.keyClick(screen.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, window)
    assert len(people(office)) == EVALUATORS


def test_several_are_archived_and_come_back(
    qtbot: QtBot, open_window: OpenWindow, office: Path
) -> None:
    window = open_window(office)
    screen = evaluators_screen(qtbot, window)
    screen.rows.tick((1, 2))
    screen.foot.archive.click()
    settle(qtbot, window)
    assert [row.who.id for row in screen.rows.rows] == [3, 4]
    screen.bar.active.segments[1].click()
    settle(qtbot, window)
    assert [row.who.id for row in screen.rows.rows] == [1, 2]
    screen.rows.tick((1, 2))
    assert screen.foot.archive.caption == "Bring back"
    screen.undo.undo()
    settle(qtbot, window)
    assert all(each.active for each in people(office))


def test_who_is_archived_with_visits_to_make_is_told_so(
    qtbot: QtBot, open_window: OpenWindow, office: Path
) -> None:
    window = open_window(office)
    screen = evaluators_screen(qtbot, window)
    screen.table.go_to(1)
    screen._archive_one()
    settle(qtbot, window)
    assert told(window) == (
        "EV-01 is archived. 3 visits that are not begun stay theirs: replace them in their waves."
    )


def test_grades_are_given_and_taken_away(
    qtbot: QtBot, open_window: OpenWindow, office: Path
) -> None:
    window = open_window(office)
    screen = evaluators_screen(qtbot, window)
    screen.table.go_to(2)
    screen._grade()
    giving = dialog(GradeDialog)
    giving.grade.segments[6].click()
    giving.day.edit.setText("hôm qua")
    giving.save.click()
    assert giving.day.error.startswith("This is no day")
    yesterday = today() - timedelta(days=1)
    giving.day.edit.setText(f"{yesterday:%d/%m/%Y}")
    giving.note.control.setText("Ảnh mờ")
    giving.save.click()
    settle(qtbot, window)
    (grade,) = on_disk(office, lambda w: w.read(evaluator_queries.grades, 2))
    assert (grade.grade, grade.given_on, grade.note) == (7, yesterday, "Ảnh mờ")
    row = screen.rows.find(2)
    assert screen.rows.index(row, 6).data() == "7.0"
    screen._remove_grade(grade)
    settle(qtbot, window)
    assert on_disk(office, lambda w: w.read(evaluator_queries.grades, 2)) == []


def test_my_visits_are_mine_and_what_is_late_is_marked(
    qtbot: QtBot, open_window: OpenWindow, office: Path
) -> None:
    late = today() - timedelta(days=3)
    change(office, lambda w: w.assignments.shift([1], -40, anyway=True))
    window = open_window(office, evaluator="ev-01")
    screen = window.screen_
    assert isinstance(screen, HomeScreen)
    mine = {row.visit.evaluator for row in screen.list.rows}
    assert mine == {"EV-01"}
    chips = [chip.text() for chip in screen.findChildren(VisitList)[0].findChildren(Chip)]
    assert ("1 overdue" in chips) == any(
        row.visit.due is not None and row.visit.due < late for row in screen.list.rows
    )
    screen.filter.whose.setCurrentIndex(1)
    settle(qtbot, window)
    assert {row.visit.evaluator for row in screen.list.rows} == {f"EV-0{n}" for n in range(1, 5)}
    chips = [chip.text() for chip in screen.list.findChildren(Chip)]
    assert "1 overdue" in chips


def test_a_code_without_visits_sees_all(
    qtbot: QtBot, open_window: OpenWindow, office: Path
) -> None:
    window = open_window(office, evaluator="BOSS-1")
    screen = window.screen_
    assert isinstance(screen, HomeScreen)
    assert len(screen.list.rows) == 12
    assert not screen.filter.whose.isVisible()


class _Flashes(QObject):
    """Windows that show beside the one that is meant to."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow():  # type: ignore[attr-defined]
            text = getattr(watched, "text", str)()
            self.seen.append(f"{type(watched).__name__} {text}")
        return False


def test_nothing_flashes_on_the_way(qtbot: QtBot, open_window: OpenWindow, office: Path) -> None:
    """A widget that is shown before it has its place is a window of its own for a blink, and
    takes the keys with it."""
    window = open_window(office)
    watch = _Flashes()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    try:
        for route in (Route("programs"), Route("wave", 1), Route("overdue"), Route("evaluators"),
                      Route("visits")):  # fmt: skip
            window.go(route)
            settle(qtbot, window)
            tabs = getattr(window.screen_, "tabs", None)
            if route.kind == "wave" and tabs is not None:
                for tab in tabs.tabs:
                    tab.click()
                    settle(qtbot, window)
    finally:
        app.removeEventFilter(watch)
    assert watch.seen == []


@pytest.mark.parametrize("size", [(1024, 600), (1366, 768)])
def test_the_window_keeps_its_size(
    qtbot: QtBot, open_window: OpenWindow, office: Path, size: tuple[int, int]
) -> None:
    window = open_window(office, language="vi")
    window.resize(*size)
    screen = evaluators_screen(qtbot, window)
    assert screen.pane.isVisible() == (size[0] > 1200)
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    assert screen.pane.isVisible()
    if size[0] < 1200:
        QTest.keyClick(screen.table, Qt.Key.Key_Escape)
        assert not screen.pane.isVisible()
    assert (window.width(), window.height()) == size
