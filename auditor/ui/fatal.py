"""Watches for crashes of the process itself, folder by folder, and tells of the last one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from auditor.domain.standing import Standing
from auditor.services.log import FatalWatch
from auditor.ui import standing_bars

if TYPE_CHECKING:
    from auditor.ui.window import MainWindow


class FatalGuard(QObject):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._watch = FatalWatch()
        self._folder: Path | None = None
        window.context.closers.append(self._let_go)
        window.context.stood.connect(self._stand)
        if window.context.standing is not None:
            self._stand(window.context.standing)

    def _stand(self, standing: Standing) -> None:
        """Once for each folder: the log lies in it."""
        if not standing.writable or standing.folder == self._folder:
            return
        self._folder = standing.folder
        found = self._watch.begin(standing.folder)
        if found is not None:
            standing_bars.died(self._window, self._window.across, found)

    def _let_go(self) -> None:
        """The folder may be moved or removed next."""
        self._folder = None
        self._watch.end()

    def end(self) -> None:
        self._watch.end()
