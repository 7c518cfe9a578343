"""A bug: logged with its context, told once, in words that calm."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from auditor import __version__
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.dialog import Dialog
from auditor.words import Words

LOG = logging.getLogger("auditor")


class Crumbs(logging.Handler):
    """The last steps before a bug: what was shown and which jobs ran, never what was typed."""

    KEPT = 60

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(asctime)s.%(msecs)03d %(message)s", "%H:%M:%S"))
        self._last: deque[str] = deque(maxlen=self.KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.ERROR:  # a bug is told by itself
            self._last.append(self.format(record))

    def text(self) -> str:
        return "\n".join(f"  {crumb}" for crumb in self._last)


class CrashDialog(Dialog):
    """The draft is safe, and where the log is."""

    def __init__(self, words: Words, log: Path, details: str, parent: QWidget | None) -> None:
        super().__init__(words("Something in the app went wrong"), parent, width=520)
        self._log, self._details = log, details
        self.say(words(
            "Your draft is safe: every answer that was shown as saved is on disk. You can go on; "
            "if it happens again, close the app and open it again."))  # fmt: skip
        self.say(words("What happened is written in {path}.", path=log))
        show = self.add_button(Button(words("Open the log folder"), icon="folder-open"))
        show.clicked.connect(self._open)
        copy = self.add_button(Button(words("Copy the details"), icon="clipboard-check"))
        copy.clicked.connect(self._copy)
        go_on = self.add_button(Button(words("Go on"), Kind.PRIMARY))
        go_on.clicked.connect(self.accept)
        go_on.setFocus()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class BugHook(QObject):
    """Stands in for ``sys.excepthook`` while the window is open. One dialog at a time."""

    _happened = Signal(str)

    def __init__(self, words: Words, log: Callable[[], Path], window: QWidget) -> None:
        super().__init__(window)
        self.words, self._window = words, window
        self.log = log
        self.dialog: CrashDialog | None = None
        self.crumbs = Crumbs()
        self._happened.connect(self._tell)

    def install(self) -> None:
        sys.excepthook = self.handle
        LOG.setLevel(logging.DEBUG)
        LOG.addHandler(self.crumbs)

    def uninstall(self) -> None:
        LOG.removeHandler(self.crumbs)

    def handle(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Safe from any thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        bug = "".join(traceback.format_exception(kind, error, trace))
        context = f"auditor {__version__}, Python {platform.python_version()}, {sys.platform}"
        text = f"{context}\n{bug}  The last steps:\n{self.crumbs.text()}\n"
        LOG.error("%s", text)
        if LOG.handlers == [self.crumbs]:
            self._write(text)
        self._happened.emit(text)

    def _write(self, text: str) -> None:
        """The workspace, which keeps the log, is not open: add to its file by hand."""
        path = self.log()
        if path.parent.is_dir():
            with path.open("a", encoding="utf-8") as out:
                out.write(text)

    def _tell(self, details: str) -> None:
        if self.dialog is None:
            self.dialog = CrashDialog(self.words, self.log(), details, self._window)
            self.dialog.finished.connect(self._told)
            self.dialog.open()

    def _told(self) -> None:
        self.dialog = None
