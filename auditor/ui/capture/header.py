"""The head of capture: section, progress, running score, what is saved, where to go on."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.capture.drafting.saver import SaveState
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.ring import ProgressLine
from auditor.ui.kit.text import ElidedLabel
from auditor.ui.theme import Ink, Tone, Type, colour, current
from auditor.words import Words

HEIGHT, COMPACT = 60, 55


class CaptureHeader(QWidget):
    def __init__(
        self, words: Words, place: str, *, compact: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.words, self._compact = words, compact
        self._share = (0, 0)
        self.setFixedHeight(current().px(COMPACT if compact else HEIGHT))
        self.title = ElidedLabel("", Type.QUESTION if compact else Type.TITLE)
        self.progress = ProgressLine(8)
        self.count = Chip("")
        self.score = Chip("")
        self.saved = Chip("")
        self.next = self._next_button()
        check = words("Check and submit")
        self.check = Button(check, Kind.PRIMARY)
        self.check.setToolTip("Ctrl+Enter")
        row = QHBoxLayout(self)
        row.setContentsMargins(20 if compact else 24, 0, 20 if compact else 24, 2)
        row.setSpacing(10)
        row.addLayout(self._lead(place), 1)
        row.addSpacing(6)
        for widget in (self.count, self.score, self.saved, self.next, self.check):
            row.addWidget(widget)

    def _lead(self, place: str) -> QVBoxLayout:
        lead = QVBoxLayout()
        lead.setContentsMargins(0, 4, 0, 4)
        lead.setSpacing(0 if self._compact else 4)
        lead.addStretch(1)
        lead.addWidget(self.title)
        if self._compact:
            lead.addWidget(ElidedLabel(place, Type.HINT, Ink.TEXT2))
            self.progress.hide()
        else:
            lead.addWidget(self.progress)
        lead.addStretch(1)
        return lead

    def _next_button(self) -> Button:
        name = self.words("Next unanswered")
        if self._compact:
            button = Button("F8", Kind.OUTLINE, icon="arrow-down", name=name)
            button.setAccessibleName(name)
            button.setToolTip(f"{name} (F8)")
            return button
        return Button(name, Kind.OUTLINE, hint="F8")

    def show_section(self, title: str) -> None:
        self.title.setText(title)

    def show_progress(self, done: int, total: int) -> None:
        self._share = (done, total)
        self.progress.set(done, total)
        self.count.set(f"{done}/{total}")
        said = self.words("{done} of {total} answered", done=done, total=total)
        self.count.setAccessibleName(said)
        self.count.setToolTip(said)
        self.update()

    def show_score(self, percent: str, tone: Tone, *, final: bool) -> None:
        """No ``percent``: nothing is scored yet. ``final``: the visit was handed in."""
        self.score.setVisible(bool(percent))
        running = self.words("Score so far {percent}", percent=percent)
        said = self.words("Score {percent}", percent=percent) if final else running
        self.score.set(
            percent if self._compact else said,
            tone,
            "chart-no-axes-column" if self._compact else None,
        )
        self.score.setAccessibleName(said)

    def show_saved(self, state: SaveState) -> None:
        """What it says is true: "Saved" stands only when everything is on disk."""
        words = self.words
        if state.error is not None:
            self.saved.set(words("Not saved"), Tone.DANGER, "circle-alert")
        elif state.waiting:
            self.saved.set(words("Saving…"), Tone.NEUTRAL, "loader-circle")
        elif state.saved_at is not None:
            at = state.saved_at.astimezone().strftime("%H:%M")
            said = words("Saved {time}", time=at)
            self.saved.set(at if self._compact else said, Tone.NEUTRAL, "check")
            self.saved.setAccessibleName(said)
            self.saved.setVisible(True)
            return
        self.saved.setAccessibleName(self.saved.text())
        self.saved.setVisible(bool(self.saved.text()))

    def show_read_only(self, said: str, tone: Tone) -> None:
        """The visit was handed in: nothing to go on with."""
        self.saved.set(said, tone, "lock")
        self.saved.setAccessibleName(said)
        self.saved.show()
        self.next.hide()
        self.check.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        foot = self.height() - 1
        painter.fillRect(0, foot, self.width(), 1, colour(t.border))
        if self._compact:
            done, total = self._share
            painter.fillRect(0, foot - 2, self.width(), 3, colour(t.border))
            width = round(self.width() * done / total) if total else 0
            painter.fillRect(0, foot - 2, width, 3, colour(t.accent))
