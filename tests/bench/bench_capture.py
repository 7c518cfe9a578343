"""A 300-question visit: how long until its first section, its next one, and a new score, is seen.

``python -m tests.bench capture``; goals: 100 ms, 50 ms, 16 ms (performance.md). Both the
clock and the CPU time of the GUI thread are shown: other work on the machine slows the first.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from auditor.ui import app as application
from auditor.ui import theme
from auditor.ui.capture.screen import CaptureScreen
from reports import fonts
from tests.ui.capture.stage import begin_visit, make_context

SECTIONS, EACH, ROUNDS = 12, 25, 7
YNA = """
choice_lists:
  yna:
    - {id: "yes", label: {vi: "Có", en: "Yes"}, points: 1}
    - {id: "no", label: {vi: "Không", en: "No"}, points: 0, fail: true}
    - {id: na, label: {vi: "Không áp dụng", en: "N/A"}, na: true}
"""


Took = tuple[float, float]


class Watch:
    """Milliseconds by the clock, and of CPU in this thread, since it was made."""

    def __init__(self) -> None:
        self._since = (time.perf_counter(), time.thread_time())

    def read(self) -> Took:
        now = (time.perf_counter(), time.thread_time())
        return (now[0] - self._since[0]) * 1000, (now[1] - self._since[1]) * 1000


def checklist() -> bytes:
    """300 questions as firms have them: mostly choices, some scales, numbers, times and texts."""
    lines = ["format: auditor-checklist/1", "id: bench", 'version: "1"', "title: Bench"]
    lines += ["languages: [vi, en]", YNA, "sections:"]
    for section in range(SECTIONS):
        lines += [f"  - id: s{section}", f"    title: Phần {section + 1}", "    questions:"]
        lines += [f"      - {_question(section, place)}" for place in range(EACH)]
    return "\n".join(lines).encode()


def _question(section: int, place: int) -> str:
    id = f"q{section}_{place}"
    label = f'"Nhân viên có chào khách trong vòng 30 giây không, câu {place + 1}?"'
    kind = {7: "type: scale, points: 4", 13: "type: duration", 17: "type: integer"}.get(
        place, "type: choice, list: yna, points: 2"
    )
    if place == 21:
        kind = "type: text, multiline: true"
    return f"{{id: {id}, {kind}, label: {label}, help: Tính từ lúc khách đi qua cửa.}}"


def settle(app: QApplication) -> None:
    """Lay out and paint what waits for it."""
    app.sendPostedEvents()
    app.sendPostedEvents()


def opening(app: QApplication, folder: Path, visit: int) -> Took:
    """From a known window to the first section painted, in ms. The workspace is open."""
    context = make_context(folder)
    loop = QEventLoop()
    context.ask(lambda workspace: workspace.visits.open(visit), done=lambda _: loop.quit())
    loop.exec()
    watch = Watch()
    screen = CaptureScreen(context, visit)
    screen.resize(1366, 768)
    screen.opened.connect(loop.quit)
    QTimer.singleShot(20_000, loop.quit)
    screen.show()
    loop.exec()
    settle(app)
    took = watch.read()
    opening.screen, opening.context = screen, context  # type: ignore[attr-defined]
    return took


def next_section(app: QApplication, screen: CaptureScreen) -> Took:
    before = screen.frame.section  # type: ignore[union-attr]
    watch = Watch()
    screen.step_section(1)
    settle(app)
    took = watch.read()
    assert screen.frame.section != before, "there is a next section"  # type: ignore[union-attr]
    return took


def one_answer(app: QApplication, screen: CaptureScreen, place: int) -> Took:
    """From the click to the new score painted, in ms."""
    card = list(screen.page.cards.values())[place]  # type: ignore[union-attr]
    buttons = card.editor.buttons  # type: ignore[attr-defined]
    button = next(each for each in buttons if not each.isChecked())
    watch = Watch()
    button.click()
    settle(app)
    return watch.read()


def main() -> int:
    app = application.create(fonts.FILES.values())
    theme.apply(app, theme.LIGHT)
    first: list[Took] = []
    following: list[Took] = []
    answers: list[Took] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "ws"
        visit = begin_visit(folder, checklist(), "bench.yaml").id
        for _ in range(ROUNDS):
            first.append(opening(app, folder, visit))
            screen, context = opening.screen, opening.context  # type: ignore[attr-defined]
            screen.choose_section("s0")
            settle(app)
            answers += [one_answer(app, screen, place) for place in range(6)]
            following += [next_section(app, screen) for _ in range(4)]
            screen.leave()
            screen.close()
            context.close()
            screen.deleteLater()
            settle(app)
    for name, found, goal in (
        ("first section of 300 questions", first, 100),
        ("next section", following, 50),
        ("answer to new score", answers, 16),
    ):
        clock, cpu = (statistics.median(each) for each in zip(*found, strict=True))
        print(f"{name}: median {clock:.1f} ms by the clock, {cpu:.1f} ms of CPU, goal {goal} ms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
