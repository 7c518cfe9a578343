"""A row of choices of which one holds: radio buttons that look like one control."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QRadioButton, QSizePolicy, QWidget

from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CONTROL, Tone, Type, colour, current

_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Segment(QRadioButton):
    """One choice; the width of the bold caption is reserved, so that nothing moves."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption, self._count, self._tone = text, "", Tone.NEUTRAL
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_count(self, count: str, tone: Tone = Tone.NEUTRAL) -> None:
        self._count, self._tone = count, tone
        self.setAccessibleDescription(count)
        self.updateGeometry()
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def _widths(self) -> tuple[int, int]:
        theme = current()
        text = QFontMetrics(theme.font(Type.HELP, 600)).horizontalAdvance(self._caption)
        count = QFontMetrics(theme.font(Type.CHIP)).horizontalAdvance(self._count)
        return text, count

    def sizeHint(self) -> QSize:
        text, count = self._widths()
        return QSize(text + (count + 7 if self._count else 0) + 24, current().reach(30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.isChecked():
            rounded(painter, box, 7, colour(t.surface), colour(t.border_strong))
        if self.hasFocus():
            rounded(painter, box, 7, None, colour(t.accent), 2)
        text, count = self._widths()
        x = (self.width() - text - (count + 7 if self._count else 0)) // 2
        painter.setFont(theme.font(Type.HELP, 600 if self.isChecked() else 500))
        painter.setPen(colour(t.text if self.isChecked() else t.text2))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(x, 0, text + 2, self.height()), middle, self._caption)
        if self._count:
            ink, _ = theme.tone(self._tone)
            painter.setFont(theme.font(Type.CHIP))
            painter.setPen(ink)
            painter.drawText(QRectF(x + text + 7, 0, count + 2, self.height()), middle, self._count)


class Segmented(QWidget):
    """``changed(index)`` when the person chooses. ``name`` is what the group is called. With
    ``stretch`` it is as wide as its place, and choices that have no room side by side stand one
    above the other."""

    changed = Signal(int)

    def __init__(
        self,
        captions: Sequence[str],
        name: str,
        *,
        chosen: int = 0,
        stretch: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        horizontal = QSizePolicy.Policy.Preferred if stretch else QSizePolicy.Policy.Fixed
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
        self._stretches = stretch
        row = self._row = QBoxLayout(_ACROSS, self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self.segments = [Segment(caption) for caption in captions]
        for index, segment in enumerate(self.segments):
            self._group.addButton(segment, index)
            row.addWidget(segment, 1 if stretch else 0)
        self.segments[chosen].setChecked(True)
        self._group.idClicked.connect(self.changed)

    @property
    def index(self) -> int:
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Show ``index`` as chosen; ``changed`` is not sent."""
        self.segments[index].setChecked(True)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        if self._stretches:
            widest = max(segment.sizeHint().width() for segment in self.segments)
            least.setWidth(min(least.width(), widest + 4))
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = [segment for segment in self.segments if not segment.isHidden()]
        needed = sum(segment.sizeHint().width() for segment in shown) + 4
        way = _DOWN if self._stretches and needed > self.width() else _ACROSS
        if way != self._row.direction():
            self._row.setDirection(way)
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill = colour(current().tokens.neutral_soft)
        rounded(QPainter(self), QRectF(self.rect()), RADIUS_CONTROL, fill)
