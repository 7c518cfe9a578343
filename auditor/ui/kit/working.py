"""Long work: what is being done, how far it is, and Cancel. Shown only when it takes a while."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from auditor.ui.kit.button import Button
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.ring import ProgressLine
from auditor.ui.kit.text import ElidedLabel
from auditor.ui.tasks import Task
from auditor.ui.theme import Ink, Type
from auditor.words import Words

#: Work that is done sooner shows nothing.
PATIENCE_MS = 300


class WorkingDialog(Dialog):
    """Watches a task; Cancel asks it to stop and waits for it."""

    def __init__(self, task: Task, title: str, words: Words, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._task, self.words = task, words
        self.line = ProgressLine()
        self.line.setAccessibleName(title)
        self.what = ElidedLabel("", Type.HELP, Ink.TEXT2)
        self.body.addWidget(self.line)
        self.body.addWidget(self.what)
        self.stop = self.add_button(Button(words("Cancel"), hint="Esc"))
        self.stop.clicked.connect(self._cancel)
        task.progressed.connect(self._show)
        task.ended.connect(self._end)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.open)
        self._timer.start(PATIENCE_MS)

    def _show(self, done: int, total: int, what: str) -> None:
        self.line.set(done, total)
        if what:
            self.what.setText(what)

    def _cancel(self) -> None:
        self.stop.setEnabled(False)
        self.what.setText(self.words("Stopping…"))
        self._task.cancel()

    def _end(self) -> None:
        self._timer.stop()
        self.done(0)
        self.deleteLater()

    def reject(self) -> None:
        """Esc asks the work to stop; the dialog goes when it has."""
        if self._task.done:
            super().reject()
        else:
            self._cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._task.done:
            self._cancel()
            event.ignore()
