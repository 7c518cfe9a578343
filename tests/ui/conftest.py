"""A real window on a real workspace. Widgets are found as a screen reader finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import shiboken6
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor import bootstrap
from auditor.domain.my_visits import Overview
from auditor.domain.settings import Settings, Theme
from auditor.services.workspace import Workspace
from auditor.ui import app as application
from auditor.ui import care, idle
from auditor.ui.home.screen import HomeScreen
from auditor.ui.window import MainWindow
from forms.answers import Answer
from forms.filling import Progress
from tests.copied import copied

W = TypeVar("W", bound=QWidget)
OpenWindow = Callable[..., MainWindow]
ZONE = "Asia/Ho_Chi_Minh"
QUESTIONS = 4

CHECKLIST = """\
format: auditor-checklist/1
id: corner-shop
version: "1.0"
title: {vi: Tiệm tạp hóa, en: Corner shop}
languages: [vi, en]
choice_lists:
  yna:
    - {id: "yes", label: {vi: Có, en: "Yes"}, points: 1}
    - {id: "no", label: {vi: Không, en: "No"}, points: 0}
sections:
  - id: door
    title: {vi: Cửa, en: Door}
    questions:
      - {id: q0, type: choice, list: yna, points: 1, label: {vi: Mở cửa?, en: Open?}}
      - {id: q1, type: choice, list: yna, points: 1, label: {vi: Sạch?, en: Clean?}}
      - {id: q2, type: choice, list: yna, points: 1, label: {vi: Chào?, en: Greeted?}}
      - {id: q3, type: choice, list: yna, points: 1, label: {vi: Nhanh?, en: Quick?}}
"""


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return application.create()


@pytest.fixture(autouse=True)
def application_first(qapp: QApplication) -> None:
    """Also for a test that asks for no window and is the first to run."""


@pytest.fixture(autouse=True)
def no_programs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Folders that would be shown by the files of the computer."""
    shown: list[Path] = []
    monkeypatch.setattr(care, "show_folder", shown.append)
    monkeypatch.setattr(idle, "WARM_MS", 10**9)  # no process for a report that nobody asks for
    return shown


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def checklist_file(tmp_path: Path) -> Path:
    path = tmp_path / "corner-shop.yaml"
    path.write_text(CHECKLIST, encoding="utf-8")
    return path


@pytest.fixture
def furnished(folder: Path) -> Path:
    """Three locations: a draft of 2 of 4 answers, a planned visit, a visit handed in."""
    today = datetime.now().astimezone().date()
    copied(("furnished", today), lambda new: _furnish(new, today), folder)
    return folder


def _furnish(folder: Path, today: date) -> None:
    workspace = Workspace.open(folder)
    version = workspace.checklists.add(CHECKLIST.encode(), "corner-shop.yaml")
    client = workspace.places.add_client("Ẩm thực Ngõ Cũ")
    brand = workspace.places.add_brand(client.id, "Cà phê Sen Việt", "#1F5C4A", "#DFA23A")
    places = [
        workspace.places.add_location(brand.id, f"SV-{i:03}", name)
        for i, name in enumerate(("Quận 1", "Lê Lợi", "Thảo Điền"), 1)
    ]
    visits = workspace.visits
    done = visits.start(places[0].id, version.id, today - timedelta(days=3), ZONE, "E-07")
    _answer(workspace, done.id, QUESTIONS)
    visits.submit(done.id, "E-07")
    visits.plan(places[1].id, version.id, due=today + timedelta(days=1))
    draft = visits.start(places[2].id, version.id, today, ZONE, "E-07")
    _answer(workspace, draft.id, 2)
    workspace.close()


def _answer(workspace: Workspace, visit_id: int, count: int) -> None:
    for index in range(count):
        workspace.visits.save_answer(
            visit_id,
            (f"q{index}", 0),
            Answer("no" if index == 1 else "yes"),
            Progress(index + 1, QUESTIONS),
        )


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[OpenWindow]:
    """``open_window(folder, language="en")``: shown, painted and idle; closed at the end."""
    opened: list[MainWindow] = []

    def show(folder: Path, home: Path | None = None, **settings: object) -> MainWindow:
        values = {"language": "en", "theme": Theme.LIGHT, "evaluator": "E-07", **settings}
        window = bootstrap.make_window(Settings(**values), folder, home)  # type: ignore[arg-type]
        opened.append(window)
        with qtbot.waitSignal(window.ready):
            window.show()
        window.activateWindow()
        settle(qtbot, window)
        return window

    yield show
    for window in opened:
        if shiboken6.isValid(window):
            window.close()
            window.end()


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no lane has anything to do, and My visits shows all there is."""
    context = window.context
    QApplication.processEvents()

    def idle() -> bool:
        screen = window.screen_
        read = not isinstance(screen, HomeScreen) or screen.settled
        return read and not (context.lane.busy or context.images.busy or context.renderer.busy)

    qtbot.waitUntil(idle, timeout=20_000)
    QApplication.processEvents()


def overview_of(window: MainWindow) -> Overview:
    """What My visits shows."""
    assert isinstance(window.screen_, HomeScreen)
    place = window.screen_.place()
    assert place is not None
    assert place.overview is not None
    return place.overview


def find(window: QWidget, name: str, role: QAccessible.Role, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
    """The one visible widget of that role whose name is, or else begins with, ``name``."""
    found = find_all(window, name, role, kind)
    exact = [widget for widget in found if widget.accessibleName() == name]
    found = exact or found
    assert len(found) == 1, f"{len(found)} of {role.name} {name!r}; there are {names(window, role)}"
    return found[0]


def find_all(
    window: QWidget, name: str, role: QAccessible.Role, kind: type[W] = QWidget
) -> list[W]:  # type: ignore[assignment]
    return [
        widget
        for widget in window.findChildren(kind)
        if widget.isVisible() and _says(widget, role).startswith(name) and _is(widget, role)
    ]


def names(window: QWidget, role: QAccessible.Role) -> list[str]:
    return [
        _says(widget, role)
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and _is(widget, role)
    ]


def _is(widget: QWidget, role: QAccessible.Role) -> bool:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface is not None and interface.role() is role


def _says(widget: QWidget, role: QAccessible.Role) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""
