"""What a plan would do: how many visits, on which days, for whom, and what nobody can make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from auditor.domain.planning import StaffPlan, WavePlan
from auditor.ui import when
from auditor.ui.commands.studies import today
from auditor.ui.kit.card import ScrollArea, clear
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.locations.phrases import number
from auditor.ui.planning import phrases
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

#: So many visits without an evaluator are explained one by one.
SHOWN = 40
#: So many evaluators have a bar; more days than this are shown by the week.
PEOPLE, DAYS = 60, 45


class DayBars(QWidget):
    """Visits by day, or by week where there are many days; a screen reader hears the most."""

    def __init__(self, words: Words, counts: Mapping[date, int]) -> None:
        super().__init__()
        self.words = words
        days = sorted(counts)
        self._first, self._last = days[0], days[-1]
        self._bars = _by_week(counts) if (days[-1] - days[0]).days > DAYS else dict(counts)
        self._step = 7 if len(self._bars) < len(counts) or self._bars != dict(counts) else 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        most = max(self._bars.values())
        per = words("in a week") if self._step == 7 else words("on a day")
        self.caption = words("At most {count} {per}", count=most, per=per)
        self.setAccessibleName(self.caption)

    def sizeHint(self) -> QSize:
        return QSize(200, current().px(92))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        font = theme.font(Type.HINT)
        foot = QFontMetrics(font).height() + 4
        high = self.height() - foot
        most = max(self._bars.values())
        span = (self._last - self._first).days // self._step + 1
        wide = self.width() / span
        painter.fillRect(0, high, self.width(), 1, colour(t.border_strong))
        for day, count in self._bars.items():
            left = (day - self._first).days // self._step * wide
            tall = max(high * count / most, 2)
            bar = QRectF(left + 1, high - tall, max(min(wide - 2, 28), 2), tall)
            rounded(painter, bar, min(2, bar.width() / 2), colour(t.accent))
        painter.setFont(font)
        painter.setPen(colour(t.text2))
        box = QRectF(0, high + 2, self.width(), foot)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), self._day(self._first))
        if self._last != self._first:
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight), self._day(self._last))

    def _day(self, day: date) -> str:
        return when.day(self.words, day, today())


def _by_week(counts: Mapping[date, int]) -> dict[date, int]:
    first, found = min(counts), dict[date, int]()
    for day, count in counts.items():
        start = first + timedelta(days=(day - first).days // 7 * 7)
        found[start] = found.get(start, 0) + count
    return found


class PeopleBars(QWidget):
    """Visits by evaluator, one line each."""

    def __init__(self, words: Words, counts: Mapping[str, int]) -> None:
        super().__init__()
        self._rows = [
            (code or words("Nobody"), count, bool(code)) for code, count in counts.items()
        ]
        self._rows = self._rows[:PEOPLE]
        self.setAccessibleName(", ".join(f"{name} {count}" for name, count, _ in self._rows))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _line(self) -> int:
        return current().px(20)

    def sizeHint(self) -> QSize:
        columns = 2 if len(self._rows) > 6 else 1
        return QSize(200, self._line() * -(-len(self._rows) // columns))

    def paintEvent(self, _event: QPaintEvent) -> None:
        columns = 2 if len(self._rows) > 6 else 1
        lines = -(-len(self._rows) // columns)
        most = max((count for _, count, _ in self._rows), default=1)
        wide = (self.width() - 16 * (columns - 1)) / columns
        painter = QPainter(self)
        for at, (name, count, known) in enumerate(self._rows):
            left = at // lines * (wide + 16)
            box = QRectF(left, at % lines * self._line(), wide, self._line())
            self._paint_row(painter, box, name, count, count / most, known=known)

    def _paint_row(
        self, painter: QPainter, box: QRectF, name: str, count: int, share: float, *, known: bool
    ) -> None:
        theme = current()
        t = theme.tokens
        painter.setFont(theme.font(Type.HINT))
        painter.setPen(colour(t.text if known else t.warning))
        label, figure = theme.px(86), theme.px(34)
        cut = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, label - 6)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(middle), cut)
        painter.drawText(box, int(middle | Qt.AlignmentFlag.AlignRight), str(count))
        room = box.width() - label - figure
        bar = QRectF(box.left() + label, box.center().y() - 3, max(room * share, 3), 6)
        rounded(painter, bar, 3, colour(t.band if known else t.warning))


class PlanPreview(ScrollArea):
    """``show_plan``, ``show_staff`` or ``say``; nothing is written."""

    def __init__(self, words: Words) -> None:
        super().__init__(margins=(20, 4, 12, 4), spacing=10)
        self.words = words
        self.setAccessibleName(words("What would be planned"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def say(self, text: str, ink: Ink = Ink.TEXT2) -> None:
        clear(self.body)
        self.body.addWidget(Label(text, Type.BODY, ink, wrap=True))
        self.body.addStretch(1)

    def show_plan(self, plan: WavePlan) -> None:
        words = self.words
        clear(self.body)
        self._figure(words.plural("{count} visit", "{count} visits", len(plan.visits)),
                     self._counted(plan))  # fmt: skip
        days = plan.per_day
        if days:
            bars = DayBars(words, days)
            self._part(words("By day"), bars, bars.caption)
        people = plan.per_evaluator
        if any(people):
            self._part(words("By evaluator"), PeopleBars(words, people))
        self._unassigned([each.text(words.language) for each in plan.unassigned])
        self.body.addStretch(1)

    def _counted(self, plan: WavePlan) -> str:
        words = self.words
        said = [words.plural("{count} location", "{count} locations", plan.locations)]
        if plan.full:
            said.append(words("{count} with their quota already", count=number(words, plan.full)))
        return ", ".join(said)

    def show_staff(self, plan: StaffPlan) -> None:
        words = self.words
        clear(self.body)
        count = len(plan.staffed)
        said = words.plural(
            "{count} visit gets an evaluator", "{count} visits get an evaluator", count
        )
        self._figure(said, "")
        people: dict[str, int] = {}
        for each in plan.staffed:
            people[each.evaluator] = people.get(each.evaluator, 0) + 1
        if people:
            self._part(words("By evaluator"), PeopleBars(words, people))
        self._unassigned([each.text(words.language) for each in plan.unassigned])
        self.body.addStretch(1)

    def _figure(self, text: str, said: str) -> None:
        self.body.addWidget(Label(text, Type.TITLE))
        if said:
            self.body.addWidget(Label(said, Type.HELP, Ink.TEXT2, wrap=True))

    def _part(self, title: str, widget: QWidget, said: str = "") -> None:
        column = QVBoxLayout()
        self.body.addLayout(column)
        column.setSpacing(6)
        column.addWidget(Label(title, Type.STRONG))
        if said:
            column.addWidget(Label(said, Type.HELP, Ink.TEXT2))
        column.addWidget(widget)

    def _unassigned(self, sentences: Sequence[str]) -> None:
        if not sentences:
            return
        words = self.words
        title = words.plural("{count} visit without an evaluator",
                             "{count} visits without an evaluator", len(sentences))  # fmt: skip
        self.body.addWidget(Label(title, Type.STRONG, Ink.WARNING))
        for sentence in sentences[:SHOWN]:
            self.body.addWidget(Label(sentence, Type.HELP, wrap=True))
        more = len(sentences) - SHOWN
        if more > 0:
            said = words.plural("and {count} more", "and {count} more", more)
            self.body.addWidget(Label(said, Type.HELP, Ink.TEXT2))


def nothing_said(words: Words, plan: WavePlan) -> str:
    """Why a plan makes no visit."""
    if plan.locations and plan.full == plan.locations:
        return words("Every location has its quota already: there is nothing to plan.")
    if not plan.locations:
        return words("No location is chosen.")
    return phrases.visits(words, 0)
