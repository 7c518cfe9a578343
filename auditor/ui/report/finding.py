"""Ctrl+F in a report: from place to place, the words marked on the paper."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout

from auditor.ui.kit.find import FindBar
from auditor.ui.report.pages import PageView
from auditor.ui.report.pdf import Opened
from auditor.ui.report.searching import Found, Match, find_words
from auditor.ui.tasks import ImagePool, Task
from auditor.words import Words

#: Typing looks after this pause.
PAUSE_MS = 120


class Finder(QObject):
    """The search of one preview; it outlives its bar, so that F3 goes on with the last words."""

    def __init__(self, words: Words, pool: ImagePool, view: PageView, room: QVBoxLayout) -> None:
        """The bar stands at the top of ``room``."""
        super().__init__(view)
        self._words, self._pool, self._view, self._room = words, pool, view, room
        self._pdf: Opened | None = None
        self._query = ""
        self._found: tuple[Match, ...] = ()
        self._at = -1
        self.bar: FindBar | None = None
        self._task: Task | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)

    def open(self) -> None:
        """Ctrl+F."""
        if self.bar is None:
            words = self._words
            prompt, nothing = words("Find in this report"), words("Not in this report")
            self.bar = FindBar(words, prompt, nothing, self._query, self._view)
            self._room.insertWidget(0, self.bar)
            self.bar.changed.connect(self._changed)
            self.bar.stepped.connect(self.step)
            self.bar.closed.connect(self.close)
            self._look()
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.field.selectAll()

    def close(self) -> None:
        """Esc."""
        bar, self.bar = self.bar, None
        if bar is None:
            return
        self._pause.stop()
        self._view.setFocus()  # before it hides: Qt would choose another
        self._view.show_matches((), None)
        bar.hide()
        bar.deleteLater()

    def search(self, pdf: Opened) -> None:
        """The paper is another one: the same words, there."""
        self._pdf = pdf
        self._found, self._at = (), -1
        if self.bar is not None:
            self._look()

    def step(self, delta: int) -> None:
        """F3, Enter: the next place; all around."""
        if self.bar is None:
            self.open()
        elif self._found:
            self._at = (self._at + delta) % len(self._found)
            self._show()

    def _changed(self, query: str) -> None:
        self._query = query
        self._pause.start()

    def _look(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self._pdf is not None:
            self._task = self._pool.run_long(
                find_words, self._pdf.path, self._query, done=self._take
            )

    def _take(self, found: Found) -> None:
        """What was asked last; answers to older questions are dropped."""
        if self.bar is None or self._pdf is None or found.query != self._query:
            return
        if found.path == self._pdf.path:
            self._found = found.matches
            self._at = self._first()
            self._show()

    def _first(self) -> int:
        """The first place on the page that one looks at, or behind it."""
        here = self._view.page
        ahead = (at for at, match in enumerate(self._found) if match.page >= here)
        return next(ahead, 0 if self._found else -1)

    def _show(self) -> None:
        match = self._found[self._at] if self._at >= 0 else None
        self._view.show_matches(self._found, match)
        if self.bar is not None:
            self.bar.show_count(self._at + 1, len(self._found))
