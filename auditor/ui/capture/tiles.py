"""Evidence as the evaluator sees it: photos as tiles, other files as rows, a place to drop."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from auditor.domain.records import EvidenceRecord
from auditor.ui import icons
from auditor.ui.capture.answers import CENTRE, MIDDLE, advance
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import file_size
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current
from auditor.words import Words

WIDTH, HEIGHT = 144, 104
_ERASE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
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


class _Piece(QFrame):
    """A file of the visit. Delete takes it out of the answer (undo brings it back)."""

    removed = Signal(str)

    def __init__(self, record: EvidenceRecord, words: Words, *, writable: bool) -> None:
        super().__init__()
        self.record = record
        self.words = words
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(record.caption or record.name)
        self.setToolTip(record.name)
        self.cross = Remove(words("Remove {name}", name=record.name), self)
        self.cross.setVisible(writable)
        self.cross.clicked.connect(self._remove)
        self._writable = writable

    def _remove(self) -> None:
        self.removed.emit(self.record.sha256)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ERASE and self._writable:
            self._remove()
        else:
            event.ignore()

    def _ring(self, painter: QPainter, box: QRectF) -> None:
        if self.hasFocus():
            accent = colour(current().tokens.accent)
            rounded(painter, box, RADIUS_CONTROL, None, accent, 2)


class PhotoTile(_Piece):
    """A photo, cut to the tile; its caption or the time it was taken below."""

    def __init__(
        self,
        record: EvidenceRecord,
        picture: QPixmap | None,
        number: int,
        words: Words,
        *,
        writable: bool,
    ) -> None:
        super().__init__(record, words, writable=writable)
        self._picture, self._number = picture, number
        theme = current()
        self._size = QSize(theme.px(WIDTH), theme.px(HEIGHT))
        self._foot = theme.px(20) if self._caption() else 0
        self.setFixedSize(self._size.width(), self._size.height() + self._foot)
        self.cross.move(self.width() - 29, 5)

    def set_picture(self, picture: QPixmap) -> None:
        self._picture = picture
        self.update()

    def _caption(self) -> str:
        taken = self.record.taken_at
        return self.record.caption or (taken.strftime("%H:%M") if taken else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        box = QRectF(0, 0, self._size.width(), self._size.height())
        rounded(painter, box, RADIUS_CONTROL, colour(theme.tokens.surface2))
        if self.record.missing:
            self._paint_lost(painter, box)
        elif self._picture is not None:
            _paint_cover(painter, self._picture, box)
        self._paint_number(painter)
        self._ring(painter, box)
        if self._foot:
            painter.setFont(theme.font(Type.HINT, 400))
            painter.setPen(colour(theme.tokens.text2))
            foot = QRect(0, self._size.height(), self.width(), self._foot)
            cut = QFontMetrics(painter.font()).elidedText(
                self._caption(), Qt.TextElideMode.ElideRight, self.width()
            )
            painter.drawText(foot, MIDDLE, cut)

    def _paint_number(self, painter: QPainter) -> None:
        rounded(painter, QRectF(6, 6, 20, 20), 5, QColor(17, 22, 28, 210))
        painter.setFont(current().font(Type.CHIP))
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(QRect(6, 6, 20, 20), CENTRE, str(self._number))

    def _paint_lost(self, painter: QPainter, box: QRectF) -> None:
        theme = current()
        painter.setFont(theme.font(Type.HINT, 400))
        painter.setPen(colour(theme.tokens.danger))
        painter.drawText(box, CENTRE, self.words("File missing"))


def _paint_cover(painter: QPainter, picture: QPixmap, box: QRectF) -> None:
    """``picture`` fills ``box``; what is too much is cut off evenly."""
    scale = max(box.width() / picture.width(), box.height() / picture.height())
    width, height = box.width() / scale, box.height() / scale
    part = QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)
    path = QPainterPath()
    path.addRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
    painter.save()
    painter.setClipPath(path)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(box, picture, part)
    painter.restore()


class FileRow(_Piece):
    """A recording or a file: icon, name, size."""

    def __init__(self, record: EvidenceRecord, words: Words, *, writable: bool) -> None:
        super().__init__(record, words, writable=writable)
        self.setFixedHeight(current().px(40))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = min(advance(self.record.name, Type.BODY, 500), current().px(320))
        size = advance(file_size(self.record.bytes, self.words), Type.HINT, 400)
        return QSize(width + size + 90, current().px(40))

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


class DropPlace(QAbstractButton):
    """Dashed: drop, paste, or click to choose. ``tile`` is as tall as the photos beside it."""

    def __init__(self, words: Words, *, tile: bool, short: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.words, self._tile, self._short = words, tile, short
        self._busy = 0
        self._hot = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words("Add a photo: drop, paste or choose"))
        wide = QSizePolicy.Policy.Fixed if tile or short else QSizePolicy.Policy.Expanding
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    def set_busy(self, count: int) -> None:
        self._busy = count
        self.update()

    def set_hot(self, hot: bool) -> None:
        """Something is held over it."""
        self._hot = hot
        self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        if self._tile:
            return QSize(theme.px(WIDTH), theme.px(HEIGHT))
        return QSize(theme.px(184 if self._short else 240), theme.px(40 if self._short else 44))

    def _sentence(self) -> str:
        if self._busy:
            return self.words.plural(
                "Reading {count} photo…", "Reading {count} photos…", self._busy
            )
        if self._tile or self._short:
            return self.words("Drop, paste or")
        return self.words("Drop photos here, paste (Ctrl+V) or press P to choose")

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        hot = self._hot or self.underMouse()
        box = QRectF(self.rect())
        fill = colour(t.accent_soft if self._hot else t.neutral_soft if hot else t.surface2)
        rounded(painter, box, RADIUS_CONTROL, fill)
        pen = QPen(colour(t.accent if self._hot or self.hasFocus() else t.border_strong), 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        if self.hasFocus():
            pen = QPen(colour(t.accent), 2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(half, RADIUS_CONTROL, RADIUS_CONTROL)
        if self._tile:
            self._paint_tile(painter)
        else:
            self._paint_line(painter)

    def _paint_tile(self, painter: QPainter) -> None:
        theme = current()
        size = theme.px(20)
        icon = "loader-circle" if self._busy else "image-plus"
        box = QRectF((self.width() - size) // 2, theme.px(18), size, size)
        icons.paint(painter, icon, colour(theme.tokens.text2), box)
        painter.setFont(theme.font(Type.HINT, 400))
        painter.setPen(colour(theme.tokens.text2))
        first = QRect(4, theme.px(44), self.width() - 8, theme.px(20))
        painter.drawText(first, CENTRE, self._sentence())
        if not self._busy:
            self._paint_choose(painter, theme.px(66))

    def _paint_choose(self, painter: QPainter, top: int) -> None:
        theme = current()
        said = self.words("choose")
        width, cap = advance(said, Type.HINT, 400), theme.px(20)
        x = (self.width() - width - cap - 8) // 2
        painter.drawText(QRect(x, top, width + 4, cap), MIDDLE, said)
        _paint_key(painter, QRectF(x + width + 8, top, cap, cap))

    def _paint_line(self, painter: QPainter) -> None:
        theme = current()
        said = self._sentence()
        width = advance(said, Type.HELP, 400)
        size, cap = theme.px(16), theme.px(20)
        key = cap + 8 if self._short and not self._busy else 0
        x = (self.width() - width - size - 8 - key) // 2 if self._short else 12
        middle = self.height() // 2
        icon = "loader-circle" if self._busy else "image-plus"
        icons.paint(
            painter, icon, colour(theme.tokens.text2), QRectF(x, middle - size // 2, size, size)
        )
        painter.setFont(theme.font(Type.HELP))
        painter.setPen(colour(theme.tokens.text2))
        painter.drawText(QRect(x + size + 8, 0, width + 4, self.height()), MIDDLE, said)
        if key:
            _paint_key(painter, QRectF(x + size + 16 + width, middle - cap / 2, cap, cap))


def _paint_key(painter: QPainter, box: QRectF) -> None:
    theme = current()
    t = theme.tokens
    rounded(painter, box, 5, colour(t.surface), colour(t.border))
    painter.setFont(theme.font(Type.HINT))
    painter.setPen(colour(t.text2))
    painter.drawText(box, CENTRE, "P")
