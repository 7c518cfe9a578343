"""The scores of a location: over time as a line with a dot for each visit, by section as bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from auditor.domain.places import BandFigure, OthersMean, SectionFigure
from auditor.ui import when
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.locations.phrases import band_of, points
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

HEIGHT, BAR_ROW, BAND = 132, 26, 22
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
    """``scores`` with their times, the oldest first; a dashed line for the mean of others."""

    def __init__(self, words: Words, scores: Sequence[tuple[datetime, float]]) -> None:
        super().__init__()
        self.words, self._scores = words, tuple(scores)
        self._mean: tuple[tuple[datetime, float], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        today = datetime.now().astimezone().date()
        told = (f"{when.day(words, at.astimezone().date(), today)}: {points(words, score)}"
                for at, score in scores)  # fmt: skip
        self.setAccessibleName(words("Scores: {list}", list=", ".join(told)))

    def show_mean(self, mean: OthersMean) -> None:
        """Each month's in its middle; the first and the last go on to the ends."""
        months = [
            (datetime(day.year, day.month, 15, 12, tzinfo=UTC), score)
            for day, score in mean.months
        ]  # fmt: skip
        first, last = self._scores[0][0], self._scores[-1][0]
        inside = [(at, score) for at, score in months if first < at < last]
        before = [score for at, score in months if at <= first] or [months[0][1]]
        after = [score for at, score in months if at >= last] or [months[-1][1]]
        self._mean = ((first, before[-1]), *inside, (last, after[0]))
        told = points(self.words, self._mean[-1][1])
        self.setAccessibleDescription(self.words("Mean of others: {score}", score=told))
        self.update()

    def _bounds(self) -> tuple[float, float]:
        return bounds([score for _, score in (*self._scores, *self._mean)])

    def sizeHint(self) -> QSize:
        return QSize(200, current().px(HEIGHT))

    def _plot(self) -> QRectF:
        px = current().px
        return QRectF(px(28), px(8), self.width() - px(28) - px(48), self.height() - px(34))

    def _spots(self, plot: QRectF, line: Sequence[tuple[datetime, float]]) -> list[QPointF]:
        """Visits stand where their days do."""
        first, last = self._scores[0][0], self._scores[-1][0]
        span = (last - first).total_seconds()
        low, high = self._bounds()
        spots = []
        for at, score in line:
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
        spots = self._spots(plot, self._scores)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_line(painter, plot, spots)
        if self._mean:
            self._paint_mean(painter, self._spots(plot, self._mean), spots[-1].y())
        self._paint_days(painter, plot)

    def _paint_scale(self, painter: QPainter, plot: QRectF) -> None:
        theme = current()
        low, high = self._bounds()
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

    def _paint_mean(self, painter: QPainter, spots: list[QPointF], taken: float) -> None:
        """``taken``: how high the figure of the last score stands."""
        theme = current()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(mean_pen())
        painter.drawPolyline(QPolygonF(spots))
        high, end = theme.px(18), spots[-1]
        down = end.y() - taken
        y = end.y() if abs(down) >= high else taken + (high if down >= 0 else -high)
        painter.setFont(theme.font(Type.HINT, 400))
        painter.setPen(colour(theme.tokens.text2))
        box = QRectF(end.x() + 8, y - high / 2, theme.px(48), high)
        said = points(self.words, self._mean[-1][1])
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), said)

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


def mean_pen() -> QPen:
    pen = QPen(colour(current().tokens.text3), 1.5)
    pen.setDashPattern([3, 2])
    return pen


class MeanLine(QWidget):
    """What the dashed line is, with a piece of it."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(current().px(28), 0, 0, 0)
        self._said = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        row.addWidget(self._said)

    def say(self, text: str) -> None:
        self._said.setText(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(mean_pen())
        y = self.height() / 2
        painter.drawLine(QPointF(0, y), QPointF(current().px(20), y))


class SectionBars(QWidget):
    """A bar from zero for each section of a visit, with its band, where there are some."""

    def __init__(
        self, words: Words, sections: Sequence[SectionFigure], bands: Sequence[BandFigure] = ()
    ) -> None:
        super().__init__()
        self._lines = [
            (each.title(words.language), each.percent, *band_of(bands, each.percent))
            for each in sections
        ]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = (f"{title}: {percent:.0f} {band}".strip() for title, percent, band, _ in self._lines)
        self.setAccessibleName(words("Sections: {list}", list=", ".join(told)))

    def sizeHint(self) -> QSize:
        return QSize(200, current().px(BAR_ROW) * len(self._lines))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t, high = theme.tokens, theme.px(BAR_ROW)
        painter = QPainter(self)
        banded = theme.px(BAND) if any(band for _, _, band, _ in self._lines) else 0
        names, figures = self.width() * 45 // 100, theme.px(34) + banded
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        for place, (title, percent, band, tone) in enumerate(self._lines):
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
                rounded(painter, bar, 3, theme.tone(tone)[0])
            painter.setFont(theme.font(Type.HELP, 600))
            painter.setPen(colour(t.text))
            box = QRectF(self.width() - figures, top, figures - banded, high)
            painter.drawText(box, right, f"{percent:.0f}")
            painter.setFont(theme.font(Type.HELP))
            painter.setPen(colour(t.text2))
            short = painter.fontMetrics().elidedText(band, Qt.TextElideMode.ElideRight, banded - 6)
            painter.drawText(
                QRectF(self.width() - banded + 6, top, banded - 6, high), middle, short
            )
