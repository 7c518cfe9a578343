"""F1: the keys, in groups. The keys of a visit are listed too, since one meets them next."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import ScrollArea
from auditor.ui.kit.chip import KeyCap
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type, current
from auditor.words import Words, mark

#: The caps of a line, and what they do (English, marked).
Line: TypeAlias = tuple[tuple[str, ...], str]

ANYWHERE: tuple[Line, ...] = (
    (("Ctrl", "K"), mark("Find, or go to anything")),
    (("Ctrl", "N"), mark("New visit")),
    (("Ctrl", ","), mark("Settings")),
    (("↑", "↓"), mark("Previous, next visit")),
    (("Enter",), mark("Open what has the focus")),
    (("F1",), mark("These keys")),
    (("Ctrl", "Q"), mark("Close the app")),
)
VISIT: tuple[Line, ...] = (
    (("F8",), mark("Next unanswered")),
    (("Shift", "F8"), mark("Previous unanswered")),
    (("Page Up", "Page Down"), mark("Previous, next section")),
    (("Ctrl", "F"), mark("Find in this visit")),
    (("F3",), mark("Next place found")),
    (("Shift", "F3"), mark("Previous place found")),
    (("Ctrl", "Z"), mark("Undo")),
    (("Ctrl", "Shift", "Z"), mark("Redo (Ctrl Y too)")),
    (("Ctrl", "Enter"), mark("Check and submit")),
)
QUESTION: tuple[Line, ...] = (
    (("1", "…", "9"), mark("Choose an answer")),
    (("0",), mark("The tenth answer, or zero")),
    (("1", "0"), mark("Ten, typed quickly")),
    (("N",), mark("Not applicable")),
    (("Backspace",), mark("Take the answer back")),
    (("↑", "↓"), mark("Previous, next question or row")),
    (("C",), mark("Comment")),
    (("P",), mark("Photo")),
    (("Ctrl", "V"), mark("Paste a photo")),
    (("M",), mark("Mark for later")),
    (("T",), mark("Stopwatch")),
    (("Enter",), mark("Write in the field")),
    (("Esc",), mark("From the field back to the question")),
)
GROUPS = (
    (mark("Anywhere"), ANYWHERE),
    (mark("In a visit"), VISIT),
    (mark("On a question"), QUESTION),
)
#: Room for the scroll bar, between columns, and beside the dialog; what a column needs.
BAR, GAP, MARGINS, COLUMN = 14, 36, 120, 290
ARROWS = {"↑": "arrow-up", "↓": "arrow-down"}


class KeysDialog(Dialog):
    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words("Keys"), parent, width=640)
        columns = [QVBoxLayout() for _ in range(self._columns())]
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for column in columns:
            column.setSpacing(20)
            row.addLayout(column)
        # The longest group stands alone where there are two columns.
        for index, (title, lines) in enumerate(reversed(GROUPS)):
            place = columns[len(columns) - 1 - index] if index < len(columns) else columns[0]
            place.insertLayout(0, _group(words, words(title), lines))
        for column in columns:
            column.addStretch(1)
        area = _Whole()
        area.setAccessibleName(words("Keys"))
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.body.addLayout(row)
        self.body.addWidget(area)
        close = self.add_button(Button(words("Close"), Kind.PRIMARY))
        close.clicked.connect(self.accept)
        close.setFocus()

    def _columns(self) -> int:
        """As many groups side by side as the window has room for."""
        parent = self.parentWidget()
        room = 640 if parent is None else parent.window().width() - MARGINS
        return max(1, min(room // current().px(COLUMN), len(GROUPS)))


class _Whole(ScrollArea):
    """As large as what is in it; it scrolls where the window is lower."""

    def sizeHint(self) -> QSize:
        hint = self.inner.sizeHint()
        return QSize(hint.width() + BAR, hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.inner.minimumSizeHint().width() + BAR, 96)


def _group(words: Words, title: str, lines: tuple[Line, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    grid.addWidget(Label(title, Type.STRONG), 0, 0, 1, 2)
    for line, (caps, text) in enumerate(lines, 1):
        holder = QHBoxLayout()
        holder.setSpacing(4)
        for cap in caps:
            holder.addWidget(KeyCap("" if cap in ARROWS else cap, ARROWS.get(cap)))
        holder.addStretch(1)
        grid.addLayout(holder, line, 0)
        grid.addWidget(Label(words(text), Type.HELP, Ink.TEXT2), line, 1)
    grid.setColumnStretch(1, 1)
    return grid
