"""Surfaces: card, banner, empty state, scroll area, line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from auditor.ui.kit.button import Button
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CARD, Ink, Tone, Type, colour, current


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it later."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class Card(QFrame):
    """White on the canvas, 1 px border; ``selected`` gives the 2 px accent border in place."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        margins: tuple[int, int, int, int] = (16, 12, 16, 12),
        spacing: int = 8,
        across: bool = False,
    ) -> None:
        super().__init__(parent)
        self._selected = False
        self.body: QBoxLayout = QHBoxLayout(self) if across else QVBoxLayout(self)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(spacing)

    @property
    def selected(self) -> bool:
        return self._selected

    def set_selected(self, selected: bool) -> None:
        if selected != self._selected:
            self._selected = selected
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        ring = self._selected or self.hasFocus()
        border = colour(t.accent if ring else t.border)
        painter = QPainter(self)
        box = QRectF(self.rect())
        rounded(painter, box, RADIUS_CARD, colour(t.surface), border, 2 if ring else 1)


class Line(QFrame):
    """A hairline between parts."""

    def __init__(self, parent: QWidget | None = None, *, upright: bool = False) -> None:
        super().__init__(parent)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(current().tokens.border))


_BANNER_ICONS = {
    Tone.NEUTRAL: "info",
    Tone.ACCENT: "info",
    Tone.SUCCESS: "circle-check",
    Tone.DANGER: "circle-alert",
    Tone.WARNING: "triangle-alert",
}


class Banner(QFrame):
    """A sentence across the top of a screen, with its actions at the right."""

    def __init__(
        self,
        text: str,
        tone: Tone = Tone.ACCENT,
        *,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 8, 10, 8)
        self._row.setSpacing(10)
        ink = Ink.TEXT2 if tone is Tone.NEUTRAL else Ink(tone.value)
        self._icon = Icon(icon or _BANNER_ICONS[tone], ink.value, 18)
        self.label = Label(text, Type.HELP, Ink.TEXT, wrap=True)
        self._row.addWidget(self._icon)
        self._row.addWidget(self.label, 1)
        self.setAccessibleName(text)

    def add(self, button: Button) -> Button:
        self._row.addWidget(button)
        return button

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        ink = Ink.TEXT2 if tone is Tone.NEUTRAL else Ink(tone.value)
        self._icon.set(_BANNER_ICONS[tone], ink.value)
        self.update()

    def set_text(self, text: str) -> None:
        self.label.setText(text)
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        _, soft = current().tone(self._tone)
        rounded(QPainter(self), QRectF(self.rect()), RADIUS_CARD, soft)


class EmptyState(QWidget):
    """What a list says when there is nothing in it, and the one thing to do about it."""

    def __init__(
        self, icon: str, title: str, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 40, 24, 40)
        self.body.setSpacing(6)
        centre = Qt.AlignmentFlag.AlignHCenter
        self.body.addStretch(2)
        self.body.addWidget(Icon(icon, "text3", 32), 0, centre)
        self.body.addSpacing(6)
        self.body.addWidget(Label(title, Type.QUESTION), 0, centre)
        if text:
            label = Label(text, Type.HELP, Ink.TEXT2, wrap=True)
            label.setAlignment(centre)
            self.body.addWidget(label)
        self.body.addStretch(3)

    def add(self, button: Button) -> Button:
        foot = self.body.count() - 1
        self.body.insertSpacing(foot, 8)
        self.body.insertWidget(foot + 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button


class ScrollArea(QScrollArea):
    """A column that scrolls upright only; ``body`` is its layout. Focus is kept in view."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        spacing: int = 8,
        column: int | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        if current().touch:
            from auditor.ui.touch import follow_finger

            follow_finger(self)
        self.inner = QWidget()
        self.inner.setObjectName("scrolled")
        self.body = self._column(margins, spacing, column)
        self.setWidget(self.inner)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down belong to the screen, which moves from row to row."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _column(
        self, margins: tuple[int, int, int, int], spacing: int, column: int | None
    ) -> QVBoxLayout:
        if column is None:
            body = QVBoxLayout(self.inner)
        else:
            row = QHBoxLayout(self.inner)
            row.setContentsMargins(0, 0, 0, 0)
            holder = QWidget()
            holder.setMaximumWidth(column)
            holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            body = QVBoxLayout(holder)
            row.addStretch(1)
            row.addWidget(holder, 1000)
            row.addStretch(1)
        body.setContentsMargins(*margins)
        body.setSpacing(spacing)
        return body
