"""First paint, and a usable list of visits, against a bare PySide6 window.

Run: ``python -m tests.bench start``. The three start in turn, each in a process of
its own; medians of the time since the process began, and their ratios, are printed.
Goals: first paint 1.5, list 4.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

GOALS = {"first paint": 1.5, "list": 4.0}

#: Milliseconds since the process began, by the kernel's account.
SINCE = """
import os, time
def since():
    ticks = os.sysconf("SC_CLK_TCK")
    with open("/proc/self/stat") as stat:
        began = float(stat.read().rpartition(")")[2].split()[19]) / ticks
    return 1000 * (time.clock_gettime(time.CLOCK_BOOTTIME) - began)
"""
BARE = (
    SINCE
    + """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("first paint", since(), flush=True)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""
)
OURS = (
    SINCE
    + """
import sys
from pathlib import Path
from auditor import bootstrap
from auditor.ui import window as frame
def painted():
    print("first paint", since(), flush=True)
def listed():
    print("list", since(), flush=True)
    QTimer.singleShot(0, QApplication.instance().quit)
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
made = bootstrap.make_window
def watched(*given):
    window = made(*given)
    window.painted.connect(painted)
    window.listed.connect(listed)
    return window
bootstrap.make_window = watched
sys.exit(bootstrap.open_window(Path(sys.argv[1])))
"""
)

ROOT = Path(__file__).resolve().parents[2]


def furnish(folder: Path) -> None:
    """A workspace with 60 visits."""
    from datetime import UTC, datetime, timedelta

    from auditor.services.workspace import Workspace
    from forms import library

    workspace = Workspace.open(folder)
    version = workspace.checklists.add(library.path("cafe-visit"))
    client = workspace.places.add_client("Client")
    brand = workspace.places.add_brand(client.id, "Brand")
    today = datetime.now(UTC).date()
    for index in range(60):
        place = workspace.places.add_location(brand.id, f"L-{index:03}", f"Location {index}")
        if index % 2:
            workspace.visits.plan(place.id, version.id, due=today + timedelta(days=index))
        else:
            workspace.visits.start(place.id, version.id, today, "Asia/Ho_Chi_Minh", "E-01")
    workspace.close()


def run(code: str, *arguments: str, home: str) -> dict[str, float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed app has its bytecode
    environment |= {"PYTHONPYCACHEPREFIX": str(Path(home) / "bytecode")}
    environment |= {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True, text=True, env=environment, check=True, cwd=home,
    )  # fmt: skip
    lines = (line.rpartition(" ") for line in done.stdout.splitlines())
    return {name: float(value) for name, _, value in lines}


def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "workspace"
        furnish(folder)
        bare: list[float] = []
        ours: dict[str, list[float]] = {name: [] for name in GOALS}
        for index in range(rounds + 1):
            base = run(BARE, home=home)
            found = run(OURS, str(folder), home=home)
            if index:  # the first round warms the disk cache
                bare.append(base["first paint"])
                for name in GOALS:
                    ours[name].append(found[name])
    base_line = statistics.median(bare)
    print(f"bare window: {base_line:.0f} ms")
    met = True
    for name, goal in GOALS.items():
        median = statistics.median(ours[name])
        ratio = statistics.median(
            mine / theirs for mine, theirs in zip(ours[name], bare, strict=True)
        )
        met = met and ratio <= goal
        print(f"{name}: {median:.0f} ms, {ratio:.2f} of the bare window (goal {goal})")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
