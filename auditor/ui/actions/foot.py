"""Under the board: how many are shown, and what can be done with those that are ticked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.actions import ActionStatus
from auditor.ui.actions import phrases
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

HEIGHT = 48
_MOVES = (
    ActionStatus.UNDER_WAY, ActionStatus.DONE, ActionStatus.CLOSED, ActionStatus.DROPPED,
)  # fmt: skip


class ShortButton(Button):
    """Only its icon where room is short; the tool tip says the rest."""

    def __init__(
        self, text: str, icon: str, kind: Kind = Kind.SOFT, short: str = "", height: int = 34
    ) -> None:
        super().__init__(text, kind, icon=icon, height=height)
        self._whole, self._short = text, short

    def shorten(self, narrow: bool) -> None:
        self.set_caption(self._short if narrow else self._whole, self._whole)
        self.setToolTip(self._whole if narrow else "")


class Foot(QWidget):
    """``move_wanted(status)`` and ``assign_wanted()`` for the ticked ones."""

    move_wanted = Signal(object)
    assign_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.setFixedHeight(max(current().px(HEIGHT), current().reach(34) + 12))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(6)
        self.told = Label("", Type.HELP, Ink.TEXT2)
        row.addWidget(self.told)
        row.addStretch(1)
        self.buttons: list[ShortButton] = []
        for status in _MOVES:
            icon, verb = phrases.VERBS[status]
            button = ShortButton(words(verb), icon)
            button.setProperty("status", status.value)
            button.clicked.connect(self._move)
            self.buttons.append(button)
        self._narrow = False
        self.assign = ShortButton(words("Owner, day…"), "user")
        self.assign.clicked.connect(self.assign_wanted)
        self.buttons.append(self.assign)
        for button in self.buttons:
            row.addWidget(button)
            button.hide()

    def show_counts(self, shown: int, total: int, ticked: int, *, narrow: bool) -> None:
        words = self.words
        if ticked:
            self.told.setText(words.plural("{count} ticked", "{count} ticked", ticked))
        else:
            self.told.setText(words("{shown} of {total} shown", shown=shown, total=total))
        for button in self.buttons:
            button.setVisible(bool(ticked))
        if narrow != self._narrow:
            self._narrow = narrow
            for button in self.buttons:
                button.shorten(narrow)

    def _move(self) -> None:
        button = self.sender()
        if button is not None:
            self.move_wanted.emit(ActionStatus(button.property("status")))

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, self.width(), 1, colour(t.border))
