"""Running stopwatches of a visit. What is kept on disk is when each was started, so a restart
(or a crash) loses no second of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from auditor.ui.capture.typed import LONGEST, elapsed
from forms.answers import AnswerKey

#: Puts the start of a stopwatch on disk; None takes it away.
Keep = Callable[[AnswerKey, datetime | None], None]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Stopwatches(QObject):
    """``ticked()`` each second while one runs; ``turned(question id)`` at start and stop."""

    ticked = Signal()
    turned = Signal(str)

    def __init__(
        self,
        running: Mapping[AnswerKey, datetime],
        keep: Keep,
        parent: QObject,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(parent)
        self._running = dict(running)
        self._keep = keep
        self._now = now
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.ticked)
        if self._running:
            self._timer.start()

    def since(self, question: str) -> datetime | None:
        """When it was started (UTC); None while it stands still."""
        return self._running.get((question, 0))

    def seconds(self, question: str) -> int:
        """What it shows now; 0 while it stands still."""
        since = self.since(question)
        return 0 if since is None else min(elapsed(since, self._now()), LONGEST)

    def start(self, question: str) -> None:
        now = self._now()
        self._running[question, 0] = now
        self._keep((question, 0), now)
        self._timer.start()
        self.turned.emit(question)

    def stop(self, question: str) -> int:
        """Whole seconds since the start."""
        seconds = self.seconds(question)
        if self._running.pop((question, 0), None) is not None:
            self._keep((question, 0), None)
        if not self._running:
            self._timer.stop()
        self.turned.emit(question)
        return seconds

    @property
    def running(self) -> tuple[str, ...]:
        return tuple(question for question, _ in self._running)
