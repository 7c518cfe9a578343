"""A colour by hand: a square of lightness and strength, and a strip of hues."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CARD, Ink, Type, colour, current
from auditor.words import Words

SQUARE, STRIP = (220, 150), 22
STEP, BIG_STEP = 0.01, 0.1
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class _Plane(QWidget):
    """A part that is dragged in, or moved in by the arrows (Shift: by tenths). ``moved``
    tells both, from 0 to 1."""

    moved = Signal(float, float)

    def __init__(self, name: str, width: int, height: int) -> None:
        super().__init__()
        self.across, self.up, self.hue = 0.0, 0.0, 0.0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._size = QSize(current().px(width), current().px(height))
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        return self._size

    def put(self, across: float, up: float, hue: float) -> None:
        self.across, self.up, self.hue = across, up, hue
        self.update()

    def _go(self, across: float, up: float) -> None:
        self.across, self.up = min(max(across, 0.0), 1.0), min(max(up, 0.0), 1.0)
        self.update()
        self.moved.emit(self.across, self.up)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._to(event.position())

    def _to(self, at: QPointF) -> None:
        self._go(at.x() / max(self.width() - 1, 1), 1 - at.y() / max(self.height() - 1, 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        far = BIG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        self._go(self.across + step[0] * far, self.up + step[1] * far)

    def _frame(self, painter: QPainter) -> None:
        t = current().tokens
        line = colour(t.accent if self.hasFocus() else t.border_strong)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(line, 2 if self.hasFocus() else 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


class Shades(_Plane):
    """Of one hue: stronger to the right, lighter upwards."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        across = QLinearGradient(box.topLeft(), box.topRight())
        across.setColorAt(0, QColor("white"))
        across.setColorAt(1, QColor.fromHsvF(self.hue, 1, 1))
        painter.fillRect(box, across)
        down = QLinearGradient(box.topLeft(), box.bottomLeft())
        down.setColorAt(0, QColor(0, 0, 0, 0))
        down.setColorAt(1, QColor("black"))
        painter.fillRect(box, down)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = QPointF(self.across * (self.width() - 1), (1 - self.up) * (self.height() - 1))
        for ink, radius in (("black", 7.0), ("white", 6.0)):
            painter.setPen(QPen(QColor(ink), 2))
            painter.drawEllipse(at, radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._frame(painter)


class Hues(_Plane):
    """Up is the hue."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        up = QLinearGradient(box.bottomLeft(), box.topLeft())
        for part in range(7):
            up.setColorAt(part / 6, QColor.fromHsvF(part / 6 % 1.0, 1, 1))
        painter.fillRect(box, up)
        at = (1 - self.up) * (self.height() - 1)
        painter.setPen(QPen(QColor("black"), 1))
        painter.setBrush(QColor("white"))
        painter.drawRect(QRectF(0.5, at - 2.5, self.width() - 1, 5))
        self._frame(painter)


class ColourPicker(QFrame):
    """Opens below its button. ``tried(colour)`` while it is moved, ``chosen(colour)`` at the end,
    when it was changed."""

    tried = Signal(str)
    chosen = Signal(str)

    def __init__(self, words: Words, start: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(words("Choose a colour"))
        self._start = self._colour = start
        self.shades = Shades(words("Strength and lightness"), *SQUARE)
        self.hues = Hues(words("Hue"), STRIP, SQUARE[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 10)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(10)
        column.addLayout(row)
        row.addWidget(self.shades)
        row.addWidget(self.hues)
        self.told = Label(start, Type.HELP, Ink.TEXT2)
        column.addWidget(self.told)
        first = QColor(start)
        self._hue = max(first.hsvHueF(), 0.0)
        self.shades.put(first.hsvSaturationF(), first.valueF(), self._hue)
        self.hues.put(0, self._hue, self._hue)
        self.shades.moved.connect(self._shaded)
        self.hues.moved.connect(self._turned)

    @classmethod
    def open_below(cls, words: Words, start: str, button: QWidget) -> ColourPicker:
        picker = cls(words, start, button.window())
        picker.adjustSize()
        place = button.mapToGlobal(QPoint(0, button.height() + 4))
        screen = button.screen().availableGeometry()
        place.setX(min(place.x(), screen.right() - picker.width()))
        if place.y() + picker.height() > screen.bottom():
            place.setY(button.mapToGlobal(QPoint(0, 0)).y() - picker.height() - 4)
        picker.move(place)
        picker.show()
        picker.shades.setFocus()
        return picker

    def _shaded(self, _across: float, _up: float) -> None:
        self._tell()

    def _turned(self, _across: float, up: float) -> None:
        self._hue = min(up, 0.9999)
        self.shades.put(self.shades.across, self.shades.up, self._hue)
        self._tell()

    def _tell(self) -> None:
        found = QColor.fromHsvF(self._hue, self.shades.across, self.shades.up)
        self._colour = found.name().upper()
        self.told.setText(self._colour)
        self.tried.emit(self._colour)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        elif event.key() == Qt.Key.Key_Escape:
            self._colour = self._start
            self.tried.emit(self._start)
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._colour != self._start:
            self._start = self._colour
            self.chosen.emit(self._colour)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        rounded(
            painter, QRectF(self.rect()), RADIUS_CARD, colour(t.surface), colour(t.border_strong)
        )
