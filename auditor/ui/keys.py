"""F1: the keys, in groups. The keys of the cards are listed too, since one meets them next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import ScrollArea
from auditor.ui.kit.chip import KeyCap
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type
from auditor.words import Words, mark

ANYWHERE = (
    (("Ctrl", "K"), mark("Find, or go to anything")),
    (("Ctrl", "N"), mark("New visit")),
    (("Ctrl", ","), mark("Settings")),
    (("↑", "↓"), mark("Previous, next visit")),
    (("Enter",), mark("Open what has the focus")),
    (("F1",), mark("These keys")),
    (("Ctrl", "Q"), mark("Close the app")),
)
VISIT = (
    (("1", "…", "9"), mark("Choose an answer")),
    (("N",), mark("Not applicable")),
    (("Backspace",), mark("Take the answer back")),
    (("C",), mark("Comment")),
    (("P",), mark("Photo")),
    (("T",), mark("Stopwatch")),
    (("Enter",), mark("Write in the field")),
    (("Esc",), mark("From the field back to the question")),
    (("F8",), mark("Next unanswered")),
    (("Shift", "F8"), mark("Previous unanswered")),
    (("Page Up", "Page Down"), mark("Previous, next section")),
    (("Ctrl", "Enter"), mark("Check and submit")),
    (("Ctrl", "Z"), mark("Undo")),
)
#: Room for the scroll bar.
BAR = 14
ARROWS = {"↑": "arrow-up", "↓": "arrow-down"}


class KeysDialog(Dialog):
    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words("Keys"), parent, width=640)
        row = QHBoxLayout()
        row.setSpacing(40)
        row.addLayout(_column(words, words("Anywhere"), ANYWHERE))
        row.addLayout(_column(words, words("In a visit"), VISIT))
        area = _Whole()
        area.setAccessibleName(words("Keys"))
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.body.addLayout(row)
        self.body.addWidget(area)
        close = self.add_button(Button(words("Close"), Kind.PRIMARY))
        close.clicked.connect(self.accept)
        close.setFocus()


class _Whole(ScrollArea):
    """As large as what is in it; it scrolls where the window is lower."""

    def sizeHint(self) -> QSize:
        return self.inner.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.inner.minimumSizeHint().width() + BAR, 96)


def _column(words: Words, title: str, keys: tuple[tuple[tuple[str, ...], str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(10)
    grid.addWidget(Label(title, Type.STRONG), 0, 0, 1, 2)
    for line, (caps, text) in enumerate(keys, 1):
        holder = QHBoxLayout()
        holder.setSpacing(4)
        for cap in caps:
            holder.addWidget(KeyCap("" if cap in ARROWS else cap, ARROWS.get(cap)))
        holder.addStretch(1)
        grid.addLayout(holder, line, 0)
        grid.addWidget(Label(words(text), Type.HELP, Ink.TEXT2), line, 1)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(len(keys) + 1, 1)
    return grid
