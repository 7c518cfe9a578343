"""Visits in one window leave nothing behind but what is on disk; see ``soak`` for hundreds."""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen
from typing import TextIO

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from auditor.ui import theme
from auditor.ui.capture.screen import CaptureScreen
from reports import fonts
from tests.faults import soak
from tests.faults.soak import COUNTS, Sample

if sys.platform != "linux":
    pytest.skip("handles and memory are counted in /proc", allow_module_level=True)

from tests.faults.long_life import ERRANDS, Life

Live = Callable[..., Life]
WARM, VISITS = 3, 3
#: Python objects that caches and the log of pytest-qt may take meanwhile; a draft that stays is
#: some two hundred at each visit.
CACHED = 450
pytestmark = pytest.mark.slow


@pytest.fixture
def live(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scratch: Path
) -> Iterator[Live]:
    theme.load_fonts(fonts.FILES.values())
    begun: list[Life] = []

    def begin(before_leaving: Callable[[CaptureScreen], object] | None = None) -> Life:
        begun.append(Life(tmp_path / "life", before_leaving))
        return begun[-1]

    yield begin
    for life in begun:
        life.close()


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def visits(life: Life, count: int) -> None:
    """The same few visits over and over: caches know them."""
    for number in range(count):
        life.visit(number % WARM)


def more(before: Sample, after: Sample) -> dict[str, float]:
    """What grew: counts, Qt objects by class, and Python objects by more than caches take."""
    found = {figure.name: figure.read(after) - figure.read(before) for figure in COUNTS}
    found |= soak.grown([before, after])
    found["Python objects"] = after.held.objects - before.held.objects - CACHED
    return {name: count for name, count in found.items() if count > 0}


def test_visits_leave_nothing_behind(live: Live, scratch: Path) -> None:
    life = live()
    visits(life, WARM)
    for number in range(ERRANDS):
        life.errand(number)
    before = soak.sample(life, WARM, scratch)
    visits(life, VISITS)
    for number in range(ERRANDS):
        life.errand(number)
    after = soak.sample(life, WARM + VISITS, scratch)
    for _ in range(2):
        if more(
            before, after
        ):  # what an idle moment was at is over by the next look; a leak is not
            after = soak.sample(life, WARM + VISITS, scratch)
    assert more(before, after) == {}, after.held.types - before.held.types
    answers = after.answers - before.answers
    assert answers >= 10 * VISITS
    assert (after.database - before.database) * 1000 < 2000 * answers


class Canaries:
    """One of each kind that stays when a visit is handed in, until they are caught."""

    def __init__(self) -> None:
        self._end = threading.Event()
        self._things: list[tuple[QTimer, QLabel, TextIO, threading.Thread, Popen[bytes]]] = []
        self._cages: list[list[int]] = []

    def fly(self, screen: CaptureScreen) -> None:
        timer = QTimer(screen.window())
        timer.start(60_000)
        thread = threading.Thread(target=self._end.wait)
        thread.start()
        file = Path(__file__).open()  # noqa: SIM115 - it is to stay open
        process = Popen(["sleep", "60"])
        self._cages += ([number] for number in range(2 * CACHED))
        self._things.append((timer, QLabel(screen.window()), file, thread, process))

    def catch(self) -> None:
        self._end.set()
        for timer, label, file, thread, process in self._things:
            timer.stop()
            label.deleteLater()
            timer.deleteLater()
            file.close()
            thread.join()
            process.kill()
            process.wait()


@pytest.fixture
def canaries() -> Iterator[Canaries]:
    flying = Canaries()
    yield flying
    flying.catch()


def test_what_a_visit_leaves_behind_is_found(live: Live, canaries: Canaries, scratch: Path) -> None:
    """A canary of each kind, let loose when a visit is handed in."""
    life = live(canaries.fly)
    visits(life, 1)
    before = soak.sample(life, 1, scratch)
    visits(life, 1)
    after = soak.sample(life, 2, scratch)
    found = more(before, after)
    kinds = {"Python objects", "QTimer", "QLabel", __file__}
    assert set(found) >= {figure.name for figure in COUNTS} | kinds
