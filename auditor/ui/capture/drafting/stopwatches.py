"""Running stopwatches of a visit. What is kept on disk is when each was started, so a restart
(or a crash) loses no second of it.

While the app runs the time comes from a clock that nobody sets: when the clock of the computer
moves against it, the start on disk is set right, and the person is asked to look at the time.
After a restart only the computer's clock is known.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from auditor.ui.capture.cards.typed import LONGEST
from forms.answers import AnswerKey

#: The two clocks may differ by so many seconds before one says so.
DRIFT = 2.0


def utc_now() -> datetime:
    return datetime.now(UTC)


if sys.platform == "win32":
    _counted = time.monotonic
else:
    #: They count on while it sleeps, unlike ``time.monotonic`` of Linux and of macOS.
    _CLOCK: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    _counted = partial(time.clock_gettime, _CLOCK)


def steady() -> float:
    """Seconds of a clock that nobody sets and that counts while the computer sleeps."""
    return _counted()


@dataclass(frozen=True, slots=True)
class Run:
    """``wall`` and ``steady`` are what the clocks said when ``shown`` seconds had run. It runs on
    by these clocks wherever it is kept: one that is taken up again has lost no second."""

    started: datetime
    wall: datetime
    steady: float
    shown: float
    moved: bool


class Stopwatches(QObject):
    """``ticked()`` each second while one runs; ``turned(question id)`` at start and stop, and
    when the clock was moved: then ``mended`` is called with what is to be on disk."""

    ticked = Signal()
    turned = Signal(str)

    def __init__(
        self,
        running: Mapping[AnswerKey, datetime],
        moved: frozenset[AnswerKey],
        mended: Callable[[str, Run], object],
        parent: QObject,
        *,
        now: Callable[[], datetime] = utc_now,
        steady: Callable[[], float] = steady,
    ) -> None:
        super().__init__(parent)
        self._mended, self._now, self._steady = mended, now, steady
        self._runs = {key[0]: self._resume(at, key in moved) for key, at in running.items()}
        #: Stopped ones whose time is to be looked at.
        self._doubted: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        if self._runs:
            self._timer.start()

    def _resume(self, started: datetime, moved: bool) -> Run:
        """As far as one clock tells: a start in the future, or long ago, is no time."""
        now = self._now()
        shown = (now - started).total_seconds()
        possible = min(max(shown, 0.0), float(LONGEST))
        return Run(started, now, self._steady(), possible, moved or shown != possible)

    def since(self, question: str) -> datetime | None:
        """When it was started (UTC); None while it stands still."""
        run = self._runs.get(question)
        return None if run is None else run.started

    def seconds(self, question: str) -> int:
        """What it shows now; 0 while it stands still."""
        run = self._runs.get(question)
        if run is None:
            return 0
        shown = run.shown + (self._steady() - run.steady)
        return min(max(int(shown), 0), LONGEST)

    def doubtful(self, question: str) -> bool:
        """The clock was moved while it ran (or it cannot have run so long), and nobody has looked
        at its time since."""
        run = self._runs.get(question)
        return question in self._doubted or (run is not None and run.moved)

    def settle(self, question: str) -> None:
        """The person gave the time by hand."""
        self._doubted.discard(question)

    def fresh(self) -> Run:
        """One that starts now."""
        now = self._now()
        return Run(now, now, self._steady(), 0.0, moved=False)

    def run_of(self, question: str) -> Run | None:
        return self._runs.get(question)

    def put(self, question: str, run: Run | None) -> None:
        """It runs since then, or (None) stands still."""
        before = self._runs.pop(question, None)
        self._doubted.discard(question)
        if run is not None:
            self._runs[question] = run
            self._timer.start()
        elif before is not None and before.moved:
            self._doubted.add(question)
        if not self._runs:
            self._timer.stop()
        self.turned.emit(question)

    def read(self, question: str) -> int:
        """Whole seconds since the start, by both clocks."""
        self._look_at_clocks()
        return self.seconds(question)

    def _tick(self) -> None:
        self._look_at_clocks()
        self.ticked.emit()

    def _look_at_clocks(self) -> None:
        now, steady = self._now(), self._steady()
        for question, run in tuple(self._runs.items()):
            ran = steady - run.steady
            if abs((now - run.wall).total_seconds() - ran) > DRIFT:
                shown = run.shown + ran
                mended = Run(now - timedelta(seconds=shown), now, steady, shown, moved=True)
                self._runs[question] = mended
                self._mended(question, mended)
                self.turned.emit(question)

    @property
    def running(self) -> tuple[str, ...]:
        return tuple(self._runs)
