"""Sessions in a process of their own, which a test orders and watches."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
QUESTIONS = 60


class Worker:
    """Sessions in forks of one process that has everything loaded."""

    def __init__(self, library: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "worker.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"LD_PRELOAD": str(library)},
        )

    def order(self, **order: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order, default=str) + "\n")
        self.process.stdin.flush()
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "bug" not in told, told["bug"]
        return told

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


def checklist() -> bytes:
    head = (
        "format: auditor-checklist/1\nid: long\nversion: '1'\ntitle: Long\nlanguages: [vi]\n"
        "sections:\n  - id: all\n    title: All\n    questions:\n"
        "      - {id: shown, type: photo, label: Shown}\n"
    )
    lines = (f"      - {{id: q{n}, type: text, label: Q{n}}}\n" for n in range(1, QUESTIONS + 1))
    return (head + "".join(lines)).encode()
