"""Going from place to place in the window leaves no Qt object behind."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from auditor.services.workspace import Workspace
from auditor.ui.window import PROGRAMS, REPORTS, SETTINGS, VISITS, MainWindow, Route

from .conftest import OpenWindow, settle

DONE, DRAFT = 1, 3
#: One more of something may be the timer of the list that is shown; one each time is a leak.
TIMES = 2
PLACES = (
    PROGRAMS,
    REPORTS,
    SETTINGS,
    Route("visit", DRAFT),
    Route("visit", DONE),
    Route("report", DONE),
)


def living() -> Counter[str]:
    """By class, those that Python knows, but for icons, which are cached."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    known = [each for each in shiboken6.getAllValidWrappers() if isinstance(each, QObject)]
    return Counter(type(each).__qualname__ for each in known if not isinstance(each, QSvgRenderer))


def visit(qtbot: QtBot, window: MainWindow, place: Route) -> None:
    for route in (place, VISITS):
        assert window.go(route)
        settle(qtbot, window)


@pytest.fixture
def program(furnished: Path) -> Path:
    """The furnished workspace, with a program that is shown in full."""
    workspace = Workspace.open(furnished)
    workspace.programs.add_program(1, "Trải nghiệm khách hàng")
    workspace.close()
    return furnished


@pytest.mark.slow
def test_places_that_were_left_are_gone(
    qtbot: QtBot, open_window: OpenWindow, program: Path
) -> None:
    window = open_window(program)
    for place in PLACES:
        visit(qtbot, window, place)
        before = living()
        for _ in range(TIMES):
            visit(qtbot, window, place)
        more = living() - before
        left = {name for name, count in more.items() if count >= TIMES}
        assert not left, (place, more)
