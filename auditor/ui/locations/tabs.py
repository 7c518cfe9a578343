"""The saved views of the list as tabs, each with its count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar

from auditor.ui.theme import Type, colour, current
from auditor.words import Words

HEIGHT, GAP = 44, 7


class ViewTabs(QTabBar):
    """``currentChanged(int)`` is sent for a person's choice alone, see ``choose``."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setAccessibleName(words("Views"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._counts: list[str] = []

    def show_views(self, names: Sequence[str], chosen: int) -> None:
        """Fill it anew, without counts; ``chosen`` is current."""
        blocked = self.blockSignals(True)
        while self.count() > len(names):
            self.removeTab(self.count() - 1)
        for index, name in enumerate(names):
            if index < self.count():
                self.setTabText(index, name.replace("&", "&&"))
            else:
                self.addTab(name.replace("&", "&&"))
            self.setAccessibleTabName(index, name)
        self._counts = [*self._counts, *[""] * len(names)][: len(names)]
        self.setCurrentIndex(chosen)
        self.blockSignals(blocked)
        self.update()

    def show_counts(self, counts: Sequence[str]) -> None:
        self._counts = [*counts, *[""] * self.count()][: self.count()]
        for index, count in enumerate(self._counts):
            name = self._name(index)
            self.setAccessibleTabName(index, f"{name}, {count}" if count else name)
            self.setTabText(index, self.tabText(index))  # so that it is measured again
        self.updateGeometry()
        self.update()

    def choose(self, index: int) -> None:
        blocked = self.blockSignals(True)
        self.setCurrentIndex(index)
        self.blockSignals(blocked)

    def _name(self, index: int) -> str:
        return self.tabText(index).replace("&&", "&")

    def _count(self, index: int) -> str:
        return self._counts[index] if index < len(self._counts) else ""

    def tabSizeHint(self, index: int) -> QSize:
        theme = current()
        name = QFontMetrics(theme.font(Type.BODY, 600)).horizontalAdvance(self._name(index))
        count = self._count(index)
        wide = QFontMetrics(theme.font(Type.HELP, 600)).horizontalAdvance(count)
        return QSize(name + (wide + GAP if count else 0) + 20, theme.reach(HEIGHT))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, current().reach(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(self.count()):
            self._paint_tab(painter, self.tabRect(index), index)

    def _paint_tab(self, painter: QPainter, box: QRect, index: int) -> None:
        theme = current()
        t, on = theme.tokens, index == self.currentIndex()
        ink = colour(t.accent if on else t.text2)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font(Type.BODY, 600 if on else 500))
        painter.setPen(ink)
        room = box.adjusted(10, 0, -10, 0)
        painter.drawText(room, middle, self._name(index))
        left = room.left() + painter.fontMetrics().horizontalAdvance(self._name(index)) + GAP
        painter.setFont(theme.font(Type.HELP, 600))
        painter.drawText(room.adjusted(left - room.left(), 0, 20, 0), middle, self._count(index))
        if on:
            painter.fillRect(box.left() + 8, box.bottom() - 2, box.width() - 16, 3, ink)
            if self.hasFocus():
                painter.setPen(colour(t.accent))
                painter.drawRoundedRect(box.adjusted(3, 6, -4, -8), 6, 6)
