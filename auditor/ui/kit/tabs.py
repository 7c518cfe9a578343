"""Tabs over a part of a screen: a word, its count, a line under the one that holds. 45 px."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from auditor.ui.kit.paint import rounded
from auditor.ui.theme import Tone, Type, colour, current

HEIGHT, SIDE = 45, 12


class Tab(QRadioButton):
    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption, self._count, self._tone = caption, "", Tone.NEUTRAL
        self.setText(caption.replace("&", "&&"))
        self.setAccessibleName(caption)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_count(self, count: str, tone: Tone = Tone.NEUTRAL) -> None:
        self._count, self._tone = count, tone
        self.setAccessibleDescription(count)
        self.updateGeometry()
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def _widths(self) -> tuple[int, int]:
        theme = current()
        text = QFontMetrics(theme.font(Type.BODY, 600)).horizontalAdvance(self._caption)
        count = QFontMetrics(theme.font(Type.CHIP)).horizontalAdvance(self._count)
        return text, count + 6 if self._count else 0

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + 2 * SIDE, current().reach(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        on = self.isChecked()
        if self.hasFocus():
            ring = QRectF(self.rect()).adjusted(2, 6, -2, -6)
            rounded(painter, ring, 7, None, colour(t.accent), 2)
        text, count = self._widths()
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font(Type.BODY, 600 if on else 500))
        painter.setPen(colour(t.accent if on else t.text2))
        painter.drawText(QRectF(SIDE, 0, text + 2, self.height()), middle, self._caption)
        if count:
            painter.setFont(theme.font(Type.CHIP))
            painter.setPen(theme.tone(self._tone)[0])
            left = SIDE + text + 6
            painter.drawText(QRectF(left, 0, count, self.height()), middle, self._count)
        if on:
            line = QRectF(SIDE, self.height() - 3, text + count, 3)
            rounded(painter, line, 1.5, colour(t.accent))


class Tabs(QWidget):
    """``changed(index)`` when the person chooses; left and right move. ``name`` is what the group
    is called."""

    changed = Signal(int)

    def __init__(self, captions: Sequence[str], name: str, *, side: int = 12) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(current().reach(HEIGHT))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(side, 0, side, 0)
        self._row.setSpacing(0)
        self._group = QButtonGroup(self)
        self.tabs = [Tab(caption) for caption in captions]
        for index, tab in enumerate(self.tabs):
            self._group.addButton(tab, index)
            self._row.addWidget(tab)
        self._row.addStretch(1)
        self.tabs[0].setChecked(True)
        self._group.idToggled.connect(self._toggled)
        self._told = True

    def _toggled(self, index: int, on: bool) -> None:
        if on and self._told:
            self.changed.emit(index)

    @property
    def index(self) -> int:
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Show ``index`` as chosen; ``changed`` is not sent."""
        self._told = False
        self.tabs[index].setChecked(True)
        self._told = True

    def add(self, control: QWidget) -> None:
        """At the right end."""
        self._row.addWidget(control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        tab = self.tabs[(self.index + step) % len(self.tabs)]
        tab.setChecked(True)
        tab.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.border))
