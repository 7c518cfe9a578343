"""What the window does while the person does nothing: backups, and once a week the check."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from auditor.ui import standing_bars as bars
from auditor.ui.commands import care as jobs
from auditor.ui.tasks import Priority

if TYPE_CHECKING:
    from auditor.ui.window import MainWindow

#: How often something may be due.
IDLE_MS = 60_000
#: How long after the list of visits is shown a first report is made ready for.
WARM_MS = 1_500


class Idle(QObject):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(IDLE_MS)
        self._warm = QTimer(self)
        self._warm.setSingleShot(True)
        self._warm.timeout.connect(self._warm_up)
        window.listed.connect(self._soon)

    @property
    def _free(self) -> bool:
        """The workspace is open and written to, and nobody waits for anything."""
        context = self._window.context
        standing = context.standing
        busy = context.lane.busy or context.images.busy or context.renderer.busy
        return standing is not None and standing.writable and not busy

    def _soon(self) -> None:
        self._warm.start(WARM_MS)

    def _warm_up(self) -> None:
        """Once, when nobody waits for anything."""
        context = self._window.context
        if context.standing is None or context.lane.busy or context.images.busy:
            self._soon()
            return
        from auditor.ui.commands.preview import warm_up
        from auditor.ui.report import screen  # noqa: F401 - loaded before it is asked for

        self._window.listed.disconnect(self._soon)
        warm_up(context)

    def look(self) -> None:
        """Called when a minute has passed."""
        if self._free:
            self._window.context.look_again()
            self._window.context.ask(
                jobs.backups_if_due, done=self._back_up, failed=self._failed,
                priority=Priority.IDLE,
            )  # fmt: skip

    def _back_up(self, store: Any) -> None:
        context = self._window.context
        if store is None:
            context.ask(jobs.wants_examination, done=self._examine, priority=Priority.IDLE)
            return
        context.images.run(jobs.make, store, done=self._made, failed=self._failed)

    def _made(self, _path: object) -> None:
        self._window.across.drop(bars.FAILED)
        self._window.across.closed.discard(bars.FAILED)
        self._window.context.look_again()

    def _failed(self, error: Any) -> None:
        bars.backup_failed(self._window, self._window.across, error)

    def _examine(self, wanted: bool) -> None:
        if wanted and self._free:
            from auditor.ui import care

            care.start_check(self._window, self._examined)

    def _examined(self, findings: Any) -> None:
        from auditor.ui import care

        care.note_findings(self._window, findings)
        if not findings.healthy:
            count = sum(each.level.value == "fault" for each in findings.findings)
            show = partial(care.show_findings, self._window, findings)
            bars.check_found(self._window.across, count, show)
