"""The start as a process: light until the first paint, and gone without a trace at the end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import sys, threading
from pathlib import Path
from auditor import bootstrap
HEAVY = {"typer", "pydantic", "sqlmodel", "sqlalchemy", "alembic", "reportlab", "PIL"}
made = bootstrap.make_window
def watched(*given):
    window = made(*given)
    window.painted.connect(lambda: print("loaded", sorted(HEAVY & set(sys.modules))))
    window.listed.connect(window.close)
    return window
bootstrap.make_window = watched
code = bootstrap.open_window(Path(sys.argv[1]))
print("threads", [thread.name for thread in threading.enumerate() if thread.name != "MainThread"])
print("code", code)
"""


def test_light_until_painted_and_clean_at_the_end(furnished: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, str(furnished)],
        capture_output=True, text=True, cwd=ROOT, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["loaded []", "threads []", "code 0"], done.stderr
    assert "Traceback" not in done.stderr
    assert not (furnished / "open-visit").exists()
