"""A person at the window whose disk fails under the saver; the recorder is loaded.

Words: the world, the log, the error number (0 for none), whether the saver is ``deaf`` to what it
is told. Says in JSON what stood on the screen and what lay on disk.
"""

from __future__ import annotations

import ctypes
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit

from auditor.domain.changes import Changes, Saved
from auditor.domain.errors import NotSavedError
from auditor.services.visits import Visits
from auditor.ui import app, theme
from auditor.ui.capture.screen import CaptureScreen
from reports import fonts
from tests.ui.capture.hands import card, on_disk
from tests.ui.capture.stage import make_context

recorder: Any = ctypes.CDLL(None)
VALUE = "SELECT value FROM answer WHERE question = 'q1'"


def wait(what: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not what():
        QTest.qWait(5)
        assert time.monotonic() < until


class Person:
    """Types into the first question and looks at the head of the screen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.context = make_context(folder, "vi")
        self.screen = CaptureScreen(self.context, 1)
        self.screen.resize(1366, 768)
        self.screen.show()
        wait(lambda: self.screen.page is not None and self.screen.page.isVisible())
        [self.field] = card(self.screen, "q1").findChildren(QLineEdit)[:1]
        self.said: list[str] = []
        self.screen.session.saver.state.connect(lambda _: self.said.append(self.head))

    @property
    def head(self) -> str:
        return self.screen.frame.header.saved.text()

    def type(self, letters: str) -> None:
        self.field.setFocus()
        QTest.keyClicks(self.field, letters)
        self.screen.session.saver.flush()
        self.settle()

    def settle(self) -> None:
        saver = self.screen.session.saver
        wait(lambda: not saver._flights)

    def leaves(self) -> bool:
        """Whether the visit can be left; what is asked instead is answered with: no, stay."""
        left = self.screen.leave()
        for dialog in self.screen.findChildren(QDialog):
            dialog.reject()
        return left

    def seen(self) -> dict[str, Any]:
        banner, found = self.screen.frame.banner, on_disk(self.folder, VALUE)
        return {
            "head": self.head, "text": self.field.text(), "disk": found[0][0] if found else None,
            "banner": banner.text if banner.isVisible() else "", "leaves": self.leaves(),
            "said": [*self.said],
        }  # fmt: skip


def go_deaf() -> None:
    """What a saver would do that takes a refusal for a success."""
    real = Visits.save_answer

    def save(self: Visits, *given: Any, **named: Any) -> Saved:
        try:
            return real(self, *given, **named)
        except NotSavedError:
            return Saved(datetime.now(UTC), Changes())

    Visits.save_answer = save  # type: ignore[method-assign]


def main(world: Path, log: Path, error: int, deaf: bool) -> list[dict[str, Any]]:
    app.create()
    theme.load_fonts(fonts.FILES.values())
    theme.apply(app.create(), theme.LIGHT)
    if deaf:
        go_deaf()
    recorder.recorder_start(str(log).encode(), str(world).encode())
    person, seen = Person(world / "workspace"), []
    person.type("mot")
    recorder.recorder_acknowledge(1)
    seen.append(person.seen())
    recorder.recorder_fail(0, 10**6 if error else 0, error, 1)
    person.said.clear()
    person.type(" hai")
    seen.append(person.seen())
    recorder.recorder_fail(0, 0, 0, 1)
    if person.screen.frame.banner.isVisible():
        person.screen.frame.banner.retry.click()
        person.settle()
    recorder.recorder_acknowledge(2)
    seen.append(person.seen())
    person.screen.hide()
    person.context.close()
    return seen


if __name__ == "__main__":
    told = main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "deaf")
    sys.stdout.write(json.dumps(told) + "\n")
