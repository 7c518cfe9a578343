"""The demo in the window: built with progress, marked, left, cleared in one click."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from auditor import cli
from auditor.domain.errors import WorkspaceError
from auditor.services import demo
from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries
from auditor.ui.commands import data
from auditor.ui.first_run import FirstRunScreen
from auditor.ui.kit.working import WorkingDialog

from .conftest import CHECKLIST, OpenWindow, find, settle

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton


def small_demo(folder: Path, *, progress: object, cancel: object) -> None:
    """As the demo, in a moment: it is marked as one, so that clearing it is allowed."""
    from auditor.services.demo import MARK

    workspace = Workspace.open(folder)
    version = workspace.checklists.add(CHECKLIST.encode(), "shop.yaml")
    client = workspace.places.add_client("Demo client")
    brand = workspace.places.add_brand(client.id, "Demo brand")
    place = workspace.places.add_location(brand.id, "D-1", "Demo place")
    workspace.visits.plan(place.id, version.id)
    workspace.set_fact(MARK, "2026-11-12")
    workspace.close()


def test_try_leave_come_back_and_clear(
    qtbot: QtBot, open_window: OpenWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "build_demo", small_demo)
    window = open_window(folder)
    demo = window.context.ports.demo
    qtbot.mouseClick(find(window, "Try the demo", Role.Button), LEFT)
    qtbot.waitUntil(lambda: window.context.is_demo, timeout=10_000)
    settle(qtbot, window)
    find(window, "Start: Demo brand – Demo place", Role.Button)
    marked = [label.text() for label in window.demo.findChildren(QLabel)]
    assert any("made up" in text for text in marked)

    qtbot.mouseClick(find(window, "Leave the demo", Role.Button), LEFT)
    qtbot.waitUntil(lambda: not window.context.is_demo)
    settle(qtbot, window)
    assert isinstance(window.screen_, FirstRunScreen)
    assert window.demo is None
    assert demo.exists()

    qtbot.mouseClick(find(window, "Try the demo", Role.Button), LEFT)
    qtbot.waitUntil(lambda: window.context.is_demo)
    settle(qtbot, window)
    qtbot.mouseClick(find(window, "Clear the demo", Role.Button), LEFT)
    qtbot.waitUntil(lambda: not demo.exists())
    settle(qtbot, window)
    assert isinstance(window.screen_, FirstRunScreen)
    assert not folder.exists()


def test_building_can_be_cancelled(qtbot: QtBot, open_window: OpenWindow, folder: Path) -> None:
    window = open_window(folder)
    qtbot.mouseClick(find(window, "Try the demo", Role.Button), LEFT)
    qtbot.waitUntil(
        lambda: any(dialog.isVisible() for dialog in window.findChildren(WorkingDialog)),
        timeout=20_000,
    )
    qtbot.mouseClick(find(window, "Cancel", Role.Button), LEFT)
    qtbot.waitUntil(lambda: not window.context.images.busy, timeout=30_000)
    settle(qtbot, window)
    assert isinstance(window.screen_, FirstRunScreen)
    assert not window.context.ports.demo.exists()
    assert not [dialog for dialog in window.findChildren(WorkingDialog) if dialog.isVisible()]


def test_a_demo_that_a_window_has_open_is_left_and_that_window_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = Workspace.open(folder)
    workspace.set_fact(demo.MARK, "1")
    place = workspace.places.add_client("Mine")
    cli._build_demo(folder, keep_open=True)
    assert "stays as it is" in capsys.readouterr().err
    assert workspace.read(visit_queries.clients) == [place]
    with pytest.raises(WorkspaceError, match="open in another window"):
        cli._build_demo(folder, keep_open=False)
    workspace.close()
