"""Small painted parts of the check's entries."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.ui import icons
from auditor.ui.capture.cards.answers import MIDDLE, advance
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.paint import cover, rounded
from auditor.ui.theme import RADIUS_CONTROL, Tone, Type, colour, current

_WRAP = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class RowButton(Button):
    """A button of an entry. Arrows belong to the list; with ``enter`` it says that Enter presses
    it while it has the focus."""

    def __init__(self, text: str, kind: Kind, *, enter: bool = False) -> None:
        super().__init__(text, kind, height=36)
        self._enter = enter

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._enter:
            self.set_hint("Enter")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._enter:
            self.set_hint("")


class RowTitle(QWidget):
    """Number and title, as wide as they may be; on one line, whose tool tip has the whole, or with
    ``wrap`` on as many as they take."""

    def __init__(
        self,
        number: str,
        title: str,
        *,
        quiet: bool = False,
        small: bool = False,
        wrap: bool = False,
    ) -> None:
        super().__init__()
        self._number, self._title, self._quiet, self._wrap = number, title, quiet, wrap
        self._role = Type.BODY if small else Type.STRONG
        self.setToolTip(title)
        self.setAccessibleName(f"{number} {title}".strip())
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        if not wrap:
            self.setFixedHeight(current().px(22))

    def sizeHint(self) -> QSize:
        weight = 500 if self._quiet or self._role is Type.BODY else 600
        width = self._indent() + advance(self._title, self._role, weight) + 2
        return QSize(width, current().px(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, current().px(22))

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(width - self._indent(), 40), 10_000)
        metrics = QFontMetrics(self._font())
        return max(metrics.boundingRect(room, _WRAP, self._title).height(), current().px(22))

    def _indent(self) -> int:
        return advance(self._number, Type.HELP, 600) + 8 if self._number else 0

    def _font(self) -> QFont:
        return current().font(self._role, 500 if self._quiet else None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        lines = self._wrap and self.height() > theme.px(22)
        x = 0
        if self._number:
            painter.setFont(theme.font(Type.HELP, 600))
            painter.setPen(colour(theme.tokens.text3))
            x = self._indent()
            line = QFontMetrics(self._font()).height() if lines else self.height()
            painter.drawText(QRect(0, 0, x, line), MIDDLE, self._number)
        painter.setFont(self._font())
        painter.setPen(colour(theme.tokens.text2 if self._quiet else theme.tokens.text))
        if lines:
            painter.drawText(QRect(x, 0, self.width() - x, self.height()), _WRAP, self._title)
            return
        cut = QFontMetrics(painter.font()).elidedText(
            self._title, Qt.TextElideMode.ElideRight, self.width() - x
        )
        painter.drawText(QRect(x, 0, self.width() - x, self.height()), MIDDLE, cut)


class PhotoLead(QWidget):
    """The photo that a row speaks of, as small as a lead icon; a camera until it is read."""

    def __init__(self, desk: Desk, sha256: str) -> None:
        super().__init__()
        self._desk, self._record = desk, desk.draft.evidence_of(sha256)
        side = current().px(36)
        self.setFixedSize(side, side)
        self.setAccessibleName(self._record.caption or self._record.name)
        desk.thumbs.arrived.connect(self._arrived)
        self._picture = desk.thumbs.get(self._record)

    def _arrived(self, sha256: str) -> None:
        if sha256 == self._record.sha256:
            self._picture = self._desk.thumbs.get(self._record)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self._picture is not None and not self._picture.isNull():
            cover(painter, self._picture, box, RADIUS_CONTROL)
            return
        ink, soft = theme.tone(Tone.WARNING)
        rounded(painter, box, RADIUS_CONTROL, soft)
        size = theme.px(18)
        left = (self.width() - size) // 2
        icons.paint(painter, "camera", ink, QRectF(left, left, size, size))


class Unequal(QWidget):
    """ "≠" on a disc, between two facts."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(current().px(30), current().px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink, soft = current().tone(Tone.WARNING)
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), self.height() / 2, soft)
        size = current().px(16)
        left = (self.width() - size) // 2
        icons.paint(painter, "equal-not", ink, QRectF(left, left, size, size))
