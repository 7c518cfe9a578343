"""The head of a screen: title, chips after it, actions at the right. 60 px."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.ui.kit.button import Button
from auditor.ui.kit.text import ElidedLabel
from auditor.ui.theme import Type, colour, current

#: ``LEAST``: what the title keeps at least before the marks after it go.
HEIGHT, LEAST = 60, 240


class Header(QWidget):
    """``add_chip`` puts a mark after the title, ``add`` a control at the right."""

    def __init__(
        self, title: str, *, back: str = "", parent: QWidget | None = None, side: int = 24
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(current().px(HEIGHT))
        self._controls: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(side, 0, side, 1)
        self._row.setSpacing(10)
        self.back = Button(icon="arrow-left", name=back or title)
        if not back:  # never shown before it has a parent: it would be a window for a blink
            self.back.hide()
        self.title = ElidedLabel(title, Type.TITLE)
        self._row.addWidget(self.back)
        self._row.addWidget(self.title)
        self._row.setStretchFactor(self.title, 0)
        self._marks = QWidget()
        self._chips = QHBoxLayout(self._marks)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(8)
        self._row.addWidget(self._marks)
        self._row.addStretch(1)

    def set_title(self, title: str) -> None:
        self.title.setText(title)

    def add_chip(self, mark: QWidget) -> None:
        self._chips.addWidget(mark)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def _make_room(self) -> None:
        """Where room is short the marks give way to the title and the controls."""
        taken = sum(
            each.sizeHint().width() + self._row.spacing()
            for each in (self.back, *self._controls)
            if each.isVisibleTo(self)
        )
        left = self.width() - taken - 2 * self._row.contentsMargins().left()
        need = min(self.title.sizeHint().width(), current().px(LEAST)) + self._row.spacing()
        self._marks.setVisible(left >= need + self._marks.sizeHint().width())

    def add(self, control: QWidget) -> None:
        self._controls.append(control)
        self._row.addWidget(control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.border))
