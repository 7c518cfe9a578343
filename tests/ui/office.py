"""A firm's workspace for tests: a client with locations in regions, evaluators, a program."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from auditor.domain.assignments import AssignmentFilter, AssignmentRecord
from auditor.domain.evaluators import EvaluatorInput
from auditor.domain.places import LocationInput
from auditor.domain.planning import PlanAsk
from auditor.domain.programs import ProgramInput, Terms, WaveInput
from auditor.services.workspace import Workspace
from auditor.store.queries import planning as planning_queries
from auditor.ui.planning.list import AssignmentsView
from auditor.ui.planning.plan_dialog import PlanDialog, StaffDialog
from auditor.ui.planning.screen import PlanningScreen
from auditor.ui.route import Route
from auditor.ui.window import MainWindow

from .conftest import CHECKLIST, settle

D = TypeVar("D", bound=QDialog)
T = TypeVar("T")
REGIONS = ("Nam / Quận 1", "Nam / Gò Vấp", "Bắc / Hoàn Kiếm")
LOCATIONS, EVALUATORS = 12, 4
_MADE = TemporaryDirectory(prefix="office-")


def today() -> date:
    return date.today()  # noqa: DTZ011


def furnish(folder: Path, *, planned: bool = False, terms: Terms | None = None) -> Path:
    """Program 1 with wave 1 of 20 days from today; all visits of it are planned when ``planned``,
    one a location. Made once, then copied."""
    made = Path(_MADE.name) / f"{today()}-{planned}-{terms}"
    if not made.exists():
        _furnish(made, planned=planned, terms=terms)
    shutil.copytree(made, folder)
    return folder


def _furnish(folder: Path, *, planned: bool, terms: Terms | None) -> None:
    workspace = Workspace.open(folder)
    version = workspace.checklists.add(CHECKLIST.encode(), "corner-shop.yaml")
    client = workspace.places.add_client("Ẩm thực Ngõ Cũ")
    brand = workspace.places.add_brand(client.id, "Sen Việt")
    for at in range(LOCATIONS):
        given = LocationInput(f"SV-{at + 1:03}", f"Quán {at + 1}", region=REGIONS[at % 3])
        workspace.places.add(brand.id, given)
    for at in range(EVALUATORS):
        workspace.evaluators.add(EvaluatorInput(f"EV-{at + 1:02}", f"Người {at + 1}", "", ("vi",)))
    asked = terms or Terms()
    program = workspace.programs.add(
        client.id, ProgramInput("Trải nghiệm", terms=Terms(
            version.id, asked.target, asked.quota, asked.rotation, asked.lockout_days,
            asked.most_visits))
    )  # fmt: skip
    wave = WaveInput("Nay", today(), today() + timedelta(days=19), "Gọi một ly.")
    workspace.programs.add_waves(program.id, [wave])
    if planned:
        plan = workspace.planning.preview([1], PlanAsk(), today())
        workspace.planning.make(plan)
    workspace.close()


def on_disk(folder: Path, look: Callable[[Workspace], T]) -> T:
    reader = Workspace.open(folder, write=False)
    try:
        return look(reader)
    finally:
        reader.close()


def change(folder: Path, act: Callable[[Workspace], object]) -> None:
    workspace = Workspace.open(folder)
    act(workspace)
    workspace.close()


def dialog(kind: type[D]) -> D:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind), found
    return found


def wave_screen(qtbot: QtBot, window: MainWindow, wave_id: int = 1) -> PlanningScreen:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go(Route("wave", wave_id))
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, PlanningScreen)
    return screen


def visits(folder: Path, wanted: AssignmentFilter | None = None) -> list[AssignmentRecord]:
    def look(workspace: Workspace) -> list[AssignmentRecord]:
        return workspace.read(planning_queries.assignment_page, wanted, limit=None)

    return on_disk(folder, look)


def listed(screen: PlanningScreen) -> AssignmentsView:
    assert isinstance(screen._view, AssignmentsView)
    return screen._view


def turn(qtbot: QtBot, window: MainWindow, screen: PlanningScreen, tab: int) -> None:
    screen.tabs.tabs[tab].click()
    settle(qtbot, window)


def ready(qtbot: QtBot, plan: PlanDialog | StaffDialog) -> None:
    """The preview is that of what is typed."""
    qtbot.waitUntil(lambda: not plan._timer.isActive() and not plan._context.lane.busy)
    QApplication.processEvents()


def texts(view: AssignmentsView, column: int) -> list[str]:
    model = view.rows
    return [model.index(row, column).data() for row in range(model.rowCount())]
