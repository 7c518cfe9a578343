"""``expectation``: what was expected and what was found, on one scale, and the gap between."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from auditor.ui import icons
from auditor.ui.capture.cards.answers import CENTRE, advance
from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.scales import NARROW, ScaleButtons, scale_of
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CONTROL, Ink, Tone, Type, colour, current
from forms.answers import Expectation


class ExpectationEditor(Editor):
    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(desk, group, parent)
        self._on_found = False
        self._was_blank = True
        self.scale = scale_of(self.current.kind, self.draft)
        self.wide = len(self.scale.values) > 5
        expected, found = self.words("Expected"), self.words("Perceived")
        self.labels = (Label(expected, Type.STRONG), Label(found, Type.STRONG))
        self.expected = ScaleButtons(self.scale, name=expected, ends=False, most=NARROW)
        self.found = ScaleButtons(self.scale, name=found, most=NARROW)
        self.gap = Gap(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        for row, (label, buttons) in enumerate(
            zip(self.labels, (self.expected, self.found), strict=True)
        ):
            label.setFixedHeight(current().reach(40))
            grid.addWidget(label, row, 0, top)
            grid.addWidget(buttons, row, 1, top)
        grid.addWidget(self.gap, 0, 2, 2, 1, top)
        grid.setColumnStretch(3, 1)
        self.expected.chosen.connect(self._choose_expected)
        self.found.chosen.connect(self._choose_found)

    @property
    def _value(self) -> Expectation:
        value = self.draft.answer(self.current).value
        return value if isinstance(value, Expectation) else Expectation()

    def _choose_expected(self, value: int) -> None:
        self.draft.set_value(self.current, replace(self._value, expected=value))

    def _choose_found(self, value: int) -> None:
        self.draft.set_value(self.current, replace(self._value, perceived=value))

    def refresh(self) -> None:
        value = self._value
        blank = value == Expectation()
        if blank and not self._was_blank:  # cleared, or N/A: it begins anew
            self._go(found=False)
        self._was_blank = blank
        self.expected.show_value(value.expected)
        self.found.show_value(value.perceived)
        self.gap.set(value.gap, self._gap_words(value.gap))

    def _gap_words(self, gap: int | None) -> str:
        if gap is None:
            return ""
        if gap < 0:
            return self.words("below expectation")
        return self.words("above expectation") if gap else self.words("as expected")

    def pick(self, digit: int) -> bool:
        """Answers the current of the two rows, and goes on to the second."""
        value = self.scale.by_digit(digit)
        if value is None:
            return False
        if self._on_found:
            self._choose_found(value)
        else:
            self._choose_expected(value)
        self._picked_found = self._on_found
        self._go(found=True)
        return True

    def has_ten(self) -> bool:
        return 10 in self.scale.values

    def unpick(self, _digit: int) -> None:
        self._go(self._picked_found)

    def step(self, delta: int) -> bool:
        if (delta > 0) == self._on_found:
            return False
        self._go(delta > 0)
        return True

    def come_in(self, delta: int) -> None:
        half = self._value.expected is not None and self._value.perceived is None
        self._go(delta < 0 or (delta == 0 and half))

    _picked_found = False

    def _go(self, found: bool) -> None:
        self._on_found = found
        self.show_hints(self._hints)

    _hints = False

    def show_hints(self, on: bool) -> None:
        """The current row of the two is the one whose name is in the accent."""
        self._hints = on
        for label, mine in zip(self.labels, (not self._on_found, self._on_found), strict=True):
            label.set_ink(Ink.ACCENT if on and mine else Ink.TEXT)


class Gap(QWidget):
    """Found less expected, with an arrow and in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._gap: int | None = None
        self.words = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, gap: int | None, words: str) -> None:
        if (gap, words) == (self._gap, self.words):
            return
        self._gap, self.words = gap, words
        self.setAccessibleName(f"{gap:+} {words}" if gap is not None else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = advance(self.words, Type.HINT, 400) + 14
        return QSize(max(words, current().px(108)), current().px(88))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, current().px(88))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._gap is None:
            return
        theme = current()
        tone = Tone.DANGER if self._gap < 0 else Tone.SUCCESS if self._gap else Tone.NEUTRAL
        arrow = "arrow-down" if self._gap < 0 else "arrow-up" if self._gap else "check"
        ink, soft = theme.tone(tone)
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, soft)
        figure = f"{self._gap:+}".replace("-", "−") if self._gap else "0"
        width = advance(figure, Type.TITLE, 600)
        size = theme.px(18)
        x = (self.width() - width - size - 6) / 2
        middle = self.height() * 0.38
        icons.paint(painter, arrow, ink, QRectF(round(x), round(middle - size / 2), size, size))
        painter.setFont(theme.font(Type.TITLE))
        painter.setPen(ink)
        top = middle - theme.px(16)
        box = QRectF(x + size + 6, top, width + 4, theme.px(32))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), figure)
        painter.setFont(theme.font(Type.HINT, 400))
        painter.setPen(colour(theme.tokens.text))
        below = QRectF(0, self.height() * 0.58, self.width(), theme.px(20))
        painter.drawText(below, CENTRE, self.words)
