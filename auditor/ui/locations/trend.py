"""The scores of a location: over time as a line with a dot for each visit, by section as bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.domain.places import SectionFigure
from auditor.ui import when
from auditor.ui.kit.paint import rounded
from auditor.ui.locations.phrases import points
from auditor.ui.theme import Type, colour, current
from auditor.words import Words

HEIGHT, BAR_ROW = 132, 26
#: Scores are told apart by no less than so many points from foot to top.
LEAST_SPAN, STEP = 20.0, 10.0


def bounds(scores: Sequence[float]) -> tuple[float, float]:
    """Foot and top of the scale: tens around the scores, within 0 and 100."""
    low = max(min(scores) // STEP * STEP, 0.0)
    high = min(-(-max(scores) // STEP) * STEP, 100.0)
    while high - low < LEAST_SPAN:
        low, high = max(low - STEP, 0.0), min(high + STEP, 100.0)
    return low, high


class Trend(QWidget):
    """``scores`` with their times, the oldest first."""

    def __init__(self, words: Words, scores: Sequence[tuple[datetime, float]]) -> None:
        super().__init__()
        self.words, self._scores = words, tuple(scores)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        today = datetime.now().astimezone().date()
        told = (f"{when.day(words, at.astimezone().date(), today)}: {points(words, score)}"
                for at, score in scores)  # fmt: skip
        self.setAccessibleName(words("Scores: {list}", list=", ".join(told)))

    def sizeHint(self) -> QSize:
        return QSize(200, current().px(HEIGHT))

    def _plot(self) -> QRectF:
        px = current().px
        return QRectF(px(28), px(8), self.width() - px(28) - px(48), self.height() - px(34))

    def _spots(self, plot: QRectF) -> list[QPointF]:
        """Visits stand where their days do."""
        first, last = self._scores[0][0], self._scores[-1][0]
        span = (last - first).total_seconds()
        low, high = bounds([score for _, score in self._scores])
        spots = []
        for at, score in self._scores:
            part = (at - first).total_seconds() / span if span else 1.0
            y = plot.bottom() - (score - low) / (high - low) * plot.height()
            spots.append(QPointF(plot.left() + part * plot.width(), y))
        return spots

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._scores:
            return
        painter = QPainter(self)
        plot = self._plot()
        self._paint_scale(painter, plot)
        spots = self._spots(plot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_line(painter, plot, spots)
        self._paint_days(painter, plot)

    def _paint_scale(self, painter: QPainter, plot: QRectF) -> None:
        theme = current()
        low, high = bounds([score for _, score in self._scores])
        painter.setFont(theme.font(Type.HINT, 400))
        for value in (low, (low + high) / 2, high):
            y = round(plot.bottom() - (value - low) / (high - low) * plot.height())
            painter.setPen(QPen(colour(theme.tokens.grid), 1))
            painter.drawLine(round(plot.left()), y, round(plot.right()), y)
            painter.setPen(colour(theme.tokens.text2))
            box = QRectF(0, y - theme.px(9), plot.left() - 6, theme.px(18))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, int(side), f"{value:.0f}")

    def _paint_line(self, painter: QPainter, plot: QRectF, spots: list[QPointF]) -> None:
        theme = current()
        t = theme.tokens
        if len(spots) > 1:
            under = [*spots, QPointF(spots[-1].x(), plot.bottom()),
                     QPointF(spots[0].x(), plot.bottom())]  # fmt: skip
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(t.accent_soft))
            painter.drawPolygon(QPolygonF(under))
            painter.setPen(QPen(colour(t.accent), 2))
            painter.drawPolyline(QPolygonF(spots))
        painter.setPen(QPen(colour(t.surface), 1.5))
        painter.setBrush(colour(t.accent))
        for spot in spots[:-1]:
            painter.drawEllipse(spot, 3, 3)
        painter.drawEllipse(spots[-1], 4.5, 4.5)
        painter.setFont(theme.font(Type.CHIP))
        painter.setPen(colour(t.accent))
        box = QRectF(spots[-1].x() + 8, spots[-1].y() - theme.px(10), theme.px(48), theme.px(20))
        last = points(self.words, self._scores[-1][1])
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), last)

    def _paint_days(self, painter: QPainter, plot: QRectF) -> None:
        theme = current()
        today = datetime.now().astimezone().date()
        painter.setFont(theme.font(Type.HINT, 400))
        painter.setPen(colour(theme.tokens.text2))
        box = QRectF(plot.left(), plot.bottom() + 4, plot.width() + theme.px(44), theme.px(20))
        first, last = (
            when.day(self.words, at.astimezone().date(), today)
            for at in (self._scores[0][0], self._scores[-1][0])
        )
        if len(self._scores) > 1:
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), first)
        side = Qt.AlignmentFlag.AlignRight
        painter.drawText(box, int(side), last)


class SectionBars(QWidget):
    """A bar from zero for each section of a visit."""

    def __init__(self, words: Words, sections: Sequence[SectionFigure]) -> None:
        super().__init__()
        self._lines = [(each.title(words.language), each.percent) for each in sections]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = (f"{title}: {percent:.0f}" for title, percent in self._lines)
        self.setAccessibleName(words("Sections: {list}", list=", ".join(told)))

    def sizeHint(self) -> QSize:
        return QSize(200, current().px(BAR_ROW) * len(self._lines))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t, high = theme.tokens, theme.px(BAR_ROW)
        painter = QPainter(self)
        names, figures = self.width() * 48 // 100, theme.px(34)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        for place, (title, percent) in enumerate(self._lines):
            top = place * high
            painter.setFont(theme.font(Type.HELP))
            painter.setPen(colour(t.text))
            cut = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, names - 10)
            painter.drawText(QRectF(0, top, names, high), middle, cut)
            track = QRectF(names, top + high / 2 - 3, self.width() - names - figures, 6)
            rounded(painter, track, 3, colour(t.neutral_soft))
            filled = track.width() * min(max(percent, 0.0), 100.0) / 100
            if filled >= 1:
                bar = QRectF(track.left(), track.top(), max(filled, 6), 6)
                rounded(painter, bar, 3, colour(t.accent))
            painter.setFont(theme.font(Type.HELP, 600))
            painter.setPen(colour(t.text))
            box = QRectF(self.width() - figures, top, figures, high)
            painter.drawText(box, right, f"{percent:.0f}")
