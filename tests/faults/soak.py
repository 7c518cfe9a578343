"""Hundreds of visits in one window: what grows?

``python -m tests.faults.soak [VISITS]`` fills, undoes, hands in and reports visits with photos, and
prints a table. Every figure but those of the disk must be flat once the window is warm.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.gauges import Held
    from tests.faults.long_life import Life

# Processes that the window starts import this module: nothing heavy is imported before ``main``.

VISITS, SAMPLES, ERRAND_EVERY = 500, 20, 5
#: Visits that may fill caches.
WARM_UP = 100


@dataclass(frozen=True, slots=True)
class Sample:
    """After ``visits``: what the process holds, and what is on disk."""

    visits: int
    held: Held
    answers: int
    database: float
    journal: float
    log: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Figure:
    """``most``: how much it may grow per visit, in its unit."""

    name: str
    read: Callable[[Sample], float]
    most: float
    digits: int = 0

    def growth(self, samples: Sequence[Sample]) -> float:
        """Per visit: the median of the slopes between every two samples, which neither one step
        nor noise moves."""
        slopes = [
            (self.read(b) - self.read(a)) / (b.visits - a.visits)
            for a, b in combinations(samples, 2)
        ]
        return statistics.median(slopes)

    def grows(self, samples: Sequence[Sample]) -> bool:
        return self.growth(samples) > self.most


#: What stays exactly as it was.
COUNTS = (
    Figure("Qt objects", lambda s: s.held.qt, 0),
    Figure("widgets", lambda s: s.held.widgets, 0),
    Figure("timers that run", lambda s: s.held.timers, 0),
    Figure("file handles", lambda s: s.held.handles.total(), 0),
    Figure("threads", lambda s: s.held.threads, 0),
    Figure("processes", lambda s: s.held.processes, 0),
)
#: What allocators, caches of a fixed size (SQLite's pages, words folded for a search) and PySide,
#: which keeps some fifty bytes of a connection to a method, move a little: 50 kB for a visit.
AMOUNTS = (
    Figure("memory of the window, MB", lambda s: s.held.before, 0.1, 1),
    Figure("  once all is let go, MB", lambda s: s.held.memory, 0.05, 1),
    Figure("  of it in C and C++, MB", lambda s: s.held.heap, 0.03, 1),
    Figure("memory of its processes, MB", lambda s: s.held.workers, 0.02, 1),
    Figure("Python objects", lambda s: s.held.objects, 5),
    Figure("Python blocks of memory", lambda s: s.held.blocks, 120),
    Figure("temporary files, MB", lambda s: s.held.scratch, 0.01, 1),
    Figure("journal of the database, MB", lambda s: s.journal, 0.01, 1),
    Figure("log, MB", lambda s: s.log, 0.02, 1),
    Figure("processor seconds for a visit", lambda s: s.seconds, 0.001, 2),
)
DATABASE = Figure("database, kB", lambda s: s.database, float("inf"))


def run(
    life: Life, visits: int, samples: int, scratch: Path, *, errands: int = ERRAND_EVERY
) -> Iterator[Sample]:
    """A sample after every ``visits / samples`` visits, taken where no visit is on screen."""
    every = max(1, visits // samples)
    seconds: list[float] = []
    for number in range(1, visits + 1):
        since = time.process_time()
        life.visit(number)
        seconds.append(time.process_time() - since)
        if errands and number % errands == 0:
            life.errand(number // errands)
        if number % every == 0:
            yield sample(life, number, scratch, statistics.median(seconds))
            seconds.clear()


def sample(life: Life, number: int, scratch: Path, seconds: float = 0.0) -> Sample:
    """A look from a screen that shows no visit; then back."""
    from auditor.store import driver
    from tests.faults import gauges
    from tests.ui.capture.hands import on_disk

    life.rest()
    held = gauges.look(scratch)
    [[pages]] = on_disk(life.folder, "PRAGMA page_count")
    [[page]] = on_disk(life.folder, "PRAGMA page_size")
    [[answers]] = on_disk(life.folder, "SELECT count(*) FROM answer")
    journals = driver.journals(life.folder / driver.DATABASE)
    found = Sample(
        visits=number,
        held=held,
        answers=answers,
        database=pages * page / 1000,
        journal=sum(gauges.size(each) for each in journals) / 1e6,
        log=sum(gauges.size(each) for each in gauges.below(life.folder / "logs")) / 1e6,
        seconds=seconds,
    )
    life.wake()
    return found


def warm(samples: Sequence[Sample]) -> Sequence[Sample]:
    """Those after the warm-up; of too few visits, those of the second half."""
    least = min(WARM_UP, samples[-1].visits // 2)
    return [each for each in samples if each.visits >= least]


def growing(samples: Sequence[Sample]) -> list[Figure]:
    """What is not flat; amounts tell nothing while caches fill."""
    judged = (*COUNTS, *AMOUNTS) if samples[0].visits >= WARM_UP else COUNTS
    return [figure for figure in judged if figure.grows(samples)]


def grown(samples: Sequence[Sample]) -> Counter[str]:
    """Qt objects by class, and what handles lead to, of which there are more than before."""
    first, last = samples[0].held, samples[-1].held
    return (last.kinds - first.kinds) + (last.handles - first.handles)


def bytes_per_answer(samples: Sequence[Sample]) -> tuple[float, float]:
    """What an answer took in the database, in the first and in the second half."""
    middle = samples[len(samples) // 2]
    halves = ((samples[0], middle), (middle, samples[-1]))
    first, second = (1000 * (b.database - a.database) / (b.answers - a.answers) for a, b in halves)
    return first, second


def table(samples: Sequence[Sample]) -> Iterator[str]:
    """``samples`` after the warm-up."""
    first, last = samples[0], samples[-1]
    yield f"{'':<32}{f'after {first.visits}':>13}{f'after {last.visits}':>13}{'per visit':>13}"
    grow = growing(samples)
    for figure in (*COUNTS, *AMOUNTS):
        cold = figure in AMOUNTS and first.visits < WARM_UP
        verdict = "too few visits" if cold else "GROWS" if figure in grow else "flat"
        yield _row(figure, samples, verdict)
    yield _row(DATABASE, samples, "with the answers")
    was, now = bytes_per_answer(samples)
    yield f"{'  bytes for an answer, by halves':<32}{was:>13.0f}{now:>13.0f}"
    for name, more in grown(samples).most_common(20):
        yield f"  {more} more {name}"


def _row(figure: Figure, samples: Sequence[Sample], verdict: str) -> str:
    was, now = (f"{figure.read(each):,.{figure.digits}f}" for each in (samples[0], samples[-1]))
    return f"{figure.name:<32}{was:>13}{now:>13}{figure.growth(samples):>13.4f}  {verdict}"


def main(visits: int) -> int:
    from auditor.ui import app as application
    from tests.faults.long_life import Life
    from tests.ui import offscreen

    os.environ["QT_QPA_PLATFORM"] = offscreen.platform()
    samples: list[Sample] = []
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        place, scratch = Path(name), Path(name) / "scratch"
        scratch.mkdir()
        alone(place / "home")
        tempfile.tempdir = str(scratch)
        app = application.create()
        life = Life(place)
        for each in run(life, visits, SAMPLES, scratch):
            samples.append(each)
            print(f"{each.visits}: {each.held.before:.0f} MB", flush=True)
        life.close()
        tempfile.tempdir = None
    del app
    late = warm(samples)
    print("\n".join(("", *table(late), f"{life.photos} photos, {life.keys} keys")))
    return int(bool(growing(late)))


def alone(home: Path) -> None:
    """Neither read nor write the settings of the person who runs it."""
    os.environ["HOME"] = str(home)
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else VISITS))
