"""``duration``: a stopwatch that survives a restart, or a time typed by hand."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor.ui.capture.cards.answers import CENTRE, advance
from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.head import Mark
from auditor.ui.capture.cards.inputs import LineInput
from auditor.ui.capture.cards.typed import read_duration, show_duration
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.drafting.notes import Note, NoteKind
from auditor.ui.capture.drafting.stopwatches import Run
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CONTROL, Ink, Tone, Type, colour, current
from auditor.words import Words
from forms.questions.duration import DurationQuestion


class DurationEditor(Editor):
    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(desk, group, parent)
        self._wrong = self._by_hand = False
        name = self.draft.text(group.question.label)
        self.clock = Clock(self)
        self.field = LineInput(name, "7:20", self)
        self.field.setFixedWidth(current().px(120))
        self.field.hide()
        self.watch = Button("", Kind.OUTLINE, icon="play", hint="T", height=40)
        self.by_hand = Button(self.words("Type it"), Kind.TEXT, icon="pencil-line", height=40)
        self.meter = Meter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.clock, self.field, self.watch, self.by_hand, self.meter):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        self._doubt: ClockDoubt | None = None
        self._column = column
        self.watch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.by_hand.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.watch.clicked.connect(self.stopwatch)
        self.by_hand.clicked.connect(self.enter)
        self.field.typed.connect(self._typed)
        self.field.left.connect(self._leave_field)
        self.field.returnPressed.connect(self._done)
        desk.stopwatches.ticked.connect(self._tick)
        desk.stopwatches.turned.connect(self._turned)

    @property
    def _typing(self) -> bool:
        return self.field.hasFocus()

    @property
    def _running(self) -> bool:
        return self.desk.stopwatches.since(self.current.id) is not None

    @property
    def _seconds(self) -> int | None:
        value = self.draft.answer(self.current).value
        return value if isinstance(value, int) else None

    def refresh(self) -> None:
        running = self._running
        seconds = self._seconds
        shown = self.desk.stopwatches.seconds(self.current.id) if running else seconds
        self.clock.set(shown, running=running)
        if read_duration(self.field.text()) != seconds or not (self._wrong or self._typing):
            self.field.show_text("" if seconds is None else show_duration(seconds))
        caption = self.words("Stop") if running else self.words("Start")
        self.watch.set_caption(caption)
        self.watch.set_icon("square" if running else "play")
        self.watch.set_kind(Kind.PRIMARY if running else Kind.OUTLINE)
        question = self.group.question
        standard = question.standard if isinstance(question, DurationQuestion) else None
        self._show_doubt()
        known = shown is not None and standard is not None
        self.meter.setVisible(known)
        if shown is not None and standard is not None:
            self.meter.set(shown, int(standard), self._distance(shown, int(standard)))

    def _show_doubt(self) -> None:
        """The clock of the computer was changed while it ran."""
        doubtful = self.desk.stopwatches.doubtful(self.current.id)
        if doubtful and self._doubt is None:
            self._doubt = ClockDoubt(self.words)
            self._doubt.adjust.clicked.connect(self._adjust)
            self._column.addWidget(self._doubt)
        if self._doubt is not None:
            self._doubt.setVisible(doubtful)
            self._doubt.adjust.setVisible(not self._running)

    def _adjust(self) -> None:
        self.desk.stopwatches.settle(self.current.id)
        self.enter()
        self.refresh()

    def _distance(self, seconds: int, standard: int) -> str:
        over = seconds - standard
        if over > 0:
            return self.words("{time} over", time=self._span(over))
        return self.words("Within {time}", time=show_duration(standard))

    def _span(self, seconds: int) -> str:
        return show_duration(seconds) if seconds >= 60 else self.words("{n} s", n=seconds)

    def marks(self) -> tuple[Mark, ...]:
        since = self.desk.stopwatches.since(self.current.id)
        if since is None:
            return ()
        at = since.astimezone().strftime("%H:%M:%S")
        return (Mark(self.words("Running since {time}", time=at), Tone.ACCENT, "timer"),)

    def stopwatch(self) -> bool:
        if self.isEnabled():
            if self._running:
                self._stop()
            else:
                self._turn(self.desk.stopwatches.fresh())
        return True

    def _stop(self) -> None:
        """Its time is on disk before it is gone: a crash between loses nothing."""
        with self.draft.one_step():
            self.draft.set_value(self.current, self.desk.stopwatches.read(self.current.id))
            self._turn(None)

    def _turn(self, run: Run | None) -> None:
        self.draft.change_note(Note(NoteKind.STOPWATCH, self.current.id), run)

    def _tick(self) -> None:
        if self._running:
            self.refresh()

    def _turned(self, question: str) -> None:
        if question == self.current.id:
            self.refresh()

    def enter(self) -> bool:
        self._by_hand = False
        self._show_field(True)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def type_text(self, text: str) -> bool:
        self.enter()
        self.field.setText(text)
        return True

    def _show_field(self, on: bool) -> None:
        self.field.setVisible(on)
        self.clock.setVisible(not on)
        self.by_hand.setVisible(not on)

    def _typed(self, text: str) -> None:
        """What can be read is the answer at once; the rest stays in the field, and says so. A
        stopwatch runs on until the field is left: one key by mistake must not stop it."""
        self._by_hand = True
        self.draft.set_value(self.current, read_duration(text), typing=True)
        self.desk.stopwatches.settle(self.current.id)

    def _end_watch(self) -> None:
        if self._running:
            self._turn(None)
            self.desk.stopwatches.settle(self.current.id)

    def complaint(self) -> str:
        if self._wrong:
            return self.words("This is no time: type 7:20, 7 min 20 or seconds.")
        return ""

    def _done(self) -> None:
        self._leave_field()
        if not self._wrong:
            self.done.emit()

    def _leave_field(self) -> None:
        self.field.commit_input()
        text = self.field.text().strip()
        self._wrong = bool(text) and read_duration(text) is None
        self.field.set_wrong(self._wrong)
        if not self._wrong:
            self._show_field(False)
        self.draft.end_typing()
        if self._by_hand and text and not self._wrong:
            self._end_watch()
        self._by_hand = False
        self.left.emit()
        self.refresh()

    def commit_input(self) -> None:
        self.field.commit_input()

    def clear(self) -> None:
        """With a stopwatch that runs: undo brings both back, and it has run on."""
        if self._running:
            with self.draft.one_step():
                super().clear()
                self._end_watch()
        else:
            super().clear()
        self.desk.stopwatches.settle(self.current.id)
        self._wrong = False
        self.field.set_wrong(False)
        self.field.show_text("")
        self._show_field(False)
        self.refresh()

    def show_hints(self, on: bool) -> None:
        self.watch.show_hint(on)


class ClockDoubt(QWidget):
    """A line of warning, and the way to mend it."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        said = words("The clock of this computer was changed while it ran: check the time.")
        self.setAccessibleName(said)
        self.adjust = Button(words("Adjust"), Kind.TEXT, icon="pencil-line", height=32)
        self.adjust.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Icon("triangle-alert", "warning"))
        row.addWidget(Label(said, Type.HELP, Ink.WARNING))
        row.addWidget(self.adjust)
        row.addStretch(1)


class Clock(QWidget):
    """Minutes and seconds in cells of one width: the font's digits differ."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text, self._dim = "00:00", True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, seconds: int | None, *, running: bool) -> None:
        minutes, rest = divmod(seconds or 0, 60)
        hours, minutes = divmod(minutes, 60)
        clock = f"{minutes:02}:{rest:02}"
        before, self._text = self._text, f"{hours}:{clock}" if hours else clock
        self._dim = seconds is None and not running
        self.setAccessibleName(self._text)
        if len(before) != len(self._text):
            self.updateGeometry()
        self.update()

    def _cells(self) -> list[tuple[str, int]]:
        theme = current()
        metrics = QFontMetrics(self._font())
        digit = max(metrics.horizontalAdvance(figure) for figure in "0123456789")
        return [(c, digit if c.isdigit() else theme.px(10)) for c in self._text]

    def _font(self) -> QFont:
        font = current().font(Type.FIGURE)
        font.setPixelSize(current().px(26))
        return font

    def sizeHint(self) -> QSize:
        width = sum(width for _, width in self._cells()) + 28
        return QSize(width, current().reach(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, colour(t.surface2))
        painter.setFont(self._font())
        painter.setPen(colour(t.text3 if self._dim else t.text))
        x = 14
        for figure, width in self._cells():
            painter.drawText(QRect(x, 0, width, self.height()), CENTRE, figure)
            x += width


class Meter(QWidget):
    """The time against the standard: how far, and by how much."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._seconds, self._standard, self.words = 0, 1, ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set(self, seconds: int, standard: int, words: str) -> None:
        self._seconds, self._standard, self.words = seconds, max(standard, 1), words
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current().px(160), current().px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(130), current().px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        over = self._seconds > self._standard
        ink = colour(t.warning if over else t.success)
        whole = max(self._standard * 3, self._seconds)
        left, width, top = 8, self.width() - 16, theme.px(10)
        rounded(painter, QRectF(left, top, width, 6), 3, colour(t.neutral_soft))
        share = max(width * self._seconds / whole, 6)
        rounded(painter, QRectF(left, top, share, 6), 3, ink)
        tick = left + width * self._standard / whole
        painter.fillRect(QRectF(tick - 1, top - 4, 2, 14), colour(t.text))
        self._paint_words(painter, tick, ink)

    def _paint_words(self, painter: QPainter, tick: float, ink: QColor) -> None:
        theme = current()
        top, height = theme.px(22), theme.px(18)
        painter.setFont(theme.font(Type.HINT, 400))
        painter.setPen(colour(theme.tokens.text2))
        standard = show_duration(self._standard)
        half = advance(standard, Type.HINT, 400) // 2 + 2
        x = max(round(tick) - half, 0)
        painter.drawText(QRect(x, top, half * 2, height), CENTRE, standard)
        painter.setFont(theme.font(Type.CHIP))
        painter.setPen(ink)
        side = int(Qt.AlignmentFlag.AlignRight) | int(Qt.AlignmentFlag.AlignVCenter)
        room = self.width() - x - half * 2 - 4
        if advance(self.words, Type.CHIP, 600) <= room:
            painter.drawText(QRect(0, top, self.width() - 8, height), side, self.words)
