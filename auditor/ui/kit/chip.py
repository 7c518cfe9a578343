"""Small marks: chip, badge, key cap."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from auditor.ui import icons
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CONTROL, Tone, Type, colour, current


class _Mark(QLabel):
    """A label that paints itself; assistive technology reads its text."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Chip(_Mark):
    """A word with its tone, and an icon, since colour is never alone. 22 px high."""

    def __init__(
        self,
        text: str,
        tone: Tone = Tone.NEUTRAL,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._tone, self._icon = tone, icon

    def set(self, text: str, tone: Tone | None = None, icon: str | None = None) -> None:
        """New words; the tone stays when None is given."""
        self._tone = tone or self._tone
        self._icon = icon
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        text = QFontMetrics(theme.font(Type.CHIP)).horizontalAdvance(self.text())
        lead = theme.px(14) + 4 if self._icon else 0
        side = 18 if self._icon else 22
        return QSize(text + lead + side, theme.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        ink, soft = theme.tone(self._tone)
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), self.height() / 2, soft)
        x = 8 if self._icon else 11
        if self._icon:
            size = theme.px(14)
            box = QRectF(x, (self.height() - size) // 2, size, size)
            icons.paint(painter, self._icon, ink, box)
            x += size + 4
        painter.setFont(theme.font(Type.CHIP))
        painter.setPen(ink)
        painter.drawText(
            QRectF(x, 0, self.width(), self.height()),
            int(Qt.AlignmentFlag.AlignVCenter),
            self.text(),
        )


def column(chips: Iterable[Chip]) -> int:
    """How wide a column of ``chips`` is, for what stands beside them to line up."""
    return max(chip.sizeHint().width() for chip in chips)


class Badge(_Mark):
    """A count on an accent disc."""

    def sizeHint(self) -> QSize:
        theme = current()
        width = QFontMetrics(theme.font(Type.CHIP)).horizontalAdvance(self.text()) + 11
        return QSize(max(width, theme.px(20)), theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), self.height() / 2, colour(theme.tokens.accent))
        painter.setFont(theme.font(Type.CHIP))
        painter.setPen(colour(theme.tokens.on_accent))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())


class KeyCap(_Mark):
    """A key in a 20 px box, or ``icon`` (an arrow) in one."""

    def __init__(self, text: str, icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon = icon

    def sizeHint(self) -> QSize:
        theme = current()
        if self._icon:
            return QSize(theme.px(21), theme.px(20))
        text = QFontMetrics(theme.font(Type.HINT)).horizontalAdvance(self.text())
        return QSize(max(text + 11, theme.px(20)), theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        rounded(painter, box, RADIUS_CONTROL / 2 + 1, colour(t.surface), colour(t.border))
        if self._icon:
            size = theme.px(12)
            left, top = (self.width() - size) // 2, (self.height() - size) // 2
            icons.paint(painter, self._icon, colour(t.text2), QRectF(left, top, size, size))
            return
        painter.setFont(theme.font(Type.HINT))
        painter.setPen(colour(t.text2))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())


class LeadIcon(QWidget):
    """The icon before a row or a title: a tinted square, neutral unless something is wrong."""

    def __init__(
        self,
        icon: str,
        tone: Tone = Tone.NEUTRAL,
        size: int = 34,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._tone, self._size = icon, tone, size
        self.setFixedSize(current().px(size), current().px(size))

    def set(self, icon: str, tone: Tone) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        ink, soft = theme.tone(self._tone)
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, soft)
        size = theme.px(18 if self._size <= 36 else 22)
        left = (self.width() - size) // 2
        icons.paint(painter, self._icon, ink, QRectF(left, left, size, size))


class Icon(QWidget):
    """A bare icon in an ink colour name of the tokens ("text2", "success" …)."""

    def __init__(
        self, icon: str, ink: str = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._ink = icon, ink
        side = current().px(size)
        self.setFixedSize(side, side)

    def set(self, icon: str, ink: str) -> None:
        self._icon, self._ink = icon, ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tint = getattr(current().tokens, self._ink)
        icons.paint(painter, self._icon, tint, QRectF(self.rect()))
