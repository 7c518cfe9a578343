"""The head of a screen: title, chips after it, actions at the right. 60 px."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.ui.kit.button import Button
from auditor.ui.kit.text import ElidedLabel
from auditor.ui.theme import Type, colour, current

HEIGHT = 60


class Header(QWidget):
    """``add_chip`` puts a mark after the title, ``add`` a control at the right."""

    def __init__(
        self, title: str, *, back: str = "", parent: QWidget | None = None, side: int = 24
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(current().px(HEIGHT))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(side, 0, side, 1)
        self._row.setSpacing(10)
        self.back = Button(icon="arrow-left", name=back or title)
        self.back.setVisible(bool(back))
        self.title = ElidedLabel(title, Type.TITLE)
        self._row.addWidget(self.back)
        self._row.addWidget(self.title)
        self._row.setStretchFactor(self.title, 0)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._row.addLayout(self._chips)
        self._row.addStretch(1)

    def set_title(self, title: str) -> None:
        self.title.setText(title)

    def add_chip(self, mark: QWidget) -> None:
        self._chips.addWidget(mark)

    def add(self, control: QWidget) -> None:
        self._row.addWidget(control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.border))
