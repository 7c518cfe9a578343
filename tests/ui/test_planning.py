"""Planning in the window: from a client without anything to a wave whose visits are given out,
moved and cancelled, and back again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.domain.planning import PlanAsk, Rule
from auditor.domain.visits import VisitStatus
from auditor.services.workspace import Workspace
from auditor.ui.kit.text import Label
from auditor.ui.planning.assign_dialog import AssignDialog
from auditor.ui.planning.calendar import CalendarView
from auditor.ui.planning.conflicts import ConflictDialog
from auditor.ui.planning.move_dialogs import CancelDialog, RescheduleDialog
from auditor.ui.planning.plan_dialog import PlanDialog, StaffDialog
from auditor.ui.planning.screen import CALENDAR, PlanningScreen
from auditor.ui.planning.visit_form import VisitForm
from auditor.ui.programs.detail import RULES, WAVES
from auditor.ui.programs.dialogs import WaveDialog
from auditor.ui.programs.screen import ProgramsScreen
from auditor.ui.window import PROGRAMS

from .conftest import CHECKLIST, OpenWindow, find, find_all, settle
from .office import (
    LOCATIONS,
    change,
    dialog,
    furnish,
    listed,
    ready,
    texts,
    today,
    turn,
    visits,
    wave_screen,
)
from .telling import told

LEFT = Qt.MouseButton.LeftButton
Role = QAccessible.Role


@pytest.fixture
def planned(folder: Path) -> Path:
    return furnish(folder, planned=True)


@pytest.fixture
def bare(folder: Path) -> Path:
    return furnish(folder)


def test_from_a_client_without_anything_to_a_planned_wave(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    workspace = Workspace.open(folder)
    workspace.checklists.add(CHECKLIST.encode(), "corner-shop.yaml")
    brand = workspace.places.add_brand(workspace.places.add_client("Ngõ Cũ").id, "Sen Việt")
    for at in range(3):
        workspace.places.add_location(brand.id, f"SV-{at}", f"Quán {at}", "", "Nam")
    workspace.close()
    window = open_window(folder)
    # the evaluators
    window.go_to("evaluators")
    settle(qtbot, window)
    for code in ("EV-01", "EV-02"):
        window.screen_.add_one()  # type: ignore[union-attr]
        form = QApplication.activeModalWidget()
        form.code.edit.setText(code)  # type: ignore[union-attr]
        form.save.click()  # type: ignore[union-attr]
        settle(qtbot, window)
    # the program and its rules
    window.go(PROGRAMS)
    settle(qtbot, window)
    programs = window.screen_
    assert isinstance(programs, ProgramsScreen)
    programs.add_program()
    adding = QApplication.activeModalWidget()
    adding.name.edit.setText("Trải nghiệm")  # type: ignore[union-attr]
    adding.add.click()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: programs.detail is not None)
    shown = programs.detail
    assert shown is not None
    shown.overview.checklist.setCurrentIndex(1)
    shown.overview.checklist.activated.emit(1)
    shown.tabs.tabs[RULES].click()
    shown.rules.numbers["quota"].control.setText("2")
    shown.rules.numbers["rotation"].control.setText("1")
    shown.tabs.tabs[WAVES].click()
    qtbot.waitUntil(lambda: shown.settled and not shown.unsaved)
    # the wave
    qtbot.mouseClick(shown.waves.add, LEFT)
    wave = dialog(WaveDialog)
    wave.name.edit.setText("Đợt 1")
    wave.starts.edit.setText(f"{today():%d/%m/%Y}")
    wave.ends.edit.setText(f"{today() + timedelta(days=30):%d/%m/%Y}")
    wave.save.click()
    qtbot.waitUntil(lambda: bool(find_all(window, "Visits of Đợt 1", Role.Button)))
    qtbot.mouseClick(find(window, "Visits of Đợt 1", Role.Button), LEFT)
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, PlanningScreen)
    assert "Đợt 1" in screen.header.title.text()
    # the plan: two visits of three locations; with a rotation of one wave both evaluators go once
    qtbot.mouseClick(screen.plan, LEFT)
    plan = dialog(PlanDialog)
    ready(qtbot, plan)
    assert plan.yes.caption == "Plan 6 visits"
    plan.yes.click()
    settle(qtbot, window)
    assert told(window) == "6 visits are planned."
    assert len(texts(listed(screen), 1)) == 6
    made = visits(folder)
    per_place = {(v.location_id, v.evaluator) for v in made}
    assert len(per_place) == 6, "nobody comes to a location twice"
    assert {v.evaluator for v in made} == {"EV-01", "EV-02"}
    # given to another, which breaks the rotation: told, then done anyway
    view = listed(screen)
    first = view.rows.rows[0]
    with qtbot.waitActive(window):
        window.activateWindow()
    view.table.go_to(first.visit_id)
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_A)
    settle(qtbot, window)
    asked = dialog(AssignDialog)
    other = next(c for c in asked.rows.rows if c.evaluator.code != first.evaluator)
    asked.table.go_to(other.evaluator.id)
    assert asked.yes.caption == "Assign anyway"
    assert "rotation" in other.conflicts[0].text("en")
    asked.yes.click()
    settle(qtbot, window)
    # the calendar says it, and a visit is cancelled there
    turn(qtbot, window, screen, CALENDAR)
    calendar = screen._view
    assert isinstance(calendar, CalendarView)
    counts = calendar.grid.days.counts
    last = calendar.grid.days.day(calendar.grid.days.index(5, 6))
    here = [v for v in visits(folder) if v.planned_for and v.planned_for <= last]
    assert here
    assert sum(day.total for day in counts.values()) == len(here)
    calendar.go_to(next(iter(counts)))
    settle(qtbot, window)
    calendar.list.cancel.click()
    cancelling = dialog(CancelDialog)
    cancelling.yes.click()
    assert cancelling.field.error.startswith("Say why")
    cancelling.reason.setPlainText("Quán đóng cửa")
    cancelling.yes.click()
    settle(qtbot, window)
    assert sum(v.status is VisitStatus.VOID for v in visits(folder)) == 1
    # everything back, step by step
    for said in ("Undone: 1 visit is cancelled.", "Undone: 1 visit is given to",
                 "Undone: 6 visits are planned."):  # fmt: skip
        screen.undo.undo()
        settle(qtbot, window)
        assert told(window).startswith(said)
    assert visits(folder) == []


def test_planning_again_tops_up(qtbot: QtBot, open_window: OpenWindow, planned: Path) -> None:
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    screen.plan_visits()
    plan = dialog(PlanDialog)
    ready(qtbot, plan)
    assert not plan.yes.isEnabled()
    told = [label.text() for label in plan.preview.findChildren(Label)]
    assert "Every location has its quota already: there is nothing to plan." in told
    plan.reject()
    window.context.ask(lambda workspace: workspace.assignments.cancel([1, 2], "đóng"))
    settle(qtbot, window)
    screen.plan_visits()
    plan = dialog(PlanDialog)
    ready(qtbot, plan)
    assert plan.yes.caption == "Plan 2 visits"


def test_by_hand_by_region_and_for_later(qtbot: QtBot, open_window: OpenWindow, bare: Path) -> None:
    window = open_window(bare)
    screen = wave_screen(qtbot, window)
    screen.plan_visits()
    plan = dialog(PlanDialog)
    ready(qtbot, plan)
    assert len(plan._plan.visits) == LOCATIONS
    plan.rule.setCurrentIndex(plan.rule.findData(Rule.REGION))
    plan.rule.activated.emit(0)
    plan.each.control.setText("zwei")
    assert plan.each.error
    assert not plan.yes.isEnabled()
    plan.each.control.setText("1")
    ready(qtbot, plan)
    assert len(plan._plan.visits) == 3, "one in each region"
    plan.places.way.segments[2].click()
    settle(qtbot, window)
    table = plan.places.table
    table.rows.toggle(0)
    table.rows.toggle(4)
    plan.people.way.segments[1].click()
    plan.rule.setCurrentIndex(plan.rule.findData(Rule.ONCE))
    plan.rule.activated.emit(0)
    ready(qtbot, plan)
    plan.yes.click()
    settle(qtbot, window)
    made = visits(bare)
    assert {v.location_code for v in made} == {"SV-001", "SV-005"}
    assert {v.evaluator for v in made} == {""}


def test_those_of_nobody_are_given_out(qtbot: QtBot, open_window: OpenWindow, bare: Path) -> None:
    def nobody(workspace: Workspace) -> None:
        ask = PlanAsk(staffing=None)
        workspace.planning.make(workspace.planning.preview([1], ask, today()))

    change(bare, nobody)
    window = open_window(bare)
    screen = wave_screen(qtbot, window)
    assert screen.waiting.text() == "12 without an evaluator"
    screen.staff()
    giving = dialog(StaffDialog)
    giving.people.languages.edit.setText("fr")
    ready(qtbot, giving)
    assert not giving.yes.isEnabled(), "nobody speaks it"
    giving.people.languages.edit.setText("VI")
    qtbot.waitUntil(lambda: giving.yes.isEnabled())
    giving.yes.click()
    settle(qtbot, window)
    assert all(v.evaluator for v in visits(bare))


def test_many_are_ticked_and_moved(qtbot: QtBot, open_window: OpenWindow, planned: Path) -> None:
    before = {v.visit_id: v.planned_for for v in visits(planned)}
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    view = listed(screen)
    view.table.setFocus()
    view.table.go_to(view.rows.rows[0].visit_id)
    QTest.keyClick(view.table, Qt.Key.Key_Space)
    view.table.go_to(view.rows.rows[2].visit_id)
    QTest.keyClick(view.table, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert view.foot.count.text() == "3 ticked"
    ids = set(view.rows.ticked)
    QTest.keyClick(view.table, Qt.Key.Key_R)
    moving = dialog(RescheduleDialog)
    moving.by.control.setText("40")
    moving.yes.click()
    settle(qtbot, window)
    conflicts = dialog(ConflictDialog)
    told = [label.text() for label in conflicts.sentences.findChildren(type(view.foot.count))]
    assert told[0] == "Days of the wave"
    assert sum("is not within Nay" in text for text in told) == 3
    conflicts.reject()
    moving.by.control.setText("2")
    moving.yes.click()
    settle(qtbot, window)
    after = {v.visit_id: v.planned_for for v in visits(planned)}
    two = timedelta(days=2)
    assert all(after[i] == day + two for i, day in before.items() if i in ids and day)
    assert all(after[i] == day for i, day in before.items() if i not in ids)
    screen.undo.undo()
    settle(qtbot, window)
    assert {v.visit_id: v.planned_for for v in visits(planned)} == before


def test_days_are_set_and_their_order_is_told(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    view = listed(screen)
    record = view.rows.rows[3]
    view.table.go_to(record.visit_id)
    view._reschedule()
    setting = dialog(RescheduleDialog)
    setting.planned.edit.setText("mai")
    setting.yes.click()
    assert setting.planned.error.startswith("This is no day")
    late, early = today() + timedelta(days=6), today() + timedelta(days=4)
    setting.planned.edit.setText(f"{late:%d/%m/%Y}")
    setting.due.edit.setText(f"{early:%d/%m/%Y}")
    setting.yes.click()
    settle(qtbot, window)
    assert setting.due.error
    setting.due.edit.setText(f"{late:%d/%m/%Y}")
    setting.yes.click()
    settle(qtbot, window)
    found = next(v for v in visits(planned) if v.visit_id == record.visit_id)
    assert (found.planned_for, found.due) == (late, late)


def test_what_is_particular_to_a_visit(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    record = listed(screen).rows.rows[0]
    screen.deeds.change(record)
    form = dialog(VisitForm)
    form.scenario.setPlainText("Đi cùng trẻ em.")
    form.fee.control.setText("250.000")
    form.yes.click()
    settle(qtbot, window)
    found = next(v for v in visits(planned) if v.visit_id == record.visit_id)
    assert (found.scenario, found.own_fee) == ("Đi cùng trẻ em.", 250_000)
    pane = listed(screen).pane
    assert pane.record is not None
    assert pane.record.scenario == "Đi cùng trẻ em."
