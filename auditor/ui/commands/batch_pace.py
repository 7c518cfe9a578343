"""How fast a run of reports goes, for whoever looks at it, now or later."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

#: Reports to wait for before the rest is estimated.
ENOUGH = 3
#: Points of the line, one a second; the rate is that of the last few.
POINTS, LAST = 120, 5


class Pace:
    """How fast a run goes: the time in which it was paused does not count. ``before`` were done
    when it began."""

    def __init__(self, before: int = 0) -> None:
        self._before, self._since, self._spent = before, time.monotonic(), 0.0

    def turn(self, *, paused: bool) -> None:
        if paused:
            self._spent, self._since = self.spent, 0.0
        elif not self._since:
            self._since = time.monotonic()

    @property
    def spent(self) -> float:
        """Seconds of work."""
        return self._spent + (time.monotonic() - self._since if self._since else 0.0)

    def rate(self, done: int) -> float:
        """Reports a second; 0 while too few are done to tell."""
        made, spent = done - self._before, self.spent
        return made / spent if made >= ENOUGH and spent > 0 else 0.0


class Meter(QObject):
    """Looks once a second how many are done; ``ticked()``. ``rates`` are those of the last two
    minutes, a second each, without the time of a pause."""

    ticked = Signal()

    def __init__(self, done: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._done = done
        self.pace = Pace()
        self.began = datetime.now().astimezone()
        self.rates: deque[float] = deque(maxlen=POINTS)
        self._last: deque[int] = deque(maxlen=LAST + 1)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)

    def begin(self) -> None:
        """The run begins, or some of it is tried again."""
        self.pace = Pace(self._done())
        self.began = datetime.now().astimezone()
        self.rates.clear()
        self._last.clear()
        self._timer.start()

    def turn(self, *, paused: bool) -> None:
        self.pace.turn(paused=paused)
        self._last.clear()
        if paused:
            self._timer.stop()
        else:
            self._timer.start()

    def end(self) -> None:
        self._timer.stop()
        self.pace.turn(paused=True)

    def tick(self) -> None:
        self._last.append(self._done())
        if len(self._last) > 1:
            self.rates.append((self._last[-1] - self._last[0]) / (len(self._last) - 1))
        self.ticked.emit()
