"""Puts every change of a draft (answers and notes) on disk, in order, and says when it is there.

What fails stays here, is shown, and goes first when the next change or ``retry`` comes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from auditor.domain.changes import Saved
from auditor.domain.errors import NotSavedError
from auditor.ui.capture.drafting.notes import Held

#: Typing is on its way to the disk at most this long after its first letter.
TYPING_MS = 400
#: A disk that says nothing for this long has failed.
WAIT_MS = 10_000


@dataclass(frozen=True, slots=True)
class SaveState:
    """``waiting`` changes are not on disk; ``saved_at`` is when the latest got there."""

    waiting: int
    saved_at: datetime | None
    error: Exception | None


class Flight(QObject):
    """One change on its way. Whoever carries it calls ``done`` or ``failed`` on the GUI thread,
    or emits ``broken`` from any thread when something happened that nobody expected."""

    broken = Signal()

    def __init__(self, saver: Saver, key: Held, value: Any) -> None:
        super().__init__(saver)
        self._saver = saver
        self.key, self.value = key, value
        self.broken.connect(self._break)

    def done(self, saved: Saved) -> None:
        self._saver.landed(self, saved.at)

    def failed(self, error: Exception) -> None:
        self._saver.crashed(self, error)

    def _break(self) -> None:
        self.failed(
            NotSavedError(
                "save_failed",
                "Your answer is not on disk yet, for a reason that was not foreseen. It is still "
                "here: try again.",
            )
        )


#: Starts one save off the GUI thread, after those before it.
StartSave: TypeAlias = Callable[[Flight], None]


class Saver(QObject):
    """Signals: ``state(SaveState)``; ``settled()`` when all is on disk, or stopped by a failure."""

    state = Signal(object)
    settled = Signal()

    def __init__(self, start: StartSave, saved_at: datetime | None, parent: QObject) -> None:
        super().__init__(parent)
        self._start = start
        self._waiting: dict[Held, Any] = {}
        self._flights: list[Flight] = []
        self._saved_at = saved_at
        self._error: Exception | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self._send)

    @property
    def now(self) -> SaveState:
        return SaveState(len(self._waiting) + len(self._flights), self._saved_at, self._error)

    @property
    def clean(self) -> bool:
        """Everything is on disk."""
        return not self._waiting and not self._flights

    def put(self, key: Held, value: Any, *, soon: bool = False) -> None:
        """Save ``value``: at once, or ``soon`` (typing) within ``TYPING_MS``."""
        self._waiting[key] = value
        if not soon:
            self._send()
        elif not self._timer.isActive():
            self._timer.start()
        self.state.emit(self.now)

    def flush(self) -> None:
        """Send what typing still holds back, and what failed before."""
        self._send()

    def wait(self) -> bool:
        """``flush``, then wait until all is on disk. False when it is not: see ``now.error``.

        What was under way before may be failing already, which says nothing of now: it is tried
        once more."""
        was_under_way = bool(self._flights)
        self._wait_once()
        if was_under_way and not self._flights:
            self._wait_once()
        return self.clean

    def _wait_once(self) -> None:
        self.flush()
        if self._flights:
            loop = QEventLoop()
            self.settled.connect(loop.quit)
            QTimer.singleShot(WAIT_MS, loop, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _send(self) -> None:
        self._timer.stop()
        waiting, self._waiting = self._waiting, {}
        for key, value in waiting.items():
            flight = Flight(self, key, value)
            self._flights.append(flight)
            self._start(flight)

    def landed(self, flight: Flight, at: datetime) -> None:
        self._end(flight)
        self._saved_at = at
        if not self._waiting:
            self._error = None
        self._tell()

    def crashed(self, flight: Flight, error: Exception) -> None:
        """Keep the change, unless the person has made a newer one since."""
        self._end(flight)
        newer = {each.key for each in self._flights} | set(self._waiting)
        if flight.key not in newer:
            self._waiting[flight.key] = flight.value
        self._error = error
        self._tell()

    def _end(self, flight: Flight) -> None:
        self._flights.remove(flight)
        flight.deleteLater()

    def _tell(self) -> None:
        self.state.emit(self.now)
        if not self._flights:
            self.settled.emit()
