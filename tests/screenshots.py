"""Pictures of every screen, to be looked at: ``python -m tests.screenshots [FOLDER] [WORDS...]``.

Both languages, light and dark, 1024×600 and 1366×768, and large text. The data is built once,
beside the pictures. WORDS keep only the pictures whose name holds all of them ("vi dark home").
Capture and check: ``python -m tests.ui.capture.shots FOLDER``; every type of question in every
state: ``python -m tests.ui.capture.gallery FOLDER``. ``make screenshots`` does all three.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.ui import offscreen

os.environ.setdefault("QT_QPA_PLATFORM", offscreen.platform())

from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor

from auditor import bootstrap
from auditor.services.demo import build as build_demo
from auditor.ui import app as application
from auditor.ui.setup import checklist
from auditor.ui.window import MainWindow
from tests.ui import crowd, trouble_scenes
from tests.ui.looks import Look, close_others, forget_hover, grab, looks, settle
from tests.ui.scenes import BROKEN, CROWD, DEMO, EMPTY, Scene, scenes


class Studio:
    """One window for each look and data: pictures of it are taken one after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._data = folder / ".data"
        for name, build in ((DEMO, build_demo), (CROWD, crowd.build)):
            if not (self._data / name).exists():
                build(self._data / name)
        broken = self._data / BROKEN
        broken.mkdir(exist_ok=True)
        (broken / bootstrap.DATABASE).write_bytes(b"not a database" * 100)
        for kind in trouble_scenes.SPOILT:
            if not (self._data / kind).exists():
                trouble_scenes.build(kind, self._data / DEMO, self._data / kind)
        self.scenes = scenes(self._data / DEMO)
        checklist.review_checklist = cache(checklist.review_checklist)  # it takes a second

    def shoot(self, look: Look, words: list[str]) -> None:
        wanted = [scene for scene in self.scenes if _wanted(scene, look, words)]
        for data in (DEMO, CROWD, EMPTY, BROKEN, *trouble_scenes.SPOILT):
            chosen = [scene for scene in wanted if scene.data == data]
            if chosen:
                self._shoot_all(look, data, chosen)

    def _shoot_all(self, look: Look, data: str, chosen: list[Scene]) -> None:
        # Nobody of the demo is the one who looks: everybody's visits are shown.
        settings = replace(look.settings, evaluator="") if data == DEMO else look.settings
        window = bootstrap.make_window(settings, self._data / data, self._data / "workspace")
        window.resize(*look.size)
        window.show()
        window.activateWindow()
        settle(window)
        for scene in chosen:
            self._picture(window, scene, self.folder / _name(scene, look))
            if (window.width(), window.height()) != look.size:
                print(f"{_name(scene, look)}: {window.width()}×{window.height()}")
                window.resize(*look.size)
        window.close()
        window.end()

    def _picture(self, window: MainWindow, scene: Scene, path: Path) -> None:
        if not (scene.stay and window.route == scene.route):
            window.go(scene.route)
            settle(window)
        if scene.act is not None:
            scene.act(window)
            settle(window)
        grab(window, path)
        close_others(window)
        forget_hover()


def _name(scene: Scene, look: Look) -> str:
    return f"{scene.name}-{look.name}.png"


def _wanted(scene: Scene, look: Look, words: list[str]) -> bool:
    return all(word in _name(scene, look) for word in words)


def main(folder: Path, words: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    application.create()
    QCursor.setPos(QPoint(5000, 5000))
    studio = Studio(folder)
    for look in looks():
        studio.shoot(look, words)
    count = len(list(folder.glob("*.png")))
    print(f"{count} pictures in {folder}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"), sys.argv[2:])
