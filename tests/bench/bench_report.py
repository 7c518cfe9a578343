"""One location report, snapshot to file on disk, against the same content in plain platypus.

Run: ``pytest -s tests/bench/bench_report.py``. CPU time, medians of interleaved runs in one
process; the required ratio is 0.4, the goal 0.25.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reportlab import rl_config

from reports.render import render
from reports.sheet import Sheet
from reports.typeface import faces
from tests.bench.plain_report import plain_report
from tests.reports.samples import Shop, pictures, snapshot

ROUNDS = 15
LIMIT = 0.4


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """Medians in milliseconds, their ratio, and pages of both."""
    faces()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        images = pictures(folder / "photos", wide=1200)
        snapshots = [
            snapshot(shop=Shop("vi" if seed % 2 else "en", seed, photos=tuple(images)))
            for seed in range(4)
        ]
        pages = [render(each, images, folder / "warm.pdf").pages for each in snapshots]

        def ours(at: int) -> None:
            render(snapshots[at], images, folder / "ours.pdf")

        def plain(at: int) -> None:
            # ReportLab encodes streams in ASCII85 unless told otherwise
            rl_config.useA85 = 1
            (folder / "plain.pdf").write_bytes(plain_report(Sheet(snapshots[at], images)))
            rl_config.useA85 = 0

        jobs: dict[str, Callable[[int], None]] = {"ours": ours, "plain": plain}
        taken: dict[str, list[float]] = {key: [] for key in jobs}
        for number in range(rounds):
            for key, job in jobs.items():
                begun = time.process_time()
                job(number % len(snapshots))
                taken[key].append((time.process_time() - begun) * 1000)
    found = {key: statistics.median(times) for key, times in taken.items()}
    return {**found, "ratio": found["ours"] / found["plain"], "pages": statistics.mean(pages)}


def test_report_speed() -> None:
    found = measure()
    sys.stdout.write(
        f"\nplain platypus {found['plain']:.0f} ms, ours {found['ours']:.0f} ms CPU "
        f"({found['pages']:.1f} pages), ratio {found['ratio']:.3f} (limit {LIMIT:g})\n"
    )
    assert found["ratio"] < LIMIT
