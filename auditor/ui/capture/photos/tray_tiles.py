"""What the tray is made of: small photos, the area that scrolls them, and the empty place."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QWidget

from auditor.domain.records import EvidenceRecord
from auditor.ui import icons
from auditor.ui.capture.cards.answers import MIDDLE, advance
from auditor.ui.capture.cards.flow import FlowLayout
from auditor.ui.capture.photos.tiles import Cover, Piece
from auditor.ui.capture.photos.words import PhotoLine
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current
from auditor.words import Words

TILE = QSize(68, 52)
GAP = 7
#: So many rows are shown where there is room; the others scroll.
ROWS = 4


class TrayTile(Piece):
    """A small photo. ``put_wanted(sha256)`` by Space."""

    put_wanted = Signal(str)

    def __init__(
        self, record: EvidenceRecord, picture: QPixmap | None, words: Words, *, writable: bool
    ) -> None:
        super().__init__(record, words, writable=writable)
        self.picture = picture
        self.line = PhotoLine("")
        self._cover = Cover(6)
        theme = current()
        self.setFixedSize(theme.px(TILE.width()), theme.px(TILE.height()))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.cross.hide()

    def show_record(self, record: EvidenceRecord, picture: QPixmap | None, line: PhotoLine) -> None:
        if picture is not None or record.turn != self.record.turn:
            self.picture = picture
        self.record, self.line = record, line
        self._name()
        said = line.sentence or line.text
        self.setAccessibleDescription(said)
        self.setToolTip("\n".join(filter(None, (record.caption, record.name, said))))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.put_wanted.emit(self.record.sha256)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        rounded(painter, box, 6, colour(t.surface2))
        if self.record.missing:
            icon = QRectF(box.center().x() - 9, box.center().y() - 9, 18, 18)
            icons.paint(painter, "image-off", colour(t.danger), icon)
        elif self.picture is not None:
            self._cover.paint(painter, self.picture, box)
        rounded(painter, box, 6, None, colour(t.border))
        if self.line.odd:
            rounded(painter, QRectF(self.width() - 20, 3, 17, 17), 4, colour(t.warning_soft))
            place = QRectF(self.width() - 17, 6, 11, 11)
            icons.paint(painter, "triangle-alert", colour(t.warning), place)
        if self.hasFocus():
            rounded(painter, box, 6, None, colour(t.surface), 4)
            rounded(painter, box, 6, None, colour(t.accent), 2)


class TileArea(QScrollArea):
    """As high as the photos, up to ``ROWS`` rows; lower where the window is."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.inner = QWidget()
        self.inner.setObjectName("scrolled")
        self.flow = FlowLayout(self.inner, GAP)
        self.setWidget(self.inner)
        self._high = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from photo to photo, which the tray does."""
        event.ignore()

    def fit(self, width: int) -> None:
        line = current().px(TILE.height()) + GAP
        high = min(self.flow.heightForWidth(max(width, 80)), ROWS * line - GAP)
        if high != self._high:
            self._high = high
            self.setMaximumHeight(high)
            self.updateGeometry()
        self._show_bar()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_bar()

    def _show_bar(self) -> None:
        """A bar makes it narrower, and so higher: it would stay where none is needed."""
        policy = Qt.ScrollBarPolicy
        fits = self.flow.heightForWidth(max(self.width(), 80)) <= self.height()
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        )

    def sizeHint(self) -> QSize:
        return QSize(100, self._high)

    def minimumSizeHint(self) -> QSize:
        line = current().px(TILE.height())
        return QSize(80, min(self._high, line + line // 3))


class EmptyTray(QAbstractButton):
    """Where the photos will be: dashed, and a click asks for some."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.setAccessibleName(words("Add photos that have no question yet"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(120, current().reach(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        inside = self.contentsRect()
        box = QRectF(inside)
        fill = t.neutral_soft if self.underMouse() else t.surface2
        rounded(painter, box, RADIUS_CONTROL, colour(fill))
        pen = QPen(colour(t.accent if self.hasFocus() else t.border_strong))
        pen.setWidth(2 if self.hasFocus() else 1)
        if not self.hasFocus():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        said, size = self.words("Drop or add photos"), theme.px(16)
        x = max((inside.width() - advance(said, Type.HELP, 400) - size - 8) // 2, 8)
        middle = self.height() // 2
        ink = colour(t.text2)
        icons.paint(painter, "image-plus", ink, QRectF(x, middle - size // 2, size, size))
        painter.setFont(theme.font(Type.HELP))
        painter.setPen(ink)
        painter.drawText(QRect(x + size + 8, 0, self.width(), self.height()), MIDDLE, said)
