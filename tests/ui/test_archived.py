"""An archived client or brand is offered for nothing new, and still names what is old."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from auditor.domain.errors import NotFoundError
from auditor.domain.places import LocationInput
from auditor.domain.planning import PlanAsk, Spread
from auditor.domain.programs import ProgramInput, Terms, WaveInput
from auditor.services.workspace import Workspace
from auditor.ui.branding.screen import BrandingScreen
from auditor.ui.importing.screen import ImportScreen
from auditor.ui.kit.field import Select
from auditor.ui.locations.edit import LocationDialog
from auditor.ui.locations.screen import LocationsScreen
from auditor.ui.planning.wave_dialogs import AddVisitDialog
from auditor.ui.programs.dialogs import AddProgramDialog
from auditor.ui.programs.screen import ProgramsScreen
from auditor.ui.route import Route
from auditor.ui.start_visit import PLACE, StartVisitDialog
from auditor.ui.window import MainWindow

from .conftest import CHECKLIST, OpenWindow, settle
from .office import dialog

OPEN = PlanAsk(spread=Spread.OPEN)


@pytest.fixture
def archived(folder: Path) -> Path:
    """Of three clients one is archived, and of the first one's two brands the second."""
    workspace = Workspace.open(folder)
    version = workspace.checklists.add(CHECKLIST.encode(), "corner-shop.yaml")
    clients = [workspace.places.add_client(name) for name in ("Một", "Hai", "Ba")]
    brands = [
        workspace.places.add_brand(clients[at].id, name)
        for at, name in ((0, "Đang bán"), (0, "Đã thôi"), (1, "Cũ"), (2, "Khác"))
    ]
    for brand in brands:
        workspace.places.add(brand.id, LocationInput(f"L-{brand.id}", brand.name))
    terms = Terms(version.id)
    for client in clients[:2]:
        program = workspace.programs.add(client.id, ProgramInput(f"P {client.name}", terms=terms))
        workspace.programs.add_waves(program.id, [WaveInput("Nay")])
    workspace.planning.make(workspace.planning.preview([1], OPEN, date(2026, 11, 22)))
    workspace.places.update_brand(brands[1].id, active=False)
    workspace.places.update_client(clients[1].id, active=False)
    workspace.close()
    return folder


def offered(select: Select) -> list[str]:
    return [select.itemText(at) for at in range(select.count())]


def there(qtbot: QtBot, window: MainWindow, route: Route) -> object:
    window.go(route)
    settle(qtbot, window)
    return window.screen_


def test_a_new_visit_is_made_elsewhere(
    qtbot: QtBot, open_window: OpenWindow, archived: Path
) -> None:
    window = open_window(archived)
    window.new_visit()
    settle(qtbot, window)
    asked = dialog(StartVisitDialog)
    model = asked.places.model()
    places = [model.index(row, 0).data(PLACE).code for row in range(model.rowCount())]
    assert places == ["L-1", "L-4"]
    asked.reject()
    there(qtbot, window, Route("wave", 1))
    adding = AddVisitDialog(window.context, window.screen_.board, window)  # type: ignore[union-attr]
    settle(qtbot, window)
    assert [place.code for place in adding.places.rows.rows] == ["L-1"]
    adding.reject()


def test_programs_are_added_for_others_and_old_ones_keep_their_name(
    qtbot: QtBot, open_window: OpenWindow, archived: Path
) -> None:
    window = open_window(archived)
    screen = there(qtbot, window, Route("programs"))
    assert isinstance(screen, ProgramsScreen)
    rows = screen.list._model
    named = [rows.item(at).text() for at in range(rows.rowCount())]
    assert {"Hai", "P Hai"} <= set(named)
    screen.add_program()
    asked = dialog(AddProgramDialog)
    assert offered(asked.client) == ["Ba", "Một"]
    asked.reject()


def test_locations_are_added_to_others(
    qtbot: QtBot, open_window: OpenWindow, archived: Path, tmp_path: Path
) -> None:
    window = open_window(archived)
    screen = there(qtbot, window, Route("locations"))
    assert isinstance(screen, LocationsScreen)
    screen.doing.add()
    asked = dialog(LocationDialog)
    assert offered(asked.brand) == ["Ba · Khác", "Một · Đang bán"]
    asked.reject()
    file = tmp_path / "list.csv"
    file.write_text("Mã,Tên,Thương hiệu\nL-2,Đổi tên,Đã thôi\nN-1,Mới,Đã thôi\nN-2,Mới,\n")
    window.go(Route("import"), str(file))
    settle(qtbot, window)
    importing = window.screen_
    assert isinstance(importing, ImportScreen)
    panel = importing.subject.panel
    assert offered(panel.whose) == ["Ba", "Một"]  # type: ignore[attr-defined]
    panel.whose.setCurrentIndex(1)  # type: ignore[attr-defined]
    importing._planning.stop()
    importing._ask_plan()
    settle(qtbot, window)
    said = [line.spoken() for line in importing.rows.model.lines]
    assert said[0] == "Name: Đã thôi » Đổi tên", "what is there may be put right"
    assert "is archived" in said[1]
    assert importing.plan.counts.adds == 1, "the one brand that is left"
    branding = there(qtbot, window, Route("branding"))
    assert isinstance(branding, BrandingScreen)
    assert offered(branding.client) == ["Ba", "Một"]


def test_planning_leaves_them_out(archived: Path) -> None:
    workspace = Workspace.open(archived)
    try:
        assert workspace.planning.preview([2], OPEN, date(2026, 11, 22)).visits == ()
        with pytest.raises(NotFoundError):
            workspace.planning.preview([1], replace(OPEN, locations=(2,)), date(2026, 11, 22))
    finally:
        workspace.close()
