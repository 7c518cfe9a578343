"""Labels: one class for every role of text, and one that ends in an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from auditor.ui.theme import Ink, Type, current


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again after a dynamic property changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


class Label(QLabel):
    """Plain text (never markup) in a role and an ink; ``wrap`` lets it break lines."""

    def __init__(
        self,
        text: str = "",
        type: Type = Type.BODY,
        ink: Ink = Ink.TEXT,
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", type.value)
        self.setProperty("ink", ink.value)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_ink(self, ink: Ink) -> None:
        if self.property("ink") != ink.value:
            self.setProperty("ink", ink.value)
            restyle(self)


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where room is short; the tool tip has the whole text."""

    def __init__(
        self,
        text: str = "",
        type: Type = Type.BODY,
        ink: Ink = Ink.TEXT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._type, self._ink = type, ink
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(current().font(type))
        self.setProperty("type", type.value)

    def set_ink(self, ink: Ink) -> None:
        self._ink = ink
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…") * 3, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut = self._shown() != self.text()
        self.setToolTip(self.text() if cut else "")

    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(current().ink(self._ink))
        align = self.alignment() | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(0, 0, self.width(), self.height()), int(align), self._shown())
