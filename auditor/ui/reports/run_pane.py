"""Right of a run: what is being made, how fast, and that one may stop."""

from __future__ import annotations

from collections import deque
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.commands.batch import BatchRun
from auditor.ui.first_run import NAMES
from auditor.ui.kit.button import Button
from auditor.ui.kit.card import Banner, Line, ScrollArea, clear
from auditor.ui.kit.field import CheckBox
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.reports.running import RunCard, rate_words
from auditor.ui.theme import Ink, Tone, Type, colour, current
from auditor.words import Words

#: Points of the line, one a second; the rate is that of the last few.
POINTS, LAST = 120, 5
HEIGHT = 54


class RateChart(QWidget):
    """Reports a second over the last two minutes; the accessible text is the last one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(current().px(HEIGHT))
        self._rates: deque[float] = deque(maxlen=POINTS)

    def begin(self) -> None:
        self._rates.clear()
        self.update()

    def add(self, rate: float, told: str) -> None:
        self._rates.append(rate)
        self.setAccessibleDescription(told)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3, 4, -5, -1)
        painter.setPen(QPen(colour(t.border), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if len(self._rates) < 2:
            return
        highest, step = max(self._rates) or 1.0, box.width() / (len(self._rates) - 1)
        line = QPolygonF([
            QPointF(box.left() + at * step, box.bottom() - rate / highest * (box.height() - 4))
            for at, rate in enumerate(self._rates)
        ])  # fmt: skip
        area = QPolygonF(line)
        area << box.bottomRight() << box.bottomLeft()
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(colour(t.band))
        painter.drawPolygon(area)
        painter.setPen(QPen(colour(t.accent), 1.5))
        painter.drawPolyline(line)
        painter.setBrush(colour(t.accent))
        painter.drawEllipse(line.last(), 3, 3)


class RunPane(QWidget):
    """``left()``: back to the visits, when the run is over."""

    left = Signal()

    def __init__(self, words: Words, card: RunCard) -> None:
        super().__init__()
        self.words, self._card = words, card
        self._run: BatchRun | None = None
        self._last: deque[int] = deque(maxlen=LAST + 1)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        area = ScrollArea(margins=(19, 16, 11, 16), spacing=8)
        whole.addWidget(area)
        column = area.body
        column.addWidget(Label(words("What is being made"), Type.STRONG))
        self._facts = QVBoxLayout()
        self._facts.setSpacing(5)
        column.addLayout(self._facts)
        column.addSpacing(4)
        column.addWidget(Line())
        self._add_rate(column)
        column.addWidget(Line())
        self.open_folder = CheckBox(words("Open the folder at the end"))
        column.addWidget(self.open_folder)
        self.back = Button(words("Visits"), icon="arrow-left", name=words("Back to the visits"))
        self.back.clicked.connect(self.left)
        column.addWidget(self.back)
        column.addStretch(1)
        column.addWidget(Banner(
            words("One may stop at any time: files that are made stay, and a new run makes only "
                  "those that are missing. A paused run is offered again after a restart."),
            Tone.ACCENT,
        ))  # fmt: skip

    def _add_rate(self, column: QVBoxLayout) -> None:
        words = self.words
        head = QHBoxLayout()
        column.addLayout(head)
        head.addWidget(Label(words("Rate"), Type.STRONG))
        head.addStretch(1)
        self.rate = Label("", Type.HELP)
        head.addWidget(self.rate)
        self.chart = RateChart(words("Rate"))
        column.addWidget(self.chart)
        foot = QHBoxLayout()
        column.addLayout(foot)
        self.since = Label("", Type.CHIP, Ink.TEXT2)
        foot.addWidget(self.since)
        foot.addStretch(1)
        foot.addWidget(Label(words("now"), Type.CHIP, Ink.TEXT2))

    def watch(self, run: BatchRun, template: str) -> None:
        self._run = run
        words = self.words
        clear(self._facts)
        for name, value in (
            (words("Report"), words("One PDF for each visit")),
            (words("Template"), template),
            (words("Language"), NAMES[run.batch.language]),
            (words("Folder"), str(run.batch.folder)),
            (words("Processes"), str(run.workers)),
        ):
            row = QHBoxLayout()
            self._facts.addLayout(row)
            label = Label(name, Type.HELP, Ink.TEXT2)
            label.setFixedWidth(current().px(88))
            row.addWidget(label)
            row.addWidget(ElidedLabel(value, Type.HELP), 1)
        self.begin()

    def begin(self) -> None:
        """The run goes on, or begins."""
        self.chart.begin()
        self._last.clear()
        self.since.setText(f"{datetime.now().astimezone():%H:%M:%S}")
        self.back.hide()
        self._timer.start()

    def end(self) -> None:
        self._timer.stop()
        self.back.show()

    def _tick(self) -> None:
        run = self._run
        if run is None or run.paused:
            return
        self._last.append(run.done)
        if len(self._last) > 1:
            rate = (self._last[-1] - self._last[0]) / (len(self._last) - 1)
            told = rate_words(self.words, rate)
            self.rate.setText(told)
            self.chart.add(rate, told)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, 1, self.height(), colour(t.border))
