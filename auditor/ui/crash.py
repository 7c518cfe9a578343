"""A bug: logged with its context, told once, in words that calm."""

from __future__ import annotations

import logging
import platform
import sys
import tempfile
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

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
    """The draft is safe, and where the log is. ``support_wanted``: a report is to be saved."""

    support_wanted = Signal()

    def __init__(self, words: Words, log: Path, details: str, parent: QWidget | None) -> None:
        super().__init__(words("Something in the app went wrong"), parent, width=560)
        self._log, self._details = log, details
        self.say(words(
            "Your draft is safe: every answer that was shown as saved is on disk. You can go on; "
            "if it happens again, close the app and open it again."))  # fmt: skip
        self.say(words("What happened is written in {path}.", path=log))
        row = QHBoxLayout()
        row.setSpacing(8)
        for caption, icon, slot in (
            (words("Open the log folder"), "folder-open", self._open),
            (words("Copy the details"), "clipboard-check", self._copy),
            (words("Save a report for support…"), "file-text", self._support),
        ):
            button = Button(caption, Kind.SOFT, icon=icon)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        go_on = self.add_button(Button(words("Go on"), Kind.PRIMARY))
        go_on.clicked.connect(self.accept)
        go_on.setFocus()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent)))

    def _support(self) -> None:
        self.accept()
        self.support_wanted.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class BugHook(QObject):
    """Stands in for ``sys.excepthook`` while the window is open. One dialog at a time; a bug in
    the dialog itself is logged and shows none. ``support_wanted`` comes from the dialog."""

    support_wanted = Signal()
    _happened = Signal(str, object)

    def __init__(self, words: Words, log: Callable[[], Path], window: QWidget) -> None:
        super().__init__(window)
        self.words, self._window = words, window
        self.log = log
        self.dialog: CrashDialog | None = None
        self.crumbs = Crumbs()
        self._telling = False
        self._happened.connect(self._tell)

    def install(self) -> None:
        sys.excepthook = self.handle
        logging.raiseExceptions = False  # a log that fails has no console to complain to
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
        self._happened.emit(text, self._kept_in(text))

    def _kept_in(self, text: str) -> Path:
        """Where ``text`` stands. A workspace that is not open, or a disk that refuses, has no log:
        then it is added to the file by hand, or to one of this computer's own folder."""
        path = self.log()
        if _holds(path, text):
            return path
        elsewhere = Path(tempfile.gettempdir()) / path.name
        for place in (path, elsewhere):
            with suppress(OSError), place.open("a", encoding="utf-8", errors="replace") as out:
                out.write(text)
                return place
        return path

    def _tell(self, details: str, log: Path) -> None:
        if self.dialog is not None or self._telling:
            return
        self._telling = True  # for good, where the dialog fails: its bug comes back here
        self.dialog = CrashDialog(self.words, log, details, self._window)
        self.dialog.finished.connect(self._told)
        self.dialog.support_wanted.connect(self.support_wanted)
        self.dialog.open()
        self._telling = False

    def _told(self) -> None:
        self.dialog = None


def _holds(path: Path, text: str) -> bool:
    """Whether the log at ``path`` ends with ``text``."""
    wanted = text.encode("utf-8", "replace").rstrip()[-2000:]
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - len(wanted) - 100, 0))
            return wanted.replace(b"\r\n", b"\n") in file.read().replace(b"\r\n", b"\n")
    except OSError:
        return False
