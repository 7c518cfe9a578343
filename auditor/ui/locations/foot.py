"""Below the list: which rows are in sight, and what can be done with those that are ticked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.places import Count
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import KeyCap
from auditor.ui.kit.text import Label
from auditor.ui.locations import phrases
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

HEIGHT, HINTS = 44, 560


class Foot(QWidget):
    """``paged(1 or -1)``; with ticks: ``move_wanted``, ``tag_wanted``, ``archive_wanted``,
    ``merge_wanted``, ``untick_wanted``."""

    paged = Signal(int)
    move_wanted = Signal()
    tag_wanted = Signal()
    archive_wanted = Signal()
    merge_wanted = Signal()
    untick_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words, self._archived = words, False
        self.setFixedHeight(max(current().px(HEIGHT), current().reach(34) + 10))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 16, 0)
        row.setSpacing(6)
        self.range = Label("", Type.HELP, Ink.TEXT2)
        row.addWidget(self.range)
        self.back = self._arrow("chevron-left", words("Further up"), -1)
        self.next = self._arrow("chevron-right", words("Further down"), 1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        row.addStretch(1)
        self._hints = self._add_hints(row)
        self._acts = self._add_acts(row)

    def _arrow(self, icon: str, name: str, step: int) -> Button:
        button = Button(icon=icon, kind=Kind.TEXT, name=name, height=32)
        button.setProperty("step", step)
        button.clicked.connect(self._page)
        return button

    def _page(self) -> None:
        self.paged.emit(self.sender().property("step"))

    def _add_hints(self, row: QHBoxLayout) -> QWidget:
        holder = QWidget(self)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        words = self.words
        for caps, text in (
            ((KeyCap("", "arrow-up"), KeyCap("", "arrow-down")), words("move")),
            ((KeyCap(words("Space")),), words("tick")),
            ((KeyCap("Enter"),), words("open")),
        ):
            for cap in caps:
                line.addWidget(cap)
            line.addWidget(Label(text, Type.HELP, Ink.TEXT2))
            line.addSpacing(6)
        row.addWidget(holder)
        return holder

    def _add_acts(self, row: QHBoxLayout) -> QWidget:
        words = self.words
        holder = QWidget(self)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.move_ = Button(kind=Kind.SOFT, icon="map-pin", height=32)
        self.tag = Button(kind=Kind.SOFT, icon="tag", height=32)
        self.merge = Button(kind=Kind.SOFT, icon="merge", height=32)
        self.archive = Button(kind=Kind.SOFT, icon="archive", height=32)
        self.untick = Button(icon="x", kind=Kind.TEXT, name=words("Untick all"), height=32)
        for button, signal in (
            (self.move_, self.move_wanted), (self.tag, self.tag_wanted),
            (self.merge, self.merge_wanted), (self.archive, self.archive_wanted),
            (self.untick, self.untick_wanted),
        ):  # fmt: skip
            button.clicked.connect(signal)
            line.addWidget(button)
        row.addWidget(holder)
        holder.hide()
        return holder

    def show_range(self, shown: tuple[int, int], count: Count, ticked: int) -> None:
        words = self.words
        first, last = shown
        total = phrases.counted(words, count)
        begin, end = (phrases.number(words, each) for each in (first, last))
        said = words("{first}–{last} of {total}", first=begin, last=end, total=total)
        if ticked:
            said = words.plural("{count} ticked", "{count} ticked", ticked)
        self.range.setText(said if ticked or last else "")
        self._acts.setVisible(bool(ticked))
        self.merge.setVisible(2 <= ticked <= 20)
        for arrow in (self.back, self.next):
            arrow.setVisible(not ticked)
        self.back.setEnabled(first > 1)
        self.next.setEnabled(last < count.number or count.more)
        self._fit()

    def _name_acts(self, *, bare: bool) -> None:
        """``bare``: with their icons alone."""
        words = self.words
        archive = words("Bring back") if self._archived else words("Archive")
        for button, name in (
            (self.move_, words("Region…")), (self.tag, words("Tags…")),
            (self.merge, words("Merge…")), (self.archive, archive),
        ):  # fmt: skip
            button.set_caption("" if bare else name, name)
            button.setToolTip(name if bare else "")

    def show_archived(self, archived: bool) -> None:
        """The list is of archived locations: they are brought back."""
        self._archived = archived
        self._fit()
        self.archive.set_icon("archive-restore" if archived else "archive")

    def _fit(self) -> None:
        ticked = self._acts.isVisibleTo(self)
        for bare in (False, True):
            self._name_acts(bare=bare)
            taken = self.range.sizeHint().width() + self._acts.sizeHint().width()
            if taken + 48 < self.width():
                break
        self._hints.setVisible(not ticked and self.width() > current().px(HINTS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, self.width(), 1, colour(t.border))
