"""Right of a run: what is being made, how fast, and that one may stop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.commands.batch import BatchRun
from auditor.ui.commands.batch_runs import Runs
from auditor.ui.first_run import NAMES
from auditor.ui.kit.button import Button
from auditor.ui.kit.card import Banner, Line, ScrollArea, clear
from auditor.ui.kit.field import CheckBox
from auditor.ui.kit.text import ElidedLabel, Label, file_size
from auditor.ui.reports.running import rate_words, time_words
from auditor.ui.theme import Ink, Tone, Type, colour, current
from auditor.words import Words

HEIGHT = 54


class RateChart(QWidget):
    """Reports a second over the last two minutes; the accessible text is the last one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(current().px(HEIGHT))
        self._rates: tuple[float, ...] = ()

    def show_rates(self, rates: Sequence[float], told: str) -> None:
        self._rates = tuple(rates)
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

    def __init__(self, words: Words, runs: Runs) -> None:
        super().__init__()
        self.words, self._runs = words, runs
        self._run: BatchRun | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        area = ScrollArea(margins=(19, 16, 11, 16), spacing=8)
        whole.addWidget(area)
        column = area.body
        self._what = Label("", Type.STRONG)
        column.addWidget(self._what)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(5)
        column.addLayout(self._facts)
        column.addSpacing(4)
        column.addWidget(Line())
        self._add_rate(column)
        column.addWidget(Line())
        self._add_wishes(column)
        self.back = Button(words("Visits"), icon="arrow-left", name=words("Back to the visits"))
        self.back.clicked.connect(self.left)
        column.addWidget(self.back)
        column.addStretch(1)
        self._goes_on = Banner(
            words("The run goes on while you look at other screens. You may stop at any time: "
                  "files that are made stay, and what is missing is offered again after a "
                  "restart."),
            Tone.ACCENT,
        )  # fmt: skip
        column.addWidget(self._goes_on)

    def _add_wishes(self, column: QVBoxLayout) -> None:
        words = self.words
        self.open_folder = CheckBox(words("Open the folder at the end"))
        self.open_folder.setChecked(self._runs.opens_folder)
        self.merge = CheckBox(words("All in one file as well"))
        self.merge.setToolTip(words("With an index in front and bookmarks; one file a language."))
        self.awake = CheckBox(words("Keep the computer awake"))
        self.awake.setChecked(self._runs.keeps_awake)
        for box in (self.open_folder, self.merge, self.awake):
            box.clicked.connect(self._wish)
            column.addWidget(box)

    def _wish(self) -> None:
        runs, run = self._runs, self._run
        runs.opens_folder = self.open_folder.isChecked()
        runs.keeps_awake = self.awake.isChecked()
        if run is not None:
            run.is_merged = self.merge.isChecked()
        runs.look()

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
        """``template`` is the name of one that was chosen."""
        self._run = run
        words, batch = self.words, run.batch
        if not template:
            own = batch.worn.given is not None
            template = words("Chosen here") if own else words("As set for each client")
        clear(self._facts)
        self._fact(words("Report"), words("One PDF for each visit"))
        self._fact(words("Template"), template)
        self._fact(words("Language"), ", ".join(NAMES[each] for each in batch.languages))
        self._fact(words("Folder"), str(batch.folder))
        self._fact(words("Processes"), str(run.workers))
        self._spent = self._fact(words("Time"), "")
        self._size = self._fact(words("Written"), "")
        self.merge.setChecked(run.is_merged)
        run.meter.ticked.connect(self._tick)
        self.begin()

    def _fact(self, name: str, value: str) -> ElidedLabel:
        row = QHBoxLayout()
        self._facts.addLayout(row)
        label = Label(name, Type.HELP, Ink.TEXT2)
        label.setFixedWidth(current().px(88))
        row.addWidget(label)
        shown = ElidedLabel(value, Type.HELP)
        row.addWidget(shown, 1)
        return shown

    def begin(self) -> None:
        """The run goes on, or begins."""
        run = self._run
        if run is not None:
            self.since.setText(f"{run.meter.began:%H:%M:%S}")
            self._say(over=run.over)

    def end(self) -> None:
        self._say(over=True)

    def _say(self, *, over: bool) -> None:
        words = self.words
        self._what.setText(words("What was made") if over else words("What is being made"))
        self.back.setVisible(over)
        for each in (self.merge, self.open_folder, self.awake):
            each.setEnabled(not over)
        self._goes_on.setVisible(not over)
        self._tick()

    def _tick(self) -> None:
        run = self._run
        if run is None:
            return
        rates = run.meter.rates
        told = rate_words(self.words, rates[-1]) if rates and not run.over else ""
        self.rate.setText(told)
        self.chart.show_rates(rates, told)
        self._spent.setText(time_words(self.words, round(run.meter.pace.spent)))
        self._size.setText(file_size(run.bytes, self.words) if run.bytes else "–")

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, 1, self.height(), colour(t.border))
