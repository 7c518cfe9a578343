"""Runs every benchmark: ``make bench``, or ``python -m tests.bench [NAME...]`` for some.

Scripts print ratios from interleaved runs; files with ``test_`` functions are for pytest-benchmark.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def command(path: Path) -> list[str]:
    """How the benchmark in ``path`` is run from the project's folder."""
    if "\ndef test_" in path.read_text(encoding="utf-8"):
        quiet = [
            "-q",
            "-s",
            "-p",
            "no:randomly",
            "-o",
            "addopts=--import-mode=importlib",
            "--benchmark-columns=min,median,max",
        ]
        return [sys.executable, "-m", "pytest", *quiet, str(path)]
    return [sys.executable, "-m", f"tests.bench.{path.stem}"]


def main(names: list[str]) -> int:
    failed = 0
    for path in sorted(FOLDER.glob("bench_*.py")):
        if names and path.stem.removeprefix("bench_") not in names:
            continue
        sys.stdout.write(f"\n== {path.stem}\n")
        sys.stdout.flush()
        failed |= subprocess.run(command(path), cwd=FOLDER.parents[1], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
