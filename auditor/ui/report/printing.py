"""Print a report: pages become pictures off the GUI thread, and go to the printer in order."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from auditor.ui.report.pdf import Opened, PageImage, draw_page
from auditor.ui.tasks import ImagePool

#: Dots of a page's pictures for an inch: more is not seen on paper and takes the memory of weeks.
DOTS = 300
POINTS = 72


class Printing(QObject):
    """Signals: ``progressed(done, total)``; ``ended(whole)`` with False where the printer refused.

    One page is in memory at a time; a page is as large as the paper lets it be, never larger.
    """

    progressed = Signal(int, int)
    ended = Signal(bool)

    def __init__(
        self, pdf: Opened, printer: QPrinter, pool: ImagePool, parent: QObject, page: int = 0
    ) -> None:
        """``page`` (from 0) is the one that is looked at."""
        super().__init__(parent)
        self._pdf, self._printer, self._pool = pdf, printer, pool
        self._painter = QPainter()
        self._pages = pages_of(printer, len(pdf.sizes), page)
        self._grey = printer.colorMode() is QPrinter.ColorMode.GrayScale
        self._done = 0

    def start(self) -> None:
        if not self._pages or not self._painter.begin(self._printer):
            self.ended.emit(False)
            return
        self._ask()

    def _ask(self) -> None:
        page = self._pages[self._done]
        wide, high = self._pdf.sizes[page]
        box = self._fitted(wide, high)
        dots = min(round(box.width()), round(wide / POINTS * DOTS))
        self._pool.run(draw_page, self._pdf.path, page, dots, done=self._paint)

    def _fitted(self, wide: float, high: float) -> QRectF:
        """Where a page of that size stands on the paper."""
        paper = self._printer.pageRect(QPrinter.Unit.DevicePixel)
        scale = min(paper.width() / wide, paper.height() / high)
        size = QSizeF(wide * scale, high * scale)
        left = (paper.width() - size.width()) / 2
        return QRectF(left, 0, size.width(), size.height())

    def _paint(self, drawn: PageImage) -> None:
        wide, high = self._pdf.sizes[drawn.page]
        image = drawn.image
        if self._grey:  # else some drivers print the colours all the same
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        self._painter.drawImage(self._fitted(wide, high), image)
        self._done += 1
        self.progressed.emit(self._done, len(self._pages))
        if self._done < len(self._pages) and self._printer.newPage():
            self._ask()
            return
        whole = self._painter.end() and self._done == len(self._pages)
        self.ended.emit(whole)


def pages_of(printer: QPrinter, count: int, page: int) -> list[int]:
    """Those that the dialog asked for (from 0), in the order in which they are printed."""
    if printer.printRange() is QPrinter.PrintRange.CurrentPage:
        return [page]
    first = printer.fromPage() or 1
    last = min(printer.toPage() or count, count)
    pages = list(range(first - 1, last))
    reverse = printer.pageOrder() is QPrinter.PageOrder.LastPageFirst
    return pages[::-1] if reverse else pages


def printer_for(pdf: Opened) -> QPrinter:
    """A printer set to the paper of ``pdf``, without margins: the report has its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DOTS)
    wide, high = pdf.sizes[0]
    printer.setPageSize(QPageSize(QSizeF(wide, high), QPageSize.Unit.Point))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setDocName(pdf.path.stem)
    return printer
