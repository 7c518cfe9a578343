"""A short visit in a real X server, from the list to the saved PDF, by someone who has a keyboard
and knows only what is on the screen and on the disk."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from auditor.services.workspace import Workspace

from .conftest import CHECKLIST

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
#: A key that did nothing for so many seconds was not heard.
HEARD = 5
KEY_MS = "30"


class Hands:
    """Keys into ``display``; what came of them is read from the disk."""

    def __init__(self, display: str, folder: Path) -> None:
        self.env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self.folder = folder
        self.app: subprocess.Popen[str] | None = None

    def _do(self, *command: str) -> list[str]:
        done = subprocess.run(
            ["xdotool", *command],
            env=self.env, capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        return done.stdout.split()

    def press(self, *keys: str) -> None:
        self._do("key", "--delay", KEY_MS, *keys)

    def type(self, text: str) -> None:
        self._do("type", "--delay", KEY_MS, text)

    def go_to_window(self, name: str, *keys: str) -> None:
        """Give the keys to the window of that name, as a window manager would; ``keys`` open it."""

        def there() -> bool:
            shown = self._do("search", "--onlyvisible", "--name", f"^{name}$")
            if shown:
                self._do("windowfocus", "--sync", shown[-1])
            elif keys:
                self.press(*keys)
            return bool(shown)

        self.until(there, name)

    def rows(self, question: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(f"file:{self.folder}/workspace.db?mode=ro", uri=True)
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()

    def press_until(self, key: str, question: str) -> None:
        """Press ``key`` until the disk answers: before, the screen may not be there yet. Each time
        it gets a while, since a key too many does something else."""

        def answered() -> bool:
            self.press(key)
            end = time.monotonic() + HEARD
            while not (found := bool(self.rows(question))) and time.monotonic() < end:
                time.sleep(0.05)
            return found

        self.until(answered, question)

    def until(self, true: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not true():
            if self.app is not None and self.app.poll() is not None:
                told = self.app.stderr.read() if self.app.stderr else ""
                raise AssertionError(f"the app ended before {what}: {told}")
            assert time.monotonic() < end, f"waited in vain for {what}"
            time.sleep(0.05)


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own, such as ":5". It is not begun anew when the last program leaves: that
    would cut off the app while it connects."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp",
         "-noreset"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def program(folder: Path) -> Path:
    """A brand with two locations and a checklist of four questions; no visit."""
    workspace = Workspace.open(folder)
    workspace.checklists.add(CHECKLIST.encode(), "corner-shop.yaml")
    client = workspace.places.add_client("Ẩm thực Ngõ Cũ")
    brand = workspace.places.add_brand(client.id, "Cà phê Sen Việt", "#1F5C4A", "#DFA23A")
    workspace.places.add_location(brand.id, "SV-001", "Quận 1")
    workspace.places.add_location(brand.id, "SV-002", "Thảo Điền")
    workspace.close()
    return folder


@pytest.mark.needs("Xvfb", "xdotool", "pdftotext", "pdfimages")
@pytest.mark.slow
def test_a_visit_by_keyboard_from_the_list_to_the_pdf(
    display: str, program: Path, tmp_path: Path
) -> None:
    hands = Hands(display, program)
    photo = tmp_path / "counter.jpg"
    Image.new("RGB", (1600, 1200), "#7A4A2B").save(photo, quality=90)
    app = subprocess.Popen(
        [sys.executable, "-m", "auditor", "--workspace", str(program)],
        env=hands.env, cwd=ROOT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    hands.app = app
    try:
        hands.go_to_window("Mystery Auditor")
        hands.go_to_window("New visit", "ctrl+n")
        hands.type("thao dien")
        hands.press_until("Return", "SELECT 1 FROM visit WHERE status = 'draft'")
        hands.go_to_window("Mystery Auditor")
        hands.until(lambda: hands.rows("SELECT 1 FROM visit WHERE last_section != ''"), "a card")
        hands.press("1")
        hands.until(lambda: hands.rows("SELECT 1 FROM answer WHERE question = 'q0'"), "answer")
        hands.press("Down", "2", "c")
        hands.type("Ban o goc con ban.")
        hands.press("Escape")
        hands.go_to_window("Choose photos", "p")
        hands.type(str(photo))
        hands.press("Return")
        hands.until(lambda: hands.rows("SELECT 1 FROM answer WHERE evidence != '[]'"), "a photo")
        hands.go_to_window("Mystery Auditor")
        hands.press("Escape", "F8", "1", "F8", "1")
        hands.until(lambda: hands.rows("SELECT 1 FROM visit WHERE answered = 4"), "four answers")
        hands.press("ctrl+Return", "space", "ctrl+Return")
        hands.until(lambda: hands.rows("SELECT 1 FROM visit WHERE status = 'submitted'"), "submit")
        hands.go_to_window("Save PDF", "ctrl+s")
        report = tmp_path / "report.pdf"
        hands.press("ctrl+a")
        hands.type(str(report))
        hands.press("Return")
        hands.until(report.exists, "the PDF")
        hands.go_to_window("Mystery Auditor")
        hands.press("ctrl+q")
        assert app.wait(PATIENCE) == 0
    finally:
        app.kill()
        _, errors = app.communicate()
    assert "Traceback" not in errors, errors
    assert hands.rows("SELECT question, value, comment FROM answer ORDER BY question") == [
        ("q0", '"yes"', ""),
        ("q1", '"no"', "Ban o goc con ban."),
        ("q2", '"yes"', ""),
        ("q3", '"yes"', ""),
    ]
    [[named]] = hands.rows("SELECT evidence FROM answer WHERE question = 'q1'")
    [sha256] = json.loads(str(named))
    assert hashlib.sha256(photo.read_bytes()).hexdigest() == sha256
    assert [f for f in (program / "evidence").rglob(f"{sha256}*") if f.is_file()]
    drawn, read = (
        subprocess.run(command, capture_output=True, text=True, check=True)
        for command in (["pdfimages", "-list", report], ["pdftotext", report, "-"])
    )
    assert " image " in drawn.stdout, "the photo is in the report"
    assert "Thảo Điền" in read.stdout
    assert "75.0" in read.stdout
    assert "Ban o goc con ban." in read.stdout
