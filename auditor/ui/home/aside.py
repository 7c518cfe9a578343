"""Right of the list: the week's planned visits, and where the data lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor.domain.my_visits import Group, Overview
from auditor.domain.records import VisitRecord
from auditor.ui import when
from auditor.ui.home.groups import when_due
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, Line, clear
from auditor.ui.kit.chip import Chip, Icon, KeyCap
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import Ink, Tone, Type, colour, current
from auditor.words import Words

WIDTH = 304


def week_of(today: date) -> list[date]:
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(days=index) for index in range(7)]


@dataclass(frozen=True, slots=True)
class _Day:
    on: date
    label: str
    visits: int


class _WeekStrip(QWidget):
    """Seven days, today on a disc, a dot for each visit (three at most)."""

    def __init__(self, days: Sequence[_Day], today: date, name: str) -> None:
        super().__init__()
        self._days, self._today = days, today
        self.setAccessibleName(name)
        self.setFixedHeight(current().px(72))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / len(self._days)
        for index, day in enumerate(self._days):
            self._paint_day(painter, day, QRectF(index * width, 0, width, self.height()))

    def _paint_day(self, painter: QPainter, day: _Day, box: QRectF) -> None:
        theme = current()
        t = theme.tokens
        centre = int(Qt.AlignmentFlag.AlignCenter)
        past, today = day.on < self._today, day.on == self._today
        painter.setFont(theme.font(Type.HINT))
        painter.setPen(colour(t.text3))
        painter.drawText(QRectF(box.x(), 0, box.width(), theme.px(20)), centre, day.label)
        disc = QRectF(0, theme.px(22), theme.px(32), theme.px(32))
        disc.moveCenter(QRectF(box.x(), disc.y(), box.width(), disc.height()).center())
        if today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(t.accent))
            painter.drawEllipse(disc)
        painter.setFont(theme.font(Type.BODY, 400 if past else 600))
        painter.setPen(colour(t.on_accent if today else t.text3 if past else t.text))
        painter.drawText(disc, centre, str(day.on.day))
        self._paint_dots(painter, min(day.visits, 3), disc, today)

    def _paint_dots(self, painter: QPainter, count: int, disc: QRectF, today: bool) -> None:
        t = current().tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(t.danger if today else t.text3))
        left = disc.center().x() - (count * 8 - 3) / 2
        for index in range(count):
            painter.drawEllipse(QRectF(left + index * 8, disc.bottom() + 6, 5, 5))


class WeekCard(Card):
    """``chosen(visit)`` when one of the listed visits is clicked."""

    chosen = Signal(object)

    def __init__(self, overview: Overview, words: Words, today: date) -> None:
        super().__init__()
        days = week_of(today)
        head = QHBoxLayout()
        head.addWidget(Label(words("This week"), Type.STRONG))
        head.addStretch(1)
        head.addWidget(Label(_span(words, days), Type.HELP, Ink.TEXT2))
        self.body.addLayout(head)
        strip = [
            _Day(on, words(when.SHORT_DAYS[on.weekday()]), overview.days.get(on, 0)) for on in days
        ]
        self.body.addWidget(_WeekStrip(strip, today, words("This week")))
        if overview.week:
            self.body.addWidget(Line())
        for visit in overview.week:
            self.body.addLayout(_visit_line(visit, words, today))


def _span(words: Words, days: Sequence[date]) -> str:
    first, last = days[0], days[-1]
    start = str(first.day) if first.month == last.month else when.day(words, first, last)
    return f"{start}–{when.day(words, last, last)}"


def _visit_line(visit: VisitRecord, words: Words, today: date) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(ElidedLabel(visit.location, Type.HELP))
    due = when_due(visit)
    if due is not None:
        tone = Tone.DANGER if due == today else Tone.NEUTRAL
        if (due - today).days == 1:
            tone = Tone.WARNING
        text = words("Today") if due == today else words(when.WEEKDAYS[due.weekday()])
        if (due - today).days == 1:
            text = words("Tomorrow")
        row.addWidget(Chip(text, tone))
    return row


class DataCard(Card):
    """Where the data is, when it was last copied, and a button that copies it now."""

    wanted = Signal()

    def __init__(self, last_backup: datetime | None, words: Words) -> None:
        super().__init__(spacing=6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("hard-drive", "success"))
        head.addWidget(Label(words("Your data is on this computer"), Type.STRONG))
        head.addStretch(1)
        self.body.addLayout(head)
        text = words("No network is needed. Every answer is written to disk at once.")
        text += " " + _backup_line(last_backup, words)
        self.body.addWidget(Label(text, Type.HELP, Ink.TEXT2, wrap=True))
        self.button = Button(words("Back up now"), Kind.SOFT, icon="hard-drive-download", height=34)
        self.button.clicked.connect(self.wanted)
        self.body.addSpacing(2)
        self.body.addWidget(self.button)


def _backup_line(last: datetime | None, words: Words) -> str:
    if last is None:
        return words("There is no backup yet.")
    now = datetime.now().astimezone()
    if last.astimezone().date() == now.date():
        return words("Last backup: today, {time}.", time=when.moment(words, last, now))
    return words("Last backup: {time}.", time=when.moment(words, last, now))


class KeyHints(QWidget):
    """Arrow keys choose, Enter opens, F1 lists all keys."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(KeyCap("", icon="arrow-up"))
        row.addWidget(KeyCap("", icon="arrow-down"))
        row.addWidget(Label(words("choose"), Type.HINT, Ink.TEXT2))
        row.addSpacing(8)
        row.addWidget(KeyCap("Enter"))
        row.addWidget(Label(words("open"), Type.HINT, Ink.TEXT2))
        row.addSpacing(8)
        row.addWidget(KeyCap("F1"))
        row.addWidget(Label(words("all keys"), Type.HINT, Ink.TEXT2))
        row.addStretch(1)


class Aside(QWidget):
    """The column of cards. ``backup`` asks for one now."""

    backup = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._week, self._data = QVBoxLayout(), QVBoxLayout()
        column.addLayout(self._week)
        column.addLayout(self._data)

    def show_week(self, overview: Overview | None, words: Words) -> None:
        """The week ahead, where visits are due."""
        clear(self._week)
        if overview is not None and overview.count(Group.DUE):
            today = datetime.now().astimezone().date()
            self._week.addWidget(WeekCard(overview, words, today))

    def show_data(self, last_backup: datetime | None, words: Words) -> None:
        clear(self._data)
        card = DataCard(last_backup, words)
        card.wanted.connect(self.backup)
        self._data.addWidget(card)
