"""The rail at the left: where one can go, icon above a word, always shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from auditor.ui import icons
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CARD, Type, colour, current

WIDTH = 88
#: Of an item; the least where large text meets a low window.
HIGH, LEAST = 60, 48


@dataclass(frozen=True, slots=True)
class Destination:
    """``foot`` puts it at the lower end."""

    key: str
    icon: str
    label: str
    foot: bool = False


class RailItem(QPushButton):
    def __init__(self, destination: Destination, parent: QWidget | None = None) -> None:
        super().__init__(destination.label.replace("&", "&&"), parent)
        self.destination = destination
        self._badge = 0
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(destination.label)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(current().px(LEAST))
        self.setMaximumHeight(current().px(HIGH))

    def set_badge(self, count: int) -> None:
        self._badge = count
        self.setAccessibleDescription(str(count) if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(rail_width(), current().px(HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        short = theme.px(HIGH) - self.height()
        wide, high = theme.px(52), theme.px(30) - short * 0.6
        pill = QRectF((self.width() - wide) / 2, theme.px(4) - short * 0.2, wide, high)
        on = self.isChecked()
        if on or self.underMouse():
            fill = colour(t.accent_soft if on else t.surface2)
            rounded(painter, pill, high / 2, fill)
        if self.hasFocus():
            rounded(painter, pill, high / 2, None, colour(t.accent), 2)
        tint = colour(t.accent if on else t.text2)
        centre = pill.center()
        size = theme.px(20)
        left, top = round(centre.x() - size / 2), round(centre.y() - size / 2)
        box = QRectF(left, top, size, size)
        icons.paint(painter, self.destination.icon, tint, box)
        painter.setFont(self._label_font(on=on))
        painter.setPen(tint)
        label = QRectF(0, pill.bottom() + 1, self.width(), theme.px(20))
        painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), self.destination.label)
        if self._badge:
            self._paint_badge(painter, pill)

    def _label_font(self, *, on: bool) -> QFont:
        """Heavier where one is, unless the word would be cut then."""
        heavy = current().font(Type.CHIP, 600)
        wide = QFontMetrics(heavy).horizontalAdvance(self.destination.label)
        return heavy if on and wide <= self.width() else current().font(Type.CHIP, 500)

    def _paint_badge(self, painter: QPainter, pill: QRectF) -> None:
        theme = current()
        t = theme.tokens
        text = "99+" if self._badge > 99 else str(self._badge)
        font = theme.font(Type.CHIP)
        height = theme.px(18)
        width = max(QFontMetrics(font).horizontalAdvance(text) + 9, height)
        box = QRectF(pill.center().x() + theme.px(8), pill.top() - 3, width, height)
        rounded(painter, box.adjusted(-2, -2, 2, 2), height / 2 + 2, colour(t.surface))
        rounded(painter, box, height / 2, colour(t.accent))
        painter.setFont(font)
        painter.setPen(colour(t.on_accent))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def rail_width() -> int:
    return max(WIDTH, current().px(WIDTH))


class AppMark(QWidget):
    """The sign of the product: hat and glasses on the accent."""

    def __init__(self, size: int = 36, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), RADIUS_CARD, colour(t.accent))
        size = round(self.width() * 0.58)
        left = (self.width() - size) // 2
        box = QRectF(left, left, size, size)
        icons.paint(painter, "hat-glasses", colour(t.on_accent), box)


class Rail(QWidget):
    """``chosen(key)`` when the person goes somewhere."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedWidth(rail_width())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 1, 8)
        self._column.setSpacing(0)
        self._column.addWidget(AppMark(), 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(16)
        self._column.addStretch(1)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._clicked)
        self.items: dict[str, RailItem] = {}

    def set_destinations(self, destinations: Sequence[Destination]) -> None:
        for item in self.items.values():
            self._group.removeButton(item)
            self._column.removeWidget(item)
            item.deleteLater()
        self.items = {}
        for destination in destinations:
            item = RailItem(destination)
            self._group.addButton(item)
            end = self._column.count()
            heads = sum(not each.destination.foot for each in self.items.values())
            self._column.insertWidget(end if destination.foot else 2 + heads, item)
            self.items[destination.key] = item

    def choose(self, key: str) -> None:
        """Show ``key`` as the present place; ``chosen`` is not sent."""
        if key in self.items:
            self.items[key].setChecked(True)

    def set_badge(self, key: str, count: int) -> None:
        if key in self.items:
            self.items[key].set_badge(count)

    def _clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, RailItem):
            self.chosen.emit(button.destination.key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour(t.border))
