"""Two facts that do not fit together: side by side, "≠" between, three ways out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor.ui.capture.check.findings import Side
from auditor.ui.capture.check.parts import RowButton, RowTitle, Unequal
from auditor.ui.capture.check.rows import ROOMY, Entry
from auditor.ui.kit.button import Kind
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CONTROL, Ink, Tone, Type, colour, current

#: Of an answer in its chip.
WIDEST = 220


class Contradiction(Entry):
    def make_body(self) -> QWidget:
        body = _Bending()
        body.column.addLayout(self._head())
        first, second = self.finding.sides
        body.across.addWidget(SideBox(first), 1)
        body.across.addWidget(Unequal(), 0, Qt.AlignmentFlag.AlignCenter)
        body.across.addWidget(SideBox(second), 1)
        body.column.addLayout(body.across)
        self._add_ways(body, first, second)
        body.setAccessibleName(self.finding.sentence)
        return body

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(RowTitle("", self.finding.title, wrap=True))
        head.addStretch(1)
        if self.finding.sure:
            head.addWidget(Chip(self.finding.sure), 0, Qt.AlignmentFlag.AlignTop)
        found = Chip(self.words("Contradiction"), Tone.WARNING, "triangle-alert")
        head.addWidget(found, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _add_ways(self, body: _Bending, first: Side, second: Side) -> None:
        jumps = QHBoxLayout()
        jumps.setSpacing(8)
        self.other = RowButton(self.words("Go there"), Kind.OUTLINE, enter=True)
        for side, button in ((first, self.button), (second, self.other)):
            caption = self.words("Go to {number}", number=side.number)
            button.set_caption(caption, f"{caption}: {side.title} – {self.finding.sentence}")
            button.clicked.connect(self._go)
            jumps.addWidget(button)
        jumps.addStretch(1)
        body.ways.addLayout(jumps, 1)
        keep = self.keep_button(self.words("Both are right, say why"))
        if keep is not None:
            body.ways.addWidget(keep, 0, Qt.AlignmentFlag.AlignRight)
        body.column.addLayout(body.ways)

    def _go(self) -> None:
        side = self.finding.sides[self.sender() is self.other]
        self.went.emit(self.finding, side.question)


class _Bending(QWidget):
    """The two facts and the ways out stand below each other where it is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(15, 11, 13, 11)
        self.column.setSpacing(10)
        self.across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.across.setSpacing(10)
        self.ways = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.ways.setSpacing(4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < current().px(ROOMY)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for box in (self.across, self.ways):
            box.setDirection(down if narrow else across)


class SideBox(QWidget):
    """One of the facts: the question, its answer, and where that comes from."""

    def __init__(self, side: Side) -> None:
        super().__init__()
        self.setAccessibleName(f"{side.number} {side.title}: {side.answer}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 9)
        column.setSpacing(4)
        column.addWidget(RowTitle(side.number, side.title, small=True, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(10)
        metrics = QFontMetrics(current().font(Type.CHIP))
        room = current().px(WIDEST)
        shown = metrics.elidedText(side.answer, Qt.TextElideMode.ElideRight, room)
        chip = Chip(shown, side.tone, side.icon)
        chip.setToolTip(side.answer if shown != side.answer else "")
        row.addWidget(chip)
        row.addWidget(Label(side.note, Type.HINT, Ink.TEXT2))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill = colour(current().tokens.surface2)
        rounded(QPainter(self), QRectF(self.rect()), RADIUS_CONTROL, fill)
