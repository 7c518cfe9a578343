"""The waves of a program: name, days, how far each is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor.domain.assignments import OPEN, WaveCount
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.domain.visits import VisitStatus
from auditor.ui import when
from auditor.ui.commands.studies import today
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line, clear
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.locations.phrases import number
from auditor.ui.programs.cards import Page
from auditor.ui.theme import Ink, Tone, Type, colour, current
from auditor.words import Words


def days_text(words: Words, wave: WaveRecord, today: date) -> str:
    """ "1 Oct – 14 Jan 2027"; "from 1 Oct", "until 14 Jan" where one side is open."""
    starts = None if wave.starts_on is None else when.day(words, wave.starts_on, today)
    ends = None if wave.ends_on is None else when.day(words, wave.ends_on, today)
    if starts and ends:
        return f"{starts} – {ends}"
    if starts:
        return words("from {day}", day=starts)
    return words("until {day}", day=ends) if ends else words("no days given")


def made(count: WaveCount) -> int:
    """Visits of a wave that were handed in."""
    return count.total - count.of(*OPEN)


def count_text(words: Words, count: WaveCount | None) -> str:
    """ "1 200 visits, 300 handed in, 40 without an evaluator"; what is late has its chip."""
    gone = count.of(VisitStatus.VOID) if count is not None else 0
    if count is None or not (count.total or gone):
        return words("Nothing planned yet")
    if not count.total:
        return words.plural("{count} visit, cancelled", "{count} visits, all cancelled", gone)
    parts = [words.plural("{count} visit", "{count} visits", count.total),
             words("{count} handed in", count=number(words, made(count)))]  # fmt: skip
    if count.unassigned:
        parts.append(words("{count} without an evaluator", count=number(words, count.unassigned)))
    return ", ".join(parts)


def late_chip(words: Words, count: WaveCount | None) -> Chip | None:
    if count is None or not count.overdue:
        return None
    return Chip(words("{count} overdue", count=count.overdue), Tone.DANGER, "alarm-clock")


class _Bar(QWidget):
    """How much of a wave is handed in, is under way."""

    def __init__(self, count: WaveCount, said: str) -> None:
        super().__init__()
        self._count = count
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(current().px(120), current().px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        rounded(painter, box, 4, colour(t.neutral_soft))
        total = max(self._count.total, 1)
        done = made(self._count) / total
        begun = done + self._count.of(VisitStatus.DRAFT, VisitStatus.SENT_BACK) / total
        for share, ink in ((begun, t.band), (done, t.success)):
            if share > 0:
                part = QRectF(0, 0, max(box.width() * share, 8), box.height())
                rounded(painter, part, 4, colour(ink))


class WaveRow(QWidget):
    """``open``, ``edit`` and ``remove`` are its buttons; one that has visits is not removed."""

    def __init__(self, words: Words, wave: WaveRecord, count: WaveCount | None) -> None:
        super().__init__()
        self.wave, self.words = wave, words
        self.running: Chip | None = None
        self.bar: _Bar | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 9, 0, 9)
        row.setSpacing(8)
        texts = QVBoxLayout()
        row.addLayout(texts, 1)
        texts.setSpacing(1)
        texts.addLayout(self._head(count))
        first = next((line for line in wave.scenario.splitlines() if line.strip()), "")
        second = QHBoxLayout()
        texts.addLayout(second)
        second.setSpacing(10)
        said = count_text(words, count)
        if count is not None and count.total:
            self.bar = _Bar(count, said)
            second.addWidget(self.bar)
        if first:
            said = f"{said} · {first}"
        second.addWidget(ElidedLabel(said, Type.HELP, Ink.TEXT2), 1)
        self._add_buttons(row, used=bool(count and count.by_status))

    def set_narrow(self, narrow: bool) -> None:
        for part in (self.running, self.bar):
            if part is not None:
                part.setVisible(not narrow)
        self.edit.set_caption("" if narrow else self.words("Change"), self.edit.accessibleName())
        self.edit.set_icon("pencil-line" if narrow else None)

    def _head(self, count: WaveCount | None) -> QHBoxLayout:
        words, wave = self.words, self.wave
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(wave.name, Type.STRONG))
        head.addWidget(ElidedLabel(days_text(words, wave, today()), Type.HELP, Ink.TEXT2), 1)
        if wave.covers(today()) and (wave.starts_on or wave.ends_on):
            self.running = Chip(words("Under way"), Tone.ACCENT, "clock")
            head.addWidget(self.running)
        late = late_chip(words, count)
        if late is not None:
            head.addWidget(late)
        return head

    def _add_buttons(self, row: QHBoxLayout, *, used: bool) -> None:
        words, name = self.words, self.wave.name
        self.open = Button(words("Visits"), Kind.SOFT, height=34)
        self.open.set_caption(words("Visits"), words("Visits of {name}", name=name))
        self.edit = Button(words("Change"), Kind.TEXT, height=34)
        self.edit.set_caption(words("Change"), words("Change {name}", name=name))
        self.remove = Button(icon="trash-2", kind=Kind.TEXT, height=34,
                             name=words("Remove {name}", name=name))  # fmt: skip
        for button in (self.open, self.edit, self.remove):
            row.addWidget(button)
        self.remove.setVisible(not used)


class WavesPage(Page):
    """``wanted(WaveRecord or None)`` to change or add one, ``opened(WaveRecord)`` to its visits,
    ``removed(WaveRecord)``, ``months_wanted()``."""

    wanted = Signal(object)
    opened = Signal(object)
    removed = Signal(object)
    months_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words, self._narrow = words, False
        card = self.card(words("Waves"), words(
            "Each round of the program, and what its evaluators are to do."))  # fmt: skip
        self.year = Button(words("By the month…"), Kind.TEXT, icon="calendar-plus", height=34)
        self.year.clicked.connect(self.months_wanted)
        card.top.addWidget(self.year)
        self.add = Button(words("Add a wave"), Kind.OUTLINE, icon="plus", height=34)
        self.add.clicked.connect(self._want_new)
        card.top.addWidget(self.add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        card.body.addLayout(self._rows)
        self.rows: list[WaveRow] = []
        self.column.addStretch(1)

    def show_waves(self, program: ProgramRecord, counts: Mapping[int, WaveCount]) -> None:
        focused = next((row.wave.id for row in self.rows if row.open.hasFocus()), 0)
        clear(self._rows)
        self.rows = []
        for wave in program.waves:
            self._rows.addWidget(Line())
            row = WaveRow(self.words, wave, counts.get(wave.id))
            for button, slot in ((row.open, self._open), (row.edit, self._want),
                                 (row.remove, self._remove)):  # fmt: skip
                button.clicked.connect(slot)
            self._rows.addWidget(row)
            self.rows.append(row)
            row.set_narrow(self._narrow)
            if wave.id == focused:
                row.open.setFocus()
        if not program.waves:
            none = self.words("No wave yet. Visits are planned in a wave, and get its scenario.")
            self._rows.addWidget(Label(none, Type.HELP, Ink.TEXT2, wrap=True))

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        name = self.words("By the month…")
        self.year.set_caption("" if narrow else name, name)
        for row in self.rows:
            row.set_narrow(narrow)

    def _want_new(self) -> None:
        self.wanted.emit(None)

    def _sent_by(self) -> WaveRow | None:
        button = self.sender()
        return next((row for row in self.rows if button in (row.open, row.edit, row.remove)), None)

    def _want(self) -> None:
        row = self._sent_by()
        if row is not None:
            self.wanted.emit(row.wave)

    def _open(self) -> None:
        row = self._sent_by()
        if row is not None:
            self.opened.emit(row.wave)

    def _remove(self) -> None:
        row = self._sent_by()
        if row is not None:
            self.removed.emit(row.wave)
