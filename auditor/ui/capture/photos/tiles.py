"""Evidence as the evaluator sees it: photos as tiles with caption and time, other files as rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from auditor.domain.records import EvidenceRecord
from auditor.ui import icons
from auditor.ui.capture.cards.answers import CENTRE, MIDDLE, advance
from auditor.ui.capture.photos.captions import CaptionLine
from auditor.ui.capture.photos.words import PhotoLine
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import file_size
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current
from auditor.words import Words

WIDTH, HEIGHT = 144, 104
#: Below the picture: the caption and the line with the time.
CAPTION, LINE = 22, 18
_ERASE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ASIDE = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_FILE_ICONS = {"audio": "mic", "signature": "signature"}


class Remove(QAbstractButton):
    """The small cross of a tile."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(24, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        ink = colour(t.danger if self.underMouse() else t.text)
        rounded(painter, QRectF(self.rect()), 6, colour(t.surface), colour(t.border))
        icons.paint(painter, "x", ink, QRectF(5, 5, 14, 14))


class Piece(QAbstractButton):
    """A file of the visit. Delete takes it out (undo brings it back), Ctrl and an arrow move it
    in its row; ``carried(sha256)`` when it is dragged away, ``menu_wanted(sha256, global)``."""

    removed = Signal(str)
    opened = Signal(str)
    shifted = Signal(str, int)
    carried = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, record: EvidenceRecord, words: Words, *, writable: bool) -> None:
        super().__init__()
        self.record = record
        self.words = words
        self._writable = writable
        self._pressed_at: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cross = Remove("", self)
        self.cross.setVisible(writable)
        self.cross.clicked.connect(self._remove)
        self.clicked.connect(self._open)
        self._name()

    def _name(self) -> None:
        record = self.record
        self.setAccessibleName(record.caption or record.name)
        self.setToolTip(record.name)
        name = self.words("Remove {name}", name=record.name)
        self.cross.setAccessibleName(name)
        self.cross.setToolTip(name)

    @property
    def pictured(self) -> bool:
        """It can be looked at large."""
        return self.record.kind in ("photo", "signature")

    def _remove(self) -> None:
        self.removed.emit(self.record.sha256)

    def _open(self) -> None:
        if self.pictured:
            self.opened.emit(self.record.sha256)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), not event.modifiers()
        if key in _ERASE and self._writable:
            self._remove()
        elif key in _ENTER and plain:
            self._open()
        elif key in _ASIDE and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.shifted.emit(self.record.sha256, _ASIDE[key])
        elif key == Qt.Key.Key_Space and plain:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(self.record.sha256, event.globalPos())

    # dragging

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        start = self._pressed_at
        if start is None or not (self._writable and self.pictured):
            return
        way = event.position().toPoint() - start
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.setDown(False)
            self.carried.emit(self.record.sha256)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    def _ring(self, painter: QPainter, box: QRectF) -> None:
        if self.hasFocus():
            accent = colour(current().tokens.accent)
            rounded(painter, box, RADIUS_CONTROL, None, accent, 2)


class PhotoTile(Piece):
    """A photo, cut to the tile; below it the caption, and when it was taken. A click shows it
    large. ``captioned(sha256, text)`` after each letter; ``said(sha256)`` when that is done."""

    captioned = Signal(str, str)
    said = Signal(str)

    def __init__(
        self, record: EvidenceRecord, picture: QPixmap | None, words: Words, *, writable: bool
    ) -> None:
        super().__init__(record, words, writable=writable)
        self._picture, self._number = picture, 0
        self._cover = Cover(whole=record.kind == "signature")
        self._line = PhotoLine("")
        theme = current()
        self._size = QSize(theme.px(WIDTH), theme.px(HEIGHT))
        foot = theme.px(CAPTION + LINE) + 4 if record.kind == "photo" else 0
        self.setFixedSize(self._size.width(), self._size.height() + foot)
        self.caption: CaptionLine | None = None
        if foot:
            self.caption = CaptionLine(words, self, writable=writable)
            height = theme.px(CAPTION)
            self.caption.setGeometry(0, self._size.height() + 4, self.width(), height)
            self.caption.show_text(record.caption)
            self.caption.typed.connect(self._captioned)
            self.caption.ended.connect(self._said)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._show_cross()

    def _captioned(self, text: str) -> None:
        self.captioned.emit(self.record.sha256, text)

    def _said(self) -> None:
        self.said.emit(self.record.sha256)

    # what it shows

    def set_picture(self, picture: QPixmap) -> None:
        self._picture = picture
        self.update()

    @property
    def picture(self) -> QPixmap | None:
        return self._picture

    def show_record(self, record: EvidenceRecord, picture: QPixmap | None) -> None:
        """The file has another caption or is turned."""
        turned = record.turn != self.record.turn
        self.record = record
        if picture is not None or turned:
            self._picture = picture
        if self.caption is not None:
            self.caption.show_text(record.caption)
        self._name()
        self._describe()
        self.update()

    def show_place(self, number: int, line: PhotoLine) -> None:
        """``number`` from 1; 0 shows none."""
        if (number, line) != (self._number, self._line):
            self._number, self._line = number, line
            self._describe()
            self.update()

    @property
    def line(self) -> PhotoLine:
        return self._line

    def _describe(self) -> None:
        self.setAccessibleDescription(self._line.sentence or self._line.text)
        self.setToolTip("\n".join(filter(None, (self.record.name, self._line.sentence))))

    # the cross

    def event(self, event: QEvent) -> bool:
        if event.type() in (
            QEvent.Type.HoverEnter,
            QEvent.Type.HoverLeave,
            QEvent.Type.FocusIn,
            QEvent.Type.FocusOut,
        ):
            self._show_cross()
        return super().event(event)

    def _show_cross(self) -> None:
        """Where the pointer or the focus is; always where there is no pointer."""
        wanted = self.underMouse() or self.hasFocus() or current().touch
        self.cross.setVisible(self._writable and wanted)
        self.cross.move(self.width() - 29, 5)
        self.update()

    # paint

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        box = QRectF(0, 0, self._size.width(), self._size.height())
        rounded(painter, box, RADIUS_CONTROL, colour(theme.tokens.surface2))
        if self.record.missing:
            _paint_lost(painter, box, self.words("File missing"))
        elif self._picture is not None:
            self._cover.paint(painter, self._picture, box)
        rounded(painter, box, RADIUS_CONTROL, None, colour(theme.tokens.border))
        if self._number:
            self._paint_number(painter)
        if self._line.odd:
            self._paint_odd(painter)
        self._ring(painter, box)
        if self.caption is not None:
            self._paint_line(painter)

    def _paint_number(self, painter: QPainter) -> None:
        rounded(painter, QRectF(6, 6, 20, 20), 5, QColor(17, 22, 28, 210))
        painter.setFont(current().font(Type.CHIP))
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(QRect(6, 6, 20, 20), CENTRE, str(self._number))

    def _paint_odd(self, painter: QPainter) -> None:
        """At the top right, or beside the cross."""
        t = current().tokens
        x = self._size.width() - (55 if self.cross.isVisible() else 27)
        rounded(painter, QRectF(x, 6, 21, 21), 5, colour(t.warning_soft))
        icons.paint(painter, "triangle-alert", colour(t.warning), QRectF(x + 4, 10, 13, 13))

    def _paint_line(self, painter: QPainter) -> None:
        theme = current()
        painter.setFont(theme.font(Type.HINT, 400))
        ink = theme.tokens.warning if self._line.odd else theme.tokens.text2
        painter.setPen(colour(ink))
        top = self._size.height() + 4 + theme.px(CAPTION)
        foot = QRect(0, top, self.width(), theme.px(LINE))
        cut = QFontMetrics(painter.font()).elidedText(
            self._line.text, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(foot, MIDDLE, cut)


def _paint_lost(painter: QPainter, box: QRectF, said: str) -> None:
    theme = current()
    middle = box.center()
    icon = QRectF(middle.x() - 9, middle.y() - 20, 18, 18)
    icons.paint(painter, "image-off", colour(theme.tokens.danger), icon)
    painter.setFont(theme.font(Type.HINT, 400))
    painter.setPen(colour(theme.tokens.danger))
    painter.drawText(box.adjusted(0, 18, 0, 0), CENTRE, said)


class Cover:
    """A picture that fills a box; what is too much is cut off evenly, or with ``whole`` nothing
    is, and white stands around it. Made once for a size: a window of photos is painted again at
    every letter that is typed below them."""

    def __init__(self, radius: float = RADIUS_CONTROL, *, whole: bool = False) -> None:
        self._radius, self._whole = radius, whole
        self._made: tuple[object, ...] = ()
        self._pixmap = QPixmap()

    def paint(self, painter: QPainter, picture: QPixmap, box: QRectF) -> None:
        ratio = painter.device().devicePixelRatioF()
        wanted = (picture.cacheKey(), box.width(), box.height(), ratio)
        if wanted != self._made:
            self._made = wanted
            size = box.size()
            self._pixmap = _covering(picture, size, self._radius, ratio, whole=self._whole)
        painter.drawPixmap(box.topLeft(), self._pixmap)


def _covering(
    picture: QPixmap, size: QSizeF, radius: float, ratio: float, *, whole: bool
) -> QPixmap:
    made = QPixmap((size * ratio).toSize())
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    across, down = size.width() / picture.width(), size.height() / picture.height()
    scale = min(across, down) if whole else max(across, down)
    width, height = size.width() / scale, size.height() / scale
    part = QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)
    box = QRectF(QPointF(0, 0), size)
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(path)
    if whole:
        painter.fillRect(box, Qt.GlobalColor.white)
    painter.drawPixmap(box, picture, part)
    painter.end()
    return made


class FileRow(Piece):
    """A recording or a file: icon, name, size."""

    def __init__(self, record: EvidenceRecord, words: Words, *, writable: bool) -> None:
        super().__init__(record, words, writable=writable)
        self.setFixedHeight(current().reach(40))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = min(advance(self.record.name, Type.BODY, 500), current().px(320))
        size = advance(file_size(self.record.bytes, self.words), Type.HINT, 400)
        return QSize(width + size + 90, current().reach(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        rounded(painter, box, RADIUS_CONTROL, colour(t.surface2))
        icon = _FILE_ICONS.get(self.record.kind, "file")
        middle = (self.height() - 16) // 2
        icons.paint(painter, icon, colour(t.text2), QRectF(12, middle, 16, 16))
        size = file_size(self.record.bytes, self.words)
        room = self.width() - advance(size, Type.HINT, 400) - 84
        painter.setFont(theme.font(Type.BODY, 500))
        painter.setPen(colour(t.text))
        cut = QFontMetrics(painter.font()).elidedText(
            self.record.name, Qt.TextElideMode.ElideMiddle, room
        )
        painter.drawText(QRect(36, 0, room + 4, self.height()), MIDDLE, cut)
        painter.setFont(theme.font(Type.HINT, 400))
        painter.setPen(colour(t.text3))
        painter.drawText(QRect(40 + room, 0, 100, self.height()), MIDDLE, size)
        self.cross.move(self.width() - 32, (self.height() - 24) // 2)
        self._ring(painter, box)
