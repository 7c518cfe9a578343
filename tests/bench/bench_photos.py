"""Twenty 12-megapixel photos dropped at once while a comment is typed: does the window stand still?

``python -m tests.bench photos``; goal: no gap between two events of the GUI thread over 50 ms.
A timer of 1 ms beats; the longest pause between two beats is what a person would feel. The same
without photos shows what this machine does by itself, and the CPU time of the GUI's thread what
other work on the machine cannot make longer. Also: how much memory the photos take.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PIL import Image
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from auditor.ui import app as application
from auditor.ui import theme
from auditor.ui.capture.screen import CaptureScreen
from reports import fonts
from tests.bench.bench_capture import checklist, settle
from tests.ui.capture.hands import drop
from tests.ui.capture.stage import begin_visit, make_context

PHOTOS, SIZE, ROUNDS = 20, (4000, 3000), 3
KEY_MS = 60
TEXT = "Nhan vien khong chao khach, khong nhin len, doc thuc don rat nhanh. "


@dataclass
class Beats:
    """Gaps in ms between two beats, by the clock and of CPU in the GUI's thread."""

    gaps: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    took: float = 0.0


class Heart(QObject):
    """Beats each millisecond and types a letter now and then, until it is told to stop."""

    def __init__(self, screen: CaptureScreen) -> None:
        super().__init__()
        self.beats = Beats()
        self._typed = 0
        self._since = self._last = time.perf_counter()
        self._spent = time.thread_time()
        self._screen = screen
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(1)
        self._beat.timeout.connect(self._note)
        self._keys = QTimer(self)
        self._keys.setInterval(KEY_MS)
        self._keys.timeout.connect(self._type)
        self._beat.start()
        self._keys.start()

    def _note(self) -> None:
        now = time.perf_counter()
        self.beats.gaps.append((now - self._last) * 1000)
        self._last = now
        spent = time.thread_time()
        self.beats.cpu.append((spent - self._spent) * 1000)
        self._spent = spent

    def _type(self) -> None:
        field = QApplication.focusWidget()
        if field is not None:
            QTest.keyClicks(field, TEXT[self._typed % len(TEXT)])
            self._typed += 1

    def stop(self) -> Beats:
        self._beat.stop()
        self._keys.stop()
        self.beats.took = time.perf_counter() - self._since
        return self.beats


def photos(folder: Path) -> list[Path]:
    """Each a gradient with noise: about 4 MB as a phone's, and no two alike."""
    folder.mkdir()
    noise = Image.effect_noise((SIZE[0] // 4, SIZE[1] // 4), 60).resize(SIZE)
    ramp = Image.linear_gradient("L").resize(SIZE)
    made = []
    for number in range(PHOTOS):
        blue = Image.new("L", SIZE, number * 10)
        exif = Image.Exif()
        exif[0x0112] = (1, 6)[number % 2]
        path = folder / f"IMG_{number:04}.jpg"
        Image.merge("RGB", (noise, ramp, blue)).save(path, quality=92, exif=exif)
        made.append(path)
    return made


def opened(folder: Path, visit: int) -> CaptureScreen:
    screen = CaptureScreen(make_context(folder), visit)
    screen.resize(1366, 768)
    loop = QEventLoop()
    screen.opened.connect(loop.quit)
    screen.show()
    screen.activateWindow()
    loop.exec()
    return screen


def until(done: object, seconds: float) -> None:
    """Run events until ``done()``."""
    loop = QEventLoop()
    ends = time.monotonic() + seconds
    look = QTimer(loop)
    look.timeout.connect(
        lambda: loop.quit() if done() or time.monotonic() > ends else None  # type: ignore[operator]
    )
    look.start(20)
    loop.exec()


def one_round(app: QApplication, folder: Path, files: list[Path]) -> tuple[Beats, Beats]:
    """Beats while nothing else happens, and while the photos arrive."""
    visit = begin_visit(folder, checklist(), "bench.yaml").id
    screen = opened(folder, visit)
    settle(app)
    page = screen.page
    assert page is not None
    page.complete()
    card = page.current_card
    assert card is not None
    card.comment()
    settle(app)
    until(lambda: not screen.context.lane.busy, 5)
    heart = Heart(screen)
    until(lambda: False, 3)
    idle = heart.stop()
    heart = Heart(screen)
    drop(card, *files)
    attaching = screen.session.attaching
    until(lambda: not attaching.busy, 120)
    until(lambda: not screen.context.images.busy, 5)
    busy = heart.stop()
    held = screen.draft.answer(card.item)
    assert len(held.evidence) == len(files), "every photo arrived"
    assert held.comment, "and what was typed"
    screen.leave()
    screen.close()
    screen.context.close()
    screen.deleteLater()
    settle(app)
    return idle, busy


def main() -> int:
    app = application.create(fonts.FILES.values())
    theme.apply(app, theme.LIGHT)
    found: list[tuple[Beats, Beats]] = []
    with tempfile.TemporaryDirectory() as place:
        files = photos(Path(place) / "photos")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for number in range(ROUNDS):
            found.append(one_round(app, Path(place) / f"ws{number}", files))
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        total = sum(file.stat().st_size for file in files) / 1e6
    print(f"{PHOTOS} photos of 12 MP, {total:.0f} MB; typing a letter every {KEY_MS} ms")
    for name, runs in (
        ("nothing but typing", [idle for idle, _ in found]),
        ("while they arrive", [busy for _, busy in found]),
    ):
        longest = sorted(max(run.gaps) for run in runs)
        cpu = max(max(run.cpu) for run in runs)
        over = sum(gap > 50 for run in runs for gap in run.gaps)
        print(
            f"{name}: longest gap {statistics.median(longest):.1f} ms (median of {ROUNDS} runs), "
            f"{longest[-1]:.1f} ms (worst); {over} over 50 ms; longest work {cpu:.1f} ms of CPU"
        )
    seconds = statistics.median(busy.took for _, busy in found)
    print(f"all on disk after {seconds:.1f} s; memory grew by {grown / 1024:.0f} MB at most")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
