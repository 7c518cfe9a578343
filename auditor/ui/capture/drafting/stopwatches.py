"""Running stopwatches of a visit. What is kept on disk is when each was started, so a restart
(or a crash) loses no second of it.

While the app runs the time comes from a clock that nobody sets: when the clock of the computer
moves against it, the start on disk is set right, and the person is asked to look at the time.
After a restart only the computer's clock is known.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from auditor.ui.capture.cards.typed import LONGEST
from forms.answers import AnswerKey

#: The two clocks may differ by so many seconds before one says so.
DRIFT = 2.0


class Keep(Protocol):
    """Puts the start of a stopwatch on disk, and whether the clock moved; None takes it away."""

    def __call__(self, key: AnswerKey, started: datetime | None, *, moved: bool) -> None: ...


def utc_now() -> datetime:
    return datetime.now(UTC)


def steady() -> float:
    """Seconds of a clock that nobody sets and that counts while the computer sleeps."""
    boot: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


@dataclass(slots=True)
class _Run:
    """``wall`` and ``steady`` are what the clocks said when ``shown`` seconds had run."""

    started: datetime
    wall: datetime
    steady: float
    shown: float
    moved: bool


class Stopwatches(QObject):
    """``ticked()`` each second while one runs; ``turned(question id)`` at start and stop, and
    when the clock was moved."""

    ticked = Signal()
    turned = Signal(str)

    def __init__(
        self,
        running: Mapping[AnswerKey, datetime],
        moved: frozenset[AnswerKey],
        keep: Keep,
        parent: QObject,
        *,
        now: Callable[[], datetime] = utc_now,
        steady: Callable[[], float] = steady,
    ) -> None:
        super().__init__(parent)
        self._keep, self._now, self._steady = keep, now, steady
        self._runs = {key: self._resume(at, key in moved) for key, at in running.items()}
        #: Stopped ones whose time is to be looked at.
        self._doubted: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        if self._runs:
            self._timer.start()

    def _resume(self, started: datetime, moved: bool) -> _Run:
        """As far as one clock tells: a start in the future, or long ago, is no time."""
        now = self._now()
        shown = (now - started).total_seconds()
        possible = min(max(shown, 0.0), float(LONGEST))
        return _Run(started, now, self._steady(), possible, moved or shown != possible)

    def since(self, question: str) -> datetime | None:
        """When it was started (UTC); None while it stands still."""
        run = self._runs.get((question, 0))
        return None if run is None else run.started

    def seconds(self, question: str) -> int:
        """What it shows now; 0 while it stands still."""
        run = self._runs.get((question, 0))
        if run is None:
            return 0
        shown = run.shown + (self._steady() - run.steady)
        return min(max(int(shown), 0), LONGEST)

    def doubtful(self, question: str) -> bool:
        """The clock was moved while it ran (or it cannot have run so long), and nobody has looked
        at its time since."""
        run = self._runs.get((question, 0))
        return question in self._doubted or (run is not None and run.moved)

    def settle(self, question: str) -> None:
        """The person gave the time by hand."""
        self._doubted.discard(question)

    def start(self, question: str) -> None:
        now = self._now()
        self._runs[question, 0] = _Run(now, now, self._steady(), 0.0, moved=False)
        self._doubted.discard(question)
        self._keep((question, 0), now, moved=False)
        self._timer.start()
        self.turned.emit(question)

    def stop(self, question: str) -> int:
        """Whole seconds since the start."""
        self._look_at_clocks()
        seconds = self.seconds(question)
        run = self._runs.pop((question, 0), None)
        if run is not None:
            self._keep((question, 0), None, moved=False)
            if run.moved:
                self._doubted.add(question)
        if not self._runs:
            self._timer.stop()
        self.turned.emit(question)
        return seconds

    def _tick(self) -> None:
        self._look_at_clocks()
        self.ticked.emit()

    def _look_at_clocks(self) -> None:
        now, steady = self._now(), self._steady()
        for key, run in self._runs.items():
            ran = steady - run.steady
            if abs((now - run.wall).total_seconds() - ran) > DRIFT:
                shown = run.shown + ran
                started = now - timedelta(seconds=shown)
                self._runs[key] = _Run(started, now, steady, shown, moved=True)
                self._keep(key, started, moved=True)
                self.turned.emit(key[0])

    @property
    def running(self) -> tuple[str, ...]:
        return tuple(question for question, _ in self._runs)
