"""Pictures of every screen, to be looked at: ``python -m tests.screenshots [FOLDER] [WORDS...]``.

Both languages, light and dark, 1024×600 and 1366×768, on the demo (built once, beside the
pictures). WORDS keep only the pictures whose name holds all of them ("vi dark home").
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from auditor import bootstrap
from auditor.domain.settings import Settings, Theme
from auditor.domain.visits import SUBMITTED, VisitStatus
from auditor.services.workspace import Workspace
from auditor.store import queries
from auditor.ui import app as application
from auditor.ui.home.screen import HomeScreen
from auditor.ui.report.screen import ReportScreen
from auditor.ui.window import REPORTS, SETTINGS, SETUP, VISITS, MainWindow, Route

SIZES = ((1366, 768), (1024, 600))
PATIENCE_MS = 20_000


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen, what is done on it before the picture, and on which data."""

    name: str
    route: Route
    act: Callable[[MainWindow], object] | None = None
    empty: bool = False


def scenes(demo: Path) -> list[Scene]:
    workspace = Workspace.open(demo, write=False)
    visits = workspace.read(queries.visits)
    workspace.close()
    done = next(visit.id for visit in visits if visit.status in SUBMITTED)
    draft = next(visit.id for visit in visits if visit.status is VisitStatus.DRAFT)
    return [
        Scene("home-empty", VISITS, empty=True),
        Scene("setup", SETUP, empty=True),
        Scene("home", VISITS),
        Scene("home-done", VISITS, _unfold_done),
        Scene("search", VISITS, MainWindow.search),
        Scene("new-visit", VISITS, MainWindow.new_visit),
        Scene("keys", VISITS, MainWindow.show_keys),
        Scene("about", SETTINGS, MainWindow.show_about),
        Scene("settings", SETTINGS),
        Scene("reports", REPORTS),
        Scene("report", Route("report", done)),
        Scene("capture", Route("visit", draft)),
        Scene("read-only", Route("visit", done)),
    ]


def _unfold_done(window: MainWindow) -> None:
    if isinstance(window.screen_, HomeScreen):
        window.screen_._unfold_done()


def settle(app: QApplication, window: MainWindow) -> None:
    """Until nothing is under way; one more round lets layouts and paints catch up."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not deadline.hasExpired():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 30)
        if hasattr(window, "context") and _idle(window):
            break
    for _ in range(6):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 30)


def _idle(window: MainWindow) -> bool:
    context, screen = window.context, window.screen_
    busy = context.lane.busy or context.images.busy or context.renderer.busy
    ready = not isinstance(screen, HomeScreen) or screen.settled
    if isinstance(screen, ReportScreen):
        ready = screen._made is not None
    return ready and not busy


def picture(app: QApplication, window: MainWindow, scene: Scene, path: Path) -> None:
    window.go(scene.route)
    settle(app, window)
    if scene.act is not None:
        scene.act(window)
        settle(app, window)
    dialog = app.activeModalWidget()
    (dialog or window).grab().save(str(path))
    if dialog is not None:
        dialog.close()
    settle(app, window)


def wanted(words: list[str], demo: Path) -> Iterator[tuple[str, Theme, tuple[int, int], Scene]]:
    themes = (Theme.LIGHT, Theme.DARK)
    for language, theme, size, scene in itertools.product(
        ("vi", "en"), themes, SIZES, scenes(demo)
    ):
        if all(word in name_of(language, theme, size, scene) for word in words):
            yield language, theme, size, scene


def name_of(language: str, theme: Theme, size: tuple[int, int], scene: Scene) -> str:
    return f"{scene.name}-{language}-{theme.value}-{size[0]}.png"


def main(folder: Path, words: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    demo, empty = folder / ".data" / "demo", folder / ".data" / "workspace"
    if not demo.exists():
        from auditor.services.demo import build

        build(demo)
    app = application.create()
    for index, (language, theme, size, scene) in enumerate(wanted(words, demo)):
        settings = Settings(language=language, theme=theme, evaluator="E-07")
        place = folder / ".data" / f"empty-{index}" if scene.empty else demo
        window = bootstrap.make_window(settings, place, empty)
        window.resize(*size)
        window.show()
        window.activateWindow()
        settle(app, window)
        name = name_of(language, theme, size, scene)
        picture(app, window, scene, folder / name)
        window.close()
        window.context.close()
        window.deleteLater()
        print(name)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"), sys.argv[2:])
