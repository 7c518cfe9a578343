"""The print-size picture of a photo: read in the image pool, fitted to its place or at full size.

While it is read the thumbnail stands there; while its pictures are turned on disk, it is turned on
the screen.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.domain.records import EvidenceRecord
from auditor.ui import icons
from auditor.ui.capture.cards.answers import CENTRE
from auditor.ui.capture.photos.thumbs import Thumbs
from auditor.ui.context import AppContext
from auditor.ui.theme import DARK, Type, colour, current
from auditor.words import Words

#: Pictures kept besides the one that is shown: back and forth costs nothing.
KEPT = 6


class LargePicture(QWidget):
    """A click, or Z, shows it pixel by pixel; then the mouse drags it."""

    def __init__(self, context: AppContext, thumbs: Thumbs, words: Words) -> None:
        super().__init__()
        self._context, self._thumbs, self.words = context, thumbs, words
        self._record: EvidenceRecord | None = None
        self._kept: dict[str, QPixmap] = {}
        self._asked: set[str] = set()
        self._extra = 0
        self._zoomed = False
        self._middle = QPointF(0.5, 0.5)
        self._dragged: QPointF | None = None
        self._moved = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_record(self, record: EvidenceRecord, turn: int) -> None:
        """``turn`` is how far it is to be turned, which its pictures may not be yet."""
        known = self._record
        if known is None or known.sha256 != record.sha256:
            self._zoomed, self._middle = False, QPointF(0.5, 0.5)
        self._record, self._extra = record, (turn - record.turn) % 360
        path = record.print_path
        if path is not None and path not in self._kept and path not in self._asked:
            self._asked.add(path)
            self._context.images.run(_read, path, done=self._take)
        self.update()

    @property
    def loading(self) -> bool:
        """The thumbnail stands in, or nothing does."""
        record = self._record
        return record is not None and record.print_path in self._asked

    def _take(self, read: tuple[str, QImage]) -> None:
        path, image = read
        self._asked.discard(path)
        while len(self._kept) >= KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[path] = QPixmap.fromImage(image)
        self.update()

    def _picture(self) -> QPixmap | None:
        record = self._record
        if record is None:
            return None
        found = None if record.print_path is None else self._kept.get(record.print_path)
        if found is None or found.isNull():
            found = self._thumbs.get(record)
        if found is not None and self._extra:
            found = found.transformed(QTransform().rotate(self._extra))
        return found

    # zoom

    @property
    def zoomed(self) -> bool:
        return self._zoomed

    def toggle_zoom(self) -> None:
        self._zoomed = not self._zoomed
        self._middle = QPointF(0.5, 0.5)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged, self._moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            return
        way = event.position() - self._dragged
        if not self._moved and way.manhattanLength() < 4:
            return
        self._moved = True
        if self._zoomed:
            size = self._shown_size()
            self._middle -= QPointF(way.x() / size.width(), way.y() / size.height())
            self._middle = QPointF(
                min(max(self._middle.x(), 0), 1), min(max(self._middle.y(), 0), 1)
            )
            self.update()
        self._dragged = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None and not self._moved:
            self._zoom_at(event.position())
        self._dragged = None

    def _zoom_at(self, at: QPointF) -> None:
        box = self._box(self._shown_size())
        self._zoomed = not self._zoomed
        if self._zoomed and box.width() and box.contains(at):
            part = at - box.topLeft()
            self._middle = QPointF(part.x() / box.width(), part.y() / box.height())
        self.update()

    def _shown_size(self) -> QSizeF:
        picture = self._picture()
        if picture is None:
            return QSizeF(1, 1)
        size = QSizeF(picture.size())
        room = QSizeF(self.size())
        fitted = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if self._zoomed:
            return size if size.width() > fitted.width() else fitted * 2
        return fitted if self._full() or fitted.width() < size.width() else self._as_print(size)

    def _full(self) -> bool:
        return self._record is not None and self._record.print_path in self._kept

    def _as_print(self, size: QSizeF) -> QSizeF:
        """A thumbnail that stands in is as large as the picture will be."""
        return size.scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)

    def _box(self, size: QSizeF) -> QRectF:
        if not self._zoomed:
            left, top = self.width() - size.width(), self.height() - size.height()
            return QRectF(QPointF(left / 2, top / 2), size)
        middle = QPointF(self._middle.x() * size.width(), self._middle.y() * size.height())
        return QRectF(QPointF(self.width() / 2, self.height() / 2) - middle, size)

    # paint

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(self.rect())
        picture = self._picture()
        if self._record is not None and self._record.missing:
            self._say(painter, "image-off", self.words("The file is no longer on this disk."))
        elif picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self._box(self._shown_size()), picture, QRectF(picture.rect()))
            if self.loading:
                self._say_reading(painter)
        else:
            self._say(painter, "loader-circle", self.words("Reading the photo…"))

    def _say(self, painter: QPainter, icon: str, said: str) -> None:
        theme = current()
        size = theme.px(28)
        middle = self.rect().center()
        box = QRectF(middle.x() - size // 2, middle.y() - size - 8, size, size)
        icons.paint(painter, icon, colour(DARK.text2), box)
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(colour(DARK.text2))
        painter.drawText(self.rect().translated(0, theme.px(14)), CENTRE, said)

    def _say_reading(self, painter: QPainter) -> None:
        theme = current()
        size = theme.px(16)
        box = QRectF(self.width() - size - 20, self.height() - size - 20, size + 12, size + 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(11, 15, 20, 200))
        painter.drawRoundedRect(box, 6, 6)
        place = QRectF(box.x() + 6, box.y() + 6, size, size)
        icons.paint(painter, "loader-circle", colour(DARK.text), place)


def _read(path: str) -> tuple[str, QImage]:
    """In the pool. What is made for the print is upright and free of metadata."""
    return path, QImageReader(path).read()
