"""Labels: one class for every role of text, and one that ends in an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from auditor.ui.theme import Ink, Type, current
from auditor.words import Words


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again after a dynamic property changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def elide_title(metrics: QFontMetrics, title: str, room: int) -> str:
    """ "Brand – Location" in ``room`` pixels: the brand gives way first, since the location is
    what tells one row from the next."""
    brand, dash, place = title.partition(" – ")
    right = Qt.TextElideMode.ElideRight
    if not dash or metrics.horizontalAdvance(title) <= room:
        return metrics.elidedText(title, right, room)
    left = room - metrics.horizontalAdvance(dash + place)
    if left < metrics.horizontalAdvance(brand[:4] + "…"):
        return metrics.elidedText(place, right, room)
    return metrics.elidedText(brand, right, left) + dash + place


def file_size(count: int, words: Words) -> str:
    """Bytes in the unit people use: "48 KB", "1.2 MB"."""
    if count < 1_000_000:
        return words("{size} KB", size=max(round(count / 1000), 1))
    size = f"{count / 1_000_000:.1f}"
    return words("{size} MB", size=size.replace(".", ",") if words.language == "vi" else size)


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
        self.setFont(current().font(type))  # layouts ask before the style sheet has looked
        if wrap:
            self.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def set_ink(self, ink: Ink) -> None:
        if self.property("ink") != ink.value:
            self.setProperty("ink", ink.value)
            restyle(self)


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where room is short; the tool tip has the whole text.
    ``title`` is "Brand – Location", whose brand gives way first."""

    def __init__(
        self,
        text: str = "",
        type: Type = Type.BODY,
        ink: Ink = Ink.TEXT,
        parent: QWidget | None = None,
        *,
        title: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self._type, self._ink, self._title = type, ink, title
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
        if self._title:
            return elide_title(self.fontMetrics(), self.text(), self.width())
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(current().ink(self._ink))
        align = self.alignment() | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(0, 0, self.width(), self.height()), int(align), self._shown())
