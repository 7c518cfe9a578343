"""The window, as ``auditor`` opens it, to which something happens.

Words: the workspace, what happens (a method of ``Happening``), and whether it is ``watched``. Says
in JSON what stood on the screen.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from auditor import bootstrap
from auditor.services import photo_reader
from auditor.services.log import FatalWatch
from auditor.ui.crash import BugHook, CrashDialog
from auditor.ui.window import SETTINGS, MainWindow, Route

TICK = 20


def window() -> MainWindow:
    [found] = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
    return found


def said() -> str:
    """All that can be read in the window and in what stands over it."""
    places = QApplication.topLevelWidgets()
    labels = [label for place in places for label in place.findChildren(QLabel)]
    return " ".join(label.text() for label in labels if label.isVisible())


def dialogs() -> list[CrashDialog]:
    return window().findChildren(CrashDialog)


class Happening:
    """What happens, once the window is open; ``done`` says when it was told."""

    def __init__(self, what: str) -> None:
        self.what, self.told = what, ""
        self.left = 30_000 // TICK
        self.done: Callable[[], bool] = lambda: True
        QTimer.singleShot(TICK, self.begin)

    def begin(self) -> None:
        context = getattr(window(), "context", None)  # made after the first paint
        if context is None or context.standing is None or context.lane.busy:
            QTimer.singleShot(TICK, self.begin)
            return
        getattr(self, self.what)()
        self.look()

    def look(self) -> None:
        self.left -= 1
        if not self.done() and self.left:
            QTimer.singleShot(TICK, self.look)
            return
        self.told = json.dumps({"said": said(), "dialogs": len(dialogs())})
        for dialog in dialogs():
            dialog.accept()
        window().close()

    def nothing(self) -> None:
        pass

    def bug(self) -> None:
        window().go(SETTINGS)
        QTimer.singleShot(0, stumble)
        self.done = lambda: bool(dialogs())

    def die(self) -> None:
        faulthandler._sigsegv()  # type: ignore[attr-defined]

    def bug_then_die(self) -> None:
        QTimer.singleShot(0, stumble)
        QTimer.singleShot(2 * TICK, self.die)
        self.done = lambda: False

    def renderer(self) -> None:
        from auditor.services import report_worker

        ask = report_worker._Worker._ask

        def killed(worker: report_worker._Worker, job: report_worker.Job) -> object:
            if worker._process is None:
                worker._spawn()
            assert worker._is_ready()
            assert worker._process is not None
            os.kill(worker._process.pid or 0, signal.SIGSEGV)
            worker._process.join()
            return ask(worker, job)

        report_worker._Worker._ask = killed  # type: ignore[method-assign,assignment]
        window().go(Route("report", 2))
        self.done = lambda: "renderer stopped" in said()

    def helpers(self) -> None:
        self.renderer()
        told = self.done
        self.reader()
        read = self.done
        self.done = lambda: told() and read()

    def reader(self) -> None:
        photo_reader._prepare = end_of_process  # type: ignore[assignment]
        codes: list[object] = []
        attach = partial(attach_to, folder=window().context.folder)
        window().context.images.run(attach, done=codes.append, failed=codes.append)
        self.done = lambda: bool(codes)


def stumble() -> None:
    raise ZeroDivisionError("a bug of the app")


def end_of_process(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def attach_to(folder: Path) -> None:
    photo_reader.shared().prepare(folder, b"x", "quầy.jpg", "photo")


def main(folder: Path, what: str, watched: bool) -> tuple[int, str]:
    if not watched:
        BugHook.install = lambda self: None  # type: ignore[method-assign]
        FatalWatch.begin = lambda self, folder: None  # type: ignore[method-assign]
    happening = Happening(what)
    return bootstrap.open_window(folder), happening.told


if __name__ == "__main__":
    from auditor.ui import app

    app.create()
    code, told = main(Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "watched")
    sys.stdout.write(told + "\n")
    sys.exit(code)
