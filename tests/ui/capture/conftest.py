"""A capture screen on a real workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor.ui import theme
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.context import AppContext
from reports import fonts
from tests.ui.capture.stage import FIXTURES, begin_visit, make_context

Open = Callable[..., CaptureScreen]


@pytest.fixture(scope="session", autouse=True)
def lettered(qapp: QApplication) -> None:
    theme.load_fonts(fonts.FILES.values())


@pytest.fixture(autouse=True)
def styled(qapp: QApplication, lettered: None) -> None:
    """As a fresh app, whatever a window of the test before looked like."""
    if theme.current() != theme.Theme(theme.LIGHT) or not qapp.styleSheet():
        theme.apply(qapp, theme.LIGHT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def contexts() -> Iterator[list[AppContext]]:
    made: list[AppContext] = []
    yield made
    for context in made:
        context.close()


@pytest.fixture
def open_capture(qtbot: QtBot, folder: Path, contexts: list[AppContext]) -> Open:
    """``open_capture("every-type.yaml")``: begin a visit of the checklist and open it; with
    ``visit`` a known one is opened again by a new window."""

    def opened(
        checklist: str | Path = "small.yaml",
        *,
        visit: int | None = None,
        language: str = "vi",
        size: tuple[int, int] = (1366, 768),
    ) -> CaptureScreen:
        if visit is None:
            source = checklist if isinstance(checklist, Path) else FIXTURES / checklist
            visit = begin_visit(folder, source).id
        context = make_context(folder, language)
        contexts.append(context)
        screen = CaptureScreen(context, visit)
        screen.resize(*size)
        qtbot.addWidget(screen)
        with qtbot.waitSignal(screen.opened, timeout=10_000):
            screen.show()
        with qtbot.waitActive(screen):
            screen.activateWindow()
        qtbot.waitUntil(lambda: screen.page is not None and screen.page.isVisible())
        assert screen.page is not None
        screen.page.complete()
        qtbot.waitUntil(lambda: all(card.isVisible() for card in screen.page.cards.values()))
        screen.focus_first()
        return screen

    return opened


class _Windows(QObject):
    """Every window that is shown; a widget shown before it has a parent is one, for a blink."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@pytest.fixture(autouse=True)
def no_stray_windows(qapp: QApplication) -> Iterator[None]:
    windows = _Windows()
    qapp.installEventFilter(windows)
    yield
    qapp.removeEventFilter(windows)
    known = {"CaptureScreen", "MainWindow", "Calendar", "ConfirmDialog", "MigrationDialog"}
    known |= {"QFileDialog", "QListView", "PlaceDialog", "_PhotoMenu", "LeaveDialog"}
    assert set(windows.shown) <= known


@pytest.fixture
def reopened(
    open_capture: Open, contexts: list[AppContext]
) -> Callable[[CaptureScreen], CaptureScreen]:
    """What another window finds on disk, once this one is closed."""

    def again(screen: CaptureScreen) -> CaptureScreen:
        assert screen.leave()
        screen.hide()
        contexts.pop().close()
        return open_capture(visit=screen.visit_id)

    return again
