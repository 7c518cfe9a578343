"""The workspace, the window and the clicks of ``bench_preview``."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from auditor import bootstrap
from auditor.domain.settings import Settings, Theme
from auditor.services.workspace import Workspace
from auditor.ui import app as application
from auditor.ui.report.screen import ReportScreen
from auditor.ui.window import MainWindow, Route
from forms.filling import Progress
from reports import fonts
from reports.render import render
from tests.reports.samples import AT, Shop, answers, pictures
from tests.ui.looks import settle

ROUNDS, PAST, GOAL = 5, 5, 500
SECTIONS, EACH, PHOTOS = 7, 10, 6
YNA = """
choice_lists:
  yna:
    - {id: "yes", label: {vi: "Có", en: "Yes"}, points: 1}
    - {id: "no", label: {vi: "Không", en: "No"}, points: 0, fail: true}
    - {id: na, label: {vi: "Không áp dụng", en: "N/A"}, na: true}
"""
ZONE = "Asia/Ho_Chi_Minh"
#: How long a person looks at the list before the click, seconds.
LOOKS = 4.0


def furnish(folder: Path) -> tuple[int, int]:
    """Two finished visits of a location with a past, each with 6 photos: their ids."""
    workspace = Workspace.open(folder / "ws")
    version = workspace.checklists.add(checklist(), "bench.yaml")
    client = workspace.places.add_client("Sen Việt")
    brand = workspace.places.add_brand(client.id, "Cà phê Sen Việt", "#1F5C4A", "#DFA23A")
    place = workspace.places.add_location(brand.id, "SV-014", "Nguyễn Huệ")
    visits = []
    for number in range(PAST + 2):
        on = AT.date() - timedelta(days=90 * (PAST + 1 - number))
        visit = workspace.visits.start(place.id, version.id, on, ZONE, "E-07")
        _fill(workspace, visit.id, number, folder / f"photos{number}")
        workspace.visits.submit(visit.id, "E-07")
        visits.append(visit.id)
    workspace.close()
    return visits[-2], visits[-1]


def checklist() -> bytes:
    """70 questions as firms have them: mostly choices, some scales, times and texts."""
    lines = ["format: auditor-checklist/1", "id: bench", 'version: "1"', "title: Quán cà phê"]
    lines += ["languages: [vi, en]", YNA, "sections:"]
    for section in range(SECTIONS):
        lines += [f"  - id: s{section}", f"    title: Phần {section + 1}", "    questions:"]
        lines += [f"      - {_question(section, place)}" for place in range(EACH)]
    return "\n".join(lines).encode()


def _question(section: int, place: int) -> str:
    kind = {3: "type: scale, points: 4", 6: "type: duration, standard: 180"}.get(
        place, "type: choice, list: yna, points: 2"
    )
    if place == EACH - 1:
        kind = "type: text, multiline: true"
    label = f'"Nhân viên có chào khách trong vòng 30 giây không, câu {place + 1}?"'
    return f"{{id: q{section}_{place}, {kind}, label: {label}}}"


def _fill(workspace: Workspace, visit: int, seed: int, folder: Path) -> None:
    compiled = workspace.visits.open(visit).compiled
    given = answers(compiled, Shop("vi", seed))
    for at, (key, answer) in enumerate(given.items()):
        workspace.visits.save_answer(visit, key, answer, Progress(at + 1, len(given)))
    commented = [key for key, answer in given.items() if answer.comment]
    for key, picture in zip(commented, pictures(folder, PHOTOS, wide=1200).values(), strict=False):
        workspace.visits.attach(visit, key, picture, picture.name)


def wait(check: Callable[[], bool], seconds: float = 30.0) -> None:
    """Until ``check()`` holds. It sleeps between: whoever asks all the time slows what it waits
    for."""
    loop, timer, end = QEventLoop(), QTimer(), time.monotonic() + seconds

    def look() -> None:
        if check() or time.monotonic() > end:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(4)
    loop.exec()
    assert check(), "nothing came"


def painted(window: MainWindow, language: str) -> bool:
    """The first page of the report in ``language`` stands on the screen, sharp."""
    screen = window.screen_
    if not isinstance(screen, ReportScreen) or not screen.view.is_sharp(0):
        return False
    return screen.language == language


def click(window: MainWindow, visit: int) -> float:
    """Milliseconds to the first page."""
    begun = time.perf_counter()
    window.go(Route("report", visit))
    wait(lambda: painted(window, window.context.language))
    return (time.perf_counter() - begun) * 1000


def other_language(window: MainWindow) -> float:
    screen = window.screen_
    assert isinstance(screen, ReportScreen)
    begun = time.perf_counter()
    screen.choose_language("en")
    wait(lambda: painted(window, "en"))
    return (time.perf_counter() - begun) * 1000


def open_window(folder: Path) -> MainWindow:
    settings = Settings(language="vi", theme=Theme.LIGHT, evaluator="E-07")
    window = bootstrap.make_window(settings, folder / "ws")
    loop = QEventLoop()
    window.listed.connect(loop.quit)
    window.resize(1366, 768)
    window.show()
    loop.exec()
    settle(window)
    QTimer.singleShot(round(LOOKS * 1000), loop.quit)
    loop.exec()
    return window


def _compute() -> None:
    while True:
        sum(range(10_000))


@contextmanager
def load() -> Iterator[None]:
    other = multiprocessing.get_context("spawn").Process(target=_compute, daemon=True)
    other.start()
    try:
        yield
    finally:
        other.kill()
        other.join()


def drawing(folder: Path, visit: int) -> tuple[float, int]:
    """Milliseconds of a render with all caches full, and the pages of the report."""
    workspace = Workspace.open(folder / "ws")
    snapshot = workspace.reports.snapshot(visit, "vi")
    images = workspace.reports.images(snapshot)
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        made = render(snapshot, images, folder / "once.pdf")
        taken.append((time.perf_counter() - begun) * 1000)
    workspace.close()
    return statistics.median(taken), made.pages


def measure() -> int:
    application.create(fonts.FILES.values())
    found: dict[str, list[float]] = {"first report": [], "next report": [], "other language": []}
    once: list[float] = []
    with tempfile.TemporaryDirectory() as place, load():
        folder = Path(place)
        first, second = furnish(folder)
        for _ in range(ROUNDS):
            took, pages = drawing(folder, first)
            once.append(took)
            window = open_window(folder)
            found["first report"].append(click(window, first))
            found["next report"].append(click(window, second))
            settle(window)
            found["other language"].append(other_language(window))
            settle(window)
            window.close()
            window.context.close()
            window.deleteLater()
            QApplication.processEvents()
    base = statistics.median(once)
    print(f"drawing alone: {base:.0f} ms, {pages} pages")
    missed = 0
    for name, taken in found.items():
        took = statistics.median(taken)
        missed |= took > GOAL
        print(f"{name}: median {took:.0f} ms (at most {max(taken):.0f}), "
              f"{took / base:.1f} of drawing alone, goal {GOAL} ms")  # fmt: skip
    return int(missed)
