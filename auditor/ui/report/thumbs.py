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
    def __init__(self, thumbs: Thumbs) -> None:
        super().__init__(thumbs)
        self._thumbs = thumbs

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
        self._thumbs.need(index.row())
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
        self._asked: set[int] = set()
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
        """What stood there stays until its page is drawn: nothing blinks."""
        self._pdf = pdf
        self._asked.clear()
        model, pages = self._model, len(pdf.sizes)
        if model.rowCount() > pages:
            self._pdf = None  # the row that goes may be the present one: nobody chose another
            model.removeRows(pages, model.rowCount() - pages)
            self._pdf = pdf
        for page in range(model.rowCount(), pages):
            item = QStandardItem(self.words("Page {page}", page=page + 1))
            item.setEditable(False)
            model.appendRow(item)
        self.viewport().update()

    def need(self, page: int) -> None:
        """It comes into view: drawn once, and not before."""
        if self._pdf is not None and page not in self._asked:
            self._asked.add(page)
            width = round(PAGE_WIDTH * self.devicePixelRatioF())
            self._pool.run(draw_page, self._pdf.path, page, width, done=self._drawn)

    def choose(self, page: int) -> None:
        """Show ``page`` as the present one."""
        index = self._model.index(page, 0)
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def _changed(self) -> None:
        row = self.currentIndex().row()
        if row >= 0 and self._pdf is not None:
            self.chosen.emit(row)

    def _drawn(self, drawn: PageImage) -> None:
        item = self._model.item(drawn.page)
        if item is not None and self._pdf is not None and drawn.path == self._pdf.path:
            item.setData(_pixmap(drawn.image), PICTURE)


def _pixmap(image: QImage) -> QPixmap:
    return QPixmap.fromImage(image)
