"""One location report, snapshot to file on disk, against the same content in plain platypus; what
tags cost of it; and whether memory stays flat.

Run: ``pytest -s tests/bench/bench_report.py``. CPU time, medians of interleaved runs in one
process; the required ratio is 0.4, the goal 0.25, tagged.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab import rl_config

from reports import pen
from reports.render import render
from reports.sheet import Sheet
from reports.tagging import Element, Tags
from reports.typeface import faces
from tests.bench.plain_report import plain_report
from tests.reports.samples import Shop, pictures, snapshot

ROUNDS = 15
LIMIT = 0.4
#: Reports after which memory is looked at; kilobytes that a report may leave behind.
WARM, MANY, LEFT = 60, 300, 10.0


class Untagged(Tags):
    """Every mark belongs to nothing, at next to no cost."""

    def words(self) -> None: ...

    def shape(self) -> None: ...

    def sign(self, alt: str, box: tuple[float, float, float, float]) -> None: ...

    def open(self, kind: str, key: object = None, extra: str = "") -> Element:
        self._groups.append(self.root)
        return self.root

    def leaf(self, kind: str, extra: str = "", key: object = None) -> Element:
        return self.root

    def figure(self, alt: str, box: object, within: Element | None = None) -> Element:
        return self.root

    def into(self, leaf: Element) -> None: ...


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

        def untagged(at: int) -> None:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(pen, "Tags", Untagged)
                render(snapshots[at], images, folder / "untagged.pdf")

        def plain(at: int) -> None:
            # ReportLab encodes streams in ASCII85 unless told otherwise
            rl_config.useA85 = 1
            (folder / "plain.pdf").write_bytes(plain_report(Sheet(snapshots[at], images)))
            rl_config.useA85 = 0

        jobs: dict[str, Callable[[int], None]] = {
            "ours": ours,
            "untagged": untagged,
            "plain": plain,
        }
        taken: dict[str, list[float]] = {key: [] for key in jobs}
        for number in range(rounds):
            for key, job in jobs.items():
                begun = time.process_time()
                job(number % len(snapshots))
                taken[key].append((time.process_time() - begun) * 1000)
    found = {key: statistics.median(times) for key, times in taken.items()}
    return {**found, "ratio": found["ours"] / found["plain"], "pages": statistics.mean(pages)}


def memory(many: int = MANY) -> float:
    """Kilobytes that each report leaves behind, once caches are full."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        images = pictures(folder / "photos")
        begun = 0.0
        for number in range(many):
            shop = Shop("vi" if number % 2 else "en", number, photos=tuple(images))
            render(snapshot(shop=shop), images, folder / "report.pdf")
            if number == WARM:
                begun = _resident()
    return (_resident() - begun) / (many - WARM)


def _resident() -> float:
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(next(line for line in status.splitlines() if "VmRSS" in line).split()[1])


def test_report_speed() -> None:
    found = measure()
    tags = 1 - found["untagged"] / found["ours"]
    sys.stdout.write(
        f"\nplain platypus {found['plain']:.0f} ms, ours {found['ours']:.0f} ms CPU "
        f"({found['pages']:.1f} pages), ratio {found['ratio']:.3f} (limit {LIMIT:g}); "
        f"tags are {tags:.0%} of ours\n"
    )
    assert found["ratio"] < LIMIT


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_memory_stays_flat() -> None:
    left = memory()
    sys.stdout.write(f"\n{left:.1f} kB left behind by a report, over {MANY} (limit {LEFT:g})\n")
    assert left < LEFT
