"""The pages one under the other; only those in view are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from auditor.ui.report.pdf import Opened, Part
from auditor.ui.report.pictures import Pictures
from auditor.ui.report.searching import Match
from auditor.ui.tasks import ImagePool
from auditor.ui.theme import colour, current

MARGIN, GAP = 16, 16
POINTS_PER_INCH, PIXELS_PER_INCH = 72, 96
SMALLEST, LARGEST = 0.25, 4.0
STEP = 1.2
#: Device pixels of a page's picture: what is wider takes a second to draw and 100 MB.
WIDEST = 4096
#: Of the paper, not of the theme.
MARKED, HERE = QColor(255, 214, 0, 110), QColor("#B86E00")


class Fit(StrEnum):
    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one looks: ``part`` of ``page`` (from 0) is above the upper edge."""

    page: int
    part: float = 0.0


def follow(spot: Spot, now: Sequence[Part], before: Sequence[Part]) -> Spot:
    """The same place of the same part, wherever that stands now; ``spot`` where it is gone."""
    page = spot.page + 1
    held = next((part for part in before if part.first <= page <= part.last), None)
    found = next((part for part in now if held and part.name == held.name), None)
    if held is None or found is None:
        return spot
    return Spot(min(found.first + page - held.first, found.last) - 1, spot.part)


class PageView(QAbstractScrollArea):
    """Signals: ``page_changed(index)``, ``zoom_changed(percent)``; ``sharpened(index)`` when a page
    was drawn as large as it is shown; ``gone()`` when the file is not there any more."""

    page_changed = Signal(int)
    zoom_changed = Signal(int)
    sharpened = Signal(int)
    gone = Signal()

    def __init__(self, pool: ImagePool, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf: Opened | None = None
        self.fit = Fit.WIDTH
        self._zoom = 1.0
        self._pictures = Pictures(pool, self)
        self._pictures.drawn.connect(self._drawn)
        self._pictures.gone.connect(self.gone)
        self._page = 0
        self._spot = Spot(0)
        self._matches: tuple[Match, ...] = ()
        self._match: Match | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # else its coming and going makes the pages another width, drawn twice
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._moved)
        self.horizontalScrollBar().valueChanged.connect(self._moved)

    def show_pdf(self, pdf: Opened, spot: Spot | None = None) -> None:
        """Look at ``spot`` of it, else where one looked before. What stood on a page stays until
        the new one is drawn: nothing blinks."""
        spot = spot or self.spot
        last = len(pdf.sizes) - 1
        self._pdf = pdf
        self._pictures.show_file(pdf.path, len(pdf.sizes))
        self._matches, self._match = (), None
        self._lay_out()
        self.look_at(Spot(min(spot.page, last), spot.part))
        self._pictures.want({self._page: self._width_of(self._page)})
        self.viewport().update()

    @property
    def spot(self) -> Spot:
        return self._spot

    def _note_spot(self) -> None:
        boxes = self._boxes()
        if self._page < len(boxes):
            box = boxes[self._page]
            above = self.verticalScrollBar().value() + MARGIN - box.top()
            self._spot = Spot(self._page, above / box.height())

    def look_at(self, spot: Spot) -> None:
        boxes = self._boxes()
        if 0 <= spot.page < len(boxes):
            box = boxes[spot.page]
            top = box.top() + spot.part * box.height() - MARGIN
            self.verticalScrollBar().setValue(round(top))
            self._tell_page(spot.page)
            self._spot = spot

    def is_sharp(self, page: int) -> bool:
        """The page is drawn as large as it is shown."""
        width = self._width_of(page)
        return width > 0 and self._pictures.width(page) == width

    def _width_of(self, page: int) -> int:
        """Of its picture, in device pixels."""
        boxes = self._boxes()
        return self._sharp(boxes[page]) if page < len(boxes) else 0

    def _sharp(self, box: QRectF) -> int:
        return min(round(box.width() * self.devicePixelRatioF()), WIDEST)

    # measures

    def _scale(self) -> float:
        """Pixels for a point."""
        natural = PIXELS_PER_INCH / POINTS_PER_INCH
        if self._pdf is None:
            return natural
        widest = max(width for width, _ in self._pdf.sizes)
        tallest = max(height for _, height in self._pdf.sizes)
        across = (self.viewport().width() - 2 * MARGIN) / widest
        if self.fit is Fit.WIDTH:
            return max(across, 0.1)
        if self.fit is Fit.PAGE:
            return max(min(across, (self.viewport().height() - 2 * MARGIN) / tallest), 0.1)
        return self._zoom * natural

    def _boxes(self) -> list[QRectF]:
        """Where each page lies in the whole column."""
        if self._pdf is None:
            return []
        scale, boxes, y = self._scale(), [], float(MARGIN)
        room = max(self.viewport().width(), self._whole_width())
        for width, height in self._pdf.sizes:
            wide, high = round(width * scale), round(height * scale)
            boxes.append(QRectF((room - wide) // 2, y, wide, high))
            y += high + GAP
        return boxes

    def _whole_width(self) -> int:
        if self._pdf is None:
            return 0
        return round(max(width for width, _ in self._pdf.sizes) * self._scale()) + 2 * MARGIN

    def _lay_out(self) -> None:
        boxes = self._boxes()
        height = int(boxes[-1].bottom()) + MARGIN if boxes else 0
        view = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, height - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(48)
        extra = self._whole_width() - view.width() if self.fit is Fit.FREE else 0
        self.horizontalScrollBar().setRange(0, max(0, extra))
        self.horizontalScrollBar().setPageStep(view.width())
        natural = PIXELS_PER_INCH / POINTS_PER_INCH
        self.zoom_changed.emit(round(100 * self._scale() / natural))

    # what the person does

    def set_fit(self, fit: Fit) -> None:
        spot = self.spot
        self.fit = fit
        self._lay_out()
        self.look_at(Spot(spot.page) if fit is Fit.PAGE else spot)
        self.viewport().update()

    def zoom(self, factor: float) -> None:
        natural = PIXELS_PER_INCH / POINTS_PER_INCH
        self._zoom = min(max(self._scale() / natural * factor, SMALLEST), LARGEST)
        self.set_fit(Fit.FREE)

    @property
    def free_zoom(self) -> float:
        """1 is the paper's own size, where the page is not fitted."""
        return self._zoom

    @free_zoom.setter
    def free_zoom(self, zoom: float) -> None:
        self._zoom = zoom

    def fit_width(self) -> None:
        self.set_fit(Fit.WIDTH)

    def fit_page(self) -> None:
        self.set_fit(Fit.PAGE)

    def zoom_in(self) -> None:
        self.zoom(STEP)

    def zoom_out(self) -> None:
        self.zoom(1 / STEP)

    @property
    def page(self) -> int:
        return self._page

    def go_to(self, page: int) -> None:
        boxes = self._boxes()
        if 0 <= page < len(boxes):
            self.verticalScrollBar().setValue(round(boxes[page].top()) - MARGIN)
            self._tell_page(page)
            self._note_spot()
        self.viewport().update()

    def next_page(self) -> None:
        self.go_to(min(self._page + 1, self._last))

    def previous_page(self) -> None:
        self.go_to(max(self._page - 1, 0))

    def first_page(self) -> None:
        self.go_to(0)

    def last_page(self) -> None:
        self.go_to(self._last)

    @property
    def _last(self) -> int:
        return len(self._pdf.sizes) - 1 if self._pdf else 0

    def show_matches(self, matches: tuple[Match, ...], at: Match | None) -> None:
        """Mark words that were found, and bring the one at ``at`` into view."""
        self._matches, self._match = matches, at
        if at is not None:
            self._bring(at)
        self.viewport().update()

    def _bring(self, match: Match) -> None:
        page, scale = self._boxes()[match.page], self._scale()
        left, top, right, bottom = (side * scale for side in match.boxes[0])
        place = QRectF(page.left() + left, page.top() + top, right - left, bottom - top)
        room = self.viewport().size()
        for bar, low, high, size in (
            (self.verticalScrollBar(), place.top(), place.bottom(), room.height()),
            (self.horizontalScrollBar(), place.left(), place.right(), room.width()),
        ):
            if low < bar.value() + MARGIN or high > bar.value() + size - MARGIN:
                bar.setValue(round((low + high - size) / 2))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(STEP if event.angleDelta().y() > 0 else 1 / STEP)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        go = {Qt.Key.Key_PageDown: self.next_page, Qt.Key.Key_PageUp: self.previous_page,
              Qt.Key.Key_Home: self.first_page, Qt.Key.Key_End: self.last_page}.get(
                  Qt.Key(event.key()))  # fmt: skip
        if go is None:
            super().keyPressEvent(event)
        else:
            go()

    def _moved(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() * 0.4
        for index, box in enumerate(self._boxes()):
            if box.top() <= middle <= box.bottom() + GAP:
                self._tell_page(index)
        self._note_spot()
        self.viewport().update()

    def _tell_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The same place of the same page stays at the upper edge."""
        spot = self._spot
        super().resizeEvent(event)
        self._lay_out()
        self.look_at(spot)

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colour(t.surface2))
        shift = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        view = QRect(shift, self.viewport().size())
        boxes = enumerate(self._boxes())
        seen = {page: box for page, box in boxes if box.intersects(QRectF(view))}
        for page, box in seen.items():
            self._paint_page(painter, page, box.translated(-QPointF(shift)))
        self._pictures.want({page: self._sharp(box) for page, box in seen.items()})
        if self.hasFocus():
            painter.setPen(QPen(colour(t.accent), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, page: int, box: QRectF) -> None:
        t = current().tokens
        painter.fillRect(box.adjusted(-1, -1, 1, 1), colour(t.border))
        painter.fillRect(box, colour("#FFFFFF"))
        picture = self._pictures.find(page)
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, picture)
        self._paint_matches(painter, page, box)

    def _paint_matches(self, painter: QPainter, page: int, box: QRectF) -> None:
        """As with a marker on white paper, whatever the theme; a ring around the present one."""
        scale = self._scale()
        for match in self._matches:
            if match.page != page:
                continue
            here = match == self._match
            for left, top, right, bottom in match.boxes:
                place = QRectF(
                    box.left() + left * scale, box.top() + top * scale,
                    (right - left) * scale, (bottom - top) * scale,
                ).adjusted(-2, -2, 2, 2)  # fmt: skip
                painter.fillRect(place, MARKED)
                if here:
                    painter.setPen(QPen(HERE, 2))
                    painter.drawRect(place)

    def _drawn(self, page: int) -> None:
        self.viewport().update()
        if self.is_sharp(page):
            self.sharpened.emit(page)
