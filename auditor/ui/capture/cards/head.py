"""The head of a card: number, question, help and marks, painted in one widget.

One widget instead of seven: a section of 40 cards opens in a frame or two. What it says stands
in the accessible name and description of the card.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.ui import icons
from auditor.ui.capture.cards.answers import advance
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import Tone, Type, colour, current

NUMBER_SLOT = 36
_TOP_WRAP = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_GAP = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A chip of a card. ``quiet`` is outlined instead of filled."""

    text: str
    tone: Tone = Tone.NEUTRAL
    icon: str | None = None
    quiet: bool = False

    def width(self) -> int:
        lead = current().px(14) + 4 if self.icon else 0
        return advance(self.text, Type.CHIP, 600) + lead + (18 if self.icon else 20)


class Head(QWidget):
    """``quiet`` is a note: an icon for the number, and no heading."""

    def __init__(
        self,
        number: str,
        title: str,
        help: str,
        parent: QWidget | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        super().__init__(parent)
        self._quiet = quiet
        self._role = Type.BODY if quiet else Type.QUESTION
        self._number, self._title, self._help = number, title, help
        self._marks: tuple[Mark, ...] = ()
        self._room = 0
        self._heights: dict[int, tuple[int, int]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self._marks

    def set_marks(self, marks: tuple[Mark, ...]) -> None:
        if marks == self._marks:
            return
        self._marks = marks
        room = sum(mark.width() + _GAP for mark in marks)
        if room != self._room:
            self._room = room
            self._heights.clear()
            self.updateGeometry()
        self.update()

    def _indent(self) -> int:
        if self._quiet:
            return current().px(18) + 10
        slot = current().px(NUMBER_SLOT)
        return max(slot, advance(self._number, Type.HELP, 600) + 10) if self._number else 0

    def _title_height(self, width: int) -> int:
        room = max(width - self._indent() - self._room - 8, 120)
        metrics = QFontMetrics(current().font(self._role))
        box = metrics.boundingRect(QRect(0, 0, room, 10_000), _TOP_WRAP, self._title)
        above = max((current().px(22) - metrics.lineSpacing()) // 2, 0)
        return max(box.height() + above, metrics.lineSpacing(), current().px(22))

    def _help_height(self, width: int) -> int:
        if not self._help:
            return 0
        metrics = QFontMetrics(current().font(Type.HELP))
        box = metrics.boundingRect(QRect(0, 0, width, 10_000), _TOP_WRAP, self._help)
        return box.height() + 4

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._measure(width))

    def _measure(self, width: int) -> tuple[int, int]:
        """The heights of title and help. Layouts ask many times for one width."""
        found = self._heights.get(width)
        if found is None:
            found = (self._title_height(width), self._help_height(width))
            self._heights[width] = found
        return found

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, current().px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        title, _ = self._measure(self.width())
        line = QFontMetrics(theme.font(self._role)).lineSpacing()
        top = max((theme.px(22) - line) // 2, 0)
        painter.setFont(theme.font(Type.HELP, 600))
        painter.setPen(colour(theme.tokens.text3))
        painter.drawText(QRect(0, top, self._indent(), line), _MIDDLE, self._number)
        if self._quiet:
            size = theme.px(18)
            info = QRectF(0, (theme.px(22) - size) // 2, size, size)
            icons.paint(painter, "info", colour(theme.tokens.accent), info)
        painter.setFont(theme.font(self._role))
        painter.setPen(colour(theme.tokens.text2 if self._quiet else theme.tokens.text))
        room = self.width() - self._indent() - self._room - 8
        painter.drawText(
            QRect(self._indent(), top, max(room, 120), title + 4), _TOP_WRAP, self._title
        )
        if self._help:
            painter.setFont(theme.font(Type.HELP))
            painter.setPen(colour(theme.tokens.text2))
            box = QRect(0, title + 4, self.width(), self.height())
            painter.drawText(box, _TOP_WRAP, self._help)
        self._paint_marks(painter)

    def _paint_marks(self, painter: QPainter) -> None:
        x = self.width() - self._room + _GAP
        for mark in self._marks:
            paint_mark(painter, mark, QRectF(x, 0, mark.width(), current().px(22)))
            x += mark.width() + _GAP


def paint_mark(painter: QPainter, mark: Mark, box: QRectF) -> None:
    theme = current()
    ink, soft = theme.tone(mark.tone)
    if mark.quiet:
        rounded(painter, box, box.height() / 2, None, colour(theme.tokens.border))
    else:
        rounded(painter, box, box.height() / 2, soft)
    x = box.x() + (8 if mark.icon else 10)
    if mark.icon:
        size = theme.px(14)
        top = box.y() + (box.height() - size) // 2
        icons.paint(painter, mark.icon, ink, QRectF(x, top, size, size))
        x += size + 4
    painter.setFont(theme.font(Type.CHIP))
    painter.setPen(ink)
    painter.drawText(QRectF(x, box.y(), box.width(), box.height()), _MIDDLE, mark.text)
