"""F1: the keys, in groups. The keys of a visit are listed too, since one meets them next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import ScrollArea, clear
from auditor.ui.kit.chip import KeyCap
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type
from auditor.words import Words, mark

#: The caps of a line, and what they do (English, marked). ``OR`` stands between two keys.
Line: TypeAlias = tuple[tuple[str, ...], str]
OR = "/"

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
    (("F8", OR, "Shift", "F8"), mark("Next, previous unanswered")),
    (("PgUp", "PgDn"), mark("Previous, next section")),
    (("F6", OR, "Shift", "F6"), mark("Next, previous area")),
    (("Ctrl", "F"), mark("Find in this visit")),
    (("F3", OR, "Shift", "F3"), mark("Next, previous place found")),
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
    (("P",), mark("Photo, recording or file")),
    (("Ctrl", "V"), mark("Paste a photo")),
    (("M",), mark("Mark for later")),
    (("T",), mark("Stopwatch")),
    (("Enter",), mark("Write in the field")),
    (("Esc",), mark("From the field back to the question")),
)
PHOTO: tuple[Line, ...] = (
    (("←", "→"), mark("Previous, next photo")),
    (("Enter",), mark("See it large; keep a caption")),
    (("Space",), mark("Into the current question")),
    (("Ctrl", "←", "→"), mark("Move it in its row")),
    (("Delete",), mark("Take it out")),
    (("Menu",), mark("More for this photo")),
)
LARGE: tuple[Line, ...] = (
    (("PgUp", "PgDn"), mark("Photos of another question")),
    (("R", OR, "Shift", "R"), mark("Turn it right, left")),
    (("C",), mark("Write its caption")),
    (("M",), mark("Move it to another question")),
    (("Z",), mark("Zoom in, or back")),
    (("Esc",), mark("Back to the page")),
)
PLANNING: tuple[Line, ...] = (
    (("Space", OR, "Shift", "Space"), mark("Tick a row, or all up to it")),
    (("Ctrl", "A"), mark("Tick all of the list")),
    (("Ctrl", "F"), mark("Search in the list")),
    (("A",), mark("Assign what is ticked")),
    (("R",), mark("Reschedule what is ticked")),
    (("Delete",), mark("Cancel what is ticked")),
    (("Ctrl", "1", "…", "4"), mark("Visits, calendar, overdue, evaluators")),
    (("PgUp", "PgDn"), mark("Previous, next month")),
    (("Ctrl", "Z"), mark("Take the last change back")),
)
PLACES: tuple[Line, ...] = (
    (("Space", OR, "Shift", "Space"), mark("Tick a row, or all up to it")),
    (("Ctrl", "A"), mark("Tick all of the list")),
    (("Ctrl", "F"), mark("Search in the list")),
    (("Enter",), mark("Open a location, then edit it")),
    (("F2",), mark("Edit a location, rename a region")),
    (("F6",), mark("Regions, tabs, table, detail")),
    (("Delete",), mark("Remove a region")),
    (("Ctrl", "Z"), mark("Take the last change back")),
)
REPORT: tuple[Line, ...] = (
    (("PgUp", "PgDn"), mark("Previous, next page")),
    (("Ctrl", "Home", OR, "End"), mark("First, last page")),
    (("Ctrl", "+", OR, "−"), mark("Larger, smaller")),
    (("Ctrl", "0", OR, "9"), mark("As wide as the window; the whole page")),
    (("Ctrl", "F"), mark("Find in the report")),
    (("F3", OR, "Shift", "F3"), mark("Next, previous place found")),
    (("Ctrl", "S"), mark("Save the PDF")),
    (("Ctrl", "P"), mark("Print")),
    (("Ctrl", "C"), mark("Copy the page as a picture")),
    (("Ctrl", "Shift", "C"), mark("Copy the words of the page")),
    (("Ctrl", "O"), mark("Options: show, hide")),
    (("Space",), mark("In the contents: tick a part")),
    (("Alt", "↑", "↓"), mark("In the contents: move a part")),
)
BATCH: tuple[Line, ...] = (
    (("Space",), mark("Tick a row; pause, go on")),
    (("Esc",), mark("Stop making reports")),
    (("Enter",), mark("Open the report, or its file")),
    (("Ctrl", "F"), mark("Find a location")),
)
GROUPS = (
    (mark("Anywhere"), ANYWHERE),
    (mark("In a visit"), VISIT),
    (mark("On a question"), QUESTION),
    (mark("On a photo"), PHOTO),
    (mark("On a photo seen large"), LARGE),
    (mark("In the visits of a wave"), PLANNING),
    (mark("In the list of locations"), PLACES),
    (mark("In a report"), REPORT),
    (mark("Where reports are made"), BATCH),
)
#: Which groups stand below each other, by how many columns there are: of an evaluator, of an
#: office.
COLUMNS = (((0, 1, 2, 3, 4),), ((0, 1, 3), (2, 4)), ((0, 1), (2,), (3, 4)))
OFFICE_COLUMNS = (((0, 5, 6),), ((0, 6), (5,)), ((0,), (5,), (6,)))
REPORT_COLUMNS = (((7, 8, 0),), ((7,), (8, 0)), ((7,), (8,), (0,)))
#: Places whose keys are of the office.
OFFICE = frozenset({"programs", "wave", "overdue", "locations", "evaluators", "clients"})
REPORTS = frozenset({"report", "reports"})
PARTS = (COLUMNS, OFFICE_COLUMNS, REPORT_COLUMNS)
#: Room for the scroll bar, between columns, and beside the columns.
BAR, GAP, MARGINS = 14, 28, 64
ARROWS = {"↑": "arrow-up", "↓": "arrow-down", "←": "arrow-left", "→": "arrow-right"}


class KeysDialog(Dialog):
    """``place`` is the kind of screen one is on: its keys are shown first."""

    def __init__(self, words: Words, parent: QWidget | None = None, place: str = "") -> None:
        super().__init__(words("Keys"), parent, width=640)
        self._words = words
        part = 2 if place in REPORTS else int(place in OFFICE)
        captions = [words("Visits"), words("Office"), words("Reports")]
        self.part = Segmented(captions, words("Which keys"), chosen=part)
        self.part.changed.connect(self._show)
        self.foot.insertWidget(0, self.part)
        self._area = area = _Whole()
        area.setAccessibleName(words("Keys"))
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.body.addWidget(self._fitting(words, PARTS[part]))
        self.body.addWidget(area)
        close = self.add_button(Button(words("Close"), Kind.PRIMARY))
        close.clicked.connect(self.accept)
        close.setFocus()

    def _show(self, part: int) -> None:
        clear(self._area.body)
        self._area.body.addWidget(self._fitting(self._words, PARTS[part]))
        self.fit()

    def _fitting(self, words: Words, every: Sequence[tuple[tuple[int, ...], ...]]) -> QWidget:
        """In as many columns as the window has room for."""
        parent = self.parentWidget()
        room = 640 if parent is None else parent.window().width() - MARGINS
        sheet = _sheet(words, every[-1])
        for columns in every[-2::-1]:
            if sheet.sizeHint().width() > room:
                sheet.deleteLater()
                sheet = _sheet(words, columns)
        return sheet


class _Whole(ScrollArea):
    """As large as what is in it; it scrolls where the window is lower."""

    def sizeHint(self) -> QSize:
        hint = self.inner.sizeHint()
        return QSize(hint.width() + BAR, hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.inner.minimumSizeHint().width() + BAR, 96)


def _sheet(words: Words, columns: tuple[tuple[int, ...], ...]) -> QWidget:
    sheet = QWidget()
    row = QHBoxLayout(sheet)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    for groups in columns:
        column = QVBoxLayout()
        column.setSpacing(16)
        for title, lines in (GROUPS[each] for each in groups):
            column.addLayout(_group(words, words(title), lines))
        column.addStretch(1)
        row.addLayout(column)
    for label in sheet.findChildren(Label):
        label.ensurePolished()  # else its words are measured in another font
    return sheet


def _group(words: Words, title: str, lines: tuple[Line, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(4)
    grid.addWidget(Label(title, Type.STRONG), 0, 0, 1, 2)
    for line, (caps, text) in enumerate(lines, 1):
        holder = QHBoxLayout()
        holder.setSpacing(4)
        for cap in caps:
            if cap == OR:
                holder.addWidget(Label(OR, Type.HINT, Ink.TEXT3))
            else:
                holder.addWidget(KeyCap("" if cap in ARROWS else cap, ARROWS.get(cap)))
        holder.addStretch(1)
        grid.addLayout(holder, line, 0)
        grid.addWidget(Label(words(text), Type.HELP, Ink.TEXT2), line, 1)
    grid.setColumnStretch(1, 1)
    return grid
