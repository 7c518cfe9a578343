"""Small pages at the left, to see the whole and to go to one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from auditor.ui.kit.paint import rounded
from auditor.ui.report.pdf import Opened, PageImage, draw_page
from auditor.ui.tasks import ImagePool
from auditor.ui.theme import Type, colour, current
from auditor.words import Words

WIDTH, PAGE_WIDTH = 136, 90
PICTURE = Qt.ItemDataRole.UserRole


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Any) -> QSize:
        return QSize(WIDTH - 16, round(PAGE_WIDTH * 1.415) + 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        theme = current()
        t = theme.tokens
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        page = QRectF(0, box.top() + 6, PAGE_WIDTH, round(PAGE_WIDTH * 1.415))
        page.moveLeft(round(box.center().x() - PAGE_WIDTH / 2))
        painter.save()
        frame = page.adjusted(-4, -4, 4, 4)
        if chosen:
            rounded(painter, frame, 6, colour(t.surface), colour(t.accent), 2)
        painter.fillRect(page.adjusted(-1, -1, 1, 1), colour(t.border))
        painter.fillRect(page, colour("#FFFFFF"))
        picture: QPixmap | None = index.data(PICTURE)
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(page.toRect(), picture)
        painter.setFont(theme.font(Type.CHIP, 600 if chosen else 400))
        painter.setPen(colour(t.accent if chosen else t.text2))
        label = QRectF(box.left(), page.bottom() + 6, box.width(), 18)
        painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), str(index.row() + 1))
        painter.restore()


class Thumbs(QListView):
    """``chosen(page)`` by click or keys."""

    chosen = Signal(int)

    def __init__(self, pool: ImagePool, words: Words) -> None:
        super().__init__()
        self._pool, self.words = pool, words
        self._model = QStandardItemModel(self)
        self._pdf: Opened | None = None
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(words("Pages"))
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSpacing(2)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._changed)

    def show_pdf(self, pdf: Opened) -> None:
        self._pdf = pdf
        at = self.currentIndex().row()
        self._model.clear()
        for page in range(len(pdf.sizes)):
            item = QStandardItem(self.words("Page {page}", page=page + 1))
            item.setEditable(False)
            self._model.appendRow(item)
            width = round(PAGE_WIDTH * self.devicePixelRatioF())
            self._pool.run(draw_page, pdf.path, page, width, done=self._drawn)
        self.choose(at if 0 <= at < len(pdf.sizes) else 0)

    def choose(self, page: int) -> None:
        """Show ``page`` as the present one."""
        index = self._model.index(page, 0)
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def _changed(self) -> None:
        row = self.currentIndex().row()
        if row >= 0:
            self.chosen.emit(row)

    def _drawn(self, drawn: PageImage) -> None:
        item = self._model.item(drawn.page)
        if item is not None:
            item.setData(_pixmap(drawn.image), PICTURE)


def _pixmap(image: QImage) -> QPixmap:
    return QPixmap.fromImage(image)
