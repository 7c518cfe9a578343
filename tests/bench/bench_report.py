"""One location report, snapshot to file on disk, against the same content in plain platypus and in
Typst; what tags cost of it; what a second process adds; and whether memory stays flat.

Run: ``pytest -s tests/bench/bench_report.py``. CPU time, medians of interleaved runs in one
process, each of a visit that nobody drew before; the required ratio is 0.25, the goal 0.15,
tagged. Typst tags too. Two processes are measured by the clock, so that nothing else should run:
the goal is 1.9 times the rate of one.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab import rl_config

from auditor.services.report_worker import RenderPool
from reports import pen
from reports.render import render
from reports.sheet import Sheet
from reports.snapshot import ReportSnapshot
from reports.tagging import Element, Tags
from reports.typeface import faces
from tests.bench.plain_report import plain_report
from tests.reports.samples import Shop, pictures, snapshot

ROUNDS = 15
LIMIT = 0.25
#: Reports after which memory is looked at; kilobytes that a report may leave behind.
WARM, MANY, LEFT = 60, 1000, 4.0
#: Reports of one turn of the pool, and turns of one process and of two.
BATCH, TURNS = 40, 3


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


def visit(seed: int, images: dict[str, Path]) -> ReportSnapshot:
    return snapshot(shop=Shop("vi" if seed % 2 else "en", seed, photos=tuple(images)))


def _jobs(folder: Path, images: dict[str, Path]) -> dict[str, Callable[[ReportSnapshot], object]]:
    def untagged(each: ReportSnapshot) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pen, "Tags", Untagged)
            render(each, images, folder / "untagged.pdf")

    def plain(each: ReportSnapshot) -> None:
        # ReportLab encodes streams in ASCII85 unless told otherwise
        rl_config.useA85 = 1
        (folder / "plain.pdf").write_bytes(plain_report(Sheet(each, images)))

    jobs: dict[str, Callable[[ReportSnapshot], object]] = {
        "ours": lambda each: render(each, images, folder / "ours.pdf"),
        "untagged": untagged,
        "plain": plain,
    }
    if (typst := _typst(folder)) is not None:
        jobs["typst"] = lambda each: (folder / "typst.pdf").write_bytes(typst(Sheet(each, images)))
    return jobs


def _typst(folder: Path) -> Callable[[Sheet], bytes] | None:
    """None where it is not installed."""
    try:
        from tests.bench.typst_report import typst_writer
    except ModuleNotFoundError:
        return None
    return typst_writer(folder)


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """Medians in milliseconds of CPU time."""
    faces()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        images = pictures(folder / "photos", wide=1200)
        jobs = _jobs(folder, images)
        taken: dict[str, list[float]] = {key: [] for key in jobs}
        for number in range(-2, rounds):
            for at, (key, job) in enumerate(jobs.items()):
                each = visit(len(jobs) * (number + 2) + at, images)
                begun = time.process_time()
                job(each)
                if number >= 0:
                    taken[key].append((time.process_time() - begun) * 1000)
    return {key: statistics.median(times) for key, times in taken.items()}


def memory(many: int = MANY) -> float:
    """Kilobytes that each report leaves behind, once caches are full."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        images = pictures(folder / "photos")
        visits = [visit(seed, images) for seed in range(WARM)]
        begun = 0.0
        for number in range(many):
            each = visits[number % WARM]
            numbered = replace(each.visit, number=f"V-{number:04}")
            render(replace(each, visit=numbered), images, folder / "report.pdf")
            if number == WARM:
                begun = _resident()
    return (_resident() - begun) / (many - WARM)


def _resident() -> float:
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(next(line for line in status.splitlines() if "VmRSS" in line).split()[1])


def rates() -> dict[int, float]:
    """Reports in a second by the clock, snapshot to file, of one process and of two."""
    with tempfile.TemporaryDirectory() as name, RenderPool(1) as one, RenderPool(2) as two:
        folder = Path(name)
        images = pictures(folder / "photos", wide=1200)
        snapshots = [visit(seed, images) for seed in range(BATCH)]
        for pool in (one, two):
            _batch(pool, snapshots, images, folder)
        found: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(TURNS):
            for many, pool in ((1, one), (2, two)):
                found[many].append(_batch(pool, snapshots, images, folder))
    return {many: max(each) for many, each in found.items()}


def _batch(
    pool: RenderPool, snapshots: list[ReportSnapshot], images: dict[str, Path], folder: Path
) -> float:
    begun = time.perf_counter()
    futures = [
        pool.submit(each.to_json(), images, folder / f"{at}.pdf")
        for at, each in enumerate(snapshots)
    ]
    for future in futures:
        future.result()
    return len(snapshots) / (time.perf_counter() - begun)


def test_report_speed() -> None:
    found = measure()
    ratio, tags = found["ours"] / found["plain"], 1 - found["untagged"] / found["ours"]
    sys.stdout.write(
        f"\nplain platypus {found['plain']:.0f} ms, ours {found['ours']:.0f} ms CPU: ratio "
        f"{ratio:.3f} (limit {LIMIT:g}); tags are {tags:.0%} of ours\n"
    )
    if "typst" in found:
        sys.stdout.write(
            f"Typst {found['typst']:.0f} ms: {found['typst'] / found['plain']:.3f} of plain "
            f"platypus; ours is {found['ours'] / found['typst']:.3f} of Typst\n"
        )
        assert found["ours"] < found["typst"]
    assert ratio < LIMIT


def test_two_processes() -> None:
    found = rates()
    sys.stdout.write(
        f"\none process {found[1]:.1f} reports a second, two {found[2]:.1f}: "
        f"{found[2] / found[1]:.2f} times (goal 1.9)\n"
    )
    assert found[2] > found[1]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_memory_stays_flat() -> None:
    left = memory()
    sys.stdout.write(f"\n{left:.1f} kB left behind by a report, over {MANY} (limit {LEFT:g})\n")
    assert left < LEFT
